"""First authors and lists of authors made comparable: families, initials, particles, group names. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from litreview.records.comparable import IDEOGRAPH, fold, is_unknown
from litreview.records.fields import is_initials

AGREE, UNTOLD, DIFFER = 1, 0, -1
_NOBODY = frozenset({"anonymous", "anon", "no authors listed", "no author", "et al", "others", "author", "various"})
_PARTICLE_LIST = "van von der den de del della di da dos du la le ter ten el al bin binti ibn st dr prof jr sr"
_PARTICLES = frozenset(_PARTICLE_LIST.split())
_GLUED = re.compile(r"(?<=\.)(?=[^\W\d_]{2})|\s+and\s+|;")  # "Adeli K.Lewis G. F.": names that lost their commas
_WORD = re.compile(r"[^\W\d_]+")
LIKE_FAMILY = 0.84  # Jaro-Winkler or so many letters alike: "Mueller" and "Müller"


class Name(NamedTuple):
    """An author: folded words that are more than initials, without particles; and the first letters of given names."""

    words: tuple[str, ...] = ()
    initials: str = ""
    family: str = ""  # "" where the name does not tell


NOBODY = Name()


def first_author(authors: Sequence[str]) -> Name:
    """The first author, or `NOBODY`."""
    if not authors or is_unknown(authors[0]):
        return NOBODY
    pieces = [piece for piece in _GLUED.split(authors[0][:300]) if piece.strip()]
    name = read_name(pieces[0]) if pieces else NOBODY
    only_initials = all(len(word) == 1 for word in name.words)  # "J.R.Smith" is one name
    return read_name(authors[0][:300]) if len(pieces) > 1 and only_initials else name


def read_name(author: str) -> Name:
    """A name from "Family, Given", "Family GI", "G. I. Family", "Given Family"; `NOBODY` for "Anonymous"."""
    before, comma, after = author.strip("[]. ").partition(",")
    if fold(author).strip("[]()., ") in _NOBODY:
        return NOBODY
    every = [part for part in re.split(r"[\s.,\-‐]+", author) if part]
    long = [part for part in every if not is_initials(part)]
    words = [word for part in (long or every[:1]) for word in _WORD.findall(fold(part))]
    kept = tuple(word for word in words if word not in _PARTICLES) or tuple(words)
    family = "".join(word for word in _WORD.findall(fold(before)) if word not in _PARTICLES) if comma and before else ""
    given = after if comma else " ".join(part for part in every if is_initials(part))
    if IDEOGRAPH.search(author):
        return Name(kept, "", "")
    letters = "".join(
        fold(part)[:1] if not is_initials(part) else fold(part) for part in re.split(r"[\s.,\-‐]+", given) if part
    )
    return Name(kept, "".join(sign for sign in letters if sign.isalpha()), family)


def compare_names(one: Name, other: Name) -> int:
    """Whether two names can be one person's: AGREE, DIFFER, or UNTOLD where one is missing."""
    if not one.words or not other.words:
        return UNTOLD
    if not _families_alike(one, other):
        return DIFFER
    if one.initials and other.initials and not set(one.initials) & set(other.initials):
        shared = set(one.words) & set(other.words)
        return AGREE if len(shared) > 1 else DIFFER
    return AGREE


def _families_alike(one: Name, other: Name) -> bool:
    """A word in common, or families alike but for signs and spelling."""
    from rapidfuzz import fuzz

    if not set(one.words).isdisjoint(other.words):
        return True
    left, right = one.family or "".join(one.words), other.family or "".join(other.words)
    if left in (right, "".join(other.words)) or right == "".join(one.words):
        return True
    return min(len(left), len(right)) > 3 and fuzz.ratio(left, right) >= 100 * LIKE_FAMILY


def shared_families(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of the shorter list's names whose words stand in the other's; 0.0 for lists of fewer than two words."""
    left, right = _all_words(one), _all_words(other)
    few = min(len(left), len(right))
    return len(left & right) / few if few > 1 else 0.0


def _all_words(authors: Sequence[str]) -> frozenset[str]:
    words = (word for author in authors[:50] for word in _WORD.findall(author[:2000]) if not is_initials(word))
    return frozenset(word for word in map(fold, words) if len(word) > 2 and word not in _PARTICLES)
