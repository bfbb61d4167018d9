"""What is written is read back equal, in every format, whatever stands in a record."""

from __future__ import annotations

import json
import os
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from litreview.errors import UsageError
from litreview.records.model import Export, Record, RecordDecision
from litreview.records.read import parse_export, read_export
from litreview.records.write import WRITERS, write_records

FOLDER = Path(os.environ.get("LITREVIEW_TEST_DATA", "/nowhere")) / "references"
needs_data = pytest.mark.skipif(not FOLDER.is_dir(), reason="LITREVIEW_TEST_DATA names no folder of real exports")
FORMATS = [writer.name for writer in WRITERS]
SARI = Record(
    "", "", "", "JOUR", "Belajar {bersama} & 50% lebih: a_b #1 – $5", ("Sari, Dewi", "Dinas Sosial and Mitra"), 2019,
    "Jurnal Contoh", "3", "2", "10-19", "10.5555/a_b(1)", "http://x/?a=1&b=~c", 'Isi "abstrak"; AU  - palsu',
    ("satu, dua", "tiga"), "id", "Scopus",
    {"C1": ["simpan"], "PMID": ["7"], "cited by": ["3"], "N1": ["a", "RAYYAN-LABELS: b"]},
)  # fmt: skip
OTHERS = (
    Record("", "", ""),
    Record("", "", "", title='=HYPERLINK("http://x")', extra={"litreview": ["x"], "column 3": ["\t y"]}),
    Record("", "", "", "skripsi", "Skripsi", extra={"PY": ["2014/03/05/"]}, year=2014),
    Record("", "", "", "GEN", "(lihat) @foo(x} @article{", ("others", "et al and"), abstract="}\n@book{a,\n title = {"),
    Record("", "", "", "GEN", "x" * 40_000 + "  -  y", abstract="\ufeff\x0b\x85\u2028_x0041_"),
)
DECISIONS = ("include", "exclude", "maybe", "")


def read(content: bytes) -> Export:
    export = parse_export(content, "a")
    assert export is not None
    return export


def with_ids(*records: Record) -> list[Record]:
    from litreview.records.fields import content_id, distinct_ids

    ids = distinct_ids(map(content_id, records))
    return [replace(record, id=one) for one, record in zip(ids, records, strict=True)]


def compared(records: tuple[Record, ...] | list[Record]) -> list[Record]:
    return [replace(record, place="", file="") for record in records]


def assert_comes_back(records: list[Record], decisions: list[RecordDecision], format_: str) -> None:
    export = read(write_records(records, decisions, format_))
    assert export.entries == len(export.records)
    assert compared(export.records) == compared(records)
    assert sorted(map(str, export.decisions)) == sorted(map(str, decisions))


