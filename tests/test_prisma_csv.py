"""The flow as the table of the R package PRISMA2020: its keys, its lists, and the same numbers as the diagram."""

from __future__ import annotations

import csv
import io

import pytest

from litreview.language.catalogue import Catalogue
from litreview.protocol import SAMPLE_MARK
from litreview.report.prisma_csv import prisma_csv
from litreview.synthesis.model import Flow, FlowBox

KEYS = [
    "previous_studies", "previous_reports", "database_results", "database_specific_results", "register_results",
    "register_specific_results", "website_results", "organisation_results", "citations_results", "duplicates",
    "excluded_automatic", "excluded_other", "records_screened", "records_excluded", "dbr_sought_reports",
    "dbr_notretrieved_reports", "other_sought_reports", "other_notretrieved_reports", "dbr_assessed", "dbr_excluded",
    "other_assessed", "other_excluded", "new_studies", "new_reports", "total_studies", "total_reports",
    "total_studies_ma", "total_reports_ma", "identification", "screening", "included",
]  # fmt: skip
FLOW = Flow(
    {
        box.key: box
        for box in (
            FlowBox("database_results", 7, (("Indeks A; B", 4), ("c.ris", 3))),
            FlowBox("records_screened", 6, provisional=2),
            FlowBox("website_results", 1),
            FlowBox("other_results", 2),
            FlowBox("dbr_excluded", 2, (("years", 1), ("Tidak, atau kurang", 1))),
            FlowBox("new_studies", 3),
            FlowBox("previous_studies", 2),
        )
    },
    (),
)


def rows(flow: Flow, language: str = "en", sample: bool = False) -> dict[str, dict[str, str]]:
    text = prisma_csv(flow, Catalogue(language), {"years": "Published 2018–2023"}, sample).decode()
    return {row["data"]: row for row in csv.DictReader(io.StringIO(text)) if row["data"] != "NA"}


def test_every_key_of_the_package_has_its_row() -> None:
    assert list(rows(FLOW)) == KEYS
    assert list(rows(Flow({}, ()))) == KEYS
    assert {row["n"] for row in rows(Flow({}, ())).values()} == {"0"}


def test_numbers_and_lists() -> None:
    made = rows(FLOW)
    assert made["database_results"]["n"] == "7"
    assert made["database_specific_results"]["n"] == "Indeks A – B, 4; c.ris, 3"
    assert made["dbr_excluded"]["n"] == "Published 2018–2023, 1; Tidak – atau kurang, 1"
    assert made["website_results"]["n"] == "3"
    assert made["total_studies"]["n"] == "5"
    assert (made["records_screened"]["n"], made["records_screened"]["provisional"]) == ("6", "2")


@pytest.mark.parametrize("sample", [True, False])
def test_a_sample_says_so(sample: bool) -> None:
    assert ({row.get("sample") for row in rows(FLOW, sample=sample).values()} == {SAMPLE_MARK}) is sample


def test_the_words_are_those_of_the_language() -> None:
    assert rows(FLOW)["duplicates"]["boxtext"] == "Duplicate records"
    assert rows(FLOW, "id")["duplicates"]["boxtext"] != "Duplicate records"
