from __future__ import annotations

import re

from litreview.synthesis.build import build_synthesis
from litreview.synthesis.model import NarrativePart, Synthesis
from tests.synthesis_making import coding, inputs, judgment, ledger, make_document, named, suggest

LOAD = "Pendamping kelelahan karena tugas ganda."


def three() -> Synthesis:
    names = {"a": "Ana Putri", "b": "Budi Hartono", "c": "Citra Dewi"}
    documents = [
        make_document(i, [("results", "Hasil", [[LOAD, "Rencana ada."]])], **named(n)) for i, n in names.items()
    ]
    a, b, _ = documents
    given = {
        "b": [
            suggest(b, LOAD, "workload", "contradicts"),
            suggest(b, "Rencana", "planning"),
            suggest(b, "Rencana", "hope"),
        ]
    }
    return build_synthesis(inputs(documents, given, ledger=ledger(coding(1, "x", a, LOAD, "workload", voice="author"))))


def parts_of(result: Synthesis, code: str, status: str) -> list[NarrativePart]:
    return [p for p in result.narrative if (p.code, p.status) == (code, status)]


def test_human_and_provisional_evidence_stand_in_different_parts_and_name_each_study() -> None:
    result = three()
    (human,) = parts_of(result, "workload", "human")
    (provisional,) = parts_of(result, "workload", "provisional")
    assert human.text.en == (
        "Checked passages show workload in 1 of 1 main studies that people have coded (of 3): Putri (2020). "
        "Not yet coded by people: Hartono (2020); Dewi (2020)."
    )
    assert "1 of 3" in provisional.text.en
    assert "contradicted" in provisional.text.en
    assert "Hartono (2020)" in provisional.text.en
    assert not set(human.passages) & set(provisional.passages)


def test_passages_behind_a_part_are_of_its_status() -> None:
    result = three()
    status = {p.id: p.status for p in result.passages}
    assert all(status[id_] == part.status for part in result.narrative for id_ in part.passages)


def test_there_is_no_percentage_and_no_praise() -> None:
    for part in three().narrative:
        assert not re.search(
            r"%|percent|persen|dominan|important|penting|signifi", part.text.en + part.text.id, re.IGNORECASE
        )


def test_codes_without_evidence_are_told_by_theme() -> None:
    (said,) = [p.text.en for p in three().narrative if p.status == "" and p.theme == "outcomes"]
    assert said == (
        "Not discussed in the main studies that people have coded (1 of 3), and provisionally without a machine "
        "suggestion in the others: graduation."
    )


def test_a_stage_tells_the_elements_seen_there() -> None:
    assert any("hope" in part.text.en for part in parts_of(three(), "planning", "provisional"))


def test_memos_and_differences_are_gathered() -> None:
    document = make_document("a", [("results", "Hasil", [[LOAD]])], **named("Ana Putri"))
    given = ledger(
        coding(1, "ann", document, LOAD, "workload"),
        coding(2, "bob", document, LOAD, "workload", stance="contradicts"),
        judgment(3, "ann", "decision", {"target": "a", "stage": "full-text", "decision": "include"}),
        judgment(4, "bob", "decision", {"target": "a", "stage": "full-text", "decision": "exclude"}),
        judgment(
            5, "lead", "adjudication", {"target": "a", "stage": "full-text", "decision": "include", "reason": "fits"}
        ),
        judgment(6, "ann", "memo", {"target": "workload", "type": "analytic", "text": "Lihat lagi."}),
    )
    result = build_synthesis(inputs([document], {}, ledger=given))
    decision, open_one = result.conflicts
    assert decision.said == (("ann", "include"), ("bob", "exclude"))
    assert (decision.by, decision.outcome, decision.reason) == ("lead", "include", "fits")
    assert (open_one.by, [said for _, said in open_one.said]) == ("", ["workload (supports)", "workload (contradicts)"])
    assert [(m.person, m.target, m.text) for m in result.memos] == [("ann", "workload", "Lihat lagi.")]


def test_an_adjudicated_coding_is_told_with_its_outcome() -> None:
    document = make_document("a", [("results", "Hasil", [[LOAD]])])
    settled = judgment(
        3, "lead", "adjudication", {"target": ["j1", "j2"], "code": "workload", "stance": "mixed", "reason": "r"}
    )
    given = ledger(coding(1, "ann", document, LOAD, "workload"), coding(2, "bob", document, LOAD, "hope"), settled)
    (conflict,) = build_synthesis(inputs([document], {}, ledger=given)).conflicts
    assert (conflict.by, conflict.outcome, conflict.reason) == ("lead", "workload (mixed)", "r")
