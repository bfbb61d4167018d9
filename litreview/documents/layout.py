"""Reading order: native lines of a page → columns → rows in the order in which a person reads them.

A gutter is an upright strip that hardly any narrow line crosses, with rows of lines on both sides that fill their
columns. Lines across a gutter (titles, wide tables, abstracts) cut the page into bands; in a band the columns are
read one after the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median

from litreview.documents.asides import find_asides
from litreview.documents.bands import find_breaks, take_across
from litreview.documents.extract import ASIDE, WORD_GAP, Line, RawPage

_LEFT = attrgetter("x0")
_BIN_PT = 3.0
_MIN_GUTTER_PT = 7.0
_LABEL = re.compile(r"^[(\[]?(?:\d{1,3}(?:\.\d{1,2})*|[ivxIVX]{1,4}|[A-Za-z])[.)\]]{0,2}$|^[•▪●○◦‣■□➢✓*–-]$")
_MIN_COLUMN_PT = 90.0
_MIN_ROWS = 4  # on each side, for a gutter found on a page's own evidence
_PROSE_PITCH = 2.7  # sizes from line to line at most, as in double-spaced type
_FILLED = 0.7  # of its column's width


def reading_order(pages: Sequence[RawPage]) -> list[list[Line]]:
    """The rows of every page in reading order, with their columns; a page's gutters may be known from its fellows."""
    found: list[tuple[float, ...]] = []
    for page in pages:
        last = found[-1] if found else ()
        found.append(last if last and _still_divides(page.lines, last) else find_gutters(page.lines))
    usual = _usual_gutters(found)
    ordered = []
    for page, gutters in zip(pages, found, strict=True):
        if not gutters and usual:
            gutters = _borrowed(page.lines, usual)
        ordered.append(_order_page(attach_marks(page.lines), gutters, page.number == 1))
    return ordered


