"""Files that nothing is made of are told, each once and with why."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from litreview.review import Review
from litreview.shipped import create_review
from tests.pdf_making import FULL, lines, make_pdf

RIS = "TY  - JOUR\nTI  - Pendampingan\nPY  - 2020\nER  - \n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    create_review(tmp_path)
    return tmp_path / "corpus"


def put(corpus: Path, name: str, content: str = "x") -> None:
    (corpus / name).parent.mkdir(parents=True, exist_ok=True)
    (corpus / name).write_text(content, encoding="utf-8")


def unused(corpus: Path) -> dict[str, str]:
    return {file.path.removeprefix("corpus/"): str(file.why) for file in Review.open(corpus.parent).state().unused}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("chapter.doc", "x", "save it as DOCX or PDF"),
        ("book.epub", "x", "save it as DOCX or PDF"),
        ("short.txt", "Two words. " * 20, "too short a text"),
        ("short.md", "Two words. " * 20, "too short a text"),
        ("catatan rapat.md", "Two words. " * 900, "By its name it holds notes"),
        ("search.xls", "x", "saved as XLSX or CSV"),
        ("search.xlsx", "x", "no search export"),
        ("photo.png", "x", "This kind of file is not read"),
        ("empty.ris", "", "empty"),
        ("empty.csv", "", "empty"),
        ("letters.ris", "Dear reader, this is no export.", "no search export"),
        ("worksheet.csv", "PK\x03\x04\x00\x00", "no search export"),
        ("numbers.csv", "a,b\n1,2\n" * 1000, "no search export"),
        ("heading.csv", "title,authors,year\n", "holds no record"),
    ],
)
def test_a_file_that_is_not_used_is_told_with_why(corpus: Path, name: str, content: str, says: str) -> None:
    put(corpus, name, content)
    put(corpus, "good.ris", RIS)
    (told,) = unused(corpus).items()
    assert told[0] == name
    assert says in told[1]


def test_the_second_copy_of_a_pdf_names_the_first(corpus: Path) -> None:
    make_pdf(corpus / "a.pdf", [lines([FULL] * 3)])
    shutil.copyfile(corpus / "a.pdf", corpus / "b.pdf")
    assert unused(corpus) == {"b.pdf": "The same content as corpus/a.pdf, which is read once."}


def test_what_every_folder_may_hold_and_named_data_files_are_no_matter(corpus: Path) -> None:
    (corpus.parent / "review.yaml").write_text(
        "format: 1\ntitle: {id: A}\nsources: [{path: data, role: background}]\n", encoding="utf-8"
    )
    for name in (
        "README.md",
        ".hidden",
        "~$open.docx",
        "inner/Thumbs.db",
        "page_files/frame.html",
        "data/table.csv",
        "good.ris",
    ):
        put(corpus, name, RIS if name.endswith(".ris") else "a,b\n1,2\n")
    assert unused(corpus) == {}


def test_the_summary_counts_them_and_the_report_lists_each(corpus: Path) -> None:
    for name in ("a.doc", "b.doc", "c.doc", "d.doc", "good.ris"):
        put(corpus, name, RIS if name.endswith(".ris") else name)
    notices = [str(what) for what in Review.open(corpus.parent).run().notices]
    assert "Files that are not used: 4 (a.doc; b.doc; c.doc; …). The report says why." in notices
    outputs = corpus.parent / "outputs"
    rows = list(csv.DictReader(io.StringIO((outputs / "tables" / "files.csv").read_text(encoding="utf-8-sig"))))
    assert [row["file"] for row in rows] == [f"corpus/{letter}.doc" for letter in "abcd"]
    page = (outputs / "report.html").read_text(encoding="utf-8")
    assert all(f"corpus/{letter}.doc" in page for letter in "abcd")


def test_where_nothing_can_be_read_the_files_are_named_and_the_kinds_that_are(corpus: Path) -> None:
    put(corpus, "chapter.doc")
    put(corpus, "search.xlsx")
    (notice,) = map(str, Review.open(corpus.parent).run().notices)
    assert "chapter.doc; search.xlsx" in notice
    assert "RIS, BibTeX, CSV or XLSX" in notice
