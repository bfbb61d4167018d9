"""The fields of two records held against each other: do they agree, differ, or is one not told? Pure.

What databases disagree on by habit is no difference: a year by one, an abbreviated journal, pages from 1, an issue in
the column of volumes, another order of authors.
"""

from __future__ import annotations

from typing import NamedTuple

from litreview.records.comparable import fold
from litreview.records.features import Features
from litreview.records.names import compare_names, shared_families
from litreview.records.venues import OTHER as OTHER_VENUE
from litreview.records.venues import SAME as SAME_VENUE
from litreview.records.venues import compare_venues

AGREE, UNTOLD, DIFFER = 1, 0, -1
NEAR = 2  # years one apart: online first, then in print
TEAM = 2  # another first author, but half of the families are the same
SAME_ABSTRACT_RATIO = 85.0
ABSTRACT_LETTERS, SHORTEST_ABSTRACT = 600, 150
SHARED_AUTHORS = 0.5


class Evidence(NamedTuple):
    """How the fields of two records stand: AGREE, UNTOLD or DIFFER; `year` may be NEAR, `author` may be TEAM."""

    author: int
    year: int
    venue: int
    volume: int
    page: int
    doi: int

    @property
    def authors(self) -> bool:
        """The same first author, or the same people in another order."""
        return self.author in (AGREE, TEAM)

    @property
    def place(self) -> bool:
        """The same volume and first page."""
        return self.volume == AGREE and self.page == AGREE

    @property
    def dated(self) -> bool:
        """Years that agree, or nearly."""
        return self.year in (AGREE, NEAR)

    @property
    def against(self) -> int:
        """How many fields differ, the author not counted."""
        return (self.year, self.venue, self.volume, self.page, self.doi).count(DIFFER)


def weigh(one: Features, other: Features) -> Evidence:
    """The fields of two records held against each other."""
    return Evidence(_author(one, other), _year(one, other), _venue(one, other), _volume(one, other),
                    _page(one, other), told(one.doi, other.doi))  # fmt: skip


def _author(one: Features, other: Features) -> int:
    """First authors, or lists that share half of their families (in another order, or a group's name first)."""
    first = compare_names(one.name, other.name)
    return TEAM if first == DIFFER and one_team(one, other) else first


def one_team(one: Features, other: Features) -> bool:
    """Whether half of the families of the shorter list of authors stand in the other."""
    return shared_families(one.record.authors, other.record.authors) >= SHARED_AUTHORS


def _year(one: Features, other: Features) -> int:
    if one.record.year is None or other.record.year is None:
        return UNTOLD
    return (AGREE, NEAR, DIFFER)[min(2, years_apart(one, other))]


def years_apart(one: Features, other: Features) -> int:
    """0 where one is unknown."""
    return abs(one.record.year - other.record.year) if one.record.year and other.record.year else 0


def _venue(one: Features, other: Features) -> int:
    if not one.venue or not other.venue:
        return UNTOLD
    if not one.issns.isdisjoint(other.issns):
        return AGREE
    return {SAME_VENUE: AGREE, OTHER_VENUE: DIFFER}.get(compare_venues(*sorted((one.venue, other.venue))), UNTOLD)


def told(one: str, other: str) -> int:
    """AGREE or DIFFER where both tell a field, else UNTOLD."""
    return (AGREE if one == other else DIFFER) if one and other else UNTOLD


def _volume(one: Features, other: Features) -> int:
    """Volumes; one that is the other's issue or supplement stands in the wrong column."""
    found = told(one.volume, other.volume)
    misplaced = one.volume in other.supplements or other.volume in one.supplements
    return UNTOLD if found == DIFFER and misplaced else found


def _page(one: Features, other: Features) -> int:
    """First pages; the same last page is no difference, nor are pages from 1 (of electronic articles)."""
    left, right = one.pages, other.pages
    if not left.first or not right.first:
        return UNTOLD
    if left.first == right.first:
        return AGREE
    if "1" in (left.first, right.first) or left.last == right.last:
        return UNTOLD
    return DIFFER


def same_abstract(one: Features, other: Features) -> bool:
    """Whether both have an abstract and it begins alike, whatever headings and rights stand about it."""
    from rapidfuzz import fuzz

    left, right = one.record.abstract[:ABSTRACT_LETTERS], other.record.abstract[:ABSTRACT_LETTERS]
    if min(len(left), len(right)) < SHORTEST_ABSTRACT:
        return False
    return fuzz.ratio(fold(left), fold(right)) >= SAME_ABSTRACT_RATIO
