"""Mistakes in a YAML file are told with file, line, what was expected and the nearest key."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec
import pytest

from litreview.errors import ProtocolError
from litreview.schema import nearest, parse_yaml, read_yaml


class Leaf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    kind: Literal["year", "person"] = "year"
    size: int | None = None


class Root(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal[1]
    title: str = ""
    criteria: tuple[Leaf, ...] = ()
    concepts: dict[str, tuple[str, ...]] = {}
    grid: tuple[tuple[int, ...], ...] = ()
    chosen: dict[Literal["year", "person"], int] = {}


def fault(text: str) -> ProtocolError:
    with pytest.raises(ProtocolError) as caught:
        parse_yaml(text, Root, Path("review.yaml"))
    return caught.value


def test_a_good_file_becomes_a_value() -> None:
    value = parse_yaml("format: 1\ncriteria: [{id: years}]\nconcepts: {pkh: [PKH]}\ngrid: [[1, 2], [3]]\n", Root)
    assert value == Root(1, "", (Leaf("years"),), {"pkh": ("PKH",)}, ((1, 2), (3,)))


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("format: 1\ntitel: x\n", 2, "Unknown key 'titel'. Did you mean 'title'?"),
        ("format: 1\nzzz: x\n", 2, "Unknown key 'zzz'. Known here: format, title, criteria, concepts, grid, chosen."),
        ("format: 1\ncriteria:\n  - id: a\n  - id: b\n    knid: year\n", 5, "Did you mean 'kind'?"),
        ("title: x\n", 1, "The key 'format' is missing here."),
        ("format: 1\ncriteria:\n  - {id: a}\n  - {kind: year}\n", 4, "The key 'id' is missing here."),
        ("format: 1\ntitle: [x]\n", 2, "'title' must be a text."),
        ("format: 1\ncriteria:\n  - {id: a, size: x}\n", 3, "'criteria.1.size' must be a whole number."),
        ("format: 1\ncriteria:\n  - {id: a, kind: yaer}\n", 3, "Did you mean 'year'? Known here: person, year."),
        ("format: 2\n", 1, "'format' cannot be '2'. Known here: 1."),
        ("format: 1\nconcepts:\n  pkh: [PKH]\n  graduation: 5\n", 4, "'concepts.graduation' must be a list"),
        ("format: 1\nconcepts:\n  pkh: [PKH]\n  graduation: [a, 5]\n", 4, "'concepts.graduation.2' must be a text."),
        ("format: 1\nconcepts:\n  2018: [PKH]\n", 2, "'concepts' must be a text."),
        ("format: 1\ngrid:\n  - [1]\n  - [1, x]\n", 4, "'grid.2.2' must be a whole number."),
        ("format: 1\n  title: x\n", 2, "This is not valid YAML"),
        ("format: 1\nformat: 1\n", 2, "This is not valid YAML"),
        ("format: 1\ncriteria: []\n- {id: a}\n", 3, "no [] or {} after its colon"),
        ("format: 1\ncriteria:\n  - {id: a}\n - {id: b}\n", 4, "begin in the same column"),
        ("format: 1\nchosen:\n  yaer: 5\n", 3, "'chosen' cannot be 'yaer'. Did you mean 'year'? Known here: "),
        ("- 1\n", 1, "'file' must have keys with values, as in {key: value}."),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(text: str, line: int, says: str) -> None:
    error = fault(text)
    assert says in str(error)
    assert error.line == line
    assert str(error).startswith(f"review.yaml:{line}: ")
    assert error.exit_code == 2


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "review.yaml"
    path.write_bytes(b"\xef\xbb\xbfformat: 1\r\ntitle: Pendampingan\r\n")
    assert read_yaml(path, Root).title == "Pendampingan"


def test_no_and_yes_are_texts_in_a_vocabulary() -> None:
    assert parse_yaml("format: 1\nconcepts: {answers: [no, yes, on]}\n", Root).concepts["answers"] == (
        "no",
        "yes",
        "on",
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [(None, "The file is missing."), (b"title: \xff\xfe", "Save it as UTF-8."), (b"a: \x00", "YAML")],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None, says: str) -> None:
    path = tmp_path / "review.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ProtocolError, match=says) as caught:
        read_yaml(path, Root)
    assert caught.value.path == path


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProtocolError, match="cannot be read"):
        read_yaml(tmp_path, Root)


def test_the_nearest_word() -> None:
    assert nearest("critera", ["criteria", "concepts"]) == "criteria"
    assert nearest("zzz", ["criteria"]) == ""
    assert nearest("x", []) == ""


@pytest.mark.parametrize("text", ["", "# notes only\n", "\n\n"])
def test_an_empty_file_says_that_it_is_empty(text: str) -> None:
    assert "The file is empty" in str(fault(text))


def test_a_key_that_nobody_has_filled_in_stands_for_none() -> None:
    assert parse_yaml("format: 1\ncriteria:\nconcepts:\n#  pkh: [PKH]\n", Root) == Root(1)
