"""From blocks to the canonical text: paragraphs with their offsets, and a box for every word."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain

import msgspec

from litreview.documents.blocks import Block
from litreview.documents.boxes import pack_boxes
from litreview.documents.dehyphenate import join_words
from litreview.documents.extract import Line, RawPage
from litreview.documents.model import Boxes

_BETWEEN = "\n\n"


class Composed(msgspec.Struct, frozen=True):
    """The canonical text, the offsets of each block, each page's first and last offset, and the boxes."""

    text: str
    spans: tuple[tuple[int, int], ...]
    page_spans: tuple[tuple[int, int], ...]
    boxes: Boxes


class _Tape:
    """Words in reading order, what stands after each, their pages and boxes; four lists side by side."""

    __slots__ = ("after", "marks", "pages", "rects", "words")

    def __init__(self) -> None:
        self.words: list[str] = []
        self.after: list[str] = []
        self.pages: list[int] = []
        self.rects: list[tuple[float, float, float, float]] = []
        self.marks: list[int] = []  # for each block: how many words stand before its end


def compose(blocks: Sequence[Block], pages: Sequence[RawPage]) -> Composed:
    """Write the blocks one after the other, an empty line between them, lines joined by a space or, in a broken word,
    by nothing. Every block must hold at least one row."""
    tape = _Tape()
    vocabulary = _vocabulary(blocks, pages)
    for block in blocks:
        _write_block(tape, block, pages, vocabulary)
    if tape.after:
        tape.after[-1] = ""
    parts = list(chain.from_iterable(zip(tape.words, tape.after, strict=True)))
    ends = list(accumulate(map(len, parts)))
    word_ends = ends[::2]
    starts = [0, *ends[1::2]][: len(word_ends)]
    spans = []
    first = 0
    for mark in tape.marks:
        spans.append((starts[first], word_ends[mark - 1]))
        first = mark
    boxes = pack_boxes(starts, word_ends, tape.pages, chain.from_iterable(tape.rects))
    text = "".join(parts)
    return Composed(text, tuple(spans), _page_spans(len(pages), tape.pages, starts, len(text)), boxes)


def _write_block(tape: _Tape, block: Block, pages: Sequence[RawPage], vocabulary: set[str]) -> None:
    for i, row in enumerate(block.rows):
        if i:
            _join(tape, row, vocabulary)
        _write_row(tape, row, pages[row.page])
    tape.after[-1] = _BETWEEN
    tape.marks.append(len(tape.words))


def _write_row(tape: _Tape, row: Line, page: RawPage) -> None:
    for first, last in row.spans:
        count = last - first
        tape.words += page.strings[first:last]
        tape.rects += page.rects[first:last]
        tape.after += [" "] * count
        tape.pages += [row.page] * count


def _join(tape: _Tape, row: Line, vocabulary: set[str]) -> None:
    """Join the tape's last word with a row's first one where they are one word."""
    last = tape.words[-1]
    if last[-1] not in "-‐\u00ad":
        return
    joined = join_words(last, row.words[0], vocabulary)
    if joined is not None:
        tape.words[-1] = joined
        tape.after[-1] = ""


def _vocabulary(blocks: Sequence[Block], pages: Sequence[RawPage]) -> set[str]:
    """The document's words in small letters, as they stand; needed only where a line ends in a hyphen."""
    broken = any(row.words[-1][-1] in "-‐\u00ad" for block in blocks for row in block.rows)
    if not broken:
        return set()
    return set(" ".join([" ".join(page.strings) for page in pages]).lower().split())


def _page_spans(count: int, pages: Sequence[int], starts: Sequence[int], length: int) -> tuple[tuple[int, int], ...]:
    """First and last offset of each page's run of the flow; an empty page has an empty span at its place. Spans
    follow each other: what stands beside the flow may lie outside its page's span (the boxes know)."""
    first: dict[int, int] = {}
    highest = -1
    for page, start in zip(pages, starts, strict=True):
        if page > highest:
            first[page] = start
            highest = page
    spans = []
    end = length
    for page in range(count - 1, -1, -1):
        start = first.get(page, end)
        spans.append((start, end))
        end = start
    return tuple(reversed(spans))
