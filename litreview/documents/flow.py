"""From rows in reading order to blocks: paragraphs, headings, list items, captions, tables, footnotes, references.

Captions, tables and footnotes are set beside the flow: a paragraph that they interrupt goes on after them, and they
follow it.
"""

from __future__ import annotations

from collections.abc import Sequence

from litreview.documents.blocks import Block, Style, ends_softly
from litreview.documents.breaks import breaks
from litreview.documents.captions import is_caption, is_source
from litreview.documents.extract import Line, RawPage
from litreview.documents.headings import named_kinds
from litreview.documents.labels import NOTE_MARK, label_rows
from litreview.documents.reference_lists import entry_starts, goes_on_in_list, is_division


def build_blocks(pages: Sequence[RawPage], ordered: Sequence[Sequence[Line]], style: Style) -> list[Block]:
    """All blocks of a report in reading order."""
    blocks: list[Block] = []
    open_block: Block | None = None
    references: list[Line] | None = None
    for page, rows in zip(pages, ordered, strict=True):
        kinds = label_rows(rows, style, page.height)
        for row, kind in zip(rows, kinds, strict=True):
            if kind != "body" and not (references is not None and _of_list(blocks, references, row)):
                _set_beside(blocks, open_block, kind, row)
                continue
            if references is not None:
                if not _ends_references(row, style):
                    references.append(row)
                    continue
                blocks.extend(split_references(references))
                references = None
            if open_block is not None and not breaks(open_block, row, style):
                open_block.rows.append(row)
                continue
            interrupted = _interrupted(blocks, row, style) if row.words[0][0].islower() else None
            if interrupted is not None:
                interrupted.rows.append(row)
                open_block = interrupted
                continue
            open_block = Block("body", [row])
            blocks.append(open_block)
            if len(row.words) < 6 and named_kinds(row.text) == ("references",):
                references = []
    if references:
        blocks.extend(split_references(references))
    return _flatten(blocks)


def _of_list(blocks: Sequence[Block], references: Sequence[Line], row: Line) -> bool:
    """Whether a row that looks like a table's or a note's belongs to the list of references that is being read."""
    return goes_on_in_list(references[-1] if references else blocks[-1].rows[-1], row, bool(references))


def _interrupted(blocks: Sequence[Block], row: Line, style: Style) -> Block | None:
    """The paragraph that a row in small letters goes on with, where only scraps of other type, as from a picture, stand
    between; None where there is none."""
    for block in reversed(blocks[-6:]):
        last = block.rows[-1] if block.rows else None
        if last is None or last.page < row.page - 1:
            return None
        prose = abs(last.size - style.body_size) < 0.7 and len(last.words) > 3
        if prose and block is not blocks[-1]:
            elsewhere = (last.page, last.column) != (row.page, row.column)
            ended = ends_softly(last) or last.bold
            alike = abs(last.size - row.size) < 0.3 and last.x1 > last.right - 0.12 * (last.right - last.left)
            return block if elsewhere and not ended and alike else None
        if len(block.rows) > 3 or prose:
            return None
    return None


def _flatten(blocks: Sequence[Block]) -> list[Block]:
    return [one for block in blocks for one in (block, *block.beside) if one.rows]


def _set_beside(blocks: list[Block], open_block: Block | None, kind: str, row: Line) -> None:
    """Add a row to what stands beside the open block: to the last such block when it goes on in it."""
    if open_block is None:
        open_block = Block("body", [])
        blocks.append(open_block)
    home = blocks[-1]
    last = home.beside[-1] if home.beside else None
    if last is not None and last.kind == kind and not _new_beside(last, row, kind):
        last.rows.append(row)
    else:
        home.beside.append(Block(kind, [row]))


def _new_beside(last: Block, row: Line, kind: str) -> bool:
    before = last.rows[-1]
    if before.page != row.page:
        return kind != "table"
    if kind == "caption":
        return is_caption(row) or is_source(row)
    if kind == "aside":
        return row.column != before.column or row.y0 - before.y0 > 1.6 * row.size
    if kind == "footnote":
        near = before.column != row.column or abs(row.x0 - last.rows[0].x0) < 12
        return near and bool(NOTE_MARK.match(row.text))
    return False


# References


def _ends_references(row: Line, style: Style) -> bool:
    """Whether a row is a heading after the list of references."""
    if is_division(row.text):
        return False
    kinds = named_kinds(row.text) if len(row.words) < 9 else ()
    if kinds and kinds != ("references",):
        return row.bold or row.text.isupper() or row.size > style.body_size + 0.8 or row.x1 < row.left + 200
    return (row.bold and row.size > style.body_size + 0.8) or (row.bold and row.text.isupper() and len(row.words) > 1)


def split_references(rows: Sequence[Line]) -> list[Block]:
    """Entries of a list of references."""
    blocks: list[Block] = []
    for row, begins in zip(rows, entry_starts(rows), strict=True):
        if begins or not blocks:
            blocks.append(Block("reference", [row]))
        else:
            blocks[-1].rows.append(row)
    return blocks
