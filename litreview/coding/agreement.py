"""Agreement between coders: percent, Cohen's kappa, Krippendorff's alpha, and intervals that resample documents.

A coefficient that is not defined (nothing judged by both, or no variation at all) is None, never 0 or 1.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Hashable, Sequence

Pair = tuple[Hashable, Hashable]
FEWEST_DOCUMENTS = 10
DRAWS = 1000


def percent_agreement(pairs: Sequence[Pair]) -> float | None:
    """The share (0 to 1) of units that both judged alike."""
    return sum(one == other for one, other in pairs) / len(pairs) if pairs else None


def cohen_kappa(pairs: Sequence[Pair]) -> float | None:
    """Cohen's kappa of two coders' nominal judgments, one pair a unit (Cohen 1960, Educational and Psychological
    Measurement 20, 37-46): (observed - expected) / (1 - expected)."""
    observed = percent_agreement(pairs)
    if observed is None:
        return None
    left, right = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    expected = sum(left[value] * right[value] for value in left) / len(pairs) ** 2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def krippendorff_alpha(ratings: Sequence[Sequence[str | None]]) -> float | None:
    """Krippendorff's alpha for nominal judgments (Krippendorff 2004, Content Analysis, ch. 11).

    `ratings` has a row for each coder and a column for each unit; None where a coder did not judge.
    """
    values = sorted({value for row in ratings for value in row if value is not None})
    judged_twice = any(sum(value is not None for value in unit) > 1 for unit in zip(*ratings, strict=True))
    if len(values) < 2 or not judged_twice:
        return None
    import krippendorff
    import numpy as np

    number = {value: float(index) for index, value in enumerate(values)}
    table = np.array([[np.nan if value is None else number[value] for value in row] for row in ratings])
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))


def document_interval(
    documents: Sequence[Sequence[Pair]], statistic: Callable[[Sequence[Pair]], float | None], seed: int = 1
) -> tuple[float, float] | None:
    """A 95 % percentile interval of a statistic, drawing whole documents with replacement (Efron & Tibshirani 1993).

    `documents` has each document's pairs. None with fewer than two documents, or where too few draws are defined.
    """
    if len(documents) < 2:
        return None
    draw = random.Random(seed)
    values = []
    for _ in range(DRAWS):
        drawn = [pair for document in draw.choices(documents, k=len(documents)) for pair in document]
        value = statistic(drawn)
        if value is not None:
            values.append(value)
    if len(values) < DRAWS // 2:
        return None
    values.sort()
    return values[int(0.025 * len(values))], values[min(len(values) - 1, int(0.975 * len(values)))]
