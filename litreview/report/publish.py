"""Put rendered outputs in place: whole, only where they changed, never over what a person edited (law 7).

What was written last is known from `outputs/manifest.json`. A file whose content is neither that nor ours of an
interrupted run was edited by a person: it stays, and the new one is written beside it (`report.new.docx`).
"""

from __future__ import annotations

import shutil
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from litreview.errors import OutputError, message
from litreview.files import hash_file, write_atomic

MANIFEST = "manifest.json"
PENDING = "pending.json"


class Published(msgspec.Struct, frozen=True):
    """What publishing did: names written, left as they were, and set beside an edited or locked file."""

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()  # (name, name of the new file beside it)
    removed: tuple[str, ...] = ()


def publish(outputs: Path, work: Path, rendered: Iterable[tuple[str, bytes]], facts: dict[str, Any]) -> Published:
    """Render everything into `work`, then put it into `outputs`, the manifest (with `facts`) last.

    An error or interrupt while rendering leaves the earlier outputs as they were. Raises `OutputError` when the disk
    is full or a folder cannot be written.
    """
    staging = work / "staging"
    try:
        shutil.rmtree(staging, ignore_errors=True)
        hashes = _stage(staging, rendered)
        with _no_interrupt():
            return _put_in_place(outputs, work, staging, hashes, facts)
    except OSError as error:
        what = message(
            "The outputs could not be written ({why}). The earlier ones stand. Free the disk, or the rights to the"
            " folder, and run again.",
            why=error.strerror or str(error),
        )
        raise OutputError(what, error.filename or outputs) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def outputs_stand(outputs: Path) -> bool:
    """Whether every output of the manifest is there as it was written, or stands beside an edited one."""
    written = read_manifest(outputs)
    if not written:
        return False
    return all(
        _has(outputs / name, digest) or ((outputs / name).exists() and _has(beside(outputs / name), digest))
        for name, digest in written.items()
    )


def read_manifest(outputs: Path) -> dict[str, str]:
    """Name → SHA-256 of the outputs written last; empty without a (readable) manifest."""
    try:
        manifest = msgspec.json.decode((outputs / MANIFEST).read_bytes())
        return {str(row["file"]): str(row["sha256"]) for row in manifest["outputs"]}
    except (OSError, msgspec.DecodeError, KeyError, TypeError):
        return {}


def beside(path: Path) -> Path:
    """The name of a new output beside one that must stay: `report.new.docx`."""
    return path.with_name(f"{path.stem}.new{path.suffix}")


def _has(path: Path, digest: str) -> bool:
    return path.is_file() and hash_file(path) == digest


def _stage(staging: Path, rendered: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    hashes = {}
    for name, content in rendered:
        path = staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        hashes[name] = hash_file(path)
    return hashes


def _put_in_place(outputs: Path, work: Path, staging: Path, hashes: dict[str, str], facts: dict[str, Any]) -> Published:
    before = read_manifest(outputs)
    interrupted = _read_pending(work)
    write_atomic(work / PENDING, msgspec.json.encode(hashes))
    written, unchanged, aside = [], [], []
    for name, digest in hashes.items():
        target = outputs / name
        if _has(target, digest):
            unchanged.append(name)
        elif _is_ours(target, {before.get(name), interrupted.get(name)}) and _replace(staging / name, target):
            written.append(name)
        else:
            _replace(staging / name, beside(target))
            aside.append((name, beside(target).relative_to(outputs).as_posix()))
    removed = _remove_gone(outputs, before, hashes)
    manifest = {**facts, "outputs": [{"file": name, "sha256": hashes[name]} for name in sorted(hashes)]}
    write_atomic(outputs / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
    (work / PENDING).unlink(missing_ok=True)
    return Published(tuple(written), tuple(unchanged), tuple(aside), tuple(removed))


def _is_ours(target: Path, known: set[str | None]) -> bool:
    return not target.exists() or hash_file(target) in known


def _replace(source: Path, target: Path) -> bool:
    """Copy a staged file into place; False when another program has the target open."""
    try:
        write_atomic(target, source.read_bytes())
    except PermissionError:
        if not target.exists():
            raise
        return False
    return True


def _remove_gone(outputs: Path, before: dict[str, str], hashes: dict[str, str]) -> list[str]:
    """Remove outputs of the last run that this one no longer makes, where nobody edited them."""
    gone = [name for name in sorted(before) if name not in hashes and _has(outputs / name, before[name])]
    for name in gone:
        (outputs / name).unlink()
    return gone


def _read_pending(work: Path) -> dict[str, str]:
    try:
        return msgspec.json.decode((work / PENDING).read_bytes(), type=dict[str, str])
    except (OSError, msgspec.DecodeError):
        return {}


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Hold Ctrl-C back for the moment in which files are put in place."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    earlier = signal.signal(signal.SIGINT, lambda number, frame: held.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, earlier)
    if held:
        raise KeyboardInterrupt
