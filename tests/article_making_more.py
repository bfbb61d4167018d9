"""More first pages, made after the rules stood: columns beside the abstract, two columns, other marks, a thesis."""

from __future__ import annotations

from collections.abc import Callable

from tests.article_making import EN, EN_MORE, ID, ID_MORE, Article, body, centred, prose
from tests.pdf_making import Piece

_EN_ENDS = {"en": ("This study aims", "six full months")}
_ID_ENDS = {"id": ("Penelitian ini bertujuan", "enam bulan penuh")}
_BOTH = {**_ID_ENDS, **_EN_ENDS}


def column(y: float, rows: int, x: float, size: float = 9) -> list[Piece]:
    t = "Pendamping datang setiap pekan dan duduk bersama warga"
    return [(x, y + 11 * i, t + ("." if i == rows - 1 else ""), size) for i in range(rows)]


def side_column() -> Article:
    """A narrow column with citation and dates beside the text, a linked running foot."""
    first: list[Piece] = [
        (200, 50, "RESEARCH ARTICLE", 9, "hebo"),
        (200, 80, "Boats, nets and the planning of coastal", 18, "hebo"),
        (200, 102, "families in three districts", 18, "hebo"),
        (200, 126, "Greta Holmqvist1☯, Samir Haddad2*, Lucía Ferrante1,3", 10, "hebo"),
        (200, 146, "1 Department of Boats, University of Nowhere, Nowhere, Sweden, 2 Institute of Nets, Lyon,", 8),
        (200, 156, "France, 3 Centre for Coasts, Turin, Italy", 8),
        (200, 172, "* samir.haddad@example.org", 8),
        (200, 200, "Abstract", 14, "hebo"),
        (200, 220, "This study aims to understand how families plan for tomorrow in villages that are", 9),
        (200, 231, "far from the market and how the facilitators were present in their plans, with", 9),
        (200, 242, "interviews that were held over six full months.", 9),
        (200, 275, "Introduction", 14, "hebo"),
        *[
            (
                200,
                295 + 12 * i,
                "Families that live on the coast plan for the season of storms in many ways that"
                + ("." if i == 9 else ""),
                9,
            )
            for i in range(10)
        ],
        (36, 204, "OPEN ACCESS", 8, "hebo"),
        (36, 220, "Citation: Holmqvist G, Haddad S (2017) Boats,", 7),
        (36, 229, "nets and the planning of coastal families. PLoS", 7),
        (36, 238, "Nothing 12(8): e0180001. https://doi.org/10.5555/", 7),
        (36, 247, "journal.pnot.0180001", 7),
        (36, 264, "Editor: Ugo Bianchi, Nowhere, ITALY", 7),
        (36, 281, "Received: February 2, 2016", 7),
        (36, 294, "Accepted: June 9, 2017", 7),
        (36, 307, "Published: August 3, 2017", 7),
        (36, 324, "Copyright: © 2017 Holmqvist et al. This is an open", 7),
        (36, 333, "access article distributed under the terms of the", 7),
        (36, 800, "PLOS Nothing | https://doi.org/10.5555/journal.pnot.0180001   August 3, 2017", 7),
        (540, 800, "1 / 14", 7),
    ]

    def later(number: int, names: list[str]) -> list[Piece]:
        return [
            *body(72, names),
            (36, 800, "PLOS Nothing | https://doi.org/10.5555/journal.pnot.0180001   August 3, 2017", 7),
            (540, 800, f"{number} / 14", 7),
        ]

    return Article(
        "Boats, nets and the planning of coastal families in three districts",
        ["Greta Holmqvist", "Samir Haddad", "Lucía Ferrante"],
        "2017",
        _EN_ENDS,
        "10.5555/journal.pnot.0180001",
        [],
        "PLOS Nothing",
        [first, later(2, ["Materials and methods", "Results"]), later(3, ["Discussion", "Conclusions"])],
        beside=True,
    )


