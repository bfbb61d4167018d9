"""What waits for whom, and how far the team is: lists for a person, numbers for everyone. Pure functions of a state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from litreview.documents.model import Document
from litreview.errors import Message, message
from litreview.pipeline.state import State
from litreview.protocol import CODING, FULL_TEXT, SCREENING_STAGES, TITLE_ABSTRACT
from litreview.synthesis.codings import codings_to_look_at
from litreview.synthesis.model import LookAgain, Settled, Work
from litreview.teamwork.adjudication import judging_people
from litreview.teamwork.model import Progress, place_of

_STAGES = {
    TITLE_ABSTRACT: message("title and abstract"),
    FULL_TEXT: message("full text"),
    CODING: message("coding"),
}


class ToDo(msgspec.Struct, frozen=True):
    """What waits for a person: a target at a stage. `part` names a section of a report; `again`: why to look again at
    what the person has said already (of a coding: `target` is the coding, `part` its words)."""

    stage: str
    target: str
    name: str
    part: str = ""
    round: str = ""
    double: bool = False
    assigned: bool = False
    again: Message | None = None


def screening_list(state: State, person: str, stage: str = "") -> list[ToDo]:
    """What a person is still to decide on: what is assigned to them, and what is assigned to nobody and waits; then
    their own decisions to look at again."""
    stages = [stage] if stage else SCREENING_STAGES
    found = [
        ToDo(one.stage, one.target, state.name_of(one.target), assigned=person in one.assigned)
        for name in stages
        for one in screening_progress(state, name)
        if one.waiting and person not in one.finished and (person in one.assigned or not one.assigned)
    ]
    again = [one for one in state.doubted if one.person == person and one.stage in stages]
    return found + [ToDo(one.stage, one.target, state.name_of(one.target), again=one.why) for one in again]


def screening_progress(state: State, stage: str) -> Iterator[Progress]:
    """How far each target of a stage of screening is; at full text the reports that are assessed, before it the records
    that the machine, where the protocol lets it, has not left out before anyone looked."""
    by_machine = left_out(state) if stage == TITLE_ABSTRACT else frozenset()
    for target, names in state.targets.get(stage, {}).items():
        if stage != FULL_TEXT or target in state.standings:
            one = state.team.screening(stage, target, names)
            if one.finished or target not in by_machine:
                yield one


def left_out(state: State) -> frozenset[str]:
    """Records that an automatic criterion leaves out."""
    if not any(criterion.automatic for criterion in state.protocol.criteria):
        return frozenset()
    return frozenset(id_ for id_, standing in state.record_standings.items() if standing.automatic)


def coding_list(state: State, person: str) -> list[ToDo]:
    """What a person is still to code: what is assigned to them, and main studies' reports that nobody was assigned;
    then their own codings to look at again."""
    judges = person in judging_people(state.protocol)
    found = [
        _to_code(state, one, person)
        for one in coding_progress(state)
        if one.waiting and person not in one.finished and (person in one.assigned or (judges and not one.assigned))
    ]
    doubted = codings_to_look_at(state.seen_as(person), state.opened.codebook)
    again = [one for one in doubted if one.person == person]
    return found + [ToDo(CODING, one.judgment, state.name_of(one.target), one.said, again=one.why) for one in again]


def coding_progress(state: State) -> list[Progress]:
    """How far each report to be coded is: those of the main studies, and whatever was assigned."""
    reports = [*coded_reports(state), *state.team.coding_reports()]
    return [one for report in dict.fromkeys(reports) for one in state.team.coding(report)]


def coded_reports(state: State) -> list[str]:
    """The readable reports of the main studies."""
    chosen = [study for study in state.studies if study.id in state.choice.chosen]
    return [report for study in chosen for report in study.reports if report in state.documents]


def sections_to_code(document: Document, kinds: Iterable[str]) -> list[tuple[int, int]]:
    """Offsets of the outermost sections of some kinds."""
    found: list[tuple[int, int]] = []
    for section in document.sections:
        reached = found[-1][1] if found else 0
        if section.start >= reached and section.start < section.end and not set(kinds).isdisjoint(section.kinds):
            found.append((section.start, section.end))
    return found


def open_differences(state: State, *stages: str) -> list[Settled]:
    """Differences at some stages that nobody has settled yet."""
    return [one for one in state.synthesis.conflicts if one.stage in stages and not one.by]


def look_again(state: State) -> tuple[LookAgain, ...]:
    """Decisions and codings to be looked at again, without those that are blind and not judged by all yet."""
    shown = {one.id for one in state.seen.ledger.standing}
    return (*(one for one in state.doubted if one.judgment in shown), *state.synthesis.look_again)


def work_notices(state: State) -> list[Message]:
    """What `litreview run` and `litreview status` tell of the team: what waits, what is to be settled or looked at."""
    rows = work_done(state)
    found = [line for row in rows for line in work_lines(row)]
    told = {row.stage for row in rows}
    again = sum(one.stage not in told for one in look_again(state))
    return found + ([message("Judgments to look at again: {count}.", count=again)] if again else [])


def work_done(state: State) -> tuple[Work, ...]:
    """How far the team is at each stage at which several people judge, or people were assigned."""
    found = [_work(state, stage, list(screening_progress(state, stage))) for stage in SCREENING_STAGES]
    found.append(_work(state, CODING, coding_progress(state)))
    tasks = {task.stage for task in state.team.tasks}
    return tuple(one for one in found if one.stage in tasks or _several(state, one.stage))


def work_lines(row: Work) -> list[Message]:
    """How far the team is at a stage, in sentences; of what is blind only that it waits."""
    stage = _STAGES[row.stage]
    lines = [message("{stage}: {finished} of {targets} judged by all who should", stage=stage, finished=row.finished,
                     targets=row.targets)]  # fmt: skip
    lines += [
        message("{stage}: {count} wait for {people} more", stage=stage, count=count, people=people)
        for people, count in row.waiting.items()
    ]
    if row.blind and row.waiting:
        lines.append(message("{stage} is blind: what is said of them is shown when all have judged.", stage=stage))
    if row.open:
        lines.append(message("{stage}: {count} differences to settle", stage=stage, count=row.open))
    if row.look_again:
        lines.append(message("{stage}: {count} judgments to look at again", stage=stage, count=row.look_again))
    return lines


def _several(state: State, stage: str) -> bool:
    rule = state.protocol.coding if stage == CODING else state.protocol.stage_rule(stage)
    return rule.people > 1


def _work(state: State, stage: str, progress: list[Progress]) -> Work:
    waiting = Counter(one.waiting for one in progress if one.waiting)
    rule = state.protocol.coding if stage == CODING else state.protocol.stage_rule(stage)
    return Work(
        stage=stage,
        targets=len(progress),
        finished=sum(not one.waiting for one in progress),
        waiting=dict(sorted(waiting.items())),
        blind=rule.blind,
        open=len(open_differences(state, stage)),
        look_again=sum(one.stage == stage for one in look_again(state)),
    )


def _to_code(state: State, one: Progress, person: str) -> ToDo:
    place = place_of(one.target)
    section = ""
    if place.end >= 0 and place.report in state.documents:
        found = state.documents[place.report].section_at(place.start)
        section = found.heading if found is not None else ""
    return ToDo(CODING, one.target, state.name_of(place.report), section, one.round, one.double,
                assigned=person in one.assigned)  # fmt: skip
