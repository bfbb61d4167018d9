from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from litreview.errors import message
from litreview.protocol import SAMPLE_MARK
from litreview.report.csvs import render_csv
from litreview.report.table import Column, Table
from litreview.report.tables import build_tables
from tests.report_making import LOAD, make_context

COLUMNS = ["study", "file", "page", "page_end", "printed_page", "section", "voice", "theme", "code", "stance", "coder",
           "status", "quote"]  # fmt: skip


def tables(root: Path, sample: bool = True) -> dict[str, list[dict[str, str]]]:
    made = build_tables(make_context(root, sample=sample))
    return {t.name: list(csv.DictReader(io.StringIO(render_csv(t, sample).decode()))) for t in made}


def table(*values: str) -> Table:
    return Table("t", message("T"), (Column("a", message("A")),), tuple((value,) for value in values))


def test_quotations_have_exactly_these_columns(tmp_path: Path) -> None:
    found = tables(tmp_path)["quotations"]
    assert list(found[0]) == [*COLUMNS, "sample"]
    first = {key: found[0][key] for key in COLUMNS}
    assert first == {
        "study": "Putri (2020)", "file": "corpus/a.pdf", "page": "1", "page_end": "1", "printed_page": "11",
        "section": "results", "voice": "author", "theme": "barriers", "code": "workload", "stance": "supports",
        "coder": "x", "status": "human", "quote": LOAD,
    }  # fmt: skip
    assert {row["status"] for row in found} == {"human", "provisional"}
    assert {row["sample"] for row in found} == {SAMPLE_MARK}


def test_the_sample_column_is_there_for_sample_data_alone(tmp_path: Path) -> None:
    found = tables(tmp_path, sample=False)
    assert list(found["quotations"][0]) == COLUMNS
    assert not [name for name, rows in found.items() for row in rows if "sample" in row]


def test_checked_and_provisional_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    found = tables(tmp_path)
    hope = next(r for r in found["matrix"] if (r["code"], r["study"]) == ("hope", "Putri (2020)"))
    assert (hope["human_supports"], hope["provisional_supports"], hope["silent"]) == ("0", "1", "0")
    silent = next(r for r in found["matrix"] if (r["code"], r["study"]) == ("partnership", "<Hartono> (2020)"))
    assert silent["silent"] == "1"
    stage = next(r for r in found["stages"] if r["stage"] == "planning")
    assert (stage["human_studies"], stage["provisional_studies"]) == ("1", "1")


def test_reasons_of_the_flow_stand_under_their_box_with_their_label(tmp_path: Path) -> None:
    rows = [(r["box"], r["reason"], r["count"]) for r in tables(tmp_path)["flow"]]
    assert rows[1:3] == [("records_excluded", "", "1"), ("records_excluded", "Tidak memenuhi: Tahun", "1")]


def test_no_byte_order_mark_and_plain_line_ends() -> None:
    content = render_csv(table("é – “x”"), sample=False)
    assert content == "a\né – “x”\n".encode()


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\t=1", "-=1"])
def test_text_that_a_spreadsheet_would_run_is_held_back(text: str) -> None:
    assert list(csv.reader(io.StringIO(render_csv(table(text), sample=False).decode())))[1] == [f"'{text}"]


@pytest.mark.parametrize("text", ["- butir daftar", "–5", "a=b", "“=1”", ""])
def test_other_text_stays_verbatim(text: str) -> None:
    assert list(csv.reader(io.StringIO(render_csv(table(text), sample=False).decode())))[1] == [text]


def test_an_empty_table_is_its_heading() -> None:
    assert render_csv(table(), sample=True) == b"a,sample\n"
