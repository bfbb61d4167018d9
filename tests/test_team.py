"""How far a target is: by the number of people that the protocol asks for, and by who was assigned."""

from __future__ import annotations

import pytest

from litreview.teamwork.adjudication import hand_on, judging_people, why_not_adjudicate
from litreview.teamwork.model import Task
from litreview.teamwork.notices import team_notices
from litreview.teamwork.team import Team, read_tasks
from tests.teamwork_making import BLIND, assigned, coded, decided, finished, judged, ledger, protocol, team

TWO = protocol(screening={"full-text": BLIND})


def test_a_target_waits_for_the_number_of_people_that_the_protocol_names() -> None:
    assert team(TWO).screening("full-text", "r1").waiting == 2
    one = team(TWO, decided("1", "ani", "include")).screening("full-text", "r1")
    assert (one.waiting, one.blind, one.finished) == (1, True, ("ani",))
    both = team(TWO, decided("1", "ani", "include"), decided("2", "budi", "exclude")).screening("full-text", "r1")
    assert (both.waiting, both.blind) == (0, False)


def test_one_person_deciding_twice_is_one_person() -> None:
    twice = [decided("1", "ani", "include"), decided("2", "ani", "include", target="e1")]
    assert team(TWO, *twice).screening("full-text", "r1", ("r1", "e1")).waiting == 1


def test_decisions_under_any_id_of_the_target_count_and_other_stages_do_not() -> None:
    said = [decided("1", "ani", "include", target="e1-copy"), decided("2", "budi", "include", stage="title-abstract")]
    assert team(TWO, *said).screening("full-text", "r1", ("r1", "e1", "e1-copy")).finished == ("ani",)


def test_everyone_assigned_is_waited_for() -> None:
    made = [assigned("1", "full-text", "r1", "ani", "budi", "citra"), decided("2", "ani", "include"),
            decided("3", "budi", "include")]  # fmt: skip
    assert team(TWO, *made).screening("full-text", "r1").waiting == 1


def test_an_adjudication_ends_the_waiting() -> None:
    settled = judged("1", "citra", "adjudication", target="r1", stage="full-text", decision="include")
    found = team(TWO, settled).screening("full-text", "r1")
    assert (found.waiting, found.settled, found.blind) == (0, True, False)


def test_someone_who_is_gone_is_not_waited_for_but_the_number_is() -> None:
    made = [assigned("1", "full-text", "r1", "ani", "eka"), decided("2", "ani", "include")]
    gone = team(TWO, *made)
    assert gone.screening("full-text", "r1").waiting == 1
    assert gone.stranded({}) == {("screen", "eka"): 1}
    taken_over = team(TWO, *made, decided("3", "citra", "include"))
    assert taken_over.screening("full-text", "r1").waiting == 0
    assert not taken_over.stranded({})


def test_what_someone_gone_has_judged_counts_and_is_told() -> None:
    made = (decided("1", "eka", "include"), decided("2", "ani", "include"))
    gone = team(TWO, *made)
    assert gone.screening("full-text", "r1").waiting == 0
    assert [str(told) for told in team_notices(gone, ledger(*made), {})] == [
        "eka is no longer among 'people' of review.yaml; what they judged stands: 1 judgments."
    ]


def test_without_a_rule_nobody_is_waited_for_beyond_one() -> None:
    found = team(protocol(), decided("1", "ani", "include")).screening("full-text", "r1")
    assert (found.waiting, found.outstanding, found.blind) == (0, 0, False)
    assert team(protocol()).screening("full-text", "r1").outstanding == 0


def test_a_stage_that_asks_for_more_people_than_there_are_is_told() -> None:
    few = protocol(people=[{"id": "ani"}], screening={"full-text": {"people": 2}}, coding={"people": 3})
    assert len(list(team_notices(team(few), ledger(), {}))) == 2


