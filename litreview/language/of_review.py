"""The language that a review speaks, found without loading what reads protocols: help and errors ask for it first."""

from __future__ import annotations

import re
from pathlib import Path

_LANGUAGES = re.compile(r"""^languages:[\s\[\-"']*(id|en)\b""", re.MULTILINE)


def language_of(folder: Path) -> str | None:
    """The language that a review speaks: by the line that tells its languages, which stands also where the protocol has
    a fault, and is found at once; else as the protocol is read. None where that is not known."""
    path = folder / "review.yaml"
    try:
        told = _LANGUAGES.search(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return None
    return told.group(1) if told else _as_read(path)


def _as_read(path: Path) -> str | None:
    from litreview.errors import ProtocolError
    from litreview.protocol import load_protocol

    try:
        return load_protocol(path).language
    except ProtocolError:
        return None
