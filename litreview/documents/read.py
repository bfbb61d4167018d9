"""Read a report: from the bytes of its files to one document, with a status for each file.

`read_report` is a pure function of the bytes: it keeps nothing, looks at no clock, and raises for no bad file.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from litreview.documents.assemble import assemble
from litreview.documents.extract import RawPage, read_page
from litreview.documents.formats.read import read_flows
from litreview.documents.ink import look_for_lost_words
from litreview.documents.kinds import has_pages
from litreview.documents.model import FileStatus, ReadResult
from litreview.documents.ocr import RecognisedPage
from litreview.documents.quality import look_for_pictures
from litreview.documents.recognised import judge_recognised, wanting_pages, with_recognised
from litreview.documents.recognised_folder import read_recognised
from litreview.files import locate

if TYPE_CHECKING:
    import pymupdf

READER = "reader 1"
MAX_BYTES = 400_000_000
MAX_PAGES = 4000
_HEADER_BYTES = 1024
_A4_PT = (595.0, 842.0)


class ReadJob(msgspec.Struct, frozen=True):
    """What to read: the review's folder, the report's id, its files (POSIX, relative to the root) and their hashes, and
    the folder of recognised pages, if any."""

    root: str
    report: str
    files: tuple[str, ...]
    sha256: tuple[str, ...] = ()
    recognised: str = ""


class _Refusal(Exception):
    """A file that cannot be read: its status and why."""

    def __init__(self, status: str, reason: str = "") -> None:
        super().__init__(status)
        self.status = status
        self.reason = reason or REASONS[status]


REASONS = {
    "needs-password": "The file asks for a password. Save a copy without a password and put it in its place.",
    "damaged": "The file is damaged or was not downloaded completely. Download it again.",
    "not-a-pdf": "The file is named .pdf but is something else. Open it to see what it is, and save it as a PDF.",
    "empty": "The file has nothing in it. Download it again.",
    "too-large": "The file is too large to be read. Divide it into smaller files.",
    "needs-ocr": "The pages are pictures without text. Let it be recognised (OCR) with: litreview ingest --ocr",
}


def read_report(job: ReadJob) -> ReadResult:
    """Read every file of a report into one document. Never raises for a bad file: it gets a status, and the other
    files of the report are read nevertheless; the document is None when none of them has text."""
    if not has_pages(job.files[0]):
        return read_flows(job.root, job.report, job.files, job.sha256, READER, REASONS)
    statuses = []
    pages: list[list[RawPage]] = []
    with _no_collection():
        for i, name in enumerate(job.files):
            sha256 = job.sha256[i] if i < len(job.sha256) else ""
            known = read_recognised(Path(job.recognised), sha256) if job.recognised and sha256 else {}
            read = _read_file(locate(Path(job.root), name), i, sum(map(len, pages)), known)
            statuses.append(FileStatus(name, read.status, job.report, read.length, read.reason, sha256, read.wanting))
            pages.append(read.pages)
        if not any(pages):
            return ReadResult(tuple(statuses))
        return ReadResult(tuple(statuses), assemble(job.report, job.files, pages, READER))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Switch the garbage collector off: a file makes many small values and no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Read(NamedTuple):
    """A file as read: status, reason, its pages if they have text, how many there are, and which want OCR."""

    status: str
    reason: str
    pages: list[RawPage]
    length: int = 0
    wanting: tuple[int, ...] = ()


def _read_file(path: Path, file: int, before: int, known: Mapping[int, RecognisedPage]) -> _Read:
    """Read one file; `before` counts the report's pages so far, `known` are its recognised pages."""
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        own = _open_and_read(path, file, before)
        wanting = wanting_pages(own)
        pages = with_recognised(own, known, before)
        status, reason = judge_recognised(own, pages, known)
    except _Refusal as refusal:
        return _Read(refusal.status, refusal.reason, [])
    except MemoryError:
        return _Read("too-large", REASONS["too-large"], [])
    except (RuntimeError, ValueError, LookupError, TypeError, OSError, pymupdf.mupdf.FzErrorBase):
        return _Read("damaged", REASONS["damaged"], [])
    if status != "ready":
        return _Read(status, reason or REASONS[status], [], len(pages), wanting)
    return _Read(status, "", pages, len(pages), wanting)


def _open_and_read(path: Path, file: int, before: int) -> list[RawPage]:
    import pymupdf

    size = path.stat().st_size
    if size == 0:
        raise _Refusal("empty")
    if size > MAX_BYTES:
        raise _Refusal("too-large")
    with path.open("rb") as stream:
        head = stream.read(_HEADER_BYTES)
    try:
        pdf = pymupdf.open(path, filetype="pdf")
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
        raise _Refusal("damaged" if b"%PDF" in head else "not-a-pdf") from error
    with pdf:
        return _read_pages(pdf, head, file, before)


def _read_pages(pdf: pymupdf.Document, head: bytes, file: int, before: int) -> list[RawPage]:
    if not pdf.is_pdf:
        raise _Refusal("not-a-pdf")
    if pdf.needs_pass:
        raise _Refusal("needs-password")
    count = len(pdf)
    if count == 0:
        raise _Refusal("damaged" if b"%PDF" in head else "not-a-pdf")
    if count > MAX_PAGES:
        raise _Refusal("too-large")
    labelled = bool(pdf.get_page_labels())
    pages = [_read_one(pdf, i, before + i, file, labelled) for i in range(count)]
    look_for_lost_words(pdf, pages)
    return pages


def _read_one(pdf: pymupdf.Document, number: int, index: int, file: int, labelled: bool) -> RawPage:
    """One page; one that cannot be read counts as a page without text, and the others stand."""
    import pymupdf

    try:
        page = pdf[number]
        raw = read_page(page, index, file)
        raw.label = page.get_label() if labelled else ""
        look_for_pictures(page, raw)
    except (RuntimeError, ValueError, LookupError, TypeError, pymupdf.mupdf.FzErrorBase):
        return RawPage(file, number + 1, *_A4_PT, [], [], [], unreadable=True)
    return raw
