"""The quality of a page's text, and what it means for the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from litreview.documents.extract import RawPage
from litreview.documents.garbled import is_garbled

if TYPE_CHECKING:
    import pymupdf

_FEW = 40  # words: below, a page is looked at for pictures
_PICTURE_SHARE = 0.4  # of the page's area


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
    """Why a page's text is in doubt: as `needs_recognition` says."""
    reason = needs_recognition(raw)
    return (reason,) if reason else ()


def needs_recognition(raw: RawPage) -> str:
    """Why a page's text has to be recognised from its picture, as a doubt: `no-text` (a picture, drawn, or unreadable),
    `few-words` (hardly any words, as a stamp's, upon a picture), `garbled` (its characters are not its letters); ""
    where its own text serves. Judged once and kept in `RawPage.recognise`."""
    if raw.recognise is None:
        raw.recognise = _recognition_reason(raw)
    return raw.recognise


def _recognition_reason(raw: RawPage) -> str:
    if not raw.strings:
        return "no-text" if raw.pictured or raw.marked or raw.unreadable else ""
    if raw.pictured:
        return "few-words"
    return "garbled" if is_garbled(raw.strings) else ""
