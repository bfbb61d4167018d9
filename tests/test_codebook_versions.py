"""Two versions of a codebook side by side: what became of each code, proposals, words."""

from __future__ import annotations

from typing import Any

import pytest

from litreview.coding.change_words import tell, tell_change
from litreview.coding.codebook import parse_codebook
from litreview.coding.comparison import Comparison, Said, compare, likeness, meaning_of
from litreview.coding.model import Code, Codebook, Label
from litreview.errors import UsageError

OLD = """
format: 1
themes:
  - id: barriers
    label: {id: Faktor penghambat, en: Barriers}
    codes:
      - id: workload
        label: {id: Beban kerja, en: Workload}
        definition: Tugas pendamping terlalu banyak.
        cues: [tugas ganda, beban kerja]
      - id: ratio
        label: {id: Rasio, en: Ratio}
        definition: Terlalu banyak keluarga untuk satu pendamping.
      - id: data
        label: {id: Data, en: Data}
        definition: Data tidak sesuai keadaan.
  - id: strengths
    label: {id: Kekuatan, en: Strengths}
    codes:
      - id: hope
        label: {id: Harapan, en: Hope}
        definition: Keluarga berharap.
"""


def edited(*changes: tuple[str, str]) -> Codebook:
    text = OLD
    for was, now in changes:
        assert was in text
        text = text.replace(was, now)
    return parse_codebook(text)


def ops(found: Comparison) -> list[str]:
    return [change["op"] for change in found.changes]


def lines(found: Comparison) -> list[str]:
    return [str(line) for line in tell(found)]


def test_notes_and_layout_are_no_change() -> None:
    found = compare(edited(), edited(("format: 1", "# a note\nformat: 1\n")))
    assert (found.nothing, ops(found), lines(found)) == (True, [], [])


def test_an_id_changed_alone_is_proposed_as_a_rename() -> None:
    found = compare(edited(), edited(("id: workload", "id: facilitator-load")))
    assert found.proposed == {"workload": "facilitator-load"}
    assert found.map == {}
    assert lines(found) == ["Perhaps renamed (a proposal, by likeness): workload → facilitator-load"]


def test_a_rename_said_is_a_rename() -> None:
    found = compare(edited(), edited(("id: workload", "id: load")), Said({"workload": ("load",)}))
    assert found.changes == ({"op": "rename", "from": "workload", "to": "load"},)
    assert (found.map, found.proposed, found.lost) == ({"workload": ("load",)}, {}, ())


def test_another_code_in_its_place_is_no_rename() -> None:
    new = edited(
        ("id: data", "id: rain"),
        ("{id: Data, en: Data}", "{id: Musim hujan, en: Rainy season}"),
        ("Data tidak sesuai keadaan.", "Jalan putus karena banjir."),
    )
    found = compare(edited(), new)
    assert (found.proposed, found.lost, ops(found)) == ({}, ("data",), ["create"])
    assert "Gone without a word: data. Say what it became, or that it is retired." in lines(found)


def test_a_definition_that_says_something_else_is_a_redefinition() -> None:
    found = compare(edited(), edited(("Keluarga berharap.", "Keluarga berharap dan berencana.")))
    (change,) = found.changes
    assert (change["op"], change["code"], change["fields"]) == ("redefine", "hope", ["definition"])
    assert change["was"] == meaning_of(found.old.codes["hope"]) != change["now"]
    assert lines(found) == [
        "Redefined: hope (definition)",
        "hope, definition: “Keluarga berharap.” → “Keluarga berharap dan berencana.”",
    ]


def test_spaces_and_line_ends_in_a_definition_are_none() -> None:
    assert ops(compare(edited(), edited(("Keluarga berharap.", ">\n          Keluarga\n          berharap.")))) == []


def test_labels_and_cues_are_told_and_redefine_nothing() -> None:
    found = compare(
        edited(), edited(("en: Hope", "en: Hopes"), ("[tugas ganda, beban kerja]", "[tugas ganda, lembur]"))
    )
    assert (ops(found), found.nothing) == ([], False)
    assert lines(found) == ["workload, cues: 1 new, 1 gone", "hope, label (en): “Hope” → “Hopes”"]


