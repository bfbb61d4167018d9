from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.plain_making import PROSE, document_of, kinds_of, of_kind, say

ENTRIES = (
    ("KATA PENGANTAR", "iv"), ("BAB I PENDAHULUAN", "1"), ("A. Latar Belakang Masalah", "1"),
    ("BAB II TINJAUAN PUSTAKA", "9"), ("BAB III METODE PENELITIAN", "21"), ("BAB IV HASIL DAN PEMBAHASAN", "30"),
    ("DAFTAR PUSTAKA", "58"),
)  # fmt: skip
SECTIONS = {"BAB I PENDAHULUAN": "introduction", "BAB III METODE PENELITIAN": "method",
            "BAB IV HASIL DAN PEMBAHASAN": "results"}  # fmt: skip


def make_typed(path: Path, lines: list[str], heading: str = "DAFTAR ISI") -> Path:
    """A thesis in Word whose table of contents was typed line by line."""
    document = docx.Document()
    for line in filter(None, (heading, *lines)):
        say(document, line, bold=line == heading)
    for name in SECTIONS:
        say(document, name, bold=True)
        say(document, PROSE * 3)
    document.save(str(path))
    return path


@pytest.mark.parametrize(
    "between",
    [" " + "." * 40 + " ", "." * 30 + "\t", "………………..", "\t", " "],
    ids=["dots", "dots-tab", "ellipses", "tab", "space"],
)
def test_a_typed_table_of_contents_is_contents(tmp_path: Path, between: str) -> None:
    document = document_of(make_typed(tmp_path / "a.docx", [f"{name}{between}{page}" for name, page in ENTRIES]))
    assert kinds_of(document) == {"DAFTAR ISI": "front", **SECTIONS}
    assert len(of_kind(document, "list")) == len(ENTRIES)


def test_a_name_over_two_lines_and_a_number_by_itself_belong_to_it(tmp_path: Path) -> None:
    lines = ["BAB I", "PENDAHULUAN\t1", "BAB II", "HASIL PENELITIAN", "DAN PEMBAHASAN\t12", "DAFTAR PUSTAKA\t40"]
    assert kinds_of(document_of(make_typed(tmp_path / "a.docx", lines))) == {"DAFTAR ISI": "front", **SECTIONS}


def test_leaders_need_no_heading_tabs_do(tmp_path: Path) -> None:
    lines = [f"{name}{'.' * 40}{page}" for name, page in ENTRIES]
    assert kinds_of(document_of(make_typed(tmp_path / "a.docx", lines, heading=""))) == {"": "front", **SECTIONS}
    lines = [f"{name}\t{page}" for name, page in ENTRIES]
    assert "BAB I PENDAHULUAN 1" in kinds_of(document_of(make_typed(tmp_path / "b.docx", lines, heading="")))


def test_the_first_chapter_after_it_is_none_of_its_lines(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("DAFTAR ISI", *(f"{name}\t{page}" for name, page in ENTRIES)):
        say(document, line)
    for chapter, name in (("BAB I", "PENDAHULUAN"), ("BAB II", "HASIL DAN PEMBAHASAN")):
        say(document, chapter, bold=True)
        say(document, name, bold=True)
        say(document, PROSE)
    document.save(str(tmp_path / "a.docx"))
    assert list(kinds_of(document_of(tmp_path / "a.docx"))) == [
        "DAFTAR ISI", "BAB I PENDAHULUAN", "BAB II HASIL DAN PEMBAHASAN"]  # fmt: skip


def test_a_few_lines_that_end_in_numbers_are_text(tmp_path: Path) -> None:
    lines = ["Jumlah keluarga pada tahun 2019", "Jumlah pendamping di desa itu 12", PROSE]
    document = document_of(make_typed(tmp_path / "a.docx", lines))
    assert of_kind(document, "list") == []
