"""Sentences of Indonesian and English text, as offsets.

A sentence ends at `.`, `!`, `?` or `…`, with closing quotes and brackets, before a space and a beginning: a capital, a
digit, an opening quote or bracket. A full stop after an abbreviation, an initial or a list number ends nothing.
"""

from __future__ import annotations

import re

ABBREVIATIONS = frozenset(
    [
        "kab",
        "kec",
        "kel",
        "ds",
        "dsn",
        "kp",
        "jl",
        "jln",
        "no",
        "nos",
        "nr",
        "hlm",
        "hal",
        "halm",
        "dkk",
        "dll",
        "dsb",
        "dst",
        "tsb",
        "sdr",
        "sdri",
        "bpk",
        "bp",
        "ibu",
        "drs",
        "dra",
        "dr",
        "ir",
        "prof",
        "hj",
        "h",
        "st",
        "s.pd",
        "s.sos",
        "m.si",
        "m.sos",
        "m.pd",
        "s.e",
        "m.m",
        "ph.d",
        "rt",
        "rw",
        "tgl",
        "th",
        "thn",
        "ttd",
        "cq",
        "a.n",
        "u.p",
        "d.a",
        "yth",
        "an",
        "sbb",
        "spt",
        "ay",
        "qs",
        "op.cit",
        "loc.cit",
        "ibid",
        "vol",
        "ed",
        "eds",
        "edn",
        "cet",
        "jil",
        "fig",
        "figs",
        "tab",
        "gbr",
        "eq",
        "eqs",
        "sec",
        "sect",
        "ch",
        "chap",
        "pp",
        "pg",
        "p",
        "vs",
        "viz",
        "cf",
        "ca",
        "e.g",
        "i.e",
        "al",
        "et.al",
        "etc",
        "resp",
        "approx",
        "mr",
        "mrs",
        "ms",
        "messrs",
        "st",
        "inc",
        "ltd",
        "co",
        "corp",
        "dept",
        "univ",
        "assn",
        "bros",
        "jr",
        "sr",
        "gen",
        "gov",
        "rep",
        "sen",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "agt",
        "sep",
        "sept",
        "oct",
        "okt",
        "nov",
        "nop",
        "des",
        "dec",
        "min",
        "max",
        "incl",
        "est",
        "art",
        "par",
        "ayat",
    ]
)
_ALWAYS_INSIDE = frozenset(
    [
        "kab",
        "kec",
        "kel",
        "ds",
        "dsn",
        "jl",
        "jln",
        "no",
        "nr",
        "hlm",
        "hal",
        "halm",
        "sdr",
        "sdri",
        "bpk",
        "drs",
        "dra",
        "dr",
        "ir",
        "prof",
        "hj",
        "fig",
        "figs",
        "tab",
        "gbr",
        "eq",
        "eqs",
        "vol",
        "pp",
        "pg",
        "vs",
        "cf",
        "e.g",
        "i.e",
        "mr",
        "mrs",
        "ms",
        "messrs",
        "yth",
        "a.n",
        "cq",
        "ed",
        "eds",
        "ca",
        "tgl",
    ]
)
_BEFORE_YEARS = ("dkk", "al", "et.al", "etc", "dll", "dst")  # may end a sentence, but not before a year or a bracket
_END = re.compile(r"""([.!?…]+[)\]"'”’»]*(?:\[\d[\d,–-]*\])?)\s+(?=[("'“‘«\[¿¡]*[A-Z0-9À-ÖØ-ÞА-Я])""")
_LAST_TOKEN = re.compile(r"[^\s(\[\"'“‘/]+$")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Offsets (start, end) of the sentences of a paragraph, without the spaces around them."""
    found = []
    start = 0
    for match in _END.finditer(text):
        if text[match.start()] == "." and _continues(text, start, match):
            continue
        found.append((start, match.end(1)))
        start = match.end()
    last = len(text.rstrip())
    while start < last and text[start].isspace():
        start += 1
    if start < last:
        found.append((start, last))
    return found


def _continues(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the full stop belongs to an abbreviation, an initial or a list number."""
    at = match.start()
    if text[at : at + 2] not in (". ", ".\n", ".\t"):
        return False
    token = text[max(start, at - 20) : at]
    found = _LAST_TOKEN.search(token)
    if found is None:
        return False
    word = found.group()
    if len(word) == 1:
        return word.isupper() or (word.isalnum() and at - start <= 3)
    if word.isdigit():
        return at - start == len(word) and len(word) <= 3
    lower = word.lower()
    if lower in _ALWAYS_INSIDE:
        return True
    if lower in _BEFORE_YEARS:
        return text[match.end() : match.end() + 1] in "(0123456789"
    if lower in ABBREVIATIONS:
        return word[0].isupper() or lower in ("e.g", "i.e")
    return _initials(word)


def _initials(word: str) -> bool:
    """`J.K`, `W.J.S`: initials run together."""
    parts = word.split(".")
    return len(parts) > 1 and all(len(part) == 1 and part.isupper() for part in parts)
