from __future__ import annotations

import pytest

from litreview.records.model import Export
from litreview.records.read import parse_export

POP = (
    "Cites,Authors,Title,Year,Source,Publisher,ArticleURL,CitesURL,GSRank,QueryDate,Type,DOI,ISSN,Volume\n"
    '3,"D Sari, AB Putra","[PDF] Pendampingan keluarga …",2020,Jurnal Contoh,Pers,http://x/1,,1,2024-01-01,,,,\n'
    ",,,,,,,,,,,,,\n"
    '0,"Siti Aminah","Judul lain",,,,,,2,2024-01-01,CITATION,,,\n'
)


def read(text: str) -> Export:
    export = parse_export(text.encode(), "a.csv", "")
    assert export is not None
    return export


def test_publish_or_perish() -> None:
    export = read(POP)
    first, second = export.records
    assert export.format == "pop-csv"
    assert first.authors == ("Sari, D", "Putra, AB")
    assert first.title == "Pendampingan keluarga …"
    assert (first.year, first.venue, first.url) == (2020, "Jurnal Contoh", "http://x/1")
    assert first.extra["cites"] == ["3"]
    assert second.authors == ("Siti Aminah",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_delimiter(delimiter: str) -> None:
    rows = [["Title ", "Publication_Year", "Authors"], ["Satu", "2019", "['Sari, D', 'Putra, B']"]]
    export = read("\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows))
    assert export.records[0].authors == ("Sari, D", "Putra, B")
    assert export.records[0].year == 2019


def test_what_is_no_table_of_records() -> None:
    assert parse_export(b"year,target,result\n2019,10,4\n", "targets.csv", "") is None
    assert parse_export(b"", "empty.csv", "") is None
    assert parse_export(b"Title of a letter\n\nDear all,\n", "letter.txt", "") is None
    assert parse_export(b"%PDF-1.7\x00\x01", "a.csv", "") is None


def test_rows_longer_than_the_heading_are_told() -> None:
    export = read("title,year\nSatu,2019,lebih\nDua,2020\n")
    assert len(export.records) == 2
    assert "more cells" in str(export.notices[0])


def test_a_heading_alone_is_an_export_without_records() -> None:
    assert read("title,year\n").records == ()
