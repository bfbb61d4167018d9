"""How alike two titles are: beginnings, misprints, other numbers, places and kinds of notice. Pure."""

from __future__ import annotations

from collections import Counter
from enum import IntEnum

from litreview.records.comparable import GREEK_NAMES, NOTICES, STOP_WORDS
from litreview.records.features import Features

PREFIX_WORDS, PREFIX_LENGTH = 4, 20
CUT_LENGTH = 100  # databases cut long titles without a mark; a shorter beginning is a title without its subtitle
NEAR_RATIO, TYPO_RATIO = 90.0, 75.0
MISPRINTED_LETTERS = 3  # so many letters may differ in a misprinted title, and no word may become its opposite
MISPRINTED_LENGTH = 30  # a shorter beginning must be the same
_OPPOSITE_LIST = """
hyper/hypo with/without pre/post intra/inter intra/extra inter/extra micro/macro systolic/diastolic
increas/decreas male/female acute/chronic primary/secondary upper/lower left/right early/late low/high
small/large short/long mono/poly uni/bi men/women agonist/antagonist maternal/paternal vivo/vitro rural/urban
young/old in/out boys/girls selective/nonselective invasive/noninvasive sebelum/sesudah pria/wanita
"""
_OPPOSITES = tuple(tuple(pair.split("/")) for pair in _OPPOSITE_LIST.split())


class TitleLikeness(IntEnum):
    """How alike two titles are."""

    OTHER = 0
    NEAR = 1  # most words the same, the others look alike
    MISPRINT = 2  # a letter or two
    BEGINS = 3  # one is the beginning of the other
    SAME = 4


def compare_titles(one: Features, other: Features) -> TitleLikeness:
    """How alike two titles are; OTHER where one is missing."""
    if not one.key or not other.key:
        return TitleLikeness.OTHER
    if one.compact == other.compact:
        return TitleLikeness.SAME
    if title_begins(one, other) or title_begins(other, one):
        return TitleLikeness.BEGINS
    if one.generic or other.generic or one.truncated or other.truncated:
        return TitleLikeness.OTHER
    if not near_titles(one, other):
        return TitleLikeness.OTHER
    return TitleLikeness.MISPRINT if _is_misprint(one, other) else TitleLikeness.NEAR


def _is_misprint(one: Features, other: Features) -> bool:
    from rapidfuzz.distance import Indel

    if _lost_greek(_left_over(one, other), _left_over(other, one)):
        return True
    most = max(MISPRINTED_LETTERS, min(len(one.compact), len(other.compact)) // 25)
    return Indel.distance(one.compact, other.compact, score_cutoff=most) <= most


def title_begins(short: Features, long: Features) -> bool:
    """Whether a title is the beginning of another; where it was cut, aloud or at a length, its last word may be."""
    if len(short.key) < PREFIX_LENGTH or short.key.count(" ") < PREFIX_WORDS - 1 or len(short.key) > len(long.key):
        return False
    if short.truncated or len(short.key) >= CUT_LENGTH:
        return long.compact.startswith(short.compact) or _begins_but_for_misprints(short, long)
    return long.key.startswith(short.key + " ")


def _begins_but_for_misprints(short: Features, long: Features) -> bool:
    from rapidfuzz.distance import Indel

    if not short.truncated or not short.numbers <= long.numbers or len(short.compact) < MISPRINTED_LENGTH:
        return False
    start = long.compact[: len(short.compact)]
    return Indel.distance(short.compact, start, score_cutoff=MISPRINTED_LETTERS) <= MISPRINTED_LETTERS


def begins_alike(short: Features, long: Features) -> bool:
    """Whether a cut title and the beginning of another are alike, but for misprints."""
    from rapidfuzz import fuzz

    return fuzz.ratio(short.compact, long.compact[: len(short.compact)]) >= NEAR_RATIO


def near_titles(one: Features, other: Features) -> bool:
    """Whether titles differ by misprints and small words alone: each word left over has a look-alike."""
    from rapidfuzz import fuzz

    if fuzz.ratio(one.key, other.key, score_cutoff=NEAR_RATIO) < NEAR_RATIO:
        return False
    left, right = _left_over(one, other), _left_over(other, one)
    if "".join(left) == "".join(right) or _lost_greek(left, right):
        return True
    if _opposed(left, right):
        return False
    if len(left) != len(right):  # a misprinted small word is none
        left, right = _left_over(one, other, frozenset()), _left_over(other, one, frozenset())
    if len(left) != len(right):
        return fuzz.ratio("".join(left), "".join(right)) >= NEAR_RATIO
    return all(fuzz.ratio(a, b) >= TYPO_RATIO for a, b in zip(left, right, strict=True))


def _lost_greek(left: list[str], right: list[str]) -> bool:
    """Whether one title has Greek letters that the other's export lost, and nothing else is left over."""
    return not (left and right) and GREEK_NAMES.issuperset(left + right)


def _opposed(left: list[str], right: list[str]) -> bool:
    """Whether a word of one has its opposite in the other ("hypertension", "hypotension")."""
    ones, others = (" " + " ".join(words) for words in (left, right))
    return any(
        (f" {a}" in ones and f" {b}" in others) or (f" {b}" in ones and f" {a}" in others) for a, b in _OPPOSITES
    )


def _left_over(one: Features, other: Features, small: frozenset[str] = STOP_WORDS) -> list[str]:
    """Words of one title that the other lacks, in order, without small words."""
    spare = Counter(other.tokens)
    found = []
    for token in one.tokens:
        if spare[token]:
            spare[token] -= 1
        elif token not in small:
            found.append(token)
    return found


def notices_agree(one: Features, other: Features) -> bool:
    """Whether both or neither are an erratum, a reply … A cut title may lack the word, unless it ends the other."""
    if one.notices == other.notices:
        return True
    cut, whole = (one, other) if one.truncated else (other, one)
    if not cut.truncated or not cut.notices < whole.notices:
        return False
    return whole.tokens[-1] not in NOTICES and "correction" not in whole.notices


def tells_otherwise(one: Features, other: Features) -> bool:
    """Whether titles that are not the same tell of different things: another number, or another place."""
    return one.numbers != other.numbers or not _places_agree(one, other)


def _places_agree(one: Features, other: Features) -> bool:
    """Whether every place of one title stands in the other, but for one letter."""
    from rapidfuzz.distance import Levenshtein

    if one.places == other.places:
        return True
    left, right = one.places.difference(other.tokens), other.places.difference(one.tokens)

    def misprinted(name: str, tokens: tuple[str, ...]) -> bool:
        return len(name) > 5 and any(Levenshtein.distance(name, token, score_cutoff=1) <= 1 for token in tokens)

    return all(misprinted(name, other.tokens) for name in left) and all(misprinted(name, one.tokens) for name in right)
