"""The tables as CSV: for programs, and for reading anything again in twenty years.

UTF-8 without a byte order mark, since the mark becomes a part of the first column's name in most programs that read
tables; who works in Excel has the same tables in `tables.xlsx`. Lines end with a line feed on every system. Ids stand
untranslated.
"""

from __future__ import annotations

import csv
import io
import re

from litreview.protocol import SAMPLE_MARK
from litreview.report.table import Table, Value

_FORMULA = re.compile(r"[=+@\t\r]|-[\d(=+@.]")


def render_csv(table: Table, sample: bool) -> bytes:
    """A table as CSV, with a column `sample` at the end where the review is one."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*(column.key for column in table.columns), *(["sample"] if sample else [])])
    for row in table.rows:
        writer.writerow([*map(_shown, row), *([SAMPLE_MARK] if sample else [])])
    return text.getvalue().encode("utf-8", "replace")


def _shown(value: Value) -> Value:
    """A value as it is; text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value
