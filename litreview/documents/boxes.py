"""Word boxes: from offsets in the canonical text to rectangles on pages."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from litreview.documents.model import Boxes, Document, PageRect

Rect = tuple[float, float, float, float]


def pack_boxes(
    starts: Iterable[int], ends: Iterable[int], pages: Iterable[int], words: Sequence[tuple[Any, ...]]
) -> Boxes:
    """Pack word boxes in text order: offsets, indexes of pages, and words that begin with x0, y0, x1, y1 (points)."""
    rects = array("f", bytes(16 * len(words)))
    for i, values in enumerate(list(zip(*words, strict=True))[:4]):
        rects[i::4] = array("f", values)
    return Boxes(_pack("I", starts), _pack("I", ends), _pack("H", pages), _bytes(rects))


def unpack_boxes(boxes: Boxes) -> tuple[array[int], array[int], array[int], array[float]]:
    """Starts, ends, pages and flat rectangles (four numbers a word)."""
    return (
        array("I", _native(boxes.starts, 4)),
        array("I", _native(boxes.ends, 4)),
        array("H", _native(boxes.pages, 2)),
        array("f", _native(boxes.rects, 4)),
    )


def rects(document: Document, start: int, end: int) -> tuple[PageRect, ...]:
    """Rectangles that cover `text[start:end]`, one a line. A word that is only partly covered gives its share of
    the width, by characters. Empty for documents without pages."""
    if start >= end:
        return ()
    starts, ends, pages, flat = unpack_boxes(document.boxes)
    first = bisect_right(ends, start)
    last = bisect_left(starts, end)
    lines: list[PageRect] = []
    for i in range(first, last):
        box = PageRect(pages[i], *_share(tuple(flat[4 * i : 4 * i + 4]), starts[i], ends[i], start, end))
        if lines and _same_line(lines[-1], box):
            lines[-1] = _union(lines[-1], box)
        else:
            lines.append(box)
    return tuple(lines)


def pages_of(document: Document, start: int, end: int) -> tuple[int, ...]:
    """Indexes of the pages that `text[start:end]` stands on, in reading order, each once."""
    starts, ends, pages, _ = unpack_boxes(document.boxes)
    found = pages[bisect_right(ends, start) : bisect_left(starts, end)]
    return tuple(dict.fromkeys(found)) or (document.page_index_at(start),)


def recognised_text(document: Document, pages: Iterable[int]) -> str | None:
    """The document's own text of pages (indexes) that were all recognised from pictures, against which alone a
    quotation from them can be checked; None where one of them has text in its PDF. What stands beside the flow (a
    caption, a footnote) is part of it."""
    indexes = set(pages)
    found = [document.pages[index] for index in indexes]
    if not found or not all(page.ocr for page in found):
        return None
    starts, ends, places, _ = unpack_boxes(document.boxes)
    words = [i for i, place in enumerate(places) if place in indexes]
    first = min([page.start for page in found] + [starts[i] for i in words[:1]])
    last = max([page.end for page in found] + [ends[i] for i in words[-1:]])
    return document.text[first:last]


def _share(rect: tuple[float, ...], word_start: int, word_end: int, start: int, end: int) -> Rect:
    x0, y0, x1, y1 = rect
    if start <= word_start and word_end <= end:
        return x0, y0, x1, y1
    step = (x1 - x0) / (word_end - word_start)
    left = x0 + max(0, start - word_start) * step
    right = x1 - max(0, word_end - end) * step
    return left, y0, right, y1


def _same_line(line: PageRect, box: PageRect) -> bool:
    overlap = min(line.y1, box.y1) - max(line.y0, box.y0)
    height = min(line.y1 - line.y0, box.y1 - box.y0)
    return line.page == box.page and overlap > height / 2 and -height < box.x0 - line.x1 < 3 * height


def _union(line: PageRect, box: PageRect) -> PageRect:
    return PageRect(line.page, min(line.x0, box.x0), min(line.y0, box.y0), max(line.x1, box.x1), max(line.y1, box.y1))


def _pack(code: str, values: Iterable[float]) -> bytes:
    return _bytes(array(code, values))


def _bytes(packed: array[Any]) -> bytes:
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _native(data: bytes, size: int) -> bytes:
    if sys.byteorder == "little":
        return data
    swapped = array({2: "H", 4: "I"}[size], data)
    swapped.byteswap()
    return swapped.tobytes()
