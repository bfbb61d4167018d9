"""A quotation is cited by the report that it stands in: with its file, and with all its pages."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import msgspec
import pytest
from lxml import html

from litreview.documents.model import Document, Found
from litreview.report.context import ReportContext
from litreview.report.csvs import render_csv
from litreview.report.render import render_outputs
from litreview.report.shown import Shown
from litreview.report.tables import quotations_table
from litreview.screening.model import Choice
from litreview.synthesis.build import ReportInput
from litreview.synthesis.evidence import locate
from litreview.synthesis.model import Passage
from litreview.synthesis.names import cite_report
from litreview.synthesis.studies import build_studies
from tests.report_making import LOAD, make_context, make_inputs
from tests.synthesis_making import inputs, make_document, study, suggest


@pytest.fixture
def context(tmp_path: Path) -> ReportContext:
    """Study `a` has the reports a (Putri 2020, one file) and c (Dewi 2020, in two files)."""
    studies = (study("a", ReportInput("a"), ReportInput("c")), study("b"))
    suggestions = {"c": (suggest(make_inputs().documents["c"], LOAD, "competence"),)}
    given = {"studies": studies, "suggestions": suggestions, "choice": Choice(("a", "b"))}
    return make_context(tmp_path, given=given)


def of_report(context: ReportContext, report: str) -> Passage:
    return next(p for p in context.quoted if p.report == report and p.quote == LOAD)


def test_each_report_of_a_study_is_cited_by_its_own_authors_and_year(context: ReportContext) -> None:
    shown = Shown(context)
    assert shown.quote(of_report(context, "a")).cited == "Putri, 2020, hlm. 11 [PDF 1]"
    other = shown.quote(of_report(context, "c"))
    assert (other.cite, other.of) == ("Dewi, 2020", "Putri (2020)")
    assert other.where == "BAB IV, hlm. 12 (PDF 1)"
    assert other.cited == "Dewi, 2020, BAB IV, hlm. 12 [PDF 1]"


def test_page_and_word_cite_the_report_and_the_table_keeps_the_study(context: ReportContext) -> None:
    made = dict(render_outputs(context))
    page: Any = html.fromstring(made["report.html"])
    (row,) = [r for r in page.xpath("//table[@class='quotes']//tr[td]") if "BAB IV" in r.text_content()]
    assert "Dewi, 2020" in row.text_content()
    panel = json.loads(page.get_element_by_id("data").text)["passages"][of_report(context, "c").id]
    assert {"Putri (2020)", "Dewi, 2020"} < set(map(str, panel))
    words = "\n".join(p.text for p in docx.Document(io.BytesIO(made["report.docx"])).paragraphs)
    assert "Dewi, 2020)" in page.get_element_by_id("studies").text_content()
    assert "(Dewi, 2020, BAB IV, hlm. 12 [PDF 1]; " in words
    rows = csv.DictReader(io.StringIO(render_csv(quotations_table(context), sample=False).decode()))
    (found,) = [r for r in rows if r["file"] == "corpus/c/BAB IV.pdf"]
    assert (found["study"], found["page"], found["printed_page"]) == ("Putri (2020)", "1", "12")


def test_a_passage_over_two_pages_names_both(context: ReportContext) -> None:
    document = make_document("a", [("results", "Hasil", [["Satu."]]), ("results", "Lanjut", [["Dua."]])])
    place = locate(document, document.text.index("Satu"), document.text.index("Dua") + 4)
    assert (place.page, place.page_end, place.printed_page, place.printed_end) == (1, 2, "11", "12")
    pages = {"page_end": 2, "printed_end": "12"}
    assert Shown(context).where(msgspec.structs.replace(of_report(context, "a"), **pages)) == "hlm. 11–12 (PDF 1–2)"


def test_files_of_one_name_are_told_by_their_folders(context: ReportContext) -> None:
    files = ("corpus/bab 2/isi.pdf", "corpus/bab 4/isi.pdf")
    changed = msgspec.structs.replace(context.documents["c"], files=files)
    context = replace(context, documents={**context.documents, "c": changed})
    passage = msgspec.structs.replace(of_report(context, "c"), file=files[1])
    assert Shown(context).where(passage).startswith("corpus/bab 4/isi.pdf, ")


def test_how_reports_are_cited_in_brackets() -> None:
    assert cite_report(("Wulan, Sri",), None, "Judul").id == "Wulan, t.t."
    assert cite_report(("A, B", "C, D", "E, F"), 2020, "Judul", "a").en == "A et al., 2020a"
    assert cite_report((), 2020, "Satu dua").id == "“Satu dua”, 2020"
    assert cite_report((), 2020, "").id == "2020"


def test_a_copy_has_the_reference_of_its_publication_and_no_letter() -> None:
    one = make_document("a", [], title=Found("Judul"), authors=(Found("Dewi Sari"),))
    other = make_document("b", [], title=Found("Judul"), authors=(Found("Dewi Sari"),), year=Found("2019"))
    again = inputs([one, other], {}, studies=(study("a", ReportInput("a"), ReportInput("b", copy_of="a")),))
    [row] = build_studies(again)
    assert (row.name.id, row.year, [report.cite.id for report in row.reports]) == (
        "Sari (2019)", 2019, ["Sari, 2019", "Sari, 2019"])  # fmt: skip
    assert [report.id for report in row.publications] == ["a"]
    two = [row.name.id for row in build_studies(inputs([replaced(one), other], {}))]
    assert two == ["Sari (2019a)", "Sari (2019b)"]


def replaced(document: Document) -> Document:
    """The same with a year."""
    return msgspec.structs.replace(document, metadata=msgspec.structs.replace(document.metadata, year=Found("2019")))
