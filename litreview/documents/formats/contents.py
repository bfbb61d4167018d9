"""Tables of contents that were typed, not made by a field: their lines are contents, not headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litreview.documents.formats.model import Piece
from litreview.documents.headings import numbering
from litreview.documents.labels import CONTENTS, LEADER

_ENTRIES = 3  # so many lines with a page's number make a table of contents
_BETWEEN = 2  # so many pieces between two of them belong to it: a chapter's number, a long name's first part
_TABBED = re.compile(r"\t\s*(?:\d{1,4}|[ivxlc]{1,7})$", re.IGNORECASE)
_NUMBERED = re.compile(r"\S\s+(?:\d{1,3}|[ivxlc]{1,7})$")
_SHORT = 20  # words: a longer line without leaders is a sentence


def mark_contents(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces, the lines of tables of contents marked as such: at least three that end in a page's number, after
    leaders, or under a heading that says so after a tab or a space."""
    begin = 0
    while begin < len(pieces):
        told = _is_contents_heading(pieces[begin])
        entries = list(_entries(pieces, begin + told, told))
        if entries:
            for piece in pieces[begin + told : entries[-1] + 1]:
                piece.kind, piece.level = "contents", 0
        begin = entries[-1] + 1 if entries else begin + 1
    return pieces


def _entries(pieces: Sequence[Piece], begin: int, told: bool) -> Iterator[int]:
    """Numbers of the pieces that are lines of one table of contents; none where they are too few. Without a heading
    it begins with its first line."""
    found: list[int] = []
    lines = 0
    for number in range(begin, len(pieces)):
        piece = pieces[number]
        count = _count(piece, told)
        if count:
            found.append(number)
            lines += count
        elif _ends(piece) or number - (found[-1] if found else begin - 1) > _BETWEEN or not (told or found):
            break
    return iter(found if lines >= _ENTRIES else ())


def _ends(piece: Piece) -> bool:
    """Whether no table of contents goes over a piece."""
    return piece.level > 0 or piece.kind not in ("body", "list", "contents") or _is_contents_heading(piece)


def _is_contents_heading(piece: Piece) -> bool:
    return len(piece.lines) == 1 and bool(CONTENTS.match(" ".join(piece.lines[0].split())))


def _count(piece: Piece, told: bool) -> int:
    """How many lines of a piece are of a table of contents; none where its last line, or most of them, are not."""
    if piece.kind not in ("body", "list", "contents"):
        return 0
    are = [_is_entry(line.rstrip(), told) for line in piece.lines]
    return sum(are) if are and are[-1] and sum(are) >= 0.5 * len(are) else 0


def _is_entry(line: str, told: bool) -> bool:
    """Whether a line ends in a page's number. `BAB IV` alone is a chapter's number."""
    if LEADER.search(line):
        return True
    if not told or len(line.split()) > _SHORT:
        return False
    kind, _, name = numbering(" ".join(line.split()))
    return bool(_TABBED.search(line) or _NUMBERED.search(line)) and not (kind == "chapter" and not name)
