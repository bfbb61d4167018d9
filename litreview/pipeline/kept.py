"""Documents in the index: kept as they are read, loaded when they are asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import msgspec

from litreview.documents.many import map_reports
from litreview.documents.model import ReadResult
from litreview.documents.packed import Packed, read_packed, unpack_result
from litreview.documents.read import ReadJob
from litreview.documents.readings import Brief
from litreview.errors import LitreviewError, message
from litreview.files import hash_file, locate
from litreview.index import PUT, Batch, Index
from litreview.pipeline.searchable import FRESH, add_searched, forget_searched

BRIEF, BOXES = "brief", "boxes"
_CHANGED = message("The file has changed while it was being used. Run again.")


class Kept:
    """The documents of some reports in the index, by the reports' keys there and the jobs that read them."""

    def __init__(self, index: Index, keys: Mapping[str, str], jobs: Mapping[str, ReadJob]) -> None:
        self._index = index
        self.keys = keys
        self._jobs = jobs

    def briefs(self) -> dict[str, Brief]:
        """The reports that are kept, in brief."""
        raw = self._index.all_of(BRIEF)
        decode = msgspec.msgpack.Decoder(Brief).decode
        return {report: decode(raw[key]) for report, key in self.keys.items() if key in raw}

    def keep(self, batch: Batch, report: str, packed: Packed) -> Brief:
        """Keep a report's document, what is known of it in brief, and its sentences for the search: all or nothing."""
        key = self.keys[report]
        brief = msgspec.msgpack.decode(packed.brief, type=Brief)

        def write(connection: sqlite3.Connection) -> None:
            if brief.readable:  # first, since what the report had is taken out by the words of the old document
                add_searched(connection, report, (FRESH, key), [file.path for file in brief.files], packed.rows)
            connection.execute(PUT, (FRESH, key, packed.result))
            connection.execute(PUT, (BOXES, key, packed.boxes))
            connection.execute(PUT, (BRIEF, key, packed.brief))

        batch.add(write, packed.size)
        return brief

    def forget_others(self) -> None:
        """Forget what is kept of other reports, or of these as they were: also for the search."""
        wanted = set(self.keys.values())
        forget_searched(self._index, wanted)
        for stage in (FRESH, BOXES, BRIEF):
            self._index.keep_only(stage, wanted)

    def load(self, report: str) -> ReadResult:
        """A report's result; where the index has lost it (it may be deleted at any time), the files are read again.

        Raises `LitreviewError` when they cannot be read any more as they were.
        """
        key = self.keys[report]
        result, boxes = self._index.get(FRESH, key), self._index.get(BOXES, key)
        return unpack_result(result, boxes) if result and boxes else self._read_again(report)

    def _read_again(self, report: str) -> ReadResult:
        job = self._jobs[report]
        if any(_hash(locate(Path(job.root), name)) != known for name, known in zip(job.files, job.sha256, strict=True)):
            raise LitreviewError(_CHANGED, job.files[0])
        (outcome,) = map_reports(read_packed, [job], workers=1)
        if outcome.result is None:
            raise LitreviewError(_CHANGED, job.files[0])
        with self._index.batch() as batch:
            self.keep(batch, report, outcome.result)
        return unpack_result(outcome.result.result, outcome.result.boxes)


def _hash(path: Path) -> str:
    try:
        return hash_file(path)
    except OSError:
        return ""
