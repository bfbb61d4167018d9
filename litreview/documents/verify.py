"""Quotations against the page, by another way than our own text (law 5).

The page is read afresh with PyMuPDF's plain text and none of our layout. One normalisation, `normalise`, is applied to
both sides: ligatures and compatibility forms, soft hyphens and zero-width characters, kinds of quotes and dashes,
hyphens at line ends, and spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from litreview.errors import QuotationError, message

MAX_PARTS = 6
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_ALIKE = str.maketrans("‘’‚‛“”„‟′″«»‐‑‒–—―−", '\'\'\'\'""""\'"""-------')
_SOFT_HYPHEN_BREAK = re.compile("\u00ad\\s*")
_LINE_END_HYPHEN = re.compile(r"(?<=\w)-[^\S\n]*\n\s*(?=\w)")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_BROKEN_WORD = re.compile(r"\w[-\u00ad\u2010\u2011]\s*$")
_SPACES = re.compile(r"\s+")


def normalise(text: str) -> str:
    """The one named normalisation of both a quotation and a page: compatibility forms (NFKC), quotes and dashes alike,
    invisible characters out, hyphens between letters out (so that a word broken at a line end equals the whole one),
    spaces made one."""
    text = unicodedata.normalize("NFKC", _SOFT_HYPHEN_BREAK.sub("", text)).translate(_INVISIBLE).translate(_ALIKE)
    text = _LINE_END_HYPHEN.sub("", text)
    return _SPACES.sub(" ", _HYPHEN.sub("", text)).strip()


def page_texts(path: Path, page_from: int, page_to: int) -> list[str]:
    """Plain text of the PDF's pages `page_from` to `page_to` (from 1, inclusive), read afresh from the file.

    Raises `QuotationError` when the file cannot be read or has no such page."""
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    try:
        with pymupdf.open(path) as pdf:
            if not 1 <= page_from <= page_to <= len(pdf):
                raise QuotationError(message("The file has no page {page}.", page=page_to), path)
            return [pdf[number - 1].get_text("text") for number in range(page_from, page_to + 1)]
    except (RuntimeError, ValueError, OSError, pymupdf.mupdf.FzErrorBase) as error:
        raise QuotationError(message("The file could not be read again to check a quotation."), path) from error


def quotation_stands(quote: str, page_texts: Sequence[str]) -> bool:
    """Whether a quotation stands on the pages: whole, or in parts in the quotation's order, where a column, a footnote
    or a page comes between. A part ends where a line of the page ends and the next begins where a line begins (also
    within a word broken there), so a word changed, left out or added fails. An empty quotation does not stand."""
    wanted = _squeeze(normalise(quote))
    page = _lines(page_texts)
    if not wanted:
        return False
    if any(page.begins(at) and page.ends(at + len(wanted)) for at in _places(wanted, page.text)):
        return True
    return _stands_in_parts(wanted, page)


class _Page(NamedTuple):
    """Pages' letters and signs without spaces and hyphens, and where words and lines begin and end in them."""

    text: str
    word_starts: frozenset[int]
    word_ends: frozenset[int]
    line_starts: tuple[int, ...]
    line_ends: frozenset[int]

    def begins(self, at: int) -> bool:
        """Whether a word begins here, also behind an opening quotation mark or bracket."""
        return at in self.word_starts or (0 < at < len(self.text) and not self.text[at - 1].isalnum())

    def ends(self, at: int) -> bool:
        """Whether a word ends here, also before a full stop or a closing mark."""
        return at in self.word_ends or (at < len(self.text) and not self.text[at].isalnum())


def _squeeze(text: str) -> str:
    return text.replace(" ", "").replace("-", "")


def _lines(page_texts: Sequence[str]) -> _Page:
    pieces: list[str] = []
    word_starts, word_ends, line_starts, line_ends = set(), set(), [], set()
    at = 0
    for line in (line for text in page_texts for line in text.splitlines()):
        words = [word for word in map(_squeeze, normalise(line).split(" ")) if word]
        if not words:
            continue
        line_starts.append(at)
        for word in words:
            word_starts.add(at)
            at += len(word)
            word_ends.add(at)
        if _BROKEN_WORD.search(line):
            word_ends.discard(at)
        line_ends.add(at)
        pieces += words
    return _Page(
        "".join(pieces), frozenset(word_starts), frozenset(word_ends), tuple(line_starts), frozenset(line_ends)
    )


def _places(part: str, text: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _stands_in_parts(wanted: str, page: _Page) -> bool:
    """Try every line that goes on with what is still wanted, fewest parts first."""
    beginnings = [at for at in _places(wanted[0], page.text) if page.begins(at)]
    reached = {0}
    for number in range(MAX_PARTS):
        starts = beginnings if number == 0 else page.line_starts
        following: set[int] = set()
        for begun in reached:
            for start in starts:
                same = _shared_length(wanted, begun, page.text, start)
                if begun + same == len(wanted) and page.ends(start + same):
                    return True
                following.update(
                    begun + end - start for end in range(start + 1, start + same + 1) if end in page.line_ends
                )
        reached = following - {len(wanted)}
    return False


def _shared_length(wanted: str, begun: int, text: str, start: int) -> int:
    """How many characters stand alike from two places on."""
    length = 0
    most = min(len(wanted) - begun, len(text) - start)
    while length < most and wanted[begun + length] == text[start + length]:
        length += 1
    return length
