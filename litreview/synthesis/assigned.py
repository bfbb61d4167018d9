"""What two or more people coded, by round and version of the codebook: the places that agreement is measured on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from litreview.coding.unitising import Span
from litreview.coding.units import Place
from litreview.ledger import Ledger
from litreview.protocol import CODING
from litreview.synthesis.codings import Coded, overlaps
from litreview.teamwork.model import place_of
from litreview.teamwork.team import read_tasks

_SHOWN = 8  # characters of a version's hash that people see


class Stratum(msgspec.Struct, frozen=True):
    """The places coded by two or more people in one round under the same versions of the codebook."""

    round: str
    codebook: str  # beginnings of the versions' hashes, joined; empty where codings name none
    places: tuple[Place, ...]


class _Task(msgspec.Struct, frozen=True):
    """A target that people were to code in a round; `window` is None for the whole report."""

    target: str
    report: str
    window: Span | None
    people: frozenset[str]
    round: str


def find_strata(codings: Sequence[Coded], ledger: Ledger) -> tuple[Stratum, ...]:
    """Places by round and version, in order. Where coding was assigned, what is assigned to two or more people and
    finished by them counts; where nobody was assigned, the reports that two or more people coded.

    Finished: said so by a completion, or, where nobody ever said so, coded at least once.
    """
    rounds = sorted({coding.round for coding in codings})
    tasks = _tasks(ledger)
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for name in rounds:
        of_round = [coding for coding in codings if coding.round == name]
        places = _assigned(of_round, tasks, _finished(ledger), name) if tasks else _coded_by_several(of_round)
        for place in places:
            found[name, _versions(place, of_round)].append(place)
    return tuple(Stratum(*key, tuple(places)) for key, places in sorted(found.items()))


def _coded_by_several(codings: Sequence[Coded]) -> list[Place]:
    people: dict[str, set[str]] = defaultdict(set)
    for coding in codings:
        people[coding.report].add(coding.person)
    return [Place(report, frozenset(of)) for report, of in sorted(people.items()) if len(of) > 1]


def _tasks(ledger: Ledger) -> tuple[_Task, ...]:
    """The tasks of coding."""
    found = []
    for task in read_tasks(ledger.standing):
        if task.stage == CODING:
            place = place_of(task.target)
            window = (place.start, place.end) if place.end >= 0 else None
            found.append(_Task(task.target, place.report, window, frozenset(task.people), task.round))
    return tuple(found)


def _finished(ledger: Ledger) -> dict[tuple[str, str], bool]:
    """Person and target → whether they said that they had finished coding it; empty where nobody says such things."""
    return {
        (judgment.person, str(judgment.body.get("target", ""))): bool(judgment.body.get("done", True))
        for judgment in ledger.of_kind("completion")
        if judgment.body.get("stage") == CODING
    }


def _assigned(
    codings: Sequence[Coded], tasks: Sequence[_Task], finished: Mapping[tuple[str, str], bool], name: str
) -> list[Place]:
    """The places of a round: the windows of one report that the same people finished are one place."""
    people: dict[tuple[str, Span | None], set[str]] = defaultdict(set)
    for task in tasks:
        if task.round in ("", name):
            done = {p for p in task.people if _is_done(task, p, codings, finished)}
            people[task.report, task.window] |= done
    windows: dict[tuple[str, frozenset[str]], list[Span | None]] = defaultdict(list)
    for (report, window), of in people.items():
        if len(of) > 1:
            windows[report, frozenset(of)].append(window)
    return [
        Place(report, of, () if None in all_ else tuple(sorted(window for window in all_ if window is not None)))
        for (report, of), all_ in sorted(windows.items(), key=lambda item: (item[0][0], sorted(item[0][1])))
    ]


def _is_done(task: _Task, person: str, codings: Sequence[Coded], finished: Mapping[tuple[str, str], bool]) -> bool:
    if finished:
        return finished.get((person, task.target), finished.get((person, task.report), False))
    return any(
        coding.person == person
        and coding.report == task.report
        and (task.window is None or overlaps(coding.start, coding.end, *task.window))
        for coding in codings
    )


def _versions(place: Place, codings: Sequence[Coded]) -> str:
    """The versions of the codebook under which a place was coded."""
    versions = {c.codebook for c in codings if c.report == place.document and c.person in place.raters} - {""}
    return " + ".join(sorted(version[:_SHOWN] for version in versions))
