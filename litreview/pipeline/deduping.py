"""Find duplicates in any search exports, without a review; nothing is kept or changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from litreview.errors import LitreviewError, Message, message
from litreview.pipeline.progress import Progress
from litreview.pipeline.scan import EXPORT_SUFFIXES
from litreview.records.dedupe import find_duplicates
from litreview.records.evidence import ABSTRACT_LETTERS
from litreview.records.features import ISSN_NAMES
from litreview.records.model import Duplicates, Record
from litreview.records.read import read_export

_OWN_ID = "record id"  # the column that labelled sets and screening tools name their records by


class ReadExport(msgspec.Struct, frozen=True):
    """An export that was read: how many records it holds, and what was lost or doubtful."""

    file: str
    format: str
    records: int
    notices: tuple[Message, ...]


class Deduplicated(msgspec.Struct, frozen=True):
    """What was found in some exports. Ids are those of the column `record_id` where there is one, and names each
    record; else `file:number`, counted from 1."""

    exports: tuple[ReadExport, ...]
    records: tuple[Record, ...]
    found: Duplicates
    not_read: tuple[tuple[str, Message], ...]  # files, and why

    @property
    def removed(self) -> int:
        """How many records are copies of another: what a flow counts as duplicate records."""
        return sum(len(group.members) - 1 for group in self.found.groups)


def dedupe_files(places: Sequence[Path], progress: Progress | None = None) -> Deduplicated:
    """Duplicates over all records of some exports, and of the exports in folders among `places`. A file that cannot be
    read, or is no export, is told in `not_read` and costs itself only."""
    exports, records, not_read = read_records(places, progress or Progress())
    return Deduplicated(tuple(exports), tuple(records), find_duplicates(records), tuple(not_read))


def read_records(
    places: Sequence[Path], progress: Progress
) -> tuple[list[ReadExport], list[Record], list[tuple[str, Message]]]:
    """The exports that were read, their records under the ids that they are told by, and files that were not read."""
    files = list(_files(places))
    progress.begin(message("Reading search exports"), len(files))
    exports: list[ReadExport] = []
    records: list[Record] = []
    not_read: list[tuple[str, Message]] = []
    for path in files:
        try:
            export = read_export(path, path.as_posix())
        except LitreviewError as error:
            not_read.append((path.as_posix(), error.what))
        else:
            if export is None:
                not_read.append((path.as_posix(), message("This is no search export that litreview can read.")))
            else:
                exports.append(ReadExport(export.file, export.format, len(export.records), export.notices))
                records += map(_slim, export.records)
        progress.advance()
    return exports, _named(records), not_read


def _slim(record: Record) -> Record:
    """A record with what finding duplicates asks for and no more, so that a million fit into a laptop."""
    kept = {name: values for name, values in record.extra.items() if _is_own_id(name) or name.lower() in ISSN_NAMES}
    abstract = record.abstract[:ABSTRACT_LETTERS]
    return replace(record, abstract=abstract, extra=kept, keywords=(), url="", file="", database="", language="")


def _files(places: Sequence[Path]) -> Iterator[Path]:
    """The files, and those in folders whose names end as exports do; each once."""
    seen: set[Path] = set()
    for place in places:
        inside = sorted(path for path in place.rglob("*") if path.is_file()) if place.is_dir() else [place]
        for path in inside:
            if path not in seen and (path == place or path.suffix.lower() in EXPORT_SUFFIXES):
                seen.add(path)
                yield path


def _named(records: Sequence[Record]) -> list[Record]:
    """Records by their own ids, where a record has one that no other has; else by their places."""
    own = [_own_id(record) for record in records]
    counts = Counter(own)
    places = {record.place for record in records}
    names = [name if name and counts[name] == 1 and name not in places else record.place
             for name, record in zip(own, records, strict=True)]  # fmt: skip
    return [replace(record, id=name, place=name) for name, record in zip(names, records, strict=True)]


def _own_id(record: Record) -> str:
    return next((values[0].strip() for name, values in record.extra.items() if _is_own_id(name) and values), "")


def _is_own_id(name: str) -> bool:
    return name.replace("_", " ").casefold() == _OWN_ID
