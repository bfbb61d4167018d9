"""A person's list by the ranking: it learns from what the person may see, and tells whether screening may stop."""

from __future__ import annotations

from pathlib import Path

import pytest

from litreview.records.model import Entry
from litreview.review import Review
from tests.command_making import data, edit, make_small_review, refused, well
from tests.ranking_making import small_set


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A review whose only export holds a small labelled set."""
    made = make_small_review(tmp_path / "review")
    for old in sorted((made / "corpus").rglob("*.ris")):
        old.unlink()
    records = "".join(
        f"TY  - JOUR\nTI  - {one.title}\nAB  - {one.abstract}\nN1  - {one.id}\nER  - \n\n"
        for one in small_set().records
    )
    (made / "corpus" / "set.ris").write_text(records, encoding="utf-8")
    return made


def ranked(folder: Path, person: str, policy: str = "most-likely") -> list[str]:
    found = data("screen", str(folder), "--as", person, "--policy", policy)
    return [one["target"] for one in found["waiting"]]


def entries_of(folder: Path) -> list[Entry]:
    with Review.open(folder).reading() as state:
        return list(state.found.entries)


def by_title(folder: Path) -> dict[str, str]:
    waiting = data("screen", str(folder), "--as", "ani", "--stage", "title-abstract")["waiting"]
    return {one["name"]: one["target"] for one in waiting}


def decide(folder: Path, target: str, said: str, person: str = "ani") -> None:
    reason = ("--reason", "other subject") if said == "exclude" else ()
    well("screen", str(folder), "--target", target, "--decision", said, *reason, "--as", person)


def test_what_is_like_the_included_comes_first_and_what_is_decided_is_gone(folder: Path) -> None:
    ids = by_title(folder)
    decide(folder, ids["Peran pendamping sosial dalam PKH"], "include")
    decide(folder, ids["Concrete beams under load"], "exclude")
    order = ranked(folder, "ani")
    assert ids["Pendampingan keluarga penerima manfaat"] in order[:3]
    assert len(order) == 22
    assert sorted(ranked(folder, "ani", "random")) == sorted(order)


def test_stopping_is_told(folder: Path) -> None:
    ids = by_title(folder)
    decide(folder, ids["Peran pendamping sosial dalam PKH"], "include")
    decide(folder, ids["Concrete beams under load"], "exclude")
    told = well("screen", str(folder), "--as", "ani", "--policy", "most-likely")
    assert "2 of 24 records are decided, 1 of them included; the last 1 were not." in told
    assert "Go on: 95 % is not sure yet" in told
    found = data("screen", str(folder), "--as", "ani", "--policy", "most-likely")
    so_far = found["so_far"]
    assert (so_far["decided"], so_far["included"], so_far["stopping"]["may_stop"]) == (2, 1, False)


def test_blind_work_is_not_learned_from(folder: Path) -> None:
    before = ranked(folder, "budi")
    ids = by_title(folder)
    decide(folder, ids["Peran pendamping sosial dalam PKH"], "include", "ani")
    assert ranked(folder, "budi") == before
    assert ranked(folder, "ani") != before


def test_what_the_machine_may_leave_out_waits_for_nobody_until_somebody_looks(folder: Path) -> None:
    edit(folder / "review.yaml", ("to: 2023}", "to: 2023, automatic: true}"))
    (folder / "corpus" / "old.ris").write_text("TY  - JOUR\nTI  - Bantuan lama\nPY  - 2001\nER  - \n", encoding="utf-8")
    (old,) = {one.id for one in entries_of(folder) if one.record.year == 2001}
    assert old not in ranked(folder, "ani")
    decide(folder, old, "include", "ani")
    assert old in ranked(folder, "budi")


def test_the_ranking_is_of_records_alone(folder: Path) -> None:
    words = ("screen", str(folder), "--as", "ani", "--policy", "random", "--stage", "full-text")
    assert "--policy orders the records at title and abstract" in refused(*words)


def test_a_policy_that_is_not_known_is_refused(folder: Path) -> None:
    assert "There is no policy 'best'" in refused("screen", str(folder), "--as", "ani", "--policy", "best")
