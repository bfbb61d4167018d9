"""What a person sees on the pages of the fifteen real articles, and how much of it the reader finds.

The floors are what the project promises; the articles are those that the rules were improved on.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.reading import TRUTH
from benchmarks.reading_scores import Scores, read_truth, score_all
from benchmarks.reading_words import digest, words

DATA = Path(os.environ.get("LITREVIEW_TEST_DATA", "nowhere"))
FLOORS = {
    "title": 14 / 15,
    "abstract": 13 / 15,
    "reference section": 14 / 15,
    "year": 12 / 15,
    "author names": 0.75,
    "lists without a false name": 0.75,
    "headings and kinds": 0.90,
    "reading order": 0.95,
    "crossing sentences whole": 0.90,
    "running heads gone": 0.90,
}


@pytest.fixture(scope="module")
def scores() -> Scores:
    if not (DATA / "pdf" / "academic").is_dir():
        pytest.skip("LITREVIEW_TEST_DATA names no folder with the articles")
    return score_all(read_truth(TRUTH), DATA)


@pytest.mark.slow
@pytest.mark.parametrize("measure", FLOORS)
def test_the_articles_are_read_as_promised(scores: Scores, measure: str) -> None:
    missed = [miss for miss in scores.misses if miss.startswith(f"{measure}:")]
    assert scores.share(measure) >= FLOORS[measure], "\n".join(missed)


def test_the_truth_is_whole() -> None:
    truths = read_truth(TRUTH)
    assert len(truths) == 15
    assert sum(len(truth["order"]) for truth in truths) >= 40
    assert sum(len(truth["sentences"]) for truth in truths) >= 30


def test_words_are_compared_without_case_and_typography() -> None:
    assert words("Well-known ‘Words’ – don’t 1,5") == ["well-known", "words", "don't", "1", "5"]
    assert digest("Keluarga, itu!") == digest("keluarga itu")
    assert digest("infor masi") != digest("informasi")
