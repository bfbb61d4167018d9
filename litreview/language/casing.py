"""How a title is written: in capitals, With A Capital On Every Word, or as a sentence."""

from __future__ import annotations

import re
from enum import IntEnum

from litreview.language.tokens import word_set

TITLE_WORD = re.compile(r"\w+(?:['’]\w+)*")
SMALL_WORDS = word_set(
    """di ke dari pada dan atau dalam untuk yang oleh dengan terhadap bagi sebagai antara melalui menuju atas serta agar
    para sang si a an the of in on and or for to at with by from as but nor via into onto over between among through"""
)


class Casing(IntEnum):
    """From the best to keep to the worst."""

    SENTENCE = 0
    TITLE = 1  # a capital on every word but the small ones
    CAPITALS = 2  # which tell an acronym at least
    SMALL = 3  # no capital at all


def casing(title: str) -> Casing:
    """How a title is written; two words or fewer besides small ones tell no title case."""
    if title.isupper():
        return Casing.CAPITALS
    if title.islower():
        return Casing.SMALL
    telling = [
        found.group()
        for found in TITLE_WORD.finditer(title)
        if found.group()[0].isalpha() and found.group().lower() not in SMALL_WORDS and not begins(title, found.start())
    ]
    capital = sum(word[0].isupper() for word in telling)
    return Casing.TITLE if len(telling) > 2 and capital > 0.8 * len(telling) else Casing.SENTENCE


def begins(text: str, at: int) -> bool:
    """Whether a word stands where a capital says nothing: at the beginning, or after a mark that ends a sentence."""
    before = text[max(0, at - 6) : at].rstrip(" \"“”'‘’([")
    return not before or before[-1] in ".!?:—\n"
