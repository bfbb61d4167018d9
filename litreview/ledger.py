"""The ledger: judgments of people, appended and never changed (law 1).

One JSON object a line in `judgments/<person>/<device>.jsonl`; one writer for each file. Who and where are read from
the line, never from the file's name. What stands is found by replay: a judgment that another replaces, or that its
own person has retracted, no longer stands, but stays in the file.
"""

from __future__ import annotations

import codecs
import os
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from litreview.errors import LedgerError, Message, message
from litreview.files import posix, read_bytes, safe_name, sync_folder

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
        fresh = (time.time_ns() // 1_000_000 << 74) | (int.from_bytes(os.urandom(10), "big") >> 6)
        _last_uuid = max(fresh, _last_uuid + 1)
        value = _last_uuid
    high, middle, low = value >> 74, value >> 62 & 0xFFF, value & ((1 << 62) - 1)  # version and variant come between
    return str(uuid.UUID(int=high << 80 | 0x7 << 76 | middle << 64 | 0x2 << 62 | low))


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
        path = folder / safe_name(judgment.person) / f"{safe_name(judgment.device)}.jsonl"
        by_file.setdefault(path, []).append(msgspec.json.encode(judgment) + b"\n")
    for path, lines in by_file.items():
        try:
            _append_through(path, b"".join(lines))
        except OSError as error:
            what = message("The judgment could not be saved ({why}). Free the disk or its rights, then try again.",
                           why=error.strerror or str(error))  # fmt: skip
            raise LedgerError(what, path) from error


def _append_through(path: Path, lines: bytes) -> None:
    """Append bytes and force them, and the names of new folders and of a new file, to disk."""
    made = [path, *(folder for folder in path.parents if not folder.exists())] if not path.exists() else []
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        if file.seek(0, os.SEEK_END) and _last_byte(path) != b"\n":
            lines = b"\n" + lines  # a line torn by a crash stays apart from ours
        file.write(lines)
        file.flush()
        _force(file.fileno())
    for name in made:
        sync_folder(name.parent)


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)


def _force(descriptor: int) -> None:
    """Write through to the disk itself (on macOS fsync alone stops at the drive's cache)."""
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):  # drives of the network do not know it
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def read_ledger(folder: Path) -> Ledger:
    """Read every `*.jsonl` under `folder`; damaged lines are told and passed over, the same id counts once.

    Raises `LedgerError` when a file cannot be read.
    """
    judgments: dict[str, Judgment] = {}
    notices: list[Message] = []
    for path in sorted(folder.rglob("*.jsonl")) if folder.is_dir() else []:
        for judgment, place in _read_file(path, posix(path, folder), notices):
            known = judgments.setdefault(judgment.id, judgment)
            if known != judgment:
                notices.append(message("{file}, line {line}: another judgment with this id was read before; that"
                                       " one stands.", **place))  # fmt: skip
    ordered = tuple(judgments[key] for key in sorted(judgments))
    return Ledger(ordered, standing(ordered), tuple(notices))


def _read_file(path: Path, name: str, notices: list[Message]) -> Iterator[tuple[Judgment, dict[str, str | int]]]:
    """The judgments of a file, each with its place."""
    try:
        content = read_bytes(path)
    except OSError as error:
        what = message("The judgments cannot be read ({why}).", why=error.strerror or str(error))
        raise LedgerError(what, path) from error
    for number, line in enumerate(content.removeprefix(codecs.BOM_UTF8).split(b"\n"), start=1):
        place: dict[str, str | int] = {"file": name, "line": number}
        judgment = _decode(line, place, notices) if line.strip() else None
        if judgment is not None:
            yield judgment, place


class _Format(msgspec.Struct):
    """What every version writes."""

    format: int = FORMAT


_decoder = msgspec.json.Decoder(Judgment)
_format_decoder = msgspec.json.Decoder(_Format)


def _decode(line: bytes, place: dict[str, str | int], notices: list[Message]) -> Judgment | None:
    try:
        newer = _format_decoder.decode(line).format > FORMAT
        judgment = None if newer else _decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        notices.append(message("{file}, line {line}: damaged, set aside; the other lines stand.", **place))
        return None
    if judgment is None or judgment.kind not in KINDS:
        notices.append(message("{file}, line {line}: made by a newer version; update litreview to use it.", **place))
        return None
    return judgment


def standing(judgments: Iterable[Judgment]) -> tuple[Judgment, ...]:
    """Judgments that stand: not retracted by their own person, not replaced (nor what they replaced) by one that is
    not retracted. Pure; the order of ids, which hangs on clocks, decides nothing."""
    by_id = {judgment.id: judgment for judgment in judgments}
    gone = _retracted(by_id)
    alive = [judgment for judgment in by_id.values() if judgment.id not in gone]
    replaced = _replaced(alive, by_id)
    return tuple(j for j in alive if j.id not in replaced and j.kind != "retraction")


def _retracted(by_id: dict[str, Judgment]) -> set[str]:
    """Ids taken back, from the last link of each chain on: a retraction that was itself taken back counts no more."""
    targets = {j.id: t for j in by_id.values() if (t := _target(j, by_id))}
    open_links = Counter(targets.values())
    ready = [key for key in targets if not open_links[key]]
    gone: set[str] = set()
    while ready:
        key = ready.pop()
        target = targets.get(key)
        if target is None:
            continue
        if key not in gone:
            gone.add(target)
        open_links[target] -= 1
        if not open_links[target]:
            ready.append(target)
    return gone


def _target(judgment: Judgment, by_id: dict[str, Judgment]) -> str:
    """The id that a judgment takes back: one of its own person's; else nothing."""
    target = by_id.get(str(judgment.body.get("judgment", ""))) if judgment.kind == "retraction" else None
    return target.id if target is not None and target.person == judgment.person else ""


def _replaced(alive: Iterable[Judgment], by_id: dict[str, Judgment]) -> set[str]:
    replaced: set[str] = set()
    for judgment in alive:
        earlier = judgment.replaces
        while earlier and earlier not in replaced and earlier != judgment.id:
            replaced.add(earlier)
            earlier = by_id[earlier].replaces if earlier in by_id else ""
    return replaced
