"""Running heads and feet, page numbers and line numbers: found by repetition, taken out of the flow.

A page is read from its upper and its lower edge inward. A line there that stands again on other pages (numbers aside)
at about the same height is a running head or foot; one that is only a page number is that. What is taken out is kept
in `RawPage.dropped`, since it tells the printed page number, the journal and the year.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from litreview.documents.extract import Line, RawPage, upright
from litreview.documents.layout import merge_rows

_ZONE = 0.13  # of the page's height, at its head and at its foot
_SAME_HEIGHT_PT = 7.0
_DEEPEST = 6  # rows from an edge
_COUNTED = frozenset(("bab", "chapter", "lampiran", "appendix", "tabel", "table", "gambar", "figure"))
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
PAGE_NUMBER = re.compile(
    r"^(?:page|halaman|hal\.?|hlm\.?|p\.?|\||-|–|—|~|\[|\()*\s*(\d{1,4}|[ivxlc]{1,7})\s*"
    r"(?:(?:of|dari|/)\s*\d{1,4})?(?:\||-|–|—|~|\]|\)|\.|page|halaman)*$",
    re.IGNORECASE,
)


def take_out_margins(pages: Sequence[RawPage]) -> None:
    """Move running heads and feet, page numbers, upright stamps and line numbers from `lines` to `dropped`."""
    for page in pages:
        _drop(page, upright(page.lines))
        _drop(page, _line_numbers(page))
    for head in (True, False):
        edges = [_edge_rows(page, head) for page in pages]
        seen = _heights(edges)
        for page, rows in zip(pages, edges, strict=True):
            _take_edge(page, rows, seen)
    if not any(page.lines for page in pages):
        for page in pages:
            page.lines, page.dropped = page.dropped, []


def _drop(page: RawPage, lines: Iterable[Line]) -> None:
    gone = {id(line) for line in lines}
    if gone:
        page.dropped.extend(line for line in page.lines if id(line) in gone)
        page.lines = [line for line in page.lines if id(line) not in gone]


def _line_numbers(page: RawPage) -> list[Line]:
    """Small numbers down the margin, one for a line of text, as manuscripts have."""
    numbers = [line for line in page.lines if len(line.words) == 1 and line.words[0].isdigit()]
    if len(numbers) < 10:
        return []
    others = [line.x0 for line in page.lines if len(line.words) > 3]
    edge = min(others, default=0.0)
    inside = [line for line in numbers if line.x1 < edge]
    return inside if len(inside) >= 10 else []


class _EdgeRow(NamedTuple):
    """Native lines on one height near an edge, from left to right, and what the row has in common with its fellows."""

    lines: list[Line]
    key: str


def _edge_rows(page: RawPage, head: bool) -> list[_EdgeRow]:
    """The rows nearest to an edge, from outside inward, within its zone."""
    limit = _ZONE * page.height
    if head:
        near = [line for line in page.lines if line.y1 < limit]
    else:
        limit = page.height - limit
        near = [line for line in page.lines if line.y0 > limit]
    near.sort(key=_height, reverse=not head)
    rows: list[list[Line]] = []
    for line in near:
        if rows and abs(_height(line) - _height(rows[-1][0])) < line.y1 - line.y0:
            rows[-1].append(line)
        elif len(rows) == _DEEPEST:
            break
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=_left)
    return [_EdgeRow(row, _key(row)) for row in rows]


def _height(line: Line) -> float:
    return line.y0 + line.y1


def _left(line: Line) -> float:
    return line.x0


def _key(row: Sequence[Line]) -> str:
    """What a row has in common with its fellows: its words without numbers. Chapters keep theirs, since `BAB II` is no
    running head though `BAB I` stands at the same height."""
    if row[0].words[0].lower() in _COUNTED:
        return " ".join(line.text for line in row).lower()
    return _DIGITS.sub("#", " ".join(line.text for line in row).lower()).strip("# -|–")


def _heights(edges: Iterable[Iterable[_EdgeRow]]) -> dict[str, list[float]]:
    """For each text at an edge: the heights at which pages have it."""
    seen: dict[str, list[float]] = defaultdict(list)
    for rows in edges:
        for row in rows:
            seen[row.key].append(row.lines[0].y0)
    return seen


def _take_edge(page: RawPage, rows: Sequence[_EdgeRow], seen: dict[str, list[float]]) -> None:
    """Take the rows that repeat, inward until two rows together do not."""
    missed = 0  # rows that stay, from the edge on
    for i, (row, key) in enumerate(rows):
        again = sum([abs(y - row[0].y0) < _SAME_HEIGHT_PT for y in seen[key]])
        if missed < 2 and key and again >= 2 and (again > 2 or _stands_off(page, row[0])):
            _drop(page, row)
        elif PAGE_NUMBER.match("".join([line.text for line in row])):
            if (again > 2 and i == missed) or _stands_off(page, row[0]):
                _drop(page, row)
        elif missed < 2 and _is_head_with_number(page, row) and _stands_off(page, row[0]):
            _drop(page, row)
        else:
            missed += 1


def _is_head_with_number(page: RawPage, row: Sequence[Line]) -> bool:
    """On a page after the first: a line in smaller type that begins or ends with a number, such as a short report's
    only running head."""
    if page.number == 1:
        return False
    words = [word for line in row for word in line.words]
    if words[0].isdigit() == words[-1].isdigit() or not 2 < len(words) < 16:
        return False
    sizes = sorted([line.size for line in page.lines])
    return row[0].size < sizes[len(sizes) // 2] - 0.4


def _stands_off(page: RawPage, line: Line) -> bool:
    """Whether the text further inward is more than a line away."""
    middle = page.height / 2
    inward = [o for o in page.lines if abs((o.y0 + o.y1) / 2 - middle) < abs((line.y0 + line.y1) / 2 - middle) - 3]
    if not inward:
        return True
    above = line.y0 < middle
    gap = min(o.y0 for o in inward) - line.y1 if above else line.y0 - max(o.y1 for o in inward)
    return gap > 0.6 * line.size


def head_texts(page: RawPage) -> list[str]:
    """The texts of what was taken out of a page, a row each."""
    return [row.text for row in merge_rows(page.dropped, None)]
