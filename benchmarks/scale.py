"""Whether a document costs the same among ten thousand as among a hundred, and how fast their sentences are searched.

    python -m benchmarks.scale [--documents 100 1000 10000] [--folder FOLDER]

The articles of the test data (`LITREVIEW_TEST_DATA`, pdf/academic) are repeated under new names and with other bytes (a
comment behind the end), and `litreview ingest` reads them as a process of its own. Told are processor seconds a PDF of
that process and its workers, the most memory that the process and the largest worker held (sampled), and the index's
size. Then fifty queries of two or three words of one sentence (a seeded draw) are searched in this process: with the
file cache warm, and with the index put out of the file cache before each; and the words that stand in most sentences
and in some 7.5 % of them. Medians; on a shared machine the clock tells little, so the processor's time is told beside
it. The folder (default: a temporary one) needs 1 MB a document.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

import psutil

from litreview.index import Index, index_path
from litreview.language.searching import fold, folded_words
from litreview.pipeline.search import SearchOptions, search
from litreview.shipped import create_review

QUERIES = 50
SAMPLE_S = 0.2
COMMON = 0.075  # a word of this share of the sentences


class Ingested(NamedTuple):
    """What an ingest of `documents` cost: by the clock, of the processor, and in memory."""

    documents: int
    clock_s: float
    cpu_s: float
    parent_bytes: int
    worker_bytes: int
    index_bytes: int


class Searched(NamedTuple):
    """Sentences in the index, and milliseconds of searching them; `cpu` of the processor, else by the clock."""

    sentences: int
    warm_cpu_ms: float
    warm_ms: float
    cold_ms: float
    common: tuple[tuple[str, int, float, float], ...]  # word, sentences with it, ms (processor, clock) for twenty
    command_cpu_s: float
    command_s: float


def make_review(folder: Path, number: int) -> None:
    """A review of `number` PDFs, no two of the same bytes."""
    create_review(folder)
    sources = [path.read_bytes() for path in sorted((Path(os.environ["LITREVIEW_TEST_DATA"]) / "pdf" / "academic")
                                                    .glob("*.pdf"))]  # fmt: skip
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for i in range(number):
        (corpus / f"study-{i:05}.pdf").write_bytes(sources[i % len(sources)] + f"\n% copy {i}\n".encode())


def ingest(folder: Path, number: int) -> Ingested:
    """Ingest as a process of its own, watched. Raises `CalledProcessError` when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    command = [sys.executable, "-m", "litreview", "ingest", str(folder), "--json"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        parent, worker, seen = _watch(process)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    clock = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    waited = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ingested(number, clock, max(waited, seen), parent, worker, index_path(folder).stat().st_size)


def _watch(process: subprocess.Popen[bytes]) -> tuple[int, int, float]:
    """The most bytes of the process, of one of its workers, and the processor seconds that were seen of all."""
    parent = worker = 0
    seconds: dict[tuple[int, float], float] = {}
    top = psutil.Process(process.pid)
    while process.poll() is None:
        for one in (top, *_children(top)):
            try:
                held, times = one.memory_info().rss, one.cpu_times()
                seconds[one.pid, one.create_time()] = times.user + times.system
            except psutil.Error:
                continue
            if one is top:
                parent = max(parent, held)
            else:
                worker = max(worker, held)
        time.sleep(SAMPLE_S)
    return parent, worker, sum(seconds.values())


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def measure_search(folder: Path) -> Searched:
    """Search as a notebook would, in this process."""
    with Index(index_path(folder)) as index:
        queries = list(_draw(index))
        common = _common_words(index)
        cold = [_timed(partial(_search_cold, folder, query)) for query in queries]
        for query in queries:
            search(index, query)
        warm = [_timed(partial(search, index, query)) for query in queries]
        told = tuple((word, count, *_median([_timed(partial(search, index, word)) for _ in range(5)]))
                     for word, count in common)  # fmt: skip
        with index.reading() as connection:
            (sentences,) = connection.execute("select count(*) from sentences").fetchone()
    command = [_run_search(folder, query) for query in queries[:5]]
    return Searched(sentences, *_median(warm), _median(cold)[1], told, *_median(command))


def _timed(function: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of the processor and by the clock."""
    begun, spent = time.perf_counter(), time.process_time()
    function()
    return (time.process_time() - spent) * 1000, (time.perf_counter() - begun) * 1000


def _median(times: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return median(cpu for cpu, _ in times), median(clock for _, clock in times)


def _run_search(folder: Path, query: str) -> tuple[float, float]:
    """Seconds of the whole command, its interpreter's start with it: of the processor and by the clock."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "litreview", "search", query, str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - begun
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock


def _search_cold(folder: Path, query: str) -> None:
    path = index_path(folder)
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    with Index(path) as index:
        search(index, query)


def _draw(index: Index) -> Iterator[str]:
    """Queries of two or three words of one sentence: every sentence that a word stands in is as likely as another."""
    draw = random.Random(20)
    with index.reading() as connection:
        (last,) = connection.execute("select max(number) from searched").fetchone()
    made = 0
    while made < QUERIES:
        report = draw.randint(1, last)
        found = search(index, draw.choice(["the", "of", "in", "and"]),
                       SearchOptions(limit=100, report=_report(index, report)))  # fmt: skip
        words = [w for w in folded_words(fold(draw.choice(found.hits).text)) if len(w) > 3 and w.isalpha()]
        if len(words) > 3:
            yield " ".join(draw.sample(words, draw.choice((2, 3))))
            made += 1


def _report(index: Index, number: int) -> str:
    with index.reading() as connection:
        row = connection.execute("select report from searched where number >= ? limit 1", (number,)).fetchone()
    return str(row[0])


def _common_words(index: Index) -> list[tuple[str, int]]:
    """The word of most sentences, and the one nearest to 7.5 % of them."""
    with index.reading() as connection:
        (sentences,) = connection.execute("select count(*) from sentences").fetchone()
        words = connection.execute("select term, doc from words where doc > ? and length(term) > 2", (sentences / 50,))
        counted = [(word, min(count, sentences)) for word, count in words if word.isalpha()]
    kinds = {"introduction", "theory", "method", "results", "discussion", "conclusion", "other", "front", "abstract"}
    counted = [one for one in counted if one[0] not in kinds]
    return [max(counted, key=lambda one: one[1]), min(counted, key=lambda one: abs(one[1] - COMMON * sentences))]


def tell(ingested: Sequence[Ingested], searched: Sequence[Searched]) -> None:
    """Print the tables."""
    first = ingested[0]
    print("| PDFs | clock s | processor ms a PDF | × first | parent MB | worker MB | index kB a PDF |")
    print("|---|---|---|---|---|---|---|")
    for one in ingested:
        cost = one.cpu_s / one.documents
        times = cost / (first.cpu_s / first.documents)
        print(f"| {one.documents} | {one.clock_s:.0f} | {cost * 1000:.0f} | {times:.2f}"
              f" | {one.parent_bytes / 1e6:.0f} | {one.worker_bytes / 1e6:.0f}"
              f" | {one.index_bytes / one.documents / 1e3:.0f} |")  # fmt: skip
    print("\n| PDFs | sentences | warm: processor ms | by the clock | cold | first 20 of a common word | command s |")
    print("|---|---|---|---|---|---|---|")
    for one, found in zip(ingested, searched, strict=True):
        common = "; ".join(f"{word} ({count}): {cpu:.0f} ({clock:.0f}) ms" for word, count, cpu, clock in found.common)
        print(f"| {one.documents} | {found.sentences} | {found.warm_cpu_ms:.1f} | {found.warm_ms:.1f}"
              f" | {found.cold_ms:.1f} | {common} | {found.command_cpu_s:.2f} ({found.command_s:.2f}) |")  # fmt: skip


def main() -> int:
    """Measure and print; exit status 1 without test data."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[100, 1000, 10000])
    parser.add_argument("--folder", type=Path, help="Where to work, and to leave the reviews.")
    options = parser.parse_args()
    if not os.environ.get("LITREVIEW_TEST_DATA"):
        sys.stderr.write("LITREVIEW_TEST_DATA names no folder with PDFs.\n")
        return 1
    ingested, searched = [], []
    for number in options.documents:
        with TemporaryDirectory() as temporary:
            folder = (options.folder or Path(temporary)) / f"review-{number}"
            make_review(folder, number)
            ingested.append(ingest(folder, number))
            searched.append(measure_search(folder))
            print(ingested[-1], searched[-1], flush=True)
    tell(ingested, searched)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
