"""Policies: in which order undecided records are shown, given how likely the ranking holds each to be included.

Each has a `name` and an `order` of positions (of records sorted by id, so that ties go by id).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from litreview.errors import UsageError, message

if TYPE_CHECKING:
    import numpy as np

    Vector = np.ndarray[Any, np.dtype[np.float64]]
    Positions = np.ndarray[Any, np.dtype[np.intp]]


class Policy(Protocol):
    """A way to order records. `scores`: above 0 rather included, below rather excluded; `shuffled`: the seed's draw."""

    @property
    def name(self) -> str:
        """The name to choose it by."""
        ...

    def order(self, scores: Vector, shuffled: Positions) -> Positions:
        """All positions, the one to show first at the head."""
        ...


class MostLikely:
    """The likeliest to be included first: finds most with least reading."""

    name = "most-likely"

    def order(self, scores: Vector, shuffled: Positions) -> Positions:
        """Positions by falling score."""
        import numpy as np

        return np.argsort(-scores, kind="stable")


class MostUncertain:
    """The nearest to the border between included and excluded first: teaches the ranking most."""

    name = "most-uncertain"

    def order(self, scores: Vector, shuffled: Positions) -> Positions:
        """Positions by rising distance from the border."""
        import numpy as np

        return np.argsort(np.abs(scores), kind="stable")


class RandomSample:
    """A random sample, the same for a seed whatever was decided: for checking what the ranking leaves out."""

    name = "random"

    def order(self, scores: Vector, shuffled: Positions) -> Positions:
        """The seed's draw."""
        return shuffled


POLICIES: tuple[Policy, ...] = (MostLikely(), MostUncertain(), RandomSample())


def find_policy(name: str) -> Policy:
    """The policy of a name. Raises `UsageError` for one that is not known."""
    for policy in POLICIES:
        if policy.name == name:
            return policy
    known = ", ".join(policy.name for policy in POLICIES)
    raise UsageError(message("There is no policy '{name}'. Known: {known}.", name=name, known=known))
