"""Small documents with word boxes, frozen texts and reading results, for tests of anchors and frozen texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from litreview.anchors import hash_text
from litreview.documents.anchored import anchor_body, anchor_in
from litreview.documents.boxes import pack_boxes
from litreview.documents.frozen import FrozenText, freeze
from litreview.documents.model import Document, FileStatus, Metadata, Page, Paragraph, ReadResult, Section, Sentence
from litreview.files import hash_bytes
from litreview.ledger import Judgment, Ledger, standing, uuid7

LINE_PT = 14.0
LETTER_PT = 6.0
PROSE = (
    "Pendamping datang ke rumah setiap pekan. Keluarga menyusun rencana usaha bersama.\n"
    "Pada bulan berikutnya kelompok bertemu lagi. Keluarga menyusun rencana usaha bersama. Hasilnya tampak."
)


def make_document(
    *pages: str, report: str = "r-000000000001", file: str = "corpus/a.pdf", ocr: str = "", reader: str = "test 1"
) -> Document:
    """A document of one file: each page's lines are sentences, each word has a box of its own."""
    text, spans = "", []
    for page in pages:
        spans.append((len(text), len(text) + len(page)))
        text += page + "\n"
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    made = [Page(0, n, start, end, 595.0, 842.0, str(n + 10), (), ocr) for n, (start, end) in enumerate(spans, start=1)]
    return Document(
        report=report,
        files=(file,),
        text=text,
        text_hash=hash_text(text),
        pages=tuple(made),
        sections=(Section(("results",), "Hasil", 0, len(text), 1),),
        paragraphs=tuple(Paragraph("body", 0, start, end) for start, end in lines),
        sentences=tuple(Sentence(n, start, end, "id") for n, (start, end) in enumerate(lines)),
        metadata=Metadata(),
        boxes=_boxes(text, spans),
        reader=reader,
    )


def _boxes(text: str, spans: Sequence[tuple[int, int]]) -> Any:
    words = [
        (m.start() + start, m.end() + start, page)
        for page, (start, end) in enumerate(spans)
        for m in re.finditer(r"\S+", text[start:end])
    ]
    rects = [_rect(text, start, end, spans[page][0]) for start, end, page in words]
    return pack_boxes([w[0] for w in words], [w[1] for w in words], [w[2] for w in words], rects)


def _rect(text: str, start: int, end: int, page_start: int) -> tuple[float, float, float, float]:
    """A word's place: lines one beneath the other, letters of one width."""
    row = text.count("\n", page_start, start)
    column = start - max(page_start, text.rfind("\n", 0, start) + 1)
    top = 100 + row * LINE_PT
    return 72 + column * LETTER_PT, top, 72 + (column + end - start) * LETTER_PT, top + 10


def sha_of(name: str) -> str:
    """A SHA-256 for the bytes of a file that is only imagined."""
    return hash_bytes(name.encode())


def frozen_of(document: Document, *copies: str) -> FrozenText:
    """A document frozen from files of the given bytes (else of its paths)."""
    return freeze(document, [sha_of(copy) for copy in copies or document.files])


def read_of(document: Document, *copies: str, status: str = "ready", readable: bool = True) -> ReadResult:
    """What reading gave: the document, or none where this computer cannot read it."""
    hashes = [sha_of(copy) for copy in copies or document.files]
    files = tuple(
        FileStatus(path, status, document.report, len(document.pages), "", sha256)
        for path, sha256 in zip(document.files, hashes, strict=True)
    )
    return ReadResult(files, document if readable else None)


def judged(document: Document, words: str, person: str = "ani", kind: str = "coding", **more: Any) -> Judgment:
    """A judgment on the first place of some words."""
    start = document.text.index(words)
    anchor = anchor_body(anchor_in(document, start, start + len(words)))
    return said(kind, {"report": document.report, "anchor": anchor, "code": "graduation", **more}, person)


def said(kind: str, body: dict[str, Any], person: str = "ani") -> Judgment:
    """A judgment as someone may have written it, right or not."""
    return Judgment(uuid7(), "2024-01-01T00:00:00.000+00:00", person, "laptop", kind, body)


def ledger_of(*judgments: Judgment) -> Ledger:
    """A ledger of judgments."""
    return Ledger(tuple(sorted(judgments, key=lambda j: j.id)), standing(judgments))
