"""`litreview read`: what is understood of any file, without a review."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from litreview.documents.language_data import LanguageData
from litreview.engine import Outcome
from litreview.pipeline import recognition
from tests.command_making import call, refused, well
from tests.ocr_making import recognised_from, scan_of
from tests.pdf_making import lines, make_pdf
from tests.plain_making import PROSE, make_docx, make_thesis

SENTENCES = [
    "Pendamping datang setiap pekan dan duduk bersama keluarga di beranda rumah.",
    "Keluarga itu lalu membuka warung kecil di depan rumah mereka sendiri.",
]


def article(path: Path) -> Path:
    first = [
        (72, 90, "Pendampingan Keluarga di Beranda", 18, "hebo"),
        (72, 120, "Siti Rahmawati", 12),
        (72, 150, "ABSTRAK", 11, "hebo"),
        *lines(SENTENCES * 3, y=170),
        (72, 280, "PENDAHULUAN", 11, "hebo"),
        *lines(SENTENCES * 4, y=300),
        (72, 440, "METODE PENELITIAN", 11, "hebo"),
        *lines(SENTENCES * 4, y=460),
    ]
    second = [
        (72, 90, "HASIL DAN PEMBAHASAN", 11, "hebo"),
        *lines(SENTENCES * 4, y=110),
        (72, 300, "DAFTAR PUSTAKA", 11, "hebo"),
        *lines(["Suharto, Edi. 2014. Membangun Masyarakat. Bandung: Refika.",
                "Ife, Jim. 2008. Community Development. Yogyakarta: Pustaka Pelajar."], y=320),
    ]  # fmt: skip
    return make_pdf(path, [first, second])


def told(*paths: Path) -> list[dict[str, Any]]:
    output = well("read", *map(str, paths), "--json")
    return [json.loads(line) for line in output.splitlines()]


def test_a_line_of_json_for_each_file_in_the_order_asked_for(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"<html><body>Please sign in</body></html>")
    one, other = told(bad, article(tmp_path / "good.pdf"))
    assert one["file"] == str(bad)
    assert one["status"] == "not-a-pdf"
    assert one["reason"]
    assert one["title"] is None
    assert other["status"] == "ready"
    assert other["pages"] == 2


def test_json_tells_title_authors_abstract_sections_references_and_quality(tmp_path: Path) -> None:
    (found,) = told(article(tmp_path / "a.pdf"))
    assert found["title"] == "Pendampingan Keluarga di Beranda"
    assert found["authors"] == ["Siti Rahmawati"]
    assert found["language"] == "id"
    assert found["abstract"].startswith("Pendamping datang")
    assert found["abstracts"] == {"id": found["abstract"]}
    kinds = [(s["heading"], s["kind"], s["page"]) for s in found["sections"]]
    assert ("METODE PENELITIAN", "method", 1) in kinds
    assert ("HASIL DAN PEMBAHASAN", "results", 2) in kinds
    assert len(found["references"]) == 2
    assert {"text", "authors", "year", "title", "doi"} == found["references"][0].keys()
    assert [page["page"] for page in found["quality"]] == [1, 2]
    assert sum(page["words"] for page in found["quality"]) == found["words"]
    assert found["seconds"] > 0


def test_text_is_the_canonical_text_and_what_has_none_is_told_beside_it(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    result = call("read", str(article(tmp_path / "a.pdf")), str(empty), "--text", "--language", "en")
    assert result.exit_code == 0
    assert result.stdout.startswith("Pendampingan Keluarga di Beranda\n\nSiti Rahmawati")
    assert "empty.pdf" in result.stderr
    assert "empty.pdf" not in result.stdout


def test_people_are_told_in_their_language(tmp_path: Path) -> None:
    output = well("read", str(article(tmp_path / "a.pdf")), "--language", "id")
    assert "Judul: Pendampingan Keluarga di Beranda" in output
    assert "Penulis: Siti Rahmawati" in output
    assert "metode" in output


def test_scans_are_recognised_when_asked_for_and_the_lack_of_language_data_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = article(tmp_path / "a.pdf")
    scan = scan_of(path, tmp_path / "scan.pdf", dpi=40)
    monkeypatch.setattr(recognition, "find_language_data", lambda languages: None)
    result = call("read", str(scan), "--ocr", "--text", "--language", "en")
    assert result.exit_code == 1
    assert "tesseract" in result.output.lower()
    pages = recognised_from(path)
    monkeypatch.setattr(recognition, "find_language_data", lambda languages: LanguageData("/data", "ind+eng"))
    monkeypatch.setattr(recognition, "map_items", lambda function, jobs, limits: map(Outcome, (0, 1), pages))
    assert "Pendampingan Keluarga di Beranda" in well("read", str(scan), "--ocr", "--text")


def test_every_page_of_a_file_that_waits_is_told_with_its_reason(tmp_path: Path) -> None:
    (found,) = told(scan_of(article(tmp_path / "a.pdf"), tmp_path / "scan.pdf", dpi=40))
    assert found["status"] == "needs-ocr"
    assert [(page["page"], page["words"], page["doubts"]) for page in found["quality"]] == [
        (1, 0, ["no-text"]), (2, 0, ["no-text"])]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "id"])
def test_only_options_that_it_has_are_advised(tmp_path: Path, language: str) -> None:
    scan = scan_of(article(tmp_path / "a.pdf"), tmp_path / "scan.pdf", dpi=40)
    locked = tmp_path / "locked.pdf"
    with pymupdf.open(tmp_path / "a.pdf") as pdf:
        pdf.save(locked, encryption=pymupdf.mupdf.PDF_ENCRYPT_AES_256, user_pw="rahasia", owner_pw="pemilik")
    output = well("read", str(scan), str(locked), "--language", language)
    assert "litreview read FILE --ocr" in output
    assert "litreview ingest --passwords FILE" in output
    assert "litreview ingest --ocr" not in output
    assert [one["reason"].count("litreview read") for one in told(scan, locked)] == [1, 1]


def test_a_folder_stands_for_the_documents_in_it(tmp_path: Path) -> None:
    article(tmp_path / "below" / "a.pdf")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert [found["file"] for found in told(tmp_path)] == [str(tmp_path / "below" / "a.pdf")]


def test_what_cannot_be_looked_at_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    article(tmp_path / "a.pdf")
    (tmp_path / "loop.pdf").symlink_to(tmp_path / "loop.pdf")
    assert [found["file"] for found in told(tmp_path)] == [str(tmp_path / "a.pdf")]


def test_a_name_that_leads_nowhere_is_told_after_the_others_were_read(tmp_path: Path) -> None:
    output = refused("read", str(tmp_path / "gone.pdf"), str(article(tmp_path / "a.pdf")))
    assert "gone.pdf" in output
    assert "Pendampingan Keluarga di Beranda" in output


def test_a_folder_without_documents_is_told(tmp_path: Path) -> None:
    assert "no document" in refused("read", str(tmp_path))


def test_a_word_document_is_told_with_its_paragraphs(tmp_path: Path) -> None:
    thesis = make_thesis(tmp_path / "a.docx", styled=True)
    (file,) = told(thesis)
    assert (file["status"], file["pages"], file["year"], file["language"]) == ("ready", 0, 2021, "id")
    results = next(s for s in file["sections"] if s["kind"] == "results")
    assert (results["page"], results["paragraph"]) == (0, 21)
    assert "par. 21" in well("read", str(thesis), "--language", "en")


def test_in_a_folder_texts_that_are_no_documents_are_passed_over(tmp_path: Path) -> None:
    make_docx(tmp_path / "a.docx", PROSE)
    for name, text in (("b.txt", PROSE * 20), ("c.txt", "short"), ("README.txt", PROSE * 20), ("d.ris", "TY  - JOUR")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [Path(file["file"]).name for file in told(tmp_path)] == ["a.docx", "b.txt"]


def test_a_kind_that_is_not_read_is_told_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.odt").write_bytes(b"PK\x03\x04 opendocument")
    assert "save it as DOCX or PDF" in well("read", str(tmp_path / "a.odt"), "--language", "en")
