"""Which stretches of a document stand on their pages as another way of reading sees them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from litreview.documents.afresh import Afresh, paragraph_texts
from litreview.documents.boxes import pages_of, recognised_text
from litreview.documents.model import Document
from litreview.documents.verify import page_texts, quotation_stands
from litreview.files import locate

Span = tuple[int, int]


def spans_that_stand(root: Path, document: Document, spans: Iterable[Span]) -> set[Span]:
    """The spans (offsets in the text) whose words stand on their pages, or in their paragraphs, read afresh; each page
    is read once. On pages read by OCR there is nothing to read afresh: there the document's own text stands for them.

    Raises `QuotationError` when a file cannot be read again.
    """
    if not document.pages:
        files: dict[str, Afresh] = {}
        return {span for span in set(spans) if stands_in_paragraphs(root, document, *span, files)}
    texts: dict[int, str] = {}

    def text_of(index: int) -> str:
        if index not in texts:
            page = document.pages[index]
            own = recognised_text(document, [index])
            if own is None:
                own = page_texts(locate(root, document.files[page.file]), page.number, page.number)[0]
            texts[index] = own
        return texts[index]

    def texts_of(indexes: tuple[int, ...]) -> list[str]:
        own = recognised_text(document, indexes)
        return [text_of(index) for index in indexes] if own is None else [own]

    return {
        (start, end)
        for start, end in set(spans)
        if quotation_stands(document.text[start:end], texts_of(pages_of(document, start, end)))
    }


def stands_in_paragraphs(root: Path, document: Document, start: int, end: int, files: dict[str, Afresh]) -> bool:
    """Whether words of a document without pages stand in their paragraphs, read afresh; `files` keeps what has been
    read, by path. Raises `QuotationError` when a file cannot be read again."""
    name = document.file_at(start)
    if name not in files:
        files[name] = Afresh(paragraph_texts(locate(root, name)))
    return quotation_stands(document.text[start:end], files[name].texts_of(document, start, end))
