"""A person's sitting over the records that wait at title and abstract: one after the other by the ranking, which learns
from each decision; every decision is saved before the next record comes, and the last ones can be taken back."""

from __future__ import annotations

from collections.abc import Callable

from litreview.errors import Message
from litreview.ledger import Judgment
from litreview.pipeline.judging import decide
from litreview.pipeline.made import Made
from litreview.pipeline.ranked import rankable_records, said_on_records, so_far
from litreview.pipeline.state import State
from litreview.pipeline.worklists import screening_list
from litreview.protocol import TITLE_ABSTRACT
from litreview.records.model import Entry
from litreview.screening.model import Verdict
from litreview.screening.ranking import Ranker

Save = Callable[[list[Made]], tuple[Judgment, ...]]


class Sitting:
    """What waits for one person, the record to look at now at its head. `save` writes judgments through to disk and
    gives them back. Raises `UsageError` for a policy that is not known."""

    def __init__(self, state: State, person: str, save: Save, policy: str, seed: int = 0) -> None:
        self._state, self._person, self._save, self._policy = state, person, save, policy
        self._entries = {entry.id: entry for entry in state.found.entries}
        records = rankable_records(state)
        self._records = len(records)
        self._ranker = Ranker(records, seed)
        self._said = said_on_records(state, person)
        todo = screening_list(state, person, TITLE_ABSTRACT)
        self._waiting = dict.fromkeys(one.target for one in todo if one.again is None)
        self._skipped: dict[str, None] = {}
        self._done: list[tuple[str, tuple[Judgment, ...], bool | None]] = []
        self.verdicts: dict[str, tuple[Verdict, ...]] = state.record_verdicts
        self.current: Entry | None = None
        self._turn()

    @property
    def left(self) -> int:
        """How many records wait."""
        return len(self._waiting)

    @property
    def decided(self) -> int:
        """How many decisions of this sitting stand."""
        return len(self._done)

    def decide(self, decision: str, reason: str = "") -> None:
        """Save a decision on the current record, and go on. Raises `UsageError` for an exclusion without a reason."""
        if self.current is None:
            return
        target = self.current.id
        made = decide(self._state, self._person, target, TITLE_ABSTRACT, decision, reason)
        judgments = self._save(made)
        self._done.append((target, judgments, self._said.get(target)))
        if decision != "maybe":
            self._said[target] = decision == "include" or self._said.get(target, False)
        del self._waiting[target]
        self._turn()

    def skip(self) -> None:
        """Leave the current record for the end."""
        if self.current is not None:
            self._skipped[self.current.id] = None
            self._turn()

    def undo(self) -> bool:
        """Take the last decision of this sitting back, and show its record again; False where there is none."""
        if not self._done:
            return False
        target, judgments, before = self._done.pop()
        self._save([Made("retraction", {"judgment": one.id, "step": "undo"}) for one in judgments])
        self._said.pop(target, None)
        if before is not None:
            self._said[target] = before
        self._waiting[target] = None
        self._skipped.pop(target, None)
        self.current = self._entries[target]
        return True

    def stopping(self) -> list[Message]:
        """How far screening is, and whether it may stop."""
        return so_far(list(self._said.values()), self._records).lines()

    def _turn(self) -> None:
        """The next record: the first of the ranking that waits and was not skipped; then those that were."""
        order = [id_ for id_ in self._ranker.rank(self._said, self._policy) if id_ in self._waiting]
        order += [id_ for id_ in self._waiting if id_ in self._said]  # that others have decided too
        fresh = [id_ for id_ in order if id_ not in self._skipped]
        if not fresh:
            self._skipped.clear()
        first = (fresh or order or [""])[0]
        self.current = self._entries.get(first)
