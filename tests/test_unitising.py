"""Alpha for unitising: Krippendorff's own example, cases by hand, cases at the edge."""

from __future__ import annotations

import msgspec
import pytest

from litreview.coding.unitising import Span, Unitised, measure_unitising, merge_spans

# Krippendorff 2004, Content Analysis (2nd ed.), pp. 251-256: a continuum from 150 to 450, told here from 0, two
# observers, codes c and k.
C = Unitised(0, "c", (((75, 145), (220, 250)), ((70, 150), (205, 225), (250, 270))))
K = Unitised(0, "k", (((30, 90), (150, 200)), ((30, 90), (150, 200))))


def unitised(one: list[Span], other: list[Span]) -> Unitised:
    return Unitised(0, "x", (tuple(one), tuple(other)))


def test_krippendorffs_own_example() -> None:
    """For c: observed .0144, expected .0532, alpha .7286; k: 0, .0490, 1; both together .859 (from rounded figures).

    Observed by hand: (5² + 5²) for the first sections, (15² + 25²) for those that overlap at 220, 20² for the section
    that stands alone: 1300 of 300²."""
    only_c = measure_unitising([C], [300]).value
    assert only_c == pytest.approx(0.7286, abs=0.00005)
    assert only_c == pytest.approx(1 - (1300 / 300**2) / 0.053222, abs=0.00001)
    assert measure_unitising([K], [300]).value == 1
    assert measure_unitising([C, K], [300]).value == pytest.approx(0.859, abs=0.0005)


def test_expected_disagreement_by_hand() -> None:
    """Ten characters; one marks the first two, the other the last two: observed (4 + 4) / 100. Two sections of two and
    two gaps of eight. Among sections: 2 × (2 - 1) × (2 × 8 - 3 × 4 + 2) / 3 = 4. In gaps: each of the two sections has
    seven places in each of the two gaps, each place a square of 4. Pairs: 20 × 19 - 2 × (2 × 1)."""
    found = measure_unitising([unitised([(0, 2)], [(8, 10)])], [10])
    expected = 2 / 10 * (4 + 2 * 2 * 7 * 4) / (20 * 19 - 2 * 2)
    assert found.value == pytest.approx(1 - 0.08 / expected)
    assert found.units == 2


def test_what_is_not_defined_has_a_reason() -> None:
    assert "ends to compare" in str(measure_unitising([], [300]).reason)
    assert "Nothing" in str(measure_unitising([], []).reason)
    assert "Only one" in str(measure_unitising([C], [300], raters=1).reason)
    assert "here are 3" in str(measure_unitising([C], [300], raters=3).reason)


def test_full_agreement_is_one_and_one_section_alone_is_not() -> None:
    assert measure_unitising([unitised([(0, 10)], [(0, 10)])], [10]).value == 1
    alone = measure_unitising([unitised([(0, 4)], [])], [10]).value
    assert alone is not None
    assert alone <= 0


def test_documents_are_resampled_and_a_gap_ends_with_its_document() -> None:
    other = msgspec.structs.replace(C, document=1, spans=(C.spans[0], C.spans[0]))
    found = measure_unitising([C, other], [300, 300])
    assert found == measure_unitising([C, other], [300, 300])
    assert found.low is not None
    assert found.high is not None
    assert found.value is not None
    assert found.low < found.value < found.high
    assert (found.clusters, found.high) == (2, 1)
    apart = measure_unitising([unitised([(0, 4)], [(1, 5)])], [10, 10]).value
    joined = measure_unitising([unitised([(0, 4)], [(1, 5)])], [20]).value
    assert apart != joined


def test_spans_that_overlap_are_one_and_those_that_touch_are_two() -> None:
    assert merge_spans([(5, 9), (0, 3), (2, 4), (4, 5), (7, 7)]) == ((0, 4), (4, 5), (5, 9))