def two_columns() -> Article:
    """Two columns under abstracts in two languages, numbered references."""
    first: list[Piece] = [
        (50, 36, "Jurnal Rekayasa Contoh (JRC)", 9),
        (400, 36, "Vol. 4 No. 1 (2020) 33 - 47", 9),
        centred("Sistem Pencatatan Perahu Nelayan Berbasis Web", 80, 20),
        centred("Menggunakan Metode Air Terjun", 104, 20),
        centred("Bayu Kurniawan1, I Made Sudarsana2, Fitri Handayani3", 130, 11),
        centred("1,2,3Teknik Informatika, Fakultas Teknik, Universitas Contoh", 146, 9),
        centred("1bayu@example.ac.id, 2made@example.ac.id, 3fitri@example.ac.id", 158, 9),
        (50, 190, "Abstract", 9, "hebo"),
        (50, 204, EN, 8.5),
        (50, 215, EN_MORE, 8.5),
        (50, 228, "Keywords: boats, web, waterfall", 8.5),
        (50, 246, "Abstrak", 9, "hebo"),
        (50, 260, ID, 8.5),
        (50, 271, ID_MORE, 8.5),
        (50, 284, "Kata kunci: perahu, web, air terjun", 8.5),
        (50, 320, "1.", 10, "hebo"),
        (68, 320, "Pendahuluan", 10, "hebo"),
        *column(336, 30, 50),
        (310, 320, "2.", 10, "hebo"),
        (328, 320, "Metode Penelitian", 10, "hebo"),
        *column(336, 30, 310),
    ]
    second: list[Piece] = [
        (50, 36, "Bayu Kurniawan, I Made Sudarsana, Fitri Handayani", 9),
        (50, 60, "3.", 10, "hebo"),
        (68, 60, "Hasil dan Pembahasan", 10, "hebo"),
        *column(76, 40, 50),
        (310, 60, "4.", 10, "hebo"),
        (328, 60, "Kesimpulan", 10, "hebo"),
        *column(76, 30, 310),
        (310, 430, "Daftar Rujukan", 10, "hebo"),
        (310, 446, "[1] A. Satu and B. Dua, “Perahu kayu,” J. Contoh, vol. 1,", 8),
        (324, 456, "no. 2, pp. 1–9, 2018.", 8),
        (310, 466, "[2] C. Tiga, Jaring Nelayan. Jakarta: Contoh, 2016.", 8),
        (310, 476, "[3] D. Empat, “Ombak,” Skripsi, Univ. Contoh, 2019.", 8),
    ]
    return Article(
        "Sistem Pencatatan Perahu Nelayan Berbasis Web Menggunakan Metode Air Terjun",
        ["Bayu Kurniawan", "I Made Sudarsana", "Fitri Handayani"],
        "2020",
        _BOTH,
        None,
        ["boats", "web", "waterfall", "perahu", "air terjun"],
        "Jurnal Rekayasa Contoh (JRC)",
        [first, second],
    )


def capitals_each_row() -> Article:
    """A student's article: `Oleh`, one name in capitals, the supervisor beneath."""
    first: list[Piece] = [
        (72, 40, "ISSN : 2000-3333", 9),
        (72, 52, "Jurnal Pemberdayaan Contoh Volume 3, Nomor 2, Desember 2016", 9),
        centred("Pemberdayaan Perempuan Melalui Warung Bersama", 100, 14, "hebo"),
        centred("Oleh:", 124, 11),
        centred("SITI MARYAMAH", 138, 11, "hebo"),
        centred("NIM. 12345678", 151, 10),
        centred("Dosen Pembimbing: Dr. Rahmat Sanjaya, M.Si.", 164, 10),
        centred("Program Studi Sosiologi FISIP Universitas Contoh", 177, 10),
        centred("ABSTRAK", 210, 11, "hebo"),
        (72, 228, ID, 9.5),
        (72, 241, ID_MORE, 9.5),
        (72, 258, "Kata kunci : perempuan, warung", 9.5),
        *body(
            290,
            [
                "A. Latar Belakang",
                "B. Kajian Pustaka",
                "C. Metode Penelitian",
                "D. Hasil Penelitian dan Pembahasan",
                "E. Penutup",
            ],
        ),
    ]
    return Article(
        "Pemberdayaan Perempuan Melalui Warung Bersama",
        ["Siti Maryamah"],
        "2016",
        _ID_ENDS,
        None,
        ["perempuan", "warung"],
        "Jurnal Pemberdayaan Contoh",
        [first],
    )


