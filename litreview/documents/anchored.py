"""Judgments on passages: their anchors are made and checked here, and their document's text is frozen before them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from litreview.anchors import Anchor, check_anchor, find_anchor, make_anchor
from litreview.documents.boxes import rects
from litreview.documents.frozen import FrozenText, thaw
from litreview.documents.frozen_folder import keep_frozen
from litreview.documents.model import Document
from litreview.documents.numbered import paragraph_numbers, paragraph_span
from litreview.errors import AnchorError, message
from litreview.ledger import Judgment, append

Span = tuple[int, int]


def anchor_in(document: Document, start: int, end: int) -> Anchor:
    """Anchor `document.text[start:end]`, with the page it begins on and its rectangles; without pages, with the number
    of its paragraph.

    Raises `AnchorError` when the stretch is empty or outside the text.
    """
    try:
        anchor = make_anchor(document.text, start, end, document.text_hash)
    except ValueError as error:
        what = message("There is no text between {start} and {end}; the text has {length} characters.",
                       start=start, end=end, length=len(document.text))  # fmt: skip
        raise AnchorError(what, document.files[0] if document.files else None) from error
    if not document.pages:
        numbers = paragraph_numbers(document, start, end)
        number = numbers[0] if numbers else None
        return msgspec.structs.replace(anchor, file=document.file_at(start), paragraph=number)
    page = document.pages[document.page_index_at(start)]
    boxes = tuple(
        (document.pages[index].number, *(round(place, 2) for place in places))
        for index, *places in map(msgspec.structs.astuple, rects(document, start, end))
    )
    return msgspec.structs.replace(anchor, file=document.files[page.file], page=page.number, rects=boxes)


def has_anchor(judgment: Judgment) -> bool:
    """Whether a judgment is on a passage."""
    return isinstance(judgment.body.get("anchor"), dict)


def anchor_of(body: Mapping[str, Any]) -> Anchor | None:
    """The anchor of a judgment's body; None when there is none, or it is damaged."""
    try:
        return msgspec.convert(body.get("anchor"), Anchor)
    except msgspec.ValidationError:
        return None


def anchor_body(anchor: Anchor) -> dict[str, Any]:
    """An anchor as a judgment's body holds it."""
    body: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(anchor))
    if anchor.paragraph is None:
        del body["paragraph"]  # a line about a page reads as it always did
    return body


def place_in(document: Document, anchor: Anchor) -> Span | None:
    """Offsets of an anchor in a document, or None: see `anchors.find_anchor`."""
    alone = len(document.files) == 1  # then the path says nothing: a colleague may have named the file otherwise
    named = [p for p in document.pages if p.number == anchor.page and (alone or document.files[p.file] == anchor.file)]
    pages = [(page.start, page.end) for page in named]
    near = pages[0] if pages else _paragraph_of(document, anchor)
    return find_anchor(anchor, document.text, document.text_hash, near)


def _paragraph_of(document: Document, anchor: Anchor) -> Span | None:
    """The paragraph that an anchor names, in a document without pages."""
    if document.pages or anchor.paragraph is None:
        return None
    file = document.files.index(anchor.file) if anchor.file in document.files else 0
    return paragraph_span(document, file, anchor.paragraph)


def write_anchored(
    folder: Path, judgments: Iterable[Judgment], texts: Mapping[str, FrozenText]
) -> tuple[Judgment, ...]:
    """Append judgments on passages to the ledger in `folder`; gives them as written.

    `texts` are the texts that the reports (`body["report"]`) are read in; each is kept in `folder` before its first
    judgment. Of `body["anchor"]` text hash, offsets, quote, prefix and suffix must be given and true; file, page and
    rectangles are set from the text's boxes.

    Raises `AnchorError` when an anchor does not agree with its text, and `LedgerError` when the disk is full or the
    folder cannot be written. Nothing is written unless every anchor is right.
    """
    given = list(judgments)
    documents = {report: thaw(frozen) for report, frozen in texts.items()}
    checked = tuple(with_place(judgment, documents) for judgment in given)
    for report in dict.fromkeys(str(judgment.body["report"]) for judgment in checked):
        keep_frozen(folder, texts[report])
    append(folder, checked)
    return checked


def with_place(judgment: Judgment, documents: Mapping[str, Document]) -> Judgment:
    """A judgment whose anchor was held against its report's text, with file, page and rectangles from its boxes.

    Raises `AnchorError` when its report has no text, or the anchor does not agree with it.
    """
    report = str(judgment.body.get("report", ""))
    document, anchor = documents.get(report), anchor_of(judgment.body)
    if document is None:
        raise AnchorError(message("The report {report} has no text here, so that no passage of it can be judged.",
                                  report=report))  # fmt: skip
    if anchor is None:
        raise AnchorError(message("The judgment names no passage, or not as a whole."))
    check_anchor(anchor, document.text, document.text_hash)
    whole = anchor_in(document, anchor.start, anchor.end)
    if anchor.page not in (None, whole.page):
        raise AnchorError(message("The passage stands on page {there}, not on page {page}.",
                                  there=whole.page or 0, page=anchor.page or 0))  # fmt: skip
    body = {**judgment.body, "anchor": anchor_body(whole)}
    return msgspec.structs.replace(judgment, body=body)
