"""Are two records one publication? Features of a record, and the rules on a pair. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

from litreview.errors import Message, message
from litreview.records.fields import fold, is_truncated, same_name, title_key, words
from litreview.records.model import Record

GENERIC = frozenset(
    {"editorial", "editorial board", "introduction", "preface", "foreword", "abstract", "abstracts", "index", "letter",
     "letter to the editor", "book review", "review", "reply", "erratum", "corrigendum", "correction", "comment",
     "commentary", "obituary", "news", "table of contents", "front matter", "back matter", "acknowledgements",
     "pendahuluan", "kata pengantar", "daftar isi", "resensi buku", "tinjauan buku", "pengantar redaksi", "redaksional",
     "dari redaksi", "ralat", "abstrak", "sampul", "laporan penelitian", "prosiding"}
)  # fmt: skip
NOTICES = frozenset(
    {"erratum", "corrigendum", "correction", "corrections", "retraction", "retracted", "reply", "comment", "response",
     "addendum", "ralat", "koreksi", "tanggapan", "pencabutan"}
)  # fmt: skip
STOP_WORDS = frozenset(
    {"a", "an", "the", "of", "in", "on", "and", "for", "to", "at", "with", "by", "from",
     "di", "dan", "pada", "dalam", "untuk", "dari", "oleh", "yang", "ke"}
)  # fmt: skip
PLACE_MARKS = frozenset(
    {"kabupaten", "kab", "kota", "kecamatan", "kec", "desa", "kelurahan", "kel", "provinsi", "prov", "dusun", "nagari",
     "gampong", "di", "in"}
)  # fmt: skip
PLACE_ENDS = frozenset({"regency", "district", "subdistrict", "village", "city", "province", "municipality"})
THESIS_KINDS = frozenset(
    {"thes", "thesis", "phdthesis", "mastersthesis", "dissertation", "skripsi", "tesis", "disertasi"}
)
ARTICLE_KINDS = frozenset(
    {"jour", "journal", "article", "journal article", "ejour", "cpaper", "conf", "inproceedings", "conference paper"}
)
_ROMAN = frozenset({"ii", "iii", "iv", "vi", "vii", "viii", "ix"})
_LANGUAGE_MARK = re.compile(r"(?:[.\s]*\[[A-Z\d][\w ,]{2,24}\])+\s*\.?$")  # ". [Review] [16 refs] [French]"
_LIBRARIAN_MARK = re.compile(r"\s*\.?\s*\[(?:erratum|comment|see comment)\b.*$", re.IGNORECASE)  # MEDLINE's additions
_NUMBER = re.compile(r"\d+")
_PAGE = re.compile(r"[a-z]*\d+", re.IGNORECASE)
LONG_TITLE_WORDS = 8
BLOCK_WORDS = 4
PREFIX_WORDS, PREFIX_LENGTH = 4, 20
NEAR_RATIO, TYPO_RATIO, SAME_DOI_RATIO, SAME_PLACE_RATIO = 90.0, 75.0, 80.0, 70.0


class Features(NamedTuple):
    """What the comparison looks at, made once for each record; "" is unknown."""

    record: Record
    key: str
    compact: str
    tokens: tuple[str, ...]
    truncated: bool
    generic: bool
    numbers: frozenset[str]
    places: frozenset[str]
    notices: frozenset[str]
    venue: str
    volume: str
    page: str
    several_pages: bool
    thesis: bool
    article: bool


class Likeness(IntEnum):
    """What the rules say of a pair."""

    DIFFERENT = 0
    UNSURE = 1
    SAME = 2


class Finding(NamedTuple):
    """The rules' word on a pair; the lower `rank`, the stronger the reason for SAME."""

    likeness: Likeness
    rank: int = 9
    why: Message | None = None


DIFFERENT, UNSURE = Finding(Likeness.DIFFERENT), Finding(Likeness.UNSURE)


