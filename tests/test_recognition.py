"""The stage that recognises: asked for only, page by page, going on where it was; and what a review makes of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from litreview.cli import main
from litreview.documents import language_data
from litreview.documents.anchored import anchor_body, anchor_in
from litreview.documents.language_data import LanguageData, find_language_data
from litreview.documents.ocr import PageJob, RecognisedPage
from litreview.documents.recognised_folder import read_recognised, recognised_folder
from litreview.engine import Limits, Outcome
from litreview.files import hash_file
from litreview.ledger import make_judgment
from litreview.pipeline import recognition
from litreview.pipeline.texts import judge_passages
from litreview.review import Review
from sample.build import typeset
from sample.catalog import CATALOG
from sample.source import read_texts
from tests.ocr_making import recognised_from, scan_of
from tests.pdf_making import FULL, lines, make_pdf

SCAN = f"corpus/{CATALOG['f5'].path}"
PROTOCOL = "format: 1\ntype: context\ntitle: {id: Uji, en: Test}\nlanguages: [id, en]\n"
Mapped = Iterator[Outcome[RecognisedPage]]


class Workers:
    """Takes the place of worker processes: what a faultless recogniser finds on the originals' pages, by file."""

    def __init__(
        self, originals: dict[str, Path], failures: dict[int, str] | None = None, stop_after: int = 99
    ) -> None:
        self.originals = originals
        self.failures = failures or {}
        self.stop_after = stop_after
        self.done: list[int] = []

    def __call__(self, function: Callable[..., object], jobs: Sequence[PageJob], limits: Limits) -> Mapped:
        for i, job in enumerate(jobs):
            if len(self.done) == self.stop_after:
                raise KeyboardInterrupt
            self.done.append(job.number)
            page = recognised_from(self.originals[job.file], str(job.recogniser))[job.number - 1]
            failure = self.failures.get(job.number, "")
            yield Outcome(i, None if failure else page, failure)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "find_language_data", lambda languages: LanguageData("/data", "ind+eng"))


@pytest.fixture
def scanned(tmp_path: Path) -> tuple[Review, Path]:
    """A review of one scan of three pages, and what was scanned."""
    root = tmp_path / "review"
    original = make_pdf(tmp_path / "original.pdf", [lines([f"Halaman {i}. {FULL}."] * 2) for i in range(3)])
    scan_of(original, root / "corpus" / "scan.pdf", dpi=30)
    (root / "review.yaml").write_text(PROTOCOL, encoding="utf-8")
    return Review.open(root), original


