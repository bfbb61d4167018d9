"""How well and how fast pages that are pictures are recognised, through the whole reader.

    python -m benchmarks.ocr [FOLDER] [--made PDF …] [--pages N]

FOLDER (default: `pdf/scanned` of the test data that LITREVIEW_TEST_DATA names) holds scans; where a text lies beside
one (`scan.txt` for `scan.pdf` and `scan_2col.pdf`), its characters are the truth. With --made, pages of PDFs that have
text are made scans first, clean, coarse, askew and noisy, and the truth is the text as read from the PDF.

Accuracy is 1 − edit distance / length of the truth, over the canonical text; white space is made single spaces on both
sides, nothing else is evened out. Words broken over lines stand joined in the canonical text and in the truth.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pymupdf
from rapidfuzz.distance import Levenshtein

from litreview.documents.language_data import HOW_TO_INSTALL, find_language_data
from litreview.documents.ocr import PageJob, Recogniser, make_recogniser, recognise_page
from litreview.documents.read import ReadJob, read_report
from litreview.documents.recognised_folder import keep_recognised
from litreview.files import hash_file

MADE = {"clean 300 dpi": (300, 0.0, 0.0), "150 dpi": (150, 0.0, 0.0), "askew 2°": (300, 2.0, 0.0),
        "noise 2 %": (300, 0.0, 0.02)}  # fmt: skip


def accuracy(read: str, truth: str) -> float:
    """Share of the truth's characters that stand, between 0 and 1."""
    one, other = " ".join(read.split()), " ".join(truth.split())
    return max(0.0, 1 - Levenshtein.distance(one, other) / max(1, len(other)))


def text_of(path: Path, kept: Path | None = None) -> str:
    """The canonical text of a PDF, with its recognised pages; empty where there is none."""
    job = ReadJob(str(path.parent), path.name, (path.name,), (hash_file(path),), recognised=str(kept or ""))
    document = read_report(job).document
    return document.text if document is not None else ""


def recognise_file(path: Path, recogniser: Recogniser, kept: Path) -> tuple[int, float, float]:
    """Recognise every page of a scan in this process; pages, seconds by the clock and by the processor."""
    with pymupdf.open(path) as pdf:
        count = len(pdf)
    wall, cpu = time.perf_counter(), time.process_time()
    for number in range(1, count + 1):
        page = recognise_page(PageJob(str(path.parent), path.name, number, recogniser))
        keep_recognised(kept, hash_file(path), page)
    return count, time.perf_counter() - wall, time.process_time() - cpu


def truth_of(path: Path) -> str | None:
    """The true text of a scan: in the file of its name, or of the longest beginning of it."""
    beside = [text for text in path.parent.glob("*.txt") if path.stem.startswith(text.stem)]
    return max(beside, key=lambda text: len(text.stem)).read_text(encoding="utf-8") if beside else None


def make_scan(path: Path, to: Path, pages: int, dpi: int, lean: float, noise: float) -> Path:
    """A scan of a PDF's first pages: rendered, turned by some degrees, a share of its points black or white."""
    draw = np.random.default_rng(1)
    with pymupdf.open(path) as pdf, pymupdf.open() as scan:
        for page in list(pdf)[:pages]:
            matrix = pymupdf.Matrix(dpi / 72, dpi / 72).prerotate(lean)
            pixels = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY)
            grey = np.frombuffer(pixels.samples, np.uint8).copy()
            hit = draw.random(grey.size) < noise
            grey[hit] = draw.integers(0, 2, int(hit.sum())) * 255
            noisy = pymupdf.Pixmap(pymupdf.csGRAY, pixels.width, pixels.height, grey.tobytes(), 0)
            width, height = pixels.width * 72 / dpi, pixels.height * 72 / dpi
            scan.new_page(width=width, height=height).insert_image((0, 0, width, height), pixmap=noisy)
        scan.save(to)
    return to


def made_scans(path: Path, pages: int, folder: Path) -> Iterator[tuple[str, Path, str]]:
    """Scans made of a PDF with text, each with its name and its truth."""
    first = folder / path.name
    with pymupdf.open(path) as pdf:
        pdf.select(range(min(pages, len(pdf))))
        pdf.save(first)
    truth = text_of(first)
    for i, (name, (dpi, lean, noise)) in enumerate(MADE.items()):
        scan = make_scan(path, folder / f"{path.stem}-{i}.pdf", pages, dpi, lean, noise)
        yield f"{path.name}, {name}", scan, truth


def main() -> int:
    """Measure and print; exit status 1 when there is nothing to recognise, or nothing to do it with."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--made", nargs="*", default=[], metavar="PDF")
    parser.add_argument("--pages", type=int, default=3)
    options = parser.parse_args()
    data = find_language_data(["id", "en"])
    if data is None:
        sys.stderr.write(f"{HOW_TO_INSTALL}\n")
        return 1
    folder = options.folder or Path(os.environ.get("LITREVIEW_TEST_DATA", ".")) / "pdf" / "scanned"
    scans = [] if options.made else sorted(Path(folder).glob("*.pdf"))
    if not scans and not options.made:
        sys.stderr.write("No scan was found.\n")
        return 1
    recogniser = make_recogniser(data.languages, data.folder)
    sys.stdout.write(f"{recogniser}\n")
    with TemporaryDirectory() as place:
        named = [(path.name, path, truth_of(path)) for path in scans]
        made = (one for path in options.made for one in made_scans(Path(path), options.pages, Path(place)))
        for name, path, truth in (*named, *made):
            kept = Path(place) / "kept"
            pages, wall, cpu = recognise_file(path, recogniser, kept)
            text = text_of(path, kept)
            told = "" if truth is None else f"  {100 * accuracy(text, truth):6.2f} % of characters"
            sys.stdout.write(f"{name:60} {pages:3} pages {wall / pages:5.1f} s {cpu / pages:5.1f} s of processor"
                             f" {len(text.split()):6} words{told}\n")  # fmt: skip
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
