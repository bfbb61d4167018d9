"""A record that no export holds: as a person tells it, or as a document's first pages do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from litreview.errors import UsageError, message
from litreview.files import safe_name
from litreview.pipeline.importing import Imported, import_content, import_exports, is_document
from litreview.records.fields import family_name, find_doi, find_year
from litreview.records.model import Record
from litreview.records.write import write_records

if TYPE_CHECKING:
    from litreview.documents.model import Document

NOTHING_KNOWN = Record("", "", "")


Told = Mapping[str, str | int | tuple[str, ...] | None]


def take_in(root: Path, files: Sequence[Path], told: Told) -> tuple[list[Imported], list[Record]]:
    """Take files into the corpus: search exports as they are, of each document a record. `told` corrects the record of
    the one document, or makes one by hand where there is no file. What was taken in, and the records that were made.

    Raises `UsageError` where `told` may mean one of several files, for a record without a title and a file that is
    neither; `LitreviewError` for one that cannot be opened or written.
    """
    if any(told.values()) and len(files) > 1:
        raise UsageError(message("These options tell one record: name one document, or none."))
    documents = [file for file in files if is_document(file)]
    read = [read_record(file) for file in documents] if files else [NOTHING_KNOWN]
    records = [corrected(record, told) for record in read]
    imported = import_exports(root, [file for file in files if file not in documents])
    return imported + [add_record(root, record) for record in records], records


def record_of(document: Document) -> Record:
    """What a document says of itself, as a record; what it does not say stays empty."""
    told = document.metadata
    abstracts = [told.abstracts[key].value for key in sorted(told.abstracts, key=lambda key: key != told.language)]
    return Record(
        "",
        "",
        "",
        title=told.title.value if told.title else "",
        authors=tuple(author.value for author in told.authors),
        year=find_year(told.year.value) if told.year else None,
        venue=told.source.value if told.source else "",
        doi=find_doi(told.doi.value) if told.doi else "",
        abstract=abstracts[0] if abstracts else "",
        keywords=told.keywords,
        language=told.language,
    )


def read_record(path: Path) -> Record:
    """The record that a document tells. Raises `UsageError` where it has no text or is none."""
    from litreview.pipeline.read_files import read_files

    read = next(iter(read_files([path])))
    if read.document is None:
        raise UsageError(read.why or message("It is no document that can be read."), path)
    return record_of(read.document)


def corrected(record: Record, told: Told) -> Record:
    """A record with what a person told in place of what was read; empty values change nothing. Raises `UsageError`
    where it has no title then."""
    given = {name: value for name, value in told.items() if value}
    if "doi" in given:
        given["doi"] = find_doi(str(given["doi"]))
    return msgspec.structs.replace(record, **given)


def add_record(root: Path, record: Record) -> Imported:
    """Put a record into a file of its own in `corpus/exports/`. Raises `UsageError` without a title."""
    if not record.title.strip():
        raise UsageError(message('The record needs a title: --title "…".'))
    first = family_name(record.authors[0]) if record.authors else ""
    name = safe_name(f"by-hand-{first or 'untold'}-{record.year or 'n.d.'}".replace(" ", "-"))
    return import_content(root, Path(f"{name}.ris"), write_records([record], format_="ris"))
