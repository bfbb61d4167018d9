"""Records as RIS, with decisions in the notes that ASReview and Rayyan read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from litreview.records.decided import OWN_NOTE, rayyan_note
from litreview.records.fields import find_year
from litreview.records.model import Record
from litreview.records.writing import Written, one_line, types_of

_TYPE = re.compile(r"[A-Z][A-Z0-9]{2,7}")
_TAG = re.compile(r"[A-Z][A-Z0-9]")
_LOOKS_LIKE_TAG = re.compile(r" {2,}-")
_VENUE = {"CPAPER": "T2", "CONF": "T2", "CHAP": "T2", "BOOK": "PB", "THES": "PB", "RPRT": "PB"}
_DATES = ("PY", "Y1", "DA")


class RisWriter:
    """Writes RIS."""

    name = "ris"
    suffix = ".ris"

    def write(self, entries: Sequence[Written]) -> bytes:
        """A record from TY to ER for each entry."""
        lines = (line for entry in entries for line in (*_lines(entry), ""))
        return "\n".join(lines).encode("utf-8", "replace")


def _lines(entry: Written) -> Iterator[str]:
    """The lines of an entry. Tags that its record was read with, and has no place for, follow its own."""
    kind = entry.record.kind if _TYPE.fullmatch(entry.record.kind) else types_of(entry.record)[0]
    yield f"TY  - {kind}"
    further = ((tag, value) for tag, values in entry.further.items()
               if _TAG.fullmatch(tag) and tag not in ("TY", "ER") for value in values)  # fmt: skip
    for tag, value in (*_fields(entry.record, kind), *_notes(entry), *further):
        text = _LOOKS_LIKE_TAG.sub(" -", one_line(value))
        if text:
            yield f"{tag}  - {text}"
    if entry.carried:
        yield f"N1  - {OWN_NOTE}{entry.carried}"
    yield "ER  - "


def _fields(record: Record, kind: str) -> Iterator[tuple[str, str]]:
    """Tags and values of the record's own fields. The year is left to a whole date that tells it."""
    yield "TI", record.title
    yield from (("AU", author) for author in record.authors)
    if find_year(*(value for tag in _DATES for value in record.extra.get(tag, ()))) != record.year:
        yield "PY", str(record.year or "")
    yield _VENUE.get(kind, "JO"), record.venue
    yield "VL", record.volume
    yield "IS", record.issue
    first, _, last = record.pages.partition("-")
    yield "SP", first
    yield "EP", last
    yield "DO", record.doi
    yield "UR", record.url
    yield "AB", record.abstract
    yield from (("KW", word) for word in record.keywords)
    yield "LA", record.language


def _notes(entry: Written) -> Iterator[tuple[str, str]]:
    """The decisions: ASReview's label first, as ASReview writes it, then Rayyan's line."""
    if not entry.judged:
        return
    yield "N1", f"ASReview_{entry.label}"
    if entry.notes:
        yield "N1", f"asreview_note: {json.dumps(entry.notes, ensure_ascii=False)}"
    if entry.people:
        yield "N1", f"asreview_user_name: {json.dumps(entry.people, ensure_ascii=False)}"
    yield "N1", rayyan_note(entry.decisions)
