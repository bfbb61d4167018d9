"""A person's list of records in the order of the ranking, and what their decisions say about stopping."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from litreview.errors import Message, message
from litreview.pipeline.state import State
from litreview.pipeline.worklists import ToDo, screening_list
from litreview.protocol import TITLE_ABSTRACT
from litreview.screening.features import as_rankable
from litreview.screening.ranking import Ranker
from litreview.screening.stopping import Stopping, judge_stopping

_SAID = {"include": True, "exclude": False}  # a maybe teaches nothing


class RankedList(msgspec.Struct, frozen=True):
    """What waits for a person at title and abstract, the first to look at first; how many records there are, of how
    many people have said include or exclude, how many are included, and what that says about stopping."""

    waiting: list[ToDo]
    records: int
    decided: int
    included: int
    stopping: Stopping


def ranked_list(state: State, person: str, policy: str, seed: int = 0) -> RankedList:
    """The list of a person by the ranking, which learns only from decisions that this person may see.

    Raises `UsageError` for a policy that is not known.
    """
    said = said_on_records(state, person)
    records = [replace(as_rankable(entry.record), id=entry.id) for entry in state.found.entries]
    order = {id_: place for place, id_ in enumerate(Ranker(records, seed).rank(said, policy))}
    todo = screening_list(state, person, TITLE_ABSTRACT)
    todo.sort(key=lambda one: (one.again is not None, order.get(one.target, len(order))))
    found = list(said.values())
    return RankedList(todo, len(records), len(found), sum(found), judge_stopping(found, len(records)))


def said_on_records(state: State, person: str) -> Mapping[str, bool]:
    """Entries on which the person sees a decision at title and abstract, in the order of the first one on each;
    included where anyone includes it."""
    names = {name: target for target, ids in state.targets[TITLE_ABSTRACT].items() for name in (target, *ids)}
    found: dict[str, bool] = {}
    for one in state.seen_as(person).of_kind("decision", "adjudication"):
        target, said = names.get(str(one.body.get("target"))), _SAID.get(str(one.body.get("decision")))
        if one.body.get("stage") == TITLE_ABSTRACT and target is not None and said is not None:
            found[target] = found.get(target, False) or said
    return found


def stopping_lines(ranked: RankedList) -> list[Message]:
    """How far screening is, and whether it may stop."""
    stopping = ranked.stopping
    asked = {"recall": round(100 * stopping.recall), "confidence": round(100 * stopping.confidence)}
    told = message(
        "{decided} of {records} records are decided, {included} of them included; the last {run} were not.",
        decided=ranked.decided,
        records=ranked.records,
        included=ranked.included,
        run=stopping.run,
    )
    if stopping.may_stop:
        may = message(
            "Screening may stop: with {confidence} % confidence, {recall} % of what is to be included has been found.",
            **asked,
        )
        return [told, may]
    go_on = message(
        "Go on: {recall} % is not sure yet (asked for: {confidence} % confidence); at most {left} more may be left to "
        "include.",
        left=stopping.left_at_most,
        **asked,
    )
    return [told, go_on]
