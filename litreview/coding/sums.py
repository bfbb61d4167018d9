"""Sums over units that the coefficients of agreement are functions of, for the whole and for resampled documents.

Units that were judged alike are one pattern; documents are rows of a sparse table of sums. So a draw of the bootstrap
costs as much as there are documents (or patterns), however many units there are.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import numpy as np

from litreview.coding.ratings import Floats, Integers, Ratings, add_by, add_up_by, find_patterns

CELLS_A_BATCH = 2_000_000
RATED, COMPARED, AGREED, COINCIDENT, SCALARS = range(5)


class Totals(msgspec.Struct, frozen=True, eq=False):
    """Sums over units, a row for each draw; compared units are those with two ratings or more.

    `agreed`: each compared unit's share of agreeing pairs of ratings. `coincident`: its agreeing ordered pairs over
    the number of its ratings less one (the diagonal of Krippendorff's coincidences). By category: ratings on compared
    units; shares of each rated unit's ratings; with two raters, the ratings of the first and of the second.
    """

    raters: int
    categories: int
    equal_numbers: bool  # whether every compared unit has the same number of ratings
    rated: Floats
    compared: Floats
    agreed: Floats
    coincident: Floats
    ratings_by_category: Floats
    shares_by_category: Floats
    first_by_category: Floats
    second_by_category: Floats


class Sums(msgspec.Struct, frozen=True, eq=False):
    """Sparse table of sums: `amount` in the cell of a cluster and a column. Clusters are documents, or patterns of
    units where there is no document; `times` says how often each occurs."""

    raters: int
    categories: int
    equal_numbers: bool
    times: Integers
    cluster: Integers
    column: Integers
    amount: Floats

    @property
    def columns(self) -> int:
        """How many columns the table has."""
        return SCALARS + 4 * self.categories

    def whole(self) -> Totals:
        """The totals of everything, one row."""
        return self._totals(self.times.reshape(1, -1))

    def draws(self, count: int, seed: int) -> Iterator[Totals]:
        """Totals of `count` draws with replacement of as many clusters as there are, in batches. Seeded."""
        random = np.random.default_rng(seed)
        batch = max(1, CELLS_A_BATCH // (self.columns + len(self.times)))
        for begin in range(0, count, batch):
            yield self._totals(self._draw(random, min(batch, count - begin)))

    def _draw(self, random: np.random.Generator, count: int) -> Integers:
        size, kinds = int(self.times.sum()), len(self.times)
        if size > kinds:  # clusters that are alike are drawn together
            return random.multinomial(size, self.times / size, size=count)
        chosen = random.integers(0, kinds, size=(count, kinds))
        return np.stack([np.bincount(row, minlength=kinds) for row in chosen])

    def _totals(self, times: Integers) -> Totals:
        table = np.stack([
            add_up_by(self.column, self.amount * row[self.cluster], self.columns) for row in times
        ])  # fmt: skip
        by_category = np.split(table[:, SCALARS:], 4, axis=1)
        return Totals(self.raters, self.categories, self.equal_numbers, table[:, RATED], table[:, COMPARED],
                      table[:, AGREED], table[:, COINCIDENT], *by_category)  # fmt: skip


def add_up(ratings: Ratings) -> Sums:
    """The sums of ratings. Raters who judged nothing are left out."""
    present = (ratings.values >= 0).any(axis=0) if len(ratings.values) else np.zeros(len(ratings.raters), dtype=bool)
    values, categories = ratings.values[:, present], max(1, ratings.categories)
    patterns, pattern_of = find_patterns(values, categories)
    ratings_of = (patterns >= 0).sum(axis=1)
    pattern, column, amount = _pattern_sums(patterns, ratings_of, categories)
    span = SCALARS + 4 * categories
    if ratings.documents is None:
        times = add_up_by(pattern_of, ratings.weights, len(patterns)).astype(np.int64)
        cluster = pattern
    else:
        times = np.ones(int(ratings.documents.max(initial=-1)) + 1, dtype=np.int64)
        cells = add_by(
            ratings.documents * len(patterns) + pattern_of, ratings.weights, len(times) * max(1, len(patterns))
        )
        cluster, column, amount = _document_sums(*cells, len(patterns), pattern, column, amount)
        key, amount = add_by(cluster * span + column, amount, len(times) * span)
        cluster, column = key // span, key % span
    equal = len(set(ratings_of[ratings_of > 1].tolist())) <= 1
    return Sums(int(present.sum()), categories, equal, times, cluster, column, amount)


def _pattern_sums(patterns: Integers, ratings_of: Integers, categories: int) -> tuple[Integers, Integers, Floats]:
    """Sparse sums of one unit of each pattern, in order of pattern."""
    where, rater = np.nonzero(patterns >= 0)
    category = patterns[where, rater]
    key, number = add_by(where * categories + category, np.ones(len(where)), max(1, len(patterns)) * categories)
    pattern, category = key // categories, key % categories
    size = ratings_of[pattern]
    agreeing = add_up_by(pattern, number * (number - 1), len(patterns))
    compared = np.flatnonzero(ratings_of > 1)
    n = ratings_of[compared]
    entries = [
        (np.flatnonzero(ratings_of > 0), RATED, np.ones(int((ratings_of > 0).sum()))),
        (compared, COMPARED, np.ones(len(compared))),
        (compared, AGREED, agreeing[compared] / (n * (n - 1))),
        (compared, COINCIDENT, agreeing[compared] / (n - 1)),
        (pattern[size > 1], SCALARS + category[size > 1], number[size > 1]),
        (pattern, SCALARS + categories + category, number / size),
    ]
    if patterns.shape[1] == 2:
        for side in (0, 1):
            start = SCALARS + (2 + side) * categories
            entries.append((compared, start + patterns[compared, side], np.ones(len(compared))))
    rows = np.concatenate([row for row, _, _ in entries])
    columns = np.concatenate([np.broadcast_to(np.asarray(column), row.shape) for row, column, _ in entries])
    amounts = np.concatenate([amount for _, _, amount in entries])
    order = np.argsort(rows, kind="stable")
    return rows[order], columns[order], amounts[order]


def _document_sums(
    cells: Integers, weights: Floats, patterns: int, pattern: Integers, column: Integers, amount: Floats
) -> tuple[Integers, Integers, Floats]:
    """The sums of patterns spread over documents: `cells` are document × pattern, with so many units each."""
    document, of_cell = np.divmod(cells, max(1, patterns))
    lengths = np.bincount(pattern, minlength=patterns)
    starts = np.cumsum(lengths) - lengths
    repeats = lengths[of_cell]
    ends = np.cumsum(repeats)
    entry = np.arange(int(repeats.sum())) - np.repeat(ends - repeats - starts[of_cell], repeats)
    return np.repeat(document, repeats), column[entry], amount[entry] * np.repeat(weights, repeats)
