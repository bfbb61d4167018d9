"""From coded passages to judgments on units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
import pytest

from litreview.coding.coefficients import measure
from litreview.coding.ratings import pool
from litreview.coding.units import Compared, Mark, Place, Scale, Unit, compare, rate_units, scale_of, unitise
from litreview.documents.model import Document
from tests.synthesis_making import make_document

ONE, TWO, THREE = "Keluarga menabung.", "Pendamping datang.", "Graduasi tercapai."


def document(report: str = "d") -> Document:
    return make_document(report, [("results", "Hasil", [[ONE, TWO], [THREE]])])


def plain(report: str, length: int) -> Document:
    return msgspec.structs.replace(document(report), text="x" * length)


def mark(rater: str, words: str, code: str = "hope", *, aided: bool = False, report: str = "d") -> Mark:
    at = document().text.index(words)
    return Mark(report, rater, code, at, at + len(words), aided)


def together(marks: Sequence[Mark], unit: Unit = "sentence", raters: str = "ab", **more: Any) -> Compared:
    return compare(marks, {"d": document()}, [Place("d", frozenset(raters), **more)], unit)


def judged(marks: Sequence[Mark], unit: Unit = "sentence", uncoded: bool = True, raters: str = "ab") -> list[str]:
    """The units of the code hope, each as what the raters said (1, 0, or . for missing)."""
    compared = together(marks, unit, raters)
    ratings = rate_units(compared, ["hope"], uncoded)["hope"]
    said = ["".join("." if v < 0 else str(v) for v in row) for row in ratings.values.tolist()]
    return [row for row, weight in zip(said, ratings.weights.tolist(), strict=True) for _ in range(weight)]


def test_a_sentence_has_a_code_when_a_coded_passage_shares_a_character_with_it() -> None:
    marks = [mark("a", "menabung. Pendamping"), mark("b", TWO)]
    assert judged(marks) == ["00", "10", "11", "00"]  # the heading is a unit too
    assert judged(marks, uncoded=False) == ["10", "11"]
    assert judged(marks, "paragraph") == ["00", "11", "00"]
    assert judged(marks, "document") == ["11"]


def test_characters_are_runs_with_weights() -> None:
    marks = [mark("a", ONE), mark("b", "menabung")]
    compared = together(marks, "character")
    ratings = rate_units(compared, ["hope"], True)["hope"]
    assert len(ratings.values) == 5
    assert ratings.weights.sum() == len(document().text)
    said = judged(marks, "character")
    assert said.count("11") == len("menabung")
    assert said.count("10") == len(ONE) - len("menabung")


def test_several_codes_on_a_unit_are_no_conflict() -> None:
    """a gave hope and effort, b hope only: one agreement and one difference on that sentence, not half of each."""
    marks = [mark("a", ONE), mark("a", ONE, "effort"), mark("b", ONE)]
    compared = together(marks)
    by_code = rate_units(compared, ["hope", "effort"], True)
    assert measure(by_code["hope"])["percent"].value == 1
    assert measure(by_code["effort"])["percent"].value == 0.75
    assert measure(pool(list(by_code.values())))["percent"].value == pytest.approx(7 / 8)


def test_coded_only_counts_units_with_any_code() -> None:
    assert judged([mark("a", ONE, "effort"), mark("b", TWO)], uncoded=False) == ["00", "01"]
    assert judged([], uncoded=False) == []


def test_a_code_with_help_only_is_missing_and_one_given_unaided_too_stands() -> None:
    assert judged([mark("a", ONE, aided=True), mark("b", ONE)])[1] == ".1"
    assert judged([mark("a", ONE, aided=True), mark("a", ONE), mark("b", ONE)])[1] == "11"


def test_who_did_not_judge_a_document_is_missing_there() -> None:
    documents = {"d": document("d"), "e": document("e")}
    places = [Place("e", frozenset("bc")), Place("d", frozenset("ab"))]
    compared = compare([mark("a", ONE)], documents, places, "document")
    assert rate_units(compared, ["hope"], True)["hope"].values.tolist() == [[1, 0, -1], [-1, 0, 0]]
    alone = compare([mark("a", ONE)], documents, [Place("d", frozenset("a")), Place("x", frozenset("ab"))], "document")
    assert alone.raters == ()
    assert len(rate_units(alone, ["hope"], True)["hope"].values) == 0


def test_headings_and_tables_between_sentences_are_units_and_blanks_are_not() -> None:
    made = document()
    sentences = tuple(s for s in made.sentences if made.quote(s.start, s.end) not in ("Hasil", TWO))
    without = msgspec.structs.replace(made, sentences=sentences)
    scale = scale_of(without, "sentence")
    units = [without.quote(s, e).strip() for s, e in zip(scale.starts.tolist(), scale.ends.tolist(), strict=True)]
    assert units == ["Hasil", ONE, TWO, THREE]
    gap = len("Hasil")  # the line end between heading and body is no unit
    assert scale.units_of(gap, gap + 1) == []


def two_coders(length: int) -> Compared:
    marks = [Mark("d", "a", "hope", 0, 100), Mark("d", "b", "hope", 50, 150)]
    return compare(marks, {"d": plain("d", length)}, [Place("d", frozenset("ab"))], "character")


def test_chance_is_added_and_uncoded_characters_count() -> None:
    """A thousand characters, a marks 0-100, b 50-150: 50 both, 50 and 50 one only, 850 neither. Observed .9, expected
    .1 × .1 + .9 × .9 = .82, kappa .08 / .18. The tool that this is held against multiplies (.01 × .81) and says .899;
    looking at coded characters only it has observed 1/3 and, rightly added, 4/9 + 1/9, which is kappa -.5."""
    all_text = measure(rate_units(two_coders(1000), ["hope"], True)["hope"])
    assert all_text["percent"].value == pytest.approx(0.9)
    assert all_text["cohen_kappa"].value == pytest.approx(0.08 / 0.18)
    assert all_text["cohen_kappa"].value != pytest.approx((0.9 - 0.0081) / (1 - 0.0081), abs=0.3)
    coded = measure(rate_units(two_coders(1000), ["hope"], False)["hope"])
    assert coded["percent"].value == pytest.approx(1 / 3)
    assert coded["cohen_kappa"].value == pytest.approx(-0.5)
    assert (all_text["percent"].units, coded["percent"].units) == (1000, 150)


def test_a_billion_characters_are_three_runs_and_some() -> None:
    compared = two_coders(1000)
    huge = msgspec.structs.replace(compared, scales=(Scale(np.array([0]), np.array([10**9]), each=True),))
    ratings = rate_units(huge, ["hope"], True)["hope"]
    assert ratings.weights.tolist() == [50, 50, 50, 10**9 - 150]
    assert measure(ratings)["cohen_kappa"].value == pytest.approx(0.5, abs=1e-6)


def test_documents_with_help_are_left_out_of_unitising() -> None:
    documents = {"d": document("d"), "e": document("e")}
    marks = [mark("a", ONE), mark("b", ONE), mark("a", TWO, report="e", aided=True), mark("b", TWO, report="e")]
    found, lengths = unitise(compare(marks, documents, [Place(d, frozenset("ab")) for d in "de"], "sentence"), ["hope"])
    assert [one.document for one in found] == [0]
    assert lengths == [len(document().text)]
    assert np.array(found[0].spans).tolist() == [[[6, 24]], [[6, 24]]]


def test_stretches_of_a_document_are_one_place() -> None:
    """Assigned were the first sentence and the last: what lies between is neither coded nor uncoded."""
    text = document().text
    windows = tuple((text.index(words), text.index(words) + len(words)) for words in (ONE, THREE))
    marks = [mark("a", ONE), mark("b", "menabung. Pendamping"), mark("a", TWO), mark("b", THREE)]
    assert rows_of(together(marks, windows=windows)) == [([1, 1], 1), ([0, 1], 1)]
    inside, rest = len("menabung."), len(ONE) - len("menabung.")
    assert rows_of(together(marks, "character", windows=windows)) == [
        ([1, 0], rest), ([1, 1], inside), ([0, 1], len(THREE))]  # fmt: skip
    assert rows_of(together(marks, "document", windows=windows)) == [([1, 1], 1)]
    found, lengths = unitise(together(marks, windows=windows), ["hope"])
    assert lengths == [len(ONE) + len(THREE)]
    assert found[0].spans == (((0, len(ONE)),), ((rest, len(ONE)), (len(ONE), len(ONE) + len(THREE))))


def rows_of(compared: Compared) -> list[tuple[list[int], int]]:
    ratings = rate_units(compared, ["hope"], True)["hope"]
    return list(zip(ratings.values.tolist(), ratings.weights.tolist(), strict=True))
