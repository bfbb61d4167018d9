"""Two versions of a codebook side by side: what became of each code, as changes, as a map and in words. Pure.

What a person says of a code (renamed, merged, split, retired) goes before what can be seen. A code that is gone and of
which nobody has said anything is held against the new ones: the likeness of labels, definition, cues and category
proposes a rename. A proposal is told as one; a person says yes by recording it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from litreview.coding.lineage import CodeMap
from litreview.coding.model import Code, Codebook
from litreview.errors import UsageError, message

ENOUGH_ALIKE = 0.6  # from this likeness (0 to 1) on, a new code is proposed for one that is gone
MEANING = ("definition", "use_when", "not_when")
Change = dict[str, Any]
_WEIGHTS = {"label": 0.3, "definition": 0.4, "cues": 0.2, "theme": 0.1}


class Said(msgspec.Struct, frozen=True):
    """What a person says became of codes: old → new codes (none: retired), and which new ones came from passages
    (code → the passage's judgment, or empty)."""

    became: CodeMap = {}
    inductive: dict[str, str] = {}


class Comparison(msgspec.Struct, frozen=True):
    """What changed. `changes` and `map` are those of a `codebook-version` judgment; `pairs` are the codes that go on,
    as they were and as they are; `proposed` are renames that nobody has confirmed, `lost` codes that are gone without
    a word or a proposal."""

    old: Codebook
    new: Codebook
    changes: tuple[Change, ...] = ()
    map: CodeMap = {}
    pairs: tuple[tuple[Code, Code], ...] = ()
    proposed: dict[str, str] = {}
    lost: tuple[str, ...] = ()
    inductive: dict[str, str] = {}

    @property
    def nothing(self) -> bool:
        """Whether the two say the same, and differ in notes and layout at most."""
        return same_content(self.old, self.new)


NOTHING_SAID = Said()


def compare(old: Codebook, new: Codebook, said: Said = NOTHING_SAID) -> Comparison:
    """What became of the codes of `old` in `new`. Raises `UsageError` when something is said of a code that is not
    there, or that still stands."""
    _check(old, new, said)
    gone = [code for id_, code in old.codes.items() if id_ not in new.codes and id_ not in said.became]
    taken = {image for images in said.became.values() for image in images}
    fresh = [code for id_, code in new.codes.items() if id_ not in old.codes and id_ not in taken]
    proposed = propose_renames(gone, fresh)
    pairs = tuple(_pairs(old, new, {**said.became, **{one: (other,) for one, other in proposed.items()}}))
    created = [code for code in fresh if code.id not in proposed.values()]
    changes = [*_of_map(said.became, old), *(_creation(code, said) for code in created)]
    return Comparison(
        old=old,
        new=new,
        changes=(*changes, *(change for one, other in pairs for change in _of_pair(one, other))),
        map=dict(said.became),
        pairs=pairs,
        proposed=proposed,
        lost=tuple(code.id for code in gone if code.id not in proposed),
        inductive=said.inductive,
    )


def meaning_of(code: Code) -> str:
    """A hash of what a code means: definition and rules, spaces aside."""
    return hashlib.sha256("\n".join(meaning_texts(code).values()).encode("utf-8")).hexdigest()[:16]


def meaning_texts(code: Code) -> dict[str, str]:
    """Definition and rules by field, spaces aside."""
    return {name: " ".join(getattr(code, name).split()) for name in MEANING}


def propose_renames(gone: Sequence[Code], fresh: Sequence[Code]) -> dict[str, str]:
    """The likeliest new code for each that is gone, the most alike first, each new one once."""
    ranked = sorted((-likeness(one, other), one.id, other.id) for one in gone for other in fresh)
    found: dict[str, str] = {}
    for score, one, other in ranked:
        if -score >= ENOUGH_ALIKE and one not in found and other not in found.values():
            found[one] = other
    return found


def likeness(one: Code, other: Code) -> float:
    """How alike two codes are, 0 to 1: labels, definition with rules, cues, category. What both lack does not weigh."""
    from rapidfuzz.fuzz import token_sort_ratio

    labels = [(one.label.id, other.label.id), (one.label.en, other.label.en)]
    shares = {
        "theme": float(one.theme == other.theme),
        "label": sum(token_sort_ratio(left.casefold(), right.casefold()) for left, right in labels) / 200,
    }
    left, right = (" ".join(meaning_texts(code).values()).strip().casefold() for code in (one, other))
    if left or right:
        shares["definition"] = token_sort_ratio(left, right) / 100
    if one.cues or other.cues:
        shares["cues"] = len(set(one.cues) & set(other.cues)) / len(set(one.cues) | set(other.cues))
    return sum(_WEIGHTS[name] * share for name, share in shares.items()) / sum(_WEIGHTS[name] for name in shares)


def same_content(one: Codebook, other: Codebook) -> bool:
    """Whether two codebooks say the same, whatever their notes, layout and place."""
    return _content(one) == _content(other)


def _content(codebook: Codebook) -> Codebook:
    return msgspec.structs.replace(codebook, hash="", path="")


def _check(old: Codebook, new: Codebook, said: Said) -> None:
    for code, images in said.became.items():
        if code not in old.codes:
            raise UsageError(message("The earlier codebook has no code '{code}'.", code=code))
        for image in images:
            if image not in new.codes:
                raise UsageError(message("Today's codebook has no code '{code}'.", code=image))
        if code in new.codes and code not in images:
            raise UsageError(message("The code '{code}' still stands in the codebook. Take it out of the file first,"
                                     " or name it among those that it became.", code=code))  # fmt: skip
    for code in said.inductive:
        if code not in new.codes or code in old.codes:
            raise UsageError(message("'{code}' is no new code of today's codebook.", code=code))


def _pairs(old: Codebook, new: Codebook, became: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[Code, Code]]:
    """Each code with the one that carries it on: itself, or the one that it alone became."""
    sources = Counter(image for images in became.values() for image in images)
    for code in old.codes.values():
        images = became.get(code.id)
        if images is None and code.id in new.codes:
            yield code, new.codes[code.id]
        elif images and len(images) == 1 and sources[images[0]] == 1 and images[0] not in old.codes:
            yield code, new.codes[images[0]]


def _of_map(became: CodeMap, old: Codebook) -> list[Change]:
    """Renames, merges, splits and retirements of a map, in the old codebook's order."""
    sources: dict[tuple[str, ...], list[str]] = {}
    for code in old.codes:
        if code in became:
            sources.setdefault(became[code], []).append(code)
    changes: list[Change] = []
    for images, codes in sources.items():
        if not images:
            changes += [{"op": "retire", "code": code} for code in codes]
        elif len(images) > 1:
            changes += [{"op": "split", "code": code, "to": list(images)} for code in codes]
        elif len(codes) > 1 or images[0] in old.codes:
            changes.append({"op": "merge", "codes": codes, "to": images[0]})
        else:
            changes.append({"op": "rename", "from": codes[0], "to": images[0]})
    return changes


def _creation(code: Code, said: Said) -> Change:
    """A new code: set beforehand (deductive), or grown from passages (inductive)."""
    made: Change = {"op": "create", "code": code.id, "theme": code.theme}
    if code.id not in said.inductive:
        return {**made, "how": "deductive"}
    passage = said.inductive[code.id]
    return {**made, "how": "inductive", **({"passage": passage} if passage else {})}


def _of_pair(one: Code, other: Code) -> Iterable[Change]:
    """What changed in a code that goes on: its meaning, its category."""
    was, now = meaning_texts(one), meaning_texts(other)
    if was != now:
        fields = [name for name in MEANING if was[name] != now[name]]
        yield {"op": "redefine", "code": other.id, "fields": fields, "was": meaning_of(one), "now": meaning_of(other)}
    if one.theme != other.theme:
        yield {"op": "move", "code": other.id, "from": one.theme, "to": other.theme}