def features(record: Record) -> Features:
    """A record's features."""
    title = _LIBRARIAN_MARK.sub("", record.title)
    key = title_key(_LANGUAGE_MARK.sub("", title)) or title_key(record.title)
    tokens = tuple(key.split())
    pages = _PAGE.findall(record.pages)
    volume = _NUMBER.search(record.volume)
    kind = fold(record.kind)
    return Features(
        record=record,
        key=key,
        compact=key.replace(" ", ""),
        tokens=tokens,
        truncated=is_truncated(record.title),
        generic=len(tokens) < 3 or len(key) < 15 or key in GENERIC,
        numbers=frozenset(token for token in tokens if token.isdigit() or token in _ROMAN),
        places=places(tokens),
        notices=NOTICES.intersection(tokens),
        venue=" ".join(words(record.venue)),
        volume=volume[0] if volume else fold(record.volume).strip(),
        page=pages[0].lower() if pages else "",
        several_pages=len(set(pages)) > 1,
        thesis=kind in THESIS_KINDS or bool({"skripsi", "tesis", "disertasi"}.intersection(words(record.venue))),
        article=kind in ARTICLE_KINDS or bool(record.volume or record.issue),
    )


def title_blocks(look: Features) -> Iterator[str]:
    """Keys that titles of one publication nearly always share: the whole, the first words, the last ones."""
    if look.key:
        yield f"title {look.compact}"
        yield f"first {' '.join(look.tokens[:BLOCK_WORDS])}"
        yield f"last {' '.join(look.tokens[-BLOCK_WORDS:])}"


def places(tokens: tuple[str, ...]) -> frozenset[str]:
    """The words of a title that name a place: after "Kabupaten", "di", "in" …, or before "Regency" …"""
    found = set()
    for first, second in pairwise(tokens):
        if first in PLACE_MARKS and second not in PLACE_MARKS:
            found.add(second)
        if second in PLACE_ENDS and first not in PLACE_ENDS:
            found.add(first)
    return frozenset(found - STOP_WORDS)


def compare(one: Features, other: Features) -> Finding:
    """The rules on a pair of records, strongest agreement first."""
    if one.record.doi and one.record.doi == other.record.doi:
        return _same_doi(one, other)
    printed_together = _same_place(one, other) and _author(one, other) == "agree"
    if not one.key or not other.key:
        return UNSURE if printed_together else DIFFERENT
    if forbidden(one, other):
        return DIFFERENT
    if one.compact == other.compact:
        return _same_generic(one, other) if one.generic else _same_title(one, other)
    if printed_together and not _other_venue(one, other) and not _other_doi(one, other):
        return _same_printing(one, other)
    if one.generic or other.generic:
        return DIFFERENT
    if title_begins(one, other) or title_begins(other, one):
        return _title_begins_alike(one, other)
    return _near_title(one, other) if near_titles(one, other) else DIFFERENT


def forbidden(one: Features, other: Features) -> bool:
    """Whether something speaks so strongly against a pair that no chain of others may join it: another number,
    place or kind of notice in the title, or a thesis and an article."""
    if one.record.doi and one.record.doi == other.record.doi:
        return False
    if (one.thesis and other.article and not other.thesis) or (other.thesis and one.article and not one.thesis):
        return True
    if one.compact == other.compact or not one.key or not other.key:
        return False
    if one.truncated or other.truncated:
        return not (title_begins(one, other) or title_begins(other, one))
    if one.notices != other.notices:
        return True
    if _same_place(one, other) and _author(one, other) == "agree":
        return False
    return one.numbers != other.numbers or not _places_agree(one, other)


def _places_agree(one: Features, other: Features) -> bool:
    """Whether every place of one title stands in the other, but for one letter."""
    from rapidfuzz.distance import Levenshtein

    left, right = one.places.difference(other.tokens), other.places.difference(one.tokens)
    if not left and not right:
        return True

    def misprinted(name: str, tokens: tuple[str, ...]) -> bool:
        return len(name) > 5 and any(Levenshtein.distance(name, token, score_cutoff=1) <= 1 for token in tokens)

    return all(misprinted(name, other.tokens) for name in left) and all(misprinted(name, one.tokens) for name in right)


