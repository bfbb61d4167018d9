"""How long a ranking takes with many records, beside ASReview's fit and ranking of the same records and labels."""

from __future__ import annotations

import csv
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.screening_runs import ask_peer
from litreview.screening.features import Rankable
from litreview.screening.labelled import read_labelled
from litreview.screening.ranking import Ranker

SIZES = (10_000, 100_000)
PEER_SIZE = 10_000  # ASReview's own figures are of this size
LABELS = (200, 1_000, 3_000)
INCLUDED_SHARE = 20  # one label of so many is an include
ROUNDS = 9


def speed_table(folder: Path, names: Sequence[str], asreview: str) -> str:
    """Median milliseconds of a ranking after so many labels; preparing, and memory, told apart."""
    labels = " | ".join(f"{count:,} labels, ms" for count in LABELS)
    rows = [f"| records | tool | prepared once, s | most memory, MB | {labels} |"]
    rows.append("| --- " * (4 + len(LABELS)) + "|")
    for size in SIZES:
        records, included = repeat_records(folder, names, size)
        drawn = [draw_labels(records, included, count) for count in LABELS]
        begin = time.perf_counter()
        ranker = Ranker(records)
        prepared = time.perf_counter() - begin
        times = [median(_once_ms(ranker, told) for _ in range(ROUNDS)) for told in drawn]
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
        rows.append(_row(size, "litreview", prepared, peak_mb, times))
        if asreview and size == PEER_SIZE:
            peer = _peer(asreview, records, drawn)
            rows.append(_row(size, "asreview", peer["prepared_s"], peer["peak_mb"], peer["medians_ms"]))
    return "\n".join(rows)


def repeat_records(folder: Path, names: Sequence[str], size: int) -> tuple[list[Rankable], set[str]]:
    """So many records, the sets one after the other as often as needed; included are those of the last set."""
    sets = [read_labelled(folder / f"{name}.csv") for name in names]
    records: list[Rankable] = []
    included = set()
    while len(records) < size:
        for labelled in sets:
            for record in labelled.records:
                id_ = f"{len(records):06d}"
                records.append(Rankable(id_, record.title, record.abstract, record.more))
                if labelled is sets[-1] and record.id in labelled.included:
                    included.add(id_)
    return records[:size], included & {record.id for record in records[:size]}


def draw_labels(records: Sequence[Rankable], included: set[str], count: int) -> dict[str, bool]:
    """Labels of so many records, a twentieth of them included where there are as many."""
    draw = random.Random(count)
    ones = draw.sample(sorted(included), min(len(included), count // INCLUDED_SHARE))
    others = draw.sample([record.id for record in records if record.id not in included], count - len(ones))
    return {**dict.fromkeys(ones, True), **dict.fromkeys(others, False)}


def _once_ms(ranker: Ranker, labels: dict[str, bool]) -> float:
    begin = time.perf_counter()
    ranker.rank(labels)
    return 1000 * (time.perf_counter() - begin)


def _peer(python: str, records: Sequence[Rankable], drawn: Sequence[dict[str, bool]]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        table, labels = Path(folder) / "records.csv", Path(folder) / "labels.json"
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["record_id", "title", "abstract"])
            writer.writerows([record.id, record.title, record.abstract] for record in records)
        labels.write_text(json.dumps(drawn), encoding="utf-8")
        told: dict[str, Any] = json.loads(ask_peer(python, str(table), "--labels", str(labels)))
        return told


def _row(size: int, tool: str, prepared: float, peak_mb: float, times: Sequence[float]) -> str:
    cells = [f"{size:,}", tool, f"{prepared:.1f}", f"{peak_mb:.0f}", *(f"{ms:.1f}" for ms in times)]
    return f"| {' | '.join(cells)} |"
