"""What is shown next: learned from decisions, the same for the same decisions, and never at a loss."""

from __future__ import annotations

import pytest

from litreview.errors import UsageError
from litreview.records.model import Record
from litreview.screening.features import Rankable, as_rankable
from litreview.screening.ranking import Ranker
from tests.ranking_making import small_set

FEW = {"a0": True, "b00": False}


def ten(title: str = "Cash transfers", abstract: str = "") -> list[Rankable]:
    return [Rankable(f"r{number}", title, abstract) for number in range(10)]


def test_likely_records_come_before_the_others() -> None:
    ranked = Ranker(small_set().records).rank(FEW)
    assert len(ranked) == 22
    assert {"a1", "a2"} <= set(ranked[:4])


def test_indonesian_is_learned_by_stems() -> None:
    records = [
        Rankable("known", "Pendampingan keluarga", "Kegiatan pendampingan ini dilakukan oleh para petugas."),
        Rankable("other", "Budidaya lele", "Kolam ini diisi dengan air yang bersih."),
        Rankable("x-fish", "Pakan lele", "Pakan ini diberikan dengan takaran yang tepat."),
        Rankable("y-near", "Mendampingi warga", "Warga ini didampingi dengan baik oleh yang lain."),
    ]
    assert Ranker(records).rank({"known": True, "other": False}) == ["y-near", "x-fish"]


def test_each_decision_may_change_the_order() -> None:
    ranker = Ranker(small_set().records)
    before = ranker.rank({"a0": True, "b03": False})
    after = ranker.rank({"a0": True, "b03": False, "b00": True})  # steel in sea water, and the enzymes are there too
    assert after.index("b13") < 3 < before.index("b13")


def test_the_order_hangs_on_decisions_and_seed_not_on_the_path() -> None:
    records = small_set().records
    one = Ranker(records, seed=3)
    one.rank({"b05": True, "a3": False})
    other = Ranker(tuple(reversed(records)), seed=3)
    assert one.rank(FEW) == other.rank(dict(reversed(FEW.items())))


def test_equal_records_go_by_id() -> None:
    records = [*reversed(ten()), Rankable("known", "Cash transfers to mothers"), Rankable("out", "Steel")]
    assert Ranker(records).rank({"known": True, "out": False}) == [f"r{number}" for number in range(10)]


@pytest.mark.parametrize("decided", [{"r3": True}, {"r3": True, "r4": True}])
def test_one_class_is_enough_once_something_is_included(decided: dict[str, bool]) -> None:
    records = [*ten("Steel in water")[:8], Rankable("r8", "Cash transfers at school"), Rankable("r9", "Cash")]
    records[3:5] = [Rankable("r3", "Cash transfers"), Rankable("r4", "Transfers of cash")]
    ranked = Ranker(records).rank(decided)
    assert set(ranked[: 4 - len(decided)]) == {"r4", "r8", "r9"} - set(decided)
    assert len(ranked) == 10 - len(decided)


@pytest.mark.parametrize("decided", [{}, {"b00": False}])
def test_before_anything_is_included_the_order_is_the_seeds_random_one(decided: dict[str, bool]) -> None:
    records = small_set().records
    orders = [tuple(Ranker(records, seed).rank(decided)) for seed in range(5)]
    assert len(set(orders)) == 5
    assert orders[0] == tuple(Ranker(records, 0).rank(decided, "random"))
    assert not set(decided) & set(orders[0])


def test_policies_show_the_likely_the_uncertain_and_a_sample_that_stays() -> None:
    ranker = Ranker(small_set().records, seed=5)
    scores = ranker.scores(FEW)
    likely, uncertain = ranker.rank(FEW), ranker.rank(FEW, "most-uncertain")
    assert [scores[id_] for id_ in likely] == sorted(scores.values(), reverse=True)
    assert [abs(scores[id_]) for id_ in uncertain] == sorted(map(abs, scores.values()))
    sample = ranker.rank(FEW, "random")
    more = {**FEW, sample[0]: False, "a5": True}
    assert ranker.rank(more, "random") == [id_ for id_ in sample if id_ not in more]


def test_records_without_abstract_or_any_word_are_ranked_too() -> None:
    records = [
        *small_set().records,
        Rankable("empty"),
        Rankable("title", "Cash transfers to households"),
        Rankable("signs", "!!! ???", " \n\t"),
    ]
    ranked = Ranker(records).rank(FEW)
    assert len(ranked) == 25
    assert ranked.index("title") < ranked.index("empty")
    nothing = [Rankable(id_) for id_ in "abc"]
    assert Ranker(nothing).rank({"b": True}) == ["a", "c"]


def test_a_record_is_read_by_title_abstract_and_keywords() -> None:
    record = Record(id="r", place="f:1", file="f", title="T", abstract="A", keywords=("k", "l"), venue="V", year=2020)
    assert as_rankable(record) == Rankable("r", "T", "A", "k; l")
    records = [Rankable("far", "Steel"), Rankable("near", "Untitled", "", "cash; transfers"), Rankable("known", "Cash")]
    assert Ranker(records).rank({"known": True}) == ["near", "far"]


def test_no_records_and_all_decided() -> None:
    assert Ranker([]).rank({}) == []
    assert Ranker(ten()).rank({f"r{number}": number == 1 for number in range(10)}) == []


def test_hostile_text_neither_breaks_nor_stalls_the_ranking() -> None:
    hostile = (
        "\x00\ud800\udfff",
        "a" * 3_000_000,
        "ha-" * 300_000,
        "\u0301" * 5000,
        "<script>{x}</script> %s",
        "字" * 9000,
    )
    records = [*small_set().records, *(Rankable(f"h{n}", text, text) for n, text in enumerate(hostile))]
    assert len(Ranker(records).rank(FEW)) == 28


def test_what_is_not_known_is_told() -> None:
    ranker = Ranker(ten())
    with pytest.raises(UsageError, match="no record 'x'"):
        ranker.rank({"x": True})
    with pytest.raises(UsageError, match="most-likely, most-uncertain, random"):
        ranker.rank({"r1": True}, "best")
    with pytest.raises(UsageError, match="one id"):
        Ranker([*ten(), *ten()])
