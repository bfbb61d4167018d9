"""Lines of a ledger as they stand, for carrying them from one copy of a review to another without changing them.

A line is carried also when this version does not know its kind or format; only who, where and which must be told.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Annotated, Any, BinaryIO

import msgspec

from litreview.files import hash_bytes

MOST_LINE_BYTES = 8_000_000
SNIFFED_BYTES = 1 << 18
_MARKERS = (b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>")  # what git leaves of a merge that it could not do
_ERRORS = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


class RawLine(msgspec.Struct, frozen=True):
    """A judgment's line without its end; `said` is a hash of what it says, however it is spaced and ordered."""

    id: str
    person: str
    device: str
    kind: str
    content: bytes
    said: str
    text_hash: str = ""  # of the text in which its passage was judged
    reading: str = ""  # that it accepts


_Name = Annotated[str, msgspec.Meta(min_length=1)]


class _Names(msgspec.Struct):
    """What every line tells."""

    id: _Name
    person: _Name
    device: _Name
    kind: _Name


_decode_names = msgspec.json.Decoder(_Names).decode


def read_lines(stream: BinaryIO) -> Iterator[tuple[int, RawLine | None]]:
    """Each line's number (from 1) and what it holds; None where it is damaged. Empty lines and git's marks of a merge
    are passed over."""
    number = 0
    while line := stream.readline(MOST_LINE_BYTES):
        number += 1
        whole = len(line) < MOST_LINE_BYTES or line.endswith(b"\n")
        while not whole and not line.endswith(b"\n") and line:
            line = stream.readline(MOST_LINE_BYTES)
        content = line.removeprefix(codecs.BOM_UTF8).strip()
        if not whole:
            yield number, None
        elif content and not content.startswith(_MARKERS):
            yield number, parse_line(content)


def parse_line(content: bytes) -> RawLine | None:
    """A line, or None when it does not say which judgment it is, of whom and where."""
    try:
        names = _decode_names(content)
        line = msgspec.json.decode(content)
        said = hash_bytes(msgspec.json.encode(line, order="sorted"))
    except _ERRORS:
        return None
    body = _as_dict(line.get("body"))
    text_hash, reading = _as_dict(body.get("anchor")).get("text_hash"), body.get("new")
    return RawLine(
        names.id, names.person, names.device, names.kind, content, said,
        text_hash=text_hash if isinstance(text_hash, str) else "",
        reading=reading if isinstance(reading, str) and names.kind == "text-upgrade" else "",
    )  # fmt: skip


def _as_dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def holds_judgments(begin: bytes) -> bool:
    """Whether the beginning of a file has a line that is a judgment."""
    lines = begin.removeprefix(codecs.BOM_UTF8).split(b"\n")
    return any(parse_line(line.strip()) is not None for line in lines if b"{" in line)
