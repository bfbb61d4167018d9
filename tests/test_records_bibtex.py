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


def test_a_broken_entry_is_told_with_its_line() -> None:
    export = read(ENTRY + "\n@article{b, title = {Terbuka,\n@article{c, title = {Utuh}, year = 2021}\n")
    assert "Utuh" in [record.title for record in export.records]
    assert any("cannot be read" in str(notice) for notice in export.notices)
    assert any("3 records begin in the file, 2 could be read" in str(notice) for notice in export.notices)


def test_text_without_an_entry_is_no_export() -> None:
    assert parse_export(b"write to me @home {now}", "a.txt", "") is None
    assert parse_export(b"@comment{nothing}", "a.bib", "") is None
