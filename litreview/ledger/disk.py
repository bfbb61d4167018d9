"""The few calls by which the ledger reaches the disk, so that a test can cut the power between any two of them."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from litreview.files import make_folder, sync, sync_folder, with_patience

LOCKED_BYTE = 0x7FFF_FFFE  # on Windows a lock bars reading too, so it lies where no ledger reaches
LOCK_WAIT_S, LOCK_TRIES = 0.005, 4000
NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)


class OpenFile:
    """A file open for appending, without a buffer of our own. Every method raises `OSError` when the disk does."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = with_patience(lambda: path.open("a+b", buffering=0))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def size(self) -> int:
        """Its length in bytes."""
        return os.fstat(self._file.fileno()).st_size

    def ends_line(self) -> bool:
        """Whether it is empty or its last byte ends a line."""
        if not self.size():
            return True
        self._file.seek(-1, os.SEEK_END)
        return self._file.read(1) == b"\n"

    def write(self, content: bytes) -> None:
        """Write at the end; on an error a part may have been written."""
        while content:
            content = content[self._file.write(content) :]

    def truncate(self, size: int) -> None:
        """Cut back to a length in bytes."""
        self._file.truncate(size)

    def sync(self) -> None:
        """Force content and length to the disk."""
        sync(self._file.fileno())

    def is_in_place(self) -> bool:
        """Whether the file's name still leads to it: a sync client may have put another file there."""
        try:
            return os.path.samestat(os.fstat(self._file.fileno()), self._path.stat())
        except FileNotFoundError:
            return False

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes of this device from writing meanwhile; drives without locks are trusted as they are."""
        _lock(self._file.fileno())
        try:
            yield
        finally:
            with suppress(OSError):  # closing the file ends the lock too
                _unlock(self._file.fileno())


class Disk:
    """The disk as it is. Every method raises `OSError` when the disk does."""

    def open(self, path: Path) -> OpenFile:
        """Open a file for appending, made when it is not there."""
        return OpenFile(path)

    def make_folder(self, folder: Path) -> None:
        """Make a folder and those above it, where they are missing."""
        make_folder(folder)

    def sync_folder(self, folder: Path) -> None:
        """Force a folder's list of names to the disk."""
        sync_folder(folder)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        for _ in range(LOCK_TRIES):
            try:
                os.lseek(descriptor, LOCKED_BYTE, os.SEEK_SET)
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
                return
            except PermissionError:
                time.sleep(LOCK_WAIT_S)
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
