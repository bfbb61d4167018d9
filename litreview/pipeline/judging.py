"""Acts of people as judgments to be written: each function checks, and returns what is to be appended; it writes
nothing. All raise `UsageError` for what cannot be judged so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from litreview.anchors import Anchor
from litreview.coding.model import STANCES
from litreview.documents.anchored import anchor_body, anchor_in, anchor_of, place_in
from litreview.errors import UsageError, message
from litreview.ledger import Judgment
from litreview.pipeline.made import Made
from litreview.pipeline.state import State
from litreview.pipeline.worklists import (
    coded_reports,
    coding_progress,
    open_differences,
    screening_progress,
    sections_to_code,
)
from litreview.protocol import CODING, FULL_TEXT, SCREENING_STAGES, TITLE_ABSTRACT
from litreview.schema import nearest
from litreview.screening.decisions import DECISIONS
from litreview.synthesis.codings import codings_to_look_at
from litreview.synthesis.model import Settled
from litreview.teamwork.adjudication import hand_on, judging_people, why_not_adjudicate
from litreview.teamwork.assignment import plan_coding, plan_screening
from litreview.teamwork.blind import by_name, how_coded
from litreview.teamwork.model import Task, place_of


def decide(state: State, person: str, target: str, stage: str, decision: str, reason: str) -> list[Made]:
    """A person's decision on a record or report; it replaces their earlier one. `stage` may be empty: a report is
    judged at full text, a record at title and abstract."""
    stage, target = find_target(state, target, stage)
    _check_decision(decision, reason)
    body: dict[str, Any] = {"target": target, "stage": stage, "decision": decision, "reason": reason.strip()}
    names = {target, *state.targets[stage][target]}
    seen = state.seen_as(person).of_kind("decision")
    there = [one for one in seen if one.body.get("stage") == stage and one.body.get("target") in names]
    earlier = [one.id for one in there if one.person == person]
    if earlier and len(there) > len(earlier):
        body["informed"] = True  # changed in the knowledge of what others said: see `as_first_said`
    return [Made("decision", body, id_) for id_ in earlier or [""]]


def find_target(state: State, target: str, stage: str = "") -> tuple[str, str]:
    """The stage and the id of what is to be screened, by any of its ids."""
    stages = [stage] if stage else [FULL_TEXT, TITLE_ABSTRACT]
    known = {name: by_name(state.targets.get(name, {})) for name in stages}
    if not stage and target in state.targets[FULL_TEXT]:
        return FULL_TEXT, target
    for name in reversed(stages):
        if target in known[name]:
            return name, known[name][target][0]
    near = nearest(target, [one for ids in known.values() for one in ids])
    if near:
        raise UsageError(message("There is no record or report '{id}'. Did you mean '{near}'?", id=target, near=near))
    raise UsageError(message("There is no record or report '{id}'. litreview screen lists them.", id=target))


def _check_decision(decision: str, reason: str) -> None:
    if decision not in DECISIONS:
        raise UsageError(message("A decision is one of {known}, not '{said}'.", known=", ".join(DECISIONS),
                                 said=decision))  # fmt: skip
    if decision == "exclude" and not reason.strip():
        raise UsageError(message("An exclusion needs a reason: the id of a criterion, or words."))


def settle_decision(state: State, person: str, target: str, decision: str, reason: str) -> list[Made]:
    """A third person's decision in a difference between decisions."""
    found = _difference(open_differences(state, *SCREENING_STAGES), target)
    _check_settling(state, person, found, reason)
    _check_decision(decision, reason)
    body = {"target": found.id, "stage": found.stage, "decision": decision, "reason": reason.strip()}
    return [Made("adjudication", body)]


def settle_codings(
    state: State, person: str, difference: str, outcomes: Sequence[tuple[str, str]], reason: str
) -> list[Made]:
    """A third person's word in a difference between codings: the codes (with their stances) that stand on the passage;
    none: it is not coded."""
    found = _difference(open_differences(state, CODING), difference)
    _check_settling(state, person, found, reason)
    for code, stance in outcomes:
        _check_code(state, code, stance)
    body = {"target": list(found.judgments), "stage": CODING, "reason": reason.strip()}
    return [Made("adjudication", {**body, "code": code, "stance": stance}) for code, stance in outcomes or [("", "")]]


