"""A whole run: the stages in order, then the outputs; nothing at all where nothing has changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from litreview import __version__
from litreview.documents.frozen_folder import frozen_files, texts_folder
from litreview.documents.passwords import read_kept
from litreview.documents.recognised_folder import marks, recognised_folder
from litreview.errors import UsageError, message
from litreview.files import hash_file, posix
from litreview.index import Index, key_of
from litreview.ledger import Ledger, LedgerFollower, find_files
from litreview.ledger.indexing import index_ledger
from litreview.pipeline.opened import Opened
from litreview.pipeline.progress import Progress
from litreview.pipeline.reading import room_hash
from litreview.pipeline.scan import CorpusFile, scan_corpus
from litreview.pipeline.summary import MainStudyOptions, RunSummary
from litreview.protocol import SAMPLE_MARK
from litreview.report.publish import Published, outputs_stand, publish, read_manifest, standing_beside

if TYPE_CHECKING:
    from litreview.pipeline.state import State


def run_review(opened: Opened, index: Index, progress: Progress) -> RunSummary:
    """Do what is due. Where inputs, program and outputs are as after the last run, only its summary is given again.

    Raises `OutputError` or `QuotationError`; the earlier outputs then stand.
    """
    files = scan_corpus(opened.root, opened.protocol.sources, index)
    facts = _facts(opened, files)
    state_key = _key(facts)
    last = last_summary(index)
    if last is not None and index.get("run", "key") == state_key and outputs_stand(opened.root / "outputs"):
        return msgspec.structs.replace(last, renewed=False, written=0, beside=standing_beside(opened.root / "outputs"))
    from litreview.pipeline.outputs import render_review, summarise

    state = open_state(opened, index, progress, files)
    rendered = render_review(state, progress)
    needs = state.ledger.needs_newer
    told = {**facts, "needs": str(needs)} if needs else facts
    published = publish(opened.root / "outputs", opened.root / ".litreview", rendered, told)
    summary = summarise(state, published)
    index.put("run", "summary", msgspec.msgpack.encode(summary))
    index.put("run", "key", state_key)
    index.put("run", "inputs", _key({**facts, "language": ""}))
    return summary


def open_state(opened: Opened, index: Index, progress: Progress, files: Sequence[CorpusFile] | None = None) -> State:
    """All stages up to the synthesis, computed; the index is not needed afterwards."""
    state = begin_state(opened, index, progress, files)
    _ = state.synthesis
    return state


def open_texts(opened: Opened, index: Index, progress: Progress) -> State:
    """A state whose documents are read; the stages after them are computed only where they are asked for, while the
    index is open."""
    state = begin_state(opened, index, progress)
    _ = state.texts
    return state


def begin_state(opened: Opened, index: Index, progress: Progress, files: Sequence[CorpusFile] | None = None) -> State:
    """A state whose stages are computed when asked for; the index must stay open meanwhile."""
    from litreview.pipeline.state import State

    scanned = scan_corpus(opened.root, opened.protocol.sources, index) if files is None else files
    return State(opened, scanned, read_indexed(opened, index), index, progress)


def read_indexed(opened: Opened, index: Index) -> Ledger:
    """The ledger as it is now, the index brought up to it. Raises `LedgerError` when a file cannot be read."""
    return index_ledger(index, LedgerFollower(opened.judgments))


def reindex(opened: Opened, index: Index, progress: Progress) -> RunSummary:
    """Throw the index away and make it anew: every file is read again. The outputs stay as they are; the next run finds
    whether they still fit."""
    from litreview.pipeline.outputs import summarise

    index.begin_anew()
    state = open_state(opened, index, progress)
    summary = summarise(state, Published())
    if read_manifest(opened.root / "outputs"):
        index.put("run", "summary", msgspec.msgpack.encode(summary))
    return summary


def last_summary(index: Index) -> RunSummary | None:
    """The summary of the last run that ended; None when there was none."""
    raw = index.get("run", "summary")
    return msgspec.msgpack.decode(raw, type=RunSummary) if raw else None


def show_last(opened: Opened, index: Index) -> RunSummary | None:
    """The last run's summary, and whether anything has changed since: of the corpus only size and time of files are
    looked at where they are as before."""
    last = last_summary(index)
    if last is None:
        return None
    facts = _facts(opened, scan_corpus(opened.root, opened.protocol.sources, index))
    outdated = index.get("run", "inputs") != _key({**facts, "language": ""})
    return msgspec.structs.replace(last, outdated=outdated, beside=standing_beside(opened.root / "outputs"))


def _key(facts: dict[str, Any]) -> bytes:
    return key_of(room_hash("."), msgspec.json.encode(facts).decode()).encode()


def find_main_studies(opened: Opened, index: Index, progress: Progress) -> MainStudyOptions:
    """The sets that satisfy the rule on main studies, and which of them stands.

    Raises `UsageError` where the protocol has no such rule.
    """
    if opened.protocol.main_studies is None:
        what = message(
            "The protocol asks for no choice of main studies (no main_studies in review.yaml): the synthesis is over "
            "all included studies."
        )
        raise UsageError(what, opened.root / "review.yaml")
    state = open_state(opened, index, progress)
    choice = state.choice
    return MainStudyOptions(
        sets=choice.sets,
        standing=choice.sets.index(tuple(sorted(choice.chosen))) + 1 if choice.chosen else 0,
        names={study.id: study.short for study in state.synthesis.studies},
        people={person.id: person.name or person.id for person in opened.protocol.people},
        valid_sets=choice.valid_sets,
        confirmed=bool(choice.confirmed_by),
        confirmations=choice.confirmations,
        notes=choice.notes,
    )


def _facts(opened: Opened, files: Sequence[CorpusFile]) -> dict[str, Any]:
    """What the manifest names: program, inputs with their hashes, of which of them pages were recognised and which were
    opened by a password, and the language of the outputs."""
    root = opened.root
    named = [root / "review.yaml", *([root / opened.protocol.codebook] if opened.protocol.codebook else [])]
    named += find_files(opened.judgments)
    named += sorted((opened.judgments / "versions").glob("*.yaml"))
    named += sorted(frozen_files(texts_folder(opened.judgments)))
    inputs = [{"file": posix(path, root), "sha256": hash_file(path)} for path in named]
    inputs += [{"file": file.path, "sha256": file.sha256 if file.opened else ""} for file in files]
    recognised = marks(recognised_folder(root), (file.sha256 for file in files))
    unlocked = sorted({file.sha256 for file in files} & read_kept().keys())
    return {
        "format": 1,
        "program": f"litreview {__version__}",
        "language": opened.language,
        "sample": opened.protocol.sample,
        "note": SAMPLE_MARK if opened.protocol.sample else "",
        "inputs": inputs,
        **({"recognised": recognised} if recognised else {}),
        **({"unlocked": unlocked} if unlocked else {}),
    }
