"""Who may settle a difference, and how a task is handed on. Pure.

A difference is settled by a third person, who has not judged the same: the two may agree by talking it over, and then
one of them changes the own judgment; but neither overrules the other. Of a team of two nobody is left to adjudicate;
talking it over is then the way. A reader does not judge, so does not settle either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from msgspec.structs import replace

from litreview.errors import Message, message
from litreview.protocol import Protocol
from litreview.teamwork.model import Task

JUDGING = ("lead", "reviewer", "coder", "supervisor")


def why_not_adjudicate(protocol: Protocol, person: str, parties: Collection[str]) -> Message | None:
    """Why a person may not settle a difference between `parties`; None when they may."""
    others = [one.id for one in protocol.people if one.role in JUDGING and one.id not in parties]
    if person in others:
        return None
    if person in parties:
        return message(
            "{person} is one of those who differ, and a third person settles: {others}. Or talk it over, and change"
            " your own judgment.",
            person=person, others=", ".join(others) or "–",
        )  # fmt: skip
    return message("{person} does not judge in this review; who may settle: {others}.", person=person,
                   others=", ".join(others) or "–")  # fmt: skip


def judging_people(protocol: Protocol) -> list[str]:
    """Those whom tasks are given to by default: all who judge; supervisors only look on."""
    return [one.id for one in protocol.people if one.role in JUDGING and one.role != "supervisor"]


def hand_on(tasks: Iterable[Task], unfinished: Collection[str], giver: str, taker: str) -> list[Task]:
    """The tasks with `taker` in the place of `giver` where the target is among the unfinished. Where `taker` has a part
    already, the task stays: nobody judges twice."""
    return [
        replace(task, people=_instead(task.people, giver, taker))
        if giver in task.people and taker not in task.people and task.target in unfinished
        else task
        for task in tasks
    ]


def _instead(people: Sequence[str], giver: str, taker: str) -> tuple[str, ...]:
    return tuple(sorted({taker if one == giver else one for one in people}))
