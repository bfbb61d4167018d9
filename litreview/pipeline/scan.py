"""What lies in the corpus: files with their hashes and the roles that the protocol gives them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from litreview.files import hash_file, posix
from litreview.index import Index
from litreview.protocol import Source

EXPORT_SUFFIXES = (".ris", ".bib", ".csv", ".txt", ".nbib", ".enw", ".tsv")
DOCUMENT_SUFFIXES = (".pdf",)


class CorpusFile(msgspec.Struct, frozen=True):
    """A file of the corpus: POSIX path relative to the review, content hash, and what the protocol says of it."""

    path: str
    sha256: str
    source: Source

    @property
    def suffix(self) -> str:
        """The suffix in lower case, with its dot."""
        return os.path.splitext(self.path)[1].lower()  # noqa: PTH122 - a name in the review, no path of this system


def scan_corpus(root: Path, sources: Sequence[Source], index: Index) -> list[CorpusFile]:
    """Files below `corpus/`, by path. Content is hashed again only where size or time of a file has changed."""
    files = []
    for path in sorted(_walk(root / "corpus"), key=lambda p: posix(p, root)):
        name = posix(path, root)
        files.append(CorpusFile(name, _hash(path, name, index), source_of(name, sources)))
    return files


def source_of(path: str, sources: Iterable[Source]) -> Source:
    """The first source of the protocol whose path or pattern names a file, or its folder; else a plain study."""
    for source in sources:
        pattern = source.path.strip("/")
        if fnmatchcase(path, pattern) or path.startswith(f"{pattern}/"):
            return source
    return Source(path)


def _walk(folder: Path) -> Iterator[Path]:
    """Every plain file, but for hidden ones and those that Word and Excel leave while a file is open."""
    if not folder.is_dir():
        return
    for entry in os.scandir(folder):
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)


def _hash(path: Path, name: str, index: Index) -> str:
    stat = path.stat()
    stamp = f"{stat.st_size}:{stat.st_mtime_ns}:"
    known = (index.get("hash", name) or b"").decode()
    if known.startswith(stamp):
        return known.removeprefix(stamp)
    digest = hash_file(path)
    index.put("hash", name, (stamp + digest).encode())
    return digest
