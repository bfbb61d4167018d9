"""Where persons differ: once all have judged, with who said what, settled or open."""

from __future__ import annotations

from litreview.ledger import Judgment
from litreview.protocol import Protocol
from litreview.synthesis.codings import Coded
from litreview.synthesis.differences import gather_conflicts
from litreview.synthesis.model import Settled
from tests.teamwork_making import BLIND, REPORTS, assigned, coded, decided, finished, judged, ledger, protocol

TWO = protocol(screening={"title-abstract": {"people": 2}, "full-text": {"people": 2}})
DOUBLE = protocol(coding={**BLIND, "double_coding": {"share": 1}})
SAMPLE = (assigned("a", "coding", "r1", "ani", "budi", double=True), finished("f1", "ani"), finished("f2", "budi"))


def found(of: Protocol, *judgments: Judgment) -> tuple[Settled, ...]:
    first = [
        Coded(j.id, j.person, "r1", j.body["code"], j.body["stance"], "", "unaided", j.body["anchor"]["start"],
              j.body["anchor"]["end"])
        for j in judgments if j.kind == "coding"
    ]  # fmt: skip
    return gather_conflicts(ledger(*judgments), first, of, REPORTS, {"r1": "Sari (2020)"})


def said(one: Settled) -> list[tuple[str, str]]:
    return sorted(one.said)


def test_decisions_that_differ_are_told_once_for_all_ids_of_a_target() -> None:
    (one,) = found(TWO, decided("1", "ani", "include"), decided("2", "budi", "exclude", "e1-copy", reason="years"))
    assert (one.id, one.stage, one.name, one.by) == ("r1", "full-text", "Sari (2020)", "")
    assert dict(zip([p for p, _ in one.said], one.reasons, strict=True)) == {"ani": "", "budi": "years"}
    assert said(one) == [("ani", "include"), ("budi", "exclude")]


def test_nothing_is_told_before_all_have_judged() -> None:
    three = protocol(screening={"full-text": {"people": 3}})
    assert found(three, decided("1", "ani", "include"), decided("2", "budi", "exclude")) == ()


def test_a_maybe_is_a_difference_where_the_protocol_says_so() -> None:
    early = [
        decided("1", "ani", "include", "e1", "title-abstract"),
        decided("2", "budi", "maybe", "e1", "title-abstract"),
    ]
    late = [decided("3", "ani", "maybe"), decided("4", "budi", "maybe")]
    assert [one.stage for one in found(TWO, *early, *late)] == ["full-text"]
    assert found(protocol(), decided("5", "ani", "maybe")) == ()


def test_a_settled_difference_names_who_and_why() -> None:
    settled = judged("3", "citra", "adjudication", target="r1", stage="full-text", decision="include", reason="fits")
    (one,) = found(TWO, decided("1", "ani", "include"), decided("2", "budi", "exclude"), settled)
    assert (one.by, one.outcome, one.reason) == ("citra", "include", "fits")


def test_in_a_finished_sample_another_code_and_a_silence_are_differences() -> None:
    made = [coded("1", "ani", "hope"), coded("2", "budi", "hope", at=(12, 25)), coded("3", "ani", "load"),
            coded("4", "budi", "plan", at=(15, 22)), coded("5", "budi", "plan", at=(90, 95))]  # fmt: skip
    one, other = found(DOUBLE, *SAMPLE, *made)
    assert said(one) == [("ani", "load (supports)"), ("budi", "plan (supports)")]
    assert one.codes == ("load", "plan")
    assert said(other) == [("ani", ""), ("budi", "plan (supports)")]
    assert one.judgments == ("3", "4")


def test_agreement_in_a_sample_is_no_difference() -> None:
    assert found(DOUBLE, *SAMPLE, coded("1", "ani"), coded("2", "budi", at=(19, 30))) == ()
    assert found(DOUBLE, *SAMPLE) == ()


def test_outside_a_sample_only_contrary_stances_on_the_same_words_differ() -> None:
    against = coded("2", "budi", at=(15, 25), stance="contradicts")
    assert [said(one) for one in found(protocol(), coded("1", "ani"), against)] == [
        [("ani", "hope (supports)"), ("budi", "hope (contradicts)")]
    ]
    assert found(protocol(), coded("1", "ani"), coded("2", "budi", "load")) == ()


def test_adjudicated_codings_are_settled_and_leave_the_list_of_open_ones() -> None:
    made = [coded("1", "ani", "hope"), coded("2", "budi", "load")]
    (open_,) = found(DOUBLE, *SAMPLE, *made)
    settled = judged("9", "citra", "adjudication", target=["1", "2"], stage="coding", code="load", stance="supports",
                     reason="read")  # fmt: skip
    (one,) = found(DOUBLE, *SAMPLE, *made, settled)
    assert (one.by, one.outcome, one.id) == ("citra", "load (supports)", open_.id)


def test_no_judgments_no_differences() -> None:
    assert found(TWO) == ()
