from __future__ import annotations

import pytest

from litreview.records.kinds import report_type
from litreview.records.model import Record


def record(kind: str, venue: str = "", **extra: str) -> Record:
    return Record("", "", "", kind, venue=venue, extra={key: [value] for key, value in extra.items()})


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("JOUR", "article"), ("article", "article"), ("Journal Article", "article"), ("article-journal", "article"),
        ("Journal Articles", "article"), ("Article in Press", "article"), ("J", "article"), ("Review", "article"),
        ("CPAPER", "proceedings"), ("inproceedings", "proceedings"), ("Conference Paper", "proceedings"),
        ("THES", "thesis"), ("Thesis", "thesis"), ("phdthesis", "disertasi"), ("mastersthesis", "tesis"),
        ("Skripsi", "skripsi"), ("RPRT", "report"), ("techreport", "report"), ("Technical Report", "report"),
        ("GOVDOC", "policy"), ("Statute", "policy"), ("CHAP", "chapter"), ("Book Section", "chapter"), ("BOOK", "book"),
        ("posted-content", "preprint"), ("GEN", "other"), ("", ""), ("CITATION", ""),
    ],
)  # fmt: skip
def test_words_of_exports(kind: str, type_: str) -> None:
    assert report_type(record(kind)).type == type_


def test_the_degree_of_a_thesis_is_told_by_further_fields() -> None:
    assert report_type(record("THES", M3="Skripsi")).type == "skripsi"
    assert report_type(record("THES", M3="Master's thesis")).type == "tesis"
    assert report_type(record("Thesis", **{"%9": "Ph.D. dissertation, doctoral"})).type == "disertasi"
    assert report_type(record("THES", venue="Tesis Magister, Universitas Contoh")).type == "tesis"


def test_the_evidence_is_told() -> None:
    assert "'Master's thesis'" in str(report_type(record("THES", M3="Master's thesis")).why)
    assert "'CITATION'" in str(report_type(record("CITATION")).why)


def test_a_record_of_unknown_type_is_a_thesis_only_by_its_own_words() -> None:
    assert report_type(record("", venue="Skripsi Universitas Contoh")).type == "skripsi"
    assert report_type(record("", venue="Master of Arts Journal")).type == ""
    assert report_type(record("JOUR", venue="Jurnal Skripsi")).type == "article"
    assert report_type(record("", M3="Article")).type == "article"
