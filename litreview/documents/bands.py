"""What stands across both columns of a page although no line of it need cross the gutter: the rows of a wide table
above or beneath its caption, the short last line of a wide paragraph, a figure with a narrow caption."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from litreview.documents.captions import is_caption
from litreview.documents.extract import Line
from litreview.documents.headings import named_kinds

_NEAR = 2.6  # sizes from one row of a table to the next
_SHORT_PT = 25.0  # a row that ends so far before its column's end does not fill it


def take_across(wide: Sequence[Line], columns: list[list[Line]]) -> list[Line]:
    """Take out of the columns (rows from top to bottom) what belongs to the wide lines, or is wide itself."""
    taken = _completing(wide, columns) if wide else []
    if len(columns) != 2:
        return taken
    on_left, on_right = columns
    captions = [line for line in wide if is_caption(line)]
    captions += [row for row in on_left if is_caption(row) and _stands_across(row, on_left, on_right)]
    for caption in captions:
        if caption in on_left:
            on_left.remove(caption)
            taken.append(caption)
        taken += _table_beneath(caption, on_left, on_right)
        taken += _table_above(caption, on_left, on_right, wide)
    if wide:
        taken += _last_lines([*wide, *taken], on_left, on_right)
    return taken


def on_one_row(one: Line, other: Line) -> bool:
    """Whether two lines stand on one height."""
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    return overlap > 0.6 * min(one.y1 - one.y0, other.y1 - other.y0)


def _completing(wide: Sequence[Line], columns: list[list[Line]]) -> list[Line]:
    """The parts that stand on a wide line's own row: they complete it."""
    taken = []
    for column in columns:
        for line in wide:
            y0, y1 = line.y0, line.y1
            near = [row for row in column if row.y0 < y1 and y0 < row.y1]
            for row in near:
                if on_one_row(row, line):
                    column.remove(row)
                    taken.append(row)
    return taken


def _table_beneath(caption: Line, on_left: list[Line], on_right: list[Line]) -> list[Line]:
    """The rows of a table that stands across both columns under its caption: on the left they do not fill the column,
    or on the right they do not begin at its edge."""
    taken: list[Line] = []
    end = caption.y1
    width = max((row.x1 for row in on_left), default=0.0)
    edge = min((row.x0 for row in on_right), default=0.0)
    left = min((row.x0 for row in on_left), default=0.0)
    for row in list(on_right):
        if row.y0 < caption.y1 - 2:
            continue
        mates = [other for other in on_left if on_one_row(row, other)]
        if any(_fills(mate, left, width) for mate in mates):
            break
        cell = row.x0 > edge + 12 or row.cells > 1 or any(mate.x1 < width - _SHORT_PT for mate in mates)
        if row.y0 - end > _NEAR * row.size or not mates or not cell:
            break
        end = row.y1
        taken.extend([row, *mates])
        on_right.remove(row)
        for mate in mates:
            on_left.remove(mate)
    return taken


def _fills(row: Line, left: float, right: float) -> bool:
    """Whether a row is one of prose that fills its column between two edges."""
    return row.cells == 1 and len(row.words) > 5 and row.x0 < left + 3 and row.x1 > right - _SHORT_PT


def _table_above(caption: Line, on_left: list[Line], on_right: list[Line], wide: Sequence[Line]) -> list[Line]:
    """The rows of a table that stands across both columns over its caption; a row with cells on one side alone counts
    once the table has been met, and wide rows are passed."""
    taken: list[Line] = []
    top = caption.y0
    step = 0.0
    edge = min((row.x0 for row in on_right), default=0.0)
    left_edge, width = min((row.x0 for row in on_left), default=0.0), max((row.x1 for row in on_left), default=0.0)
    right_edge = max((row.x1 for row in on_right), default=0.0)
    above = sorted(
        [row for row in (*on_left, *on_right, *wide) if row.y1 < caption.y0 + 2], key=lambda r: r.y0, reverse=True
    )
    while above and top - above[0].y1 < _NEAR * above[0].size:
        first = above[0]
        row = [other for other in above if on_one_row(first, other)]
        if first not in wide:
            left = [other for other in row if other in on_left]
            right = [other for other in row if other in on_right]
            shifted = any(one.x0 > edge + 12 for one in right) and all(one.x1 < width - 8 for one in left)
            centred = bool(left and right) and all(one.x0 > left_edge + _SHORT_PT for one in left)
            centred = centred and all(one.x1 < right_edge - _SHORT_PT for one in right)
            celled = (
                centred
                or any(one.cells > 1 for one in row)
                or (any(one.x1 < width - _SHORT_PT for one in left) and all(len(one.words) < 5 for one in right))
            )
            apart = bool(step) and top - first.y0 > 1.4 * step + 2
            in_step = bool(step) and abs(top - first.y0 - step) < 1.5 and all(len(one.words) < 5 for one in right)
            if is_caption(first) or apart or not (shifted or celled or in_step) or not (right or taken):
                break
            step = max(step, top - first.y0) if taken else 0.0
            taken += row
        top = min(one.y0 for one in row)
        above = [other for other in above if other not in row]
    if sum(row in on_right for row in taken) < 2:
        return []
    on_left[:] = [row for row in on_left if row not in taken]
    on_right[:] = [row for row in on_right if row not in taken]
    return taken


