from __future__ import annotations

import random
import time
from itertools import combinations

import pytest

from litreview.errors import message
from litreview.language.catalogue import Catalogue
from litreview.ledger import Judgment
from litreview.screening.main_studies import agreements, choose, choose_main_studies, differ
from litreview.screening.model import Candidate, named

KEYS = ("method", "locus")


def study(name: str, method: str, locus: str, unclear: int = 0, doubtful: int = 0) -> Candidate:
    return Candidate(name, {"method": method, "locus": locus}, unclear, doubtful)


SHIPPED = [
    study("s1", "qualitative-descriptive", "tirtasari", 1),
    study("s2", "qualitative-descriptive", "rawajati", 2),
    study("s3", "case-study", "tirtasari", 1),
    study("s4", "case-study", "banyurejo", 1),
    study("s5", "phenomenology", "lembahsari", 1),
    study("s6", "survey", "sumberwangi (city)", 1),
    study("s7", "mixed-methods", "sumberwangi (city)", 1),
    study("s8", "mixed-methods", "karangmulya", 1),
]


def test_the_worked_case() -> None:
    choice = choose(SHIPPED, 5, KEYS, seed=1)
    assert choice.chosen == ("s1", "s4", "s5", "s6", "s8")
    assert choice.valid_sets == 3
    assert choice.as_good == 1
    assert set(choice.alternatives) == {("s2", "s3", "s5", "s6", "s8"), ("s2", "s4", "s5", "s6", "s8")}
    assert not choice.agreeing_pairs


def brute_force(candidates: list[Candidate], size: int) -> tuple[int, int, tuple[int, int]]:
    """How many valid sets, how many are best, and the least (agreeing pairs, or cost) of any."""
    costs = []
    fewest = (99, 0, 0)
    for chosen in combinations(candidates, size):
        pairs = sum(not differ(a, b, KEYS) for a, b in combinations(chosen, 2))
        cost = (sum(one.unclear for one in chosen), sum(one.doubtful_pages for one in chosen))
        fewest = min(fewest, (pairs, *cost))
        if not pairs:
            costs.append(cost)
    best = min(costs) if costs else fewest[1:]
    return len(costs), costs.count(best) if costs else fewest[0], best


@pytest.mark.parametrize("seed", range(200))
def test_against_brute_force(seed: int) -> None:
    rng = random.Random(seed)
    methods, loci = rng.randint(1, 6), rng.randint(1, 7)
    candidates = [
        study(f"s{n:02}", rng.choice(["", *map(str, range(methods))]), rng.choice(["", *map(str, range(loci))]),
              rng.randint(0, 2), rng.randint(0, 3))
        for n in range(rng.randint(4, 11))
    ]  # fmt: skip
    size = rng.randint(1, 4)
    choice = choose(candidates, size, KEYS, seed)
    chosen = [one for one in candidates if one.study in choice.chosen]
    cost = (sum(one.unclear for one in chosen), sum(one.doubtful_pages for one in chosen))
    pairs = sum(not differ(a, b, KEYS) for a, b in combinations(chosen, 2))
    if len(candidates) <= size:
        assert len(chosen) == len(candidates)
        return
    valid, best, least = brute_force(candidates, size)
    assert (choice.valid_sets, cost) == (valid, least)
    assert (choice.as_good, pairs) == ((best, 0) if valid else (0, best))
    assert {pair[:2] for pair in choice.agreeing_pairs} == {
        (a.study, b.study) for a, b in combinations(chosen, 2) if not differ(a, b, KEYS)
    }
    assert len(set(choice.alternatives)) == len(choice.alternatives)
    assert choice.chosen not in choice.alternatives


def test_fewer_than_wanted_are_all_taken_and_told() -> None:
    choice = choose(SHIPPED[:3], 5, KEYS, seed=1)
    assert (choice.chosen, choice.missing) == (("s1", "s2", "s3"), 2)
    assert choice.agreeing_pairs == (("s1", "s2", "method"), ("s1", "s3", "locus"))
    assert "2 are missing" in str(choice.notes[0])


def test_nothing_eligible() -> None:
    choice = choose([], 5, KEYS, seed=1)
    assert (choice.chosen, choice.missing, choice.valid_sets) == ((), 5, 0)


def test_no_set_that_differs() -> None:
    candidates = [study(name, "survey", place) for name, place in zip("abcd", "wxyz", strict=True)]
    choice = choose([*candidates, study("e", "case-study", "v")], 3, KEYS, seed=1)
    assert "e" in choice.chosen
    assert len(choice.agreeing_pairs) == 1
    assert choice.agreeing_pairs[0][2] == "method"
    assert len(choice.alternatives) == 5


def test_what_is_unknown_differs_from_nothing() -> None:
    assert not differ(study("a", "", "x"), study("b", "", "y"), KEYS)
    assert list(agreements(study("a", "", "x"), study("b", "m", "x"), KEYS)) == ["method", "locus"]


