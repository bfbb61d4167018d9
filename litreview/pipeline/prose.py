"""Text files of the corpus that are documents: running text, no search export, and no notes to oneself."""

from __future__ import annotations

import re
from pathlib import Path

from litreview.documents.kinds import TEXT_SUFFIXES, UNPAGED_SUFFIXES
from litreview.files import with_patience
from litreview.pipeline.scan import CorpusFile

SILENT = ("readme", "license", "thumbs.db", "desktop.ini")  # beginnings of names that lie in folders of all kinds
_NOTES = re.compile(r"(?:notes?|catatan|todo|changelog)(?![a-z])")
_SAVED_BESIDE = re.compile(r"[^/]+(?:_files|_berkas|\.files)/")  # what browsers save beside a page


def may_be_prose(file: CorpusFile) -> bool:
    """Whether a text file is to be looked at as a document: its name says nothing else."""
    return file.suffix in TEXT_SUFFIXES and not is_passed_over(file.path) and not is_notes(file.path)


def holds_prose(path: Path) -> bool:
    """Whether a text file holds running text, and is no search export."""
    from litreview.documents.formats.prose import LOOKED_AT, reads_as_prose
    from litreview.records.read import is_export

    def beginning() -> bytes:
        with path.open("rb") as stream:
            return stream.read(LOOKED_AT)

    content = with_patience(beginning)
    return reads_as_prose(content) and not is_export(content)


def is_document(file: CorpusFile, prose: frozenset[str]) -> bool:
    """Whether a file of a document's suffix is one: text must read as prose, and what every folder may hold, or a
    browser saves beside a page, is none."""
    if file.suffix in TEXT_SUFFIXES:
        return file.path in prose
    return file.suffix not in UNPAGED_SUFFIXES or not is_passed_over(file.path)


def is_passed_over(path: str) -> bool:
    """Whether a file is what every folder may hold (README, …), or what a browser saved beside a page."""
    name = path.rpartition("/")[2].casefold()
    beside = _SAVED_BESIDE.search(path) is not None and not name.endswith(".pdf")
    return bool(name) and (name.startswith(SILENT) or beside)


def is_notes(path: str) -> bool:
    """Whether a text's name says that it holds someone's notes."""
    name = path.rpartition("/")[2].casefold()
    return name.endswith(TEXT_SUFFIXES) and _NOTES.match(name) is not None
