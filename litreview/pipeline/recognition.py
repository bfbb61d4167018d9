"""Recognise what pages are pictures (OCR): a stage of its own, done only when it is asked for.

Each page is kept as soon as it is done, beside the index. What is kept is used by every later reading; a run never
recognises anything itself, so that it counts the same on a computer with and without language data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from litreview.documents.language_data import HOW_TO_INSTALL, LanguageData, find_language_data
from litreview.documents.model import FileStatus
from litreview.documents.ocr import PageJob, RecognisedPage, Recogniser, make_recogniser, recognise_page
from litreview.documents.recognised_folder import (
    count_recognised,
    keep_recognised,
    read_recognised,
    recognised_folder,
    tried_pages,
)
from litreview.engine import Limits, map_items
from litreview.errors import LitreviewError, Message, message
from litreview.pipeline.progress import Progress

KEEP = message(
    "Keep the folder .litreview/recognised/: it holds the recognised pages, which would have to be recognised again."
)
SECONDS_A_PAGE = 30
LIMITS = Limits(wall_s=3.0 * SECONDS_A_PAGE, cpu_s=SECONDS_A_PAGE)  # a busy computer shares its processors


class NotRecognised(msgspec.Struct, frozen=True):
    """A page whose text could not be recognised, and why."""

    file: str
    page: int
    why: str

    def told(self) -> Message:
        """A line on it."""
        if self.why == "timeout":
            return message("{file}, page {page}: recognising it took longer than {seconds} seconds and was stopped.",
                           file=self.file, page=self.page, seconds=SECONDS_A_PAGE)  # fmt: skip
        if self.why == "memory":
            return message("{file}, page {page}: recognising it needed too much memory and was stopped.",
                           file=self.file, page=self.page)  # fmt: skip
        return message("{file}, page {page}: it could not be recognised.", file=self.file, page=self.page)


class Recognition(msgspec.Struct, frozen=True):
    """What the stage did: how many pages it recognised, how many were known before, which failed, and whether it could
    do nothing since no language data are installed."""

    done: int = 0
    known: int = 0
    failed: tuple[NotRecognised, ...] = ()
    notices: tuple[Message, ...] = ()
    without_data: bool = False

    def lines(self) -> list[Message]:
        """What is shown of it."""
        told = [] if self.without_data else [
            message("Pages recognised: {done}, known from before: {known}.", done=self.done, known=self.known)
        ]  # fmt: skip
        told += [KEEP] if self.done else []
        return [*told, *(page.told() for page in self.failed), *self.notices]


def recognise(root: Path, files: Iterable[FileStatus], languages: Sequence[str], progress: Progress) -> Recognition:
    """Recognise every page that wants it and is not recognised yet, file by file; pages that failed before are tried
    again. Raises `LitreviewError` when pages cannot be kept (full disk)."""
    wanting = {file.sha256: file for file in files if file.wanting and file.sha256}
    data = find_language_data(languages)
    total = sum(len(file.wanting) for file in wanting.values())
    if data is None:
        if count_waiting(root, wanting.values()):
            return Recognition(notices=(HOW_TO_INSTALL,), without_data=True)
        return Recognition(known=total)
    recogniser = make_recogniser(data.languages, data.folder)
    due = _due(root, wanting, recogniser)
    failed = _recognise_due(root, due, recogniser, progress)
    return Recognition(len(due) - len(failed), total - len(due), tuple(failed), _notices(data))


def tell_kept(root: Path) -> list[Message]:
    """How many recognised pages a review has, and that their folder is worth keeping; nothing where there are none."""
    count = count_recognised(recognised_folder(root))
    return [message("Recognised pages (OCR), which stay: {count}.", count=count), KEEP] if count else []


def count_waiting(root: Path, files: Iterable[FileStatus]) -> int:
    """How many pages of files want to be recognised and were not tried yet."""
    folder = recognised_folder(root)
    return sum(len(set(file.wanting) - tried_pages(folder, file.sha256)) for file in files if file.wanting)


def _notices(data: LanguageData) -> tuple[Message, ...]:
    told = data.told()
    return (told,) if told is not None else ()


def _due(root: Path, wanting: dict[str, FileStatus], recogniser: Recogniser) -> list[tuple[FileStatus, int]]:
    """Pages that this recogniser has not read yet."""
    folder = recognised_folder(root)
    due = []
    for sha256, file in wanting.items():
        known = read_recognised(folder, sha256)
        done = {n for n, page in known.items() if page.recogniser == str(recogniser) and not page.failure}
        due += [(file, number) for number in file.wanting if number not in done]
    return due


def _recognise_due(
    root: Path, due: Sequence[tuple[FileStatus, int]], recogniser: Recogniser, progress: Progress
) -> list[NotRecognised]:
    """Recognise pages in worker processes, and keep each when it is done; those that failed."""
    if not due:
        return []
    progress.begin(message("Recognising pages (OCR)"), len(due))
    failed = []
    jobs = [PageJob(str(root), file.path, number, recogniser) for file, number in due]
    for outcome in map_items(recognise_page, jobs, LIMITS):
        file, number = due[outcome.index]
        page = outcome.result or RecognisedPage(number, str(recogniser), failure=outcome.failure)
        if page.failure:
            failed.append(NotRecognised(file.path, number, page.failure))
        _keep(root, file.sha256, page)
        progress.advance()
    return failed


def _keep(root: Path, sha256: str, page: RecognisedPage) -> None:
    try:
        keep_recognised(recognised_folder(root), sha256, page)
    except OSError as error:
        what = message("A recognised page could not be kept ({why}). Free the disk or its rights, then try again.",
                       why=error.strerror or str(error))  # fmt: skip
        raise LitreviewError(what, recognised_folder(root)) from error
