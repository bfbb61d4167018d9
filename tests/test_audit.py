"""Every judgment of every kind stands in the audit trail with what became of it; a newer ledger is told everywhere."""

from __future__ import annotations

import csv
import io
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest

from litreview.errors import message
from litreview.ledger import KINDS, Judgment, Ledger, SetAside, make_judgment
from litreview.report.audit import about, judgments_table
from litreview.report.csvs import render_csv
from litreview.report.render import render_outputs
from litreview.report.words import ids_of
from tests.ledger_making import BODIES, coding, ledger_of, retraction
from tests.report_making import make_context

openpyxl: Any = import_module("openpyxl")


def rows(root: Path, ledger: Ledger) -> list[dict[str, str]]:
    table = judgments_table(make_context(root, ledger=ledger))
    return list(csv.DictReader(io.StringIO(render_csv(table, sample=True).decode())))


def test_what_became_of_each_judgment_is_told(tmp_path: Path) -> None:
    first = coding()
    second = coding("budi", replaces=first.id)
    third = coding()
    back = retraction(third)
    found = rows(tmp_path, ledger_of(first, second, third, back))
    told = [(r["id"], r["stands"], r["replaced_by"], r["retracted_by"]) for r in found]
    assert told == [
        (first.id, "no", second.id, ""),
        (second.id, "yes", "", ""),
        (third.id, "no", "", back.id),
        (back.id, "yes", "", ""),
    ]
    assert {(r["person"], r["device"], r["kind"]) for r in found[:2]} == {
        ("ani", "laptop", "coding"),
        ("budi", "laptop", "coding"),
    }
    assert "SAMPLE DATA" in found[0]["sample"]


def test_every_kind_is_shown_and_has_a_word(tmp_path: Path) -> None:
    made = [make_judgment("ani", "laptop", kind, BODIES[kind]) for kind in KINDS]
    assert [r["kind"] for r in rows(tmp_path, ledger_of(*made))] == list(KINDS)
    assert set(ids_of("judgment")) == set(KINDS)


def test_what_was_set_aside_is_shown_with_the_reason(tmp_path: Path) -> None:
    aside = SetAside(coding(), "x.jsonl", 3, message("'{key}' must not be empty.", key="code"))
    (row,) = rows(tmp_path, Ledger(set_aside=(aside,)))
    assert (row["stands"], row["note"]) == ("aside", "'code' tidak boleh kosong.")


@pytest.mark.parametrize(
    ("kind", "body", "told"),
    [
        ("decision", {"target": "a", "stage": "full-text"}, "Putri (2020), teks lengkap"),
        ("coding", {"report": "a", "anchor": {"page": 3, "quote": "never shown"}}, "Putri (2020), hlm. 3"),
        ("memo", {"target": "hope", "text": "never shown"}, "hope (id)"),
        ("memo", {"text": "never shown"}, ""),
        ("duplicate-join", {"records": ["r1", "unknown"]}, "A study by Ana Putri; unknown"),
        ("masking", {"text": "never shown", "mask": "X"}, ""),
        ("assignment", {"targets": list("1234567"), "stage": "coding"}, "1; 2; 3; 4; 5; … (7), pengodean"),
        ("decision", {"target": 3, "stage": []}, ""),
    ],
)
def test_what_a_judgment_is_about_is_told_by_names_and_never_by_words_that_may_be_masked(
    tmp_path: Path, kind: str, body: dict[str, object], told: str
) -> None:
    assert kind in KINDS
    assert about(make_context(tmp_path), body) == told


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The outputs of a review with a conflict, something set aside, and judgments of a newer version."""
    root = tmp_path_factory.mktemp("audit")
    context = make_context(root)
    ledger = msgspec.structs.replace(_with_conflict(context.ledger), needs_newer=message("Only a newer one can."))
    return dict(render_outputs(make_context(root, ledger=ledger)))


def _with_conflict(ledger: Ledger) -> Ledger:
    two = tuple(coding(person, replaces="j1", report="a") for person in ("x", "y"))
    aside = SetAside(coding(), "x.jsonl", 3, message("'{key}' must not be empty.", key="code"))
    return Ledger((*ledger.judgments, *two), (*ledger.standing, *two), set_aside=(aside,))


def test_the_page_counts_judgments_and_shows_conflicts(outputs: dict[str, bytes]) -> None:
    page = outputs["report.html"].decode()
    section = page.partition('id="judgments"')[2].partition("</section>")[0]
    assert "penyelesaian perbedaan" in section
    assert "Diganti lebih dari satu kali" in section
    assert "Xaverius (pengodean" in section
    assert "Yanti (pengodean" in section
    assert "Disisihkan karena tidak sesuai dengan jenisnya: 1." in section


def test_the_workbook_has_the_audit_trail(outputs: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(outputs["tables.xlsx"]))
    cells = [[cell.value for cell in row] for row in book["judgments"].iter_rows()]
    assert "Penilaian" in [row[0] for row in cells]
    assert [row[4] for row in cells].count("pengodean") == 7
    assert [row[6] for row in cells].count("disisihkan") == 1


def test_outputs_say_what_a_newer_ledger_needs(outputs: dict[str, bytes]) -> None:
    needed = "Only a newer one can."
    assert needed in outputs["report.html"].decode()
    with zipfile.ZipFile(io.BytesIO(outputs["report.docx"])) as parts:
        assert needed in parts.read("word/document.xml").decode()
    book = openpyxl.load_workbook(io.BytesIO(outputs["tables.xlsx"]))
    assert all(needed in [sheet.cell(row, 1).value for row in (1, 2, 3)] for sheet in book)


def test_without_judgments_there_is_no_section_and_an_empty_table(tmp_path: Path) -> None:
    judgments: tuple[Judgment, ...] = ()
    context = make_context(tmp_path, ledger=ledger_of(*judgments))
    page = dict(render_outputs(context))["report.html"].decode()
    assert 'id="judgments"' not in page
    assert judgments_table(context).rows == ()
