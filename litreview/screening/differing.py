"""All sets of candidates that differ from each other in every key: how many, the best, the cheapest. Exact.

Candidates fall into classes by the key with the fewest values; a set takes at most one of each class. Walking through
the classes, all that matters for what may still be taken is which values of the other keys were used and come again:
states are few, and what follows each is computed once. Sixty candidates with sets of five take a few milliseconds.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from litreview.screening.model import Candidate

Used = frozenset[tuple[str, str]]  # (key, value) pairs that stand in the set and come again later
Cost = tuple[int, int]  # unclear verdicts, doubtful pages
_State = tuple[int, int, Used]  # class, how many are wanted, values used
WORST: Cost = (1 << 60, 1 << 60)


class _Rest(NamedTuple):
    """What can follow a state: how many sets, the least cost of any, how many have it."""

    total: int
    cost: Cost
    best_count: int


class DifferingSets:
    """The sets of `size` candidates of which every two differ in every key of `differ_in`."""

    def __init__(self, candidates: Sequence[Candidate], size: int, differ_in: Sequence[str]) -> None:
        self._candidates = candidates
        self._size = size
        self._keys = list(differ_in) if size > 1 else []  # one study has nothing to differ from
        self._classes = self._divide()
        self._later = self._values_from()
        self._known: dict[_State, _Rest] = {}
        rest = self._rest(0, size, frozenset())
        self.count, self.best_count = rest.total, rest.best_count

    def _divide(self) -> list[list[int]]:
        """Candidates whose keys are all known, in classes by the key with the fewest values."""
        known = [n for n, one in enumerate(self._candidates) if all(one.values.get(key) for key in self._keys)]
        if not self._keys:
            return [[n] for n in known]
        values = {key: sorted({self._candidates[n].values[key] for n in known}) for key in self._keys}
        first = min(self._keys, key=lambda key: len(values[key]))
        self._keys.remove(first)
        return [[n for n in known if self._candidates[n].values[first] == value] for value in values[first]]

    def _values_from(self) -> list[Used]:
        """For each class, the values of the other keys that it and later classes have."""
        found: list[Used] = [frozenset()]
        for members in reversed(self._classes):
            found.append(found[-1].union(*(self._values(n) for n in members)))
        return found[::-1]

    def _values(self, number: int) -> Used:
        return frozenset((key, self._candidates[number].values[key]) for key in self._keys)

    def _cost(self, number: int) -> Cost:
        return self._candidates[number].unclear, self._candidates[number].doubtful_pages

    def _rest(self, at: int, wanted: int, used: Used) -> _Rest:
        """What follows when `wanted` more are taken from the classes from `at` on."""
        if wanted == 0:
            return _Rest(1, (0, 0), 1)
        if len(self._classes) - at < wanted:
            return _Rest(0, WORST, 0)
        state = (at, wanted, used)
        if state not in self._known:
            self._known[state] = self._sum(at, wanted, used)
        return self._known[state]

    def _sum(self, at: int, wanted: int, used: Used) -> _Rest:
        total, costs = 0, Counter[Cost]()
        for _, cost, next_state in self._steps(at, wanted, used):
            rest = self._rest(*next_state)
            if rest.total:
                total += rest.total
                costs[_plus(cost, rest.cost)] += rest.best_count
        best = min(costs, default=WORST)
        return _Rest(total, best, costs[best])

    def _steps(self, at: int, wanted: int, used: Used) -> Iterator[tuple[int, Cost, _State]]:
        """Ways on from a state: pass over the class (-1), or take one of it."""
        later = self._later[at + 1]
        yield -1, (0, 0), (at + 1, wanted, used & later)
        for number in self._classes[at]:
            values = self._values(number)
            if used.isdisjoint(values):
                yield number, self._cost(number), (at + 1, wanted - 1, (used | values) & later)

    def best(self, number: int) -> list[int]:
        """The set with the least cost that has a number, from 0 to `best_count` - 1, in a fixed order."""
        chosen: list[int] = []
        state = (0, self._size, Used())
        while state[1]:
            least = self._rest(*state).cost
            for taken, cost, next_state in self._steps(*state):
                rest = self._rest(*next_state)
                if not rest.total or _plus(cost, rest.cost) != least:
                    continue
                if number < rest.best_count:
                    chosen += [taken] if taken >= 0 else []
                    state = next_state
                    break
                number -= rest.best_count
        return chosen

    def cheapest(self, most: int) -> Iterator[list[int]]:
        """Up to `most` sets by rising cost; of equals, those that name earlier candidates first."""
        order = count()
        start = (0, self._size, Used())
        queue: list[tuple[Cost, int, Cost, list[int], _State]] = []
        queue += [(self._rest(*start).cost, next(order), (0, 0), [], start)] if self.count else []
        while queue and most:
            _, _, spent, chosen, state = heapq.heappop(queue)
            if state[1] == 0:
                most -= 1
                yield chosen
                continue
            for taken, cost, next_state in self._steps(*state):
                rest = self._rest(*next_state)
                if rest.total:
                    now = _plus(spent, cost)
                    more = [*chosen, taken] if taken >= 0 else chosen
                    heapq.heappush(queue, (_plus(now, rest.cost), next(order), now, more, next_state))


def _plus(one: Cost, other: Cost) -> Cost:
    return one[0] + other[0], one[1] + other[1]
