"""How long reading takes, as a multiple of PyMuPDF's own extraction of words from the same pages.

    python -m benchmarks.ingest [FOLDER] [--rounds N] [--peers]

Processor time of one worker, garbage collection off as in the reader, the median of several rounds; each round
measures all readers one after the other, file by file, so that a busy machine slows them alike. Opening the file is in
all of them. With `--peers` other libraries stand beside ours; then every reader is also run over all files in a process
of its own for its peak of memory, and over one and two workers for the seconds by the clock.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import logging
import multiprocessing
import os
import sys
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil
import pymupdf

from benchmarks.readers import OURS, PEERS
from litreview.documents.packed import read_packed
from litreview.documents.read import ReadJob, read_report
from litreview.engine import Limits, map_items
from litreview.files import hash_file
from litreview.index import Index
from litreview.pipeline.kept import Kept

Reader = Callable[[Path], int]
_COUNT = itertools.count()
_GENEROUS = Limits(wall_s=600, cpu_s=600, memory_bytes=8_000_000_000)


def ingest_whole(path: Path, index: Index) -> int:
    """The whole read with the file's hash, packed and kept in the index, its sentences ready for the search; returns
    the number of pages. Each time it is another report to the index, since one that is read again must first be taken
    out of the search."""
    digest = hash_file(path)
    report = f"{path.name} {next(_COUNT)}"
    packed = read_packed(ReadJob(str(path.parent), report, (path.name,), (digest,)))
    with index.batch() as batch:
        brief = Kept(index, {report: report}, {}).keep(batch, report, packed)
    return sum(f.pages for f in brief.files)


def measure(paths: Sequence[Path], rounds: int, readers: Mapping[str, Reader]) -> dict[str, float]:
    """Median seconds of processor time over all files for each reader, and `pages`; the first round is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in readers}
    pages = 0
    for _ in range(rounds + 1):
        of_round = dict.fromkeys(seconds, 0.0)
        pages = 0
        for path in paths:
            for name, reader in readers.items():
                started = time.process_time()
                count = reader(path)
                of_round[name] += time.process_time() - started
            pages += count
        gc.collect()
        for name, spent in of_round.items():
            seconds[name].append(spent)
    return {"pages": float(pages)} | {name: median(all_rounds[1:]) for name, all_rounds in seconds.items()}


def measure_memory(paths: Sequence[Path], reader: Reader) -> float:
    """The most resident memory that a fresh process had while it read all files, in megabytes, looked at from outside
    every few milliseconds."""
    worker = multiprocessing.get_context("spawn").Process(target=_read_all, args=(list(paths), reader))
    worker.start()
    watched = psutil.Process(worker.pid)
    peak = 0
    while worker.is_alive():
        with suppress(psutil.Error):
            peak = max(peak, watched.memory_info().rss)
        worker.join(0.005)
    return peak / 1e6


def _read_all(paths: Sequence[Path], reader: Reader) -> None:
    _silence()
    for path in paths:
        reader(path)


def measure_clock(paths: Sequence[Path], reader: Reader, workers: int) -> float:
    """Seconds by the clock over all files in `workers` processes, their start included."""
    started = time.perf_counter()
    failed = [one.failure for one in map_items(reader, paths, _GENEROUS, workers) if one.failure]
    if failed:
        raise RuntimeError(f"{failed[0]}")
    return time.perf_counter() - started


def find_files(argument: str | None) -> list[Path]:
    """The PDFs of a folder, or of the test data's articles, or of this review's corpus, that can be read."""
    if argument:
        folders = [Path(argument)]
    elif os.environ.get("LITREVIEW_TEST_DATA"):
        data = Path(os.environ["LITREVIEW_TEST_DATA"]) / "pdf"
        folders = [data / "academic", data / "indonesian"]
    else:
        folders = [Path("corpus")]
    return [path for folder in folders for path in sorted(folder.rglob("*.pdf")) if _opens(path)]


def _opens(path: Path) -> bool:
    return read_report(ReadJob(str(path.parent), path.name, (path.name,))).document is not None


def _silence() -> None:
    """What peers say of fonts is not measured."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    logging.disable(logging.ERROR)
    warnings.simplefilter("ignore")


def main() -> int:
    """Measure and print; exit status 1 when there is nothing to read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    _silence()
    paths = find_files(options.folder)
    if not paths:
        sys.stderr.write("No PDF that can be read was found.\n")
        return 1
    gc.disable()
    with TemporaryDirectory() as folder, Index(Path(folder) / "index.db") as index:
        readers: dict[str, Reader] = {**OURS, "whole-ingest": partial(ingest_whole, index=index)}
        readers |= PEERS if options.peers else {}
        found = measure(paths, options.rounds, readers)
    ratios = {name: found[name] / found["words"] for name in readers}
    more = _measure_apart(paths) if options.peers else {}
    if options.json:
        sys.stdout.write(json.dumps({"files": len(paths), **found, "ratios": ratios, "apart": more}) + "\n")
        return 0
    sys.stdout.write(f"{len(paths)} files, {found['pages']:.0f} pages, median of {options.rounds} rounds\n\n")
    sys.stdout.write(_table(found, ratios, more))
    return 0


def _measure_apart(paths: Sequence[Path]) -> dict[str, dict[str, float]]:
    """Memory, and the clock of one and two workers, for every reader that can be sent to a process."""
    return {
        name: {
            "peak_mb": measure_memory(paths, reader),
            "one_worker_s": measure_clock(paths, reader, 1),
            "two_workers_s": measure_clock(paths, reader, 2),
        }
        for name, reader in (OURS | PEERS).items()
    }


def _table(found: Mapping[str, float], ratios: Mapping[str, float], more: Mapping[str, Mapping[str, float]]) -> str:
    """Markdown, as it stands in the docs."""
    heads = ["reader", "seconds", "pages/s", "× words"]
    if more:
        heads += ["peak MB", "one worker, s", "two workers, s"]
    lines = [heads, ["---"] * len(heads)]
    for name, ratio in ratios.items():
        row = [name, f"{found[name]:.3f}", f"{found['pages'] / found[name]:.0f}", f"{ratio:.2f}"]
        apart = more.get(name)
        if more:
            row += [f"{apart[k]:.1f}" for k in ("peak_mb", "one_worker_s", "two_workers_s")] if apart else ["", "", ""]
        lines.append(row)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    raise SystemExit(main())
