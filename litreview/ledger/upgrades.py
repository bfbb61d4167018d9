"""Formats of ledger lines: one pure step from each to the next. Old lines are read for ever and never rewritten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Line = dict[str, Any]
Step = Callable[[Line], Line]

STEPS: tuple[Step, ...] = ()  # the step at place n (from 0) makes a line of format n + 1 one of format n + 2
FORMAT = len(STEPS) + 1


def upgrade_line(line: Line, steps: Sequence[Step] = STEPS) -> Line:
    """A line in the newest format that `steps` lead to. Raises `ValueError` for a format that they do not know.

    A step gets the whole line with its own format's number and gives a new one; the number is set here.
    """
    number = line.get("format", 1)
    if not isinstance(number, int) or not 1 <= number <= len(steps) + 1:
        raise ValueError(f"no way from format {number} to format {len(steps) + 1}")
    for step in steps[number - 1 :]:
        number += 1
        line = {**step(line), "format": number}
    return line
