"""Scores of what the reader understood of the synthetic corpus, against what `corpus/truth.csv` says was set."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from benchmarks.reading_scores import Scores
from benchmarks.reading_words import words
from litreview.documents.grouping import group_files
from litreview.documents.model import Document
from litreview.documents.read import ReadJob, read_report

ROOT = Path(__file__).resolve().parent.parent
_FACTS = ("title", "year", "language", "doi")


def score_corpus() -> Scores:
    """Title, year, language and DOI of every report of the corpus that has a text."""
    truths = _read_truth()
    scores = Scores()
    for report in group_files([file for file in truths if file.endswith(".pdf")]):
        document = read_report(ReadJob(str(ROOT), report.report, report.files)).document
        if document is not None:
            _score(report.report, truths[report.files[0]], document, scores)
    return scores


def _read_truth() -> dict[str, dict[str, str]]:
    truth: dict[str, dict[str, str]] = defaultdict(dict)
    with (ROOT / "corpus" / "truth.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] == "file":
                truth[row["file"]][row["key"]] = row["value"]
    return truth


def _score(report: str, truth: dict[str, str], document: Document, scores: Scores) -> None:
    said = document.metadata
    printed = document.text.lower()
    found = {
        "title": said.title.value if said.title else "",
        "year": said.year.value if said.year else "",
        "language": said.language,
        "doi": said.doi.value if said.doi else "",
    }
    for fact in _FACTS:
        asked = truth.get(fact)
        if not asked or (fact == "doi" and asked not in printed):  # known from elsewhere, not printed
            continue
        scores.add(fact, words(found[fact]) == words(asked), f"{report}: {found[fact]!r}, set {asked!r}")