def _same_doi(one: Features, other: Features) -> Finding:
    """Same DOI: one publication, unless the titles are clearly others and nothing else speaks for it (the DOI of a
    whole volume, or a mistyped one)."""
    from rapidfuzz import fuzz

    if one.notices != other.notices:
        return UNSURE
    alike = not one.key or not other.key or fuzz.ratio(one.key, other.key) >= SAME_DOI_RATIO
    alike = alike or title_begins(one, other) or title_begins(other, one)
    translated = _author(one, other) == "agree" and _year(one, other) in ("same", "near") and one.page == other.page
    if not alike and not translated:
        return UNSURE if _author(one, other) == "agree" else DIFFERENT
    return _same(0, message("Same DOI as {place}: {doi}.", place=other.record.place, doi=other.record.doi))


def _same_printing(one: Features, other: Features) -> Finding:
    """Same first author, year, journal, volume and first page: one publication, whatever the language of its title,
    where it fills pages of its own; on one page titles must be alike (abstracts and letters share pages)."""
    from rapidfuzz import fuzz

    alike = fuzz.ratio(one.key, other.key) >= SAME_PLACE_RATIO
    if not alike and not (one.several_pages and other.several_pages):
        return UNSURE
    return _same(4, message("Same first author, year, journal, volume and first page as {place}; the titles differ.",
                            place=other.record.place))  # fmt: skip


def _same_title(one: Features, other: Features) -> Finding:
    """Same title, not a generic one."""
    author, year = _author(one, other), _year(one, other)
    if _same_place(one, other) and year != "far":
        return _same(1, message("Same title, volume and first page as {place}.", place=other.record.place))
    elsewhere = _other_doi(one, other) or _other_place(one, other) or year == "far"
    if elsewhere or author == "differ":
        return DIFFERENT if elsewhere and author == "differ" else UNSURE
    if author == "agree" and year in ("same", "near"):
        return _same(2, message("Same title and first author as {place}, years one apart at most.",
                                place=other.record.place))  # fmt: skip
    if author == "agree":
        return _same(3, message("Same title and first author as {place}; a year is missing.", place=other.record.place))
    if year == "same" and (len(one.tokens) >= LONG_TITLE_WORDS or _same_venue(one, other)):
        return _same(4, message("Same title and year as {place}; an author is missing.", place=other.record.place))
    return UNSURE


def _same_generic(one: Features, other: Features) -> Finding:
    """Same title, but one that many publications have ("Editorial"): everything else must agree."""
    if _same_place(one, other) and _author(one, other) == "agree" and not _other_doi(one, other):
        return _same(3, message("Same title, first author, year, volume and first page as {place}.",
                                place=other.record.place))  # fmt: skip
    return DIFFERENT


def _title_begins_alike(one: Features, other: Features) -> Finding:
    """One title is the beginning of the other: cut by a search engine, or without its subtitle."""
    cut = one.truncated or other.truncated
    author, year = _author(one, other), _year(one, other)
    if author == "differ" or year == "far" or _other_doi(one, other) or _other_place(one, other):
        return DIFFERENT
    long = min(len(one.tokens), len(other.tokens)) >= LONG_TITLE_WORDS
    dated = year in ("same", "near") or (year == "missing" and long)
    sure = author == "agree" and (dated if cut else year == "same" and _same_venue(one, other))
    if sure and cut:
        return _same(5, message("The title is cut off, but begins like that of {place}; same first author, "
                                "no other year.", place=other.record.place))  # fmt: skip
    if sure or (_same_place(one, other) and author == "agree"):
        return _same(5, message("Same title as {place} but for the subtitle; same first author, year and journal.",
                                place=other.record.place))  # fmt: skip
    return UNSURE


