"""The pattern language of cues: what each sign matches, and errors that name the column."""

from __future__ import annotations

import pytest

from litreview.coding.cues import CueError, Sets, parse_cue
from litreview.coding.matching import Matcher, find
from litreview.coding.reading import Names, read_words

SETS = Sets({"lack": ["=kurang", "=minim", "tidak ada"], "money": ["=modal", "=dana"]})


def places(cue: str, sentence: str, language: str = "id", names: dict[str, list[str]] | None = None) -> list[str]:
    """The words that a cue matches in a sentence, each place joined by spaces."""
    matcher = Matcher([("code", parse_cue(cue, SETS))])
    tokens = read_words(sentence, language, matcher, Names(names or {}).find(sentence))
    return [" ".join(tokens.texts[i] for i in place) for c in matcher.cues for place in find(c, tokens.words)]


@pytest.mark.parametrize(
    ("cue", "sentence", "found"),
    [
        ("semangat", "Pendamping menyemangati ibu-ibu.", ["menyemangati"]),
        ("=semangat", "Pendamping menyemangati ibu-ibu.", []),
        ("=semangat", "Semangatnya tinggi.", ["Semangatnya"]),
        ("menyem*", "Pendamping menyemangati ibu.", ["menyemangati"]),
        ("(modal|dana) usaha", "Dana usaha habis.", ["Dana usaha"]),
        ("modal usaha? kecil", "Modal kecil habis.", ["Modal kecil"]),
        ("modal usaha? kecil", "Modal usaha kecil habis.", ["Modal usaha kecil"]),
        ("modal ..2 habis", "Modal itu sudah habis.", ["Modal habis"]),
        ("modal ..2 habis", "Modal yang itu sudah lama habis.", []),
        ("modal ..5 habis", "Modal ada; uang habis.", []),
        ("modal ... habis", "Modal ada; uang habis.", ["Modal habis"]),
        ("modal ..5 habis", "Modal ada, namun uang habis.", []),
        ("habis & modal", "Modal mereka habis.", ["Modal habis"]),
        ("habis & modal", "Modal ada; uang habis.", []),
        ("habis && modal", "Modal ada; uang habis.", ["Modal habis"]),
        ("modal !peneliti", "Modal peneliti habis.", []),
        ("<lack> ..1 <money>", "Minim dana dan tidak ada modal.", ["Minim dana", "tidak ada modal"]),
        ("=ibu-ibu", "Ibu-ibu datang.", ["Ibu-ibu"]),
        ("=anak", "Anak-anaknya sekolah.", ["Anak-anaknya"]),
    ],
)
def test_signs(cue: str, sentence: str, found: list[str]) -> None:
    assert places(cue, sentence) == found


def test_english_stems_and_compounds() -> None:
    assert places("motivate ..2 family", "It motivated the families.", "en") == ["motivated families"]
    assert places("self-confidence", "Their self-confidence grew.", "en") == ["self confidence"]


def test_a_name_of_several_words_stands_as_one() -> None:
    names = {"pkh": ["Program Keluarga Harapan"]}
    assert places("harapan", "Program Keluarga Harapan menumbuhkan harapan.", names=names) == ["harapan"]
    assert places("=pkh", "Program  keluarga\nHarapan dimulai.", names=names) == ["pkh"]


def test_options_are_read() -> None:
    cue = parse_cue("beban kerja [stated] [role facilitator] [in results discussion] [weak] [id]")
    assert (cue.asks, cue.role, cue.sections, cue.weight, cue.language) == (
        "stated", "facilitator", ("results", "discussion"), "weak", "id",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cue", "column"),
    [
        ("modal (usaha|dana", 7),
        ("modal ..3", 7),
        ("..3 modal", 1),
        ("modal <lak>", 7),
        ("modal %", 7),
        ("modal [hadir]", 7),
        ("", 1),
        ("modal )", 7),
        ("modal !", 8),
        ("usaha?", 1),
        ("modal (usaha?|dana)", 8),
    ],
)
def test_errors_name_the_column(cue: str, column: int) -> None:
    with pytest.raises(CueError) as caught:
        parse_cue(cue, SETS)
    assert caught.value.column == column
    assert f"column {column}" in str(caught.value)


def test_a_set_that_contains_itself_is_told() -> None:
    with pytest.raises(CueError, match="contains itself"):
        parse_cue("<a>", Sets({"a": ["<b>"], "b": ["<a>"]}))


def test_places_after_titles_are_not_stemmed() -> None:
    assert places("sejahtera", "Desa Kesejahteraan Baru sepi.") == []
    assert places("sejahtera", "Kesejahteraan keluarga naik.") == ["Kesejahteraan"]
