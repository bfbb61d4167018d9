"""What a row is by itself and by its neighbours on the page: body, caption, table, footnote, a line of contents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from litreview.documents.blocks import Style, ends_softly
from litreview.documents.breaks import is_known_heading, is_list_item
from litreview.documents.captions import is_caption, is_source
from litreview.documents.extract import ASIDE, Line
from litreview.documents.headings import numbering

NOTE_MARK = re.compile(r"^(?:\d{1,3}(?![\d.,)%])|\*{1,3}|[†‡§¶∗])(?=\s*\S)")
LEADER = re.compile(r"(?:[.…]{4,}|(?:\. ){4,}|…{2,}|_{4,})\s*(?:\d{1,4}|[ivxlc]{1,7})$", re.IGNORECASE)
_NUMBER_END = re.compile(r"\s(?:\d{1,3}|[ivxlc]{1,7})$")
CONTENTS = re.compile(r"^(?:daftar (?:isi|tabel|gambar|lampiran)|(?:table of )?contents|list of \w+)$", re.IGNORECASE)
_FOOT = 0.9  # of the page's height: small type below it is a notice of the publisher
_NUMERALS = frozenset("0123456789ivxlcIVXLC")


def label_rows(rows: Sequence[Line], style: Style, height: float) -> list[str]:
    """For each row of a page `body`, `caption`, `table`, `footnote` or `contents` (a line of a table of contents)."""
    kinds = ["body"] * len(rows)
    if _label_contents(rows, kinds):
        return kinds
    _label_captions(rows, kinds, style)
    _label_above_captions(rows, kinds, style)
    _label_tables(rows, kinds, style)
    _label_footnotes(rows, kinds, style, height)
    for i, row in enumerate(rows):
        if row.column >= ASIDE and kinds[i] in ("body", "footnote"):
            kinds[i] = "aside"
    return kinds


def _label_contents(rows: Sequence[Line], kinds: list[str]) -> bool:
    """Lines that end in a page's number, most of them after leaders or under a heading that says so; True when the
    page is one of a table of contents."""
    ended = [i for i, row in enumerate(rows) if row.words[-1][-1] in _NUMERALS]
    if len(ended) < 3:
        return False
    leaders = [i for i in ended if LEADER.search(rows[i].text)]
    if len(leaders) < 3:
        numbered = [i for i in ended if _NUMBER_END.search(rows[i].text)]
        says = any(CONTENTS.match(row.text) for row in rows[:3])
        if not says or len(numbered) < 0.5 * len(rows):
            return False
        leaders = numbered
    for i in range(leaders[0], leaders[-1] + 1):
        if not CONTENTS.match(rows[i].text):
            kinds[i] = "contents"
    return len(leaders) > 0.4 * len(rows)


def _label_captions(rows: Sequence[Line], kinds: list[str], style: Style) -> None:
    inside: Line | None = None
    for i, row in enumerate(rows):
        begins = row.cells == 1 and ((is_caption(row) and not _goes_on(rows, i)) or is_source(row))
        if begins or (inside is not None and _same_caption(inside, row, style)):
            kinds[i] = "caption"
            inside = row
        else:
            inside = None


def _goes_on(rows: Sequence[Line], i: int) -> bool:
    """Whether a row continues the sentence of the row before it (`… seperti pada / Tabel 1. Hal ini …`)."""
    if i == 0 or rows[i - 1].column != rows[i].column:
        return False
    before, row = rows[i - 1], rows[i]
    return (
        not ends_softly(before)
        and before.x1 > before.right - 15
        and row.y0 - before.y0 < 1.5 * row.size + 3
        and abs(before.size - row.size) < 0.5
        and before.bold == row.bold
    )


def _same_caption(inside: Line, row: Line, style: Style) -> bool:
    pitch = row.y0 - inside.y0
    if inside.column != row.column or row.cells > 1 or abs(inside.size - row.size) > 0.6 or inside.bold != row.bold:
        return False
    if inside.size > style.body_size - 0.4 and inside.x1 < inside.right - 0.2 * (inside.right - inside.left):
        return False
    return 0 < pitch < 1.25 * inside.size + 3


def _label_above_captions(rows: Sequence[Line], kinds: list[str], style: Style) -> None:
    """Rows right over a caption that are no prose: those of a table or a figure that its caption stands beneath. They
    begin at the column's top or after a gap, so that a paragraph's last row is not taken for one."""
    for i, row in enumerate(rows):
        if kinds[i] != "caption" or i == 0 or kinds[i - 1] != "body" or not is_caption(row):
            continue
        if _has_table_beneath(rows, kinds, i):
            continue
        start, near = i, row.y0
        while start > 0 and kinds[start - 1] == "body" and _is_scrap(rows[start - 1], row, near, style):
            start -= 1
            near = rows[start].y0
        while start < i and not _is_set_off(rows, start, style):
            start += 1
        kinds[start:i] = ["table"] * (i - start)


def _has_table_beneath(rows: Sequence[Line], kinds: Sequence[str], i: int) -> bool:
    """Whether rows with cells, or in smaller type, follow a caption at once; where such rows stand right over it too
    and those beneath have a caption of their own beneath them, it belongs to the ones above."""
    after = next((j for j in range(i, len(rows)) if kinds[j] != "caption"), None)
    if after is None or rows[after].column != rows[i].column:
        return False
    row, last, above = rows[after], rows[after - 1], rows[i - 1]
    if not (0 < row.y0 - last.y1 < 2 * row.size and (row.cells > 1 or row.size < last.size - 0.6)):
        return False
    if above.column != rows[i].column or not 0 < rows[i].y0 - above.y1 < 2 * row.size:
        return True
    next_caption = next((j for j in range(after, len(rows)) if kinds[j] == "caption"), None)
    if next_caption is None or rows[next_caption].column != row.column or not is_caption(rows[next_caption]):
        return True
    between = rows[after:next_caption]
    return any(one.cells == 1 and one.x1 - one.x0 > 0.75 * (one.right - one.left) for one in between)


def _is_scrap(row: Line, caption: Line, below: float, style: Style) -> bool:
    """Whether a row is near what stands beneath it (boxes of tight rows overlap), and no row of prose of the body's
    type."""
    if row.column != caption.column or not -0.4 * row.size < below - row.y1 < 2.6 * row.size:
        return False
    long = len(row.words) > 5 and row.x1 - row.x0 > 0.75 * (row.right - row.left)
    if (row.cells == 1 and long and _is_lettered(row) and row.size > style.body_size - 0.4) or is_known_heading(row):
        return False
    return row.cells > 1 or not ((row.bold and numbering(row.text)[0]) or is_list_item(row))


def _is_lettered(row: Line) -> bool:
    """Whether a row is mostly letters, as prose is, not figures and signs."""
    return sum(map(str.isalpha, row.text)) > 0.5 * len(row.text)


def _is_set_off(rows: Sequence[Line], i: int, style: Style) -> bool:
    """Whether a row stands at its column's top, or apart from the row before, and is no rest of a paragraph."""
    row = rows[i]
    if i == 0 or rows[i - 1].column != row.column or rows[i - 1].y0 > row.y0:
        goes_on = row.words[0][0].islower() and row.cells == 1 and row.x0 < row.left + 3
        alone = i + 1 < len(rows) and rows[i + 1].y0 - row.y0 > 1.5 * row.size + 3
        return not (goes_on and alone and abs(row.size - style.body_size) < 0.4)
    pitch = style.pitches.get((row.page, row.column), 1.2 * row.size)
    return row.y0 - rows[i - 1].y0 > 1.35 * max(pitch, row.size) + 1


