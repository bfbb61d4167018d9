"""What the protocol says of the files of a corpus, and what is told where it misses them."""

from __future__ import annotations

from pathlib import Path

import pytest

from litreview.pipeline.scan import CorpusFile, idle_sources, source_of
from litreview.protocol import Source
from litreview.review import Review
from tests.pdf_making import FULL, lines, make_pdf

PAPER = "corpus/background/policy.pdf"


def corpus(*paths: str) -> list[CorpusFile]:
    return [CorpusFile(path, path, Source(path)) for path in paths]


@pytest.mark.parametrize(
    "path",
    [
        "corpus/background/*.pdf",
        r"corpus\background\*.pdf",
        "background/*.pdf",
        r"background\policy.pdf",
        "./corpus/background/",
        "corpus/background",
        "background",
    ],
)
def test_a_source_names_its_files_however_its_path_is_written(path: str) -> None:
    source = Source(path, "policy")
    assert source_of(PAPER, [source]) is source
    assert idle_sources(corpus(PAPER), [source]) == []


def test_a_name_with_brackets_names_itself() -> None:
    assert source_of("corpus/Paper [2019].pdf", [Source("Paper [2019].pdf", "policy")]).role == "policy"


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("corpus/backgruond/*.pdf", "'corpus/background'"),
        (r"corpus\background\polisy.pdf", f"'{PAPER}'"),
        ("Background", "'corpus/background'"),
    ],
)
def test_a_source_that_names_no_file_is_told_with_the_nearest_name(path: str, near: str) -> None:
    (told,) = idle_sources(corpus(PAPER, "corpus/exports/a.ris"), [Source(path, "policy"), Source("exports")])
    assert f"'{path}' names no file" in str(told)
    assert near in str(told)


def test_a_source_far_from_everything_is_told_without_a_guess() -> None:
    (told,) = idle_sources(corpus(PAPER), [Source("background/*.xyz", "policy")])
    assert "Did you mean" not in str(told)


def test_an_empty_corpus_waits_for_its_files() -> None:
    assert idle_sources([], [Source("corpus/theses", "policy")]) == []


def test_run_and_check_tell_of_a_source_that_names_no_file(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "review.yaml").write_text(
        "format: 1\ntitle: {id: A}\nsources: [{path: corpus/polcy, role: policy}]\n", encoding="utf-8"
    )
    make_pdf(tmp_path / "corpus" / "policy" / "a.pdf", [lines([FULL])])
    review = Review.open(tmp_path)
    assert any("'corpus/polcy' names no file" in str(what) for what in review.run().notices)
    assert "corpus/polcy" in (tmp_path / "outputs" / "report.html").read_text(encoding="utf-8")
    assert any("'corpus/polcy' names no file" in str(what) and fault for what, fault in review.check())
