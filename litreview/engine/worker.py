"""A worker process: takes items from its own pipe, one at a time, and bounds itself where the system can."""

from __future__ import annotations

import math
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import psutil

from litreview.engine.model import Limits

OUT_OF_MEMORY = 77  # exit status: to leave so needs no memory, where to tell it might
GRACE_S = 10  # after which a worker whose parent is gone ends by itself
SPENT_SHARE = 0.5  # of the memory: a worker that came to need more is not used again, since it may not give it back


def work(function: Callable[[Any], Any], limits: Limits, system_limits: bool, pipe: Connection) -> None:
    """Say that it is there, then take (item, parts) from the pipe and send (result, failure, whether this worker may go
    on), until it is closed.

    Nothing that a library prints reaches the terminal.
    """
    _silence()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    memory = psutil.Process().memory_info()
    if system_limits:
        _bound_memory(memory.vms + limits.memory_bytes)
    pipe.send(None)  # here I am
    while True:
        try:
            item, parts = pipe.recv()
        except (EOFError, OSError):
            return
        if system_limits:
            _bound_time(limits, parts)
        try:
            answer = _answer(function, item)
            pipe.send((*answer, _fit(memory.vms, limits.memory_bytes)))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except OSError:  # the parent is gone
            return
        if hasattr(signal, "alarm"):
            signal.alarm(0)


def _answer(function: Callable[[Any], Any], item: Any) -> tuple[Any, str]:
    try:
        return function(item), ""
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever one file makes a library raise costs that file only
        return None, f"{type(error).__name__}: {error}"[:200]


def _silence() -> None:
    """Both streams lead nowhere, for native code too."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _fit(vms_before: int, memory_bytes: int) -> bool:
    """Whether this worker has stayed so small that the next item finds the memory that it may use."""
    now = psutil.Process().memory_info()
    return max(now.rss, now.vms - vms_before) < SPENT_SHARE * memory_bytes


def _bound_memory(ceiling: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (ceiling, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _bound_time(limits: Limits, parts: int) -> None:
    """Seconds of processor time for one item: the system counts over a worker's life. And an alarm, on which the
    system ends this process even in code that never returns, should nobody be there any more to do so."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = math.ceil(used.ru_utime + used.ru_stime)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    wanted = spent + limits.cpu_s * parts
    resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard < 0 else min(wanted, hard), hard))
    signal.alarm(math.ceil(limits.wall_s * parts) + GRACE_S)


def has_system_limits() -> bool:
    """Whether the system bounds both memory and processor time: Windows has neither, macOS keeps no bound of memory."""
    return sys.platform == "linux"
