"""A table of judgments made elsewhere: a CSV file with the columns unit, coder, value, and document where there is one.

An empty value is missing. Commas, semicolons and tabs separate columns; UTF-8 with or without its mark, UTF-16 as Excel
writes it, and Latin-1 are read; column names in any case. With documents a unit is named by document and unit together.
"""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path
from typing import Any

import numpy as np

from litreview.coding.ratings import MISSING, Integers, Ratings, factorize
from litreview.errors import LitreviewError, Message, UsageError, message
from litreview.files import read_bytes

NEEDED = ("unit", "coder", "value")
DELIMITERS = (",", ";", "\t")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_ratings(path: Path) -> Ratings:
    """The ratings of a file; their raters in alphabetical order. Raises `UsageError` with file and line where the table
    is not as it must be, `LitreviewError` when the file cannot be read."""
    try:
        content = read_bytes(path)
    except OSError as error:
        what = message("The file cannot be read ({why}).", why=error.strerror or str(error))
        raise LitreviewError(what, path) from error
    return parse_ratings(_decode(content, path), path)


def parse_ratings(text: str, path: Path | None = None) -> Ratings:
    """The pure half of `read_ratings`."""
    columns = _read_columns(text, path)
    rows = np.flatnonzero(_named(columns, text, path))
    units, coders, values = (columns[name][rows] for name in NEEDED)
    unit, known = factorize(units)
    document = factorize(columns["document"][rows])[0] if "document" in columns else None
    if document is not None:
        unit, known = factorize(document * max(1, len(known)) + unit)
    names, scale = sorted(set(coders.tolist())), sorted(set(values.tolist()) - {""})
    coder, value = _numbers(coders, names), _numbers(values, ["", *scale]) - 1
    clash = _find_clash(unit, coder, value, len(names))
    if clash is not None:
        what = _clash(str(units[clash]), str(coders[clash]))
        raise UsageError(what, path, _line_of(text, int(rows[clash])))
    table = np.full((len(known), len(names)), MISSING, dtype=np.int64)
    given = value != MISSING
    table[unit[given], coder[given]] = value[given]
    of_unit = np.zeros(len(known), dtype=np.int64)
    of_unit[unit] = 0 if document is None else document
    weights = np.ones(len(known), dtype=np.int64)
    return Ratings(table, weights, tuple(names), len(scale), None if document is None else of_unit)


def _named(columns: dict[str, Any], text: str, path: Path | None) -> Any:
    """Which rows say what they are about. A row with a value must; others are passed over."""
    named = np.ones(len(columns["value"]), dtype=bool)
    for name in sorted(columns.keys() - {"value"}):
        empty = columns[name] == ""
        faults = np.flatnonzero(empty & (columns["value"] != ""))
        if len(faults):
            what = message("The column '{column}' is empty here. Fill it in, or take the row out.", column=name)
            raise UsageError(what, path, _line_of(text, int(faults[0])))
        named &= ~empty
    return named


def _numbers(values: Any, names: list[str]) -> Integers:
    """Each value's place among the names, which have them all."""
    codes, known = factorize(values)
    place = {name: number for number, name in enumerate(names)}
    return np.array([place[name] for name in known], dtype=np.int64)[codes] if len(known) else codes


def _find_clash(unit: Integers, coder: Integers, value: Integers, coders: int) -> int | None:
    """The first row that judges a unit otherwise than an earlier one of the same coder. Empty values never clash."""
    rows = np.flatnonzero(value != MISSING)
    key = unit[rows] * max(1, coders) + coder[rows]
    order = np.argsort(key, kind="stable")
    same = key[order][1:] == key[order][:-1]
    differs = value[rows][order][1:] != value[rows][order][:-1]
    clashes = rows[order][1:][same & differs]
    return int(clashes.min()) if len(clashes) else None


def _clash(unit: str, coder: str) -> Message:
    return message("{coder} judged the unit '{unit}' before, otherwise. One of the two rows must go.",
                   coder=coder, unit=unit)  # fmt: skip


def _decode(content: bytes, path: Path | None) -> str:
    """A file's text with plain line ends."""
    try:
        text = content.decode("utf-16" if content.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    if "\0" in text:
        raise UsageError(message("This is no table of text. Save it as CSV with the columns unit, coder, value."), path)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_columns(text: str, path: Path | None) -> dict[str, Any]:
    """The known columns as arrays of stripped text."""
    import pandas as pd

    head, delimiter, skipped = _layout(text, path)
    wanted = {name: head.index(name) for name in (*NEEDED, "document") if name in head}
    beyond = len(head)  # where cells would stand that have no heading
    try:
        table = pd.read_csv(io.StringIO(text), sep=delimiter, header=None, names=list(range(beyond + 1)), dtype=str,
                            skiprows=skipped, keep_default_na=False, na_filter=False, skip_blank_lines=False,
                            index_col=False)  # fmt: skip
    except pd.errors.ParserError as error:
        what = message("The table cannot be read ({why}). Look for a quotation mark that is never closed.",
                       why=" ".join(str(error).split()))  # fmt: skip
        raise UsageError(what, path) from None
    longer = np.flatnonzero(table[beyond].str.strip() != "")
    if len(longer):
        what = message("This row has more cells than the table has columns. Put text with the separator in quotes.")
        raise UsageError(what, path, _line_of(text, int(longer[0])))
    return {name: table[place].str.strip().to_numpy(dtype=object) for name, place in wanted.items()}


def _layout(text: str, path: Path | None) -> tuple[list[str], str, int]:
    """Column names in small letters, the delimiter, and how many lines stand before the first row."""
    lines = text.split("\n")
    number = next((n for n, line in enumerate(lines) if line.strip() and not line.lower().startswith("sep=")), None)
    if number is None:
        what = message("The file is empty. It needs a heading with the columns unit, coder, value.")
        raise UsageError(what, path)
    heads = {delimiter: _head(lines[number], delimiter) for delimiter in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda one: (len(set(NEEDED) & set(heads[one])), len(heads[one])))
    head = heads[delimiter]
    missing = [name for name in NEEDED if name not in head]
    if missing:
        what = message("The heading lacks the column {missing}. It has: {found}.", missing=", ".join(missing),
                       found=", ".join(head))  # fmt: skip
        raise UsageError(what, path, number + 1)
    twice = [name for name in (*NEEDED, "document") if head.count(name) > 1]
    if twice:
        raise UsageError(message("The column '{column}' stands twice.", column=twice[0]), path, number + 1)
    return head, delimiter, number + 1


def _head(line: str, delimiter: str) -> list[str]:
    return [cell.strip().casefold() for cell in next(csv.reader([line], delimiter=delimiter), [])]


def _line_of(text: str, row: int) -> int:
    """The line in the file that a row (from 0) begins on; read again, since only a fault asks for it."""
    _, delimiter, skipped = _layout(text, None)
    reader = csv.reader(io.StringIO(text.split("\n", skipped)[skipped]), delimiter=delimiter)
    line = 0
    for number, _ in enumerate(reader):
        if number == row:
            break
        line = reader.line_num
    return skipped + line + 1
