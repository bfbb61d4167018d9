"""Map a pure function over many items in worker processes, each item under limits (law 7)."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, Generic, TypeVar

import msgspec
import psutil

Item = TypeVar("Item")
Result = TypeVar("Result")
ITEMS_A_WORKER = 20  # then a fresh worker takes over, so that what one file leaks does not add up
QUEUED_A_WORKER = 3
BYTES_A_WORKER = 1_200_000_000
WATCH_EVERY_S = 0.2
SYSTEM_LIMITS = sys.platform == "linux"  # Windows sets a process no limit of memory, and macOS does not keep it


class Limits(msgspec.Struct, frozen=True):
    """What one item may use: seconds by the clock and by the processor, bytes of memory."""

    wall_s: float = 120.0
    cpu_s: int = 20
    memory_bytes: int = 1_000_000_000


class Outcome(msgspec.Struct, Generic[Result], frozen=True):
    """An item's result, or how its worker failed: `timeout`, `died`, `memory`, or the error's name and text."""

    index: int
    result: Result | None = None
    failure: str = ""


def count_workers(limit: int | None = None) -> int:
    """As many workers as processors and memory bear: on a laptop of 4 GB two, never more than eight."""
    by_memory = max(1, int(psutil.virtual_memory().total * 0.7) // BYTES_A_WORKER)
    return max(1, min(limit or 8, os.cpu_count() or 1, by_memory, 8))


def map_items(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    limits: Limits | None = None,
    workers: int | None = None,
) -> Iterator[Outcome[Result]]:
    """Outcomes of `function` (importable by name) over items, in their order; a failure costs its item only.

    Workers are started afresh on every system alike and reused for some twenty items. Closing the iterator early
    (an interrupt) stops them.
    """
    if not items:
        return
    from pebble import ProcessPool

    bounds = limits or Limits()
    number = min(count_workers(workers), len(items))
    pool: Any = ProcessPool(
        max_workers=number,
        max_tasks=ITEMS_A_WORKER,
        initializer=_begin,
        initargs=(bounds.memory_bytes if SYSTEM_LIMITS else 0,),
        context=multiprocessing.get_context("spawn"),
    )
    finished = False
    try:
        with _watched(bounds.memory_bytes) as stopped:
            yield from _ordered(pool, partial(_bounded, function, bounds.cpu_s), items, bounds, number, stopped)
        finished = True
    finally:
        if finished:
            pool.close()
        else:
            pool.stop()
        pool.join()


def _ordered(
    pool: Any,
    function: Callable[[Item], Result],
    items: Sequence[Item],
    limits: Limits,
    workers: int,
    stopped: Collection[int],
) -> Iterator[Outcome[Result]]:
    """Keep a few items waiting for each worker, yield in order."""
    waiting: deque[tuple[int, Any]] = deque()
    for index, item in enumerate(items):
        waiting.append((index, pool.schedule(function, args=[item], timeout=limits.wall_s)))
        if len(waiting) >= workers * QUEUED_A_WORKER:
            yield _settle(*waiting.popleft(), stopped)
    while waiting:
        yield _settle(*waiting.popleft(), stopped)


def _settle(index: int, future: Any, stopped: Collection[int]) -> Outcome[Any]:
    from pebble import ProcessExpired

    try:
        return Outcome(index, future.result())
    except FutureTimeout:
        return Outcome(index, failure="timeout")
    except ProcessExpired as error:
        if error.pid in stopped:
            return Outcome(index, failure="memory")
        out_of_time = error.exitcode == -getattr(signal, "SIGXCPU", 0)
        return Outcome(index, failure="timeout" if out_of_time and error.exitcode else "died")
    except MemoryError:
        return Outcome(index, failure="memory")
    except Exception as error:  # noqa: BLE001 - whatever one file makes a library raise costs that file only
        return Outcome(index, failure=f"{type(error).__name__}: {error}"[:200])


@contextmanager
def _watched(memory_bytes: int) -> Iterator[Collection[int]]:
    """Where the system sets no limit of memory, stop workers that outgrow theirs; yields the ids of those stopped."""
    stopped: set[int] = set()
    if SYSTEM_LIMITS:
        yield stopped
        return
    done = threading.Event()

    def watch() -> None:
        while not done.wait(WATCH_EVERY_S):
            for worker in psutil.Process().children():
                _stop_if_over(worker, memory_bytes, stopped)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield stopped
    finally:
        done.set()
        thread.join()


def _stop_if_over(worker: psutil.Process, memory_bytes: int, stopped: set[int]) -> None:
    with suppress(psutil.Error):  # it ended meanwhile
        if worker.memory_info().rss > memory_bytes and "multiprocessing" in " ".join(worker.cmdline()):
            stopped.add(worker.pid)
            worker.kill()


def _begin(memory_bytes: int) -> None:
    """In a new worker: leave Ctrl-C to the parent, and bound memory (0: leave it to the watch of the parent)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not memory_bytes:
        return
    import resource

    ceiling = psutil.Process().memory_info().vms + memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _bounded(function: Callable[[Item], Result], cpu_s: int, item: Item) -> Result:
    """Give one item its own seconds of processor time: the system counts over a worker's life."""
    try:
        import resource
    except ImportError:  # Windows has no such limit; the clock still bounds each item
        return function(item)
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (spent + cpu_s + 1, hard))
    return function(item)
