"""Reports as they were read, of which only little is in memory: each is loaded when it is asked for.

A review may hold ten thousand documents. What every stage asks of all of them (`Brief`) is kept in memory; documents
come from where they are kept, and the last ones used stay within a bound.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import msgspec

from litreview.documents.model import Document, FileStatus, ReadResult
from litreview.documents.page_numbers import Unclear, unclear_numbers
from litreview.documents.quality import doubts_of
from litreview.errors import Message

MOST_BYTES = 24_000_000  # of texts, boxes and sentences that stay loaded; in memory they take some two times that
_SENTENCE_BYTES = 150


class Brief(msgspec.Struct, frozen=True):
    """What is known of a report without loading it: each file's status, whether there is a document, and if so the
    hash and length of its text, its title and reader, and whether a page was read by OCR; what is in doubt about the
    text of pages, and the files whose printed page numbers are unclear."""

    files: tuple[FileStatus, ...]
    readable: bool = False
    text_hash: str = ""
    characters: int = 0
    title: str = ""
    reader: str = ""
    recognised: bool = False
    doubts: tuple[Message, ...] = ()
    unclear: tuple[Unclear, ...] = ()


def brief_of(result: ReadResult) -> Brief:
    """A result in brief."""
    document = result.document
    if document is None:
        return Brief(result.files)
    title = document.metadata.title
    recognised = any(page.ocr for page in document.pages)
    return Brief(result.files, True, document.text_hash, len(document.text), title.value if title else "",
                 document.reader, recognised, doubts_of(document), unclear_numbers(document))  # fmt: skip


Loaded = TypeVar("Loaded", covariant=True)


class _ByReport(Mapping[str, Loaded]):
    """What is loaded when asked for, by the reports whose briefs are known."""

    briefs: dict[str, Brief]

    def __iter__(self) -> Iterator[str]:
        return iter(self.briefs)

    def __len__(self) -> int:
        return len(self.briefs)

    def __contains__(self, report: object) -> bool:
        return report in self.briefs


class Readings(_ByReport[ReadResult]):
    """Results of reading by report, each loaded when asked for."""

    def __init__(
        self, briefs: Mapping[str, Brief], load: Callable[[str], ReadResult], most_bytes: int = MOST_BYTES
    ) -> None:
        self.briefs = dict(briefs)
        self._load = load
        self._most_bytes = most_bytes
        self._loaded: OrderedDict[str, tuple[ReadResult, int]] = OrderedDict()
        self._bytes = 0

    def __getitem__(self, report: str) -> ReadResult:
        if report in self._loaded:
            self._loaded.move_to_end(report)
            return self._loaded[report][0]
        brief = self.briefs[report]
        if not brief.readable:
            return ReadResult(brief.files)
        result = self._load(report)
        self._keep(report, result)
        return result

    def _keep(self, report: str, result: ReadResult) -> None:
        size = _size(result)
        self._loaded[report] = (result, size)
        self._bytes += size
        while self._bytes > self._most_bytes and len(self._loaded) > 1:
            self._bytes -= self._loaded.popitem(last=False)[1][1]

    def with_others(self, others: Mapping[str, ReadResult]) -> Readings:
        """The same, with other results for some reports."""
        if not others:
            return self
        briefs = {report: brief_of(others[report]) if report in others else one for report, one in self.briefs.items()}
        return Readings(briefs, lambda report: others[report] if report in others else self[report], most_bytes=0)


def readings_of(results: Mapping[str, ReadResult]) -> Readings:
    """Results as `Readings`, whether they are or lie in memory."""
    if isinstance(results, Readings):
        return results
    return Readings({report: brief_of(result) for report, result in results.items()}, results.__getitem__, most_bytes=0)


def _size(result: ReadResult) -> int:
    document = result.document
    if document is None:
        return 0
    boxes = document.boxes
    packed = len(boxes.starts) + len(boxes.ends) + len(boxes.pages) + len(boxes.rects)
    return len(document.text) + packed + _SENTENCE_BYTES * len(document.sentences)


class Documents(_ByReport[Document]):
    """The readable reports of some readings, by id."""

    def __init__(self, readings: Readings, change: Callable[[str, Document], Document] | None = None) -> None:
        """`change` is done to each document that is asked for."""
        self._readings = readings
        self._change = change
        self.briefs = {report: brief for report, brief in readings.briefs.items() if brief.readable}

    def __getitem__(self, report: str) -> Document:
        if report in self.briefs:
            document = self._readings[report].document
            if document is not None:
                return document if self._change is None else self._change(report, document)
        raise KeyError(report)


def briefs_of(documents: Mapping[str, Document]) -> dict[str, Brief]:
    """Documents in brief, by report; none of them is loaded for that."""
    if isinstance(documents, Documents):
        return documents.briefs
    return {report: brief_of(ReadResult((), document)) for report, document in documents.items()}
