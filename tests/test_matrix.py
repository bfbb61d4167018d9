from __future__ import annotations

import pytest

from litreview.screening.model import Choice
from litreview.synthesis.build import build_synthesis
from litreview.synthesis.matrix import cell_of
from litreview.synthesis.model import Cell, MatrixRow, Passage, Synthesis
from tests.synthesis_making import codebook, coding, inputs, ledger, make_document, study, suggest

LOAD = "Pendamping kelelahan karena tugas ganda."


def three_studies() -> Synthesis:
    """Study a supports by a person, b contradicts by a suggestion, nobody has coded c; d is included but not chosen."""
    documents = [make_document(id_, [("results", "Hasil", [[LOAD, "Jumlahnya sudah ideal."]])]) for id_ in "abcd"]
    a, b, _, d = documents
    return build_synthesis(
        inputs(
            documents,
            {
                "a": [suggest(a, LOAD, "workload")],
                "b": [suggest(b, "ideal", "workload", "contradicts")],
                "d": [suggest(d, LOAD, "workload"), suggest(d, "ideal", "competence")],
            },
            studies=tuple(study(id_) for id_ in "abcd"),
            choice=Choice(("a", "b", "c")),
            ledger=ledger(coding(1, "ann", a, LOAD, "workload", voice="author")),
        )
    )


def row_of(result: Synthesis, code: str) -> MatrixRow:
    return next(row for row in result.matrix if row.code == code)


def test_each_main_study_supports_contradicts_or_has_nothing_and_persons_stand_apart() -> None:
    row = row_of(three_studies(), "workload")
    assert list(row.cells) == ["a", "b", "c"]
    assert (row.human_supporting, row.provisional_supporting) == (("a",), ())
    assert (row.human_contradicting, row.provisional_contradicting) == ((), ("b",))
    assert (row.silent, row.uncoded) == ((), ("c",))


def test_every_number_leads_to_its_passages() -> None:
    result = three_studies()
    passages = {p.id: p for p in result.passages}
    cell = row_of(result, "workload").cells["a"]
    assert [passages[id_].quote for id_ in cell.human_supports] == [LOAD]


def test_what_a_study_outside_the_set_would_add_or_contradict() -> None:
    result = three_studies()
    assert [(v.code, v.adds, v.contradicts, v.provisional) for v in result.added] == [
        ("competence", ("d",), (), ("d",))
    ]


def test_a_contradiction_from_outside_the_set_is_told() -> None:
    documents = [make_document(id_, [("results", "Hasil", [[LOAD]])]) for id_ in "ab"]
    a, b = documents
    given = {"a": [suggest(a, LOAD, "workload")], "b": [suggest(b, LOAD, "workload", "contradicts")]}
    result = build_synthesis(inputs(documents, given, choice=Choice(("a",))))
    assert [(v.code, v.adds, v.contradicts) for v in result.added] == [("workload", (), ("b",))]


@pytest.mark.parametrize(
    ("stance", "cell"),
    [
        ("supports", Cell(human_supports=("q1",))),
        ("contradicts", Cell(human_contradicts=("q1",))),
        ("mixed", Cell(human_supports=("q1",), human_contradicts=("q1",))),
    ],
)
def test_a_mixed_passage_stands_on_both_sides(stance: str, cell: Cell) -> None:
    passage = Passage(
        "q1", "a", "a", "f", 1, 1, None, "results", "author", "t", "c", stance, "ann", "human", "x", True, 0, 1
    )
    assert cell_of([passage]) == cell


def test_the_nursery_of_a_theme_has_a_row_only_when_used() -> None:
    document = make_document("a", [("results", "Hasil", [[LOAD]])])
    assert "strengths-other" not in {r.code for r in build_synthesis(inputs([document], {})).matrix}
    used = ledger(coding(1, "ann", document, LOAD, "strengths-other", voice="author"))
    assert "strengths-other" in {r.code for r in build_synthesis(inputs([document], {}, ledger=used)).matrix}
    assert "strengths-other" in codebook().codes
