"""Every Word document, web page and text gets a status that a researcher understands; bombs are told, not opened."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from litreview.documents.formats import package
from litreview.documents.read import ReadJob, read_report
from litreview.engine import Limits, map_items
from tests.pdf_making import FULL, lines, make_pdf
from tests.plain_making import PROSE, WORD, make_docx, status_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def rezip(path: Path, **parts: bytes) -> Path:
    """The package with some of its parts (`word__document` for `word/document.xml`) replaced or added."""
    given = {f"{name.replace('__', '/')}.xml": content for name, content in parts.items()}
    with zipfile.ZipFile(path) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in {**kept, **given}.items():
            new.writestr(name, content)
    return path


def body(inner: str) -> bytes:
    return f'<?xml version="1.0"?><w:document {WORD}><w:body>{inner}</w:body></w:document>'.encode()


def test_a_word_document_that_is_none_is_told_what_it_is(tmp_path: Path) -> None:
    pdf = make_pdf(tmp_path / "a.pdf", [lines([FULL] * 3)])
    (tmp_path / "pdf.docx").write_bytes(pdf.read_bytes())
    (tmp_path / "old.docx").write_bytes(OLE + "WordDocument".encode("utf-16-le"))
    (tmp_path / "text.docx").write_text(PROSE, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "sheet.docx", "w") as sheet:
        sheet.writestr("xl/workbook.xml", "<workbook/>")
    says = {"pdf": "is a PDF", "old": "old kind (.doc)", "text": "something else", "sheet": "something else"}
    for name, words in says.items():
        status, reason = status_of(tmp_path / f"{name}.docx")
        assert (status, words in reason) == ("misnamed", True), name


def test_a_word_document_with_a_password_needs_it(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))
    assert status_of(tmp_path / "a.docx")[0] == "needs-password"


def test_damaged_empty_and_pictured_documents(tmp_path: Path) -> None:
    whole = make_docx(tmp_path / "a.docx", PROSE * 20).read_bytes()
    (tmp_path / "cut.docx").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "none.docx").write_bytes(b"")
    make_docx(tmp_path / "blank.docx", " ")
    rezip(make_docx(tmp_path / "broken.docx"), word__document=body("<w:p><w:r>"))
    make_docx(tmp_path / "scan.docx")
    rezip(tmp_path / "scan.docx", word__document=body("<w:p><w:r><w:drawing/></w:r></w:p>"))
    found = {name: status_of(tmp_path / f"{name}.docx")[0] for name in ("cut", "none", "blank", "broken", "scan")}
    assert found == {"cut": "damaged", "none": "empty", "blank": "empty", "broken": "damaged", "scan": "needs-ocr"}


def test_every_cut_and_changed_copy_gets_a_status(tmp_path: Path) -> None:
    whole = make_docx(tmp_path / "a.docx", PROSE * 20).read_bytes()
    for i in range(40):
        at = len(whole) * i // 40
        changed = whole[:at] if i % 2 else whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]
        (tmp_path / "b.docx").write_bytes(changed)
        assert status_of(tmp_path / "b.docx")[0] in ("ready", "damaged", "misnamed", "empty")


def test_a_package_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = rezip(make_docx(tmp_path / "a.docx"), word__document=body("<w:p/>" * 4_000_000 + " " * 20_000_000))
    assert path.stat().st_size < 300_000
    monkeypatch.setattr(docx, "Document", None)  # it is never asked
    assert status_of(path)[0] == "too-large"


def test_a_package_with_too_many_parts_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_PARTS", 5)
    assert status_of(make_docx(tmp_path / "a.docx", PROSE))[0] == "too-large"


def test_a_size_that_lies_is_damage(tmp_path: Path) -> None:
    path = rezip(make_docx(tmp_path / "a.docx"), word__document=body("<w:p/>" * 100_000))
    true = len(body("<w:p/>" * 100_000)).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(true, (500).to_bytes(4, "little")))
    assert status_of(path)[0] == "damaged"


def test_entities_in_a_word_document_do_not_grow(tmp_path: Path) -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    xml = body("<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>")
    xml = xml.replace(b"?>", f'?><!DOCTYPE w:document [<!ENTITY a0 "lol">{bomb}]>'.encode(), 1)
    assert status_of(rezip(make_docx(tmp_path / "a.docx"), word__document=xml))[0] == "damaged"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_texts_and_pages_that_are_too_large_or_empty(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert status_of(path)[0] == "too-large"
    path.write_bytes(b"")
    assert status_of(path)[0] == "empty"
    path.write_text("<html><body> \n </body></html>" if name.endswith("html") else " \n\n ", encoding="utf-8")
    assert status_of(path)[0] == "empty"


def test_a_page_that_is_none_is_told(tmp_path: Path) -> None:
    for number, content in enumerate((b"%PDF-1.4 x", b"PK\x03\x04", b"plain words only", b"MIME-Version: 1.0\n<html>")):
        (tmp_path / f"{number}.html").write_bytes(content)
        assert status_of(tmp_path / f"{number}.html")[0] == "misnamed"


@pytest.mark.slow
def test_the_largest_that_is_read_stays_within_the_limits_of_a_worker(tmp_path: Path) -> None:
    sentences = (f"Kalimat ke-{n} tentang pendamping dan keluarga di desa yang jauh. " for n in range(170_000))
    (tmp_path / "a.txt").write_text("\n\n".join(sentences), encoding="utf-8")
    paragraphs = "".join(f"<w:p><w:r><w:t>Kalimat {n}.</w:t></w:r></w:p>" for n in range(850_000))
    rezip(make_docx(tmp_path / "b.docx"), word__document=body(paragraphs))
    jobs = [ReadJob(str(tmp_path), name, (name,)) for name in ("a.txt", "b.docx")]
    for outcome in map_items(read_report, jobs, Limits(), workers=1):
        assert outcome.result is not None, outcome.failure
        assert outcome.result.files[0].status in ("ready", "too-large")
