"""Workbooks: as Excel, openpyxl and xlsxwriter write them, and damaged ones."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl  # type: ignore[import-untyped]
import pytest
import xlsxwriter

from litreview.records.model import Export
from litreview.records.read import parse_export

HEAD: list[object] = ["Title", "Authors", "Year", "DOI", "Cited by", "Online Date"]
ROWS: list[list[object]] = [
    HEAD,
    ["Belajar <bersama> & rukun", "Sari, D.; Putra, B.", 2019, "10.5555/a", 3.5, date(2019, 5, 4)],
    [None, None, None, None, None, None],
    ["Dua", "Aminah, S.", 2020, None, 0, None],
]


def by_openpyxl(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def by_xlsxwriter(rows: list[list[object]]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()


def read(content: bytes) -> Export:
    export = parse_export(content, "a.xlsx", "")
    assert export is not None
    assert export.entries == len(export.records) + export.lost
    return export


@pytest.mark.parametrize("content", [by_openpyxl(ROWS), by_xlsxwriter(ROWS)])
def test_a_workbook_is_read(content: bytes) -> None:
    export = read(content)
    first, second = export.records
    assert (export.format, export.notices, second.title) == ("xlsx", (), "Dua")
    assert (first.title, first.authors) == ("Belajar <bersama> & rukun", ("Sari, D.", "Putra, B."))
    assert (first.year, first.doi) == (2019, "10.5555/a")
    assert first.extra == {"cited by": ["3.5"], "online date": ["2019-05-04"]}


def test_every_sheet_with_records_is_read_and_others_are_not() -> None:
    export = read(by_openpyxl([["Catatan"], ["x"]], ROWS, [["Judul", "Tahun"], ["Tiga", 2021]]))
    assert [record.title for record in export.records] == ["Belajar <bersama> & rukun", "Dua", "Tiga"]


def test_a_workbook_without_records_is_no_export() -> None:
    assert parse_export(by_openpyxl([["x", "y"], [1, 2]]), "a.xlsx") is None
    assert parse_export(b"PK\x03\x04nothing", "a.xlsx") is None
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    assert parse_export(empty.getvalue(), "a.xlsx") is None


def test_a_damaged_sheet_is_told() -> None:
    whole = by_xlsxwriter([["Title", "Year"], *([f"Judul {n}", 2000 + n] for n in range(9))])
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part[: len(part) * 2 // 3] if "sheet1" in name else part)
    export = read(content.getvalue())
    assert 0 < len(export.records) < 9
    assert "damaged" in str(export.notices[-1])
