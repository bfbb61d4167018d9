"""What judgments are merged from: a review's folder, its judgments alone, a zip of either, or a single file.

A zip may come from anyone. Nothing of it is ever written under the names that it gives, and one that names places
outside itself, holds links, or unpacks to more than it should is refused as a whole.
"""

from __future__ import annotations

import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from litreview.documents.kinds import PAGE_SUFFIXES, PDF, WORD_SUFFIXES
from litreview.errors import LedgerError, Message, UsageError, message
from litreview.exchange.raw_lines import SNIFFED_BYTES, holds_judgments
from litreview.files import hash_file, locate, posix

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
PACK_NAME = "pack.json"
MOST_PARTS = 100_000
MOST_BYTES = 2_000_000_000  # unpacked, of what is read of one zip, or of one file
MOST_PART_BYTES = 100_000_000  # of a part that is read whole: a frozen text, a version, a pack's list
MOST_RATIO = 200  # of unpacked to packed; ledgers reach 30
SMALL_BYTES = 10_000_000  # up to which the ratio is not looked at
_OTHERS = {"corpus", "outputs", ".litreview", ".git", "__macosx"}  # of a review, or of who packed it by hand
_NO_LEDGER = (".pdf", ".png", ".html", ".docx", ".xlsx", ".db", ".zip", ".yaml", ".md")


class Part(msgspec.Struct, frozen=True):
    """A piece of a source: its name in it, and its size in bytes when unpacked."""

    name: str
    size: int


class PdfFile(msgspec.Struct, frozen=True):
    """A PDF that a colleague has: its path in their review, and its SHA-256."""

    path: str
    sha256: str


