"""Word documents become documents: structure by style or by look, in reading order, nothing lost or doubled."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from litreview.documents.boxes import rects
from litreview.documents.model import Boxes
from tests.plain_making import (
    ABSTRACT,
    ABSTRAK,
    CHAPTERS,
    ENTRIES,
    PROSE,
    TITLE,
    WORD,
    add_xml,
    document_of,
    everything,
    kinds_of,
    make_docx,
    make_thesis,
    of_kind,
    say,
)


@pytest.mark.parametrize("styled", [True, False])
def test_a_thesis_has_its_sections_by_style_or_by_look(tmp_path: Path, styled: bool) -> None:
    thesis = document_of(make_thesis(tmp_path / "skripsi.docx", styled=styled))
    kinds = kinds_of(thesis)
    assert {f"{chapter} {name}": kinds[f"{chapter} {name}"] for chapter, name, _ in CHAPTERS} == {
        f"{chapter} {name}": kind for chapter, name, kind in CHAPTERS
    }
    assert of_kind(thesis, "reference") == ENTRIES
    assert {s.level for s in thesis.sections if s.heading.startswith("BAB")} == {1}
    assert {s.level for s in thesis.sections if s.heading.startswith("A.")} == {2}


@pytest.mark.parametrize("styled", [True, False])
def test_a_thesis_tells_its_metadata(tmp_path: Path, styled: bool) -> None:
    metadata = document_of(make_thesis(tmp_path / "skripsi.docx", styled=styled)).metadata
    assert metadata.title is not None
    assert metadata.title.value == TITLE
    assert [author.value for author in metadata.authors] == ["Rina Kartikasari"]
    assert metadata.year is not None
    assert metadata.year.value == "2021"
    assert {language: found.value for language, found in metadata.abstracts.items()} == {"id": ABSTRAK, "en": ABSTRACT}
    assert metadata.keywords == ("pendamping", "graduasi")
    assert metadata.method is not None
    assert metadata.method.value == "qualitative-descriptive"
    assert metadata.regency is not None
    assert metadata.regency.value == "Kabupaten Tegalarum"


def test_it_has_no_pages_and_its_offsets_are_those_of_its_text(tmp_path: Path) -> None:
    thesis = document_of(make_thesis(tmp_path / "skripsi.docx", styled=True))
    assert (thesis.pages, thesis.boxes, thesis.starts) == ((), Boxes(), (0,))
    assert rects(thesis, 0, 20) == ()
    assert {thesis.quote(s.start, s.end) for s in thesis.sentences} >= {PROSE.split(". ")[0] + "."}


def test_words_are_in_the_canonical_form(tmp_path: Path) -> None:
    path = make_docx(tmp_path / "a.docx", "Eﬁsiensi\u00a0pro\u00adgram di\u200b desa: cafe\u0301.")
    assert document_of(path).text == "Efisiensi program di desa: café."


def test_lists_tables_quotes_and_notes_stand_where_they_are_read(tmp_path: Path) -> None:
    word = docx.Document()
    say(word, "Sebelum tabel.")
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("Nama", "Jumlah", "Desa", "7"), strict=True):
        cell.text = text
    say(word, "Butir pertama", style="List Bullet")
    say(word, "Ia datang setiap pekan.", style="Quote")
    word.save(str(tmp_path / "a.docx"))
    document = document_of(tmp_path / "a.docx")
    assert [p.kind for p in document.paragraphs] == ["body", "table", "list", "quote"]
    assert of_kind(document, "table") == ["Nama Jumlah Desa 7"]


def test_a_table_that_only_places_text_is_read_as_text(tmp_path: Path) -> None:
    word = docx.Document()
    cells = word.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text = "Info Artikel"
    cells[1].text = PROSE * 4
    word.save(str(tmp_path / "a.docx"))
    assert [p.kind for p in document_of(tmp_path / "a.docx").paragraphs] == ["body", "body"]


def test_insertions_links_and_controls_are_read_deletions_and_hidden_text_are_not(tmp_path: Path) -> None:
    word = docx.Document()
    add_xml(
        word,
        '<w:r><w:t xml:space="preserve">Satu </w:t></w:r><w:ins w:id="1"><w:r><w:t xml:space="preserve">dua </w:t>'
        '</w:r></w:ins><w:del w:id="2"><w:r><w:delText>hapus </w:delText></w:r></w:del><w:hyperlink><w:r>'
        "<w:t>tiga</w:t></w:r></w:hyperlink><w:sdt><w:sdtContent><w:r><w:t> empat</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> sembunyi</w:t></w:r><w:r><w:t> well</w:t><w:noBreakHyphen/><w:t>known"
        '</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>',
    )  # fmt: skip
    word.save(str(tmp_path / "a.docx"))
    assert document_of(tmp_path / "a.docx").text == "Satu dua tiga empat well-known"


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent {WORD}><w:p><w:r><w:t>Di dalam kotak.</w:t></w:r></w:p></w:txbxContent>"
    word = docx.Document()
    add_xml(
        word,
        "<w:r><w:t>Di luar.</w:t></w:r><w:r>"
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    )
    word.save(str(tmp_path / "a.docx"))
    assert everything(document_of(tmp_path / "a.docx")) == ["Di luar.", "Di dalam kotak."]


def test_a_note_stands_beside_the_flow(tmp_path: Path) -> None:
    word = docx.Document()
    add_xml(word, '<w:r><w:t>Kalimat</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t> utuh.</w:t></w:r>')
    say(word, "Paragraf berikutnya.")
    word.save(str(tmp_path / "a.docx"))
    add_footnotes(tmp_path / "a.docx", ("2", "Lihat bab berikutnya."))
    document = document_of(tmp_path / "a.docx")
    assert everything(document) == ["Kalimat utuh.", "Lihat bab berikutnya.", "Paragraf berikutnya."]
    assert of_kind(document, "footnote") == ["Lihat bab berikutnya."]


def add_footnotes(path: Path, *notes: tuple[str, str]) -> None:
    """Put a part with footnotes into a Word document."""
    inner = "".join(f'<w:footnote w:id="{i}"><w:p><w:r><w:t>{t}</w:t></w:r></w:p></w:footnote>' for i, t in notes)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode("utf-8", "surrogateescape") for name in package.namelist()}
    rels, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
    parts[rels] = parts[rels].replace(
        "</Relationships>", f'<Relationship Id="rIdF" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    )
    parts[types] = parts[types].replace(
        "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{content}"/></Types>'
    )
    parts["word/footnotes.xml"] = f"<w:footnotes {WORD}>{inner}</w:footnotes>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text.encode("utf-8", "surrogateescape"))


def test_chapters_in_files_of_their_own_are_one_document(tmp_path: Path) -> None:
    first = make_docx(tmp_path / "BAB I.docx", "BAB I PENDAHULUAN", PROSE)
    (tmp_path / "BAB II.docx").write_bytes(b"PK broken")
    last = make_docx(tmp_path / "BAB IV.docx", "BAB IV HASIL DAN PEMBAHASAN", PROSE)
    document = document_of(first, tmp_path / "BAB II.docx", last)
    assert [s.kinds[0] for s in document.sections] == ["introduction", "results"]
    at = document.text.rindex("Pendamping")
    assert (document.file_at(0), document.file_at(at)) == ("BAB I.docx", "BAB IV.docx")
