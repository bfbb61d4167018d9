"""Files that another program holds, or whose rights forbid reading: each costs itself only. Rights do not bind every
account that runs tests, so opening is made to fail."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from litreview.errors import UsageError
from litreview.pipeline.reading import CLOSED
from litreview.pipeline.summary import RunSummary
from litreview.review import Review
from litreview.shipped import create_review
from tests.pdf_making import FULL, lines, make_pdf

Lock = Callable[[str], None]


@pytest.fixture
def lock(monkeypatch: pytest.MonkeyPatch) -> Lock:
    """Closes every file or folder of a name."""
    closed: set[str] = set()
    plain_open, plain_scan = Path.open, os.scandir

    def opened(path: Path, *words: Any, **more: Any) -> Any:
        if path.name in closed:
            raise PermissionError(13, "Permission denied", str(path))
        return plain_open(path, *words, **more)

    def scanned(path: Any) -> Any:
        if not isinstance(path, int) and Path(path).name in closed:
            raise PermissionError(13, "Permission denied", str(path))
        return plain_scan(path)

    monkeypatch.setattr(Path, "open", opened)
    monkeypatch.setattr(os, "scandir", scanned)
    monkeypatch.setattr("litreview.files.FIRST_WAIT_S", 0)
    return closed.add


@pytest.fixture
def review(tmp_path: Path) -> Review:
    create_review(tmp_path)
    corpus = tmp_path / "corpus"
    for name in ("one.pdf", "two.pdf", "inner/three.pdf"):
        make_pdf(corpus / name, [lines([FULL, f"Ini berkas {name} di Kabupaten Tirtasari."] * 3)])
    ris = "TY  - JOUR\nTI  - Pendampingan\nPY  - 2020\nER  - \n"
    (corpus / "a.ris").write_text(ris, encoding="utf-8")
    return Review.open(tmp_path)


def troubled(summary: RunSummary) -> list[tuple[str, str]]:
    return [(file.path, file.reason) for file in summary.troubled]


@pytest.mark.parametrize("run_before", [False, True])
def test_a_pdf_that_cannot_be_opened_costs_itself_only(review: Review, lock: Lock, run_before: bool) -> None:
    if run_before:
        review.run()
    lock("one.pdf")
    summary = review.run()
    assert troubled(summary) == [("corpus/one.pdf", CLOSED.text)]
    assert summary.renewed
    assert (summary.reports_readable, summary.records) == (2, 1)


def test_a_file_that_opens_again_is_read_again(review: Review, monkeypatch: pytest.MonkeyPatch, lock: Lock) -> None:
    lock("one.pdf")
    review.run()
    monkeypatch.undo()
    assert review.run().reports_readable == 3


def test_an_export_that_cannot_be_opened_costs_itself_only(review: Review, lock: Lock) -> None:
    lock("a.ris")
    summary = review.run()
    assert (summary.reports_readable, summary.records) == (3, 0)


def test_a_folder_that_cannot_be_opened_costs_itself_only(review: Review, lock: Lock) -> None:
    lock("inner")
    assert review.run().reports_readable == 2


def test_a_review_cannot_be_begun_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("litreview.shipped.write_text", refuse)
    with pytest.raises(UsageError, match="Permission denied"):
        create_review(tmp_path / "new")


def test_a_review_cannot_be_begun_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="No review can be begun here"):
        create_review(tmp_path / "file" / "new")


def test_each_that_cannot_be_opened_is_told_once(review: Review, lock: Lock) -> None:
    for name in ("one.pdf", "a.ris", "inner"):
        lock(name)
    state = review.state()
    assert [file.path for file in state.unused] == ["corpus/a.ris", "corpus/inner/"]
    assert [file.path for file in state.statuses if file.status != "ready"] == ["corpus/one.pdf"]
