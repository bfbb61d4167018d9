"""Deduplication: litreview against bib-dedupe on the same labelled records, and how time and memory grow.

    python -m benchmarks.dedupe [FOLDER] [--peer PYTHON] [--rounds N] [--sizes N …]

Sets are the CSV files of FOLDER (default: `dedup/` of the folder that `LITREVIEW_TEST_DATA` names) with a column
`cluster_id`, the same for records of one publication; the traps of the tests; and a made set of 3,000 records. Records
that should be removed: all but one of each cluster. Found: members of a group beyond the first of their cluster in it;
wrongly removed: clusters in a group beyond the first. Each side runs in a process of its own; seconds are of the
processor, of finding alone (reading and importing not counted), the median of the rounds; the most memory is of the
whole process. `--peer` names a Python that has bib-dedupe, where this one has not. With `--sizes`, litreview alone
runs on made sets of those sizes.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psutil

from benchmarks.dedupe_making import write

HERE = Path(__file__).parent
TRAPS = HERE.parent / "tests" / "data" / "dedupe_traps.csv"
MADE_RECORDS, SEED = 3_000, 1
RECORDS_A_FILE = 50_000


class Side(NamedTuple):
    """What one side made of a set."""

    found: int
    wrong: int
    missed: int
    seconds: float
    peak_mb: float
    unsure: int

    @property
    def counts(self) -> str:
        """Found / wrongly removed / missed."""
        return f"{self.found}/{self.wrong}/{self.missed}"


def read_clusters(path: Path) -> dict[str, str]:
    """The cluster of each record id."""
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8", newline="") as file:
        return {row["record_id"]: row["cluster_id"] for row in csv.DictReader(file)}


def score(groups: Sequence[Sequence[str]], clusters: dict[str, str]) -> tuple[int, int, int]:
    """Records found, wrongly removed and missed, whichever member of a group is kept."""
    kinds = [Counter(clusters[member] for member in group) for group in groups]
    found = sum(count - 1 for kind in kinds for count in kind.values())
    wrong = sum(len(kind) - 1 for kind in kinds)
    return found, wrong, len(clusters) - len(set(clusters.values())) - found


def run(command: Sequence[str | Path], path: Path, rounds: int) -> Side:
    """One side over a set: its groups, the median of the seconds and the most memory."""
    told = [
        json.loads(
            subprocess.run([*command, path], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        )
        for _ in range(rounds)
    ]
    found, wrong, missed = score(told[0]["groups"], read_clusters(path))
    seconds = median(one["seconds"] for one in told)
    return Side(found, wrong, missed, seconds, max(one["peak_mb"] for one in told), told[0].get("unsure", 0))


def find_groups(paths: Sequence[Path]) -> dict[str, object]:
    """litreview's groups over CSV files, its seconds and the most memory: what its own process prints."""
    import resource
    import time

    from litreview.pipeline.deduping import read_records
    from litreview.pipeline.progress import Progress
    from litreview.records.dedupe import find_duplicates
    from litreview.records.model import Record

    find_duplicates([Record(str(n), "", "", title="A title of several words") for n in range(2)])  # imports
    begun = time.process_time()
    _, records, _ = read_records(paths, Progress())
    read = time.process_time()
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = find_duplicates(records)
    done = time.process_time()
    return {"groups": [group.members for group in found.groups], "seconds": done - read, "reading": read - begun,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "reading_mb": held,
            "unsure": len(found.unsure), "one_study": len(found.studies)}  # fmt: skip


OURS: tuple[str | Path, ...] = (sys.executable, "-m", "benchmarks.dedupe", "--one")


def pair_table(sets: Sequence[tuple[str, Path]], peer: str, rounds: int) -> Iterator[str]:
    """Lines of a table: each set, both sides."""
    yield "| set | records | to remove | litreview | unsure | s | MB | bib-dedupe | s | MB | its time / ours |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for name, path in sets:
        clusters = read_clusters(path)
        ours = run(OURS, path, rounds)
        wanted = len(clusters) - len(set(clusters.values()))
        line = (f"| {name} | {len(clusters)} | {wanted} | {ours.counts} | {ours.unsure} | {ours.seconds:.2f} | "
                f"{ours.peak_mb:.0f} |")  # fmt: skip
        if peer:
            theirs = run((peer, HERE / "dedupe_peer.py"), path, rounds)
            ratio = theirs.seconds / ours.seconds
            line += f" {theirs.counts} | {theirs.seconds:.1f} | {theirs.peak_mb:.0f} | {ratio:.0f} |"
        yield line if peer else f"{line} not at hand | | | |"


def growth_table(sizes: Sequence[int], folder: Path) -> Iterator[str]:
    """Lines of a table: made sets of growing size, litreview alone."""
    yield "| made records | files | found/wrong/missed | unsure | one study | s | µs a record | reading, s | MB |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for size in sizes:
        paths = [folder / f"made-{number}.csv" for number in range(-(-size // RECORDS_A_FILE))]
        write(paths, size, SEED)
        told = json.loads(subprocess.run([*OURS, *paths], check=True, stdout=subprocess.PIPE).stdout)
        clusters = {one: cluster for path in paths for one, cluster in read_clusters(path).items()}
        counts = "/".join(map(str, score(told["groups"], clusters)))
        each = told["seconds"] / size * 1e6
        pairs = f"{told['unsure']:,} | {told['one_study']:,}"
        yield (f"| {size:,} | {len(paths)} | {counts} | {pairs} | {told['seconds']:.1f} | {each:.0f} | "
               f"{told['reading']:.1f} | {told['peak_mb']:.0f} |")  # fmt: skip
        for path in paths:
            path.unlink()


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, nargs="*", help="a folder of labelled sets")
    parser.add_argument("--peer", default=sys.executable if importlib.util.find_spec("bib_dedupe") else "")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--sizes", type=int, nargs="*", default=[])
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(find_groups(given.folder)))
        return
    data = os.environ.get("LITREVIEW_TEST_DATA", "")
    folder = given.folder[0] if given.folder else (Path(data) / "dedup" if data else None)
    with tempfile.TemporaryDirectory() as aside:
        made = Path(aside) / "made.csv"
        write([made], MADE_RECORDS, SEED)
        labelled = sorted(folder.glob("*.csv")) if folder else []
        sets = [*((path.stem, path) for path in labelled), ("traps of the tests", TRAPS), ("made", made)]
        for line in chain(pair_table(sets, given.peer, given.rounds), [""], growth_table(given.sizes, Path(aside))):
            print(line, flush=True)
    print(f"\n{psutil.cpu_count()} cores, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
