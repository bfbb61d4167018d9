"""The way without make: the wheel alone holds the package, its words and templates, and the shipped review."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.mark.slow
def test_the_wheel_holds_all_that_the_sample_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as parts:
        names = set(parts.namelist())
    committed = [p for p in (ROOT / "corpus").rglob("*") if p.is_file()]
    assert {f"litreview/shipped/{p.relative_to(ROOT).as_posix()}" for p in committed} <= names
    assert "litreview/shipped/review.yaml" in names
    assert "litreview/shipped/codebooks/pkh.yaml" in names
    assert any(name.startswith("litreview/shipped/judgments/coder-a/") for name in names)
    assert any(re.match(r"litreview/shipped/judgments/texts/[0-9a-f-]+\.json\.gz", name) for name in names)
    assert "litreview/language/catalogues/id.po" in names
    assert any(name.startswith("litreview/report/templates/") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "sample/", "outputs/"))]


@pytest.mark.slow
def test_the_sample_begins_and_runs_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "Program Files é"
    with zipfile.ZipFile(wheel) as parts:
        parts.extractall(installed)
    review = tmp_path / "Tinjauan saya"
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    for words in (["init", str(review), "--sample"], ["run", str(review), "--quiet"]):
        subprocess.run([sys.executable, "-m", "litreview", *words], check=True, env=environment, cwd=tmp_path)
    assert (review / "outputs" / "report.html").is_file()
