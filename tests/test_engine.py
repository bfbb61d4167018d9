"""A bad item costs itself, not the run (law 7)."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from litreview.engine import Limits, Outcome, count_workers, map_items, pool

SMALL = Limits(wall_s=20, cpu_s=1, memory_bytes=150_000_000)


def work(item: int | str) -> int:
    """What a worker does with an item: squares a number, or misbehaves as a word says."""
    match str(item).split():
        case ["dies"]:
            os._exit(3)
        case ["breaks"]:
            ctypes.string_at(0)
        case ["killed"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["killed", "once", mark]:
            if not Path(mark).exists():
                Path(mark).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            return 7
        case ["grows"]:
            return len(bytearray(2_000_000_000))
        case ["fills"]:
            return len([bytearray(1_000_000) for _ in range(1000)])
        case ["needs", size]:
            return len(bytearray(int(size)))
        case ["grows", "slowly"]:
            kept = []
            while True:
                kept.append(os.urandom(5_000_000))
                time.sleep(0.02)
        case ["loops"]:
            while True:
                pass
        case ["sleeps"]:
            time.sleep(60)
        case ["rests"]:
            time.sleep(2)
            return 1
        case ["hangs"]:  # in native code that holds the interpreter
            ctypes.PyDLL(None).sleep(60)
        case ["fails"]:
            raise ValueError("no such page")
        case ["prints"]:
            os.write(1, b"native words")
            os.write(2, b"native complaints")
            return 0
    time.sleep(0.02 * (int(item) % 3))
    return int(item) ** 2


def outcomes(items: list[int | str], limits: Limits = SMALL, workers: int = 2) -> list[Outcome[int]]:
    return list(map_items(work, items, limits, workers))


def told(found: list[Outcome[int]]) -> list[int | str]:
    return [one.failure or one.result or 0 for one in found]


def test_results_come_in_the_order_of_items() -> None:
    found = outcomes(list(range(50)))
    assert [(one.index, one.result, one.failure) for one in found] == [(i, i * i, "") for i in range(50)]


def test_nothing_starts_for_no_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "Pool", None)
    assert outcomes([]) == []


def test_each_failure_costs_its_item_only() -> None:
    items: list[int | str] = [1, "dies", 2, "fails", 3, "grows", 4, "loops", 5, "breaks", 6, "fills", 7, "killed", 8]
    failures = ["died", "ValueError: no such page", "memory", "timeout", "died", "memory", "killed"]
    expected = [each for pair in zip([1, 4, 9, 16, 25, 36, 49], failures, strict=True) for each in pair]
    assert told(outcomes(items)) == [*expected, 64]


def test_what_waits_behind_a_bad_item_in_the_same_worker_is_not_lost() -> None:
    assert told(outcomes(["dies", 1, "fills", 2, "killed", 3], workers=1)) == ["died", 1, "memory", 4, "killed", 9]


def test_a_failure_of_memory_leaves_the_next_item_all_of_its_own() -> None:
    found = outcomes(["fills", "needs 120000000", "fills", "needs 120000000"], workers=1)
    assert told(found) == ["memory", 120_000_000, "memory", 120_000_000]


def test_a_worker_killed_from_outside_costs_its_item_nothing(tmp_path: Path) -> None:
    assert told(outcomes([2, f"killed once {tmp_path / 'mark'}", 3])) == [4, 7, 9]


@pytest.mark.parametrize("how", ["sleeps", "hangs"])
def test_what_waits_for_ever_is_stopped_by_the_clock(how: str) -> None:
    found = outcomes([how, 2], Limits(wall_s=1, cpu_s=5, memory_bytes=150_000_000))
    assert told(found) == ["timeout", 4]


def test_an_item_of_several_parts_has_as_many_times_the_seconds() -> None:
    limits = Limits(wall_s=1, cpu_s=5, memory_bytes=150_000_000)
    assert told(list(map_items(work, ["rests", "rests"], limits, 2, parts=lambda item: 1))) == ["timeout"] * 2
    assert told(list(map_items(work, ["rests", "rests"], limits, 2, parts=lambda item: 20))) == [1, 1]


@pytest.mark.parametrize(("how", "failure"), [("grows slowly", "memory"), ("loops", "timeout"), ("hangs", "timeout")])
def test_where_the_system_sets_no_limits_a_watch_does(monkeypatch: pytest.MonkeyPatch, how: str, failure: str) -> None:
    monkeypatch.setattr(pool, "SYSTEM_LIMITS", False)
    limits = Limits(wall_s=3 if how == "hangs" else 60, cpu_s=1, memory_bytes=80_000_000)
    assert told(outcomes([how, 2], limits)) == [failure, 4]


def test_nothing_that_a_worker_prints_reaches_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    assert told(outcomes(["prints", "breaks", 2])) == [0, "died", 4]
    assert capfd.readouterr() == ("", "")


def test_leaving_early_stops_the_workers() -> None:
    items: list[int | str] = [1, "sleeps", "sleeps"]
    mapping = map_items(work, items, SMALL, 2)
    assert next(mapping).result == 1
    mapping.close()  # type: ignore[attr-defined]
    assert not [one for one in psutil.Process().children(recursive=True) if _works(one)]


def _works(process: psutil.Process) -> bool:
    """Whether a process is a worker: of the helpers of multiprocessing only they have a server of forks as parent, or
    are started afresh."""
    if process.status() == psutil.STATUS_ZOMBIE:
        return False
    parent = process.parent()
    forked = parent is not None and "forkserver" in " ".join(parent.cmdline())
    return forked or "spawn_main" in " ".join(process.cmdline())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="signals that end a process in native code")
def test_workers_end_when_their_parent_is_killed() -> None:
    code = (
        "from tests.test_engine import work, Limits, map_items\n"
        "list(map_items(work, ['sleeps', 'loops'], Limits(wall_s=6, cpu_s=1), 2))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parent.parent)
    watched = psutil.Process(parent.pid)
    while len(workers := [one for one in watched.children(recursive=True) if _works(one)]) < 2:
        time.sleep(0.05)
    time.sleep(0.5)
    parent.kill()
    parent.wait()
    gone, _ = psutil.wait_procs(workers, timeout=45)
    assert len(gone) == 2


@pytest.mark.parametrize(
    ("gigabytes", "processors", "limit", "workers"), [(4, 4, None, 2), (8, 4, None, 4), (64, 64, None, 8), (1, 8, 5, 1)]
)
def test_workers_fit_the_machine(
    monkeypatch: pytest.MonkeyPatch, gigabytes: int, processors: int, limit: int | None, workers: int
) -> None:
    memory = type("Memory", (), {"total": gigabytes * 1024**3})
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    assert count_workers(limit) == workers


def test_the_engine_costs_nothing_to_import() -> None:
    code = "import sys, litreview.engine; sys.exit('multiprocessing' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
