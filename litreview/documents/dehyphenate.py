"""Words broken at line ends: which hyphen goes, and which belongs to the word."""

from __future__ import annotations

from collections.abc import Container

_HYPHENS = ("-", "‐", "\u00ad")
_KEEP_FIRST = frozenset(
    [
        "well",
        "self",
        "non",
        "cross",
        "high",
        "long",
        "short",
        "semi",
        "half",
        "full",
        "socio",
        "one",
        "two",
        "three",
        "four",
        "five",
        "first",
        "second",
        "third",
        "decision",
        "evidence",
        "community",
        "family",
        "user",
        "state",
        "large",
        "small",
        "multi",
    ]
)
_KEEP_BEFORE_WORDS = frozenset(("co", "ex", "low", "mid", "all", "so", "in", "up", "end", "e"))  # syllables too
_KEEP_SECOND = frozenset(
    [
        "based",
        "related",
        "level",
        "term",
        "making",
        "being",
        "specific",
        "scale",
        "oriented",
        "depth",
        "known",
        "to",
        "of",
        "up",
        "in",
        "on",
        "driven",
        "led",
        "wide",
        "free",
        "year",
        "old",
        "one",
        "two",
        "half",
        "end",
        "class",
        "house",
        "hand",
        "line",
        "date",
        "time",
        "quality",
        "income",
        "age",
        "aged",
    ]
)
_LONG = 5  # letters: so long a part that is a word is hardly one by chance
_STRIP = ".,;:!?()[]{}\"'“”‘’"


def join_words(first: str, second: str, vocabulary: Container[str]) -> str | None:
    """`first` as it goes on into `second` of the next line, without a space between: with its hyphen or without it.
    None when the two are not one broken word. `vocabulary` holds the document's unbroken words in small letters."""
    if len(first) < 2 or not first.endswith(_HYPHENS) or not first[-2].isalnum() or not second[0].isalnum():
        return None
    stem = first[:-1]
    if first[-1] != "\u00ad" and belongs(stem, second, vocabulary):
        return first
    return stem


def belongs(stem: str, second: str, vocabulary: Container[str]) -> bool:
    """Whether the hyphen between two parts is the word's own: doubled words (informasi-informasi, sayur-mayur), names
    and numbers (but not SciBERT where the document has it so), words that the document also writes with a hyphen,
    common compounds (co-author; but in-herent, where the rest is no word), and two long words of the document that it
    nowhere writes as one (machine-readable)."""
    left = stem.lower().strip(_STRIP).rsplit("-", 1)[-1]
    right = second.lower().strip(_STRIP)
    if f"{left}-{right}" in vocabulary:
        return True
    if left + right in vocabulary:
        return False
    if not second[0].islower() or not stem[-1].islower():
        return True
    after = right.split("-")[0]
    if is_doubled(left, right) or (after in _KEEP_SECOND and (len(after) >= _LONG or left in vocabulary)):
        return True
    if left in _KEEP_FIRST or (left in _KEEP_BEFORE_WORDS and right in vocabulary):
        return True
    return min(len(left), len(right)) >= _LONG and left in vocabulary and right in vocabulary


def is_doubled(left: str, right: str) -> bool:
    """Indonesian doubling: the same word, with affixes on either side, or with its first sound changed."""
    if len(left) < 4 or len(right) < 4:
        return left == right and len(left) > 2
    return left in right or right in left or _bare(right) in left or left[1:] in right


def _bare(word: str) -> str:
    """A word without the commonest endings."""
    for ending in ("nya", "kan", "an"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
