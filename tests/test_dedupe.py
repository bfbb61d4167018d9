from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from litreview.ledger import Judgment
from litreview.records.combine import combined, entries
from litreview.records.dedupe import find_duplicates
from litreview.records.likeness import Finding, compare
from litreview.records.model import DuplicateGroup, Duplicates, Record
from litreview.records.read import read_export

TITLE = "Pendampingan PKH menuju graduasi mandiri di Kabupaten Tirtasari"
TRAPS = Path(__file__).parent / "data" / "dedupe_traps.csv"
FOLDER = Path(os.environ.get("LITREVIEW_TEST_DATA", "/nowhere")) / "dedup"


def record(number: int, title: str = TITLE, author: str = "Sari, Dewi", year: int | None = 2020, **more: str) -> Record:
    authors = (author,) if author else ()
    return Record(f"r{number}", f"a.ris:{number}", "a.ris", title=title, authors=authors, year=year, **more)  # type: ignore[arg-type]


def groups_of(*records: Record, judgments: tuple[Judgment, ...] = ()) -> list[tuple[str, ...]]:
    return [group.members for group in find_duplicates(records, judgments).groups]


def pairs(found: Duplicates) -> list[tuple[str, str]]:
    return [(pair.one, pair.other) for pair in found.unsure]


def judgment(kind: str, *ids: str, person: str = "a") -> Judgment:
    return Judgment("j", "", person, "d", kind, {"records": list(ids)})


@pytest.mark.parametrize(
    "other",
    [
        record(2),
        record(2, TITLE.upper() + "."),
        record(2, author="D. Sari", year=2021),
        record(2, year=None),
        record(2, author=""),
        record(2, "Pendampingan PKH menuju graduasi …"),
        record(2, TITLE.replace("graduasi", "gradusai")),
        record(2, "Pendampingan P.K.H. menuju graduasi mandiri di Kab. Tirtasari", volume="3", pages="11-20"),
    ],
    ids=["same", "signs", "initials", "no-year", "no-author", "cut", "misprint", "same-printing"],
)
def test_one_publication(other: Record) -> None:
    assert groups_of(record(1, venue="Jurnal A", volume="3", pages="11-20"), other) == [("r1", "r2")]


@pytest.mark.parametrize(
    "other",
    [
        record(2, TITLE.replace("Tirtasari", "Rawajati")),
        record(2, TITLE + " tahun 2019"),
        record(2, TITLE.replace("Tirtasari", "Tirtasani") + " bagian II"),
        record(2, author="Putra, Budi"),
        record(2, year=2015),
        record(2, kind="THES"),
        record(2, "Tanggapan: " + TITLE),
        record(2, "Pendampingan PKH menuju graduasi …", author="Putra, Budi"),
        record(2, TITLE, doi="10.5555/b"),
    ],
    ids=["place", "year-in-title", "part", "author", "far-year", "thesis", "reply", "cut-other-author", "doi"],
)
def test_not_one_publication(other: Record) -> None:
    assert groups_of(record(1, doi="10.5555/a", kind="JOUR", volume="3"), other) == []


def test_same_doi_counts_unless_titles_are_clearly_others() -> None:
    same = record(1, doi="10.5555/a")
    assert groups_of(same, record(2, "Judul yang cuma mirip sedikit", doi="10.5555/a")) == [("r1", "r2")]
    assert groups_of(same, record(2, "Something else", "Putra, B", doi="10.5555/a")) == []


@pytest.mark.parametrize("title", ["", "Editorial", "Pendahuluan", "PKH"])
def test_empty_and_generic_titles_are_not_enough(title: str) -> None:
    assert groups_of(record(1, title), record(2, title)) == []


def test_a_generic_title_with_all_else_equal() -> None:
    one, two = (record(n, "Editorial", volume="3", pages="1-2", venue="Jurnal A") for n in (1, 2))
    assert groups_of(one, two) == [("r1", "r2")]


def test_a_cut_title_that_fits_two_publications_is_unsure() -> None:
    other = record(2, TITLE.replace("Tirtasari", "Rawajati"))
    cut = record(3, "Pendampingan PKH menuju graduasi mandiri …")
    found = find_duplicates([record(1), other, cut])
    assert found.groups == ()
    assert pairs(found) == [("r1", "r3"), ("r2", "r3")]
    assert groups_of(record(1), cut) == [("r1", "r3")]


def test_a_record_that_tells_little_does_not_bridge_two_printings() -> None:
    one = record(1, venue="Jurnal A", volume="3", pages="11-20", doi="10.5555/a")
    two = record(2, venue="Jurnal A", volume="4", pages="51-60", doi="10.5555/b")
    assert groups_of(one, two, record(3)) == []


