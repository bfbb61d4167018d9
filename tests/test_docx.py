from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from litreview.ledger import Ledger
from litreview.protocol import SAMPLE_MARK
from litreview.report.docx import render_docx
from litreview.report.drawing import svg_to_png
from litreview.report.figures import draw_figures
from litreview.report.page import build_page
from litreview.report.shown import Shown
from tests.report_making import ENOUGH, HOPE, LOAD, make_context

DRAFT = "DRAF – belum diperiksa peneliti"


def word(root: Path, **changes: Any) -> bytes:
    context = make_context(root, **changes)
    figures = draw_figures(context)
    shown = Shown(context)
    png = svg_to_png(figures.flow, 400)
    return render_docx(shown, build_page(shown, figures), png, png)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return word(tmp_path_factory.mktemp("review"))


def body(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def headers(content: bytes) -> list[str]:
    return ["\n".join(p.text for p in s.header.paragraphs) for s in docx.Document(io.BytesIO(content)).sections]


def test_every_page_of_a_draft_of_sample_data_says_both(content: bytes) -> None:
    assert len(headers(content)) > 2
    assert all(DRAFT in text and SAMPLE_MARK in text for text in headers(content))


def test_human_evidence_alone_makes_a_report_and_no_draft(tmp_path: Path) -> None:
    made = word(tmp_path, human_only=True, sample=False)
    assert not any(text.strip() for text in headers(made))
    assert LOAD in body(made)
    assert HOPE not in body(made)
    assert "sementara" not in body(made)


def test_provisional_evidence_is_told_as_such(content: bytes) -> None:
    paragraphs = [p.text for p in docx.Document(io.BytesIO(content)).paragraphs]
    hope = next(text for text in paragraphs if HOPE in text)
    load = next(text for text in paragraphs if LOAD in text)
    assert "sementara)" in hope
    assert "sudah diperiksa)" in load
    assert "(Putri, 2020, hlm. 11 [PDF 1]; " in load


def test_no_tag_of_the_template_is_left(content: bytes) -> None:
    parts = zipfile.ZipFile(io.BytesIO(content))
    texts = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")]
    assert not [text for text in texts if "{{" in text or "{%" in text]


def test_the_matrix_has_a_column_for_each_main_study(content: bytes) -> None:
    table = docx.Document(io.BytesIO(content)).tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["Kode", "Studi", "Putri (2020)", "<Hartono> (2020)"]
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}
    assert rows["partnership (id)"] == ["0 | 1", "0 | 1", "tidak dibahas"]
    assert rows["workload (id)"][2].split("✕")[1].strip() == "1 | 0"


def test_titles_and_journals_in_the_references_are_in_italics(content: bytes) -> None:
    told = docx.Document(io.BytesIO(content)).paragraphs
    listed = [p for p in told if p.text.count("(2020). A study by") and p.style and p.style.name == "Reference"]
    assert len(listed) == 3
    assert all([run.text for run in p.runs if run.italic] == [p.text.split("). ")[1].rstrip(".")] for p in listed)


def test_pictures_are_described_and_headings_are_real(content: bytes) -> None:
    document = docx.Document(io.BytesIO(content))
    assert all(shape._inline.docPr.get("descr") for shape in document.inline_shapes)
    assert len(document.inline_shapes) == 2
    assert {"Heading 1", "Heading 2"} <= {p.style.name for p in document.paragraphs if p.style}


def test_dates_are_fixed_and_the_bytes_the_same(content: bytes, tmp_path: Path) -> None:
    assert word(tmp_path) == content
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(content)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert docx.Document(io.BytesIO(content)).core_properties.created.year == 2000


def test_word_checks_the_spelling_in_the_review_s_language(content: bytes) -> None:
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert b'w:val="id-ID"' in parts.read("word/styles.xml")
    assert not [name for name in parts.namelist() if "thumbnail" in name]
    assert b"thumbnail" not in parts.read("_rels/.rels")


def test_english_says_draft_in_english(tmp_path: Path) -> None:
    assert all("DRAFT – not checked" in text for text in headers(word(tmp_path, language="en")))


def test_candidate_contradictions_stand_under_their_own_label(tmp_path: Path) -> None:
    label = "Calon bantahan: usulan mesin yang belum diperiksa siapa pun"
    draft = [p.text for p in docx.Document(io.BytesIO(word(tmp_path, given={"ledger": Ledger()}))).paragraphs]
    at = next(n for n, text in enumerate(draft) if ENOUGH in text)
    assert "membantah" in draft[at]
    assert label in draft[at - 2 : at]
    assert label not in body(word(tmp_path, human_only=True))