class Source:
    """A copy of judgments: its parts, opened one after another. Closed when the block ends that opened it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def parts(self) -> list[Part]:
        """Every part that might be of use, by name."""
        raise NotImplementedError

    def open(self, part: Part) -> BinaryIO:
        """A part's bytes, unpacked."""
        raise NotImplementedError

    def pdfs(self) -> list[PdfFile]:
        """PDFs that lie beside the judgments."""
        return []

    def head(self, part: Part) -> bytes:
        """The first bytes of a part."""
        with self.open(part) as stream:
            return stream.read(SNIFFED_BYTES)

    def read(self, part: Part) -> bytes:
        """A whole part. Raises `LedgerError` when it is larger than one that is read whole may be."""
        if part.size > MOST_PART_BYTES:
            what = message("The file is larger than {most} MB.", most=MOST_PART_BYTES // 1_000_000)
            raise LedgerError(what, f"{self.path}: {part.name}")
        with self.open(part) as stream:
            return stream.read(part.size)


class Folder(Source):
    """A copied review, or a folder with judgments."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._base = path / "judgments" if (path / "judgments").is_dir() else path

    def parts(self) -> list[Part]:
        """Its plain files."""
        found = [path for path in _plain_files(self._base) if not _is_other(posix(path, self._base))]
        return [Part(posix(path, self._base), path.stat().st_size) for path in found]

    def open(self, part: Part) -> BinaryIO:
        """One of its files."""
        return locate(self._base, part.name).open("rb")

    def pdfs(self) -> list[PdfFile]:
        """The PDFs, Word documents and web pages of its corpus, if it is a review."""
        corpus = self.path / "corpus"
        found = [path for path in _plain_files(corpus) if path.suffix.lower() in (PDF, *WORD_SUFFIXES, *PAGE_SUFFIXES)]
        return [PdfFile(posix(path, self.path), hash_file(path)) for path in found]


class SingleFile(Source):
    """A ledger file or a frozen text, whatever a chat called it."""

    def parts(self) -> list[Part]:
        """The file."""
        return [Part(self.path.name, self.path.stat().st_size)]

    def open(self, part: Part) -> BinaryIO:
        """The file."""
        return self.path.open("rb")


class Zip(Source):
    """A pack, or a folder that someone has zipped by hand. Raises `LedgerError` when it is not safe to read."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        super().__init__(path)
        self._archive = archive
        members = archive.infolist()
        self._members = {name: member for member in members if not _is_other(name := _name(member))}
        size = sum(member.file_size for member in self._members.values())
        if len(members) > MOST_PARTS or size > MOST_BYTES:
            what = message("The zip is refused: it unpacks to {size} MB in {count} files.",
                           size=size // 1_000_000, count=len(members))  # fmt: skip
            raise LedgerError(what, path)
        what_is_wrong = next((why for member in members if (why := _danger(member)) is not None), None)
        if what_is_wrong is not None:
            raise LedgerError(what_is_wrong, path)

    def parts(self) -> list[Part]:
        """Its members, but for folders and what is of no use here."""
        return [Part(name, self._members[name].file_size) for name in sorted(self._members) if name[-1:] != "/"]

    def open(self, part: Part) -> BinaryIO:
        """A member, unpacked as it is read."""
        return self._archive.open(self._members[part.name])  # type: ignore[return-value]


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Open what a person names. Raises `UsageError` when there is nothing, `LedgerError` when it cannot be read."""
    if path.is_dir():
        yield Folder(path)
        return
    if not path.is_file():
        raise UsageError(message("There is no such file or folder."), path)
    try:
        with path.open("rb") as stream:
            head = stream.read(len(ZIP))
        if head != ZIP:
            yield SingleFile(path)
            return
        with zipfile.ZipFile(path) as archive:
            yield Zip(path, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        what = message("The zip is damaged or was not copied completely. Ask for it again.")
        raise LedgerError(what, path) from error
    except OSError as error:
        what = message("It cannot be read ({why}).", why=error.strerror or str(error))
        raise LedgerError(what, path) from error


def is_ledger(source: Source, part: Part) -> bool:
    """Whether a part holds judgments: by its name, or by what its first lines say."""
    if part.name.lower().endswith(".jsonl"):
        return True
    if _folder_of(part) in ("texts", "versions") or part.name.lower().endswith((*_NO_LEDGER, PACK_NAME)):
        return False
    return holds_judgments(source.head(part))


def is_frozen(source: Source, part: Part) -> bool:
    """Whether a part may be a frozen text."""
    likely = _folder_of(part) == "texts" or ".json" in part.name.lower() or isinstance(source, SingleFile)
    return likely and source.head(part).startswith(GZIP)


def is_version(part: Part) -> bool:
    """Whether a part is a version of the protocol or the codebook."""
    return _folder_of(part) == "versions"


def _folder_of(part: Part) -> str:
    """The folder that a part lies in."""
    return ("", *part.name.split("/"))[-2]


def _is_other(name: str) -> bool:
    parts = name.lower().split("/")
    outside = "judgments" not in parts and not _OTHERS.isdisjoint(parts[:-1])
    return outside or parts[-1].startswith((".", "~$"))


def _plain_files(folder: Path) -> Iterator[Path]:
    """Files below a folder, by name; links are passed over, they may lead anywhere."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _name(member: zipfile.ZipInfo) -> str:
    return member.filename.replace("\\", "/")


def _danger(member: zipfile.ZipInfo) -> Message | None:
    """Why a part of a zip must not be read, or None."""
    name = _name(member)
    kind = stat.S_IFMT(member.external_attr >> 16)
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
        return message("The zip is refused: it names a place outside itself ({name}).", name=name)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return message("The zip is refused: it holds a link or a device ({name}).", name=name)
    if _is_other(name):
        return None
    if member.flag_bits & 1:
        return message("The zip asks for a password. Unpack it, and merge the folder.")
    if member.file_size > SMALL_BYTES and member.file_size > MOST_RATIO * max(1, member.compress_size):
        return message("The zip is refused: {name} unpacks to {times} times its size.", name=name,
                       times=member.file_size // max(1, member.compress_size))  # fmt: skip
    return None
