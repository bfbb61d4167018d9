from __future__ import annotations

import pytest

from litreview.language.detect import detect_language
from litreview.language.sentences import split_sentences


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Penelitian dilakukan di Kab. Tirtasari dan Kec. Watulawang tahun lalu.",
        "Menurut Widodo dkk. (2019) pendamping belum cukup.",
        "Lihat hlm. 23 dan No. 5 pada lampiran.",
        "Saleebey et al. (2013) wrote of strengths.",
        "Informan J. K. Rahman tidak hadir.",
        "Rata-rata 3.5 kunjungan sebulan.",
        "Dr. Sari hadir bersama Prof. Umar.",
    ],
)
def test_abbreviations_initials_and_decimals_do_not_end_a_sentence(sentence: str) -> None:
    assert parts(sentence) == [sentence]


def test_sentences_end_at_marks_with_closing_quotes_and_brackets() -> None:
    text = "“Saya ikut.” Ibu itu tersenyum! Apakah cukup? (Belum.) Lalu ia pulang"
    assert parts(text) == ["“Saya ikut.”", "Ibu itu tersenyum!", "Apakah cukup?", "(Belum.)", "Lalu ia pulang"]


def test_a_list_number_belongs_to_its_sentence() -> None:
    assert parts("1. Menetapkan jadwal. Setelah itu pulang.") == ["1. Menetapkan jadwal.", "Setelah itu pulang."]


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_gives_no_sentences(text: str) -> None:
    assert split_sentences(text) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Pendamping tidak datang pada hari itu karena hujan.", "id"),
        ("The facilitator did not come because of the rain.", "en"),
        ("Kulo mboten saged rawuh, panjenengan mawon sing mangkat.", "other"),
        ("Abdi henteu tiasa sumping ka bumi anjeun.", "other"),
        ("12,5 37 (n = 132)", "other"),
        ("", "other"),
        ("Keberhasilan pendampingan", "id"),
    ],
)
def test_language_of_a_sentence(text: str, language: str) -> None:
    assert detect_language(text) == language
