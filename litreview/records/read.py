"""Search exports: what a file is, told by its content, and its records. Nothing is lost without a word."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from litreview.errors import Message, message
from litreview.files import open_or_tell
from litreview.records.bibtex import BibtexReader
from litreview.records.carried import all_decisions, take_carried
from litreview.records.csl import CslReader
from litreview.records.decided import take_decisions
from litreview.records.encoding import raw_of
from litreview.records.endnote_xml import EndnoteXmlReader
from litreview.records.enw import EnwReader
from litreview.records.fields import content_id, distinct_ids
from litreview.records.isi import IsiReader
from litreview.records.model import Export, Record, RecordDecision
from litreview.records.nbib import NbibReader
from litreview.records.pubmed_xml import PubmedXmlReader
from litreview.records.reader import Reader, Reading
from litreview.records.ris import RisReader
from litreview.records.tables import TableReader
from litreview.records.xlsx import XlsxReader

MOST_ALIKE = 10  # notices of one kind that are told one by one
READERS: tuple[Reader, ...] = (
    PubmedXmlReader(), EndnoteXmlReader(), CslReader(), TableReader(lines=1), RisReader(), NbibReader(), IsiReader(),
    EnwReader(), BibtexReader(), TableReader(), XlsxReader(),
)  # fmt: skip
# a table that begins with its headings goes before the rest: its cells may hold lines of any other kind


def read_export(path: Path, file: str, database: str = "", columns: Mapping[str, str] | None = None) -> Export | None:
    """Read one search export; None when the file is none (its kind is found by content, not by suffix).

    `file` is its POSIX path in the review; `columns`, of a table: the heading under which each field stands, where it
    is none that is known (`{"title": "Judul Karya"}`; the fields are those of `tables.COLUMNS`). Raises
    `LitreviewError` when the file cannot be opened.
    """
    return parse_export(open_or_tell(path, file), file, database, columns)


def parse_export(
    content: bytes, file: str, database: str = "", columns: Mapping[str, str] | None = None
) -> Export | None:
    """An export from its bytes; None when they are none. Pure."""
    raw = raw_of(content, columns)
    reader = next((one for one in READERS if one.sniff(raw)), None)
    if reader is None:
        return None
    reading = reader.read(raw)
    found = [_with_decisions(record) for record in reading.records]
    records = _placed([record for record, _ in found], file, database)
    return Export(
        file,
        reading.format,
        database,
        records,
        tuple(_in_brief([*raw.notices, *reading.notices, *_unaccounted(reading)])),
        hashlib.sha256(content).hexdigest(),
        reading.entries,
        reading.entries - len(reading.records),
        tuple(replace(one, record=record.id) for record, (_, told) in zip(records, found, strict=True) for one in told),
    )


def is_export(content: bytes) -> bool:
    """Whether bytes, or the beginning of a file's, are a search export. Pure."""
    raw = raw_of(content)
    return any(reader.sniff(raw) for reader in READERS)


def _with_decisions(record: Record) -> tuple[Record, list[RecordDecision]]:
    """A record as it was before decisions were written to it, and these (still without the record's id)."""
    record, others = take_decisions(record)
    record, ours = take_carried(record)
    return record, all_decisions(ours, others)


def _unaccounted(reading: Reading) -> list[Message]:
    """A notice where more entries begin in the file than were read or told as lost."""
    if reading.entries == len(reading.records) + reading.lost:
        return []
    return [message("{started} records begin in the file, {read} could be read.",
                    started=reading.entries, read=len(reading.records))]  # fmt: skip


def _in_brief(notices: Sequence[Message]) -> list[Message]:
    """Notices in order; of many alike the first ones, and how many more there are."""
    count = Counter(notice.text for notice in notices)
    told: Counter[str] = Counter()
    found = []
    for notice in notices:
        told[notice.text] += 1
        if told[notice.text] <= MOST_ALIKE:
            found.append(notice)
        elif told[notice.text] == MOST_ALIKE + 1:
            more = count[notice.text] - MOST_ALIKE
            found.append(message("{count} more like these, the next: {told}", count=more, told=notice))
    return found


def _placed(records: Sequence[Record], file: str, database: str) -> tuple[Record, ...]:
    """Records with their ids and places; the same content twice in a file gets a suffix."""
    ids = distinct_ids(content_id(record) for record in records)
    return tuple(
        replace(record, id=one, place=f"{file}:{number}", file=file, database=record.database or database)
        for number, (one, record) in enumerate(zip(ids, records, strict=True), start=1)
    )


def distinct_exports(exports: Iterable[Export]) -> tuple[Export, ...]:
    """Exports whose record ids are distinct over all of them: content met before gets a suffix, in order."""
    taken: dict[str, int] = {}
    found = []
    for export in exports:
        ids = distinct_ids((content_id(record) for record in export.records), taken)
        records = tuple(replace(r, id=one) for one, r in zip(ids, export.records, strict=True))
        found.append(replace(export, records=records))
    return tuple(found)
