"""Where recognised pages are kept: `.litreview/recognised/<hash of the file>/<page>-<hash of the recogniser>.json.gz`.

Each page is a file of its own, written whole, so that a stage that is killed goes on where it was. They lie beside the
index and not in it: the index is thrown away for every new version, and these are hours of work.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from litreview.documents.ocr import FORMAT, RecognisedPage
from litreview.files import hash_bytes, read_bytes, write_atomic

_SUFFIX = ".json.gz"
_DIGITS = 5  # of a page's number in the name
_MOST_BYTES = 100_000_000  # of one page when unpacked; a full one takes a hundred thousand


def recognised_folder(root: Path) -> Path:
    """The folder of the recognised pages in a review."""
    return root / ".litreview" / "recognised"


def read_recognised(folder: Path, sha256: str) -> dict[int, RecognisedPage]:
    """The recognised pages of a file, by number (from 1). What is damaged counts as not there; of several recognisers'
    pages a success goes before a failure, and then the last by name stands."""
    found: dict[int, RecognisedPage] = {}
    for name in _names(folder, sha256):
        page = _read(folder / sha256 / name)
        if page is not None and not (page.failure and page.number in found):
            found[page.number] = page
    return found


def tried_pages(folder: Path, sha256: str) -> set[int]:
    """Numbers of a file's pages that were recognised, or failed."""
    return {int(name[:_DIGITS]) for name in _names(folder, sha256)}


def keep_recognised(folder: Path, sha256: str, page: RecognisedPage) -> None:
    """Keep a page; pages of other recognisers with the same number go. Raises `OSError`."""
    number = f"{page.number:0{_DIGITS}d}-"
    name = f"{number}{hash_bytes(page.recogniser.encode())[:12]}{_SUFFIX}"
    packed = gzip.compress(msgspec.json.encode(page), compresslevel=6, mtime=0)
    write_atomic(folder / sha256 / name, packed)
    for other in _names(folder, sha256):
        if other.startswith(number) and other != name:
            (folder / sha256 / other).unlink(missing_ok=True)


def count_recognised(folder: Path) -> int:
    """How many pages are kept, of all files."""
    try:
        there = sorted(os.listdir(folder))  # noqa: PTH208 - names only
    except OSError:
        return 0
    return sum(len(tried_pages(folder, sha256)) for sha256 in there)


def marks(folder: Path, hashes: Iterable[str]) -> dict[str, str]:
    """For each file (by hash) that has recognised pages: what tells them from those of another day."""
    try:
        there = set(os.listdir(folder))  # noqa: PTH208 - names only
    except OSError:
        return {}
    return {sha256: _mark(folder, sha256) for sha256 in sorted(there.intersection(hashes))}


def _mark(folder: Path, sha256: str) -> str:
    stats = ((name, (folder / sha256 / name).stat().st_size) for name in _names(folder, sha256))
    return hash_bytes(repr(tuple(stats)).encode())


def _names(folder: Path, sha256: str) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder / sha256) if _is_page(name))  # noqa: PTH208
    except OSError:
        return []


def _is_page(name: str) -> bool:
    return name.endswith(_SUFFIX) and name[:_DIGITS].isdecimal()


def _read(path: Path) -> RecognisedPage | None:
    try:
        unpacking = zlib.decompressobj(wbits=31)
        raw = unpacking.decompress(read_bytes(path), _MOST_BYTES)
        page = msgspec.json.decode(raw, type=RecognisedPage)
    except (OSError, zlib.error, msgspec.MsgspecError):
        return None
    return page if unpacking.eof and page.format == FORMAT else None
