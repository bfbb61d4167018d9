"""Appending judgments: on the disk itself before the caller hears success, many callers with one forcing (law 1)."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from litreview.errors import LedgerError, message
from litreview.files import safe_name
from litreview.ledger.disk import Disk, OpenFile
from litreview.ledger.lines import encode_line
from litreview.ledger.model import Judgment, Ledger

PLACES = 5  # how often a file may be replaced under our hands before we give up


def check_writable(ledger: Ledger) -> None:
    """Raises `LedgerError`, with the version that is needed, when a ledger holds judgments of a newer one: a review
    that is understood in part only is open for reading only."""
    if ledger.needs_newer is not None:
        raise LedgerError(ledger.needs_newer)


def append(folder: Path, judgments: Iterable[Judgment]) -> None:
    """Append judgments to their person's and device's files under `folder`, on the disk itself on return.

    Threads that append to one file at the same time share one forcing to disk; processes take turns. Raises
    `LedgerError` for a judgment that is not as its kind asks, then nothing is written; and when the disk is full or the
    folder cannot be written, then the file in question is as it was. To send the same judgment again does no harm.
    """
    _appender(folder.absolute()).append(judgments)


def append_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Append lines as they stand, without their ends, to the file of a person and device: lines of another copy of the
    review. On the disk itself on return; raises `LedgerError` as `append` does."""
    folder = path.absolute().parent.parent
    _appender(folder).write(path.absolute(), b"".join(line + b"\n" for line in lines))


@lru_cache(maxsize=64)
def _appender(folder: Path) -> Appender:
    return Appender(folder, Disk())


class Appender:
    """Appends to the files under a ledger's folder, by way of a `Disk`."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder = folder
        self._disk = disk
        self._files: dict[Path, _DeviceFile] = {}
        self._lock = threading.Lock()

    def append(self, judgments: Iterable[Judgment]) -> None:
        """See `append`."""
        by_path: dict[Path, list[bytes]] = {}
        for judgment in judgments:
            line = encode_line(judgment)
            path = self._folder / safe_name(judgment.person) / f"{safe_name(judgment.device)}.jsonl"
            by_path.setdefault(path, []).append(line)
        for path, lines in by_path.items():
            self.write(path, b"".join(lines))

    def write(self, path: Path, lines: bytes) -> None:
        """Append whole lines to a device's file. Raises `LedgerError`."""
        with self._lock:
            file = self._files.setdefault(path, _DeviceFile(path, self._folder, self._disk))
        file.append(lines)


class _Ticket:
    """Lines that wait to be written, and how it went."""

    def __init__(self, lines: bytes) -> None:
        self.lines = lines
        self.settled = False
        self.error: OSError | None = None


class _DeviceFile:
    """A device's file. Who comes first writes for all who wait: group commit."""

    def __init__(self, path: Path, ledger: Path, disk: Disk) -> None:
        self._path = path
        self._folders = (path.parent, ledger, ledger.parent)  # each holds the name of the one before
        self._disk = disk
        self._waiting: list[_Ticket] = []
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._is_named = False  # whether the names of file and folders are known to be on the disk

    def append(self, lines: bytes) -> None:
        """Write lines through. Raises `LedgerError`; the file is then as it was."""
        ticket = _Ticket(lines)
        with self._lock:
            self._waiting.append(ticket)
        with self._turn:
            if not ticket.settled:
                self._write_waiting()
        if ticket.error is not None:
            why = ticket.error.strerror or str(ticket.error)
            what = message("The judgment could not be saved ({why}). Free the disk or its rights, then try again.",
                           why=why)  # fmt: skip
            raise LedgerError(what, self._path) from ticket.error

    def _write_waiting(self) -> None:
        with self._lock:
            batch, self._waiting = self._waiting, []
        error: OSError | None = InterruptedError(errno.EINTR, os.strerror(errno.EINTR))  # if we get no further
        try:
            self._write(b"".join(ticket.lines for ticket in batch))
            error = None
        except OSError as met:
            error = met
        finally:
            for ticket in batch:
                ticket.settled, ticket.error = True, error

    def _write(self, lines: bytes) -> None:
        for _ in range(PLACES):
            self._disk.make_folder(self._path.parent)
            file = self._disk.open(self._path)
            try:
                with file.locked():
                    if self._write_to(file, lines):
                        return
            finally:
                file.close()
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    def _write_to(self, file: OpenFile, lines: bytes) -> bool:
        """Whether the lines are on the disk, in the file that the path names."""
        if not self._is_named:
            for folder in self._folders:
                self._disk.sync_folder(folder)
        before = file.size()
        try:
            file.write(lines if file.ends_line() else b"\n" + lines)  # a line torn by a crash stays apart from ours
            file.sync()
        except BaseException:
            _take_back(file, before)
            raise
        self._is_named = file.is_in_place()
        return self._is_named


def _take_back(file: OpenFile, size: int) -> None:
    """Leave nothing half-written. Where even that fails, the next line keeps apart from what was torn."""
    with suppress(OSError):
        file.truncate(size)
        file.sync()
