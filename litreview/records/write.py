"""Records out: in the formats of reference managers and screening tools, with decisions. What is written here comes
back equal from `parse_export`, record by record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from litreview.errors import UsageError, message
from litreview.records.carried import NOTHING, carried
from litreview.records.model import Record, RecordDecision
from litreview.records.read import parse_export
from litreview.records.write_bibtex import BibtexWriter
from litreview.records.write_csl import CslWriter
from litreview.records.write_ris import RisWriter
from litreview.records.write_tables import CsvWriter, XlsxWriter
from litreview.records.writing import Writer, Written

WRITERS: tuple[Writer, ...] = (RisWriter(), BibtexWriter(), CslWriter(), CsvWriter(), XlsxWriter())


def write_records(records: Sequence[Record], decisions: Iterable[RecordDecision] = (), format_: str = "ris") -> bytes:
    """A file of records with what people decided on them (by the record's id), the same bytes for the same values.

    `format_` is ris, bibtex, csl-json, csv or xlsx. Each field goes where other programs look for it; a note, field or
    column `litreview` holds only what the format would not give back. Raises `UsageError` for another format. Pure.
    """
    writer = find_writer(format_)
    by_record: dict[str, list[RecordDecision]] = defaultdict(list)
    for one in decisions:
        by_record[one.record].append(one)
    judged = bool(by_record)
    plain = [Written(record, tuple(by_record.get(record.id, ())), NOTHING, judged) for record in records]
    back = _read_back(writer, plain)
    return writer.write([
        one._replace(carried=carried(one.record, seen, one.decisions)) for one, seen in zip(plain, back, strict=True)
    ])  # fmt: skip


def find_writer(format_: str) -> Writer:
    """The writer of a format. Raises `UsageError` where there is none."""
    for writer in WRITERS:
        if writer.name == format_:
            return writer
    known = ", ".join(writer.name for writer in WRITERS)
    raise UsageError(message("The format '{format}' is not known. Known are: {known}.", format=format_, known=known))


def _read_back(writer: Writer, entries: Sequence[Written]) -> list[Record]:
    """What the format alone gives back of each record."""
    export = parse_export(writer.write(entries), "") if entries else None
    found = list(export.records) if export else []
    return found if len(found) == len(entries) else [Record("", "", "")] * len(entries)
