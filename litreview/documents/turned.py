"""Text that does not stand upright on its page: tables of a thesis set on their side, scans put in upside down, columns
of letters that run downward. Such a page is laid out in a frame in which its text stands upright; rectangles stay as
displayed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Word = tuple[float, float, float, float, str, int, int, int]
_SAMPLE = 7  # every so many words are looked at first
_RIGHT_TO_LEFT = ("\u0590", "\u08ff")


def text_turn(words: Sequence[Word]) -> int:
    """By how many degrees clockwise most of a page's words have to be turned to stand upright: 0, 90, 180 or 270."""
    sample = [w for w in (words[::_SAMPLE] if len(words) > 99 else words) if len(w[4]) > 3]
    if 2 * sum([w[3] - w[1] > w[2] - w[0] for w in sample]) > len(sample):
        return _turn_of(words, on_side=True)
    pairs = zip(words[::_SAMPLE], words[1::_SAMPLE], strict=False)
    backward = any(word[7] and word[0] < before[0] for before, word in pairs)
    return _turn_of(words, on_side=False) if backward else 0


def _turn_of(words: Sequence[Word], on_side: bool) -> int:
    """The turn that the order of most words within their lines asks for."""
    steps = {0: 0, 90: 0, 180: 0, 270: 0}
    for before, word in pairwise(words):
        if not word[7] or _RIGHT_TO_LEFT[0] <= word[4][0] <= _RIGHT_TO_LEFT[1]:
            continue
        if on_side:
            steps[90 if word[1] < before[1] else 270] += 1
        else:
            steps[180 if word[2] <= before[0] + 1 else 0] += 1
    turn = max(steps, key=lambda degrees: (steps[degrees], -degrees))
    if on_side and not steps[90] + steps[270]:
        return _turn_of_lines(words)
    return turn


def _turn_of_lines(words: Sequence[Word]) -> int:
    """Where every line is one word: lines to the right of each other read upward, to the left downward."""
    rightward = sum(word[0] > before[0] for before, word in pairwise(words))
    return 90 if 2 * rightward >= len(words) - 1 else 270


def stand_upright(words: Sequence[Word], turn: int, width: float, height: float) -> list[Word]:
    """The words in a frame in which their text stands upright; `width` and `height` are the page's as displayed."""
    if turn == 90:
        return [(height - y1, x0, height - y0, x1, *rest) for x0, y0, x1, y1, *rest in words]  # type: ignore[misc]
    if turn == 180:
        return [(width - x1, height - y1, width - x0, height - y0, *rest) for x0, y0, x1, y1, *rest in words]  # type: ignore[misc]
    return [(y0, width - x1, y1, width - x0, *rest) for x0, y0, x1, y1, *rest in words]  # type: ignore[misc]
