"""A bad item costs itself, not the run (law 7)."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import psutil
import pytest

from litreview import engine
from litreview.engine import Limits, Outcome, count_workers, map_items

SMALL = Limits(wall_s=20, cpu_s=1, memory_bytes=150_000_000)


def work(item: int | str) -> int:
    """What a worker does with an item: squares a number, or misbehaves as a word says."""
    match item:
        case "dies":
            os._exit(3)
        case "grows":
            return len(bytearray(2_000_000_000))
        case "grows slowly":
            kept = []
            while True:
                kept.append(os.urandom(5_000_000))
                time.sleep(0.02)
        case "loops":
            while True:
                pass
        case "sleeps":
            time.sleep(60)
        case "fails":
            raise ValueError("no such page")
    time.sleep(0.02 * (int(item) % 3))
    return int(item) ** 2


def outcomes(items: list[int | str], limits: Limits = SMALL, workers: int = 2) -> list[Outcome[int]]:
    return list(map_items(work, items, limits, workers))


def test_results_come_in_the_order_of_items() -> None:
    found = outcomes(list(range(12)))
    assert [(one.index, one.result, one.failure) for one in found] == [(i, i * i, "") for i in range(12)]


def test_nothing_starts_for_no_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pebble", None)  # importing it would fail
    assert outcomes([]) == []


def test_each_failure_costs_its_item_only() -> None:
    found = outcomes([1, "dies", 2, "fails", 3, "grows", 4, "loops", 5])
    assert [one.result for one in found] == [1, None, 4, None, 9, None, 16, None, 25]
    assert [one.failure for one in found if one.failure] == ["died", "ValueError: no such page", "memory", "timeout"]


def test_what_waits_for_ever_is_stopped_by_the_clock() -> None:
    found = outcomes(["sleeps", 2], Limits(wall_s=1, cpu_s=5, memory_bytes=150_000_000))
    assert [(one.result, one.failure) for one in found] == [(None, "timeout"), (4, "")]


def test_where_the_system_sets_no_limits_a_watch_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "SYSTEM_LIMITS", False)
    found = outcomes(["grows slowly", 2], Limits(wall_s=20, cpu_s=20, memory_bytes=80_000_000))
    assert [(one.result, one.failure) for one in found] == [(None, "memory"), (4, "")]


def test_leaving_early_stops_the_workers() -> None:
    items: list[int | str] = [1, "sleeps", "sleeps"]
    mapping = map_items(work, items, SMALL, 2)
    assert next(mapping).result == 1
    mapping.close()  # type: ignore[attr-defined]
    assert not [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())]


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
    code = "import sys, litreview.engine; sys.exit('pebble' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
