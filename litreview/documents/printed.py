"""Printed page numbers: what the running heads and feet say, where it makes a sequence; else the PDF's labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from litreview.documents.extract import RawPage
from litreview.documents.margins import PAGE_NUMBER, head_texts

_ARABIC = re.compile(r"^\d{1,4}$")
_ROMAN = re.compile(r"^(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$", re.IGNORECASE)
_TRIM = "|-–—~[]().,:"
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

Candidate = tuple[bool, int]  # roman?, value


def printed_numbers(pages: Sequence[RawPage]) -> list[str | None]:
    """The printed number of each page of one file (roman ones in small letters), None where nothing tells it."""
    candidates = [_candidates(page) for page in pages]
    chosen = _in_sequence(candidates)
    filled = _fill(chosen)
    if any(filled):
        return [_show(one) for one in filled]
    if any(page.label for page in pages):
        return [page.label or None for page in pages]
    return [None] * len(pages)


def _candidates(page: RawPage) -> list[Candidate]:
    """Numbers at either end of a running head or foot, a lone number first."""
    alone, ends = [], []
    for text in [*head_texts(page), *(line.text for line in page.dropped if len(line.words) < 4)]:
        match = PAGE_NUMBER.match(text.replace(" ", ""))
        if match:
            alone.append(match.group(1))
        words = text.split()
        ends.extend([words[0].strip(_TRIM), words[-1].strip(_TRIM)])
    return list(dict.fromkeys(value for word in alone + ends if (value := _value(word)) is not None))


def _value(word: str) -> Candidate | None:
    if _ARABIC.match(word):
        return False, int(word)
    if _ROMAN.match(word):
        return True, _roman_value(word.lower())
    return None


def _roman_value(word: str) -> int:
    values = [_VALUES[letter] for letter in word]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def is_number(word: str) -> bool:
    """Whether a word is a page number, arabic or roman."""
    return bool(word) and _value(word) is not None


def next_number(number: str) -> str:
    """The page number after one, in the same numerals; any other label has none: it is given back."""
    value = _value(number)
    return number if value is None else _show((value[0], value[1] + 1)) or ""


def _in_sequence(candidates: Sequence[list[Candidate]]) -> list[Candidate | None]:
    """For each page the candidate whose distance to the page's place most other pages share. Two pages must agree,
    unless the file has a single page."""
    votes: Counter[tuple[bool, int]] = Counter()
    for i, found in enumerate(candidates):
        votes.update({(roman, value - i) for roman, value in found})
    need = 2 if len(candidates) > 1 else 1
    chosen: list[Candidate | None] = []
    for i, found in enumerate(candidates):
        ranked = sorted(found, key=lambda c: (-votes[(c[0], c[1] - i)], c))
        best = ranked[0] if ranked and votes[(ranked[0][0], ranked[0][1] - i)] >= need else None
        chosen.append(best)
    return _without_strays(chosen)


def _without_strays(chosen: list[Candidate | None]) -> list[Candidate | None]:
    """Leave out numbers that disagree with the same sequence on both sides of them: misread or other numbers."""
    offsets = [(one[0], one[1] - i) if one else None for i, one in enumerate(chosen)]
    for i, offset in enumerate(offsets):
        before = Counter(o for o in offsets[max(0, i - 4) : i] if o and o != offset).most_common(1)
        after = Counter(o for o in offsets[i + 1 : i + 5] if o and o != offset).most_common(1)
        if offset and before and after and before[0][0] == after[0][0] and before[0][1] + after[0][1] > 2:
            chosen[i] = None
    return chosen


def _fill(chosen: Sequence[Candidate | None]) -> list[Candidate | None]:
    """Give pages without a number the one that their neighbours' sequence asks for: between two pages of the same
    sequence, after its last page, and before its first one while the number stays above zero."""
    filled = list(chosen)
    known = [i for i, one in enumerate(chosen) if one is not None]
    for i, one in enumerate(chosen):
        if one is not None or not known:
            continue
        before = max((k for k in known if k < i), default=None)
        after = min((k for k in known if k > i), default=None)
        guesses = [_shift(chosen[k], i - k) for k in (after, before) if k is not None]
        filled[i] = next((guess for guess in guesses if guess is not None), None)
    return filled


def _shift(one: Candidate | None, by: int) -> Candidate | None:
    if one is None or one[1] + by < 1:
        return None
    return one[0], one[1] + by


def _show(one: Candidate | None) -> str | None:
    if one is None:
        return None
    return _roman(one[1]) if one[0] else str(one[1])


def _roman(value: int) -> str:
    parts = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for size, letters in parts:
        while value >= size:
            text += letters
            value -= size
    return text
