"""When screening may stop: the published case, the hand-worked ones, and the careful answers at the edges."""

from __future__ import annotations

from math import comb

import pytest

from litreview.errors import UsageError
from litreview.screening.stopping import (
    finds_over_decisions,
    irrelevant_run,
    judge_stopping,
    missed_probability,
    most_left,
)

PUBLISHED = [True] * 20 + [False] * 70  # of 100 records; Callaghan's own worked example, recall 0.9: p = 0.001460565


def test_the_published_case() -> None:
    assert missed_probability(PUBLISHED, 100, 0.9) == pytest.approx(0.001460565, abs=5e-10)
    assert judge_stopping(PUBLISHED, 100, 0.9, 0.95).may_stop


def test_the_recall_of_the_published_words() -> None:
    """95 seen at a recall of 95 %: it is missed only when 6 or more are left, since 95 of 100 would reach it."""
    found = [True] * 95 + [False] * 100
    by_hand = comb(300 - 6, 100) / comb(300, 100)  # none of 6 among 100 drawn of the 300 that were not seen before
    assert missed_probability(found, 95 + 300, 0.95) == pytest.approx(by_hand)


def test_included_ones_within_the_last_draw_are_counted() -> None:
    """One included, then nine without, with one among them; 10 unseen, recall 0.5: missed when 3 are left.

    All ten drawn hold two of five in twenty; the last nine hold one of four in nineteen; the last five none of three in
    fifteen.
    """
    found = [True] + [False] * 3 + [True] + [False] * 5

    def lower_tail(drawn: int, included: int, draws: int, urn: int) -> float:
        return sum(comb(included, k) * comb(urn - included, draws - k) for k in range(drawn + 1)) / comb(urn, draws)

    tails = (lower_tail(2, 5, 10, 20), lower_tail(1, 4, 9, 19), lower_tail(0, 3, 5, 15))
    assert missed_probability(found, 20, 0.5) == pytest.approx(min(tails))


def test_a_random_sample_is_one_draw() -> None:
    """After 30 by the ranking (4 included), 20 at random hold none; 50 unseen. Recall 0.8 is missed when 2 are left."""
    found = [True] * 4 + [False] * 26 + [False] * 20
    by_hand = comb(68, 20) / comb(70, 20)
    assert missed_probability(found, 100, 0.8, drawn_from=30) == pytest.approx(by_hand)
    assert missed_probability(found, 100, 0.8) < by_hand  # the whole run, taken for a draw
    with_a_find = [*found[:-1], True]
    assert missed_probability(with_a_find, 100, 0.8, drawn_from=30) > by_hand


def test_more_decisions_without_a_find_make_stopping_safer_and_a_find_less_so() -> None:
    found = [True] * 10 + [False] * 20
    now = missed_probability(found, 200)
    assert missed_probability([*found, False], 200) < now
    assert missed_probability([*found, True], 200) > now
    assert missed_probability(found, 200, 0.8) < now


def test_what_may_be_left_shrinks_and_is_stated_with_confidence() -> None:
    """Of 10 undecided after 70 without a find: none of 2 left in 80 has p = C(78,70)/C(80,70) = 0.014, of 1 0.125."""
    assert most_left(PUBLISHED, 100, 0.95) == 1
    assert most_left(PUBLISHED, 100, 0.5) == 0
    assert most_left(PUBLISHED, 100, 0.99) == 2
    assert most_left([False] * 3, 100, 0.95) > most_left([False] * 50, 100, 0.95)


def test_nothing_decided_nothing_included_and_nothing_left() -> None:
    assert missed_probability([], 50) == 1.0
    assert judge_stopping([], 50).left_at_most == 50
    assert missed_probability([False] * 40, 50) == 1.0  # nothing found: no recall can be stated
    done = judge_stopping([True, False], 2)
    assert (done.may_stop, done.p, done.left, done.left_at_most) == (True, 0.0, 0, 0)
    assert judge_stopping([], 0).may_stop


def test_the_run_and_the_chart() -> None:
    assert [irrelevant_run(found) for found in ([], [True], [False] * 3, [True, False, False])] == [0, 0, 3, 2]
    assert finds_over_decisions([True, False, True, True]) == [1, 1, 2, 3]
    assert finds_over_decisions([]) == []


@pytest.mark.parametrize(
    ("found", "total", "recall", "confidence", "sample"),
    [([], 5, 1.0, 0.95, 0), ([], 5, 0.95, 0.0, 0), ([], 5, float("nan"), 0.95, 0), ([True] * 6, 5, 0.9, 0.9, 0),
     ([True], 5, 0.9, 0.9, 2), ([True], 5, 0.9, 0.9, -1)],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(
    found: list[bool], total: int, recall: float, confidence: float, sample: int
) -> None:
    with pytest.raises(UsageError):
        judge_stopping(found, total, recall, confidence, sample)
