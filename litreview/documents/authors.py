"""Authors: the names between the title and the abstract."""

from __future__ import annotations

import re
from collections.abc import Sequence

from litreview.documents.accents import compose_accents
from litreview.documents.blocks import Block
from litreview.documents.extract import Line, RawPage
from litreview.documents.model import Found, Paragraph

_NO_NAME = re.compile(
    r"\b(?:universit\w*|institut\w*|fakultas|faculty|jurusan|program|prodi|studi|departe?men\w*|school|sekolah|college"
    r"|politeknik|akademi|stmik|stie|stkip|uin|iain|jl|jalan|street|road|kabupaten|kota|provinsi|indonesia|email|e-mail"
    r"|mail|dosen|mahasiswa|lecturer|student|cent(?:er|re)|laborator\w*|research|national|ltd|inc|corporation|kampus"
    r"|kementerian|dinas|badan|pusat|balai|lembaga|abstra\w+|corresponding|korespondensi|penulis|author|received"
    r"|jurnal|journal|vol|volume|issn|nim|nip|nidn|npm|pembimbing|box|usa|france|germany|skripsi|tesis|thesis"
    r"|diajukan|disusun|ilmu|sosial|sarjana|magister|gelar|memenuhi|syarat|oleh|by|telp|phone|fax|dipublikasikan"
    r"|regency|city|district|village|province|islands?|international|branch|sciences?|technology|avenue|square|group|division"
    r"|systems|software|company|hong kong|abstract"
    r"|january|february|march|april|june|july|august|september|october|november|december|januari|februari|maret|juni"
    r"|juli|agustus|oktober|desember|synthetic|sample|contoh|data|proceedings|association|copyright|https?|www|doi|kode|pos|jawa|jakarta|(?:19|20)\d\d)\b"
    r"|@|://",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:universit\w*|institut\w*|fakultas|faculty|politeknik|akademi|sekolah tinggi|college|school)\b", re.IGNORECASE
)
_DEGREES = re.compile(
    r"(?:,\s*|\s+|^)(?:dr|drs|dra|prof|ir|hj?|s\.?\s?(?:sos|pd|ip|e|h|kom|t|ag|psi|st|kep|si|ap|hum)(?:\.?\s?i)?"
    r"|m\.?\s?(?:si|sos|pd|ap|a|e|m|h|kom|t|hum|sc|ec|psi|ikom|kesos|ag|eng|krim|kes)|ph\.?\s?d|msw|mph|mpa|mba)\.?"
    r"(?=[\s,;]|$)",
    re.IGNORECASE,
)
_SYMBOLS = re.compile(r"[^\w\s.,;'’´`¨ˆ˜ˇ¸&()|/•@:*†‡§¶∗⋆#¤\u2010-\u2015-]+|[¹²³⁰⁴-⁹]+")  # marks of any font
_MARKS = re.compile(
    r"(?<=[^\W\d_´`¨])[´`¨]?\s?[\d*†‡§¶∗⋆#,¤]+[a-z]?[.)]?(?=\s|$|,)"
    r"|^[\d*†‡§¶∗⋆#,\s]+|[*†‡§¶∗⋆#¤✉]|(?<=\.)\d+|\d+[a-z]?(?=\s|$)"
)
_LETTER_MARK = re.compile(r"^([a-h])\)?(?:\s+|(?=[A-ZÀ-Þ]))[A-ZÀ-Þ]")
_DIVIDE = re.compile(r"\s*(?:,|;|\bdan\b|\band\b|&|\s[-–|]\s|\s•\s)\s*")
_NAME_WORD = re.compile(r"^(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*|van|von|de|der|den|bin|binti|al|el|da|di|la|le)$")
_LOOSE_ACCENTS = dict.fromkeys(map(ord, "´`¨ˆ"))
_BY = re.compile(r"^(?:disusun |ditulis |written )?(?:oleh|by)\b\s*:?\s*", re.IGNORECASE)
_LEAD = re.compile(rf"{_BY.pattern}|^(?:nama(?: penulis)?|penulis|authors?)\s*:\s*", re.IGNORECASE)
_ROWS_TO_NAMES = 3  # after `Oleh`, its own row too
_FOOT = 0.87  # of the page's height: below it stand notices of proceedings


