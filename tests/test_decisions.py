from __future__ import annotations

import pytest

from litreview.errors import message
from litreview.ledger import Judgment
from litreview.protocol import StageRule, whole_rule
from litreview.screening.decisions import (
    FULL_TEXT,
    TITLE_ABSTRACT,
    goes_on,
    standing_decision,
    to_be_settled,
    with_overrides,
)
from litreview.screening.model import Standing, Verdict

WHY = message("because")


def verdicts(*states: str) -> tuple[Verdict, ...]:
    return tuple(Verdict(f"c{n}", state, WHY) for n, state in enumerate(states, start=1))


def decision(person: str, said: str, reason: str = "", kind: str = "decision", **more: str) -> Judgment:
    body = {"target": "r1", "stage": FULL_TEXT, "decision": said, "reason": reason, **more}
    return Judgment(f"{person}{said}{kind}", "", person, "d", kind, body)


def stands(*judgments: Judgment, states: tuple[str, ...] = ("met",), stage: str = FULL_TEXT) -> Standing:
    return standing_decision(("r1", "r1-copy"), stage, judgments, verdicts(*states))


@pytest.mark.parametrize(
    ("states", "said", "reason"),
    [
        (("met", "met"), "include", ""),
        (("met", "unclear"), "maybe", ""),
        (("unclear", "unmet", "unmet"), "exclude", "c2"),
        ((), "include", ""),
    ],
)
def test_verdicts_stand_in(states: tuple[str, ...], said: str, reason: str) -> None:
    assert stands(states=states) == Standing(said, provisional=True, reason=reason)


def test_a_person_goes_before_verdicts() -> None:
    assert stands(decision("a", "include"), states=("unmet",)) == Standing("include", False, persons=("a",))


def test_the_machine_leaves_out_by_what_the_protocol_lets_it_until_a_person_speaks() -> None:
    by_rule = standing_decision(("r1",), FULL_TEXT, (), verdicts("unmet", "unmet"), automatic=("c2",))
    assert by_rule == Standing("exclude", True, "c2", automatic=True)
    assert not standing_decision(("r1",), FULL_TEXT, (), verdicts("unmet", "unclear"), automatic=("c2",)).automatic
    said = (decision("a", "maybe"),)
    assert not standing_decision(("r1",), FULL_TEXT, said, verdicts("met", "unmet"), TWO, automatic=("c2",)).automatic
    kept = standing_decision(("r1",), FULL_TEXT, (decision("a", "include"),), verdicts("unmet"), automatic=("c1",))
    assert kept == Standing("include", False, persons=("a",))


def test_agreement_takes_the_first_criterion_as_reason() -> None:
    found = stands(decision("a", "exclude", "c2"), decision("b", "exclude", "c1"), states=("met", "met"))
    assert found == Standing("exclude", False, "c1", ("a", "b"))
    assert stands(decision("a", "exclude", "off topic")).reason == "off topic"


def test_a_conflict_excludes_nothing() -> None:
    found = stands(decision("a", "include"), decision("b", "exclude", "c1"))
    assert (found.conflict, found.provisional, goes_on(found)) == (True, False, True)


def test_an_adjudication_settles() -> None:
    settled = decision("lead", "exclude", "c1", kind="adjudication")
    found = stands(decision("a", "include"), decision("b", "exclude", "c2"), settled)
    assert found == Standing("exclude", False, "c1", ("a", "b"), adjudicated=True)


def test_two_adjudications_that_differ_do_not_settle() -> None:
    found = stands(decision("x", "include", kind="adjudication"), decision("y", "exclude", kind="adjudication"))
    assert found.conflict


def test_maybe_goes_on_at_title_and_abstract() -> None:
    said = [decision("a", "include", stage=TITLE_ABSTRACT), decision("b", "maybe", stage=TITLE_ABSTRACT)]
    found = stands(*said, stage=TITLE_ABSTRACT)
    assert (found.decision, found.conflict, goes_on(found)) == ("maybe", False, True)
    assert stands(*(decision(p, d) for p, d in (("a", "include"), ("b", "maybe")))).conflict


def test_other_targets_stages_and_words_do_not_count() -> None:
    others = (decision("a", "exclude", target="r2"), decision("a", "exclude", stage=TITLE_ABSTRACT),
              decision("a", "perhaps"))  # fmt: skip
    assert stands(*others).provisional
    assert not stands(decision("a", "include", target="r1-copy")).provisional


