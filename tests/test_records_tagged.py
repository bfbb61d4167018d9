"""MEDLINE text, Web of Science text and EndNote's tagged format."""

from __future__ import annotations

import pytest

from litreview.records.model import Export
from litreview.records.read import parse_export

NBIB = """PMID- 101
OWN - NLM
DP  - 2019 May
TI  - Belajar bersama keluarga di
      desa.
PG  - 454-81
LID - 10.5555/ABC.1 [doi]
AB  - Isi abstrak.
FAU - Sari, Dewi
AU  - Sari D
LA  - ind
PT  - Journal Article
PT  - Review
TA  - J Contoh
JT  - Jurnal Contoh
VI  - 3
IP  - 2
MH  - Keluarga
OT  - satu
AID - S1 [pii]

PMID- 102
TI  - Dua
"""
ISI = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Sari, D
   Putra, B
AF Sari, Dewi
   Putra, Bima
TI Belajar bersama keluarga
   di desa
SO JURNAL CONTOH
DT Article
DE satu; dua
ID TIGA
CR Satu, 2001
   Dua, 2002
PY 2019
VL 3
IS 2
BP 10
EP 19
DI 10.5555/abc.1
UT WOS:1
ER

PT C
TI Dua
ER

EF
"""
ENW = """%0 Journal Article
%A Sari, Dewi
%A Putra, Bima
%T Belajar bersama
%J Jurnal Contoh
%D 2019
%V 3
%N 2
%P 10-19
%K satu
dua
%R 10.5555/abc.1
%X Isi
abstrak
%Z catatan

%0 Thesis
%T Dua
"""
ALL = (NBIB, ISI, ENW)


def read(text: str, name: str = "a.txt") -> Export:
    export = parse_export(text.encode(), name, "")
    assert export is not None
    assert export.entries == len(export.records) + export.lost
    return export


def test_medline_text() -> None:
    export = read(NBIB)
    first, second = export.records
    assert (export.format, second.title, export.notices) == ("nbib", "Dua", ())
    assert first.title == "Belajar bersama keluarga di desa."
    assert (first.authors, first.year, first.doi) == (("Sari, Dewi",), 2019, "10.5555/abc.1")
    assert (first.venue, first.kind, first.keywords) == ("Jurnal Contoh", "Journal Article", ("satu",))
    assert first.extra["PT"] == ["Review"]
    assert first.extra["AU"] == ["Sari D"]
    assert first.extra["DP"] == ["2019 May"]


def test_eric_writes_alike() -> None:
    export = read("\nOWN - ERIC\nTI  - Satu\nLID - http://eric.ed.gov/?id=1\n\nOWN - ERIC\nTI  - Dua\n")
    assert [record.title for record in export.records] == ["Satu", "Dua"]
    assert export.records[0].url == "http://eric.ed.gov/?id=1"


def test_lines_between_records_of_medline_are_told() -> None:
    export = read(NBIB.replace("\nPMID- 102", "\nkalimat lepas\n\nPMID- 102"))
    assert len(export.records) == 2
    assert "kalimat lepas" in str(export.notices[0])


def test_an_empty_line_inside_a_record_of_medline_ends_nothing() -> None:
    [first, _] = read(NBIB.replace("PG  - ", "\nPG  - ")).records
    assert first.pages == "454-81"


def test_web_of_science() -> None:
    export = read(ISI)
    first, second = export.records
    assert (export.format, second.title, export.notices) == ("isi", "Dua", ())
    assert first.title == "Belajar bersama keluarga di desa"
    assert first.authors == ("Sari, Dewi", "Putra, Bima")
    assert (first.pages, first.year, first.keywords, first.kind) == ("10-19", 2019, ("satu", "dua"), "Article")
    assert first.extra == {
        "PT": ["J"], "AU": ["Sari, D", "Putra, B"], "ID": ["TIGA"], "CR": ["Satu, 2001", "Dua, 2002"], "UT": ["WOS:1"],
    }  # fmt: skip


def test_a_missing_end_of_web_of_science_is_told() -> None:
    export = read(ISI.replace("ER\n\nPT C", "PT C"))
    assert [record.title for record in export.records] == ["Belajar bersama keluarga di desa", "Dua"]
    assert "Record 1 has no end" in str(export.notices[0])
    assert "cut off" in str(read(ISI[: ISI.index("UT WOS")]).notices[0])


def test_endnote_tagged() -> None:
    export = read(ENW)
    first, second = export.records
    assert (export.format, second.kind, second.title) == ("enw", "Thesis", "Dua")
    assert (first.authors, first.year, first.pages) == (("Sari, Dewi", "Putra, Bima"), 2019, "10-19")
    assert (first.keywords, first.abstract, first.doi) == (("satu", "dua"), "Isi abstrak", "10.5555/abc.1")
    assert first.extra == {"%Z": ["catatan"]}


def test_a_line_before_the_first_entry_of_endnote_is_told() -> None:
    export = read("catatan\n" + ENW)
    assert len(export.records) == 2
    assert "line 1: catatan" in str(export.notices[0])


def test_endnote_tagged_without_types_is_divided_by_empty_lines() -> None:
    export = read("%T Satu\n%A Sari, D.\n\n%T Dua\n%A Putra, B.\n")
    assert [record.title for record in export.records] == ["Satu", "Dua"]


@pytest.mark.parametrize("text", ALL)
def test_line_ends_marks_and_encodings_do_not_matter(text: str) -> None:
    changed = text.replace("Sari", "Müller")
    plain = read(changed).records
    for content in (changed.replace("\n", "\r\n").encode("utf-8-sig"), changed.replace("\n", "\r").encode(),
                    changed.encode("cp1252"), changed.encode("utf-16")):  # fmt: skip
        export = parse_export(content, "a.txt", "")
        assert export is not None
        assert export.records == plain


@pytest.mark.parametrize(
    "text", ["%A tunggal", "%!PS-Adobe\n%T x", "PMID- 1\n", "PT Maju Jaya\nER\n", "100% yakin\n%0 naik\n", " ## "]
)
def test_what_only_looks_alike_is_no_export(text: str) -> None:
    assert parse_export(text.encode(), "a.txt", "") is None
