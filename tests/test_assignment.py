"""Targets distributed over people: seeded, balanced, the same in any order; samples for double coding."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview.protocol import CodingRule, DoubleCoding
from litreview.teamwork.assignment import distribute, draw_sample, plan_coding, plan_screening
from litreview.teamwork.model import Task, place_of, section_target

PEOPLE = ("ani", "budi", "citra", "dewi")


def targets(count: int) -> list[str]:
    return [f"r{number}" for number in range(count)]


def load(tasks: list[Task]) -> Counter[str]:
    return Counter(person for task in tasks for person in task.people)


def test_two_people_each_with_even_loads_and_even_pairs() -> None:
    found = distribute(targets(60), PEOPLE, 2)
    loads = Counter(person for chosen in found.values() for person in chosen)
    pairs = Counter(found.values())
    assert set(loads.values()) == {30}
    assert set(pairs) == set(combinations(PEOPLE, 2))
    assert max(pairs.values()) - min(pairs.values()) <= 2


@given(st.integers(0, 40), st.integers(1, 5), st.integers(0, 99))
def test_loads_differ_by_at_most_one_and_order_decides_nothing(count: int, each: int, seed: int) -> None:
    found = distribute(targets(count), PEOPLE, each, seed)
    assert found == distribute(reversed(targets(count)), PEOPLE[::-1], each, seed)
    loads = Counter(person for chosen in found.values() for person in chosen)
    assert all(len(set(chosen)) == min(each, 4) for chosen in found.values())
    assert max(loads.values(), default=0) - min((loads[p] for p in PEOPLE), default=0) <= 1


def test_another_seed_draws_otherwise() -> None:
    assert distribute(targets(20), PEOPLE, 1, 1) != distribute(targets(20), PEOPLE, 1, 2)


def test_nobody_and_nothing() -> None:
    assert distribute([], PEOPLE, 2) == {}
    assert distribute(["r1"], [], 2) == {"r1": ()}
    assert distribute(["r1"], ["ani"], 2) == {"r1": ("ani",)}


def test_who_has_more_already_gets_less() -> None:
    earlier = [Task("title-abstract", f"x{n}", ("ani",)) for n in range(5)]
    found = plan_screening("title-abstract", ["x1", *targets(5)], ("ani", "budi"), 1, earlier)
    assert load(found) == {"budi": 5}
    assert "x1" not in {task.target for task in found}


@pytest.mark.parametrize(
    ("count", "share", "drawn"), [(10, 0.2, 2), (11, 0.2, 3), (1, 0.01, 1), (0, 0.5, 0), (4, 1, 4)]
)
def test_a_sample_is_the_share_rounded_up(count: int, share: float, drawn: int) -> None:
    assert len(draw_sample(targets(count), share)) == drawn


def test_a_sample_grows_with_what_comes_later_and_keeps_what_was_drawn() -> None:
    rule = CodingRule(people=2, double_coding=DoubleCoding(0.2))
    first = plan_coding(dict.fromkeys(targets(10), ()), PEOPLE, rule)
    later = plan_coding(dict.fromkeys(targets(20), ()), PEOPLE, rule, earlier=first)
    assert sum(task.double for task in first) == 2
    assert sum(task.double for task in later) == 2
    assert {task.target for task in first}.isdisjoint(task.target for task in later)


def test_a_sample_of_documents_goes_to_two_and_the_rest_to_one() -> None:
    rule = CodingRule(people=2, double_coding=DoubleCoding(0.25, "document", 7))
    tasks = plan_coding(dict.fromkeys(targets(12), ()), PEOPLE[:2], rule, "main")
    assert {(len(task.people), task.double, task.round) for task in tasks} == {(2, True, "main"), (1, False, "main")}
    assert sum(task.double for task in tasks) == 3
    assert max(load(tasks).values()) - min(load(tasks).values()) <= 1


def test_a_sample_of_sections_goes_to_the_reports_coder_and_another() -> None:
    rule = CodingRule(people=2, double_coding=DoubleCoding(0.5, "section"))
    sections = {one: [(0, 100), (100, 250)] for one in targets(6)}
    tasks = plan_coding(sections, PEOPLE, rule)
    whole = {task.target: task.people for task in tasks if not task.double}
    drawn = [task for task in tasks if task.double]
    assert set(whole) == set(targets(6))
    assert len(drawn) == 6
    for task in drawn:
        assert len(task.people) == 2
        assert set(whole[place_of(task.target).report]) < set(task.people)


def test_without_a_sample_everyone_asked_for_codes_everything() -> None:
    tasks = plan_coding(dict.fromkeys(targets(4), ()), PEOPLE[:3], CodingRule(people=3))
    assert all(task.people == PEOPLE[:3] and task.double for task in tasks)


def test_a_round_is_planned_apart() -> None:
    pilot = [Task("coding", "r0", PEOPLE, "pilot", True)]
    assert plan_coding({"r0": ()}, PEOPLE, CodingRule(), "main", pilot)[0].target == "r0"
    assert plan_coding({"r0": ()}, PEOPLE, CodingRule(), "pilot", pilot) == []


def test_a_section_names_its_report_and_stretch() -> None:
    place = place_of(section_target("r-1@x", 10, 20))
    assert place == ("r-1@x", 10, 20)
    assert (place.covers(19, 30), place.covers(20, 30)) == (True, False)
    assert place_of("r-1").covers(5, 6)
