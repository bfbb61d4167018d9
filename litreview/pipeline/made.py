"""A judgment on its way to the ledger."""

from __future__ import annotations

from typing import Any, NamedTuple


class Made(NamedTuple):
    """A judgment to be written: what is said; who, where and when come with the writing."""

    kind: str
    body: dict[str, Any]
    replaces: str = ""
