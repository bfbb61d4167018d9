"""Words of the protocol's concepts in a text: the longest variant first, no stretch of text counted twice. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple


class Mention(NamedTuple):
    """A concept's words in a text; offsets are code points in it."""

    concept: str
    start: int
    end: int


def find_mentions(text: str, concepts: Mapping[str, Sequence[str]]) -> list[Mention]:
    """Every mention, in order. Where variants overlap the longest stands alone: "pendamping PKH" speaks for
    facilitation and not for PKH as well."""
    found: list[Mention] = []
    for concept, variants in concepts.items():
        for variant in variants:
            found += [Mention(concept, m.start(), m.end()) for m in _pattern(variant).finditer(text)]
    return sorted(_longest(found), key=lambda mention: mention.start)


def _longest(found: Iterable[Mention]) -> list[Mention]:
    """Of mentions that overlap, the longest (of equals the first)."""
    kept: list[Mention] = []
    taken: set[int] = set()
    for mention in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        span = range(mention.start, mention.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(mention)
    return kept


@lru_cache(maxsize=2000)
def _pattern(variant: str) -> re.Pattern[str]:
    """A variant as whole words in any case; spaces stand for spaces, line ends and hyphens; -nya, -lah and a plural s
    may follow."""
    words = [re.escape(word) for word in re.split(r"[\s-]+", variant.strip()) if word]
    if not words:
        return re.compile(r"(?!)")
    return re.compile(r"(?<!\w)" + r"[\s\u00a0-]+".join(words) + r"(?:nya|lah|pun|s)?(?!\w)", re.IGNORECASE)
