"""Killed at any moment, the next `litreview ingest` goes on from there and finds the same."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner

from litreview.cli import main
from litreview.documents.model import ReadResult
from litreview.pipeline.progress import Progress
from litreview.pipeline.run import open_state
from litreview.review import Review
from tests.pdf_making import FULL, lines, make_pdf

FILES = 24
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A review with some documents, one of them damaged, not read yet."""
    folder = tmp_path_factory.mktemp("kills") / "review"
    assert CliRunner().invoke(main, ["init", str(folder)]).exit_code == 0
    for i in range(FILES):
        pages = [lines([f"{FULL} {i} {page} {line}." for line in range(40)]) for page in range(3)]
        make_pdf(folder / "corpus" / f"{i:03}.pdf", pages)
    (folder / "corpus" / "cut.pdf").write_bytes(b"%PDF-1.4 lost")
    return folder


def read(folder: Path) -> dict[str, ReadResult]:
    """Every report as the index has it after reading what is due."""
    review = Review.open(folder)
    with review.open_index() as index:
        fresh = open_state(review.opened, index, Progress()).fresh
        return {report: fresh[report] for report in fresh}


def start(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "litreview", "ingest", str(folder), "--quiet"]
    return subprocess.Popen(command, cwd=Path(__file__).parent.parent)


@pytest.fixture(scope="module")
def uninterrupted(review: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReadResult]:
    folder = tmp_path_factory.mktemp("whole") / "review"
    shutil.copytree(review, folder)
    found = read(folder)
    assert len(found) == FILES + 1
    return found


@pytest.mark.parametrize("seed", range(2))
def test_the_parent_is_killed(review: Path, uninterrupted: dict[str, ReadResult], tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "review"
    shutil.copytree(review, folder)
    draw = random.Random(seed)
    for _ in range(3):
        process = start(folder)
        time.sleep(draw.uniform(0.3, 4))
        process.kill()
        process.wait()
    process = start(folder)
    assert process.wait(timeout=300) == 0
    assert read(folder) == uninterrupted


@pytest.mark.parametrize("seed", range(2))
def test_workers_are_killed(review: Path, uninterrupted: dict[str, ReadResult], tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "review"
    shutil.copytree(review, folder)
    draw = random.Random(seed)
    process = start(folder)
    while process.poll() is None:
        time.sleep(draw.uniform(0.1, 0.6))
        with suppress(psutil.Error):
            below = [one for one in psutil.Process(process.pid).children(recursive=True) if _is_worker(one)]
            if below:
                draw.choice(below).kill()
    assert process.returncode == 0
    assert read(folder) == uninterrupted


def _is_worker(process: psutil.Process) -> bool:
    line = " ".join(process.cmdline())
    parent = process.parent()
    return "spawn_main" in line or (parent is not None and "forkserver" in " ".join(parent.cmdline()))
