"""What stands beside the text of a page in one column: boxes, notes in the margin, captions of figures that the text
runs around. Such lines are no part of the rows that they stand beside."""

from __future__ import annotations

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
    inward = left + _INWARD * (right - left)
    found = [stack for stack in _stacks(lines, inward, on_right=True) if _stands_beside(stack, lines, on_right=True)]
    if not found:
        stacks = _stacks(lines, inward, on_right=False)
        found = [stack for stack in stacks if _stands_beside(stack, lines, on_right=False)]
    return found


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
    top, bottom = stack[0].y0, stack[-1].y1
    x0, x1 = min(line.x0 for line in stack), max(line.x1 for line in stack)
    own = {id(line) for line in stack}
    mates = [line for line in lines if line.y0 < bottom and line.y1 > top and id(line) not in own]
    if on_right:
        mates = [line for line in mates if line.x0 < x1]
        clear = all(line.x1 < x0 - _GAP_PT for line in mates)
    else:
        mates = [line for line in mates if line.x1 > x0]
        clear = all(line.x0 > x1 + _GAP_PT for line in mates)
    if not mates or not clear:
        return False
    words = median(len(line.words) for line in mates)
    if captioned:
        return words > 3 and _runs_around(stack[0], lines)
    return len(mates) > 1 and words > 4 and _other_rows(stack, mates) and _smaller(stack, mates)


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
