"""The ledger: judgments of people, appended and never changed (law 1).

One JSON object a line in `judgments/<person>/<device>.jsonl`; one writer for each file. Who and where are read from
the line, never from the file's name. What stands is found by replay: a judgment that another replaces, or that its
own person has retracted, no longer stands, but stays in the file.
"""

from __future__ import annotations

import os
import threading
import time
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from litreview.errors import LedgerError, Message, message

FORMAT = 1
KINDS = (
    "decision", "verdict-override", "duplicate-split", "duplicate-join", "link", "record-edit", "retrieval",
    "search", "coding", "suggestion-response", "memo", "comment", "extraction", "translation", "voice",
    "proposition", "finding", "appraisal", "pin", "layout", "text-block", "assignment", "adjudication",
    "main-studies", "page-numbers", "masking", "completion", "text-upgrade", "protocol-version",
    "codebook-version", "retraction",
)  # fmt: skip


class Judgment(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the ledger. `at` is told, never used to decide; `replaces` names the judgment it stands for."""

    id: str
    at: str
    person: str
    device: str
    kind: str
    body: dict[str, Any]
    replaces: str = ""
    format: int = FORMAT


class Ledger(msgspec.Struct, frozen=True):
    """Every judgment read (by id, in reading order), those that stand, and notices on damaged lines."""

    judgments: tuple[Judgment, ...] = ()
    standing: tuple[Judgment, ...] = ()
    notices: tuple[Message, ...] = ()

    def of_kind(self, *kinds: str) -> tuple[Judgment, ...]:
        """The standing judgments of some kinds, in order of id."""
        return tuple(j for j in self.standing if j.kind in kinds)


_uuid_lock = threading.Lock()
_last_uuid = 0


def uuid7() -> str:
    """A UUID of version 7 that is greater than the last one made in this process (RFC 9562, 6.2, method 2)."""
    global _last_uuid
    with _uuid_lock:
        milliseconds = time.time_ns() // 1_000_000
        fresh = (milliseconds << 80) | (int.from_bytes(os.urandom(10), "big") & ((1 << 80) - 1))
        _last_uuid = fresh if fresh > _last_uuid else _last_uuid + 1
        value = _last_uuid & ~(0xF << 76) | (0x7 << 76)
        value = value & ~(0x3 << 62) | (0x2 << 62)
    return str(uuid.UUID(int=value))


def make_judgment(person: str, device: str, kind: str, body: dict[str, Any], replaces: str = "") -> Judgment:
    """A new judgment, now. Raises `LedgerError` for a kind that does not exist."""
    if kind not in KINDS:
        raise LedgerError(message("Unknown kind of judgment: {kind}.", kind=kind))
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    return Judgment(uuid7(), at, person, device, kind, body, replaces)


def append(folder: Path, judgments: Iterable[Judgment]) -> None:
    """Append judgments to their person's and device's files under `folder`, written through to disk on return.

    Raises `LedgerError` when the disk is full or the folder cannot be written.
    """
    by_file: dict[Path, list[bytes]] = {}
    for judgment in judgments:
        path = folder / judgment.person / f"{judgment.device}.jsonl"
        by_file.setdefault(path, []).append(msgspec.json.encode(judgment) + b"\n")
    for path, lines in by_file.items():
        try:
            _append_through(path, b"".join(lines))
        except OSError as error:
            what = message("The judgment could not be saved ({why}). Free the disk or its rights, then try again.",
                           why=error.strerror or str(error))  # fmt: skip
            raise LedgerError(what, path) from error


def _append_through(path: Path, lines: bytes) -> None:
    """Append bytes and force them, and the folder of a new file, to disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    with path.open("a+b") as file:
        if not new and file.seek(0, os.SEEK_END) and _last_byte(path) != b"\n":
            lines = b"\n" + lines  # a line torn by a crash stays apart from ours
        file.write(lines)
        file.flush()
        _force(file.fileno())
    if new and os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)


def _force(descriptor: int) -> None:
    """Write through to the disk itself (on macOS fsync alone stops at the drive's cache)."""
    try:
        import fcntl

        full = getattr(fcntl, "F_FULLFSYNC", None)
        if full is not None:
            fcntl.fcntl(descriptor, full)
            return
    except ImportError:
        pass
    os.fsync(descriptor)


def read_ledger(folder: Path) -> Ledger:
    """Read every `*.jsonl` under `folder`; damaged lines are told and passed over, the same id counts once."""
    judgments: dict[str, Judgment] = {}
    notices: list[Message] = []
    for path in sorted(folder.rglob("*.jsonl")) if folder.is_dir() else []:
        for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
            if line.strip():
                judgment = _decode(line, path.name, number, notices)
                if judgment is not None:
                    judgments.setdefault(judgment.id, judgment)
    ordered = tuple(judgments[key] for key in sorted(judgments))
    return Ledger(ordered, standing(ordered), tuple(notices))


_decoder = msgspec.json.Decoder(Judgment)


def _decode(line: bytes, file: str, number: int, notices: list[Message]) -> Judgment | None:
    try:
        judgment = _decoder.decode(line)
    except msgspec.MsgspecError:
        notices.append(message("{file}, line {line}: damaged, set aside; the other lines stand.",
                               file=file, line=number))  # fmt: skip
        return None
    if judgment.format > FORMAT or judgment.kind not in KINDS:
        notices.append(message("{file}, line {line}: made by a newer version; update litreview to use it.",
                               file=file, line=number))  # fmt: skip
        return None
    return judgment


def standing(judgments: Iterable[Judgment]) -> tuple[Judgment, ...]:
    """Judgments that stand: not retracted by their own person, not replaced by a standing one. Pure."""
    every = list(judgments)
    by_id = {j.id: j for j in every}
    retracted: set[str] = set()
    for judgment in sorted(every, key=lambda j: j.id, reverse=True):
        target = by_id.get(str(judgment.body.get("judgment", "")))
        takes_back = judgment.kind == "retraction" and judgment.id not in retracted
        if takes_back and target is not None and target.person == judgment.person:
            retracted.add(target.id)
    alive = [j for j in every if j.id not in retracted]
    replaced = {j.replaces for j in alive if j.replaces}
    return tuple(j for j in alive if j.id not in replaced and j.kind != "retraction")
