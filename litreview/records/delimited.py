"""Delimited text as rows: the delimiter, the heading row, and rows that a missing quotation mark swallows. Pure."""

from __future__ import annotations

import csv
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import NamedTuple

from litreview.errors import Message, message

DELIMITERS = (",", ";", "\t", "|")
_BIGGEST_FIELD = 10_000_000
_MOST_MENDED = 20  # after so many missing marks the file is told as it is, so that time stays linear
_LONGEST_HEADING = 20_000  # characters


class Row(NamedTuple):
    """A row: the line where it begins (from 1), and its cells."""

    line: int
    cells: list[str]


def find_heading(text: str, is_heading: Callable[[Sequence[str]], bool], among: int) -> tuple[int, str] | None:
    """The line (from 1) of the heading row among a text's first ones, and the delimiter: the one with most columns."""
    for number, line in enumerate(text.split("\n", among)[:among], start=1):
        heads = [(len(head), -place, delimiter) for place, delimiter in enumerate(DELIMITERS)
                 if is_heading(head := _alone(line[:_LONGEST_HEADING], delimiter))]  # fmt: skip
        if heads:
            return number, max(heads)[2]
    return None


def read_rows(text: str, delimiter: str, start: int, notices: list[Message]) -> list[Row]:
    """Every row that holds something, from a line on; what was doubtful is added to the notices."""
    before = csv.field_size_limit(_BIGGEST_FIELD)
    try:
        rows = _Rows(text.split("\n"), delimiter)
        found = [row for row in rows.read(start - 1) if any(cell.strip() for cell in row.cells)]
    finally:
        csv.field_size_limit(before)
    notices += rows.told()
    return found


def _alone(line: str, delimiter: str) -> list[str]:
    """The cells of a line on its own."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


class _Rows:
    """Rows of lines. One whose quotation mark is missing is read by its own line, and reading goes on after it."""

    def __init__(self, lines: list[str], delimiter: str) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._mended: list[int] = []
        self._unread: tuple[int, str] | None = None

    def read(self, start: int) -> Iterator[Row]:
        """Rows from a line (counted from 0)."""
        at: int | None = start
        while at is not None:
            at = yield from self._read(at)

    def _read(self, start: int) -> Generator[Row, None, int | None]:
        """Rows up to one that must be mended; gives the line to go on from, or None at the end."""
        reader = csv.reader((f"{self._lines[n]}\n" for n in range(start, len(self._lines))), delimiter=self._delimiter)
        width, before = 0, 0
        try:
            for cells in reader:
                first, before = start + before, reader.line_num
                if self._is_swallowing(first, start + before, len(cells), width):
                    self._mended.append(first + 1)
                    yield Row(first + 1, self._lines[first].replace('"', "").split(self._delimiter))
                    return first + 1
                width = width or len(cells)
                yield Row(first + 1, cells)
        except csv.Error as error:
            self._unread = (start + reader.line_num, str(error))
        return None

    def _is_swallowing(self, first: int, end: int, cells: int, width: int) -> bool:
        """Whether a row over several lines has taken in others: it is never closed; or its marks or the number of its
        cells are wrong, and a line in it has as many cells as the heading."""
        if end - first < 2 or len(self._mended) >= _MOST_MENDED:
            return False
        fault = self._fault(self._lines[first:end])
        if "unexpected end" in fault and end >= len(self._lines):
            return True
        inner = self._lines[first + 1 : end]
        return bool(fault or cells != width) and any(len(_alone(line, self._delimiter)) == width > 2 for line in inner)

    def _fault(self, lines: list[str]) -> str:
        """What is wrong with the quotation marks of a row; "" for nothing."""
        try:
            list(csv.reader((f"{line}\n" for line in lines), delimiter=self._delimiter, strict=True))
        except csv.Error as error:
            return str(error)
        return ""

    def told(self) -> list[Message]:
        """What had to be mended, and where reading stopped."""
        notices = []
        if self._mended:
            notices.append(message("In {count} rows a quotation mark is missing, the first at line {line}; look "
                                   "whether they were read rightly.",
                                   count=len(self._mended), line=self._mended[0]))  # fmt: skip
        if self._unread:
            notices.append(message("Line {line}: the table cannot be read further ({why}).",
                                   line=self._unread[0], why=self._unread[1]))  # fmt: skip
        return notices
