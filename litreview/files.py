"""Files at the rim: written aside and then put in place, tried again when another program holds them for a moment."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import sys
import threading
import time
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from litreview.errors import LitreviewError, OutputError, message

T = TypeVar("T")
TRIES = 6
FIRST_WAIT_S = 0.05
BYTES_A_NAME = 200  # of the 255 that Linux allows, so that suffixes find room
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])[ ]*(\..*)?", re.IGNORECASE)


def with_patience(action: Callable[[], T]) -> T:
    """Do something that a virus scanner, a sync client or Word may block for a moment; up to some 1.5 s.

    Raises the last `PermissionError` when the file stays locked.
    """
    for attempt in range(TRIES):
        try:
            return action()
        except PermissionError:
            if attempt == TRIES - 1:
                raise
            time.sleep(FIRST_WAIT_S * 2**attempt)
    raise AssertionError("unreachable")


def write_atomic(path: Path, content: bytes) -> bool:
    """Write a file whole: aside first, then in its place. True when it changed; the same bytes are left alone.

    Raises `OSError` (full disk, no right to write, locked); the earlier file then stands.
    """
    if path.is_file() and path.stat().st_size == len(content) and read_bytes(path) == content:
        return False
    make_folder(path.parent)
    aside = path.with_name(f".{path.name[:40]}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        write_through(aside, content)
        with_patience(lambda: aside.replace(path))
    finally:
        aside.unlink(missing_ok=True)
    sync_folder(path.parent)
    return True


def write_through(path: Path, content: bytes) -> None:
    """Write a file and force it to disk before returning. Raises `OSError`."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        sync(file.fileno())


def sync(descriptor: int) -> None:
    """Force an open file to the disk itself (on macOS fsync alone stops at the drive's cache). Raises `OSError`."""
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):  # drives of the network do not know it
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; the names of new ones are forced to disk. Raises `OSError`."""
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in new:
        sync_folder(one.parent)


def sync_folder(folder: Path) -> None:
    """Force a folder's list of names to disk, where the system has that (not Windows, nor some shared drives)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        sync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def write_text(path: Path, text: str) -> bool:
    """Write text as UTF-8 with `\\n`; see `write_atomic`."""
    return write_atomic(path, text.replace("\r\n", "\n").encode("utf-8"))


def read_bytes(path: Path) -> bytes:
    """A file's bytes, tried again while it is locked."""
    return with_patience(path.read_bytes)


def open_or_tell(path: Path, file: Path | str | None = None) -> bytes:
    """A file's bytes. Raises `LitreviewError` with why it cannot be opened, naming it as `file` where that is given."""
    try:
        return read_bytes(path)
    except OSError as error:
        what = message("The file cannot be opened ({why}).", why=error.strerror or str(error))
        raise LitreviewError(what, file or path) from error


def write_or_tell(path: Path, content: bytes) -> None:
    """Write a file whole. Raises `OutputError` with why it cannot be written; the earlier file then stands."""
    try:
        write_atomic(path, content)
    except OSError as error:
        what = message("The file could not be written ({why}).", why=error.strerror or str(error))
        raise OutputError(what, path) from error


def hash_bytes(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def hash_file(path: Path) -> str:
    """SHA-256 of a file in hex, read in pieces."""

    def digest() -> str:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    return with_patience(digest)


def posix(path: Path, root: Path) -> str:
    """A path relative to the review, with `/` and composed letters on every system."""
    return unicodedata.normalize("NFC", path.relative_to(root).as_posix())


def locate(root: Path, name: str) -> Path:
    """The file that `posix` named: names in decomposed letters, as macOS packs them into archives, are found too."""
    path = root / name
    if path.exists():
        return path
    found = root
    for part in name.split("/"):
        entries = sorted(found.iterdir()) if found.is_dir() else []
        found = next((e for e in entries if unicodedata.normalize("NFC", e.name) == part), found / part)
    return found


def is_named(path: str, wanted: str) -> bool:
    """Whether a person means a file (POSIX path) by its path, the end of it or its name; case, slashes and the way in
    which letters are composed do not matter."""
    whole, name = (unicodedata.normalize("NFC", text).replace("\\", "/").casefold() for text in (path, wanted))
    return bool(name) and (whole == name or whole.endswith(f"/{name}"))


def is_reserved(name: str) -> bool:
    """Whether Windows keeps a name, with any suffix, for a device."""
    return _RESERVED.fullmatch(name) is not None


def safe_name(text: str, limit: int = 80) -> str:
    """A file name that Windows, macOS and Linux take: no reserved names, signs or trailing dots."""
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "-", unicodedata.normalize("NFC", text)).strip(" .")[:limit]
    name = name.encode("utf-8")[:BYTES_A_NAME].decode("utf-8", "ignore").rstrip(" .")
    return f"_{name}" if not name or is_reserved(name) else name
