"""Records as CSV and XLSX, with decisions in the columns that ASReview and Rayyan read, and in words for people."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from litreview.protocol import SCREENING_STAGES
from litreview.records.carried import KEY, NOTHING
from litreview.records.decided import LABEL_COLUMNS, rayyan_note
from litreview.records.model import RecordDecision
from litreview.records.tables import COLUMNS, column_name
from litreview.records.writing import Written

FIXED_DATE = datetime(2000, 1, 1)  # of workbooks, so that the same records give the same bytes
LONGEST_CELL = 32_767  # Excel's own limit, in characters
_FORMULA = re.compile(r"[=+@\t\r]|-[\d(=+@.]")
_OWN = frozenset(name for names in COLUMNS.values() for name in names)
_LABELS = {"relevant": "1", "irrelevant": "0", "not_seen": ""}
_ORDER = ("title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "url", "abstract", "keywords",
          "language", "type", "notes", "included", "asreview label", "asreview note", "asreview user name",
          "asreview time")  # fmt: skip
Rows = tuple[list[str], list[list[str]]]


class CsvWriter:
    """Writes CSV: UTF-8 without a mark, commas, a line feed at the end of each line."""

    name = "csv"
    suffix = ".csv"

    def write(self, entries: Sequence[Written]) -> bytes:
        """A row for each record under one heading row."""
        head, rows = _rows(entries)
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(head)
        writer.writerows([_safe(cell) for cell in row] for row in rows)
        return text.getvalue().replace("\x00", "").encode("utf-8", "replace")


class XlsxWriter:
    """Writes a workbook of one sheet, all cells as text."""

    name = "xlsx"
    suffix = ".xlsx"

    def write(self, entries: Sequence[Written]) -> bytes:
        """A row for each record under one heading row."""
        import xlsxwriter

        head, rows = _rows(entries)
        content = io.BytesIO()
        book = xlsxwriter.Workbook(content, {"in_memory": True})
        book.set_properties({"title": "records", "author": "litreview", "created": FIXED_DATE})
        sheet = book.add_worksheet("records")
        sheet.freeze_panes(1, 0)
        for number, row in enumerate([head, *rows]):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, column, cell[:LONGEST_CELL])
        book.close()
        return content.getvalue()


def _safe(cell: str) -> str:
    """A cell; one that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _rows(entries: Sequence[Written]) -> Rows:
    """The heading row and a row for each record; columns that are empty throughout are left out, but for the title."""
    cells = [_cells(entry) for entry in entries]
    columns = dict.fromkeys(name for row in cells for name, cell in row.items() if cell)
    order = {name: place for place, name in enumerate(_ORDER)}
    head = sorted({*columns, "title", "authors"}, key=lambda name: (order.get(name, len(order)), name))
    carried = [_pieces(entry.carried or _mark(row)) for entry, row in zip(entries, cells, strict=True)]
    most = max(map(len, carried), default=0)
    further = [KEY if number == 0 else f"{KEY}_{number + 1}" for number in range(most)]
    rows = [[row.get(name, "") for name in head] + pieces + [""] * (most - len(pieces))
            for row, pieces in zip(cells, carried, strict=True)]  # fmt: skip
    return [name.replace(" ", "_") for name in head] + further, rows


def _cells(entry: Written) -> dict[str, str]:
    """Cells by column name."""
    record = entry.record
    own = {
        "title": record.title,
        "authors": "; ".join(record.authors),
        "year": str(record.year or ""),
        "journal": record.venue,
        "volume": record.volume,
        "issue": record.issue,
        "pages": record.pages,
        "doi": record.doi,
        "url": record.url,
        "abstract": record.abstract,
        "keywords": "; ".join(record.keywords),
        "language": record.language,
        "type": record.kind,
    }
    further = {key: values[0] for key, values in entry.further.items() if len(values) == 1 and _is_column(key)}
    cells = {**own, **further, **(_decided(entry, further) if entry.judged else {})}
    return {name: cell.replace("\r\n", "\n").replace("\r", "\n") for name, cell in cells.items() if cell.strip()}


def _is_column(key: str) -> bool:
    """Whether a key of `extra` comes back as it is when it is a column of its own."""
    return key == column_name(key) and key not in _OWN


def _decided(entry: Written, further: dict[str, str]) -> dict[str, str]:
    """The decisions: Rayyan's line among the notes, ASReview's columns, its column of labels, and for each stage
    who decided what, and why."""
    label = _LABELS[entry.label]
    notes = (further.get("notes", ""), rayyan_note(entry.decisions))
    cells = {
        "notes": " | ".join(note for note in notes if note),
        next((name for name in LABEL_COLUMNS if name in further), "included"): label,
        "asreview label": label,
        "asreview note": entry.notes,
        "asreview user name": entry.people,
        "asreview time": max((one.at for one in entry.decisions), default=""),
    }
    for stage in SCREENING_STAGES:
        told = "; ".join(_told(one) for one in entry.decisions if one.stage == stage and one.decision)
        cells[f"{KEY} {column_name(stage.replace('-', ' '))}"] = told
    return cells


def _told(one: RecordDecision) -> str:
    """A decision as people read it: "Ani: exclude (reason)"."""
    return f"{one.person}: {one.decision}" + (f" ({one.reason})" if one.reason else "")


def _mark(cells: dict[str, str]) -> str:
    """What shows that a row is there, where nothing else does."""
    return "" if any(cells.values()) else NOTHING


def _pieces(text: str) -> list[str]:
    """JSON in pieces that fit into cells. Where there are several, signs are encoded: no piece is trimmed."""
    if len(text) > LONGEST_CELL:
        text = quote(text, safe="").replace("-", "%2D")
    return [text[at : at + LONGEST_CELL] for at in range(0, len(text), LONGEST_CELL)]
