"""ASReview's default model on a labelled set, run by a Python that has it: one JSON object on the output.

    PYTHON benchmarks/asreview_peer.py FILE.csv --prior-included ID --prior-excluded ID [--seed N]
    PYTHON benchmarks/asreview_peer.py FILE.csv --labels LABELS.json     (times of single rankings)

It imports nothing of litreview, so that ASReview may live in an environment of its own. The simulation is ASReview's
(`Simulate`, its default configuration), re-trained after every label, until every included record is found.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pandas as pd

ROUNDS = 9


def simulate(path: str, included: str, excluded: str, seed: int) -> dict[str, Any]:
    """The order of record ids (known ones left out, as far as it went) and the milliseconds of each query."""
    from asreview.learner import ActiveLearningCycle
    from asreview.models.models import get_ai_config
    from asreview.simulation.simulate import Simulate

    class Timed(Simulate):  # type: ignore[misc]
        """ASReview's loop, with the time between one label and the next question: fit, pool and ranking."""

        def label(self, record_ids: Any, cycle: Any = None) -> Any:
            queries_ms.append(1000 * (time.perf_counter() - self.since))
            result = super().label(record_ids, cycle)
            self.since = time.perf_counter()
            return result

        since = 0.0

    queries_ms: list[float] = []
    np.random.seed(seed)
    table = pd.read_csv(path, dtype={"record_id": str})
    ids = table["record_id"].tolist()
    simulation = Timed(
        table[["title", "abstract"]],
        table["label_included"].to_numpy(),
        ActiveLearningCycle.from_meta(get_ai_config()["value"]),
        print_progress=False,
    )
    simulation.label([ids.index(included), ids.index(excluded)])
    simulation.review()
    order = [ids[row] for row in simulation._results["record_id"].tolist()[2:]]
    return {"order": order, "queries_ms": [round(ms, 3) for ms in queries_ms[2:]]}


def measure_speed(path: str, labels_file: str) -> dict[str, Any]:
    """Seconds to prepare, most memory in MB, and the median milliseconds of fit and ranking for each set of labels."""
    from asreview.learner import ActiveLearningCycle
    from asreview.models.models import get_ai_config

    table = pd.read_csv(path, dtype={"record_id": str})
    places = {id_: place for place, id_ in enumerate(table["record_id"])}
    cycle = ActiveLearningCycle.from_meta(get_ai_config()["value"])
    begin = time.perf_counter()
    features = cycle.transform(table[["title", "abstract"]])
    prepared_s = time.perf_counter() - begin
    medians = []
    for labels in json.loads(Path(labels_file).read_text(encoding="utf-8")):
        rows = np.array([places[id_] for id_ in labels])
        answers = np.array([int(included) for included in labels.values()])
        times = []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            cycle.fit(features[rows], answers)
            cycle.rank(features[np.setdiff1d(np.arange(len(table)), rows)])
            times.append(1000 * (time.perf_counter() - begin))
        medians.append(median(times))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return {"prepared_s": prepared_s, "peak_mb": peak, "medians_ms": medians}


def main() -> None:
    """Print the run as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file")
    parser.add_argument("--prior-included", default="")
    parser.add_argument("--prior-excluded", default="")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--labels", default="")
    given = parser.parse_args()
    if given.labels:
        print(json.dumps(measure_speed(given.file, given.labels)))
    else:
        print(json.dumps(simulate(given.file, given.prior_included, given.prior_excluded, given.seed)))


if __name__ == "__main__":
    main()
