"""Map a pure function over many items in worker processes, each item under limits (law 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

import msgspec

Item = TypeVar("Item")
Result = TypeVar("Result")


class Limits(msgspec.Struct, frozen=True):
    """What one item may use: seconds by the clock and by the processor, bytes of memory."""

    wall_s: float = 120.0
    cpu_s: int = 20
    memory_bytes: int = 1_000_000_000


class Outcome(msgspec.Struct, Generic[Result], frozen=True):
    """An item's result, or how its worker failed: `timeout`, `died`, `memory` or `error: <text>`."""

    index: int
    result: Result | None = None
    failure: str = ""
