"""From rows in reading order to blocks: paragraphs, headings, list items, captions, tables, footnotes, references.

Captions, tables and footnotes are set beside the flow: a paragraph that they interrupt goes on after them, and they
follow it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from litreview.documents.captions import is_caption, is_source
from litreview.documents.extract import ASIDE, Line, RawPage
from litreview.documents.headings import is_spaced_out, named_kinds, numbering, run_in_abstract
from litreview.documents.reference_lists import entry_starts, goes_on_in_list, is_division

_NOTE_MARK = re.compile(r"^(?:\d{1,3}(?![\d.,)%])|\*{1,3}|[†‡§¶∗])(?=\s*\S)")
_ITEM = re.compile(r"^(?:\(?\d{1,2}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,4}[.)]|\[\d{1,3}\]|[•▪●○◦‣⁃∙■□➢✓*–-])$")
_LEADER = re.compile(r"(?:\.{4,}|(?:\. ){4,}|…{2,}|_{4,})\s*(?:\d{1,4}|[ivxlc]{1,7})$", re.IGNORECASE)
_NUMBER_END = re.compile(r"\s(?:\d{1,3}|[ivxlc]{1,7})$")
_CONTENTS = re.compile(r"^(?:daftar (?:isi|tabel|gambar|lampiran)|(?:table of )?contents|list of \w+)$", re.IGNORECASE)
_FOOT = 0.9  # of the page's height: small type below it is a notice of the publisher
_STEADY = 0.7  # of the words stand in three sizes
_NUMERALS = frozenset("0123456789ivxlcIVXLC")
_SOFT_END = (".", "?", "!", ":", ";", "”", '"', ")", "]", "…")
_NUMBER_STARTS = frozenset("0123456789ABCDEFGHIVX")
_NARROW = frozenset("iljtf.,:;'()[]|!")
_OPENING = "“\"'‘("


@dataclass(slots=True)
class Block:
    """Rows that belong together, with their kind (a paragraph's kind) and the blocks set beside it."""

    kind: str
    rows: list[Line]
    beside: list[Block] = field(default_factory=list)
    level: int = 0  # of a heading that the file itself marks as one; 0 where nothing does

    @property
    def text(self) -> str:
        """The rows' words by single spaces, hyphens at line ends left as they are."""
        return " ".join(row.text for row in self.rows)


@dataclass(frozen=True, slots=True)
class Style:
    """What is usual in a document: the size of body type in points, and the pitch of rows in each column of a page
    (page, column); whether its sizes are `steady`, as those of recognised pictures are not."""

    body_size: float
    pitches: dict[tuple[int, int], float]
    indented: bool
    steady: bool = False


def measure_style(pages: Sequence[Sequence[Line]]) -> Style:
    """The body's size is the one that most words have; a column's pitch the median distance of its rows."""
    sizes: defaultdict[float, int] = defaultdict(int)
    steps: dict[tuple[int, int], list[float]] = {}
    indents = 0
    for rows in pages:
        y0 = column = -1.0
        of_column: list[float] = []
        for row in rows:
            sizes[row.size] += len(row.words)
            if row.column != column:
                column = row.column
                of_column = steps.setdefault((row.page, row.column), [])
            elif 0 < row.y0 - y0 < 60:
                of_column.append(row.y0 - y0)
            y0 = row.y0
            indents += 8 < row.x0 - row.left < 60 and row.x1 > row.right - 20
    halves: Counter[float] = Counter()
    for size, words in sizes.items():
        halves[round(size * 2) / 2] += words
    body = max(halves, key=lambda size: (halves[size], size)) if halves else 10.0
    pitches = {place: median(found) for place, found in steps.items() if found}
    steady = sum(sorted(sizes.values())[-3:]) > _STEADY * sum(sizes.values())
    return Style(body, pitches, indents > 0.03 * sum(map(len, pages)), steady)


def build_blocks(pages: Sequence[RawPage], ordered: Sequence[Sequence[Line]], style: Style) -> list[Block]:
    """All blocks of a report in reading order."""
    blocks: list[Block] = []
    open_block: Block | None = None
    references: list[Line] | None = None
    for page, rows in zip(pages, ordered, strict=True):
        kinds = label_rows(rows, style, page.height)
        for row, kind in zip(rows, kinds, strict=True):
            if kind != "body" and not (references is not None and _of_list(blocks, references, row)):
                _set_beside(blocks, open_block, kind, row)
                continue
            if references is not None:
                if not _ends_references(row, style):
                    references.append(row)
                    continue
                blocks.extend(split_references(references))
                references = None
            if open_block is not None and not breaks(open_block, row, style):
                open_block.rows.append(row)
                continue
            interrupted = _interrupted(blocks, row, style) if row.words[0][0].islower() else None
            if interrupted is not None:
                interrupted.rows.append(row)
                open_block = interrupted
                continue
            open_block = Block("body", [row])
            blocks.append(open_block)
            if named_kinds(row.text) == ("references",) and len(row.words) < 6:
                references = []
    if references:
        blocks.extend(split_references(references))
    return _flatten(blocks)


def _of_list(blocks: Sequence[Block], references: Sequence[Line], row: Line) -> bool:
    """Whether a row that looks like a table's or a note's belongs to the list of references that is being read."""
    return goes_on_in_list(references[-1] if references else blocks[-1].rows[-1], row, bool(references))


def _interrupted(blocks: Sequence[Block], row: Line, style: Style) -> Block | None:
    """The paragraph that a row in small letters goes on with, where only scraps of other type, as from a picture, stand
    between; None where there is none."""
    for block in reversed(blocks[-6:]):
        last = block.rows[-1] if block.rows else None
        if last is None or last.page < row.page - 1:
            return None
        prose = abs(last.size - style.body_size) < 0.7 and len(last.words) > 3
        if prose and block is not blocks[-1]:
            elsewhere = (last.page, last.column) != (row.page, row.column)
            ended = last.text.endswith(_SOFT_END) or last.bold
            alike = abs(last.size - row.size) < 0.3 and last.x1 > last.right - 0.12 * (last.right - last.left)
            return block if elsewhere and not ended and alike else None
        if len(block.rows) > 3 or prose:
            return None
    return None


def _flatten(blocks: Sequence[Block]) -> list[Block]:
    return [one for block in blocks for one in (block, *block.beside) if one.rows]


def _set_beside(blocks: list[Block], open_block: Block | None, kind: str, row: Line) -> None:
    """Add a row to what stands beside the open block: to the last such block when it goes on in it."""
    if open_block is None:
        open_block = Block("body", [])
        blocks.append(open_block)
    home = blocks[-1]
    last = home.beside[-1] if home.beside else None
    if last is not None and last.kind == kind and not _new_beside(last, row, kind):
        last.rows.append(row)
    else:
        home.beside.append(Block(kind, [row]))


def _new_beside(last: Block, row: Line, kind: str) -> bool:
    before = last.rows[-1]
    if before.page != row.page:
        return kind != "table"
    if kind == "caption":
        return is_caption(row) or is_source(row)
    if kind == "aside":
        return row.column != before.column or row.y0 - before.y0 > 1.6 * row.size
    if kind == "footnote":
        near = before.column != row.column or abs(row.x0 - last.rows[0].x0) < 12
        return near and bool(_NOTE_MARK.match(row.text))
    return False


# What a row is, by itself and its neighbours on the page


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
    leaders = [i for i in ended if _LEADER.search(rows[i].text)]
    if len(leaders) < 3:
        numbered = [i for i in ended if _NUMBER_END.search(rows[i].text)]
        says = any(_CONTENTS.match(row.text) for row in rows[:3])
        if not says or len(numbered) < 0.5 * len(rows):
            return False
        leaders = numbered
    for i in range(leaders[0], leaders[-1] + 1):
        if not _CONTENTS.match(rows[i].text):
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
        not before.text.endswith(_SOFT_END)
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
    """Whether rows with cells, or in smaller type, follow a caption at once."""
    after = next((j for j in range(i, len(rows)) if kinds[j] != "caption"), None)
    if after is None or rows[after].column != rows[i].column:
        return False
    row, last = rows[after], rows[after - 1]
    return 0 < row.y0 - last.y1 < 2 * row.size and (row.cells > 1 or row.size < last.size - 0.6)


def _is_scrap(row: Line, caption: Line, below: float, style: Style) -> bool:
    """Whether a row is near what stands beneath it, and no row of prose of the body's type."""
    if row.column != caption.column or not 0 < below - row.y1 < 2.6 * row.size:
        return False
    long = len(row.words) > 5 and row.x1 - row.x0 > 0.75 * (row.right - row.left)
    if (row.cells == 1 and long and row.size > style.body_size - 0.4) or _is_known_heading(row):
        return False
    return not (row.bold and row.cells == 1 and numbering(row.text)[0]) and not is_list_item(row)


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
            if _NOTE_MARK.match(row.text) or row.y0 > _FOOT * height:
                first = i
        if first is not None:
            for i in places:
                if i >= first:
                    kinds[i] = "footnote"


# Where a paragraph ends


def breaks(block: Block, row: Line, style: Style) -> bool:
    """Whether a row begins a new block after the open one."""
    last = block.rows[-1] if block.rows else None
    if last is None:
        return True
    if row.words[0][0].islower() and (_plainly_goes_on(last, row) or _is_broken_word(last, row)):
        return False
    if _type_changes(last, row, style):
        return True
    if _is_known_heading(row) or _is_known_heading(last) or run_in_abstract(row.text):
        return True
    if row.bold and row.words[0][0] in _NUMBER_STARTS and numbering(row.text)[0]:
        return True
    if last.page != row.page or last.column != row.column or row.y0 < last.y0 - 2:
        return not _flows_over(last, row, style)
    return _breaks_in_column(block, last, row, style)


def _type_changes(last: Line, row: Line, style: Style) -> bool:
    """Whether two rows differ in weight or size, by less where sizes are exact: headings may be a point larger."""
    step = abs(last.size - row.size)
    return last.bold != row.bold or step > (0.4 if style.steady else 0.12 * max(last.size, row.size))


def _plainly_goes_on(last: Line, row: Line) -> bool:
    """Whether a row that begins with a small letter is of one type with the row right above it, and no list's item;
    true of most rows, and cheaper to see than the rest."""
    return (
        last.size == row.size
        and last.bold == row.bold
        and last.italic == row.italic
        and last.column == row.column
        and last.page == row.page
        and 0 < row.y0 - last.y0 <= 1.18 * row.size + 1
        and row.words[0][-1] not in ".)"
        and not last.known
    )


def _is_broken_word(last: Line, row: Line) -> bool:
    """Whether a word goes on from the end of a row, in the row beneath or in another column, in about the same type."""
    end = last.words[-1]
    if end[-1] not in "-‐\u00ad" or len(end) < 2 or not end[-2].isalpha() or last.bold != row.bold:
        return False
    near = row.column != last.column or row.y0 - last.y0 < 2 * row.size
    return near and abs(last.size - row.size) < 0.12 * row.size


def _is_known_heading(row: Line) -> bool:
    if row.known is None:
        row.known = _names_a_section(row)
    return row.known


def _names_a_section(row: Line) -> bool:
    first = row.words[0]
    small = first[0].islower() and not is_spaced_out(row.words)
    if len(row.words) > (9 if len(first) > 1 else 16) or small or (row.x1 > row.right - 8 and row.x0 < row.left + 8):
        return False
    text = row.text
    if text.endswith(".") and not (row.bold or text.isupper() or first[0].isdigit()):
        return False
    return bool(named_kinds(text)) or (numbering(text)[0] == "chapter" and not text.endswith("."))


def _flows_over(last: Line, row: Line, style: Style) -> bool:
    """Whether a paragraph goes on over a column's or a page's end."""
    if last.bold or (is_list_item(row) and not row.text[0].islower()):
        return False
    text = last.text
    if row.words[0][0].islower() or text.endswith("-"):
        return True
    if text.endswith(_SOFT_END) and not text.endswith((")", "]")):
        full = last.x1 > last.right - 3
        return full and style.indented and row.x0 - row.left < 4 and row.words[0][0] not in _OPENING
    return last.x1 > last.right - 0.25 * (last.right - last.left)


def _breaks_in_column(block: Block, last: Line, row: Line, style: Style) -> bool:
    pitch = row.y0 - last.y0
    of_column = style.pitches.get((row.page, row.column), 1.2 * row.size)
    usual = of_column
    if len(block.rows) > 1 and block.rows[-2].column == last.column and block.rows[-2].page == last.page:
        usual = max(last.y0 - block.rows[-2].y0, min(of_column, 1.25 * row.size))
    if pitch > 1.18 * max(usual, row.size) + 1:
        if last.x1 < last.right - 0.12 * (last.right - last.left) or last.text.endswith(_SOFT_END):
            return True
        if row.words[0][0].islower() and pitch < 2.3 * max(usual, row.size) and not is_list_item(row):
            return row.size != last.size
        return not (_stands_between(block, last, row) and _flows_over(last, row, style))
    ended = last.text.endswith(_SOFT_END)
    room = last.right - last.x1 > _first_word_width(row) + 0.5 * row.size
    if is_list_item(row) and (ended or room):
        return True
    if row.italic != last.italic and room and not ended:
        return True
    return _breaks_by_edges(block, last, row, ended, room)


def _stands_between(block: Block, last: Line, row: Line) -> bool:
    """Whether a caption, table or figure's part set beside the block lies between two rows of its column."""
    return any(last.y0 < one.y0 < row.y0 for beside in block.beside for one in beside.rows if one.page == row.page)


def _breaks_by_edges(block: Block, last: Line, row: Line, ended: bool, room: bool) -> bool:
    """By indents, and by room left: were it one paragraph, a row's first word would stand on the row before."""
    begins = not row.words[0][0].islower()
    step = row.x0 - last.x0
    if ended and room and begins:
        return True
    if step > 0.6 * row.size and ended and begins and not _hangs(block):
        return True
    if step < -0.6 * row.size and len(block.rows) > 1 and begins:
        before = block.rows[-2]
        return abs(before.x0 - last.x0) < 2 and (ended or room)
    return False


def _hangs(block: Block) -> bool:
    """Whether a block's first row stands out to the left: a list item or an entry."""
    return len(block.rows) == 1 and is_list_item(block.rows[0])


def is_list_item(row: Line) -> bool:
    """Whether a row begins with a list item's number or mark."""
    return bool(_ITEM.match(row.words[0])) and len(row.words) > 1


def _first_word_width(row: Line) -> float:
    """Width of a row's first word in points, by its share of letters and by how wide those are."""
    word = row.words[0]
    wide = sum(1.35 if c.isupper() else 1.6 if c in "mw" else 0.6 if c in _NARROW else 1.05 for c in word)
    return (row.x1 - row.x0) * max(wide, len(word)) / max(1, len(row.text))


# References


def _ends_references(row: Line, style: Style) -> bool:
    """Whether a row is a heading after the list of references."""
    if is_division(row.text):
        return False
    kinds = named_kinds(row.text)
    if kinds and kinds != ("references",) and len(row.words) < 9:
        return row.bold or row.text.isupper() or row.size > style.body_size + 0.8 or row.x1 < row.left + 200
    return (row.bold and row.size > style.body_size + 0.8) or (row.bold and row.text.isupper() and len(row.words) > 1)


def split_references(rows: Sequence[Line]) -> list[Block]:
    """Entries of a list of references."""
    blocks: list[Block] = []
    for row, begins in zip(rows, entry_starts(rows), strict=True):
        if begins or not blocks:
            blocks.append(Block("reference", [row]))
        else:
            blocks[-1].rows.append(row)
    return blocks
