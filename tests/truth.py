"""The truth of the sample corpus, as the sources tell it."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def read_truth() -> dict[str, list[dict[str, str]]]:
    """Rows of `corpus/truth.csv` by kind."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (ROOT / "corpus" / "truth.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row["kind"]].append(row)
    return rows
