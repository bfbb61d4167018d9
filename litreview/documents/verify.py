"""Quotations against the page, by another way than our own text (law 5).

The page is read afresh with PyMuPDF's plain text and none of our layout. One normalisation, `normalise`, is applied to
both sides: ligatures and compatibility forms, soft hyphens and invisible characters, kinds of quotes and dashes,
hyphens inside words and at line ends, spaces, and the line numbers of manuscripts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from litreview.documents.opening import open_pdf, pdf_errors
from litreview.documents.refusals import Refusal
from litreview.errors import QuotationError, message

MIN_PART_WORDS = 4  # of a part between two breaks; a shorter one may only begin or end a quotation at a page's edge
MAX_PARTS = 6
_LINE_NUMBERS = 10  # lines of a page that are a number alone, from which on they count as line numbers
_NEAR_EDGE = 14  # lines of a page, from its head or its foot, in which a short part may stand
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_ALIKE = str.maketrans("‘’‚‛“”„‟′″«»‐‑‒–—―−", '\'\'\'\'""""\'"""-------')
_SOFT_HYPHEN_BREAK = re.compile("\u00ad\\s*")
_LINE_END_HYPHEN = re.compile(r"(?<=\w)-\s*\n\s*(?=\w)")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_SPACES = re.compile(r"\s+")


def normalise(text: str) -> str:
    """The one named normalisation of both a quotation and a page: compatibility forms (NFKC), quotes and dashes alike,
    invisible characters out, hyphens between letters out (so that a word broken at a line end equals the whole one),
    spaces made one."""
    text = _LINE_END_HYPHEN.sub("", _plain(text))
    return _SPACES.sub(" ", _HYPHEN.sub("", text)).strip()


def _plain(text: str) -> str:
    text = _SOFT_HYPHEN_BREAK.sub("", text)
    return unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_ALIKE)


def page_texts(path: Path, page_from: int, page_to: int) -> list[str]:
    """Plain text of the PDF's pages `page_from` to `page_to` (from 1, inclusive), read afresh from the file.

    Raises `QuotationError` when the file cannot be read or has no such page."""
    try:
        with open_pdf(path) as pdf:
            if 1 <= page_from <= page_to <= len(pdf):
                return [pdf[number - 1].get_text("text") for number in range(page_from, page_to + 1)]
    except pdf_errors(Refusal) as error:
        raise QuotationError(message("The file could not be read again to check a quotation."), path) from error
    raise QuotationError(message("The file has no page {page}.", page=page_to), path)


def quotation_stands(quote: str, page_texts: Sequence[str]) -> bool:
    """Whether a quotation stands on the pages: whole, or in parts, in order, each of `MIN_PART_WORDS` words or more,
    where a column, a footnote or a page comes between. Parts are broken at ends of lines only. An empty quotation does
    not stand."""
    wanted = normalise(quote)
    if not wanted:
        return False
    page_texts = [_without_line_numbers(page) for page in page_texts]
    whole = normalise("\n".join(page_texts))
    if any(_at_word_edges(whole, at, at + len(wanted)) for at in _places(wanted, whole)):
        return True
    return _stands_in_parts(wanted.replace(" ", ""), _strip(page_texts), _letters(wanted))


def _without_line_numbers(page: str) -> str:
    """A manuscript's page without the numbers of its lines, which plain text sets between the lines."""
    lines = page.splitlines()
    if sum(line.strip().isdigit() for line in lines) < _LINE_NUMBERS:
        return page
    return "\n".join(line for line in lines if not line.strip().isdigit())


def _places(wanted: str, text: str) -> list[int]:
    found = []
    at = text.find(wanted)
    while at >= 0:
        found.append(at)
        at = text.find(wanted, at + 1)
    return found


