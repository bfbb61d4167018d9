"""The stages that read: exports, documents, background tables, suggestions. Each result is kept by content."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from litreview.coding.model import Codebook, Suggestion
from litreview.documents.grouping import group_files
from litreview.documents.kinds import DOCUMENT_SUFFIXES
from litreview.documents.model import Document, FileStatus, ReadResult
from litreview.documents.readings import Brief, Documents, Readings
from litreview.documents.recognised_folder import marks, recognised_folder
from litreview.documents.refusals import failed
from litreview.engine import KILLED
from litreview.errors import message
from litreview.files import locate, read_bytes
from litreview.index import Index, key_of
from litreview.pipeline.progress import Progress
from litreview.pipeline.prose import holds_prose, is_document, may_be_prose
from litreview.pipeline.scan import EXPORT_SUFFIXES, CorpusFile
from litreview.records.model import Export
from litreview.synthesis.model import BackgroundTable

T = TypeVar("T")
_PACKAGE = Path(__file__).resolve().parent.parent
LONGEST_TABLE_ROWS = 500
CLOSED = message(
    "The file cannot be opened: another program holds it, or its rights forbid reading. Close that program or change"
    " the rights, then run again."
)


@lru_cache
def room_hash(*rooms: str) -> str:
    """A hash of the source of some rooms: what they made is made anew when they change."""
    digest = hashlib.sha256()
    for room in rooms:
        for path in sorted((_PACKAGE / room).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def find_prose(root: Path, files: Sequence[CorpusFile], index: Index) -> frozenset[str]:
    """Paths of the text files that are read as documents; what a file is is kept by its content."""
    found, keys = set(), []
    version = room_hash("documents", "language", "records")
    for file in files:
        if file.opened and may_be_prose(file):
            key = key_of(version, file.sha256)
            keys.append(key)
            known = index.get("prose", key)
            if known is None:
                known = b"1" if holds_prose(locate(root, file.path)) else b"0"
                index.put("prose", key, known)
            if known == b"1":
                found.add(file.path)
    index.keep_only("prose", keys)
    return frozenset(found)


class Report(msgspec.Struct, frozen=True):
    """A report of the corpus before reading: its id by content, its files, and their source."""

    id: str
    files: tuple[CorpusFile, ...]

    @property
    def role(self) -> str:
        """The role that the protocol gives its files."""
        return self.files[0].source.role


def find_reports(files: Sequence[CorpusFile], prose: frozenset[str] = frozenset()) -> list[Report]:
    """Group document files into reports; of text files those of `prose`. The same bytes under two names are one report,
    the first name stands."""
    by_path = {f.path: f for f in files if f.suffix in DOCUMENT_SUFFIXES and is_document(f, prose)}
    found: dict[str, Report] = {}
    for group in group_files(list(by_path)):
        members = tuple(by_path[path] for path in group.files)
        identity = "r-" + key_of(*(m.sha256 or m.path for m in members))[:12]
        found.setdefault(identity, Report(identity, members))
    return list(found.values())


def may_be_export(file: CorpusFile) -> bool:
    """Whether a file is looked at as a search export."""
    return file.suffix in EXPORT_SUFFIXES and file.source.role == "study"


def read_exports(root: Path, files: Sequence[CorpusFile], index: Index, progress: Progress) -> list[Export]:
    """Every search export of the corpus; text files that are none are passed over."""
    from litreview.records.read import read_export

    candidates = [f for f in files if f.opened and may_be_export(f)]
    progress.begin(message("Reading search exports"), len(candidates))
    exports, keys = [], []
    for file in candidates:
        columns = {str(field): heading for field, heading in file.source.columns.items()}
        told = (f"{field}: {heading}" for field, heading in sorted(columns.items()))
        key = key_of(room_hash("records"), file.path, file.sha256, file.source.searched, *told)
        raw = index.get("export", key)
        if raw is None:
            export = read_export(locate(root, file.path), file.path, file.source.searched, columns)
            raw = msgspec.msgpack.encode(export)
            index.put("export", key, raw)
        found = msgspec.msgpack.decode(raw, type=Export | None)
        if found is not None:
            exports.append(found)
        keys.append(key)
        progress.advance()
    index.keep_only("export", keys)
    return exports


class Fresh(NamedTuple):
    """Every report as this computer reads it, and the keys under which the index has them."""

    readings: Readings
    keys: Mapping[str, str]


def read_documents(root: Path, reports: Sequence[Report], index: Index, progress: Progress) -> Fresh:
    """Every report read, by id; those read before are in the index, the others come from worker processes. A file
    that cannot be opened is left out of its report. Documents are loaded when they are asked for."""
    from litreview.documents.many import map_reports, read_job
    from litreview.documents.packed import pack_result, read_packed
    from litreview.documents.passwords import read_kept
    from litreview.documents.read import READER
    from litreview.documents.readings import brief_of
    from litreview.pipeline.kept import Kept
    from litreview.pipeline.searchable import begin_search

    progress.begin(message("Reading documents"), len(reports))
    version = room_hash("documents", "language")
    here = {r.id: tuple(f for f in r.files if f.opened) for r in reports}
    folder = recognised_folder(root)
    recognised = marks(folder, (f.sha256 for files in here.values() for f in files))
    passwords = read_kept()
    keys = {
        id_: key_of(READER, version, id_, *(p for f in files for p in (f.path, f.sha256, recognised.get(f.sha256, ""))),
                    *(f"unlocked {f.sha256}" for f in files if f.sha256 in passwords))
        for id_, files in here.items()
    }  # fmt: skip
    jobs = {
        id_: read_job(root, id_, [(f.path, f.sha256) for f in files], passwords, str(folder))
        for id_, files in here.items()
        if files
    }
    begin_search(index, version)
    kept = Kept(index, keys, jobs)
    briefs = kept.briefs()
    due = [r for r in reports if r.id not in briefs and r.id in jobs]
    for _ in range(len(reports) - len(due)):
        progress.advance()
    with index.batch() as batch:
        for outcome in map_reports(read_packed, [jobs[r.id] for r in due]):
            report = due[outcome.index]
            if outcome.failure == KILLED:  # nothing is known of the file: the next run reads it
                briefs[report.id] = brief_of(_failed(report, KILLED))
            else:
                packed = outcome.result or pack_result(_failed(report, outcome.failure))
                briefs[report.id] = kept.keep(batch, report.id, packed)
            progress.advance()
    kept.forget_others()
    by_id = {r.id: r for r in reports}
    whole = {r.id: _whole(r, briefs.get(r.id, Brief(()))) for r in reports}
    return Fresh(Readings(whole, lambda id_: _with_closed(by_id[id_], kept.load(id_))), keys)


def _whole(report: Report, brief: Brief) -> Brief:
    return msgspec.structs.replace(brief, files=_statuses(report, brief.files))


def _with_closed(report: Report, result: ReadResult) -> ReadResult:
    """A report's result with a status for each of its files, those too that cannot be opened."""
    return ReadResult(_statuses(report, result.files), result.document)


