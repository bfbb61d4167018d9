"""Fields of records made comparable: clean text, keys of titles, DOIs, years, names. Pure."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

import msgspec

from litreview.records.model import Record

_TAG = re.compile(r"</?(?:i|b|em|strong|sup|sub|p|br|span|div|jats:\w+|inf|scp|u)\b[^<>]*>", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>{}|\\^`;]{1,300}", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_CLOSED_DATE = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)[01]\d[0-3]\d(?!\d)")
_SCHOLAR_MARK = re.compile(r"^(?:\[[A-Z]{1,9}\]\s*)+")
TRUNCATED = ("…", "...", ". . .")


def clean(value: str) -> str:
    """Text without mark-up, entities and runs of spaces, composed (NFC)."""
    if "<" in value or "&" in value:
        value = html.unescape(_TAG.sub("", value))
    return _SPACE.sub(" ", unicodedata.normalize("NFC", value)).strip()


def clean_title(value: str) -> str:
    """A title without mark-up and without the marks that search engines put before it ("[PDF] …")."""
    return _SCHOLAR_MARK.sub("", clean(value))


def fold(value: str) -> str:
    """Lower case without accents (compatibility forms decomposed)."""
    if value.isascii():
        return value.casefold()
    plain = unicodedata.normalize("NFKD", value)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def words(value: str) -> list[str]:
    """The words of a text, folded; punctuation falls away."""
    return _WORD.findall(fold(value))


def title_key(title: str) -> str:
    """A title's words joined by single spaces: equal keys mean the same title but for signs and case."""
    return " ".join(words(title))


def is_truncated(title: str) -> bool:
    """Whether a search engine cut the title ("… graduasi mandiri …")."""
    return title.rstrip().endswith(TRUNCATED)


def find_doi(*values: str) -> str:
    """The first DOI in some values, bare and in lower case; "" where there is none."""
    for value in values:
        found = _DOI.search(html.unescape(value).replace("%2F", "/").replace("%2f", "/"))
        if found:
            return _close(found[0].lower())
    return ""


def _close(doi: str) -> str:
    """A DOI without the signs of the sentence around it; a bracket that it opened itself stays."""
    doi = doi.rstrip(".,:'\"/*")
    while doi.endswith((")", "]")) and doi.count(doi[-1]) > doi.count({")": "(", "]": "["}[doi[-1]]):
        doi = doi[:-1].rstrip(".,:'\"/")
    return doi


def find_year(*values: str) -> int | None:
    """The first year from 1500 to 2099 in some values ("2014//", "20140301", "March 2014"), or None."""
    for value in values:
        found = _YEAR.search(value) or _CLOSED_DATE.search(value)
        if found:
            return int(found[1])
    return None


def family_name(author: str) -> str:
    """The folded family name: before the comma, else the last word that is more than initials."""
    if "," in author:
        return " ".join(words(author.split(",", 1)[0]))
    parts = [part for part in author.replace(".", " ").split() if not is_initials(part)]
    return " ".join(words(parts[-1])) if parts else " ".join(words(author))


def is_initials(part: str) -> bool:
    """Whether a word is initials ("AB", "A", "A-B"), not a name."""
    letters = part.replace(".", "").replace("-", "")
    return len(letters) <= 3 and letters.isupper() and letters.isalpha()


def name_words(author: str) -> frozenset[str]:
    """The folded words of a name that are more than initials; of a name of initials alone, all of them."""
    parts = author.replace(".", " ").replace(",", " ").split()
    long = [part for part in parts if not is_initials(part)]
    return frozenset(word for part in (long or parts) for word in words(part))


def name_initials(author: str) -> frozenset[str]:
    """First letters of the given names, folded; empty where the name tells none."""
    family = set(family_name(author).split())
    given = author.split(",", 1)[1] if "," in author else author
    letters: set[str] = set()
    for part in given.replace(".", " ").split():
        folded = words(part)
        if folded and not family.issuperset(folded):
            letters.update(folded[0] if is_initials(part) else folded[0][0])
    return frozenset(letters)


def same_name(one: str, other: str) -> bool:
    """Whether two names can be one person's: a family name of one is a word of the other, and no initial of one
    is against the other's."""
    ours, theirs = name_words(one), name_words(other)
    first, second = family_name(one), family_name(other)
    if not (set(first.split()) & theirs or set(second.split()) & ours):
        return False
    left, right = name_initials(one), name_initials(other)
    if not left or not right or first != second:
        return True
    return bool(left & right)


_CITY = frozenset({"kota", "city", "municipality"})
_REGENCY = frozenset({"kabupaten", "kab", "regency"})
_SMALLER = frozenset({"kecamatan", "kec", "district", "desa", "kelurahan", "village", "provinsi", "province"})
_PLACE_WORDS = _CITY | _REGENCY | _SMALLER


def place_key(place: str) -> str:
    """A place's name comparable over languages: "Kabupaten Tirtasari" and "Tirtasari Regency" are one, "Kota
    Tirtasari" is another."""
    named = words(place)
    rest = " ".join(word for word in named if word not in _PLACE_WORDS)
    return f"{rest} (city)" if rest and _CITY.intersection(named) else rest


def file_title(files: Sequence[str]) -> str:
    """What a report without a title is called: its file's name without the ending, or the folder of its chapters."""
    paths = [PurePosixPath(file) for file in files]
    if not paths:
        return ""
    together = len(paths) > 1 and len({path.parent for path in paths}) == 1
    return paths[0].parent.name if together and paths[0].parent.name else paths[0].stem


def content_id(record: Record) -> str:
    """An id made from a record's own content, the same wherever its export lies and whatever its name."""
    plain = msgspec.structs.replace(record, id="", place="", file="", database="")
    content = msgspec.json.encode(plain, order="deterministic")
    return "r" + hashlib.sha256(content).hexdigest()[:12]


def distinct_ids(ids: Iterable[str], taken: dict[str, int] | None = None) -> list[str]:
    """Ids made unique, in order: the second "r1" becomes "r1-2". `taken` counts those given before; it is changed."""
    seen = {} if taken is None else taken
    found = []
    for one in ids:
        seen[one] = seen.get(one, 0) + 1
        found.append(one if seen[one] == 1 else f"{one}-{seen[one]}")
    return found
