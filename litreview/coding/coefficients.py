"""Coefficients of agreement on nominal judgments: what each is, what it is for, where prevalence misleads it.

All are functions of the sums of `coding.sums`. Compared units are those with two ratings or more. What is not defined
is None with a reason, never 0 or 1. Intervals are percentiles (2.5 and 97.5 %) of draws of whole documents with
replacement (Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 13), of units where there is no document;
draws in which a coefficient is not defined are left out, and where they are half or more there is no interval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec
import numpy as np

from litreview.coding.ratings import Floats, Ratings
from litreview.coding.sums import Sums, Totals, add_up
from litreview.errors import Message, message

DRAWS = 1000
FEWEST_DOCUMENTS = 10  # below, an interval is not to be trusted
_DIGITS = 12  # rounding noise of sums ends here


class Measured(msgspec.Struct, frozen=True):
    """A coefficient with its interval; `value` is None where it is not defined, with the reason.

    `units`: how many were compared. `raters`: who judged any. `clusters`: how many documents (or units where there is
    no document) the interval resamples.
    """

    value: float | None
    low: float | None
    high: float | None
    units: int
    raters: int
    clusters: int
    reason: Message | None = None


class Coefficient(msgspec.Struct, frozen=True):
    """A coefficient as people meet it: its id, its name, what it is for and what misleads it."""

    id: str
    name: Message
    purpose: Message


def percent(totals: Totals) -> Floats:
    """Observed agreement: the mean over compared units of the share of agreeing pairs of ratings (Fleiss 1971,
    Psychological Bulletin 76, 378-382, his P; Gwet 2014, Handbook of Inter-Rater Reliability, his p_a)."""
    return totals.agreed / totals.compared


def cohen_kappa(totals: Totals) -> Floats:
    """Cohen's kappa of two raters (Cohen 1960, Educational and Psychological Measurement 20, 37-46), on units that both
    rated: (observed - expected) / (1 - expected), expected being the sum over categories of the product of the two
    raters' shares. Not defined for more than two raters, or where both put everything into one category."""
    if totals.raters != 2:
        return np.full(len(totals.compared), np.nan)
    n = totals.compared
    differing = (totals.first_by_category * (n[:, None] - totals.second_by_category)).sum(axis=1)
    kappa: Floats = 1 - (n - totals.agreed) * n / differing
    return kappa


def fleiss_kappa(totals: Totals) -> Floats:
    """Fleiss' kappa (Fleiss 1971, Psychological Bulletin 76, 378-382): each unit rated by the same number of raters,
    who need not be the same. Units with fewer than two ratings are left out; where the others have unequal numbers of
    ratings it is not defined, as in its source."""
    if not totals.equal_numbers:
        return np.full(len(totals.compared), np.nan)
    ratings, differing = _differing(totals)
    kappa: Floats = 1 - (1 - percent(totals)) * ratings**2 / differing
    return kappa


def krippendorff_alpha(totals: Totals) -> Floats:
    """Krippendorff's alpha for nominal data with missing values (Krippendorff 2004, Content Analysis, ch. 11;
    Krippendorff 2011, Computing Krippendorff's Alpha-Reliability): 1 - D_o / D_e from coincidences."""
    ratings, differing = _differing(totals)
    alpha: Floats = 1 - (ratings - 1) * (ratings - totals.coincident) / differing
    return alpha


def _differing(totals: Totals) -> tuple[Floats, Floats]:
    """How many ratings stand on compared units, and how many ordered pairs of them, from any units, differ."""
    ratings = totals.ratings_by_category.sum(axis=1)
    return ratings, (totals.ratings_by_category * (ratings[:, None] - totals.ratings_by_category)).sum(axis=1)


def gwet_ac1(totals: Totals) -> Floats:
    """Gwet's AC1 for any number of raters and missing values (Gwet 2008, British Journal of Mathematical and
    Statistical Psychology 61, 29-48; Gwet 2014, Handbook of Inter-Rater Reliability): observed agreement from units
    with two ratings or more, shares of categories from all that were rated. A scale has two categories at least, so
    that full agreement in a single one is 1."""
    scale = max(2, totals.categories)
    shares = totals.shares_by_category / totals.rated[:, None]
    expected = (shares * (1 - shares)).sum(axis=1) / (scale - 1)
    ac1: Floats = (percent(totals) - expected) / (1 - expected)
    return ac1


def pabak(totals: Totals) -> Floats:
    """Prevalence-adjusted and bias-adjusted kappa: 2 p - 1 for two categories (Byrt, Bishop & Carlin 1993, Journal of
    Clinical Epidemiology 46, 423-429). For q categories (q p - 1) / (q - 1), which is kappa_n of Brennan & Prediger
    (1981, Educational and Psychological Measurement 41, 687-699); for more raters with p as in `percent` (Randolph
    2005, Free-marginal multirater kappa)."""
    scale = max(2, totals.categories)
    return (scale * percent(totals) - 1) / (scale - 1)


