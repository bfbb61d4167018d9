"""Sets with the fewest agreeing pairs, for when no set differs throughout. Exact, by depth-first search with bounds."""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from litreview.screening.model import Candidate

_MOST_STEPS = 200_000  # of the search for further sets, which is a courtesy; the best set is always exact


class _Branch(NamedTuple):
    """A partial set: where to go on, agreeing pairs, cost, what was taken, kinds that were passed over."""

    at: int
    agreeing: int
    cost: tuple[int, int]
    chosen: list[int]
    passed: frozenset[tuple[str, ...]]


class _Search:
    """Candidates in the order in which they are tried, which of them agree, and which are alike to the rule."""

    def __init__(self, candidates: Sequence[Candidate], size: int, differ_in: Sequence[str], seed: int) -> None:
        self.size = size
        self.order = sorted(range(len(candidates)), key=lambda n: _rank(candidates[n], seed))
        ordered = [candidates[n] for n in self.order]
        self.costs = [(one.unclear, one.doubtful_pages) for one in ordered]
        self.kinds = _types(ordered, differ_in)
        self.values = [[one.values.get(key, "") for one in ordered] for key in differ_in]
        self.agree = [[_agree(a, b) for b in self.kinds] for a in self.kinds]
        self.least = [self._least_from(at) for at in range(len(ordered) + 1)]

    def _least_from(self, at: int) -> list[tuple[int, int]]:
        """For each number of candidates from `at` on, a bound on their cost: the order is by cost, so the next ones."""
        sums = [(0, 0)]
        for unclear, doubtful in self.costs[at : at + self.size]:
            sums.append((sums[-1][0] + unclear, sums[-1][1] + doubtful))
        return sums

    def best(self) -> list[int]:
        """A set with the fewest agreeing pairs, then the least cost, first in order."""
        most = self.size * (self.size - 1) // 2
        for pairs in range(self._more_pairs([]), most + 1):
            found = self._within(pairs)
            if found is not None:
                return found
        raise ValueError("fewer candidates than the size of the set")

    def _within(self, pairs: int) -> list[int] | None:
        """The cheapest set with no more agreeing pairs than `pairs`, the first in order among equals.

        Candidates with the same values are interchangeable to the rule and stand in order of cost: once one of a kind
        is passed over, the later ones of its kind are as well.
        """
        best: tuple[tuple[int, int], list[int]] | None = None
        stack: list[_Branch] = [_Branch(0, 0, (0, 0), [], frozenset())]
        while stack:
            at, agreeing, cost, chosen, passed = stack.pop()
            wanted = self.size - len(chosen)
            if len(self.least[at]) <= wanted or (best is not None and self._bound(at, wanted, cost) >= best[0]):
                continue
            if wanted == 0:
                best = (cost, chosen)
                continue
            kind = self.kinds[at]
            stack.append(_Branch(at + 1, agreeing, cost, chosen, passed | {kind}))
            more = agreeing + sum(self.agree[at][one] for one in chosen)
            if kind not in passed and more + self._more_pairs([*chosen, at]) <= pairs:
                now = (cost[0] + self.costs[at][0], cost[1] + self.costs[at][1])
                stack.append(_Branch(at + 1, more, now, [*chosen, at], passed))
        return best[1] if best else None

    def _more_pairs(self, chosen: list[int]) -> int:
        """A bound on the agreeing pairs still to come: by each key alone, the rest spread over its values as evenly as
        can be; what is unknown agrees with all."""
        return max((self._more_by(values, chosen) for values in self.values), default=0)

    def _more_by(self, values: list[str], chosen: list[int]) -> int:
        counts = Counter(values[one] for one in chosen)
        unknown = counts.pop("", 0)
        free = len(set(values) - {""}) - len(counts)
        heap = [0] * free + sorted(counts.values())  # sorted, so a heap
        wanted = self.size - len(chosen)
        more = wanted * unknown
        for _ in range(wanted if heap else 0):
            least = heapq.heappop(heap)
            more += least
            heapq.heappush(heap, least + 1)
        return more

    def _bound(self, at: int, wanted: int, cost: tuple[int, int]) -> tuple[int, int]:
        """The least that a branch can cost in the end."""
        least = self.least[at][wanted]
        return cost[0] + least[0], cost[1] + least[1]

    def as_close(self, pairs: int, most: int, without: list[int]) -> Iterator[list[int]]:
        """Up to `most` other sets with no more agreeing pairs than `pairs`, in order."""
        stack: list[tuple[int, int, list[int]]] = [(0, 0, [])]
        steps = 0
        while stack and most and steps < _MOST_STEPS:
            steps += 1
            at, agreeing, chosen = stack.pop()
            if len(chosen) == self.size:
                if chosen != without:
                    most -= 1
                    yield chosen
                continue
            if len(self.costs) - at < self.size - len(chosen):
                continue
            stack.append((at + 1, agreeing, chosen))
            more = agreeing + sum(self.agree[at][one] for one in chosen)
            if more + self._more_pairs([*chosen, at]) <= pairs:
                stack.append((at + 1, more, [*chosen, at]))


def closest_sets(
    candidates: Sequence[Candidate], size: int, differ_in: Sequence[str], seed: int, most: int
) -> list[list[int]]:
    """Indices of the best set with the fewest agreeing pairs, then up to `most` others with as few."""
    search = _Search(candidates, size, differ_in, seed)
    best = search.best()
    pairs = sum(search.agree[a][b] for i, a in enumerate(best) for b in best[i + 1 :])
    return [[search.order[n] for n in one] for one in (best, *search.as_close(pairs, most, best))]


def _rank(candidate: Candidate, seed: int) -> tuple[int, int, bytes]:
    """Cheapest first; equals in an order drawn by the seed."""
    return candidate.unclear, candidate.doubtful_pages, hashlib.sha256(f"{seed} {candidate.study}".encode()).digest()


def _types(ordered: Sequence[Candidate], differ_in: Sequence[str]) -> list[tuple[str, ...]]:
    """The values of each candidate; one that nobody shares is "*", since it differs from all."""
    counts = {key: Counter(one.values.get(key, "") for one in ordered) for key in differ_in}
    return [
        tuple("*" if (value := one.values.get(key, "")) and counts[key][value] == 1 else value for key in differ_in)
        for one in ordered
    ]


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    return int(any(not a or not b or (a == b and a != "*") for a, b in zip(one, other, strict=True)))
