"""Headings whose level and kind only the document around them tells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from litreview.documents.accents import compose_accents
from litreview.documents.headings import named_kinds, run_in_lead
from tests.pdf_making import FULL, Piece, make_pdf, read

Heading = tuple[str, float, str]  # what it says, its size, its font


def kinds_of(tmp_path: Path, headings: Sequence[Heading]) -> list[tuple[str, str]]:
    """The first kind of each heading of an article that is set with these, each before a paragraph."""
    pages: list[list[Piece]] = [[]]
    y = 60.0
    for text, size, font in headings:
        if y > 700:
            pages.append([])
            y = 60.0
        pages[-1] += [
            (72, y, text, size, font),
            (72, y + 24, FULL, 9),
            (72, y + 36, FULL, 9),
            (72, y + 48, "Habis.", 9),
        ]
        y += 84
    document = read(make_pdf(tmp_path / "a.pdf", pages))
    return [(section.heading, section.kinds[0]) for section in document.sections if section.heading]


def test_sub_headings_in_the_type_of_the_top_ones_stay_in_their_section(tmp_path: Path) -> None:
    names = ["Introduction", "Results", "Lamps Burn Longer in Dry Houses", "Discussion", "Two Ways to Tell a Lamp",
             "Materials and Methods", "Lamp Wicks", "References"]  # fmt: skip
    found = dict(kinds_of(tmp_path, [(name, 10, "helv") for name in names]))
    assert found["Lamps Burn Longer in Dry Houses"] == "results"
    assert found["Two Ways to Tell a Lamp"] == "discussion"
    assert found["Lamp Wicks"] == "method"


def test_numbers_that_count_through_an_article_are_of_its_top_sections(tmp_path: Path) -> None:
    names = ["Introduction", "1. Lamps and wicks", "2. Dealing with oil", "3. Burning", "Conclusion"]
    found = dict(kinds_of(tmp_path, [(name, 12, "hebo") for name in names]))
    assert [found[name] for name in names] == ["introduction", "other", "other", "other", "conclusion"]


def test_a_task_named_recommendation_is_no_recommendation(tmp_path: Path) -> None:
    names = ["1 Introduction", "2 Tasks", "2.1 Recommendation", "3 Results", "4 Conclusion", "5 Recommendations"]
    found = dict(kinds_of(tmp_path, [(name, 12, "hebo") for name in names]))
    assert found["2.1 Recommendation"] == "other"
    assert found["5 Recommendations"] == "recommendation"


def test_what_stands_after_the_references_is_an_appendix(tmp_path: Path) -> None:
    names = ["1 Introduction", "2 Conclusion", "References", "A Further Lamps"]
    assert dict(kinds_of(tmp_path, [(name, 12, "hebo") for name in names]))["A Further Lamps"] == "appendix"


def test_a_heading_one_point_larger_than_the_text_below_it_is_not_of_its_paragraph(tmp_path: Path) -> None:
    rows: list[Piece] = [(72, 60, "Introduction", 10, "hebo"), (72, 74, FULL, 9), (72, 85, FULL + ".", 9)]
    rows += [(72, 110, "Lamps Burn Longer", 10), (72, 121, FULL, 9), (72, 132, FULL, 9), (72, 143, FULL + ".", 9)]
    document = read(make_pdf(tmp_path / "a.pdf", [rows]))
    assert [section.heading for section in document.sections] == ["Introduction", "Lamps Burn Longer"]


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("2 Existing Resources and Related Work", ("theory",)),
        ("A Brief Overview of Previous Approaches", ("theory",)),
        ("Kajian Konsep dan Penelitian Terdahulu", ("theory",)),
        ("A Appendix A - Baseline Details", ("appendix",)),
        ("Lampiran 1. Pedoman Wawancara", ("appendix",)),
        ("Author Summary", ("abstract",)),
        ("Resources and Lamps", ()),
    ],
)
def test_what_more_headings_name(heading: str, kinds: tuple[str, ...]) -> None:
    assert named_kinds(heading) == kinds


def test_headings_in_bold_may_begin_their_paragraph() -> None:
    assert run_in_lead("Acknowledgments This research was supported") == ("acknowledgements", len("Acknowledgments "))
    assert run_in_lead("Abstract This study") == ("abstract", len("Abstract "))
    assert run_in_lead("Acknowledgments are due to many") == ("", 0)


def test_an_abstract_begins_with_its_heading_in_bold(tmp_path: Path) -> None:
    rows: list[Piece] = [(72, 60, "Lamps and Wicks in Dry Houses", 16, "hebo"), (72, 120, "Abstract", 10, "hebo")]
    rows += [(120, 120, "Lamps burn in all houses of the dry coast, and nobody has told how long or for whom.", 10)]
    rows += [(72, 133, "We asked forty families and counted the wicks that they had used over six full months.", 10)]
    rows += [(72, 170, "1 Introduction", 11, "hebo"), (72, 190, FULL + ".", 10)]
    abstract = read(make_pdf(tmp_path / "a.pdf", [rows])).metadata.abstracts["en"].value
    assert abstract.startswith("Lamps burn")
    assert abstract.endswith("six full months.")


@pytest.mark.parametrize(
    ("loose", "composed"),
    [("Krzemien´", "Krzemień"), ("Miche`le", "Michèle"), ("Sch¨utze", "Schütze"), ("M¨uller", "Müller"),
     ("Garcia", "Garcia"), ("5´", "5´"), ("", "")],
)  # fmt: skip
def test_loose_accents_are_set_on_their_letters(loose: str, composed: str) -> None:
    assert compose_accents(loose) == composed


def test_a_cover_alone_has_a_title(tmp_path: Path) -> None:
    cover: list[Piece] = [
        (90, 110, "MENATA HARI ESOK KELUARGA DI DESA ENTAH", 14, "hebo"),
        (250, 200, "TESIS", 14, "hebo"),
    ]
    cover += [
        (200, 330, "Ratri Ayu Kusumawati", 12),
        (200, 560, "Universitas Contoh Nusantara", 12),
        (270, 580, "2022", 12),
    ]
    document = read(make_pdf(tmp_path / "COVER.pdf", [cover]))
    assert document.metadata.title is not None
    assert document.metadata.title.value == "MENATA HARI ESOK KELUARGA DI DESA ENTAH"
    assert document.metadata.year is not None
    assert document.metadata.year.value == "2022"
