"""First pages of journals, proceedings and theses in the layouts that researchers meet, with what they say. All names
and places are invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pymupdf

from litreview.documents.model import Document
from tests.pdf_making import FULL, Piece, make_pdf, read

WIDTH = 595
ID = "Penelitian ini bertujuan untuk memahami cara keluarga merencanakan hari esok di desa yang jauh dari pasar dan"
ID_MORE = "bagaimana pendamping hadir dalam rencana itu, dengan wawancara yang dilakukan selama enam bulan penuh."
EN = "This study aims to understand how families plan for tomorrow in villages that are far from the market and how"
EN_MORE = "the facilitators were present in their plans, with interviews that were held over six full months."


@dataclass
class Article:
    """A document's pages, and what a person reads on them."""

    title: str
    authors: list[str]
    year: str | None
    abstracts: dict[str, tuple[str, str]]  # by language, first and last words
    doi: str | None = None
    keywords: list[str] = field(default_factory=list)
    source: str | None = None
    pages: list[list[Piece]] = field(default_factory=list)
    beside: bool = False  # the abstract stands beside a column of other things

    def read(self, folder: Path) -> Document:
        """The article as the reader understands it."""
        return read(make_pdf(folder / "article.pdf", self.pages))


def centred(text: str, y: float, size: float, font: str = "helv") -> Piece:
    return ((WIDTH - pymupdf.get_text_length(text, font, size)) / 2, y, text, size, font)


def marked(names: list[tuple[str, str]], y: float, size: float, font: str = "helv") -> list[Piece]:
    """Names in the middle of the page, each with a small raised mark behind it."""
    pieces: list[Piece] = []
    x = 80.0
    for name, mark in names:
        pieces.append((x, y, name, size, font))
        x += pymupdf.get_text_length(name, font, size) + 0.5
        pieces.append((x, y - 4, mark, size * 0.6, font))
        x += pymupdf.get_text_length(mark, font, size * 0.6) + 1
        pieces.append((x, y, ",", size, font))
        x += 6
    return pieces[:-1]


def prose(y: float, rows: int = 6, size: float = 10, x: float = 72) -> list[Piece]:
    return [(x, y + 13 * i, FULL + ("." if i == rows - 1 else ""), size) for i in range(rows)]


def body(y: float, names: list[str], size: float = 11) -> list[Piece]:
    pieces: list[Piece] = []
    for name in names:
        pieces += [(72, y, name, size, "hebo"), *prose(y + 18, 4)]
        y += 84
    return pieces


_ID = {"id": ("Penelitian ini bertujuan", "enam bulan penuh")}
_BOTH = {**_ID, "en": ("This study aims", "six full months")}


def open_journal() -> Article:
    """An Indonesian journal on OJS: a box with ISSN and volume, capitals, marks at the names, its history."""
    first: list[Piece] = [
        (72, 40, "Jurnal Rumah Sosial", 12, "hebo"),
        (72, 54, "Vol. 7, No. 2, Oktober 2021, hlm. 101-115", 9),
        (72, 66, "p-ISSN 2000-1111 | e-ISSN 2000-2222", 9),
        (72, 78, "DOI: https://doi.org/10.5555/jrs.v7i2.421", 9),
        centred("PERENCANAAN KELUARGA PENERIMA BANTUAN", 120, 14, "hebo"),
        centred("DI DESA TELUK ENTAH", 138, 14, "hebo"),
        *marked([("Laksmi Puspa Dewani", "1*"), ("Yusuf Rangkuti", "2"), ("Bagas Aditya", "3")], 166, 11, "hebo"),
        centred("1,2Program Studi Kesejahteraan Sosial, Universitas Contoh Nusantara", 182, 9),
        centred("3Dinas Sosial Kabupaten Entah, Indonesia", 194, 9),
        centred("*Corresponding author: laksmi@example.ac.id", 206, 9),
        (72, 230, "Article history: Received: 3 Mei 2020  Revised: 9 Juni 2021  Accepted: 1 Agustus 2021", 8),
        centred("ABSTRAK", 256, 11, "hebo"),
        (72, 274, ID, 9.5),
        (72, 287, ID_MORE, 9.5),
        (72, 304, "Kata kunci: keluarga, perencanaan, pendamping", 9.5),
        centred("ABSTRACT", 330, 11, "hebo"),
        (72, 348, EN, 9.5),
        (72, 361, EN_MORE, 9.5),
        (72, 378, "Keywords: family, planning, facilitator", 9.5),
        *body(412, ["A. PENDAHULUAN", "B. TINJAUAN PUSTAKA", "C. METODE"]),
    ]
    return Article(
        "PERENCANAAN KELUARGA PENERIMA BANTUAN DI DESA TELUK ENTAH",
        ["Laksmi Puspa Dewani", "Yusuf Rangkuti", "Bagas Aditya"],
        "2021",
        _BOTH,
        "10.5555/jrs.v7i2.421",
        ["keluarga", "perencanaan", "pendamping", "family", "planning", "facilitator"],
        "Jurnal Rumah Sosial",
        [first, body(72, ["D. HASIL DAN PEMBAHASAN", "E. SIMPULAN"])],
    )


