"""`litreview dedupe`: duplicates in any exports, without a review."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command_making import call, well

TITLE = "Pendampingan keluarga menuju graduasi mandiri"
HEAD = "record_id,title,authors,year,journal,volume,pages,doi\n"
ROW = f'x1,{TITLE},"Sari, Dewi",2020,Jurnal A,3,11-20,10.5555/a\n'
RIS = f"TY  - JOUR\nTI  - {TITLE}\nAU  - Sari, D\nPY  - 2020\nDO  - 10.5555/A\nER  - \n"
THESIS = f"TY  - THES\nTI  - {TITLE}\nAU  - Sari, Dewi\nPY  - 2019\nER  - \n"


def table(path: Path, *rows: str) -> Path:
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return path


def ris(path: Path, *entries: str) -> Path:
    path.write_text("".join(entries), encoding="utf-8")
    return path


def told(*paths: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(well("dedupe", *map(str, paths), "--json", "--language", "en"))
    return found


def test_groups_are_lists_of_the_files_own_ids(tmp_path: Path) -> None:
    found = told(table(tmp_path / "a.csv", ROW, "x2,Hal lain,,2011,,,,\n", ROW.replace("x1", "x3")))
    assert found["groups"] == [["x1", "x3"]]
    assert found["reasons"] == [["Same DOI as x1: 10.5555/a."]]
    assert (found["records"], found["duplicates"], found["unsure"], found["one_study"]) == (3, 1, [], [])


def test_without_own_ids_they_are_file_and_number_and_files_are_held_together(tmp_path: Path) -> None:
    one, other = ris(tmp_path / "a.ris", THESIS, RIS), table(tmp_path / "b.csv", ROW)
    found = told(one, other)
    article = f"{one.as_posix()}:2"
    assert found["groups"] == [[article, "x1"]]
    assert found["one_study"] == [[f"{one.as_posix()}:1", article]]
    assert [file["records"] for file in found["files"]] == [2, 1]


def test_an_id_that_two_records_have_names_neither(tmp_path: Path) -> None:
    one, other = table(tmp_path / "a.csv", ROW), table(tmp_path / "b.csv", ROW)
    assert told(one, other)["groups"] == [[f"{one.as_posix()}:1", f"{other.as_posix()}:1"]]


def test_a_folder_is_searched_for_exports_and_a_file_counts_once(tmp_path: Path) -> None:
    (tmp_path / "note.pdf").write_bytes(b"%PDF-1.4")
    export = ris(tmp_path / "a.ris", RIS, RIS)
    assert [file["file"] for file in told(tmp_path, export)["files"]] == [export.as_posix()]


@pytest.mark.parametrize("bad", [b"%PDF-1.7 none", b"", b"\x00\x01", b"<html>Please sign in</html>"])
def test_a_wrong_file_costs_that_file_only(tmp_path: Path, bad: bytes) -> None:
    wrong = tmp_path / "wrong.ris"
    wrong.write_bytes(bad)
    result = call("dedupe", str(wrong), str(ris(tmp_path / "a.ris", RIS, RIS)), "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert len(found["groups"]) == 1
    assert [one["file"] for one in found["not_read"]] == [wrong.as_posix()]
    assert wrong.as_posix() in result.stderr


def test_an_absent_file_is_misuse_after_the_others_were_told(tmp_path: Path) -> None:
    result = call("dedupe", str(tmp_path / "none.ris"), str(ris(tmp_path / "a.ris", RIS)), "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["records"] == 1
    assert "none.ris" in result.stderr


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    result = call("dedupe", str(tmp_path))
    assert (result.exit_code, result.stdout.strip()) == (2, "")


def test_people_read_counts_examples_and_what_to_do_next(tmp_path: Path) -> None:
    rows = [
        ROW.replace("x1", f"x{n}").replace("/a", f"/{n // 2}").replace(TITLE, f"{TITLE} {n // 2}") for n in range(14)
    ]
    output = well("dedupe", str(table(tmp_path / "a.csv", *rows)), "--language", "en")
    assert "14 records tell of 7 publications: 7 are copies, in 7 groups." in output
    assert "and 2 more" in output
    assert "litreview run" in output
    assert "[x13]" not in output
    assert "[x13]" in well("dedupe", str(tmp_path / "a.csv"), "--all", "--language", "en")


def test_people_read_it_in_indonesian(tmp_path: Path) -> None:
    output = well("dedupe", str(ris(tmp_path / "a.ris", RIS, RIS)), "--language", "id")
    assert "2 entri memuat 1 publikasi" in output
    assert "DOI sama dengan" in output
