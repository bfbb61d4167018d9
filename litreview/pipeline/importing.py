"""Search exports from anywhere into the corpus, as they are, with what was read of them and what was lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from litreview.documents.kinds import DOCUMENT_SUFFIXES, TEXT_SUFFIXES, suffix_of
from litreview.errors import Message, UsageError, message
from litreview.files import hash_file, open_or_tell, posix, write_or_tell
from litreview.pipeline.prose import holds_prose
from litreview.pipeline.scan import CORPUS, EXPORT_SUFFIXES
from litreview.records.model import Export
from litreview.records.read import parse_export

EXPORTS = "exports"  # the folder of the corpus that imported files go into


class Imported(msgspec.Struct, frozen=True):
    """A search export that was taken in: where it lies now (POSIX, in the review), its format, counts of the entries
    that begin in it, records read, entries lost, and decisions of screening tools; and what was told.

    `already`: the same content lay there before, so that nothing was copied.
    """

    file: str
    format: str
    entries: int
    records: int
    lost: int
    decisions: int = 0
    already: bool = False
    notices: tuple[Message, ...] = ()


def import_exports(root: Path, files: Sequence[Path]) -> list[Imported]:
    """Copy search exports into `corpus/exports/` of a review. What is there is never replaced.

    Raises `UsageError` for a file that is none, before anything is copied, and `LitreviewError` for one that cannot be
    opened or written.
    """
    exports = [(file, content, _parsed(file, content)) for file in files for content in [open_or_tell(file)]]
    here = {hash_file(path): posix(path, root) for path in _kept(root)}
    return [_take_in(root, file, content, export, here) for file, content, export in exports]


def is_document(file: Path) -> bool:
    """Whether a file is a document and no search export: by its suffix, a text by its content."""
    if suffix_of(file.name) in TEXT_SUFFIXES:
        return holds_prose(file)
    return suffix_of(file.name) in DOCUMENT_SUFFIXES


def import_content(root: Path, name: Path, content: bytes) -> Imported:
    """The same for one export that is no file yet, under a name."""
    here = {hash_file(path): posix(path, root) for path in _kept(root)}
    return _take_in(root, name, content, _parsed(name, content), here)


def _take_in(root: Path, file: Path, content: bytes, export: Export, here: dict[str, str]) -> Imported:
    """Put an export into the corpus, unless its content is `here` (by hash: where) already."""
    before = here.get(export.sha256, "")
    name = before or _free_name(root, file, export.format)
    if not before:
        write_or_tell(root / name, content)
        here[export.sha256] = name
    return _told(export, name, bool(before))


def _parsed(file: Path, content: bytes) -> Export:
    export = parse_export(content, file.name)
    if export is None or not export.records:
        what = message(
            "It is no search export that can be read: RIS, BibTeX, CSL-JSON, an export of PubMed, Web of Science or"
            " EndNote, or a table (CSV, XLSX) with columns of titles and authors."
        )
        raise UsageError(what, file)
    return export


def _told(export: Export, name: str, already: bool) -> Imported:
    counts = (export.entries, len(export.records), export.lost, len(export.decisions))
    return Imported(name, export.format, *counts, already, export.notices)


def _kept(root: Path) -> Iterator[Path]:
    """The files of the corpus that may be exports."""
    for path in sorted((root / CORPUS).rglob("*")):
        if path.suffix.lower() in EXPORT_SUFFIXES and path.is_file():
            yield path


_SUFFIXES: Mapping[str, str] = {"ris": ".ris", "bibtex": ".bib", "nbib": ".nbib", "isi": ".isi", "enw": ".enw",
                                "csl-json": ".json", "xlsx": ".xlsx"}  # fmt: skip


def _free_name(root: Path, file: Path, format_: str) -> str:
    """A name in the folder of exports that nothing has; one with a suffix that is not looked at gets its format's."""
    usual = ".xml" if format_.endswith("xml") else _SUFFIXES.get(format_, ".csv")
    suffix = file.suffix if file.suffix.lower() in EXPORT_SUFFIXES else f"{file.suffix}{usual}"
    number = 1
    while True:
        stem = file.stem if number == 1 else f"{file.stem}-{number}"
        name = PurePosixPath(CORPUS, EXPORTS, f"{stem}{suffix}").as_posix()
        if not (root / name).exists():
            return name
        number += 1
