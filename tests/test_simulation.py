"""Screening replayed: figures by hand, known records left out, a learned order, and files that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from litreview.errors import LitreviewError, UsageError
from litreview.screening.features import Rankable
from litreview.screening.labelled import LabelledSet, parse_labelled, read_labelled
from litreview.screening.simulation import measure, simulate
from tests.command_making import call
from tests.ranking_making import small_set

TABLE = "record_id,title,abstract,doi,year,label_included\n1,Cash,,,2020,1\n2,Steel,Plates,,2021,0\n3,Cash too,,,,1\n"


def of_twenty(places: tuple[int, ...]) -> tuple[LabelledSet, list[str]]:
    order = [f"r{place}" for place in range(1, 21)]
    return LabelledSet(tuple(map(Rankable, order)), frozenset(f"r{place}" for place in places)), order


def test_figures_by_hand() -> None:
    """Of 20 records the included stand at 1, 3, 4 and 10: after 2 (10 %) one of four, after 4 three, all after 10."""
    recall_at_10, recall_at_20, wss_95, atd = measure(*of_twenty((1, 3, 4, 10)))
    assert (recall_at_10, recall_at_20) == (0.25, 0.75)
    assert wss_95 == pytest.approx(0.95 - 10 / 20)
    assert atd == (1 + 3 + 4 + 10) / 4


def test_95_percent_are_reached_not_nearly_reached() -> None:
    """Of 20 included, 19 are 95 %; of 21, twenty are needed (19.95)."""
    order = [f"r{place}" for place in range(1, 101)]
    records = tuple(map(Rankable, order))
    for count, needed in ((20, 19), (21, 20)):
        labelled = LabelledSet(records, frozenset(order[:count]))
        assert measure(labelled, order)[2] == pytest.approx(0.95 - needed / 100)


def test_known_records_are_left_out_and_every_other_stands_once() -> None:
    labelled = small_set()
    found = simulate(labelled, ["a0"], ["b00"], 1)
    assert sorted(found.order) == sorted({record.id for record in labelled.records} - {"a0", "b00"})
    assert found.ms_per_query > 0


def test_a_learned_order_beats_a_random_one() -> None:
    known = (["a0", "a5"], ["b00"])  # one in each language: no word of one is in the other
    learned = simulate(small_set(), *known, 1)
    drawn = [simulate(small_set(), *known, seed, "random").atd for seed in range(10)]
    assert learned.atd < min(drawn)


def test_the_same_seed_gives_the_same_order() -> None:
    orders = {simulate(small_set(), [], [], seed).order for seed in (1, 1, 2)}  # nothing known: the first are drawn
    assert len(orders) == 2


def test_known_records_must_be_there_as_they_are_labelled_and_leave_something_to_find() -> None:
    labelled = small_set()
    for included, excluded, said in (
        (["x"], [], "no record 'x'"),
        (["b00"], [], "labelled as excluded"),
        ([], ["a0"], "labelled as included"),
        ([f"a{number}" for number in range(8)], [], "nothing left"),
    ):
        with pytest.raises(UsageError, match=said):
            simulate(labelled, included, excluded)


def test_a_table_is_read_as_its_columns_say() -> None:
    labelled = parse_labelled("\n" + TABLE, "set.csv")
    assert labelled.records[1] == Rankable("2", "Steel", "Plates")
    assert labelled.included == {"1", "3"}
    numbered = parse_labelled("Title,Keywords,Included\nA,cash; school,yes\n\nB,,no\n", "set.csv")
    assert numbered.records == (Rankable("1", "A", "", "cash; school"), Rankable("2", "B"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no column title"),
        ("record_id,title\n1,Cash\n", "no column label_included"),
        (TABLE.replace(",2020,1", ",2020,"), "set.csv:2: This record's label is ''"),
        (TABLE.replace(",2020,1", ",2020,maybe"), "'maybe'"),
        (TABLE + "9,Short\n", "set.csv:5"),
        (TABLE.replace("\n3,", "\n2,"), "The id '2' stands twice"),
        (TABLE.replace(",1\n", ",0\n"), "were included and records that were not"),
        (TABLE.splitlines()[0], "were included and records that were not"),
        ("%PDF-1.7\x00\x01", "no column title"),
    ],
)
def test_a_table_that_cannot_be_replayed_says_why(text: str, said: str) -> None:
    with pytest.raises(UsageError) as told:
        parse_labelled(text, "set.csv")
    assert said in str(told.value)


def test_a_field_without_an_end_is_told_and_no_crash() -> None:
    with pytest.raises(UsageError, match="cannot be read further"):
        parse_labelled(TABLE + '4,"' + "x" * 10_000_001, "set.csv")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LitreviewError, match="cannot be opened"):
        read_labelled(tmp_path / "none.csv")


def replay(*words: str) -> Result:
    return call("screen", *words)


def written(folder: Path) -> str:
    small = small_set()
    lines = [f"{r.id},{r.title},{r.abstract},{int(r.id in small.included)}" for r in small.records]
    path = folder / "set.csv"
    path.write_text("\n".join(["record_id,title,abstract,label_included", *lines]), encoding="utf-8-sig")
    return str(path)


def test_the_command_replays_outside_any_review(tmp_path: Path) -> None:
    words = ("--simulate", written(tmp_path), "--prior-included", "a0", "--prior-included", "a1",
             "--prior-excluded", "b00", "--seed", "4")  # fmt: skip
    result = replay(*words, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert set(found) == {"order", "recall_at_10", "recall_at_20", "wss_95", "atd", "ms_per_query"}
    assert len(found["order"]) == 21
    assert json.loads(replay(*words, "--json").stdout)["order"] == found["order"]
    assert "Entri yang ditampilkan: 21" in replay(*words, "--language", "id").stdout


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    file = written(tmp_path)
    for words, said in (
        (("--simulate", file, "--prior-included", "zz"), "no record 'zz'"),
        (("--simulate", file, "--policy", "best"), "most-likely"),
        (("--prior-included", "a0"), "--prior-included goes with --simulate"),
        (("--seed", "1"), "--seed goes with --simulate"),
    ):
        result = replay(*words, "--language", "en")
        assert result.exit_code == 2
        assert said in result.output
    assert replay("--simulate", str(tmp_path / "none.csv"), "--language", "en").exit_code == 1
