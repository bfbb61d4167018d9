"""Read a report: from the bytes of its files to one document, with a status for each file.

`read_report` is a pure function of the bytes: it keeps nothing, looks at no clock, and raises for no bad file.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from litreview.documents.assemble import assemble
from litreview.documents.extract import RawPage, read_page
from litreview.documents.formats.read import read_flows
from litreview.documents.ink import look_for_lost_words
from litreview.documents.kinds import has_pages
from litreview.documents.model import FileStatus, PageQuality, ReadResult
from litreview.documents.opening import is_out_of_memory, open_pdf, pdf_errors
from litreview.documents.passwords import Secret
from litreview.documents.quality import look_for_pictures, page_doubts
from litreview.documents.recognised import wanting_pages, with_recognised
from litreview.documents.recognised_folder import read_recognised
from litreview.documents.refusals import (
    MAX_BYTES,
    MAX_PAGES,
    REASONS,
    Refusal,
    failed,
    memory_at,
    not_a_file,
    not_opened,
    too_many_bytes,
    too_many_pages,
)
from litreview.documents.sniffing import refuse_other
from litreview.documents.unread import forget_damage, is_damage_told, refuse_cut_off, refuse_odd, refuse_unread
from litreview.files import locate

if TYPE_CHECKING:
    import pymupdf

READER = "reader 1"
_HEADER_BYTES = 1024
_A4_PT = (595.0, 842.0)


class ReadJob(msgspec.Struct, frozen=True):
    """What to read: the review's folder, the report's id, its files (POSIX, relative to the root), their hashes and
    passwords ("" for none; without the list each is looked up); which files failed when read alone, and how; and the
    folder of recognised pages, if any."""

    root: str
    report: str
    files: tuple[str, ...]
    sha256: tuple[str, ...] = ()
    passwords: tuple[Secret, ...] = ()
    refused: dict[str, str] = {}
    recognised: str = ""

    def password(self, file: int) -> str | None:
        """A file's password; None: look it up."""
        return self.passwords[file].value if file < len(self.passwords) else None


def read_report(job: ReadJob) -> ReadResult:
    """Read every file of a report into one document. Never raises for a bad file: it gets a status, and the other
    files of the report are read nevertheless; the document is None when none of them has text."""
    if not has_pages(job.files[0]):
        return read_flows(job.root, job.report, job.files, job.sha256, READER)
    statuses = []
    pages: list[list[RawPage]] = []
    with _no_collection():
        for i in range(len(job.files)):
            status, found = _read_file(job, i, sum(map(len, pages)))
            statuses.append(status)
            pages.append(found)
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


def _read_file(job: ReadJob, file: int, before: int) -> tuple[FileStatus, list[RawPage]]:
    """A file's status, and its pages where they have text; `before` counts the report's pages so far."""
    name = job.files[file]
    sha256 = job.sha256[file] if file < len(job.sha256) else ""
    if name in job.refused:
        status, reason = failed(job.refused[name])
        return FileStatus(name, status, job.report, 0, reason, sha256), []
    wanting: tuple[int, ...] = ()
    pages: list[RawPage] = []
    try:
        own = _open_and_read(locate(Path(job.root), name), job.password(file), file, before)
        wanting = wanting_pages(own)
        known = read_recognised(Path(job.recognised), sha256) if job.recognised and sha256 else {}
        pages = with_recognised(own, known, before)
        refuse_unread(own, pages, known)
    except Refusal as refusal:
        why, seen = refusal.reason, tuple(map(_quality_of, pages))
        told = FileStatus(name, refusal.status, job.report, refusal.pages, why.text, sha256, wanting, why.values, seen)
        return told, []
    except pdf_errors(MemoryError) as error:
        status = "too-large" if is_out_of_memory(error) else "damaged"
        return FileStatus(name, status, job.report, 0, REASONS[status], sha256), []
    return FileStatus(name, "ready", job.report, len(pages), "", sha256, wanting), pages


def _quality_of(page: RawPage) -> PageQuality:
    return PageQuality(page.number, page.label or None, len(page.strings), page_doubts(page), page.ocr)


def _open_and_read(path: Path, password: str | None, file: int, before: int) -> list[RawPage]:
    head = _head(path)
    try:
        with open_pdf(path, password) as pdf:
            refuse_odd(pdf)
            refuse_cut_off(pdf, path)
            if len(pdf):
                return _read_pages(pdf, file, before)
    except pdf_errors() as error:
        if is_out_of_memory(error):
            raise
        raise (Refusal("damaged") if b"%PDF" in head else refuse_other(path)) from error
    raise Refusal("damaged") if b"%PDF" in head else refuse_other(path)


def _head(path: Path) -> bytes:
    """A file's first bytes, when it is one that can be read."""
    try:
        if path.exists() and not path.is_file():
            raise not_a_file()
        size = path.stat().st_size
        if size == 0:
            raise Refusal("empty")
        if size > MAX_BYTES:
            raise too_many_bytes(size)
        with path.open("rb") as stream:
            return stream.read(_HEADER_BYTES)
    except OSError as error:
        raise not_opened() from error


def _read_pages(pdf: pymupdf.Document, file: int, before: int) -> list[RawPage]:
    count = len(pdf)
    if count > MAX_PAGES:
        raise too_many_pages(count)
    labelled = bool(pdf.get_page_labels())
    pages = [_read_one(pdf, i, before + i, file, labelled) for i in range(count)]
    with suppress(*pdf_errors()):  # what cannot be drawn is not looked at
        look_for_lost_words(pdf, pages)
    return pages


def _read_one(pdf: pymupdf.Document, number: int, index: int, file: int, labelled: bool) -> RawPage:
    """One page; one that cannot be read counts as a page without text, and the others stand."""
    forget_damage()
    try:
        page = pdf[number]
        raw = read_page(page, index, file)
        raw.label = page.get_label() if labelled else ""
        look_for_pictures(page, raw)
    except pdf_errors(MemoryError) as error:
        if is_out_of_memory(error):
            raise memory_at(number + 1, len(pdf)) from error
        return RawPage(file, number + 1, *_A4_PT, [], [], [], unreadable=True, broken=True)
    raw.broken = is_damage_told()
    return raw
