"""A scan coded by someone with OCR and merged by someone without: both read the same, and outputs say OCR."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import msgspec
import pytest

from litreview.documents.anchored import anchor_body, anchor_in, write_anchored
from litreview.documents.frozen import freeze, thaw
from litreview.documents.model import Document
from litreview.documents.read import ReadJob, read_report
from litreview.errors import QuotationError
from litreview.files import hash_file
from litreview.ledger import Judgment, make_judgment
from litreview.pipeline.texts import judge_passages
from litreview.review import Review
from sample.build import typeset
from sample.catalog import CATALOG
from sample.source import read_texts

SCAN = f"corpus/{CATALOG['f5'].path}"
CODE = "graduation"


def recognised(folder: Path, report: str) -> Document:
    """The scan as OCR would read it: from the pages before they were scanned."""
    (folder / SCAN).parent.mkdir(parents=True, exist_ok=True)
    (folder / SCAN).write_bytes(typeset(read_texts()["f5"])[0][0][2].data)
    document = read_report(ReadJob(str(folder), report, (SCAN,))).document
    assert document is not None
    pages = tuple(msgspec.structs.replace(page, ocr="tesseract 5.3") for page in document.pages)
    return msgspec.structs.replace(document, pages=pages)


@pytest.fixture
def with_ocr(sample_copy: Path, tmp_path: Path) -> tuple[Path, Judgment]:
    """A colleague's copy of the sample review, in which a sentence of the scan is coded."""
    theirs = tmp_path / "theirs"
    shutil.copytree(sample_copy, theirs)
    report = next(r.id for r in Review.open(theirs).state().reports if r.files[0].path == SCAN)
    frozen = freeze(recognised(tmp_path / "ocr", report), [hash_file(theirs / SCAN)])
    document = thaw(frozen)
    sentence = max(document.sentences, key=lambda s: s.end - s.start)
    anchor = anchor_in(document, sentence.start, sentence.end)
    body = {"report": report, "anchor": anchor_body(anchor), "code": CODE, "stance": "supports", "origin": "unaided"}
    (judgment,) = write_anchored(
        theirs / "judgments", [make_judgment("coder-a", "ocr", "coding", body)], {report: frozen}
    )
    return theirs, judgment


def test_the_scan_is_read_from_the_colleagues_pack_without_ocr(
    sample_copy: Path, with_ocr: tuple[Path, Judgment], tmp_path: Path
) -> None:
    theirs, judgment = with_ocr
    mine = Review.open(sample_copy)
    before = {status.path: status.status for status in mine.state().statuses}
    assert before[SCAN] == "needs-ocr"
    packed = Review.open(theirs).pack("coder-a", tmp_path)
    merged = mine.merge([Path(packed.file)])
    assert (merged.new_judgments, merged.new_texts, merged.missing_pdfs) == (1, 1, ())
    state = mine.state()
    assert {status.path: status.status for status in state.statuses}[SCAN] == "ready"
    report = judgment.body["report"]
    assert state.fresh[report].document is None
    assert state.documents[report].text_hash == judgment.body["anchor"]["text_hash"]
    assert (
        msgspec.structs.replace(state.documents[report], report=report) == Review.open(theirs).state().documents[report]
    )
    (passage,) = [
        p for p in (*state.synthesis.passages, *state.synthesis.elsewhere) if p.report == report and p.status == "human"
    ]
    assert (passage.quote, passage.ocr) == (judgment.body["anchor"]["quote"], True)
    assert [tuple(r)[1:] for r in judgment.body["anchor"]["rects"]] == [
        tuple(round(v, 2) for v in msgspec.structs.astuple(rect)[1:]) for rect in passage.rects
    ]


def test_outputs_say_that_the_quotation_was_read_by_ocr(sample_copy: Path, with_ocr: tuple[Path, Judgment]) -> None:
    theirs, judgment = with_ocr
    review = Review.open(sample_copy)
    review.merge([theirs])
    review.run()
    rows = list(csv.DictReader(io.StringIO((sample_copy / "outputs/tables/quotations.csv").read_text("utf-8-sig"))))
    marked = [row for row in rows if row["ocr"]]
    assert {row["file"] for row in marked} == {SCAN}
    quote = " ".join(judgment.body["anchor"]["quote"].split())
    assert quote in [" ".join(row["quote"].split()) for row in marked]
    html = (sample_copy / "outputs" / "report.html").read_text(encoding="utf-8")
    assert "dibaca dengan OCR" in html


def test_a_quotation_that_the_frozen_text_does_not_hold_still_stops_the_report(
    sample_copy: Path, with_ocr: tuple[Path, Judgment], monkeypatch: pytest.MonkeyPatch
) -> None:
    from litreview.report import quotations

    review = Review.open(sample_copy)
    review.merge([with_ocr[0]])
    monkeypatch.setattr(quotations, "_own_text", lambda context, passage: "lain" if passage.ocr else None)
    with pytest.raises(QuotationError):
        review.run()


def test_the_one_without_ocr_codes_on_in_the_same_text(sample_copy: Path, with_ocr: tuple[Path, Judgment]) -> None:
    theirs, judgment = with_ocr
    mine = Review.open(sample_copy)
    mine.merge([theirs])
    state = mine.state()
    document = state.documents[judgment.body["report"]]
    sentence = document.sentences[2]
    body = {**judgment.body, "anchor": anchor_body(anchor_in(document, sentence.start, sentence.end))}
    (mine_coded,) = judge_passages(state, [make_judgment("coder-b", "plain", "coding", body)])
    merged = Review.open(theirs).merge([sample_copy])
    assert (merged.new_judgments, merged.new_texts) == (1, 0)
    assert mine_coded.body["anchor"]["text_hash"] == judgment.body["anchor"]["text_hash"]
    assert Review.open(theirs).ingest().lost == ()
