"""The blind rule: until a target is judged by all, nobody is shown what another has said of it. Pure.

It is kept once, here: what outputs and commands show is made from the ledger that `seen_by` leaves. The files of the
ledger are plain, so who opens them reads them; the rule binds the program, and the team.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from litreview.ledger import Judgment, Ledger
from litreview.protocol import SCREENING_STAGES
from litreview.teamwork.model import Place, Progress, Seen, Targets, place_of
from litreview.teamwork.team import Team

ON_PASSAGES = frozenset({"coding", "suggestion-response", "voice", "proposition"})
ON_TARGETS = frozenset({"verdict-override", "memo", "comment"})


def seen_by(ledger: Ledger, team: Team, targets: Targets, viewer: str = "") -> Seen:
    """The ledger as a person may see it; without `viewer` as outputs show it, which everyone reads.

    One's own judgments are seen. What stands is found before anything is left out, so that hiding changes no other
    judgment. Adjudications and finishes are never hidden.
    """
    rule = _Rule(team, targets, ledger.judgments)
    hidden = {one.id for one in ledger.judgments if one.person != viewer and rule.hides(one)}
    hidden |= {
        one.id
        for one in ledger.judgments
        if one.kind in ON_TARGETS and one.person != viewer and one.body.get("target") in hidden
    }
    if not hidden:
        return Seen(ledger)
    left = replace(
        ledger,
        judgments=tuple(one for one in ledger.judgments if one.id not in hidden),
        standing=tuple(one for one in ledger.standing if one.id not in hidden),
        set_aside=tuple(one for one in ledger.set_aside if not rule.hides(one.judgment)),
    )
    counted = Counter(one.kind for one in ledger.standing if one.id in hidden)
    return Seen(left, dict(sorted(counted.items())))


def suggestions_visible(team: Team, person: str, report: str, start: int = 0, end: int | None = None) -> bool:
    """Whether a person may be shown suggestions on a stretch of a report (offsets in its text; `end` None: to its end).

    Not the coders of a double-coding sample, until all of them have finished it: their codings are to be unaided. Nor
    outputs, which have no one person (""): everyone reads them.
    """
    last = end if end is not None else 1 << 62
    return not any(place.covers(start, last) for place in hidden_places(team, person, report))


def hidden_places(team: Team, person: str, report: str) -> list[Place]:
    """Where in a report a person may not be shown suggestions: see `suggestions_visible`."""
    return [
        place_of(one.target)
        for one in team.coding(report)
        if one.double and one.waiting and (not person or person in one.assigned)
    ]


def how_coded(team: Team, person: str, report: str, start: int, end: int, round_: str = "") -> dict[str, Any]:
    """What a coding made now records besides its content: whether suggestions were visible, and its round (that of the
    person's task there, where there is one alone)."""
    rounds = {
        progress.round
        for progress in team.coding(report)
        if person in progress.assigned and place_of(progress.target).covers(start, end)
    }
    found = round_ or (rounds.pop() if len(rounds) == 1 else "")
    shown = {"suggestions_visible": suggestions_visible(team, person, report, start, end)}
    return {**shown, "round": found} if found else shown


def as_first_said(judgment: Judgment, by_id: Mapping[str, Judgment]) -> Judgment:
    """What a person said before they knew what others had said: the judgment, or what it was before it was changed
    with that knowledge (`informed` in its body). Agreement is measured on this; two who talk it over raise none."""
    seen: set[str] = set()
    while judgment.body.get("informed") is True and judgment.replaces in by_id and judgment.id not in seen:
        seen.add(judgment.id)
        judgment = by_id[judgment.replaces]
    return judgment


class _Rule:
    """Which judgments are hidden; what it works out for a target it keeps."""

    def __init__(self, team: Team, targets: Targets, judgments: Iterable[Judgment]) -> None:
        self._team = team
        self._coders = {(one.body.get("report"), one.person) for one in judgments if one.kind in ON_PASSAGES}
        self._by_name = {stage: by_name(known) for stage, known in targets.items()}
        self._names = targets
        self._coding: dict[str, list[tuple[Place, Progress]]] = {}

    def hides(self, one: Judgment) -> bool:
        target = str(one.body.get("target", ""))
        if one.kind == "decision":
            return any(found.blind for found in self._screening(str(one.body.get("stage", "")), target))
        if one.kind in ON_PASSAGES:
            return self._hides_passage(str(one.body.get("report", "")), one.body.get("anchor"))
        return one.kind in ON_TARGETS and self._hides_on(target, one.person)

    def _hides_passage(self, report: str, anchor: object) -> bool:
        start, end = _stretch(anchor)
        return any(found.blind and place.covers(start, end) for place, found in self._coded(report))

    def _hides_on(self, target: str, person: str) -> bool:
        """A word on a target that its person has under judgment, or has judged while others have not."""
        report = place_of(target).report
        screened = [one for stage in SCREENING_STAGES for one in self._screening(stage, target)]
        coded = [progress for _, progress in self._coded(report)]
        if (report, person) in self._coders and any(one.blind for one in coded):
            return True
        return any(one.blind and person in (*one.assigned, *one.finished) for one in (*screened, *coded))

    def _screening(self, stage: str, target: str) -> list[Progress]:
        if stage not in SCREENING_STAGES:
            return []
        names = self._names.get(stage, {})
        known = self._by_name.get(stage, {}).get(target, (target,))
        return [self._team.screening(stage, one, names.get(one, ())) for one in known]

    def _coded(self, report: str) -> list[tuple[Place, Progress]]:
        if report not in self._coding:
            self._coding[report] = [(place_of(one.target), one) for one in self._team.coding(report)]
        return self._coding[report]


def by_name(known: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The targets that an id may stand for."""
    found: dict[str, list[str]] = {}
    for target, names in known.items():
        for name in dict.fromkeys((target, *names)):
            found.setdefault(name, []).append(target)
    return {name: tuple(of) for name, of in found.items()}


def _stretch(anchor: object) -> tuple[int, int]:
    """Where an anchor lies; one that cannot be read lies everywhere, so that it is hidden rather than shown."""
    whole = (0, 1 << 62)
    if not isinstance(anchor, dict):
        return whole
    start, end = anchor.get("start"), anchor.get("end")
    return (start, end) if isinstance(start, int) and isinstance(end, int) and start < end else whole
