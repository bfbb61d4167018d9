"""Merge copies of a review: the union of their judgments by what they say, of their texts and versions by content.

Lines that are missing are appended to the file of their person and device; nothing that is there is changed. Texts
come before the lines that need them, each forced to disk, so that a merge cut off in the middle is completed by the
next one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import msgspec

from litreview.documents.frozen import decode_frozen
from litreview.documents.frozen_folder import keep_bytes, keep_frozen, not_used, read_frozen
from litreview.errors import FrozenTextError, LedgerError, Message, UsageError, message
from litreview.exchange.pack import damaged_line, ledger_name, lines_in, read_pack_list
from litreview.exchange.raw_lines import RawLine, read_lines
from litreview.exchange.sources import (
    MOST_BYTES,
    PACK_NAME,
    Part,
    PdfFile,
    Source,
    is_frozen,
    is_ledger,
    is_version,
    open_source,
)
from litreview.files import safe_name, write_atomic
from litreview.ledger import append_lines


class Came(msgspec.Struct, frozen=True):
    """What came of one person: new judgments by kind, and how many were here already."""

    person: str
    new: dict[str, int]
    known: int


class Merged(msgspec.Struct, frozen=True):
    """What a merge brought: judgments by person, texts and versions, PDFs that are not here, people whom the protocol
    does not name, and what is to be told."""

    came: tuple[Came, ...] = ()
    new_texts: int = 0
    new_versions: int = 0
    missing_pdfs: tuple[PdfFile, ...] = ()
    unknown_people: tuple[str, ...] = ()
    notices: tuple[Message, ...] = ()

    @property
    def new_judgments(self) -> int:
        """How many judgments are new."""
        return sum(sum(came.new.values()) for came in self.came)


class Here(msgspec.Struct, frozen=True):
    """What a review has: its ledger's folder, its title, people of its protocol, and the SHA-256 of its PDFs."""

    judgments: Path
    title: str
    people: tuple[str, ...]
    pdfs: Collection[str]


def merge(paths: Sequence[Path], here: Here) -> Merged:
    """Take in what sources have and this review has not: see `open_source` for what they may be.

    Raises `UsageError` for a source in which there is nothing, `LedgerError` for one that cannot be read or is refused,
    and when the disk is full. What was taken in before stands; merging again takes the rest.
    """
    merging = _Merging(here)
    for path in paths:
        with open_source(path) as source:
            merging.take(source)
    return merging.result()


class _Merging:
    """Keeps count of what is here while one source after another is taken in."""

    def __init__(self, here: Here) -> None:
        self._here = here
        self._notices: list[Message] = []
        self._said = {(line.id, line.said) for line in lines_in(here.judgments, [])}
        self._texts = {frozen.identity for frozen in read_frozen(here.judgments).texts}
        self._ids = {id_ for id_, _ in self._said}
        self._new: dict[str, Counter[str]] = {}
        self._known: Counter[str] = Counter()
        self._new_texts = self._new_versions = 0
        self._pdfs: dict[str, PdfFile] = {}

    def take(self, source: Source) -> None:
        """Take in one source: texts and versions first, the lines that name them last."""
        parts = source.parts()
        ledgers = [part for part in parts if is_ledger(source, part)]
        texts = [part for part in parts if part not in ledgers and is_frozen(source, part)]
        versions = [part for part in parts if part not in ledgers and is_version(part)]
        if not (ledgers or texts or versions):
            raise UsageError(message("There are no judgments in it. Name a review, a pack, or a file of judgments."),
                             source.path)  # fmt: skip
        for part in texts:
            self._take_text(source, part)
        for part in versions:
            self._take_version(source, part)
        for part in ledgers:
            self._take_lines(source, part)
        self._look_at_pdfs(source, parts)

    def _take_text(self, source: Source, part: Part) -> None:
        content = source.read(part)
        try:
            frozen = decode_frozen(content)
        except FrozenTextError as error:
            self._notices.append(not_used(part.name, error))
            if error.newer:
                self._new_texts += keep_bytes(self._here.judgments, content)
            return
        for file in frozen.files:
            self._pdfs.setdefault(file.sha256, PdfFile(file.path, file.sha256))
        if frozen.identity not in self._texts:
            self._new_texts += keep_frozen(self._here.judgments, frozen)
            self._texts.add(frozen.identity)

    def _take_version(self, source: Source, part: Part) -> None:
        """Keep a version under its own name; another content under that name is told and left."""
        content = source.read(part)
        path = self._here.judgments / "versions" / safe_name(part.name.rsplit("/", 1)[-1])
        if path.exists():
            if path.read_bytes() != content:
                self._notices.append(message("{file}: another version is here under this name; it was left as it is.",
                                             file=part.name))  # fmt: skip
            return
        try:
            self._new_versions += write_atomic(path, content)
        except OSError as error:
            raise _not_written(error, path) from error

    def _take_lines(self, source: Source, part: Part) -> None:
        if part.size > MOST_BYTES:
            raise LedgerError(message("The file is larger than {most} MB.", most=MOST_BYTES // 1_000_000), part.name)
        missing: dict[str, list[RawLine]] = {}
        with source.open(part) as stream:
            for number, line in read_lines(stream):
                if line is None:
                    self._notices.append(damaged_line(part.name, number))
                elif (line.id, line.said) in self._said:
                    self._known[line.person] += 1
                else:
                    self._said.add((line.id, line.said))
                    missing.setdefault(ledger_name(line), []).append(line)
        for name, lines in sorted(missing.items()):
            append_lines(self._here.judgments / name, [line.content for line in lines])
            for line in lines:
                self._count(line, part)

    def _count(self, line: RawLine, part: Part) -> None:
        self._new.setdefault(line.person, Counter())[line.kind] += 1
        if line.id in self._ids:
            self._notices.append(
                message("{file}: another judgment of {person} has an id that is here already ({id}); both were kept.",
                        file=part.name, person=line.person, id=line.id)
            )  # fmt: skip
        self._ids.add(line.id)

    def _look_at_pdfs(self, source: Source, parts: Iterable[Part]) -> None:
        for file in source.pdfs():
            self._pdfs.setdefault(file.sha256, file)
        for part in parts:
            pack = read_pack_list(source.read(part)) if part.name.rsplit("/", 1)[-1] == PACK_NAME else None
            if pack is None:
                continue
            for file in pack.files:
                self._pdfs.setdefault(file.sha256, file)
            if pack.title != self._here.title:
                self._notices.append(message("The pack is of a review with another title: {title}.", title=pack.title))

    def result(self) -> Merged:
        """What came, over all sources."""
        people = sorted({*self._new, *self._known})
        missing = [file for sha256, file in self._pdfs.items() if sha256 not in self._here.pdfs]
        return Merged(
            came=tuple(Came(p, dict(sorted(self._new.get(p, Counter()).items())), self._known[p]) for p in people),
            new_texts=self._new_texts,
            new_versions=self._new_versions,
            missing_pdfs=tuple(sorted(missing, key=lambda file: (file.path, file.sha256))),
            unknown_people=tuple(person for person in people if person not in self._here.people),
            notices=tuple(self._notices),
        )


def _not_written(error: OSError, path: Path) -> LedgerError:
    what = message("What came could not be written ({why}). Free the disk or its rights, then merge again.",
                   why=error.strerror or str(error))  # fmt: skip
    return LedgerError(what, path)
