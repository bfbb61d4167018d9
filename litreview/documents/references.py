"""The entries of a document's list of references: authors, year, title and DOI, as printed.

Read by rules from the entry's text alone, when asked for; the ingest does not pay for it. Known are the orders authors
– year – title (APA, Harvard, ACL, Indonesian lists) and authors – title – … – year (Vancouver, IEEE, numbered lists).
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from litreview.documents.accents import compose_accents
from litreview.documents.model import Document
from litreview.documents.reference_lists import is_division

_MARK = re.compile(r"^(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]?)\s+|^[•●▪*–-]\s+")
_BROKEN_LINK = re.compile(r"(?i)(https?:|://|doi\.org/|doi:\s?10\.|doi\.org/10\.)\s+(?=[\w/.])")
_DOI = re.compile(r"(?i)(?:doi\.org/|doi:?\s*|\b)(10\.\d{4,9}/[^\s\"<>{}|]+)|doi\.org/(10/\w+)")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\bdoi:\s*\S+", re.IGNORECASE)
_YEAR = r"(?:1[5-9]|20)\d\d"
_IN_BRACKETS = re.compile(
    rf"[(\[]\s*(?:\w+\s+)?(?P<year>{_YEAR})[a-z]?(?:\s*[/,–-]\s*[^()]{{0,24}})?\s*[)\]]"
    r"|[(\[](?:n\.\s?d\.?|t\.\s?t\.?|tanpa tahun|in press|dalam proses)[)\]]",
    re.IGNORECASE,
)
_AFTER_NAMES = re.compile(rf"(?:[.,;:]|\bal|\s)\s*(?P<year>{_YEAR})[a-z]?\s*[.,:]\s+(?=\S)")
_BARE = re.compile(rf"(?<![\d–:/.-])(?<!\d )(?P<year>{_YEAR})[a-z]?(?![\d–/-])(?!\s*[–-]\s*\d)")
_NAMES_MOST = 0.9  # of an entry: a year further on does not follow the names
_LONG_NAMES = 900
_LONGEST = 4000  # code points of an entry that are looked at
_ET_AL = re.compile(
    r",?\s*(?:\bet\.?\s*al\b\.?|\bdkk\b\.?|\bdk\b\.?|\b(?:and|&|dan)\s+others\b|,\s*others\b|\.\.\.|…)", re.IGNORECASE
)
_EDITORS = re.compile(r"[,.]?\s*[(\[]?\b(?:eds?|editors?|penyunting|peny)\b\.?[)\]]?\.?\s*,?", re.IGNORECASE)
_DIVIDE = re.compile(r"\s*(?:;|,\s*(?:and|&|dan)\s+|,|\s(?:and|&|dan)\s)\s*")
_INITIALS = re.compile(r"^(?:[A-ZÀ-Þ]{1,3}\.?[\s-]*){1,5}(?:,?\s?(?:Jr|Sr|II|III)\.?)?$")
_ENDS_IN_INITIAL = re.compile(r"(?<![^\W\d_])[A-ZÀ-Þ][A-Za-z]?\.$")
_VANCOUVER = re.compile(
    r"^(?:(?:(?:van|von|de|den|der|del|di|la|le|da|dos)\s+){0,3}[^\W\d_][\w'’-]+(?:\s(?!(?:and|dan)\b)[^\W\d_][\w'’-]+){0,2}\s"
    r"[A-ZÀ-Þ][A-ZÀ-Þ-]{0,4}(?:,?\s(?:Jr|Sr)\.?)?(?:,\s*|(?=\.)|(?=:)))+(?:et al|others)?"
)
_INVERTED = re.compile(
    r"^(?:[^\W\d_][\w'’-]+,\s*(?:[A-ZÀ-Þ]\.[\s-]?)+(?:,\s*(?:and\s|&\s|dan\s)?|\s(?:and|&|dan)\s)?)+"
)
_IEEE = re.compile(
    r"^(?:(?:[A-ZÀ-Þ][a-z]?\.[\s-]?)+(?:(?:van|von|de|den|der|del|di|la|le|da)\s){0,2}[A-ZÀ-Þ][\w'’-]+"
    r"(?:,\s*(?:and\s|&\s|dan\s)?|\s(?:and|&|dan)\s|,?\s(?=et al)))+(?:et al\.?,\s*)?"
)
_QUOTED = re.compile(r"[“\"‘'](?P<title>[^”\"]{3,300}?)[,.?!]?[”\"’'](?=[\s,.]|$)")
_TITLE_END = re.compile(
    r"(?<![\s.(][A-Z])(?<!\bvs)(?<!\bSt)(?<!\bNo)(?<!\bvol)(?<!\bU\.S)\.(?=\s|$)|\.(?=\s+(?:In|Dalam)\b)"
    r"|\s(?=(?:https?://|www\.|doi:))|\s+(?=\[(?:Skripsi|Tesis|Disertasi|Thesis|Dissertation|Online)\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?!]\s+(?=[A-ZÀ-Þ])")
_TITLE_TAIL = re.compile(
    r"\s*[(\[](?:skripsi|tesis|disertasi|thesis|dissertation|doctoral|master|unpublished|edisi|ed\.|cet|cetakan|\d+(?:st|nd"
    r"|rd|th) ed|jilid|vol|online|e-book|buku)\b[^)\]]*[)\]]?\s*$",
    re.IGNORECASE,
)
_VENUE = re.compile(r"\bin proc|\bproc\.|\bjournal\b|\bjurnal\b|\bvol\b|\bpp\b|\bpress\b|\bno\b", re.IGNORECASE)


class Parts(msgspec.Struct, frozen=True):
    """What an entry's text tells: authors and title as printed, the year as a number, the bare DOI; empty or None where
    the rules find none."""

    authors: tuple[str, ...] = ()
    year: int | None = None
    title: str | None = None
    doi: str | None = None


class ListedReference(Parts, frozen=True, kw_only=True):
    """An entry of a list of references as it stands there, and what it tells."""

    text: str


def references(document: Document) -> tuple[ListedReference, ...]:
    """Every entry of the document's lists of references, in order; empty where it has none."""
    texts = (document.quote(p.start, p.end) for p in document.paragraphs if p.kind == "reference")
    entries = [text for text in texts if not is_division(text)]
    return tuple(
        ListedReference(parts.authors, parts.year, parts.title, parts.doi, text=text)
        for text, parts in zip(entries, map(read_reference, entries), strict=True)
    )


