"""`Review`: a review's folder opened; the façade for the command line, the browser and notebooks."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from litreview.coding.codebook import check_codebook, parse_codebook, tell_codebook
from litreview.coding.comparison import NOTHING_SAID, Comparison, Said
from litreview.coding.model import Codebook
from litreview.device import device_id, remember_person, resolve_person
from litreview.errors import Message, ProtocolError, UsageError, message
from litreview.files import posix, safe_name, write_text
from litreview.index import Index, index_path
from litreview.language.catalogue import Catalogue
from litreview.ledger import Conflict, Ledger, conflicts, read_ledger
from litreview.ledger.indexing import Count, count_judgments
from litreview.lock import only_run
from litreview.pipeline.history import (
    Due,
    compare_codebook,
    due_amendments,
    history_notices,
    last_codebook,
    make_amendments,
    make_codebook_version,
    make_first_codebook_version,
    undo_codebook,
)
from litreview.pipeline.made import Made
from litreview.pipeline.opened import Opened
from litreview.pipeline.progress import Progress
from litreview.pipeline.run import (
    begin_state,
    find_main_studies,
    open_state,
    open_texts,
    read_indexed,
    reindex,
    run_review,
    show_last,
)
from litreview.pipeline.scan import scan_corpus
from litreview.pipeline.summary import ConfirmedSet, MainStudyOptions, RunSummary
from litreview.pipeline.writing import on_passage, record
from litreview.protocol import NO_REVIEW, parse_protocol
from litreview.synthesis.codings import codings_to_look_at
from litreview.teamwork.blind import seen_by
from litreview.teamwork.notices import team_notices
from litreview.teamwork.team import Team
from litreview.versions import Version, read_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from litreview.documents.offers import Offer
    from litreview.exchange.merge import Merged
    from litreview.exchange.pack import Packed
    from litreview.exchange.sources import PdfFile
    from litreview.pipeline.agreement import AgreementOptions, ReviewAgreement
    from litreview.pipeline.recognition import Recognition
    from litreview.pipeline.search import Found, SearchOptions
    from litreview.pipeline.sitting import Sitting
    from litreview.pipeline.state import State
    from litreview.pipeline.texts import Ingested


class Review:
    """A review's folder, with its protocol and codebook read; everything else is read when asked for."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.root = opened.root
        self.protocol = opened.protocol
        self.codebook = opened.codebook
        self.language = opened.language

    @classmethod
    def open(cls, folder: Path | str = ".", language: str | None = None) -> Review:
        """Open a review. Raises `ProtocolError` when the folder is none, or its protocol or codebook has a fault."""
        root = Path(folder).resolve()
        path = root / "review.yaml"
        if not path.is_file():
            raise ProtocolError(NO_REVIEW, root)
        version = read_version(path)
        protocol = parse_protocol(version.text, path)
        coded = read_version(root / protocol.codebook) if protocol.codebook else None
        codebook = parse_codebook(coded.text, root / protocol.codebook) if coded else Codebook()
        return cls(Opened(root, protocol, codebook, language or protocol.language, version, coded))

    @cached_property
    def catalogue(self) -> Catalogue:
        """Sentences in this review's language."""
        return Catalogue(self.language)

    @property
    def judgments(self) -> Path:
        """The ledger's folder."""
        return self.opened.judgments

    def open_index(self) -> Index:
        """The index, made anew where it is missing."""
        return Index(index_path(self.root))

    def _alone(self) -> AbstractContextManager[None]:
        """While outputs are written, no other process writes them."""
        return only_run(self.root / ".litreview" / "run.lock")

    def run(self, progress: Progress | None = None) -> RunSummary:
        """Do everything that is due and write the outputs. Raises `LitreviewError` for what stops the whole run, also
        when another run is at work in this review."""
        with self._alone(), self.open_index() as index:
            return run_review(self.opened, index, progress or Progress())

    def state(self, progress: Progress | None = None) -> State:
        """What each stage finds, computed when asked for; for notebooks and tests."""
        with self.open_index() as index:
            return open_state(self.opened, index, progress or Progress())

    def last_summary(self) -> RunSummary | None:
        """What the last run found, and whether something has changed since; None before the first."""
        with self.open_index() as index:
            return show_last(self.opened, index)

    def agreement(self, options: AgreementOptions, progress: Progress | None = None) -> ReviewAgreement:
        """Measure agreement between people and write its tables."""
        from litreview.pipeline.agreement import measure_agreement

        with self._alone(), self.open_index() as index:
            return measure_agreement(self.opened, index, progress or Progress(), options)

    def main_study_options(self, progress: Progress | None = None) -> MainStudyOptions:
        """The sets of main studies that satisfy the rule, and which of them stands."""
        with self.open_index() as index:
            return find_main_studies(self.opened, index, progress or Progress())

    def confirm_main_studies(
        self, options: MainStudyOptions, number: int | None, reason: str, person: str
    ) -> ConfirmedSet:
        """Record a person's choice of a shown set (from 1); it takes the place of the person's earlier choice.

        Raises `UsageError` for an unknown person or set, for none where there are several, and without a reason.
        """
        who = self.known_person(person)
        if not reason.strip():
            raise UsageError(message('A choice needs a reason: add --reason "…".'))
        studies = _numbered_set(options, number)
        ledger = read_ledger(self.judgments)
        own = [j.id for j in ledger.of_kind("main-studies") if j.person == who]
        body = {"studies": list(studies), "reason": reason.strip()}
        record(self.opened, ledger, who, [Made("main-studies", body, own[-1] if own else "")])
        others = {one.person for one in options.confirmations if one.person != who and one.studies != studies}
        return ConfirmedSet(
            number=options.sets.index(studies) + 1,
            studies=tuple(options.names.get(study, study) for study in studies),
            person=options.people.get(who, who),
            reason=reason.strip(),
            differing=tuple(sorted(options.people.get(one, one) for one in others)),
        )

    def ingest(self, progress: Progress | None = None, *, ocr: bool = False) -> Ingested:
        """Read the documents that are due, and say in which text each report stands. With `ocr`, pages that are
        pictures are recognised first; what is kept of that is used by every later reading."""
        from litreview.pipeline.texts import look_at_texts

        shown = progress or Progress()
        recognition = self._recognise(shown) if ocr else None
        with self.open_index() as index:
            return look_at_texts(open_texts(self.opened, index, shown), recognition)

    def _recognise(self, progress: Progress) -> Recognition:
        from litreview.pipeline.recognition import recognise

        with only_run(self.root / ".litreview" / "ocr.lock"), self.open_index() as index:
            briefs = begin_state(self.opened, index, progress).fresh.briefs
            files = [file for brief in briefs.values() for file in brief.files]
            return recognise(self.root, files, self.protocol.languages, progress)

    def search(self, typed: str, options: SearchOptions | None = None, progress: Progress | None = None) -> Found:
        """Sentences of all documents (see `pipeline.search`), as they were last ingested; where none were yet, they are
        read first. Raises `UsageError` where there is nothing to look for."""
        from litreview.pipeline.search import search_or_read

        found, _ = search_or_read(self.root, typed, options, lambda: self.ingest(progress))
        return found

    def accept_text(self, wanted: str, person: str, progress: Progress | None = None) -> Offer:
        """Record that a person accepts another reading of a report, named by a file or by the reading's hash.

        Raises `UsageError` for an unknown person or reading.
        """
        from litreview.pipeline.texts import accept_text

        who = self.known_person(person)
        with self.open_index() as index:
            state = open_texts(self.opened, index, progress or Progress())
            return accept_text(state, self._named_here(wanted), who, device_id())

    def tell_page_numbers(self, wanted: str, answer: str, person: str, progress: Progress | None = None) -> str:
        """Record the printed page numbers of a file, as a person tells them (`45` for its first page, `i,7=1` where
        another count begins, `none`), and give its path.

        Raises `UsageError` for an unknown person or file, or an answer without numbers.
        """
        from litreview.pipeline.pages import tell_page_numbers

        who = self.known_person(person)
        with self.open_index() as index:
            state = open_texts(self.opened, index, progress or Progress())
            return tell_page_numbers(state, self._named_here(wanted), answer, who, device_id()).path

    def _named_here(self, wanted: str) -> str:
        """A file as the review names it, where `wanted` is a path of it."""
        path = Path(wanted)
        inside = path.is_file() and path.resolve().is_relative_to(self.root)
        return posix(path.resolve(), self.root) if inside else wanted.replace("\\", "/")

    def pack(self, person: str = "", to: Path | None = None) -> Packed:
        """Write a pack of a person's judgments, or without one of everybody's; `to` is a file or a folder.

        Raises `UsageError` for an unknown person, or where there is nothing to pack or something else in its place.
        """
        from litreview.exchange.pack import make_pack, write_pack

        who = self.known_person(person) if person else ""
        content, packed = make_pack(self.judgments, self._title, self._pdfs(), who)
        name = f"pack-{safe_name(who) if who else 'all'}.zip"
        target = self.root / name if to is None else to / name if to.is_dir() else to
        write_pack(target, content)
        return msgspec.structs.replace(packed, file=str(target))

    def merge(self, sources: Sequence[Path]) -> Merged:
        """Take in what other copies of this review hold: folders, packs, or files of judgments.

        Raises `UsageError` for a source without judgments, `LedgerError` for one that cannot be read or is refused.
        """
        from litreview.exchange.merge import Here, merge

        here = Here(self.judgments, self._title, tuple(person.id for person in self.protocol.people),
                    frozenset(file.sha256 for file in self._pdfs()))  # fmt: skip
        return merge(sources, here)

    @property
    def _title(self) -> str:
        """By which a pack knows its review, whatever the language of messages."""
        return self.protocol.title.get("id")

    def _pdfs(self) -> tuple[PdfFile, ...]:
        """The review's documents with their hashes."""
        from litreview.exchange.sources import PdfFile
        from litreview.pipeline.reading import find_prose, find_reports

        with self.open_index() as index:
            files = scan_corpus(self.root, self.protocol.sources, index)
            reports = find_reports(files, find_prose(self.root, files, index))
        return tuple(PdfFile(file.path, file.sha256) for report in reports for file in report.files)

    def known_person(self, asked: str = "", *, remember: bool = False) -> str:
        """Who judges: whom the caller asks for, else whom this user chose before; with `remember` the choice is kept on
        this computer. Raises `UsageError` with the ids that there are."""
        person = resolve_person(self.protocol, self.root, asked)
        if remember:
            remember_person(self.root, person)
        return person

    def reindex(self, progress: Progress | None = None) -> list[Message]:
        """Throw the index away and make it anew from the files; what was done, and which folder beside the index is
        worth keeping. Raises `LitreviewError` when another program holds the index."""
        from litreview.pipeline.recognition import tell_kept

        with self._alone(), self.open_index() as index:
            summary = reindex(self.opened, index, progress or Progress())
            judgments = sum(one.count for one in count_judgments(index))
        return [
            message("The index was thrown away and made anew."),
            message("Files read: {files}, records: {records}, judgments: {judgments}.",
                    files=len(summary.files), records=summary.records, judgments=judgments),
            *tell_kept(self.root),
            *summary.notices,
        ]  # fmt: skip

    @contextmanager
    def reading(self, progress: Progress | None = None) -> Iterator[State]:
        """A state whose stages are computed when asked for, while the index is open."""
        with self.open_index() as index:
            yield begin_state(self.opened, index, progress or Progress())

    def judge(self, person: str, act: Callable[[State, str], list[Made]], progress: Progress | None = None) -> int:
        """Record what a person judges: `act` is one of `pipeline.judging`, given the state and who judges. How many
        judgments that are. Raises `UsageError` for someone unknown or a reader, and for what cannot be judged so."""
        from litreview.pipeline.texts import text_of

        known = self._judging_person(person)

        with self.reading(progress) as state:
            made = act(state, known)
            reports = {str(one.body["report"]) for one in made if on_passage(one.kind, one.body)}
            texts = {report: text_of(state, report) for report in sorted(reports)}
            record(self.opened, state.ledger, known, made, texts=texts)
        return len(made)

    def _judging_person(self, person: str) -> str:
        known = self.known_person(person)
        if any(one.id == known and one.role == "reader" for one in self.protocol.people):
            raise UsageError(message("{person} is a reader in review.yaml, and does not judge.", person=known))
        return known

    def sit(self, person: str, policy: str, progress: Progress | None = None) -> Sitting:
        """A person's sitting over the records that wait at title and abstract, in the order of a policy of the ranking.
        Raises `UsageError` as `judge`, and for a policy that is not known."""
        from litreview.pipeline.sitting import Sitting

        known = self._judging_person(person)
        with self.reading(progress) as state:
            return Sitting(state, known, lambda made: record(self.opened, state.ledger, known, made), policy)

    def _due(self, ledger: Ledger) -> list[Due]:
        """Changes of the protocol that nobody has recorded though people had judged before."""
        return due_amendments(ledger, self.judgments, self.protocol, self.opened.protocol_version.hash)

    def amend(self, person: str, reason: str) -> int:
        """Record that the protocol was changed, by whom and why. Raises `UsageError` when it was not."""
        ledger = read_ledger(self.judgments)
        made = make_amendments(self._due(ledger), self.opened.protocol_version.hash, reason)
        record(self.opened, ledger, self.known_person(person), made, [self.opened.protocol_version])
        return len(made)

    def compare_codebook(self, version: str = "", said: Said = NOTHING_SAID) -> Comparison:
        """Today's codebook beside an earlier version: see `pipeline.history.compare_codebook`."""
        return compare_codebook(read_ledger(self.judgments), self.judgments, self.codebook, version, said)

    def record_codebook(
        self, person: str, reason: str, said: Said = NOTHING_SAID, version: str = "", *, as_proposed: bool = False
    ) -> Made:
        """Record what became of the codes since a version (default: the last that judgments name; where none is named,
        today's becomes the first). Raises `UsageError` when something is gone without a word."""
        ledger = read_ledger(self.judgments)
        if not version and not last_codebook(ledger):
            made = make_first_codebook_version(self._codebook_version().hash, reason)
        else:
            found = compare_codebook(ledger, self.judgments, self.codebook, version, said)
            made = make_codebook_version(found, reason, as_proposed=as_proposed)
        record(self.opened, ledger, self.known_person(person), [made], [self._codebook_version()])
        return made

    def undo_codebook(self, person: str, reason: str) -> Made:
        """Take the last change of the codebook back, and put the version before it in the file's place; today's stays
        kept. Raises `UsageError` when no recorded change led to today's codebook."""
        known = self.known_person(person)
        ledger = read_ledger(self.judgments)
        made, earlier = undo_codebook(ledger, self.judgments, self.codebook, known, reason)
        record(self.opened, ledger, known, [made], [self._codebook_version()])
        write_text(self.root / self.protocol.codebook, earlier.text)
        return made

    def _codebook_version(self) -> Version:
        if self.opened.codebook_version is None:
            raise UsageError(message("This review has no codebook yet: name one in review.yaml, as in"
                                     " codebook: codebooks/codebook.yaml"))  # fmt: skip
        return self.opened.codebook_version

    def check(self, progress: Progress | None = None) -> list[tuple[Message, bool]]:
        """Findings on protocol, codebook, ledger, texts and computer, each with whether it is a fault."""
        faults = [(what, True) for what in check_codebook(self.codebook)]
        texts = self.ingest(progress)
        with self.open_index() as index:
            ledger = read_indexed(self.opened, index)
            counts = count_judgments(index)
        return [
            (message("The protocol is well formed: {count} criteria.", count=len(self.protocol.criteria)), False),
            (tell_codebook(self.codebook), False),
            *faults,
            (message("The ledger holds {count} judgments.", count=len(ledger.judgments)), False),
            *((what, True) for what in ledger.notices),
            *((what, True) for what in texts.notices),
            *((lost.told(), True) for lost in texts.lost),
            *((offer.told(), False) for offer in texts.offers),
            *((what, True) for what in self._history(ledger)),
            *((what, False) for what in self._people(ledger)),
            *((what, True) for what in (ledger.needs_newer, *map(_tell_gone, counts)) if what is not None),
            *((_tell_conflict(one), True) for one in conflicts(ledger.judgments) if one.settled_by is None),
            (message("Python {python} on {system}.", python=sys.version.split()[0], system=platform.system()), False),
        ]

    def _history(self, ledger: Ledger) -> Iterator[Message]:
        """Changes that nobody has recorded, in words."""
        yield from history_notices(ledger, self.opened)
        for due in self._due(ledger):
            yield from due.lines()

    def _people(self, ledger: Ledger) -> Iterator[Message]:
        """Who is gone, what waits for them, what is to be looked at again."""
        team = Team(self.protocol, ledger.standing)
        yield from team_notices(team, ledger, {})
        again = codings_to_look_at(seen_by(ledger, team, {}).ledger, self.codebook)
        if again:
            yield message("Codings to look at again after a change of the codebook: {count}.", count=len(again))


