"""Screening replayed on a set whose decisions are known: what the ranking would have saved.

Recall after a part of the records, work saved over sampling (Cohen and others, "Reducing workload in systematic review
preparation using automated citation classification", JAMIA 13, 2006) and the average time to discovery (Ferdinands and
others, Systematic Reviews 12, 100, 2023). The records known at the start are left out of all of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from statistics import median

import msgspec

from litreview.errors import UsageError, message
from litreview.screening.labelled import LabelledSet
from litreview.screening.policies import MostLikely
from litreview.screening.ranking import Ranker

MOST_LIKELY = MostLikely.name
Rank = Callable[[dict[str, bool]], Sequence[str]]


class Simulation(msgspec.Struct, frozen=True):
    """A replay. `order`: record ids as they were shown, known ones left out; what came after the last included one is
    in the order of the last ranking. `recall_at_10`, `recall_at_20`: the part of the included ones found after 10 and
    20 % of the records. `wss_95`: 0.95 − k/N, k of N screened when recall first reaches 0.95. `atd`: the mean number
    screened until each included one is found. `ms_per_query`: the median time of a ranking."""

    order: tuple[str, ...]
    recall_at_10: float
    recall_at_20: float
    wss_95: float
    atd: float
    ms_per_query: float


def simulate(
    labelled: LabelledSet,
    prior_included: Sequence[str],
    prior_excluded: Sequence[str],
    seed: int | None = None,
    policy: str | None = None,
) -> Simulation:
    """Replay screening from the known record ids on, re-ranked after each decision (seed 0, most likely first).

    Raises `UsageError` for an id that is not there or labelled otherwise, or when nothing included is left to find.
    """
    known = known_ids(labelled, prior_included, prior_excluded)
    ranker = Ranker(labelled.records, seed or 0)
    order, times_ms = replay(labelled, known, lambda decided: ranker.rank(decided, policy or MOST_LIKELY))
    return Simulation(tuple(order), *measure(labelled, order), round(median(times_ms), 3))


def known_ids(labelled: LabelledSet, prior_included: Sequence[str], prior_excluded: Sequence[str]) -> list[str]:
    """The ids that are known at the start, each once.

    Raises `UsageError` for an id that is not there or labelled otherwise, or when nothing included is left to find.
    """
    ids = {record.id for record in labelled.records}
    for id_ in (*prior_included, *prior_excluded):
        if id_ not in ids:
            raise UsageError(message("There is no record '{id}'.", id=id_))
    for id_ in prior_included:
        if id_ not in labelled.included:
            raise UsageError(message("Record '{id}' is labelled as excluded; it cannot be known as included.", id=id_))
    for id_ in prior_excluded:
        if id_ in labelled.included:
            raise UsageError(message("Record '{id}' is labelled as included; it cannot be known as excluded.", id=id_))
    if labelled.included <= set(prior_included):
        raise UsageError(message("All included records are known at the start; there is nothing left to find."))
    return list(dict.fromkeys((*prior_included, *prior_excluded)))


def replay(labelled: LabelledSet, known: Collection[str], rank: Rank) -> tuple[list[str], list[float]]:
    """The ids as shown and the milliseconds of each ranking, until every included record is found."""
    decided = {id_: id_ in labelled.included for id_ in known}
    missing = len(labelled.included - set(known))
    order: list[str] = []
    times_ms: list[float] = []
    ranked: Sequence[str] = ()
    while missing:
        begin = time.perf_counter()
        ranked = rank(decided)
        times_ms.append(1000 * (time.perf_counter() - begin))
        order.append(ranked[0])
        decided[ranked[0]] = ranked[0] in labelled.included
        missing -= decided[ranked[0]]
    return [*order, *ranked[1:]], times_ms


def measure(labelled: LabelledSet, order: Sequence[str]) -> tuple[float, float, float, float]:
    """Recall after 10 % and 20 %, exact WSS@95 and average time to discovery of an order without known records."""
    places = [place for place, id_ in enumerate(order, start=1) if id_ in labelled.included]
    enough = places[-(-95 * len(places) // 100) - 1]  # rounded up: 95 % are reached, not nearly reached
    return (
        _recall(places, len(order) // 10),
        _recall(places, len(order) // 5),
        0.95 - enough / len(order),
        sum(places) / len(places),
    )


def _recall(places: Sequence[int], screened: int) -> float:
    return sum(place <= screened for place in places) / len(places)
