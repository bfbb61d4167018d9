"""The same article in several files: copies with other bytes, known by title, first author and text. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from litreview.ledger import Judgment
from litreview.records.fields import family_name, name_initials, place_key, same_name, title_key, words
from litreview.records.links import links_of_people
from litreview.records.model import Copy, ReportFacts

LIKE_TITLES = 80.0
SHINGLE_WORDS = 3  # so short that a misread word costs few of them
SAME_TEXT = 0.6  # three quarters of each in the other; of recognised scans 0.74 to 0.79, of other articles under 0.02
_LEVELS = ("village", "district", "regency", "province")


def find_copies(
    reports: Sequence[ReportFacts], text_of: Callable[[str], str], judgments: Iterable[Judgment] = ()
) -> list[Copy]:
    """Pairs of reports with like titles, the same first author and nearly the same text, in the order of the reports.
    `text_of` gives a report's text, "" where there is none; it is asked only where title and author agree. Pairs that
    people keep apart are left out."""
    apart = links_of_people(reports, judgments).apart
    return [
        Copy(other.report, one.report, _same_publication(one, other), _places(one, other))
        for one, other in _named_alike(reports)
        if frozenset((one.report, other.report)) not in apart
        and resemblance(text_of(one.report), text_of(other.report)) >= SAME_TEXT
    ]


def by_first_author(reports: Iterable[ReportFacts]) -> Iterator[tuple[ReportFacts, ReportFacts]]:
    """Pairs of reports whose first authors can be one person: the family name, and no initial against another."""
    families: dict[str, list[ReportFacts]] = {}
    for report in reports:
        if report.authors:
            families.setdefault(family_name(report.authors[0]), []).append(report)
    for family in families.values():
        for one, other in combinations(family, 2):
            if _same_person(one.authors[0], other.authors[0]):
                yield one, other


def like_titles(one: ReportFacts, other: ReportFacts) -> bool:
    """Whether two reports' titles are alike but for a few letters."""
    from rapidfuzz import fuzz

    return fuzz.ratio(title_key(one.title), title_key(other.title)) >= LIKE_TITLES


def resemblance(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1: of their runs of three words, the share that stands in both (Broder 1997,
    On the resemblance and containment of documents). Texts without words are like none."""
    left, right = _shingles(one), _shingles(other)
    return len(left & right) / len(left | right) if left and right else 0.0


def _shingles(text: str) -> set[tuple[str, ...]]:
    told = words(text)
    return set(zip(*(told[first:] for first in range(SHINGLE_WORDS)), strict=False))


def _named_alike(reports: Sequence[ReportFacts]) -> Iterator[tuple[ReportFacts, ReportFacts]]:
    return ((a, b) for a, b in by_first_author(reports) if a.title and b.title and like_titles(a, b))


def _same_person(one: str, other: str) -> bool:
    left, right = name_initials(one), name_initials(other)
    return same_name(one, other) and (not left or not right or left <= right or right <= left)


def _same_publication(one: ReportFacts, other: ReportFacts) -> bool:
    """Whether nothing says that the same text was published twice."""
    pairs = ((one.year, other.year), (one.doi, other.doi))
    return one.thesis == other.thesis and all(not a or not b or a == b for a, b in pairs)


def _places(one: ReportFacts, other: ReportFacts) -> tuple[str, str]:
    """The first places, from the smallest, that both tell and that differ."""
    told = [(getattr(one, level), getattr(other, level)) for level in _LEVELS]
    return next(((a, b) for a, b in told if a and b and place_key(a) != place_key(b)), ("", ""))
