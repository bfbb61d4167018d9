"""Reports (the PDFs) to the entries of the search, and reports to studies. What is unsure is returned, not guessed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from litreview.errors import Message, message
from litreview.ledger import Judgment
from litreview.records.comparable import STOP_WORDS
from litreview.records.features import Features, features, title_blocks
from litreview.records.fields import family_name, same_name, words
from litreview.records.likeness import forbidden
from litreview.records.model import Entry, Match, Record, ReportFacts, UnsureMatch
from litreview.records.studies import join_reports as join_reports
from litreview.records.titles import near_titles, title_begins

SURE_TITLE_WORDS = 6  # a whole title of so many words needs no author
OTHER_TITLE_RATIO = 60.0  # under this, titles are of different publications
NAME_WORDS, NAME_TITLE_WORDS, NAME_SHARE = 4, 2, 0.8
_SIGNS = re.compile(r"[^a-z0-9]+")


class _Known(NamedTuple):
    """An entry made ready for comparison."""

    entry: Entry
    look: Features
    words: frozenset[str]  # of title, authors' family names and year
    families: frozenset[str]


class _Hit(NamedTuple):
    """An entry that may be a report's: how sure (2 sure, 1 unsure), how near, and why."""

    sureness: int
    score: float
    entry: str
    why: Message


def match_reports(
    entries: Sequence[Entry], reports: Sequence[ReportFacts], judgments: Iterable[Judgment] = ()
) -> tuple[list[Match], list[UnsureMatch]]:
    """An entry for each report, by a person's `link` (body: `record`, `report`), DOI, title and author, or file name;
    and pairs that a person should look at. Several reports may be copies of one entry."""
    index = _Index(entries)
    linked = _links(entries, judgments)
    matches: list[Match] = []
    unsure: list[UnsureMatch] = []
    for report in reports:
        hits = linked.get(report.report) or _find(report, index)
        best = [hit for hit in hits if (hit.sureness, hit.score) == max((h.sureness, h.score) for h in hits)]
        if len(best) == 1 and best[0].sureness == 2:
            matches.append(Match(best[0].entry, report.report, best[0].why))
        else:
            unsure += [UnsureMatch(hit.entry, report.report, hit.why) for hit in best]
    return matches, unsure


class _Index:
    """Entries by DOI, by beginnings and ends of titles, and by words, so that a report meets few of them."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.known = [_know(entry) for entry in entries]
        self._doi: dict[str, list[int]] = defaultdict(list)
        self._title: dict[str, list[int]] = defaultdict(list)
        self._word: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self.known):
            self._doi[one.entry.record.doi].append(number)
            for key in title_blocks(one.look):
                self._title[key].append(number)
            for word in sorted(one.words):
                self._word[word].append(number)

    def by_doi(self, report: ReportFacts) -> list[_Known]:
        """Entries with the report's DOI."""
        return [self.known[n] for n in self._doi.get(report.doi, ())] if report.doi else []

    def by_title(self, look: Features) -> list[_Known]:
        """Entries whose titles begin or end like the report's."""
        numbers = {n for key in title_blocks(look) for n in self._title.get(key, ())}
        return [self.known[n] for n in sorted(numbers)]

    def by_name(self, report: ReportFacts) -> list[_Known]:
        """Entries that share words with the file's name, or whose DOI the name may hold (it has digits)."""
        stem = words(PurePosixPath(report.files[0]).stem) if report.files else []
        shared = Counter(n for word in set(stem) for n in self._word.get(word, ()))
        numbers = {n for n, count in shared.items() if count > NAME_TITLE_WORDS}
        if "10" in stem:
            numbers.update(n for n, one in enumerate(self.known) if one.entry.record.doi)
        return [self.known[n] for n in sorted(numbers)]


def _know(entry: Entry) -> _Known:
    look = features(entry.record)
    families = frozenset(family_name(author) for author in entry.record.authors)
    year = {str(entry.record.year)} if entry.record.year else set()
    given = {word for author in entry.record.authors for word in words(author)}
    return _Known(entry, look, frozenset(look.tokens) | given | year, families)


def _links(entries: Sequence[Entry], judgments: Iterable[Judgment]) -> dict[str, list[_Hit]]:
    """People's links by report; two people who name two entries leave both, as equals."""
    entry_of = {member: entry.id for entry in entries for member in entry.members}
    found: dict[str, dict[str, _Hit]] = defaultdict(dict)
    for judgment in judgments:
        record, report = judgment.body.get("record"), judgment.body.get("report")
        if judgment.kind == "link" and record in entry_of and isinstance(report, str):
            why = message("Linked by {person}.", person=judgment.person)
            found[report].setdefault(entry_of[record], _Hit(2, 0.0, entry_of[record], why))
    return {report: list(hits.values()) for report, hits in found.items()}


