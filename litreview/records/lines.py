"""Entries put together from lines with tags, as RIS, MEDLINE, Web of Science and EndNote write them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from litreview.errors import Message, message
from litreview.records.reader import Fields


class Tagged(NamedTuple):
    """An entry as its lines tell it: the line where it begins (from 1), and every tag's values."""

    line: int
    fields: Fields


class Entries:
    """Entries under construction. Lines of one value are joined once, at the end, so that time stays linear."""

    def __init__(self) -> None:
        self._found: list[tuple[int, dict[str, list[list[str]]]]] = []
        self._last: list[str] = []

    def __len__(self) -> int:
        return len(self._found)

    @property
    def tags(self) -> Collection[str]:
        """The tags of the last entry so far."""
        return self._found[-1][1].keys() if self._found else ()

    def begin(self, line: int) -> None:
        """Begin an entry."""
        self._found.append((line, {}))
        self._last = []

    def clear(self) -> None:
        """Forget what the last entry has told so far."""
        self._found[-1][1].clear()
        self._last = []

    def add(self, tag: str, value: str) -> None:
        """A tag's value, in the last entry."""
        self._last = [value.strip()]
        self._found[-1][1].setdefault(tag, []).append(self._last)

    def more(self, line: str) -> None:
        """A further line of the value before."""
        self._last.append(line.strip())

    def joined(self, separate: Collection[str] = ()) -> list[Tagged]:
        """The entries. Each line of the tags in `separate` is a value of its own."""
        return [Tagged(line, {tag: _values(pieces, tag in separate) for tag, pieces in fields.items()})
                for line, fields in self._found]  # fmt: skip


def _values(several: Sequence[Sequence[str]], separate: bool) -> list[str]:
    if separate:
        return [piece for pieces in several for piece in pieces if piece]
    return [" ".join(piece for piece in pieces if piece) for pieces in several]


def stray_lines(strays: Sequence[tuple[int, str]]) -> list[Message]:
    """A notice of lines that belong to no entry, with the first of them; none where there are none."""
    if not strays:
        return []
    line, text = strays[0]
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    return [message("{count} lines belong to no record and were passed over, the first is line {line}: {shown}",
                    count=len(strays), line=line, shown=shown)]  # fmt: skip
