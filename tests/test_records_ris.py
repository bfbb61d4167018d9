from __future__ import annotations

from litreview.records.model import Export
from litreview.records.read import parse_export

ONE = """TY  - JOUR
AU  - Sari, Dewi
AU  - Putra, B.
TI  - Belajar bersama
PY  - 2020//
JO  - Jurnal Contoh
VL  - 3
IS  - 2
SP  - 10
EP  - 19
DO  - https://doi.org/10.5555/ABC.1
KW  - satu; dua
AB  - Baris pertama
dan kelanjutannya.
C1  - simpan
XQ  - tak dikenal
ER  -
"""


def read(text: str | bytes) -> Export:
    export = parse_export(text if isinstance(text, bytes) else text.encode(), "a.ris", "Contoh")
    assert export is not None
    return export


def test_a_record_is_read_whole() -> None:
    export = read(ONE)
    [record] = export.records
    assert (export.format, record.place, record.database) == ("ris", "a.ris:1", "Contoh")
    assert record.authors == ("Sari, Dewi", "Putra, B.")
    assert (record.year, record.doi, record.pages) == (2020, "10.5555/abc.1", "10-19")
    assert record.abstract == "Baris pertama dan kelanjutannya."
    assert record.keywords == ("satu", "dua")
    assert record.extra == {"C1": ["simpan"], "XQ": ["tak dikenal"]}
    assert not export.notices


def test_a_missing_end_swallows_nothing_and_is_told() -> None:
    export = read("TY  - JOUR\nTI  - Satu\nTY  - JOUR\nTI  - Dua\nER  - \n")
    assert [record.title for record in export.records] == ["Satu", "Dua"]
    assert "Record 1 has no end" in str(export.notices[0])


def test_a_file_cut_off_keeps_its_last_record() -> None:
    export = read("TY  - JOUR\nTI  - Satu\nER  - \nTY  - JOUR\nTI  - Dua")
    assert len(export.records) == 2
    assert "cut off" in str(export.notices[0])


def test_a_missing_type_is_mended() -> None:
    export = read("TI  - Satu\nAU  - Sari\nER  - \n")
    assert export.records[0].title == "Satu"
    assert "no type" in str(export.notices[0])


def test_mark_line_ends_and_encoding_do_not_matter() -> None:
    plain = read(ONE.replace("Sari", "Müller"))
    marked = read(b"\xef\xbb\xbf" + ONE.replace("Sari", "Müller").replace("\n", "\r\n").encode())
    western = read(ONE.replace("Sari", "Müller").encode("cp1252"))
    wide = read(ONE.replace("Sari", "Müller").encode("utf-16"))
    assert plain.records == marked.records == western.records == wide.records
    assert "Windows-1252" in str(western.notices[0])


def test_the_same_content_twice_gets_two_ids() -> None:
    first, second = read(ONE + ONE).records
    assert second.id == f"{first.id}-2"
    assert first.id == read(ONE).records[0].id


def test_an_id_does_not_hang_on_the_file() -> None:
    here, there = (parse_export(ONE.encode(), name, base) for name, base in (("a.ris", "A"), ("b.txt", "B")))
    assert here is not None
    assert there is not None
    assert here.records[0].id == there.records[0].id


def test_remarks_between_records_are_passed_over() -> None:
    export = read("Record #1 of 1\nProvider: X\n1.\n" + ONE)
    assert len(export.records) == 1


def test_a_continued_title_after_tags_of_odd_shape() -> None:
    export = read("TY  - JOUR\nTI  -Lekat\nAU  -\nPY  - \nER  -\n")
    assert export.records[0].title == "Lekat"
    assert export.records[0].year is None


def test_several_records_in_one_line_are_taken_apart_and_told() -> None:
    export = read("TY  - JOUR TI  - Satu AU  - Sari, D. ER  - TY  - THES TI  - Dua ER  -\n" + ONE)
    assert [record.title for record in export.records] == ["Satu", "Dua", "Belajar bersama"]
    assert export.records[0].authors == ("Sari, D.",)
    assert "first is line 1" in str(export.notices[0])


def test_tags_glued_to_the_text_before_are_found() -> None:
    [record] = read("TY  - JOUR\nTI  - Judul.AU  - Sari, D.\nAB  - Isi abstrak.ER  - \n").records
    assert (record.title, record.authors, record.abstract) == ("Judul.", ("Sari, D.",), "Isi abstrak.")


def test_an_end_within_the_last_line_ends_the_record() -> None:
    export = read("TY  - JOUR\nTI  - Satu\nN1  - akhir ER  - \nTY  - JOUR\nTI  - Dua\nER  - \n")
    assert [record.extra for record in export.records] == [{"N1": ["akhir"]}, {}]


def test_tags_after_the_end_stay_with_their_record() -> None:
    export = read("TY  - JOUR\nTI  - Satu\nER  -\nNL  - Nama lain\n\n2.\nTY  - JOUR\nTI  - Dua\nER  -\n")
    assert export.records[0].extra == {"NL": ["Nama lain"]}
    assert not export.notices


def test_what_stands_between_records_is_told() -> None:
    export = read("pesan dari penerbit\n" + ONE)
    assert "line 1: pesan dari penerbit" in str(export.notices[0])


def test_further_values_and_whole_dates_are_kept() -> None:
    record = read("TY  - JOUR\nPY  - 2014/03/05/\nUR  - http://a; http://b\nT2  - Satu\nT2  - Dua\nER  -\n").records[0]
    assert (record.year, record.url, record.venue) == (2014, "http://a", "Satu")
    assert record.extra == {"PY": ["2014/03/05/"], "UR": ["http://b"], "T2": ["Dua"]}


def test_entries_are_records_and_losses() -> None:
    export = read("TY  - BOOK\nTY  - THES\nTI  - Satu\nER  - \nTI  - Dua\nER  - \nTY  - JOUR\nTI  - Tiga\n")
    assert (export.entries, len(export.records), export.lost) == (4, 3, 1)
    assert "several types" in str(export.notices[0])


def test_a_mark_inside_the_file_is_no_text() -> None:
    assert len(read(("\ufeff" + ONE + "\ufeff" + ONE).encode()).records) == 2


def test_longer_tags_of_psycinfo_are_tags() -> None:
    [record] = read("TY  - JOUR\nPMID - 333\nT1  - Satu\nER  - \n").records
    assert (record.kind, record.extra) == ("JOUR", {"PMID": ["333"]})


def test_many_alike_notices_are_told_in_brief() -> None:
    export = read("TY  - JOUR\nTI  - Satu\n" * 100)
    assert len(export.records) == 100
    assert len(export.notices) == 12
    assert str(export.notices[10]).startswith("89 more like these, the next: Record 11 has no end")
