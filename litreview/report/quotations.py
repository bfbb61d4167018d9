"""Law 5: every quotation that an output shows stands on its page, read afresh from the PDF."""

from __future__ import annotations

from collections.abc import Iterable

from litreview.documents.verify import page_texts, quotation_stands
from litreview.errors import QuotationError, message
from litreview.files import locate
from litreview.report.context import ReportContext
from litreview.synthesis.model import Passage

PageKey = tuple[str, int]  # file, page from 1


def check_quotations(context: ReportContext) -> None:
    """Hold each quoted passage of a paged file against its pages, each page read once.

    Raises `QuotationError` naming study, file, page and quote of the first passage that does not stand.
    """
    pages = {passage.id: pages_of(context, passage) for passage in context.quoted}
    texts = _read_pages(context, (key for keys in pages.values() for key in keys))
    for passage in context.quoted:
        keys = pages[passage.id]
        if keys and not quotation_stands(passage.quote, [texts[key] for key in keys]):
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
