"""The quality of a page's text, and what it means for the file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from litreview.documents.captions import is_caption
from litreview.documents.extract import Line, RawPage
from litreview.documents.garbled import is_garbled
from litreview.documents.model import Document, Page
from litreview.errors import Message, message

if TYPE_CHECKING:
    import pymupdf

_FEW = 40  # words: below, a page is looked at for pictures
_PICTURE_SHARE = 0.4  # of the page's area
_FEW_ROWS = 12  # fewer tell nothing of columns
_MANY_TURNS = 4


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
    """`ready`; `needs-ocr` where the pages are pictures, with at most a few words as from a stamp, or most of the words
    are garbage; `empty` without anything; `damaged` where no page could be read."""
    words = sum(len(page.strings) for page in pages)
    pictured = sum(page.pictured for page in pages)
    if is_misread(pages):
        return "needs-ocr"
    if words == 0:
        if any(page.marked for page in pages):
            return "needs-ocr"
        return "damaged" if all(page.unreadable for page in pages) else "empty"
    stamped = all(page.pictured or not page.strings for page in pages) and words < _FEW * len(pages)
    return "needs-ocr" if pictured and stamped else "ready"


MISREAD = message(
    "The text in the file is not what its pages show (wrong encoding, or words lost). Let it be recognised (OCR) with:"
    " litreview ingest --ocr"
)
DOUBTS = {
    "no-text": message("it is a picture without text"),
    "few-words": message("it has hardly any words beside a picture"),
    "garbled": message("its characters are not its letters (wrong encoding)"),
    "lost-words": message("more words show on it than its text has"),
    "damaged": message("the file is damaged there, so that words may be missing"),
    "not-recognised": message("it was to be recognised from its picture, in vain"),
    "columns": message("the order of its columns is in doubt"),
}


def is_misread(pages: Sequence[RawPage]) -> bool:
    """Whether most pages with text have letters that are not theirs, or have lost most of their words."""
    written = [page for page in pages if page.strings and not page.pictured]
    return sum(needs_recognition(page) in ("garbled", "lost-words") for page in written) > 0.5 * len(written)


def doubts_of(document: Document) -> tuple[Message, ...]:
    """What is in doubt about the text of a document's pages, file by file."""
    if not any(page.doubts for page in document.pages):
        return ()
    by_file = [[page for page in document.pages if page.file == i] for i in range(len(document.files))]
    return tuple(chain.from_iterable(map(tell_doubts, document.files, by_file)))


def tell_doubts(file: str, pages: Sequence[Page]) -> list[Message]:
    """What is in doubt about the text of a file's pages, a sentence for each kind of doubt, in the order of their first
    pages; none where all is well."""
    return [message("{file}: the text is in doubt {doubt}.", file=file, doubt=one) for one in doubts_on(pages)]


def doubts_on(pages: Sequence[Page]) -> list[Message]:
    """Each kind of doubt with the pages of a file that it stands on, in the order of their first pages."""
    standing = {doubt: [page.number for page in pages if doubt in page.doubts] for doubt in DOUBTS}
    found = sorted((doubt for doubt, numbers in standing.items() if numbers), key=lambda doubt: standing[doubt][0])
    return [_doubt_on(standing[doubt], DOUBTS[doubt]) for doubt in found]


def _doubt_on(numbers: Sequence[int], why: Message) -> Message:
    shown = list_pages(numbers)
    if len(numbers) == 1:
        return message("on PDF page {pages}: {why}", pages=shown, why=why)
    return message("on PDF pages {pages}: of each, {why}", pages=shown, why=why)


def list_pages(numbers: Sequence[int]) -> str:
    """Page numbers in rising order, runs as `3–7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def page_doubts(raw: RawPage) -> tuple[str, ...]:
    """Why a page's text is in doubt: keys of `DOUBTS`."""
    reason = needs_recognition(raw)
    if reason:
        return (reason, "not-recognised") if raw.tried and not raw.ocr else (reason,)
    if raw.broken:
        return ("damaged",)
    return ("columns",) if raw.columns_doubted else ()


def columns_in_doubt(rows: Sequence[Line]) -> bool:
    """Whether neither one nor several columns explain a page's rows: prose stands beside prose in rows that were read
    across; or wide rows of prose and columns of it take turns again and again."""
    if len(rows) < _FEW_ROWS:
        return False
    if rows[0].column == rows[-1].column == 0:
        across = [row for row in rows if row.cells == 2 and len(row.words) > 7 and row.column == 0]
        return len(across) > 0.3 * len(rows) and not any(map(is_caption, rows))
    turns = 0
    before = rows[0]
    for row in rows:
        wide = row.column == 0 and row.cells == 1 and len(row.words) > 8
        turns += wide and before.column != 0
        before = row
    return turns > _MANY_TURNS


def needs_recognition(raw: RawPage) -> str:
    """Why a page's text has to be recognised from its picture, as a doubt: `damaged` (hardly any words, where the file
    is damaged), `no-text` (a picture, drawn, or unreadable), `few-words` (hardly any words, as a stamp's, upon a
    picture), `lost-words` (more is drawn as letters than was read), `garbled` (its characters are not its letters); ""
    where its own text serves. Judged once and kept in `RawPage.recognise`."""
    if raw.recognise is None:
        raw.recognise = _recognition_reason(raw)
    return raw.recognise


def is_lost_to_damage(raw: RawPage) -> bool:
    """Whether a page has lost most of its words to damage of the file."""
    return raw.broken and len(raw.strings) < _FEW


def _recognition_reason(raw: RawPage) -> str:
    if is_lost_to_damage(raw):
        return "damaged"
    if not raw.strings:
        return "no-text" if raw.pictured or raw.marked or raw.unreadable else ""
    if raw.pictured:
        return "few-words"
    if raw.lost:
        return "lost-words"
    return "garbled" if is_garbled(raw.strings) else ""