def _tell_gone(count: Count) -> Message | None:
    """What is told of judgments that were read before and are in no file any more."""
    if count.state != "gone":
        return None
    return message(
        "{count} judgments of {person} ({kind}) that were here before are in no file any more. Look for them in a"
        " backup, or in the bin of the shared folder.",
        count=count.count, person=count.person, kind=count.kind,
    )  # fmt: skip


def _tell_conflict(conflict: Conflict) -> Message:
    """What is told of judgments that replace the same one."""
    return message(
        "{people} replaced the same judgment ({id}) without knowing of each other; all stand until one takes theirs"
        " back, or a third person settles it.",
        people=", ".join(dict.fromkeys(one.person for one in conflict.judgments)),
        id=conflict.replaced,
    )


def _numbered_set(options: MainStudyOptions, number: int | None) -> tuple[str, ...]:
    """The set of a number; without one the only set there is. Raises `UsageError`."""
    count = len(options.sets)
    if number is None and count > 1:
        raise UsageError(message("There are {count} sets: say which one you confirm with --set and its number. "
                                 "litreview main-studies shows them.", count=count))  # fmt: skip
    wanted = 1 if number is None else number
    if not 1 <= wanted <= count:
        raise UsageError(message("There is no set {number}; there are {count}.", number=wanted, count=count))
    return options.sets[wanted - 1]