def _difference(differences: Iterable[Settled], wanted: str) -> Settled:
    found = [one for one in differences if wanted in (one.id, *one.judgments)]
    if not found:
        raise UsageError(message("'{id}' is no open difference. It may be settled, or wait for someone to judge.",
                                 id=wanted))  # fmt: skip
    return found[0]


def _check_settling(state: State, person: str, found: Settled, reason: str) -> None:
    why = why_not_adjudicate(state.protocol, person, {one for one, _ in found.said})
    if why is not None:
        raise UsageError(why)
    if not reason.strip():
        raise UsageError(message('To settle a difference needs a reason: add --reason "…".'))


def _check_code(state: State, code: str, stance: str) -> None:
    codes = state.opened.codebook.codes
    if code not in codes:
        near = nearest(code, list(codes))
        raise UsageError(message("The codebook has no code '{code}'. Did you mean '{near}'?", code=code, near=near)
                         if near else message("The codebook has no code '{code}'.", code=code))  # fmt: skip
    if stance not in STANCES:
        raise UsageError(message("A stance is one of {known}, not '{said}'.", known=", ".join(STANCES), said=stance))


def choose_code(state: State, person: str, coding: str, code: str, reason: str) -> list[Made]:
    """The code of today for a coding that is to be looked at again: the coder codes anew in its place; someone else
    settles it, and the coding stays."""
    doubted = codings_to_look_at(state.seen_as(person), state.opened.codebook)
    again = [one for one in doubted if one.judgment.startswith(coding)]
    if len(again) != 1:
        raise UsageError(message("'{id}' names {count} codings to be looked at again.", id=coding, count=len(again)))
    original = next(one for one in state.ledger.standing if one.id == again[0].judgment)
    stance = str(original.body.get("stance") or "supports")
    _check_code(state, code, stance)
    if original.kind == "coding" and original.person == person:
        anchor = _anchor_today(state, original)
        at = (again[0].target, anchor.start, anchor.end)
        stamps = how_coded(state.team, person, *at, str(original.body.get("round") or ""))
        informed = {"informed": True} if not _is_blind(state, *at) else {}
        body = {**original.body, "anchor": anchor_body(anchor), "code": code, **stamps, **informed}
        return [Made("coding", body, original.id)]
    if not reason.strip():
        raise UsageError(message('To settle a difference needs a reason: add --reason "…".'))
    if original.kind == "adjudication":
        return [Made("adjudication", {**original.body, "code": code, "reason": reason.strip()}, original.id)]
    return [Made("adjudication", {"target": [original.id], "stage": CODING, "code": code, "stance": stance,
                                  "reason": reason.strip()})]  # fmt: skip


def _is_blind(state: State, report: str, start: int, end: int) -> bool:
    return any(one.blind and place_of(one.target).covers(start, end) for one in state.team.coding(report))


def _anchor_today(state: State, judgment: Judgment) -> Anchor:
    """The place of a judgment's passage in the text that its report is read in now."""
    document, anchor = state.documents.get(str(judgment.body.get("report", ""))), anchor_of(judgment.body)
    found = place_in(document, anchor) if document is not None and anchor is not None else None
    if document is None or found is None:
        raise UsageError(message("The passage has no place in the text as it is read here; litreview check lists such"
                                 " passages."))  # fmt: skip
    return anchor_in(document, *found)


def finish(state: State, person: str, target: str, round_: str = "") -> list[Made]:
    """That a person has finished coding a report, or a section of one."""
    known = {(one.target, one.round): one for one in coding_progress(state)}
    mine = [key for key, one in known.items() if key[0] == target and (not round_ or key[1] == round_)]
    mine = [key for key in mine if person in known[key].assigned] or mine
    if not mine and place_of(target).report not in state.documents:
        raise UsageError(message("'{id}' is not to be coded. litreview code lists what is.", id=target))
    rounds = [key[1] for key in mine] or [round_]
    return [
        Made("completion", {"stage": CODING, "target": target, "round": one, "done": True})
        for one in dict.fromkeys(rounds)
    ]


