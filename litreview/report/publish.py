"""Put rendered outputs in place: whole, only where they changed, never over what a person edited (law 7).

What was written last is known from `outputs/manifest.json`. A file whose content is neither that nor ours of an
interrupted run was edited by a person: it stays, and the new one is written beside it (`report.new.docx`). Everything
is on the disk before the first file changes its place, so that a full disk leaves the earlier outputs as they were.
"""

from __future__ import annotations

import errno
import shutil
import signal
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec

from litreview.errors import OutputError, message
from litreview.files import hash_bytes, hash_file, with_patience, write_atomic, write_through

MANIFEST = "manifest.json"
PENDING = "pending.json"
PLACES_BESIDE = range(1, 10)


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
    with _staged(outputs, work, rendered) as (staging, hashes), _no_interrupt():
        return _put_in_place(outputs, work, staging, hashes, facts)


def publish_some(outputs: Path, work: Path, rendered: Iterable[tuple[str, bytes]]) -> Published:
    """Put a few outputs in place between runs, by the same rules. The manifest stays as it is; the next run knows these
    for ours, and renews them. Raises `OutputError`."""
    with _staged(outputs, work, rendered) as (staging, hashes), _no_interrupt():
        known = _note_pending(work, read_manifest(outputs), hashes)
        return _published(outputs, _place_all(outputs, staging, hashes, known), [])


@contextmanager
def _staged(outputs: Path, work: Path, rendered: Iterable[tuple[str, bytes]]) -> Iterator[tuple[Path, dict[str, str]]]:
    """Everything rendered aside and on the disk: the folder, and the hash of each name. What fails here or while it is
    put in place is told as `OutputError`."""
    staging = work / "staging"
    try:
        shutil.rmtree(staging, ignore_errors=True)
        yield staging, _stage(staging, rendered)
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
    return bool(written) and all(_stands(outputs / name, digest) for name, digest in written.items())


def _stands(target: Path, digest: str) -> bool:
    if _has(target, digest):
        return True
    return target.exists() and any(_has(beside(target, number), digest) for number in PLACES_BESIDE)


def standing_beside(outputs: Path) -> tuple[tuple[str, str], ...]:
    """Each output whose place a person's edit holds, with the name of the newest one beside it."""
    found = []
    for name, digest in read_manifest(outputs).items():
        if not _has(outputs / name, digest):
            places = (_name_beside(name, number) for number in PLACES_BESIDE)
            found += [(name, place) for place in places if _has(outputs / place, digest)][:1]
    return tuple(found)


def read_manifest(outputs: Path) -> dict[str, str]:
    """Name → SHA-256 of the outputs written last; empty without a (readable) manifest."""
    try:
        manifest = msgspec.json.decode((outputs / MANIFEST).read_bytes())
        return {str(row["file"]): str(row["sha256"]) for row in manifest["outputs"]}
    except (OSError, msgspec.DecodeError, KeyError, TypeError):
        return {}


def beside(path: Path, number: int = 1) -> Path:
    """The name of a new output beside one that must stay: `report.new.docx`, then `report.new-2.docx`."""
    return path.with_name(f"{path.stem}.new{f'-{number}' if number > 1 else ''}{path.suffix}")


def _name_beside(name: str, number: int) -> str:
    return beside(Path(name), number).as_posix()


def _digest(path: Path) -> str:
    """The hash of a file's content; nothing where it is not there, or another program lets nobody read it."""
    try:
        return hash_file(path) if path.is_file() else ""
    except PermissionError:
        return ""


def _has(path: Path, digest: str) -> bool:
    return _digest(path) == digest


