"""Quotations against the page, by another way than our own text (law 5).

The page is read afresh with PyMuPDF's plain text and none of our layout. One normalisation, `normalise`, is applied to
both sides: ligatures and compatibility forms, soft hyphens and zero-width characters, kinds of quotes and dashes,
hyphens at line ends, and spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from litreview.errors import QuotationError, message

MIN_PART_WORDS = 4
MAX_PARTS = 6
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_ALIKE = str.maketrans("‘’‚‛“”„‟′″«»‐‑‒–—―−", "''''\"\"\"\"'\"\"\"-------")
_SOFT_HYPHEN_BREAK = re.compile("\u00ad\\s*")
_LINE_END_HYPHEN = re.compile(r"(?<=\w)-[^\S\n]*\n\s*(?=\w)")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
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
    """Whether a quotation stands on the pages: whole on the text of the pages joined, or in parts, in order, each of
    `MIN_PART_WORDS` words or more, where a column, a footnote or a page comes between. An empty quotation does not."""
    words = normalise(quote).split()
    text = f" {normalise(chr(10).join(page_texts))} "
    if not words:
        return False
    return " ".join(words) in text or _stands_in_parts(words, text)


def _stands_in_parts(words: list[str], text: str) -> bool:
    """Greedy from the left: the longest part that stands, then the next one anywhere else on the pages, in the
    order of the quotation. Parts may lie in any order on the page's raw text, since columns do."""
    at = 0
    parts = 0
    while at < len(words) and parts < MAX_PARTS:
        size = _longest_part(words[at:], text)
        if size < min(MIN_PART_WORDS, len(words) - at) or size == 0:
            return False
        at += size
        parts += 1
    return at == len(words) and parts <= MAX_PARTS


def _longest_part(words: list[str], text: str) -> int:
    """How many of the first words stand together, as whole words."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if f" {' '.join(words[:middle])} " in text:
            low = middle
        else:
            high = middle - 1
    return low
