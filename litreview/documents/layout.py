"""Reading order: native lines of a page → columns → rows in the order in which a person reads them.

A gutter is an upright strip that hardly any narrow line crosses, with rows of lines on both sides that fill their
columns. Lines across a gutter (titles, wide tables, abstracts) cut the page into bands; in a band the columns are
read one after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from litreview.documents.extract import Line, RawPage

_BIN_PT = 3.0
_MIN_GUTTER_PT = 7.0
_MIN_COLUMN_PT = 90.0
_MIN_ROWS = 4  # on each side, for a gutter found on a page's own evidence
_FILLED = 0.7  # of its column's width
_CELL_GAP = 1.9  # of the type's size: a gap as wide divides cells, not words


def reading_order(pages: Sequence[RawPage]) -> list[list[Line]]:
    """The rows of every page in reading order, with their columns; a page's gutters may be known from its fellows."""
    found = [find_gutters(page.lines, page.width) for page in pages]
    usual = _usual_gutters(found)
    ordered = []
    for page, gutters in zip(pages, found, strict=True):
        if not gutters and usual:
            gutters = _borrowed(page.lines, usual)
        ordered.append(_order_page(attach_marks(page.lines), gutters))
    return ordered


def attach_marks(lines: list[Line]) -> list[Line]:
    """Raised or lowered marks that MuPDF sets apart become part of the line that they touch."""
    marks = [line for line in lines if len(line.words) == 1 and len(line.words[0]) < 5]
    if not marks:
        return lines
    attached = set()
    for mark in marks:
        for host in lines:
            if host is not mark and host.size > 1.2 * mark.size and _touches(host, mark):
                host.spans = [*host.spans, *mark.spans]
                host.words = [*host.words, *mark.words]
                host.x1 = max(host.x1, mark.x1)
                attached.add(id(mark))
                break
    return [line for line in lines if id(line) not in attached] if attached else lines


def _touches(host: Line, mark: Line) -> bool:
    overlap = min(host.y1, mark.y1) - max(host.y0, mark.y0)
    return overlap > 0.15 * (mark.y1 - mark.y0) and -1 < mark.x0 - host.x1 < 0.25 * host.size


def find_gutters(lines: Sequence[Line], page_width: float) -> tuple[float, ...]:
    """The x of each gutter between columns, from left to right; empty for one column."""
    if len(lines) < 2 * _MIN_ROWS:
        return ()
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    narrow = [line for line in lines if line.x1 - line.x0 < 0.55 * (right - left)]
    found: list[float] = []
    for valley in _valleys(narrow, left, right):
        edge = found[-1] if found else left
        if _divides(narrow, valley, edge, right):
            found.append(valley)
    return tuple(found[:3])


