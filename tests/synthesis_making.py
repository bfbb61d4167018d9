"""Small values for the tests of the synthesis: documents from lists of sentences, judgments by words."""

from __future__ import annotations

from typing import Any

import msgspec

from litreview.anchors import hash_text, make_anchor
from litreview.coding.model import Code, Codebook, Label, Relation, Suggestion, Theme
from litreview.documents.model import Boxes, Document, Found, Metadata, Page, Paragraph, Section, Sentence
from litreview.ledger import Judgment, Ledger, standing
from litreview.protocol import Bilingual, Protocol
from litreview.screening.model import Choice, Standing
from litreview.synthesis.build import ReportInput, StudyInput, SynthesisInput

Part = tuple[str, str, list[list[str]]]  # section kinds joined by "+", heading, paragraphs of sentences


def make_document(report: str, parts: list[Part], **metadata: Any) -> Document:
    """A document with one page for each part, pages printed from 11."""
    text = ""
    pages: list[Page] = []
    sections: list[Section] = []
    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    for number, (kinds, heading, body) in enumerate(parts):
        begin = len(text)
        for kind, lines in [("heading", [heading]), *(("body", p) for p in body)]:
            start = len(text)
            for line in lines:
                sentences.append(Sentence(len(paragraphs), len(text), len(text) + len(line), "id"))
                text += line + " "
            text = text[:-1]
            paragraphs.append(Paragraph(kind, number, start, len(text)))
            text += "\n"
        sections.append(Section(tuple(kinds.split("+")), heading, begin, len(text), 1))
        pages.append(Page(0, number + 1, begin, len(text), 595.0, 842.0, str(number + 11)))
    return Document(
        report=report, files=(f"corpus/{report}.pdf",), text=text, text_hash=hash_text(text), pages=tuple(pages),
        sections=tuple(sections), paragraphs=tuple(paragraphs), sentences=tuple(sentences),
        metadata=Metadata(**metadata), boxes=Boxes(), reader="test 1",
    )  # fmt: skip


def suggest(document: Document, words: str, code: str, stance: str = "supports", voice: str = "author") -> Suggestion:
    """A suggestion on the first sentence that holds some words."""
    at = document.text.index(words)
    sentence = next(s for s in document.sentences if s.start <= at < s.end)
    return Suggestion(sentence.start, sentence.end, code, stance, voice, 1.0, words, "cues 1")


def judgment(number: int, person: str, kind: str, body: dict[str, Any], replaces: str = "") -> Judgment:
    """A judgment with the id `j<number>`."""
    return Judgment(f"j{number}", "2024-01-01T00:00:00.000+00:00", person, "laptop", kind, body, replaces)


def coding(number: int, person: str, document: Document, words: str, code: str, **more: Any) -> Judgment:
    """A coding of the first place where some words stand."""
    at = document.text.index(words)
    anchor = msgspec.to_builtins(make_anchor(document.text, at, at + len(words)))
    body = {"report": document.report, "anchor": anchor, "code": code, "stance": "supports", "origin": "unaided"}
    return judgment(number, person, "coding", {**body, **more})


def ledger(*judgments: Judgment) -> Ledger:
    """A ledger of judgments."""
    return Ledger(judgments, standing(judgments))


def label(text: str) -> Label:
    """A label that says its language."""
    return Label(f"{text} (id)", text)


def codebook(relations: tuple[Relation, ...] = ()) -> Codebook:
    """Two elements, a driver, a barrier, two stages and an outcome."""

    def theme(id_: str, colour: str, *codes: str) -> Theme:
        made = tuple(
            Code(c, id_, label(c), attributes={"phase": "intervention"} if id_ == "process" else {}) for c in codes
        )
        return Theme(id_, label(id_), colour, made)

    return Codebook(
        (
            theme("strengths", "#2a9d8f", "hope", "partnership", "strengths-other"),
            theme("drivers", "#457b9d", "competence"),
            theme("barriers", "#d1495b", "workload"),
            theme("process", "#8d6a9f", "planning", "monitoring"),
            theme("outcomes", "#e9a03b", "graduation"),
        ),
        relations,
    )


def study(id_: str, *reports: ReportInput, decision: str = "include", provisional: bool = False) -> StudyInput:
    """A study with the reports given, else one of its own id."""
    return StudyInput(id_, reports or (ReportInput(id_),), Standing(decision, provisional))


def named(name: str, year: str = "2020") -> dict[str, Any]:
    """Metadata of a document by one author."""
    return {"title": Found(f"A study by {name}"), "authors": (Found(name),), "year": Found(year)}


def inputs(documents: list[Document], suggestions: dict[str, list[Suggestion]], **more: Any) -> SynthesisInput:
    """An input in which every document is a main study of its own unless `studies` and `choice` say otherwise."""
    values: dict[str, Any] = {
        "protocol": Protocol(format=1, title=Bilingual("Tinjauan", "Review")),
        "codebook": codebook(),
        "documents": {d.report: d for d in documents},
        "suggestions": {report: tuple(s) for report, s in suggestions.items()},
        "studies": tuple(study(d.report) for d in documents),
        "choice": Choice(tuple(d.report for d in documents)),
    }
    return SynthesisInput(**{**values, **more})
