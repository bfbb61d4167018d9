"""Law 5: every quotation that an output shows stands on its page, or in its paragraph, read afresh from the file."""

from __future__ import annotations

from collections.abc import Iterable

from litreview.documents.afresh import Afresh, paragraph_texts
from litreview.documents.boxes import pages_of as page_indexes
from litreview.documents.boxes import recognised_text
from litreview.documents.numbered import paragraph_numbers
from litreview.documents.readings import briefs_of
from litreview.documents.verify import page_texts, quotation_stands
from litreview.errors import QuotationError, message
from litreview.files import locate
from litreview.report.context import ReportContext
from litreview.synthesis.model import Passage

PageKey = tuple[str, int]  # file, page from 1


def check_quotations(context: ReportContext) -> None:
    """Hold each quoted passage of a paged file against its pages, each page read once; on a page read by OCR, where
    the PDF has no words, against the (frozen) text of the document.

    Without pages, against its paragraphs.

    Raises `QuotationError` naming study, file, page or paragraph, and quote of the first passage that does not stand.
    """
    _check_paragraphs(context)
    pages = {passage.id: pages_of(context, passage) for passage in context.quoted}
    recognised = _recognised_pages(context)
    texts = _read_pages(context, (key for keys in pages.values() for key in keys if key not in recognised))
    texts |= recognised
    for passage in context.quoted:
        keys = pages[passage.id]
        own = _own_text(context, passage)
        if keys and not quotation_stands(passage.quote, [texts[key] for key in keys] if own is None else [own]):
            raise QuotationError(
                message(
                    "A quotation of {study} does not stand on page {page}: “{quote}”. Nothing was written. Read the"
                    " file anew, or take the coding back.",
                    study=context.study_name(passage.study) or context.report_name(passage.report),
                    page=keys[0][1],
                    quote=passage.quote,
                ),
                passage.file,
            )


def _check_paragraphs(context: ReportContext) -> None:
    """Hold the passages of files without pages against their paragraphs; each file is read once."""
    read: dict[str, Afresh] = {}
    for passage in context.quoted:
        document = context.documents.get(passage.report)
        if passage.paragraph is None or document is None:
            continue
        if passage.file not in read:
            read[passage.file] = Afresh(paragraph_texts(locate(context.root, passage.file)))
        numbers = paragraph_numbers(document, passage.start, passage.end)
        texts = read[passage.file].texts_of(document, passage.start, passage.end)
        if numbers != (passage.paragraph, passage.paragraph_end) or not quotation_stands(passage.quote, texts):
            raise QuotationError(
                message(
                    "A quotation of {study} does not stand in paragraph {paragraph}: “{quote}”. Nothing was written."
                    " Read the file anew, or take the coding back.",
                    study=context.study_name(passage.study) or context.report_name(passage.report),
                    paragraph=passage.paragraph,
                    quote=passage.quote,
                ),
                passage.file,
            )


def _recognised_pages(context: ReportContext) -> dict[PageKey, str]:
    """The document's own text of every page read by OCR."""
    return {
        (document.files[page.file], page.number): document.text[page.start : page.end]
        for document in (context.documents[r] for r, brief in briefs_of(context.documents).items() if brief.recognised)
        for page in document.pages
        if page.ocr
    }


def _own_text(context: ReportContext, passage: Passage) -> str | None:
    """The text of a passage's pages in one piece where all of them were read by OCR."""
    document = context.documents.get(passage.report) if passage.ocr else None
    return recognised_text(document, page_indexes(document, passage.start, passage.end)) if document else None


def pages_of(context: ReportContext, passage: Passage) -> tuple[PageKey, ...]:
    """The pages that a passage stands on, in order: those of its rectangles, else from `page` to `page_end`. Empty for
    a source without pages."""
    if passage.page is None or not passage.file.lower().endswith(".pdf"):
        return ()
    document = context.documents.get(passage.report)
    if document is not None and passage.rects:
        found = (document.pages[rect.page] for rect in passage.rects)
        keys = dict.fromkeys((document.files[page.file], page.number) for page in found)
        return tuple(key for key in keys if key[0].lower().endswith(".pdf"))
    return tuple((passage.file, n) for n in range(passage.page, (passage.page_end or passage.page) + 1))


def _read_pages(context: ReportContext, keys: Iterable[PageKey]) -> dict[PageKey, str]:
    """The text of each page, by runs of neighbours so that a file is opened seldom."""
    texts: dict[PageKey, str] = {}
    for file, first, last in _runs(sorted(set(keys))):
        found = page_texts(locate(context.root, file), first, last)
        texts.update(zip(((file, n) for n in range(first, last + 1)), found, strict=True))
    return texts


def _runs(keys: list[PageKey]) -> list[tuple[str, int, int]]:
    """Sorted pages as (file, first, last)."""
    runs: list[tuple[str, int, int]] = []
    for file, number in keys:
        if runs and runs[-1][0] == file and runs[-1][2] == number - 1:
            runs[-1] = (file, runs[-1][1], number)
        else:
            runs.append((file, number, number))
    return runs
