"""A team at the command line: decisions, blind work, assignment, differences, amendments of the protocol."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

from litreview.device import remember_person
from litreview.ledger import Judgment, uuid7
from litreview.review import Review
from tests.command_making import call, data, edit, ledger, make_small_review, records_of, refused, well


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_small_review(tmp_path / "review")


@pytest.fixture
def record(folder: Path) -> str:
    return records_of(folder)[0]


def waiting(folder: Path, person: str, again: bool = False) -> list[str]:
    found = data("screen", str(folder), "--as", person)["waiting"]
    return [one["target"] for one in found if bool(one["again"]) is again]


def decide(folder: Path, record: str, person: str, said: str, reason: str = "") -> None:
    well("screen", str(folder), "--target", record, "--decision", said, "--reason", reason, "--as", person)


def test_a_decision_is_saved_with_the_version_of_the_protocol_and_can_be_changed(folder: Path, record: str) -> None:
    decide(folder, record, "ani", "exclude", "years")
    decide(folder, record, "ani", "include")
    (mine,) = ledger(folder).of_kind("decision")
    assert (mine.body["decision"], mine.body["stage"]) == ("include", "title-abstract")
    kept = folder / "judgments" / "versions" / f"{mine.body['protocol']}.yaml"
    assert kept.read_bytes() == (folder / "review.yaml").read_bytes()
    assert (record in waiting(folder, "ani"), record in waiting(folder, "budi")) == (False, True)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--target", "RECORD", "--decision", "exclude", "--as", "ani"), "needs a reason"),
        (("--target", "RECORD", "--as", "ani"), "A decision is one of"),
        (("--target", "RECORD", "--decision", "include"), "Who judges?"),
        (("--target", "RECOR", "--decision", "include", "--as", "ani"), "Did you mean '"),
        (("--target", "zzz", "--decision", "include", "--as", "ani"), "There is no record or report 'zzz'"),
        (("--target", "RECORD", "--assign", "--as", "citra"), "Only one of these"),
        (("--adjudicate", "RECORD", "--decision", "include", "--reason", "x", "--as", "citra"), "no open difference"),
        (("--assign", "--to", "eka", "--as", "citra"), "'eka' is not among"),
        (("--hand-on", "eka", "--to", "budi", "--as", "citra"), "Nothing of eka waits"),
        (("--as", "eka"), "'eka' is not among"),
        (("--target", "RECORD", "--decision", "include", "--as", "rudi"), "rudi is a reader"),
    ],
)
def test_what_cannot_be_judged_is_refused_and_nothing_is_written(
    folder: Path, record: str, words: tuple[str, ...], says: str
) -> None:
    given = [{"RECORD": record, "RECOR": record[:-1]}.get(word, word) for word in words]
    assert says in refused("screen", str(folder), *given)
    assert ledger(folder).judgments == ()


def test_a_difference_is_settled_by_a_third_person_with_a_reason(folder: Path, record: str) -> None:
    decide(folder, record, "ani", "exclude", "years")
    assert data("screen", str(folder), "--differences")["differences"] == []
    decide(folder, record, "budi", "include")
    told = well("screen", str(folder), "--differences")
    assert "ani: exclude – years" in told
    settle = ("screen", str(folder), "--adjudicate", record, "--decision", "include")
    assert "a third person settles: citra" in refused(*settle, "--reason", "x", "--as", "ani")
    assert "needs a reason" in refused(*settle, "--as", "citra")
    well(*settle, "--reason", "Printed in 2020.", "--as", "citra")
    assert "no open difference" in refused(*settle, "--reason", "x", "--as", "citra")
    with Review.open(folder).reading() as state:
        standing = state.record_standings[record]
    assert (standing.decision, standing.adjudicated, standing.provisional) == ("include", True, False)


def percent(folder: Path) -> float:
    found = data("agree", str(folder))["agreement"]
    value: float = found[0]["coefficients"]["percent"]["value"]
    return value


def test_two_may_talk_it_over_and_one_changes_the_own_decision_which_raises_no_agreement(
    folder: Path, record: str
) -> None:
    decide(folder, record, "ani", "maybe")
    decide(folder, record, "ani", "exclude", "years")  # a slip mended before budi has judged
    decide(folder, record, "budi", "include")
    assert percent(folder) == 0
    decide(folder, record, "ani", "include")
    assert data("screen", str(folder), "--differences")["differences"] == []
    assert [one.body.get("informed") for one in ledger(folder).of_kind("decision")] == [None, True]
    assert percent(folder) == 0
    with Review.open(folder).reading() as state:
        assert state.record_standings[record].decision == "include"


def test_a_blind_stage_tells_the_list_only_that_one_more_is_waited_for(folder: Path, record: str) -> None:
    decide(folder, record, "ani", "exclude", "years")
    listing = well("screen", str(folder), "--as", "budi")
    assert "title and abstract: 1 wait for 1 more" in listing
    assert "blind" in listing
    assert "exclude" not in listing
    assert "ani" not in listing.split()


def test_targets_are_assigned_evenly_and_handed_on_from_someone_who_is_gone(folder: Path) -> None:
    place = str(folder)
    well("screen", place, "--assign", "--as", "citra")
    assert {len(waiting(folder, person)) for person in ("ani", "budi", "citra")} == {4}
    assert "There was nothing to record." in well("screen", place, "--assign", "--as", "citra")
    edit(folder / "review.yaml", ("  - {id: budi}\n", "  - {id: eka}\n"))
    assert "4 targets wait for budi" in call("check", place).output
    well("screen", place, "--hand-on", "budi", "--to", "eka", "--as", "citra")
    assert len(waiting(folder, "eka")) == 4
    assert "targets wait for" not in call("check", place).output


def test_what_someone_has_finished_stays_theirs_when_the_rest_is_handed_on(folder: Path) -> None:
    well("screen", str(folder), "--assign", "--to", "ani", "--to", "budi", "--as", "citra")
    first, *rest = waiting(folder, "budi")
    decide(folder, first, "budi", "include")
    well("screen", str(folder), "--hand-on", "budi", "--to", "citra", "--as", "citra")
    assert waiting(folder, "citra") == rest
    with Review.open(folder).reading() as state:
        assert next(task.people for task in state.team.tasks if task.target == first) == ("ani", "budi")


def test_an_assignment_that_is_handed_on_is_replaced_by_one_judgment(folder: Path) -> None:
    well("screen", str(folder), "--assign", "--to", "ani", "--to", "budi", "--as", "citra")
    decide(folder, waiting(folder, "budi")[0], "budi", "include")
    well("screen", str(folder), "--hand-on", "budi", "--to", "citra", "--as", "citra")
    replaced = [one.replaces for one in ledger(folder).of_kind("assignment") if one.replaces]
    assert len(replaced) == 1


def test_what_someone_judged_before_leaving_stands_and_is_told(folder: Path, record: str) -> None:
    decide(folder, record, "ani", "include")
    decide(folder, record, "budi", "include")
    edit(folder / "review.yaml", ("  - {id: budi}\n", ""))
    with Review.open(folder).reading() as state:
        assert (state.record_standings[record].provisional, state.record_standings[record].decision) == (
            False,
            "include",
        )
        assert any("budi is no longer among 'people'" in str(told) for told in state.notices())


def test_who_was_chosen_once_is_not_asked_again(folder: Path, record: str) -> None:
    remember_person(folder, "ani")
    well("screen", str(folder), "--target", record, "--decision", "include")
    assert [one.person for one in ledger(folder).of_kind("decision")] == ["ani"]
    assert record not in {one["target"] for one in data("screen", str(folder))["waiting"]}


def test_a_review_that_needs_a_newer_version_takes_no_judgments(folder: Path, record: str) -> None:
    (folder / "judgments" / "new.jsonl").write_bytes(b'{"format":99,"id":"x","kind":"decision"}\n')
    before = sorted(path.name for path in (folder / "judgments").rglob("*"))
    for words in (
        ("screen", str(folder), "--target", record, "--decision", "include"),
        ("screen", str(folder), "--assign"),
    ):
        result = call(*words, "--as", "ani")
        assert (result.exit_code, "newer" in result.output) == (1, True)
    assert sorted(path.name for path in (folder / "judgments").rglob("*")) == before


def test_an_empty_review_has_nothing_waiting(tmp_path: Path) -> None:
    make_small_review(tmp_path / "empty", more="", records=0)
    assert data("screen", str(tmp_path / "empty"), "--as", "ani") == {"waiting": [], "work": []}
    assert "Nothing waits" in well("code", str(tmp_path / "empty"), "--as", "ani")
    assert "no open difference" in well("code", str(tmp_path / "empty"), "--differences")


def test_a_review_without_a_codebook_says_so(folder: Path) -> None:
    assert "has no codebook" in refused("codebook", "record", str(folder), "--as", "ani", "--reason", "x")


def amend(folder: Path, *changes: tuple[str, str]) -> str:
    edit(folder / "review.yaml", *changes)
    return call("check", str(folder)).output


WIDER = ("from: 2018", "from: 2015")


def test_a_protocol_changed_after_the_first_decision_is_an_amendment(folder: Path, record: str) -> None:
    place = str(folder)
    assert "✗" not in amend(folder, ("to: 2023", "to: 2024"))  # nobody has decided yet
    decide(folder, record, "ani", "exclude", "years")
    assert "nothing to record" in refused("check", place, "--amend", "--as", "citra", "--reason", "x")
    assert "✗" not in amend(folder, ("criteria:", "# a note\ncriteria:"))
    told = amend(folder, WIDER)
    assert "✗ Criterion changed: years" in told
    assert "litreview check --amend" in told
    assert "needs a reason" in refused("check", place, "--amend", "--as", "citra")
    assert "Who judges?" in refused("check", place, "--amend", "--reason", "wider")
    well("check", place, "--amend", "--as", "citra", "--reason", "Too narrow.")
    assert "✗" not in well("check", place)
    (step,) = ledger(folder).of_kind("protocol-version")
    assert [change["id"] for change in step.body["changes"]] == ["years"]
    assert all((folder / "judgments" / "versions" / f"{step.body[key]}.yaml").is_file() for key in ("from", "to"))


def test_decisions_to_look_at_again_are_listed_for_their_person_until_they_decide_anew(
    folder: Path, record: str
) -> None:
    decide(folder, record, "ani", "exclude", "years")
    amend(folder, WIDER)
    well("check", str(folder), "--amend", "--as", "citra", "--reason", "Too narrow.")
    assert waiting(folder, "ani", again=True) == [record]
    assert waiting(folder, "budi", again=True) == []
    decide(folder, record, "ani", "include")
    assert waiting(folder, "ani", again=True) == []


def test_the_report_shows_amendments_and_what_to_look_at_again_once_all_have_judged(folder: Path, record: str) -> None:
    decide(folder, record, "ani", "exclude", "years")
    amend(folder, WIDER)
    well("check", str(folder), "--amend", "--as", "citra", "--reason", "Too narrow.")
    hidden = report_of(folder)
    assert "Too narrow." in hidden
    assert "Criterion changed: years" in hidden
    assert "To look at again, since" not in hidden
    assert "Not finished, blind: 1 judgments are not shown" in hidden
    decide(folder, record, "budi", "exclude", "years")
    both = report_of(folder)
    assert "To look at again, since" in both
    assert "Not finished" not in both


def report_of(folder: Path) -> str:
    Review.open(folder).run()
    return (folder / "outputs" / "report.html").read_text(encoding="utf-8")


def test_status_tells_what_waits_and_what_to_look_at_again_and_nobody_by_name(folder: Path, record: str) -> None:
    decide(folder, record, "ani", "exclude", "years")
    report_of(folder)
    told = well("status", str(folder))
    assert "title and abstract: 1 wait for 1 more" in told
    assert "title and abstract is blind" in told
    assert "ani" not in told.split()
    decide(folder, record, "budi", "exclude", "years")
    amend(folder, WIDER)
    well("check", str(folder), "--amend", "--as", "citra", "--reason", "Too narrow.")
    report_of(folder)
    assert "title and abstract: 2 judgments to look at again" in well("status", str(folder))


def test_without_several_people_status_tells_what_to_look_at_again_alone(tmp_path: Path) -> None:
    alone = make_small_review(tmp_path / "alone", more="")
    decide(alone, records_of(alone)[0], "ani", "exclude", "years")
    report_of(alone)
    assert "wait for" not in well("status", str(alone))
    amend(alone, WIDER)
    well("check", str(alone), "--amend", "--as", "citra", "--reason", "Too narrow.")
    report_of(alone)
    assert "Judgments to look at again: 1." in well("status", str(alone))


def test_decisions_made_after_an_unrecorded_change_do_not_hide_it(folder: Path, record: str) -> None:
    decide(folder, record, "ani", "include")
    amend(folder, WIDER)
    decide(folder, record, "budi", "include")
    assert "check --amend" in call("check", str(folder)).output
    assert "check --amend" in amend(folder, WIDER[::-1])
    well("check", str(folder), "--amend", "--as", "citra", "--reason", "Back again.")
    well("check", str(folder))


def test_a_version_that_is_lost_is_told_and_the_run_goes_on(folder: Path, record: str) -> None:
    decide(folder, record, "ani", "include")
    amend(folder, WIDER)
    shutil.rmtree(folder / "judgments" / "versions")
    assert "is not at hand" in call("check", str(folder)).output
    assert any("check --amend" in str(told) for told in Review.open(folder).run().notices)


def test_a_folder_that_is_behind_the_recorded_protocol_is_told(folder: Path, record: str) -> None:
    before = (folder / "review.yaml").read_bytes()
    decide(folder, record, "ani", "include")
    amend(folder, WIDER)
    well("check", str(folder), "--amend", "--as", "citra", "--reason", "x")
    (folder / "review.yaml").write_bytes(before)
    assert "review.yaml is older than the version" in call("check", str(folder)).output


def test_a_judgment_of_an_odd_shape_stops_nothing(folder: Path, record: str) -> None:
    odd: list[tuple[str, dict[str, Any]]] = [
        ("decision", {"target": ["x"], "stage": 3, "decision": None}),
        ("assignment", {"stage": "coding"}),
        ("completion", {"target": {}, "stage": "coding"}),
        ("protocol-version", {"changes": "?", "from": 1}),
        ("codebook-version", {"map": [], "changes": [1], "to": []}),
        ("coding", {"report": 5, "anchor": []}),
        ("adjudication", {"target": None, "stage": "full-text"}),
    ]
    lines = [Judgment(uuid7(), "", "ani", "d1", kind, body) for kind, body in odd]
    (folder / "judgments" / "odd.jsonl").write_bytes(b"\n".join(map(msgspec.json.encode, lines)) + b"\n")
    assert len(ledger(folder).set_aside) >= 5
    decide(folder, record, "ani", "include")
    call("check", str(folder))
    Review.open(folder).run()
