"""A run in another language than the review's speaks that one throughout; a workbook has words where CSV has ids."""

from __future__ import annotations

import io
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest

from litreview.errors import message
from litreview.language.catalogue import Catalogue
from litreview.protocol import Bilingual, MainStudiesRule, Protocol
from litreview.report.context import ReportContext
from litreview.report.table import Column, Table
from litreview.report.tables import relations_table
from litreview.report.words import JUDGED, words
from litreview.report.xlsx import render_workbook
from litreview.synthesis.build import ReportInput, build_synthesis
from litreview.synthesis.flow import OTHER_RESULTS
from litreview.synthesis.model import MapLink, StudyRow
from tests.report_making import make_context
from tests.synthesis_making import inputs, make_document, study

openpyxl: Any = import_module("openpyxl")
AUTHORS = ("Putri, Ana", "Sari, Budi", "Dewi, Citra")


def only_study(language: str) -> StudyRow:
    rule = MainStudiesRule(5, {"method": "design"})
    protocol = Protocol(format=1, title=Bilingual("T", "T"), languages=("id", "en"), main_studies=rule)
    document = make_document("a", [("results", "Hasil", [["Isi."]])])
    report = ReportInput("a", kind="JOUR", title="Judul", authors=AUTHORS, venue="Jurnal")
    made = inputs([document], {}, protocol=protocol, studies=(study("a", report),), language=language)
    return build_synthesis(made).studies[0]


@pytest.mark.parametrize(
    ("language", "short", "why", "undated"),
    [
        ("en", "Putri et al. (n.d.)", "Differs in method from every other main study.", "(n.d.)"),
        ("id", "Putri dkk. (t.t.)", "Metodenya berbeda dari setiap studi utama lain.", "(t.t.)"),
        ("", "Putri dkk. (t.t.)", "Metodenya berbeda dari setiap studi utama lain.", "(t.t.)"),
    ],
)
def test_names_reasons_and_references_are_in_the_language_asked_for(
    language: str, short: str, why: str, undated: str
) -> None:
    row = only_study(language)
    assert (row.short, row.why_chosen) == (short, why)
    assert undated in "".join(run.text for run in row.reports[0].citation)


def linked(root: Path, *links: MapLink) -> ReportContext:
    context = make_context(root)
    concept_map = msgspec.structs.replace(context.synthesis.concept_map, links=links)
    synthesis = msgspec.structs.replace(context.synthesis, concept_map=concept_map)
    return make_context(root, synthesis=synthesis)


def test_a_relation_counts_checked_and_provisional_studies_apart(tmp_path: Path) -> None:
    label = make_context(tmp_path).codebook.relations[0].label
    ends = ("workload", "hope", label)
    table = relations_table(linked(
        tmp_path,
        MapLink(*ends, "provisional", ("a",), ("q0001", "q0002")),
        MapLink(*ends, "human", ("a",), ("p0001",), provisional_studies=("b",), provisional_passages=("q0003",)),
        MapLink(*ends, "hypothesis"),
    ))  # fmt: skip
    keys = [column.key for column in table.columns]
    wanted = ("studies", "names", "passages", "provisional_studies", "provisional_names", "provisional_passages")
    assert [tuple(row[keys.index(key)] for key in wanted) for row in table.rows] == [
        (0, "", 0, 1, "Putri (2020)", 2),
        (1, "Putri (2020)", 1, 1, "<Hartono> (2020)", 1),
        (0, "", 0, 0, "", 0),
    ]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("ann: include; bob: exclude", "ann: sertakan; bob: keluarkan"),
        ("ann: workload (supports); bob: ", "ann: workload (mendukung); bob: "),
        ("include", "sertakan"),
        ("", ""),
    ],
)
def test_what_people_said_is_in_words(told: str, said: str) -> None:
    assert words(Catalogue("id"), JUDGED, told) == said


def test_a_workbook_has_words_for_effects() -> None:
    table = Table("added", message("Effect"), (Column("effect", message("Effect"), 14, "effect"),), (("contradicts",),))
    sheet = openpyxl.load_workbook(io.BytesIO(render_workbook("T", [table], Catalogue("id"), ())))["added"]
    assert sheet.cell(3, 1).value == "membantah"


def test_each_box_of_other_ways_has_its_words() -> None:
    assert [key for key in OTHER_RESULTS if words(Catalogue("id"), "flow", key) == key] == []
