"""Coefficients of agreement: published and hand-worked cases, cases at the edge, libraries as a second opinion."""

from __future__ import annotations

from collections.abc import Sequence

import krippendorff
import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa

from litreview.coding.coefficients import COEFFICIENTS, DRAWS, Measured, interval_of, measure
from litreview.coding.ratings import Ratings, make_ratings, pool

IDS = [one.id for one in COEFFICIENTS]


def crossed(table: Sequence[Sequence[int]]) -> Ratings:
    """Two raters from the table of how often the first said the row and the second the column."""
    return make_ratings([(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)])


def value(ratings: Ratings, id_: str) -> float:
    found = measure(ratings, draws=2)[id_].value
    assert found is not None
    return found


def test_cohens_own_example() -> None:
    """Cohen 1960, table 2b, p. 45: 140 of 200 alike; expected .6 × .5 + .3 × .3 + .1 × .2 = .41; kappa .29 / .59."""
    ratings = crossed([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    assert value(ratings, "percent") == pytest.approx(0.7)
    assert value(ratings, "cohen_kappa") == pytest.approx(0.29 / 0.59)
    assert value(ratings, "cohen_kappa") == pytest.approx(0.492, abs=0.0005)


# Fleiss 1971, table 1: 30 patients, each diagnosed by six psychiatrists (depression, personality disorder,
# schizophrenia, neurosis, other). The same number of raters, not the same raters.
FLEISS = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006
10050 11040 03300 10050 02031 00501 30012 51000 02040 10203
00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""


def test_fleiss_own_example() -> None:
    """Fleiss 1971: shares .144, .144, .167, .306, .239; observed .5556, expected .2199, kappa .430."""
    counts = np.array([[int(digit) for digit in row] for row in FLEISS.split()])
    assert counts.sum(axis=0).tolist() == [26, 26, 30, 55, 43]
    ratings = make_ratings([[k for k, n in enumerate(row) for _ in range(n)] for row in counts])
    assert value(ratings, "percent") == pytest.approx(0.5556, abs=0.00005)
    assert value(ratings, "fleiss_kappa") == pytest.approx(0.430, abs=0.0005)
    expected = sum((n / 180) ** 2 for n in (26, 26, 30, 55, 43))
    assert expected == pytest.approx(0.2199, abs=0.00005)
    assert value(ratings, "fleiss_kappa") == pytest.approx((5 / 9 - expected) / (1 - expected))


KRIPPENDORFF = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
]


def four_observers() -> Ratings:
    rows = zip(*(line.split() for line in KRIPPENDORFF), strict=True)
    return make_ratings([[None if cell == "." else cell for cell in row] for row in rows])


def test_krippendorffs_own_example_with_missing_values() -> None:
    """Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, C: four observers, twelve units, alpha .743.

    Forty values on eleven units. Coincidences on the diagonal: 7, 10, 8, 4, 3 for the values 1 to 5 that stand 9, 13,
    10, 5 and 3 times. Observed disagreement 8 of 40, expected (1600 - 384) / (40 × 39): 1 - 39 × 8 / 1216."""
    found = measure(four_observers())["krippendorff_alpha"]
    assert found.value == pytest.approx(0.743, abs=0.0005)
    assert found.value == pytest.approx(1 - 39 * 8 / 1216)
    assert (found.units, found.raters) == (11, 4)


def test_gwets_figures_for_the_same_table() -> None:
    """Gwet 2014; his package irrCAC prints for its `cac.raw4raters`: percent .8181818, AC1 .77544, Brennan-Prediger
    .77273, alpha .74342. By hand, percent: nine of eleven; Brennan-Prediger: (5 × 9/11 - 1) / 4."""
    ratings = four_observers()
    assert value(ratings, "percent") == pytest.approx(9 / 11)
    assert value(ratings, "gwet_ac1") == pytest.approx(0.77544, abs=0.000005)
    assert value(ratings, "pabak") == pytest.approx((45 / 11 - 1) / 4)
    assert value(ratings, "krippendorff_alpha") == pytest.approx(0.74342, abs=0.000005)


def test_gwets_example_of_two_abstractors() -> None:
    """Gwet 2014 (irrCAC's `cont3x3abstractors`, 100 women): kappa .79641, Scott's pi .79624, AC1 .84933,
    Brennan-Prediger .835, alpha .79726, percent .89. By hand: 89 alike; (3 × .89 - 1) / 2 = .835."""
    ratings = crossed([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
    published = {"percent": 0.89, "cohen_kappa": 0.7964094, "fleiss_kappa": 0.7962397, "gwet_ac1": 0.8493305,
                 "pabak": 0.835, "krippendorff_alpha": 0.7972585}  # fmt: skip
    assert {id_: value(ratings, id_) for id_ in IDS} == pytest.approx(published, abs=5e-8)


def test_gwets_example_of_a_rare_category() -> None:
    """Gwet 2002, Kappa Statistic is not Satisfactory: 118 both yes, 5 and 2 differ, none both no. Alike 118/125 = .944;
    share of yes 243/250 = .972, expected 2 × .972 × .028 = .0544; kappa -.0234, AC1 .9408: the paradox that AC1 was
    made for."""
    ratings = crossed([[118, 5], [2, 0]])
    yes = (123 + 120) / 250
    expected = 2 * yes * (1 - yes)
    assert value(ratings, "gwet_ac1") == pytest.approx((0.944 - expected) / (1 - expected))
    assert value(ratings, "gwet_ac1") == pytest.approx(0.9408, abs=0.00005)
    assert value(ratings, "cohen_kappa") == pytest.approx(-0.0234, abs=0.00005)


@pytest.mark.parametrize(("table", "kappa"), [([[40, 9], [6, 45]], 0.70), ([[80, 10], [5, 5]], 0.32)])
def test_the_tables_of_feinstein_and_cicchetti(table: list[list[int]], kappa: float) -> None:
    """Feinstein & Cicchetti 1990, Journal of Clinical Epidemiology 43, 543-549: the same agreement of .85, kappa .70
    and .32. Prevalence-adjusted (Byrt, Bishop & Carlin 1993): 2 × .85 - 1 = .70 for both."""
    assert value(crossed(table), "percent") == pytest.approx(0.85)
    assert value(crossed(table), "cohen_kappa") == pytest.approx(kappa, abs=0.005)
    assert value(crossed(table), "pabak") == pytest.approx(0.70)


def test_kappa_by_hand_adds_what_chance_gives_each_category() -> None:
    """20 both yes, 15 both no, 5 and 10 differ: observed .7, expected .5 × .6 + .5 × .4 = .5, kappa .4. A tool in wide
    use multiplies the two products instead (.3 × .2 = .06) and would say .68."""
    ratings = crossed([[20, 5], [10, 15]])
    assert value(ratings, "cohen_kappa") == pytest.approx(0.4)
    assert value(ratings, "cohen_kappa") != pytest.approx((0.7 - 0.06) / (1 - 0.06), abs=0.01)


def reasons(found: dict[str, Measured]) -> dict[str, str]:
    assert all((one.value is None) == (one.reason is not None) for one in found.values())
    assert all(one.low is None and one.high is None for one in found.values() if one.value is None)
    return {id_: str(one.reason) for id_, one in found.items() if one.reason is not None}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "Nothing was judged"),
        ([(None, None)], "Nothing was judged"),
        ([("y",), ("n",)], "Only one person"),
        ([("y", None), ("n", None)], "Only one person"),
        ([("y", None), (None, "n")], "No unit was judged by two"),
    ],
)
def test_nothing_to_compare_is_not_defined(rows: list[tuple[str | None, ...]], words: str) -> None:
    told = reasons(measure(make_ratings(rows)))
    assert list(told) == IDS
    assert all(words in reason for reason in told.values())


