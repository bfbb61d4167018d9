"""The ledger as it is now: read once, then followed, so that a colleague's lines appear without a restart."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from litreview.files import posix
from litreview.ledger.lines import encode_line
from litreview.ledger.model import Judgment, Ledger, SetAside
from litreview.ledger.reading import FileRead, Mark, Reading, find_files, read_on
from litreview.ledger.replay import standing
from litreview.ledger.telling import all_troubles, tell_clash, tell_file, tell_newer
from litreview.ledger.upgrades import STEPS, Step


def read_ledger(folder: Path, steps: Sequence[Step] = STEPS) -> Ledger:
    """Read every judgment under `folder`; what cannot be read is told and passed over, the same id counts once.

    Raises `LedgerError` when a file cannot be read.
    """
    return LedgerFollower(folder, steps).refresh()


class LedgerFollower:
    """Follows the files of a ledger's folder. A file that has grown is read on from where it ended; one that is not
    what it was is read again whole. Safe among threads."""

    def __init__(self, folder: Path, steps: Sequence[Step] = STEPS) -> None:
        self._folder = folder
        self._steps = steps
        self._files: dict[str, FileRead] = {}
        self._union = _Union()
        self._ledger = Ledger()
        self._lock = threading.Lock()

    def refresh(self) -> Ledger:
        """The ledger as its files are now; the same value where nothing has changed.

        Raises `LedgerError` when a file cannot be read; the next call tries again.
        """
        with self._lock:
            readings = self._read()
            if self._is_unchanged(readings):
                return self._ledger
            files = {reading.file.name: reading.file for reading in readings}
            lost = self._files.keys() - {reading.file.name for reading in readings if reading.grew}
            if lost or not self._union.add(judgment for reading in readings for judgment in reading.fresh):
                self._union = _union_of(files.values())
            self._files = files
            self._ledger = self._union.ledger(list(files.values()))
            return self._ledger

    def _read(self) -> list[Reading]:
        found = []
        for path in find_files(self._folder):
            name = posix(path, self._folder)
            reading = read_on(path, name, self._files.get(name), self._steps)
            if reading is not None:
                found.append(reading)
        return found

    def marks(self) -> dict[str, Mark]:
        """How far each file has been read, by POSIX name."""
        with self._lock:
            return {name: file.mark for name, file in self._files.items()}

    def _is_unchanged(self, readings: Sequence[Reading]) -> bool:
        known = self._files
        return len(readings) == len(known) and all(known.get(r.file.name) is r.file for r in readings)


class _Union:
    """Judgments by id, and which of them no longer stand, kept up as judgments come."""

    def __init__(self) -> None:
        self._by_id: dict[str, Judgment] = {}
        self._gone: set[str] = set()
        self._links: dict[str, set[str]] = {}
        self.clashes: set[str] = set()

    def add(self, judgments: Iterable[Judgment]) -> bool:
        """Add judgments; the same one twice counts once. False, with the union of no more use, where two that differ
        have one id."""
        touched: set[str] = set()
        for judgment in judgments:
            known = self._by_id.setdefault(judgment.id, judgment)
            if known is not judgment:
                if known != judgment:
                    return False
                continue
            if judgment.replaces or judgment.kind == "retraction":
                self._link(judgment)
            if judgment.id in self._links:
                touched.add(judgment.id)
        self._settle(touched)
        return True

    def _link(self, judgment: Judgment) -> None:
        named = judgment.body.get("judgment") if judgment.kind == "retraction" else ""
        for other in (judgment.replaces, named):
            if other:
                self._links.setdefault(judgment.id, set()).add(other)
                self._links.setdefault(other, set()).add(judgment.id)

    def _settle(self, touched: set[str]) -> None:
        """Find anew what stands among all that is linked to what was touched."""
        linked, ahead = set(touched), list(touched)
        while ahead:
            found = self._links[ahead.pop()] - linked
            linked |= found
            ahead += found
        part = [self._by_id[key] for key in linked if key in self._by_id]
        self._gone |= {judgment.id for judgment in part}
        self._gone -= {judgment.id for judgment in standing(part)}

    def ledger(self, files: Sequence[FileRead]) -> Ledger:
        """The ledger of these judgments, with what is to be told of the files that they were read from."""
        judgments = tuple(self._by_id[key] for key in sorted(self._by_id))
        notices = [what for file in files for what in tell_file(file)]
        notices += [tell_clash(files, key) for key in sorted(self.clashes)]
        return Ledger(
            judgments=judgments,
            standing=tuple(j for j in judgments if j.id not in self._gone),
            notices=tuple(notices),
            set_aside=tuple(_set_aside(files)),
            needs_newer=tell_newer(files),
        )


def _union_of(files: Iterable[FileRead]) -> _Union:
    """The union of all files. Where different judgments have one id, the first by content stands, whichever file it
    comes from, so that the order of files decides nothing."""
    union = _Union()
    chosen: dict[str, Judgment] = {}
    for file in files:
        for judgment in file.every_judgment():
            known = chosen.setdefault(judgment.id, judgment)
            if known is not judgment and known != judgment:
                union.clashes.add(judgment.id)
                chosen[judgment.id] = min(known, judgment, key=encode_line)
    union.add(chosen.values())
    return union


def _set_aside(files: Iterable[FileRead]) -> Iterator[SetAside]:
    """Judgments that were set aside, a copy in several files once."""
    seen: list[Judgment] = []
    for file in files:
        for line, trouble in all_troubles(file):
            if trouble.judgment is not None and trouble.why is not None and trouble.judgment not in seen:
                seen.append(trouble.judgment)
                yield SetAside(trouble.judgment, file.name, line, trouble.why)
