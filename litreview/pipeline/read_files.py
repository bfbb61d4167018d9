"""Read any files without a review, each in a worker process under limits."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from litreview.documents.kinds import DOCUMENT_SUFFIXES, PDF, TEXT_SUFFIXES
from litreview.documents.many import map_reports
from litreview.documents.model import Document, FileStatus, ReadResult
from litreview.documents.quality import MISREAD
from litreview.documents.read import ReadJob, read_report
from litreview.documents.recognised_folder import recognised_folder
from litreview.documents.refusals import REASONS
from litreview.documents.understood import Understood, understand
from litreview.errors import LitreviewError, Message, message
from litreview.files import hash_file
from litreview.pipeline.progress import Progress
from litreview.pipeline.prose import holds_prose, is_passed_over
from litreview.pipeline.reading import failed_status
from litreview.pipeline.recognition import recognise
from litreview.pipeline.unused import NOT_READ

_ALONE = {  # what to do with a file that lies in no review, for reasons that name commands of one
    REASONS["needs-password"]: message(
        "The file asks for a password, and litreview read takes none. Save a copy without a password; or put the file"
        " into a review's corpus/ and type there: litreview ingest --passwords FILE"
    ),
    REASONS["needs-ocr"]: message(
        "The pages are pictures without text. Let it be recognised (OCR) with: litreview read FILE --ocr"
    ),
    MISREAD.text: message(
        "The text in the file is not what its pages show (wrong encoding, or words lost). Let it be recognised (OCR)"
        " with: litreview read FILE --ocr"
    ),
}
LANGUAGES = ("id", "en")  # recognised where no review says which


class Reading(msgspec.Struct, frozen=True):
    """What reading one file gave, and the seconds of the processor that it took."""

    result: ReadResult
    seconds: float


class ReadFile(msgspec.Struct, frozen=True):
    """A file as it was named, what was understood of it, and its document where it has text."""

    path: Path
    understood: Understood
    document: Document | None
    why: Message | None = None
    wanting: tuple[int, ...] = ()  # pages (from 1) that OCR is for


def find_documents(places: Sequence[Path]) -> list[Path]:
    """The files among `places`, and every document in the folders among them, by name; each once."""
    found: dict[Path, None] = {}
    for place in places:
        inside = _inside(place) if place.is_dir() else [place]
        found.update(dict.fromkeys(inside))
    return list(found)


def _inside(folder: Path) -> list[Path]:
    """Documents below a folder; what cannot be listed or looked at is passed over."""
    found = (Path(place, name) for place, _, names in os.walk(folder) for name in names)
    return sorted(path for path in found if os.path.isfile(path) and _is_document(path))  # noqa: PTH113 - never raises


def _is_document(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix not in DOCUMENT_SUFFIXES or (suffix != PDF and is_passed_over(path.as_posix())):
        return False
    return suffix not in TEXT_SUFFIXES or holds_prose(path)


def read_files(paths: Sequence[Path], workers: int | None = None) -> Iterator[ReadFile]:
    """Read files in their order; each costs at most the limits of `engine.Limits` and gets a status. Raises nothing for
    a bad file."""
    return _read(paths, [_job(path) for path in paths], workers)


def read_recognising(paths: Sequence[Path], progress: Progress, workers: int | None = None) -> Iterator[ReadFile]:
    """The same, each file after recognising those of its pages that are pictures (OCR); what was recognised is not
    kept. Raises `LitreviewError` where a file wants it and language data are missing."""
    for one in read_files(paths, workers):
        yield _recognised(one, progress) if one.wanting else one


def _recognised(one: ReadFile, progress: Progress) -> ReadFile:
    """A file read again with its pages recognised."""
    sha256 = hash_file(one.path)
    waiting = FileStatus(str(one.path.absolute()), one.understood.status, "", sha256=sha256, wanting=one.wanting)
    with TemporaryDirectory() as folder:
        done = recognise(Path(folder), [waiting], LANGUAGES, progress)
        if done.without_data:
            raise LitreviewError(done.notices[0])
        job = _job(one.path, sha256, str(recognised_folder(Path(folder))))
        return next(_read([one.path], [job], 1))


def _job(path: Path, sha256: str = "", recognised: str = "") -> ReadJob:
    return ReadJob(str(path.absolute().parent), path.name, (path.name,), (sha256,), recognised=recognised)


def _read(paths: Sequence[Path], jobs: Sequence[ReadJob], workers: int | None) -> Iterator[ReadFile]:
    for outcome in map_reports(read_timed, jobs, workers=workers):
        path = paths[outcome.index]
        reading = outcome.result
        if reading is None:
            result = ReadResult((failed_status(path.name, path.name, outcome.failure),))
            reading = Reading(result, 0.0)
        understood = understand(os.fspath(path), reading.result, reading.seconds)
        status = reading.result.files[0]
        why = NOT_READ if _is_other_kind(path, understood) else _ALONE.get(status.reason, status.why)
        understood = msgspec.structs.replace(understood, reason=str(why))
        yield ReadFile(path, understood, reading.result.document, why, status.wanting)


def _is_other_kind(path: Path, understood: Understood) -> bool:
    """Whether a file is no PDF, and never was named one: it is told what to do with its kind."""
    return understood.status == "not-a-pdf" and path.suffix.lower() != PDF


def read_timed(job: ReadJob) -> Reading:
    """Read one report, in a worker."""
    before = time.process_time()
    result = read_report(job)
    return Reading(result, time.process_time() - before)