def _last_lines(wide: Sequence[Line], on_left: list[Line], on_right: Sequence[Line]) -> list[Line]:
    """The short last lines of a wide paragraph or caption: right beneath it, at its left edge, of its size, and with
    nothing beside them."""
    taken: list[Line] = []
    for row in list(on_left):
        for line in (*wide, *taken):
            pitch = row.y0 - line.y0
            if 0 < pitch < 1.5 * line.size and abs(row.x0 - line.x0) < 3 and abs(row.size - line.size) < 0.3:
                if not any(on_one_row(row, other) for other in on_right):
                    on_left.remove(row)
                    taken.append(row)
                break
    return taken


def _stands_across(caption: Line, on_left: Sequence[Line], on_right: Sequence[Line]) -> bool:
    """Whether a caption in the left column is that of a figure or table across both: it begins a table that goes on in
    the right column, or both columns are empty around it to the same height."""
    above = max((row.y1 for row in on_left if row.y1 < caption.y0 + 2), default=None)
    below = min((row.y0 for row in on_left if row.y0 > caption.y1 - 2), default=None)
    if above is None or below is None:
        return False
    between = [row for row in on_right if row.y1 > above + 2 and row.y0 < below - 2]
    around = any(row.y1 <= above + 2 for row in on_right) and any(row.y0 >= below - 2 for row in on_right)
    if between:
        return False
    if around and below - above > 6 * caption.size:
        return True
    rows = [row for row in on_left if row.y0 > caption.y1 - 2][:3]
    mates = [(row, [one for one in on_right if on_one_row(one, row)]) for row in rows]
    return len(rows) == 3 and all(mate and row.cells + mate[0].cells > 2 for row, mate in mates)


def find_breaks(
    on_left: Sequence[Line], on_right: Sequence[Line], across: Sequence[Line], first_page: bool
) -> list[float]:
    """Heights at which both columns begin anew although nothing stands across: beneath the authors of a first page,
    and above a list of references that has both columns to itself."""
    found = [_beneath_authors(on_left, on_right, across)] if first_page else []
    found += [_above_references(row, on_left, on_right) for row in on_left if len(row.words) < 4]
    return sorted(y for y in found if y is not None)


def _beneath_authors(on_left: Sequence[Line], on_right: Sequence[Line], across: Sequence[Line]) -> float | None:
    """The first strip that is empty in both columns, under rows that are not filled as prose is. They may all stand on
    one side, where others of their block stand across."""
    width = max(row.x1 - row.x0 for row in (*on_left, *on_right))
    rows = sorted((*on_left, *on_right), key=lambda row: row.y0)
    bottom = rows[0].y1
    sides = set()
    for before, row in pairwise(rows):
        sides.add(before in on_left)
        if len(before.words) > 6 and before.x1 - before.x0 > 0.8 * width:
            return None
        bottom = max(bottom, before.y1)
        block_across = any(one.y1 < row.y0 and before.y0 - one.y1 < one.size for one in across)
        if row.y0 - bottom > 0.9 * row.size and (len(sides) == 2 or block_across):
            return row.y0
    return None


def _above_references(row: Line, on_left: Sequence[Line], on_right: Sequence[Line]) -> float | None:
    """The height of a heading of references on the left, where the right is empty beside it and both columns go on in
    another type than above."""
    if named_kinds(row.text) != ("references",) or any(o.y0 < row.y1 and o.y1 > row.y0 for o in on_right):
        return None
    above = [other for other in on_right if other.y1 <= row.y0 + 2]
    below = [[o for o in side if o.y0 > row.y1 - 2] for side in (on_left, on_right)]
    if not above or not all(below):
        return None
    size = above[-1].size
    return row.y0 if all(abs(side[0].size - size) > 0.4 for side in below) else None