def _stage(staging: Path, rendered: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    hashes = {}
    for name, content in rendered:
        path = staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_through(path, content)
        hashes[name] = hash_bytes(content)
    return hashes


def _put_in_place(outputs: Path, work: Path, staging: Path, hashes: dict[str, str], facts: dict[str, Any]) -> Published:
    """Move what was rendered into place, remove what is no longer made, the manifest last."""
    before = read_manifest(outputs)
    manifest = {**facts, "outputs": [{"file": name, "sha256": hashes[name]} for name in sorted(hashes)]}
    write_through(staging / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
    known = _note_pending(work, before, hashes)
    places = _place_all(outputs, staging, hashes, known)
    in_place = [name for name, (place, _) in places.items() if place == outputs / name]
    gone = _remove(outputs, {name: ours for name, ours in known.items() if name not in hashes})
    _remove(outputs, {_name_beside(name, n): known[name] for name in in_place for n in PLACES_BESIDE})
    if not _has(outputs / MANIFEST, hash_file(staging / MANIFEST)):
        _move(staging / MANIFEST, outputs / MANIFEST)
    (work / PENDING).unlink(missing_ok=True)
    return _published(outputs, places, gone)


def _place_all(
    outputs: Path, staging: Path, hashes: dict[str, str], known: dict[str, list[str]]
) -> dict[str, tuple[Path, bool]]:
    """Where each output stands in the end, and whether it was written."""
    return {name: _place(staging / name, outputs / name, digest, known[name]) for name, digest in hashes.items()}


def _published(outputs: Path, places: dict[str, tuple[Path, bool]], gone: list[str]) -> Published:
    in_place = {name: moved for name, (place, moved) in places.items() if place == outputs / name}
    return Published(
        written=tuple(name for name, moved in in_place.items() if moved),
        unchanged=tuple(name for name, moved in in_place.items() if not moved),
        beside=tuple((n, p.relative_to(outputs).as_posix()) for n, (p, _) in places.items() if n not in in_place),
        removed=tuple(gone),
    )


def _note_pending(work: Path, before: dict[str, str], hashes: dict[str, str]) -> dict[str, list[str]]:
    """Name → the hashes that a file of ours may have: of the last run, of interrupted ones, of this one. Kept on disk
    until everything is in place."""
    pending = _read_pending(work)
    for name in {*before, *hashes, *pending}:
        ours = {*pending.get(name, ()), before.get(name, ""), hashes.get(name, "")}
        pending[name] = sorted(ours - {""})
    write_atomic(work / PENDING, msgspec.json.encode(pending, order="sorted"))
    return pending


def _read_pending(work: Path) -> dict[str, list[str]]:
    try:
        return msgspec.json.decode((work / PENDING).read_bytes(), type=dict[str, list[str]])
    except (OSError, msgspec.DecodeError):
        return {}


def _place(source: Path, target: Path, digest: str, known: Collection[str]) -> tuple[Path, bool]:
    """Where an output stands in the end, and whether it was written: in its place, or beside what must stay.

    Raises `OutputError` when every place beside it was edited too.
    """
    for place in (target, *(beside(target, number) for number in PLACES_BESIDE)):
        if _has(place, digest):
            return place, False
        if (not place.exists() or _digest(place) in known) and _replace(source, place):
            return place, True
    what = message("This output and every copy beside it were edited or are open. Move them elsewhere and run again.")
    raise OutputError(what, target)


def _replace(source: Path, target: Path) -> bool:
    """Move a staged file into place; False when another program has the target open."""
    try:
        _move(source, target)
    except PermissionError:
        if not target.exists():
            raise
        return False
    return True


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with_patience(lambda: source.replace(target))
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_atomic(target, source.read_bytes())  # outputs on another drive


def _remove(outputs: Path, known: dict[str, list[str]]) -> list[str]:
    """Remove outputs that are needed no more, where nobody edited them or has them open; their names."""
    gone = []
    for name in sorted(known):
        path = outputs / name
        if _digest(path) in known[name]:
            with suppress(PermissionError):
                path.unlink()
                gone.append(name)
            with suppress(OSError):  # a folder goes when it is empty
                if path.parent != outputs:
                    path.parent.rmdir()
    return gone


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
