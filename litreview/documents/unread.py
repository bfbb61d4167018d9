"""Files that open and yet cannot be read: cases of other files, forms, pages that lost their words, blank pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from litreview.documents.extract import RawPage
from litreview.documents.ocr import RecognisedPage
from litreview.documents.opening import pdf_errors
from litreview.documents.quality import is_lost_to_damage
from litreview.documents.recognised import judge_recognised
from litreview.documents.refusals import Refusal, blank_pages, cut_off, form_for_adobe, lost_pages, portfolio

if TYPE_CHECKING:
    import pymupdf

_COVER_PAGES = 1  # of a case of files, which asks to open it elsewhere
_COVER_WORDS = 120
_TAIL_BYTES = 4096
_LOST_SHARE = 0.5  # of the pages: as many without their words, and the file is of no use
_PLACEHOLDER = re.compile(r"adobe (reader|acrobat)|acrobat reader|please wait|harap tunggu", re.IGNORECASE)
_DAMAGE = re.compile(
    "zlib error|lzw|read error|premature end|cannot load object|is not a stream|non-page object|too many nested"
)


def refuse_odd(pdf: pymupdf.Document) -> None:
    """Raise the `Refusal` of a case of other files, and of a form whose pages only Adobe's programs make, where the
    pages themselves say no more than that."""
    with suppress(*pdf_errors()):
        catalogue = pdf.pdf_catalog()
        is_case = pdf.xref_get_key(catalogue, "Collection")[0] != "null"
        is_form = not is_case and pdf.xref_get_key(catalogue, "AcroForm/XFA")[0] not in ("null", "string")
        if not (is_case or is_form) or len(pdf) > _COVER_PAGES:
            return
        words = pdf[0].get_text().split() if len(pdf) else []
        if is_case and len(words) < _COVER_WORDS:
            raise portfolio(len(pdf))
        if is_form and (not words or (len(words) < _COVER_WORDS and _PLACEHOLDER.search(" ".join(words)))):
            raise form_for_adobe(len(pdf))


def refuse_cut_off(pdf: pymupdf.Document, path: Path) -> None:
    """Raise the `Refusal` of a file that lacks its end, as a broken-off download does: what stands before it may be
    read, not all. Raises `OSError`."""
    if not pdf.is_repaired:
        return
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        tail = stream.read()
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise cut_off(len(pdf))


def refuse_unread(own: Sequence[RawPage], pages: Sequence[RawPage], recognised: Mapping[int, RecognisedPage]) -> None:
    """Raise the `Refusal` of a file whose pages are pictures, blank, or have lost their words: `own` are its pages
    before, `pages` after recognised ones took their places."""
    status, reason = judge_recognised(own, pages, recognised)
    lost = sum(map(is_lost_to_damage, pages))
    if lost and lost >= _LOST_SHARE * len(pages):
        raise lost_pages(lost, len(pages))
    if status == "empty":
        raise blank_pages(len(pages))
    if status != "ready":
        raise Refusal(status, reason, len(pages))


def forget_damage() -> None:
    """Begin to listen to what MuPDF finds amiss."""
    import pymupdf

    pymupdf.TOOLS.reset_mupdf_warnings()


def is_damage_told() -> bool:
    """Whether MuPDF found content amiss since `forget_damage`, in such a way that words may be lost."""
    import pymupdf

    told = pymupdf.TOOLS.mupdf_warnings()
    return bool(told) and _DAMAGE.search(told) is not None
