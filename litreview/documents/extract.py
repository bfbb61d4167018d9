"""From a PDF's page to words and native lines. The only module of the reader that talks to PyMuPDF.

Words come from `get_text("words")` without ligatures; sizes and bold and italic type come from the same text page as
HTML, which MuPDF writes in C for a twentieth of the cost of the words, where `dict` costs a fifth to all of it again.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pymupdf

Word = tuple[float, float, float, float, str, int, int, int]
_ODD = re.compile("[\x00-\x1f\x7f\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff\ufb00-\ufb06\u00a0\u2000-\u200a\u202f]")
_NORMAL = {0xAD: "-"} | dict.fromkeys([*range(0x20), 0x7F, *range(0x200B, 0x2010), 0x2028, 0x2029, 0x2060, 0xFEFF])
_VERTICAL = 1.8  # a word this many times taller than wide stands upright in a margin


@dataclass(slots=True)
class Line:
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
    column: int = 0
    left: float = 0.0
    right: float = 0.0
    cells: int = 1

    @property
    def text(self) -> str:
        """The line's words, by single spaces."""
        return " ".join(self.words)


@dataclass(slots=True)
class RawPage:
    """A page as extracted: its words' strings and boxes, aligned, and its native lines in the PDF's order."""

    file: int
    number: int
    width: float
    height: float
    strings: list[str]
    rects: list[tuple[float, float, float, float]]
    lines: list[Line]
    label: str = ""
    pictured: bool = False  # hardly any words, and a picture over much of it
    marked: bool = False  # hardly any words, and something drawn
    unreadable: bool = False
    dropped: list[Line] = field(default_factory=list)  # running heads and feet, page and line numbers


def read_page(page: pymupdf.Page, index: int, file: int) -> RawPage:
    """Extract one page; `index` is its place among the pages of the report."""
    import pymupdf

    flags = pymupdf.TEXTFLAGS_WORDS & ~pymupdf.TEXT_PRESERVE_LIGATURES
    textpage = page.get_textpage(flags=flags)
    words: list[Word] = textpage.extractWORDS()
    if page.rotation:
        words = _turn(words, page)
    words = _clean(words)
    width, height = page.rect.width, page.rect.height
    raw = RawPage(file, page.number + 1, width, height, [w[4] for w in words], [w[:4] for w in words], [])
    raw.lines = _native_lines(words, raw.strings, index, _types(textpage.extractHTML()))
    return raw


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
    """Words without invisible and compatibility characters, in composed form; most pages need nothing."""
    joined = " ".join([word[4] for word in words])
    if joined.isascii() and joined.isprintable():
        return words
    if not _ODD.search(joined) and unicodedata.is_normalized("NFC", joined):
        return words
    cleaned: list[Word] = []
    line: tuple[int, int] | None = None
    for word in words:
        text = _clean_word(word[4])
        if text:
            first = 0 if (word[5], word[6]) != line else 1
            line = (word[5], word[6])
            cleaned.append((*word[:4], text, word[5], word[6], first))
    return cleaned


def _clean_word(text: str) -> str:
    """One word, composed; a soft hyphen counts as a hyphen at the word's end and as nothing inside."""
    inner = text[:-1].replace("\u00ad", "") + text[-1:]
    if _ODD.search(inner):
        inner = unicodedata.normalize("NFKC", inner.translate(_NORMAL)).replace(" ", "")
    return unicodedata.normalize("NFC", inner)


Type = tuple[float, bool, bool, bool, float, float]
_UNKNOWN: Type = (0.0, False, False, False, 0.0, 0.0)


def _types(html: str) -> list[Type]:
    """Size, bold, italic and bold-at-the-start of every native line that is not blank, in order, with its top and
    left."""
    found = []
    for chunk in html.split('<p style="top:')[1:]:
        at = chunk.find("line-height:") + 12
        spans = chunk.count("<span")
        if spans < 2 and _is_blank(chunk):
            continue
        bold = italic = lead = False
        if "<b>" in chunk:
            bold = chunk.count("<b>") >= spans
            lead = not bold and '"><b>' in chunk
        if "<i>" in chunk:
            italic = chunk.count("<i>") >= spans
        size = float(chunk[at : chunk.find("pt", at)])
        if spans > 1:
            size = _main_size(chunk, size)
        left = chunk.find("left:") + 5
        place = float(chunk[: chunk.find("pt")]), float(chunk[left : chunk.find("pt", left)])
        found.append((size, bold, italic, lead, *place))
    return found


def _align(types: list[Type], words: list[Word], starts: list[int]) -> list[Type]:
    """One type for each native line. Where HTML and words tell another number of lines (formulas), by their places."""
    if len(types) == len(starts):
        return types
    aligned = []
    at = 0
    for start in starts:
        x0, y0, _, y1 = words[start][:4]
        near = range(at, min(at + 8, len(types)))
        match = next((i for i in near if abs(types[i][5] - x0) < 0.8 and y0 - 3 < types[i][4] < y1 + 1), None)
        aligned.append(_UNKNOWN if match is None else types[match])
        at = at if match is None else match + 1
    return aligned


def _is_blank(chunk: str) -> bool:
    at = chunk.find("font-size:")
    start = chunk.find('">', at) + 2
    return not chunk[start : chunk.find("<", start)].replace("&#xa0;", "").strip()


def _main_size(chunk: str, first: float) -> float:
    """The size of most of a line of several spans: marks, indices and stray spaces have others."""
    parts = chunk.split("font-size:")[1:]
    sizes = [part[: part.find("pt")] for part in parts]
    if len(set(sizes)) == 1:
        return first
    lengths: dict[str, int] = {}
    for size, part in zip(sizes, parts, strict=True):
        start = part.find('">') + 2
        lengths[size] = lengths.get(size, 0) + part.find("<", start) - start
    return float(max(lengths, key=lambda size: lengths[size]))


def _native_lines(words: list[Word], strings: list[str], index: int, types: list[Type]) -> list[Line]:
    """MuPDF's lines. Where its HTML does not tell a line's size it is taken from the box's height."""
    starts = [i for i, word in enumerate(words) if not word[7]]
    types = _align(types, words, starts)
    lines: list[Line] = []
    for i, first in enumerate(starts):
        last = starts[i + 1] if i + 1 < len(starts) else len(words)
        x0, y0, _, y1 = words[first][:4]
        _, end_y0, x1, end_y1 = words[last - 1][:4]
        if end_y1 - end_y0 > y1 - y0:
            y0, y1 = end_y0, end_y1
        size, bold, italic, lead = types[i][:4]
        size = size or round((y1 - y0) * 0.8, 1)
        text = strings[first:last]
        lines.append(Line(index, [(first, last)], text, x0, y0, x1, y1, size, bold, italic, lead))
    return lines


def is_upright(line: Line) -> bool:
    """Whether a line's letters stand on their side, as in a margin's stamp."""
    letters = max(map(len, line.words))
    return letters > 2 and line.y1 - line.y0 > _VERTICAL * (line.x1 - line.x0)
