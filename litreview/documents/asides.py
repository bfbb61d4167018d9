"""What stands beside the text of a page in one column: boxes, notes in the margin, captions of figures that the text
runs around. Such lines are no part of the rows that they stand beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from litreview.documents.captions import is_caption
from litreview.documents.extract import Line

_GAP_PT = 6.0
_INWARD = 0.28  # of the text's width from its edge: nearer, nothing stands beside


def find_asides(lines: Sequence[Line]) -> list[list[Line]]:
    """Stacks of lines beside the text, each from top to bottom; most pages have none."""
    if len(lines) < 6:
        return []
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    inward = _INWARD * (right - left)
    for on_right in (True, False):
        edge = left + inward if on_right else max(left + inward, _body_edge(lines, left + right) - _GAP_PT)
        stacks = _stacks(lines, edge, on_right)
        found = [stack for stack in stacks if _stands_beside(stack, lines, on_right)]
        if found:
            return _with_neighbours(found, stacks, lines, on_right)
    return []


def _body_edge(lines: Sequence[Line], across: float) -> float:
    """Where most lines of prose begin, if that is left of the middle of the text's edges (given as their sum)."""
    starts = Counter(round(line.x0) for line in lines if len(line.words) > 5)
    edge, _ = min(starts.items(), key=lambda item: (-item[1], item[0]), default=(0, 0))
    return float(edge) if 2 * edge < across else 0.0


def _with_neighbours(
    found: list[list[Line]], stacks: Sequence[list[Line]], lines: Sequence[Line], on_right: bool
) -> list[list[Line]]:
    """The stacks beside the text and those right above or beneath one of them that keep clear of it too, as a side
    column's headings and short lines do; from top to bottom."""
    rest = [stack for stack in stacks if not any(stack is one for one in found)]
    while True:
        near = [
            stack
            for stack in rest
            if any(_follows(stack, one) for one in found) and _is_clear(stack, lines, on_right)[1]
        ]
        if not near:
            return sorted(found, key=lambda stack: stack[0].y0)
        found += near
        rest = [stack for stack in rest if not any(stack is one for one in near)]


def _follows(stack: Sequence[Line], other: Sequence[Line]) -> bool:
    gap = max(stack[0].y0 - other[-1].y1, other[0].y0 - stack[-1].y1)
    return gap < 1.6 * stack[0].size and abs(stack[0].x0 - other[0].x0) < 3


def _stacks(lines: Sequence[Line], inward: float, on_right: bool) -> list[list[Line]]:
    """Lines on one side that follow each other as a paragraph's do."""
    sided = [line for line in lines if (line.x0 > inward if on_right else line.x1 < inward)]
    if not sided or len(sided) == len(lines):
        return []
    sided.sort(key=_top)
    stacks: list[list[Line]] = []
    for line in sided:
        for stack in stacks:
            last = stack[-1]
            near = line.y0 - last.y1 < 0.9 * last.size and abs(line.size - last.size) < 0.6
            if near and line.y0 > last.y0 + 1 and line.x0 < last.x1 and last.x0 < line.x1:
                stack.append(line)
                break
        else:
            stacks.append([line])
    return stacks


def _top(line: Line) -> float:
    return line.y0


def _stands_beside(stack: Sequence[Line], lines: Sequence[Line], on_right: bool) -> bool:
    """Whether the lines at a stack's height are prose that keeps clear of it and goes on in other rows or other type,
    unlike cells of a table."""
    captioned = is_caption(stack[0])
    if not captioned and (len(stack) < 2 or sum(len(line.words) for line in stack) < 4):
        return False
    mates, clear = _is_clear(stack, lines, on_right)
    if not clear:
        return False
    words = median(len(line.words) for line in mates)
    if captioned:
        return words > 3 and _runs_around(stack[0], lines)
    return len(mates) > 1 and words > 4 and _other_rows(stack, mates) and _smaller(stack, mates)


def _is_clear(stack: Sequence[Line], lines: Sequence[Line], on_right: bool) -> tuple[list[Line], bool]:
    """The lines at a stack's height on its other side, and whether there are some and all keep clear of it."""
    top, bottom = stack[0].y0, stack[-1].y1
    x0, x1 = min(line.x0 for line in stack), max(line.x1 for line in stack)
    own = {id(line) for line in stack}
    mates = [line for line in lines if line.y0 < bottom and line.y1 > top and id(line) not in own]
    if on_right:
        mates = [line for line in mates if line.x0 < x1]
        return mates, bool(mates) and all(line.x1 < x0 - _GAP_PT for line in mates)
    mates = [line for line in mates if line.x1 > x0]
    return mates, bool(mates) and all(line.x0 > x1 + _GAP_PT for line in mates)


def _runs_around(caption: Line, lines: Sequence[Line]) -> bool:
    """Whether lines above a caption end before it begins, as beside a figure."""
    above = sorted((line for line in lines if line.y1 < caption.y0 + 2), key=_top)[-3:]
    return len(above) == 3 and all(line.x1 < caption.x0 - _GAP_PT and len(line.words) > 2 for line in above)


def _other_rows(stack: Sequence[Line], mates: Sequence[Line]) -> bool:
    """Whether the lines stand on rows of their own, or in another type, than those beside them."""
    if abs(stack[0].size - median(mate.size for mate in mates)) > 0.8:
        return True
    own = sum(all(abs(line.y1 - mate.y1) > 1.2 for mate in mates) for line in stack)
    return own > 0.4 * len(stack)


def _smaller(stack: Sequence[Line], mates: Sequence[Line]) -> bool:
    """Whether what stands beside is the lesser part: a narrower one, or one in smaller type."""
    width = max(line.x1 for line in stack) - min(line.x0 for line in stack)
    beside = max(line.x1 for line in mates) - min(line.x0 for line in mates)
    return width < 0.8 * beside or stack[0].size < median(mate.size for mate in mates) - 0.4
