"""Bytes to text: Unicode with or without a mark, else Windows-1252 or Latin-1; what was doubtful is told. Pure."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from typing import NamedTuple

from litreview.errors import Message, message

_MARKS = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
          (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_SEVERAL_BYTES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_SURROGATE = re.compile("[\udc80-\udcff]")
MOSTLY = 4  # so many letters rightly written in UTF-8 for each wrong byte make a file UTF-8


class Raw(NamedTuple):
    """A file as bytes and as text: without byte order marks, with plain line ends, and "" where it is no text."""

    content: bytes
    text: str
    notices: tuple[Message, ...] = ()
    columns: Mapping[str, str] = {}  # of a table: the heading under which a field stands (title: Judul Karya)


def raw_of(content: bytes, columns: Mapping[str, str] | None = None) -> Raw:
    """A file's bytes with their text. One with zero bytes, or a PDF, has no text. Marks inside fall away too, as
    they stand where exports were put together."""
    text, notices = _decode(content)
    if "\x00" in text or text.startswith("%PDF-"):
        return Raw(content, "", columns=columns or {})
    return Raw(content, _plain_ends(text).replace("\ufeff", ""), notices, columns or {})


def _plain_ends(text: str) -> str:
    """A text whose lines end with a line feed; the signs that only Unicode calls line ends stay."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(content: bytes) -> tuple[str, tuple[Message, ...]]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _replaced(content.decode(encoding, "replace"))
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    right = _SEVERAL_BYTES.findall(content)
    if len(right) >= MOSTLY * (len(_HIGH.findall(content)) - sum(map(len, right))):
        return _mended(content.decode("utf-8-sig", "surrogateescape"))
    try:
        return content.decode("cp1252"), (_told("Windows-1252"),)
    except UnicodeDecodeError:
        return content.decode("latin-1"), (_told("Latin-1"),)


def _replaced(text: str) -> tuple[str, tuple[Message, ...]]:
    lost = text.count("\ufffd")
    if not lost:
        return text, ()
    return text, (message("{count} signs of the file cannot be read; a question mark in a box stands for each.",
                          count=lost),)  # fmt: skip


def _told(encoding: str) -> Message:
    return message("The file is not UTF-8; it was read as {encoding}. Check names with accents.", encoding=encoding)


def _mended(text: str) -> tuple[str, tuple[Message, ...]]:
    """UTF-8 with some wrong bytes, as when exports of two programs were put together: those are of Windows-1252."""
    wrong = list(_SURROGATE.finditer(text))
    line = _plain_ends(text[: wrong[0].start()]).count("\n") + 1 if wrong else 1
    told = message("{count} bytes are not UTF-8, the first in line {line}; they were read as Windows-1252. "
                   "Check names with accents.", count=len(wrong), line=line)  # fmt: skip
    return _SURROGATE.sub(_western, text), (told,)


def _western(found: re.Match[str]) -> str:
    byte = bytes([ord(found[0]) - 0xDC00])
    try:
        return byte.decode("cp1252")
    except UnicodeDecodeError:
        return byte.decode("latin-1")
