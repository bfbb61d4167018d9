"""Anchors are found again by quotation and context, or said to be orphans; they never shift silently (law 4)."""

from __future__ import annotations

import pytest

from litreview.anchors import Anchor, find_anchor, hash_text, make_anchor

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
