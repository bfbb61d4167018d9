"""Accents that a PDF draws as characters of their own beside the letter that they belong to."""

from __future__ import annotations

import re
import unicodedata

_LOOSE = {"´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "¸": "\u0327"}
_PLACE = re.compile(f"([^\\W\\d_])?([{''.join(_LOOSE)}])([^\\W\\d_])?")
_VOWELS = frozenset("aeiouyAEIOUY")


def compose_accents(text: str) -> str:
    """Text with loose accents set on their letters: on the vowel beside, on the one behind where there are two (as TeX
    writes), else on the letter that has such a form. An accent that fits no letter stays."""
    return _PLACE.sub(_compose, text) if any(accent in text for accent in _LOOSE) else text


def _compose(match: re.Match[str]) -> str:
    before, accent, after = match.group(1) or "", match.group(2), match.group(3) or ""
    on_before, on_after = _join(before, accent), _join(after, accent)
    if on_after and (not on_before or after in _VOWELS):
        return before + on_after
    return on_before + after if on_before else match.group()


def _join(letter: str, accent: str) -> str:
    """The letter with its accent as one character, empty where there is none."""
    composed = unicodedata.normalize("NFC", letter.replace("ı", "i") + _LOOSE[accent]) if letter else ""
    return composed if len(composed) == 1 else ""
