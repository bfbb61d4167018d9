"""Unique publications from groups of duplicates: the fields of the best copies combined. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from litreview.language.casing import casing
from litreview.records.fields import is_truncated
from litreview.records.model import DuplicateGroup, Entry, Record

_PLAIN = ("kind", "year", "venue", "volume", "issue", "pages", "doi", "url", "language", "keywords", "database")


def entries(records: Sequence[Record], groups: Sequence[DuplicateGroup]) -> list[Entry]:
    """Unique publications in the records' order: each group once, at its first member, with its best fields."""
    by_id = {record.id: record for record in records}
    leading = {group.members[0]: group for group in groups}
    following = {member for group in groups for member in group.members[1:]}
    found = []
    for record in records:
        if record.id not in following:
            members = leading[record.id].members if record.id in leading else (record.id,)
            found.append(Entry(record.id, combined([by_id[member] for member in members]), members))
    return found


def combined(copies: Sequence[Record]) -> Record:
    """The first copy with its gaps filled: whole titles and abstracts before cut ones, titles written as
    sentences before those in capitals, full lists before short ones."""
    first = copies[0]
    titles = sorted((c.title for c in copies if c.title), key=lambda title: (is_truncated(title), casing(title)))
    abstracts = sorted((c.abstract for c in copies if c.abstract), key=lambda text: (is_truncated(text), -len(text)))
    names = sorted((c.authors for c in copies if c.authors), key=_fullness, reverse=True)
    extra = {key: value for copy in reversed(copies) for key, value in copy.extra.items()}
    plain = {field: _first_known(copies, field) for field in _PLAIN}
    return replace(
        first,
        title=titles[0] if titles else "",
        abstract=abstracts[0] if abstracts else "",
        authors=names[0] if names else (),
        extra=dict(sorted(extra.items())),
        **plain,
    )


def _first_known(copies: Sequence[Record], field: str) -> object:
    """A field of the first copy that has it."""
    return next((value for value in (getattr(copy, field) for copy in copies) if value), getattr(copies[0], field))


def _fullness(names: tuple[str, ...]) -> tuple[int, int]:
    """How much a list of authors tells: how many names, how many letters."""
    return len(names), sum(map(len, names))
