"""Sets whose decisions are known: a table with title, abstract and a label for every record, to replay screening on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from litreview.errors import Message, UsageError, message
from litreview.files import open_or_tell
from litreview.records.encoding import raw_of
from litreview.screening.features import Rankable

COLUMNS = {
    "id": ("record_id", "id"),
    "title": ("title", "primary_title", "judul"),
    "abstract": ("abstract", "abstrak"),
    "label": ("label_included", "included", "label"),
}
MORE = ("keywords",)
LABELS = {"1": True, "1.0": True, "yes": True, "true": True, "0": False, "0.0": False, "no": False, "false": False}
_BIGGEST_FIELD = 10_000_000


class LabelledSet(msgspec.Struct, frozen=True):
    """Records in the order of their file, and the ids of those that were included."""

    records: tuple[Rankable, ...]
    included: frozenset[str]


def read_labelled(path: Path) -> LabelledSet:
    """A labelled set from a CSV file. Raises `LitreviewError`, naming file and line, for what cannot be replayed."""
    return parse_labelled(raw_of(open_or_tell(path)).text, str(path))


def parse_labelled(text: str, file: str) -> LabelledSet:
    """A labelled set from a table's text (`file` is named in errors). Raises `UsageError`. Pure.

    Columns: `record_id` (else the row's number), `title`, `abstract`, `label_included` (1 or 0), and `keywords` where
    there are any.
    """
    rows = list(_rows(text, file))
    head = [cell.strip().casefold() for cell in rows[0][1]] if rows else []
    places = {field: _column(head, names) for field, names in COLUMNS.items()}
    for needed in ("title", "label"):
        if places[needed] is None:
            what = message("The table has no column {columns}.", columns=" / ".join(COLUMNS[needed]))
            raise UsageError(what, file, rows[0][0] if rows else None)
    records: dict[str, Rankable] = {}
    included = set()
    for number, (line, row) in enumerate(rows[1:], start=1):
        record = _record(row, head, places, number)
        if record.id in records:
            raise UsageError(message("The id '{id}' stands twice.", id=record.id), file, line)
        records[record.id] = record
        if _label(_cell(row, places["label"]), file, line):
            included.add(record.id)
    if not included or len(included) == len(records):
        raise UsageError(message("A set to replay needs records that were included and records that were not."), file)
    return LabelledSet(tuple(records.values()), frozenset(included))


def _rows(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, with the line that each ends on."""
    before = csv.field_size_limit(_BIGGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        what: Message = message("The table cannot be read further ({why}).", why=str(error))
        raise UsageError(what, file, reader.line_num) from error
    finally:
        csv.field_size_limit(before)


def _column(head: Sequence[str], names: Sequence[str]) -> int | None:
    return next((head.index(name) for name in names if name in head), None)


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _record(row: Sequence[str], head: Sequence[str], places: dict[str, int | None], number: int) -> Rankable:
    more = " ".join(filter(None, (_cell(row, _column(head, (name,))) for name in MORE)))
    id_ = _cell(row, places["id"]) or str(number)
    return Rankable(id_, _cell(row, places["title"]), _cell(row, places["abstract"]), more)


def _label(cell: str, file: str, line: int) -> bool:
    label = LABELS.get(cell.casefold())
    if label is None:
        what = message("This record's label is '{label}'; 1 (included) or 0 is needed for every record.", label=cell)
        raise UsageError(what, file, line)
    return label
