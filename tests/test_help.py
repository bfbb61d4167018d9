"""Help is told in the language of the review in this folder, else of the system."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_making import call

ENGLISH, INDONESIAN = "Begin a review in FOLDER", "Mulai sebuah tinjauan di FOLDER"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder, on a system that tells no language."""
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))


def review_in(language: str) -> None:
    Path("review.yaml").write_text(f"format: 1\ntitle: {{id: T, en: T}}\nlanguages: [{language}]\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("LANG", "id_ID.UTF-8", INDONESIAN),
        ("LANG", "en_GB.UTF-8", ENGLISH),
        ("LANG", "C.UTF-8", ENGLISH),
        ("LC_ALL", "id_ID", INDONESIAN),
        ("LANG", "", ENGLISH),
    ],
)
def test_the_system_s_language(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(name, value)
    assert told in call("--help").output
    assert told in " ".join(call("init", "--help").output.split())


def test_windows_names_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: ("Indonesian_Indonesia", "1252"))
    assert INDONESIAN in call("--help").output


def test_the_review_in_this_folder_goes_before_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    review_in("id")
    assert INDONESIAN in call("--help").output
    monkeypatch.setenv("LANG", "id_ID.UTF-8")
    review_in("en")
    assert ENGLISH in call("--help").output


def test_the_language_asked_for_goes_before_both() -> None:
    review_in("en")
    said = call("search", "--language", "id", "--help").output
    assert "Cari kalimat dalam semua dokumen" in said
    assert "persis seperti tertulis" in said
    assert said.startswith("Pemakaian: ")
    assert "Opsi:" in said
    assert "[1<=x<=1000]" in said


def test_groups_and_their_commands_are_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "id_ID.UTF-8")
    said = call("codebook", "--help").output
    assert "Perintah:" in said
    assert "Bandingkan buku kode sekarang" in said
    assert "Tampilkan pesan ini lalu keluar." in said


def test_a_review_with_a_fault_does_not_keep_help_back() -> None:
    Path("review.yaml").write_bytes(b"\xff\xfe: [")
    assert ENGLISH in call("--help").output
