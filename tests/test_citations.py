from __future__ import annotations

import pytest

from litreview.synthesis.citations import Reference, format_references, reference_order
from litreview.synthesis.model import Run
from litreview.synthesis.names import give_suffixes, name_study, split_name
from litreview.synthesis.theses import bracket, thesis_kind
from litreview.synthesis.titles import best_spelling, recase
from tests.screening_making import make_document

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
    book = Reference("BOOK", "Buku", (), 2020, "Penerbit")
    assert [marked(one) for one in format_references([ARTICLE, thesis, report, nobody, book], "id")] == [
        "Rahman, A., & Sari, D. (2020). Pendampingan: Studi <kasus> & cerita. *Jurnal Contoh, 5*(2), 11–25. "
        "https://doi.org/10.5555/x",
        "Sukarno. (2019). *Peran pendamping* [Skripsi, Universitas Contoh].",
        "Kementerian Sosial. (2021b). *Laporan*. Kemensos.",
        "Graduation from Poverty. (t.t.). *Journal*.",
        "*Buku*. (2020). Penerbit.",
    ]


def marked(runs: tuple[Run, ...]) -> str:
    """A reference with its italics between asterisks."""
    return "".join(f"*{run.text}*" if run.italic else run.text for run in runs)


def test_nothing_to_cite_is_an_empty_reference() -> None:
    assert format_references([], "id") == ()
    assert format_references([Reference(), ARTICLE], "en")[0] == ()


@pytest.mark.parametrize(
    ("kind", "venue", "said"),
    [
        ("skripsi", "Fakultas Ilmu Sosial Universitas Giri Kencana", "Undergraduate thesis, Universitas Giri Kencana"),
        ("tesis", "UNIVERSITAS GIRI KENCANA", "Master’s thesis, Universitas Giri Kencana"),
        ("phdthesis", "Faculty of Law, Giri Kencana University", "Doctoral dissertation, Giri Kencana University"),
        ("THES", "", "Thesis"),
        ("thesis", "Repository", "Thesis, Repository"),
    ],
)
def test_a_thesis_tells_its_kind_and_university(kind: str, venue: str, said: str) -> None:
    assert bracket(kind, venue, "en") == said


@pytest.mark.parametrize(
    ("kind", "cover", "told"),
    [
        ("THES", "PERAN PENDAMPING\nSKRIPSI\nDiajukan", "skripsi"),
        ("thesis", "TESIS\nsetelah skripsi", "tesis"),
        ("THES", "A Doctoral Dissertation", "disertasi"),
        ("tesis", "SKRIPSI", "tesis"),
        ("THES", "Peran pendamping", "thes"),
    ],
)
def test_the_cover_tells_what_an_export_calls_thesis(kind: str, cover: str, told: str) -> None:
    assert thesis_kind(kind, make_document([(("front",), "", [cover])])) == told
    assert thesis_kind("THES", None) == "thes"


def test_references_are_sorted_as_apa_sorts_them() -> None:
    ordered = [
        "Alam, B. (2019). T.", "Al Hakim, B. (2020). T.", "Sari, D. (n.d.). Z.", "Sari, D. (2019). The art.",
        "Sari, D. (2019). Body.", "Sari, D., & Ali. (2018). T.", "Sarita, A. (2010). T.", "The zoo. (2011). T.",
    ]  # fmt: skip
    mixed = [(Run(text),) for text in ordered[::-1]]
    assert sorted(mixed, key=reference_order) == [(Run(text),) for text in ordered]


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