def attach_marks(lines: list[Line]) -> list[Line]:
    """Raised or lowered marks that MuPDF sets apart become part of the line that they touch; so do drop caps."""
    if not lines:
        return lines
    usual = sorted([line.size for line in lines])[len(lines) // 2]
    lines = join_drop_caps(lines, usual)
    marks = [line for line in lines if line.size < 0.84 * usual and len(line.words) == 1 and len(line.words[0]) < 5]
    attached = set()
    for mark in marks:
        x0, smallest = mark.x0, 1.2 * mark.size
        for host in lines:
            if host.size > smallest and -1 < x0 - host.x1 < 0.25 * host.size and _overlaps(host, mark):
                host.spans = [*host.spans, *mark.spans]
                host.words = [*host.words, *mark.words]
                host.joined = ""
                host.x1 = max(host.x1, mark.x1)
                attached.add(id(mark))
                break
    return [line for line in lines if id(line) not in attached] if attached else lines


def join_drop_caps(lines: list[Line], usual: float) -> list[Line]:
    """A large first letter that hangs over two rows or more becomes the beginning of the word that it begins."""
    caps = [one for one in lines if one.size > 1.6 * usual and len(one.words) == 1 and len(one.words[0]) == 1]
    gone = set()
    for cap in caps:
        beside = [line for line in lines if -1 < line.x0 - cap.x1 < cap.size and line.y0 < cap.y1 and line.y1 > cap.y0]
        rows = sorted((line for line in beside if line.size < 0.6 * cap.size), key=_height)
        if len(rows) > 1 and cap.words[0].isupper() and rows[0].words[0][0].isalpha():
            first = rows[0]
            first.spans = [*cap.spans, *first.spans]
            first.words = [*cap.words, *first.words]
            first.joined, first.drop = "", True
            for row in rows:
                row.x0 = cap.x0  # they are not indented
            gone.add(id(cap))
    return [line for line in lines if id(line) not in gone] if gone else lines


def _overlaps(host: Line, mark: Line) -> bool:
    """Whether a mark reaches, by its height, into a line that it may belong to."""
    return min(host.y1, mark.y1) - max(host.y0, mark.y0) > 0.15 * (mark.y1 - mark.y0)


def _still_divides(lines: Sequence[Line], gutters: tuple[float, ...]) -> bool:
    """Whether the gutters of the page before divide this one too: nothing, or hardly anything, stands across them, and
    each column is well filled. Spares the search on most pages."""
    counts = [0] * (len(gutters) + 1)
    across = 0
    for line in lines:
        column = 0
        for x in gutters:
            if line.x0 > x - 3:
                column += 1
            elif line.x1 > x + 3:
                across += 1
                break
        else:
            counts[column] += 1
    return across <= 0.12 * len(lines) and min(counts) >= 0.3 * len(lines) / len(counts) and min(counts) > 7


def find_gutters(lines: Sequence[Line]) -> tuple[float, ...]:
    """The x of each gutter between columns, from left to right; empty for one column."""
    if len(lines) < 2 * _MIN_ROWS:
        return ()
    left, right = min([line.x0 for line in lines]), max([line.x1 for line in lines])
    narrow = [line for line in lines if line.x1 - line.x0 < 0.55 * (right - left)]
    if len(narrow) < 2 * _MIN_ROWS or len(narrow) < 0.2 * len(lines):
        return ()
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
    on_left = merge_rows([line for line in narrow if left - 1 <= line.x0 and line.x1 <= x + 1], WORD_GAP)
    on_right = merge_rows([line for line in narrow if line.x0 >= x - 1], WORD_GAP)
    if min(len(on_left), len(on_right)) < _MIN_ROWS:
        return False
    beside = _side_by_side(on_left, on_right)
    return beside >= _MIN_ROWS and _fills(on_left, left, x) and _fills(on_right, x, right)


def _fills(rows: Sequence[Line], left: float, right: float) -> bool:
    """Whether most of the text is in rows of several words as wide as the column between two edges."""
    widths = sorted(row.x1 - row.x0 for row in rows)
    column = widths[-1 - len(widths) // 10]
    full = [r.x1 - r.x0 for r in rows if r.x1 - r.x0 > _FILLED * column and len(r.words) > 3]
    if len(full) < _MIN_ROWS or sum(full) < 0.5 * sum(widths):
        return False
    return column > 0.25 * (right - left) and column > 60 and _as_dense_as_prose(rows)


def _as_dense_as_prose(rows: Sequence[Line]) -> bool:
    """Whether rows follow each other as lines of prose do; those of a table's cells stand further apart."""
    steps = sorted([step for before, row in pairwise(rows) if (step := row.y0 - before.y0) > 1])
    return not steps or steps[len(steps) // 2] < _PROSE_PITCH * rows[0].size


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


def _order_page(lines: Sequence[Line], gutters: tuple[float, ...], first: bool) -> list[Line]:
    if not gutters:
        return _one_column(lines)
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    wide = []
    for line in lines:
        place = 0
        for x in gutters:
            if line.x0 >= x - 3:
                place += 1
            elif line.x1 > x + 3:
                wide.append(line)
                break
        else:
            columns[place].append(line)
    merged = [merge_rows(column, None) for column in columns]
    taken = take_across(wide, merged)
    across = merge_rows(wide + taken, None) if wide or taken else []
    for i, column in enumerate(merged):
        _set_edges(column, i + 1)
    _set_edges(across, 0)
    breaks = find_breaks(merged[0], merged[1], across, first) if len(merged) == 2 and all(merged) else []
    return _read_bands(across, merged, breaks)


def _one_column(lines: Sequence[Line]) -> list[Line]:
    """Rows from top to bottom; what stands beside them follows the row that it begins at."""
    asides = find_asides(lines)
    if not asides:
        rows = merge_rows(lines, None)
        _set_edges(rows, 0)
        return rows
    beside = {id(line) for stack in asides for line in stack}
    rows = merge_rows([line for line in lines if id(line) not in beside], None)
    _set_edges(rows, 0)
    _set_inner_edges(rows)
    for number, stack in enumerate(asides):
        _set_edges(stack, ASIDE + number)
        after = sum(row.y0 <= stack[0].y0 for row in rows if row.column < ASIDE)
        at = [i for i, row in enumerate(rows) if row.column < ASIDE][after - 1] + 1 if after else 0
        rows[at:at] = stack
    return rows


def _set_inner_edges(rows: Sequence[Line]) -> None:
    """Rows that run around something end, or begin, before the others: their edges are their own."""
    for i, row in enumerate(rows):
        near = [other for other in rows[max(0, i - 3) : i + 4] if other is not row]
        if sum(abs(other.x1 - row.x1) < 2 for other in near) > 1:
            row.right = min(row.right, row.x1)
        if sum(abs(other.x0 - row.x0) < 2 for other in near) > 1:
            row.left = max(row.left, row.x0)


def _read_bands(wide: Sequence[Line], columns: Sequence[Sequence[Line]], breaks: Sequence[float]) -> list[Line]:
    """Bands from top to bottom: the columns above a wide row, then the row itself; at a break, the columns above."""
    ordered: list[Line] = []
    at = [0] * len(columns)
    edges: list[tuple[float, Line | None]] = [(row.y0, row) for row in wide]
    if breaks:
        edges = sorted([*edges, *((y, None) for y in breaks)], key=lambda edge: edge[0])
    for y, row in edges:
        for i, column in enumerate(columns):
            while at[i] < len(column) and column[at[i]].y0 < y - 1:
                ordered.append(column[at[i]])
                at[i] += 1
        if row is not None:
            ordered.append(row)
    for i, column in enumerate(columns):
        ordered.extend(column[at[i] :])
    return ordered


def merge_rows(lines: Sequence[Line], max_gap: float | None) -> list[Line]:
    """Rows from top to bottom: lines on one height become one row, left to right. With `max_gap` (in sizes), only
    lines that stand closer. Gaps that divide cells are counted in the row's `cells`."""
    rows: list[list[Line]] = []
    top = bottom = 0.0  # of the row's first part
    for line in sorted(sorted(lines, key=_LEFT), key=_height):
        y0, y1 = line.y0, line.y1
        overlap = (bottom if bottom < y1 else y1) - (top if top > y0 else y0)
        height = min(bottom - top, y1 - y0)
        if rows and overlap > 0.6 * height and (max_gap is None or _near(rows[-1], line, max_gap)):
            rows[-1].append(line)
        else:
            rows.append([line])
            top, bottom = y0, y1
    return [_one_row(row) if len(row) > 1 else row[0] for row in rows]


def _height(line: Line) -> float:
    return line.y0 + line.y1


def _near(row: Sequence[Line], line: Line, max_gap: float) -> bool:
    nearest = min(max(line.x0 - part.x1, part.x0 - line.x1) for part in row)
    return nearest < max_gap * line.size


def _one_row(parts: list[Line]) -> Line:
    parts.sort(key=_LEFT)
    main = max(parts, key=_word_count)
    size = main.size
    first = parts[0]
    spans, words = [*first.spans], [*first.words]
    bold, italic, y0, y1, x1, cells = True, True, main.y0, main.y1, first.x0, 1
    for part in parts:
        if part is not first:
            spans += part.spans
            words += part.words
            gap = part.x0 - x1
            if gap > WORD_GAP * size and not (cells == 1 and is_label(words[: -len(part.words)])):
                cells += 1
        x1 = max(x1, part.x1)
        if part.size > 0.85 * size:
            bold, italic = bold and part.bold, italic and part.italic
            y0, y1 = min(y0, part.y0), max(y1, part.y1)
    lead = first.bold or first.lead
    return Line(main.page, spans, words, first.x0, y0, x1, y1, size, bold, italic, lead, first.drop, cells=cells)


def _word_count(line: Line) -> int:
    return len(line.words)


def is_label(words: Sequence[str]) -> bool:
    """Whether words are a heading's or a list item's number or mark, set off by a gap."""
    if len(words) == 2 and words[0].lower() in ("bab", "chapter"):
        return True
    return len(words) == 1 and _LABEL.match(words[0]) is not None


def _set_edges(rows: Sequence[Line], column: int) -> None:
    """Write a column's number and edges into its rows: the leftmost usual beginning, the usual end of full rows."""
    if not rows:
        return
    starts = Counter([round(row.x0) for row in rows])
    usual = [x for x, count in starts.items() if count >= max(2, len(rows) // 6)]
    left = float(min(usual)) if usual else median(row.x0 for row in rows)
    ends = sorted([row.x1 for row in rows])
    right = ends[-1 - len(ends) // 8]
    for row in rows:
        row.column, row.left, row.right = column, left, right