def _find(report: ReportFacts, index: _Index) -> list[_Hit]:
    """Entries for a report, by the first way that finds any: DOI, title, file name."""
    look = features(
        Record(report.report, "", "", title=report.title, authors=report.authors, year=report.year, doi=report.doi)
    )
    ways = ((_by_doi, index.by_doi(report)), (_by_title, index.by_title(look)), (_by_name, index.by_name(report)))
    for way, known in ways:
        hits = [hit for one in known if (hit := way(report, look, one)) is not None]
        if hits:
            return hits
    return []


def _by_doi(report: ReportFacts, look: Features, one: _Known) -> _Hit | None:
    """The DOI that the report prints. It may be that of a cited work: a title of its own must not speak against it."""
    from rapidfuzz import fuzz

    if not report.doi or report.doi != one.entry.record.doi:
        return None
    titles = not look.key or not one.look.key or fuzz.ratio(look.key, one.look.key) >= OTHER_TITLE_RATIO
    sure = titles or title_begins(look, one.look) or title_begins(one.look, look) or _authors(report, one) == "agree"
    why = message("Same DOI: {doi}.", doi=report.doi) if sure else message("Same DOI, but another title: {doi}.",
                                                                           doi=report.doi)  # fmt: skip
    return _Hit(2 if sure else 1, 100.0, one.entry.id, why)


def _by_title(report: ReportFacts, look: Features, one: _Known) -> _Hit | None:
    """Same title, or nearly, or one the beginning of the other; and an author in common."""
    if not look.key or look.generic or (report.doi and one.entry.record.doi and report.doi != one.entry.record.doi):
        return None
    score = _title_score(look, one.look)
    if not score:
        return None
    other_kind = report.thesis != one.look.thesis and (one.look.thesis or one.look.article)
    authors = _authors(report, one)
    score -= 1 if report.year and one.entry.record.year and report.year != one.entry.record.year else 0
    if authors == "agree" and not other_kind:
        return _Hit(2, score, one.entry.id, message("Same title and an author in common."))
    if authors == "missing" and score >= 99 and len(look.tokens) >= SURE_TITLE_WORDS and not other_kind:
        return _Hit(2, score, one.entry.id, message("Same title; an author is missing."))
    if other_kind:
        return _Hit(1, score, one.entry.id, message("Same title, but one is a thesis and the other is not."))
    return _Hit(1, score, one.entry.id, message("Like titles, but no author in common."))


def _title_score(one: Features, other: Features) -> float:
    """100 for the same title, 98 where one is the other's beginning, 95 for misprints, 0 for others."""
    if one.compact == other.compact:
        return 100.0
    plain = [look._replace(thesis=False, preprint=False, article=False) for look in (one, other)]
    if title_begins(one, other) or title_begins(other, one):
        return 98.0
    return 95.0 if not forbidden(*plain) and near_titles(one, other) else 0.0


def _authors(report: ReportFacts, one: _Known) -> str:
    """`agree` when any author of the report is one of the entry's, `missing` when one side tells none."""
    theirs = one.entry.record.authors
    if not report.authors or not theirs:
        return "missing"
    return "agree" if any(same_name(a, b) for a in report.authors for b in theirs) else "differ"


def _by_name(report: ReportFacts, look: Features, one: _Known) -> _Hit | None:
    """The file's name: a DOI ("10.5555_jeps.3.2"), the title, or author, year and words of the title. Sure only for a
    report without a title of its own (a scan, a locked file)."""
    if not report.files:
        return None
    stem = PurePosixPath(report.files[0]).stem
    doi = _SIGNS.sub("", one.entry.record.doi)
    if doi and doi in _SIGNS.sub("", stem.lower()):
        return _Hit(1 if look.key else 2, float(len(doi)), one.entry.id, message("The file is named by the DOI."))
    named = [word for word in words(stem) if word not in STOP_WORDS]
    hits = [word for word in named if word in one.words]
    in_title = len({word for word in hits if word in one.look.tokens and word not in one.families})
    told = bool(one.families.intersection(named)) and str(one.entry.record.year) in named
    if len(hits) < NAME_SHARE * len(named) or not (in_title >= NAME_WORDS or (told and in_title >= NAME_TITLE_WORDS)):
        return None
    return _Hit(1 if look.key else 2, float(len(set(hits))), one.entry.id,
                message("The file is named by author, year and title."))  # fmt: skip