def _near_title(one: Features, other: Features) -> Finding:
    """Titles with misprints."""
    author, year = _author(one, other), _year(one, other)
    if author == "differ" or year == "far" or _other_doi(one, other) or _other_place(one, other):
        return DIFFERENT
    if (author == "agree" and year in ("same", "near")) or _same_place(one, other):
        return _same(6, message("Nearly the same title as {place}; same first author, years one apart at most.",
                                place=other.record.place))  # fmt: skip
    return UNSURE


def _same(rank: int, why: Message) -> Finding:
    return Finding(Likeness.SAME, rank, why)


def title_begins(short: Features, long: Features) -> bool:
    """Whether a title is the beginning of another; where it was cut, its last word may be."""
    count = len(short.tokens)
    if count < PREFIX_WORDS or len(short.key) < PREFIX_LENGTH or count >= len(long.tokens) + short.truncated:
        return False
    if not short.truncated:
        return long.tokens[:count] == short.tokens
    return long.tokens[: count - 1] == short.tokens[:-1] and long.tokens[count - 1].startswith(short.tokens[-1])


def near_titles(one: Features, other: Features) -> bool:
    """Whether titles differ by misprints and small words alone: each word left over has a look-alike."""
    from rapidfuzz import fuzz

    if fuzz.ratio(one.key, other.key, score_cutoff=NEAR_RATIO) < NEAR_RATIO:
        return False
    left, right = _left_over(one, other), _left_over(other, one)
    if "".join(left) == "".join(right):
        return True
    if len(left) != len(right):
        return fuzz.ratio("".join(left), "".join(right)) >= NEAR_RATIO
    return all(fuzz.ratio(a, b) >= TYPO_RATIO for a, b in zip(left, right, strict=True))


def _left_over(one: Features, other: Features) -> list[str]:
    """Words of one title that the other lacks, in order, without small words."""
    spare = Counter(other.tokens)
    found = []
    for token in one.tokens:
        if spare[token]:
            spare[token] -= 1
        elif token not in STOP_WORDS:
            found.append(token)
    return found


def _author(one: Features, other: Features) -> str:
    """`agree`, `differ` or `missing`: the first authors."""
    if not one.record.authors or not other.record.authors:
        return "missing"
    return "agree" if same_name(one.record.authors[0], other.record.authors[0]) else "differ"


def _year(one: Features, other: Features) -> str:
    """`same`, `near` (one apart), `far` or `missing`."""
    if one.record.year is None or other.record.year is None:
        return "missing"
    apart = abs(one.record.year - other.record.year)
    return ("same", "near")[apart] if apart < 2 else "far"


def _other_doi(one: Features, other: Features) -> bool:
    return bool(one.record.doi and other.record.doi and one.record.doi != other.record.doi)


def _same_place(one: Features, other: Features) -> bool:
    """Same year, volume and first page, all known."""
    return bool(one.volume and one.volume == other.volume and one.page and one.page == other.page
                and one.record.year and one.record.year == other.record.year)  # fmt: skip


def _other_place(one: Features, other: Features) -> bool:
    """Printed elsewhere: another volume and no same page, or another page of another journal."""
    pages_differ = bool(one.page and other.page and one.page != other.page)
    if one.volume and other.volume and one.volume != other.volume:
        return pages_differ or not one.page or not other.page
    return pages_differ and _other_venue(one, other)


def _other_venue(one: Features, other: Features) -> bool:
    return bool(one.venue and other.venue) and not _same_venue(one, other)


def _same_venue(one: Features, other: Features) -> bool:
    """Whether journals have the same name, or each word of one is short for the other's ("Int J Cardiol")."""
    left, right = ([w for w in venue.split() if w not in STOP_WORDS] for venue in (one.venue, other.venue))
    return bool(left and right) and all(a.startswith(b) or b.startswith(a) for a, b in zip(left, right, strict=False))
