"""Reading the files of a ledger, whatever a drive or a chat named them, and reading on where one has grown."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from litreview.errors import LedgerError, message
from litreview.files import hash_bytes, posix, with_patience
from litreview.ledger.lines import MOST_LINE_BYTES, Trouble, decode_line
from litreview.ledger.model import Judgment
from litreview.ledger.upgrades import STEPS, Step

TAIL_BYTES = 4096
SNIFFED_BYTES = 1 << 18
NOT_OURS = ("texts", "versions")  # frozen texts and versions lie beside the judgments
SUFFIX = ".jsonl"


class Mark(msgspec.Struct, frozen=True):
    """Up to where a file was read, and how to know it again: the hash of the last part before `end`, and what the
    system says of the file (never trusted alone)."""

    end: int = 0
    size: int = 0
    tail: str = ""
    node: tuple[int, int] = (0, 0)
    changed_ns: int = 0


class FileRead(msgspec.Struct, frozen=True):
    """What was read of a file: judgments and troubles (by line, from 1), and the same of a last line without an end,
    which is read again when the file has grown."""

    name: str
    mark: Mark = Mark()
    lines: int = 0
    judgments: tuple[Judgment, ...] = ()
    troubles: tuple[tuple[int, Trouble], ...] = ()
    last: Judgment | Trouble | None = None

    def every_judgment(self) -> tuple[Judgment, ...]:
        """Its judgments, that of an unfinished last line too."""
        return (*self.judgments, *([self.last] if isinstance(self.last, Judgment) else []))


class Reading(msgspec.Struct, frozen=True):
    """A file as it is now, the judgments that are new since it was last looked at, and whether it `grew`: else it was
    read whole, and what was known of it may be gone."""

    file: FileRead
    fresh: tuple[Judgment, ...]
    grew: bool


def find_files(folder: Path) -> list[Path]:
    """Every file below `folder` that holds judgments, by POSIX name: by its suffix, or by what its first lines say.

    Raises `LedgerError` when a folder cannot be read.
    """
    try:
        found = [path for path in _walk(folder) if _is_ledger(path, folder)]
    except OSError as error:
        raise _unreadable(error, folder) from error
    return sorted(found, key=lambda path: posix(path, folder))


def _walk(folder: Path) -> Iterator[Path]:
    """Plain files, but for hidden ones, which are other programs'."""
    if not folder.is_dir():
        return
    for entry in os.scandir(folder):
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)


def _is_ledger(path: Path, folder: Path) -> bool:
    if path.suffix.lower() == SUFFIX:
        return True
    if path.relative_to(folder).parts[0] in NOT_OURS:
        return False
    try:
        with path.open("rb") as file:
            begin = file.read(SNIFFED_BYTES).removeprefix(codecs.BOM_UTF8)
    except OSError:
        return False  # by its name it is none, and it will not say
    return any(_is_judgment(line) for line in begin.split(b"\n") if b"{" in line)


def _is_judgment(line: bytes) -> bool:
    found = decode_line(line)
    return isinstance(found, Judgment) or (found is not None and bool(found.kind or found.judgment))


def read_on(path: Path, name: str, known: FileRead | None, steps: Sequence[Step] = STEPS) -> Reading | None:
    """Read a file from where `known` ended, or whole where it is not the file that it was; None where it is gone.

    Raises `LedgerError` when it cannot be read.
    """
    try:
        with with_patience(lambda: path.open("rb")) as file:
            return _read(file, name, known, steps)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(error, path) from error


def _unreadable(error: OSError, path: Path) -> LedgerError:
    return LedgerError(message("The judgments cannot be read ({why}).", why=error.strerror or str(error)), path)


def _read(file: BinaryIO, name: str, known: FileRead | None, steps: Sequence[Step]) -> Reading:
    status = os.fstat(file.fileno())
    if known is not None and _is_same(file, known.mark, status):
        if status.st_size == known.mark.size:
            return Reading(known, (), grew=True)
        base = known
    else:
        base = FileRead(name)
    judgments: list[Judgment] = []
    troubles: list[tuple[int, Trouble]] = []
    last: Judgment | Trouble | None = None
    end, number = base.mark.end, base.lines
    file.seek(end)
    size = end
    for line, length in _lines(file):
        found = decode_line(line if number else line.removeprefix(codecs.BOM_UTF8), steps)
        size += length
        if not line.endswith(b"\n"):
            last = found
            break
        number, end = number + 1, size
        if isinstance(found, Judgment):
            judgments.append(found)
        elif found is not None:
            troubles.append((number, found))
    mark = Mark(end, size, _tail(file, end), (status.st_dev, status.st_ino), status.st_mtime_ns)
    now = FileRead(name, mark, number, (*base.judgments, *judgments), (*base.troubles, *troubles), last)
    grew = base is known and not isinstance(base.last, Judgment)  # a last line without its end may have changed
    return Reading(now, now.every_judgment()[len(base.judgments) :], grew)


def _lines(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Each line with its length; of one that is longer than any of ours only its end, which makes it a damaged one."""
    while line := file.readline(MOST_LINE_BYTES):
        length = len(line)
        if length == MOST_LINE_BYTES and not line.endswith(b"\n"):
            while not line.endswith(b"\n") and (more := file.readline(MOST_LINE_BYTES)):
                line, length = more, length + len(more)
            line = b"\0\n" if line.endswith(b"\n") else b"\0"
        yield line, length


def _is_same(file: BinaryIO, mark: Mark, status: os.stat_result) -> bool:
    """Whether a file is the one that was read, as it was or grown: a sync client or git may have put another in its
    place, with lines in the middle."""
    if (status.st_dev, status.st_ino) != mark.node or status.st_size < mark.size:
        return False
    if status.st_size == mark.size and status.st_mtime_ns != mark.changed_ns:
        return False
    return _tail(file, mark.end) == mark.tail


def _tail(file: BinaryIO, end: int) -> str:
    """The hash of the last part before `end`."""
    begin = max(0, end - TAIL_BYTES)
    file.seek(begin)
    return hash_bytes(file.read(end - begin))
