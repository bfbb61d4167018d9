"""A disk of the tests: what was not synced is lost when the power is cut, but for a torn part; errors come at will.

Files lie in memory. A name is on the disk once the folder that holds it was synced, a content once the file was.
"""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from litreview.ledger.disk import Disk, OpenFile


class PowerCut(BaseException):
    """The power is gone; nothing after it happens."""


class Content:
    """A file's bytes: as the programs see them, and as they are on the disk."""

    def __init__(self) -> None:
        self.seen = b""
        self.safe = b""
        self.lock = threading.Lock()


class SimulatedDisk(Disk):
    """A disk that is cut off at its `cut_at`-th call (0: never). Every call can also fail, one in `fails` (0: none)."""

    def __init__(self, random: Random, cut_at: int = 0, fails: int = 0) -> None:
        self.random = random
        self.cut_at = cut_at
        self.fails = fails
        self.calls = 0
        self.files: dict[Path, Content] = {}
        self.folders: set[Path] = set()
        self.safe_names = {Path(), Path("review")}

    def step(self, may_fail: bool = True) -> None:
        """A call of the disk."""
        self.calls += 1
        if self.cut_at and self.calls >= self.cut_at:
            raise PowerCut
        if may_fail and self.fails and self.random.randrange(self.fails) == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def open(self, path: Path) -> SimulatedFile:
        self.step()
        return SimulatedFile(self, self.files.setdefault(path, Content()))

    def make_folder(self, folder: Path) -> None:
        self.step()
        self.folders |= {folder, *folder.parents}

    def sync_folder(self, folder: Path) -> None:
        self.step()
        self.safe_names |= {name for name in (*self.files, *self.folders) if name.parent == folder}

    def survive(self) -> dict[Path, bytes]:
        """What is there when the power is back: what was synced, and of the rest what chance left, torn."""
        unsafe = {*self.files, *self.folders} - self.safe_names
        lost = {name for name in sorted(unsafe) if self._luck()}
        return {
            path: self._torn(self.files[path]) for path in sorted(self.files) if lost.isdisjoint([path, *path.parents])
        }

    def _torn(self, content: Content) -> bytes:
        if not content.seen.startswith(content.safe):  # cut back, and that was not synced
            return content.safe if self._luck() else content.seen
        rest = content.seen[len(content.safe) :]
        torn = rest[: self.random.randint(0, len(rest))]
        if torn and self.random.randrange(4) == 0:
            torn = torn[: len(torn) // 2] + bytes(len(torn) - len(torn) // 2)  # a length that came before its bytes
        return content.safe + torn

    def _luck(self) -> bool:
        return self.random.random() < 0.5

    def take_over(self, survived: dict[Path, bytes]) -> None:
        """Begin with files that are on the disk."""
        for path, found in survived.items():
            content = self.files[path] = Content()
            content.seen = content.safe = found
            self.folders |= set(path.parents)
            self.safe_names |= {path, *path.parents}


class SimulatedFile(OpenFile):
    """A file of the simulated disk."""

    def __init__(self, disk: SimulatedDisk, content: Content) -> None:
        self._disk = disk
        self._content = content

    def close(self) -> None:
        pass

    def size(self) -> int:
        return len(self._content.seen)

    def ends_line(self) -> bool:
        return self._content.seen[-1:] in (b"", b"\n")

    def write(self, content: bytes) -> None:
        half = len(content) // 2
        for part in (content[:half], content[half:]):
            self._disk.step()
            self._content.seen += part

    def truncate(self, size: int) -> None:
        self._disk.step()
        self._content.seen = self._content.seen[:size]

    def sync(self) -> None:
        self._disk.step()
        self._content.safe = self._content.seen

    def is_in_place(self) -> bool:
        return True

    @contextmanager
    def locked(self) -> Iterator[None]:
        with self._content.lock:
            yield


class UnsyncedDisk(SimulatedDisk):
    """The same disk under a program that forgot to sync its files."""

    def open(self, path: Path) -> SimulatedFile:
        self.step()
        return UnsyncedFile(self, self.files.setdefault(path, Content()))


class UnsyncedFile(SimulatedFile):
    """A file whose syncing does nothing."""

    def sync(self) -> None:
        self._disk.step()
