"""Words as the search compares them: without case and diacritics, and by their light stems.

A sentence's words and a query's pass through the same functions, so that only equality matters: "mendampingi" and
"pendampingan" have one key in Indonesian, "facilitates" and "facilitation" in English.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from litreview.language.stems import CACHE_SIZE, stem
from litreview.language.tokens import WORD

_APOSTROPHES = str.maketrans("’ʼ`", "'''")
_PLAIN = re.compile(r"\w+(?:'\w+)*")  # for what holds no doubling: five times as fast as `WORD`
_JOINED = re.compile(r"\w+-\w+")
_DOUBLE = re.compile(r"([^\W\d_]{2,})-(?:[^\W\d_]{2,4}?)?\1")


def fold(text: str) -> str:
    """Text in lower case, without diacritics and ligatures."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text).translate(_APOSTROPHES)
    for mark in filter(unicodedata.combining, set(parts)):
        parts = parts.replace(mark, "")
    return parts.casefold()


def folded_words(folded: str) -> list[str]:
    """The words of a text that `fold` gave; a doubling (ibu-ibu) is one word."""
    if _has_doubling(folded):
        return [found.group() for found in WORD.finditer(folded)]
    return _PLAIN.findall(folded)


def folded_spans(text: str) -> list[tuple[str, int, int]]:
    """The words of a text, folded, each with its offsets in the text."""
    if text.isascii():
        folded: str = text.lower()
        places: Sequence[int] = range(len(text))
    else:
        parts = [fold(sign) for sign in text]
        folded, places = "".join(parts), [at for at, part in enumerate(parts) for _ in part]
    words = (WORD if _has_doubling(folded) else _PLAIN).finditer(folded)
    return [(found.group(), places[found.start()], places[found.end() - 1] + 1) for found in words]


def _has_doubling(folded: str) -> bool:
    return "-" in folded and any(_DOUBLE.search(found) for found in _JOINED.findall(folded))


def search_keys(words: Iterable[str], language: str) -> list[str]:
    """The keys of folded words in a language (`id` or `en`); in any other the words themselves."""
    return list(map(_KEYS[language].__getitem__, words)) if language in _KEYS else list(words)


class _Keys(dict[str, str]):
    """Keys of a language as they were made, no more than `CACHE_SIZE`."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, word: str) -> str:
        if len(self) >= CACHE_SIZE:
            self.clear()
        self[word] = key = stem(word, self.language)
        return key


_KEYS = {language: _Keys(language) for language in ("id", "en")}
