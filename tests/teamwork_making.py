"""Small teams for tests: protocols by keys, judgments by words."""

from __future__ import annotations

from typing import Any

import msgspec

from litreview.ledger import Judgment, Ledger, standing
from litreview.protocol import Protocol
from litreview.teamwork.model import Targets
from litreview.teamwork.team import Team

PEOPLE = [
    {"id": "ani", "role": "coder"},
    {"id": "budi", "role": "coder"},
    {"id": "citra", "role": "lead"},
    {"id": "rudi", "role": "reader"},
]
BLIND = {"people": 2, "blind": True}


def protocol(**keys: Any) -> Protocol:
    """A protocol with four people."""
    return msgspec.convert({"format": 1, "title": {"id": "x"}, "people": PEOPLE, **keys}, Protocol)


def judged(id_: str, person: str, kind: str, replaces: str = "", **body: Any) -> Judgment:
    """A judgment."""
    return Judgment(id_, "2024-05-06T07:08:09+00:00", person, "d", kind, body, replaces)


def decided(id_: str, person: str, said: str, target: str = "r1", stage: str = "full-text", **more: Any) -> Judgment:
    """A decision."""
    return judged(id_, person, "decision", target=target, stage=stage, decision=said, **more)


def coded(id_: str, person: str, code: str = "hope", at: tuple[int, int] = (10, 20), report: str = "r1",
          **more: Any) -> Judgment:  # fmt: skip
    """A coding of a stretch."""
    anchor = {
        "start": at[0],
        "end": at[1],
        "quote": "x" * (at[1] - at[0]),
        "text_hash": "h",
        "prefix": "",
        "suffix": "",
    }
    more = {"stance": "supports", **more}
    return judged(id_, person, "coding", report=report, anchor=anchor, code=code, **more)


def assigned(id_: str, stage: str, target: str, *people: str, double: bool = False, round_: str = "") -> Judgment:
    """An assignment of one target."""
    return judged(id_, "citra", "assignment", stage=stage, targets=[target], people=list(people), round=round_,
                  double=double)  # fmt: skip


def finished(id_: str, person: str, target: str = "r1", **more: Any) -> Judgment:
    """A finish of coding."""
    return judged(id_, person, "completion", stage="coding", target=target, **more)


def ledger(*judgments: Judgment) -> Ledger:
    """A ledger of judgments."""
    return Ledger(judgments, standing(judgments))


def team(of: Protocol, *judgments: Judgment) -> Team:
    """The team after some judgments."""
    return Team(of, standing(judgments))


REPORTS: Targets = {"title-abstract": {"e1": ("e1", "e1-copy")}, "full-text": {"r1": ("r1", "e1", "e1-copy")}}
