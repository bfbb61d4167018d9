"""What Tesseract makes of scans, through the whole reader; skipped where its data or the scans are not there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pymupdf
import pytest

from benchmarks.ocr import accuracy, truth_of
from litreview.documents.boxes import rects
from litreview.documents.language_data import find_language_data
from litreview.documents.model import Document
from litreview.documents.ocr import PageJob, make_recogniser, recognise_page
from litreview.documents.read import ReadJob, read_report
from litreview.documents.recognised_folder import keep_recognised, recognised_folder
from litreview.files import hash_file
from litreview.review import Review
from tests.ocr_making import needs_tesseract, scan_of, shared_data
from tests.pdf_making import FULL, lines, make_pdf
from tests.test_recognition import PROTOCOL

pytestmark = [pytest.mark.slow, needs_tesseract]
TEXTS = [f"Bagian {i}: {FULL.lower()}." for i in range(1, 25)]


def recognised(path: Path, kept: Path) -> Document:
    data = find_language_data(["id", "en"])
    assert data is not None
    recogniser = make_recogniser(data.languages, data.folder)
    sha256 = hash_file(path)
    with pymupdf.open(path) as pdf:
        numbers = range(1, len(pdf) + 1)
    for number in numbers:
        keep_recognised(kept, sha256, recognise_page(PageJob(str(path.parent), path.name, number, recogniser)))
    document = read_report(ReadJob(str(path.parent), "r", (path.name,), (sha256,), recognised=str(kept))).document
    assert document is not None
    return document


@pytest.mark.parametrize("name", ["scan_id_300dpi", "scan_id_300dpi_2col"])
def test_99_of_100_characters_in_one_column_and_in_two(name: str, tmp_path: Path) -> None:
    path = shared_data() / "pdf" / "scanned" / f"{name}.pdf"
    truth = truth_of(path)
    assert truth
    assert accuracy(recognised(path, tmp_path).text, truth) >= 0.99


@pytest.mark.parametrize("turn", [2.0, 90.0, 180.0])
def test_a_page_askew_or_on_its_side_or_head(turn: float, tmp_path: Path) -> None:
    scan = scan_of(make_pdf(tmp_path / "a.pdf", [lines(TEXTS, size=10)]), tmp_path / "scan.pdf", dpi=200, turn=turn)
    document = recognised(scan, tmp_path / "kept")
    assert accuracy(document.text, " ".join(TEXTS)) >= 0.99
    start = document.text.index("Bagian 12")
    (rect,) = rects(document, start, start + len("Bagian"))[:1]
    assert _darkness(scan, (rect.x0, rect.y0, rect.x1, rect.y1)) > 0.04  # the highlight lies on ink …
    longer, shorter = (rect.x1 - rect.x0, rect.y1 - rect.y0)[:: -1 if turn == 90 else 1]
    assert longer > 2 * shorter  # … and along the word


def _darkness(scan: Path, place: tuple[float, float, float, float]) -> float:
    with pymupdf.open(scan) as pdf:
        pixels = pdf[0].get_pixmap(dpi=150, clip=place, colorspace=pymupdf.csGRAY)
    return float(sum(value < 128 for value in pixels.samples) / len(pixels.samples))


def test_a_killed_command_goes_on_where_it_was(tmp_path: Path) -> None:
    root = tmp_path / "review"
    scan_of(make_pdf(tmp_path / "a.pdf", [lines(TEXTS[:4])] * 5), root / "corpus" / "scan.pdf")
    (root / "review.yaml").write_text(PROTOCOL, encoding="utf-8")
    folder = recognised_folder(root) / hash_file(root / "corpus" / "scan.pdf")
    command = [sys.executable, "-m", "litreview", "ingest", str(root), "--ocr"]
    killed = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while killed.poll() is None and not list(folder.glob("*.gz")):
        time.sleep(0.05)
    if hasattr(os, "killpg"):
        os.killpg(killed.pid, signal.SIGKILL)
    killed.kill()
    killed.wait()
    before = {path.name: path.stat().st_mtime_ns for path in folder.glob("*.gz")}
    assert 0 < len(before) < 5
    found = Review.open(root).ingest(ocr=True)
    assert found.recognition is not None
    assert (found.recognition.done, found.recognition.known) == (5 - len(before), len(before))
    assert [(file.status, file.wanting) for file in found.files] == [("ready", (1, 2, 3, 4, 5))]
    assert before.items() <= {path.name: path.stat().st_mtime_ns for path in folder.glob("*.gz")}.items()
