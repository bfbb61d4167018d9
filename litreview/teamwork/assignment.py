"""Distribute targets over people: seeded, balanced, the same on every machine and in any order of the inputs. Pure.

Order and ties are drawn by hashing seed and names, so that a target added later moves nobody's earlier targets.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from msgspec.structs import replace

from litreview.protocol import CODING, CodingRule, DoubleCoding
from litreview.teamwork.model import Task, place_of, section_target

Section = tuple[int, int]  # offsets in the report's canonical text, half-open


def distribute(
    targets: Iterable[str], people: Iterable[str], each: int, seed: int = 1, earlier: Iterable[Task] = ()
) -> dict[str, tuple[str, ...]]:
    """`each` people for every target, their loads (with those of `earlier` tasks) as even as can be, then the pairs
    that they form. Fewer people than `each`: all of them. Without people nobody.

    Two people's numbers of targets differ by at most one where nobody had earlier ones.
    """
    names = sorted(set(people))
    load, together = _loads(earlier, names)
    found: dict[str, tuple[str, ...]] = {}
    for target in sorted(set(targets), key=lambda one: _draw(seed, one)):
        chosen: list[str] = []
        for _ in range(min(each, len(names))):
            free = [name for name in names if name not in chosen]
            chosen.append(min(free, key=lambda name: _rank(name, target, chosen, load, together, seed)))
        _count(chosen, load, together)
        found[target] = tuple(sorted(chosen))
    return found


def draw_sample(items: Iterable[str], share: float, seed: int = 1, earlier: int = 0, of: int | None = None) -> set[str]:
    """Items drawn by seed, so many that they and the `earlier` drawn ones are the `share` of `of` (default: the items),
    rounded up: a sample of something is never empty."""
    known = sorted(set(items), key=lambda one: _draw(seed, one))
    wanted = math.ceil(round(share * (len(known) if of is None else of), 9)) - earlier
    return set(known[: max(0, wanted)])


def plan_screening(
    stage: str, targets: Iterable[str], people: Sequence[str], each: int, earlier: Sequence[Task] = ()
) -> list[Task]:
    """Tasks for the targets of a stage of screening that have none yet."""
    same = [task for task in earlier if task.stage == stage]
    known = {task.target for task in same}
    given = distribute((one for one in targets if one not in known), people, each, earlier=same)
    return [Task(stage, target, chosen, double=len(chosen) > 1) for target, chosen in sorted(given.items())]


def plan_coding(
    reports: Mapping[str, Sequence[Section]],
    people: Sequence[str],
    rule: CodingRule,
    round_: str = "",
    earlier: Sequence[Task] = (),
) -> list[Task]:
    """Tasks for the reports that have none in this round yet. `reports`: the sections of each that may be drawn.

    Without a double-coding rule everyone of `rule.people` gets the whole report. With it one person does, and a sample
    of documents, or of sections, goes to as many as `rule.people` says, the report's own coder among them.
    """
    same = [task for task in earlier if task.stage == CODING and task.round == round_]
    known = {place_of(task.target).report for task in same}
    fresh = {report: sections for report, sections in reports.items() if report not in known}
    if rule.double_coding is None:
        given = distribute(fresh, people, rule.people, earlier=same)
        return [Task(CODING, one, who, round_, rule.people > 1) for one, who in sorted(given.items())]
    plan = _Plan(tuple(people), rule.people, rule.double_coding, round_, same)
    if rule.double_coding.by == "document":
        return _documents(fresh, plan)
    return _sections(fresh, plan, sum(len(sections) for sections in reports.values()))


class _Plan(NamedTuple):
    """What the drawing of a sample needs: who, how many of them, the sample's rule, the round, its earlier tasks."""

    people: tuple[str, ...]
    each: int
    sample: DoubleCoding
    round: str
    earlier: list[Task]

    def tasks(self, targets: Iterable[str], each: int, earlier: Sequence[Task], double: bool = False) -> list[Task]:
        given = distribute(targets, self.people, each, self.sample.seed, [*self.earlier, *earlier])
        return [Task(CODING, target, chosen, self.round, double) for target, chosen in sorted(given.items())]

    def draw(self, targets: Iterable[str], of: int) -> set[str]:
        drawn_before = len({task.target for task in self.earlier if task.double})
        return draw_sample(targets, self.sample.share, self.sample.seed, drawn_before, of)


def _documents(fresh: Iterable[str], plan: _Plan) -> list[Task]:
    """The drawn reports to several people, the others to one each."""
    every = set(fresh)
    drawn = plan.draw(every, len(every | {task.target for task in plan.earlier}))
    twice = plan.tasks(drawn, plan.each, [], double=True)
    return twice + plan.tasks(every - drawn, 1, twice)


def _sections(fresh: Mapping[str, Sequence[Section]], plan: _Plan, every: int) -> list[Task]:
    """Each report to one person, and drawn sections of it to others besides. `every`: how many sections there are."""
    tasks = plan.tasks(fresh, 1, [])
    coder = {task.target: task.people for task in tasks}
    report_of = {section_target(report, *at): report for report, sections in fresh.items() for at in sections}
    for target in sorted(plan.draw(report_of, every)):
        own = coder[report_of[target]]
        others = plan._replace(people=tuple(one for one in plan.people if one not in own))
        (given,) = others.tasks([target], plan.each - 1, tasks)
        tasks.append(replace(given, people=tuple(sorted((*own, *given.people))), double=True))
    return tasks


def _loads(earlier: Iterable[Task], names: Sequence[str]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    load: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for task in earlier:
        _count([name for name in task.people if name in names], load, together)
    return load, together


def _count(chosen: Sequence[str], load: Counter[str], together: Counter[tuple[str, str]]) -> None:
    load.update(chosen)
    together.update(combinations(sorted(chosen), 2))


def _rank(
    name: str, target: str, chosen: Sequence[str], load: Counter[str], together: Counter[tuple[str, str]], seed: int
) -> tuple[int, int, bytes]:
    """Who comes next: the least loaded, then who has met the others least, then by draw."""
    met = sum(together[(min(name, other), max(name, other))] for other in chosen)
    return load[name], met, _draw(seed, f"{target}\0{name}")


def _draw(seed: int, name: str) -> bytes:
    """A number of its own for each name, by seed."""
    return hashlib.sha256(f"{seed}\0{name}".encode()).digest()