def test_each_member_has_a_why() -> None:
    [group] = find_duplicates([record(1), record(2), record(3, TITLE, doi="10.5555/a")]).groups
    assert len(group.why) == 2
    assert "a.ris:1" in str(group.why[0])


def test_people_join_and_split() -> None:
    one, two = record(1), record(2, "Hal yang sama sekali lain")
    assert groups_of(one, two, judgments=(judgment("duplicate-join", "r1", "r2"),)) == [("r1", "r2")]
    assert groups_of(record(1), record(2), judgments=(judgment("duplicate-split", "r1", "r2"),)) == []


def test_a_quarrel_stays_apart_and_is_told() -> None:
    quarrel = (judgment("duplicate-join", "r1", "r2"), judgment("duplicate-split", "r1", "r2", person="b"))
    found = find_duplicates([record(1), record(2)], quarrel)
    assert (found.groups, pairs(found)) == ((), [("r1", "r2")])


def test_what_people_keep_apart_is_asked_no_more_of_their_copies_either() -> None:
    one = record(1, venue="Jurnal A", volume="3", pages="11-20")
    other = record(2, venue="Jurnal A", volume="3", pages="31-40", year=2021)
    copy = replace(other, id="r3", place="a.ris:3")
    assert pairs(find_duplicates([one, other, copy])) == [("r1", "r2")]
    assert pairs(find_duplicates([one, other, copy], [judgment("duplicate-split", "r1", "r2")])) == []


def test_judgments_on_records_that_are_gone_do_nothing() -> None:
    assert groups_of(record(1), judgments=(judgment("duplicate-join", "r1", "gone"),)) == []


def test_nothing_gives_nothing_and_equal_ids_are_refused() -> None:
    assert find_duplicates([]) == Duplicates(())
    with pytest.raises(ValueError, match="distinct"):
        find_duplicates([record(1), record(1)])


def test_entries_take_the_best_of_each_copy() -> None:
    cut = record(1, "Pendampingan PKH menuju …", doi="10.5555/a", year=None)
    whole = record(2, abstract="Panjang sekali", venue="Jurnal A")
    [first, second] = entries([cut, whole, record(3, "Lain")], [DuplicateGroup(("r1", "r2"), ())])
    assert (first.id, first.members, second.members) == ("r1", ("r1", "r2"), ("r3",))
    assert (first.record.title, first.record.year, first.record.doi) == (TITLE, 2020, "10.5555/a")
    assert combined([cut]) == cut


def test_an_entry_is_printed_where_the_copy_that_tells_most_says() -> None:
    online = record(1, year=2019, venue="N Engl J Med", pages="21-Aug")
    printed = record(2, year=2020, venue="NEW ENGLAND JOURNAL OF MEDICINE", volume="3", issue="2", pages="8-21")
    named = record(3, year=2020, venue="New England Journal of Medicine", volume="3", pages="8-21")
    for copies in ([online, printed, named], [named, online, printed]):
        told = combined(copies)
        assert (told.year, told.volume, told.issue, told.pages) == (2020, "3", "2", "8-21")
        assert told.venue == "New England Journal of Medicine"


def read_set(path: Path) -> tuple[list[Record], list[dict[str, str]]]:
    """Records of a labelled set as its export is read, with its rows."""
    export = read_export(path, path.name)
    assert export is not None
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    records = [replace(one, id=row["record_id"]) for one, row in zip(export.records, rows, strict=True)]
    return records, rows


def wrongly_joined(found: Duplicates, clusters: dict[str, str]) -> list[tuple[str, ...]]:
    return [group.members for group in found.groups if len({clusters[one] for one in group.members}) > 1]


def rightly_removed(found: Duplicates, clusters: dict[str, str]) -> int:
    kinds = [Counter(clusters[one] for one in group.members) for group in found.groups]
    return sum(count - 1 for kind in kinds for count in kind.values())


def test_traps() -> None:
    records, rows = read_set(TRAPS)
    clusters = {row["record_id"]: row["cluster_id"] for row in rows}
    found = find_duplicates(records)
    assert wrongly_joined(found, clusters) == []
    leaders = {member: group.members[0] for group in found.groups for member in group.members}
    split = {clusters[r.id] for r in records} - {clusters[r.id] for r in records if leaders.get(r.id, r.id) == r.id}
    parts = Counter(clusters[r.id] for r in records if leaders.get(r.id, r.id) == r.id)
    assert (split, [one for one, count in parts.items() if count > 1]) == (set(), [])


