from __future__ import annotations

from pathlib import Path

import pytest

from tests.pdf_making import Piece, lines, make_pdf, read

RINA, BUDI = "Rina Kartikasari", "Budi Santoso"
PROSE = "Pendamping datang ke rumah keluarga setiap pekan dan menyusun rencana usaha bersama mereka."


def authors(folder: Path, *rows: str, sizes: tuple[float, ...] = ()) -> list[str]:
    """The authors of an article between whose title and abstract these rows stand."""
    front: list[Piece] = [(120, 80, "Peran Pendamping dalam Graduasi Mandiri", 16, "hebo")]
    for i, row in enumerate(rows):
        front.append((200, 130 + 18 * i, row, sizes[i] if sizes else 11))
    front += [(72, 300, "Abstrak", 12, "hebo"), *lines([PROSE] * 5, y=320)]
    return [found.value for found in read(make_pdf(folder / "a.pdf", [front, lines([PROSE] * 30)])).metadata.authors]


@pytest.mark.parametrize(
    "rows",
    [
        ["Oleh: Rina Kartikasari"],
        ["Oleh Rina Kartikasari"],
        ["Disusun oleh : Rina Kartikasari", "NIM. 1234567"],
        ["Oleh", "Rina Kartikasari"],
        ["Oleh:", "Nama : RINA KARTIKASARI, S.Sos.", "NIM : 1234567", "Universitas Tirtanegara"],
        ["SKRIPSI", "Diajukan untuk memperoleh gelar Sarjana", "Oleh: Rina Kartikasari", "UNIVERSITAS TIRTANEGARA"],
        ["Penulis: Rina Kartikasari"],
        ["By: Rina Kartikasari"],
    ],
    ids=lambda rows: rows[0],
)
def test_the_author_after_a_word_that_leads_to_it(tmp_path: Path, rows: list[str]) -> None:
    assert authors(tmp_path, *rows) == [RINA]


@pytest.mark.parametrize(
    "rows",
    [
        ["Oleh: Rina Kartikasari dan Budi Santoso", "Universitas Tirtanegara"],
        ["Oleh:", "Rina Kartikasari", "Budi Santoso", "Bandar Lampung 2021"],
        ["By", "1. Rina Kartikasari", "2. Budi Santoso"],
        ["Oleh:", "Rina Kartikasari¹, Budi Santoso²", "¹Universitas Tirtanegara"],
    ],
    ids=["one-row", "two-rows", "numbered", "marks"],
)
def test_several_authors_after_it(tmp_path: Path, rows: list[str]) -> None:
    assert authors(tmp_path, *rows) == [RINA, BUDI]


def test_what_stands_in_another_type_beneath_is_no_author(tmp_path: Path) -> None:
    assert authors(tmp_path, "Oleh:", RINA, "Bandar Lampung", sizes=(11, 12, 9)) == [RINA]


@pytest.mark.parametrize("rows", [["Oleh:"], ["Oleh: Universitas Tirtanegara"], ["By means of a survey of families"]])
def test_where_no_name_follows_there_is_no_author(tmp_path: Path, rows: list[str]) -> None:
    assert authors(tmp_path, *rows) == []
