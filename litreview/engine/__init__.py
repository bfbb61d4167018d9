"""Map a pure function over many items in worker processes, each item under limits (law 7)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import psutil

from litreview.engine.model import KILLED, Limits, Outcome

Item = TypeVar("Item")
Result = TypeVar("Result")
BYTES_A_WORKER = 1_200_000_000

__all__ = ["KILLED", "Limits", "Outcome", "count_workers", "map_items"]


def count_workers(limit: int | None = None) -> int:
    """As many workers as processors and memory bear: on a laptop of 4 GB two, never more than eight."""
    by_memory = max(1, int(psutil.virtual_memory().total * 0.7) // BYTES_A_WORKER)
    return max(1, min(limit or 8, os.cpu_count() or 1, by_memory, 8))


def map_items(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    limits: Limits | None = None,
    workers: int | None = None,
    parts: Callable[[Item], int] | None = None,
    preload: Sequence[str] = (),
) -> Iterator[Outcome[Result]]:
    """Outcomes of `function` (importable by name) over items, in their order; a failure costs its item only.

    Workers are reused for some twenty items. An item of several `parts` (files) has as many times the seconds.
    `preload` names modules that the function will load. Closing the iterator early (an interrupt) stops the workers.
    """
    if not items:
        return
    from litreview.engine.pool import Pool

    bounds = limits or Limits()
    pool = Pool(function, items, bounds, min(count_workers(workers), len(items)), parts or _one, preload)
    try:
        yield from pool.outcomes()
    finally:
        pool.close()


def _one(_item: object) -> int:
    return 1
