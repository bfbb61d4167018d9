"""Anchors are found again by quotation and context, or said to be orphans; they never shift silently (law 4)."""

from __future__ import annotations

import unicodedata
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview.anchors import Anchor, check_anchor, dense, find_anchor, hash_text, make_anchor
from litreview.errors import AnchorError

TEXT = (
    "Pendamping datang ke rumah. Keluarga menyusun rencana usaha bersama.\n\n"
    "Pada bulan berikutnya kelompok bertemu lagi. Keluarga menyusun rencana usaha bersama. Hasilnya tampak."
)
QUOTE = "Keluarga menyusun rencana usaha bersama."


def anchored(text: str, quote: str, nth: int = 0) -> Anchor:
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return make_anchor(text, start, start + len(quote))


def found_in(anchor: Anchor, text: str) -> str | None:
    place = find_anchor(anchor, text, hash_text(text))
    return None if place is None else text[place[0] : place[1]]


def test_offsets_count_code_points() -> None:
    text = "😀 Ibu 👩‍👩‍👧 berkata: maju"
    anchor = anchored(text, "maju")
    assert (anchor.start, anchor.end) == (text.index("maju"), len(text))
    assert text[anchor.start : anchor.end] == anchor.quote == "maju"
    assert found_in(anchor, "😀😀" + text) == "maju"


def test_combining_marks_stay_as_they_are() -> None:
    text = "Kata e\u0301 dan é tidak sama di dalam naskah ini"
    anchor = anchored(text, "e\u0301 dan")
    assert anchor.end - anchor.start == 6
    assert find_anchor(anchor, text, anchor.text_hash) == (anchor.start, anchor.end)


@pytest.mark.parametrize("nth", [0, 1])
def test_a_repeated_sentence_is_found_by_its_context(nth: int) -> None:
    anchor = anchored(TEXT, QUOTE, nth)
    grown = "Kata pengantar yang baru. " + TEXT
    place = find_anchor(anchor, grown, hash_text(grown))
    assert place == (anchor.start + 26, anchor.end + 26)


def test_text_that_moved_as_a_whole_is_found() -> None:
    one, two = TEXT.split("\n\n")
    moved = f"{two}\n\n{one}"
    anchor = anchored(TEXT, QUOTE)
    assert find_anchor(anchor, moved, hash_text(moved)) == (moved.rindex(QUOTE), moved.rindex(QUOTE) + len(QUOTE))


def test_other_spaces_and_line_ends_around_do_not_matter() -> None:
    assert found_in(anchored(TEXT, QUOTE, 1), TEXT.replace("lagi. Kel", "lagi.\n\nKel")) == QUOTE


def test_what_is_gone_is_an_orphan() -> None:
    assert found_in(anchored(TEXT, "Hasilnya tampak"), "Teks lain sama sekali.") is None
    assert found_in(anchored(TEXT, QUOTE), "") is None


def test_the_same_words_elsewhere_are_not_the_passage() -> None:
    anchor = anchored("Responden ketiga menjawab tidak atas pertanyaan itu.", "tidak")
    assert found_in(anchor, "Responden ketiga menjawab. Harga pasar tidak stabil.") is None
    twice = anchored(TEXT, QUOTE, 1)
    assert found_in(twice, TEXT.split("\n\n")[0]) is None


def test_equal_context_twice_is_an_orphan() -> None:
    anchor = anchored("Baris yang sama. Kata.", "sama")
    twice = "Baris yang sama. Kata. Baris yang sama. Kata."
    assert found_in(anchor, twice) is None


def test_a_text_that_is_all_quotation_is_found() -> None:
    anchor = make_anchor("Selesai.", 0, 8)
    assert (anchor.prefix, anchor.suffix) == ("", "")
    assert found_in(anchor, "Bab lima. Selesai.") == "Selesai."


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (-1, 2), (0, 99)])
def test_no_anchor_without_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no text between"):
        make_anchor("pendek", start, end)


