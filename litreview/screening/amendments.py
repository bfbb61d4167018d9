"""A protocol changed after the first decision is an amendment: what changed, which decisions to look at again. Pure.

Body of a `protocol-version` judgment:

    {"from": hash, "to": hash, "changes": [{"key", "id"?, "op": added | removed | changed}, …], "reason"}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from litreview.errors import Message, message
from litreview.ledger import Judgment
from litreview.protocol import TITLE_ABSTRACT, Bilingual, Criterion, Protocol
from litreview.screening.model import Verdict

Change = dict[str, str]
Verdicts = Callable[[str, str, Protocol], tuple[Verdict, ...]]  # of a target at a stage, by a protocol


class Doubted(msgspec.Struct, frozen=True):
    """A decision to look at again after an amendment, and why."""

    judgment: Judgment
    why: Message


def protocol_changes(old: Protocol, new: Protocol) -> tuple[Change, ...]:
    """What differs between two protocols: criteria and concepts one by one, other keys as a whole."""
    changes = [{"key": "criteria", "id": id_, "op": op} for id_, op in changed_criteria(old, new).items()]
    changes += [{"key": "concepts", "id": name, "op": op} for name, op in _compared(old.concepts, new.concepts).items()]
    rest = [name for name in Protocol.__struct_fields__ if name not in ("criteria", "concepts")]
    changes += [{"key": name, "op": "changed"} for name in rest if getattr(old, name) != getattr(new, name)]
    return tuple(changes)


def changed_criteria(old: Protocol, new: Protocol) -> dict[str, str]:
    """Criteria that are added, removed or changed, by id: their own keys, or the terms of a concept that they name. A
    label is a name only, but for what a person judges: there it is the question."""
    return _compared({c.id: _rule(c, old) for c in old.criteria}, {c.id: _rule(c, new) for c in new.criteria})


def _rule(criterion: Criterion, protocol: Protocol) -> tuple[Criterion, tuple[tuple[str, ...], ...]]:
    bare = criterion if criterion.kind == "person" else msgspec.structs.replace(criterion, label=Bilingual())
    return bare, tuple(protocol.concepts.get(name, ()) for name in criterion.of)


def _compared(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    found = {name: "removed" for name in old if name not in new}
    found.update({name: "added" for name in new if name not in old})
    return found | {name: "changed" for name in new if name in old and old[name] != new[name]}


def tell_change(change: Mapping[str, Any]) -> Message:
    """A change of a `protocol-version` judgment in words."""
    key, id_, op = (str(change.get(name, "")) for name in ("key", "id", "op"))
    if key == "criteria":
        return _OF_CRITERIA.get(op, _OF_CRITERIA["changed"])(id_)
    return message("Changed: {what}", what=f"{key}: {id_}" if id_ else key)


_OF_CRITERIA: dict[str, Callable[[str], Message]] = {
    "added": lambda id_: message("Criterion added: {id}", id=id_),
    "removed": lambda id_: message("Criterion removed: {id}", id=id_),
    "changed": lambda id_: message("Criterion changed: {id}", id=id_),
}


def doubted_decisions(
    decisions: Iterable[Judgment], versions: Mapping[str, Protocol], today: Protocol, verdicts: Verdicts
) -> Iterator[Doubted]:
    """Standing decisions made under an earlier protocol whose criteria have changed, or whose verdict would be another.

    `versions`: protocols by hash, as far as they are at hand; a decision under today's, or under none that is known,
    is not doubted. An exclusion is doubted when the criterion that is its reason changed. What was let on is doubted
    when a changed criterion now gives another verdict, or when a person must judge it by a changed question.
    """
    differing = {hash_: changed_criteria(old, today) for hash_, old in versions.items()}
    for one in decisions:
        changed = differing.get(str(one.body.get("protocol") or ""), {})
        if changed:
            why = _why_doubted(one, versions[str(one.body["protocol"])], today, changed, verdicts)
            if why is not None:
                yield Doubted(one, why)


def _why_doubted(
    one: Judgment, old: Protocol, today: Protocol, changed: Mapping[str, str], verdicts: Verdicts
) -> Message | None:
    reason = str(one.body.get("reason") or "")
    excluded = one.body.get("decision") == "exclude"
    if excluded and reason in {criterion.id for criterion in old.criteria}:
        return _OF_CRITERIA[changed[reason]](reason) if reason in changed else None
    target, stage = str(one.body.get("target", "")), str(one.body.get("stage", ""))
    for id_ in (criterion.id for criterion in today.criteria if criterion.id in changed):
        if stage != TITLE_ABSTRACT and _kind(today, id_) == "person":
            return _OF_CRITERIA[changed[id_]](id_)
        was, now = (_state(id_, verdicts(target, stage, _only(protocol, id_))) for protocol in (old, today))
        if _is_doubted(was, now, stage):
            return message("Criterion {id} would now be {state}.", id=id_, state=now)
    return None


def _is_doubted(was: str, now: str, stage: str) -> bool:
    """Whether another verdict (before: none where the criterion is new) asks for another look. From a record little
    can be told, so that at title and abstract only an unmet criterion weighs."""
    if stage == TITLE_ABSTRACT:
        return (was == "unmet") != (now == "unmet")
    return was != now and (was or "met") != now


def _kind(protocol: Protocol, id_: str) -> str:
    return next(criterion.kind for criterion in protocol.criteria if criterion.id == id_)


def _only(protocol: Protocol, id_: str) -> Protocol:
    """The protocol with one criterion alone."""
    return msgspec.structs.replace(protocol, criteria=tuple(c for c in protocol.criteria if c.id == id_))


def _state(id_: str, verdicts: Iterable[Verdict]) -> str:
    return next((one.state for one in verdicts if one.criterion == id_), "")