def assign_screening(state: State, stage: str, people: Sequence[str]) -> list[Made]:
    """Assignments of what nobody was assigned yet at a stage of screening."""
    who = _assignees(state, people)
    targets = [one.target for one in screening_progress(state, stage) if not one.settled]
    each = state.protocol.stage_rule(stage).people
    return _assignments(plan_screening(stage, targets, who, each, state.team.tasks))


def assign_coding(
    state: State, people: Sequence[str], round_: str = "", only: Collection[str] = (), everyone: bool = False
) -> list[Made]:
    """Assignments of reports that nobody was assigned yet in a round: those of the main studies, or `only` some;
    `everyone`: each to all the people, as in a pilot."""
    rounds = state.protocol.coding.rounds
    if rounds and round_ not in rounds:
        raise UsageError(message("Which round? Add --round with one of: {known}.", known=", ".join(rounds)))
    who = _assignees(state, people)
    reports = {report: _sections(state, report) for report in (only or coded_reports(state))}
    if everyone:
        taken = {place_of(task.target).report for task in state.team.tasks if task.round == round_}
        tasks = [Task(CODING, one, tuple(sorted(who)), round_, len(who) > 1) for one in reports if one not in taken]
        return _assignments(tasks)
    return _assignments(plan_coding(reports, who, state.protocol.coding, round_, state.team.tasks))


def _sections(state: State, report: str) -> list[tuple[int, int]]:
    if report not in state.documents:
        raise UsageError(message("There is no readable report '{id}'.", id=report))
    return sections_to_code(state.documents[report], state.protocol.synthesis.sections)


def _assignees(state: State, people: Sequence[str]) -> list[str]:
    who = list(people) or judging_people(state.protocol)
    unknown = [one for one in who if one not in state.team.people]
    if unknown or not who:
        known = ", ".join(sorted(state.team.people)) or "–"
        raise UsageError(message("To whom? '{unknown}' is not among 'people' of review.yaml: {known}.",
                                 unknown=", ".join(unknown), known=known))  # fmt: skip
    return who


def _assignments(tasks: Iterable[Task]) -> list[Made]:
    """Tasks of the same people together, in one judgment."""
    groups: dict[tuple[str, tuple[str, ...], str, bool], list[str]] = {}
    for task in tasks:
        groups.setdefault((task.stage, task.people, task.round, task.double), []).append(task.target)
    return [Made("assignment", _assignment(key, targets)) for key, targets in sorted(groups.items())]


def _assignment(key: tuple[str, tuple[str, ...], str, bool], targets: Iterable[str]) -> dict[str, Any]:
    stage, people, round_, double = key
    return {"stage": stage, "targets": sorted(targets), "people": list(people), "round": round_, "double": double}


def pass_on(state: State, stages: Collection[str], giver: str, taker: str) -> list[Made]:
    """What is assigned to one person and not finished goes to another; the giver need not be there any more. Each
    assignment that changes is replaced by one, so that two who hand on the same are seen to differ."""
    _assignees(state, [taker])
    made: list[Made] = []
    for judgment in state.ledger.of_kind("assignment"):
        tasks = _tasks_of(judgment, stages)
        changed = hand_on(tasks, _unfinished(state, tasks, giver), giver, taker)
        if changed != tasks:
            new = _assignments(changed)
            made += [new[0]._replace(replaces=judgment.id), *new[1:]]
    if not made:
        raise UsageError(message("Nothing of {giver} waits that {taker} could take over.", giver=giver, taker=taker))
    return made


def _tasks_of(judgment: Judgment, stages: Collection[str]) -> list[Task]:
    body: Mapping[str, Any] = judgment.body
    if body.get("stage") not in stages:
        return []
    people = tuple(sorted(str(one) for one in body.get("people", ())))
    round_, double = str(body.get("round") or ""), body.get("double") is True
    return [Task(str(body["stage"]), str(one), people, round_, double) for one in body.get("targets", ())]


def _unfinished(state: State, tasks: Iterable[Task], giver: str) -> set[str]:
    names = state.targets
    return {
        task.target
        for task in tasks
        if giver not in state.team.progress(task, names.get(task.stage, {}).get(task.target, ())).finished
    }
