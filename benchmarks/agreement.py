"""Agreement on a million units: seconds and memory, beside a plain count as the limit and other libraries.

    python -m benchmarks.agreement [--units N] [--documents N] [--raters N] [--rounds N]

Each step runs in a process of its own, so that its memory is its own; the median of the rounds is told. The same table
for all: five categories, a tenth of the judgments missing for alpha, none for the kappas. `count` only counts how often
each category stands in each document, which nobody can do without. Ours gives all six coefficients, each with an
interval of 1,000 draws of documents; the libraries give one coefficient each, without any interval. Importing is not
counted.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import krippendorff
import numpy as np
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

from litreview.coding.coefficients import measure
from litreview.coding.ratings import MISSING, Ratings

CATEGORIES = 5
Step = Callable[[Ratings], Any]


def make_table(units: int, documents: int, raters: int, missing: float) -> Ratings:
    """A seeded table in which raters know the truth in four of five cases and guess in the fifth."""
    random = np.random.default_rng(1)
    truth = random.integers(0, CATEGORIES, units)
    guesses = random.integers(0, CATEGORIES, (units, raters))
    values = np.where(random.random((units, raters)) < 0.8, truth[:, None], guesses)
    values[random.random((units, raters)) < missing] = MISSING
    names = tuple(f"rater {number}" for number in range(raters))
    return Ratings(values, np.ones(units, dtype=np.int64), names, CATEGORIES, random.integers(0, documents, units))


def count(table: Ratings) -> Any:
    """The limit: each category in each document."""
    assert table.documents is not None
    keys = table.documents[:, None] * (CATEGORIES + 1) + table.values + 1
    return np.bincount(keys.reshape(-1))


def ours(table: Ratings) -> Any:
    """Six coefficients with intervals."""
    return {id_: (one.value, one.low, one.high) for id_, one in measure(table).items()}


def ours_once(table: Ratings) -> Any:
    """Six coefficients; two draws, so that no interval costs."""
    return {id_: one.value for id_, one in measure(table, draws=2).items()}


def krippendorff_alpha(table: Ratings) -> Any:
    """Alpha by the library krippendorff."""
    values = np.where(table.values < 0, np.nan, table.values).T
    return krippendorff.alpha(reliability_data=values, level_of_measurement="nominal")


def statsmodels_fleiss(table: Ratings) -> Any:
    """Fleiss' kappa by statsmodels."""
    return fleiss_kappa(aggregate_raters(table.values, n_cat=CATEGORIES)[0])


STEPS: tuple[tuple[str, Step, float], ...] = (
    ("count", count, 0.1),
    ("six coefficients, no interval", ours_once, 0.1),
    ("six coefficients with intervals", ours, 0.1),
    ("krippendorff: alpha alone", krippendorff_alpha, 0.1),
    ("six with intervals, none missing", ours, 0.0),
    ("statsmodels: Fleiss alone, none missing", statsmodels_fleiss, 0.0),
)


def run_step(step: Step, table: Ratings, results: Any) -> None:
    """Seconds, and how many MB the peak of memory rose over the table's own, into `results`."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    value = step(table)
    seconds = time.perf_counter() - begun
    risen = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    results.put((seconds, risen, value))


def time_step(step: Step, table: Ratings) -> tuple[float, float, Any]:
    """One run in a process of its own."""
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    process = context.Process(target=run_step, args=(step, table, results))
    process.start()
    found: tuple[float, float, Any] = results.get()
    process.join()
    return found


def main() -> None:
    """Print a line for each step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--raters", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    tables = {missing: make_table(asked.units, asked.documents, asked.raters, missing) for missing in (0.1, 0.0)}
    found: dict[str, list[tuple[float, float, Any]]] = {name: [] for name, _, _ in STEPS}
    for _ in range(asked.rounds):
        for name, step, missing in STEPS:
            found[name].append(time_step(step, tables[missing]))
    limit = median(seconds for seconds, _, _ in found["count"])
    print(f"{asked.units} units, {asked.raters} raters, {asked.documents} documents, median of {asked.rounds} rounds")
    for name, runs in found.items():
        seconds = median(run[0] for run in runs)
        print(f"{name:42} {seconds:7.3f} s  {seconds / limit:6.1f} × count  {median(run[1] for run in runs):6.0f} MB")
    alphas = found["six coefficients with intervals"][0][2]["krippendorff_alpha"]
    print(f"alpha: ours {alphas[0]:.9f}, krippendorff {found['krippendorff: alpha alone'][0][2]:.9f}")
    kappas = found["six with intervals, none missing"][0][2]["fleiss_kappa"]
    print(f"Fleiss: ours {kappas[0]:.9f}, statsmodels {found['statsmodels: Fleiss alone, none missing'][0][2]:.9f}")


if __name__ == "__main__":
    main()
