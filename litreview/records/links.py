"""What people said of reports: which belong to one study, and which are to be kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from litreview.errors import Message, message
from litreview.ledger import Judgment
from litreview.records.model import ReportFacts

Pair = tuple[str, str]


class Links(NamedTuple):
    """Pairs of reports that people joined, each with who did it, and pairs that they keep apart."""

    joined: list[tuple[Pair, Message]]
    apart: set[frozenset[str]]


def links_of_people(reports: Sequence[ReportFacts], judgments: Iterable[Judgment]) -> Links:
    """People's `link` judgments on reports (body: `reports`, or `report` and `study`; `apart: true` keeps apart), in
    the order of the reports."""
    order = {report.report: number for number, report in enumerate(reports)}
    joined: list[tuple[Pair, Message]] = []
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
            joined += [(pair, why) for pair in pairwise(known)]
    return Links(joined, apart)
