"""How long reading takes, as a multiple of PyMuPDF's own extraction of words from the same pages.

    python -m benchmarks.ingest [FOLDER] [--rounds N]

Processor time of one worker, garbage collection off as in the reader, the median of several rounds; each round
measures all four one after the other, file by file, so that a busy machine slows them alike. Opening the file is in
all of them.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import msgspec
import pymupdf

from litreview.documents.assemble import read_sentences
from litreview.documents.extract import read_page
from litreview.documents.read import ReadJob, read_report
from litreview.files import hash_file
from litreview.index import Index


def extract_words(path: Path) -> int:
    """PyMuPDF's words of every page, as it gives them; returns the number of pages."""
    with pymupdf.open(path) as pdf:
        for page in pdf:
            page.get_text("words")
        return len(pdf)


def read_text(path: Path) -> int:
    """Text, reading order, paragraphs and sentences with their boxes; returns the number of pages."""
    with pymupdf.open(path) as pdf:
        pages = [read_page(page, i, 0) for i, page in enumerate(pdf)]
    read_sentences([pages])
    return len(pages)


def read_whole(path: Path) -> int:
    """Everything that `read_report` does; returns the number of pages."""
    return sum(f.pages for f in read_report(ReadJob(str(path.parent), path.name, (path.name,))).files)


def ingest_whole(path: Path, index: Index) -> int:
    """The same with the file's hash, packed and kept in the index; returns the number of pages."""
    digest = hash_file(path)
    result = read_report(ReadJob(str(path.parent), path.name, (path.name,), (digest,)))
    index.put("document", digest, msgspec.msgpack.encode(result))
    return sum(f.pages for f in result.files)


Measured = tuple[tuple[str, Callable[[Path], int]], ...]
READING: Measured = (
    ("words", extract_words),
    ("text-order-sentences", read_text),
    ("whole-read", read_whole),
)


def measure(paths: Sequence[Path], rounds: int, measured: Measured) -> dict[str, float]:
    """Median seconds of processor time over all files for each thing measured, and `pages`."""
    seconds: dict[str, list[float]] = {name: [] for name, _ in measured}
    pages = 0
    for _ in range(rounds + 1):
        of_round = dict.fromkeys(seconds, 0.0)
        pages = 0
        for path in paths:
            for name, function in measured:
                started = time.process_time()
                count = function(path)
                of_round[name] += time.process_time() - started
            pages += count
        gc.collect()
        for name, spent in of_round.items():
            seconds[name].append(spent)
    return {"pages": float(pages)} | {name: median(all_rounds[1:]) for name, all_rounds in seconds.items()}


def find_files(argument: str | None) -> list[Path]:
    """The PDFs of a folder, or of the test data's articles, or of this review's corpus, that can be read."""
    if argument:
        folders = [Path(argument)]
    elif os.environ.get("LITREVIEW_TEST_DATA"):
        data = Path(os.environ["LITREVIEW_TEST_DATA"]) / "pdf"
        folders = [data / "academic", data / "indonesian"]
    else:
        folders = [Path("corpus")]
    return [path for folder in folders for path in sorted(folder.rglob("*.pdf")) if _opens(path)]


def _opens(path: Path) -> bool:
    result = read_report(ReadJob(str(path.parent), path.name, (path.name,)))
    return result.document is not None


def main() -> int:
    """Measure and print; exit status 1 when there is nothing to read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    paths = find_files(options.folder)
    if not paths:
        sys.stderr.write("No PDF that can be read was found.\n")
        return 1
    gc.disable()
    with TemporaryDirectory() as folder, Index(Path(folder) / "index.db") as index:
        measured: Measured = (*READING, ("whole-ingest", partial(ingest_whole, index=index)))
        found = measure(paths, options.rounds, measured)
    ratios = {name: found[name] / found["words"] for name, _ in measured}
    if options.json:
        sys.stdout.write(json.dumps({"files": len(paths), **found, "ratios": ratios}) + "\n")
        return 0
    sys.stdout.write(f"{len(paths)} files, {found['pages']:.0f} pages, median of {options.rounds} rounds\n")
    for name in ratios:
        rate = found["pages"] / found[name]
        sys.stdout.write(f"{name:22} {found[name]:7.3f} s {rate:7.0f} pages/s {ratios[name]:6.2f} × words\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