def test_a_sample_that_nobody_has_drawn_is_told_once_people_code() -> None:
    rule = protocol(coding={"people": 2, "double_coding": {"share": 0.2}})
    made = coded("1", "ani")
    assert any("--assign" in str(told) for told in team_notices(team(rule, made), ledger(made), {}))
    assert not list(team_notices(team(rule), ledger(), {}))


CODING = protocol(coding={"people": 2, "blind": True, "double_coding": {"share": 0.5}})


def test_a_sample_waits_for_two_and_the_rest_for_one() -> None:
    made = [assigned("1", "coding", "r1", "ani", "budi", double=True), assigned("2", "coding", "r2", "ani")]
    found = team(CODING, *made, finished("3", "ani"), finished("4", "ani", "r2"))
    assert [(one.target, one.waiting, one.blind) for r in ("r1", "r2") for one in found.coding(r)] == [
        ("r1", 1, True),
        ("r2", 0, False),
    ]


def test_a_section_is_finished_with_its_report_or_by_itself() -> None:
    made = [assigned("1", "coding", "r1", "ani"), assigned("2", "coding", "r1@0-50", "ani", "budi", double=True)]
    found = team(CODING, *made, finished("3", "ani"), finished("4", "budi", "r1@0-50"))
    assert {one.target: one.finished for one in found.coding("r1")} == {"r1": ("ani",), "r1@0-50": ("ani", "budi")}


def test_a_finish_counts_in_its_round_and_can_be_taken_back() -> None:
    made = [assigned("1", "coding", "r1", "ani", "budi", double=True, round_="main")]
    other = team(CODING, *made, finished("2", "ani", round="pilot"))
    assert other.coding("r1")[0].finished == ()
    back = finished("3", "ani", round="main")
    undone = judged("4", "ani", "completion", "3", stage="coding", target="r1", round="main", done=False)
    assert team(CODING, *made, back).coding("r1")[0].finished == ("ani",)
    assert team(CODING, *made, back, undone).coding("r1")[0].finished == ()


def test_assignments_of_one_target_are_one_task_and_replaced_ones_are_gone() -> None:
    first, second = assigned("1", "coding", "r1", "ani"), assigned("2", "coding", "r1", "budi")
    assert read_tasks([second, first]) == (Task("coding", "r1", ("ani", "budi")),)
    damaged = judged("3", "citra", "assignment", stage="coding", targets="r1", people=7)
    unknown = judged("4", "citra", "assignment", stage="reading", targets=["r1"], people=["ani"])
    assert read_tasks([damaged, unknown]) == ()


def test_handing_on_moves_what_is_unfinished_and_gives_nobody_a_second_part() -> None:
    tasks = [Task("coding", one, ("ani", "eka")) for one in ("r1", "r2")]
    moved = hand_on(tasks, {"r2"}, "eka", "budi")
    assert [task.people for task in moved] == [("ani", "eka"), ("ani", "budi")]
    assert hand_on(tasks, {"r1", "r2"}, "eka", "ani") == tasks


@pytest.mark.parametrize(
    ("person", "says"),
    [("citra", ""), ("ani", "a third person settles: citra"), ("rudi", "does not judge"), ("eka", "does not judge")],
)
def test_a_third_person_who_judges_may_settle(person: str, says: str) -> None:
    why = why_not_adjudicate(TWO, person, {"ani", "budi"})
    assert (says in str(why)) if says else why is None


def test_of_a_team_of_two_nobody_is_left_and_talking_is_the_way() -> None:
    pair = protocol(people=[{"id": "ani"}, {"id": "budi"}])
    assert "talk it over" in str(why_not_adjudicate(pair, "ani", {"ani", "budi"}))


def test_readers_and_supervisors_are_given_no_tasks_unasked() -> None:
    more = protocol(people=[{"id": "a"}, {"id": "s", "role": "supervisor"}, {"id": "r", "role": "reader"}])
    assert judging_people(more) == ["a"]
    assert Team(protocol(people=[]), []).people == set()
