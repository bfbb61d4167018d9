"""Each file gets a status that a researcher understands; a bad one costs only itself."""

from __future__ import annotations

import os
from pathlib import Path

import pymupdf
import pytest

from litreview.documents.extract import RawPage
from litreview.documents.formats.model import MISNAMED
from litreview.documents.garbled import is_garbled
from litreview.documents.model import STATUSES
from litreview.documents.quality import page_doubts
from litreview.documents.read import ReadJob, read_report
from litreview.documents.refusals import REASONS
from tests.pdf_making import FULL, lines, make_pdf


def status(path: Path) -> tuple[str, str]:
    (file,) = read_report(ReadJob(str(path.parent), path.name, (path.name,), ("ab",))).files
    assert file.sha256 == "ab"
    return file.status, file.reason


def picture_page(pdf: pymupdf.Document) -> None:
    pixels = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 60, 80))
    pixels.clear_with(200)
    pdf.new_page().insert_image(pymupdf.Rect(0, 0, 595, 842), pixmap=pixels)


def test_bad_files_have_a_status_and_a_reason(tmp_path: Path) -> None:
    good = make_pdf(tmp_path / "good.pdf", [lines([FULL] * 5)])
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "page.pdf").write_bytes(b"<!DOCTYPE html><p>not found</p>")
    (tmp_path / "cut.pdf").write_bytes(good.read_bytes()[:300])
    with pymupdf.open(good) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=5, user_pw="a", owner_pw="b")
    scan = pymupdf.open()
    picture_page(scan)
    scan.save(tmp_path / "scan.pdf")
    make_pdf(tmp_path / "blank.pdf", [[]])
    expected = {
        "good": "ready", "empty": "empty", "page": "not-a-pdf", "cut": "damaged", "locked": "needs-password",
        "scan": "needs-ocr", "blank": "empty", "absent": "damaged",
    }  # fmt: skip
    assert {name: status(tmp_path / f"{name}.pdf")[0] for name in expected} == expected
    assert status(good)[1] == ""
    for name in ("good", "empty", "cut", "locked", "scan"):
        assert status(tmp_path / f"{name}.pdf")[1] == REASONS.get(expected[name], "")


def test_a_scan_with_a_stamp_still_needs_ocr(tmp_path: Path) -> None:
    pdf = pymupdf.open()
    for _ in range(2):
        picture_page(pdf)
        pdf[-1].insert_text((72, 820), "Diunduh dari repositori")
    pdf.save(tmp_path / "scan.pdf")
    assert status(tmp_path / "scan.pdf")[0] == "needs-ocr"


def test_a_bad_part_of_a_thesis_costs_only_that_part(tmp_path: Path) -> None:
    make_pdf(tmp_path / "BAB I.pdf", [lines(["BAB I PENDAHULUAN", FULL + "."])])
    (tmp_path / "BAB IV.pdf").write_bytes(b"%PDF-1.4 lost")
    make_pdf(tmp_path / "BAB V.pdf", [lines(["BAB V PENUTUP", FULL + "."])])
    result = read_report(ReadJob(str(tmp_path), "thesis", ("BAB I.pdf", "BAB IV.pdf", "BAB V.pdf")))
    assert [file.status for file in result.files] == ["ready", "damaged", "ready"]
    assert result.document is not None
    assert [(page.file, page.number) for page in result.document.pages] == [(0, 1), (2, 1)]
    assert [section.kinds[0] for section in result.document.sections] == ["introduction", "conclusion"]


def test_pages_that_are_pictures_among_text_are_doubted(tmp_path: Path) -> None:
    pdf = pymupdf.open(make_pdf(tmp_path / "a.pdf", [lines([f"{FULL} {i}." for i in range(30)])]))
    picture_page(pdf)
    pdf.save(tmp_path / "b.pdf")
    document = read_report(ReadJob(str(tmp_path), "b", ("b.pdf",))).document
    assert document is not None
    assert [page.doubts for page in document.pages] == [(), ("no-text",)]


def test_garbled_text() -> None:
    assert is_garbled(["\ufffd\ufffd\ufffd"] * 20)
    assert is_garbled(["xkcdq", "zrtbn", "wvhjk"] * 40)
    assert not is_garbled(FULL.split() * 20)
    assert not is_garbled(["12,5", "37"] * 60)


@pytest.mark.parametrize("share", [0.4, 0.7, 0.95])
def test_a_download_that_broke_off_is_damaged_though_some_of_it_could_be_read(tmp_path: Path, share: float) -> None:
    whole = make_pdf(tmp_path / "a.pdf", [lines([f"{FULL}."] * 30)] * 6).read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(whole[: int(share * len(whole))])
    (status,) = read_report(ReadJob(str(tmp_path), "r", ("cut.pdf",))).files
    assert status.status == "damaged"


def test_a_page_damaged_in_its_content_is_in_doubt() -> None:
    page = RawPage(0, 1, 595, 842, ["kata"] * 200, [], [], broken=True)
    assert page_doubts(page) == ("damaged",)
    assert page_doubts(RawPage(0, 1, 595, 842, [], [], [], broken=True)) == ("damaged",)


def test_reasons_are_known_for_every_status() -> None:
    """What a file is that is named otherwise is told where that is found."""
    assert set(REASONS) == set(STATUSES) - {"ready", MISNAMED}


@pytest.mark.slow
def test_hostile_files_never_raise() -> None:
    data = os.environ.get("LITREVIEW_TEST_DATA")
    if not data:
        pytest.skip("LITREVIEW_TEST_DATA names no folder of test data")
    for path in sorted((Path(data) / "pdf" / "hostile").iterdir()):
        assert status_of(path) in STATUSES, path.name


def status_of(path: Path) -> str:
    return read_report(ReadJob(str(path.parent), path.name, (path.name,))).files[0].status
