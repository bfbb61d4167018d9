"""How much of a document is read right, against a truth made by eye from the pictures of its pages.

    python -m benchmarks.reading [--data FOLDER] [--details]

`reading/truth.yaml` tells what a person sees in the twelve academic and three Indonesian articles of the folder that
`--data` or `LITREVIEW_TEST_DATA` names. Rules were improved while looking at its misses, so that its figures are of
the sample that they were made on. `--details` lists every miss.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from benchmarks.reading_corpus import score_corpus
from benchmarks.reading_scores import Scores, read_truth, score_all

TRUTH = Path(__file__).parent / "reading" / "truth.yaml"


def show(name: str, scores: Scores) -> None:
    """Print a table of the measures, in the order in which they were taken."""
    print(f"\n{name}\n")
    print("| measure | right | asked | share |")
    print("|---|---|---|---|")
    for measure, asked in scores.asked.items():
        print(f"| {measure} | {scores.right[measure]} | {asked} | {scores.share(measure):.3f} |")
    if "headings found" in scores.asked:
        false = sum(miss.startswith("false heading") for miss in scores.misses)
        print(f"| headings that are none | {false} | | |")


def main() -> None:
    """Score the reader and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", default=os.environ.get("LITREVIEW_TEST_DATA", ""), type=Path)
    parser.add_argument("--details", action="store_true", help="list every miss")
    arguments = parser.parse_args()
    if not (arguments.data / "pdf").is_dir():
        parser.error("name the folder of the articles by --data or LITREVIEW_TEST_DATA")
    for name, scores in (
        ("Fifteen articles, by eye", score_all(read_truth(TRUTH), arguments.data)),
        ("The shipped synthetic corpus, as it was set", score_corpus()),
    ):
        show(name, scores)
        for miss in scores.misses if arguments.details else ():
            print(miss)


if __name__ == "__main__":
    main()
