from __future__ import annotations

from typing import Any

import pytest

from litreview.coding.model import Label, Relation
from litreview.ledger import Judgment
from litreview.protocol import Bilingual, Protocol, SynthesisRule
from litreview.synthesis.build import build_synthesis
from litreview.synthesis.linking import links_back, states_relation
from litreview.synthesis.model import ConceptMap, MapLink, Synthesis
from tests.synthesis_making import codebook, coding, inputs, judgment, ledger, make_document, suggest

RELATION = Relation("competence", Label("mendorong", "promotes"), "graduation", ("mendorong", "buah dari"))


def synthesis(lines: list[str], given: list[tuple[int, str, str]], *judgments: Judgment, **more: Any) -> Synthesis:
    """One study with one paragraph of results; `given` are (line, code, stance)."""
    document = make_document("a", [("results", "Hasil", [lines])])
    suggestions = {"a": [suggest(document, lines[line], code, stance) for line, code, stance in given]}
    return build_synthesis(
        inputs([document], suggestions, codebook=codebook((RELATION,)), ledger=ledger(*judgments), **more)
    )


def link(*args: Any) -> MapLink:
    (found,) = synthesis(*args).concept_map.links
    return found


BOTH = [(0, "competence", "supports"), (0, "graduation", "supports")]


def test_a_relation_without_passages_is_a_hypothesis_without_weight() -> None:
    found = link(["Tidak ada apa-apa."], [])
    assert (found.kind, found.studies, found.passages) == ("hypothesis", (), ())


def test_both_ends_and_the_cue_in_one_sentence_make_it_solid() -> None:
    found = link(["Pendamping cakap mendorong graduasi."], BOTH)
    assert (found.kind, found.studies, found.passages) == ("provisional", ("a",), ("q0001", "q0002"))


@pytest.mark.parametrize("line", ["Pendamping cakap dan ada graduasi.", "Pendamping cakap."])
def test_ends_without_a_cue_are_no_relation(line: str) -> None:
    assert link([line], BOTH).kind == "hypothesis"


def test_neighbours_joined_by_a_linking_cue_state_it() -> None:
    given = [(0, "competence", "supports"), (1, "graduation", "supports")]
    assert link(["Pendamping cakap.", "Hal ini mendorong graduasi."], given).kind == "provisional"
    assert link(["Pendamping cakap.", "Kebun mendorong graduasi."], given).kind == "hypothesis"


def test_a_denied_relation_is_counted_apart() -> None:
    found = link(["Pendamping cakap tidak mendorong graduasi."], BOTH)
    assert (found.kind, found.denying_provisional_studies) == ("hypothesis", ("a",))
    assert (found.denying, found.denying_studies) == (("q0001", "q0002"), ())


def test_an_end_that_is_denied_denies_the_relation() -> None:
    found = link(["Pendamping cakap mendorong apa pun kecuali graduasi."], [BOTH[0], (0, "graduation", "contradicts")])
    assert (found.kind, found.denying_provisional_studies) == ("hypothesis", ("a",))


def proposition(number: int, lines: list[str], **more: Any) -> Judgment:
    document = make_document("a", [("results", "Hasil", [lines])])
    body = coding(number, "ann", document, lines[0], "x").body
    kept = {
        "report": "a",
        "anchor": body["anchor"],
        "source": "competence",
        "target": "graduation",
        "label": "mendorong",
    }
    return judgment(number, "ann", "proposition", {**kept, "stance": "supports", **more})


def test_a_persons_proposition_makes_it_human_and_suggestions_stand_apart() -> None:
    lines = ["Pendamping cakap mendorong graduasi."]
    result = synthesis(lines, BOTH, proposition(1, lines))
    (found,) = result.concept_map.links
    assert (found.kind, found.studies, found.passages) == ("human", ("a",), ("p0001",))
    assert (found.provisional_studies, found.provisional_passages) == (("a",), ("q0001", "q0002"))
    assert [(p.id, p.quote, p.coder) for p in result.propositions] == [("p0001", lines[0], "ann")]


def test_a_proposition_between_other_codes_adds_a_link() -> None:
    lines = ["Harapan tumbuh dari kemitraan."]
    label = {"id": "menumbuhkan", "en": "fosters"}
    result = synthesis(lines, [], proposition(1, lines, source="partnership", target="hope", label=label))
    added = result.concept_map.links[1]
    assert (added.source, added.target, added.label, added.kind) == (
        "partnership",
        "hope",
        Label("menumbuhkan", "fosters"),
        "human",
    )
    assert {"partnership", "hope"} <= {n.id for n in result.concept_map.nodes}


def test_a_denying_proposition_and_one_on_an_unknown_code() -> None:
    lines = ["Pendamping cakap, graduasi tidak."]
    denying, unknown = proposition(1, lines, stance="contradicts"), proposition(2, lines, target="no-such-code")
    result = synthesis(lines, [], denying, unknown)
    (found,) = result.concept_map.links
    assert (found.kind, found.denying) == ("hypothesis", ("p0001",))
    assert [(o.judgment, o.code) for o in result.orphans] == [("j2", "competence → no-such-code")]


def drawn(within: str) -> ConceptMap:
    given = [(0, "hope", "supports"), (1, "workload", "supports")]
    rule = SynthesisRule(cooccurrence="sentence" if within == "sentence" else "paragraph")
    protocol = Protocol(format=1, title=Bilingual(), synthesis=rule)
    return synthesis(["Ada harapan.", "Ada kelelahan."], given, protocol=protocol).concept_map


def test_cooccurrence_is_by_the_protocols_unit() -> None:
    assert drawn("paragraph").cooccurrence == (("hope", "workload", ("a",)),)
    assert drawn("sentence").cooccurrence == ()
    assert drawn("paragraph").cooccurrence_human == ()


def test_codes_with_neither_relation_nor_passage_are_left_out() -> None:
    found = drawn("paragraph")
    assert {n.id for n in found.nodes} == {"hope", "workload", "competence", "graduation"}
    assert "monitoring" in found.left_out


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Ia mendorong graduasi.", True),
        ("Graduasi didorong oleh pendamping.", True),
        ("Graduasi adalah buah dari pendampingan.", True),
        ("Ia tidak mendorong graduasi.", False),
        ("Ia tidak hanya mendorong graduasi, tetapi juga usaha.", True),
        ("Ia menemani keluarga.", None),
        ("", None),
    ],
)
def test_cues_match_other_forms_of_their_words_and_mind_negation(sentence: str, said: bool | None) -> None:
    assert states_relation(sentence, RELATION) is said


@pytest.mark.parametrize(
    ("sentence", "back"),
    [
        ("Akibatnya keluarga lulus.", True),
        ("As a result, they left.", True),
        ("Thistles grew.", False),
        ("Keluarga lulus akibatnya.", False),
    ],
)
def test_linking_words_stand_at_the_beginning(sentence: str, back: bool) -> None:
    assert links_back(sentence) is back
