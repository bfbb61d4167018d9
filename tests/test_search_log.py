"""The search log against the exports: what agrees is not told, what differs is, by file or by database."""

from __future__ import annotations

from typing import Any

from litreview.ledger import Judgment
from litreview.records.model import Export, Record
from litreview.records.search_log import disagreements, logged_searches


def export(file: str, database: str, count: int) -> Export:
    return Export(file, "ris", database, tuple(Record(f"{file}{n}", "", file) for n in range(count)))


EXPORTS = (
    export("corpus/a.ris", "Indeks A", 3),
    export("corpus/b1.ris", "Indeks B", 2),
    export("corpus/b2.ris", "Indeks B", 4),
)


def told(*bodies: dict[str, Any]) -> list[str]:
    base = {"query": "PKH", "date": "2023-11-02"}
    judgments = [Judgment(str(n), "", "ani", "d", "search", {**base, **body}) for n, body in enumerate(bodies)]
    return [str(one) for one in disagreements(logged_searches(judgments), EXPORTS)]


A, B = {"database": "Indeks A", "file": "corpus/a.ris"}, {"database": "indeks b"}


def test_counts_that_agree_are_not_told() -> None:
    assert told({**A, "hits": 90, "exported": 3}, {**B, "hits": 6}) == []
    assert told({**A, "file": "a.ris", "hits": 3}, {**B, "hits": 2}, {**B, "hits": 4}) == []
    assert told(A, B) == []


def test_counts_that_differ_are_told_by_file_and_by_database() -> None:
    assert told({**A, "hits": 3, "exported": 2}, {**B, "hits": 7}) == [
        "The search in Indeks A of 2023-11-02 tells 2 records, corpus/a.ris has 3.",
        "The searches in indeks b tell 7 records, its exports have 6.",
    ]


def test_a_file_that_is_not_there_and_exports_without_a_search() -> None:
    assert told({**A, "file": "lain.ris", "hits": 3}, B) == [
        "The search in Indeks A of 2023-11-02 names the file lain.ris, which is not in the corpus.",
        "No search is recorded for corpus/a.ris.",
    ]


def test_without_a_log_nothing_is_told() -> None:
    assert told() == []


def test_a_log_knows_who_searched() -> None:
    (search,) = logged_searches([Judgment("1", "", "ani", "d", "search", {**B, "query": "q", "date": "d"})])
    assert (search.person, search.hits, search.told) == ("ani", None, None)
