"""Undo and redo: retractions of one's own judgments, any number of steps. Pure; the caller appends what comes back.

A person's acts on a device stand in the order of their ids, which grow there. An undo takes back the last act that was
not yet undone; a redo takes back the last undo. After a new act there is nothing left to redo.
"""

from __future__ import annotations

from litreview.ledger.lines import make_judgment
from litreview.ledger.model import Judgment, Ledger
from litreview.ledger.replay import Fate, fates


def undo(ledger: Ledger, person: str, device: str, steps: int = 1) -> tuple[Judgment, ...]:
    """Retractions that take back the last `steps` acts of a person on a device, the last act first; fewer where there
    are fewer. To take back a retraction is to let the judgment stand again."""
    gone = fates(ledger.judgments)
    acts = _acts(ledger, person, device)
    own = {act.id for act in acts}  # what an own act deleted comes back before its turn to be undone
    left = [act for act in acts if own.issuperset(gone.get(act.id, Fate()).retracted_by)]
    return _take_back([act.id for act in left], person, device, steps, "undo")


def redo(ledger: Ledger, person: str, device: str, steps: int = 1) -> tuple[Judgment, ...]:
    """Retractions that take back the last `steps` undoings since a person's last act on a device; fewer where there
    are fewer."""
    gone = fates(ledger.judgments)
    last_act = max((act.id for act in _acts(ledger, person, device)), default="")
    left = [
        j.id
        for j in ledger.judgments
        if (j.person, j.device, j.kind) == (person, device, "retraction")
        and j.body.get("step") == "undo"
        and j.id > last_act
        and j.id not in gone
    ]
    return _take_back(left, person, device, steps, "redo")


def _acts(ledger: Ledger, person: str, device: str) -> list[Judgment]:
    """What a person did on a device, but for undoing and redoing."""
    own = (j for j in ledger.judgments if j.person == person and j.device == device)
    return [j for j in own if j.kind != "retraction" or not j.body.get("step")]


def _take_back(ids: list[str], person: str, device: str, steps: int, step: str) -> tuple[Judgment, ...]:
    last_first = sorted(ids, reverse=True)[: max(0, steps)]
    return tuple(make_judgment(person, device, "retraction", {"judgment": id_, "step": step}) for id_ in last_first)
