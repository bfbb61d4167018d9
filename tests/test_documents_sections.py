from __future__ import annotations

from pathlib import Path

import pytest

from litreview.documents.headings import chapter_kinds, named_kinds, numbering, run_in_abstract
from litreview.documents.model import Document
from tests.pdf_making import FULL, Piece, make_pdf, of_kind, read

BODY = FULL + "."


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("ABSTRAK", ("abstract",)),
        ("BAB I PENDAHULUAN", ("introduction",)),
        ("2. Tinjauan Pustaka", ("theory",)),
        ("METODE PENELITIAN", ("method",)),
        ("Hasil dan Pembahasan", ("results", "discussion")),
        ("BAB IV HASIL PENELITIAN DAN PEMBAHASAN", ("results", "discussion")),
        ("Temuan dan Analisis", ("results", "discussion")),
        ("4 Results & Discussion", ("results", "discussion")),
        ("KESIMPULAN DAN SARAN", ("conclusion", "recommendation")),
        ("Saran", ("recommendation",)),
        ("Kata Pengantar", ("front",)),
        ("DAFTAR ISI", ("front",)),
        ("Daftar Rujukan", ("references",)),
        ("Main References", ("references",)),
        ("D A F T A R P U S T A K A", ()),
        ("P E N D A H U L U A N", ("introduction",)),
        ("Lampiran 2", ("appendix",)),
        ("Ucapan Terima Kasih", ("acknowledgements",)),
        ("3 Results for the unsupervised methods", ("results",)),
        ("Some Experiments", ("results",)),
        ("Hasil Wawancara dengan Keluarga", ("results",)),
        ("Hasil Belajar", ()),
        ("Metode Factor Rating", ()),
        ("Teknik Analisis Data", ()),
        ("Hasil dan Kentang", ()),
        ("", ()),
    ],
)
def test_what_a_heading_names(heading: str, kinds: tuple[str, ...]) -> None:
    assert named_kinds(heading) == kinds


def test_numbering_of_headings() -> None:
    assert numbering("BAB IV HASIL") == ("chapter", "IV", "HASIL")
    assert numbering("4.2.1 Perkenalan") == ("decimal", "4.2.1", "Perkenalan")
    assert numbering("3. 1 Kebutuhan") == ("decimal", "3. 1", "Kebutuhan")
    assert numbering("IV. TEMUAN") == ("roman", "IV", "TEMUAN")
    assert numbering("a. butir") == ("", "", "a. butir")
    assert chapter_kinds("III") == ("method",)
    assert chapter_kinds("VIII") == ("other",)


def test_an_abstract_may_begin_with_its_heading() -> None:
    assert run_in_abstract("Abstrak - Penelitian ini …") == len("Abstrak - ")
    assert run_in_abstract("Abstrak penelitian ini …") == 0


def article(tmp_path: Path, headings: list[tuple[str, str]], name: str = "a.pdf") -> Document:
    """An article of headings (text, font), two lines of body under each."""
    pieces: list[Piece] = [(72, 80, "Judul Artikel tentang Keluarga dan Pendamping", 16, "hebo")]
    y = 130.0
    for text, font in headings:
        pieces += [(72, y, text, 11, font), (72, y + 20, FULL), (72, y + 34, BODY)]
        y += 68
    return read(make_pdf(tmp_path / name, [pieces]))


def test_subheadings_inherit_unless_they_name_another(tmp_path: Path) -> None:
    document = article(
        tmp_path,
        [
            ("1. PENDAHULUAN", "hebo"), ("2. METODE", "hebo"), ("3. HASIL", "hebo"), ("3.1 Mengenali Keluarga", "hebo"),
            ("3.2 Pembahasan", "hebo"), ("4. SIMPULAN", "hebo"), ("DAFTAR PUSTAKA", "hebo"),
        ],
    )  # fmt: skip
    found = [(s.heading, s.kinds, s.level) for s in document.sections if s.heading]
    assert found == [
        ("1. PENDAHULUAN", ("introduction",), 1),
        ("2. METODE", ("method",), 1),
        ("3. HASIL", ("results",), 1),
        ("3.1 Mengenali Keluarga", ("results",), 2),
        ("3.2 Pembahasan", ("discussion",), 2),
        ("4. SIMPULAN", ("conclusion",), 1),
        ("DAFTAR PUSTAKA", ("references",), 1),
    ]
    results = next(s for s in document.sections if s.kinds == ("results",) and s.level == 1)
    inner = next(s for s in document.sections if s.level == 2)
    assert results.start < inner.start < inner.end <= results.end
    assert document.section_at(inner.start + 30) == inner


def chapter(number: str, name: str) -> list[Piece]:
    heads: list[Piece] = [(270, 80, f"BAB {number}", 12, "hebo"), (220, 98, name, 12, "hebo")]
    return [*heads, (72, 140, FULL), (72, 154, BODY)]


def test_a_chapter_is_joined_with_its_name_and_contents_open_no_sections(tmp_path: Path) -> None:
    contents: list[Piece] = [(240, 80, "DAFTAR ISI", 12, "hebo")]
    for i, name in enumerate(["BAB I PENDAHULUAN", "BAB IV HASIL DAN PEMBAHASAN", "4.1 Lokasi", "DAFTAR PUSTAKA"]):
        contents.append((72, 120 + 16 * i, f"{name} {'.' * 60} {i + 1}"))
    names = [("I", "PENDAHULUAN"), ("III", "METODE PENELITIAN"), ("IV", "KEHIDUPAN DI DESA"), ("V", "PENUTUP")]
    chapters = [chapter(number, name) for number, name in names]
    document = read(make_pdf(tmp_path / "a.pdf", [contents, *chapters]))
    assert [(s.heading, s.kinds[0]) for s in document.sections] == [
        ("DAFTAR ISI", "front"), ("BAB I PENDAHULUAN", "introduction"), ("BAB III METODE PENELITIAN", "method"),
        ("BAB IV KEHIDUPAN DI DESA", "results"), ("BAB V PENUTUP", "conclusion"),
    ]  # fmt: skip


def test_references_are_entries_without_sentences(tmp_path: Path) -> None:
    pieces: list[Piece] = [(72, 80, "DAFTAR PUSTAKA", 12, "hebo")]
    long = "(2019). Judul yang panjang sekali tentang keluarga dan bantuan yang mereka"
    pieces += [(72, 110, f"Wulandari, S. {long}"), (100, 124, "terima. Jurnal Karangan, 3(1), 1-9.")]
    pieces += [(72, 138, "Umar, B. (2020). Buku. Penerbit."), (72, 152, f"Yusuf, T. {long}"), (100, 166, "cari. Pers.")]
    document = read(make_pdf(tmp_path / "a.pdf", [pieces]))
    assert [text[:8] for text in of_kind(document, "reference")] == ["Wulandar", "Umar, B.", "Yusuf, T"]
    assert document.sentences == ()
