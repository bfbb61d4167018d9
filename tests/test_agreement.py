"""Agreement: published and hand-worked cases, the empty case, the undefined case."""

from __future__ import annotations

import pytest

from litreview.coding.agreement import cohen_kappa, document_interval, krippendorff_alpha, percent_agreement
from litreview.ledger import Judgment, Ledger
from litreview.synthesis.agreement import gather_agreement
from litreview.synthesis.codings import Coded


def test_kappa_by_hand() -> None:
    """20 both yes, 15 both no, 5 and 10 differ: observed 0.7, expected 0.5."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert percent_agreement(pairs) == pytest.approx(0.7)
    assert cohen_kappa(pairs) == pytest.approx(0.4)


def test_alpha_of_krippendorffs_own_example() -> None:
    """Four observers, twelve units, nominal: 0.743 (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability)."""
    table = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."]
    ratings = [[None if v == "." else v for v in row.split()] for row in table]
    assert krippendorff_alpha(ratings) == pytest.approx(0.743, abs=0.0005)


def test_nothing_or_no_variation_is_not_defined() -> None:
    assert percent_agreement([]) is None
    assert cohen_kappa([]) is None
    assert cohen_kappa([("y", "y")] * 5) is None
    assert krippendorff_alpha([["y", "y"], ["y", "y"]]) is None
    assert krippendorff_alpha([["y", None], [None, "n"]]) is None
    assert document_interval([[("y", "n")]], percent_agreement) is None


def test_an_interval_resamples_documents_and_is_the_same_each_time() -> None:
    documents = [[("y", "y")] * 8 + [("y", "n")] * 2 for _ in range(6)] + [[("n", "y")] * 10]
    low_high = document_interval(documents, percent_agreement)
    assert low_high == document_interval(documents, percent_agreement)
    assert low_high is not None
    assert low_high[0] < 0.69 < low_high[1]


def coded(person: str, code: str, start: int, stance: str = "supports", origin: str = "unaided") -> Coded:
    return Coded(f"{person}{code}{start}", person, "r1", code, stance, "", origin, start, start + 10)


def test_only_unaided_codings_of_documents_that_both_coded_count() -> None:
    first = [coded("a", "x", 0), coded("b", "x", 3), coded("a", "y", 50), coded("b", "x", 50),
             coded("a", "x", 90, origin="accepted")]  # fmt: skip
    rows = {(str(row.unit), row.coefficient): row for row in gather_agreement(first, Ledger())}
    whole = rows["Marked passages, all codes (a, b)", "%"]
    assert whole.n == 4
    assert whole.value == pytest.approx(0.5)
    assert rows["x (a, b)", "Cohen κ"].n == 2
    assert whole.note is not None


def test_decisions_of_two_persons_on_the_same_target() -> None:
    made = [
        Judgment(f"{i}{p}", "", p, "d", "decision", {"target": f"r{i}", "stage": "full-text", "decision": said})
        for i, (left, right) in enumerate([("include", "include"), ("include", "exclude"), ("exclude", "exclude")])
        for p, said in (("a", left), ("b", right))
    ]
    rows = {row.coefficient: row for row in gather_agreement([], Ledger(tuple(made), tuple(made)))}
    assert rows["%"].value == pytest.approx(2 / 3)
    assert rows["Cohen κ"].value == pytest.approx(0.4)
    assert gather_agreement([], Ledger()) == ()
