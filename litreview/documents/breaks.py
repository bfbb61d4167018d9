"""Where a paragraph ends: whether a row begins a new block after the rows of the open one."""

from __future__ import annotations

import re

from litreview.documents.blocks import Block, Style, ends_softly
from litreview.documents.extract import Line
from litreview.documents.headings import is_spaced_out, named_kinds, numbering, run_in_abstract

_ITEM = re.compile(r"^(?:\(?\d{1,2}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,4}[.)]|\[\d{1,3}\]|[•▪●○◦‣⁃∙■□➢✓*–-])$")
_NUMBER_STARTS = frozenset("0123456789ABCDEFGHIVX")
_NARROW = frozenset("iljtf.,:;'()[]|!")
_OPENING = "“\"'‘("


def breaks(block: Block, row: Line, style: Style) -> bool:
    """Whether a row begins a new block after the open one."""
    last = block.rows[-1] if block.rows else None
    if last is None:
        return True
    if row.words[0][0].islower() and (_plainly_goes_on(last, row) or _is_broken_word(last, row)):
        return False
    if _type_changes(last, row, style):
        return True
    if is_known_heading(row) or is_known_heading(last) or run_in_abstract(row.text):
        return True
    if row.bold and row.words[0][0] in _NUMBER_STARTS and numbering(row.text)[0]:
        return True
    if last.page != row.page or last.column != row.column or row.y0 < last.y0 - 2:
        return not _flows_over(last, row, style)
    return _breaks_in_column(block, last, row, style)


def _type_changes(last: Line, row: Line, style: Style) -> bool:
    """Whether two rows differ in weight or size, by less where sizes are exact: headings may be a point larger."""
    step = abs(last.size - row.size)
    return last.bold != row.bold or step > (0.4 if style.steady else 0.12 * max(last.size, row.size))


def _plainly_goes_on(last: Line, row: Line) -> bool:
    """Whether a row that begins with a small letter is of one type with the row right above it, and no list's item;
    true of most rows, and cheaper to see than the rest."""
    return (
        last.size == row.size
        and last.bold == row.bold
        and last.italic == row.italic
        and last.column == row.column
        and last.page == row.page
        and 0 < row.y0 - last.y0 <= 1.18 * row.size + 1
        and row.words[0][-1] not in ".)"
        and not last.known
    )


def _is_broken_word(last: Line, row: Line) -> bool:
    """Whether a word goes on from the end of a row, in the row beneath or in another column, in about the same type."""
    end = last.words[-1]
    if end[-1] not in "-‐\u00ad" or len(end) < 2 or not end[-2].isalpha() or last.bold != row.bold:
        return False
    near = row.column != last.column or row.y0 - last.y0 < 2 * row.size
    return near and abs(last.size - row.size) < 0.12 * row.size


def is_known_heading(row: Line) -> bool:
    """Whether a row names a section; asked once, kept in `Line.known`."""
    if row.known is None:
        row.known = _names_a_section(row)
    return row.known


def _names_a_section(row: Line) -> bool:
    first = row.words[0]
    small = first[0].islower() and not is_spaced_out(row.words)
    if len(row.words) > (9 if len(first) > 1 else 16) or small or (row.x1 > row.right - 8 and row.x0 < row.left + 8):
        return False
    text = row.text
    if text.endswith(".") and not (row.bold or text.isupper() or first[0].isdigit()):
        return False
    return bool(named_kinds(text)) or (numbering(text)[0] == "chapter" and not text.endswith("."))


def _flows_over(last: Line, row: Line, style: Style) -> bool:
    """Whether a paragraph goes on over a column's or a page's end."""
    if last.bold or (is_list_item(row) and not row.text[0].islower()):
        return False
    text = last.text
    if row.words[0][0].islower() or text.endswith("-"):
        return True
    if ends_softly(last) and not text.endswith((")", "]")):
        full = last.x1 > last.right - 3
        return full and style.indented and row.x0 - row.left < 4 and row.words[0][0] not in _OPENING
    return last.x1 > last.right - 0.25 * (last.right - last.left)


def _breaks_in_column(block: Block, last: Line, row: Line, style: Style) -> bool:
    pitch = row.y0 - last.y0
    of_column = style.pitches.get((row.page, row.column), 1.2 * row.size)
    usual = of_column
    if len(block.rows) > 1 and block.rows[-2].column == last.column and block.rows[-2].page == last.page:
        usual = max(last.y0 - block.rows[-2].y0, min(of_column, 1.25 * row.size))
    if pitch > 1.18 * max(usual, row.size) + 1:
        if last.x1 < last.right - 0.12 * (last.right - last.left) or ends_softly(last):
            return True
        if row.words[0][0].islower() and pitch < 2.3 * max(usual, row.size) and not is_list_item(row):
            return row.size != last.size
        return not (_stands_between(block, last, row) and _flows_over(last, row, style))
    ended = ends_softly(last)
    slack = last.right - last.x1 - 0.5 * row.size
    room = slack > 0 and slack > _first_word_width(row)
    if is_list_item(row) and (ended or room):
        return True
    if row.italic != last.italic and room and not ended:
        return True
    return _breaks_by_edges(block, last, row, ended, room)


def _stands_between(block: Block, last: Line, row: Line) -> bool:
    """Whether a caption, table or figure's part set beside the block lies between two rows of its column."""
    return any(last.y0 < one.y0 < row.y0 for beside in block.beside for one in beside.rows if one.page == row.page)


def _breaks_by_edges(block: Block, last: Line, row: Line, ended: bool, room: bool) -> bool:
    """By indents, and by room left: were it one paragraph, a row's first word would stand on the row before."""
    begins = not row.words[0][0].islower()
    step = row.x0 - last.x0
    if ended and room and begins:
        return True
    if step > 0.6 * row.size and ended and begins and not _hangs(block):
        return True
    if step < -0.6 * row.size and len(block.rows) > 1 and begins:
        before = block.rows[-2]
        return abs(before.x0 - last.x0) < 2 and (ended or room)
    return False


def _hangs(block: Block) -> bool:
    """Whether a block's first row stands out to the left: a list item or an entry."""
    return len(block.rows) == 1 and is_list_item(block.rows[0])


def is_list_item(row: Line) -> bool:
    """Whether a row begins with a list item's number or mark."""
    return bool(_ITEM.match(row.words[0])) and len(row.words) > 1


def _first_word_width(row: Line) -> float:
    """Width of a row's first word in points, by its share of letters and by how wide those are."""
    word = row.words[0]
    wide = sum(1.35 if c.isupper() else 1.6 if c in "mw" else 0.6 if c in _NARROW else 1.05 for c in word)
    return (row.x1 - row.x0) * max(wide, len(word)) / max(1, len(row.text))
