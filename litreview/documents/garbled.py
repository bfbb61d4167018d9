"""Whether a page's characters are its letters: text layers with wrong encodings look like words only to a machine.

What gives them away: characters that stand for nothing (replaced, private, codes of glyphs), bytes of one encoding read
in another, letters of scripts that no language mixes, and much text without one common word whose letters do not fall
as in any language of Latin letters. Every share is taken over a whole page, so that a few odd marks cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from litreview.language.detect import ENGLISH, INDONESIAN, OTHER

_NOTHING = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010ffff]")
_CID = re.compile(r"\(cid:\d+\)")
_MOJIBAKE = re.compile(
    "[\u00c2-\u00c5\u00d0\u00d1\u00d8\u00d9\u00e2\u00e3\u00e6]"
    "[\u0080-\u00bf\u0152-\u017e\u02c6\u02dc\u2013-\u20ac\u2122]"
)
_BLANK_BOXES = re.compile("[?\u25a0\u25a1\u25af]")
_RARE_LATIN = re.compile("[\u0100-\u02ff]")
_GREEK = re.compile("[\u0370-\u03ff]{4,}")  # not the single letters of formulas
_GREEK_ACCENTS = re.compile("[\u0386\u0388-\u0390\u03aa-\u03b0\u03ca-\u03ce]")
_MIXED = re.compile("(?:[a-zA-Z][\u0391-\u03c9\u0410-\u044f\u0590-\u06ff\u3040-\u9fff\uac00-\ud7a3]){2}")
_COMMON = INDONESIAN | ENGLISH | OTHER
_USUAL = "aeinorst"  # the commonest letters: together over half of the text in languages of Latin letters
_SAMPLE = 5  # every so many words of a full page are looked at first
_MUCH = 200  # letters, from which on their shares tell something


def is_garbled(words: Sequence[str]) -> bool:
    """Whether most of a page's characters are not its letters. A page with hardly any text is not judged."""
    if len(words) > 30 * _SAMPLE and _is_plain(words[::_SAMPLE]):
        return False
    text = " ".join(words)
    told = _share_of_common(words) > 0.04
    if not text.isascii():
        strange = len(_NOTHING.findall(text))
        if strange > 9 and strange > (0.15 if told else 0.03) * len(text):
            return True
        if 2 * len(_MOJIBAKE.findall(text)) > max(20, 0.06 * len(text)):
            return True
    if told:
        return False
    blank = len(_BLANK_BOXES.findall(text))
    codes = sum(map(len, _CID.findall(text)))
    if codes > 0.3 * len(text) or (blank > 40 and blank > 0.3 * len(text)):
        return True
    return _foreign_by_mistake(words, text) if not text.isascii() else _no_language(text)


def _is_plain(sample: Sequence[str]) -> bool:
    """Whether a page's words, by a sample of them, are a known language in plain letters; true of most pages."""
    text = " ".join(sample)
    odd = 0 if text.isascii() else len(text) - len(text.encode("ascii", "ignore"))
    return odd < 0.03 * len(text) and _share_of_common(sample) > 0.08


def _share_of_common(words: Sequence[str]) -> float:
    """The share of common words of any language known here; each must be written in one case, as in a text."""
    return sum(map(_COMMON.__contains__, words)) / max(1, len(words))


def _foreign_by_mistake(words: Sequence[str], text: str) -> bool:
    """Latin letters shown by glyph codes that belong to other letters: rare Latin ones, Greek without accents, scripts
    mixed inside words; else the ASCII letters are judged, where they are nearly all."""
    letters = sum(map(str.isalpha, text))
    if letters < _MUCH:
        return False
    if len(_RARE_LATIN.findall(text)) > 0.35 * letters:
        return True
    greek = sum(map(len, _GREEK.findall(text)))
    if greek > 0.5 * letters and len(_GREEK_ACCENTS.findall(text)) < 0.02 * greek:
        return True
    mixed = sum(_MIXED.search(word) is not None for word in words)
    if mixed > 0.15 * len(words):
        return True
    plain = sum(c.isascii() and c.isalpha() for c in text)
    return plain > 0.9 * letters and _no_language(text)


def _no_language(text: str) -> bool:
    """Whether a page's Latin letters fall as in no language: they stand among signs, or the usual ones are rare."""
    small = text.lower()
    counted = {letter: small.count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"}
    letters = sum(counted.values())
    if letters < _MUCH or letters < 0.45 * (len(text) - text.count(" ")):
        return False
    usual = sum(counted[letter] for letter in _USUAL) / letters
    vowels = sum(counted[letter] for letter in "aeiou") / letters
    return usual < 0.47 or not 0.22 < vowels < 0.62