def test_full_agreement_without_variation_leaves_kappa_and_alpha_undefined() -> None:
    found = measure(make_ratings([("y", "y")] * 5))
    assert list(reasons(found)) == ["cohen_kappa", "fleiss_kappa", "krippendorff_alpha"]
    assert [found[id_].value for id_ in ("percent", "gwet_ac1", "pabak")] == [1, 1, 1]


def test_full_agreement_with_variation_is_one() -> None:
    found = measure(make_ratings([("y", "y"), ("n", "n")] * 5))
    assert [found[id_].value for id_ in IDS] == [1] * 6


def test_full_disagreement_by_hand() -> None:
    """Ten units, the first always yes, the second always no: expected for Cohen 0, for Fleiss .5, for alpha with its
    small-sample correction (10 × 10 × 2) / (20 × 19), for AC1 .5."""
    found = {id_: one.value for id_, one in measure(make_ratings([("y", "n")] * 10)).items()}
    by_hand = {"percent": 0, "cohen_kappa": 0, "fleiss_kappa": -1, "krippendorff_alpha": 1 - 19 / 10, "gwet_ac1": -1,
               "pabak": -1}  # fmt: skip
    assert found == pytest.approx(by_hand)


def test_one_unit() -> None:
    """Judged otherwise: alpha is 1 - 1 / 1. Judged alike: no variation. An interval of one unit does not exist."""
    found = measure(make_ratings([("y", "n")]))
    by_hand = {"percent": 0, "cohen_kappa": 0, "fleiss_kappa": -1, "krippendorff_alpha": 0, "gwet_ac1": -1, "pabak": -1}
    assert {id_: one.value for id_, one in found.items()} == pytest.approx(by_hand)
    assert all(one.low is None and one.high is None for one in found.values())
    assert "krippendorff_alpha" in reasons(measure(make_ratings([("y", "y")])))


def test_three_raters_have_no_cohens_kappa_and_unequal_numbers_no_fleiss_kappa() -> None:
    told = reasons(measure(make_ratings([("y", "y", "n"), ("n", "n", None), ("y", "n", "n")])))
    assert list(told) == ["cohen_kappa", "fleiss_kappa"]
    assert "here are 3" in told["cohen_kappa"]


