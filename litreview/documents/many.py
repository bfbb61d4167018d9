"""Many reports through worker processes; a file that breaks its worker costs neither its report nor others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from litreview.documents.passwords import Secret
from litreview.documents.read import ReadJob
from litreview.engine import Limits, Outcome, map_items

T = TypeVar("T")
_PRELOAD = ("pymupdf", "litreview.documents.read")


def read_job(
    root: Path, report: str, files: Sequence[tuple[str, str]], kept: Mapping[str, str], recognised: str = ""
) -> ReadJob:
    """The job of reading a report of these files (path, SHA-256), with their passwords among those kept, and the folder
    of recognised pages."""
    hashes = tuple(sha256 for _, sha256 in files)
    passwords = tuple(Secret(kept.get(sha256, "")) for sha256 in hashes)
    return ReadJob(str(root), report, tuple(path for path, _ in files), hashes, passwords, recognised=recognised)


def map_reports(
    function: Callable[[ReadJob], T], jobs: Sequence[ReadJob], limits: Limits | None = None, workers: int | None = None
) -> Iterator[Outcome[T]]:
    """Outcomes of `function` over reports, in order. Where a report of several files fails, each file is tried alone,
    and the report is read again without those that fail by themselves."""
    bounds = limits or Limits()
    for outcome in map_items(function, jobs, bounds, workers, _files, _PRELOAD):
        job = jobs[outcome.index]
        if outcome.failure and len(job.files) > 1:
            yield _without_bad(function, job, outcome, bounds)
        else:
            yield outcome


def _files(job: ReadJob) -> int:
    return len(job.files)


def _without_bad(function: Callable[[ReadJob], T], job: ReadJob, outcome: Outcome[T], limits: Limits) -> Outcome[T]:
    alone = [_only(job, number) for number in range(len(job.files))]
    refused = {
        alone[one.index].files[0]: one.failure for one in map_items(function, alone, limits, None, _files, _PRELOAD)
        if one.failure
    }  # fmt: skip
    if not refused:
        return outcome
    (again,) = map_items(function, [msgspec.structs.replace(job, refused=refused)], limits, 1, _files, _PRELOAD)
    return msgspec.structs.replace(again, index=outcome.index)


def _only(job: ReadJob, number: int) -> ReadJob:
    part = slice(number, number + 1)
    return msgspec.structs.replace(job, files=job.files[part], sha256=job.sha256[part], passwords=job.passwords[part])
