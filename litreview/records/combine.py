"""Unique publications from groups of duplicates: the fields of the best copies combined. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from litreview.language.casing import casing
from litreview.records.comparable import read_pages
from litreview.records.fields import is_truncated
from litreview.records.model import DuplicateGroup, Entry, Record
from litreview.records.venues import SAME, compare_venues, read_venue

_PLACE = ("year", "volume", "issue", "pages")
_PLAIN = ("kind", "doi", "url", "language", "keywords", "database")


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
    sentences before those in capitals, full lists before short ones. Where it is printed, and so the year of the issue,
    comes from the copy that tells most of it; the journal by its fullest name."""
    first = copies[0]
    titles = sorted((c.title for c in copies if c.title), key=lambda title: (is_truncated(title), casing(title)))
    abstracts = sorted((c.abstract for c in copies if c.abstract), key=lambda text: (is_truncated(text), -len(text)))
    names = sorted((c.authors for c in copies if c.authors), key=_fullness, reverse=True)
    extra = {key: value for copy in reversed(copies) for key, value in copy.extra.items()}
    printed = sorted(copies, key=_placed, reverse=True)
    plain = {field: _first_known(copies, field) for field in _PLAIN}
    place = {field: _first_known(printed, field) for field in _PLACE}
    return replace(
        first,
        title=titles[0] if titles else "",
        abstract=abstracts[0] if abstracts else "",
        authors=names[0] if names else (),
        extra=dict(sorted(extra.items())),
        venue=_fullest_venue([copy.venue for copy in printed if copy.venue]),
        **plain,
        **place,
    )


def _first_known(copies: Sequence[Record], field: str) -> object:
    """A field of the first copy that has it."""
    return next((value for value in (getattr(copy, field) for copy in copies) if value), getattr(copies[0], field))


def _fullness(names: tuple[str, ...]) -> tuple[int, int]:
    """How much a list of authors tells: how many names, how many letters."""
    return len(names), sum(map(len, names))


def _placed(copy: Record) -> tuple[int, int]:
    """How much a copy tells of where it is printed; pages that are none (a spreadsheet's date) count for nothing."""
    pages = read_pages(copy.pages, copy.year)
    told = (copy.volume, pages.first, copy.issue, copy.year)
    return sum(map(bool, told)), len(copy.pages) if pages.first else 0


def _fullest_venue(names: Sequence[str]) -> str:
    """The longest name of the journal that the best placed copy names, in capitals only where all are."""
    if not names:
        return ""
    first = read_venue(names[0])
    same = [name for name in names if compare_venues(*sorted((read_venue(name), first))) == SAME]
    return min(same or names[:1], key=lambda name: (name.isupper(), -len(name)))
