from __future__ import annotations

from litreview.records.model import Export
from litreview.records.read import parse_export

ENTRY = r"""@article{sari2020,
  author = {Sari, Dewi and {Kementerian Sosial and Mitra} and others},
  title = {Belajar {PKH}: 80% keluarga di {\"U}jung},
  journal = "Jurnal Contoh", year = 2020, volume = {3}, number = {2}, pages = {10 -- 19},
  doi = {10.5555/abc}, keywords = {satu, dua}, note = {cited By 0},
}
"""


def read(text: str) -> Export:
    export = parse_export(text.encode(), "a.bib", "")
    assert export is not None
    return export


def test_an_entry_is_read_whole() -> None:
    [record] = read(ENTRY).records
    assert record.title == "Belajar PKH: 80% keluarga di Üjung"
    assert record.authors == ("Sari, Dewi", "Kementerian Sosial and Mitra")
    assert (record.year, record.issue, record.pages, record.kind) == (2020, "2", "10-19", "article")
    assert record.extra == {"note": ["cited By 0"]}


def test_a_repeated_key_is_read_and_told() -> None:
    export = read(ENTRY + ENTRY.replace("Belajar", "Bekerja"))
    assert [record.title.split()[0] for record in export.records] == ["Belajar", "Bekerja"]
    assert "stands twice" in str(export.notices[0])


def test_a_broken_entry_is_read_line_by_line_and_told() -> None:
    broken = "\n@article{b, title = {Terbuka,\n year = {2019}\n}\n"
    export = read(ENTRY + broken + "@article{c, title = {Utuh}, year = 2021}\n")
    assert [record.title for record in export.records][1:] == ["Terbuka", "Utuh"]
    assert [record.year for record in export.records] == [2020, 2019, 2021]
    assert "Line 8: brackets or field names" in str(export.notices[0])
    assert export.entries == 3


def test_field_names_with_spaces_cost_nothing() -> None:
    [record] = read("@article{a, title = {Satu}, key words = {x; y}, publication type = {Jurnal}}").records
    assert record.extra == {"key words": ["x; y"], "publication type": ["Jurnal"]}


def test_strings_are_put_together() -> None:
    string = '@string{jc = "Jurnal"}\n'
    [record] = read(string + '@article(a, journal = jc # " Contoh", month = jan, title = "A {B} c")').records
    assert (record.venue, record.title, record.extra) == ("Jurnal Contoh", "A B c", {"month": ["jan"]})


def test_braces_that_are_meant_stay() -> None:
    assert read(r"@article{a, title = {Himpunan \{0, 1\} dan {PKH}}}").records[0].title == "Himpunan {0, 1} dan PKH"


def test_a_field_that_stands_twice_is_kept() -> None:
    [record] = read("@article{a, title = {Satu}, title = {Dua}, url = {http://a}}").records
    assert (record.title, record.extra) == ("Satu", {"title": ["Dua"]})


def test_entries_in_one_line_are_told_apart() -> None:
    assert [r.title for r in read("@article{a, title={Satu}} @book{b, title={Dua}}").records] == ["Satu", "Dua"]


def test_a_file_cut_off_keeps_its_last_entry() -> None:
    export = read(ENTRY[: ENTRY.index("doi")])
    assert export.records[0].title.startswith("Belajar PKH")
    assert len(export.notices) == 1


def test_text_without_an_entry_is_no_export() -> None:
    assert parse_export(b"write to me @home {now}", "a.txt", "") is None
    assert parse_export(b"@comment{nothing}", "a.bib", "") is None
