"""Undo and redo: any number of steps, of one's own judgments, as retractions that are appended."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview.ledger import Judgment, make_judgment, redo, standing, undo
from tests.ledger_making import BODIES, coding, ledger_of, retraction

ME = ("ani", "laptop")


def after(judgments: list[Judgment], *more: Judgment) -> tuple[Judgment, ...]:
    return standing([*judgments, *more])


def test_steps_are_taken_back_from_the_last_one_on_and_come_again() -> None:
    acts = [coding() for _ in range(3)]
    back = undo(ledger_of(*acts), *ME, steps=2)
    assert [j.body["judgment"] for j in back] == [acts[2].id, acts[1].id]
    assert after(acts, *back) == (acts[0],)
    again = undo(ledger_of(*acts, *back), *ME)
    assert after(acts, *back, *again) == ()
    forth = redo(ledger_of(*acts, *back, *again), *ME, steps=2)
    assert after(acts, *back, *again, *forth) == (acts[0], acts[1])


def test_nothing_to_undo_or_redo() -> None:
    acts = [coding()]
    assert undo(ledger_of(), *ME) == redo(ledger_of(), *ME) == redo(ledger_of(*acts), *ME) == ()
    assert undo(ledger_of(*acts), *ME, steps=0) == ()
    assert len(undo(ledger_of(*acts), *ME, steps=9)) == 1


def test_after_a_new_act_there_is_nothing_to_redo() -> None:
    acts = [coding()]
    back = undo(ledger_of(*acts), *ME)
    new = coding()
    assert redo(ledger_of(*acts, *back, new), *ME) == ()
    assert [j.body["judgment"] for j in undo(ledger_of(*acts, *back, new), *ME, steps=5)] == [new.id]


def test_only_ones_own_acts_on_ones_own_device_are_undone() -> None:
    acts = [coding("budi"), coding(device="hp")]
    assert undo(ledger_of(*acts), *ME) == ()
    mine = coding()
    (back,) = undo(ledger_of(*acts, mine), *ME, steps=3)
    assert back.body["judgment"] == mine.id
    assert after([*acts, mine], msgspec.structs.replace(back, person="budi")) == (*acts, mine)


def test_a_deletion_and_a_correction_are_acts_too() -> None:
    first = coding()
    deleted = retraction(first)
    back = undo(ledger_of(first, deleted), *ME)
    assert after([first, deleted], *back) == (first,)
    better = coding(replaces=first.id)
    back = undo(ledger_of(first, better), *ME)
    assert after([first, better], *back) == (first,)


@given(moves=st.lists(st.sampled_from(["code", "correct", "delete", "undo", "redo", "other"]), max_size=14),
       steps=st.integers(1, 5))  # fmt: skip
def test_undo_then_redo_is_the_identity(moves: list[str], steps: int) -> None:
    every: list[Judgment] = []
    for move in moves:
        every += _move(move, every)
    before = standing(every)
    back = undo(ledger_of(*every), *ME, steps=steps)
    forth = redo(ledger_of(*every, *back), *ME, steps=len(back))
    assert len(forth) == len(back)
    assert after(every, *back, *forth) == before
    singly: list[Judgment] = []
    for _ in range(steps):
        singly += undo(ledger_of(*every, *singly), *ME)
    assert after(every, *singly) == after(every, *back)


def _move(move: str, every: list[Judgment]) -> list[Judgment]:
    mine = [j for j in standing(every) if j.person == "ani"]
    if move == "undo":
        return list(undo(ledger_of(*every), *ME))
    if move == "redo":
        return list(redo(ledger_of(*every), *ME))
    if move == "other":
        return [coding("budi", replaces=mine[-1].id if mine else "")]
    if move == "delete" and mine:
        return [retraction(mine[-1])]
    return [coding(replaces=mine[-1].id if move == "correct" and mine else "")]


@pytest.mark.parametrize("step", ["undo", "redo"])
def test_the_step_stands_in_the_line(step: str) -> None:
    body = {**BODIES["retraction"], "step": step}
    assert make_judgment(*ME, "retraction", body).body["step"] == step
