"""Screening replayed on labelled sets: what ranking saves, beside ASReview, and whether the stopping rules hold.

    python -m benchmarks.screening [FOLDER] [--seeds N] [--sets NAME …] [--asreview PYTHON] [--keep FILE] [--speed]

Without a folder it takes `screening` of the folder that `LITREVIEW_TEST_DATA` names. ASReview runs in the Python given,
in this one where it is installed, and is left out otherwise; its runs that stand in the file of `--keep` are not
repeated. `--speed` measures rankings of 10,000 and 100,000 records.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean, stdev

import msgspec

from benchmarks.screening_runs import (
    TOOLS,
    Run,
    Stop,
    left_as_stated,
    published,
    replay_all,
    stop_by_run,
    stop_by_test,
)
from benchmarks.screening_speed import speed_table
from litreview.screening.labelled import LabelledSet

FIGURES: tuple[tuple[str, Callable[[Run], float], int], ...] = (
    ("recall@10 %", lambda run: run.found.recall_at_10, 3),
    ("recall@20 %", lambda run: run.found.recall_at_20, 3),
    ("WSS@95", lambda run: run.found.wss_95, 3),
    ("ATD", lambda run: run.found.atd, 1),
    ("ms a query", lambda run: run.found.ms_per_query, 1),
)
PRINTED = (("r10", 0), ("r20", 1), ("wss95", 2), ("atd", 3))  # keys of the printed runs, and the figure of each
ROUNDING = 1e-3  # printed with three or four digits
RULES: tuple[tuple[str, Callable[[LabelledSet, Run], Stop]], ...] = (
    ("test, recall 0.95, confidence 0.95", lambda labelled, run: stop_by_test(labelled, run, 0.95, 0.95)),
    ("test, recall 0.95, confidence 0.80", lambda labelled, run: stop_by_test(labelled, run, 0.95, 0.80)),
    ("test, recall 0.90, confidence 0.95", lambda labelled, run: stop_by_test(labelled, run, 0.90, 0.95)),
    ("test, recall 0.80, confidence 0.95", lambda labelled, run: stop_by_test(labelled, run, 0.80, 0.95)),
    ("50 irrelevant in a row", lambda labelled, run: stop_by_run(labelled, run, 50)),
    ("100 irrelevant in a row", lambda labelled, run: stop_by_run(labelled, run, 100)),
    ("200 irrelevant in a row", lambda labelled, run: stop_by_run(labelled, run, 200)),
)
STATED = (0.95, 0.95, 0.90, 0.80, 0.95, 0.95, 0.95)  # the recall that each rule is held against
Pair = tuple[LabelledSet, Run]


def main() -> None:
    """Run what was asked for and print the tables."""
    given = _given()
    folder: Path = given.folder
    names = given.sets or sorted(path.stem for path in folder.glob("*.csv"))
    if not names:
        sys.exit(f"No labelled sets (*.csv) in {folder}. Name their folder, or set LITREVIEW_TEST_DATA.")
    if given.speed:
        print(speed_table(folder, names, given.asreview))
        return
    done: list[Pair] = []
    keep: Path | None = given.keep
    kept = msgspec.json.decode(keep.read_bytes(), type=list[Run]) if keep and keep.is_file() else []
    for labelled, run in replay_all(folder, names, given.seeds, given.asreview, kept):
        done.append((labelled, run))
        print(f"{run.set_name} seed {run.known.seed}: {run.tool}", file=sys.stderr)
        if keep:
            new = [run for _, run in done]
            keep.write_bytes(msgspec.json.encode([*new, *(run for run in kept if run not in new)]))
    print("\n\n".join(filter(None, (repeated(folder, done), ranking_table(done), stopping_table(done)))))


def repeated(folder: Path, done: Sequence[Pair]) -> str:
    """Whether our figures of ASReview's runs are those that were printed for the same known records."""
    printed = published(folder)
    gaps = []
    for _, run in done:
        told = printed.get(run.set_name, {}).get(str(run.known.seed)) if run.tool == "asreview" else None
        if told:
            gaps.append(max(abs(float(told[key]) - FIGURES[number][1](run)) for key, number in PRINTED))
    same = sum(gap <= ROUNDING for gap in gaps)
    return f"Printed runs of ASReview repeated: {same} of {len(gaps)} with the same figures." if gaps else ""


