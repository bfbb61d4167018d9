"""What a format has no place for travels along as JSON in a note, field or column of litreview's own.

For each field that would come back otherwise it holds what the format gives back and what the record has. So a file
that others have edited keeps their edits: only what is still as litreview wrote it is set right again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import unquote

import msgspec
from msgspec.structs import replace

from litreview.records.decided import NOTE_KEYS, OWN_NOTE, asreview_label
from litreview.records.model import Record, RecordDecision
from litreview.records.reader import Fields

KEY = "litreview"
NOTHING = "{}"
_PLAIN = ("kind", "title", "authors", "year", "venue", "volume", "issue", "pages", "doi", "url", "abstract", "keywords",
          "language", "database")  # fmt: skip
_DECISION = ("person", "stage", "decision", "reason", "note", "at", "settles")


def carried(record: Record, read_back: Record, decisions: Sequence[RecordDecision]) -> str:
    """JSON of what differs between a record and what a format gives back of it, and of its decisions, in plain ASCII;
    "" for nothing."""
    fields = {name: [getattr(read_back, name), getattr(record, name)] for name in _PLAIN
              if getattr(read_back, name) != getattr(record, name)}  # fmt: skip
    keys = sorted({*record.extra, *read_back.extra})
    extra = {key: [read_back.extra.get(key), record.extra.get(key)] for key in keys
             if read_back.extra.get(key) != record.extra.get(key)}  # fmt: skip
    told = [{name: value for name in _DECISION if (value := getattr(one, name))} for one in decisions]
    content = {name: value for name, value in (("fields", fields), ("extra", extra), ("decisions", told)) if value}
    # two spaces before a dash would begin a tag in RIS
    return json.dumps(content).replace("  ", " \\u0020") if content else ""


def take_carried(record: Record) -> tuple[Record, list[RecordDecision]]:
    """A record as litreview wrote it, and the decisions that came along (without its id). What is not as we wrote it is
    left alone; columns that only tell people what was decided are left out."""
    if not any(key.startswith(KEY) for key in record.extra) and not any(
        note.startswith(OWN_NOTE) for key in NOTE_KEYS for note in record.extra.get(key, ())
    ):
        return record, []
    extra = {key: list(values) for key, values in record.extra.items()}
    found = ["".join(value for key in _columns(extra) for value in extra[key])]
    extra = {key: values for key, values in extra.items() if not key.startswith(f"{KEY} ") and key != KEY}
    for key in NOTE_KEYS:
        ours = [note for note in extra.get(key, ()) if note.startswith(OWN_NOTE)]
        found += [note.removeprefix(OWN_NOTE) for note in ours]
        extra[key] = [note for note in extra.get(key, ()) if note not in ours]
    content = _parsed("".join(found)) if any(found) else _Content()
    if content is None:
        return record, []
    record = _restored(replace(record, extra={key: values for key, values in extra.items() if values}), content)
    return record, [RecordDecision(**{**msgspec.structs.asdict(one), "record": ""}) for one in content.decisions]


def _columns(extra: Fields) -> list[str]:
    """The fields that hold parts of the JSON, in order: a cell of a workbook may be too small for all."""
    numbers = ((key.removeprefix(KEY).strip() or "1", key) for key in extra if key.startswith(KEY))
    return [key for _, key in sorted((int(n), key) for n, key in numbers if re.fullmatch(r"[1-9]\d?", n))]


class _Decision(RecordDecision, frozen=True, kw_only=True):
    """A decision as it comes along: without the record's id, which may be another one now."""

    record: str = ""


class _Content(msgspec.Struct):
    """The JSON as it must be."""

    fields: dict[str, list[Any]] = {}
    extra: dict[str, list[list[str] | None]] = {}
    decisions: list[_Decision] = []


def _parsed(text: str) -> _Content | None:
    try:
        text = unquote(text) if text.startswith("%") else text
        return msgspec.json.decode(text, type=_Content)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def _restored(record: Record, content: _Content) -> Record:
    """The record with each value that is as it was written set to what it was."""
    values = {name: getattr(record, name) for name in _PLAIN}
    for name, pair in content.fields.items():
        if name in values and len(pair) == 2 and values[name] == _tupled(pair[0]):
            values[name] = _tupled(pair[1])
    extra = dict(record.extra)
    for key, both in content.extra.items():
        if len(both) == 2 and _whole(extra.get(key)) == _whole(both[0]):
            extra.pop(key, None)
            if both[1]:
                extra[key] = both[1]
    try:
        return msgspec.convert({**msgspec.structs.asdict(record), **values, "extra": extra}, Record)
    except msgspec.ValidationError:
        return record


def _whole(values: list[str] | None) -> list[str] | None:
    """Values with whole numbers as they are, though a program wrote them as 1.0."""
    return None if values is None else [value.removesuffix(".0") for value in values]


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def all_decisions(ours: Sequence[RecordDecision], others: Iterable[RecordDecision]) -> list[RecordDecision]:
    """The decisions that came along, and those of other tools that say something else."""
    label = asreview_label(ours)
    said = {(one.person, one.decision) for one in ours}
    people = {one.person for one in ours}
    notes = " ".join(one.note for one in ours)
    return [*ours, *(one for one in others if not _is_told(one, said, people, label, notes))]


def _is_told(one: RecordDecision, said: set[tuple[str, str]], people: set[str], label: str, notes: str) -> bool:
    """Whether a decision of another tool is only what we wrote for it."""
    known_note = one.note in notes
    by_person = (one.person, one.decision) in said or (not one.decision and one.person in people)
    as_label = bool(people) and one.decision == label and (not one.person or one.person not in people)
    return known_note and (by_person or as_label)
