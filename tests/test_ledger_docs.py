"""The document of the ledger's format says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from litreview.ledger import BODIES, Judgment
from litreview.ledger.lines import decode_line, encode_line

TEXT = (Path(__file__).parent.parent / "docs" / "ledger.md").read_text(encoding="utf-8")


def told() -> dict[str, tuple[list[str], list[str]]]:
    """The table of kinds: needed keys and others."""
    table = TEXT.partition("| kind | needed | may have |\n")[2].splitlines()[1:]
    cells = [[re.findall(r"`([\w-]+)`", cell) for cell in row.strip("|").split("|")] for row in table]
    return {kind[0]: (needed, others) for kind, needed, others in cells}


@pytest.mark.parametrize("kind", BODIES)
def test_the_keys_of_each_kind(kind: str) -> None:
    fields = msgspec.structs.fields(BODIES[kind])
    needed = [field.encode_name for field in fields if field.required]
    assert told()[kind] == (needed, [field.encode_name for field in fields if not field.required])


def test_no_kind_is_told_that_there_is_not() -> None:
    assert list(told()) == list(BODIES)


def test_the_example_is_a_line() -> None:
    line = TEXT.partition("```json\n")[2].partition("```")[0].encode()
    found = decode_line(line)
    assert isinstance(found, Judgment)
    assert encode_line(found) == line
    keys = set(re.findall(r"^\| (`.*?`) \|", TEXT.partition("## What stands")[0], re.M))
    assert {key for row in keys for key in re.findall(r"`(\w+)`", row)} == {*msgspec.json.decode(line), "replaces"}
