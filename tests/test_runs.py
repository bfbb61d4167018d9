"""A run as a whole: the same bytes, nothing rewritten, nothing lost when it is stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from litreview.errors import LitreviewError, OutputError, QuotationError
from litreview.files import hash_file
from litreview.review import Review
from litreview.shipped import create_review


def hashes(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): hash_file(p) for p in sorted(folder.rglob("*")) if p.is_file()}


def times(folder: Path) -> dict[Path, int]:
    return {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}


@pytest.mark.slow
def test_two_folders_give_the_same_bytes(run_sample: Path, tmp_path: Path) -> None:
    other = tmp_path / "another place"
    create_review(other, sample=True)
    Review.open(other).run()
    assert hashes(other / "outputs") == hashes(run_sample / "outputs")


@pytest.mark.slow
def test_without_the_index_the_same_outputs_come_again(sample_copy: Path) -> None:
    before = hashes(sample_copy / "outputs")
    shutil.rmtree(sample_copy / ".litreview")
    Review.open(sample_copy).run()
    assert hashes(sample_copy / "outputs") == before


def test_a_second_run_rewrites_nothing(sample_copy: Path) -> None:
    before = times(sample_copy / "outputs")
    summary = Review.open(sample_copy).run()
    assert not summary.renewed
    assert times(sample_copy / "outputs") == before


def test_a_missing_output_comes_again_and_the_others_stay(sample_copy: Path) -> None:
    before = hashes(sample_copy / "outputs")
    (sample_copy / "outputs" / "flow.svg").unlink()
    kept = times(sample_copy / "outputs")
    Review.open(sample_copy).run()
    assert hashes(sample_copy / "outputs") == before
    after = times(sample_copy / "outputs")
    assert {path for path, stamp in kept.items() if after[path] != stamp} <= {sample_copy / "outputs" / "manifest.json"}


def test_an_edited_report_stays_and_the_new_one_stands_beside_it(sample_copy: Path) -> None:
    edited = sample_copy / "outputs" / "report.docx"
    edited.write_bytes(b"my own words")
    summary = Review.open(sample_copy).run()
    assert edited.read_bytes() == b"my own words"
    assert summary.beside == (("report.docx", "report.new.docx"),)
    assert (sample_copy / "outputs" / "report.new.docx").stat().st_size > 1000
    again = Review.open(sample_copy).run()
    assert (again.renewed, again.beside) == (False, summary.beside)


def test_status_tells_when_something_has_changed_since_the_last_run(sample_copy: Path) -> None:
    def is_outdated(language: str | None = None) -> bool:
        last = Review.open(sample_copy, language).last_summary()
        return last is not None and last.outdated

    assert not is_outdated()
    assert not is_outdated("en")
    added = sample_copy / "corpus" / "new.ris"
    added.write_text("TY  - JOUR\nTI  - Baru\nER  - \n", encoding="utf-8")
    assert is_outdated()
    added.unlink()
    assert not is_outdated()


def test_a_review_that_is_no_sample_nowhere_says_so(sample_copy: Path) -> None:
    from tests.test_shipped_review import MARK, every_output, visible_text

    protocol = sample_copy / "review.yaml"
    text = protocol.read_text(encoding="utf-8")
    protocol.write_text(text.replace("sample: true", "sample: false"), encoding="utf-8")
    Review.open(sample_copy).run()
    texts = {p.name: visible_text(p) for p in every_output(sample_copy) if "annotated" not in p.parts}
    assert [name for name, text in texts.items() if MARK in text] == []


def test_a_quotation_that_does_not_stand_on_its_page_stops_the_report(
    sample_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from litreview.report import quotations

    before = hashes(sample_copy / "outputs")
    (sample_copy / "outputs" / "flow.svg").unlink()
    monkeypatch.setattr(quotations, "quotation_stands", lambda quote, texts: False)
    with pytest.raises(QuotationError, match="pdf"):
        Review.open(sample_copy).run()
    before.pop("flow.svg")
    assert hashes(sample_copy / "outputs") == before


def test_a_full_disk_leaves_the_earlier_outputs(sample_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = hashes(sample_copy / "outputs")
    (sample_copy / "outputs" / "flow.svg").unlink()
    before.pop("flow.svg")

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("litreview.report.publish.write_through", full)
    with pytest.raises(OutputError, match="No space left"):
        Review.open(sample_copy).run()
    assert hashes(sample_copy / "outputs") == before


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT to a process")
@pytest.mark.parametrize("after_s", [0.7, 1.5, 2.5, 4.0])
def test_ctrl_c_at_any_moment_leaves_the_earlier_outputs_whole(sample_copy: Path, after_s: float) -> None:
    before = hashes(sample_copy / "outputs")
    shutil.rmtree(sample_copy / ".litreview")
    process = subprocess.Popen(
        [sys.executable, "-m", "litreview", "run", str(sample_copy), "--quiet"],
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parent.parent,
    )
    time.sleep(after_s)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode in (0, 1)
    assert b"Traceback" not in said
    assert hashes(sample_copy / "outputs") == before
    Review.open(sample_copy).run()
    assert hashes(sample_copy / "outputs") == before


def test_a_folder_without_any_file_says_what_to_do(tmp_path: Path) -> None:
    create_review(tmp_path / "new")
    summary = Review.open(tmp_path / "new").run()
    assert any("corpus" in str(notice) for notice in summary.notices)
    assert (tmp_path / "new" / "outputs" / "report.html").is_file()


def test_a_folder_that_is_no_review_is_told(tmp_path: Path) -> None:
    with pytest.raises(LitreviewError, match=r"review\.yaml"):
        Review.open(tmp_path)


@pytest.mark.slow
def test_criteria_alone_and_articles_of_other_fields_make_a_report(tmp_path: Path) -> None:
    data = os.environ.get("LITREVIEW_TEST_DATA")
    if not data:
        pytest.skip("LITREVIEW_TEST_DATA names no folder with PDFs from outside")
    create_review(tmp_path / "other")
    for name in ("academic", "indonesian"):
        shutil.copytree(Path(data) / "pdf" / name, tmp_path / "other" / "corpus" / name)
    protocol = tmp_path / "other" / "review.yaml"
    text = protocol.read_text(encoding="utf-8").replace("criteria:\n", CRITERIA).replace("concepts:\n", CONCEPTS)
    protocol.write_text(text, encoding="utf-8")
    summary = Review.open(tmp_path / "other").run()
    assert summary.reports_readable >= 14
    assert summary.faults == ()
    assert (tmp_path / "other" / "outputs" / "report.html").is_file()


CRITERIA = """criteria:
  - {id: years, kind: year, from: 2000, to: 2024}
  - {id: full-results, kind: sections, require: [results]}
  - {id: words, kind: concepts, of: [text, review], at_least: 1}
"""
CONCEPTS = """concepts:
  text: [text, corpus, teks]
  review: [review, literature]
"""


def test_names_in_decomposed_letters_are_found_again(tmp_path: Path) -> None:
    """As an archive from macOS brings them: é as e and an accent."""
    import unicodedata

    import pymupdf

    create_review(tmp_path)
    pdf = pymupdf.open()
    pdf.new_page().insert_text((72, 72), "Pendampingan keluarga menuju graduasi di Kabupaten Tirtasari.")
    pdf.save(tmp_path / "corpus" / unicodedata.normalize("NFD", "Café 2020.pdf"))
    (status,) = Review.open(tmp_path).run().files
    assert (status.path, status.status) == ("corpus/Café 2020.pdf", "ready")
