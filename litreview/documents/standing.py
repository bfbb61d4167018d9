"""Which stretches of a document stand on their pages as another way of reading sees them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from litreview.documents.boxes import pages_of
from litreview.documents.model import Document
from litreview.documents.verify import page_texts, quotation_stands
from litreview.files import locate

Span = tuple[int, int]


def spans_that_stand(root: Path, document: Document, spans: Iterable[Span]) -> set[Span]:
    """The spans (offsets in the text) whose words stand on their pages, read afresh; each page is read once.

    Raises `QuotationError` when a file cannot be read again.
    """
    texts: dict[int, str] = {}

    def text_of(index: int) -> str:
        if index not in texts:
            page = document.pages[index]
            texts[index] = page_texts(locate(root, document.files[page.file]), page.number, page.number)[0]
        return texts[index]

    return {
        (start, end)
        for start, end in set(spans)
        if quotation_stands(document.text[start:end], [text_of(index) for index in pages_of(document, start, end)])
    }
