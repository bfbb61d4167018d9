"""Reading order on hard pages: columns, full-width parts, boxes, figures, side notes, turned pages."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from litreview.documents.boxes import rects
from tests.pdf_making import of_kind
from tests.typesetting import A4, Sheet, in_order, keep, missing, prose, sentences, sheets, two_columns


def one_page(size: tuple[float, float] = A4) -> Sheet:
    return sheets(pymupdf.open(), 1, size)[0]


def columns_of(sheet: Sheet, text: str, edges: list[tuple[float, float]], y: float, size: float = 8) -> str:
    for x0, x1 in edges:
        text = sheet.flow(text, x0, y, x1, 780, size=size)
    return text


def test_three_columns(tmp_path: Path) -> None:
    sheet = one_page()
    rest = columns_of(sheet, prose("Tiga", 100), [(50, 205), (220, 375), (390, 545)], 80)
    told = sentences("Tiga", 100)[: 100 - rest.count("Tiga") - 1]
    document = keep([sheet], tmp_path)
    assert missing(document, told) == []
    assert in_order(document, told)


def test_four_narrow_columns(tmp_path: Path) -> None:
    sheet = one_page((842, 595))
    edges = [(40, 215), (230, 405), (420, 595), (610, 785)]
    rest = sheet.flow(prose("Empat", 90), *edges[0][:1], 60, edges[0][1], 540)
    for x0, x1 in edges[1:]:
        rest = sheet.flow(rest, x0, 60, x1, 540)
    told = sentences("Empat", 90)[: 90 - rest.count("Empat") - 1]
    document = keep([sheet], tmp_path)
    assert in_order(document, told)
    assert missing(document, told) == []


def test_two_columns_under_a_title_and_a_full_width_abstract(tmp_path: Path) -> None:
    sheet = one_page()
    sheet.put(90, 80, "Ketahanan Keluarga dan Usaha Rumahan di Desa Pesisir", 16, "hebo")
    sheet.put(250, 105, "Sri Wardani dan Joko Pranoto", 10)
    sheet.flow("Abstrak " + prose("Ringkas", 6), 90, 140, 505, 240)
    two_columns(sheet, prose("Isi", 60), sheet.y + 40, hyphen=True)
    document = keep([sheet], tmp_path)
    told = [*sentences("Ringkas", 6)[1:], *sentences("Isi", 60)[:30]]
    assert missing(document, told) == []
    assert in_order(document, told)


def test_a_table_in_the_middle_of_two_columns_and_a_figure_across(tmp_path: Path) -> None:
    sheet = one_page()
    above, below = sentences("Atas", 26), sentences("Bawah", 22)
    rest = two_columns(sheet, " ".join(above), 80, 250)
    assert rest
    sheet.put(60, 290, "Tabel 1. Keluarga menurut dusun dan tahap pendampingan", 9)
    for i in range(7):
        for j, x in enumerate((60, 210, 330, 450)):
            sheet.put(x, 306 + 12 * i, f"Dusun {i}" if j == 0 else str(17 * i + 3 * j), 9)
    sheet.box(60, 400, 535, 500)
    sheet.put(60, 515, "Gambar 2. Peta dusun tempat penelitian", 9)
    two_columns(sheet, f"{rest} {' '.join(below)}", 545, 790)
    document = keep([sheet], tmp_path)
    assert of_kind(document, "caption") == [
        "Tabel 1. Keluarga menurut dusun dan tahap pendampingan",
        "Gambar 2. Peta dusun tempat penelitian",
    ]
    assert len(of_kind(document, "table")) == 1
    told = [*above, *below[:12]]
    assert missing(document, told) == []
    assert in_order(document, told)


def test_footnotes_in_both_columns_and_a_caption_inside_one(tmp_path: Path) -> None:
    first, second = sheets(pymupdf.open(), 2)
    text = prose("Catat", 120)
    rest = first.flow(text, 60, 80, 287, 300)
    first.box(60, 315, 287, 420)
    first.put(60, 435, "Gambar 1. Jarak rumah ke balai desa", 8)
    rest = first.flow(rest, 60, 462, 287, 700)
    first.put(60, 735, "1 Nama kecil informan yang disamarkan.", 7)
    first.put(60, 745, "2 Wawancara di rumah informan.", 7)
    rest = first.flow(rest, 308, 80, 535, 700)
    first.put(308, 745, "3 Catatan lapangan hari ketiga.", 7)
    two_columns(second, rest, 80)
    document = keep([first, second], tmp_path)
    assert missing(document, sentences("Catat", 70)) == []
    assert of_kind(document, "caption") == ["Gambar 1. Jarak rumah ke balai desa"]
    assert of_kind(document, "footnote") == [
        "1 Nama kecil informan yang disamarkan.",
        "2 Wawancara di rumah informan.",
        "3 Catatan lapangan hari ketiga.",
    ]


def test_a_footnote_that_goes_on_over_the_next_page(tmp_path: Path) -> None:
    first, second = sheets(pymupdf.open(), 2)
    rest = first.flow(prose("Badan", 60), 72, 80, 523, 640, size=11)
    note = first.flow("4 " + prose("Kaki", 8), 72, 680, 523, 715, size=8)
    second.flow(rest, 72, 80, 523, 640, size=11)
    second.flow(note, 72, 735, 523, 790, size=8)
    document = keep([first, second], tmp_path)
    assert missing(document, sentences("Badan", 58)) == []
    assert not any("Kaki" in text for text in of_kind(document, "body"))


def test_a_box_beside_the_text_stands_for_itself(tmp_path: Path) -> None:
    sheet = one_page()
    text = prose("Utama", 80)
    rest = sheet.flow(text, 60, 80, 380, 500, size=10)
    sheet.box(398, 120, 540, 330)
    sheet.flow(prose("Kotak", 9), 405, 135, 533, 325, size=8)
    rest = sheet.flow(rest, 60, 512.5, 540, 780, size=10)
    document = keep([sheet], tmp_path)
    told = sentences("Utama", 80)[: 80 - rest.count("Utama") - 1]
    assert missing(document, told) == []
    assert in_order(document, sentences("Kotak", 8))


def test_text_wrapped_beside_a_figure(tmp_path: Path) -> None:
    sheet = one_page()
    rest = sheet.flow(prose("Lilit", 60), 72, 80, 523, 250, size=10)
    sheet.box(330, 262, 523, 400)
    sheet.put(330, 415, "Gambar 3. Balai pertemuan kelompok", 8)
    rest = sheet.flow(rest, 72, 265, 315, 425, size=10)
    rest = sheet.flow(rest, 72, 440, 523, 780, size=10)
    document = keep([sheet], tmp_path)
    told = sentences("Lilit", 60)[: 60 - rest.count("Lilit") - 1]
    assert missing(document, told) == []
    assert of_kind(document, "caption") == ["Gambar 3. Balai pertemuan kelompok"]


def test_side_notes_stay_out_of_the_sentences(tmp_path: Path) -> None:
    rest = prose("Teks", 90)
    pages = sheets(pymupdf.open(), 2)
    for n, sheet in enumerate(pages):
        rest = sheet.flow(rest, 72, 80, 420, 780, size=11, pitch=1.3)
        for i in range(4):
            y = 120 + 130 * i
            for k, part in enumerate(("catatan tepi", "tentang pokok", f"bahasan {n}{i}")):
                sheet.put(440, y + 9 * k, part, 7.5)
    document = keep(pages, tmp_path)
    assert missing(document, sentences("Teks", 90)[: 90 - rest.count("Teks") - 1]) == []


def test_a_side_column_of_a_first_page_stays_out_of_the_abstract(tmp_path: Path) -> None:
    (sheet,) = sheets(pymupdf.open(), 1)
    sheet.put(200, 80, "Perahu dan Rencana Keluarga Pesisir", 18, "hebo")
    sheet.put(200, 200, "Abstract", 14, "hebo")
    sheet.flow(prose("Ringkas", 6), 200, 220, 520, 330, justify=False)
    sheet.put(200, 350, "Introduction", 14, "hebo")
    sheet.flow(prose("Mula", 20), 200, 370, 520, 700, justify=False)
    for y, told in (
        (200, "OPEN ACCESS"),
        (216, "Citation: Wardani S (2017) Perahu dan"),
        (225, "rencana keluarga."),
        (242, "Editor: Joko Pranoto"),
        (257, "Received: 2 May 2016"),
        (270, "Accepted: 9 June 2017"),
    ):
        sheet.put(36, y, told, 7)  # fmt: skip
    document = keep([sheet], tmp_path)
    assert missing(document, [*sentences("Ringkas", 6), *sentences("Mula", 18)]) == []
    assert [section.heading for section in document.sections if section.heading] == ["Abstract", "Introduction"]


def test_a_page_of_two_columns_then_one_of_one_column(tmp_path: Path) -> None:
    first, second = sheets(pymupdf.open(), 2)
    rest = two_columns(first, prose("Alir", 110), 80, hyphen=True)
    rest = second.flow(rest, 60, 80, 535, 780, hyphen=True)
    document = keep([first, second], tmp_path)
    assert missing(document, sentences("Alir", 110)[: 110 - rest.count("Alir") - 1]) == []


@pytest.mark.parametrize("gutter", [9, 14])
def test_narrow_gutters_and_ragged_ends(tmp_path: Path, gutter: float) -> None:
    sheet = one_page()
    rest = sheet.flow(prose("Ragam", 90), 60, 80, 297 - gutter / 2, justify=False)
    rest = sheet.flow(rest, 297 + gutter / 2, 80, 535, justify=False)
    document = keep([sheet], tmp_path)
    assert missing(document, sentences("Ragam", 90)[: 90 - rest.count("Ragam") - 1]) == []


def test_abstracts_side_by_side(tmp_path: Path) -> None:
    sheet = one_page()
    sheet.put(100, 80, "Jalan Keluar dari Kemiskinan di Lereng Gunung", 16, "hebo")
    sheet.put(60, 140, "ABSTRAK", 10, "hebo")
    sheet.put(312, 140, "ABSTRACT", 10, "hebo")
    sheet.flow(prose("Kiri", 12), 60, 156, 285, 400)
    sheet.flow(prose("Kanan", 12), 312, 156, 535, 400)
    sheet.put(60, 440, "PENDAHULUAN", 11, "hebo")
    sheet.flow(prose("Badan", 22), 60, 458, 535, 780, size=11)
    document = keep([sheet], tmp_path)
    told = [*sentences("Kiri", 12), *sentences("Kanan", 12), *sentences("Badan", 20)]
    assert missing(document, told) == []
    assert in_order(document, told)


@pytest.mark.parametrize("rotation", [90, 180, 270])
@pytest.mark.parametrize("drawn", [False, True])
def test_turned_pages_are_read_as_shown(tmp_path: Path, rotation: int, drawn: bool) -> None:
    """By the page's own rotation; or text drawn on its side on an upright page, as a table's page in a thesis."""
    sheet = one_page()
    rest = two_columns(sheet, prose("Putar", 110), 80, hyphen=True)
    told = sentences("Putar", 110)[: 110 - rest.count("Putar") - 1]
    document = keep([sheet], tmp_path, 0 if drawn else rotation, rotation if drawn else 0)
    assert missing(document, told) == []
    assert in_order(document, told)
    at = document.text.index("Putar7 ")
    with pymupdf.open(tmp_path / "made.pdf") as made:
        box = rects(document, at, at + 6)[0]
        found = made[0].get_textbox(pymupdf.Rect(box.x0, box.y0, box.x1, box.y1) * made[0].derotation_matrix)
    assert "Putar7" in found.replace("\n", "")


def test_a_table_on_its_side_in_an_upright_thesis(tmp_path: Path) -> None:
    first, second, third = sheets(pymupdf.open(), 3)
    rest = first.flow(prose("Bab", 70), 72, 80, 523, 760, size=11)
    for i in range(9):
        for j in range(4):
            second.put(120 + 30 * i, 760 - 160 * j, f"Sel {i}{j} berisi uraian", 9, rotate=90)
    third.flow(rest, 72, 80, 523, 760, size=11)
    document = keep([first, second, third], tmp_path)
    assert missing(document, sentences("Bab", 55)) == []
    cells = [f"Sel {i}{j} " for i in range(9) for j in range(4)]
    assert in_order(document, cells)


def test_a_drop_cap_belongs_to_its_word(tmp_path: Path) -> None:
    (sheet,) = sheets(pymupdf.open(), 1)
    first, *others = sentences("Awal", 20)
    sheet.put(72, 50, "Warung di Depan Rumah dan Jalan Keluar", 16, "hebo")
    sheet.put(72, 110, "K", 40)
    rest = sheet.flow("eluarga " + " ".join([first, *others]), 104, 87, 523, 110, size=10)
    sheet.flow(rest, 72, 112, 523, 780, size=10)
    document = keep([sheet], tmp_path)
    assert missing(document, [f"Keluarga {first}", *others]) == []
    at = document.text.index("Keluarga Awal0")
    letter, word = rects(document, at, at + 1), rects(document, at + 1, at + 8)
    assert letter[0].y1 - letter[0].y0 > 2 * (word[0].y1 - word[0].y0)
