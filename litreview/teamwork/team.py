"""The team at its work: tasks from the ledger, and how far each target is. Pure.

Bodies of the judgments read here:

    assignment   {"stage", "targets": [ids], "people": [ids], "round", "double"}
    completion   {"stage": "coding", "target", "round"?, "done"?}: its person has finished the target, or not after all
    decision     {"target", "stage", "decision"}: finishes a target of screening; an adjudication settles it
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from litreview.ledger import Judgment
from litreview.protocol import CODING, SCREENING_STAGES, Protocol
from litreview.teamwork.model import STAGES, Place, Progress, Task, place_of


def read_tasks(judgments: Iterable[Judgment]) -> tuple[Task, ...]:
    """The tasks of standing assignments; of one target in one round a single task, with everyone assigned to it."""
    people: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    double: set[tuple[str, str, str]] = set()
    for one in judgments:
        stage, round_ = str(one.body.get("stage", "")), str(one.body.get("round") or "")
        if one.kind != "assignment" or stage not in STAGES:
            continue
        for target in _texts(one.body.get("targets")):
            key = (stage, target, round_)
            people[key].update(_texts(one.body.get("people")))
            double.update([key] if one.body.get("double") is True else [])
    return tuple(
        Task(stage, target, tuple(sorted(people[stage, target, round_])), round_, (stage, target, round_) in double)
        for stage, target, round_ in sorted(people)
    )


class Team:
    """Who judges what, and how far they are."""

    def __init__(self, protocol: Protocol, judgments: Sequence[Judgment]) -> None:
        """Of a protocol and the standing judgments."""
        self.protocol = protocol
        self.people = {person.id for person in protocol.people}
        self.tasks = read_tasks(judgments)
        self._screened: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._settled: set[tuple[str, str]] = set()
        self._completed: dict[str, list[tuple[str, Place, str]]] = defaultdict(list)
        self._assigned: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._read(judgments)
        self._coding: dict[str, list[Task]] = defaultdict(list)
        for task in self.tasks:
            self._assigned[task.stage, task.target].update(task.people)
            if task.stage == CODING:
                self._coding[place_of(task.target).report].append(task)

    def _read(self, judgments: Iterable[Judgment]) -> None:
        for one in judgments:
            stage, target = str(one.body.get("stage", "")), one.body.get("target")
            if not isinstance(target, str) or stage not in STAGES:
                continue
            if one.kind == "decision":
                self._screened[stage, target].add(one.person)
            elif one.kind == "adjudication":
                self._settled.add((stage, target))
            elif one.kind == "completion" and stage == CODING and one.body.get("done") is not False:
                place = place_of(target)
                self._completed[place.report].append((one.person, place, str(one.body.get("round") or "")))

    def screening(self, stage: str, target: str, names: Iterable[str] = ()) -> Progress:
        """How far a record or report is at a stage of screening; `names`: all ids under which it may be judged."""
        rule = self.protocol.stage_rule(stage)
        keys = [(stage, name) for name in dict.fromkeys((target, *names))]
        finished = set().union(*(self._screened.get(key, ()) for key in keys))
        assigned = set().union(*(self._assigned.get(key, ()) for key in keys))
        settled = any(key in self._settled for key in keys)
        waiting = 0 if settled else self._waiting(rule.people, assigned, finished)
        return Progress(
            stage, target, rule.people, tuple(sorted(assigned)), tuple(sorted(finished)), waiting,
            blind=rule.blind and waiting > 0, settled=settled,
        )  # fmt: skip

    def coding(self, report: str) -> list[Progress]:
        """How far a report is: each task on it or on a section of it. One that nobody was assigned is a task too."""
        tasks = self._coding.get(report, [])
        if not any(task.target == report for task in tasks):
            tasks = [*tasks, Task(CODING, report, ())]
        return [self._coded(task) for task in tasks]

    def coding_reports(self) -> list[str]:
        """The reports that someone was assigned to code, or has finished."""
        return sorted({*self._coding, *self._completed})

    def _coded(self, task: Task) -> Progress:
        rule = self.protocol.coding
        several = task.double or rule.double_coding is None
        needed = rule.people if several else 1
        place = place_of(task.target)
        finished = {
            person
            for person, done, round_ in self._completed.get(place.report, ())
            if _includes(done, place) and round_ in ("", task.round)
        }
        waiting = self._waiting(needed, task.people, finished)
        blind = rule.blind and waiting > 0 and max(needed, len(task.people)) > 1
        return Progress(CODING, task.target, needed, task.people, tuple(sorted(finished)), waiting, blind,
                        task.double, round=task.round)  # fmt: skip

    def _waiting(self, needed: int, assigned: Iterable[str], finished: set[str]) -> int:
        """How many judgments are still to come: up to the number asked for, and those of everyone assigned who is
        there. Someone no longer among the people is waited for no more; what they judged counts."""
        due = [person for person in assigned if person in self.people and person not in finished]
        return max(needed - len(finished), len(due), 0)

    def gone(self, judgments: Iterable[Judgment]) -> Counter[str]:
        """Judgments of people whom the protocol no longer names, by person: they stand, and are told."""
        return Counter(one.person for one in judgments if one.person not in self.people)

    def stranded(self, names: Mapping[str, tuple[str, ...]]) -> Counter[tuple[str, str]]:
        """Targets that wait for someone who is not there, by command (`screen`, `code`) and person: to be handed on.
        `names`: see `screening`."""
        found: Counter[tuple[str, str]] = Counter()
        for task in self.tasks:
            progress = self.progress(task, names.get(task.target, ()))
            absent = [one for one in task.people if one not in self.people and one not in progress.finished]
            command = "code" if task.stage == CODING else "screen"
            found.update((command, person) for person in absent if progress.waiting)
        return found

    def progress(self, task: Task, names: Iterable[str] = ()) -> Progress:
        """How far a task is."""
        if task.stage in SCREENING_STAGES:
            return self.screening(task.stage, task.target, names)
        return self._coded(task)


def _includes(whole: Place, part: Place) -> bool:
    """Whether a finished place takes in another: the same, or the whole report."""
    return whole.report == part.report and (whole.end < 0 or whole == part)


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, (list, tuple)) else []