def find_authors(
    blocks: Sequence[Block], paragraphs: Sequence[Paragraph], pages: Sequence[RawPage], front_end: int
) -> tuple[Found, ...]:
    """Names as printed, without marks and degrees, in order; offsets are those of their paragraph's name."""
    title = [i for i, paragraph in enumerate(paragraphs) if paragraph.kind == "title"]
    if not title:
        return ()
    rows = _rows_after(blocks, title[-1], front_end, pages)
    by = _after_by(rows, pages)
    if by is not None:
        return tuple({name: Found(name, paragraphs[i].start, paragraphs[i].end) for name, i in by}.values())
    names: list[Found] = []
    ended: set[tuple[int, bool, int]] = set()  # types of rows in which an affiliation has followed the names
    other = -1  # the block whose last row held no names
    for i, (row, index) in enumerate(rows):
        style = (row.column, row.bold, round(row.size))
        found = _names(row, pages[row.page])
        if not found:
            other = index
            if names or _PLACE.search(row.text):
                ended.add(style)
            continue
        if other == index:
            ended.add(style)
        if names and " " not in names[-1].value and " " not in found[0] and i and rows[i - 1][1] == index:
            last = names.pop()
            found[0] = f"{last.value} {found[0]}"
        full = [name for name in found if " " in name]
        if style in ended:
            before_place = i + 1 < len(rows) and _PLACE.search(rows[i + 1][0].text)
            found = full if before_place and len(found) == 1 else []
        elif len(found) == 1 and names:
            found = full
        names.extend(Found(name, paragraphs[index].start, paragraphs[index].end) for name in found)
    names = _without_letter_marks(names, [row.text for row, _ in rows])
    return tuple({found.value: found for found in names}.values())


def _without_letter_marks(names: list[Found], rows: Sequence[str]) -> list[Found]:
    """Names without the small letter that points to an affiliation, where it stands so close that it looks like the
    name's last: told by affiliations that begin with such letters, and by every name ending in one of them."""
    marks = {match.group(1) for row in rows if (match := _LETTER_MARK.match(row))}
    if len(marks) < 2 or len(names) < 2 or not all(found.value[-1] in marks for found in names):
        return names
    return [Found(found.value[:-1], found.start, found.end) for found in names]


def _rows_after(
    blocks: Sequence[Block], title: int, front_end: int, pages: Sequence[RawPage]
) -> list[tuple[Line, int]]:
    page = blocks[title].rows[0].page
    rows = []
    for i in range(title + 1, max(front_end, title + 1)):
        if blocks[i].kind not in ("body", "heading", "table"):
            continue
        for row in blocks[i].rows:
            if row.page == page and row.y0 < _FOOT * pages[page].height:
                rows.append((row, i))
    return rows[:24]


def _after_by(rows: Sequence[tuple[Line, int]], pages: Sequence[RawPage]) -> list[tuple[str, int]] | None:
    """On a cover the authors stand after `Oleh`, on its row or on those beneath in one type, until another line comes;
    each name with its block. None where no such line is."""
    for i, (row, _) in enumerate(rows):
        by = _BY.match(row.text)
        if by and (by.end() == len(row.text) or _names(row, pages[row.page])):
            return _first_names(rows[i:], pages)
    return None


def _first_names(rows: Sequence[tuple[Line, int]], pages: Sequence[RawPage]) -> list[tuple[str, int]]:
    names: list[tuple[str, int]] = []
    style = None
    for i, (row, index) in enumerate(rows):
        found = _names(row, pages[row.page])
        if (not found and (names or i >= _ROWS_TO_NAMES - 1)) or (names and style != (row.bold, round(row.size))):
            break
        names += [(name, index) for name in found if " " in name or not names]
        style = (row.bold, round(row.size)) if found else style
    return names


def _names(row: Line, page: RawPage) -> list[str]:
    """The names of a row, or none when it speaks of anything else. Names set far apart are divided there."""
    names: list[str] = []
    for piece in (_LEAD.sub("", piece) for piece in pieces(row, page)):
        unmarked = _MARKS.sub(",", _SYMBOLS.sub(",", compose_accents(piece)))
        if _NO_NAME.search(piece) or _NO_NAME.search(unmarked):
            continue
        plain = _DEGREES.sub(" ", unmarked)
        for part in _DIVIDE.split(plain):
            name = " ".join(part.strip(" .,-–").split())
            if is_name(name):
                names.append(name.title() if name.isupper() else name)
    letters = sum(c.isalpha() for c in _DEGREES.sub(" ", _LEAD.sub("", row.text)))
    return names if sum(c.isalpha() for name in names for c in name) > 0.6 * letters else []


def pieces(row: Line, page: RawPage) -> list[str]:
    """A row's text, divided where words stand far apart."""
    found: list[str] = []
    edge = None
    for first, last in row.spans:
        text = " ".join(page.strings[first:last])
        if edge is not None and page.words[first][0] - edge < 0.9 * row.size:
            found[-1] += " " + text
        else:
            found.append(text)
        edge = page.words[last - 1][2]
    return found


def is_name(text: str) -> bool:
    """Whether words look like a person's name: one to five of them, in capitals as names are."""
    words = text.split()
    if not 1 <= len(words) <= 5 or len(text) < 3 or any(c.isdigit() for c in text):
        return False
    if len(words) == 1 and (len(text) < 4 or text.isupper()):
        return False
    words = [word.translate(_LOOSE_ACCENTS) for word in words]
    if not all(_NAME_WORD.match(word) for word in words):
        return False
    return any(len(word) > 2 for word in words) or all(word.isalpha() and word.istitle() for word in words)