def _label_tables(rows: Sequence[Line], kinds: list[str], style: Style) -> None:
    """Runs of rows with cells; in a run, rows of one narrow cell are a cell's further lines."""
    _label_small_tables(rows, kinds, style)
    i = 0
    while i < len(rows):
        if kinds[i] == "body" and rows[i].cells > 1:
            end, celled = _table_end(rows, kinds, i, style)
            captioned = i > 0 and kinds[i - 1] == "caption"
            if celled >= (2 if captioned else 3):
                start = _table_start(rows, kinds, i)
                kinds[start:end] = ["table"] * (end - start)
            i = end
        else:
            i += 1


def _label_small_tables(rows: Sequence[Line], kinds: list[str], style: Style) -> None:
    """Rows in smaller type than the body's right under a table's caption, down to its source or to the body."""
    inside: Line | None = None
    for i, row in enumerate(rows):
        if kinds[i] == "caption":
            inside = row if row.words[0].lower() in ("tabel", "table") or inside is not None else None
            inside = None if is_source(row) else inside
        elif inside is not None:
            near = row.column == inside.column and 0 <= row.y0 - inside.y0 < 3.2 * row.size
            prose = row.cells == 1 and len(row.words) > 6 and row.x1 - row.x0 > 0.8 * (row.right - row.left)
            if kinds[i] != "body" or prose or not near or row.size > style.body_size - 0.4:
                inside = None
            else:
                kinds[i] = "table"
                inside = row


def _table_end(rows: Sequence[Line], kinds: Sequence[str], start: int, style: Style) -> tuple[int, int]:
    """Where a table ends that begins at a row, and how many of its rows have several cells."""
    celled = 0
    end = i = start
    while i < len(rows) and kinds[i] == "body" and rows[i].column == rows[start].column:
        row = rows[i]
        if i > start and row.y0 - rows[i - 1].y0 > 4.5 * style.body_size:
            break
        if row.cells > 1:
            celled += 1
            end = i + 1
        elif row.x1 - row.x0 > 0.62 * (row.right - row.left) or i - end > 4:
            break
        i += 1
    return end, celled


def _table_start(rows: Sequence[Line], kinds: Sequence[str], start: int) -> int:
    """The rows between a caption and the first row with cells belong to the table's head."""
    i = start
    while i > 0 and start - i < 4 and kinds[i - 1] == "body" and rows[i - 1].column == rows[start].column:
        i -= 1
    return i if i > 0 and kinds[i - 1] == "caption" and start - i < 4 else start


def _label_footnotes(rows: Sequence[Line], kinds: list[str], style: Style, height: float) -> None:
    """In each column the lowest rows of small type that begin with a note's mark."""
    for column in dict.fromkeys(row.column for row in rows):
        places = [i for i, row in enumerate(rows) if row.column == column]
        first = None
        for i in reversed(places):
            row = rows[i]
            if kinds[i] != "body" or row.size > style.body_size - 0.7 or row.y0 < 0.35 * height:
                break
            if NOTE_MARK.match(row.text) or row.y0 > _FOOT * height:
                first = i
        if first is not None:
            for i in places:
                if i >= first:
                    kinds[i] = "footnote"
