"""Are two names one journal's? Databases abbreviate them, and add places, subtitles and conferences. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from litreview.records.comparable import fold, is_unknown

SAME, LIKE, OTHER = 2, 1, 0
_SMALL_LIST = """
of the and an for in on to de la le les des du del della et y e der die das fur und dan untuk i na w och en voor
"""
_SMALL = frozenset(_SMALL_LIST.split())
_ADDED = re.compile(  # a place, a translation, a conference, a subtitle that only describes: not the journal's name
    r"\s*[=(\[]|\s/\s|[.,\s]\s*conference\b|[.,]\s*(?:supplement|suppl)\b"
    r"|\s*(?:[:;]\s*|-\s?)(?:the|an?|official|journal|international|revista|zeitschrift|organ)\b"
)
_WORD = re.compile(r"[^\W_]+")
_FEWEST = 2  # letters of an abbreviation that is no beginning ("Dtsch")


def read_venue(name: str) -> str:
    """A journal's name as its folded words; "" unknown."""
    if is_unknown(name):
        return ""
    folded = fold(name[:300]).strip()
    added = _ADDED.search(folded, 1)
    return " ".join(_WORD.findall(folded[: added.start()] if added else folded) or _WORD.findall(folded))


@lru_cache(maxsize=100_000)
def compare_venues(one: str, other: str) -> int:
    """SAME for one journal however abbreviated, LIKE where one name goes on ("Blood", "Blood Cancer Journal") or the
    other is its letters ("JAMA"), else OTHER. Of names as `read_venue` gives them; 0 where one is unknown."""
    if one == other:
        return SAME if one else OTHER
    if len(one.split()) > len(other.split()):
        one, other = other, one
    if _letters_of(one, other):
        return SAME
    left, right = ([word for word in name.split() if word not in _SMALL] for name in (one, other))
    if not left or not right:
        return OTHER
    if not all(_abbreviates(a, b) for a, b in zip(left, right, strict=False)):
        return OTHER
    return SAME if len(left) == len(right) else LIKE


def _abbreviates(one: str, other: str) -> bool:
    """Whether one word is short for the other: its beginning, or its letters in order ("dtsch", "natl")."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return True
    if len(short) <= _FEWEST or short[0] != long[0]:
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)


def _letters_of(short: str, long: str) -> bool:
    """Whether a name of one word is the first letters of the other's ("jama", "bmj")."""
    words = long.split()
    if len(short) < 3 or " " in short or len(words) < 3:
        return False
    return short in ("".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL))
