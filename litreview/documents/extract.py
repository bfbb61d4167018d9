"""From a PDF's page to words and native lines. The only module of the reader that talks to PyMuPDF.

Words come from `get_text("words")` without ligatures; sizes and bold and italic type come from the same text page as
HTML, which MuPDF writes in C for a twentieth of the cost of the words, where `dict` costs a fifth to all of it again.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import compress
from operator import itemgetter, not_
from typing import TYPE_CHECKING

import msgspec

from litreview.documents.turned import stand_upright, text_turn

if TYPE_CHECKING:
    import pymupdf

Word = tuple[float, float, float, float, str, int, int, int]
_ODD = re.compile("[\x00-\x1f\x7f\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff\ufb00-\ufb06\u00a0\u2000-\u200a\u202f]")
_NORMAL = {0xAD: "-"} | dict.fromkeys([*range(0x20), 0x7F, *range(0x200B, 0x2010), 0x2028, 0x2029, 0x2060, 0xFEFF])
_ENTITY = re.compile("&#x([0-9a-f]+);")
_STRING, _IN_LINE = itemgetter(4), itemgetter(7)  # of a word: its text, its number in the line
ASIDE = 100  # columns from here on are boxes, notes and captions beside the text
WORD_GAP = 1.9  # in sizes: a wider gap divides cells, not words
_VERTICAL = 1.8  # a word this many times taller than wide stands upright in a margin


class Line(msgspec.Struct, eq=False, gc=False):
    """A line, or a part of one, of a page: its words by index, its box in points, its type, and its place in the
    layout (`column` and that column's edges), which `layout` fills in. `cells` are the x at which wide gaps end."""

    page: int
    spans: list[tuple[int, int]]
    words: list[str]
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool = False
    italic: bool = False
    lead: bool = False  # begins in bold and goes on in plain type
    drop: bool = False  # its first word is the large first letter of its second one
    column: int = 0
    left: float = 0.0
    right: float = 0.0
    cells: int = 1
    known: bool | None = None  # whether it is a heading that names a section; asked for more than once
    joined: str = ""

    @property
    def text(self) -> str:
        """The line's words, by single spaces."""
        if not self.joined:
            self.joined = " ".join(self.words)
        return self.joined


class RawPage(msgspec.Struct, eq=False, gc=False):
    """A page as extracted: its words as strings and as PyMuPDF gives them, with their boxes as displayed, aligned; and
    its native lines in the PDF's order, in a frame of `width` and `height` in which the text stands upright: the page
    as displayed, turned clockwise by `turn` degrees."""

    file: int
    number: int
    width: float
    height: float
    strings: list[str]
    words: list[Word]
    lines: list[Line]
    label: str = ""
    turn: int = 0
    pictured: bool = False  # hardly any words, and a picture over much of it
    marked: bool = False  # hardly any words, and something drawn
    unreadable: bool = False
    lost: bool = False  # more is drawn as letters than was read
    columns_doubted: bool = False
    recognise: str | None = None  # why its text must be recognised (`quality.needs_recognition`); None before asked
    tried: bool = False  # its picture was to be recognised
    ocr: str = ""  # what recognised its words, where they are not the PDF's own
    broken: bool = False  # the file is damaged where the page's content stands, so that words may be lost
    dropped: list[Line] = []  # running heads and feet, page and line numbers


def shown_size(page: RawPage) -> tuple[float, float]:
    """A page's width and height in points as displayed."""
    return (page.height, page.width) if page.turn in (90, 270) else (page.width, page.height)


def read_page(page: pymupdf.Page, index: int, file: int) -> RawPage:
    """Extract one page; `index` is its place among the pages of the report."""
    import pymupdf

    flags = pymupdf.TEXTFLAGS_WORDS & ~pymupdf.TEXT_PRESERVE_LIGATURES
    textpage = page.get_textpage(flags=flags)
    words: list[Word] = textpage.extractWORDS()
    html = _as_html(textpage)
    if page.rotation:
        words = _turn(words, page)
    if _has_odd_letters(html):
        words = _clean(words)
    _, _, width, height = page.rect
    if not words:
        return RawPage(file, page.number + 1, width, height, [], [], [])
    raw = RawPage(file, page.number + 1, width, height, list(map(_STRING, words)), words, [])
    raw.turn = text_turn(words)
    framed = words
    if raw.turn:
        framed = stand_upright(words, raw.turn, width, height)
        raw.width, raw.height = (width, height) if raw.turn == 180 else (height, width)
    raw.lines = _native_lines(framed, raw.strings, index, html)
    return raw


def _as_html(textpage: pymupdf.TextPage) -> str:
    """The page as MuPDF's HTML, which is plain ASCII; `extractHTML` would look for escapes of another kind in it."""
    from pymupdf import mupdf

    buffer = mupdf.FzBuffer(1024)
    output = mupdf.FzOutput(buffer)
    mupdf.fz_print_stext_page_as_html(output, textpage.this, 0)
    output.fz_close_output()
    return str(buffer.fz_buffer_extract(), "latin-1")


def _has_odd_letters(html: str) -> bool:
    """Whether a page has letters to be cleaned: MuPDF's HTML writes everything outside plain ASCII as `&#x…;`."""
    return any(map(_is_odd, set(_ENTITY.findall(html)))) if "&#x" in html else False


@lru_cache(maxsize=4096)
def _is_odd(code: str) -> bool:
    """Whether a letter (in hex digits) is invisible, of a compatibility form, or may join with the one before
    it (marks, Korean vowels and endings). Words are divided at no-break spaces."""
    letter = chr(int(code, 16))
    joins = unicodedata.category(letter)[0] == "M" or "\u1160" <= letter <= "\u11ff"
    odd = _ODD.match(letter) is not None and letter != "\u00a0"
    return odd or joins or not unicodedata.is_normalized("NFC", letter)


def _turn(words: list[Word], page: pymupdf.Page) -> list[Word]:
    """Boxes as displayed: text is extracted from the page before its rotation."""
    import pymupdf

    matrix = page.rotation_matrix
    turned = []
    for word in words:
        rect = (pymupdf.Rect(word[:4]) * matrix).normalize()
        turned.append((rect.x0, rect.y0, rect.x1, rect.y1, *word[4:]))
    return turned


def _clean(words: list[Word]) -> list[Word]:
    """Words without invisible and compatibility characters, in composed form; most words of most pages need nothing."""
    cleaned = [word if _is_plain(word[4]) else (*word[:4], clean_word(word[4]), *word[5:]) for word in words]
    return cleaned if all(word[4] for word in cleaned) else _without_empty(cleaned)


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _without_empty(words: list[Word]) -> list[Word]:
    """Words that are left with letters, counted anew: the first one of each line has the number 0."""
    left: list[Word] = []
    line: tuple[int, int] | None = None
    for word in words:
        if word[4]:
            left.append((*word[:7], 0 if word[5:7] != line else 1))
            line = word[5:7]
    return left


def clean_word(text: str) -> str:
    """One word, composed; a soft hyphen counts as a hyphen at the word's end and as nothing inside."""
    inner = text[:-1].replace("\u00ad", "") + text[-1:]
    if _ODD.search(inner):
        inner = unicodedata.normalize("NFKC", inner.translate(_NORMAL)).replace(" ", "")
    return unicodedata.normalize("NFC", inner)


Type = tuple[float, bool, bool, bool]
_UNKNOWN: Type = (0.0, False, False, False)
_BLANKS = " <&"


def _parse(html: str) -> tuple[list[Type], list[str]]:
    """The type of every line that is not blank, and its HTML."""
    types, chunks = [], []
    for chunk in html.split('<p style="top:')[1:]:
        at = chunk.find("line-height:") + 12
        text = chunk.find('">', at + 18) + 2
        if chunk.find("<span", text) >= 0:
            types.append(_mixed_type(chunk, at))
        elif chunk[text] in _BLANKS and not chunk[text : chunk.find("<", text)].replace("&#xa0;", "").strip():
            continue
        else:
            types.append(_one_type(chunk[at:text]))
        chunks.append(chunk)
    return types, chunks


@lru_cache(maxsize=512)
def _one_type(head: str) -> Type:
    """The type of a line of one span, from what stands before its text."""
    return float(head[: head.find("pt")]), "<b>" in head, "<i>" in head, False


def _mixed_type(chunk: str, at: int) -> Type:
    size = _main_size(chunk, float(chunk[at : chunk.find("pt", at)]))
    spans, bolds, italics = chunk.count("<span"), chunk.count("<b>"), chunk.count("<i>")
    blanks = chunk.count('"> </span>')
    if blanks:  # a blank at a line's end is often of another type
        spans -= blanks
        bolds -= chunk.count('"> </span></b>')
        italics -= chunk.count('"> </span></i>') + chunk.count('"> </span></b></i>')
    bold, italic = bolds >= spans, italics >= spans
    return size, bold, italic, not bold and '"><b>' in chunk


def _place(chunk: str) -> tuple[float, float]:
    """A line's top and left."""
    left = chunk.find("left:") + 5
    return float(chunk[: chunk.find("pt")]), float(chunk[left : chunk.find("pt", left)])


def _types(html: str, words: list[Word], starts: list[int]) -> list[Type]:
    """One type for each native line. Where HTML and words tell another number of lines (formulas), by their places."""
    types, chunks = _parse(html)
    if len(types) == len(starts):
        return types
    places = [_place(chunk) for chunk in chunks]
    aligned = []
    at = 0
    for start in starts:
        x0, y0, _, y1 = words[start][:4]
        near = range(at, min(at + 8, len(chunks)))
        match = next((i for i in near if abs(places[i][1] - x0) < 0.8 and y0 - 3 < places[i][0] < y1 + 1), None)
        aligned.append(_UNKNOWN if match is None else types[match])
        at = at if match is None else match + 1
    return aligned


def _main_size(chunk: str, first: float) -> float:
    """The size of most of a line of several spans: marks, indices and stray spaces have others."""
    at = chunk.find("font-size:")
    if chunk.count(chunk[at : chunk.find("pt", at) + 2]) == chunk.count("font-size:"):
        return first
    parts = chunk.split("font-size:")[1:]
    sizes = [part[: part.find("pt")] for part in parts]
    lengths: dict[str, int] = {}
    for size, part in zip(sizes, parts, strict=True):
        start = part.find('">') + 2
        lengths[size] = lengths.get(size, 0) + part.find("<", start) - start
    return float(max(lengths, key=lambda size: lengths[size]))


def _native_lines(words: list[Word], strings: list[str], index: int, html: str) -> list[Line]:
    """MuPDF's lines; where wide spaces of justified type have cut one into pieces of one block, they are joined again.
    Where the HTML does not tell a line's size it is taken from the box's height."""
    starts = list(compress(range(len(words)), map(not_, map(_IN_LINE, words))))
    types = _types(html, words, starts)
    starts.append(len(words))
    lines: list[Line] = []
    before: Line | None = None
    block = -1
    for i, (size, bold, italic, lead) in enumerate(types):
        first, last = starts[i], starts[i + 1]
        x0, y0, x1, y1, _, in_block, _, _ = words[first]
        if last - first > 1:
            end = words[last - 1]
            x1 = end[2]
            if end[3] - end[1] > y1 - y0:
                y0, y1 = end[1], end[3]
        size = size or round((y1 - y0) * 0.8, 1)
        if before is not None and in_block == block and before.y0 == y0 and _goes_on(before, x0, size, bold, italic):
            before.spans[0] = before.spans[0][0], last
            before.words += strings[first:last]
            before.x1 = x1
            continue
        before = Line(index, [(first, last)], strings[first:last], x0, y0, x1, y1, size, bold, italic, lead)
        block = in_block
        lines.append(before)
    return lines


def _goes_on(line: Line, x0: float, size: float, bold: bool, italic: bool) -> bool:
    """Whether a piece that begins at `x0` stands close enough behind a line, in the same type."""
    gap = x0 - line.x1
    return 0 <= gap < WORD_GAP * size and size == line.size and bold == line.bold and italic == line.italic


def upright(lines: list[Line]) -> list[Line]:
    """Lines whose letters stand on their side, as in a margin's stamp."""
    tall = [line for line in lines if line.y1 - line.y0 > _VERTICAL * (line.x1 - line.x0)]
    return [line for line in tall if max(map(len, line.words)) > 2]
