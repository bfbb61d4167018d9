"""Plain text and Markdown become documents; which text files are documents at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from litreview.documents.formats.prose import reads_as_prose
from litreview.records.read import parse_export
from tests.plain_making import PROSE, document_of, everything, kinds_of, of_kind

FOLDER = Path(os.environ.get("LITREVIEW_TEST_DATA", "/nowhere")) / "references"
WRAPPED = """GRADUASI MANDIRI KELUARGA PENERIMA MANFAAT
DI KECAMATAN TIRTASARI

Rina Kartikasari

Abstrak. Penelitian ini bertujuan untuk mengetahui peran pendamping dalam gra-
duasi keluarga penerima manfaat. Metode yang digunakan adalah studi kasus dengan
wawancara mendalam.

PENDAHULUAN
Pendamping menyusun rencana bersama keluarga. Informasi-
informasi itu penting bagi keluarga di desa.

HASIL DAN PEMBAHASAN

Keluarga yang rajin mengikuti pertemuan lebih cepat keluar dari program. Mereka
menabung setiap bulan.

DAFTAR PUSTAKA
Penulis, A. (2010). Judul buku yang panjang sekali sehingga harus dilipat pada
    baris kedua. Jakarta: Penerbit.
Penulis, B. (2011). Judul buku lain yang juga panjang sekali dan harus dilipat
    pada baris kedua. Bandung: Penerbit.
"""


def put(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    (folder / name).write_bytes(text.encode(encoding))
    return folder / name


def test_hard_wrapped_lines_are_joined_and_headings_known(tmp_path: Path) -> None:
    document = document_of(put(tmp_path, "a.txt", WRAPPED))
    assert kinds_of(document) == {
        "": "front", "Abstrak": "abstract", "PENDAHULUAN": "introduction", "HASIL DAN PEMBAHASAN": "results",
        "DAFTAR PUSTAKA": "references",
    }  # fmt: skip
    assert "peran pendamping dalam graduasi keluarga penerima manfaat." in document.text
    assert "Informasi-informasi itu penting" in document.text
    assert [entry[:11] for entry in of_kind(document, "reference")] == ["Penulis, A.", "Penulis, B."]
    assert document.metadata.title is not None
    assert document.metadata.title.value.endswith("DI KECAMATAN TIRTASARI")
    assert [author.value for author in document.metadata.authors] == ["Rina Kartikasari"]
    assert list(document.metadata.abstracts) == ["id"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = "Café “déjà vu” – naïve.\r\n\r\nParagraf kedua yang cukup panjang."
    assert everything(document_of(put(tmp_path, "a.txt", text, encoding))) == [
        "Café “déjà vu” – naïve.", "Paragraf kedua yang cukup panjang.",
    ]  # fmt: skip


def test_a_text_with_a_paragraph_on_each_line(tmp_path: Path) -> None:
    document = document_of(put(tmp_path, "a.txt", f"Hasil dan Pembahasan\n{PROSE}\n{PROSE}Dan lagi.\n"))
    assert [p.kind for p in document.paragraphs] == ["heading", "body", "body"]


def test_markdown_is_read_without_its_signs(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Graduasi Mandiri\nauthor: Rina Kartikasari; Budi Santoso\ndate: 2021-03-04\n---\n\n"
        "# Hasil dan Pembahasan\n\nKeluarga **rajin** menabung di [koperasi](https://example.org/a_b_c) setiap\nbulan."
        "\n\n> Ia datang setiap pekan.\n\n- satu\n- dua\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nnilai_a = 1\n```\n"
    )
    document = document_of(put(tmp_path, "a.md", text))
    assert everything(document) == [
        "Hasil dan Pembahasan", "Keluarga rajin menabung di koperasi setiap bulan.", "Ia datang setiap pekan.", "satu",
        "dua", "a b 1 2", "nilai_a = 1",
    ]  # fmt: skip
    assert [p.kind for p in document.paragraphs] == ["heading", "body", "quote", "list", "list", "table", "body"]
    assert document.metadata.title is not None
    assert document.metadata.title.value == "Graduasi Mandiri"
    assert [author.value for author in document.metadata.authors] == ["Rina Kartikasari", "Budi Santoso"]


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        (PROSE * 12, True),
        (PROSE * 2, False),
        ("satu dua tiga\n" * 200, False),
        ("1.5;2.5;3.5\n" * 500, False),
        ("TY  - JOUR\nTI  - Judul\nAB  - " + PROSE * 3 + "\nER  - \n\n" * 8, False),
        ("PMID- 123\nTI  - Title\nAB  - " + PROSE * 12, False),
        ("@article{a,\n title = {" + PROSE * 12 + "}}", False),
        ("", False),
        (PROSE * 12 + "\x00", False),
    ],
)
def test_which_texts_are_prose(text: str, prose: bool) -> None:
    assert reads_as_prose(text.encode()) is prose


@pytest.mark.skipif(not FOLDER.is_dir(), reason="LITREVIEW_TEST_DATA names no folder of real exports")
def test_no_real_export_reads_as_prose() -> None:
    texts = sorted(path for path in FOLDER.rglob("*") if path.is_file())
    assert len(texts) > 100
    content = {path.name: path.read_bytes() for path in texts}
    wrong = [name for name, raw in content.items() if reads_as_prose(raw) and parse_export(raw, name) is None]
    assert wrong == []
