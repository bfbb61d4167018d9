"""Verdicts, decisions as they stand, and the choice of main studies."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from litreview.errors import Message, Value

STATES = ("met", "unmet", "unclear")


class Evidence(msgspec.Struct, frozen=True):
    """Where a verdict's reason stands: offsets in the document's text, or a field of the record."""

    start: int = 0
    end: int = 0
    quote: str = ""
    page: int | None = None
    field: str = ""  # "title", "abstract", "year" … of the record, where it is not the document


class Verdict(msgspec.Struct, frozen=True):
    """A machine's finding on one criterion: met, unmet or unclear, why, and the evidence."""

    criterion: str
    state: str
    why: Message
    evidence: tuple[Evidence, ...] = ()
    maker: str = "criteria 1"


class Standing(msgspec.Struct, frozen=True):
    """What stands for a record or report at a stage: a person's decision, or verdicts in its place (provisional)."""

    decision: str  # include | exclude | maybe
    provisional: bool
    reason: str = ""  # criterion id, or the person's reason, when excluded
    persons: tuple[str, ...] = ()
    conflict: bool = False  # persons differ and nobody has settled it
    adjudicated: bool = False
    automatic: bool = False  # left out by the machine, as the protocol lets it
    waiting: int = 0  # how many people are still to decide before it counts as decided


class Candidate(msgspec.Struct, frozen=True):
    """An eligible study as the choice of main studies sees it. `values`: key of `differ_in` → value ("" unknown)."""

    study: str
    values: dict[str, str]
    unclear: int  # verdicts that are unclear and no person has decided
    doubtful_pages: int


class Confirmation(msgspec.Struct, frozen=True):
    """A person's confirmation of a set (study ids, sorted), and why."""

    person: str
    studies: tuple[str, ...]
    reason: str = ""


class Choice(msgspec.Struct, frozen=True):
    """The chosen set, the sets that satisfy the rule as well, and what is to be told about it.

    Where the protocol asks for no choice it is not `asked`: `chosen` are then all included studies.
    """

    chosen: tuple[str, ...]
    alternatives: tuple[tuple[str, ...], ...] = ()  # sets that satisfy the rule too, chosen left out; capped
    valid_sets: int = 0  # how many satisfy the rule in full
    as_good: int = 0  # of those, how many tie with the chosen before the draw
    missing: int = 0  # how many are missing to the size
    agreeing_pairs: tuple[tuple[str, str, str], ...] = ()  # study, study, key in which they agree
    notes: tuple[Message, ...] = ()
    confirmed_by: str = ""  # ids of people joined by "; ", where a set is confirmed and stands
    confirmations: tuple[Confirmation, ...] = ()  # every one that people gave, also where they differ
    asked: bool = True

    @property
    def sets(self) -> tuple[tuple[str, ...], ...]:
        """All sets, ordered by their content: confirming one changes no number."""
        every = {tuple(sorted(one)) for one in (self.chosen, *self.alternatives) if one}
        return tuple(sorted(every))

    @property
    def differing(self) -> bool:
        """Whether people confirmed different sets."""
        return len({one.studies for one in self.confirmations}) > 1


def named(note: Message, names: Mapping[str, str]) -> Message:
    """A note whose values are ids (several joined by "; "), with the names that people know."""

    def name(value: Value) -> Value:
        return "; ".join(names.get(one, one) for one in value.split("; ")) if isinstance(value, str) else value

    return Message(note.text, {key: name(value) for key, value in note.values.items()})