COEFFICIENTS = (
    Coefficient("percent", message("Percent agreement"), message(
        "How often two people judged a unit alike, nothing taken off for chance. Where one category is rare it is high"
        " by itself: people agree on all that neither marked.")),
    Coefficient("cohen_kappa", message("Cohen’s κ"), message(
        "Two people, each with their own habits, on the same units. Where one category is rare it can be low although"
        " they agree nearly everywhere; it is high more easily where their habits differ.")),
    Coefficient("fleiss_kappa", message("Fleiss’ κ"), message(
        "Any number of people, the same number on each unit, none missing. Where one category is rare it can be low"
        " although they agree nearly everywhere.")),
    Coefficient("krippendorff_alpha", message("Krippendorff’s α"), message(
        "Any number of people, with missing judgments and few units. Where one category is rare it can be low although"
        " they agree nearly everywhere: there is little variation to agree on.")),
    Coefficient("gwet_ac1", message("Gwet’s AC1"), message(
        "Any number of people, with missing judgments; made for rare categories, where κ and α fall. There it lies near"
        " the percent agreement and hides that nobody may have agreed on the rare category.")),
    Coefficient("pabak", message("PABAK"), message(
        "κ as it would be if all categories were equally frequent and nobody had habits: the percent agreement on"
        " another scale. It says nothing about the rare category; give it beside κ, never instead.")),
)  # fmt: skip

_FORMULAS: dict[str, Callable[[Totals], Floats]] = {
    "percent": percent,
    "cohen_kappa": cohen_kappa,
    "fleiss_kappa": fleiss_kappa,
    "krippendorff_alpha": krippendorff_alpha,
    "gwet_ac1": gwet_ac1,
    "pabak": pabak,
}  # NaN where not defined

NO_UNITS = message("Nothing was judged.")
ONE_RATER = message("Only one person judged; agreement needs two.")
NONE_COMPARED = message("No unit was judged by two people.")
NO_VARIATION = message("All judgments are of one category; without variation nothing can be said beyond chance.")
UNEQUAL = message("The units have unequal numbers of judgments; Fleiss’ κ is for equal ones. α and AC1 allow it.")


def measure(ratings: Ratings, seed: int = 1, draws: int = DRAWS) -> dict[str, Measured]:
    """Every coefficient of COEFFICIENTS by id. The same ratings and seed give the same values."""
    sums = add_up(ratings)
    whole = sums.whole()
    values = _compute_all([whole])
    resampled = _compute_all(sums.draws(draws, seed)) if sums.times.sum() > 1 and whole.compared[0] else {}
    return {
        id_: _measured(whole, sums, float(values[id_][0]), resampled.get(id_), _reason(id_, whole)) for id_ in _FORMULAS
    }


def interval_of(values: Floats | None) -> tuple[float | None, float | None]:
    """The 95 % percentile interval of resampled values; none where half of them or more are not defined."""
    defined = values[~np.isnan(values)] if values is not None else np.zeros(0)
    if values is None or 2 * len(defined) <= len(values):
        return None, None
    low, high = np.quantile(defined, (0.025, 0.975))
    return round(float(low), _DIGITS) + 0.0, round(float(high), _DIGITS) + 0.0


def _compute_all(batches: Iterable[Totals]) -> dict[str, Floats]:
    found: dict[str, list[Floats]] = {id_: [] for id_ in _FORMULAS}
    with np.errstate(divide="ignore", invalid="ignore"):
        for totals in batches:
            for id_, compute in _FORMULAS.items():
                values = compute(totals)
                found[id_].append(np.where(np.isfinite(values), values, np.nan))
    return {id_: np.concatenate(parts) for id_, parts in found.items()}


def _measured(whole: Totals, sums: Sums, value: float, resampled: Floats | None, reason: Message | None) -> Measured:
    units, clusters = int(whole.compared[0]), int(sums.times.sum())
    if reason is not None:
        return Measured(None, None, None, units, whole.raters, clusters, reason)
    return Measured(round(value, _DIGITS) + 0.0, *interval_of(resampled), units, whole.raters, clusters)


def _reason(id_: str, whole: Totals) -> Message | None:
    """Why a coefficient is not defined; None where it is."""
    if not whole.rated[0]:
        return NO_UNITS
    if whole.raters < 2:
        return ONE_RATER
    if not whole.compared[0]:
        return NONE_COMPARED
    if id_ == "cohen_kappa" and whole.raters > 2:
        return message("It is for two people; here are {count}. Compare them by pair, or use α or AC1.",
                       count=whole.raters)  # fmt: skip
    if id_ == "fleiss_kappa" and not whole.equal_numbers:
        return UNEQUAL
    if id_.endswith(("_kappa", "_alpha")) and np.count_nonzero(whole.ratings_by_category[0]) < 2:
        return NO_VARIATION
    return None
