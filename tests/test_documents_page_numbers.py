from __future__ import annotations

from pathlib import Path

import pytest

from litreview.documents.extract import Line, RawPage
from litreview.documents.model import FileStatus, Page
from litreview.documents.page_numbers import (
    ask_for_numbers,
    is_clear,
    numbers_told,
    parse_numbering,
    tell_differing,
    unclear_numbers,
    with_page_numbers,
)
from litreview.documents.printed import printed_numbers
from litreview.errors import UsageError
from litreview.ledger import Judgment, make_judgment
from tests.pdf_making import FULL, lines, make_pdf, read


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


def test_what_a_person_tells_is_read_page_by_page() -> None:
    assert parse_numbering("45", 3) == {1: "45", 2: "46", 3: "47"}
    assert parse_numbering("i,4=1", 5) == {1: "i", 2: "ii", 3: "iii", 4: "1", 5: "2"}
    assert parse_numbering("3=1", 4) == {3: "1", 4: "2"}
    assert parse_numbering("none", 4) == {}


@pytest.mark.parametrize("answer", ["", "x?", "9=1", "0=1", "1=", "i,4", "=3"])
def test_an_answer_without_numbers_is_refused(answer: str) -> None:
    with pytest.raises(UsageError):
        parse_numbering(answer, 5)


def pages(*printed: str | None) -> list[Page]:
    return [Page(0, i + 1, 0, 0, 595, 842, one) for i, one in enumerate(printed)]


def test_only_one_sequence_is_clear() -> None:
    assert is_clear(pages("31", "32", "33"))
    assert is_clear(pages("i", "ii", "1", "2", "3"))
    assert is_clear(pages(None, "2", "3", "4", "5", "6", "7", "8"))
    assert not is_clear(pages(None, None))
    assert not is_clear(pages("31", "33", "34"))
    assert not is_clear(pages("5", "6", "1", "2"))


def answer(person: str, first: int, file: str = "a.pdf", sha256: str = "") -> Judgment:
    printed = {str(i + 1): str(first + i) for i in range(2)}
    return make_judgment(person, "d", "page-numbers", {"file": file, "printed": printed, "sha256": sha256})


def test_what_people_tell_goes_before_what_was_read(tmp_path: Path) -> None:
    document = read(make_pdf(tmp_path / "a.pdf", [lines([FULL + "."])] * 2))
    files = (FileStatus("a.pdf", "ready", "r", 2, sha256="ab"),)
    (asked,) = ask_for_numbers(unclear_numbers(document), files, {})
    assert "a.pdf=45" in str(asked)
    told = numbers_told([answer("ani", 12)])
    assert [page.printed for page in with_page_numbers(document, files, told).pages] == ["12", "13"]
    assert ask_for_numbers(unclear_numbers(document), files, told) == tell_differing(files, told) == []
    moved = numbers_told([answer("ani", 12, "old/name.pdf", "ab")])
    assert [page.printed for page in with_page_numbers(document, files, moved).pages] == ["12", "13"]
    both = numbers_told([answer("ani", 12), answer("budi", 14)])
    assert [page.printed for page in with_page_numbers(document, files, both).pages] == [None, None]
    assert "ani, budi" in str(tell_differing(files, both)[0])
