"""Cues compiled once against each other: every word of a text is looked up once, whatever the number of cues.

Each distinct word or set of the cues is one bit. A word of the text has a mask of the bits that it satisfies, kept in a
bounded cache; the masks of a sentence, joined, tell which cues can stand there at all, and only those are tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from litreview.coding.cues import SENTENCE, Cue, Gap, Group, Node, Word
from litreview.language.stems import form, stem

CACHE_SIZE = 200_000


class Step(msgspec.Struct, frozen=True):
    """A compiled node: words by `mask`, a gap (`most` words), or `choices` of sequences."""

    mask: int = 0
    most: int = -1
    wide: bool = False
    choices: tuple[tuple[Step, ...], ...] = ()
    optional: bool = False


class Compiled(msgspec.Struct, frozen=True):
    """A cue ready to be tried; every mask of `needs` must meet the words of the sentence."""

    code: str
    cue: Cue
    parts: tuple[tuple[Step, ...], ...]
    absent: tuple[tuple[Step, ...], ...]
    needs: tuple[int, ...]
    firsts: tuple[int, ...]  # for each part, the bits that its first word may have
    absent_firsts: tuple[int, ...]


class Words(msgspec.Struct, frozen=True):
    """What the matcher sees of a sentence: the mask of each word, and its clause."""

    masks: tuple[int, ...]
    clauses: tuple[int, ...]


class Matcher:
    """All cues of a codebook, compiled. Immutable but for its cache of words."""

    def __init__(self, cues: Sequence[tuple[str, Cue]], extra: Sequence[Sequence[Word]] = ()) -> None:
        self._bits: dict[frozenset[Word], int] = {}
        self._stems: dict[str, dict[str, int]] = {"id": {}, "en": {}}
        self._forms: dict[str, int] = {}
        self._starts: dict[str, int] = {}
        self._cache: dict[tuple[str, str], int] = {}
        self.extra = tuple(self._bit(frozenset(words)) for words in extra)
        self.cues = tuple(self._compile(code, cue) for code, cue in cues)
        self._by_bit = self._index()
        self.triggers = sum(self._by_bit)  # every bit that brings a cue up for trial

    def _compile(self, code: str, cue: Cue) -> Compiled:
        parts = tuple(self._sequence(part) for part in cue.parts)
        absent = tuple(self._sequence(part) for part in cue.absent)
        needs = [need for part in parts for need in _needs(part)]
        firsts, absent_firsts = tuple(map(_first, parts)), tuple(map(_first, absent))
        return Compiled(code, cue, parts, absent, tuple(dict.fromkeys(needs)), firsts, absent_firsts)

    def _sequence(self, nodes: Sequence[Node]) -> tuple[Step, ...]:
        return tuple(self._step(node) for node in nodes)

    def _step(self, node: Node) -> Step:
        if isinstance(node, Word):
            return Step(mask=self._bit(frozenset([node])))
        if isinstance(node, Gap):
            return Step(most=node.most, wide=node.wide)
        single = _flat(node)
        others = tuple(self._sequence(choice) for choice in node.choices if not _is_flat(choice))
        first = ((Step(mask=self._bit(frozenset(single))),),) if single else ()
        if single and not others and not node.optional:
            return Step(mask=self._bit(frozenset(single)))
        return Step(choices=first + others, optional=node.optional)

    def _bit(self, words: frozenset[Word]) -> int:
        if words in self._bits:
            return self._bits[words]
        bit = self._bits[words] = 1 << len(self._bits)
        for word in words:
            if word.how == "start":
                self._starts[word.text] = self._starts.get(word.text, 0) | bit
            elif word.how == "form":
                self._forms[form(word.text)] = self._forms.get(form(word.text), 0) | bit
            else:
                for language, known in self._stems.items():
                    key = stem(word.text, language)
                    known[key] = known.get(key, 0) | bit
        return bit

    def _index(self) -> dict[int, list[Compiled]]:
        """Cues by the bit of the fewest words among those that they need."""
        width = {bit: len(words) for words, bit in self._bits.items()}
        index: dict[int, list[Compiled]] = {}
        for cue in self.cues:
            best = min(cue.needs, key=lambda need: sum(w for bit, w in width.items() if bit & need))
            for bit in width:
                if bit & best:
                    index.setdefault(bit, []).append(cue)
        return index

    def mask(self, word: str, language: str, name: bool = False) -> int:
        """The bits that a word satisfies. A name (capital inside a sentence) is matched by its form alone."""
        key = (word, "name" if name else language)
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) >= CACHE_SIZE:
                self._cache.clear()
            found = self._cache[key] = self._look_up(word, language, name)
        return found

    def _look_up(self, word: str, language: str, name: bool) -> int:
        lower = word.lower()
        mask = self._forms.get(form(lower), 0) | self._forms.get(lower, 0)
        for start, bit in self._starts.items():
            if lower.startswith(start):
                mask |= bit
        key = lower if name else stem(lower, language)
        return mask | self._stems.get(language, {}).get(key, 0)

    def candidates(self, union: int) -> list[Compiled]:
        """Cues whose needed words all stand among a sentence's words, in an order that the cues alone decide."""
        found: dict[int, Compiled] = {}
        left = union & self.triggers
        while left:
            bit = left & -left
            left ^= bit
            for cue in self._by_bit[bit]:
                for need in cue.needs:
                    if not need & union:
                        break
                else:
                    found[id(cue)] = cue
        return list(found.values())


