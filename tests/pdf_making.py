"""Small PDFs of our own making, for tests of the reader: lines of text at given places, in the built-in fonts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pymupdf

from litreview.documents.model import Document
from litreview.documents.read import ReadJob, read_report

Piece = tuple[float, float, str] | tuple[float, float, str, float] | tuple[float, float, str, float, str]
FULL = "Pendamping datang setiap pekan dan duduk bersama keluarga di beranda rumah mereka"


def make_pdf(path: Path, pages: Sequence[Sequence[Piece]], rotation: int = 0) -> Path:
    """Write a PDF: for each page its pieces (x, y of the baseline, text, size, font `helv` or `hebo`)."""
    pdf = pymupdf.open()
    for pieces in pages:
        page = pdf.new_page(width=595, height=842)
        for piece in pieces:
            size = piece[3] if len(piece) > 3 else 11.0
            font = piece[4] if len(piece) > 4 else "helv"
            page.insert_text(piece[:2], piece[2], fontsize=size, fontname=font)
        page.set_rotation(rotation)
    path.parent.mkdir(parents=True, exist_ok=True)
    pdf.save(path)
    return path


def lines(texts: Sequence[str], x: float = 72, y: float = 100, step: float = 14, size: float = 11) -> list[Piece]:
    """Lines one beneath the other."""
    return [(x, y + i * step, text, size) for i, text in enumerate(texts)]


def read(*paths: Path) -> Document:
    """The document of one report's files."""
    root = paths[0].parent
    result = read_report(ReadJob(str(root), paths[0].name, tuple(path.name for path in paths)))
    assert result.document is not None, result.files
    return result.document


def of_kind(document: Document, kind: str) -> list[str]:
    """The texts of a document's paragraphs of one kind."""
    return [document.quote(p.start, p.end) for p in document.paragraphs if p.kind == kind]
