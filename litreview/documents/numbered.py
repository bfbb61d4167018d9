"""Paragraph numbers, by which sources without pages are cited (law 4): counted from 1 in each file, headings too."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from litreview.documents.model import Document, Paragraph


def paragraphs_at(document: Document, start: int, end: int) -> tuple[Paragraph, ...]:
    """The paragraphs that `text[start:end]` stands in."""
    first, last = _range(document, start, end)
    return document.paragraphs[first:last]


def paragraph_numbers(document: Document, start: int, end: int) -> tuple[int, int] | None:
    """Numbers of the first and the last paragraph that `text[start:end]` stands in, counted in the file of the first;
    None for documents with pages."""
    first, last = _range(document, start, end)
    if document.pages or first == last:
        return None
    before = _first_of_file(document, document.file_index_at(document.paragraphs[first].start))
    return first - before + 1, last - before


def paragraph_span(document: Document, file: int, number: int) -> tuple[int, int] | None:
    """Offsets of a file's paragraph by its number; None where there is none."""
    at = _first_of_file(document, file) + number - 1
    if number < 1 or not 0 <= at < len(document.paragraphs):
        return None
    paragraph = document.paragraphs[at]
    return (paragraph.start, paragraph.end) if document.file_index_at(paragraph.start) == file else None


def numbered(document: Document, file: int) -> Iterator[tuple[int, Paragraph]]:
    """The paragraphs of one file of a document without pages, each with its number."""
    first = _first_of_file(document, file)
    for number, paragraph in enumerate(document.paragraphs[first:], start=1):
        if document.file_index_at(paragraph.start) != file:
            return
        yield number, paragraph


def _range(document: Document, start: int, end: int) -> tuple[int, int]:
    """Indexes of the first paragraph that ends after `start`, and of the first that begins at `end` or later."""
    first = bisect_right([paragraph.end for paragraph in document.paragraphs], start)
    last = bisect_left([paragraph.start for paragraph in document.paragraphs], end)
    return first, max(first, last)


def _first_of_file(document: Document, file: int) -> int:
    start = document.starts[file] if file < len(document.starts) else 0
    return bisect_left([paragraph.start for paragraph in document.paragraphs], start)
