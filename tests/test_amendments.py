"""A protocol changed after the first decision: what changed, and which decisions to look at again."""

from __future__ import annotations

from typing import Any

import pytest

from litreview.errors import message
from litreview.protocol import Protocol
from litreview.screening.amendments import changed_criteria, doubted_decisions, protocol_changes, tell_change
from litreview.screening.model import Verdict
from tests.teamwork_making import decided, protocol

YEARS = {"id": "years", "kind": "year", "from": 2018, "to": 2023}
ANSWERS = {"id": "answers", "kind": "person", "label": {"id": "Menjawab?", "en": "Answers?"}}
TOPIC = {"id": "topic", "kind": "concepts", "of": ["pkh"], "at_least": 1}


def with_criteria(*criteria: dict[str, Any], **more: Any) -> Protocol:
    return protocol(criteria=list(criteria), concepts={"pkh": ["PKH"]}, **more)


OLD = with_criteria(YEARS, ANSWERS, TOPIC)


@pytest.mark.parametrize(
    ("new", "changed"),
    [
        (with_criteria(YEARS, ANSWERS, TOPIC, title={"id": "other"}), {}),
        (with_criteria({**YEARS, "label": {"id": "Tahun"}}, ANSWERS, TOPIC), {}),
        (with_criteria({**YEARS, "from": 2015}, ANSWERS, TOPIC), {"years": "changed"}),
        (with_criteria(YEARS, {**ANSWERS, "label": {"id": "Menjawab semuanya?"}}, TOPIC), {"answers": "changed"}),
        (with_criteria(YEARS, TOPIC), {"answers": "removed"}),
        (with_criteria(YEARS, ANSWERS, TOPIC, {"id": "new", "kind": "person"}), {"new": "added"}),
        (protocol(criteria=[YEARS, ANSWERS, TOPIC], concepts={"pkh": ["PKH", "bansos"]}), {"topic": "changed"}),
    ],
)
def test_a_criterion_changes_with_its_keys_and_the_terms_it_names(new: Protocol, changed: dict[str, str]) -> None:
    assert changed_criteria(OLD, new) == changed


def test_changes_are_told_key_by_key() -> None:
    new = protocol(criteria=[{**YEARS, "to": 2024}, ANSWERS, TOPIC], concepts={"pkh": ["PKH", "bansos"]},
                   screening={"full-text": {"people": 2}})  # fmt: skip
    changes = protocol_changes(OLD, new)
    assert [str(tell_change(change)) for change in changes] == [
        "Criterion changed: years",
        "Criterion changed: topic",
        "Changed: concepts: pkh",
        "Changed: screening",
    ]
    assert protocol_changes(OLD, OLD) == ()
    assert str(tell_change({})) == "Changed: "


def doubts(today: Protocol, *decisions: Any, year: int = 2016) -> dict[str, str]:
    """Judgment → why, where the machine tells the year alone."""

    def verdicts(target: str, stage: str, by: Protocol) -> tuple[Verdict, ...]:
        if target == "gone":
            return ()
        states = {
            c.id: "met"
            if c.kind == "year" and (c.from_year or 0) <= year
            else "unmet"
            if c.kind == "year"
            else "unclear"
            for c in by.criteria
        }
        return tuple(Verdict(id_, state, message("x")) for id_, state in states.items())

    return {one.judgment.id: str(one.why) for one in doubted_decisions(decisions, {"old": OLD}, today, verdicts)}


WIDER = with_criteria({**YEARS, "from": 2015}, ANSWERS, TOPIC)


def test_an_exclusion_is_doubted_when_its_reason_changed() -> None:
    by_year = decided("1", "ani", "exclude", reason="years", protocol="old")
    by_topic = decided("2", "ani", "exclude", reason="topic", protocol="old")
    assert doubts(WIDER, by_year, by_topic) == {"1": "Criterion changed: years"}
    assert doubts(with_criteria(ANSWERS, TOPIC), by_year) == {"1": "Criterion removed: years"}


def test_an_exclusion_for_a_reason_in_words_is_doubted_when_a_verdict_turns() -> None:
    words = decided("1", "ani", "exclude", reason="too old", protocol="old")
    assert doubts(WIDER, words) == {"1": "Criterion years would now be met."}
    assert doubts(WIDER, words, year=2020) == {}


def test_an_inclusion_is_doubted_when_a_verdict_turns_or_a_person_must_judge_anew() -> None:
    kept = decided("1", "ani", "include", protocol="old")
    narrower = with_criteria({**YEARS, "from": 2021}, ANSWERS, TOPIC)
    assert doubts(narrower, kept, year=2019) == {"1": "Criterion years would now be unmet."}
    assert doubts(narrower, kept, year=2022) == {}
    asked = with_criteria(YEARS, {**ANSWERS, "label": {"id": "Lain?"}}, TOPIC)
    assert doubts(asked, kept) == {"1": "Criterion changed: answers"}
    assert doubts(with_criteria(YEARS, TOPIC), kept) == {}


def test_at_title_and_abstract_only_an_unmet_criterion_weighs() -> None:
    kept = decided("1", "ani", "include", stage="title-abstract", protocol="old")
    asked = with_criteria(YEARS, ANSWERS, TOPIC, {"id": "new", "kind": "person"})
    assert doubts(asked, kept) == {}
    assert doubts(WIDER, kept) == {"1": "Criterion years would now be met."}


def test_decisions_under_todays_or_an_unknown_version_are_not_doubted() -> None:
    said = [decided("1", "ani", "include", protocol="today"), decided("2", "ani", "include"),
            decided("3", "ani", "exclude", reason="years", protocol="lost")]  # fmt: skip
    assert doubts(WIDER, *said) == {}
    assert doubts(OLD, decided("4", "ani", "exclude", reason="years", protocol="old")) == {}


def test_a_target_that_is_gone_doubts_nothing() -> None:
    assert doubts(WIDER, decided("1", "ani", "include", target="gone", protocol="old")) == {}
