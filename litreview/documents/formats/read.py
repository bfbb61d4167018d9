"""Reports whose files have no pages: each read by the reader for its suffix, then made into one document."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Protocol as Shape

import msgspec

from litreview.documents.assemble import make_document, structure
from litreview.documents.blocks import Block, measure_style
from litreview.documents.extract import Line, RawPage
from litreview.documents.formats.docx import DocxReader
from litreview.documents.formats.html import HtmlReader
from litreview.documents.formats.model import MOST_CHARACTERS, Flow
from litreview.documents.formats.rows import lay_out
from litreview.documents.formats.text import MarkdownReader, TextReader
from litreview.documents.formats.titles import settle_headings
from litreview.documents.model import Document, FileStatus, Found, Metadata, ReadResult
from litreview.documents.refusals import Refusal
from litreview.files import locate


class Reader(Shape):
    """A way to read one kind of file without pages."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """In lower case, with their dots."""
        ...

    def read(self, path: Path) -> Flow:
        """The file's pieces. Raises `Refusal` for one that cannot be read, and `OSError` for one that is not there."""
        ...


READERS: tuple[Reader, ...] = (DocxReader(), HtmlReader(), TextReader(), MarkdownReader())


def read_flows(
    root: str,
    report: str,
    files: Sequence[str],
    sha256: Sequence[str],
    reader: str,
) -> ReadResult:
    """A report whose files (POSIX, relative to `root`) have no pages: its document, and a status for each file."""
    statuses = []
    flows: list[Flow | None] = []
    for name, digest in zip_longest(files, sha256, fillvalue=""):
        try:
            flows.append(read_flow(locate(Path(root), name)))
            statuses.append(FileStatus(name, "ready", report, sha256=digest))
        except Refusal as refusal:
            flows.append(None)
            why = refusal.reason
            statuses.append(FileStatus(name, refusal.status, report, 0, why.text, digest, values=why.values))
    return ReadResult(tuple(statuses), assemble_flows(report, files, flows, reader))


def read_flow(path: Path) -> Flow:
    """A file's pieces. Raises `Refusal`."""
    suffix = path.suffix.lower()
    reader = next(reader for reader in READERS if suffix in reader.suffixes)
    try:
        if path.stat().st_size == 0:
            raise Refusal("empty")
        flow = reader.read(path)
    except (OSError, RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        raise Refusal("damaged") from error
    except MemoryError as error:
        raise Refusal("too-large") from error
    if sum(len(line) for piece in flow.pieces for line in piece.lines) > MOST_CHARACTERS:
        raise Refusal("too-large")
    return flow


def assemble_flows(report: str, files: Sequence[str], flows: Sequence[Flow | None], reader: str) -> Document | None:
    """One document of a report's files (None for a file that was not read); None when none has a word."""
    pages: list[RawPage] = []
    blocks: list[Block] = []
    first_pages = []
    for number, flow in enumerate(flows):
        first_pages.append(len(pages))
        if flow is not None:
            new_pages, new_blocks = lay_out(flow, number, len(pages))
            pages += new_pages
            blocks += new_blocks
    if not blocks:
        return None
    settle_headings(blocks)
    text = structure(pages, blocks, measure_style(_rows_by_page(blocks, len(pages))))
    starts = []
    for first in first_pages:
        here = (span[0] for block, span in zip(blocks, text.composed.spans, strict=True) if block.rows[0].page >= first)
        starts.append(next(here, len(text.composed.text)))
    document = make_document(report, files, text, reader, starts=tuple(starts))
    told = next((flow.told for flow in flows if flow is not None), Metadata())
    return msgspec.structs.replace(document, metadata=with_told(document.metadata, told, document.text))


def _rows_by_page(blocks: Sequence[Block], count: int) -> list[list[Line]]:
    rows: list[list[Line]] = [[] for _ in range(count)]
    for block in blocks:
        for row in block.rows:
            rows[row.page].append(row)
    return rows


def with_told(metadata: Metadata, told: Metadata, text: str) -> Metadata:
    """Metadata as the text shows it, with what the file's head tells in its place; a value that stands in the text's
    beginning keeps its place there."""
    head = text[:20_000]
    title = _placed(told.title, head) or metadata.title
    if told.title and metadata.title and metadata.title.value.casefold() == told.title.value.casefold():
        title = metadata.title
    year = _placed(told.year, head) or metadata.year
    return msgspec.structs.replace(
        metadata,
        title=title,
        authors=tuple(_placed(one, head) or one for one in told.authors) or metadata.authors,
        year=year,
        years=tuple({one.value: one for one in (*([year] if year else []), *metadata.years)}.values()),
        doi=told.doi or metadata.doi,
        source=_placed(told.source, head) or metadata.source,
        keywords=metadata.keywords or told.keywords,
    )


def _placed(told: Found | None, text: str) -> Found | None:
    """A told value, with its first place in the text if it stands there."""
    if told is None:
        return None
    at = text.find(told.value)
    return Found(told.value, at, at + len(told.value)) if at >= 0 else told
