"""Documents without pages of our own making, for tests: Word documents, web pages and texts that tell of a study."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml

from litreview.documents.model import Document, ReadResult
from litreview.documents.read import ReadJob, read_report

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PROSE = (
    "Pendamping datang ke rumah keluarga setiap pekan dan menyusun rencana usaha bersama mereka. "
    "Keluarga yang rajin mengikuti pertemuan lebih cepat keluar dari program. "
)
ABSTRAK = (
    "Penelitian ini bertujuan untuk mengetahui peran pendamping dalam graduasi keluarga penerima manfaat. Metode yang"
    " digunakan adalah deskriptif kualitatif dengan wawancara mendalam di Kabupaten Tegalarum."
)
ABSTRACT = (
    "This study aims to describe the role of the facilitators in the graduation of the beneficiary families. The method"
    " is descriptive and qualitative with in-depth interviews in the regency of Tegalarum."
)
CHAPTERS = (
    ("BAB I", "PENDAHULUAN", "introduction"), ("BAB II", "TINJAUAN PUSTAKA", "theory"),
    ("BAB III", "METODE PENELITIAN", "method"), ("BAB IV", "HASIL PENELITIAN DAN PEMBAHASAN", "results"),
    ("BAB V", "PENUTUP", "conclusion"),
)  # fmt: skip
ENTRIES = [f"Penulis, A. (201{n}). Judul buku ke-{n}. Jakarta: Penerbit." for n in range(4)]
TITLE = "PERAN PENDAMPING DALAM GRADUASI MANDIRI DI KECAMATAN TIRTASARI"


def read(*paths: Path) -> ReadResult:
    """What reading one report's files gives."""
    return read_report(ReadJob(str(paths[0].parent), "r-1", tuple(path.name for path in paths)))


def document_of(*paths: Path) -> Document:
    """The document of one report's files."""
    result = read(*paths)
    assert result.document is not None, result.files
    return result.document


def status_of(path: Path) -> tuple[str, str]:
    """A file's status and why."""
    (file,) = read(path).files
    return file.status, file.reason


def say(
    document: WordDocument, text: str, *, style: str | None = None, bold: bool = False, centred: bool = False
) -> Any:
    """Add a paragraph of one run."""
    paragraph = document.add_paragraph(style=style)
    paragraph.add_run(text).bold = bold or None
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def make_docx(path: Path, *texts: str) -> Path:
    """A Word document of plain paragraphs."""
    document = docx.Document()
    for text in texts:
        say(document, text)
    document.save(str(path))
    return path


def add_xml(document: WordDocument, inner: str) -> None:
    """Add a paragraph of raw WordprocessingML at the end."""
    document.element.body.insert(len(document.element.body) - 1, parse_xml(f"<w:p {WORD}>{inner}</w:p>"))


def make_thesis(path: Path, *, styled: bool) -> Path:
    """A thesis with Word's heading styles, or with headings that are only bold and centred."""
    document = docx.Document()
    say(document, TITLE, style="Title" if styled else None, bold=True, centred=True)
    for line in ("SKRIPSI", "Oleh", "Rina Kartikasari", "UNIVERSITAS TIRTANEGARA", "2021"):
        say(document, line, centred=True)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    for name, text, words in (("ABSTRAK", ABSTRAK, "Kata kunci: pendamping, graduasi"), ("ABSTRACT", ABSTRACT, "")):
        _head(document, name, 1, styled)
        for one in filter(None, (text, words)):
            say(document, one)
    for chapter, name, _ in CHAPTERS:
        if styled:
            _head(document, f"{chapter} {name}", 1, styled)
        else:
            _head(document, chapter, 1, styled)
            _head(document, name, 1, styled)
        _head(document, "A. Uraian Bagian Ini", 2, styled)
        say(document, PROSE * 3)
    _head(document, "DAFTAR PUSTAKA", 1, styled)
    for entry in ENTRIES:
        say(document, entry)
    document.save(str(path))
    return path


def _head(document: WordDocument, text: str, level: int, styled: bool) -> None:
    if styled:
        document.add_heading(text, level)
    else:
        say(document, text, bold=True, centred=level == 1)


def make_page(path: Path, body: str, metas: Iterable[tuple[str, str]] = ()) -> Path:
    """A web page."""
    head = "".join(f'<meta name="{name}" content="{value}">' for name, value in metas)
    path.write_text(
        f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>', "utf-8"
    )
    return path


def kinds_of(document: Document) -> dict[str, str]:
    """Heading → the first kind of its section."""
    return {section.heading: section.kinds[0] for section in document.sections}


def of_kind(document: Document, kind: str) -> list[str]:
    """The texts of a document's paragraphs of one kind."""
    return [document.quote(p.start, p.end) for p in document.paragraphs if p.kind == kind]


def everything(document: Document) -> list[str]:
    """The texts of all paragraphs."""
    return [document.quote(p.start, p.end) for p in document.paragraphs]
