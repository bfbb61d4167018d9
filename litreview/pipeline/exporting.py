"""A review's records out, each publication once, with what people decided on it at both stages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from litreview.errors import UsageError, message
from litreview.files import write_or_tell
from litreview.ledger import Judgment
from litreview.pipeline.state import State
from litreview.protocol import FULL_TEXT
from litreview.records.model import Record, RecordDecision
from litreview.records.write import find_writer, write_records


def export_records(state: State, format_: str, to: Path | None = None) -> tuple[Path, int]:
    """Write the records of a review, of duplicates one with the best fields, to a file (default: `records` in the
    review's folder, with the format's suffix); gives the file and the number of records.

    Raises `UsageError` for an unknown format, or where the file is there already: nothing is replaced; `OutputError`
    where it cannot be written.
    """
    target = to or state.opened.root / f"records{find_writer(format_).suffix}"
    if target.exists():
        raise UsageError(message("There is such a file already. Name another one with --to, or move it away."), target)
    records, decisions = records_with_decisions(state)
    write_or_tell(target, write_records(records, decisions, format_))
    return target, len(records)


def records_with_decisions(state: State) -> tuple[list[Record], list[RecordDecision]]:
    """The records of a review, and the decisions on them or on their reports that outputs may show."""
    entries = state.found.entries
    names: dict[str, list[str]] = defaultdict(list)  # of an entry: all under which people may have judged it
    for entry in entries:
        names[entry.id] += entry.members
    for match in state.found.matches:
        names[match.entry] += state.targets[FULL_TEXT].get(match.report, ())
    said: dict[str, list[Judgment]] = defaultdict(list)
    for one in state.seen.ledger.of_kind("decision", "adjudication", "comment"):
        said[str(one.body.get("target", ""))].append(one)
    decisions: list[RecordDecision] = []
    for entry in entries:
        decisions += _decisions(entry.id, [one for name in dict.fromkeys(names[entry.id]) for one in said[name]])
    return [entry.record for entry in entries], decisions


def _decisions(entry: str, judgments: list[Judgment]) -> Iterator[RecordDecision]:
    """Decisions on an entry, each with its person's comments; comments of others stand alone."""
    comments: dict[str, list[str]] = defaultdict(list)
    for one in judgments:
        if one.kind == "comment":
            comments[one.person].append(str(one.body.get("text", "")))
    for one in judgments:
        if one.kind != "comment":
            note = " ".join(comments.pop(one.person, []))
            body = {key: str(one.body.get(key, "")) for key in ("stage", "decision", "reason")}
            time = str(one.at)[:19].replace("T", " ")
            yield RecordDecision(entry, one.person, **body, note=note, at=time, settles=one.kind == "adjudication")
    yield from (RecordDecision(entry, person, note=" ".join(texts)) for person, texts in comments.items())
