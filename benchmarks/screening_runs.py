"""Screening replayed by litreview and by ASReview with the same known records, and the figures of both."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import msgspec

from litreview.screening.labelled import LabelledSet, read_labelled
from litreview.screening.simulation import Simulation, measure, simulate
from litreview.screening.stopping import judge_stopping, missed_probability

PEER = Path(__file__).parent / "asreview_peer.py"
PUBLISHED = "asreview.json"  # beside the sets: runs of ASReview that were printed, with their known records
TOOLS = ("litreview", "asreview")


class Known(msgspec.Struct, frozen=True):
    """The records known at the start of a run, and its seed."""

    seed: int
    included: str
    excluded: str


class Run(msgspec.Struct, frozen=True):
    """One replay: the tool, the set, and what came out."""

    tool: str
    set_name: str
    known: Known
    found: Simulation


class Stop(msgspec.Struct, frozen=True):
    """Where a rule said stop in a run: records screened (known ones counted), recall truly reached, part not read."""

    screened: int
    recall: float
    saved: float


def published(folder: Path) -> dict[str, dict[str, dict[str, float | str]]]:
    """Printed runs by set and seed; {} where there are none."""
    path = folder / PUBLISHED
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def known_records(folder: Path, name: str, labelled: LabelledSet, seeds: int) -> list[Known]:
    """Known records for seeds 1 …: those of the printed runs where there are any, else drawn by set and seed."""
    printed = published(folder).get(name, {})
    found = []
    for seed in range(1, seeds + 1):
        run = printed.get(str(seed))
        if run:
            found.append(Known(seed, str(run["prior_included"]), str(run["prior_excluded"])))
            continue
        draw = random.Random(f"{name}-{seed}")
        excluded = sorted({record.id for record in labelled.records} - labelled.included)
        found.append(Known(seed, draw.choice(sorted(labelled.included)), draw.choice(excluded)))
    return found


def run_litreview(name: str, labelled: LabelledSet, known: Known) -> Run:
    """A replay by litreview."""
    return Run("litreview", name, known, simulate(labelled, [known.included], [known.excluded], known.seed))


def run_asreview(python: str, path: Path, labelled: LabelledSet, known: Known) -> Run:
    """A replay by ASReview's default model, in a Python that has it, measured by the same functions."""
    words = ["--prior-included", known.included, "--prior-excluded", known.excluded, "--seed", str(known.seed)]
    told = json.loads(ask_peer(python, str(path), *words))
    shown = [str(id_) for id_ in told["order"]]
    rest = sorted({record.id for record in labelled.records} - {known.included, known.excluded, *shown})
    order = [*shown, *rest]  # every included one is found by then, so that the rest changes no figure
    figures = measure(labelled, order)
    return Run("asreview", path.stem, known, Simulation(tuple(order), *figures, round(median(told["queries_ms"]), 3)))


def ask_peer(python: str, *words: str) -> str:
    """What the peer printed. Ends the benchmark with its error when it fails."""
    program = str(Path(python).absolute()) if Path(python).is_file() else python
    with tempfile.TemporaryDirectory() as aside:  # ASReview leaves a cache where it is started
        words = tuple(str(Path(word).resolve()) if Path(word).suffix in (".csv", ".json") else word for word in words)
        done = subprocess.run(
            [program, str(PEER.resolve()), *words], cwd=aside, capture_output=True, text=True, check=False
        )
    if done.returncode:
        sys.exit(f"ASReview failed in {python}:\n{done.stderr[-1500:]}")
    return done.stdout


def replay_all(
    folder: Path, names: list[str], seeds: int, asreview: str, kept: Sequence[Run] = ()
) -> Iterator[tuple[LabelledSet, Run]]:
    """Every run, by set, seed and tool: the tools take turns, so that a busy machine slows both alike.

    A run of ASReview that is among the `kept` ones is not repeated.
    """
    before = {(run.set_name, run.known): run for run in kept if run.tool == "asreview"}
    for name in names:
        path = folder / f"{name}.csv"
        labelled = read_labelled(path)
        for known in known_records(folder, name, labelled, seeds):
            yield labelled, run_litreview(name, labelled, known)
            if (name, known) in before:
                yield labelled, before[name, known]
            elif asreview:
                yield labelled, run_asreview(asreview, path, labelled, known)


def stop_by_test(labelled: LabelledSet, run: Run, recall: float, confidence: float) -> Stop:
    """Where the test first says stop, as a person would have met it."""
    found = _decisions(labelled, run)
    total = len(found)
    for screened in range(2, total + 1):
        if found[screened - 1]:
            continue  # a find never makes stopping safer
        if missed_probability(found[:screened], total, recall) <= 1 - confidence:
            return _stop(found, screened)
    return _stop(found, total)


def stop_by_run(labelled: LabelledSet, run: Run, length: int) -> Stop:
    """Where so many irrelevants in a row first say stop."""
    found = _decisions(labelled, run)
    row = 0
    for screened, included in enumerate(found, start=1):
        row = 0 if included else row + 1
        if row >= length:
            return _stop(found, screened)
    return _stop(found, len(found))


def left_as_stated(labelled: LabelledSet, run: Run, confidence: float, every: int = 50) -> tuple[int, int]:
    """Of so many looks, how often no more was left than "at most" said; and the number of looks."""
    found = _decisions(labelled, run)
    whole = sum(found)
    looks = range(every, len(found), every)
    right = [
        whole - sum(found[:n]) <= judge_stopping(found[:n], len(found), 0.95, confidence).left_at_most for n in looks
    ]
    return sum(right), len(right)


def _decisions(labelled: LabelledSet, run: Run) -> list[bool]:
    return [id_ in labelled.included for id_ in (run.known.included, run.known.excluded, *run.found.order)]


def _stop(found: list[bool], screened: int) -> Stop:
    return Stop(screened, sum(found[:screened]) / sum(found), 1 - screened / len(found))