def open_journal_title_case() -> Article:
    """Names with degrees in one row, English title beneath, abstracts that begin with their heading."""
    first: list[Piece] = [
        (72, 36, "Empati: Jurnal Kerja Warga", 9),
        (400, 36, "Volume 11 Nomor 1 Juni 2022", 9),
        centred("Peran Pendamping dalam Graduasi Mandiri Keluarga", 90, 16, "hebo"),
        centred("di Kecamatan Sungai Contoh", 110, 16, "hebo"),
        centred("The Role of Facilitators in Independent Graduation of Families", 132, 11, "heit"),
        centred("Drs. H. Mahmud Alfarisi, M.Si., Siti Rohayati, S.Sos., M.Kesos., dan Dr. Tono Wibisana", 160, 11),
        centred("Jurusan Ilmu Sosial, Fakultas Ilmu Contoh, Universitas Entah Raya", 176, 10),
        centred("mahmud@example.ac.id, siti@example.ac.id", 190, 10),
        (72, 220, "Abstrak: " + ID[:88], 10),
        (72, 233, ID[88:] + " " + ID_MORE[:40], 10),
        (72, 246, ID_MORE[41:], 10),
        (72, 262, "Kata Kunci: peran; graduasi; keluarga", 10),
        (72, 284, "Abstract: " + EN[:88], 10),
        (72, 297, EN[88:] + " " + EN_MORE[:40], 10),
        (72, 310, EN_MORE[41:], 10),
        (72, 326, "Keywords: role; graduation; family", 10),
        *body(360, ["1. Pendahuluan", "2. Metode Penelitian", "3. Hasil Penelitian", "4. Pembahasan"]),
    ]
    return Article(
        "Peran Pendamping dalam Graduasi Mandiri Keluarga di Kecamatan Sungai Contoh",
        ["Mahmud Alfarisi", "Siti Rohayati", "Tono Wibisana"],
        "2022",
        _BOTH,
        None,
        ["peran", "graduasi", "keluarga", "role", "graduation", "family"],
        "Empati: Jurnal Kerja Warga",
        [first, body(72, ["5. Kesimpulan"])],
    )


def template_left_unfilled() -> Article:
    """A journal's template whose fields nobody filled in."""
    first: list[Piece] = [
        (72, 36, "Jurnal Cahaya Desa, Volume XX Nomor XX, Bulan Tahun, hal. xx-xx", 9),
        (72, 48, "DOI: 10.xxxx/xxxx.vxix.xxxx", 9),
        centred("Warung dan Modal Kecil di Tepi Sungai", 100, 15, "hebo"),
        centred("Nurul Hidayanti1, Agung Prasetya2", 126, 11),
        centred("1,2 Universitas Contoh, Indonesia", 140, 9),
        centred("Abstrak", 170, 11, "hebo"),
        (72, 188, ID, 9.5),
        (72, 201, ID_MORE, 9.5),
        (72, 218, "Kata kunci: warung, modal", 9.5),
        *body(250, ["PENDAHULUAN", "METODE", "HASIL", "PENUTUP"]),
    ]
    return Article(
        "Warung dan Modal Kecil di Tepi Sungai",
        ["Nurul Hidayanti", "Agung Prasetya"],
        None,
        _ID,
        None,
        ["warung", "modal"],
        "Jurnal Cahaya Desa",
        [first],
    )


