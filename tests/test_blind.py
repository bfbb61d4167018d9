"""The blind rule: until all have judged nobody is shown what another said; what hides is told only by number."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from litreview.ledger import Judgment
from litreview.protocol import Protocol
from litreview.teamwork.blind import as_first_said, how_coded, seen_by, suggestions_visible
from litreview.teamwork.model import Seen
from tests.teamwork_making import BLIND, REPORTS, assigned, coded, decided, finished, judged, ledger, protocol, team

SCREENING = protocol(screening={"title-abstract": BLIND, "full-text": BLIND})
CODING = protocol(coding={**BLIND, "double_coding": {"share": 0.5}})
DOUBLE = assigned("0", "coding", "r1", "ani", "budi", double=True)


def seen(of: Protocol, judgments: Sequence[Judgment], viewer: str = "") -> Seen:
    given = ledger(*judgments)
    return seen_by(given, team(of, *judgments), REPORTS, viewer)


def ids(found: Seen) -> list[str]:
    assert {one.id for one in found.ledger.standing} <= {one.id for one in found.ledger.judgments}
    return [one.id for one in found.ledger.standing]


def test_a_decision_is_hidden_until_the_other_has_decided() -> None:
    one = [decided("1", "ani", "exclude", reason="years")]
    assert ids(seen(SCREENING, one)) == []
    assert seen(SCREENING, one).hidden == {"decision": 1}
    both = [*one, decided("2", "budi", "include")]
    assert ids(seen(SCREENING, both)) == ["1", "2"]
    assert seen(SCREENING, both).hidden == {}


def test_ones_own_is_seen_and_anothers_is_not() -> None:
    one = [decided("1", "ani", "exclude")]
    assert ids(seen(SCREENING, one, "ani")) == ["1"]
    assert ids(seen(SCREENING, one, "budi")) == []
    assert ids(seen(SCREENING, one, "citra")) == []


def test_a_decision_under_another_id_of_the_target_is_hidden_too() -> None:
    assert ids(seen(SCREENING, [decided("1", "ani", "exclude", target="e1-copy")])) == []
    copy = [decided("1", "ani", "include", "e1-copy", "title-abstract"),
            decided("2", "budi", "include", "e1", "title-abstract")]  # fmt: skip
    assert ids(seen(SCREENING, copy)) == ["1", "2"]


def test_a_target_that_is_not_known_keeps_the_rule() -> None:
    assert ids(seen(SCREENING, [decided("1", "ani", "exclude", target="lost")])) == []


def test_what_was_changed_or_taken_back_is_hidden_as_well() -> None:
    made = [decided("1", "ani", "include"), judged("2", "ani", "decision", "1", target="r1", stage="full-text",
            decision="exclude"), decided("3", "ani", "maybe", target="e1", stage="title-abstract"),
            judged("4", "ani", "retraction", judgment="3")]  # fmt: skip
    found = seen(SCREENING, made)
    assert [one.kind for one in found.ledger.judgments] == ["retraction"]
    assert found.hidden == {"decision": 1}


def test_an_adjudication_shows_all() -> None:
    settled = judged("2", "citra", "adjudication", target="r1", stage="full-text", decision="include")
    assert ids(seen(SCREENING, [decided("1", "ani", "exclude"), settled])) == ["1", "2"]


def test_a_stage_that_is_not_blind_hides_nothing() -> None:
    open_ = protocol(screening={"full-text": {"people": 2}})
    assert ids(seen(open_, [decided("1", "ani", "exclude")])) == ["1"]


def test_a_word_on_a_target_is_hidden_with_its_persons_judgment() -> None:
    said = [
        judged("1", "ani", "verdict-override", target="r1", criterion="c", state="unmet"),
        judged("2", "ani", "memo", target="r1", text="weak"),
        judged("3", "budi", "memo", target="hope", text="on a code"),
    ]
    assert ids(seen(SCREENING, said)) == ["1", "2", "3"]
    assert ids(seen(SCREENING, [*said, decided("4", "ani", "exclude")])) == ["3"]
    assert ids(seen(SCREENING, [*said, assigned("0", "full-text", "r1", "ani", "budi")])) == ["3", "0"]


def test_a_comment_on_a_hidden_judgment_is_hidden() -> None:
    said = [decided("1", "ani", "exclude"), judged("2", "budi", "comment", target="1", text="?")]
    assert ids(seen(SCREENING, said)) == []
    assert ids(seen(SCREENING, said, "budi")) == ["2"]


@pytest.mark.parametrize("kind", ["coding", "suggestion-response", "voice", "proposition"])
def test_passages_of_a_sample_are_hidden_until_both_have_finished(kind: str) -> None:
    mine = judged("1", "ani", kind, report="r1", anchor={"start": 5, "end": 9})
    assert ids(seen(CODING, [DOUBLE, mine])) == ["0"]
    assert ids(seen(CODING, [DOUBLE, mine, finished("2", "ani")])) == ["0", "2"]
    assert ids(seen(CODING, [DOUBLE, mine, finished("2", "ani"), finished("3", "budi")])) == ["0", "1", "2", "3"]


def test_outside_the_sample_nothing_is_hidden() -> None:
    alone = assigned("0", "coding", "r2", "ani")
    assert ids(seen(CODING, [alone, coded("1", "ani", report="r2")])) == ["0", "1"]
    assert ids(seen(CODING, [coded("1", "ani", report="r3")])) == ["1"]


def test_in_a_sample_of_sections_only_the_section_is_hidden() -> None:
    made = [
        assigned("0", "coding", "r1", "ani"),
        assigned("1", "coding", "r1@100-200", "ani", "budi", double=True),
        *(coded(str(n), "ani", at=at) for n, at in enumerate([(150, 160), (300, 310), (90, 101)], start=2)),
    ]
    assert ids(seen(CODING, made)) == ["0", "1", "3"]


def test_a_damaged_anchor_is_hidden_rather_than_shown() -> None:
    made = [assigned("1", "coding", "r1@100-200", "ani", "budi", double=True),
            judged("2", "ani", "coding", report="r1", anchor="?", code="hope")]  # fmt: skip
    assert ids(seen(CODING, made)) == ["1"]


def test_where_everything_is_coded_by_two_an_unassigned_report_is_blind_too() -> None:
    everything = protocol(coding=BLIND)
    made = [coded("1", "ani"), judged("2", "ani", "memo", target="r1", text="x")]
    assert ids(seen(everything, made)) == []
    assert ids(seen(everything, [*made, finished("3", "ani"), finished("4", "citra")])) == ["1", "2", "3", "4"]


def test_suggestions_stay_hidden_from_the_samples_coders_and_from_outputs_until_both_have_finished() -> None:
    begun = team(CODING, DOUBLE, finished("1", "ani"))
    assert [suggestions_visible(begun, person, "r1") for person in ("ani", "budi", "")] == [False, False, False]
    assert suggestions_visible(begun, "citra", "r1")
    assert suggestions_visible(begun, "ani", "r2")
    done = team(CODING, DOUBLE, finished("1", "ani"), finished("2", "budi"))
    assert [suggestions_visible(done, person, "r1") for person in ("ani", "budi", "")] == [True, True, True]


def test_suggestions_are_hidden_by_stretch_in_a_sample_of_sections() -> None:
    section = team(CODING, assigned("1", "coding", "r1@100-200", "ani", "budi", double=True))
    assert not suggestions_visible(section, "ani", "r1", 150, 160)
    assert suggestions_visible(section, "ani", "r1", 200, 300)
    assert not suggestions_visible(section, "", "r1")


def test_a_coding_records_its_round_and_whether_suggestions_were_visible() -> None:
    made = team(CODING, assigned("0", "coding", "r1", "ani", "budi", double=True, round_="pilot"))
    assert how_coded(made, "ani", "r1", 5, 9) == {"suggestions_visible": False, "round": "pilot"}
    assert how_coded(made, "citra", "r2", 5, 9) == {"suggestions_visible": True}
    assert how_coded(made, "citra", "r1", 5, 9, "main") == {"suggestions_visible": True, "round": "main"}


def test_what_was_said_first_stands_before_what_was_changed_in_the_knowledge_of_others() -> None:
    first = decided("1", "ani", "exclude")
    slip = judged("2", "ani", "decision", "1", target="r1", stage="full-text", decision="maybe")
    talked = judged("3", "ani", "decision", "2", target="r1", stage="full-text", decision="include", informed=True)
    by_id = {one.id: one for one in (first, slip, talked)}
    assert as_first_said(talked, by_id) is slip
    assert as_first_said(slip, by_id) is slip
    assert as_first_said(talked, {}) is talked
    circle = judged("4", "ani", "decision", "4", informed=True)
    assert as_first_said(circle, {"4": circle}) is circle


def test_an_empty_ledger_hides_nothing() -> None:
    assert seen(SCREENING, []) == Seen(ledger())
