"""Tables of judgments made elsewhere: what is read, and what is told of what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from litreview.coding.coefficients import measure
from litreview.coding.ratings_file import parse_ratings, read_ratings
from litreview.errors import LitreviewError, UsageError


@pytest.mark.parametrize(
    "content",
    [
        b"unit,coder,value\n1,a,ya\n1,b,ya\n2,a,tidak\n2,b,ya\n3,a,ya\n3,b,\n",
        b"\xef\xbb\xbfUnit;CODER;Value\r\n1;a;ya\r\n1;b;ya\r\n2;a;tidak\r\n2;b;ya\r\n3;a;ya\r\n3;b;\r\n",
        b"value\tunit\tnote\tcoder\nya\t1\t\ta\nya\t1\tx\tb\ntidak\t2\t\ta\nya\t2\t\tb\nya\t3\t\ta",
        b"sep=;\n unit ;coder;value\n1;a; ya\n\n1;b;ya\n2;a;tidak\n2;b;ya\n3;a;ya\n;;\n",
        "unit,coder,value\n1,a,ya\n1,b,ya\n2,a,tidak\n2,b,ya\n3,a,ya\n".encode("utf-16"),
        b'unit,coder,value\n"1",a,"ya"\n1,a,ya\n1,b,ya\n2,a,tidak\n2,b,ya\n3,a,ya\n3,b,\n',
    ],
    ids=["commas", "semicolons with mark", "tabs in another order", "Excel's first line", "UTF-16", "the same twice"],
)
def test_tables_as_programs_write_them(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "judgments.csv"
    path.write_bytes(content)
    ratings = read_ratings(path)
    assert ratings.raters == ("a", "b")
    assert ratings.values.tolist() == [[1, 1], [0, 1], [1, -1]]
    assert measure(ratings)["percent"].value == 0.5


def test_latin_1_is_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("unit,coder,value\n1,José,café\n1,Ana,café\n".encode("latin-1"))
    assert read_ratings(path).raters == ("Ana", "José")


def test_a_unit_is_named_by_document_and_unit_together() -> None:
    text = "document,unit,coder,value\nx,1,a,y\nx,1,b,n\nz,1,a,y\nz,1,b,y\n"
    ratings = parse_ratings(text)
    assert ratings.values.tolist() == [[1, 0], [1, 1]]
    assert ratings.documents is not None
    assert ratings.documents.tolist() == [0, 1]
    assert measure(ratings)["percent"].clusters == 2


def test_a_table_without_rows_has_nothing_to_compare() -> None:
    assert str(measure(parse_ratings("unit,coder,value\n"))["percent"].reason) == "Nothing was judged."
    assert parse_ratings("unit,coder,value\n1,a,\n1,b,\n").values.tolist() == [[-1, -1]]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", None, "empty"),
        ("\n \n", None, "empty"),
        ("unit,value\n1,x\n", 1, "lacks the column coder"),
        ("\n\nunit;kode\n", 3, "lacks the column coder, value"),
        ("unit,coder,value,Value\n", 1, "stands twice"),
        ("unit,coder,value\n1,a,x\n1,b,x\n1,a,y\n", 4, "a judged the unit '1' before"),
        ('unit,coder,value\n"1\n2",a,x\n\n3,,x\n', 5, "'coder' is empty"),
        ("unit,coder,value\n,a,x\n", 2, "'unit' is empty"),
        ("unit,coder,value,document\n1,a,x,\n", 2, "'document' is empty"),
        ("unit,coder,value\n1,a,yes, partly\n", 2, "more cells"),
        ('unit,coder,value\n1,a,"x\n', None, "never closed"),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, line: int | None, words: str) -> None:
    with pytest.raises(UsageError) as told:
        parse_ratings(text, Path("t.csv"))
    assert told.value.line == line
    assert words in str(told.value)
    assert str(told.value).startswith("t.csv:")


def test_what_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"PK\x03\x04\0\0")
    with pytest.raises(UsageError, match="no table"):
        read_ratings(tmp_path / "t.csv")
    with pytest.raises(LitreviewError, match="cannot be read"):
        read_ratings(tmp_path / "missing.csv")