def large_publisher() -> Article:
    """A first page as large publishers set it: contents line, journal, article info beside the abstract, footer."""
    first: list[Piece] = [
        centred("World Review of Care 131 (2020) 104920", 34, 8),
        centred("Contents lists available at CareDirect", 56, 8),
        centred("World Review of Care", 76, 13),
        centred("journal homepage: www.example.org/wrc", 92, 8),
        (50, 130, "Cash transfers and the plans of families: Evidence from", 16),
        (50, 150, "a remote district", 16),
        *marked([("Anna Harrison", "a,*"), ("Bo Lindqvist", "b"), ("Chen Yu", "a")], 178, 12),
        (50, 194, "a Department of Care, University of Nowhere, United Kingdom", 7),
        (50, 204, "b Institute of Plans, Stockholm, Sweden", 7),
        (50, 236, "a r t i c l e  i n f o", 8),
        (220, 236, "a b s t r a c t", 8),
        (50, 256, "Article history:", 7),
        (50, 266, "Received 3 March 2018", 7),
        (50, 276, "Accepted 9 May 2019", 7),
        (220, 256, EN[:76], 8),
        (220, 267, EN[77:] + " " + EN_MORE[:48], 8),
        (220, 278, EN_MORE[49:], 8),
        (50, 296, "Keywords:", 7),
        (50, 306, "Cash transfer", 7),
        (50, 316, "Family", 7),
        (220, 330, "© 2020 Elsewhere Ltd. All rights reserved.", 7),
        *body(380, ["1. Introduction", "2. Methods", "3. Results", "4. Discussion"]),
        (50, 800, "https://doi.org/10.5555/j.wrc.2020.104920", 7),
        (50, 810, "* Corresponding author. E-mail: a@example.org", 7),
    ]
    return Article(
        "Cash transfers and the plans of families: Evidence from a remote district",
        ["Anna Harrison", "Bo Lindqvist", "Chen Yu"],
        "2020",
        {"en": ("This study aims", "six full months")},
        "10.5555/j.wrc.2020.104920",
        [],
        "World Review of Care",
        [first, body(72, ["5. Conclusion"])],
        beside=True,
    )


def open_access_publisher() -> Article:
    """Another: `Article`, names with marks and `and`, a run-in abstract, received and published."""
    first: list[Piece] = [
        (50, 60, "Article", 10, "heit"),
        (50, 84, "Learning to Leave: Facilitation of Families on Small Islands", 17, "hebo"),
        *marked([("Maria Ossendrijver", "1,*"), ("Tomás Villaverde", "2")], 112, 10, "hebo"),
        (50, 130, "1 Faculty of Islands, University of Nowhere, 1000 Nowhere; maria@example.org", 8),
        (50, 142, "2 Centre for Boats, Lisbon, Portugal; tomas@example.org", 8),
        (50, 154, "* Correspondence: maria@example.org", 8),
        (50, 170, "Received: 2 November 2018; Accepted: 20 December 2018; Published: 4 January 2019", 8),
        (50, 200, "Abstract: " + EN[:94], 9.5),
        (50, 213, EN[94:] + " " + EN_MORE[:60], 9.5),
        (50, 226, EN_MORE[61:], 9.5),
        (50, 244, "Keywords: facilitation; islands; family", 9.5),
        *body(280, ["1. Introduction", "2. Materials and Methods", "3. Results", "4. Discussion", "5. Conclusions"]),
        (50, 810, "Islands 2019, 11, 231; doi:10.5555/islands11010231", 8),
        (430, 810, "www.example.org/journal/islands", 8),
    ]
    return Article(
        "Learning to Leave: Facilitation of Families on Small Islands",
        ["Maria Ossendrijver", "Tomás Villaverde"],
        "2019",
        {"en": ("This study aims", "six full months")},
        "10.5555/islands11010231",
        ["facilitation", "islands", "family"],
        None,
        [first],
    )


def proceedings() -> Article:
    """Two columns of authors, a notice of the proceedings in the foot."""
    first: list[Piece] = [
        centred("Counting Boats from Very Short Notes", 80, 15, "hebo"),
        (110, 116, "Ilse Brandt and Ravi Menon", 11, "hebo"),
        (110, 130, "University of Nowhere", 10),
        (110, 143, "ibrandt@example.org", 9),
        (350, 116, "Oluwaseun Adeyemi", 11, "hebo"),
        (350, 130, "Institute of Short Notes", 10),
        (350, 143, "oa@example.org", 9),
        centred("Abstract", 190, 12, "hebo"),
        (72, 210, EN, 9.5),
        (72, 223, EN_MORE, 9.5),
        *body(260, ["1 Introduction", "2 Related Work", "3 Data", "4 Experiments", "5 Conclusion"]),
        centred("Proceedings of the 9th Workshop on Short Notes, pages 12–20,", 800, 8, "heit"),
        centred("Nowhere, July 21 - 23, 2016. ©2016 Association for Short Notes", 811, 8),
    ]
    return Article(
        "Counting Boats from Very Short Notes",
        ["Ilse Brandt", "Ravi Menon", "Oluwaseun Adeyemi"],
        "2016",
        {"en": ("This study aims", "six full months")},
        None,
        [],
        "Proceedings of the 9th Workshop on Short Notes",
        [first],
    )


