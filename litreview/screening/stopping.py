"""When screening may stop: a test with a stated recall and confidence, the run of irrelevants, what may be left.

The test is that of Callaghan and Müller-Hansen, "Statistical stopping criteria for automated screening in systematic
reviews", Systematic Reviews 9, 273 (2020). The hypothesis is that the recall asked for is not reached yet. Then the urn
of records, from which the last n were drawn, held at least K included ones; where so few are drawn by chance alone too
rarely, the hypothesis is rejected. It is tried for every n. An order by likelihood draws included records oftener than
chance, so that the test errs on the careful side; what it cannot know is whether people decide rightly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import msgspec

from litreview.errors import UsageError, message

if TYPE_CHECKING:
    import numpy as np

RECALL = 0.95
CONFIDENCE = 0.95


class Stopping(msgspec.Struct, frozen=True):
    """What the decisions so far say about stopping.

    `p` is the probability of so few included among the last ones if `recall` were missed; `may_stop` when it is at most
    1 − `confidence`, or when nothing is left. `left` is what may be left at even odds (0.5), `left_at_most` at
    `confidence`: counts of included records among the undecided. `run` counts the irrelevant since the last include.
    """

    recall: float
    confidence: float
    p: float
    may_stop: bool
    run: int
    left: int
    left_at_most: int


def judge_stopping(
    found: Sequence[bool], total: int, recall: float = RECALL, confidence: float = CONFIDENCE, drawn_from: int = 0
) -> Stopping:
    """What the decisions, in their order (`found`: included or not), say about stopping among `total` records.

    `drawn_from`: the number of decisions before a random sample was begun, when the last ones are one; then only the
    sample is an urn's draw, and the confidence is exact. 0 takes the order by likelihood for a draw (careful).
    Raises `UsageError` when recall or confidence is not between 0 and 1, or more is decided than there is.
    """
    _check(recall, confidence, len(found), total, drawn_from)
    p = missed_probability(found, total, recall, drawn_from)
    unseen = total - len(found)
    return Stopping(
        recall=recall,
        confidence=confidence,
        p=p,
        may_stop=unseen == 0 or p <= 1 - confidence + 1e-12,
        run=irrelevant_run(found),
        left=most_left(found, total, 0.5, drawn_from),
        left_at_most=most_left(found, total, confidence, drawn_from),
    )


def missed_probability(found: Sequence[bool], total: int, recall: float = RECALL, drawn_from: int = 0) -> float:
    """The smallest probability, over all n, of so few included among the last n if `recall` were not reached.

    0.0 when too few are unseen to miss the recall by, and 1.0 when nothing was included yet.
    """
    if total <= len(found):
        return 0.0
    seen = sum(found)
    if not seen:
        return 1.0
    asked = Fraction(recall).limit_denominator(10**6)
    least_left = int(seen / asked) + 1 - seen  # the fewest unseen includes with which the recall would be missed
    return _smallest_probability(found, total, least_left, drawn_from)


def most_left(found: Sequence[bool], total: int, confidence: float = CONFIDENCE, drawn_from: int = 0) -> int:
    """The most included records that may be left unseen and are not rejected at `confidence` (0 to the unseen)."""
    unseen = total - len(found)
    low, high = 0, unseen  # the probability falls with the number left
    while low < high:
        middle = (low + high + 1) // 2
        if _smallest_probability(found, total, middle, drawn_from) > 1 - confidence:
            low = middle
        else:
            high = middle - 1
    return low


def _smallest_probability(found: Sequence[bool], total: int, left: int, drawn_from: int) -> float:
    """The smallest lower tail, over the last n decisions, if `left` included records were unseen."""
    import numpy as np
    from scipy.stats import hypergeom

    if left > total - len(found):
        return 0.0  # more than there is: impossible, so the recall is reached
    if not found[drawn_from:]:
        return 1.0
    draws, drawn = _suffixes(found, drawn_from)
    tails = hypergeom.cdf(drawn, total - len(found) + draws, left + drawn, draws)
    return float(np.clip(np.nan_to_num(tails, nan=1.0), 0.0, 1.0).min())


def _suffixes(found: Sequence[bool], drawn_from: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Sizes of the last n and the included in them, for those n that can decide: up to an include or the first.

    Between two includes a longer draw without a new one only lowers the probability, so that the longest decides.
    """
    import numpy as np

    drawn = np.cumsum(np.asarray(found[drawn_from:], dtype=np.int64)[::-1])
    last = np.flatnonzero(np.diff(drawn, append=drawn[-1] + 1))
    if drawn_from:
        last = last[-1:]  # a sample is one draw, taken whole: choosing among its ends would cost the confidence
    return last + 1, drawn[last]


def irrelevant_run(found: Sequence[bool]) -> int:
    """How many were irrelevant in a row, up to the last decision."""
    return next((run for run, included in enumerate(reversed(found)) if included), len(found))


def finds_over_decisions(found: Iterable[bool]) -> list[int]:
    """For a chart: the number of included records after each decision."""
    count, counts = 0, []
    for included in found:
        count += bool(included)
        counts.append(count)
    return counts


def _check(recall: float, confidence: float, decided: int, total: int, drawn_from: int) -> None:
    for name, value in (("recall", recall), ("confidence", confidence)):
        if not 0 < value < 1:
            raise UsageError(message("{name} must lie between 0 and 1, not {value}.", name=name, value=value))
    if decided > total:
        raise UsageError(message("{decided} decisions for {total} records.", decided=decided, total=total))
    if not 0 <= drawn_from <= decided:
        raise UsageError(message("A sample cannot begin after decision {decided}.", decided=decided))
