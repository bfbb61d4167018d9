from __future__ import annotations

import pytest

from litreview.synthesis.citations import Reference, format_references
from litreview.synthesis.names import give_suffixes, name_study, split_name
from litreview.synthesis.titles import recase

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


def test_a_title_in_capitals_is_written_as_the_text_writes_its_words() -> None:
    text = "PERAN PKH\nDi sana peran pendamping PKH besar. Peran itu di Banyurejo. Warga Banyurejo senang."
    assert recase("PERAN PKH: STUDI DI BANYUREJO", text) == "Peran PKH: Studi di Banyurejo"
    assert recase("Peran PKH", text) == "Peran PKH"
    assert recase("", "") == ""