TWO, BLIND = StageRule(people=2), StageRule(people=2, blind=True)


def ruled(
    rule: StageRule, *judgments: Judgment, states: tuple[str, ...] = ("met",), stage: str = FULL_TEXT
) -> Standing:
    return standing_decision(("r1",), stage, judgments, verdicts(*states), rule)


def test_one_of_two_decisions_does_not_count_yet() -> None:
    assert ruled(TWO, decision("a", "exclude", "c1")) == Standing("include", True, persons=("a",), waiting=1)
    assert ruled(TWO) == Standing("include", True, waiting=2)
    assert ruled(TWO, decision("a", "exclude"), decision("a", "exclude", target="r1", reason="x")).waiting == 1
    found = ruled(TWO, decision("a", "include"), decision("b", "include"))
    assert found == Standing("include", False, persons=("a", "b"))


def test_while_one_is_missing_the_machine_leaves_out_nothing_that_a_person_wants() -> None:
    found = ruled(TWO, decision("a", "include"), states=("unmet",))
    assert (found.decision, found.provisional, goes_on(found)) == ("maybe", True, True)
    assert not goes_on(ruled(TWO, decision("a", "exclude", "c1"), states=("unmet",)))


@pytest.mark.parametrize("said", ["include", "exclude", "maybe"])
@pytest.mark.parametrize("states", [("met",), ("unclear",), ("unmet",)])
def test_of_a_blind_stage_what_stands_tells_nothing_of_a_single_decision(said: str, states: tuple[str, ...]) -> None:
    with_one, without = (ruled(BLIND, *some, states=states) for some in ([decision("a", said, "c1")], []))
    assert (with_one.decision, with_one.reason, with_one.persons) == (without.decision, without.reason, ())
    assert (with_one.waiting, without.waiting) == (1, 2)


def test_how_many_are_missing_may_be_told() -> None:
    both = (decision("a", "include"), decision("b", "include"))
    assert standing_decision(("r1",), FULL_TEXT, both, verdicts("met"), TWO, waiting=1).provisional


def test_an_adjudication_needs_nobody_else() -> None:
    found = ruled(TWO, decision("lead", "exclude", "c1", kind="adjudication"))
    assert (found.decision, found.adjudicated, found.waiting) == ("exclude", True, 0)


@pytest.mark.parametrize(
    ("maybe", "stage", "said", "conflict", "settle"),
    [
        ("include", FULL_TEXT, ("include", "maybe"), False, False),
        ("open", FULL_TEXT, ("include", "maybe"), True, True),
        ("open", TITLE_ABSTRACT, ("include", "maybe"), True, True),
        ("include", FULL_TEXT, ("maybe", "maybe"), False, False),
        ("open", FULL_TEXT, ("maybe", "maybe"), False, True),
        ("include", FULL_TEXT, ("exclude", "maybe"), True, True),
        (None, TITLE_ABSTRACT, ("include", "maybe"), False, False),
        (None, FULL_TEXT, ("include", "maybe"), True, True),
    ],
)
def test_a_maybe_counts_as_the_protocol_says(
    maybe: str | None, stage: str, said: tuple[str, str], conflict: bool, settle: bool
) -> None:
    rule = StageRule(people=2, maybe=maybe)  # type: ignore[arg-type]
    made = [decision(person, one, stage=stage) for person, one in zip("ab", said, strict=True)]
    found = ruled(rule, *made, stage=stage)
    assert (found.decision, found.conflict, goes_on(found)) == ("maybe", conflict, True)
    assert to_be_settled(found, whole_rule(stage, rule)) is settle


def override(person: str, state: str, criterion: str = "c1") -> Judgment:
    body = {"target": "r1", "criterion": criterion, "state": state, "reason": "seen"}
    return Judgment(person, "", person, "d", "verdict-override", body)


def test_a_verdict_is_set_by_a_person() -> None:
    [first, second] = with_overrides(verdicts("unmet", "met"), [override("a", "met")], ("r1",))
    assert (first.state, first.maker, str(first.why), second.state) == ("met", "a", "Set by a: seen", "met")


def test_people_who_differ_leave_a_verdict_unclear() -> None:
    [found] = with_overrides(verdicts("unmet"), [override("a", "met"), override("b", "unmet")], ("r1",))
    assert found.state == "unclear"
    assert with_overrides(verdicts("unmet"), [override("a", "nonsense")], ("r1",)) == verdicts("unmet")
