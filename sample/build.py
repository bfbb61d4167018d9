"""Build the synthetic corpus: `python -m sample.build [--to FOLDER]`. Same sources, same bytes."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from sample.article import Built, build_article
from sample.catalog import CATALOG, PASSWORD
from sample.records import read_search, write_exports
from sample.scan import scan
from sample.source import Part, Text, plain, read_texts
from sample.thesis import build_split, build_whole
from sample.truth import Setting, truth_csv

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


def typeset(text: Text) -> tuple[list[tuple[str, Part, Built]], str]:
    """Set one text: path, part and result of each file, and the printed span of pages."""
    path = CATALOG[text.key].path
    if text.get("layout") == "thesis":
        return [(path, text.parts[0], build_whole(text))], ""
    if text.get("layout") == "thesis-split":
        built = build_split(text)
        return [(f"{path}/{part.name}.pdf", part, built[part.name]) for part in text.parts], ""
    locked = CATALOG[text.key].status == "needs-password"
    result, span = build_article(text, PASSWORD if locked else "")
    return [(path, text.parts[0], result)], span


def spoil(text: Text, data: bytes) -> bytes:
    """Leave a file as its role asks: scanned, cut off, or whole."""
    status = CATALOG[text.key].status
    if status == "needs-ocr":
        return scan(data, plain(text.get("title")), "; ".join(text.authors))
    if status == "damaged":
        return cut_off(data)
    return data


def cut_off(data: bytes) -> bytes:
    """Half of a file whose page tree comes last, as when a download breaks off."""
    objects: list[bytes] = re.findall(rb"\d+ 0 obj.*?endobj\s", data, re.S)
    structure = [body for body in objects if b"stream" not in body]
    late = b"".join([body for body in objects if b"stream" in body] + structure)
    return (data[:9] + late)[: len(data) // 2]


def first_files() -> dict[str, str]:
    """The first file of each text, by key, as a path in the repository."""
    texts = read_texts()
    paths = {key: entry.path for key, entry in CATALOG.items()}
    return {
        key: f"corpus/{path}" if path.endswith(".pdf") else f"corpus/{path}/{texts[key].parts[0].name}.pdf"
        for key, path in paths.items()
    }


def build() -> dict[str, bytes]:
    """Every built file of the corpus, by its path in it."""
    texts = read_texts()
    files: dict[str, bytes] = {}
    settings: list[Setting] = []
    spans: dict[str, str] = {}
    for key in CATALOG:
        built, spans[key] = typeset(texts[key])
        for path, part, result in built:
            files[path] = spoil(texts[key], result.data)
            settings.append(Setting(key, f"corpus/{path}", part, result.trace))
    search = read_search(texts, spans)
    files |= write_exports(search)
    return {**files, "truth.csv": truth_csv(settings, texts, search)}


def write(files: dict[str, bytes], folder: Path) -> None:
    """Write the files under a folder; files that the build does not make are left alone."""
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def main() -> None:
    """Parse, build, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=CORPUS, help="folder to write into (default: corpus/)")
    write(build(), parser.parse_args().to)


if __name__ == "__main__":
    main()