def ranking_table(done: Sequence[Pair]) -> str:
    """Each set with both tools, mean and spread (standard deviation over seeds); the means of sets; the difference."""
    head = ["set", "tool", *(name for name, _, _ in FIGURES)]
    rows = [head, ["---"] * len(head)]
    runs = [run for _, run in done]
    names = list(dict.fromkeys(run.set_name for run in runs))
    for name in names:
        for tool in TOOLS:
            chosen = _of(runs, name, tool)
            if chosen:
                rows.append([name, tool, *(_spread([f(run) for run in chosen], digits) for _, f, digits in FIGURES)])
    means = {tool: _means(runs, names, tool) for tool in TOOLS if any(run.tool == tool for run in runs)}
    for tool, values in means.items():
        told = [f"{value:.{digits}f}" for value, (_, _, digits) in zip(values, FIGURES, strict=True)]
        rows.append(["mean of sets", tool, *told])
    if len(means) == len(TOOLS):
        ours, theirs = (means[tool] for tool in TOOLS)
        told = [f"{a - b:+.{digits}f}" for a, b, (_, _, digits) in zip(ours, theirs, FIGURES, strict=True)]
        rows.append(["difference", "", *told])
        rows.append(["least difference of a set", "", *(_worst(runs, names, number) for number in range(len(FIGURES)))])
    return _table(rows)


def stopping_table(done: Sequence[Pair]) -> str:
    """How often the stated recall was truly reached where a rule said stop, the least recall, and the work saved."""
    ours = [pair for pair in done if pair[1].tool == "litreview"]
    head = ["rule", "runs that reached it", "of", "mean recall", "least recall", "records not read"]
    rows = [head, ["---"] * len(head)]
    for (name, rule), stated in zip(RULES, STATED, strict=True):
        stops = [rule(labelled, run) for labelled, run in ours]
        reached = sum(stop.recall >= stated for stop in stops)
        told = [fmean(stop.recall for stop in stops), min(stop.recall for stop in stops)]
        saved = fmean(stop.saved for stop in stops)
        rows.append([name, str(reached), str(len(stops)), *(f"{value:.3f}" for value in told), f"{saved:.1%}"])
    looks = [left_as_stated(labelled, run, 0.95) for labelled, run in ours]
    right, count = sum(look[0] for look in looks), sum(look[1] for look in looks)
    told_left = (
        f'"At most so many are left" (0.95), looked at after every 50 decisions: right {right} times of {count}.'
    )
    return f"{_table(rows)}\n\n{told_left}"


def _of(runs: Sequence[Run], name: str, tool: str) -> list[Run]:
    return [run for run in runs if (run.set_name, run.tool) == (name, tool)]


def _means(runs: Sequence[Run], names: Sequence[str], tool: str) -> list[float]:
    """The mean over sets of the mean over seeds, for each figure."""
    return [fmean(fmean(figure(run) for run in _of(runs, name, tool)) for name in names) for _, figure, _ in FIGURES]


def _worst(runs: Sequence[Run], names: Sequence[str], number: int) -> str:
    """The set in which we are furthest behind: lowest for recall and work saved, highest for ATD and time."""
    _, figure, digits = FIGURES[number]
    gaps = [
        fmean(figure(run) for run in _of(runs, name, TOOLS[0]))
        - fmean(figure(run) for run in _of(runs, name, TOOLS[1]))
        for name in names
    ]
    return f"{(min if number < 3 else max)(gaps):+.{digits}f}"


def _spread(values: Sequence[float], digits: int) -> str:
    around = f" ± {stdev(values):.{digits}f}" if len(values) > 1 else ""
    return f"{fmean(values):.{digits}f}{around}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _given() -> argparse.Namespace:
    data = os.environ.get("LITREVIEW_TEST_DATA", "")
    here = sys.executable if importlib.util.find_spec("asreview") else ""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(data or ".") / "screening")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--sets", nargs="+", default=[], metavar="NAME", help="sets without .csv; all by default")
    parser.add_argument("--asreview", default=here, metavar="PYTHON", help="a Python that has ASReview")
    parser.add_argument("--keep", type=Path, default=None, metavar="FILE", help="keep every run there, use ASReview's")
    parser.add_argument("--speed", action="store_true", help="measure rankings of 10,000 and 100,000 records instead")
    return parser.parse_args()


if __name__ == "__main__":
    main()
