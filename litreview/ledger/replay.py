"""What stands: found from the links between judgments alone. Clocks and the order of ids decide nothing. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from litreview.ledger.model import Judgment


class Fate(msgspec.Struct, frozen=True):
    """Why a judgment no longer stands: ids of the judgments that replaced it, and of the retractions that took it
    back."""

    replaced_by: tuple[str, ...] = ()
    retracted_by: tuple[str, ...] = ()


class Conflict(msgspec.Struct, frozen=True):
    """Judgments that stand and replace the same one, and the adjudication that names them all, where there is one."""

    replaced: str
    judgments: tuple[Judgment, ...]
    settled_by: Judgment | None = None


def standing(judgments: Iterable[Judgment]) -> tuple[Judgment, ...]:
    """Judgments that stand: not retracted by their own person, not replaced (nor what they replaced) by one that is
    not retracted."""
    every = tuple(judgments)
    gone = fates(every)
    return tuple(j for j in every if j.id not in gone and j.kind != "retraction")


def fates(judgments: Iterable[Judgment]) -> dict[str, Fate]:
    """Every judgment that no longer stands, by id, and why; retractions that were themselves taken back too."""
    by_id = {judgment.id: judgment for judgment in judgments}
    retracted = _retracted(by_id)
    replaced = _replaced([j for j in by_id.values() if j.replaces and j.id not in retracted], by_id)
    return {
        key: Fate(tuple(sorted(replaced.get(key, ()))), tuple(sorted(retracted.get(key, ()))))
        for key in (*retracted, *(key for key in replaced if key not in retracted))
    }


def conflicts(ledger: Iterable[Judgment]) -> tuple[Conflict, ...]:
    """Standing judgments of which two or more go back to the same replaced one, in order of its id."""
    every = {judgment.id: judgment for judgment in ledger}
    stand = standing(every.values())
    by_root: dict[str, list[Judgment]] = defaultdict(list)
    for judgment in stand:
        if judgment.replaces:
            by_root[_root(judgment, every)].append(judgment)
    settling = [j for j in stand if j.kind == "adjudication"]
    return tuple(
        Conflict(root, tuple(sorted(group, key=lambda j: j.id)), _settled_by(group, settling))
        for root, group in sorted(by_root.items())
        if len(group) > 1
    )


def _settled_by(group: Iterable[Judgment], settling: Iterable[Judgment]) -> Judgment | None:
    ids = {judgment.id for judgment in group}
    return next((one for one in settling if ids <= targets(one)), None)


def targets(judgment: Judgment) -> set[str]:
    """What a judgment is on: its `target`, one id or several."""
    target = judgment.body.get("target", ())
    return {target} if isinstance(target, str) else {str(one) for one in target}


def _root(judgment: Judgment, every: Mapping[str, Judgment]) -> str:
    """The id at the beginning of the chain of what a judgment replaces."""
    seen = {judgment.id}
    root = judgment.replaces
    while root in every and every[root].replaces and root not in seen:
        seen.add(root)
        root = every[root].replaces
    return root


def _retracted(by_id: Mapping[str, Judgment]) -> dict[str, set[str]]:
    """Ids taken back and by which retractions, from the last link of each chain on: a retraction that was itself taken
    back counts no more."""
    back = {j.id: target for j in by_id.values() if j.kind == "retraction" and (target := _target(j, by_id))}
    open_links = Counter(back.values())
    ready = [key for key in back if not open_links[key]]
    gone: dict[str, set[str]] = {}
    while ready:
        key = ready.pop()
        if key not in back:
            continue
        target = back[key]
        if key not in gone:
            gone.setdefault(target, set()).add(key)
        open_links[target] -= 1
        if not open_links[target]:
            ready.append(target)
    return gone


def _target(retraction: Judgment, by_id: Mapping[str, Judgment]) -> str:
    """The id that a retraction takes back: one of its own person's; else nothing."""
    target = by_id.get(str(retraction.body.get("judgment", "")))
    return target.id if target is not None and target.person == retraction.person else ""


def _replaced(alive: Sequence[Judgment], by_id: Mapping[str, Judgment]) -> dict[str, set[str]]:
    """Ids replaced, and by which judgments: what these name, and on through what was itself retracted."""
    present = {judgment.id for judgment in alive}
    replaced: dict[str, set[str]] = defaultdict(set)
    for judgment in alive:
        earlier = judgment.replaces
        while earlier and earlier != judgment.id and judgment.id not in replaced[earlier]:
            replaced[earlier].add(judgment.id)
            earlier = by_id[earlier].replaces if earlier in by_id and earlier not in present else ""
    return replaced
