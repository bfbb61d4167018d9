"""Where frozen texts lie: `judgments/texts/`, each in a file named by its content, written once and never changed.

What a file is called decides nothing on reading: drives and chats rename. A damaged file costs itself only.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from litreview.documents.frozen import SUFFIX, FrozenText, decode_frozen, encode_frozen
from litreview.errors import FrozenTextError, LedgerError, Message, message
from litreview.files import hash_bytes, posix, read_bytes, sync, sync_folder, write_atomic

GZIP = b"\x1f\x8b"


class FrozenTexts(msgspec.Struct, frozen=True):
    """Frozen texts by identity, in its order, and notices on files that could not be used."""

    texts: tuple[FrozenText, ...] = ()
    notices: tuple[Message, ...] = ()


def texts_folder(judgments: Path) -> Path:
    """The folder of the frozen texts in the ledger's folder."""
    return judgments / "texts"


def frozen_name(frozen: FrozenText) -> str:
    """The name of a frozen text's file."""
    return f"{frozen.text_hash}-{frozen.identity[:12]}{SUFFIX}"


def read_frozen(judgments: Path) -> FrozenTexts:
    """Every frozen text of a ledger's folder; the same one under several names counts once."""
    folder = texts_folder(judgments)
    found: dict[str, FrozenText] = {}
    notices = []
    for path in frozen_files(folder):
        try:
            frozen = decode_frozen(read_bytes(path))
            found.setdefault(frozen.identity, frozen)
        except (FrozenTextError, OSError) as error:
            notices.append(not_used(posix(path, folder.parent), error))
    return FrozenTexts(tuple(found[key] for key in sorted(found)), tuple(notices))


def frozen_files(folder: Path) -> Iterator[Path]:
    """The files of a folder that are gzip, whatever their names; hidden ones are those of a writer at work."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".") and _head(path) == GZIP:
            yield path


def keep_frozen(judgments: Path, frozen: FrozenText) -> bool:
    """Keep a frozen text, written through to disk on return; True when it was not there before.

    Raises `LedgerError` when the disk is full or the folder cannot be written; then nothing half-written is left.
    """
    path = texts_folder(judgments) / frozen_name(frozen)
    try:
        new = not _is_kept(path, frozen)
        if new:
            write_atomic(path, encode_frozen(frozen))
        elif path not in _forced:
            _force_there(path)
        _forced.add(path)
        return new
    except OSError as error:
        raise _not_kept(error, path) from error


def keep_bytes(judgments: Path, content: bytes) -> bool:
    """Keep a frozen text of a newer version as it came; True when it was not there before. Raises `LedgerError`."""
    path = texts_folder(judgments) / f"{hash_bytes(content)}{SUFFIX}"
    try:
        return write_atomic(path, content)
    except OSError as error:
        raise _not_kept(error, path) from error


_forced: set[Path] = set()  # what this process knows to be whole and on disk


def _force_there(path: Path) -> None:
    """Force a file to disk that a copy or a drive may just have brought."""
    with path.open("r+b") as file:
        sync(file.fileno())
    sync_folder(path.parent)


def _is_kept(path: Path, frozen: FrozenText) -> bool:
    if path in _forced or not path.is_file():
        return path.is_file()
    try:
        return decode_frozen(read_bytes(path)).identity == frozen.identity
    except FrozenTextError:
        return False


def _not_kept(error: OSError, path: Path) -> LedgerError:
    what = message("The text of the report could not be kept ({why}). Free the disk or its rights, then try again.",
                   why=error.strerror or str(error))  # fmt: skip
    return LedgerError(what, path)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(GZIP))
    except OSError:
        return GZIP  # it will be told when it is read


def not_used(name: str, error: FrozenTextError | OSError) -> Message:
    """What is told of a frozen text that is set aside."""
    if isinstance(error, OSError):
        return message("{file}: a frozen text that cannot be read.", file=name)
    if error.newer:
        return message("{file}: a text frozen by a newer version; update litreview to use it.", file=name)
    return message("{file}: a frozen text that is damaged, set aside. A colleague's pack brings it again.", file=name)
