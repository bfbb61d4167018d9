from __future__ import annotations

import os
from pathlib import Path

import pytest

from litreview.errors import LitreviewError
from litreview.records.model import Export, Record
from litreview.records.read import distinct_exports, parse_export, read_export

FOLDER = Path(os.environ.get("LITREVIEW_TEST_DATA", "/nowhere")) / "references"
needs_data = pytest.mark.skipif(not FOLDER.is_dir(), reason="LITREVIEW_TEST_DATA names no folder of real exports")

COUNTS = {
    "asreview__demo_data__baseline.ris": 100,
    "asreview__demo_data_embase.csv": 6,
    "asreview__demo_data_scopus.ris": 6,
    "bibtexparser__examples_bibtex.bib": 1,
    "citesource__new_stage_data_Dimensions_246.ris": 246,
    "citesource__new_stage_data_wos_278.ris": 278,
    "citesource__valid_data_psycinfo_64.ris": 64,
    "colrev__data_ris_data.ris": 2,
    "colrev__data_scopus_bib.bib": 11,
    "jabref__fileformat_Endnote.entries.enw": 13,
    "jabref__fileformat_IsiImporterTest2.isi": 3,
    "jabref__fileformat_MedlinePlainImporterTestMultipleEntries.txt": 7,
    "jabref__fileformat_RisImporterCorrupted.ris": 1,
    "litstudy__resources_example.ris": 25,
    "litstudy__resources_scopus.csv": 58,
    "litstudy__resources_springer.csv": 18,
    "rispy__data_example_multiline.ris": 3,
    "rispy__data_example_wos.ris": 2,
}


@needs_data
@pytest.mark.parametrize("name", sorted(COUNTS))
def test_every_record_is_read(name: str) -> None:
    export = read_export(FOLDER / name, name, "")
    assert export is not None
    assert len(export.records) == COUNTS[name]


@needs_data
def test_no_real_file_raises_and_ids_are_distinct() -> None:
    exports = [read_export(path, path.name, "") for path in sorted(FOLDER.iterdir())]
    found = distinct_exports(export for export in exports if export is not None)
    ids = [record.id for export in found for record in export.records]
    assert len(ids) == len(set(ids)) > 1_500


@needs_data
def test_a_record_without_end_is_told() -> None:
    export = read_export(FOLDER / "colrev__data_ris_data.ris", "x.ris", "")
    assert export is not None
    assert "no end" in str(export.notices[0])


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(LitreviewError, match="cannot be opened"):
        read_export(tmp_path / "none.ris", "none.ris", "")


def test_content_met_in_two_exports_gets_two_ids() -> None:
    one = parse_export(b"title,year\nSatu,2019\n", "a.csv", "A")
    two = parse_export(b"title,year\nSatu,2019\n", "b.csv", "B")
    assert one is not None
    assert two is not None
    first, second = distinct_exports([one, two])
    assert (second.records[0].id, second.records[0].place) == (f"{first.records[0].id}-2", "b.csv:1")
    assert distinct_exports([Export("c", "csv", "", (Record("x", "", ""),))])[0].records[0].id != "x"