def test_a_killed_stage_goes_on_where_it_was(
    scanned: tuple[Review, Path], installed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    review, original = scanned
    killed, again = (Workers({"corpus/scan.pdf": original}, stop_after=stop) for stop in (1, 99))
    monkeypatch.setattr(recognition, "map_items", killed)
    with pytest.raises(KeyboardInterrupt):
        review.ingest(ocr=True)
    assert [file.status for file in review.ingest().files] == ["needs-ocr"]
    (review.root / ".litreview" / "index.db").unlink()
    monkeypatch.setattr(recognition, "map_items", again)
    found = review.ingest(ocr=True)
    assert (killed.done, again.done) == ([1], [2, 3])
    assert found.recognition is not None
    assert (found.recognition.done, found.recognition.known) == (2, 1)
    assert [file.status for file in found.files] == ["ready"]
    (document,) = review.state().documents.values()
    assert all(page.ocr for page in document.pages)
    again.done.clear()
    review.ingest(ocr=True)
    assert again.done == []


def test_a_page_that_takes_too_long_is_told_and_tried_again(
    scanned: tuple[Review, Path], installed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    review, original = scanned
    monkeypatch.setattr(recognition, "map_items", Workers({"corpus/scan.pdf": original}, {2: "timeout"}))
    found = review.ingest(ocr=True)
    assert found.recognition is not None
    assert [(page.file, page.page, page.why) for page in found.recognition.failed] == [
        ("corpus/scan.pdf", 2, "timeout")
    ]
    assert "30" in str(found.recognition.failed[0].told())
    assert [file.status for file in found.files] == ["ready"]
    again = Workers({"corpus/scan.pdf": original})
    monkeypatch.setattr(recognition, "map_items", again)
    review.ingest(ocr=True)
    assert again.done == [2]


def test_nothing_is_recognised_unless_asked_for(
    scanned: tuple[Review, Path], installed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    review, original = scanned
    workers = Workers({"corpus/scan.pdf": original})
    monkeypatch.setattr(recognition, "map_items", workers)
    review.run()
    shown = CliRunner().invoke(main, ["ingest", str(review.root), "--language", "en"])
    assert workers.done == []
    assert "litreview ingest --ocr" in shown.output


def test_without_language_data_it_is_told_how_to_install_them(
    scanned: tuple[Review, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(language_data.PREFIX, str(tmp_path))
    shown = CliRunner().invoke(main, ["ingest", str(scanned[0].root), "--ocr", "--language", "en"])
    assert shown.exit_code == 1
    for part in ("needs-ocr", "winget install", "brew install", "apt install", "TESSDATA_PREFIX"):
        assert part in shown.output


def test_language_data_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(language_data.PREFIX, str(tmp_path))
    assert find_language_data(["id", "en"]) is None
    data = tmp_path / "tessdata"
    data.mkdir()
    (data / "eng.traineddata").touch()
    found = find_language_data(["id", "en"])
    assert found == LanguageData(str(data), "eng", ("id",))
    assert found.told() is not None
    (data / "ind.traineddata").touch()
    found = find_language_data(["id", "en"])
    assert found is not None
    assert (found.languages, found.told()) == ("ind+eng", None)


def test_a_recognised_scan_is_coded_frozen_quoted_and_marked(
    sample_copy: Path, installed: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    original = tmp_path / "f5.pdf"
    original.write_bytes(typeset(read_texts()["f5"])[0][0][2].data)
    monkeypatch.setattr(recognition, "map_items", Workers({SCAN: original}))
    review = Review.open(sample_copy)
    review.ingest(ocr=True)
    assert read_recognised(recognised_folder(sample_copy), hash_file(sample_copy / SCAN))
    assert review.run().renewed
    with review.reading() as state:
        report = next(one.id for one in state.reports if one.files[0].path == SCAN)
        document = state.documents[report]
        sentence = max(document.sentences, key=lambda s: s.end - s.start)
        anchor = anchor_body(anchor_in(document, sentence.start, sentence.end))
        body = {"report": report, "anchor": anchor, "code": "graduation", "stance": "supports", "origin": "unaided"}
        judge_passages(state, [make_judgment("coder-a", "here", "coding", body)])
    review.run()
    rows = list(csv.DictReader(io.StringIO((sample_copy / "outputs/tables/quotations.csv").read_text("utf-8-sig"))))
    assert {row["file"] for row in rows if row["ocr"]} == {SCAN}
    assert "dibaca dengan OCR" in (sample_copy / "outputs" / "report.html").read_text(encoding="utf-8")
    frozen = state.frozen.texts
    (kept,) = [one for one in Review.open(sample_copy).state().frozen.texts if one not in frozen]
    assert all(page.ocr for page in kept.pages)


def test_reindex_keeps_what_was_recognised_and_names_its_folder(
    scanned: tuple[Review, Path], installed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    review, original = scanned
    assert not any("recognised" in str(line) for line in review.reindex())
    monkeypatch.setattr(recognition, "map_items", Workers({"corpus/scan.pdf": original}))
    ingested = review.ingest(ocr=True)
    assert ".litreview/recognised/" in " ".join(map(str, ingested.lines()))
    told = " ".join(map(str, review.reindex()))
    assert "which stay: 3" in told
    assert "Keep the folder .litreview/recognised/" in told
    assert [file.status for file in review.ingest().files] == ["ready"]
