from __future__ import annotations

import io
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from litreview.protocol import SAMPLE_MARK
from litreview.report.tables import build_tables
from litreview.report.xlsx import render_xlsx
from tests.report_making import make_context

openpyxl: Any = import_module("openpyxl")


def workbook(root: Path, **changes: Any) -> bytes:
    context = make_context(root, **changes)
    return render_xlsx(context, build_tables(context))


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return workbook(tmp_path_factory.mktemp("review"))


def test_a_sheet_for_each_table_with_its_head_frozen(content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames[:3] == ["kode × studi", "studies", "matrix"]
    assert {"quotations", "flow", "stages", "verdicts", "records"} < set(book.sheetnames)
    assert all(sheet.freeze_panes for sheet in book)
    assert all(sheet.column_dimensions["A"].width > 5 for sheet in book)


def test_the_mark_stands_on_each_sheet_or_on_none(content: bytes, tmp_path: Path) -> None:
    assert all(sheet["A1"].value == SAMPLE_MARK for sheet in openpyxl.load_workbook(io.BytesIO(content)))
    plain = zipfile.ZipFile(io.BytesIO(workbook(tmp_path, sample=False)))
    assert not [name for name in plain.namelist() if b"SAMPLE" in plain.read(name)]


def test_no_text_becomes_a_formula_or_a_link(content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert '=HYPERLINK("x")' in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_ids_are_words_of_the_language(content: bytes, tmp_path: Path) -> None:
    def statuses(book: bytes) -> set[Any]:
        sheet = openpyxl.load_workbook(io.BytesIO(book))["quotations"]
        return {row[11].value for row in sheet.iter_rows(min_row=4)}

    assert statuses(content) == {"sudah diperiksa", "sementara"}
    assert statuses(workbook(tmp_path, language="en")) == {"checked", "provisional"}


def test_the_matrix_keeps_two_columns_a_study(content: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(content))["kode × studi"]
    rows = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows(min_row=5)}
    assert rows["workload (id)"] == ["1", "0", "0 · ✕ 1", "0"]
    assert rows["partnership (id)"][2] == "tidak dibahas"


def test_the_same_tables_give_the_same_bytes(content: bytes, tmp_path: Path) -> None:
    assert workbook(tmp_path) == content
