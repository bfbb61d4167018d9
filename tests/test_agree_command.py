"""`litreview agree`: a review's agreement, and that of any table."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result

from litreview.cli import main

TABLE = "unit,coder,value\n1,a,y\n1,b,y\n2,a,y\n2,b,n\n3,a,n\n3,b,n\n4,a,n\n"
SHAPE = ["value", "low", "high", "units", "raters"]


def call(*words: str) -> Result:
    return CliRunner().invoke(main, ["agree", *words], catch_exceptions=False)


def written(tmp_path: Path, text: str) -> str:
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")
    return str(tmp_path / "mine.csv")


def test_a_table_in_json_has_exactly_this_shape(tmp_path: Path) -> None:
    """Three units by both: alike two of three; shares of y 2/3 and 1/3: kappa (2/3 - 4/9) / (5/9)."""
    result = call(written(tmp_path, TABLE), "--json")
    found = json.loads(result.output)
    assert result.exit_code == 0
    assert list(found) == ["percent", "cohen_kappa", "fleiss_kappa", "krippendorff_alpha", "gwet_ac1", "pabak"]
    assert all(list(one) == SHAPE for one in found.values())
    assert (found["percent"]["units"], found["percent"]["raters"]) == (3, 2)
    assert found["cohen_kappa"]["value"] == pytest.approx(0.4)
    assert found["cohen_kappa"]["low"] < 0.4 < found["cohen_kappa"]["high"]
    assert result.output == call(written(tmp_path, TABLE), "--json").output


def test_what_is_not_defined_is_null_with_a_reason(tmp_path: Path) -> None:
    found = json.loads(call(written(tmp_path, "unit,coder,value\n1,a,y\n1,b,y\n"), "--json", "--language", "en").output)
    alpha = found["krippendorff_alpha"]
    assert list(alpha) == [*SHAPE, "reason"]
    assert (alpha["value"], alpha["low"], alpha["high"]) == (None, None, None)
    assert "without variation" in alpha["reason"]
    assert found["gwet_ac1"]["value"] == 1
    empty = json.loads(call(written(tmp_path, "unit,coder,value\n"), "--json").output)
    assert {one["value"] for one in empty.values()} == {None}


def test_a_table_is_shown_in_aligned_lines_without_approval(tmp_path: Path) -> None:
    lines = call(written(tmp_path, TABLE), "--language", "id").output.splitlines()
    assert lines[0].split() == ["Koefisien", "Nilai", "Selang", "n"]
    assert re.match(r"κ Cohen +0,40 +\S+ – 1,00 +3$", lines[2])
    assert not [word for word in ("baik", "kuat", "substantial") if word in "\n".join(lines)]


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "kosong|empty"), ("unit,value\n", r":1: .*coder"), (TABLE + "1,a,n\n", r":9: .*'1'")],
)
def test_a_fault_of_a_table_names_file_and_line(tmp_path: Path, text: str, words: str) -> None:
    result = call(written(tmp_path, text))
    assert result.exit_code == 2
    assert "mine.csv" in result.output
    assert re.search(words, result.output)


def test_misuse(tmp_path: Path) -> None:
    assert call(str(tmp_path / "missing.csv")).exit_code == 1
    assert call(written(tmp_path, TABLE), "--by", "code").exit_code == 2
    assert call(str(tmp_path)).exit_code == 2  # a folder that is no review


def test_a_reviews_agreement_is_shown_and_written_as_the_run_writes_it(sample_copy: Path) -> None:
    outputs = sample_copy / "outputs"
    before = {name: (outputs / name).read_bytes() for name in ("agreement.xlsx", "tables/agreement.csv")}
    result = call(str(sample_copy), "--language", "id")
    assert result.exit_code == 0
    assert "DATA CONTOH" in result.output
    assert "Kurang dari 10 dokumen" in result.output
    assert {name: (outputs / name).read_bytes() for name in before} == before
    rows = list(csv.DictReader(io.StringIO(before["tables/agreement.csv"].decode())))
    assert {row["coefficient"] for row in rows if row["by"] == "all"} >= {"percent", "gwet_ac1", "unitising_alpha"}
    assert all("SAMPLE DATA" in row["sample"] for row in rows)
    book = openpyxl.load_workbook(outputs / "agreement.xlsx")
    assert book.sheetnames == ["agreement", "coefficients"]
    assert book["coefficients"].max_row == 10  # the mark, the title, the heading, seven coefficients


@pytest.mark.slow
def test_other_options_are_written_until_the_next_run_and_no_edit_is_lost(sample_copy: Path) -> None:
    table = sample_copy / "outputs" / "tables" / "agreement.csv"
    by_protocol = table.read_bytes()
    found = json.loads(call(str(sample_copy), "--json", "--unit", "document", "--by", "document").output)
    assert (found["unit"], found["sample"]) == ("document", True)
    assert {line["by"] for line in found["agreement"]} == {"all", "document", "stage"}
    assert b",document," in table.read_bytes()
    assert CliRunner().invoke(main, ["run", str(sample_copy), "--quiet"]).exit_code == 0
    assert table.read_bytes() == by_protocol
    assert not table.with_name("agreement.new.csv").exists()
    table.write_text("mine", encoding="utf-8")
    assert "agreement.new.csv" in call(str(sample_copy)).output
    assert table.read_text(encoding="utf-8") == "mine"


def test_reflexive_work_is_told_of_the_log_instead(sample_copy: Path) -> None:
    protocol = sample_copy / "review.yaml"
    text = protocol.read_text(encoding="utf-8")
    protocol.write_text(text.replace("approach: framework", "approach: reflexive"), encoding="utf-8")
    result = call(str(sample_copy), "--language", "en")
    assert "discussion log" in result.output
    assert "All codes" not in result.output
    assert "Decisions at the stage" in result.output
