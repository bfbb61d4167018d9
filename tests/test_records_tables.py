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


def test_a_missing_quotation_mark_swallows_no_rows_and_is_told() -> None:
    export = read('title,year,doi\n"Satu,2019,10.5555/a\nDua,2020,10.5555/b\nTiga,2021,10.5555/c\n')
    assert [record.title for record in export.records] == ["Satu", "Dua", "Tiga"]
    assert "quotation mark is missing, the first at line 2" in str(export.notices[0])


def test_a_missing_quotation_mark_that_another_closes_swallows_no_rows() -> None:
    export = read('title,year,doi\n"Satu,2019,x\n"Dua",2020,y\nTiga,2021,"z"\n')
    assert [record.title for record in export.records] == ["Satu", "Dua", "Tiga"]
    assert "line 2" in str(export.notices[0])


def test_cells_over_several_lines_are_whole() -> None:
    export = read('title,year,abstract\nSatu,2019,"baris satu\nbaris, dua, tiga"\nDua,2020,x\n')
    assert [record.abstract for record in export.records] == ["baris satu baris, dua, tiga", "x"]
    assert not export.notices


def test_cells_beyond_the_headings_or_under_none_are_kept() -> None:
    [record] = read("title,year,\nSatu,2019,tanpa judul,lebih\n").records
    assert record.extra == {"column 3": ["tanpa judul"], "column 4": ["lebih"]}


def test_lines_above_the_headings_and_repeated_headings_are_told() -> None:
    export = read("About the data: exported on 2024\n\nTitle,PubYear\nSatu,2019\nTitle,PubYear\nDua,2020\n")
    assert [record.year for record in export.records] == [2019, 2020]
    told = " ".join(map(str, export.notices))
    assert "1 lines stand above" in told
    assert "first at line 5" in told
    assert export.entries == 2


def test_an_abstract_may_stand_for_the_title() -> None:
    assert read("abstract,year\nIsi,2019\n").records[0].abstract == "Isi"


def test_springer_writes_names_without_a_sign_between() -> None:
    text = "Item Title,Item DOI,Authors\nSatu,10.5555/a,Araz R. AlievNigar T. McDonaldDr. Martine De Cock\n"
    assert read(text).records[0].authors == ("Araz R. Aliev", "Nigar T. McDonald", "Dr. Martine De Cock")


def test_web_of_science_as_a_table() -> None:
    export = read("PT\tAU\tTI\tSO\tPY\tBP\tEP\nJ\tSari, D; Putra, B\tSatu\tJurnal\t2019\t10\t19\n")
    [record] = export.records
    assert (record.title, record.authors, record.pages) == ("Satu", ("Sari, D", "Putra, B"), "10-19")


def test_columns_of_screening_tools() -> None:
    rayyan = read("key,title,year,month,journal,authors,notes\nr1,Satu,2019,5,Jurnal,Sari D. and Putra B.,x\n")
    covidence = read("Title,Authors,Abstract,Published Year,Journal,Covidence #\nSatu,Sari D,Isi,2019,Jurnal,#12\n")
    assert (rayyan.records[0].year, rayyan.records[0].authors) == (2019, ("Sari D.", "Putra B."))
    assert (covidence.records[0].year, covidence.records[0].extra) == (2019, {"covidence #": ["#12"]})


def test_embase_tells_journal_year_and_pages_in_one_cell() -> None:
    source = "Jurnal Contoh (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004"
    [record] = read(f'Title,Author Names,Source,keywords\nSatu,"Liu R., Adler D.G.",{source},"a (x, y), b"\n').records
    assert (record.venue, record.year, record.volume, record.issue) == ("Jurnal Contoh", 2004, "102", "4")
    assert (record.pages, record.extra, record.keywords) == ("253-258", {"source": [source]}, ("a (x, y)", "b"))


def test_a_table_with_its_own_headings_is_read_as_it_is_told() -> None:
    text = b"Karya;Oleh;Terbit;Kode\nSatu;Sari, D.;2019;x1\n"
    assert parse_export(text, "a.csv") is None
    export = parse_export(text, "a.csv", columns={"title": "Karya", "authors": "Oleh", "year": "terbit"})
    assert export is not None
    [record] = export.records
    assert (record.title, record.authors, record.year) == ("Satu", ("Sari, D.",), 2019)
    assert record.extra == {"kode": ["x1"]}


def test_what_pandas_makes_of_numbers_and_rows_is_no_matter() -> None:
    export = read(",title,year,volume,keywords\n0,Satu,2019.0,3.0,4.0\n1,Dua,,,\n")
    [first, second] = export.records
    assert (first.year, first.volume, first.keywords, first.extra) == (2019, "3", ("4.0",), {})
    assert (second.year, second.extra) == (None, {})
    assert read(",title,year\n7,Satu,2019\n").records[0].extra == {"column 1": ["7"]}
