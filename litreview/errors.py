"""Messages that a researcher reads, and the one tree of errors."""

from __future__ import annotations

from pathlib import Path

import msgspec


class Message(msgspec.Struct, frozen=True):
    """A sentence for people: an English template (the catalogue's key) and the values of its {fields}."""

    text: str
    values: dict[str, str | int | float] = {}

    def __str__(self) -> str:
        return self.text.format(**self.values)


def message(text: str, **values: str | int | float) -> Message:
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


class QuotationError(LitreviewError):
    """A quotation does not stand on the page that it cites (law 5)."""


class OutputError(LitreviewError):
    """An output could not be written; the earlier ones stand."""
