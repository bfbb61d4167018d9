from __future__ import annotations

import pytest

from litreview.records.fields import (
    clean,
    family_name,
    file_title,
    find_doi,
    find_year,
    is_truncated,
    same_name,
    title_key,
)


@pytest.mark.parametrize(
    ("value", "doi"),
    [
        ("https://doi.org/10.5555/AbC", "10.5555/abc"),
        ("doi:10.5555/a(1).", "10.5555/a(1)"),
        ("(10.5555/a)", "10.5555/a"),
        ("http://x?doi=10.5555%2Fa", "10.5555/a"),
        ("no doi", ""),
    ],
)
def test_find_doi(value: str, doi: str) -> None:
    assert find_doi("", value) == doi


@pytest.mark.parametrize(
    ("value", "year"),
    [("2014//", 2014), ("20140301", 2014), ("March 2014", 2014), ("n.d.", None), ("123456", None), ("", None)],
)
def test_find_year(value: str, year: int | None) -> None:
    assert find_year(value) == year


def test_titles_are_equal_but_for_signs_and_case() -> None:
    assert title_key("Peran  PENDAMPING: studi “kasus”") == title_key("peran pendamping - Studi kasus.")
    assert clean("A<sub>2</sub> &amp; B<b>c</b>") == "A2 & Bc"
    assert is_truncated("Peran pendamping … ")
    assert not is_truncated("Peran pendamping.")


def test_family_names() -> None:
    assert family_name("Sari, Dewi") == family_name("Dewi Sari") == family_name("Sari D.") == "sari"
    assert family_name("") == ""


def test_same_name() -> None:
    assert same_name("Sari, Dewi", "D Sari")
    assert same_name("Dewi Sari", "Sari, D.")
    assert same_name("Ahmad Fauzi Rahman", "Rahman, A. F.")
    assert not same_name("Sari, Dewi", "Sari, Bunga")
    assert not same_name("Sari, Dewi", "Putra, D")


@pytest.mark.parametrize(
    ("files", "title"),
    [
        (("corpus/theses/Ratri Wulan/ABSTRAK.pdf", "corpus/theses/Ratri Wulan/BAB I.pdf"), "Ratri Wulan"),
        (("corpus/a/Sari 2020.pdf",), "Sari 2020"),
        (("a/Sari.pdf", "b/Sari.pdf"), "Sari"),
        ((), ""),
    ],
)
def test_a_report_without_a_title_is_called_by_its_file_or_folder(files: tuple[str, ...], title: str) -> None:
    assert file_title(files) == title
