"""Workbooks of Excel as rows of text, read from the zip itself: a worksheet is one XML file, its texts lie in another.

A library for workbooks would bring formulas, styles and pictures, and raises what it likes on damaged files; this needs
cells of the sheets only, within limits that a hostile file cannot pass.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from litreview.errors import Message, message
from litreview.records.delimited import Row
from litreview.records.encoding import Raw
from litreview.records.reader import Reading
from litreview.records.tables import is_heading, read_table

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element
else:
    Element = Any

_LARGEST_PART = 400_000_000  # bytes of one file inside, unpacked
_STYLES = "xl/styles.xml"
_MOST_COLUMNS, _MOST_CELLS = 16_384, 30_000_000
_HEADING_ROWS = 12  # among which the heading is sought
_SHEET = re.compile(r"(?i)/?xl/worksheets/[^/]*?(\d*)\.xml")
_COLUMN = re.compile(r"([A-Z]{1,3})\d{0,7}")
_ESCAPE = re.compile(r"_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")  # no halves of signs
_DATE_FORMATS = frozenset({*range(14, 18), 22, *range(27, 32), *range(50, 59)})  # ids that Excel itself knows
_QUOTED = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.")
_FIRST_DAY = date(1899, 12, 30)  # day 0, so that 61 is 1 March 1900
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, ValueError, NotImplementedError, RuntimeError)


class XlsxReader:
    """Reads every worksheet that has a heading row for records."""

    def sniff(self, raw: Raw) -> bool:
        """Whether a worksheet in the file has a column of titles or abstracts and one more that we know."""
        return raw.content.startswith(b"PK\x03\x04") and any(
            _heading(rows, raw) for rows in _Book(raw.content).sheets()
        )

    def read(self, raw: Raw) -> Reading:
        """A record for each row that holds something, over all such worksheets."""
        notices: list[Message] = []
        readings = []
        book = _Book(raw.content)
        for sheet in book.sheets():
            rows = list(sheet)
            at = _heading(iter(rows[:_HEADING_ROWS]), raw)
            if at:
                above = [" ".join(cell for cell in row.cells if cell) for row in rows[: at - 1]]
                readings.append(read_table(rows[at - 1 :], "xlsx", notices, above, raw.columns))
        if book.broken:
            notices.append(message("The workbook is damaged; rows may be missing."))
        records = tuple(record for reading in readings for record in reading.records)
        return Reading("xlsx", records, tuple(notices), len(records))


def _heading(rows: Iterator[Row], raw: Raw) -> int:
    """Which of the first rows is the heading (from 1), 0 for none."""
    for number, row in enumerate(rows, start=1):
        if is_heading(row.cells, raw.columns):
            return number
        if number == _HEADING_ROWS:
            break
    return 0


class _Cell(NamedTuple):
    column: int
    text: str


class _Book:
    """A workbook's sheets as rows of text; what cannot be read is left out, and `broken` says so."""

    def __init__(self, content: bytes) -> None:
        self.broken = False
        self._cells = 0
        try:
            self._zip: zipfile.ZipFile | None = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN:
            self._zip, self.broken = None, True
        self._names = self._zip.namelist() if self._zip else []
        self._texts = [_written(one) for one in self._elements("xl/sharedStrings.xml", "si")] if self._sheets() else []
        self._dates = self._date_styles()

    def sheets(self) -> Iterator[Iterator[Row]]:
        """Every sheet in order, as its rows that hold something."""
        for name in self._sheets():
            yield self._rows(name)

    def _sheets(self) -> list[str]:
        found = [(int(match[1] or 0), name) for name in self._names if (match := _SHEET.fullmatch(name))]
        return [name for _, name in sorted(found)]

    def _rows(self, name: str) -> Iterator[Row]:
        for number, element in enumerate(self._elements(name, "row"), start=1):
            cells = [""]
            for column, text in self._row_cells(element):
                cells += [""] * (column + 1 - len(cells))
                cells[column] = text
            line = element.get("r", "")
            if any(cells):
                yield Row(int(line) if line.isascii() and line.isdigit() and len(line) < 8 else number, cells)

    def _row_cells(self, row: Element) -> Iterator[_Cell]:
        column = -1
        for one in row:
            found = _COLUMN.fullmatch(one.get("r", ""))
            column = _column_number(found[1]) if found else column + 1
            self._cells += 1
            if column >= _MOST_COLUMNS or self._cells > _MOST_CELLS:
                self.broken = True
                return
            text = self._text(one)
            if text:
                yield _Cell(column, text)

    def _text(self, cell: Element) -> str:
        """What a cell shows: a text, a date as YYYY-MM-DD, a number without needless zeros."""
        kind, value = cell.get("t", "n"), _inner(cell, "v")
        if kind == "inlineStr":
            return _written(cell).strip()
        if kind == "s":
            return self._texts[int(value)].strip() if value.isdecimal() and int(value[:9]) < len(self._texts) else ""
        if kind != "n":
            return _unescaped(value).strip()
        if cell.get("s", "") in self._dates:
            return _date(value) or value
        return value.removesuffix(".0").strip()

    def _date_styles(self) -> frozenset[str]:
        """Numbers of the cell styles that show dates."""
        formats = {
            one.get("numFmtId", ""): one.get("formatCode", "") for one in self._elements("xl/styles.xml", "numFmt")
        }
        dates = {number for number, code in formats.items() if "y" in _QUOTED.sub("", code).lower()}
        dates |= {str(number) for number in _DATE_FORMATS}
        found = next(self._elements(_STYLES, "cellXfs"), None)
        styles = list(found) if found is not None else []
        return frozenset(str(number) for number, one in enumerate(styles) if one.get("numFmtId", "") in dates)

    def _elements(self, name: str, tag: str) -> Iterator[Element]:
        """Elements of a file inside, one after another; each is emptied when the next is asked for."""
        from lxml import etree

        if self._zip is None or name not in self._names:
            return
        try:
            with self._zip.open(name) as stream:
                content = stream.read(_LARGEST_PART + 1)
        except _BROKEN:
            self.broken = True
            return
        self.broken = self.broken or len(content) > _LARGEST_PART
        events = etree.iterparse(io.BytesIO(content), events=("end",), tag=f"{{*}}{tag}", recover=True,
                                 resolve_entities=False, no_network=True, load_dtd=False)  # fmt: skip
        try:
            for _, element in events:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError:
            self.broken = True
        self.broken = self.broken or len(events.error_log) > 0


def _column_number(letters: str) -> int:
    """A is 0, Z 25, AA 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _inner(cell: Element, name: str) -> str:
    return next((one.text or "" for one in cell if _name(one) == name), "")


def _written(element: Element) -> str:
    """A text with all its runs, without the reading aids of East Asian scripts."""
    runs = (one for one in element.iter() if _name(one) == "t" and _name(one.getparent()) != "rPh")
    return _unescaped("".join(one.text or "" for one in runs))


def _name(element: Element | None) -> str:
    return str(element.tag).rpartition("}")[2] if element is not None else ""


def _unescaped(text: str) -> str:
    """Text with Excel's "_x000D_" as the sign that it stands for."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _date(serial: str) -> str:
    """A day's number as Excel counts it, as YYYY-MM-DD; "" for what is none."""
    try:
        return (_FIRST_DAY + timedelta(days=int(float(serial)))).isoformat()
    except (ValueError, OverflowError):
        return ""
