"""Recognised pages take the place of pictures and of garbage, and only there."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pymupdf
import pytest

from litreview.documents import recognised as recognised_pages
from litreview.documents.boxes import rects
from litreview.documents.model import Document, FileStatus
from litreview.documents.ocr import RecognisedPage, RecognisedWord
from litreview.documents.quality import MISREAD
from litreview.documents.read import ReadJob, read_report
from litreview.documents.recognised_folder import keep_recognised, marks, read_recognised
from litreview.documents.refusals import REASONS
from litreview.files import hash_file
from tests.ocr_making import RECOGNISER, recognised_from, scan_of
from tests.pdf_making import FULL, lines, make_pdf

LEFT = [f"kolom kiri baris {i} berisi kata-kata lain." for i in range(12)]
RIGHT = [f"kolom kanan baris {i} berisi kata-kata lain." for i in range(12)]


def read_with(path: Path, pages: list[RecognisedPage]) -> tuple[FileStatus, Document | None]:
    folder, sha256 = path.parent / "kept", hash_file(path)
    for page in pages:
        keep_recognised(folder, sha256, page)
    result = read_report(ReadJob(str(path.parent), "r", (path.name,), (sha256,), recognised=str(folder)))
    return result.files[0], result.document


def text_of(path: Path, pages: list[RecognisedPage]) -> str:
    document = read_with(path, pages)[1]
    return "" if document is None else document.text


def test_two_columns_are_read_in_order(tmp_path: Path) -> None:
    original = make_pdf(tmp_path / "a.pdf", [[*lines(LEFT, size=9), *lines(RIGHT, x=320, size=9)]])
    scan = scan_of(original, tmp_path / "scan.pdf", dpi=40)
    assert read_with(scan, [])[0].status == "needs-ocr"
    (page,) = recognised_from(original)
    across = sorted(page.words, key=lambda word: (word.straight[1], word.straight[0]))  # as Tesseract gives them
    numbered = [msgspec.structs.replace(word, line=round(word.straight[1])) for word in across]
    file, document = read_with(scan, [msgspec.structs.replace(page, words=tuple(numbered))])
    assert (file.status, file.reason, file.wanting) == ("ready", "", (1,))
    assert document is not None
    assert document.text.split() == " ".join(LEFT + RIGHT).split()
    assert [p.ocr for p in document.pages] == [str(RECOGNISER)]
    start = document.text.index("kanan baris 3")
    (rect,) = rects(document, start, start + 5)
    assert [(w.shown[0], w.shown[1]) for w in page.words if w.text == "kanan"][3] == pytest.approx(
        (rect.x0, rect.y0), abs=0.1
    )


def test_garbage_behind_a_picture_waits_for_ocr_and_is_replaced(tmp_path: Path) -> None:
    original = make_pdf(tmp_path / "a.pdf", [lines([f"{FULL}." for _ in range(20)])])
    scan = pymupdf.open(scan_of(original, tmp_path / "scan.pdf", dpi=40))
    for i in range(20):
        scan[0].insert_text((72, 100 + 14 * i), "xkcdq zrtbn wvhjk pqrst mnbvc lkjhg fdsqw", render_mode=3)
    scan.save(tmp_path / "garbage.pdf")
    file, document = read_with(tmp_path / "garbage.pdf", [])
    assert (file.status, file.reason, document) == ("needs-ocr", MISREAD.text, None)
    file, document = read_with(tmp_path / "garbage.pdf", recognised_from(original))
    assert file.status == "ready"
    assert document is not None
    assert "xkcdq" not in document.text
    assert document.text.count("Pendamping") == 20
    assert document.pages[0].doubts == ()


def test_text_of_a_pdf_is_never_replaced(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", [lines([f"{FULL}."] * 10)])
    other = recognised_from(make_pdf(tmp_path / "b.pdf", [lines(["Yang lain sama sekali."] * 10)]))
    assert text_of(path, other) == text_of(path, [])
    assert read_with(path, [])[0].wanting == ()


def test_a_page_that_failed_costs_only_itself(tmp_path: Path) -> None:
    original = make_pdf(tmp_path / "a.pdf", [lines([f"{FULL} {i}."] * 3) for i in range(2)])
    scan = scan_of(original, tmp_path / "scan.pdf", dpi=40)
    first, _ = recognised_from(original)
    file, document = read_with(scan, [first, RecognisedPage(2, str(RECOGNISER), failure="timeout")])
    assert file.status == "ready"
    assert document is not None
    assert [(page.doubts, bool(page.ocr)) for page in document.pages] == [
        ((), True),
        (("no-text", "not-recognised"), False),
    ]


def test_a_scan_that_is_not_done_yet_still_waits(tmp_path: Path) -> None:
    original = make_pdf(tmp_path / "a.pdf", [lines([f"{FULL}."])] * 2)
    scan = scan_of(original, tmp_path / "scan.pdf", dpi=40)
    file, document = read_with(scan, recognised_from(original)[:1])
    assert (file.status, file.reason, document) == ("needs-ocr", recognised_pages.BEGUN.text, None)


def test_scattered_letters_of_a_photograph_are_no_text(tmp_path: Path) -> None:
    scan = scan_of(make_pdf(tmp_path / "a.pdf", [lines([FULL])]), tmp_path / "scan.pdf", dpi=40)
    words = [
        RecognisedWord(text, i, (9, 9, 20, 20), (9, 9, 20, 20)) for i, text in enumerate(["o", "~", "|", "Ei", "a."])
    ]
    file, document = read_with(scan, [RecognisedPage(1, str(RECOGNISER), tuple(words))])
    assert (file.status, file.reason, document) == ("needs-ocr", recognised_pages.IN_VAIN.text, None)
    assert REASONS["needs-ocr"] != file.reason


def test_kept_pages(tmp_path: Path) -> None:
    page = RecognisedPage(3, "one", (RecognisedWord("kata", 0, (1, 2, 3, 4), (1, 2, 3, 4)),))
    assert read_recognised(tmp_path, "ab") == {}
    assert marks(tmp_path, ["ab"]) == {}
    keep_recognised(tmp_path, "ab", RecognisedPage(3, "one", failure="timeout"))
    failed = marks(tmp_path, ["ab", "cd"])
    keep_recognised(tmp_path, "ab", page)
    assert read_recognised(tmp_path, "ab") == {3: page}
    assert marks(tmp_path, ["ab"])["ab"] != failed["ab"]
    other = msgspec.structs.replace(page, recogniser="two")
    keep_recognised(tmp_path, "ab", other)
    assert read_recognised(tmp_path, "ab") == {3: other}
    (file,) = (tmp_path / "ab").iterdir()
    file.write_bytes(file.read_bytes()[:40])
    assert read_recognised(tmp_path, "ab") == {}
