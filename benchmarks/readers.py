"""Readers of PDFs to measure side by side: each a function from a path to the number of its pages.

The peers are asked for what they call the text of a page, with their defaults; none of them orders columns, joins
broken words or finds sentences. They are installed by the extra `bench`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pymupdf

from litreview.documents.assemble import read_sentences
from litreview.documents.extract import read_page
from litreview.documents.read import ReadJob, read_report


def extract_words(path: Path) -> int:
    """PyMuPDF's words of every page, as it gives them; the limit to stay near."""
    with pymupdf.open(path) as pdf:
        for page in pdf:
            page.get_text("words")
        return len(pdf)


def read_text(path: Path) -> int:
    """Our text, reading order, paragraphs and sentences with their boxes."""
    with pymupdf.open(path) as pdf:
        pages = [read_page(page, i, 0) for i, page in enumerate(pdf)]
    read_sentences([pages])
    return len(pages)


def read_whole(path: Path) -> int:
    """Everything that `read_report` does."""
    return sum(f.pages for f in read_report(ReadJob(str(path.parent), path.name, (path.name,))).files)


def by_pypdfium2(path: Path) -> int:
    """pypdfium2: the text of each page."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    try:
        for page in pdf:
            page.get_textpage().get_text_bounded()
        return len(pdf)
    finally:
        pdf.close()


def by_pdfplumber(path: Path) -> int:
    """pdfplumber: the words of each page."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_words()
            page.close()
        return len(pdf.pages)


def by_pypdf(path: Path) -> int:
    """pypdf: the text of each page."""
    import pypdf

    reader = pypdf.PdfReader(path)
    for page in reader.pages:
        page.extract_text()
    return len(reader.pages)


def by_pdfminer(path: Path) -> int:
    """pdfminer.six: the layout of each page."""
    from pdfminer.high_level import extract_pages

    return sum(1 for _ in extract_pages(path))


OURS: dict[str, Callable[[Path], int]] = {
    "words": extract_words,
    "text-order-sentences": read_text,
    "whole-read": read_whole,
}
PEERS: dict[str, Callable[[Path], int]] = {
    "pypdfium2": by_pypdfium2,
    "pypdf": by_pypdf,
    "pdfminer.six": by_pdfminer,
    "pdfplumber": by_pdfplumber,
}
