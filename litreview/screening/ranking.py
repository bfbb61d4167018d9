"""Ranking for screening: which undecided record is likely to be included, learned from the decisions so far.

A linear machine (`linear`) learns from features (`features`) that are made once for all records. Included records count
as much as they are many; the excluded ones together count a twentieth of that: the order shows the likely first, so
that what was excluded is what is nearest to the included. For the many that nobody has seen stands a random part,
as excluded, with a small weight: it tells how records of this set read, which two decisions cannot. That weight grows
with the part of the records that is decided, since what is still unseen then is the more surely not to be included.

The order is a function of records, decisions and seed alone: neither the path that led there nor the machine's history
decides. Equal scores go by id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from litreview.errors import UsageError, message
from litreview.screening.features import Rankable, make_features
from litreview.screening.linear import fit_linear
from litreview.screening.policies import find_policy

if TYPE_CHECKING:
    import numpy as np

    Vector = np.ndarray[Any, np.dtype[np.float64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]

COST = 1.0  # of an included record on the wrong side of its margin, against the length of the weights
EXCLUDED_SHARE = 0.05  # of the included records' cost, borne by all excluded ones together
UNSEEN_SHARE = 0.3  # the same for the unseen that stand for the rest, were everything decided; in proportion before
LEAST_UNSEEN_SHARE = 0.01  # so that the first decisions have something to be held against
UNSEEN = 1000  # how many stand for the rest: of fewer, chance decides which, and the late finds hang on it


class Ranker:
    """Ranks a fixed list of records anew for any decisions.

    What is prepared once (features) takes the time; a ranking takes some milliseconds for ten thousand records.
    Raises `UsageError` when two records have one id.
    """

    def __init__(self, records: Sequence[Rankable], seed: int = 0) -> None:
        import numpy as np

        self._records = sorted(records, key=lambda record: record.id)
        self._places = {record.id: place for place, record in enumerate(self._records)}
        if len(self._places) != len(self._records):
            raise UsageError(message("Two records have one id; the ranking cannot tell them apart."))
        self._ids = np.array([record.id for record in self._records], dtype=object)
        self._features = _with_constant(make_features(self._records))
        self._shuffled = np.random.default_rng(seed).permutation(len(self._records))

    def rank(self, decided: Mapping[str, bool], policy: str = "most-likely") -> list[str]:
        """The ids of undecided records, the one to show first at the head. `decided`: id → included or not.

        Until one record is included there is nothing to look for: the order is then the seed's random one.
        Raises `UsageError` for an id or a policy that is not known.
        """
        asked = find_policy(policy)
        scores, undecided = self._scores(decided)
        chosen = asked if scores.any() else find_policy("random")
        order = chosen.order(scores, self._shuffled)
        ids: list[str] = self._ids[order[undecided[order]]].tolist()
        return ids

    def scores(self, decided: Mapping[str, bool]) -> dict[str, float]:
        """How likely each undecided record is to be included: above 0 rather than not. No probability.

        Raises `UsageError` for an id that is not known.
        """
        scores, undecided = self._scores(decided)
        return dict(zip(self._ids[undecided].tolist(), scores[undecided].tolist(), strict=True))

    def _scores(self, decided: Mapping[str, bool]) -> tuple[Vector, Flags]:
        """A score for each record, all 0 where none was included, and which are undecided."""
        import numpy as np

        signs = np.zeros(len(self._records))
        for id_, included in decided.items():
            signs[self._place(id_)] = 1 if included else -1
        undecided = signs == 0
        if not (signs > 0).any():
            return np.zeros(len(self._records)), undecided
        signs, costs = _weighed(signs, self._shuffled[undecided[self._shuffled]][:UNSEEN])
        taken = np.flatnonzero(costs)
        weights = fit_linear(self._features[taken], signs[taken], costs[taken])
        return self._features @ weights, undecided

    def _place(self, id_: str) -> int:
        if id_ not in self._places:
            raise UsageError(message("There is no record '{id}'.", id=id_))
        return self._places[id_]


def _weighed(signs: Vector, unseen: np.ndarray[Any, Any]) -> tuple[Vector, Vector]:
    """Signs and costs of what is learned from: included, excluded, and the unseen (places) in the role of excluded."""
    import numpy as np

    included = signs > 0
    excluded = signs < 0
    costs = np.where(included, COST, 0.0)
    whole = costs.sum()
    costs[excluded] = EXCLUDED_SHARE * whole / max(1, excluded.sum())
    share = max(LEAST_UNSEEN_SHARE, UNSEEN_SHARE * np.count_nonzero(signs) / len(signs))
    costs[unseen] = share * whole / max(1, len(unseen))
    return np.where(included, 1.0, -1.0), costs


def _with_constant(features: Any) -> Any:
    """The rows with a column of ones, so that the border need not go through the origin."""
    import numpy as np
    from scipy.sparse import csr_matrix, hstack

    return hstack([features, csr_matrix(np.ones((features.shape[0], 1)))]).tocsr()
