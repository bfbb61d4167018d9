from __future__ import annotations

from litreview.documents.extract import Line, RawPage
from litreview.documents.printed import printed_numbers


def page(foot: str, label: str = "") -> RawPage:
    dropped = [Line(0, [], foot.split(), 290, 800, 300, 810, 9)] if foot else []
    return RawPage(0, 1, 595, 842, ["kata"], [], [], label=label, dropped=dropped)


def numbers(*feet: str) -> list[str | None]:
    return printed_numbers([page(foot) for foot in feet])


def test_numbers_in_sequence_fill_the_pages_between() -> None:
    assert numbers("23", "24", "", "26") == ["23", "24", "25", "26"]


def test_roman_front_matter_goes_over_into_arabic_numbers() -> None:
    assert numbers("", "ii", "iii", "", "1", "2", "3") == ["i", "ii", "iii", "iv", "1", "2", "3"]


def test_a_number_out_of_sequence_is_not_believed() -> None:
    assert numbers("14", "15", "71", "17", "18") == ["14", "15", "16", "17", "18"]
    assert numbers("Vol. 8", "Vol. 8", "Vol. 8") == [None, None, None]


def test_numbers_beside_other_words() -> None:
    assert numbers("Jurnal Karangan 41", "42 Jurnal Karangan", "Jurnal Karangan 43") == ["41", "42", "43"]
    assert numbers("- 7 -", "- 8 -") == ["7", "8"]
    assert numbers("Halaman 3 dari 9", "Halaman 4 dari 9") == ["3", "4"]


def test_labels_of_the_pdf_stand_in_where_nothing_is_printed() -> None:
    assert printed_numbers([page("", "iv"), page("", "v")]) == ["iv", "v"]
    assert numbers("", "") == [None, None]
    assert numbers() == []
