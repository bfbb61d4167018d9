"""From blocks to the canonical text: paragraphs with their offsets, and a box for every word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from litreview.documents.blocks import Block
from litreview.documents.boxes import pack_boxes
from litreview.documents.dehyphenate import join_words
from litreview.documents.extract import Line, RawPage, Word
from litreview.documents.model import Boxes

_BETWEEN = "\n\n"


Run = tuple[int, int, int]


class Composed(NamedTuple):
    """The canonical text, the offsets of each block, and each page's first and last offset; for the boxes each word's
    offsets, and the runs of words that stand together on a page (page, first, last)."""

    text: str
    spans: tuple[tuple[int, int], ...]
    page_spans: tuple[tuple[int, int], ...]
    starts: list[int]
    ends: list[int]
    runs: list[Run]


class _Tape:
    """Words in reading order; the runs of a page that they are; what follows some words instead of a space; where
    blocks end."""

    __slots__ = ("after", "marks", "runs", "words")

    def __init__(self) -> None:
        self.words: list[str] = []
        self.runs: list[Run] = []
        self.after: dict[int, str] = {}  # by the number of words so far
        self.marks: list[int] = []


def compose(blocks: Sequence[Block], pages: Sequence[RawPage]) -> Composed:
    """Write the blocks one after the other, an empty line between them, lines joined by a space or, in a broken word,
    by nothing. Every block must hold at least one row."""
    tape = _Tape()
    vocabulary = _vocabulary(blocks, pages)
    for block in blocks:
        _write_block(tape, block, vocabulary)
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
    return Composed(text, tuple(spans), page_spans, starts, word_ends, tape.runs)


def pack(composed: Composed, pages: Sequence[RawPage]) -> Boxes:
    """The boxes of a composed text's words."""
    places: list[int] = []
    boxed: list[Word] = []
    for page, first, last in composed.runs:
        places += [page] * (last - first)
        boxed += pages[page].words[first:last]
    return pack_boxes(composed.starts, composed.ends, places, boxed)


def _write_block(tape: _Tape, block: Block, vocabulary: set[str]) -> None:
    words, runs = tape.words, tape.runs
    for i, row in enumerate(block.rows):
        if i and words[-1][-1] in "-‐\u00ad":
            _join(tape, row, vocabulary)
        if row.drop:
            tape.after[len(words) + 1] = ""
        words += row.words
        page = row.page
        runs += [(page, first, last) for first, last in row.spans]
    tape.after[len(words)] = _BETWEEN
    tape.marks.append(len(words))


def _join(tape: _Tape, row: Line, vocabulary: set[str]) -> None:
    """Join the tape's last word with a row's first one where they are one word."""
    joined = join_words(tape.words[-1], row.words[0], vocabulary)
    if joined is not None:
        tape.words[-1] = joined
        tape.after[len(tape.words)] = ""


def _vocabulary(blocks: Sequence[Block], pages: Sequence[RawPage]) -> set[str]:
    """The document's words in small letters, as they stand, without the rests of words broken at a line's end; needed
    only where a line ends in a hyphen."""
    rests = [
        row.words[0] for block in blocks for before, row in pairwise(block.rows) if before.words[-1][-1] in "-‐\u00ad"
    ]
    if not rests:
        return set()
    of_pages = [page.strings for page in pages]
    counts = Counter(filter(set(rests).__contains__, chain.from_iterable(of_pages)))
    counts.subtract(rests)
    only_rests = {word for word, count in counts.items() if count <= 0}
    return {word.lower() for word in set().union(*of_pages) - only_rests}


def _page_spans(count: int, runs: Sequence[Run], starts: Sequence[int], length: int) -> tuple[tuple[int, int], ...]:
    """First and last offset of each page's run of the flow; an empty page has an empty span at its place. Spans
    follow each other: what stands beside the flow may lie outside its page's span (the boxes know)."""
    first: dict[int, int] = {}
    highest = -1
    at = 0
    for page, first_word, last_word in runs:
        if page > highest:
            first[page] = starts[at]
            highest = page
        at += last_word - first_word
    spans = []
    end = length
    for page in range(count - 1, -1, -1):
        start = first.get(page, end)
        spans.append((start, end))
        end = start
    return tuple(reversed(spans))
