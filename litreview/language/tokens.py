"""Words of Indonesian and English text, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

# A word may hold digits (P2K2), apostrophes (isn't), points between digits (3.145) and a doubling (ibu-ibu).
_PLAIN = r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’](?!(?:s|S)\b)[^\W_]+)*"
_DOUBLE = r"(?P<half>[^\W\d_]{2,})-(?:[^\W\d_]{2,4}?)?(?P=half)[^\W\d_]*"
WORD = re.compile(rf"(?:{_DOUBLE})|{_PLAIN}", re.IGNORECASE)
_SIDE = re.compile(r"[,–—“”\"«»]| - ")
_END = re.compile(r"[;:.?!]")
_NONE, _SOFT, _HARD = 0, 1, 2


class Words(msgspec.Struct, frozen=True):
    """The words of a stretch of text: `texts` as written, offsets in code points, and what parts each from the word
    before it (`breaks`: 0 nothing, 1 a comma, 2 a stronger mark)."""

    texts: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    breaks: tuple[int, ...]


def find_words(text: str, start: int = 0, end: int | None = None, names: Iterable[Name] = ()) -> Words:
    """The words between two offsets. A name of several words (`names`, in order) stands as one word, its key."""
    stop = len(text) if end is None else end
    texts: list[str] = []
    spans: list[tuple[int, int]] = []
    at = start
    for name in names:
        _collect(text, at, name.start, texts, spans)
        texts.append(name.key)
        spans.append((name.start, name.end))
        at = name.end
    _collect(text, at, stop, texts, spans)
    edges = [start, *(span[1] for span in spans)]
    breaks = tuple(_break(text[edges[i] : spans[i][0]]) for i in range(len(spans)))
    return Words(tuple(texts), tuple(s for s, _ in spans), tuple(e for _, e in spans), breaks)


class Name(msgspec.Struct, frozen=True):
    """A name of several words found at a place, with the single word (`key`) that stands for it."""

    key: str
    start: int
    end: int


def _collect(text: str, start: int, end: int, texts: list[str], spans: list[tuple[int, int]]) -> None:
    for match in WORD.finditer(text, start, end):
        texts.append(match.group())
        spans.append(match.span())


def _break(between: str) -> int:
    if between == " " or between == "" or between == "-":
        return _NONE
    if _END.search(between):
        return _HARD
    return _SOFT if _SIDE.search(between) else _NONE


def word_set(words: str) -> frozenset[str]:
    """The words of a text parted by spaces, as a set (word lists are easier to read and mend so)."""
    return frozenset(words.split())
