"""What people do with passages and the texts that they stand in: judge, place anew, accept another reading."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from litreview.documents.anchored import anchor_body, anchor_in, has_anchor, write_anchored
from litreview.documents.frozen import FrozenText, freeze
from litreview.documents.frozen_folder import keep_frozen
from litreview.documents.model import FileStatus
from litreview.documents.offers import LostPlace, Offer, find_lost, find_offers, offer_in_use, tell_absent
from litreview.documents.texts import SHORT, file_hashes, upgrades_in_effect
from litreview.errors import AnchorError, Message, UsageError, message
from litreview.ledger import Judgment, append, check_writable, make_judgment
from litreview.pipeline.pages import numbers_to_ask, page_doubts
from litreview.pipeline.recognition import Recognition, count_waiting
from litreview.pipeline.state import State


class Ingested(msgspec.Struct, frozen=True):
    """What the documents of a review are read from: each file's status, how many reports can be read and how many of
    them in a text kept with the judgments; other readings on offer; passages without a place; what is to be told; pages
    whose text is in doubt; files whose page numbers are asked for."""

    files: tuple[FileStatus, ...]
    readable: int
    kept: int
    offers: tuple[Offer, ...]
    lost: tuple[LostPlace, ...]
    notices: tuple[Message, ...]
    doubts: tuple[Message, ...] = ()
    asked: tuple[Message, ...] = ()
    recognition: Recognition | None = None

    def lines(self) -> list[Message]:
        """What `litreview ingest` shows after the files."""
        told = message(
            "Readable reports: {readable}, {kept} of them in the text kept with the judgments",
            readable=self.readable,
            kept=self.kept,
        )
        offers, lost = (one.told() for one in self.offers), (one.told() for one in self.lost)
        recognised = self.recognition.lines() if self.recognition is not None else []
        return [told, *offers, *lost, *self.notices, *recognised, *self.doubts, *self.asked]


def look_at_texts(state: State, recognition: Recognition | None = None) -> Ingested:
    """Read what is due, and say in which text each report stands, after pages were recognised if they were."""
    return Ingested(
        files=state.statuses,
        readable=len(state.documents),
        kept=len(state.texts.in_use),
        offers=tuple(offer for offer, _ in _offers(state)),
        lost=tuple(find_lost(state.seen.ledger, state.documents)),
        notices=(
            *state.idle_sources,
            *state.frozen.notices,
            *state.texts.notices,
            *tell_absent(state.ledger, state.documents, state.frozen.texts),
            *_tell_waiting(state),
        ),
        doubts=page_doubts(state),
        asked=numbers_to_ask(state),
        recognition=recognition,
    )


def _tell_waiting(state: State) -> list[Message]:
    """What OCR would add to files that can be read."""
    waiting = count_waiting(state.opened.root, (file for file in state.statuses if file.status == "ready"))
    if not waiting:
        return []
    return [message("Pages without text in reports that can be read: {count}. Pictures of text can be recognised with:"
                    " litreview ingest --ocr", count=waiting)]  # fmt: skip


def text_of(state: State, report: str) -> FrozenText:
    """The text that a report is read in, frozen or as it would be frozen by the first judgment on it.

    Raises `AnchorError` when the report cannot be read, `FrozenTextError` when its text cannot be kept.
    """
    if report in state.texts.in_use:
        return state.texts.in_use[report]
    document = state.read[report].document if report in state.read else None  # as read: numbers told stay apart
    if document is None:
        raise AnchorError(message("The report {report} has no text here, so that no passage of it can be judged.",
                                  report=report))  # fmt: skip
    return freeze(document, file_hashes(state.fresh.briefs[report]))


def judge_passages(state: State, judgments: Iterable[Judgment]) -> tuple[Judgment, ...]:
    """Record judgments on passages: each anchor is checked, the text is frozen before, the lines are on disk on return.

    Raises `AnchorError`, `FrozenTextError` or `LedgerError`; nothing is recorded then. See `write_anchored`.
    """
    check_writable(state.ledger)
    given = list(judgments)
    reports = dict.fromkeys(str(judgment.body.get("report", "")) for judgment in given)
    texts = {report: text_of(state, report) for report in reports}
    return write_anchored(_folder(state), given, texts)


def place_anew(state: State, judgment: str, start: int, end: int, person: str, device: str) -> Judgment:
    """Give a judgment (by id) another passage of the same report, by a judgment of its own person that replaces it.

    Raises `UsageError` when no such judgment on a passage stands, or it is another person's; else as `judge_passages`.
    """
    old = next((one for one in state.ledger.standing if one.id == judgment and has_anchor(one)), None)
    if old is None:
        raise UsageError(message("No judgment on a passage stands under the id {judgment}.", judgment=judgment))
    if old.person != person:
        raise UsageError(
            message("The judgment is of {person}, who alone can place it anew. Others comment on it, or settle the"
                    " difference by an adjudication.", person=old.person)
        )  # fmt: skip
    report = str(old.body["report"])
    document = state.documents.get(report)
    if document is None:
        raise UsageError(message("The report {report} cannot be read here.", report=report))
    body = {**old.body, "anchor": anchor_body(anchor_in(document, start, end))}
    made = make_judgment(person, device, old.kind, body, replaces=old.id)
    return judge_passages(state, [made])[0]


def accept_text(state: State, wanted: str, person: str, device: str) -> Offer:
    """Accept another reading of a report, named by a file, the report's id or the beginning of the reading's hash; by
    its hash also the one in use, which settles that it stands.

    Raises `UsageError` when there is no such reading, or more than one; `LedgerError` when it cannot be written.
    """
    found = [(offer, frozen) for offer, frozen in _offers(state) if _is_meant(state, offer, wanted)] or [
        (offer, frozen)
        for report, frozen in state.texts.in_use.items()
        if _is_short_for(wanted, frozen.reading)
        and (offer := offer_in_use(state.texts, state.ledger, report)) is not None
    ]
    if not found:
        raise UsageError(message("There is no other reading of {wanted}. litreview check lists those that there are.",
                                 wanted=wanted))  # fmt: skip
    if len(found) > 1:
        names = ", ".join(offer.short for offer, _ in found)
        raise UsageError(message("There are several readings of {wanted}; name one of them: {names}.",
                                 wanted=wanted, names=names))  # fmt: skip
    ((offer, frozen),) = found
    upgrades = [j for j in state.ledger.of_kind("text-upgrade") if j.body.get("report") == offer.report]
    body = {
        "report": offer.report,
        "old": state.texts.in_use[offer.report].reading,
        "new": offer.reading,
        "text_hash": frozen.text_hash,
        "reader": frozen.reader,
        "over": [judgment.id for judgment in upgrades_in_effect(upgrades)],
    }
    check_writable(state.ledger)
    made = make_judgment(person, device, "text-upgrade", body)
    keep_frozen(_folder(state), frozen)
    append(_folder(state), [made])
    return offer


def _is_meant(state: State, offer: Offer, wanted: str) -> bool:
    files = [file.path for file in state.read.briefs[offer.report].files]
    return _is_short_for(wanted, offer.reading) or wanted == offer.report or wanted in files


def _is_short_for(wanted: str, reading: str) -> bool:
    return len(wanted) >= SHORT and reading.startswith(wanted)


def _offers(state: State) -> list[tuple[Offer, FrozenText]]:
    return find_offers(state.texts, state.fresh, state.frozen.texts, state.ledger)


def _folder(state: State) -> Path:
    return state.opened.root / "judgments"
