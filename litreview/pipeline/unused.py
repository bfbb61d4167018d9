"""Files of the corpus that nothing is made of, each with why: none is passed over in silence."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence

from litreview.documents.formats.prose import LEAST_WORDS
from litreview.documents.kinds import TEXT_SUFFIXES
from litreview.documents.model import UnusedFile
from litreview.errors import Message, message
from litreview.pipeline.prose import is_notes, is_passed_over
from litreview.pipeline.reading import CLOSED, Report, may_be_export
from litreview.pipeline.scan import EXPORT_SUFFIXES, CorpusFile
from litreview.records.model import Export

NOTHING = hashlib.sha256(b"").hexdigest()
MOST_NAMES = 3
TEXTS = (".doc", ".docm", ".odt", ".rtf", ".pages", ".epub", ".wps", ".mht", ".mhtml")
SHEETS = (".xls", ".xlsb", ".ods", ".numbers")
_CLOSED_FOLDER = message("This folder, or link, cannot be opened, so that nothing in it is used. Change its rights, or"
                         " put the files themselves here.")  # fmt: skip
_EMPTY = message("The file is empty. Download or export it again.")
NOT_READ = message("This kind of document is not read. Open it and save it as DOCX or PDF beside it.")
_LITTLE = message(
    "It is no search export that can be read (RIS, BibTeX, PubMed, Web of Science, EndNote, CSV), and too short a text"
    " for a document: texts are read from {words} words in sentences on. Export it again, or move it out of corpus/.",
    words=LEAST_WORDS,
)
_NAMED_NOTES = message("By its name it holds notes. If it is a document of the review, give it the name of that.")
_SHEET = message("Worksheets of this kind are not read. A table of search results is read when it is saved as XLSX or"
                 " CSV.")  # fmt: skip
_NO_EXPORT = message(
    "It is no search export that can be read: RIS, BibTeX, CSL-JSON, an export of PubMed, Web of Science or EndNote, or"
    " a table (CSV, XLSX) with columns of titles and authors. Export it again, or move it out of corpus/."
)
_NO_RECORD = message("The search export holds no record. Export it again.")
_OTHER = message(
    "This kind of file is not read: PDF, DOCX, HTML and text are, and search exports (RIS, BibTeX, CSV, XLSX, and those"
    " of PubMed, Web of Science and EndNote)."
)


def find_unused(
    files: Iterable[CorpusFile], reports: Iterable[Report], exports: Iterable[Export]
) -> tuple[UnusedFile, ...]:
    """Files of no report, export or table, by path. What every folder may hold (README, …) is passed over, and so are
    data files that the protocol gives a role."""
    read = {file.path: file.sha256 for report in reports for file in report.files}
    first = {digest: path for path, digest in read.items() if digest}
    filled = {export.file: bool(export.records) for export in exports}
    return tuple(_unused(files, read, first, filled))


def _unused(
    files: Iterable[CorpusFile], read: Collection[str], first: dict[str, str], filled: dict[str, bool]
) -> Iterator[UnusedFile]:
    for file in files:
        if file.path in read or filled.get(file.path) or is_passed_over(file.path):
            continue
        why = _why(file, first.get(file.sha256, ""), file.path in filled)
        if why is not None:
            yield UnusedFile(file.path, why, file.sha256)


def _why(file: CorpusFile, same: str, is_export: bool) -> Message | None:
    """Why a file that is not read is not; None where nothing is amiss."""
    if not file.opened:
        return _CLOSED_FOLDER if file.path.endswith("/") else CLOSED
    if file.sha256 == NOTHING:
        return _EMPTY
    if same:
        return message("The same content as {file}, which is read once.", file=same)
    if file.suffix in TEXT_SUFFIXES and not is_export:
        return None if file.source.role != "study" else _NAMED_NOTES if is_notes(file.path) else _LITTLE
    if may_be_export(file):
        return _NO_RECORD if is_export else _NO_EXPORT
    if file.suffix in EXPORT_SUFFIXES:
        return None
    return NOT_READ if file.suffix in TEXTS else _SHEET if file.suffix in SHEETS else _OTHER


def tell_unused(unused: Sequence[UnusedFile], nothing_else: bool) -> Iterator[Message]:
    """How many files are not used, and the first of them; more where the corpus has nothing but them, or nothing."""
    names = [file.path.removeprefix("corpus/") for file in unused]
    shown = "; ".join((*names[:MOST_NAMES], *(["…"] if len(names) > MOST_NAMES else [])))
    if nothing_else and not unused:
        yield message("There is no document and no search export in corpus/ yet. Put your files there and run again.")
    elif nothing_else:
        yield message(
            "There is no document and no search export in corpus/ that can be read, only: {names}. Documents are read"
            " as PDF, DOCX, HTML or text, search exports as RIS, BibTeX, CSV or XLSX. Save the files so and run again.",
            names=shown,
        )
    elif unused:
        yield message("Files that are not used: {count} ({names}). The report says why.", count=len(names), names=shown)
