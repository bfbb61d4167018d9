"""What stands is found from the links between judgments alone; undo and redo are retractions."""

from __future__ import annotations

import uuid

import msgspec

from litreview.ledger import Conflict, Fate, conflicts, fates, make_judgment, standing
from tests.ledger_making import coding, retraction


def test_only_the_own_person_takes_back() -> None:
    mine = coding("ani")
    assert standing([mine, retraction(mine, "budi")]) == (mine,)
    assert standing([mine, retraction(mine)]) == ()


def test_a_retraction_can_be_taken_back_whatever_the_clocks_said() -> None:
    mine = coding()
    back = retraction(mine)
    again = retraction(back)
    late_again = msgspec.structs.replace(again, id=str(uuid.UUID(int=0)))
    assert standing([mine, back, again]) == (mine,)
    assert standing([late_again, mine, back]) == (mine,)
    assert standing([mine, back, again, retraction(again)]) == ()
    assert standing([mine, back, retraction(mine), again]) == ()


def test_retractions_in_a_circle_take_nothing_back() -> None:
    mine = coding()
    one = msgspec.structs.replace(retraction(mine), body={"judgment": "two"}, id="one")
    two = msgspec.structs.replace(one, body={"judgment": "one"}, id="two")
    assert standing([mine, one, two]) == (mine,)


def test_a_long_chain_of_retractions_is_followed() -> None:
    chain = [coding()]
    for _ in range(3000):
        chain.append(retraction(chain[-1]))
    assert standing(chain) == (chain[0],)


def test_a_judgment_replaces_the_one_that_it_names() -> None:
    first = coding()
    second = coding(replaces=first.id)
    third = coding(replaces=second.id)
    assert standing([first, second]) == (second,)
    assert standing([third, second, first]) == (third,)
    assert standing([first, second, retraction(second)]) == (first,)
    assert standing([first, second, third, retraction(second)]) == (third,)
    assert standing([first, second, third, retraction(third)]) == (second,)
    assert standing([coding(replaces="unknown")])


def test_two_that_replace_the_same_one_are_a_conflict_until_an_adjudication_names_both() -> None:
    first = coding()
    one, two = coding(replaces=first.id, device="hp"), coding("budi", replaces=first.id)
    later = coding(replaces=one.id)
    assert conflicts([first, one]) == conflicts([]) == ()
    assert conflicts([first, one, two]) == (Conflict(first.id, (one, two)),)
    assert conflicts([first, one, two, later]) == (Conflict(first.id, (two, later)),)
    assert conflicts([one, two]) == (Conflict(first.id, (one, two)),)  # what they replace is not at hand
    assert conflicts([first, one, two, retraction(two)]) == ()
    settled = make_judgment("lead", "pc", "adjudication", {"target": [one.id, two.id], "code": "hope"})
    half = make_judgment("lead", "pc", "adjudication", {"target": one.id, "code": "hope"})
    assert conflicts([first, one, two, settled]) == (Conflict(first.id, (one, two), settled),)
    assert conflicts([first, one, two, half])[0].settled_by is None


def test_judgments_that_replace_each_other_in_a_circle_end() -> None:
    one, two = coding(), coding()
    circle = [msgspec.structs.replace(one, replaces=two.id), msgspec.structs.replace(two, replaces=one.id)]
    assert standing(circle) == ()
    assert conflicts(circle) == ()
    itself = msgspec.structs.replace(one, replaces=one.id)
    assert standing([itself]) == (itself,)


def test_a_fate_names_who_replaced_and_who_took_back() -> None:
    first = coding()
    second = coding(replaces=first.id)
    third = coding(replaces=second.id)
    back = retraction(second)
    found = fates([first, second, third, back])
    assert found == {second.id: Fate((third.id,), (back.id,)), first.id: Fate((third.id,))}
    assert fates([first, second, third])[first.id] == Fate((second.id,))


def test_a_long_chain_of_versions_is_quick() -> None:
    chain = [coding()]
    for _ in range(5000):
        chain.append(msgspec.structs.replace(chain[-1], id=str(len(chain)), replaces=chain[-1].id))
    assert standing(chain) == (chain[-1],)
    assert sum(len(fate.replaced_by) for fate in fates(chain).values()) == 5000
