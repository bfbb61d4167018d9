"""Words that show on a page but were not read: letters without a code, letters drawn as curves, text lost in a damaged
file. Looked for only on pages with suspiciously few words among their fellows, since drawing a page costs twice its
words."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING

from litreview.documents.extract import RawPage

if TYPE_CHECKING:
    import pymupdf

Box = tuple[float, float, float, float]
_FEW_SHARE = 0.25  # of the words that a file's pages usually have
_UNREAD_ROWS = 6  # rows of letters without words, from which on words are lost
_ROW_LETTERS = 8
_LETTER_PT = (2.0, 24.0)  # height of a letter
_INKED = 0.02  # of the pixels where text stands
_DPI = 30
_DARK = 150


def look_for_lost_words(pdf: pymupdf.Document, pages: Sequence[RawPage]) -> None:
    """Set `lost` on the pages of one file on which more is drawn as letters than was read."""
    counts = [len(page.strings) for page in pages if not page.pictured and page.strings]
    usual = median(counts) if len(counts) > 2 else 0
    for page in pages:
        few = len(page.strings) < max(20, _FEW_SHARE * usual)
        if few and not page.pictured and not page.unreadable and (page.strings or page.marked):
            page.lost = _has_lost_words(pdf[page.number - 1], page)


def _has_lost_words(page: pymupdf.Page, raw: RawPage) -> bool:
    texts: list[Box] = []
    curves: list[Box] = []
    for kind, box, *_ in page.get_bboxlog():
        if kind in ("fill-text", "stroke-text"):
            texts.append(box)
        elif kind == "fill-path" and _LETTER_PT[0] < box[3] - box[1] < _LETTER_PT[1] > box[2] - box[0]:
            curves.append(box)
    read = [word[:4] for word in raw.words] if not page.rotation else None
    unread = [box for box in texts if read is not None and not any(_meet(box, word) for word in read)]
    area = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in unread)
    if area < 0.03 * raw.width * raw.height:
        unread = []
    if not unread and _rows_of_letters(curves) < _UNREAD_ROWS:
        return False
    return _is_inked(page, unread or curves)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _rows_of_letters(boxes: Sequence[Box]) -> int:
    """How many rows of small shapes look like letters: many side by side on one height, of different widths, unlike
    the marks of a chart."""
    rows: dict[int, list[Box]] = {}
    for box in boxes:
        rows.setdefault(round(box[3] / 3), []).append(box)
    widths = [{round(x1 - x0, 1) for x0, _, x1, _ in row} for row in rows.values() if len(row) >= _ROW_LETTERS]
    return sum(len(one) > 4 for one in widths)


def _is_inked(page: pymupdf.Page, boxes: Sequence[Box]) -> bool:
    """Whether something shows where the boxes are."""
    import pymupdf

    clip = pymupdf.Rect(min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes),
                        max(b[3] for b in boxes)) & page.rect  # fmt: skip
    if clip.is_empty:
        return False
    pixels = page.get_pixmap(dpi=_DPI, colorspace=pymupdf.csGRAY, clip=clip).samples
    return sum(pixel < _DARK for pixel in pixels) > _INKED * len(pixels)
