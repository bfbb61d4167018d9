"""Languages of sentences and sections: Indonesian as written and as spoken, English, and others of Indonesia."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.languages import read_rows
from litreview.documents.languages import section_languages
from litreview.language.detect import detect_language
from tests.pdf_making import Piece, make_pdf, read

HELD_OUT = [row for row in read_rows() if row["set"] == "held-out"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_indonesian_or_english_sentence_is_taken_for_another(language: str) -> None:
    told = {row["text"]: detect_language(row["text"]) for row in HELD_OUT if row["language"] == language}
    assert [text for text, found in told.items() if found != language] == []


def test_sentences_in_other_languages_of_indonesia_are_known_as_such() -> None:
    others = [row for row in HELD_OUT if row["language"] == "other"]
    assert {"jv", "su", "mad", "min", "ban", "bug", "bat"} == {row["of"] for row in others}
    missed = [row["text"] for row in others if detect_language(row["text"]) != "other"]
    assert len(missed) <= 0.1 * len(others), missed


def test_one_word_of_another_language_leaves_a_sentence_indonesian() -> None:
    assert detect_language("Inggih, kami sudah menerima bantuan itu selama dua tahun.") == "id"
    assert detect_language("") == detect_language("12 – 34") == "other"


def test_each_section_has_its_language(tmp_path: Path) -> None:
    rows: list[Piece] = [
        (72, 60, "ABSTRACT", 11, "hebo"), (72, 80, "This study describes how the families plan.", 10),
        (72, 120, "PENDAHULUAN", 11, "hebo"), (72, 140, "Keluarga itu tidak hanya hadir, tetapi juga ikut.", 10),
        (72, 180, "HASIL", 11, "hebo"), (72, 200, "Saiki aku wis ora entuk maneh amarga anakku wis lulus kabeh.", 10),
    ]  # fmt: skip
    document = read(make_pdf(tmp_path / "a.pdf", [rows]))
    assert section_languages(document) == ("en", "id", "other")
