"""Tables and captions at a page's head, that a paragraph of the page before goes around."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from tests.pdf_making import of_kind
from tests.typesetting import Sheet, in_order, keep, missing, prose, sentences, sheets, two_columns


def cells(sheet: Sheet, y: float, rows: list[tuple[float, str]], count: int, size: float = 10) -> float:
    """A table of some rows of the same cells; returns the height of its last row."""
    for i in range(count):
        for x, text in rows:
            sheet.put(x, y + 12 * i, text, size)
    return y + 12 * (count - 1)


def two_pages() -> tuple[Sheet, Sheet, str]:
    """Two columns over two pages; the second one is still empty above the height of 330."""
    first, second = sheets(pymupdf.open(), 2)
    rest = two_columns(first, prose("Isi", 150), 80)
    assert rest
    assert not rest.startswith("Isi")
    two_columns(second, rest, 330)
    return first, second, rest


def test_a_caption_between_two_tables_belongs_to_the_one_above_it(tmp_path: Path) -> None:
    first, second, _ = two_pages()
    figures = "0.98(1), 0.08(5.5), 0.13(20.5)"
    y = cells(second, 80, [(70, f"Dusun {figures} {figures} {figures}")], 3)
    second.put(60, y + 20, "Tabel 4. Keluarga dampingan menurut dusun dan tahap pendampingan di wilayah penelitian", 10)
    y = cells(second, y + 40, [(120, "Dusun ketiga"), (250, "menabung"), (400, "berdagang")], 5)
    second.put(60, y + 20, "Tabel 5. Usaha keluarga menurut dusun dan tahap pendampingan di wilayah penelitian", 10)
    document = keep([first, second], tmp_path)
    assert [text for text in of_kind(document, "body") if "Dusun" in text] == []
    assert len(of_kind(document, "table")) == 2
    told = sentences("Isi", 60)
    assert missing(document, told) == []
    assert in_order(document, told)


def test_a_centred_table_whose_cells_keep_clear_of_the_gutter(tmp_path: Path) -> None:
    first, second, _ = two_pages()
    second.put(160, 80, "tahap pendampingan keluarga dampingan dan jumlahnya", 10)
    y = cells(second, 92, [(165, "menabung dan berdagang"), (312, "97"), (332, "2.2%"), (364, "84.3%")], 6)
    second.put(140, y + 20, "Tabel 2. Keluarga menurut dusun dan tahap pendampingan yang diteliti", 10)
    document = keep([first, second], tmp_path)
    assert missing(document, sentences("Isi", 60)) == []
    assert [text for text in of_kind(document, "body") if "84.3%" in text] == []


def test_the_lines_beneath_a_wide_captions_last_one_belong_to_it(tmp_path: Path) -> None:
    first, second, _ = two_pages()
    second.box(60, 80, 535, 250)
    wide = (
        "Gambar 5. Perubahan jumlah keluarga dampingan menurut dusun, tahun dan tahap pendampingan, dengan garis galat"
    )
    second.put(60, 265, wide, 8)
    second.put(60, 274, "baku di atasnya.", 8)
    second.put(60, 283, "doi:10.9999/contoh.g005", 8)
    document = keep([first, second], tmp_path)
    assert of_kind(document, "caption") == [f"{wide} baku di atasnya. doi:10.9999/contoh.g005"]
    assert missing(document, sentences("Isi", 60)) == []


@pytest.mark.parametrize("last", ["wardani.pranoto.panjang@contoh.example", "Dinas Sosial Kabupaten"])
def test_three_blocks_of_authors_stand_before_both_columns(tmp_path: Path, last: str) -> None:
    (sheet,) = sheets(pymupdf.open(), 1)
    sheet.put(120, 80, "Ketahanan Keluarga dan Usaha Rumahan di Desa", 16, "hebo")
    for x, name in ((80, "Sri Wardani"), (240, "Joko Pranoto"), (400, "Made Sukarta")):
        sheet.put(x, 120, name, 12)
        sheet.put(x - 15, 134, "Universitas Contoh Raya", 12)
    sheet.put(330, 148, last, 12)
    sheet.put(150, 210, "Abstrak", 12, "hebo")
    two_columns(sheet, prose("Isi", 60), 230)
    sheet.put(330, 210, "Pendahuluan", 12, "hebo")
    document = keep([sheet], tmp_path)
    assert document.text.index(last) < document.text.index("Abstrak")
