"""The codebook file: strict reading, its own examples, and the shipped one."""

from __future__ import annotations

from pathlib import Path

import pytest

from litreview.coding.codebook import check_codebook, load_codebook, parse_codebook
from litreview.coding.model import Codebook
from litreview.errors import ProtocolError

SHIPPED = Path(__file__).parent.parent / "codebooks" / "pkh.yaml"
EIGHTEEN = {
    "strengths": "capacity-to-grow strengths-and-assets active-participation collaboration-and-partnership "
    "hope-and-motivation environment-as-resource",
    "drivers": "facilitator-competence family-participation institutional-support government-policy",
    "barriers": "economic-social-instability low-self-confidence limited-education-and-jobs facilitator-ratio "
    "facilitator-workload data-validation lack-of-resources schedule-mismatch",
}
STAGES = (
    "initial-meeting assessment data-updating planning graduation-preparation group-sessions home-visits disbursement "
    "commitment-verification referral-and-advocacy complaints-and-cases monitoring graduation after-graduation"
)
MINIMAL = """format: 1
themes:
  - id: t
    label: {id: a, en: b}
    attributes: {level: [family]}
    codes:
      - id: one
        label: {id: a, en: b}
        attributes: {level: family}
        cues: [modal]
        examples: [Modal kecil.]
        counterexamples: [Uang kecil.]
relations:
  - [one, {id: a, en: b}, one, [mendorong]]
"""


@pytest.fixture(scope="module")
def shipped() -> Codebook:
    return load_codebook(SHIPPED)


def test_a_minimal_codebook() -> None:
    codebook = parse_codebook(MINIMAL)
    assert codebook.codes["one"].theme == "t"
    assert codebook.relations[0].cues == ("mendorong",)
    assert check_codebook(codebook) == []
    assert codebook.hash != parse_codebook(MINIMAL + "\n").hash


def test_examples_are_tests_of_the_codebook() -> None:
    broken = MINIMAL.replace("[Modal kecil.]", "[Dana kecil.]").replace("[Uang kecil.]", "[Modal besar.]")
    told = [str(each) for each in check_codebook(parse_codebook(broken))]
    assert told == [
        "one: the example is not suggested: Dana kecil.",
        "one: the counter-example is suggested: Modal besar.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("cues: [modal]", "cues: [modal (dana]", 10, "column 7"),
        ("cues: [modal]", "cuse: [modal]", 10, "cues"),
        ("level: family}", "level: town}", 7, "not declared"),
        ("[one, {id: a, en: b}, one,", "[one, {id: a, en: b}, two,", 14, "'two'"),
        ("format: 1", "format: 9", 1, "format 9"),
        ("    attributes: {level: [family]}", "    attributes: {level: [family]}\n    asks: much", 6, "much"),
    ],
)
def test_mistakes_name_file_and_line(old: str, new: str, line: int, says: str) -> None:
    assert old in MINIMAL
    with pytest.raises(ProtocolError) as caught:
        parse_codebook(MINIMAL.replace(old, new), Path("codebooks/x.yaml"))
    assert caught.value.line == line
    assert says in str(caught.value)


def test_a_code_twice() -> None:
    twice = MINIMAL.replace("relations:", "      - {id: one, label: {id: a, en: b}}\nrelations:")
    with pytest.raises(ProtocolError, match="stands twice"):
        parse_codebook(twice)


def test_the_shipped_codebook_has_every_code_in_full(shipped: Codebook) -> None:
    by_theme = {theme.id: [code.id for code in theme.codes] for theme in shipped.themes}
    for theme, ids in EIGHTEEN.items():
        assert by_theme[theme][: len(ids.split())] == ids.split()
    assert by_theme["process"][:-1] == STAGES.split()
    for theme, codes in by_theme.items():
        assert codes[-1] == f"{theme}-other"
    for name in [*" ".join(EIGHTEEN.values()).split(), *STAGES.split()]:
        code = shipped.codes[name]
        assert code.definition
        assert code.use_when
        assert code.not_when
        assert len(code.examples) >= 4
        assert len(code.counterexamples) >= 4
        assert code.cues


def test_stages_say_what_the_lens_would_ask(shipped: Codebook) -> None:
    for stage in STAGES.split():
        asks = shipped.codes[stage].lens_asks
        assert asks is not None
        assert "20" in asks.id  # the year of the source
        assert shipped.codes[stage].attributes["phase"]


def test_other_codes_have_neither_cues_nor_examples(shipped: Codebook) -> None:
    for code in shipped.codes.values():
        if code.id.endswith("-other"):
            assert not code.cues
            assert not code.examples


def test_the_shipped_codebook_passes_its_own_examples(shipped: Codebook) -> None:
    assert [str(each) for each in check_codebook(shipped)] == []


def test_relations_join_codes_that_exist(shipped: Codebook) -> None:
    assert 10 <= len(shipped.relations) <= 20
    assert len({theme.colour for theme in shipped.themes}) == len(shipped.themes)