def _flat(group: Group) -> list[Word]:
    return [choice[0] for choice in group.choices if _is_flat(choice) and isinstance(choice[0], Word)] + [
        word
        for choice in group.choices
        if _is_flat(choice) and isinstance(choice[0], Group)
        for word in _flat(choice[0])
    ]


def _is_flat(choice: Sequence[Node]) -> bool:
    """A choice that is one word, or a group of single words, fits into one mask."""
    if len(choice) != 1:
        return False
    node = choice[0]
    if isinstance(node, Word):
        return True
    return isinstance(node, Group) and not node.optional and all(_is_flat(each) for each in node.choices)


def _needs(sequence: Sequence[Step]) -> list[int]:
    needs = []
    for step in sequence:
        if step.mask:
            needs.append(step.mask)
        elif step.choices and not step.optional:
            needs.append(_any_of(step.choices))
    return needs


def _any_of(choices: Sequence[Sequence[Step]]) -> int:
    union = 0
    for choice in choices:
        union |= _needs(choice)[0]
    return union


def _first(sequence: Sequence[Step]) -> int:
    """The bits that the first word of a sequence may have."""
    union = 0
    for step in sequence:
        for choice in step.choices:
            union |= _first(choice)
        union |= step.mask
        if not step.optional:
            break
    return union


def find(cue: Compiled, words: Words) -> Iterator[tuple[int, ...]]:
    """Every place of a cue in a sentence, as the indexes of the words that it matched."""
    for part, first in zip(cue.absent, cue.absent_firsts, strict=True):
        if any(True for _ in _places(part, first, words)):
            return
    for place in _places(cue.parts[0], cue.firsts[0], words):
        found = [place]
        for part, first in zip(cue.parts[1:], cue.firsts[1:], strict=True):
            near = next((p for p in _places(part, first, words) if _together(place, p, words, cue)), None)
            if near is None:
                break
            found.append(near)
        else:
            yield tuple(sorted({index for each in found for index in each}))


def _together(one: Sequence[int], other: Sequence[int], words: Words, cue: Compiled) -> bool:
    return cue.cue.within == SENTENCE or words.clauses[one[0]] == words.clauses[other[0]]


def _places(sequence: tuple[Step, ...], first: int, words: Words) -> Iterator[tuple[int, ...]]:
    """Places of a sequence, one for each start."""
    for start, mask in enumerate(words.masks):
        if mask & first:
            found = _match(sequence, start, words, None)
            if found is not None:
                yield found


def _match(steps: tuple[Step, ...], at: int, words: Words, clause: int | None) -> tuple[int, ...] | None:
    """Indexes of words that a sequence matches from a place on, or None. `clause`: of the word before, if any."""
    if not steps:
        return ()
    step, rest = steps[0], steps[1:]
    if step.most >= 0:
        return _after_gap(step, rest, at, words, clause)
    if step.choices:
        for choice in step.choices:
            found = _match(choice + rest, at, words, clause)
            if found is not None:
                return found
        return _match(rest, at, words, clause) if step.optional else None
    if at >= len(words.masks) or not words.masks[at] & step.mask:
        return None
    if clause is not None and words.clauses[at] != clause:
        return None
    found = _match(rest, at + 1, words, words.clauses[at])
    return None if found is None else (at, *found)


def _after_gap(step: Step, rest: tuple[Step, ...], at: int, words: Words, clause: int | None) -> tuple[int, ...] | None:
    for skipped in range(step.most + 1):
        here = at + skipped
        if here >= len(words.masks) or (not step.wide and words.clauses[here] != clause):
            return None
        found = _match(rest, here, words, None if step.wide else clause)
        if found is not None:
            return found
    return None
