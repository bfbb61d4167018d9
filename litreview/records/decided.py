"""Decisions in exports: as Rayyan and ASReview write them, and as litreview does for both and for itself.

Rayyan: `RAYYAN-INCLUSION: {"Name"=>"Included"} | RAYYAN-EXCLUSION-REASONS: x | USER-NOTES: {"Name"=>["text"]}` in the
notes. ASReview: `ASReview_relevant` and `asreview_note: "text"` as notes in RIS, columns `asreview_label` and so on in
tables, and a column of labels (`included` and others) in what it is given.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from litreview.protocol import SCREENING_STAGES
from litreview.records.fields import clean
from litreview.records.model import Record, RecordDecision
from litreview.records.reader import Fields

OWN_NOTE = "litreview: "  # begins the note in which litreview keeps what a format has no place for
NOTE_KEYS = ("N1", "notes", "note", "%Z")  # where exports of any kind keep notes
LABEL_COLUMNS = ("final included", "label", "label included", "included label", "included final", "included",
                 "included flag", "include")  # fmt: skip
ASREVIEW_COLUMNS = ("asreview label", "asreview note", "asreview user name", "asreview time")
VOTES = {"include": "Included", "exclude": "Excluded", "maybe": "Maybe"}
LABELS = {"include": "relevant", "exclude": "irrelevant", "": "not_seen"}
_OF_VOTES = {vote: decision for decision, vote in VOTES.items()}
_OF_LABELS = {"relevant": "include", "irrelevant": "exclude", "not_seen": "", "1": "include", "0": "exclude",
              "1.0": "include", "0.0": "exclude"}  # fmt: skip
_ASREVIEW_LABEL = re.compile(r"ASReview_(relevant|irrelevant|not_seen)\b[.,;: ]*")
_ASREVIEW_NOTE = re.compile(r"(asreview_(?:note|user_name|time|label)): ?(.*)", re.DOTALL)
_SECTION = re.compile(r"(?:\s{0,3}\|)?\s{0,3}(RAYYAN-[A-Z-]{2,30}|USER-NOTES):")
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*+)(?:"|\Z)|(=>|[\[\]])', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def take_decisions(record: Record) -> tuple[Record, list[RecordDecision]]:
    """A record without the decisions that its notes and columns hold, and these (without the record's id). Pure.

    A column of labels stays with the record too: it belongs to the data set.
    """
    extra = {key: list(values) for key, values in record.extra.items()}
    told: Fields = {key: values for key in ASREVIEW_COLUMNS if (values := extra.pop(key, []))}
    decisions: list[RecordDecision] = []
    for key in NOTE_KEYS:
        left = [rest for note in extra.pop(key, []) for rest in _take(note, told, decisions)]
        if left:
            extra[key] = left
    decisions += _asreview(told, extra)
    return (replace(record, extra=extra) if extra != record.extra else record), decisions


def _take(note: str, told: Fields, decisions: list[RecordDecision]) -> Iterator[str]:
    """What a note holds besides decisions: ASReview's go to `told`, Rayyan's to `decisions`."""
    if note.startswith(OWN_NOTE):
        yield note
        return
    plain = clean(note)
    label = _ASREVIEW_LABEL.match(plain)
    column = _ASREVIEW_NOTE.fullmatch(plain)
    if label:
        told.setdefault("asreview label", []).append(label[1])
        if plain[label.end() :]:
            yield plain[label.end() :]
    elif column:
        told.setdefault(column[1].replace("_", " "), []).append(_from_json(column[2]))
    elif _SECTION.search(plain):
        yield from _rayyan(plain, decisions)
    else:
        yield note


def _from_json(text: str) -> str:
    """A value that may be written as JSON."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value if isinstance(value, str) else text


def _asreview(told: Fields, extra: Fields) -> list[RecordDecision]:
    """The decision of ASReview's columns or notes; where there are none, of a column of labels."""
    labels = told.get("asreview label") or next((extra[key] for key in LABEL_COLUMNS if key in extra), [])
    decision = _OF_LABELS.get(labels[0].strip().lower(), "") if labels else ""
    note, person, at = (" ".join(told.get(key, [])) for key in ASREVIEW_COLUMNS[1:])
    return [RecordDecision("", person, "", decision, note=note, at=at)] if decision or note else []


def _rayyan(note: str, decisions: list[RecordDecision]) -> Iterator[str]:
    """Rayyan's sections of a note: votes and notes by person; labels and what else there is stay a note."""
    begins = list(_SECTION.finditer(note))
    ends = [one.start() for one in begins[1:]] + [len(note)]
    sections = {one[1]: note[one.end() : end].strip() for one, end in zip(begins, ends, strict=False)}
    if note[: begins[0].start()].strip():
        yield note[: begins[0].start()].strip()
    votes = dict(pairs(sections.pop("RAYYAN-INCLUSION", "")))
    reason = sections.pop("RAYYAN-EXCLUSION-REASONS", "")
    notes = dict(pairs(sections.pop("USER-NOTES", "")))
    for person in [*votes, *(one for one in notes if one not in votes)]:
        decision = _OF_VOTES.get(votes.get(person, ""), "")
        its_reason = reason if decision == "exclude" else ""
        decisions.append(RecordDecision("", person, "", decision, its_reason, notes.get(person, "")))
    if reason and "exclude" not in map(_OF_VOTES.get, votes.values()):
        yield f"RAYYAN-EXCLUSION-REASONS: {reason}"
    yield from (f"{name}: {value}" for name, value in sections.items())


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """Names and values of `{"Name"=>"Value", "Other"=>["a", "b"]}`; the values of a list are joined by spaces."""
    name, last, inside, arrow = "", "", False, False
    values: list[str] = []
    for token in _TOKEN.finditer(text):
        if token[2] == "=>":
            if name and arrow:
                yield name, " ".join(values)
            name, values, arrow = last, [], True
        elif token[2]:
            inside = token[2] == "["
        else:
            last = _ESCAPED.sub(r"\1", token[1])
            if arrow and (inside or not values):
                values.append(last)
    if name and arrow:
        yield name, " ".join(values)


def rayyan_note(decisions: Sequence[RecordDecision]) -> str:
    """Decisions as Rayyan writes them: each person's at the last stage; "" without any."""
    last = {one.person or "litreview": one for one in sorted(decisions, key=stage_order)}
    votes = {person: VOTES[one.decision] for person, one in last.items() if one.decision in VOTES}
    reasons = dict.fromkeys(one.reason for one in last.values() if one.decision == "exclude" and one.reason)
    notes = {person: [one.note] for person, one in last.items() if one.note}
    parts = [
        f"RAYYAN-INCLUSION: {_hash(votes)}" if votes else "",
        f"RAYYAN-EXCLUSION-REASONS: {','.join(reasons)}" if reasons else "",
        f"USER-NOTES: {_hash(notes)}" if notes else "",
    ]
    return " | ".join(part for part in parts if part)


def _hash(values: dict[str, Any]) -> str:
    """A mapping as Ruby prints it."""
    inside = ",".join(f"{_quoted(key)}=>{_shown(value)}" for key, value in values.items())
    return f"{{{inside}}}"


def _shown(value: Any) -> str:
    return f"[{','.join(map(_quoted, value))}]" if isinstance(value, list) else _quoted(value)


def _quoted(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def asreview_label(decisions: Iterable[RecordDecision]) -> str:
    """include or exclude where all agree at the last stage that anyone judged at, or someone settled it; else "": for
    ASReview not seen."""
    judged = [one for one in decisions if one.decision]
    last = max(map(stage_order, judged), default=0)
    there = [one for one in judged if stage_order(one) == last]
    said = {one.decision for one in [one for one in there if one.settles] or there}
    return said.pop() if len(said) == 1 and said <= {"include", "exclude"} else ""


def stage_order(decision: RecordDecision) -> int:
    """Stages in the order in which they follow; untold ones come first."""
    return SCREENING_STAGES.index(decision.stage) + 1 if decision.stage in SCREENING_STAGES else 0
