"""Small documents made by hand, for tests of screening and flow."""

from __future__ import annotations

from collections.abc import Sequence

from litreview.anchors import hash_text
from litreview.documents.model import Boxes, Document, Found, Metadata, Page, Paragraph, Section, Sentence

Part = tuple[tuple[str, ...], str, Sequence[str]]  # kinds, heading, sentences


def make_document(parts: Sequence[Part], title: str = "", doubts: tuple[str, ...] = (), **found: str) -> Document:
    """A document of one page; each sentence is a paragraph. `found`: year, years (by commas), method, regency …"""
    text = ""
    sections: list[Section] = []
    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    abstracts: dict[str, Found] = {}

    def add(kind: str, words: str) -> tuple[int, int]:
        nonlocal text
        start = len(text)
        text += words + "\n"
        paragraphs.append(Paragraph(kind, max(0, len(sections) - 1), start, start + len(words)))
        return start, start + len(words)

    where = add("title", title) if title else (0, 0)
    for kinds, heading, told in parts:
        sections.append(Section(kinds, heading, len(text), len(text), 1))
        add("heading", heading)
        for words in told:
            start, end = add("body", words)
            sentences.append(Sentence(len(paragraphs) - 1, start, end, "id"))
            if "abstract" in kinds:
                abstracts["id"] = Found(words, start, end)
        sections[-1] = Section(kinds, heading, sections[-1].start, len(text), 1)
    values = {name: Found(value) for name, value in found.items() if name != "years" and value}
    years = tuple(Found(year) for year in found.get("years", "").split(",") if year)
    heading_of = Found(title, *where) if title else None
    metadata = Metadata(title=heading_of, abstracts=abstracts, years=years, **values)  # type: ignore[arg-type]
    page = Page(0, 1, 0, len(text), 595, 842, "1", doubts)
    return Document("p", ("a.pdf",), text, hash_text(text), (page,), tuple(sections), tuple(paragraphs),
                    tuple(sentences), metadata, Boxes(), "test")  # fmt: skip
