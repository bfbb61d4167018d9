"""A found sentence as it is shown: where it stands, its words that were looked for, and the sentences around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

import msgspec

from litreview.documents.searchable import ShownDocument, page_at
from litreview.language.query import Query
from litreview.language.searching import folded_spans, search_keys
from litreview.records.fields import file_title

Span = tuple[int, int]


class Hit(msgspec.Struct, frozen=True):
    """A sentence that was found: its report, named by its title, else by its file; where it stands (`page` as in the
    PDF, `printed` as on the page; without pages `paragraph`, counted from 1 in the file); `marks` are offsets in it."""

    report: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    file: str
    page: int | None
    printed: str | None
    paragraph: int | None
    sections: tuple[str, ...]
    heading: str
    language: str
    text: str
    marks: tuple[Span, ...]
    ocr: str = ""  # what recognised its page from a picture; such words are held against the picture
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def show_hit(report: str, document: ShownDocument, number: int, query: Query, around: int) -> Hit:
    """The sentence of that number, with so many `around` it on each side."""
    sentence = document.sentences[number]
    paragraph = document.paragraphs[sentence.paragraph]
    section = document.sections[paragraph.section] if paragraph.section < len(document.sections) else None
    page = page_at(document, sentence.start)
    file = page.file if page is not None else max(0, bisect_right(document.starts, sentence.start) - 1)
    metadata = document.metadata
    text = document.text[sentence.start : sentence.end]
    return Hit(
        report=report,
        title=metadata.title.value if metadata.title else file_title(document.files),
        authors=tuple(author.value for author in metadata.authors),
        year=int(metadata.year.value) if metadata.year and metadata.year.value.isdigit() else None,
        file=document.files[file],
        page=page.number if page is not None else None,
        printed=page.printed if page is not None else None,
        paragraph=None if page is not None else sentence.paragraph - _first_paragraph(document, file) + 1,
        sections=section.kinds if section is not None else (),
        heading=section.heading if section is not None else "",
        language=sentence.language,
        text=text,
        marks=marks_of(text, sentence.language, query),
        ocr=page.ocr if page is not None else "",
        before=tuple(_texts(document, range(max(0, number - around), number))),
        after=tuple(_texts(document, range(number + 1, min(number + 1 + around, len(document.sentences))))),
    )


def marks_of(text: str, language: str, query: Query) -> tuple[Span, ...]:
    """Where words that were looked for stand in a sentence: the search's own comparison once more."""
    words = folded_spans(text)
    folded = [word for word, _, _ in words]
    stems = search_keys(folded, language)
    found: set[int] = set()
    for term in (term for terms in query.groups for term in terms):
        size = len(term.words)
        if term.begins:
            found |= {at for at, word in enumerate(folded) if word.startswith(term.words[-1])}
            continue
        wanted, keys = (list(term.words), folded) if term.exact else (search_keys(term.words, language), stems)
        for at in range(len(keys) - size + 1):
            if keys[at : at + size] == wanted:
                found |= set(range(at, at + size))
    return tuple(words[at][1:] for at in sorted(found))


def _texts(document: ShownDocument, numbers: Iterable[int]) -> Iterator[str]:
    return (document.text[document.sentences[n].start : document.sentences[n].end] for n in numbers)


def _first_paragraph(document: ShownDocument, file: int) -> int:
    start = document.starts[file] if file < len(document.starts) else 0
    return bisect_left([paragraph.start for paragraph in document.paragraphs], start)
