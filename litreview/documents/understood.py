"""What was understood of one file: a document told in plain values, for people and for scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from litreview.documents.boxes import unpack_boxes
from litreview.documents.languages import section_languages
from litreview.documents.model import Document, FileStatus, Found, Metadata, PageQuality, ReadResult
from litreview.documents.numbered import paragraph_numbers
from litreview.documents.references import ListedReference, references


class UnderstoodSection(msgspec.Struct, frozen=True):
    """A section by its heading (empty before the first one). `kind` leads where a heading names several; `page` counts
    as in the PDF, 0 without pages; then `paragraph` counts from 1. `language` is that of most of its sentences."""

    heading: str
    kind: str
    kinds: tuple[str, ...]
    level: int
    page: int
    paragraph: int = 0
    language: str = ""


class Understood(msgspec.Struct, frozen=True):
    """One file: what became of it and what it says. Without a text only the first fields are filled, and `quality`
    where its pages could be looked at."""

    file: str
    status: str
    reason: str = ""
    pages: int = 0
    words: int = 0
    language: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    doi: str | None = None
    source: str | None = None
    abstract: str | None = None  # in the document's language, else the one that there is
    abstracts: dict[str, str] = {}
    keywords: tuple[str, ...] = ()
    method: str | None = None
    locus: dict[str, str] = {}  # village, district, regency, province: those that are named
    sections: tuple[UnderstoodSection, ...] = ()
    references: tuple[ListedReference, ...] = ()
    quality: tuple[PageQuality, ...] = ()
    seconds: float = 0.0


def understand(file: str, result: ReadResult, seconds: float = 0.0) -> Understood:
    """What reading one file gave, with `file` as its name; `seconds` are those of the processor."""
    status = result.files[0] if result.files else FileStatus(file, "damaged", "")
    document = result.document
    bare = Understood(
        file, status.status, str(status.why), status.pages, quality=status.quality, seconds=round(seconds, 3)
    )
    return bare if document is None else _with_document(bare, document)


def _with_document(bare: Understood, document: Document) -> Understood:
    said = document.metadata
    return msgspec.structs.replace(
        bare,
        words=len(document.text.split()),
        language=said.language,
        title=_value(said.title),
        authors=tuple(author.value for author in said.authors),
        year=_year(said.year),
        doi=_value(said.doi),
        source=_value(said.source),
        abstract=_abstract(said),
        abstracts={language: found.value for language, found in sorted(said.abstracts.items())},
        keywords=said.keywords,
        method=_value(said.method),
        locus=_locus(said),
        sections=_sections(document),
        references=references(document),
        quality=page_quality(document),
    )


def page_quality(document: Document) -> tuple[PageQuality, ...]:
    """Every page of a document, in order."""
    _, _, places, _ = unpack_boxes(document.boxes)
    words = Counter(places)
    return tuple(
        PageQuality(page.number, page.printed, words[i], page.doubts, page.ocr) for i, page in enumerate(document.pages)
    )


def in_doubt(pages: Iterable[PageQuality]) -> tuple[PageQuality, ...]:
    """The pages whose text is in doubt."""
    return tuple(page for page in pages if page.doubts)


def _sections(document: Document) -> tuple[UnderstoodSection, ...]:
    return tuple(
        UnderstoodSection(s.heading, s.kinds[0], s.kinds, s.level, *_place_of(document, s.start), language)
        for s, language in zip(document.sections, section_languages(document), strict=True)
    )


def _place_of(document: Document, offset: int) -> tuple[int, int]:
    """Page and paragraph of an offset: 0 for the one that the document does not have."""
    if document.pages:
        return document.pages[document.page_index_at(offset)].number, 0
    numbers = paragraph_numbers(document, offset, offset + 1)
    return 0, numbers[0] if numbers else 0


def _abstract(said: Metadata) -> str | None:
    found = said.abstracts.get(said.language) or next(iter(said.abstracts.values()), None)
    return _value(found)


def _value(found: Found | None) -> str | None:
    return found.value if found else None


def _year(found: Found | None) -> int | None:
    return int(found.value) if found and found.value.isdigit() else None


def _locus(said: Metadata) -> dict[str, str]:
    places = {"village": said.village, "district": said.district, "regency": said.regency, "province": said.province}
    return {level: found.value for level, found in places.items() if found}
