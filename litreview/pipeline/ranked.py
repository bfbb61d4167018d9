"""A person's list of records in the order of the ranking, and what their decisions say about stopping."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from litreview.errors import Message, message
from litreview.pipeline.state import State
from litreview.pipeline.worklists import ToDo, screening_list, screening_progress
from litreview.protocol import TITLE_ABSTRACT
from litreview.screening.features import Rankable, as_rankable
from litreview.screening.ranking import Ranker
from litreview.screening.stopping import Stopping, judge_stopping

_SAID = {"include": True, "exclude": False}  # a maybe teaches nothing


class SoFar(msgspec.Struct, frozen=True):
    """How far screening at title and abstract is: records to be screened, of how many people have said include or
    exclude, how many are included, and what that says about stopping."""

    records: int
    decided: int
    included: int
    stopping: Stopping

    def lines(self) -> list[Message]:
        """The same for people."""
        stopping = self.stopping
        asked = {"recall": round(100 * stopping.recall), "confidence": round(100 * stopping.confidence)}
        told = message(
            "{decided} of {records} records are decided, {included} of them included; the last {run} were not.",
            decided=self.decided,
            records=self.records,
            included=self.included,
            run=stopping.run,
        )
        if stopping.may_stop:
            may = message(
                "Screening may stop: with {confidence} % confidence, {recall} % of what is to be included has been "
                "found.",
                **asked,
            )
            return [told, may]
        go_on = message(
            "Go on: {recall} % is not sure yet (asked for: {confidence} % confidence); at most {left} more may be left "
            "to include.",
            left=stopping.left_at_most,
            **asked,
        )
        return [told, go_on]


class RankedList(msgspec.Struct, frozen=True):
    """What waits for a person at title and abstract, the first to look at first, and how far screening is."""

    waiting: list[ToDo]
    so_far: SoFar


def ranked_list(state: State, person: str, policy: str, seed: int = 0) -> RankedList:
    """The list of a person by the ranking, which learns only from decisions that this person may see.

    Raises `UsageError` for a policy that is not known.
    """
    records = rankable_records(state)
    said = said_on_records(state, person)
    order = {id_: place for place, id_ in enumerate(Ranker(records, seed).rank(said, policy))}
    todo = screening_list(state, person, TITLE_ABSTRACT)
    todo.sort(key=lambda one: (one.again is not None, order.get(one.target, len(order))))
    return RankedList(todo, so_far(list(said.values()), len(records)))


def so_far(found: Sequence[bool], records: int) -> SoFar:
    """How far screening is, from the decisions in their order (included or not) on so many records."""
    return SoFar(records, len(found), sum(found), judge_stopping(found, records))


def rankable_records(state: State) -> list[Rankable]:
    """The records to be screened, as the ranking sees them."""
    screened = {one.target for one in screening_progress(state, TITLE_ABSTRACT)}
    return [replace(as_rankable(one.record), id=one.id) for one in state.found.entries if one.id in screened]


def said_on_records(state: State, person: str) -> dict[str, bool]:
    """Records on which the person sees a decision at title and abstract, in the order of the first one on each;
    included where anyone includes it."""
    screened = (one.target for one in screening_progress(state, TITLE_ABSTRACT))
    names = {name: target for target in screened for name in (target, *state.targets[TITLE_ABSTRACT][target])}
    found: dict[str, bool] = {}
    for one in state.seen_as(person).of_kind("decision", "adjudication"):
        target, said = names.get(str(one.body.get("target"))), _SAID.get(str(one.body.get("decision")))
        if one.body.get("stage") == TITLE_ABSTRACT and target is not None and said is not None:
            found[target] = found.get(target, False) or said
    return found
