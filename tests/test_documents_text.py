"""The canonical text: order, paragraphs, hyphens, what is kept out of the flow, and where words stand on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from litreview.documents.boxes import pages_of, rects
from litreview.documents.dehyphenate import join_words
from litreview.documents.extract import clean_word
from litreview.documents.read import ReadJob, read_report
from tests.pdf_making import FULL, Piece, lines, make_pdf, of_kind, read


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("pendam-", "pingan", "pendam"),
        ("informasi-", "informasi", "informasi-"),
        ("bermacam-", "macam", "bermacam-"),
        ("sayur-", "mayur,", "sayur-"),
        ("penyakit-", "penyakitnya", "penyakit-"),
        ("well-", "known", "well-"),
        ("strengths-", "based", "strengths-"),
        ("Sumatera-", "Jawa", "Sumatera-"),
        ("2018-", "2019", "2018-"),
        ("mandiri\u00ad", "nya", "mandiri"),
    ],
)
def test_only_the_hyphen_of_a_line_end_goes(first: str, second: str, joined: str) -> None:
    assert join_words(first, second, set()) == joined


def test_a_word_that_the_document_writes_with_a_hyphen_keeps_it() -> None:
    assert join_words("anti-", "kemiskinan", {"anti-kemiskinan"}) == "anti-"
    assert join_words("anti-", "kemiskinan", {"antikemiskinan"}) == "anti"
    assert join_words("SciB-", "ERT", {"scibert"}) == "SciB"
    assert join_words("SciB-", "ERT", set()) == "SciB-"


def test_capitals_are_one_word_where_the_document_has_them_as_one() -> None:
    assert join_words("TEGALAR-", "UM", {"tegalarum"}) == "TEGALAR"
    assert join_words("PKH-", "KIS", {"pkh"}) == "PKH-"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("machine-", "readable", "machine-"),
        ("bertanggung-", "jawab,", "bertanggung-"),
        ("co-", "author", "co-"),
        ("in-", "herent", "in"),
        ("(Co-", "hen", "(Co"),
        ("individual-", "istic", "individual"),
        ("lever-", "age", "lever"),
        ("machine-", "led", "machine-"),
    ],
)
def test_two_words_of_the_document_keep_their_hyphen(first: str, second: str, joined: str) -> None:
    words = {"machine", "readable", "bertanggung", "jawab", "author", "individual"}
    assert join_words(first, second, words) == joined


def test_the_rest_of_a_broken_word_is_no_word_of_the_document(tmp_path: Path) -> None:
    rows = ["Keluarga itu memilih jalan yang in-", "herent dengan cara hidup mereka sendiri", "di desa itu."]
    assert "yang inherent dengan" in read(make_pdf(tmp_path / "a.pdf", [lines(rows)])).text


@pytest.mark.parametrize(("first", "second"), [("kata", "lain"), ("-", "lain"), ("pen-", "(lihat"), ("–", "a")])
def test_whole_words_are_not_joined(first: str, second: str) -> None:
    assert join_words(first, second, set()) is None


def two_columns(left: list[str], right: list[str], y: float = 120) -> list[Piece]:
    return [*lines(left, 60, y, 13, 9), *lines(right, 310, y, 13, 9)]


def column(name: str, count: int) -> list[str]:
    return [f"{name} baris nomor {i} berisi kata cukup untuk kolom" for i in range(count)]


def test_columns_are_read_one_after_the_other_and_a_paragraph_goes_on(tmp_path: Path) -> None:
    left = [*column("kiri", 8), "lalu keluarga itu memilih untuk beru-"]
    right = ["saha bersama pendamping sampai mereka siap", *column("kanan", 8)]
    text = read(make_pdf(tmp_path / "a.pdf", [two_columns(left, right)])).text
    assert text.index("kiri baris nomor 7") < text.index("kanan baris nomor 0")
    assert "memilih untuk berusaha bersama pendamping" in text


def test_a_full_width_line_divides_the_bands_of_two_columns(tmp_path: Path) -> None:
    wide: list[Piece] = [(60, 260, "Sebuah baris penuh yang melintang di atas kedua kolom dan membagi halaman ini", 12)]
    page = [*two_columns(column("A", 8), column("B", 8)), *wide, *two_columns(column("C", 8), column("D", 8), 290)]
    text = read(make_pdf(tmp_path / "a.pdf", [page])).text
    places = [text.index(f"{name} baris nomor 0") for name in "AB"]
    places += [text.index("melintang"), text.index("C baris nomor 0"), text.index("D baris nomor 0")]
    assert places == sorted(places)


def pages_with_heads(count: int) -> list[list[Piece]]:
    made = []
    for i in range(count):
        head = "Jurnal Karangan Vol. 3" if i % 2 else "Pangestika dan Wardoyo"
        body = lines([f"Halaman {i} {FULL} {n}" for n in range(10)], y=120)
        made.append([(72.0, 40.0, head, 9.0), *body, (290.0, 800.0, str(31 + i), 9.0)])
    return made


def test_running_heads_that_alternate_and_page_numbers_are_taken_out(tmp_path: Path) -> None:
    document = read(make_pdf(tmp_path / "a.pdf", pages_with_heads(5)))
    assert "Pangestika" not in document.text
    assert "Jurnal Karangan" not in document.text
    assert [page.printed for page in document.pages] == ["31", "32", "33", "34", "35"]


def test_a_file_of_nothing_but_page_numbers_keeps_them(tmp_path: Path) -> None:
    document = read(make_pdf(tmp_path / "a.pdf", [[(290, 800, "Halaman 1")], [(290, 800, "Halaman 2")]]))
    assert "Halaman 1" in document.text


def test_a_footnote_stands_behind_the_paragraph_that_goes_over_the_page(tmp_path: Path) -> None:
    first = [*lines([FULL] * 12), (72, 760, "1 Nama disamarkan oleh peneliti.", 8)]
    second = lines(["dan keluarga itu akhirnya berhenti menerima bantuan.", FULL + "."])
    document = read(make_pdf(tmp_path / "a.pdf", [first, second]))
    assert of_kind(document, "footnote") == ["1 Nama disamarkan oleh peneliti."]
    body = of_kind(document, "body")[0]
    assert "rumah mereka dan keluarga itu akhirnya berhenti" in body
    sentence = next(s for s in document.sentences if document.quote(s.start, s.end).endswith("menerima bantuan."))
    assert pages_of(document, sentence.start, sentence.end) == (0, 1)


def test_captions_and_tables_are_kept_out_of_the_paragraphs(tmp_path: Path) -> None:
    table: list[Piece] = [(72, 200, "Tabel 1. Informan penelitian")]
    for i, (name, age) in enumerate([("Nama", "Umur"), ("Sr", "34"), ("Mn", "41"), ("Tk", "29")]):
        table += [(72, 216 + 14 * i, name), (250, 216 + 14 * i, age)]
    page = [*lines([FULL] * 4), *table, (72, 280, "Sumber: data lapangan"), *lines([FULL] * 3, y=320)]
    document = read(make_pdf(tmp_path / "a.pdf", [page]))
    assert of_kind(document, "caption") == ["Tabel 1. Informan penelitian", "Sumber: data lapangan"]
    assert of_kind(document, "table") == ["Nama Umur Sr 34 Mn 41 Tk 29"]
    assert not any("Informan" in text or "Umur" in text for text in of_kind(document, "body"))


def test_a_sentence_that_speaks_of_a_table_is_no_caption(tmp_path: Path) -> None:
    page = lines([FULL + ".", "Tabel 1 menunjukkan bahwa sebagian besar keluarga sudah siap."])
    assert of_kind(read(make_pdf(tmp_path / "a.pdf", [page])), "caption") == []


def test_boxes_sit_on_their_words(tmp_path: Path) -> None:
    document = read(make_pdf(tmp_path / "a.pdf", [lines(["Keluarga ikut meran-", "cang usaha mereka sendiri."])]))
    start = document.text.index("merancang")
    one, two = rects(document, start, start + len("merancang"))
    assert (round(one.y1 - two.y1), one.page, two.page) == (-14, 0, 0)
    assert two.x0 == pytest.approx(72, abs=1)
    (part,) = rects(document, start, start + 2)
    assert part.x1 - part.x0 == pytest.approx((one.x1 - one.x0) * 2 / 5, rel=0.05)
    assert rects(document, 3, 3) == ()


def test_rects_of_a_turned_page_are_as_displayed(tmp_path: Path) -> None:
    document = read(make_pdf(tmp_path / "a.pdf", [lines([FULL] * 3)], rotation=90))
    box = rects(document, 0, len("Pendamping"))[0]
    assert document.pages[0].width_pt == pytest.approx(842)
    assert box.x1 > 700
    assert box.y1 - box.y0 > box.x1 - box.x0


@pytest.mark.parametrize(
    ("printed", "text"),
    [("Kelu\u00adarga", "Keluarga"), ("kon\ufb02ik", "konflik"), ("siap\u200b", "siap"), ("re\u0301sume", "résume")],
)
def test_invisible_characters_and_ligatures_do_not_stay(printed: str, text: str) -> None:
    assert clean_word(printed) == text


def test_reading_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    import msgspec

    make_pdf(tmp_path / "a.pdf", pages_with_heads(4))
    job = ReadJob(str(tmp_path), "a.pdf", ("a.pdf",), ("0" * 64,))
    one = msgspec.msgpack.encode(read_report(job))
    assert one == msgspec.msgpack.encode(read_report(job))
    assert msgspec.msgpack.decode(one, type=type(read_report(job))) == read_report(job)


def test_paragraphs_join_to_the_text(tmp_path: Path) -> None:
    document = read(make_pdf(tmp_path / "a.pdf", pages_with_heads(3)))
    assert "\n\n".join(document.quote(p.start, p.end) for p in document.paragraphs) == document.text
    assert all(document.quote(s.start, s.end).strip() for s in document.sentences)
