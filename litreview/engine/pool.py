"""Workers with a pipe each, watched by one thread.

A pipe of its own for each worker, and no lock that workers share: one that is killed at any moment can leave neither a
torn message nor a held lock to its neighbours.
"""

from __future__ import annotations

import math
import multiprocessing
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import wait
from typing import Any

import psutil

from litreview.engine.model import KILLED, Limits, Outcome
from litreview.engine.worker import OUT_OF_MEMORY, SPENT_SHARE, has_system_limits, work
from litreview.errors import LitreviewError, message

ITEMS_A_WORKER = 20  # then a fresh worker takes over, so that what one file leaks does not add up
AHEAD_A_WORKER = 32  # items done before their turn; bounds what waits in memory
WATCH_EVERY_S = 0.1
TRIES = 2  # of an item whose worker broke down: it may not have been the item's fault
START_S = 120.0  # for a worker to be there
STARTS = 5  # one after the other that may fail
STARTING, IDLE = -2, -1  # instead of an item's index
SYSTEM_LIMITS = has_system_limits()


class _Worker:
    """A process, its pipe, and the item that it is at."""

    def __init__(self, context: Any, function: Callable[[Any], Any], limits: Limits) -> None:
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(function, limits, SYSTEM_LIMITS, theirs), daemon=True)
        self.process.start()
        theirs.close()
        self.seen = psutil.Process(self.process.pid)
        self.given = 0
        self.index = STARTING
        self.deadline = time.monotonic() + START_S
        self.cpu_deadline = math.inf
        self.peak = 0
        self.stopped = ""

    def give(self, index: int, item: Any, parts: int, limits: Limits) -> None:
        """Hand over an item. A worker that has died meanwhile is found out by its closed pipe."""
        self.index = index
        self.given += 1
        self.deadline = time.monotonic() + limits.wall_s * parts
        self.cpu_deadline = self._cpu_s() + limits.cpu_s * parts + WATCH_EVERY_S
        with suppress(OSError):
            self.pipe.send((item, parts))

    def _cpu_s(self) -> float:
        with suppress(psutil.Error):
            times = self.seen.cpu_times()
            return float(times.user + times.system)
        return 0.0

    def watch(self, memory_bytes: int) -> None:
        """Kill the worker when its item uses more than it may."""
        if self.index == IDLE:
            return
        with suppress(psutil.Error):  # it ended meanwhile
            rss = self.seen.memory_info().rss
            self.peak = max(self.peak, rss)
            if rss > memory_bytes:
                self.stopped = "memory"
            elif time.monotonic() > self.deadline or self._cpu_s() > self.cpu_deadline:
                self.stopped = "timeout"
        if self.stopped:
            self.process.kill()

    def failure(self, memory_bytes: int) -> str:
        """How a worker that has ended failed its item."""
        self.process.join()
        code = self.process.exitcode
        if self.stopped or code == OUT_OF_MEMORY:
            return self.stopped or "memory"
        if code in (-getattr(signal, "SIGXCPU", 0), -getattr(signal, "SIGALRM", 0)):
            return "timeout"
        if code == -getattr(signal, "SIGKILL", 0) and code:
            return KILLED
        return "memory" if self.peak > SPENT_SHARE * memory_bytes else "died"

    def end(self) -> None:
        """Let the worker go: its pipe is closed, and it ends."""
        self.pipe.close()
        self.process.join(1)
        self.kill()

    def kill(self) -> None:
        """End the worker now."""
        self.process.kill()
        self.process.join()
        self.pipe.close()
        self.process.close()


