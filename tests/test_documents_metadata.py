from __future__ import annotations

from pathlib import Path

import pytest

from litreview.documents.authors import is_name
from litreview.documents.locus import Passage, find_locus, mentions
from litreview.documents.method import DESIGNS, find_method
from litreview.documents.model import Document
from litreview.documents.years import Line, find_years
from tests.pdf_making import FULL, Piece, lines, make_pdf, read

TITLE = "Berjalan Bersama Keluarga: Studi Kasus di Kabupaten"


def front(tmp_path: Path) -> Document:
    """The first page of an article, with all that stands before its text."""
    pieces: list[Piece] = [
        (72, 40, "Jurnal Rumah Sosial, Vol. 6 No. 2, Desember 2017", 9),
        (72, 90, TITLE, 16, "hebo"), (72, 110, "Tirtasari", 16, "hebo"),
        (72, 140, "Ratna Dwi Pangestika, S.Sos., M.Si.1* dan Umar Sholihin2", 11),
        (72, 156, "Universitas Contoh Nusantara, Kota Entah", 10), (72, 170, "Diterima: 3 Januari 2017", 9),
        (72, 184, "https://doi.org/10.5555/rumah.6.2.11", 9),
        (72, 220, "ABSTRAK", 11, "hebo"),
        (72, 240, "Penelitian ini menggunakan metode kualitatif dengan desain studi kasus di Kabupaten", 10),
        (72, 252, "Tirtasari. Keluarga yang didampingi tidak hanya hadir, tetapi juga ikut merencanakan.", 10),
        (72, 268, "Kata kunci: pendampingan; keluarga; graduasi", 10),
        (72, 300, "ABSTRACT", 11, "hebo"),
        (72, 320, "This study used a case study design. The families who were accompanied did not only", 10),
        (72, 332, "attend the meetings, they also planned with the facilitator of the programme.", 10),
        (72, 348, "Keywords: facilitation; family", 10),
        (72, 380, "PENDAHULUAN", 11, "hebo"), (72, 400, FULL), (72, 414, FULL + "."),
    ]  # fmt: skip
    return read(make_pdf(tmp_path / "a.pdf", [pieces]))


def test_the_front_of_an_article(tmp_path: Path) -> None:
    document = front(tmp_path)
    found = document.metadata
    assert found.title is not None
    assert found.title.value == f"{TITLE} Tirtasari"
    assert [author.value for author in found.authors] == ["Ratna Dwi Pangestika", "Umar Sholihin"]
    assert found.year is not None
    assert found.year.value == "2017"
    assert found.doi is not None
    assert found.doi.value == "10.5555/rumah.6.2.11"
    assert document.quote(found.doi.start, found.doi.end) == found.doi.value
    assert found.source is not None
    assert found.source.value == "Jurnal Rumah Sosial"
    assert found.keywords == ("pendampingan", "keluarga", "graduasi", "facilitation", "family")
    assert found.language == "id"


def test_abstracts_by_language_end_before_the_keywords(tmp_path: Path) -> None:
    abstracts = front(tmp_path).metadata.abstracts
    assert list(abstracts) == ["en", "id"]
    assert abstracts["id"].value.startswith("Penelitian ini menggunakan")
    assert abstracts["id"].value.endswith("ikut merencanakan.")
    assert abstracts["en"].value.endswith("of the programme.")


def test_method_and_locus_give_their_evidence(tmp_path: Path) -> None:
    document = front(tmp_path)
    method, regency = document.metadata.method, document.metadata.regency
    assert method is not None
    assert (method.value, document.quote(method.start, method.end).lower()) == ("case-study", "studi kasus")
    assert regency is not None
    assert regency.value == "Kabupaten Tirtasari"
    assert "Tirtasari" in document.quote(regency.start, regency.end)


def dated(*texts: str) -> list[Line]:
    return [Line(text, 10, 10 + len(text), "front") for text in texts]


