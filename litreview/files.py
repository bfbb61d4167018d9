"""Files at the rim: written aside and then put in place, tried again when another program holds them for a moment."""

from __future__ import annotations

import hashlib
import os
import re
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
TRIES = 6
FIRST_WAIT_S = 0.05
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


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
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with_patience(lambda: aside.replace(path))
    finally:
        aside.unlink(missing_ok=True)
    return True


def write_text(path: Path, text: str) -> bool:
    """Write text as UTF-8 with `\\n`; see `write_atomic`."""
    return write_atomic(path, text.replace("\r\n", "\n").encode("utf-8"))


def read_bytes(path: Path) -> bytes:
    """A file's bytes, tried again while it is locked."""
    return with_patience(path.read_bytes)


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


def safe_name(text: str, limit: int = 80) -> str:
    """A file name that Windows, macOS and Linux take: no reserved names, signs or trailing dots."""
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "-", unicodedata.normalize("NFC", text)).strip(" .")[:limit].rstrip(" .")
    if not name or _RESERVED.match(name):
        name = f"_{name}"
    return name
