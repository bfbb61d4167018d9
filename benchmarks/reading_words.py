"""Words as the truth of reading compares them: without case, punctuation or typographic variants."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_SAME = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": " ", "—": " ", "\u00ad": ""})


def words(text: str) -> list[str]:
    """Words of a text in small letters; a hyphen or an apostrophe inside one belongs to it."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).translate(_SAME).casefold())


def digest(text: str) -> str:
    """SHA-256 of a text's words, so that a long sentence can be compared without being kept."""
    return hashlib.sha256(" ".join(words(text)).encode()).hexdigest()
