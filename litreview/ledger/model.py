"""The ledger's values: a judgment, and everything that was read of a review's judgments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from litreview.errors import Message
from litreview.ledger.upgrades import FORMAT

_decode = msgspec.json.Decoder(dict[str, Any], float_hook=float).decode  # a number too great becomes infinite


def decode_body(raw: msgspec.Raw) -> dict[str, Any]:
    """A body as it stands in its line. Bytes that are no text, which a struct passes over in keys that it does not
    know, are shown as such."""
    try:
        return _decode(raw)
    except UnicodeDecodeError:
        return _decode(bytes(raw).decode("utf-8", "replace"))


class LazyBody(Mapping[str, Any]):
    """A body as its line holds it, read when first looked into: of a million judgments few are."""

    __slots__ = ("_read", "raw")

    def __init__(self, raw: msgspec.Raw) -> None:
        self.raw = raw
        self._read: dict[str, Any] | None = None

    def _value(self) -> dict[str, Any]:
        if self._read is None:
            self._read = decode_body(self.raw)
        return self._read

    def __getitem__(self, key: str) -> Any:
        return self._value()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._value())

    def __len__(self) -> int:
        return len(self._value())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, LazyBody) and bytes(self.raw) == bytes(other.raw):
            return True
        return isinstance(other, Mapping) and self._value() == dict(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._value())


class Judgment(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One line of the ledger. `at` is told, never used to decide; `replaces` names the judgment it stands for."""

    id: str
    at: str
    person: str
    device: str
    kind: str
    body: Mapping[str, Any]
    replaces: str = ""
    format: int = FORMAT


class SetAside(msgspec.Struct, frozen=True):
    """A judgment whose body is not as its kind asks: kept and shown, in no count. `file` and `line` (from 1) are
    where it was read, `why` what is wrong."""

    judgment: Judgment
    file: str
    line: int
    why: Message


class Ledger(msgspec.Struct, frozen=True):
    """Every judgment read (by id), those that stand, what is to be told, what was set aside; and, where it holds
    judgments of a newer version, what they need: then nothing may be written."""

    judgments: tuple[Judgment, ...] = ()
    standing: tuple[Judgment, ...] = ()
    notices: tuple[Message, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    needs_newer: Message | None = None

    def of_kind(self, *kinds: str) -> tuple[Judgment, ...]:
        """The standing judgments of some kinds, in order of id."""
        return tuple(j for j in self.standing if j.kind in kinds)
