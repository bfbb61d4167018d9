"""A judgment as a line of JSON, and back: checked on both ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from litreview.errors import LedgerError, Message, message
from litreview.ledger.bodies import BODIES, Text
from litreview.ledger.ids import uuid7
from litreview.ledger.model import Judgment, LazyBody, decode_body
from litreview.ledger.upgrades import FORMAT, STEPS, Step, upgrade_line
from litreview.schema import explain

MARKERS = (b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>")  # what git leaves of a merge that it could not do
MOST_LINE_BYTES = 8_000_000  # a longer line is none of ours, and is never held in memory
NOT_TEXT = message("The text holds a character that is none; write it anew.")


class Trouble(msgspec.Struct, frozen=True, gc=False):
    """A line that gives no judgment that counts: damaged, a mark of git, made by a newer version (with its `format`
    and `kind`), or with a body that is not as its kind asks (then `judgment` and `why`)."""

    what: Literal["damaged", "marker", "newer", "body"]
    format: int = 0
    kind: str = ""
    judgment: Judgment | None = None
    why: Message | None = None


class _Line(msgspec.Struct, frozen=True, gc=False):
    """A line before its body is looked at."""

    id: Text
    at: str
    person: Text
    device: str
    kind: Text
    body: msgspec.Raw
    replaces: str = ""
    format: int = 1


class _Formatted(msgspec.Struct):
    """What a line of every format has."""

    format: int = 1


_DAMAGED, _MARKER = Trouble("damaged"), Trouble("marker")
_decode_format = msgspec.json.Decoder(_Formatted).decode
_decode_line = msgspec.json.Decoder(_Line).decode
_decode_body = {kind: msgspec.json.Decoder(body).decode for kind, body in BODIES.items()}
_ERRORS = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


def make_judgment(person: str, device: str, kind: str, body: Mapping[str, Any], replaces: str = "") -> Judgment:
    """A new judgment, now. Raises `LedgerError` for a kind that there is not, or a body that is not as it asks."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    judgment = Judgment(uuid7(), at, person, device, kind, body, replaces)
    return msgspec.structs.replace(judgment, body=LazyBody(_checked_body(judgment)))


def encode_line(judgment: Judgment) -> bytes:
    """The judgment's line, with its end. Raises `LedgerError` as `make_judgment` does."""
    values = {
        "format": FORMAT,
        "id": judgment.id,
        "at": judgment.at,
        "person": judgment.person,
        "device": judgment.device,
        "kind": judgment.kind,
        **({"replaces": judgment.replaces} if judgment.replaces else {}),
        "body": _checked_body(judgment),
    }
    try:
        line = msgspec.json.encode(values) + b"\n"
    except UnicodeEncodeError as error:
        raise LedgerError(NOT_TEXT) from error
    if len(line) > MOST_LINE_BYTES:
        raise LedgerError(
            message("The judgment is longer than {most} MB; divide it.", most=MOST_LINE_BYTES // 1_000_000)
        )
    return line


def _checked_body(judgment: Judgment) -> msgspec.Raw:
    body = judgment.body
    if judgment.kind not in BODIES:
        raise LedgerError(message("Unknown kind of judgment: {kind}.", kind=judgment.kind))
    try:
        raw = body.raw if isinstance(body, LazyBody) else msgspec.Raw(msgspec.json.encode(dict(body)))
    except UnicodeEncodeError as error:
        raise LedgerError(NOT_TEXT) from error
    try:
        _decode_body[judgment.kind](raw)
    except msgspec.ValidationError as error:
        why = explain(error, decode_body(raw), BODIES[judgment.kind])
        what = message("A judgment of kind '{kind}' cannot be recorded: {why}", kind=judgment.kind, why=why)
        raise LedgerError(what) from error
    return raw


def decode_line(line: bytes, steps: Sequence[Step] = STEPS) -> Judgment | Trouble | None:
    """What a line says, upgraded by `steps` where it is of an older format; None for an empty one. Never raises."""
    try:
        read = _decode_line(line)
    except _ERRORS:
        return _unreadable(line, steps)
    if read.format != len(steps) + 1:
        return _of_another_format(line, read.format, steps, read.kind)
    check_body = _decode_body.get(read.kind)
    if check_body is None:
        return Trouble("newer", read.format, read.kind)
    judgment = Judgment(
        read.id, read.at, read.person, read.device, read.kind, LazyBody(read.body), read.replaces, read.format
    )
    try:
        check_body(read.body)
    except msgspec.ValidationError as error:
        return _set_aside(judgment, read.body, error)
    except _ERRORS:
        return _DAMAGED
    return judgment


def _set_aside(judgment: Judgment, raw: msgspec.Raw, error: msgspec.ValidationError) -> Trouble:
    try:
        body = decode_body(raw)
    except _ERRORS:  # it is no object
        return _DAMAGED
    return Trouble("body", judgment=judgment, why=explain(error, body, BODIES[judgment.kind]))


def _unreadable(line: bytes, steps: Sequence[Step]) -> Judgment | Trouble | None:
    if not line.strip():
        return None
    if line.startswith(MARKERS):
        return _MARKER
    try:
        number = _decode_format(line).format
    except _ERRORS:
        return _DAMAGED
    return _of_another_format(line, number, steps) if number != len(steps) + 1 else _DAMAGED


def _of_another_format(line: bytes, number: int, steps: Sequence[Step], kind: str = "") -> Judgment | Trouble | None:
    if number > len(steps):
        return Trouble("newer", number, kind)
    try:
        upgraded = upgrade_line(msgspec.json.decode(line, type=dict[str, Any]), steps)
    except (*_ERRORS, ValueError, LookupError, TypeError, AttributeError):  # a step met what its format does not allow
        return _DAMAGED
    return decode_line(msgspec.json.encode(upgraded), steps)
