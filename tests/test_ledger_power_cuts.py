"""Whatever moment the power is cut at, no judgment is lost whose saving was told; without the syncing some would be.

A seed tells one story: several lives of the program on one disk, each ended by a cut at a drawn call; in each, people
save judgments on their devices, alone or many at once, and now and then the disk refuses.
"""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from random import Random

import pytest

from litreview.errors import LedgerError
from litreview.ledger import Judgment, Ledger, read_ledger
from litreview.ledger.writing import Appender
from tests.disk_making import PowerCut, SimulatedDisk, UnsyncedDisk
from tests.ledger_making import coding

PEOPLE = (("ani", "laptop"), ("ani", "hp"), ("budi", "pc"))
ROOT = Path("review")


def tell(seed: int, kind: type[SimulatedDisk], folder: Path, lives: int = 3, threads: int = 1) -> int:
    """How many judgments whose saving was told are missing when the story of a seed has ended."""
    random = Random(seed)
    told: list[Judgment] = []
    tried: list[Judgment] = []
    survived: dict[Path, bytes] = {}
    for _ in range(lives):
        disk = kind(random, cut_at=random.randint(1, 60 * threads), fails=random.choice([0, 0, 25]))
        disk.take_over(survived)
        appender = Appender(ROOT / "judgments", disk)
        workers = [threading.Thread(target=_live, args=(appender, Random(seed), told, tried)) for _ in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        survived = disk.survive()
    read = {judgment.id: judgment for judgment in _read(survived, folder).judgments}
    assert all(read[key] in tried for key in read)
    return sum(judgment.id not in read for judgment in told)


def _live(appender: Appender, random: Random, told: list[Judgment], tried: list[Judgment]) -> None:
    try:
        for number in range(40):
            person, device = PEOPLE[random.randrange(len(PEOPLE))]
            made = [coding(person, device, memo="x" * random.randint(0, 30)) for _ in range(1 + number % 3)]
            tried.extend(made)
            try:
                appender.append(made)
            except LedgerError:
                continue
            told.extend(made)
    except PowerCut:
        return


def _read(survived: dict[Path, bytes], folder: Path) -> Ledger:
    shutil.rmtree(folder, ignore_errors=True)
    for path, content in survived.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return read_ledger(folder / ROOT / "judgments")


def lost_seeds(seeds: range, kind: type[SimulatedDisk], folder: Path, threads: int = 1) -> list[int]:
    return [seed for seed in seeds if tell(seed, kind, folder, threads=threads)]


def test_fifty_cuts_lose_nothing_that_was_told(tmp_path: Path) -> None:
    assert lost_seeds(range(50), SimulatedDisk, tmp_path / "disk") == []


@pytest.mark.slow
def test_a_thousand_cuts_lose_nothing_that_was_told(tmp_path: Path) -> None:
    assert lost_seeds(range(1000), SimulatedDisk, tmp_path / "disk") == []


@pytest.mark.slow
def test_cuts_under_many_that_save_at_once_lose_nothing_that_was_told(tmp_path: Path) -> None:
    assert lost_seeds(range(100), SimulatedDisk, tmp_path / "disk", threads=8) == []


def test_without_the_syncing_the_same_cuts_lose_judgments(tmp_path: Path) -> None:
    assert len(lost_seeds(range(50), UnsyncedDisk, tmp_path / "disk")) > 10


@pytest.mark.parametrize("names", [1, 2, 3])
def test_without_syncing_a_folder_the_same_cuts_lose_judgments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: int
) -> None:
    """The name of a new file, or of its folder, is lost like its bytes."""
    whole = SimulatedDisk.sync_folder

    def forgetful(disk: SimulatedDisk, folder: Path) -> None:
        if len(folder.parts) != names:
            whole(disk, folder)

    monkeypatch.setattr(SimulatedDisk, "sync_folder", forgetful)
    assert lost_seeds(range(50), SimulatedDisk, tmp_path / "disk")