def _at_word_edges(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins and ends where words do, so that `tidak` does not stand in `tidaklah`."""
    before = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    after = end == len(text) or not (text[end].isalnum() and text[end - 1].isalnum())
    return before and after


# In parts: letters without spaces, so that words broken over a column or page need no rule of their own


@dataclass(frozen=True, slots=True)
class _Strip:
    """Pages as one strip of characters without spaces and hyphens; where lines begin, and words begin and end; and for
    each line how many lines it is from its page's nearest edge."""

    text: str
    line_starts: tuple[int, ...]
    word_starts: frozenset[int]
    word_ends: frozenset[int]
    from_edge: dict[int, int]


def _strip(page_texts: Sequence[str]) -> _Strip:
    parts: list[str] = []
    line_starts: list[int] = []
    word_starts, word_ends = set(), set()
    from_edge: dict[int, int] = {}
    at = 0
    for page in page_texts:
        lines = [(words, broken) for words, broken in map(_line, page.splitlines()) if words]
        for i, (words, broken) in enumerate(lines):
            line_starts.append(at)
            from_edge[at] = min(i, len(lines) - 1 - i)
            for word in words:
                word_starts.add(at)
                parts.append(word)
                at += len(word)
                word_ends.add(at)
            if broken:
                word_ends.discard(at)
    return _Strip("".join(parts), tuple(line_starts), frozenset(word_starts), frozenset(word_ends), from_edge)


def _line(text: str) -> tuple[list[str], bool]:
    """A line's words in normal form, and whether a hyphen (left out) breaks the last one."""
    plain = _HYPHEN.sub("", _plain(text).strip())
    broken = len(plain) > 1 and plain[-1] == "-" and plain[-2].isalnum()
    return (plain[:-1] if broken else plain).split(), broken


def _letters(wanted: str) -> list[int]:
    """For each character of a quotation without spaces, how many words have begun up to it."""
    return [i + 1 for i, word in enumerate(wanted.split()) for _ in word]


def _stands_in_parts(wanted: str, strip: _Strip, words: list[int]) -> bool:
    """Try every place of the first letter; then go on from the ends of lines."""
    search = _Search(wanted, strip, words)
    for start in _places(wanted[0], strip.text):
        inside = strip.text[start].isalnum() and start not in strip.word_starts
        before = strip.text[start - 1].isalnum() if start else False
        if not (inside and before) and search.goes_on(start, 0, 1, False):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Search:
    """A quotation without spaces, the pages, and for each of its characters how many words have begun."""

    wanted: str
    strip: _Strip
    words: list[int]

    def goes_on(self, start: int, at: int, parts: int, doubtful: bool) -> bool:
        """Whether `wanted[at:]` stands from `start` of the strip on, with at most `MAX_PARTS` parts in all. A break is
        doubtful where the line after it goes on in small letters, as a paragraph does."""
        strip = self.strip
        length = _common(self.wanted, at, strip.text, start)
        if at + length == len(self.wanted):
            end = start + length
            whole_word = end in strip.word_ends or not strip.text[end : end + 1].isalnum()
            return whole_word and (parts == 1 or self._long_enough(at, len(self.wanted), start, doubtful))
        if parts == MAX_PARTS:
            return False
        for line in reversed([one for one in strip.line_starts if start < one <= start + length]):
            cut = at + line - start
            doubtful_here = strip.text[line].islower()
            if not self._long_enough(at, cut, line - 1, doubtful_here):
                return False
            if any(self.goes_on(one, cut, parts + 1, doubtful_here) for one in self._next(cut, line)):
                return True
        return False

    def _next(self, cut: int, but: int) -> list[int]:
        """Beginnings of lines, other than the one right after the break, where the rest may go on."""
        seed = self.wanted[cut : cut + 8]
        return [one for one in self.strip.line_starts if one != but and self.strip.text.startswith(seed, one)]

    def _long_enough(self, at: int, end: int, place: int, doubtful: bool) -> bool:
        """Whether a part has enough words; or begins or ends a quotation near the edge of a page, at a sure break."""
        if self.words[end - 1] - self.words[at] + 1 >= MIN_PART_WORDS:
            return True
        line = max(one for one in self.strip.line_starts if one <= place)
        outer = at == 0 or end == len(self.words)
        return outer and not doubtful and self.strip.from_edge[line] < _NEAR_EDGE


def _common(one: str, at: int, other: str, start: int) -> int:
    """Length of the common beginning of `one[at:]` and `other[start:]`."""
    low, high = 0, min(len(one) - at, len(other) - start)
    while low < high:
        middle = (low + high + 1) // 2
        if one[at : at + middle] == other[start : start + middle]:
            low = middle
        else:
            high = middle - 1
    return low
