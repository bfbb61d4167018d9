"""Reports to studies: copies of one article, and a thesis and the article made from it, are one study, until a person
says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from litreview.errors import Message, message
from litreview.ledger import Judgment
from litreview.records.copies import by_first_author, like_titles
from litreview.records.fields import place_key
from litreview.records.links import Pair, links_of_people
from litreview.records.model import Copy, Match, RecordPair, ReportFacts, Study

YEARS_APART = 3


def join_reports(
    reports: Sequence[ReportFacts],
    matches: Sequence[Match] = (),
    judgments: Iterable[Judgment] = (),
    copies: Iterable[Copy] = (),
    offered: Iterable[RecordPair] = (),
) -> list[Study]:
    """Studies in the order of their first reports.

    A person's `link` joins (body: `reports`, or `report` and `study`) or, with `apart: true`, keeps apart. Then files
    of one entry belong together, and copies of one text; then those of entries that are `offered` as one study; then a
    thesis and an article by the rule of `same_study`. Copies that tell of different places are joined by a person
    only, or by their entry.
    """
    order = {report.report: number for number, report in enumerate(reports)}
    links = links_of_people(reports, judgments)
    told = [one for one in copies if one.report in order and one.of in order]
    elsewhere = {frozenset((one.report, one.of)) for one in told if one.elsewhere}
    files = [*_of_one_entry(order, matches), *_of_one_text(told)]
    found = [*files, *_offered(order, matches, offered), *_made_from(reports, elsewhere)]
    joined = [(*one, True) for one in links.joined] + [(*one, False) for one in found]
    group_of: dict[str, list[str]] = {report.report: [report.report] for report in reports}
    why: dict[str, Message] = {}
    provisional: set[str] = set()
    for (one, other), reason, by_person in joined:
        left, right = group_of[one], group_of[other]
        if left is right or (not by_person and any(pair in links.apart for pair in _pairs(left, right))):
            continue
        merged = sorted(left + right, key=order.__getitem__)
        group_of.update(dict.fromkeys(merged, merged))
        why.update(dict.fromkeys([one if order[one] > order[other] else other], reason))
        provisional.update(() if by_person else merged)
    groups = {id(group): group for group in group_of.values()}.values()
    same = [pair for pair, _ in files if frozenset(pair) not in _twice_published(told)]
    return [_study(group, why, provisional, same) for group in sorted(groups, key=lambda group: order[group[0]])]


def _study(group: Sequence[str], why: dict[str, Message], provisional: set[str], same: Sequence[Pair]) -> Study:
    reasons = tuple(why.get(report, message("A report of the same study.")) for report in group[1:])
    unsettled = len(group) > 1 and bool(provisional.intersection(group))
    return Study(group[0], tuple(group), reasons, unsettled, _copies_in(group, same))


def _copies_in(group: Sequence[str], same: Iterable[Pair]) -> dict[str, str]:
    """Reports of a study that are another file of an earlier one's publication, each with the first of them."""
    first = {report: report for report in group}
    for one, other in same:
        if one in first and other in first:
            kept, gone = sorted((first[one], first[other]), key=group.index)
            first = {report: kept if known == gone else known for report, known in first.items()}
    return {report: known for report, known in first.items() if report != known}


def _twice_published(copies: Iterable[Copy]) -> set[frozenset[str]]:
    return {frozenset((one.report, one.of)) for one in copies if not one.publication}


def _pairs(left: Iterable[str], right: Sequence[str]) -> list[frozenset[str]]:
    return [frozenset((a, b)) for a in left for b in right]


def _of_one_entry(order: dict[str, int], matches: Iterable[Match]) -> list[tuple[Pair, Message]]:
    """Reports of one entry."""
    by_entry: dict[str, list[str]] = {}
    for match in matches:
        if match.report in order:
            by_entry.setdefault(match.entry, []).append(match.report)
    why = message("A copy of the same publication.")
    return [(pair, why) for found in by_entry.values() for pair in pairwise(sorted(found, key=order.__getitem__))]


def _of_one_text(copies: Iterable[Copy]) -> list[tuple[Pair, Message]]:
    """Reports with one text, of one place."""
    why = message("Same title and first author, and nearly the same text: taken for one study until a person links or"
                  " parts them.")  # fmt: skip
    return [((one.of, one.report), why) for one in copies if not one.elsewhere]


def _offered(
    order: dict[str, int], matches: Iterable[Match], offered: Iterable[RecordPair]
) -> list[tuple[Pair, Message]]:
    """First reports of entries that may be of one study."""
    first: dict[str, str] = {}
    for match in sorted((one for one in matches if one.report in order), key=lambda one: order[one.report]):
        first.setdefault(match.entry, match.report)
    return [((first[pair.one], first[pair.other]), pair.why)
            for pair in offered if pair.one in first and pair.other in first]  # fmt: skip


def _made_from(reports: Sequence[ReportFacts], elsewhere: set[frozenset[str]]) -> list[tuple[Pair, Message]]:
    """Pairs that the rule takes for one study; only reports that share a first author are compared."""
    why = message("Same first author, place and method, years at most three apart: taken for one study until a person "
                  "links or parts them.")  # fmt: skip
    return [((a.report, b.report), why) for a, b in by_first_author(reports)
            if same_study(a, b) and frozenset((a.report, b.report)) not in elsewhere]  # fmt: skip


def same_study(one: ReportFacts, other: ReportFacts) -> bool:
    """Whether two reports with one first author tell about one study: same regency, same design, years at most three
    apart, and one is a thesis or their titles are alike."""
    if not one.regency or place_key(one.regency) != place_key(other.regency):
        return False
    if not one.design or one.design != other.design:
        return False
    if one.year and other.year and abs(one.year - other.year) > YEARS_APART:
        return False
    return one.thesis != other.thesis or like_titles(one, other)
