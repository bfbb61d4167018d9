"""What the comparison of records looks at, made once for each record. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from litreview.records.comparable import (
    IDEOGRAPH,
    STOP_WORDS,
    Pages,
    compact_title,
    fold,
    is_unknown,
    read_doi,
    read_issue,
    read_pages,
    read_title,
    read_volume,
)
from litreview.records.fields import is_truncated
from litreview.records.generic_titles import is_generic
from litreview.records.model import Record
from litreview.records.names import Name, first_author
from litreview.records.venues import read_venue

PLACE_MARKS = frozenset(
    {"kabupaten", "kab", "kota", "kecamatan", "kec", "desa", "kelurahan", "kel", "provinsi", "prov", "dusun", "nagari",
     "gampong", "di", "in"}
)  # fmt: skip
PLACE_ENDS = frozenset({"regency", "district", "subdistrict", "village", "city", "province", "municipality"})
THESIS_KINDS = frozenset(
    {"thes", "thesis", "phdthesis", "mastersthesis", "dissertation", "skripsi", "tesis", "disertasi"}
)
_THESIS_VENUE = re.compile(r"\b(?:skripsi|tesis|disertasi|thesis|theses|dissertations?)\b")
ARTICLE_KINDS = frozenset(
    {"jour", "journal", "article", "journal article", "ejour", "cpaper", "conf", "inproceedings", "conference paper"}
)
_TALK_KINDS = frozenset({"conference abstract", "meeting abstract", "conference", "conf", "poster", "congress"})
_TALK_VENUE = re.compile(
    r"\w.*[.:,;]\s*(?:conference|congress|annual meeting)\b|\b(?:meeting )?abstracts\b"
)  # as Embase
_SUPPLEMENT = re.compile(r"\bs(?:up\w*)?[.\s]*\d|\bsuppl?\b|\bsupplement")
_PREPRINT_KINDS = frozenset({"preprint", "working paper", "unpb", "unpublished work"})
_PREPRINT_VENUE = re.compile(
    r"\b(?:preprints?|arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv|socarxiv|edarxiv|engrxiv|techrxiv|ina rxiv|inarxiv|ssrn|"
    r"research square|authorea)\b"
)
_PREPRINT_DOI = re.compile(
    r"10\.(?:1101/(?:\d{4}\.\d\d\.\d\d\.)?\d{6,}|48550/|2139/ssrn|21203/rs|3123[45]/|35542/|20944/preprints|26434/chemrxiv|"
    r"36227/techrxiv|22541/au|31227/|31219/)"
)
_ISSN = re.compile(r"\b\d{4}-\d{3}[\dX]\b")
ISSN_NAMES = ("sn", "issn", "isbn", "is")
_DIGITS = re.compile(r"\d+")
BLOCK_WORDS = 4
SHORT_TITLE_LETTERS, SHORT_TITLE_WORDS = 15, 3
LETTERS_AN_IDEOGRAPH = 3  # an ideograph says as much as some three letters
_NONE: frozenset[str] = frozenset()


class Features(NamedTuple):
    """What the comparison looks at; "" is unknown."""

    record: Record
    key: str  # the title's words, folded, joined by spaces
    compact: str  # its letters in one spelling, without small words: equal means the same title
    truncated: bool
    generic: bool  # "Editorial", or no title
    short: bool  # too short to tell by itself
    numbers: frozenset[str]
    places: frozenset[str]
    notices: frozenset[str]  # correction, reply, comment, retraction
    translated: bool
    name: Name
    venue: str
    issns: frozenset[str]
    volume: str
    issue: str
    supplements: frozenset[str]  # every other number that volume and issue name
    pages: Pages
    doi: str
    talk: bool  # told to be of a conference
    supplement: bool  # in a supplement, where talks are printed
    thesis: bool
    preprint: bool
    article: bool

    @property
    def tokens(self) -> tuple[str, ...]:
        """The title's words."""
        return tuple(self.key.split())


def features(record: Record) -> Features:
    """A record's features."""
    title = read_title("" if is_unknown(record.title) else record.title)
    tokens, key, compact = title.tokens, " ".join(title.tokens), compact_title(title.tokens)
    venue = read_venue(record.venue)
    doi = read_doi(record.doi)
    kind = fold(record.kind) if record.kind else ""
    preprint = kind in _PREPRINT_KINDS or bool(_PREPRINT_DOI.match(doi) or _PREPRINT_VENUE.search(venue))
    thesis = kind in THESIS_KINDS or bool(_THESIS_VENUE.search(venue))
    volume = read_volume(record.volume, record.year)
    return Features(
        record=record,
        key=key,
        compact=compact,
        truncated=is_truncated(record.title),
        generic=is_generic(tokens),
        short=len(tokens) < SHORT_TITLE_WORDS or len(compact) < SHORT_TITLE_LETTERS - _ideographs(compact),
        numbers=frozenset(_DIGITS.findall(key)) or _NONE,
        places=places(tokens) or _NONE,
        notices=title.notices or _NONE,
        translated=title.translated,
        name=first_author(record.authors),
        venue=venue,
        issns=_issns(record),
        volume=volume,
        issue=read_issue(record.issue),
        supplements=frozenset(_DIGITS.findall(f"{record.volume} {record.issue}")) - {volume} or _NONE,
        pages=read_pages(record.pages, record.year),
        doi=doi,
        talk=kind in _TALK_KINDS or bool(_TALK_VENUE.search(fold(record.venue))),
        supplement=bool(_SUPPLEMENT.search(fold(f"{record.volume} {record.issue} {record.pages}"))),
        thesis=thesis,
        preprint=preprint,
        article=not preprint and not thesis and (kind in ARTICLE_KINDS or bool(volume or record.issue)),
    )


def _ideographs(compact: str) -> int:
    """The letters that ideographs are worth beyond themselves."""
    return 0 if compact.isascii() else (LETTERS_AN_IDEOGRAPH - 1) * len(IDEOGRAPH.findall(compact))


def _issns(record: Record) -> frozenset[str]:
    """The numbers of the journal, from whatever tag or column named them."""
    told = [
        value
        for name, values in record.extra.items()
        if name.lower() in ("sn", "issn", "isbn", "is")
        for value in values
    ]
    return frozenset(_ISSN.findall(" ".join(told).upper())) if told else _NONE


def title_blocks(look: Features) -> Iterator[str]:
    """Keys that titles of one publication nearly always share: the whole, the first words, the last ones."""
    if look.key:
        tokens = look.tokens
        yield f"title {look.compact}"
        yield f"first {' '.join(tokens[:BLOCK_WORDS])}"
        yield f"last {' '.join(tokens[-BLOCK_WORDS:])}"


def places(tokens: tuple[str, ...]) -> frozenset[str]:
    """The words of a title that name a place: after "Kabupaten", "di", "in" …, or before "Regency" …"""
    found = set()
    for first, second in pairwise(tokens):
        if first in PLACE_MARKS and second not in PLACE_MARKS:
            found.add(second)
        if second in PLACE_ENDS and first not in PLACE_ENDS:
            found.add(first)
    return frozenset(found - STOP_WORDS)
