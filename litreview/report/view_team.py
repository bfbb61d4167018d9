"""What the page shows of the team, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WorkView:
    """How far the team is at a stage."""

    stage: str
    targets: int
    finished: int
    waiting: str
    blind: bool
    open: int
    look_again: int


@dataclass(frozen=True)
class LookAgainView:
    """A judgment to look at again."""

    person: str
    stage: str
    about: str
    said: str
    why: str


@dataclass(frozen=True)
class AmendmentView:
    """A recorded change of the protocol or the codebook."""

    kind: str
    date: str
    person: str
    reason: str
    changes: tuple[str, ...]
