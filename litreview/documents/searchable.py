"""A document's sentences as the search keeps them and shows them again.

The search keeps words only; what it shows is cut from the document as it is kept, of which it decodes the parts that
it needs (no boxes).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from litreview.documents.model import Document, Found, Page, Paragraph, Section, Sentence
from litreview.language.searching import fold, folded_words, search_keys

LANGUAGES = ("id", "en", "other")
PRINTED = "printed"  # under which the printed numbers of the pages lie that people told
SENTENCE_BITS = 20  # a sentence's number in the search: its document's number, then its own


class Row(NamedTuple):
    """The words of a sentence (its number in the document): their keys in the column of the sentence's language, the
    words as written without case, and the kinds of its section; each parted by spaces."""

    sentence: int
    id: str | None
    en: str | None
    other: str | None
    written: str
    section: str


class ShownMetadata(msgspec.Struct, frozen=True):
    """By what a result names its document."""

    title: Found | None = None
    authors: tuple[Found, ...] = ()
    year: Found | None = None


class ShownDocument(msgspec.Struct, frozen=True):
    """A document without its boxes; fields as in `Document`."""

    files: tuple[str, ...]
    text: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    metadata: ShownMetadata
    starts: tuple[int, ...] = ()


class ShownResult(msgspec.Struct, frozen=True):
    """What of a kept `ReadResult` the search shows."""

    document: ShownDocument | None = None


def searchable_rows(document: Document) -> list[Row]:
    """Every sentence of a document as the search keeps it. The same document gives the same rows: by them it is taken
    out again."""
    kinds = [" ".join(section.kinds) for section in document.sections]
    return [_row(number, sentence, document, kinds) for number, sentence in enumerate(document.sentences)]


def _row(number: int, sentence: Sentence, document: Document, kinds: list[str]) -> Row:
    language = sentence.language if sentence.language in LANGUAGES else "other"
    words = folded_words(fold(document.text[sentence.start : sentence.end]))
    written = " ".join(words)
    keys = " ".join(search_keys(words, language))
    section = document.paragraphs[sentence.paragraph].section
    kind = kinds[section] if section < len(kinds) else ""
    of_id, of_en, of_other = (keys if language == one else None for one in LANGUAGES)
    return Row(number, of_id, of_en, of_other, written, kind)


def with_printed(document: ShownDocument, printed: Sequence[str | None] | None) -> ShownDocument:
    """A document with other printed numbers of its pages, where there are some for all of them."""
    if printed is None or len(printed) != len(document.pages):
        return document
    pages = (
        msgspec.structs.replace(page, printed=number) for page, number in zip(document.pages, printed, strict=True)
    )
    return msgspec.structs.replace(document, pages=tuple(pages))


def page_at(document: ShownDocument, offset: int) -> Page | None:
    """The page that an offset stands on; None for a document without pages."""
    if not document.pages:
        return None
    return document.pages[max(0, bisect_right([page.start for page in document.pages], offset) - 1)]
