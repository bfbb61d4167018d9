"""Bombs and broken files through the workers: seconds, memory, status; who crashed, what was printed.

python -m benchmarks.hostile [FOLDER]: the bombs of `tests/bomb_making.py`, made afresh; then every file of FOLDER
(default: `pdf/hostile` of the folder that LITREVIEW_TEST_DATA names).
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

import psutil

from litreview.documents.many import map_reports
from litreview.documents.model import FileStatus
from litreview.documents.read import ReadJob, read_report
from litreview.engine import Limits
from litreview.pipeline.reading import failed_status
from tests.bomb_making import BOMBS

LIMITS = Limits(wall_s=600)  # so that a busy machine changes nothing: processor time and memory are what counts
EVERY_S = 0.02


class Watch:
    """The most memory and processor time that a process below this one was seen to use."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.peak_bytes = 0
        self.cpu_s = 0.0

    def look(self) -> None:
        """Until done, in a thread."""
        before: dict[int, float] = {}
        while not self.done.wait(EVERY_S):
            for process in psutil.Process().children(recursive=True):
                with suppress(psutil.Error):
                    times = process.cpu_times()
                    used = times.user + times.system
                    self.cpu_s = max(self.cpu_s, used - before.setdefault(process.pid, used))
                    self.peak_bytes = max(self.peak_bytes, process.memory_info().rss)


@contextmanager
def watched() -> Iterator[Watch]:
    """Watch processes below this one."""
    watch = Watch()
    thread = threading.Thread(target=watch.look)
    thread.start()
    try:
        yield watch
    finally:
        watch.done.set()
        thread.join()


def job_of(path: Path) -> ReadJob:
    """The job of reading one file."""
    return ReadJob(str(path.parent), path.name, (path.name,))


def read_all(paths: list[Path]) -> list[FileStatus]:
    """Each file's status."""
    found = []
    for outcome in map_reports(read_report, [job_of(path) for path in paths], LIMITS):
        name = paths[outcome.index].name
        found.append(outcome.result.files[0] if outcome.result else failed_status(name, name, outcome.failure))
    return found


def show_bombs() -> None:
    """A line for each bomb, alone in its worker."""
    sys.stdout.write("| bomb | kB | processor s | peak MB | status | reason |\n|---|---|---|---|---|---|\n")
    with TemporaryDirectory() as folder:
        for bomb in BOMBS:
            path = bomb(Path(folder) / f"{bomb.__name__}.pdf")
            with watched() as watch:
                (found,) = read_all([path])
            size, peak = path.stat().st_size / 1000, watch.peak_bytes / 1e6
            name = (bomb.__doc__ or "").splitlines()[0].rstrip(".")
            sys.stdout.write(
                f"| {name} | {size:.0f} | {watch.cpu_s:.1f} | {peak:.0f} | {found.status} | {found.why} |\n"
            )
            sys.stdout.flush()
            path.unlink()


@contextmanager
def counted_errors() -> Iterator[list[int]]:
    """Bytes that this process and those below it write to the error stream, native ones too; told at the end."""
    found: list[int] = []
    kept = os.dup(2)
    with TemporaryFile() as file:
        os.dup2(file.fileno(), 2)
        try:
            yield found
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            found.append(file.seek(0, os.SEEK_END))


def show_files(folder: Path) -> None:
    """Every file of a folder: how many of each status, crashes, and what was printed."""
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    before = time.monotonic()
    with counted_errors() as errors, watched() as watch:
        found = read_all(paths)
    seconds = time.monotonic() - before
    counts = ", ".join(f"{status} {count}" for status, count in sorted(Counter(f.status for f in found).items()))
    crashed = sum("made the reader stop" in f.reason for f in found)
    sys.stdout.write(
        f"\n{len(found)} files of {folder.name} in {seconds:.0f} s: {counts}; workers that broke down {crashed},"
        f" bytes on stderr {errors[0]}, peak {watch.peak_bytes / 1e6:.0f} MB\n"
    )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    options = parser.parse_args()
    data = os.environ.get("LITREVIEW_TEST_DATA")
    folder = options.folder or (Path(data) / "pdf" / "hostile" if data else None)
    if folder:
        show_files(folder)
    show_bombs()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