@pytest.mark.parametrize(
    ("texts", "years"),
    [
        (["Received June 30, 2023; Revised July 2, 2023", "Vol. 2 No. 4 Agustus 2024"], ["2024", "2023"]),
        (["Naskah diterima 3 Maret 2019", "Published August 3, 2020"], ["2020", "2019"]),
        (["UNIVERSITAS CONTOH", "2021"], ["2021"]),
        (["ISSN: 2337-4349", "Telp. 0812-2019-3344"], []),
        ([], []),
    ],
)
def test_the_year_of_the_issue_leads(texts: list[str], years: list[str]) -> None:
    assert [found.value for found in find_years(dated(*texts))] == years


def test_a_year_of_a_running_head_is_shown_where_the_text_tells_it_but_not_by_its_receipt() -> None:
    head, text = Line("Vol. 2 No. 4, 2021", 0, 0, "head"), Line("© 2021", 30, 36, "front")
    received, title = Line("Received 3 May 2021", 30, 49, "front"), Line("Graduasi 2021", 0, 13, "title")
    assert [(one.start, one.end) for one in find_years([head, text])] == [(32, 36)]
    assert [(one.start, one.end) for one in find_years([received, title, head])] == [(0, 0)]


def test_a_year_in_a_title_of_several_rows_is_found_at_its_own_words(tmp_path: Path) -> None:
    title = [(72, 130, "PENGARUH GRADUASI PADA RAPAT", 15), (72, 150, "PARA PENDAMPING TAHUN 2021", 15)]
    body = [(72, 300, "PENDAHULUAN", 11, "hebo"), *lines([FULL + "."] * 9, y=320)]
    document = read(make_pdf(tmp_path / "a.pdf", [[*title, *body]]))
    year = document.metadata.year
    assert year is not None
    assert document.quote(year.start, year.end) == "2021"


@pytest.mark.parametrize(
    ("abstract", "method", "design"),
    [
        ("", "Penelitian ini menggunakan pendekatan kualitatif deskriptif.", "qualitative-descriptive"),
        ("", "Penelitian ini merupakan penelitian deskriptif dengan pendekatan kualitatif.", "qualitative-descriptive"),
        ("Studi fenomenologi ini menggali pengalaman.", "Metodenya adalah fenomenologi.", "phenomenology"),
        ("", "This study used a qualitative approach with a case study design.", "case-study"),
        ("A questionnaire survey was used.", "This study is quantitative research; a survey was conducted.", "survey"),
        ("", "Metode campuran digunakan: survei dan wawancara kualitatif.", "mixed-methods"),
        ("A systematic literature review was conducted.", "", "literature-review"),
        ("Active learning for efficient systematic reviews.", "", ""),
        ("", "Wawancara dilakukan dengan sebelas informan.", ""),
    ],
)
def test_the_design_of_a_study(abstract: str, method: str, design: str) -> None:
    found = find_method([Passage("abstract", abstract, 0), Passage("method", method, 200)])
    assert (found.value if found else "") == design
    assert not design or design in DESIGNS


@pytest.mark.parametrize(
    ("text", "regency"),
    [
        ("Penelitian dilaksanakan di Kabupaten Tirtasari, Provinsi Jawa Barat.", "Kabupaten Tirtasari"),
        ("The study was conducted in Tirtasari Regency, West Java.", "Kabupaten Tirtasari"),
        ("The study was conducted in Sumberwangi City.", "Kota Sumberwangi"),
        ("The study was conducted in the City of Sumberwangi.", "Kota Sumberwangi"),
        ("Penelitian dilakukan di KOTA SUMBERWANGI.", "Kota Sumberwangi"),
        ("Penelitian dilakukan di Kab. Rawajati Jawa Tengah.", "Kabupaten Rawajati"),
        ("Pembangunan Ibu Kota Nusantara dan Kota Layak Anak.", None),
        ("Penelitian dilakukan di sebuah kabupaten.", None),
    ],
)
def test_the_regency_is_written_alike_in_both_languages(text: str, regency: str | None) -> None:
    found = find_locus([Passage("method", text, 0)])["regency"]
    assert (found.value if found else None) == regency


