"""Where the entries of a list of references begin: by their numbers, by indents, or by gaps and short rows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from statistics import median

from litreview.documents.extract import Line

_NUMBER = re.compile(r"^[\[(]?(\d{1,3})(?:[\]).]+|$)")
_DIVISION = re.compile(
    r"^(?:[A-Z\d]{1,3}[.)]\s*)?(?:(?:sumber|daftar|referensi)[ -])?(?:buku(?:-buku)?(?: teks)?|e-?book|jurnal|artikel"
    r"|(?:jurnal|artikel|skripsi|tesis|buku)(?:, | dan | & |/)(?:jurnal|artikel|skripsi|tesis|disertasi|buku|internet)"
    r"|skripsi|tesis|disertasi|thes[ie]s|karya ilmiah|makalah|prosiding|laporan|dokumen|majalah|surat kabar|koran"
    r"|internet|online|website|web|situs(?: web)?|lain(?:-lain|nya)?|wawancara|peraturan(?: perundang[- ]?undangan)?"
    r"|(?:peraturan dan )?undang[- ]?undang|books?|journals?|articles?|reports?|websites?|(?:online|other) sources?"
    r"|laws?(?: and regulations?)?)\s*:?$",
    re.IGNORECASE,
)
_ENDED = (".", "?", "!", ")", "]", "”", '"', ">")
_NAME_START = re.compile(r"^(?:(?:van|von|de|der|den|del|al|el|la|le|bin)\b[ -]?)?[^\W\d_]", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d[a-z]?\b|\b(?:n\.d|t\.t|in press)\b", re.IGNORECASE)
_EDGE = 4.0  # points by which a row at the column's edge may stray
_SHARE = 0.15  # of the rows: fewer that are set in say nothing of indents


def is_division(text: str) -> bool:
    """Whether a row names the sources that follow in a list of references (`Buku`, `A. Jurnal`, `Sumber Internet`)."""
    return len(text) < 50 and _DIVISION.match(text) is not None


def entry_starts(rows: Sequence[Line]) -> list[bool]:
    """For each row of a list whether an entry begins with it; the first always does, and so does the one after a row
    that divides the list, which stands by itself."""
    starts: list[bool] = []
    at = 0
    for i, row in enumerate(rows):
        if is_division(row.text):
            starts += [*_starts_of_part(rows[at:i]), True]
            at = i + 1
    return starts + _starts_of_part(rows[at:])


def _starts_of_part(rows: Sequence[Line]) -> list[bool]:
    if not rows:
        return []
    numbered = _numbered(rows)
    if numbered is not None:
        return numbered
    edges = _edges(rows)
    inner = [row.x0 > edges[row.page, row.column] + _EDGE + 1 for row in rows]
    pitch = _pitch(rows)
    if sum(inner) < _SHARE * len(rows):
        return [i == 0 or _begins_flush(rows, i, pitch) for i in range(len(rows))]
    hanging = _hangs(rows, inner, pitch)
    return [i == 0 or (inner[i] != hanging and _may_begin(rows, i, pitch, hanging)) for i in range(len(rows))]


def goes_on_in_list(before: Line, row: Line, begun: bool) -> bool:
    """Whether a row of odd shape (justified wide, or small at the page's foot) stands right below a list's last row, or
    at the head of the next column in its type, and so belongs to it, not to a table or a note. Where the list has not
    `begun`, the row before is its heading."""
    if begun and abs(row.size - before.size) > 0.3:
        return False
    if (row.page, row.column) == (before.page, before.column):
        return 0 <= row.y0 - before.y0 < (2.6 if begun else 4.5) * row.size
    same_width = abs((row.right - row.left) - (before.right - before.left)) < 0.15 * (before.right - before.left)
    return same_width and row.x0 - row.left < 3 * row.size


def _numbered(rows: Sequence[Line]) -> list[bool] | None:
    """Rows whose numbers follow each other; None where the list has none."""
    starts = [False] * len(rows)
    last = 0
    for i, row in enumerate(rows):
        match = _NUMBER.match(row.words[0])
        if match and len(row.words) > 1 and last < int(match.group(1)) <= last + 3:
            starts[i] = True
            last = int(match.group(1))
    if sum(starts) < 3 or sum(starts) < len(rows) / 10 or last > 1.5 * sum(starts) + 2:
        return None
    starts[0] = True
    return starts


def _edges(rows: Sequence[Line]) -> dict[tuple[int, int], float]:
    """The left edge of the list in each column of a page."""
    edges: dict[tuple[int, int], float] = {}
    for row in rows:
        place = row.page, row.column
        edges[place] = min(row.x0, edges.get(place, row.x0))
    return edges


def _pitch(rows: Sequence[Line]) -> float:
    """The usual distance between a row and the next."""
    steps = [b.y0 - a.y0 for a, b in itertools.pairwise(rows) if _beneath(a, b)]
    return median(steps) if steps else 1.2 * rows[0].size


def _beneath(before: Line, row: Line) -> bool:
    return (before.page, before.column) == (row.page, row.column) and 0 < row.y0 - before.y0 < 6 * row.size


def _hangs(rows: Sequence[Line], inner: Sequence[bool], pitch: float) -> bool:
    """Whether entries stand out to the left (the usual) or their first rows are set in, as paragraphs are: told by
    the rows that come after a short one or a gap."""
    after_end = [inner[i] for i in range(1, len(rows)) if _beneath(rows[i - 1], rows[i]) and _ended(rows, i, pitch)]
    return not after_end or sum(after_end) <= 0.5 * len(after_end)


def _ended(rows: Sequence[Line], i: int, pitch: float) -> bool:
    """Whether the row before ends an entry plainly: by a gap, or short with a stop."""
    before, row = rows[i - 1], rows[i]
    if _beneath(before, row) and row.y0 - before.y0 > 1.25 * pitch + 1:
        return True
    return _stops(before) and _room(before, row)


def _stops(row: Line) -> bool:
    return row.text.endswith(_ENDED) or "://" in row.words[-1] or row.words[-1].startswith("10.")


def _room(before: Line, row: Line) -> bool:
    """Whether the next row's first word would have stood on the row before."""
    width = (row.x1 - row.x0) * len(row.words[0]) / max(1, len(row.text))
    return before.right - before.x1 > width + 0.5 * row.size


def _may_begin(rows: Sequence[Line], i: int, pitch: float, hanging: bool) -> bool:
    """Whether a row at the place where entries begin is one's beginning: it starts as a name does, and the row before
    has come to an end."""
    before, row = rows[i - 1], rows[i]
    if not _NAME_START.match(row.text) and not _NUMBER.match(row.words[0]) and row.text[0] not in "“\"'‘_—–-":
        return False
    if not _beneath(before, row):
        return hanging or _stops(before)
    if row.y0 - before.y0 > 1.25 * pitch + 1:
        return True
    return _stops(before) or _room(before, row)


def _begins_flush(rows: Sequence[Line], i: int, pitch: float) -> bool:
    """Where nothing is set in: after a gap, after a short row with a stop, or where a name and a year begin."""
    before, row = rows[i - 1], rows[i]
    if not (row.words[0][0].isupper() or row.words[0][0] in '[(“"_—–-' or _NUMBER.match(row.words[0])):
        return False
    if _beneath(before, row) and row.y0 - before.y0 > 1.25 * pitch + 1:
        return True
    if not _stops(before):
        return False
    if _room(before, row):
        return row.words[0][0].isupper()
    surname = row.words[0][-1] in ",." and len(row.words[0]) > 3
    return surname and bool(_YEAR.search(row.text))