@lru_cache(maxsize=256)
def read_reference(text: str) -> Parts:
    """Authors, year, title and DOI of one entry."""
    plain = compose_accents(_BROKEN_LINK.sub(r"\1", _MARK.sub("", " ".join(text[:_LONGEST].split()))))
    doi = _doi(plain)
    for pattern in (_IN_BRACKETS, _AFTER_NAMES):
        match = _after_names(plain, pattern)
        if match:
            authors = split_names(plain[: match.start()])
            year = match.groupdict().get("year")
            return Parts(authors, int(year) if year else None, _title(plain[match.end() :]) or None, doi)
    names, rest = _names_first(plain)
    title = re.sub(rf"[,\s]+{_YEAR}$", "", _title(rest, by_commas=names.endswith(", ")))
    return Parts(split_names(names), _last_year(plain), title or None, doi)


def _doi(text: str) -> str | None:
    match = _DOI.search(text)
    if match is None:
        return None
    return (match.group(1) or match.group(2)).rstrip(".,;:)]’”'").lower()


def _after_names(text: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The year that follows an entry's names, before its title."""
    match = pattern.search(text)
    if match is None or not 2 <= match.start() <= _LONG_NAMES or match.start() > _NAMES_MOST * len(text):
        return None
    before = text[: match.start()]
    if _LINK.search(before) or any(c.isdigit() for c in before) or _QUOTED.search(before) or _VENUE.search(before):
        return None
    return match if _like_names(before) else None


def _like_names(text: str) -> bool:
    """Whether a stretch is names, not a title: its words begin with capitals but for particles."""
    words = [word for word in _ET_AL.sub("", text).split() if len(word) > 3]
    small = sum(word[0].islower() for word in words)
    return small <= 0.34 * len(words)


def _names_first(text: str) -> tuple[str, str]:
    """An entry without a year after its names, divided where its names end."""
    quoted = _QUOTED.search(text)
    if quoted and quoted.start() > 2 and _like_names(text[: quoted.start()]):
        return text[: quoted.start()], text[quoted.start() :]
    for pattern in (_VANCOUVER, _INVERTED, _IEEE):
        match = pattern.match(text)
        if match and match.end() > 3:
            return text[: match.end()], text[match.end() :].lstrip(" .:,")
    end = _TITLE_END.search(text)
    if end and 0 < end.start() < 0.5 * len(text) and _like_names(text[: end.start()]):
        return text[: end.start()], text[end.end() :]
    return "", text


def _last_year(text: str) -> int | None:
    """The last year that is no page, no part of a link; of an entry whose year does not follow its names."""
    years = _BARE.findall(_LINK.sub(" ", text))
    return int(years[-1]) if years else None


def _title(rest: str, by_commas: bool = False) -> str:
    """What stands after names and year, up to where a journal, a publisher or a link begins; in a list that divides by
    commas, up to the first."""
    rest = rest.lstrip(" .,:;)]–—-")
    quoted = _QUOTED.match(rest)
    if quoted:
        return quoted.group("title").strip(" ,.")
    end = _TITLE_END.search(rest)
    title = rest[: end.start()] if end else rest
    asks = _ASKS.search(title)
    if asks and any(c.isdigit() for c in title[asks.end() :]):  # `Title? Journal 5(2)`, not `Title? And more`
        title = title[: asks.start() + 1]
    if by_commas:
        title = title.split(", ")[0]
    elif end is None:
        title = re.split(
            r",\s+(?=(?:in\b|proc|journal|jurnal|vol|pp|no\b|\d))", title, maxsplit=1, flags=re.IGNORECASE
        )[0]
    return _TITLE_TAIL.sub("", title).strip(" ,.;:")


def split_names(text: str) -> tuple[str, ...]:
    """Names as printed, one by one: `Surname, I.`, `First Last` and `Last AB` are each one."""
    plain = _EDITORS.sub("", _ET_AL.sub("", text)).lstrip(" .").rstrip(" ,;:(–-")
    if not plain:
        return ()
    pieces = [piece.strip() for piece in _DIVIDE.split(plain) if piece and piece.strip(" .")]
    names: list[str] = []
    for i, piece in enumerate(pieces):
        initials = bool(_INITIALS.match(piece)) and "," not in names[-1:]
        given = i == 1 and " " not in pieces[0] and len(piece.split()) < 4 and ";" not in plain
        given = given and f"{pieces[0]}, {piece}" in plain and not _INITIALS.match(pieces[0])
        if names and (initials or given) and "," not in names[-1] and "." not in names[-1]:
            names[-1] = f"{names[-1]}, {piece}"
        else:
            names.append(piece)
    return tuple(name if _ENDS_IN_INITIAL.search(name) else name.rstrip(" .") for name in names)
