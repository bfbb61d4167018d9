"""Numbers that open what stands behind them: passages, records or reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Count:
    """A number (or a phrase around it) as shown. `key` names the set that it opens (empty: nothing to open), `status`
    is `human`, `provisional` or empty, `label` says in full what is counted, `fallback` is where it leads without
    script (an anchor of the page)."""

    text: str
    key: str = ""
    status: str = ""
    label: str = ""
    fallback: str = ""


@dataclass(frozen=True)
class Opened:
    """A set that a number opens: its title, what its ids are (`passages` or `items`), and the ids."""

    title: str
    kind: str
    ids: tuple[str, ...]


@dataclass
class Openings:
    """The sets of one page, numbered in the order in which they are first asked for; the same set has one key."""

    sets: dict[str, Opened] = field(default_factory=dict)
    _keys: dict[Opened, str] = field(default_factory=dict)

    def count(self, title: str, ids: Sequence[str], *, text: str = "", status: str = "", kind: str = "passages",
              fallback: str = "") -> Count:  # fmt: skip
        """A number for a set of ids; zero opens nothing."""
        shown = text or str(len(ids))
        if not ids:
            return Count(shown, status=status, label=title)
        opened = Opened(title, kind, tuple(ids))
        if opened not in self._keys:
            self._keys[opened] = f"n{len(self._keys) + 1}"
            self.sets[self._keys[opened]] = opened
        return Count(shown, self._keys[opened], status, title, fallback)
