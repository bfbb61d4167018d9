"""Messages that a researcher reads, and the one tree of errors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec


class Message(msgspec.Struct, frozen=True):
    """A sentence for people: an English template (the catalogue's key) and the values of its {fields}.

    A value that is a tuple lists terms of the program (kinds of sections, statuses), each translated where shown; one
    that is a message is a sentence in turn.
    """

    text: str
    values: dict[str, str | int | float | tuple[str, ...] | Message] = {}

    def told(self, translate: Callable[[str], str]) -> str:
        """The sentence with its template and its listed terms translated."""
        return translate(self.text).format(**{key: _told(value, translate) for key, value in self.values.items()})

    def __str__(self) -> str:
        return self.told(str)


Value = str | int | float | tuple[str, ...] | Message


def _told(value: Value, translate: Callable[[str], str]) -> str | int | float:
    if isinstance(value, Message):
        return value.told(translate)
    return ", ".join(map(translate, value)) if isinstance(value, tuple) else value


def message(text: str, **values: Value) -> Message:
    """Make a `Message`; its text is collected for the catalogues by this function's name."""
    return Message(text, values)


class LitreviewError(Exception):
    """Anything that a researcher can mend: what happened, to which file and line, and what to do."""

    exit_code = 1

    def __init__(self, what: Message, path: Path | str | None = None, line: int | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.path = path
        self.line = line

    def __str__(self) -> str:
        return f"{self.place}{self.what}"

    @property
    def place(self) -> str:
        """`file:line: `, as far as they are known."""
        if self.path is None:
            return ""
        return f"{self.path}:{self.line}: " if self.line else f"{self.path}: "


class ProtocolError(LitreviewError):
    """The protocol or the codebook is not as it must be."""

    exit_code = 2


class UsageError(LitreviewError):
    """A command was given what it cannot use."""

    exit_code = 2


class LedgerError(LitreviewError):
    """A judgment could not be written or read."""


class AnchorError(LitreviewError):
    """A passage does not stand in the text where it is said to stand (law 4)."""


class FrozenTextError(LitreviewError):
    """A text cannot be frozen, or a frozen one cannot be used: it is damaged, or `newer` than this program."""

    def __init__(self, what: Message, path: Path | str | None = None, newer: bool = False) -> None:
        super().__init__(what, path)
        self.newer = newer


class QuotationError(LitreviewError):
    """A quotation does not stand on the page that it cites (law 5)."""


class OutputError(LitreviewError):
    """An output could not be written; the earlier ones stand."""
