from __future__ import annotations

from litreview.documents.grouping import group_files


def groups(*paths: str) -> list[list[str]]:
    return [list(report.files) for report in group_files(paths)]


def test_parts_of_a_thesis_are_one_report_in_reading_order() -> None:
    names = ["BAB IV", "DAFTAR PUSTAKA", "BAB I", "COVER", "ABSTRAK", "BAB II", "BAB V", "BAB III", "LAMPIRAN"]
    (report,) = group_files([f"theses/Ratri/{name}.pdf" for name in names])
    order = ["COVER", "ABSTRAK", "BAB I", "BAB II", "BAB III", "BAB IV", "BAB V", "DAFTAR PUSTAKA", "LAMPIRAN"]
    assert list(report.files) == [f"theses/Ratri/{name}.pdf" for name in order]
    assert report.report == "theses/Ratri"


def test_repository_names_with_numbers_and_underscores() -> None:
    assert groups("t/03_BAB_2.pdf", "t/02_BAB_1.pdf", "t/01_Cover.pdf") == [
        ["t/01_Cover.pdf", "t/02_BAB_1.pdf", "t/03_BAB_2.pdf"]
    ]


def test_two_theses_of_one_folder_stay_apart() -> None:
    found = groups("t/Ani BAB I.pdf", "t/Ani BAB II.pdf", "t/Budi BAB I.pdf", "t/Budi BAB II.pdf")
    assert found == [["t/Ani BAB I.pdf", "t/Ani BAB II.pdf"], ["t/Budi BAB I.pdf", "t/Budi BAB II.pdf"]]


def test_other_files_are_reports_of_their_own() -> None:
    assert groups("a/two.pdf", "a/Babad Tanah.pdf") == [["a/Babad Tanah.pdf"], ["a/two.pdf"]]
    assert groups("a/ABSTRAK.pdf", "a/artikel.pdf") == [["a/ABSTRAK.pdf"], ["a/artikel.pdf"]]
    assert groups() == []
