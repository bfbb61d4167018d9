"""The protocol is read strictly: the shipped one loads, and every fault is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from litreview.errors import ProtocolError
from litreview.protocol import (
    Bilingual,
    DoubleCoding,
    Protocol,
    StageRule,
    check_protocol,
    load_protocol,
    parse_protocol,
)

SHIPPED = Path(__file__).parent.parent / "review.yaml"


def protocol(**keys: Any) -> Protocol:
    return msgspec.convert({"format": 1, "title": {"id": "x"}, "concepts": {"pkh": ["PKH"]}, **keys}, Protocol)


def test_the_shipped_protocol_says_what_the_review_is() -> None:
    shipped = load_protocol(SHIPPED)
    assert (shipped.type, shipped.sample, shipped.languages, shipped.language) == ("context", True, ("id", "en"), "id")
    assert [c.id for c in shipped.criteria] == ["years", "full-results", "two-concepts", "answers"]
    assert (shipped.criteria[0].from_year, shipped.criteria[0].to_year) == (2018, 2023)
    assert shipped.main_studies is not None
    assert (shipped.main_studies.size, shipped.main_studies.differ_in) == (5, {"method": "design", "locus": "regency"})
    assert len(shipped.questions) == 3
    assert shipped.synthesis.voices == ("participant", "author")


def test_criteria_alone_make_a_protocol() -> None:
    check_protocol(protocol(criteria=[{"id": "years", "kind": "year", "from": 2018}]))


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"people": [{"id": "a"}, {"id": "a"}]}, "In 'people' the id 'a' stands twice."),
        ({"people": [{"id": "a b"}]}, "'a b' may have letters, digits"),
        ({"people": [{"id": ""}]}, "may have letters, digits"),
        ({"people": [{"id": "con"}]}, "'con' is a name that Windows keeps for itself"),
        ({"people": [{"id": "Ani"}, {"id": "ani"}]}, "In 'people' the id 'ani' stands twice."),
        ({"criteria": [{"id": "a", "kind": "person"}] * 2}, "In 'criteria' the id 'a' stands twice."),
        ({"criteria": [{"id": "a", "kind": "year"}]}, "needs the key 'from'"),
        ({"criteria": [{"id": "a", "kind": "sections"}]}, "needs the key 'require'"),
        ({"criteria": [{"id": "a", "kind": "concepts"}]}, "needs the key 'of'"),
        ({"criteria": [{"id": "a", "kind": "person", "from": 2018}]}, "kind 'person' has no key 'from'"),
        ({"criteria": [{"id": "a", "kind": "year", "from": 2018, "of": ["pkh"]}]}, "kind 'year' has no key 'of'"),
        ({"criteria": [{"id": "a", "kind": "concepts", "of": ["pkhh"]}]}, "Did you mean 'pkh'?"),
        ({"criteria": [{"id": "a", "kind": "concepts", "of": ["zzz"]}]}, "which 'concepts' does not have"),
        ({"criteria": [{"id": "a", "kind": "concepts", "of": ["pkh"], "at_least": 2}]}, "between 1 and 1"),
        ({"criteria": [{"id": "a", "kind": "concepts", "of": ["pkh"], "at_least": 0}]}, "between 1 and 1"),
        ({"criteria": [{"id": "a", "kind": "year", "from": 2023, "to": 2018}]}, "'from' is later than 'to'"),
        ({"criteria": [{"id": "a", "kind": "person", "automatic": True}]}, "cannot be automatic"),
        ({"concepts": {"pkh": []}}, "The concept 'pkh' has no terms."),
        ({"concepts": {"pkh": ["PKH", " "]}}, "The concept 'pkh' has an empty term."),
        ({"main_studies": {"size": 0}}, "size must be 1 or more"),
        ({"coding": {"rounds": ["pilot", "main", "pilot"]}}, "the round 'pilot' stands twice"),
        ({"coding": {"rounds": ["the first"]}}, "not 'the first'"),
        ({"coding": {"double_coding": {"share": 0.2}}}, "double_coding needs 'people' of 2 or more"),
        ({"main_studies": {"size": 5, "differ_in": {"method": "regency"}}}, "method can differ in design, family"),
        ({"main_studies": {"size": 5, "differ_in": {"locus": "design"}}}, "not in 'design'"),
    ],
)  # fmt: skip
def test_keys_that_do_not_fit_are_told(keys: dict[str, Any], says: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        check_protocol(protocol(**keys), Path("review.yaml"))
    assert says in str(caught.value)
    assert str(caught.value).startswith("review.yaml: ")


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("questions:", "question:", "Unknown key 'question'. Did you mean 'questions'?"),
        ("at_least: 2", "atleast: 2", "Did you mean 'at_least'?"),
        ("differ_in:", "differin:", "Did you mean 'differ_in'?"),
        ("locus: regency", "locus: regensi", "cannot be 'regensi'. Did you mean 'regency'?"),
        ("kind: sections", "kind: section", "Did you mean 'sections'?"),
        ("size: 5", "size: five", "'main_studies.size' must be a whole number."),
        ("format: 1", "format: 2", "'format' cannot be '2'"),
    ],
)
def test_a_slip_in_the_shipped_file_is_told_with_its_line(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    path = tmp_path / "review.yaml"
    path.write_text(text.replace(was, becomes, 1), encoding="utf-8")
    line = text[: text.index(was)].count("\n") + 1
    with pytest.raises(ProtocolError) as caught:
        load_protocol(path)
    assert says in str(caught.value)
    assert caught.value.line == line


def test_where_one_language_is_missing_the_other_stands() -> None:
    assert Bilingual(id="Judul").get("en") == "Judul"
    assert Bilingual(id="Judul", en="Title").get("en") == "Title"
    assert Bilingual().get("id") == ""


def test_stages_without_a_rule_are_as_ever() -> None:
    plain = protocol()
    assert plain.stage_rule("title-abstract") == StageRule(1, False, "include")
    assert plain.stage_rule("full-text") == StageRule(1, False, "open")
    assert (plain.coding.people, plain.coding.blind, plain.coding.double_coding) == (1, False, None)


def test_stages_say_how_many_judge_whether_blind_and_what_a_maybe_is() -> None:
    ruled = protocol(
        screening={"title-abstract": {"people": 2, "blind": True, "maybe": "open"}, "full-text": {"people": 3}},
        coding={"people": 2, "double_coding": {"share": 0.2, "by": "section", "seed": 4}, "rounds": ["pilot", "main"]},
    )
    assert ruled.stage_rule("title-abstract") == StageRule(2, True, "open")
    assert ruled.stage_rule("full-text") == StageRule(3, False, "open")
    assert ruled.coding.double_coding == DoubleCoding(0.2, "section", 4)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("screening: {title-abstract: {people: 0}}", "'screening.title-abstract.people' must be >= 1, not 0."),
        ("screening: {title-abstrct: {people: 2}}", "Unknown key 'title-abstrct'. Did you mean 'title-abstract'?"),
        ("screening: {full-text: {maybe: exclude}}", "cannot be 'exclude'"),
        ("coding: {people: 2, double_coding: {share: 1.5}}", "'coding.double_coding.share' must be <= 1.0, not 1.5."),
        ("coding: {people: 2, double_coding: {share: 0}}", "must be > 0.0, not 0."),
        ("coding: {people: 2, double_coding: {by: chapter, share: 1}}", "Known here: document, section"),
    ],
)
def test_slips_in_the_rules_of_stages_are_told_with_their_line(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "review.yaml"
    path.write_text(f"format: 1\ntitle: {{id: x}}\n{line}\n", encoding="utf-8")
    with pytest.raises(ProtocolError) as caught:
        load_protocol(path)
    assert says in str(caught.value)
    assert str(caught.value).startswith(f"{path}:3: ")


def test_the_example_in_the_docs_is_right() -> None:
    text = (SHIPPED.parent / "docs" / "teamwork.md").read_text(encoding="utf-8")
    example = text.split("```yaml\n")[1].split("```")[0]
    found = parse_protocol(f"format: 1\ntitle: {{id: x}}\n{example}")
    assert (found.coding.double_coding, found.stage_rule("title-abstract").blind) == (DoubleCoding(0.2), True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("people:\n  - {id: a}\n  - id: a\n", 5),
        ("people:\n  - {id: a}\n  - name: B\n    id: con\n", 6),
        ("concepts:\n  pkh: [PKH]\n  other: []\n", 5),
        ("criteria:\n  - id: a\n    kind: year\n    to: 2018\n    from: 2023\n", 7),
        ("criteria:\n  - {id: a, kind: year}\n", 4),
        ("concepts: {pkh: [PKH]}\ncriteria:\n  - id: a\n    kind: concepts\n    of:\n      - pkh\n      - pkhh\n", 9),
        ("criteria:\n  - {id: a, kind: person}\n  - id: b\n    kind: person\n    to: 2018\n", 7),
        ("main_studies:\n  differ_in: {method: design}\n  size: 0\n", 5),
        ("main_studies:\n  size: 5\n  differ_in:\n    method: design\n    locus: family\n", 7),
        ("main_studies:\n  size: 5\n  differ_in: {metode: design}\n", 5),
    ],
)
def test_a_fault_that_types_do_not_show_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "review.yaml"
    path.write_text(f"format: 1\ntitle: {{id: x}}\n{text}", encoding="utf-8")
    with pytest.raises(ProtocolError) as caught:
        load_protocol(path)
    assert caught.value.line == line


def test_a_key_out_of_place_is_told_with_the_choices(tmp_path: Path) -> None:
    path = tmp_path / "review.yaml"
    path.write_text(
        "format: 1\ntitle: {id: x}\nmain_studies: {size: 5, differ_in: {metode: design}}\n", encoding="utf-8"
    )
    with pytest.raises(ProtocolError, match=r"Did you mean 'method'\? Known here: locus, method."):
        load_protocol(path)


TEMPLATE = Path(__file__).parent.parent / "litreview" / "language" / "catalogues" / "review-template.yaml"


@pytest.mark.parametrize("hash_", ["#", "# "])
def test_the_template_stands_as_it_is_and_with_every_example_taken_in(tmp_path: Path, hash_: str) -> None:
    path = tmp_path / "review.yaml"
    text = TEMPLATE.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    assert load_protocol(path).people == ()
    lines = [line.replace(hash_, "", 1) if line.startswith("#  ") else line for line in text.splitlines()]
    path.write_text("\n".join(lines), encoding="utf-8")
    filled = load_protocol(path)
    assert (len(filled.people), len(filled.questions), len(filled.sources)) == (1, 1, 2)
    assert (len(filled.concepts), len(filled.criteria)) == (2, 4)
    assert (filled.stage_rule("full-text").people, filled.coding.rounds) == (2, ("pilot", "calibration", "main"))
    assert filled.main_studies is not None
    assert filled.codebook == "codebooks/codebook.yaml"


def test_one_example_taken_in_stands_alone(tmp_path: Path) -> None:
    path = tmp_path / "review.yaml"
    text = TEMPLATE.read_text(encoding="utf-8")
    for line in (one for one in text.splitlines() if one.startswith("#  - {") and "of: " not in one):
        path.write_text(text.replace(line, line[1:]), encoding="utf-8")
        load_protocol(path)
