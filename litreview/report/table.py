"""A table as a value."""

from __future__ import annotations

from dataclasses import dataclass

from litreview.errors import Message

Value = str | int | float | None


@dataclass(frozen=True)
class Column:
    """A column: its key (the heading of the CSV), its heading for people, its width in characters, and the kind of
    words that its ids have (empty: values stand as they are)."""

    key: str
    heading: Message
    width: int = 14
    words: str = ""


@dataclass(frozen=True)
class Table:
    """A table by rows; `name` is that of the CSV file and of the sheet."""

    name: str
    title: Message
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
