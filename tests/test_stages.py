from __future__ import annotations

from litreview.documents.model import Document
from litreview.ledger import Judgment
from litreview.synthesis.build import build_synthesis
from litreview.synthesis.model import StageRow
from tests.synthesis_making import codebook, coding, inputs, judgment, ledger, make_document, suggest

HOPE = "Keluarga menaruh harapan."
PARTNER = "Mereka bekerja sebagai mitra."
PLAN = "Rencana disusun bersama."
MONITOR = "Kemajuan dipantau setiap bulan."


def rows(document: Document, given: list[tuple[str, str]], *judgments: Judgment) -> dict[str, StageRow]:
    suggestions = {document.report: [suggest(document, words, code) for words, code in given]}
    return {r.stage: r for r in build_synthesis(inputs([document], suggestions, ledger=ledger(*judgments))).stages}


def test_an_element_belongs_to_the_stage_of_its_paragraph() -> None:
    document = make_document("a", [("results", "Hasil", [[HOPE, PLAN], [PARTNER]])])
    found = rows(document, [(HOPE, "hope"), (PLAN, "planning"), (PARTNER, "partnership")])
    assert (found["planning"].present, found["planning"].missing) == (("hope",), ("partnership",))
    assert (found["planning"].studies, found["planning"].phase) == (("a",), "intervention")
    assert len(found["planning"].stage_passages.provisional_supports) == 1
    assert found["monitoring"].present == ()


def test_where_a_paragraph_tells_of_two_stages_each_lasts_to_the_next() -> None:
    document = make_document("a", [("results", "Hasil", [[PLAN, HOPE, MONITOR, PARTNER]])])
    found = rows(document, [(PLAN, "planning"), (HOPE, "hope"), (MONITOR, "monitoring"), (PARTNER, "partnership")])
    assert (found["planning"].present, found["monitoring"].present) == (("hope",), ("partnership",))


def test_a_heading_gives_its_stage_to_its_whole_section() -> None:
    document = make_document("a", [("results", "Perencanaan", [[HOPE], [PARTNER]]), ("results", "Lain", [[HOPE]])])
    found = rows(document, [("Perencanaan", "planning"), (HOPE, "hope"), (PARTNER, "partnership")])
    assert found["planning"].present == ("hope", "partnership")


def test_a_cell_is_human_only_where_persons_gave_element_and_stage() -> None:
    document = make_document("a", [("results", "Hasil", [[HOPE, PLAN]])])
    element = coding(1, "ann", document, HOPE, "hope", voice="author")
    stage = coding(2, "ann", document, PLAN, "planning", voice="author")
    half = rows(document, [(PLAN, "planning")], element)["planning"].cells["hope"]
    whole = rows(document, [], element, stage)["planning"].cells["hope"]
    assert (half.human_supports, len(half.provisional_supports)) == ((), 1)
    assert (len(whole.human_supports), whole.provisional_supports) == (1, ())


def test_the_gap_is_told_in_both_languages() -> None:
    document = make_document("a", [("results", "Hasil", [[HOPE, PLAN]])])
    finished = judgment(1, "x", "completion", {"target": "a", "stage": "coding"})
    found = rows(document, [(HOPE, "hope"), (PLAN, "planning")], finished)
    gap, silent = found["planning"].gap, found["monitoring"].gap
    assert gap is not None
    assert silent is not None
    assert gap.en == "Not discussed at this stage: partnership."
    assert silent.en == "No main study discusses this stage."


def test_a_stage_that_is_denied_has_no_stretch() -> None:
    document = make_document("a", [("results", "Hasil", [[HOPE, PLAN]])])
    given = {"a": [suggest(document, HOPE, "hope"), suggest(document, PLAN, "planning", "contradicts")]}
    found = {r.stage: r for r in build_synthesis(inputs([document], given)).stages}
    assert found["planning"].present == ()


def test_without_studies_every_stage_is_empty() -> None:
    stages = build_synthesis(inputs([], {})).stages
    assert [s.stage for s in stages] == [c.id for c in codebook().codes.values() if c.theme == "process"]
    assert all(s.present == () and s.missing == ("hope", "partnership") for s in stages)
