"""What lies in the corpus: files with their hashes and the roles that the protocol gives them."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

import msgspec

from litreview.documents.kinds import DOCUMENT_SUFFIXES, suffix_of
from litreview.errors import Message, message
from litreview.files import hash_file, posix
from litreview.index import Batch, Index
from litreview.protocol import Source
from litreview.schema import nearest

CORPUS = "corpus"
HASHES = "hash"
EXPORT_SUFFIXES = (
    ".ris", ".bib", ".bibtex", ".csv", ".tsv", ".xlsx", ".xlsm", ".txt", ".nbib", ".enw", ".isi", ".ciw", ".xml",
    ".json",
)  # fmt: skip


class CorpusFile(msgspec.Struct, frozen=True):
    """A file of the corpus: POSIX path relative to the review, content hash, and what the protocol says of it.

    One that cannot be opened now has the hash that it had when it last could, if it is unchanged, else none. A folder
    or link that cannot be opened stands here too, its path ending in `/`.
    """

    path: str
    sha256: str
    source: Source
    opened: bool = True

    @property
    def suffix(self) -> str:
        """The suffix in lower case, with its dot."""
        return suffix_of(self.path)


def scan_corpus(root: Path, sources: Sequence[Source], index: Index) -> list[CorpusFile]:
    """Files below `corpus/`, by path. Content is hashed again only where size or time of a file has changed."""
    files = []
    closed: list[Path] = []
    known = index.all_of(HASHES)
    with index.batch() as batch:
        for name, path in sorted((posix(path, root), path) for path in _walk(root / CORPUS, closed)):
            digest, opened = _hash(path, name, known.get(name, b"").decode(), batch)
            files.append(CorpusFile(name, digest, source_of(name, sources), opened))
    folders = (f"{posix(path, root)}/" for path in closed)
    files += [CorpusFile(name, "", source_of(name, sources), opened=False) for name in folders]
    return sorted(files, key=lambda file: file.path)


def remember_read(files: Iterable[CorpusFile], index: Index) -> None:
    """Keep which files the documents were read from, for `count_changed`."""
    read = msgspec.msgpack.encode({f.path: f.sha256 for f in files if f.suffix in DOCUMENT_SUFFIXES and f.opened})
    if index.get("search", "files") != read:
        index.put("search", "files", read)


def count_changed(root: Path, index: Index) -> int:
    """How many document files are new, changed or gone since the documents were read last. Only names, sizes and times
    are looked at, but for a file whose time alone is new: it counts as changed."""
    raw, hashes = index.get("search", "files"), index.all_of(HASHES)
    read = msgspec.msgpack.decode(raw, type=dict[str, str]) if raw else {}
    here = {posix(path, root): path for path in _walk(root / CORPUS, [])}
    here = {name: path for name, path in here.items() if suffix_of(name) in DOCUMENT_SUFFIXES}
    changed = sum(1 for name, path in here.items() if not _is_as_read(path, hashes.get(name, b""), read.get(name)))
    return changed + len(read.keys() - here.keys())


def _is_as_read(path: Path, known: bytes, sha256: str | None) -> bool:
    try:
        return sha256 is not None and known.decode() == _stamp(path.stat()) + sha256
    except OSError:
        return False


def source_of(path: str, sources: Iterable[Source]) -> Source:
    """The first source of the protocol whose path or pattern names a file, or its folder; else a plain study."""
    return next((source for source in sources if _names(source, path)), Source(path))


def idle_sources(files: Iterable[CorpusFile], sources: Iterable[Source]) -> list[Message]:
    """A message for each source that names no file, with the nearest name that there is. An empty corpus has none: the
    files are still to come."""
    names = [file.path for file in files]
    idle = [source.path for source in sources if not any(_names(source, name) for name in names)] if names else []
    return [_tell_idle(path, names) for path in idle]


def _names(source: Source, path: str) -> bool:
    pattern = _pattern(source)
    return path == pattern or fnmatchcase(path, pattern) or path.startswith(f"{pattern}/")


def _pattern(source: Source) -> str:
    """A source's path as files are named here; `\\` means `/`, and `corpus/` before it may be left out."""
    written = unicodedata.normalize("NFC", source.path.strip().replace("\\", "/")).removeprefix("./").strip("/")
    return written if written == CORPUS or written.startswith(f"{CORPUS}/") else f"{CORPUS}/{written}"


def _tell_idle(path: str, names: Sequence[str]) -> Message:
    folders = {above.as_posix() for name in names for above in PurePosixPath(name).parents} - {".", CORPUS}
    pattern = _pattern(Source(path))
    folder, _, last = pattern.rpartition("/")
    literal = folder if any(sign in last for sign in "*?[") else pattern
    near = "" if literal in folders else nearest(literal, [*sorted(folders), *names])
    if near:
        return message("sources: '{path}' names no file, so that nothing has this role. Did you mean '{near}'?",
                       path=path, near=near)  # fmt: skip
    return message("sources: '{path}' names no file, so that nothing has this role. Correct the path in review.yaml, or"
                   " remove the line.", path=path)  # fmt: skip


def _walk(folder: Path, closed: list[Path]) -> Iterator[Path]:
    """Every plain file, but for hidden ones and those that Word and Excel leave while a file is open. Folders that
    cannot be listed are noted in `closed`, and so are links that lead to no file."""
    if not folder.is_dir():
        return
    try:
        entries = list(os.scandir(folder))
    except OSError:
        closed.append(folder)
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), closed)
        elif entry.is_file():
            yield Path(entry.path)
        elif entry.is_symlink():
            closed.append(Path(entry.path))


def _stamp(stat: os.stat_result) -> str:
    return f"{stat.st_size}:{stat.st_mtime_ns}:"


def _hash(path: Path, name: str, known: str, batch: Batch) -> tuple[str, bool]:
    """A file's hash, and whether it can be opened: one that another program has locked keeps the hash known of it."""
    stamp = "?"
    try:
        stamp = _stamp(path.stat())
        if known.startswith(stamp):
            with path.open("rb"):
                return known.removeprefix(stamp), True
        digest = hash_file(path)
    except OSError:
        return (known.removeprefix(stamp) if known.startswith(stamp) else ""), False
    batch.put(HASHES, name, (stamp + digest).encode())
    return digest, True
