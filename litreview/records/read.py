"""Search exports: what a file is, told by its content, and its records. Nothing is lost without a word."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol as Shape

from msgspec.structs import replace

from litreview.errors import LitreviewError, Message, message
from litreview.records.bibtex import BibtexReader
from litreview.records.fields import content_id, distinct_ids
from litreview.records.model import Export, Record
from litreview.records.ris import RisReader
from litreview.records.tables import TableReader

EXPORT_SUFFIXES = (".ris", ".bib", ".bibtex", ".csv", ".tsv", ".txt")


class Reader(Shape):
    """A way to read one kind of export. `read` gives the format, the records (without ids) and notices."""

    def sniff(self, text: str) -> bool:
        """Whether the text is of this kind."""
        ...

    def read(self, text: str) -> tuple[str, list[Record], list[Message]]:
        """The format's name, records in order, and what was lost or doubtful."""
        ...


READERS: tuple[Reader, ...] = (RisReader(), BibtexReader(), TableReader())


def read_export(path: Path, file: str, database: str = "") -> Export | None:
    """Read one search export; None when the file is none (its kind is found by content, not by suffix).

    `file` is its POSIX path in the review. Raises `LitreviewError` when the file cannot be opened.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        what = message("The file cannot be opened ({why}).", why=error.strerror or str(error))
        raise LitreviewError(what, file) from error
    return parse_export(content, file, database)


def parse_export(content: bytes, file: str, database: str = "") -> Export | None:
    """An export from its bytes; None when they are none. Pure."""
    text, encoding = decode(content)
    if "\x00" in text or text.startswith("%PDF-"):
        return None
    for reader in READERS:
        if reader.sniff(text):
            kind, records, notices = reader.read(text)
            if encoding:
                notices = [message("The file is not UTF-8; it was read as {encoding}. Check names with accents.",
                                   encoding=encoding), *notices]  # fmt: skip
            sha256 = hashlib.sha256(content).hexdigest()
            return Export(file, kind, database, _placed(records, file, database), tuple(notices), sha256)
    return None


def decode(content: bytes) -> tuple[str, str]:
    """Text from bytes, without a byte-order mark; and the encoding where it is to be told ("" for Unicode)."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), ""
    for encoding, told in (("utf-8-sig", ""), ("cp1252", "Windows-1252")):
        try:
            return content.decode(encoding), told
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1"), "Latin-1"


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
