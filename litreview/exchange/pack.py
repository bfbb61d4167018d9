"""Packs: one small zip of a person's judgments (or everybody's) with the texts they stand in, fit for a chat.

The same judgments give the same bytes. No PDF travels; a pack names those that the packer has, so that a colleague sees
which are missing. The format is told in `docs/formats.md`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from litreview.documents.frozen import decode_frozen
from litreview.documents.frozen_folder import frozen_files, frozen_name, not_used, texts_folder
from litreview.errors import FrozenTextError, LedgerError, Message, OutputError, UsageError, message
from litreview.exchange.raw_lines import RawLine, read_lines
from litreview.exchange.sources import PACK_NAME, Folder, PdfFile, is_ledger, is_version
from litreview.files import read_bytes, safe_name, write_atomic

FORMAT = 1
KIND = "litreview-pack"
_FIXED = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644


class Pack(msgspec.Struct, frozen=True):
    """What a pack says of itself in `pack.json`: the people whose judgments it holds, and the packer's PDFs."""

    format: int
    kind: str
    title: str
    people: tuple[str, ...]
    judgments: int
    files: tuple[PdfFile, ...]


class Packed(msgspec.Struct, frozen=True):
    """What a pack holds, where it lies, and what is to be told."""

    file: str
    people: tuple[str, ...]
    judgments: int
    texts: int
    versions: int
    pdfs: int
    size_bytes: int
    notices: tuple[Message, ...] = ()


def make_pack(judgments: Path, title: str, pdfs: Iterable[PdfFile], person: str = "") -> tuple[bytes, Packed]:
    """A pack of the ledger in `judgments`: a person's, or without one everybody's.

    Raises `UsageError` when there is nothing to pack, `LedgerError` when the ledger cannot be read.
    """
    notices: list[Message] = []
    lines = [line for line in read_folder(judgments, notices) if not person or line.person == person]
    if not lines:
        raise UsageError(message("There are no judgments of {person} to pack.", person=person or "–"), judgments)
    hashes = None if not person else {line.text_hash for line in lines}
    readings = {line.reading for line in lines}
    texts = dict(_texts(judgments, hashes, readings, notices))
    versions = dict(_versions(judgments))
    people = tuple(sorted({line.person for line in lines}))
    files = tuple(sorted(pdfs, key=lambda file: (file.path, file.sha256)))
    pack = Pack(FORMAT, KIND, title, people, len(lines), files)
    content = _zip({PACK_NAME: _pretty(pack), **_by_file(lines), **texts, **versions})
    told = Packed("", people, len(lines), len(texts), len(versions), len(files), len(content), tuple(notices))
    return content, told


def write_pack(target: Path, content: bytes) -> None:
    """Put a pack in its place; an earlier pack there is replaced, anything else is left alone.

    Raises `UsageError` when something else has the name, `OutputError` when it cannot be written.
    """
    if target.exists() and not _is_pack(target):
        raise UsageError(message("There is something else under this name; nothing was written."), target)
    try:
        write_atomic(target, content)
    except OSError as error:
        what = message("The pack could not be written ({why}).", why=error.strerror or str(error))
        raise OutputError(what, target) from error


def read_folder(judgments: Path, notices: list[Message]) -> list[RawLine]:
    """Every line of a ledger's folder, the same one in several files once, by id; damaged ones are told."""
    found: dict[tuple[str, str], RawLine] = {}
    for line in lines_in(judgments, notices):
        known = found.setdefault((line.id, line.said), line)
        found[line.id, line.said] = min(known, line, key=lambda one: one.content)
    return [found[key] for key in sorted(found)]


def lines_in(judgments: Path, notices: list[Message]) -> Iterator[RawLine]:
    """The lines of a ledger's folder, file by file; damaged ones are told. Raises `LedgerError`."""
    source = Folder(judgments)
    try:
        for part in source.parts():
            if not is_ledger(source, part):
                continue
            with source.open(part) as stream:
                for number, line in read_lines(stream):
                    if line is None:
                        notices.append(damaged_line(part.name, number))
                    else:
                        yield line
    except OSError as error:
        what = message("The judgments cannot be read ({why}).", why=error.strerror or str(error))
        raise LedgerError(what, judgments) from error


def damaged_line(name: str, number: int) -> Message:
    """What is told of a line that cannot be carried over."""
    return message("{file}, line {line}: damaged, set aside; the other lines stand.", file=name, line=number)


def ledger_name(line: RawLine) -> str:
    """The file of a line in a ledger's folder: its person's and device's."""
    return f"{safe_name(line.person)}/{safe_name(line.device)}.jsonl"


def _by_file(lines: Iterable[RawLine]) -> dict[str, bytes]:
    found: dict[str, list[bytes]] = {}
    for line in lines:
        found.setdefault(f"judgments/{ledger_name(line)}", []).append(line.content + b"\n")
    return {name: b"".join(parts) for name, parts in found.items()}


def _texts(
    judgments: Path, hashes: set[str] | None, readings: set[str], notices: list[Message]
) -> Iterable[tuple[str, bytes]]:
    """Frozen texts that the lines name (None: all), as their files are."""
    for path in frozen_files(texts_folder(judgments)):
        try:
            content = read_bytes(path)
            frozen = decode_frozen(content)
        except (FrozenTextError, OSError) as error:
            notices.append(not_used(path.name, error))
            continue
        if hashes is None or frozen.text_hash in hashes or frozen.reading in readings:
            yield f"judgments/texts/{frozen_name(frozen)}", content


def _versions(judgments: Path) -> Iterable[tuple[str, bytes]]:
    source = Folder(judgments)
    for part in source.parts():
        if is_version(part):
            yield f"judgments/versions/{part.name.rsplit('/', 1)[-1]}", source.read(part)


def _pretty(pack: Pack) -> bytes:
    return msgspec.json.format(msgspec.json.encode(pack), indent=1) + b"\n"


def _zip(files: dict[str, bytes]) -> bytes:
    """A zip of files in order of their names, `pack.json` first, with fixed dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files, key=lambda name: (name != PACK_NAME, name)):
            member = zipfile.ZipInfo(name, _FIXED)
            member.create_system = 3
            member.external_attr = _MODE << 16
            member.compress_type = zipfile.ZIP_STORED if name.endswith(".gz") else zipfile.ZIP_DEFLATED
            archive.writestr(member, files[name])
    return out.getvalue()


def _is_pack(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return read_pack_list(archive.read(PACK_NAME)) is not None
    except (zipfile.BadZipFile, KeyError, OSError):
        return False


def read_pack_list(content: bytes) -> Pack | None:
    """What a pack says of itself, or None when this is not it."""
    try:
        pack = msgspec.json.decode(content, type=Pack)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return pack if pack.kind == KIND else None