def test_ties_are_drawn_by_the_seed_and_not_by_order() -> None:
    candidates = [study(f"s{n}", f"m{n}", f"l{n}") for n in range(8)]
    drawn = {choose(candidates, 3, KEYS, seed).chosen for seed in range(40)}
    assert len(drawn) > 15
    assert choose(candidates, 3, KEYS, 7) == choose(candidates[::-1], 3, KEYS, 7)


def test_without_keys_any_set_will_do() -> None:
    choice = choose(SHIPPED, 5, (), seed=1)
    assert choice.valid_sets == 56
    assert "s2" not in choice.chosen
    assert len(choice.alternatives) == 20


def test_a_size_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="0 main studies"):
        choose(SHIPPED, 0, KEYS, 1)


@pytest.mark.parametrize(("methods", "loci"), [(8, 30), (60, 60), (4, 15), (4, 60), (1, 60), (2, 3), (3, 5)])
def test_sixty_eligible_studies_are_no_burden(methods: int, loci: int) -> None:
    rng = random.Random(methods * 100 + loci)
    candidates = [
        study(f"s{n:02}", f"m{rng.randrange(methods)}", f"l{rng.randrange(loci)}", rng.randint(0, 2), rng.randint(0, 9))
        for n in range(60)
    ]
    begun = time.process_time()
    choice = choose(candidates, 5, KEYS, seed=3)
    assert len(choice.chosen) == 5
    assert time.process_time() - begun < 20  # it takes far under two; a slow machine is no failure


def confirm(person: str, *studies: str) -> Judgment:
    return Judgment(person, "", person, "d", "main-studies", {"studies": list(studies), "reason": "nearer to us"})


def test_a_person_confirms_the_set_or_another() -> None:
    choice = choose_main_studies(SHIPPED, 5, KEYS, 1, [confirm("a", "s1", "s4", "s5", "s6", "s8")])
    assert (choice.confirmed_by, choice.confirmations[0].reason, choice.chosen[0]) == ("a", "nearer to us", "s1")
    other = choose_main_studies(SHIPPED, 5, KEYS, 1, [confirm("a", "s1", "s3", "s5", "s6", "s8")])
    assert other.chosen == ("s1", "s3", "s5", "s6", "s8")
    assert other.agreeing_pairs == (("s1", "s3", "locus"),)
    assert other.alternatives[0] == ("s1", "s4", "s5", "s6", "s8")


def test_people_who_differ_confirm_nothing() -> None:
    two = [confirm("a", "s1", "s4", "s5", "s6", "s8"), confirm("b", "s2", "s4", "s5", "s6", "s8")]
    choice = choose_main_studies(SHIPPED, 5, KEYS, 1, two)
    assert (choice.confirmed_by, choice.chosen[0]) == ("", "s1")
    assert "different sets" in str(choice.notes[-1])


def test_a_confirmed_study_that_is_gone_is_told() -> None:
    choice = choose_main_studies(SHIPPED, 5, KEYS, 1, [confirm("a", "s1", "gone")])
    assert choice.confirmed_by == ""
    assert "no longer eligible" in str(choice.notes[-1])


def test_confirming_a_set_changes_no_number() -> None:
    before = choose(SHIPPED, 5, KEYS, 1)
    assert len(before.sets) == 3
    for studies in before.sets:
        one = choose_main_studies(SHIPPED, 5, KEYS, 1, [confirm("a", *studies)])
        assert (one.chosen, one.sets) == (studies, before.sets)
    two = choose_main_studies(SHIPPED, 5, KEYS, 1, [confirm("a", *before.sets[0]), confirm("b", *before.sets[2])])
    assert (two.sets, two.differing) == (before.sets, True)


def test_a_set_of_ones_own_is_shown_with_the_others_while_people_differ() -> None:
    own = ("s1", "s3", "s5", "s6", "s8")
    choice = choose_main_studies(SHIPPED, 5, KEYS, 1, [confirm("a", *own), confirm("b", "s1", "s4", "s5", "s6", "s8")])
    assert own in choice.sets


def test_every_persons_reason_is_kept() -> None:
    studies = ("s1", "s4", "s5", "s6", "s8")
    choice = choose_main_studies(SHIPPED, 5, KEYS, 1, [confirm("b", *studies), confirm("a", *studies[::-1])])
    assert choice.confirmed_by == "a; b"
    assert [one.person for one in choice.confirmations] == ["a", "b"]


def test_notes_name_studies_and_people_and_say_keys_in_words() -> None:
    note = choose(SHIPPED[:3], 5, KEYS, seed=1).notes[-1]
    assert Catalogue("id").text(named(note, {"s1": "Ana (2020)", "s3": "Budi (2021)"})) == (
        "Ana (2020) dan Budi (2021) sama dalam lokus, atau tidak diketahui berbeda."
    )
    assert str(named(message("{people}: {count}.", people="a; b", count=2), {"a": "Ana"})) == "Ana; b: 2."
