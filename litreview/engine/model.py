"""What an item may use, and what became of it."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

Result = TypeVar("Result")
KILLED = "killed"


class Limits(msgspec.Struct, frozen=True):
    """What one item may use: seconds by the clock and by the processor, bytes of memory."""

    wall_s: float = 120.0
    cpu_s: int = 20
    memory_bytes: int = 1_000_000_000


class Outcome(msgspec.Struct, Generic[Result], frozen=True):
    """An item's result, or how it failed: `timeout`, `memory`, `died` (its worker broke down, twice), `killed` (its
    worker was killed from outside, twice: nothing is said of the item), or the error's name and text."""

    index: int
    result: Result | None = None
    failure: str = ""
