"""How long a whole run of the shipped review takes, and the run after it on nothing new.

    python -m benchmarks.run [--rounds N]

Each round begins the sample in a fresh folder and starts `litreview run` twice as a process of its own. The second is
told as a share of the first, and `litreview --help` as a multiple of importing click. Medians of the rounds.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from litreview.shipped import create_review


def time_process(*words: str) -> float:
    """Seconds by the clock that a Python process takes. Raises `CalledProcessError` when it fails."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def time_runs() -> tuple[float, float]:
    """Seconds of the first and of the second run of the shipped review, in a fresh folder."""
    with tempfile.TemporaryDirectory() as folder:
        review = Path(folder) / "review"
        create_review(review, sample=True)
        run = ("-m", "litreview", "run", str(review), "--quiet")
        return time_process(*run), time_process(*run)


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    runs = [time_runs() for _ in range(rounds)]
    starts = [(time_process("-c", "import click"), time_process("-m", "litreview", "--help")) for _ in range(rounds)]
    print(f"first run of the shipped review: {median(first for first, _ in runs):.2f} s")
    print(f"second run on nothing new, share of the first: {median(second / first for first, second in runs):.3f}")
    print(f"litreview --help, multiple of importing click: {median(shown / bare for bare, shown in starts):.2f}")


if __name__ == "__main__":
    main()
