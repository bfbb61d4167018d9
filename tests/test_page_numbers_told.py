"""Page numbers that a person tells: asked for by ingest, recorded once, and cited in the outputs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from litreview.cli import main
from litreview.ledger import read_ledger
from litreview.pipeline.outputs import render_review
from litreview.pipeline.progress import Progress
from litreview.review import Review
from tests.pdf_making import FULL, lines, make_pdf
from tests.test_formats_review import CODEBOOK, FOUND, PROTOCOL


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "codebooks").mkdir()
    (tmp_path / "codebooks" / "a.yaml").write_text(CODEBOOK, encoding="utf-8")
    (tmp_path / "review.yaml").write_text(PROTOCOL, encoding="utf-8")
    front = [(72.0, 80.0, "Graduasi di Desa Satu", 18.0), *lines(["HASIL", *[FULL + "."] * 9], y=140)]
    make_pdf(tmp_path / "corpus" / "satu.pdf", [front, lines([FULL + ".", FOUND[0], FULL + "."])])
    return tmp_path


def ingest(root: Path, *options: str) -> str:
    result = CliRunner().invoke(main, ["ingest", str(root), "--language", "en", *options])
    assert result.exit_code in (0, 2), result.output
    return result.output


def cited(root: Path) -> list[tuple[str, str]]:
    review = Review.open(root, "en")
    review.run()
    with review.reading() as state:
        made = dict(render_review(state, Progress()))
    rows = csv.DictReader(io.StringIO(made["tables/quotations.csv"].decode()))
    return [(row["page"], row["printed_page"]) for row in rows]


def test_unclear_numbers_are_asked_for_told_and_cited(root: Path) -> None:
    assert cited(root) == [("2", "")]
    assert 'litreview ingest --first-page "corpus/satu.pdf=45"' in ingest(root)
    told = ingest(root, "--first-page", "corpus/satu.pdf=211", "--as", "ani")
    assert "the page numbers are noted" in told
    assert "--first-page" not in told
    assert cited(root) == [("2", "212")]


def test_telling_again_replaces_what_the_same_person_told(root: Path) -> None:
    ingest(root, "--first-page", "corpus/satu.pdf=1", "--as", "ani")
    ingest(root, "--first-page", "corpus/satu.pdf=iv", "--as", "ani")
    (stands,) = read_ledger(root / "judgments").of_kind("page-numbers")
    assert dict(stands.body)["printed"] in ({"1": "iv", "2": "v"}, {1: "iv", 2: "v"})


@pytest.mark.parametrize("name", ["satu.pdf", "SATU.pdf", "corpus\\satu.pdf"])
def test_a_file_s_name_suffices_where_one_has_it(root: Path, name: str) -> None:
    assert "corpus/satu.pdf: the page numbers are noted" in ingest(root, "--first-page", f"{name}=211", "--as", "ani")


def test_a_name_that_several_files_have_is_refused_with_their_paths(root: Path) -> None:
    make_pdf(root / "corpus" / "lama" / "satu.pdf", [lines([FULL + "."] * 9)])
    told = ingest(root, "--first-page", "satu.pdf=211", "--as", "ani")
    assert "corpus/lama/satu.pdf; corpus/satu.pdf" in told
    assert "noted" in ingest(root, "--first-page", "corpus/satu.pdf=211", "--as", "ani")


@pytest.mark.parametrize("wrong", ["corpus/satu.pdf=x?", "corpus/dua.pdf=3", "corpus/satu.pdf"])
def test_what_tells_nothing_is_refused(root: Path, wrong: str) -> None:
    assert "noted" not in ingest(root, "--first-page", wrong, "--as", "ani")
    assert not list((root / "judgments").rglob("*.jsonl")) if (root / "judgments").exists() else True