@pytest.mark.parametrize(
    ("text", "after", "value"),
    [
        ("Penelitian dilakukan di Kabupaten Tegalar-", "“\\um. Responden dipilih", "Kabupaten Tegalarum"),
        ("Penelitian dilakukan di Kabupaten Tegalar- um pada 2018.", "", "Kabupaten Tegalarum"),
        ("Penelitian dilakukan di Kabupaten", "Tulang Bawang pada tahun", "Kabupaten Tulang Bawang"),
        ("Penelitian dilakukan di Kabupaten Malang- Jawa Timur.", "", "Kabupaten Malang"),
        ("Penelitian dilakukan di Kabupaten Tegal- dan sekitarnya.", "", "Kabupaten Tegal"),
        ("Penelitian dilakukan di Kabupaten Tegalar-", "", None),
        ("Penelitian dilakukan di kota.", "Kabupaten Lain", None),
    ],
)
def test_a_place_s_name_goes_on_over_a_line_s_end(text: str, after: str, value: str | None) -> None:
    found = find_locus([Passage("method", text, 10, after)])["regency"]
    assert (found.value if found else None) == value
    assert found is None or found.end <= 10 + len(text)


def test_a_place_that_is_cut_at_a_paragraph_s_end_is_whole(tmp_path: Path) -> None:
    pieces: list[Piece] = [
        (72, 80, "METODE PENELITIAN", 12, "hebo"), (72, 100, FULL),
        (72, 114, "Survei dan wawancara pada penelitian ini dilakukan di Kabupaten Tegalar-", 10),
        (72, 160, "“ um. Responden dipilih secara acak dari daftar penerima bantuan yang ada.", 10), (72, 174, FULL),
    ]  # fmt: skip
    document = read(make_pdf(tmp_path / "a.pdf", [pieces]))
    regency = document.metadata.regency
    assert regency is not None
    assert regency.value == "Kabupaten Tegalarum"
    assert document.quote(regency.start, regency.end) == "Kabupaten Tegalar-"


def test_a_list_of_provinces_is_no_place_of_the_study() -> None:
    text = "Wisatawan datang dari Bali, Maluku, Papua, dan Jawa Barat pada musim libur di lokasi penelitian ini."
    assert find_locus([Passage("abstract", text, 0)])["province"] is None


def test_every_level_and_places_of_citations_weigh_less() -> None:
    text = "Lokasi penelitian adalah Desa Karangsambi, Kecamatan Watulawang, Kabupaten Banyurejo, Provinsi Jawa Tengah."
    cited = "Hal serupa terjadi di Kabupaten Lain (Wulandari, 2019). Di Kabupaten Lain pula (Umar, 2020)."
    found = find_locus([Passage("method", text, 0), Passage("method", cited, 200)])
    assert {level: value.value for level, value in found.items() if value} == {
        "village": "Desa Karangsambi", "district": "Kecamatan Watulawang",
        "regency": "Kabupaten Banyurejo", "province": "Provinsi Jawa Tengah",
    }  # fmt: skip
    assert mentions("") == []


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("Ratna Dwi Pangestika", True),
        ("M. Yusran Alkadrie", True),
        ("Jean-Michel O’Brien", True),
        ("Suharto", True),
        ("dan kawan", False),
        ("RT", False),
        ("Laboratorium 3", False),
        ("", False),
    ],
)
def test_what_looks_like_a_name(text: str, yes: bool) -> None:
    assert is_name(text) is yes


def test_a_long_word_of_letters_and_signs_is_no_name_and_is_seen_at_once() -> None:
    assert not is_name("H" + "a" * 60 + "+/")  # it took the rule for names for ever
    assert is_name("Siti M.K. O'Brien-Rahmawati")


def test_a_year_that_running_text_speaks_of_is_none_of_the_issue(tmp_path: Path) -> None:
    rows = ["Penelitian ini bertujuan untuk menelaah pendampingan keluarga dengan mengikuti",
            "pedoman yang dibuat pada 2020 dan dipakai oleh para pendamping di banyak desa."] * 6  # fmt: skip
    assert read(make_pdf(tmp_path / "a.pdf", [lines(rows)])).metadata.year is None
