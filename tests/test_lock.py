"""Two runs in one review: the second one says so, and a run that was killed hinders nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from litreview.errors import LitreviewError
from litreview.lock import only_run
from litreview.review import Review
from litreview.shipped import create_review

HOLD = "import sys\nfrom pathlib import Path\nfrom litreview.lock import only_run\n" \
       "with only_run(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()"  # fmt: skip


@contextmanager
def another_process(lock: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_run_says_that_another_is_at_work(tmp_path: Path) -> None:
    create_review(tmp_path)
    review = Review.open(tmp_path)
    with another_process(tmp_path / ".litreview" / "run.lock"):
        with pytest.raises(LitreviewError, match=r"Another run is at work in this review, since \d{4}-") as caught:
            review.run()
        assert caught.value.exit_code == 1
        assert not (tmp_path / "outputs").exists()
    assert review.run().renewed  # the other one was killed


def test_a_lock_is_free_again_after_its_run(tmp_path: Path) -> None:
    lock = tmp_path / ".litreview" / "run.lock"
    for _ in range(2):
        with only_run(lock):
            pass
    assert lock.is_file()


def test_a_drive_that_knows_no_locks_goes_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(file: object) -> None:
        raise OSError(95, os.strerror(95))

    monkeypatch.setattr("litreview.lock._lock", unknown)
    with only_run(tmp_path / "run.lock"), only_run(tmp_path / "run.lock"):
        pass


def test_where_nothing_can_be_written_the_run_itself_tells_of_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with only_run(tmp_path / "file" / "run.lock"):
        pass
