from __future__ import annotations

import pytest

from litreview.synthesis.citations import Reference, format_references
from litreview.synthesis.names import give_suffixes, name_study, split_name
from litreview.synthesis.titles import best_spelling, recase

TITLE = "Pendampingan: Studi <kasus> & cerita"
ARTICLE = Reference(
    "JOUR", TITLE, ("Rahman, Abdul", "Dewi Sari"), 2020, "Jurnal Contoh", "5", "2", "11--25", "10.5555/x"
)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Rahman, Abdul", ("Rahman", "Abdul")),
        ("Dewi Sari, S.Sos., M.Si.", ("Sari", "Dewi")),
        ("Dr. A. B. Putra", ("Putra", "A. B.")),
        ("H. Ahmad Fauzi, M.A.", ("Fauzi", "Ahmad")),
        ("Wijaya, M.", ("Wijaya", "M.")),
        ("Alkadrie, M. Yusran", ("Alkadrie", "M. Yusran")),
        ("Hidayat, M. Rizki", ("Hidayat", "M. Rizki")),
        ("Rahman, A. Fauzi", ("Rahman", "A. Fauzi")),
        ("Shihab, M. Quraish", ("Shihab", "M. Quraish")),
        ("Putri, S. Dewi", ("Putri", "S. Dewi")),
        ("Nur Hidayah SPd", ("Hidayah", "Nur")),
        ("Nur Hidayah, S. Pd., M. Kesos.", ("Hidayah", "Nur")),
        ("Ratna Sari, SE, MM", ("Sari", "Ratna")),
        ("Lestari, M.A.", ("Lestari", "M.A.")),
        ("John Smith, Ph.D.", ("Smith", "John")),
        ("Sukarno", ("Sukarno", "")),
        ("Kementerian Sosial", ("Kementerian Sosial", "")),
        ("", ("", "")),
    ],
)
def test_names_are_split_without_titles_and_degrees(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


def test_a_study_is_named_as_apa_names_it() -> None:
    assert name_study(("Rahman, A.", "Sari, D."), 2020, "T").id == "Rahman & Sari (2020)"
    three = name_study(("Rahman, A.", "Sari, D.", "Ali"), 2020, "T", "a")
    assert (three.id, three.en) == ("Rahman dkk. (2020a)", "Rahman et al. (2020a)")
    assert name_study((), None, "One two three four five six").en == "“One two three four five …” (n.d.)"


def test_letters_part_the_same_name_and_year_by_title() -> None:
    assert give_suffixes([("Sari (2020)", "B"), ("Ali (2020)", "C"), ("Sari (2020)", "A")]) == ("b", "", "a")


def test_an_article_a_thesis_a_report_and_a_work_without_an_author() -> None:
    thesis = Reference("skripsi", "Peran pendamping", ("Sukarno",), 2019, "Universitas Contoh")
    report = Reference("RPRT", "Laporan", ("Kementerian Sosial",), 2021, "Kemensos", suffix="b")
    nobody = Reference("", "Graduation from Poverty", (), None, "Journal", language="en")
    assert format_references([ARTICLE, thesis, report, nobody], "id") == (
        "Rahman, A., & Sari, D. (2020). Pendampingan: Studi <kasus> & cerita. Jurnal Contoh, 5(2), 11–25. "
        "https://doi.org/10.5555/x",
        "Sukarno. (2019). Peran pendamping [Skripsi]. Universitas Contoh.",
        "Kementerian Sosial. (2021b). Laporan. Kemensos.",
        "Graduation from Poverty. (t.t.). Journal.",
    )


def test_nothing_to_cite_is_an_empty_reference() -> None:
    assert format_references([], "id") == ()
    assert format_references([Reference(), ARTICLE], "en")[0] == ""


PROSE = (
    "Di sana peran pendamping PKH besar. Peran itu di Banyurejo. Warga Banyurejo senang.\n"
    "Peserta Program Keluarga Harapan adalah keluarga penerima manfaat, kata Keluarga Penerima Manfaat. Ada harapan.\n"
    "Maka keluarga penerima manfaat hadir. Dinas Kabupaten Tirtasari memberi data; bantuan di Kabupaten Tirtasari.\n"
    "In families of the Family Hope Program each family, says the Family Hope Program, is a family of its own."
)


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("PERAN PKH: STUDI DI BANYUREJO", "Peran PKH: Studi di Banyurejo"),
        ("Peran PKH", "Peran PKH"),
        ("", ""),
        ("peran pendamping pkh di banyurejo", "Peran pendamping PKH di Banyurejo"),
        ("GEOGRAFIS PEMBERIAN BANTUAN PADA KABUPATEN TIRTASARI",
         "Geografis pemberian bantuan pada Kabupaten Tirtasari"),
        ("HARAPAN KELUARGA PENERIMA MANFAAT PKH", "Harapan keluarga penerima manfaat PKH"),
        ("PENDAMPING PROGRAM KELUARGA HARAPAN (PKH)", "Pendamping Program Keluarga Harapan (PKH)"),
        ("HOPE OF FAMILIES FROM THE FAMILY HOPE PROGRAM", "Hope of families from the Family Hope Program"),
        ("Peran Pendamping dalam Pemberian Bantuan di Kabupaten Wanasari",
         "Peran pendamping dalam pemberian bantuan di Kabupaten Wanasari"),
        ("BELAJAR MELEPAS (STUDI FENOMENOLOGI)", "Belajar melepas (studi fenomenologi)"),
        ("Antara surut dan pasang: kerja PKH", "Antara surut dan pasang: Kerja PKH"),
        ("Melepas Bantuan, Menjemput Harapan di Wanasari", "Melepas bantuan, menjemput harapan di Wanasari"),
        ("PERAN DESA DI DESA WANASARI", "Peran desa di Desa Wanasari"),
    ],
)  # fmt: skip
def test_a_title_becomes_a_sentence_with_names_as_the_text_writes_them(title: str, written: str) -> None:
    assert recase(title, PROSE) == written


def test_without_text_only_capitals_are_recased_and_known_names_stay_whole() -> None:
    assert (
        recase("Dari Penerima Menjadi Pemberi: Catatan Lapangan", "")
        == "Dari Penerima Menjadi Pemberi: Catatan Lapangan"
    )
    assert recase("FAMILY HOPE PROGRAM IN GARUT REGENCY", "", ["Family Hope Program"]) == (
        "Family Hope Program in Garut Regency"
    )


def test_another_spelling_of_the_same_title_goes_before_capitals() -> None:
    assert best_spelling("PERAN PKH DI GARUT", "Peran PKH di Garut") == "Peran PKH di Garut"
    assert best_spelling("PERAN PKH DI GARUT", "Peran PKH di Bandung") == "PERAN PKH DI GARUT"
    assert best_spelling("PERAN PKH DI GARUT", "peran pkh di garut") == "PERAN PKH DI GARUT"
    assert best_spelling("Peran PKH di Garut", "") == "Peran PKH di Garut"
