"""The tables as a workbook: a sheet each, headings frozen, words in the review's language."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from litreview.coding.model import Theme
from litreview.language.catalogue import Catalogue
from litreview.protocol import SAMPLE_MARK
from litreview.report.context import ReportContext
from litreview.report.table import Column, Table, Value
from litreview.report.words import word, words
from litreview.synthesis.model import Cell, MatrixRow

FIXED_DATE = datetime(2000, 1, 1)
LONGEST_CELL, LONGEST_SHEET = 32_767, 1_048_576  # Excel's own limits, in characters and in rows; the CSV has all
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def render_xlsx(context: ReportContext, tables: Sequence[Table]) -> bytes:
    """A workbook: the matrix as people read it first, then every table. Same tables, same bytes."""
    title = context.protocol.title.get(context.language)
    with _workbook(title, context.marks) as (book, formats, content):
        if context.synthesis.matrix and context.main_studies:
            _write_matrix(book, context, formats)
        for table in tables:
            _write_table(book, table, context.catalogue, context.marks, formats)
    return content.getvalue()


def render_workbook(title: str, tables: Sequence[Table], catalogue: Catalogue, marks: Sequence[str]) -> bytes:
    """A workbook of some tables only, with marks above each. Same tables, same bytes."""
    with _workbook(title, marks) as (book, formats, content):
        for table in tables:
            _write_table(book, table, catalogue, marks, formats)
    return content.getvalue()


@contextmanager
def _workbook(title: str, marks: Sequence[str]) -> Iterator[tuple[Any, dict[str, Any], io.BytesIO]]:
    """A workbook to write sheets into, its formats, and where its bytes are when it is closed."""
    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                         "strings_to_numbers": False})  # fmt: skip
    book.set_properties({"title": title, "author": "litreview", "created": FIXED_DATE,
                         "comments": " ".join(marks)})  # fmt: skip
    yield book, _formats(book), content
    book.close()


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
    return {
        "text": book.add_format({**base, "text_wrap": True}),
        "number": book.add_format({**base, "align": "right"}),
        "head": book.add_format({**base, "bold": True, "text_wrap": True, "bg_color": "#E9EDF2", "bottom": 1,
                                 "border_color": "#9AA5B1"}),
        "title": book.add_format({**base, "bold": True, "font_size": 13}),
        "mark": book.add_format({**base, "bold": True, "font_color": "#9C1C1C"}),
        "note": book.add_format({**base, "italic": True, "font_color": "#52606D"}),
        "human": book.add_format({**base, "bold": True, "align": "center"}),
        "provisional": book.add_format({**base, "italic": True, "align": "center", "font_color": "#52606D"}),
        "silent": book.add_format({**base, "align": "center", "font_color": "#6B7785", "text_wrap": True}),
    }  # fmt: skip


def _begin_sheet(book: Any, name: str, title: str, marks: Sequence[str], formats: dict[str, Any]) -> tuple[Any, int]:
    """A sheet with its title and, above it, the marks that hold for the whole review (sample data, for one); the sheet
    and its next free row."""
    sheet = book.add_worksheet(name[:31])
    row = len(marks)
    for number, mark in enumerate(marks):
        sheet.write_string(number, 0, mark, formats["mark"])
    if SAMPLE_MARK in marks:
        sheet.set_header(f"&C&9{SAMPLE_MARK}")
    sheet.write_string(row, 0, title, formats["title"])
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8&A&R&8&P / &N")
    return sheet, row + 1


def _write_table(book: Any, table: Table, catalogue: Catalogue, marks: Sequence[str], formats: dict[str, Any]) -> None:
    sheet, top = _begin_sheet(book, table.name, catalogue.text(table.title), marks, formats)
    for number, column in enumerate(table.columns):
        sheet.write_string(top, number, catalogue.text(column.heading), formats["head"])
        sheet.set_column(number, number, column.width)
    rows = table.rows[: LONGEST_SHEET - top - 1]
    for row_number, row in enumerate(rows, start=top + 1):
        for number, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            _write(sheet, row_number, number, _in_words(catalogue, column, value), formats)
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(top)
    if rows:
        sheet.autofilter(top, 0, top + len(rows), len(table.columns) - 1)


def _in_words(catalogue: Catalogue, column: Column, value: Value) -> Value:
    return words(catalogue, column.words, value) if column.words and isinstance(value, str) else value


def _write(sheet: Any, row: int, column: int, value: Value, formats: dict[str, Any]) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, _UNFIT.sub(" ", value)[:LONGEST_CELL], formats["text"])
    elif value is not None:
        sheet.write_number(row, column, value, formats["number"])


def _write_matrix(book: Any, context: ReportContext, formats: dict[str, Any]) -> None:
    """Codes by main studies; two columns a study, checked and provisional, that are never added."""
    _ = context.catalogue.gettext
    sheet, top = _begin_sheet(book, _("codes × studies"), _("Matrix of codes and main studies"), context.marks, formats)
    note = _("Number of passages; ✕ = contradicts. Checked and provisional are never added together.")
    for told in filter(None, (note, context.coded_told)):
        sheet.write_string(top, 0, told, formats["note"])
        top += 1
    sheet.set_column(0, 0, 44)
    sheet.write_string(top + 1, 0, _("Code"), formats["head"])
    for number, study in enumerate(context.main_studies):
        left = 1 + 2 * number
        sheet.merge_range(top, left, top, left + 1, study.short, formats["head"])
        sheet.write_string(top + 1, left, _("checked"), formats["head"])
        sheet.write_string(top + 1, left + 1, _("provisional"), formats["head"])
        sheet.set_column(left, left + 1, 13)
    row_number = top + 2
    for theme in context.codebook.themes:
        row_number = _write_theme(sheet, row_number, theme, context, formats)
    sheet.freeze_panes(top + 2, 1)
    sheet.repeat_rows(top, top + 1)


def _write_theme(sheet: Any, row_number: int, theme: Theme, context: ReportContext, formats: dict[str, Any]) -> int:
    """A category's heading and rows; the next free row."""
    rows = [row for row in context.synthesis.matrix if row.theme == theme.id]
    if not rows:
        return row_number
    sheet.write_string(row_number, 0, theme.label.get(context.language), formats["head"])
    for column in range(1, 1 + 2 * len(context.main_studies)):
        sheet.write_blank(row_number, column, None, formats["head"])
    for row_number, row in enumerate(rows, start=row_number + 1):  # noqa: B020 - the row goes on from its start
        sheet.write_string(row_number, 0, row.label.get(context.language), formats["text"])
        _write_cells(sheet, row_number, row, context, formats)
    return row_number + 1


def _write_cells(sheet: Any, row_number: int, row: MatrixRow, context: ReportContext, formats: dict[str, Any]) -> None:
    for number, study in enumerate(context.main_studies):
        cell = row.cells.get(study.id, Cell())
        left = 1 + 2 * number
        absence = row.absence_of(study.id)
        if absence:
            sheet.merge_range(row_number, left, row_number, left + 1, word(context.catalogue, "absence", absence),
                              formats["silent"])  # fmt: skip
            continue
        sheet.write_string(row_number, left, _two(cell.human_supports, cell.human_contradicts), formats["human"])
        sheet.write_string(row_number, left + 1, _two(cell.provisional_supports, cell.provisional_contradicts),
                           formats["provisional"])  # fmt: skip


def _two(supports: Sequence[str], contradicts: Sequence[str]) -> str:
    """Supporting passages, and contradicting ones after a cross where there are any."""
    return f"{len(supports)}" + (f" · ✕ {len(contradicts)}" if contradicts else "")
