"""Read any files without a review, each in a worker process under limits."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from litreview.documents.kinds import DOCUMENT_SUFFIXES, PDF, TEXT_SUFFIXES
from litreview.documents.many import map_reports
from litreview.documents.model import Document, ReadResult
from litreview.documents.read import ReadJob, read_report
from litreview.documents.understood import Understood, understand
from litreview.errors import Message
from litreview.pipeline.prose import holds_prose, is_passed_over
from litreview.pipeline.reading import failed_status
from litreview.pipeline.unused import NOT_READ


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


def find_documents(places: Sequence[Path]) -> list[Path]:
    """The files among `places`, and every document in the folders among them, by name; each once."""
    found: dict[Path, None] = {}
    for place in places:
        inside = _inside(place) if place.is_dir() else [place]
        found.update(dict.fromkeys(inside))
    return list(found)


def _inside(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and _is_document(path))


def _is_document(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix not in DOCUMENT_SUFFIXES or (suffix != PDF and is_passed_over(path.as_posix())):
        return False
    return suffix not in TEXT_SUFFIXES or holds_prose(path)


def read_files(paths: Sequence[Path], workers: int | None = None) -> Iterator[ReadFile]:
    """Read files in their order; each costs at most the limits of `engine.Limits` and gets a status. Raises nothing for
    a bad file."""
    jobs = [ReadJob(str(path.absolute().parent), path.name, (path.name,)) for path in paths]
    for outcome in map_reports(read_timed, jobs, workers=workers):
        path = paths[outcome.index]
        reading = outcome.result
        if reading is None:
            result = ReadResult((failed_status(path.name, path.name, outcome.failure),))
            reading = Reading(result, 0.0)
        understood = understand(os.fspath(path), reading.result, reading.seconds)
        why = reading.result.files[0].why
        if _is_other_kind(path, understood):
            why = NOT_READ
            understood = msgspec.structs.replace(understood, reason=why.text)
        yield ReadFile(path, understood, reading.result.document, why)


def _is_other_kind(path: Path, understood: Understood) -> bool:
    """Whether a file is no PDF, and never was named one: it is told what to do with its kind."""
    return understood.status == "not-a-pdf" and path.suffix.lower() != PDF


def read_timed(job: ReadJob) -> Reading:
    """Read one report, in a worker."""
    before = time.process_time()
    result = read_report(job)
    return Reading(result, time.process_time() - before)
