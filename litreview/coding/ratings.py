"""Nominal judgments of raters on units, as arrays: what every coefficient of agreement is computed from.

A row stands for one unit, or for many that were all judged alike (its weight), so that a text of ten million
characters is a few hundred rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
MISSING = -1
_SMALL_SPAN = 1 << 22  # keys below it are counted by place, not sorted


class Ratings(msgspec.Struct, frozen=True, eq=False):
    """Judgments of `raters` on units.

    `values`: rows × raters, a category's number from 0 or MISSING. `weights`: how many units each row stands for.
    `documents`: the number of each row's document, from 0; None where units have no document. `categories`: how many
    categories the scale has, those that nobody used included where they are known.
    """

    values: Integers
    weights: Integers
    raters: tuple[str, ...]
    categories: int
    documents: Integers | None = None


def make_ratings(rows: Sequence[Sequence[Any]], documents: Sequence[Any] | None = None) -> Ratings:
    """Ratings from a list of units, each with one value for each rater (None where missing); for small tables."""
    values = sorted({value for row in rows for value in row if value is not None}, key=str)
    number = {value: index for index, value in enumerate(values)}
    table = [[MISSING if value is None else number[value] for value in row] for row in rows]
    width = len(rows[0]) if rows else 0
    return Ratings(
        values=np.array(table, dtype=np.int64).reshape(len(rows), width),
        weights=np.ones(len(rows), dtype=np.int64),
        raters=tuple(f"rater {number + 1}" for number in range(width)),
        categories=len(values),
        documents=None if documents is None else factorize(np.array(documents, dtype=object))[0],
    )


def factorize(names: NDArray[Any]) -> tuple[Integers, list[Any]]:
    """Each name's number in order of appearance, and the names by number."""
    import pandas as pd

    numbers, known = pd.factorize(names)
    return numbers.astype(np.int64), list(known)


def pool(parts: Sequence[Ratings]) -> Ratings:
    """Ratings of the same raters on the same documents, one set under the other. Needs at least one part."""
    first = parts[0]
    documents = [part.documents for part in parts if part.documents is not None]
    return Ratings(
        values=np.concatenate([part.values for part in parts]),
        weights=np.concatenate([part.weights for part in parts]),
        raters=first.raters,
        categories=max(part.categories for part in parts),
        documents=np.concatenate(documents) if len(documents) == len(parts) else None,
    )


def find_patterns(values: Integers, categories: int) -> tuple[Integers, Integers]:
    """The distinct rows of a table of ratings, and for each row the number of its pattern."""
    key, span = np.zeros(len(values), dtype=np.int64), 1
    for column in values.T:
        if span > _SMALL_SPAN:
            key, span = renumber(key, span)
        key, span = key * (categories + 1) + column + 1, span * (categories + 1)
    key, count = renumber(key, span)
    example = np.zeros(count, dtype=np.int64)
    example[key] = np.arange(len(values))
    return values[example], key


def renumber(key: Integers, span: int) -> tuple[Integers, int]:
    """Keys from 0 to `span` renumbered without holes, in the same order, and how many there are."""
    if span > _SMALL_SPAN:
        present, numbered = np.unique(key, return_inverse=True)
        return numbered.astype(np.int64).reshape(-1), len(present)
    present = np.flatnonzero(np.bincount(key, minlength=1))
    place = np.zeros(span, dtype=np.int64)
    place[present] = np.arange(len(present))
    return place[key], len(present)


def add_by(key: Integers, amounts: NDArray[Any], span: int) -> tuple[Integers, Floats]:
    """The keys (from 0 to `span`) that occur, in order, and the sum of the amounts of each."""
    if span > _SMALL_SPAN:
        present, numbered = np.unique(key, return_inverse=True)
        return present.astype(np.int64), add_up_by(numbered.reshape(-1), amounts, len(present))
    present = np.flatnonzero(np.bincount(key, minlength=1))
    return present, add_up_by(key, amounts, 1)[present]


def add_up_by(key: NDArray[Any], amounts: NDArray[Any], length: int) -> Floats:
    """The sum of the amounts of each key, for keys from 0 to `length` or beyond."""
    return np.bincount(key, weights=amounts, minlength=length).astype(np.float64, copy=False)
