"""From extracted pages to a document: the steps of the reader in their order, each a function of values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from litreview.anchors import hash_text
from litreview.documents.blocks import Block, Style, measure_style
from litreview.documents.breaks import is_list_item
from litreview.documents.compose import Composed, compose, pack
from litreview.documents.extract import Line, RawPage, shown_size
from litreview.documents.flow import build_blocks
from litreview.documents.layout import reading_order
from litreview.documents.margins import take_out_margins
from litreview.documents.metadata import Evidence, read_metadata
from litreview.documents.model import Boxes, Document, Page, Paragraph, Section, Sentence
from litreview.documents.printed import printed_numbers
from litreview.documents.quality import columns_in_doubt, needs_recognition, page_doubts
from litreview.documents.sections import Heading, find_headings
from litreview.documents.title import mark_title
from litreview.language.detect import detect_language
from litreview.language.sentences import split_sentences

_WITHOUT_SENTENCES = frozenset(("title", "heading", "table", "reference", "contents"))
_SHOWN_KINDS = {"contents": "list", "aside": "body"}


Span = tuple[int, int, int]  # a sentence: its paragraph's index, start, end


class Text(NamedTuple):
    """A report's text with its structure, before languages and metadata: blocks, paragraphs and the composed spans are
    aligned."""

    pages: list[RawPage]
    blocks: list[Block]
    composed: Composed
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    spans: tuple[Span, ...]


def assemble(report: str, files: Sequence[str], pages: Sequence[Sequence[RawPage]], reader: str) -> Document:
    """One document of the pages of a report's files (one list a file, empty for a file without text)."""
    text = read_sentences(pages)
    printed = [number for of_file in pages for number in printed_numbers(of_file)]
    shown = _pages(text.pages, text.composed, printed)
    return make_document(report, files, text, reader, pages=shown, boxes=pack(text.composed, text.pages))


def make_document(
    report: str,
    files: Sequence[str],
    text: Text,
    reader: str,
    *,
    pages: tuple[Page, ...] = (),
    boxes: Boxes | None = None,
    starts: tuple[int, ...] = (),
) -> Document:
    """A document of a text with its structure; `pages` and `boxes` are left out, and each file's first offset given
    (`starts`), for files without pages."""
    sentences = tuple(_with_language(span, text.composed.text) for span in text.spans)
    evidence = Evidence(text.composed.text, text.pages, text.blocks, text.paragraphs, text.sections, sentences)
    return Document(
        report=report,
        files=tuple(files),
        text=text.composed.text,
        text_hash=hash_text(text.composed.text),
        pages=pages,
        sections=text.sections,
        paragraphs=text.paragraphs,
        sentences=sentences,
        metadata=read_metadata(evidence),
        boxes=boxes or Boxes(),
        reader=reader,
        starts=starts,
    )


def read_sentences(pages: Sequence[Sequence[RawPage]]) -> Text:
    """The steps from extracted pages to sentences with their boxes. What is taken out of the margins moves to
    `RawPage.dropped`."""
    every = [page for of_file in pages for page in of_file]
    ordered: list[list[Line]] = []
    for page in every:
        if needs_recognition(page) == "garbled":
            page.lines = []  # no words, only signs: nothing to be read, coded or found
    for of_file in pages:
        take_out_margins(of_file)
        ordered.extend(reading_order(of_file))
    for page, rows in zip(every, ordered, strict=True):
        page.columns_doubted = columns_in_doubt(rows)
    style = measure_style(ordered)
    return structure(every, build_blocks(every, ordered, style), style)


def structure(every: list[RawPage], blocks: list[Block], style: Style) -> Text:
    """The steps from blocks in reading order to sentences; `every` are the pages that their rows lie on."""
    headings = find_headings(blocks, style)
    mark_title(blocks, headings, style)
    composed = compose(blocks, every)
    sections = make_sections(headings, composed)
    paragraphs = _paragraphs(blocks, sections, composed)
    return Text(every, blocks, composed, sections, paragraphs, _sentences(blocks, paragraphs, composed.text))


def make_sections(headings: Sequence[Heading], composed: Composed) -> tuple[Section, ...]:
    """Sections in order of their beginning. One reaches to the next heading of its own level or a higher one, so that
    sub-sections lie inside; what stands before the first heading is front matter."""
    length = len(composed.text)
    starts = [composed.spans[heading.block][0] for heading in headings]
    sections = []
    if not starts or starts[0] > 0:
        sections.append(Section(("front",), "", 0, starts[0] if starts else length, 1))
    for i, heading in enumerate(headings):
        later = (starts[j] for j in range(i + 1, len(headings)) if headings[j].level <= heading.level)
        sections.append(Section(heading.kinds, heading.text, starts[i], next(later, length), heading.level))
    return tuple(sections)


def _paragraphs(blocks: Sequence[Block], sections: Sequence[Section], composed: Composed) -> tuple[Paragraph, ...]:
    paragraphs = []
    at = 0
    for block, (start, end) in zip(blocks, composed.spans, strict=True):
        while at + 1 < len(sections) and sections[at + 1].start <= start:
            at += 1
        paragraphs.append(Paragraph(_kind(block), at, start, end))
    return tuple(paragraphs)


def _kind(block: Block) -> str:
    if block.kind != "body":
        return _SHOWN_KINDS.get(block.kind, block.kind)
    first = block.rows[0]
    if is_list_item(first):
        return "list"
    if first.words[0][0] in "“\"'‘" and all(row.x0 > row.left + 10 for row in block.rows):
        return "quote"
    return "body"


def _with_language(span: Span, text: str) -> Sentence:
    _, start, end = span
    return Sentence(*span, detect_language(text[start:end]))


def _sentences(blocks: Sequence[Block], paragraphs: Sequence[Paragraph], text: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    for i, (block, paragraph) in enumerate(zip(blocks, paragraphs, strict=True)):
        if block.kind in _WITHOUT_SENTENCES:
            continue
        at = paragraph.start
        found = split_sentences(text[at : paragraph.end])
        spans += [(i, at + start, at + end) for start, end in found]
    return tuple(spans)


def _pages(pages: Sequence[RawPage], composed: Composed, printed: Sequence[str | None]) -> tuple[Page, ...]:
    return tuple(
        Page(page.file, page.number, start, end, *shown_size(page), number, page_doubts(page), page.ocr)
        for page, (start, end), number in zip(pages, composed.page_spans, printed, strict=True)
    )