def test_two_forms_of_one_study_are_offered_as_such() -> None:
    records, rows = read_set(TRAPS)
    trap = {row["record_id"]: row["trap"] for row in rows}
    offered = {(trap[pair.one], trap[pair.other]) for pair in find_duplicates(records).studies}
    assert offered == {(row["trap"], row["trap"]) for row in rows if row["study"]}


def test_the_order_of_records_changes_nothing() -> None:
    records, _ = read_set(TRAPS)

    def told(records: list[Record]) -> tuple[set[frozenset[str]], ...]:
        found = find_duplicates(records)
        groups = {frozenset(group.members) for group in found.groups}
        of = {one: group for group in groups for one in group}
        alone = [{of.get(p.one, frozenset([p.one])) | of.get(p.other, frozenset([p.other])) for p in kind}
                 for kind in (found.unsure, found.studies)]  # fmt: skip
        return groups, *alone

    expected = told(records)
    assert told(records[::-1]) == expected
    for seed in range(5):
        assert told(Random(seed).sample(records, len(records))) == expected


@pytest.fixture
def comparisons(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many comparisons were made, counted in its one number."""
    made = [0]

    def counted(*looks: Any) -> Finding:
        made[0] += 1
        return compare(*looks)

    monkeypatch.setattr("litreview.records.dedupe.compare", counted)
    return made


def test_equal_records_cost_one_comparison_each(comparisons: list[int]) -> None:
    [group] = groups_of(*(record(n) for n in range(3000)))
    assert len(group) == 3000
    assert comparisons == [2999]


@pytest.mark.parametrize("title", [TITLE, "Editorial", "", "x" * 3])
def test_equal_titles_of_many_authors_cost_few_comparisons_each(comparisons: list[int], title: str) -> None:
    names = ["".join(Random(n).choices("bdgklmnprst", k=9)) for n in range(3000)]
    find_duplicates([record(n, title, f"{name}, A", 1900 + n % 120) for n, name in enumerate(names)])
    assert comparisons[0] < 3000 * 50


def test_titles_that_begin_alike_cost_few_comparisons_each(comparisons: list[int]) -> None:
    find_duplicates([record(n, f"{TITLE} {n} {chr(97 + n % 26) * 9}", f"Nama{n}, A") for n in range(3000)])
    assert comparisons[0] < 3000 * 50


MONSTERS = {
    "words": "a " * 200_000,
    "brackets": "[" * 100_000,
    "round": "(((" * 9_999 + "2010)",
    "dots": ". " * 100_000,
    "ideographs": "界" * 100_000,
    "accents": "\u0301" * 50_000,
    "erratum": "[Erratum " * 20_000,
    "surrogate": "\ud800 surrogate",
}


@pytest.mark.parametrize("title", MONSTERS.values(), ids=MONSTERS.keys())
def test_monstrous_titles_are_read(title: str) -> None:
    find_duplicates([record(1, title), record(2, title + "x"), record(3)])


WILD = st.text(st.sampled_from("aáβb界1.-[]()/…:\n\u0301٣²I,; "), max_size=40) | st.sampled_from((TITLE, "12", "Sari"))
RECORDS = st.builds(
    record, st.integers(), WILD, WILD, st.none() | st.integers(0, 3000),
    volume=WILD, issue=WILD, pages=WILD, doi=WILD, venue=WILD, kind=WILD, abstract=WILD,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(RECORDS, max_size=12, unique_by=lambda one: one.id))
def test_whatever_records_hold_each_is_in_one_group_at_most_in_any_order(records: list[Record]) -> None:
    found = find_duplicates(records)
    members = [member for group in found.groups for member in group.members]
    assert len(members) == len(set(members))
    assert all(len(group.why) == len(group.members) - 1 for group in found.groups)
    assert len(entries(records, found.groups)) == len(records) - len(members) + len(found.groups)
    backwards = find_duplicates(records[::-1]).groups
    assert {frozenset(group.members) for group in backwards} == {frozenset(group.members) for group in found.groups}


@pytest.mark.skipif(not FOLDER.is_dir(), reason="LITREVIEW_TEST_DATA names no folder with labelled duplicates")
@pytest.mark.parametrize(("name", "found"), [("asysd_diabetes.csv", 1261), ("bibdedupe_haematology.csv", 120)])
def test_labelled_sets(name: str, found: int) -> None:
    records, rows = read_set(FOLDER / name)
    clusters = {row["record_id"]: row["cluster_id"] for row in rows}
    same = find_duplicates(records)
    assert rightly_removed(same, clusters) >= found
    assert len(wrongly_joined(same, clusters)) <= 1
    assert len(same.unsure) < len(records) / 50
