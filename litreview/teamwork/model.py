"""Tasks, how far they are, and what of the ledger may be shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from litreview.ledger import Ledger
from litreview.protocol import CODING, FULL_TEXT, TITLE_ABSTRACT

STAGES = (TITLE_ABSTRACT, FULL_TEXT, CODING)
_SECTION = re.compile(r"(.+)@(\d+)-(\d+)")


class Task(msgspec.Struct, frozen=True):
    """What some people are to judge at a stage: a record, a report, or a section of one, in a round.

    `double`: it belongs to the sample that several people code.
    """

    stage: str
    target: str
    people: tuple[str, ...]
    round: str = ""
    double: bool = False


class Progress(msgspec.Struct, frozen=True):
    """How far a target is at a stage. `waiting` counts the judgments still to come; `blind`: until then nobody is shown
    what another has said of it; `settled`: by an adjudication."""

    stage: str
    target: str
    needed: int
    assigned: tuple[str, ...] = ()
    finished: tuple[str, ...] = ()
    waiting: int = 0
    blind: bool = False
    double: bool = False
    settled: bool = False
    round: str = ""

    @property
    def outstanding(self) -> int:
        """How many judgments must come before those that are there count; none where one alone suffices."""
        return self.waiting if self.needed > 1 or self.assigned else 0


class Place(NamedTuple):
    """A target of coding: a report, or the stretch of its text [start, end) that is a section; `end` -1: the whole."""

    report: str
    start: int = 0
    end: int = -1

    def covers(self, start: int, end: int) -> bool:
        """Whether it shares a character with a stretch of its report."""
        return self.end < 0 or (start < self.end and self.start < end)


Targets = Mapping[str, Mapping[str, tuple[str, ...]]]
"""What there is to screen: by stage each target with all ids under which people may have judged it."""


class Seen(msgspec.Struct, frozen=True):
    """The ledger without what is not to be shown yet, and how many judgments that are, by kind."""

    ledger: Ledger
    hidden: dict[str, int] = {}


def section_target(report: str, start: int, end: int) -> str:
    """The id of a section as a target of coding: offsets are code points in the report's canonical text."""
    return f"{report}@{start}-{end}"


def place_of(target: str) -> Place:
    """The report and stretch that a target of coding names."""
    found = _SECTION.fullmatch(target)
    return Place(found[1], int(found[2]), int(found[3])) if found else Place(target)
