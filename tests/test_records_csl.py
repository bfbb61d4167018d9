from __future__ import annotations

import json

import pytest

from litreview.records.model import Export
from litreview.records.read import parse_export

ITEM = {
    "id": "sari2019",
    "type": "article-journal",
    "title": "Belajar <i>bersama</i>",
    "author": [{"family": "Sari", "given": "Dewi"}, {"literal": "Tim Contoh"},
               {"family": "Berg", "given": "A.", "non-dropping-particle": "van den"}],
    "issued": {"date-parts": [[2019, 5]]},
    "container-title": "Jurnal Contoh",
    "volume": 3,
    "page": "10-19",
    "DOI": "10.5555/ABC",
    "keyword": "satu; dua",
    "PMID": "7",
}  # fmt: skip


def read(text: str) -> Export:
    export = parse_export(text.encode(), "a.json", "")
    assert export is not None
    assert export.entries == len(export.records) + export.lost
    return export


def test_an_item_is_read_whole() -> None:
    export = read(json.dumps([ITEM]))
    [record] = export.records
    assert (export.format, record.kind, record.title) == ("csl-json", "article-journal", "Belajar bersama")
    assert record.authors == ("Sari, Dewi", "Tim Contoh", "van den Berg, A.")
    assert (record.year, record.venue, record.volume, record.pages) == (2019, "Jurnal Contoh", "3", "10-19")
    assert (record.doi, record.keywords) == ("10.5555/abc", ("satu", "dua"))
    assert record.extra == {"id": ["sari2019"], "PMID": ["7"], "issued": ['{"date-parts": [["2019", "5"]]}']}


def test_one_item_and_items_within_an_object() -> None:
    assert len(read(json.dumps(ITEM)).records) == 1
    assert len(read(json.dumps({"items": [ITEM, ITEM]})).records) == 2


def test_crossref_gives_lists() -> None:
    [record] = read(json.dumps([{**ITEM, "title": ["Satu"], "container-title": ["Jurnal"], "volume": "1"}])).records
    assert (record.title, record.venue) == ("Satu", "Jurnal")


def test_a_file_cut_off_keeps_what_is_before_and_counts_the_rest() -> None:
    text = json.dumps([ITEM] * 3, indent=1)
    export = read(text[: text.rindex("DOI")])
    assert (len(export.records), export.lost) == (2, 1)
    assert "the JSON is broken; 1 records" in str(export.notices[0])


@pytest.mark.parametrize("odd", [None, 1, "x", [], {}, [[]], {"date-parts": [None]}, [{"a": 1}], "\ud800"])
def test_values_of_any_shape_raise_nothing(odd: object) -> None:
    export = read(json.dumps([{**dict.fromkeys(ITEM, odd), "type": "x", "extra": odd}, 7, {"DOI": "", "issued": odd}]))
    assert (len(export.records), export.lost) == (2, 1)


def test_depth_is_told_not_raised() -> None:
    export = read('[{"type": "x", "author": ' + "[" * 100_000)
    assert (export.records, export.lost) == ((), 1)


def test_other_json_is_no_export() -> None:
    for text in ("[]", "{}", '{"type": "module", "title": "x"}', "[1, 2]", '{"a": [{"issued": 1}]}', "["):
        assert parse_export(text.encode(), "a.json") is None