def _statuses(report: Report, found: Iterable[FileStatus]) -> tuple[FileStatus, ...]:
    read = {status.path: status for status in found}
    return tuple(
        read.get(f.path) or FileStatus(f.path, "damaged", report.id, reason=CLOSED.text, sha256=f.sha256)
        for f in report.files
    )


def _failed(report: Report, failure: str) -> ReadResult:
    """A report whose worker did not come back."""
    opened = [file for file in report.files if file.opened]
    return ReadResult(tuple(failed_status(f.path, report.id, failure, f.sha256) for f in opened))


def failed_status(path: str, report: str, failure: str, sha256: str = "") -> FileStatus:
    """The status of a file whose worker did not come back: why by `Outcome.failure`."""
    status, reason = failed(failure)
    return FileStatus(path, status, report, reason=reason, sha256=sha256)


class Suggested(msgspec.Struct, frozen=True):
    """Suggestions on one document, and how many were left out: their words do not stand together on the page."""

    suggestions: tuple[Suggestion, ...]
    left_out: int = 0


def suggest_codes(
    root: Path,
    documents: Documents,
    kept: Mapping[str, str],
    codebook: Codebook,
    index: Index,
    progress: Progress,
) -> dict[str, Suggested]:
    """Suggestions for every readable document, by report; `kept` tells the reading of those whose text is frozen."""
    from litreview.coding.suggest import SUGGESTER

    progress.begin(message("Looking for passages to suggest"), len(documents))
    version = room_hash("coding", "language", "documents")
    keys = {
        report: key_of(SUGGESTER, version, report, brief.text_hash, kept.get(report, ""), codebook.hash)
        for report, brief in documents.briefs.items()
    }
    found = _from_index(index, "suggestions", keys, Suggested)
    with index.batch() as batch:
        for report in documents:
            if report not in found:
                found[report] = _suggest(root, documents[report], codebook)
                batch.put("suggestions", keys[report], msgspec.msgpack.encode(found[report]))
            progress.advance()
    index.keep_only("suggestions", keys.values())
    return {report: found[report] for report in documents}


def _suggest(root: Path, document: Document, codebook: Codebook) -> Suggested:
    """Only what stands on its page as read afresh can be quoted, so a machine may propose nothing else."""
    from litreview.coding.suggest import suggest
    from litreview.documents.standing import spans_that_stand

    made = suggest(document, codebook)
    stand = spans_that_stand(root, document, ((one.start, one.end) for one in made))
    kept = tuple(one for one in made if (one.start, one.end) in stand)
    return Suggested(kept, len(made) - len(kept))


def read_background(root: Path, files: Sequence[CorpusFile]) -> tuple[BackgroundTable, ...]:
    """Small tables (CSV) of sources that are no studies."""
    tables = []
    for file in files:
        if file.opened and file.suffix == ".csv" and file.source.role != "study":
            text = read_bytes(locate(root, file.path)).decode("utf-8-sig", "replace")
            rows = [tuple(cell.strip() for cell in row) for row in csv.reader(io.StringIO(text)) if any(row)]
            if rows:
                tables.append(BackgroundTable(file.path, file.source.role, rows[0], tuple(rows[1:LONGEST_TABLE_ROWS])))
    return tuple(tables)


def _from_index(index: Index, stage: str, keys: dict[str, str], kind: Callable[..., T] | type[T]) -> dict[str, T]:
    found: dict[str, T] = {}
    for name, key in keys.items():
        raw = index.get(stage, key)
        if raw is not None:
            found[name] = msgspec.msgpack.decode(raw, type=kind)
    return found