def test_the_same_text_has_the_same_hash() -> None:
    assert hash_text("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert hash_text("a\ud800") != hash_text("a")


# Other readings of the same pages

RAW = "Hal ini efisien untuk para pendam-\nping di lapangan, kata Ibu Sri “kami mau” sambil tersenyum lebar."
WORDS = "efisien untuk para pendam-\nping di lapangan"


@pytest.mark.parametrize(
    ("other", "there"),
    [
        (RAW.replace("fi", "ﬁ"), "eﬁsien untuk para pendam-\nping di lapangan"),
        (RAW.replace("-\n", ""), "efisien untuk para pendamping di lapangan"),
        (RAW.replace("pendam-\nping", "pendam\u00adping"), "efisien untuk para pendam\u00adping di lapangan"),
        (RAW.replace(" para ", "\u00a0para\u2009"), "efisien untuk\u00a0para\u2009pendam-\nping di lapangan"),
        (RAW.replace("untuk", "un\u200btuk"), "efisien un\u200btuk para pendam-\nping di lapangan"),
        (RAW.replace("di lapangan", "dilapangan"), "efisien untuk para pendam-\nping dilapangan"),
        (RAW.replace("“", '"').replace("”", '"'), WORDS),
        ("\ud800 " + RAW, WORDS),
    ],
    ids=["ligature", "line-end", "soft-hyphen", "spaces", "zero-width", "lost-space", "quotes", "surrogate"],
)
def test_another_setting_of_the_same_words_is_found(other: str, there: str) -> None:
    assert found_in(anchored(RAW, WORDS), other) == there


def test_marks_that_combine_are_found_composed_and_apart() -> None:
    composed = "Menurut Café Élan di kota itu, keluarga é sudah mandiri sejak lama."
    apart = unicodedata.normalize("NFD", composed)
    assert found_in(anchored(composed, "keluarga é sudah"), apart) == "keluarga e\u0301 sudah"
    assert found_in(anchored(apart, "Cafe\u0301"), composed) == "Café"
    assert found_in(anchored(apart, "keluarga e\u0301"), composed) == "keluarga é"


def test_text_from_right_to_left_is_found_with_and_without_marks_of_direction() -> None:
    plain = "Ayat itu berbunyi: الله مع الصابرين dan dibaca bersama pada setiap pertemuan."
    marked = plain.replace("الله", "\u202bالله").replace("الصابرين", "الصابرين\u202c")
    assert found_in(anchored(plain, "مع الصابرين dan"), marked) == "مع الصابرين\u202c dan"
    assert found_in(anchored(marked, "مع الصابرين\u202c dan"), plain) == "مع الصابرين dan"


def test_emoji_of_several_signs_are_found_whole() -> None:
    text = "Mereka menulis di grup: maju terus 👩‍👩‍👧🏽 bersama keluarga di desa kami."
    assert found_in(anchored(text, "terus 👩‍👩‍👧🏽"), "😀😀 " + text) == "terus 👩‍👩‍👧🏽"


def test_a_word_is_not_found_inside_another() -> None:
    anchor = anchored("Para informan berkata mereka tidak lagi menerima bantuan dari siapa pun.", "tidak")
    assert found_in(anchor, "Para informan berkata mereka tidaklah lagi menerima bantuan dari siapa pun.") is None
    inner = anchored("Para informan berkata ketidakadilan itu nyata bagi kami semua.", "tidak")
    assert found_in(inner, "Bab. Para informan berkata ketidakadilan itu nyata bagi kami semua.") == "tidak"


def test_the_same_words_in_the_same_context_are_told_apart_by_their_page() -> None:
    page = "Tabel ringkas hasil wawancara.\nSemua keluarga setuju.\nSumber: data primer peneliti.\n"
    text, other = page + page, "Judul.\n" + page + page
    second = make_anchor(text, text.rindex("Semua"), text.rindex("Semua") + len("Semua keluarga setuju."))
    assert find_anchor(second, other, hash_text(other)) is None
    start = other.rindex("Tabel")
    assert find_anchor(second, other, hash_text(other), (start, len(other))) == (
        other.rindex("Semua"), other.rindex("Semua") + len("Semua keluarga setuju."),
    )  # fmt: skip


def test_words_read_a_little_otherwise_are_found_between_their_contexts() -> None:
    before, after = "Pendamping datang setiap pekan. ", " Begitulah kata kepala desa itu."
    anchor = anchored(f"{before}Kel0mpok bertemu di ba1ai desa untuk menyusun usaha.{after}",
                      "Kel0mpok bertemu di ba1ai desa untuk menyusun usaha.")  # fmt: skip
    read_again = f"BAB IV. {before}Kelompok bertemu di balai desa untuk menyusun usaha.{after}"
    assert found_in(anchor, read_again) == "Kelompok bertemu di balai desa untuk menyusun usaha."
    assert found_in(anchor, read_again + " " + read_again) is None
    assert found_in(anchor, f"BAB IV. {before}Tidak seorang pun datang ke sana sejak bulan itu.{after}") is None
    assert found_in(anchor, f"BAB IV. {before}{after}") is None


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"text_hash": "0" * 64}, "another text"),
        ({"start": 5, "end": 5}, "no text between 5 and 5"),
        ({"start": -1}, "no text between -1"),
        ({"end": 10_000}, "characters"),
        ({"start": 3}, "not “Keluarga"),
        ({"quote": "Keluarga menyusun rencana usaha bersama"}, "not “Keluarga"),
        ({"quote": ""}, "not “”"),
        ({"prefix": "lain"}, "Other words stand around"),
        ({"suffix": "lain"}, "Other words stand around"),
    ],
)
def test_an_anchor_that_is_not_true_is_refused(changed: dict[str, Any], why: str) -> None:
    anchor = msgspec.structs.replace(anchored(TEXT, QUOTE), **changed)
    with pytest.raises(AnchorError, match=why):
        check_anchor(anchor, TEXT, hash_text(TEXT))


def test_a_true_anchor_is_let_pass() -> None:
    check_anchor(anchored(TEXT, QUOTE, 1), TEXT, hash_text(TEXT))


@given(st.text(min_size=1, max_size=60), st.text(max_size=40), st.text(max_size=40))
def test_what_is_found_is_the_quotation_or_another_setting_of_it(quote: str, before: str, after: str) -> None:
    anchor = anchored(before + quote + after, quote)
    other = "Kata pengantar " + unicodedata.normalize("NFKC", before + quote + after)
    place = find_anchor(anchor, other, hash_text(other))
    if place is not None:
        assert 0 <= place[0] < place[1] <= len(other)
        assert dense(quote).text in dense(other[place[0] : place[1]]).text
