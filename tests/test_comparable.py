"""Fields of records made comparable: titles, pages, volumes, DOIs, names, journals, as databases write them."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from litreview.records.comparable import (
    Pages,
    compact_title,
    read_doi,
    read_pages,
    read_title,
    read_volume,
    title_tokens,
)
from litreview.records.features import features
from litreview.records.generic_titles import is_generic
from litreview.records.likeness import compare
from litreview.records.names import AGREE, DIFFER, UNTOLD, compare_names, first_author, read_name
from litreview.records.read import parse_export
from litreview.records.venues import LIKE, OTHER, SAME, compare_venues, read_venue

TRAPS = Path(__file__).parent / "data" / "dedupe_traps.csv"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Haemorrhage in foetal tumours: a randomised trial", "Hemorrhage in fetal tumors: a randomized trial"),
        ("IFN-γ & TNF-α in type II diabetes", "IFN-gamma and TNF-alpha in type 2 diabetes"),
        ("A phase I study of stage V disease", "A phase 1 study of stage 5 disease"),
        ("Uptake of CO<sub>2</sub> in plants", "Uptake of CO(2) in plants."),
        ("Ørsted and Łukasz in the Straße", "Orsted and Lukasz in the Strasse"),
        ("СОЦИАЛЬНАЯ ПОДДЕРЖКА СЕМЕЙ", "Социальная поддержка семей"),
        ("الدعم الاجتماعى للأمهات", "الدعم الاجتماعي للامهات"),
        ("[Late results of surgery].", "Late results of surgery"),
        ("Late results of surgery. [Review] [22 refs]", "Late results of surgery"),
        ("Late results of surgery.[Erratum appears in Surg. 1999;7(2):3 [added]]", "Late results of surgery"),
        ("Late results of surgery (multiple letters) [1]", "Late results of surgery"),
        ("RETRACTED: Late results of surgery", "Late results of surgery"),
    ],
)  # fmt: skip
def test_one_title(one: str, other: str) -> None:
    assert compact_title(read_title(one).tokens) == compact_title(read_title(other).tokens)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Vaccines for hepatitis A", "Vaccines for hepatitis B"), ("Trials, part I", "Trials, part II"),
     ("老年人的护理干预", "老年人的营养干预"), ("Λόγος και λόγος", "Λόγος")],
)  # fmt: skip
def test_two_titles(one: str, other: str) -> None:
    assert compact_title(read_title(one).tokens) != compact_title(read_title(other).tokens)


@pytest.mark.parametrize(
    ("title", "notices"),
    [
        ("Erratum: Low-dose aspirin", {"correction"}),
        ("Low-dose aspirin (vol 360, pg 542, 2009)", {"correction"}),
        ("Low-dose aspirin (Lancet (2009) 360 (542-544))", {"correction"}),
        ("Low-dose aspirin - Reply", {"reply"}),
        ("Correction of anaemia in the elderly", {"correction"}),
        ("Low-dose aspirin", set()),
    ],
)
def test_notices(title: str, notices: set[str]) -> None:
    assert read_title(title).notices == notices


@pytest.mark.parametrize(
    ("value", "pages"),
    [
        ("123-8", Pages("123", "128")),
        ("123-128", Pages("123", "128")),
        ("S12-S14", Pages("12", "14", "s")),
        ("14S-14S", Pages("14", "14", "s")),
        ("e001469", Pages("1469", "1469", "e")),
        ("ARTN 142923", Pages("142923", "142923", "artn")),
        ("997-+", Pages("997", "997")),
        ("2297-2108", Pages("2297", "2108")),
        ("1-99999", Pages("1", "1")),
        *(
            (unknown, Pages())
            for unknown in ("", "NA", "21-Aug", "Mar-45", "12 p", "11 pages", "no pagination", "2014")
        ),
    ],
)
def test_pages(value: str, pages: Pages) -> None:
    assert read_pages(value, 2014) == pages


@pytest.mark.parametrize(
    ("value", "volume"),
    [("12", "12"), ("012", "12"), ("12 (SUPPL. 1)", "12"), ("XIV", "14"), ("Suppl 1", "1"), ("2014", ""), ("2015", ""),
     ("1)", ""), ("NA", ""), ("", ""), ("B", "b")],
)  # fmt: skip
def test_volumes(value: str, volume: str) -> None:
    assert read_volume(value, 2014) == volume


def test_dois() -> None:
    assert read_doi("10.1037//0022-3514") == read_doi("10.1037/0022-3514")
    assert read_doi("10.1016/s0140%286736%29") == "10.1016/s0140(6736)"
    assert read_doi("10.1002/(sici)1097-0258(19980815/30)17:15/16") == ""


GENERIC = ("", ".", "[Not Available].", "Editorial", "Editorial 3", "Letter to the Editor", "Pendahuluan", "前言",
           "Daftar isi volume 4, Mei 2019", "はじめに", "От редакции", "كلمة التحرير")  # fmt: skip


@pytest.mark.parametrize("title", GENERIC)
def test_generic_titles(title: str) -> None:
    assert is_generic(title_tokens(title))


@pytest.mark.parametrize("title", ["Stroke", "社区老年人", "Editorial independence", "Социальная работа"])
def test_titles_of_their_own(title: str) -> None:
    assert not is_generic(title_tokens(title))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Müller, Karl", "Mueller K", AGREE),
        ("van der Berg, J. P.", "Berg JPvd", AGREE),
        ("Al-Khatib B", "Alkhatib, B.", AGREE),
        ("Adeli K.Lewis G. F.", "Adeli, K.", AGREE),
        ("J.R.Smith", "Smith JR", AGREE),
        ("Zhang Wei", "Wei Zhang", AGREE),
        ("Smith J", "Smith K", DIFFER),
        ("Smith J", "Jones J", DIFFER),
        ("Anonymous", "Smith J", UNTOLD),
        ("NA", "Smith J", UNTOLD),
        ("李明", "李明", AGREE),
        ("李明", "王芳", DIFFER),
    ],
)
def test_first_authors(one: str, other: str, expected: int) -> None:
    assert compare_names(first_author([one]), first_author([other])) == expected
    assert compare_names(first_author([other]), first_author([one])) == expected


def test_a_name_without_letters_is_nobody() -> None:
    assert read_name(" , . ").words == read_name("").words == ()
    assert first_author([]).words == ()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("N Engl J Med", "New England Journal of Medicine.", SAME),
        ("Proc Natl Acad Sci U S A", "Proceedings of the National Academy of Sciences, United States of America", SAME),
        ("Dtsch Med Wochenschr", "Deutsche Medizinische Wochenschrift", SAME),
        ("Int J Obes (Lond)", "INTERNATIONAL JOURNAL OF OBESITY", SAME),
        ("Stroke; a journal of cerebral circulation", "Stroke", SAME),
        ("Haematologica-the Hematology Journal", "Haematologica", SAME),
        ("JAMA", "Journal of the American Medical Association", SAME),
        ("Circulation. Conference: Science Symposium", "Circulation", SAME),
        ("Circulation: Heart Failure", "Circ Heart Fail", SAME),
        ("Circulation", "Circulation: Heart Failure", LIKE),
        ("Circulation", "Circulation Research", LIKE),
        ("Lancet Neurology", "Lancet Oncology", OTHER),
        ("Blood", "Stroke", OTHER),
        ("NA", "Stroke", OTHER),
    ],
)  # fmt: skip
def test_journals(one: str, other: str, expected: int) -> None:
    assert compare_venues(read_venue(one), read_venue(other)) == expected
    assert compare_venues(read_venue(other), read_venue(one)) == expected


def test_which_of_two_records_comes_first_changes_no_finding() -> None:
    export = parse_export(TRAPS.read_bytes(), "traps.csv")
    assert export is not None
    looks = [features(record) for record in export.records]
    for one, other in combinations(looks, 2):
        there, back = compare(one, other), compare(other, one)
        assert (there.likeness, there.rank) == (back.likeness, back.rank), (one.record.place, other.record.place)
