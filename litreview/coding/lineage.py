"""What became of a code: each coding is read through the maps from its own version of the codebook to today's. Pure.

Body of a `codebook-version` judgment:

    {"from": hash, "to": hash, "changes": [{"op": …, …}], "map": {old code: [new codes]}, "reason"}

A code that the map leaves out stayed what it was; one mapped to nothing was retired; one mapped to several was split.
The maps form a graph of versions, so the order of files and of ids decides nothing: a coding takes the shortest way to
today's version. No coding is ever rewritten, so going back to an earlier version brings its codings back as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from litreview.ledger import Judgment
from litreview.versions import Chain

CodeMap = dict[str, tuple[str, ...]]


class Step(msgspec.Struct, frozen=True):
    """From one version to the next: what each changed code became, and the changes of meaning by code (was, now)."""

    map: CodeMap = {}
    redefined: dict[str, tuple[str, str]] = {}


class Followed(msgspec.Struct, frozen=True):
    """What a code is today: one code; none, when it was retired; several, when it was split and nobody has chosen yet.

    `redefined`: its meaning has changed since.
    """

    codes: tuple[str, ...]
    redefined: bool = False

    @property
    def split(self) -> bool:
        """Whether someone must still choose among several codes."""
        return len(self.codes) > 1


class Lineage:
    """The maps of the ledger, leading to one version: today's codebook with its hash and its codes."""

    def __init__(self, judgments: Iterable[Judgment], today: str, codes: Iterable[str]) -> None:
        self.today = today
        self.codes = frozenset(codes)
        self.chain = Chain(judgments, "codebook-version")
        made = (one for targets in self.chain.steps.values() for same in targets.values() for one in same)
        self._steps = {one.id: _step(one) for one in made}
        self._ways: dict[str, list[list[Step]]] = {}

    def follow(self, code: str, version: str = "") -> Followed:
        """What a code of a version is today. Without a version, or where no map leads from it, a code that today's
        codebook has is what it says; others are followed by name."""
        followed = _along(code, self._way(version) if version else [])
        if set(followed.codes) <= self.codes:
            return followed
        images = {image for one in followed.codes for image in self._by_name(one)}
        return Followed(tuple(sorted(images)), followed.redefined)

    def _way(self, version: str) -> list[list[Step]]:
        """The shortest way from a version to today's, else to where its maps end; steps side by side where two persons
        mapped the same pair of versions."""
        if version not in self._ways:
            ways = self.chain.ways(version)
            ends = [self.today] if self.today in ways else self.chain.newer(version)
            nearest = min(ends, key=lambda end: (len(ways[end]), end), default=version)
            self._ways[version] = [[self._steps[one.id] for one in same] for same in ways[nearest]]
        return self._ways[version]

    def _by_name(self, code: str) -> tuple[str, ...]:
        """The codes of today that a code became by any map; none where it was retired; itself where no map speaks of
        it, or where the maps lead in a circle."""
        ended: list[str] = []
        retired = False
        queue = [code]
        for one in queue:
            maps = [step.map[one] for step in self._steps.values() if one in step.map]
            if one in self.codes or not maps:
                ended.append(one)
                continue
            images = sorted({image for images in maps for image in images})
            retired = retired or not images
            queue += [image for image in images if image not in queue]
        return tuple(sorted(ended)) or (() if retired else (code,))


def _along(code: str, way: Iterable[list[Step]]) -> Followed:
    """A code's images at the end of a way, and whether its meaning at the end is another than at the beginning."""
    codes: tuple[str, ...] = (code,)
    meanings: list[tuple[str, str]] = []
    for steps in way:
        images = {image for one in codes for step in steps for image in step.map.get(one, (one,))}
        codes = tuple(sorted(images))
        meanings += [meaning for step in steps for one, meaning in step.redefined.items() if one in images]
    return Followed(codes, redefined=bool(codes and meanings) and meanings[0][0] != meanings[-1][1])


def _step(judgment: Judgment) -> Step:
    return Step(read_map(judgment.body.get("map")), dict(_meanings(judgment.body.get("changes"))))


def read_map(value: object) -> CodeMap:
    """The map of a body; a single code may stand for a list of one. What cannot be read maps nothing."""
    found: CodeMap = {}
    for old, new in value.items() if isinstance(value, Mapping) else ():
        if isinstance(new, str) and new:
            found[str(old)] = (new,)
        elif isinstance(new, (list, tuple)):
            found[str(old)] = tuple(sorted({str(one) for one in new if one}))
    return found


def _meanings(changes: object) -> Iterator[tuple[str, tuple[str, str]]]:
    """Codes (as the new version names them) whose meaning changed, with the hashes of the old and the new one."""
    every: Iterable[Any] = changes if isinstance(changes, (list, tuple)) else ()
    for change in every:
        if isinstance(change, Mapping) and change.get("op") == "redefine":
            was, now = str(change.get("was") or ""), str(change.get("now") or "?")
            yield str(change.get("code", "")), (was, now)


def reverse_map(codes: Iterable[str], new_codes: Iterable[str], forward: CodeMap) -> CodeMap:
    """The map back: for each new code the old ones that became it; none for one that was created. `codes` and
    `new_codes` are all of each version; codes that stayed what they were are left out."""
    came_from: dict[str, set[str]] = {new: set() for new in new_codes}
    for old in codes:
        for new in forward.get(old, (old,)):
            came_from.setdefault(new, set()).add(old)
    back = {new: tuple(sorted(old)) for new, old in came_from.items()}
    return {new: old for new, old in back.items() if old != (new,)}