def test_a_code_in_another_category_is_moved() -> None:
    block = "      - id: data\n        label: {id: Data, en: Data}\n        definition: Data tidak sesuai keadaan.\n"
    found = compare(edited(), parse_codebook(OLD.replace(block, "") + block))
    assert found.changes == ({"op": "move", "code": "data", "from": "barriers", "to": "strengths"},)


WORKLOAD = """      - id: workload
        label: {id: Beban kerja, en: Workload}
        definition: Tugas pendamping terlalu banyak.
        cues: [tugas ganda, beban kerja]
"""
MERGED = edited(("id: ratio", "id: load"), (WORKLOAD, ""))


def test_codes_that_became_one_are_merged() -> None:
    found = compare(edited(), MERGED, Said({"workload": ("load",), "ratio": ("load",)}))
    assert found.changes == ({"op": "merge", "codes": ["workload", "ratio"], "to": "load"},)


def test_a_code_merged_into_one_that_stays() -> None:
    new = edited(
        ("      - id: data\n        label: {id: Data, en: Data}\n        definition: Data tidak sesuai keadaan.\n", "")
    )
    found = compare(edited(), new, Said({"data": ("ratio",)}))
    assert found.changes == ({"op": "merge", "codes": ["data"], "to": "ratio"},)


def test_a_code_that_became_several_is_split_and_may_keep_its_name() -> None:
    more = "      - id: hours\n        label: {id: Jam, en: Hours}\n      - id: ratio"
    found = compare(edited(), edited(("      - id: ratio", more)), Said({"workload": ("hours", "workload")}))
    assert found.changes == ({"op": "split", "code": "workload", "to": ["hours", "workload"]},)


def test_a_retired_code_and_a_new_one_from_a_passage() -> None:
    new = edited(("id: data", "id: rain"), ("Data tidak sesuai keadaan.", "Jalan putus karena banjir."),
                 ("{id: Data, en: Data}", "{id: Musim hujan, en: Rainy season}"))  # fmt: skip
    found = compare(edited(), new, Said({"data": ()}, {"rain": "j7"}))
    assert found.changes == (
        {"op": "retire", "code": "data"},
        {"op": "create", "code": "rain", "theme": "barriers", "how": "inductive", "passage": "j7"},
    )


def test_categories_relations_and_words_are_told() -> None:
    new = edited(("id: Kekuatan", "id: Daya"), ("themes:", "words: {few: [=kurang]}\nthemes:"))
    assert lines(compare(edited(), new)) == [
        "Category strengths: label, colour, attributes or what its cues ask changed",
        "words changed",
    ]


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (Said({"nope": ("hope",)}), "The earlier codebook has no code 'nope'"),
        (Said({"workload": ("nope",)}), "Today's codebook has no code 'nope'"),
        (Said({"hope": ()}), "'hope' still stands"),
        (Said({"hope": ("ratio",)}), "'hope' still stands"),
        (Said({}, {"hope": ""}), "'hope' is no new code"),
    ],
)
def test_what_is_said_of_codes_must_fit(said: Said, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        compare(edited(), edited(), said)


def test_empty_codebooks() -> None:
    empty = Codebook()
    assert compare(empty, empty).nothing
    assert ops(compare(empty, edited())) == ["create"] * 4
    assert compare(edited(), empty).lost == ("workload", "ratio", "data", "hope")


def test_likeness_runs_from_none_to_the_same() -> None:
    one = edited().codes["workload"]
    assert likeness(one, one) == 1
    bare = Code("x", "t", Label("a", "a"))
    assert likeness(bare, bare) == 1
    assert likeness(one, Code("x", "other", Label("zzz", "qqq"), "vvv", cues=("www",))) < 0.3


def test_changes_of_newer_versions_are_passed_over() -> None:
    assert tell_change({"op": "teleport"}) is None
    assert tell_change({}) is None
    odd: dict[str, Any] = {"op": "merge", "codes": None, "to": None}
    assert str(tell_change(odd)) == "Merged:  → "