@pytest.mark.parametrize("format_", FORMATS)
def test_records_come_back_as_they_were(format_: str) -> None:
    records = with_ids(SARI, *OTHERS)
    assert_comes_back(records, [], format_)
    decisions = [RecordDecision(records[0].id, "Ani", "title-abstract", "include", at="2024-01-02 03:04:05"),
                 RecordDecision(records[0].id, "Budi", "title-abstract", "exclude", "bukan PKH, tua", 'x "y" | z'),
                 RecordDecision(records[1].id, "Ani", "full-text", "exclude", "alasan"),
                 RecordDecision(records[2].id, "Ani", "full-text", "maybe", note="ragu", settles=True)]  # fmt: skip
    assert_comes_back(records, decisions, format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_records_give_the_same_bytes(format_: str) -> None:
    records = with_ids(SARI, *OTHERS)
    assert write_records(records, [], format_) == write_records(records, [], format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_other_programs_find_the_fields_where_they_look(format_: str) -> None:
    plain = replace(SARI, extra={}, database="")
    text = write_records(with_ids(plain), [], format_)
    if format_ == "ris":
        import rispy

        [entry] = rispy.loads(text.decode())
        assert (entry["title"], entry["authors"], entry["year"]) == (plain.title, list(plain.authors), "2019")
        assert (entry["doi"], entry["journal_name"], entry["type_of_reference"]) == (plain.doi, plain.venue, "JOUR")
    elif format_ == "bibtex":
        from bibtexparser.entrypoint import parse_string

        [bib] = parse_string(text.decode()).entries
        assert (bib["year"], bib["journal"], bib["pages"]) == ("2019", "Jurnal Contoh", "10--19")
        assert bib["author"] == "Sari, Dewi and {Dinas Sosial and Mitra}"
    elif format_ == "csl-json":
        [item] = json.loads(text)
        assert item["author"] == [{"family": "Sari", "given": "Dewi"}, {"literal": "Dinas Sosial and Mitra"}]
        assert (item["type"], item["issued"]) == ("article-journal", {"date-parts": [[2019]]})
    elif format_ == "xlsx":
        import io

        sheet = openpyxl.load_workbook(io.BytesIO(text)).active
        head, row = ([cell.value for cell in cells] for cells in sheet.iter_rows())
        assert dict(zip(head, row, strict=True))["title"] == plain.title
    else:
        names, first, *_ = text.decode().splitlines()
        assert names.startswith("title,authors,year,journal")
        assert first.startswith('Belajar {bersama} & 50% lebih: a_b #1 – $5,"Sari, Dewi; Dinas Sosial and Mitra",2019')


def test_screening_tools_find_decisions_where_they_look() -> None:
    [record] = with_ids(SARI)
    decisions = [RecordDecision(record.id, "Ani", "title-abstract", "exclude", "bukan PKH", "catatan")]
    ris = write_records([record], decisions, "ris").decode()
    assert ris.index("N1  - ASReview_irrelevant") < ris.index("N1  - a")
    assert 'RAYYAN-INCLUSION: {"Ani"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: bukan PKH' in ris
    table = write_records([record], decisions, "csv").decode().splitlines()[0].split(",")
    assert {"included", "asreview_label", "asreview_note", "asreview_user_name", "notes"} <= set(table)
    assert "ASReview" not in write_records([record], [], "ris").decode()


def test_what_others_edit_stays_edited() -> None:
    records = with_ids(replace(SARI, title="Judul a  b"))
    decisions = [RecordDecision(records[0].id, "Ani", "title-abstract", "include")]
    text = write_records(records, decisions, "ris").decode()
    edited = text.replace("TI  - Judul a b", "TI  - Judul baru").replace('{"Ani"=>"Included"}', '{"Ani"=>"Excluded"}')
    export = read(edited.encode())
    assert export.records[0].title == "Judul baru"
    assert export.records[0].extra == SARI.extra
    assert [(one.stage, one.decision) for one in export.decisions] == [("title-abstract", "include"), ("", "exclude")]


def test_records_keep_their_ids_through_a_screening_tool() -> None:
    """As ASReview writes back a table: a column that counts rows, whole numbers as 1.0, its own columns."""
    records = with_ids(SARI, OTHERS[2])
    decisions = [RecordDecision(records[0].id, "Ani", "title-abstract", "include")]
    head, *rows = write_records(records, decisions, "csv").decode().splitlines()
    names = head.split(",")
    assert names.index("included") == names.index("asreview_label") - 1
    back = [f",{head},asreview_tag", *(f"{n},{row},".replace(",1,1,", ",1.0,1.0,") for n, row in enumerate(rows))]
    export = read("\n".join(back).encode())
    assert [record.id for record in export.records] == [record.id for record in records]
    assert [(one.person, one.decision) for one in export.decisions] == [("Ani", "include")]


def test_no_records_give_a_file_without_any() -> None:
    for format_ in FORMATS:
        export = parse_export(write_records([], [], format_), "a")
        assert export is None or export.records == ()


def test_an_unknown_format_is_told() -> None:
    with pytest.raises(UsageError, match="Known are: ris, bibtex"):
        write_records([], [], "pdf")


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30) | st.sampled_from(
    ["ER  - ", "TY  - JOUR", " AU  - x", "{", "}", "\\", "a  b", "'", '"', "@a{b,", "=1", "and", "; ", "1-2", "%4"]
)
filled = texts.filter(lambda text: bool(text.strip()))
records_ = st.builds(
    Record, st.just(""), st.just(""), st.just(""), texts, texts, st.lists(filled, max_size=3).map(tuple),
    st.none() | st.integers(1500, 2099), texts, texts, texts, texts, texts, texts, texts,
    st.lists(filled, max_size=3).map(tuple), texts, st.just(""),
    st.dictionaries(texts | st.sampled_from(["N1", "notes", "C1", "PY", "title", "label", "litreview", "note", "id"]),
                    st.lists(filled, min_size=1, max_size=2), max_size=3),
)  # fmt: skip
decisions_ = st.builds(RecordDecision, st.just(""), filled, st.sampled_from(["title-abstract", "full-text", ""]),
                       st.sampled_from(DECISIONS), texts, texts, texts)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("format_", FORMATS)
@given(records=st.lists(records_, min_size=1, max_size=3))
@settings(deadline=None, max_examples=150)
def test_any_record_comes_back(format_: str, records: list[Record]) -> None:
    records = with_ids(*records)
    export = read(write_records(records, [], format_))
    assert compared(export.records) == compared(records)


@needs_data
@pytest.mark.slow
@pytest.mark.parametrize("format_", FORMATS)
def test_real_records_come_back(format_: str) -> None:
    count = 0
    for path in sorted(FOLDER.iterdir()):
        export = read_export(path, path.name, "")
        if export is not None and export.records:
            assert compared(read(write_records(export.records, [], format_)).records) == compared(export.records)
            count += len(export.records)
    assert count > 1_500
