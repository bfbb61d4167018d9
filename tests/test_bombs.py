"""Bombs end within the limits with a status, print nothing, and cost their neighbours nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from litreview.documents.many import map_reports
from litreview.documents.model import STATUSES, FileStatus, ReadResult
from litreview.documents.read import ReadJob, read_report
from litreview.engine import Limits
from tests import bomb_making as bombs
from tests.pdf_making import FULL, lines, make_pdf

TIGHT = Limits(wall_s=120, cpu_s=3, memory_bytes=500_000_000)
QUICK = (
    bombs.own_form, bombs.announced_pages, bombs.too_many_announced, bombs.looping_pages, bombs.huge_page,
    bombs.odd_page, bombs.deep_arrays, bombs.looping_objects, bombs.huge_table, bombs.jbig2_picture, bombs.many_filters,
)  # fmt: skip
SLOW = tuple(bomb for bomb in bombs.BOMBS if bomb not in QUICK)


def job(*paths: Path) -> ReadJob:
    return ReadJob(str(paths[0].parent), paths[0].name, tuple(path.name for path in paths))


def read_together(paths: list[Path]) -> list[ReadResult | str]:
    """Results, or how reading failed, by one worker, so that all wait behind each other."""
    found = map_reports(read_report, [job(path) for path in paths], TIGHT, workers=1)
    return [outcome.result or outcome.failure for outcome in found]


def neighbours(folder: Path) -> list[Path]:
    return [make_pdf(folder / f"n{i}.pdf", [lines([f"{FULL} {i} {j}." for j in range(30)])] * 3) for i in range(2)]


def check(bomb: Callable[[Path], Path], folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = bomb(folder / "bomb.pdf")
    first, last = neighbours(folder)
    alone = read_together([first, last])
    assert all(isinstance(one, ReadResult) and one.document for one in alone)
    before, found, after = read_together([first, path, last])
    assert [before, after] == alone
    if isinstance(found, ReadResult):
        assert found.files[0].status in STATUSES
    else:
        assert found in ("timeout", "memory", "died")
    assert capfd.readouterr() == ("", "")
    path.unlink()


@pytest.mark.parametrize("bomb", QUICK)
def test_small_bombs(bomb: Callable[[Path], Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    check(bomb, tmp_path, capfd)


@pytest.mark.slow
@pytest.mark.parametrize("bomb", SLOW)
def test_bombs(bomb: Callable[[Path], Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    check(bomb, tmp_path, capfd)


def test_memory_that_mupdf_is_refused_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise RuntimeError("code=2: malloc (2457616896 bytes) failed")

    monkeypatch.setattr("litreview.documents.read.read_page", refuse)
    found = read_report(job(make_pdf(tmp_path / "a.pdf", [lines([FULL])]))).files[0]
    assert (found.status, str(found.why)[:35]) == ("too-large", "Page 1 needs too much memory. Save ")


def breaks_on_two(job: ReadJob) -> ReadResult:
    """`read_report`, whose worker dies at a file named BAB II."""
    if any(name == "BAB II.pdf" for name in job.files) and "BAB II.pdf" not in job.refused:
        os._exit(3)
    return read_report(job)


def test_a_file_that_breaks_its_worker_costs_its_thesis_only_itself(tmp_path: Path) -> None:
    names = ("BAB I.pdf", "BAB II.pdf", "BAB III.pdf")
    parts = [make_pdf(tmp_path / name, [lines([f"{FULL} {name}."])]) for name in names]
    other = make_pdf(tmp_path / "other.pdf", [lines([FULL])])
    thesis, alone = map_reports(breaks_on_two, [job(*parts), job(other)], TIGHT)
    assert thesis.result is not None
    assert [file.status for file in thesis.result.files] == ["ready", "damaged", "ready"]
    assert thesis.result.document is not None
    assert [page.file for page in thesis.result.document.pages] == [0, 2]
    assert alone.result == read_report(job(other))


@pytest.mark.slow
def test_hostile_files_have_a_status_and_print_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    data = os.environ.get("LITREVIEW_TEST_DATA")
    if not data:
        pytest.skip("LITREVIEW_TEST_DATA names no folder of test data")
    paths = sorted((Path(data) / "pdf" / "hostile").iterdir())
    found = list(map_reports(read_report, [job(path) for path in paths]))
    assert [one.failure for one in found if one.failure] == []
    statuses: list[FileStatus] = [one.result.files[0] for one in found if one.result]
    assert len(statuses) == len(paths)
    assert {one.status for one in statuses} <= set(STATUSES)
    assert [one.path for one in statuses if one.status != "ready" and not one.reason] == []
    assert capfd.readouterr() == ("", "")
    for path in paths:  # in this process too
        read_report(job(path))
    assert capfd.readouterr() == ("", "")