def unicode_marks() -> Article:
    """Raised figures as characters of their own; the year in the journal's line."""
    first: list[Piece] = [
        (72, 40, "Community Work Quarterly, 5(2) (2019) 33-47", 9),
        (72, 60, "Available online at https://example.org/cwq", 8),
        centred("Village Funds and the Quiet Work of Cadres", 100, 16, "hebo"),
        centred("Wahyu Nugroho¹, Indah Permatasari²*, Joko¹", 128, 11),
        centred("¹Universitas Contoh, Indonesia; ²Entah Institute, Indonesia", 144, 9),
        (72, 170, "Submitted: 2018-05-03   Accepted: 2019-01-20   Published: 2019-06-30", 8),
        (72, 200, "ABSTRACT", 10, "hebo"),
        (72, 216, EN, 9.5),
        (72, 229, EN_MORE, 9.5),
        (72, 246, "Keywords: village funds, cadres", 9.5),
        *body(280, ["INTRODUCTION", "METHOD", "FINDINGS AND DISCUSSION", "CONCLUSION"]),
    ]
    return Article(
        "Village Funds and the Quiet Work of Cadres",
        ["Wahyu Nugroho", "Indah Permatasari", "Joko"],
        "2019",
        _EN_ENDS,
        None,
        ["village funds", "cadres"],
        None,
        [first],
    )


def english_thesis() -> Article:
    """A thesis in English: university, kind, title, `by`, supervisor, month."""
    cover: list[Piece] = [
        centred("University of Nowhere", 100, 16),
        centred("Master's Thesis", 140, 12),
        centred("Leaving Well: How Families Decide", 220, 20, "hebo"),
        centred("to Leave Assistance", 244, 20, "hebo"),
        centred("by", 290, 12),
        centred("Amelia Thornbury", 310, 14),
        centred("A thesis submitted in partial fulfilment of the requirements", 420, 11),
        centred("for the degree of Master of Social Science", 436, 11),
        centred("Supervisor: Prof. Dr. Hugo Lang", 470, 11),
        centred("June 2018", 600, 12),
    ]
    abstract: list[Piece] = [centred("Abstract", 80, 14, "hebo"), (72, 120, EN, 10), (72, 134, EN_MORE, 10)]
    ch = [
        [(72, 90, f"{n} {t}", 18, "hebo"), *prose(130, 20)]
        for n, t in (
            (1, "Introduction"),
            (2, "Literature review"),
            (3, "Methodology"),
            (4, "Findings"),
            (5, "Discussion"),
            (6, "Conclusion"),
        )
    ]
    return Article(
        "Leaving Well: How Families Decide to Leave Assistance",
        ["Amelia Thornbury"],
        "2018",
        _EN_ENDS,
        None,
        [],
        "University of Nowhere",
        [cover, abstract, *ch],
    )


def with_history_box() -> Article:
    """`Article Info` beside the abstracts, a short name of the journal in large type."""
    first: list[Piece] = [
        (72, 36, "JKS", 20, "hebo"),
        (72, 54, "Jurnal Kesejahteraan Semu", 11),
        (72, 66, "http://example.org/index.php/jks", 8),
        (380, 54, "JKS 8(1): 1-12", 9),
        (380, 66, "(2023)", 9),
        (72, 110, "Pendamping Desa dan Rapat yang Panjang: Sebuah Etnografi", 15, "hebo"),
        (72, 136, "Muhammad Al Fatih Ridwan ✉ & Ni Luh Ayu Saraswati", 11),
        (72, 152, "Pusat Kajian Desa, Universitas Contoh", 9),
        (72, 180, "Article Info", 9, "hebo"),
        (72, 194, "History:", 8),
        (72, 204, "Received: Maret 2022", 8),
        (72, 214, "Accepted: Mei 2023", 8),
        (72, 224, "Keywords:", 8),
        (72, 234, "village; meetings", 8),
        (220, 180, "Abstract", 9, "hebo"),
        (220, 194, "This study aims to understand how families plan for tomorrow in", 8.5),
        (220, 205, "villages that are far from the market, with interviews that were held", 8.5),
        (220, 216, "over six full months.", 8.5),
        (220, 236, "Abstrak", 9, "hebo"),
        (220, 250, "Penelitian ini bertujuan untuk memahami cara keluarga merencanakan", 8.5),
        (220, 261, "hari esok, dengan wawancara yang dilakukan selama", 8.5),
        (220, 272, "enam bulan penuh.", 8.5),
        *body(310, ["1. Pendahuluan", "2. Metode", "3. Hasil", "4. Diskusi"]),
    ]
    return Article(
        "Pendamping Desa dan Rapat yang Panjang: Sebuah Etnografi",
        ["Muhammad Al Fatih Ridwan", "Ni Luh Ayu Saraswati"],
        "2023",
        _BOTH,
        None,
        ["village", "meetings"],
        "Jurnal Kesejahteraan Semu",
        [first],
        beside=True,
    )


MORE_STYLES: dict[str, Callable[[], Article]] = {
    make.__name__: make
    for make in (side_column, two_columns, capitals_each_row, unicode_marks, english_thesis, with_history_box)
}