def thesis() -> Article:
    """A thesis with a cover, an approval page and two abstracts."""
    cover: list[Piece] = [
        centred("MENATA HARI ESOK: PENDAMPINGAN KELUARGA", 110, 14, "hebo"),
        centred("DI KABUPATEN ENTAH BARAT", 130, 14, "hebo"),
        centred("SKRIPSI", 200, 14, "hebo"),
        centred("Diajukan untuk Memenuhi Salah Satu Syarat Memperoleh", 240, 11),
        centred("Gelar Sarjana Ilmu Sosial", 256, 11),
        centred("Oleh:", 330, 12),
        centred("RATRI AYU KUSUMAWATI", 350, 12, "hebo"),
        centred("NIM 1802010045", 368, 12),
        centred("PROGRAM STUDI KESEJAHTERAAN SOSIAL", 620, 12, "hebo"),
        centred("FAKULTAS ILMU SOSIAL DAN ILMU POLITIK", 638, 12, "hebo"),
        centred("UNIVERSITAS CONTOH NUSANTARA", 656, 12, "hebo"),
        centred("2022", 674, 12, "hebo"),
    ]
    approval: list[Piece] = [
        centred("LEMBAR PENGESAHAN", 80, 13, "hebo"),
        (72, 120, "Nama : Ratri Ayu Kusumawati", 11),
        (72, 140, "Pembimbing I : Dr. Sugeng Widodo, M.Si.", 11),
        (72, 160, "Entah, 12 Januari 2023", 11),
    ]
    abstract: list[Piece] = [
        centred("ABSTRAK", 80, 13, "hebo"),
        (72, 120, ID, 10),
        (72, 134, ID_MORE, 10),
        (72, 160, "Kata kunci: keluarga, esok", 10),
        centred("ABSTRACT", 300, 13, "hebo"),
        (72, 330, EN, 10),
        (72, 344, EN_MORE, 10),
        (72, 370, "Keywords: family, tomorrow", 10),
    ]
    chapters = [
        [centred(f"BAB {number}", 80, 13, "hebo"), centred(name, 100, 13, "hebo"), *prose(140, 20)]
        for number, name in (
            ("I", "PENDAHULUAN"),
            ("II", "TINJAUAN PUSTAKA"),
            ("III", "METODE PENELITIAN"),
            ("IV", "HASIL DAN PEMBAHASAN"),
            ("V", "PENUTUP"),
        )
    ]
    return Article(
        "MENATA HARI ESOK: PENDAMPINGAN KELUARGA DI KABUPATEN ENTAH BARAT",
        ["Ratri Ayu Kusumawati"],
        "2022",
        _BOTH,
        None,
        ["keluarga", "esok", "family", "tomorrow"],
        "UNIVERSITAS CONTOH NUSANTARA",
        [cover, approval, abstract, *chapters],
    )


def repository_manuscript() -> Article:
    """A manuscript of a student: names with numbers, plain roman headings, the abstract in italics."""
    first: list[Piece] = [
        centred("STRATEGI BERTAHAN NELAYAN KECIL", 90, 14, "hebo"),
        centred("(Studi di Desa Pantai Contoh)", 108, 12, "hebo"),
        centred("Hendra Saputra1), Mega Lestari2)", 140, 11),
        centred("1) Mahasiswa Universitas Contoh", 156, 10),
        centred("2) Dosen Universitas Contoh", 169, 10),
        centred("Email : hendra@example.com", 182, 10),
        centred("INTISARI", 214, 11, "hebo"),
        (72, 232, ID, 9.5, "heit"),
        (72, 245, ID_MORE, 9.5, "heit"),
        (72, 262, "Kata-kata kunci : nelayan, strategi", 9.5, "heit"),
        *body(
            300,
            [
                "I. PENDAHULUAN",
                "II. LANDASAN TEORI",
                "III. METODE PENELITIAN",
                "IV. HASIL DAN PEMBAHASAN",
                "V. PENUTUP",
            ],
        ),
    ]
    return Article(
        "STRATEGI BERTAHAN NELAYAN KECIL (Studi di Desa Pantai Contoh)",
        ["Hendra Saputra", "Mega Lestari"],
        None,
        _ID,
        None,
        ["nelayan", "strategi"],
        None,
        [first],
    )


STYLES: dict[str, Callable[[], Article]] = {
    make.__name__: make
    for make in (
        open_journal,
        open_journal_title_case,
        template_left_unfilled,
        large_publisher,
        open_access_publisher,
        proceedings,
        thesis,
        repository_manuscript,
    )
}
