"""Copies of one article among the files: how the flow counts them, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from litreview.errors import Message, message
from litreview.records.model import Copy, Study
from litreview.screening.decisions import goes_on
from litreview.screening.model import Standing


def counted_once(copies: Iterable[Copy], standings: Mapping[str, Standing]) -> dict[str, str]:
    """Reports that are another file of an earlier one's publication, each with the first of them: those that stand as
    it does, in or out, so that leaving one out of the flow hides no decision."""
    first: dict[str, str] = {}
    for one in copies:
        sides = {goes_on(standings[report]) if report in standings else None for report in (one.report, one.of)}
        if one.publication and not one.elsewhere and len(sides) == 1 and None not in sides:
            first.setdefault(one.report, first.get(one.of, one.of))
    return first


def told_twice(copies: Iterable[Copy], studies: Sequence[Study]) -> frozenset[str]:
    """Reports whose text another report of their study has too: what a machine finds in it is counted there."""
    study_of = {report: study.id for study in studies for report in study.reports}
    return frozenset(one.report for one in copies
                     if one.report in study_of and study_of[one.report] == study_of.get(one.of))  # fmt: skip


def tell_copies(copies: Iterable[Copy], studies: Sequence[Study], names: Mapping[str, str]) -> Iterator[Message]:
    """Copies that the machine took for one study, and those that tell of different places, by the names of reports."""
    study_of = {report: study for study in studies for report in study.reports}
    for copy in copies:
        one, other = (names.get(report, report) for report in (copy.of, copy.report))
        study = study_of.get(copy.report)
        together = study is not None and copy.of in study.reports
        if together and study is not None and study.provisional:
            yield message("{one} and {other} hold the same article (title, first author, nearly the same text): taken"
                          " for one study until a person links or parts them.", one=one, other=other)  # fmt: skip
        elif copy.elsewhere and not together:
            here, there = copy.places
            yield message("{one} and {other} have the same title, first author and nearly the same text, but tell of"
                          " different places ({here}; {there}). They count as two studies: look at both.",
                          one=one, other=other, here=here, there=there)  # fmt: skip
