"""From blocks to the canonical text: paragraphs with their offsets, and a box for every word."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from litreview.documents.blocks import Block
from litreview.documents.boxes import pack_boxes
from litreview.documents.dehyphenate import join_words
from litreview.documents.extract import Line, RawPage, Word
from litreview.documents.model import Boxes

_BETWEEN = "\n\n"


class Composed(NamedTuple):
    """The canonical text, the offsets of each block, and each page's first and last offset; for the boxes each word's
    offsets and the word with its rectangle, aligned, and the runs of words on a page (page, how many)."""

    text: str
    spans: tuple[tuple[int, int], ...]
    page_spans: tuple[tuple[int, int], ...]
    starts: list[int]
    ends: list[int]
    runs: list[tuple[int, int]]
    boxed: list[Word]


class _Tape:
    """Words in reading order and their boxes, side by side; runs of one page; what follows some words instead of a
    space; where blocks end."""

    __slots__ = ("after", "boxed", "marks", "runs", "words")

    def __init__(self) -> None:
        self.words: list[str] = []
        self.boxed: list[Word] = []
        self.runs: list[tuple[int, int]] = []  # page, how many words
        self.after: dict[int, str] = {}  # by the number of words so far
        self.marks: list[int] = []


def compose(blocks: Sequence[Block], pages: Sequence[RawPage]) -> Composed:
    """Write the blocks one after the other, an empty line between them, lines joined by a space or, in a broken word,
    by nothing. Every block must hold at least one row."""
    tape = _Tape()
    vocabulary = _vocabulary(blocks, pages)
    for block in blocks:
        _write_block(tape, block, pages, vocabulary)
    count = len(tape.words)
    after = [" "] * count
    for at, follows in tape.after.items():
        after[at - 1] = follows
    after[-1:] = [""]
    parts = [""] * (2 * count)
    parts[::2], parts[1::2] = tape.words, after
    ends = list(accumulate(map(len, parts)))
    word_ends = ends[::2]
    starts = [0, *ends[1::2]][:count]
    spans = []
    first = 0
    for mark in tape.marks:
        spans.append((starts[first], word_ends[mark - 1]))
        first = mark
    text = "".join(parts)
    page_spans = _page_spans(len(pages), tape.runs, starts, len(text))
    return Composed(text, tuple(spans), page_spans, starts, word_ends, tape.runs, tape.boxed)


def pack(composed: Composed) -> Boxes:
    """The boxes of a composed text's words."""
    places = list(chain.from_iterable([[page] * words for page, words in composed.runs]))
    return pack_boxes(composed.starts, composed.ends, places, composed.boxed)


def _write_block(tape: _Tape, block: Block, pages: Sequence[RawPage], vocabulary: set[str]) -> None:
    words, boxed = tape.words, tape.boxed
    for i, row in enumerate(block.rows):
        if i and words[-1][-1] in "-‐\u00ad":
            _join(tape, row, vocabulary)
        page = pages[row.page]
        before = len(words)
        for first, last in row.spans:
            words += page.strings[first:last]
            boxed += page.words[first:last]
        tape.runs.append((row.page, len(words) - before))
    tape.after[len(words)] = _BETWEEN
    tape.marks.append(len(words))


def _join(tape: _Tape, row: Line, vocabulary: set[str]) -> None:
    """Join the tape's last word with a row's first one where they are one word."""
    joined = join_words(tape.words[-1], row.words[0], vocabulary)
    if joined is not None:
        tape.words[-1] = joined
        tape.after[len(tape.words)] = ""


def _vocabulary(blocks: Sequence[Block], pages: Sequence[RawPage]) -> set[str]:
    """The document's words in small letters, as they stand; needed only where a line ends in a hyphen."""
    broken = any(row.words[-1][-1] in "-‐\u00ad" for block in blocks for row in block.rows)
    if not broken:
        return set()
    return set(" ".join([" ".join(page.strings) for page in pages]).lower().split())


def _page_spans(
    count: int, runs: Sequence[tuple[int, int]], starts: Sequence[int], length: int
) -> tuple[tuple[int, int], ...]:
    """First and last offset of each page's run of the flow; an empty page has an empty span at its place. Spans
    follow each other: what stands beside the flow may lie outside its page's span (the boxes know)."""
    first: dict[int, int] = {}
    highest = -1
    at = 0
    for page, words in runs:
        if page > highest:
            first[page] = starts[at]
            highest = page
        at += words
    spans = []
    end = length
    for page in range(count - 1, -1, -1):
        start = first.get(page, end)
        spans.append((start, end))
        end = start
    return tuple(reversed(spans))
