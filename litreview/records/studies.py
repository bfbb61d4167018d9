"""Reports to studies: a thesis and the article made from it are one study, until a person says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from litreview.errors import Message, message
from litreview.ledger import Judgment
from litreview.records.fields import family_name, name_initials, place_key, same_name, title_key
from litreview.records.model import Match, RecordPair, ReportFacts, Study

YEARS_APART = 3
LIKE_TITLES = 80.0
Pair = tuple[str, str]


def join_reports(
    reports: Sequence[ReportFacts],
    matches: Sequence[Match] = (),
    judgments: Iterable[Judgment] = (),
    offered: Iterable[RecordPair] = (),
) -> list[Study]:
    """Studies in the order of their first reports.

    A person's `link` joins (body: `reports`, or `report` and `study`) or, with `apart: true`, keeps apart. Then files
    of one entry belong together; then those of entries that are `offered` as one study; then a thesis and an article
    by the rule of `same_study`.
    """
    order = {report.report: number for number, report in enumerate(reports)}
    joined, apart = _linked(order, judgments)
    group_of: dict[str, list[str]] = {report.report: [report.report] for report in reports}
    why: dict[str, Message] = {}
    provisional: set[str] = set()
    for (one, other), reason, by_person in (
        *joined,
        *_copies(order, matches),
        *_offered(order, matches, offered),
        *_made_from(reports),
    ):
        left, right = group_of[one], group_of[other]
        if left is right or (not by_person and any(pair in apart for pair in _pairs(left, right))):
            continue
        merged = sorted(left + right, key=order.__getitem__)
        group_of.update(dict.fromkeys(merged, merged))
        why.update(dict.fromkeys([one if order[one] > order[other] else other], reason))
        provisional.update(() if by_person else merged)
    groups = {id(group): group for group in group_of.values()}.values()
    return [_study(group, why, provisional) for group in sorted(groups, key=lambda group: order[group[0]])]


def _study(group: Sequence[str], why: dict[str, Message], provisional: set[str]) -> Study:
    reasons = tuple(why.get(report, message("A report of the same study.")) for report in group[1:])
    return Study(group[0], tuple(group), reasons, len(group) > 1 and bool(provisional.intersection(group)))


def _pairs(left: Iterable[str], right: Sequence[str]) -> list[frozenset[str]]:
    return [frozenset((a, b)) for a in left for b in right]


def _linked(
    order: dict[str, int], judgments: Iterable[Judgment]
) -> tuple[list[tuple[Pair, Message, bool]], set[frozenset[str]]]:
    """Pairs that people joined, and pairs that they keep apart."""
    joined: list[tuple[Pair, Message, bool]] = []
    apart: set[frozenset[str]] = set()
    for judgment in judgments:
        if judgment.kind != "link" or "record" in judgment.body:
            continue
        named = judgment.body.get("reports") or (judgment.body.get("study"), judgment.body.get("report"))
        known = sorted({one for one in named if one in order}, key=order.__getitem__)
        if judgment.body.get("apart"):
            apart.update(frozenset(pair) for pair in combinations(known, 2))
        else:
            why = message("Linked by {person}.", person=judgment.person)
            joined += [(pair, why, True) for pair in pairwise(known)]
    return joined, apart


def _copies(order: dict[str, int], matches: Iterable[Match]) -> list[tuple[Pair, Message, bool]]:
    """Reports of one entry."""
    by_entry: dict[str, list[str]] = {}
    for match in matches:
        if match.report in order:
            by_entry.setdefault(match.entry, []).append(match.report)
    why = message("A copy of the same publication.")
    return [(pair, why, False) for copies in by_entry.values()
            for pair in pairwise(sorted(copies, key=order.__getitem__))]  # fmt: skip


def _offered(
    order: dict[str, int], matches: Iterable[Match], offered: Iterable[RecordPair]
) -> list[tuple[Pair, Message, bool]]:
    """First reports of entries that may be of one study."""
    first: dict[str, str] = {}
    for match in sorted((one for one in matches if one.report in order), key=lambda one: order[one.report]):
        first.setdefault(match.entry, match.report)
    return [((first[pair.one], first[pair.other]), pair.why, False)
            for pair in offered if pair.one in first and pair.other in first]  # fmt: skip


def _made_from(reports: Sequence[ReportFacts]) -> list[tuple[Pair, Message, bool]]:
    """Pairs that the rule takes for one study; only reports that share a first author's family name are compared."""
    families: dict[str, list[ReportFacts]] = {}
    for report in reports:
        if report.authors:
            families.setdefault(family_name(report.authors[0]), []).append(report)
    why = message("Same first author, place and method, years at most three apart: taken for one study until a person "
                  "links or parts them.")  # fmt: skip
    return [((a.report, b.report), why, False) for family in families.values()
            for a, b in combinations(family, 2) if same_study(a, b)]  # fmt: skip


def same_study(one: ReportFacts, other: ReportFacts) -> bool:
    """Whether two reports tell about one study: same first author with the same initials, same regency, same design,
    years at most three apart, and one is a thesis or their titles are alike."""
    from rapidfuzz import fuzz

    if not one.authors or not other.authors or not same_name(one.authors[0], other.authors[0]):
        return False
    left, right = name_initials(one.authors[0]), name_initials(other.authors[0])
    if left and right and not (left <= right or right <= left):
        return False
    if not one.regency or place_key(one.regency) != place_key(other.regency):
        return False
    if not one.design or one.design != other.design:
        return False
    if one.year and other.year and abs(one.year - other.year) > YEARS_APART:
        return False
    alike = fuzz.ratio(title_key(one.title), title_key(other.title)) >= LIKE_TITLES
    return one.thesis != other.thesis or alike
