"""From pieces to blocks: rows with a made-up place on made-up pages, so that the rules of paged documents hold.

The pages end where the file says so, or after about as much as a page holds. They are only known to the rules for
title, authors and dates, which look at the first pages; the document has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from litreview.documents.blocks import Block
from litreview.documents.extract import Line, RawPage, Word, clean_word
from litreview.documents.flow import split_references
from litreview.documents.formats.contents import mark_contents
from litreview.documents.formats.model import Flow, Piece
from litreview.documents.headings import named_kinds

_LEFT, _RIGHT = 72.0, 523.0
_TOP, _FULL, _HEIGHT, _WIDTH = 60.0, 780.0, 1000.0, 595.0  # rows end well above what counts as a page's foot
_LETTER = 0.5  # of the size: an average letter's width
_NOWHERE: Word = (0.0, 0.0, 0.0, 0.0, "", 0, 0, 0)
_ENTRIES = 3  # so many pieces of a list of references are its entries
_MAX_HEADING_WORDS = 30


def lay_out(flow: Flow, file: int, before: int) -> tuple[list[RawPage], list[Block]]:
    """Pages and blocks of one file; `before` counts the report's pages so far."""
    paper = _Paper(file, before)
    blocks: list[Block] = []
    for piece in _with_references(mark_contents(flow.pieces)):
        if piece.new_page:
            paper.turn()
        rows = paper.set_rows(piece)
        if not rows:
            continue
        if piece.kind == "reference" and piece.wrapped:
            blocks.extend(split_references(rows))
            continue
        level = piece.level if sum(len(row.words) for row in rows) <= _MAX_HEADING_WORDS else 0
        blocks.append(Block(piece.kind, rows, level=level))
    paper.set_heads(flow.heads)
    return paper.pages, blocks


def words_of(text: str) -> list[str]:
    """The words of a line, each in the form of the canonical text."""
    if text.isascii() and text.isprintable():
        return text.split()
    return [word for word in map(clean_word, text.split()) if word]


def _with_references(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, those of a list of references as such; one that is not divided into entries in one piece, to be
    divided by its lines."""
    held: list[Piece] = []
    inside = False
    for piece in pieces:
        ends = piece.level > 0 or piece.kind == "title" or _ends_references(piece)
        if inside and not ends and piece.kind in ("body", "list", "quote"):
            held.append(piece)
            continue
        yield from _entries(held)
        held = []
        if piece.kind == "body":
            inside = _begins_references(piece) or (inside and not ends)
        yield piece
    yield from _entries(held)


def _entries(held: list[Piece]) -> Iterator[Piece]:
    for piece in held:
        piece.kind = "reference"
    if len(held) >= _ENTRIES or not held:
        for piece in held:
            piece.wrapped = False
            yield piece
        return
    first = held[0]
    first.lines = [line for piece in held for line in piece.lines]
    first.wrapped = True
    yield first


def _begins_references(piece: Piece) -> bool:
    return len(piece.lines) == 1 and len(piece.lines[0].split()) < 6 and named_kinds(piece.lines[0]) == ("references",)


def _ends_references(piece: Piece) -> bool:
    """Whether a piece is a heading after a list of references, though not marked as one."""
    if piece.kind != "body" or len(piece.lines) > 1 or len(piece.lines[0].split()) > 8:
        return False
    kinds = named_kinds(piece.lines[0])
    return bool(kinds) and kinds != ("references",)


class _Paper:
    """Pages that fill up with rows."""

    def __init__(self, file: int, before: int) -> None:
        self.file = file
        self.before = before
        self.pages: list[RawPage] = []
        self.y = _TOP
        self.turn()

    def turn(self) -> None:
        """Begin a page, unless nothing stands on this one yet."""
        if self.pages and not self.pages[-1].strings:
            return
        self.pages.append(RawPage(self.file, len(self.pages) + 1, _WIDTH, _HEIGHT, [], [], []))
        self.y = _TOP

    def set_rows(self, piece: Piece) -> list[Line]:
        """The piece's rows; lines without a word are none."""
        rows = []
        for line in piece.lines:
            words = words_of(line)
            if words:
                rows.append(self._set(piece, line, words))
        self.y += 0.6 * piece.size
        return rows

    def _set(self, piece: Piece, line: str, words: list[str]) -> Line:
        if self.y > _FULL:
            self.turn()
        page = self.pages[-1]
        first = len(page.strings)
        page.strings += words
        page.words += [_NOWHERE] * len(words)
        length = sum(map(len, words)) + len(words)
        indent = piece.indent + (_LETTER * piece.size * _leading(line) if piece.wrapped else 0.0)
        x0 = _LEFT + indent
        x1 = min(_RIGHT, x0 + _LETTER * piece.size * length)
        lines = 1 + int(length * _LETTER * piece.size / (_RIGHT - _LEFT))  # a paragraph takes its room on the page
        row = Line(self.before + len(self.pages) - 1, [(first, first + len(words))], words, x0, self.y, x1,
                   self.y + piece.size, piece.size, piece.bold, piece.italic, left=_LEFT, right=_RIGHT)  # fmt: skip
        self.y += 1.3 * piece.size * lines
        return row

    def set_heads(self, heads: Sequence[str]) -> None:
        """Running heads and feet: out of the flow, one beneath the other, on the first page."""
        page = self.pages[0]
        for i, head in enumerate(heads):
            words = words_of(head)
            if words:
                y = 12.0 * i
                page.dropped.append(Line(self.before, [], words, _LEFT, y, _RIGHT, y + 9, 9.0))


def _leading(line: str) -> int:
    """Spaces before a line's first word."""
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())
