"""Where persons differ, on decisions and on codings, once all have judged; how it was settled, or that it is open.

The ledger that comes in is the one that may be shown (`teamwork.blind`), so that nothing here breaks the blind rule.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from litreview.ledger import Judgment, Ledger
from litreview.protocol import CODING, SCREENING_STAGES, Protocol
from litreview.screening.decisions import DECISIONS, standing_decision, to_be_settled
from litreview.synthesis.codings import Coded, overlaps, quote_of, targets
from litreview.synthesis.model import Settled
from litreview.teamwork.blind import by_name
from litreview.teamwork.model import Place, Targets, place_of
from litreview.teamwork.team import Team

LONGEST_QUOTE = 160


def gather_conflicts(
    ledger: Ledger, codings: Sequence[Coded], protocol: Protocol, known: Targets, names: Mapping[str, str]
) -> tuple[Settled, ...]:
    """Where persons differ, decisions first, then codings; settled or open.

    `codings`: every placed coding of persons; `known`: what there is to screen. `names` says how a report or record
    is named to people; what it lacks is told by id.
    """
    team = Team(protocol, ledger.standing)
    return (*_on_decisions(ledger, team, known, names), *_on_codings(ledger, codings, team, names))


def _on_decisions(ledger: Ledger, team: Team, known: Targets, names: Mapping[str, str]) -> Iterator[Settled]:
    settling = _by_target(ledger)
    for stage in SCREENING_STAGES:
        for target, decisions in _decisions(ledger, stage, known).items():
            ids = known.get(stage, {}).get(target, (target,))
            every = [by for id_ in (*(one.id for one in decisions), target, *ids) for by in settling.get(id_, ())]
            settled = next((by for by in every if _text(by, "stage") in ("", stage)), None)
            yield from _on_target(team, stage, target, ids, decisions, settled, names)


def _decisions(ledger: Ledger, stage: str, known: Targets) -> dict[str, list[Judgment]]:
    """The decisions at a stage by what they are on, whatever id they name it by."""
    of_id = by_name(known.get(stage, {}))
    groups: dict[str, list[Judgment]] = {}
    for one in ledger.of_kind("decision"):
        if one.body.get("stage") == stage and one.body.get("decision") in DECISIONS:
            target = _text(one, "target")
            for of in of_id.get(target, (target,)):
                groups.setdefault(of, []).append(one)
    return groups


def _by_target(ledger: Ledger) -> dict[str, list[Judgment]]:
    """Adjudications by each id that they name."""
    found: dict[str, list[Judgment]] = {}
    for one in ledger.of_kind("adjudication"):
        for id_ in targets(one):
            found.setdefault(id_, []).append(one)
    return found


def _on_target(
    team: Team,
    stage: str,
    target: str,
    ids: Sequence[str],
    decisions: Sequence[Judgment],
    settled: Judgment | None,
    names: Mapping[str, str],
) -> Iterator[Settled]:
    """The difference on a target, if its decisions differ, wait for more than a maybe, or were settled."""
    rule = team.protocol.stage_rule(stage)
    waiting = 0 if settled else team.screening(stage, target, ids).outstanding
    standing = standing_decision({target, *ids}, stage, decisions, (), rule, waiting)
    if settled or to_be_settled(standing, rule):
        found = Settled(
            id=target,
            stage=stage,
            name=names.get(target, target),
            said=tuple((one.person, _text(one, "decision")) for one in decisions),
            reasons=tuple(_text(one, "reason") for one in decisions),
            judgments=tuple(one.id for one in decisions),
        )
        yield _with_outcome(found, settled, _text(settled, "decision") if settled else "")


def _on_codings(ledger: Ledger, codings: Sequence[Coded], team: Team, names: Mapping[str, str]) -> Iterator[Settled]:
    told: set[str] = set()
    by_id = {one.judgment: one for one in codings}
    every = {one.id: one for one in ledger.judgments if one.kind == "coding"}
    for judgment in ledger.of_kind("adjudication"):
        settled = [every[id_] for id_ in targets(judgment) if id_ in every]
        if settled:
            told.update(one.id for one in settled)
            said = tuple((one.person, _coded(one)) for one in settled)
            codes = [by_id[one.id].code if one.id in by_id else _text(one, "code") for one in settled]
            yield _with_outcome(_on_passage(settled, said, names, codes), judgment, _coded(judgment))
    open_ = [one for one in codings if one.judgment not in told]
    for report in dict.fromkeys(one.report for one in open_):
        here = [one for one in open_ if one.report == report]
        for group, people in _differing(here, _finished_places(team, report)):
            said = tuple((one.person, f"{one.code} ({one.stance})") for one in group)
            silent = tuple((person, "") for person in people if person not in {one.person for one in group})
            judgments = [every[one.judgment] for one in group]
            yield _on_passage(judgments, (*said, *silent), names, [one.code for one in group])


def _finished_places(team: Team, report: str) -> list[tuple[Place, tuple[str, ...]]]:
    """The places of a report that several people were to code and have finished, with those people: there, what one of
    them did not code is a difference too."""
    done = [one for one in team.coding(report) if not one.waiting and len(one.finished) > 1]
    return [(place_of(one.target), one.finished) for one in done]


def _differing(
    codings: Sequence[Coded], places: Sequence[tuple[Place, tuple[str, ...]]]
) -> Iterator[tuple[list[Coded], tuple[str, ...]]]:
    """Codings that differ, with the people who were to code there. Elsewhere than in `places` persons differ only where
    they gave the same words the same code with another stance."""
    rest = list(codings)
    for place, people in places:
        inside = [one for one in rest if place.covers(one.start, one.end) and one.person in people]
        taken = {one.judgment for one in inside}
        rest = [one for one in rest if one.judgment not in taken]
        for unit in _units(inside):
            group = [one for one in unit if not _shared(one, unit, people)]
            if group:
                yield group, people
    for number, one in enumerate(rest):
        for other in rest[number + 1 :]:
            if _contrary(one, other):
                yield [one, other], ()


def _units(codings: Iterable[Coded]) -> list[list[Coded]]:
    """Codings on overlapping words together, in text order."""
    units: list[list[Coded]] = []
    end = -1
    for one in sorted(codings, key=lambda c: (c.start, c.end, c.judgment)):
        if units and one.start < end:
            units[-1].append(one)
        else:
            units.append([one])
        end = max(end, one.end)
    return units


def _shared(one: Coded, unit: Sequence[Coded], people: Sequence[str]) -> bool:
    """Whether everyone said the same on overlapping words."""
    alike = {
        other.person
        for other in unit
        if (other.code, other.stance) == (one.code, one.stance) and overlaps(one.start, one.end, other.start, other.end)
    }
    return alike.issuperset(people)


def _contrary(one: Coded, other: Coded) -> bool:
    alike = one.person != other.person and one.code == other.code and one.stance != other.stance
    return alike and overlaps(one.start, one.end, other.start, other.end)


def _on_passage(
    judgments: Sequence[Judgment],
    said: tuple[tuple[str, str], ...],
    names: Mapping[str, str],
    codes: Iterable[str],
) -> Settled:
    ids = tuple(sorted(one.id for one in judgments))
    report = _text(judgments[0], "report")
    return Settled(
        id=hashlib.sha256("\0".join(ids).encode()).hexdigest()[:8],
        stage=CODING,
        name=names.get(report, report),
        quote=_short(quote_of(judgments[0].body)),
        said=said,
        judgments=ids,
        codes=tuple(sorted(set(codes))),
    )


def _with_outcome(found: Settled, by: Judgment | None, outcome: str) -> Settled:
    return replace(found, by=by.person, outcome=outcome, reason=_text(by, "reason")) if by else found


def _short(text: str) -> str:
    quote = " ".join(text.split())
    return quote if len(quote) <= LONGEST_QUOTE else quote[: LONGEST_QUOTE - 3].rsplit(" ", 1)[0] + " …"


def _coded(judgment: Judgment) -> str:
    """A coding as `code (stance)`; empty where the outcome is that nothing is coded."""
    code = _text(judgment, "code")
    return f"{code} ({_text(judgment, 'stance') or 'supports'})" if code else ""


def _text(judgment: Judgment, key: str) -> str:
    return str(judgment.body.get(key, "") or "")