def test_a_unit_judged_once_is_not_compared_but_counts_for_the_shares_of_ac1() -> None:
    """y y, y n, and one y alone: one of two units alike; the share of y is (1 + 1/2 + 1) / 3."""
    found = measure(make_ratings([("y", "y"), ("y", "n"), ("y", None)]))
    assert {one.units for one in found.values()} == {2}
    yes = (1 + 0.5 + 1) / 3
    expected = 2 * yes * (1 - yes)
    assert found["gwet_ac1"].value == pytest.approx((0.5 - expected) / (1 - expected))


def test_a_category_that_nobody_used_counts_where_the_scale_has_it() -> None:
    ratings = msgspec.structs.replace(crossed([[8, 1], [1, 0]]), categories=3)
    assert value(ratings, "pabak") == pytest.approx((3 * 0.8 - 1) / 2)


def test_an_interval_resamples_documents_and_is_the_same_each_time() -> None:
    """Nine documents agree fully, one not at all: a draw's percent is a tenth of a binomial number."""
    rows = [("y", "y"), ("n", "n")] * 45 + [("y", "n")] * 10
    documents = [number // 10 for number in range(100)]
    found = measure(make_ratings(rows, documents))
    assert found == measure(make_ratings(rows, documents))
    assert found["percent"].low == pytest.approx(0.7)
    assert found["percent"].high == pytest.approx(1)
    units = measure(make_ratings(rows))
    assert units != measure(make_ratings(rows), seed=2)
    assert units["percent"].low == pytest.approx(0.84, abs=0.011)
    assert (found["percent"].clusters, units["percent"].clusters) == (10, 100)


def test_an_interval_that_is_seldom_defined_is_not_told() -> None:
    assert measure(make_ratings([("y", "y"), ("n", "n")], ["a", "a"]))["percent"].low is None
    assert interval_of(np.array([0.5, np.nan])) == (None, None)
    assert interval_of(np.array([0.5, 0.5, np.nan])) == (0.5, 0.5)
    assert interval_of(None) == (None, None)


def test_weights_stand_for_as_many_units() -> None:
    heavy = Ratings(np.array([[0, 0], [0, 1], [1, 1]]), np.array([20, 5, 7]), ("a", "b"), 2, np.array([0, 1, 1]))
    rows = [("0", "0")] * 20 + [("0", "1")] * 5 + [("1", "1")] * 7
    assert measure(heavy) == measure(make_ratings(rows, ["a"] * 20 + ["b"] * 12))
    bare = msgspec.structs.replace(heavy, documents=None)
    assert measure(bare) == measure(make_ratings(rows))


def test_pooled_ratings_are_all_their_units() -> None:
    one, other = make_ratings([("y", "y"), ("y", "n")]), make_ratings([("n", "n"), ("y", "y")])
    assert measure(pool([one, other])) == measure(make_ratings([("y", "y"), ("y", "n"), ("n", "n"), ("y", "y")]))


tables = st.integers(2, 4).flatmap(
    lambda raters: st.lists(
        st.tuples(*[st.sampled_from(["a", "b", "c", None]) for _ in range(raters)]), min_size=1, max_size=25
    )
)


@settings(max_examples=150, deadline=None)
@given(tables)
def test_alpha_is_that_of_the_library(rows: list[tuple[str | None, ...]]) -> None:
    found = measure(make_ratings(rows), draws=2)["krippendorff_alpha"]
    if found.value is not None:
        numbers = [[np.nan if v is None else float("abc".index(v)) for v in rater] for rater in zip(*rows, strict=True)]
        theirs = krippendorff.alpha(reliability_data=np.array(numbers), level_of_measurement="nominal")
        assert found.value == pytest.approx(theirs)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=30))
def test_kappas_are_those_of_the_library(rows: list[tuple[int, int]]) -> None:
    found = measure(make_ratings(rows), draws=2)
    table, counts = np.zeros((3, 3)), np.zeros((len(rows), 3))
    for number, (one, other) in enumerate(rows):
        table[one, other] += 1
        counts[number, one] += 1
        counts[number, other] += 1
    if found["cohen_kappa"].value is not None:
        assert found["cohen_kappa"].value == pytest.approx(cohens_kappa(table, return_results=False))
        assert found["fleiss_kappa"].value == pytest.approx(fleiss_kappa(counts))


@settings(max_examples=100, deadline=None)
@given(tables, st.randoms(use_true_random=False))
def test_order_and_names_change_nothing(rows: list[tuple[str | None, ...]], random: np.random.Generator) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    renamed = [tuple(None if v is None else f"value {v}" for v in row) for row in shuffled]
    values = [{id_: one.value for id_, one in measure(make_ratings(r), draws=2).items()} for r in (rows, renamed)]
    assert values[0] == values[1]


def test_each_says_what_it_is_for_and_when_it_misleads() -> None:
    assert IDS == ["percent", "cohen_kappa", "fleiss_kappa", "krippendorff_alpha", "gwet_ac1", "pabak"]
    assert all("rare" in str(one.purpose) for one in COEFFICIENTS)
    assert DRAWS == 1000
