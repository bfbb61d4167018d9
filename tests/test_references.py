"""Entries of reference lists: their parts in the styles that researchers meet, and where each begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from litreview.documents.references import Parts, read_reference, references
from tests.pdf_making import FULL, Piece, make_pdf, read

STYLES = {
    "APA": (
        "Wulandari, S. P., Hadi, M., & Prakoso, B. (2021). Pendampingan keluarga di desa pesisir. Jurnal Rumah Sosial,"
        " 6(2), 11–25. https://doi.org/10.5555/rumah.6.2.11.",
        Parts(("Wulandari, S. P.", "Hadi, M.", "Prakoso, B."), 2021, "Pendampingan keluarga di desa pesisir",
              "10.5555/rumah.6.2.11"),
    ),
    "Indonesian": (
        "Sutarno, Edi. 2014. Membangun Desa, Memberdayakan Warga: Kajian Awal. Bandung: Pustaka Contoh.",
        Parts(("Sutarno, Edi",), 2014, "Membangun Desa, Memberdayakan Warga: Kajian Awal"),
    ),
    "two by dan": (
        "Lestari, Dewi dan Budi Santosa. 2019. Graduasi Mandiri. Jakarta: Penerbit Entah.",
        Parts(("Lestari, Dewi", "Budi Santosa"), 2019, "Graduasi Mandiri"),
    ),
    "one name": (
        "Sugiarto. (2017). Metode penelitian sosial. Surabaya: Contoh Press.",
        Parts(("Sugiarto",), 2017, "Metode penelitian sosial"),
    ),
    "thesis": (
        "Maharani, L. (2020). Peran pendamping di Kabupaten Entah [Skripsi, Universitas Contoh]. Repositori Contoh.",
        Parts(("Maharani, L.",), 2020, "Peran pendamping di Kabupaten Entah"),
    ),
    "thesis in brackets": (
        "Rahmat, Agus. 2016. Kinerja Pendamping Sosial (Tesis). Malang: Universitas Contoh.",
        Parts(("Rahmat, Agus",), 2016, "Kinerja Pendamping Sosial"),
    ),
    "law": (
        "Kementerian Sosial. (2018). Peraturan Menteri Nomor 1 Tahun 2018 tentang Program Keluarga Harapan.",
        Parts(("Kementerian Sosial",), 2018, "Peraturan Menteri Nomor 1 Tahun 2018 tentang Program Keluarga Harapan"),
    ),
    "Vancouver": (
        "[7] Harris AB, O'Neil C, van der Berg D, et al. Cash and care in remote villages. J Made Up 2015;4:1–9.",
        Parts(("Harris AB", "O'Neil C", "van der Berg D"), 2015, "Cash and care in remote villages"),
    ),
    "Vancouver with the year in brackets": (
        "12. Harris AB, Neil C (2007) Cash and care in remote villages. J Made Up 12: 3245–3257.",
        Parts(("Harris AB", "Neil C"), 2007, "Cash and care in remote villages"),
    ),
    "IEEE": (
        "[3] A. B. Harris, C. Neil, and D. Berg, “Cash and care in remote villages,” J. Made Up, vol. 3, no. 2, pp."
        " 1990–2001, Mar. 2016, doi: 10.5555/jmu.2016.7.",
        Parts(("A. B. Harris", "C. Neil", "D. Berg"), 2016, "Cash and care in remote villages", "10.5555/jmu.2016.7"),
    ),
    "IEEE book": (
        "[4] C. Neil and D. van Berg, Nets and Boats. Entah: Nowhere Press, 2016.",
        Parts(("C. Neil", "D. van Berg"), 2016, "Nets and Boats"),
    ),
    "IEEE with others": (
        "[5] C. Neil et al., “Nets,” in Proc. 3rd Int. Conf. Boats, 2014, pp. 1–8.",
        Parts(("C. Neil",), 2014, "Nets"),
    ),
    "ACL": (
        "Anna B. Harris, Carl Neil, and Dora Berg. 2013. Cash and care: A survey. In Proceedings of Nothing, pages"
        " 50–58, Entah.",
        Parts(("Anna B. Harris", "Carl Neil", "Dora Berg"), 2013, "Cash and care: A survey"),
    ),
    "Harvard": (
        "Harris, A. and Neil, C., 2012. Cash and care. 2nd ed. London: Nowhere.",
        Parts(("Harris, A.", "Neil, C."), 2012, "Cash and care"),
    ),
    "commas": (
        "Harris, A., Neil, C., Cash and Care, Journal of Nothing 2, pp 285-312, 1983.",
        Parts(("Harris, A.", "Neil, C."), 1983, "Cash and Care"),
    ),
    "no date": (
        "Harris, A. (n.d.). Cash and care. https://example.org/2014/care.",
        Parts(("Harris, A.",), None, "Cash and care"),
    ),
    "a question": (
        "Harris, A. (2011). Who leaves the programme? Journal of Nothing, 3(1), 1–9.",
        Parts(("Harris, A.",), 2011, "Who leaves the programme?"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_an_entry_in_its_style(style: str) -> None:
    text, parts = STYLES[style]
    assert read_reference(text) == parts


@pytest.mark.parametrize("text", ["", ".", "2014", "[1]", "http://example.org/2014", "()", "Harris", "— 2011. —"])
def test_what_is_hardly_an_entry_is_no_error(text: str) -> None:
    assert isinstance(read_reference(text), Parts)


def test_a_page_range_and_a_link_are_no_year() -> None:
    assert read_reference("[2] Harris A. Cash. J Made Up, pp. 1990–2001. https://example.org/2015/a").year is None


ENTRIES = [
    "Astuti, R. (2019). Pendamping dan warga di tiga kampung: sebuah kajian tentang kerja",
    "pendampingan yang panjang. Jurnal Contoh, 2(1), 1-9.",
    "Budiman, T. (2020). Keluarga yang mandiri. Bandung: Pustaka Contoh.",
    "Cahyani, L. (2018). Bantuan tunai dan sekolah anak di daerah yang jauh dari pusat kota",
    "dan pasar. Jurnal Contoh, 1(2), 10-19.",
    "Dewanto, S. (2017). Modul pertemuan. Jakarta: Pustaka Contoh.",
]


def list_of(tmp_path: Path, insets: list[int], gap: int = 0) -> list[str]:
    rows: list[Piece] = [(72, 60, "PENDAHULUAN", 11, "hebo"), (72, 80, FULL + ".", 10)]
    rows.append((72, 120, "DAFTAR PUSTAKA", 11, "hebo"))
    y = 140
    for text, inset in zip(ENTRIES, insets, strict=True):
        y += gap if text[0].isupper() else 0
        rows.append((72 + inset, y, text, 10))
        y += 12
    document = read(make_pdf(tmp_path / "a.pdf", [rows]))
    return [entry.text for entry in references(document)]


@pytest.mark.parametrize(
    ("insets", "gap"),
    [([0, 28, 0, 0, 28, 0], 0), ([28, 0, 28, 28, 0, 28], 0), ([0] * 6, 8), ([0] * 6, 0)],
    ids=["hanging", "first rows set in", "gaps", "flush"],
)
def test_entries_begin_where_a_person_sees_it(tmp_path: Path, insets: list[int], gap: int) -> None:
    found = list_of(tmp_path, insets, gap)
    assert [text.split(",")[0] for text in found] == ["Astuti", "Budiman", "Cahyani", "Dewanto"]


def test_rows_that_divide_a_list_are_no_entries_and_do_not_end_it(tmp_path: Path) -> None:
    rows: list[Piece] = [(72, 60, "PENDAHULUAN", 11, "hebo"), (72, 80, FULL + ".", 10)]
    rows += [(72, 120, "DAFTAR PUSTAKA", 11, "hebo"), (72, 140, "A. Buku", 10, "hebo")]
    rows += [(72, 156, "Budiman, T. (2020). Keluarga yang mandiri. Bandung: Pustaka Contoh.", 10)]
    rows += [
        (72, 180, "SUMBER INTERNET", 10, "hebo"),
        (72, 196, "Dewanto, S. (2017). Modul. https://example.org/a.", 10),
    ]
    document = read(make_pdf(tmp_path / "a.pdf", [rows]))
    assert [entry.year for entry in references(document)] == [2020, 2017]
    assert [section.kinds for section in document.sections][-1] == ("references",)


def test_a_document_without_a_list_has_no_entries(tmp_path: Path) -> None:
    document = read(make_pdf(tmp_path / "a.pdf", [[(72, 60, "PENDAHULUAN", 11, "hebo"), (72, 80, FULL + ".", 10)]]))
    assert references(document) == ()