def _valleys(lines: Sequence[Line], left: float, right: float) -> list[float]:
    """Middles of the strips, wide enough, that nearly no line covers, between a sixth and five sixths of the text."""
    bins = int((right - left) / _BIN_PT) + 2
    edges = [0] * (bins + 1)
    for line in lines:
        edges[int((line.x0 - left) / _BIN_PT)] += 1
        edges[int((line.x1 - left) / _BIN_PT) + 1] -= 1
    height = 0
    cover = []
    for edge in edges[:-1]:
        height += edge
        cover.append(height)
    allowed = 0.1 * max(cover, default=0)
    found = []
    start = None
    for i in range(bins // 6, bins - bins // 6 + 1):
        if i < len(cover) and cover[i] <= allowed:
            start = i if start is None else start
        elif start is not None:
            if (i - start) * _BIN_PT >= _MIN_GUTTER_PT - _BIN_PT:
                found.append(left + (start + i) / 2 * _BIN_PT)
            start = None
    return found


def _divides(narrow: Sequence[Line], x: float, left: float, right: float) -> bool:
    """Whether rows on both sides of a valley fill columns, side by side, and are more than a table's cells; `left` is
    the text's edge or the gutter before."""
    if min(x - left, right - x) < _MIN_COLUMN_PT:
        return False
    on_left = merge_rows([line for line in narrow if left - 1 <= line.x0 and line.x1 <= x + 1], _CELL_GAP)
    on_right = merge_rows([line for line in narrow if line.x0 >= x - 1], _CELL_GAP)
    if min(len(on_left), len(on_right)) < _MIN_ROWS:
        return False
    beside = _side_by_side(on_left, on_right)
    return beside >= _MIN_ROWS and _fills(on_left, left, x) and _fills(on_right, x, right)


def _fills(rows: Sequence[Line], left: float, right: float) -> bool:
    """Whether a good share of rows is as wide as one of the columns between two edges."""
    widths = sorted(row.x1 - row.x0 for row in rows)
    column = widths[-1 - len(widths) // 10]
    full = sum(width > _FILLED * column for width in widths)
    return full >= 0.4 * len(widths) and column > 0.25 * (right - left) and column > 60


def _side_by_side(on_left: Sequence[Line], on_right: Sequence[Line]) -> int:
    """How many rows on the left have a row of the right within their span of y (with a row's tolerance)."""
    top, bottom = min(r.y0 for r in on_right) - 8, max(r.y1 for r in on_right) + 8
    return sum(top <= row.y0 and row.y1 <= bottom for row in on_left)


def _usual_gutters(found: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """The gutters that pages agree on (to 12 points), when a quarter of the pages have them."""
    counted = Counter(tuple(round(x / 12) for x in gutters) for gutters in found if gutters)
    if not counted:
        return ()
    key, count = min(counted.items(), key=lambda item: (-item[1], item[0]))
    if count < max(1, len(found) / 4):
        return ()
    return next(gutters for gutters in found if tuple(round(x / 12) for x in gutters) == key)


def _borrowed(lines: Sequence[Line], gutters: tuple[float, ...]) -> tuple[float, ...]:
    """The fellows' gutters, where this page has lines on both sides and few across."""
    across = sum(any(line.x0 < x - 3 and line.x1 > x + 3 for x in gutters) for line in lines)
    on_right = [line for line in lines if line.x0 > gutters[0] - 1]
    on_left = [line for line in lines if line.x1 < gutters[0] + 1]
    if on_right and across <= 0.3 * len(lines):
        return gutters
    beside = on_left and len(on_right) > 1 and _side_by_side(on_left, on_right) > 1
    return gutters if beside and across <= 0.85 * len(lines) else ()


def _order_page(lines: Sequence[Line], gutters: tuple[float, ...]) -> list[Line]:
    if not gutters:
        rows = merge_rows(lines, None)
        _set_edges(rows, 0)
        return rows
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    wide = []
    for line in lines:
        if any(line.x0 < x - 3 and line.x1 > x + 3 for x in gutters):
            wide.append(line)
        else:
            columns[sum(line.x0 >= x - 3 for x in gutters)].append(line)
    merged = [merge_rows(column, None) for column in columns]
    across = merge_rows(wide + _completing(wide, merged), None)
    for i, column in enumerate(merged):
        _set_edges(column, i + 1)
    _set_edges(across, 0)
    return _read_bands(across, merged)


def _completing(wide: Sequence[Line], columns: list[list[Line]]) -> list[Line]:
    """Take out of the columns the parts that stand on a wide line's own row: they complete it."""
    taken = []
    for column in columns:
        for row in list(column):
            if any(_on_one_row(row, line) for line in wide):
                column.remove(row)
                taken.append(row)
    return taken


def _on_one_row(one: Line, other: Line) -> bool:
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    return overlap > 0.6 * min(one.y1 - one.y0, other.y1 - other.y0)


def _read_bands(wide: Sequence[Line], columns: Sequence[Sequence[Line]]) -> list[Line]:
    """Bands from top to bottom: the columns above a wide row, then the row itself."""
    ordered: list[Line] = []
    at = [0] * len(columns)
    for row in wide:
        for i, column in enumerate(columns):
            while at[i] < len(column) and column[at[i]].y0 < row.y0 - 1:
                ordered.append(column[at[i]])
                at[i] += 1
        ordered.append(row)
    for i, column in enumerate(columns):
        ordered.extend(column[at[i] :])
    return ordered


def merge_rows(lines: Sequence[Line], max_gap: float | None) -> list[Line]:
    """Rows from top to bottom: lines on one height become one row, left to right. With `max_gap` (in sizes), only
    lines that stand closer. Gaps that divide cells are counted in the row's `cells`."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=_middle):
        for row in rows[-1:]:
            if _joins(row, line, max_gap):
                row.append(line)
                break
        else:
            rows.append([line])
    return [_one_row(row) if len(row) > 1 else row[0] for row in rows]


def _middle(line: Line) -> tuple[float, float]:
    return (line.y0 + line.y1) / 2, line.x0


def _joins(row: Sequence[Line], line: Line, max_gap: float | None) -> bool:
    if not any(_on_one_row(part, line) for part in row):
        return False
    if max_gap is None:
        return True
    nearest = min(max(line.x0 - part.x1, part.x0 - line.x1) for part in row)
    return nearest < max_gap * line.size


def _one_row(parts: list[Line]) -> Line:
    parts.sort(key=lambda part: part.x0)
    main = max(parts, key=lambda part: (len(part.words), -part.x0))
    size = main.size
    cells = 1
    for before, after in zip(parts, parts[1:], strict=False):
        gap = after.x0 - before.x1
        if gap > _CELL_GAP * size and not (cells == 1 and is_label(before.words)):
            cells += 1
    full = [part for part in parts if part.size > 0.85 * size]
    return Line(
        main.page,
        [span for part in parts for span in part.spans],
        [word for part in parts for word in part.words],
        parts[0].x0,
        min(part.y0 for part in full),
        max(part.x1 for part in parts),
        max(part.y1 for part in full),
        size,
        all(part.bold for part in full),
        all(part.italic for part in full),
        parts[0].bold or parts[0].lead,
        cells=cells,
    )


def is_label(words: Sequence[str]) -> bool:
    """Whether words are a heading's or a list item's number or mark, set off by a gap."""
    if len(words) == 2 and words[0].lower() in ("bab", "chapter"):
        return True
    return len(words) == 1 and (len(words[0]) <= 2 or words[0][-1] in ".)" or words[0][0] in "([") and len(words[0]) < 8


def _set_edges(rows: Sequence[Line], column: int) -> None:
    """Write a column's number and edges into its rows: the leftmost usual beginning, the usual end of full rows."""
    if not rows:
        return
    starts = Counter(round(row.x0) for row in rows)
    usual = [x for x, count in starts.items() if count >= max(2, len(rows) // 6)]
    left = float(min(usual)) if usual else median(row.x0 for row in rows)
    ends = sorted(row.x1 for row in rows)
    right = ends[-1 - len(ends) // 8]
    for row in rows:
        row.column, row.left, row.right = column, left, right
