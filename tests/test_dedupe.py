from __future__ import annotations

import csv
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from litreview.ledger import Judgment
from litreview.records.dedupe import combined, entries, find_duplicates
from litreview.records.fields import clean_title, find_doi, find_year
from litreview.records.model import DuplicateGroup, Record

TITLE = "Pendampingan PKH menuju graduasi mandiri di Kabupaten Tirtasari"
FOLDER = Path(os.environ.get("LITREVIEW_TEST_DATA", "/nowhere")) / "dedup"


def record(number: int, title: str = TITLE, author: str = "Sari, Dewi", year: int | None = 2020, **more: str) -> Record:
    authors = (author,) if author else ()
    return Record(f"r{number}", f"a.ris:{number}", "a.ris", title=title, authors=authors, year=year, **more)  # type: ignore[arg-type]


def groups_of(*records: Record, judgments: tuple[Judgment, ...] = ()) -> list[tuple[str, ...]]:
    return [group.members for group in find_duplicates(records, judgments)[0]]


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


def test_a_cut_title_does_not_bridge_two_places() -> None:
    other = record(2, TITLE.replace("Tirtasari", "Rawajati"))
    cut = record(3, "Pendampingan PKH menuju graduasi mandiri …")
    found, unsure = find_duplicates([record(1), other, cut])
    assert [group.members for group in found] == [("r1", "r3")]
    assert unsure == [("r1", "r2")]


def test_each_member_has_a_why() -> None:
    [group], _ = find_duplicates([record(1), record(2), record(3, TITLE, doi="10.5555/a")])
    assert len(group.why) == 2
    assert "a.ris:1" in str(group.why[0])


def test_people_join_and_split() -> None:
    one, two = record(1), record(2, "Hal yang sama sekali lain")
    assert groups_of(one, two, judgments=(judgment("duplicate-join", "r1", "r2"),)) == [("r1", "r2")]
    assert groups_of(record(1), record(2), judgments=(judgment("duplicate-split", "r1", "r2"),)) == []


def test_a_quarrel_stays_apart_and_is_told() -> None:
    quarrel = (judgment("duplicate-join", "r1", "r2"), judgment("duplicate-split", "r1", "r2", person="b"))
    assert find_duplicates([record(1), record(2)], quarrel) == ([], [("r1", "r2")])


def test_judgments_on_records_that_are_gone_do_nothing() -> None:
    assert groups_of(record(1), judgments=(judgment("duplicate-join", "r1", "gone"),)) == []


def test_nothing_gives_nothing_and_equal_ids_are_refused() -> None:
    assert find_duplicates([]) == ([], [])
    with pytest.raises(ValueError, match="distinct"):
        find_duplicates([record(1), record(1)])


def test_entries_take_the_best_of_each_copy() -> None:
    cut = record(1, "Pendampingan PKH menuju …", doi="10.5555/a", year=None)
    whole = record(2, abstract="Panjang sekali", venue="Jurnal A")
    [first, second] = entries([cut, whole, record(3, "Lain")], [DuplicateGroup(("r1", "r2"), ())])
    assert (first.id, first.members, second.members) == ("r1", ("r1", "r2"), ("r3",))
    assert (first.record.title, first.record.year, first.record.doi) == (TITLE, 2020, "10.5555/a")
    assert combined([cut]) == cut


def read_set(name: str) -> tuple[list[Record], dict[str, str]]:
    records, clusters = [], {}
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            cell = {key: "" if value == "NA" else value for key, value in row.items()}
            clusters[str(number)] = row["cluster_id"]
            records.append(
                Record(
                    id=str(number),
                    place=f"{name}:{number}",
                    file=name,
                    title=clean_title(cell["title"]),
                    authors=tuple(a for a in re.split(r" and |(?<=\.)(?=[A-Z][a-z'])", cell["authors"]) if a),
                    year=find_year(cell["year"]),
                    venue=cell["journal"],
                    volume=cell["volume"],
                    pages=cell["pages"],
                    doi=find_doi(cell["doi"]),
                )
            )
    return records, clusters


@pytest.mark.skipif(not FOLDER.is_dir(), reason="LITREVIEW_TEST_DATA names no folder with labelled duplicates")
@pytest.mark.parametrize(("name", "found"), [("asysd_diabetes.csv", 1261), ("bibdedupe_haematology.csv", 120)])
def test_labelled_sets(name: str, found: int) -> None:
    records, clusters = read_set(name)
    groups, unsure = find_duplicates(records)
    kinds = [Counter(clusters[member] for member in group.members) for group in groups]
    assert sum(count - 1 for kind in kinds for count in kind.values()) >= found
    assert sum(len(kind) - 1 for kind in kinds) <= 1
    assert len(unsure) < len(records) / 20
