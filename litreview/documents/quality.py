"""The quality of a page's text, and what it means for the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from litreview.documents.extract import RawPage
from litreview.language.detect import ENGLISH, INDONESIAN

if TYPE_CHECKING:
    import pymupdf

_FEW = 40  # words: below, a page is looked at for pictures
_PICTURE_SHARE = 0.4  # of the page's area
_STRANGE_SHARE = 0.03  # of the characters: replaced or private ones
_STRANGE = re.compile("[\ufffd\ue000-\uf8ff]")
_FUNCTION_WORDS = INDONESIAN | ENGLISH


def look_for_pictures(page: pymupdf.Page, raw: RawPage) -> None:
    """Note whether a page with hardly any words is a picture, or drawn; other pages are not looked at."""
    if len(raw.strings) >= _FEW:
        return
    area = raw.width * raw.height
    for kind, (x0, y0, x1, y1), *_ in page.get_bboxlog():
        if "image" in kind and (x1 - x0) * (y1 - y0) > _PICTURE_SHARE * area:
            raw.pictured = True
        raw.marked = raw.marked or "text" not in kind


def judge_file(pages: Sequence[RawPage]) -> str:
    """`ready`; `needs-ocr` where the pages are pictures, with at most a few words as from a stamp; `empty` without
    anything; `damaged` where no page could be read."""
    words = sum(len(page.strings) for page in pages)
    pictured = sum(page.pictured for page in pages)
    if words == 0:
        if any(page.marked for page in pages):
            return "needs-ocr"
        return "damaged" if all(page.unreadable for page in pages) else "empty"
    stamped = all(page.pictured or not page.strings for page in pages) and words < _FEW * len(pages)
    return "needs-ocr" if pictured and stamped else "ready"


def page_doubts(raw: RawPage) -> tuple[str, ...]:
    """Why a page's text is in doubt: `no-text` (a picture, or unreadable), `few-words` beside a picture, `garbled`."""
    if not raw.strings:
        return ("no-text",) if raw.pictured or raw.marked or raw.unreadable else ()
    if raw.pictured:
        return ("few-words",)
    return ("garbled",) if is_garbled(raw.strings) else ()


def is_garbled(words: Sequence[str]) -> bool:
    """Whether a page's characters are not its letters: many replaced or private characters, or much text in which
    hardly any word is a common one, and the letters do not fall as in words."""
    text = " ".join(words)
    if not text.isascii() and len(_STRANGE.findall(text)) > _STRANGE_SHARE * len(text):
        return True
    if len(words) < 80:
        return False
    common = sum(map(_FUNCTION_WORDS.__contains__, words))
    if common > 0.02 * len(words):
        return False
    letters = sum(c.isalpha() for c in text)
    vowels = sum(text.count(c) for c in "aeiouAEIOU")
    return letters > 0.4 * len(text) and not 0.25 < vowels / letters < 0.6