class Pool:
    """Runs one function over the items, in a thread that hands them out and watches; `outcomes` gives them in order."""

    def __init__(
        self,
        function: Callable[[Any], Any],
        items: Sequence[Any],
        limits: Limits,
        workers: int,
        parts: Callable[[Any], int],
        preload: Sequence[str],
    ) -> None:
        self._function, self._items, self._limits, self._parts = function, items, limits, parts
        self._context = _context([function.__module__, *preload])
        self._number = workers
        self._workers: list[_Worker] = []
        self._again: deque[int] = deque()
        self._tries: dict[int, int] = {}
        self._misstarts = 0
        self._begun = 0  # items handed out so far
        self._told = 0  # outcomes taken so far
        self._done: dict[int, Outcome[Any]] = {}
        self._changed = threading.Condition()
        self._closed = False
        self._broken: BaseException | None = None
        self._woken, self._wake = multiprocessing.Pipe(duplex=False)
        self._thread = threading.Thread(target=self._run, name="litreview-engine", daemon=True)

    def outcomes(self) -> Iterator[Outcome[Any]]:
        """Every item's outcome, in the order of items."""
        self._thread.start()
        for index in range(len(self._items)):
            with self._changed:
                self._changed.wait_for(lambda i=index: i in self._done or self._broken is not None)  # type: ignore[misc]
                if self._broken is not None:
                    raise self._broken
                outcome = self._done.pop(index)
                self._told = index + 1
            self._wake.send(None) if index % self._number == 0 else None
            yield outcome

    def close(self) -> None:
        """Stop the workers and wait for them."""
        self._closed = True
        if self._thread.ident is not None:
            self._wake.send(None)
            self._thread.join()
        self._wake.close()
        self._woken.close()

    def _run(self) -> None:
        """In the thread: hand out, take in, watch; until all is done or `close` was called."""
        try:
            while not self._closed and (self._due() is not None or self._workers or self._begun < len(self._items)):
                self._hand_out()
                waiting: list[Any] = [worker.pipe for worker in self._workers]
                ready = wait([*waiting, self._woken], timeout=WATCH_EVERY_S)
                while self._woken.poll():
                    self._woken.recv()
                for worker in [one for one in self._workers if one.pipe in ready]:
                    self._take(worker)
                for worker in self._workers:
                    worker.watch(self._limits.memory_bytes)
                self._let_go()
        except BaseException as error:  # noqa: BLE001 - told to who waits for outcomes
            with self._changed:
                self._broken = error
                self._changed.notify_all()
        finally:
            for worker in self._workers:
                worker.kill()

    def _due(self) -> int | None:
        """The next item to hand out, as far ahead as may be."""
        if self._again:
            return self._again[0]
        far = self._begun >= self._told + self._number * AHEAD_A_WORKER
        return None if far or self._begun >= len(self._items) else self._begun

    def _hand_out(self) -> None:
        """Give every idle worker an item, and start workers while there are fewer than wanted."""
        idle = [worker for worker in self._workers if worker.index == IDLE]
        while idle and (index := self._due()) is not None:
            if self._again:
                self._again.popleft()
            else:
                self._begun += 1
            item = self._items[index]
            idle.pop().give(index, item, max(1, self._parts(item)), self._limits)
        left = len(self._again) + len(self._items) - self._begun
        coming = sum(worker.index == STARTING for worker in self._workers)
        while self._due() is not None and coming < left and len(self._workers) < self._number:
            self._workers.append(_Worker(self._context, self._function, self._limits))
            coming += 1

    def _take(self, worker: _Worker) -> None:
        """What a worker has sent: that it is there, its item's result, or nothing more."""
        try:
            answer = worker.pipe.recv()
            if worker.index == STARTING:
                worker.index, self._misstarts = IDLE, 0
                return
            result, failure, fit = answer
        except (EOFError, OSError):
            self._workers.remove(worker)
            self._fail(worker)
            return
        except Exception as error:  # noqa: BLE001 - a torn message, or a result that cannot be unpacked
            result, failure, fit = None, f"{type(error).__name__}: {error}"[:200], False
        self._settle(Outcome(worker.index, result, failure))
        worker.index, worker.stopped = IDLE, ""
        if not fit or worker.given >= ITEMS_A_WORKER:
            self._workers.remove(worker)
            worker.end()

    def _fail(self, worker: _Worker) -> None:
        """A worker has ended without an answer: its item failed, or is tried once more where it may be innocent."""
        index, failure = worker.index, worker.failure(self._limits.memory_bytes)
        worker.kill()
        if index == IDLE:
            return
        if index == STARTING:
            self._misstarts += 1
            if self._misstarts >= STARTS:
                raise LitreviewError(message("Files cannot be read: this computer starts no further processes. Close"
                                             " other programs, then run again."))  # fmt: skip
            return
        self._tries[index] = self._tries.get(index, 0) + 1
        if failure in ("died", KILLED) and self._tries[index] < TRIES:
            self._again.append(index)
        else:
            self._settle(Outcome(index, failure=failure))

    def _settle(self, outcome: Outcome[Any]) -> None:
        with self._changed:
            self._done[outcome.index] = outcome
            self._changed.notify_all()

    def _let_go(self) -> None:
        """Idle workers go when nothing is left for them."""
        if self._begun < len(self._items) or self._again:
            return
        for worker in [one for one in self._workers if one.index < 0]:
            self._workers.remove(worker)
            worker.end()


def _context(preload: Sequence[str]) -> Any:
    """How workers start: afresh; on Linux from a process that has the modules loaded already, which costs a twentieth
    of the time."""
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", *preload])
    return context
