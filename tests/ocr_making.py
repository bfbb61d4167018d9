"""Scans and recognised pages of our own making."""

from __future__ import annotations

import os
from pathlib import Path

import pymupdf
import pytest

from litreview.documents.language_data import find_language_data
from litreview.documents.ocr import RecognisedPage, RecognisedWord, Recogniser

RECOGNISER = Recogniser("reader of tests 1", "ind+eng", 300, "/nowhere")
needs_tesseract = pytest.mark.skipif(find_language_data(["id"]) is None, reason="Tesseract's data are not installed")


def shared_data() -> Path:
    """The folder of test data, or the test is skipped."""
    data = os.environ.get("LITREVIEW_TEST_DATA")
    if not data:
        pytest.skip("LITREVIEW_TEST_DATA names no folder of test data")
    return Path(data)


def scan_of(path: Path, to: Path, dpi: int = 150, turn: float = 0.0) -> Path:
    """A PDF whose pages are pictures of another's; each turned by some degrees inside its page."""
    scan = pymupdf.open()
    with pymupdf.open(path) as pdf:
        for page in pdf:
            matrix = pymupdf.Matrix(dpi / 72, dpi / 72).prerotate(turn)
            pixels = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY)
            width, height = pixels.width * 72 / dpi, pixels.height * 72 / dpi
            scan.new_page(width=width, height=height).insert_image(pymupdf.Rect(0, 0, width, height), pixmap=pixels)
    to.parent.mkdir(parents=True, exist_ok=True)
    scan.save(to)
    return to


def recognised_from(path: Path, recogniser: str = str(RECOGNISER)) -> list[RecognisedPage]:
    """What a faultless recogniser would find on pages of a PDF with text."""
    pages = []
    with pymupdf.open(path) as pdf:
        for page in pdf:
            lines: dict[tuple[int, int], int] = {}
            words = [
                RecognisedWord(text, lines.setdefault((block, line), len(lines)), (x0, y0, x1, y1), (x0, y0, x1, y1))
                for x0, y0, x1, y1, text, block, line, _ in page.get_text("words")
            ]
            pages.append(RecognisedPage(page.number + 1, recogniser, tuple(words)))
    return pages
