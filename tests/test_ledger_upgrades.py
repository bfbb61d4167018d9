"""Lines of every format are read for ever. Each format has a golden file: its lines, and what they are read as."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from litreview.ledger import FORMAT, KINDS, LedgerFollower, read_ledger
from litreview.ledger.lines import encode_line
from litreview.ledger.upgrades import STEPS, Step, upgrade_line
from tests.ledger_making import coding

DATA = Path(__file__).parent / "data"
NAMES = ("id", "at", "person", "device", "kind", "body")


def golden(folder: Path, number: int, steps: tuple[Step, ...] = STEPS) -> list[dict[str, Any]]:
    """The golden lines of a format as they are read."""
    content = (DATA / f"ledger-format-{number}.jsonl").read_bytes()
    (folder / "x.jsonl").write_bytes(content)
    read = read_ledger(folder, steps)
    assert (read.notices, read.needs_newer) == ((), None)
    assert len(read.judgments) == content.count(b"\n")
    return [{name: getattr(j, name) for name in NAMES} for j in read.judgments]


@pytest.mark.parametrize("number", range(1, FORMAT + 1))
def test_lines_of_every_format_are_read_as_ever(tmp_path: Path, number: int) -> None:
    expected = msgspec.json.decode((DATA / f"ledger-format-{number}-read.json").read_bytes())
    assert golden(tmp_path, number) == expected


def test_the_golden_file_of_the_newest_format_has_every_kind(tmp_path: Path) -> None:
    assert {row["kind"] for row in golden(tmp_path, FORMAT)} == set(KINDS)


def pretended(line: dict[str, Any]) -> dict[str, Any]:
    """A step as a later format may bring one: a memo's `target` is called `on`."""
    if line["kind"] != "memo":
        return line
    body = {("on" if key == "target" else key): value for key, value in line["body"].items()}
    return {**line, "body": body}


def pretended_too(line: dict[str, Any]) -> dict[str, Any]:
    return {**line, "device": line["device"].upper()}


def test_a_line_goes_through_each_step_once() -> None:
    line = {"kind": "memo", "device": "d", "body": {"target": "x", "text": "y"}}
    steps = (pretended, pretended_too)
    newest = {"format": 3, "kind": "memo", "device": "D", "body": {"on": "x", "text": "y"}}
    assert upgrade_line(line, steps) == newest
    assert upgrade_line({**line, "format": 2}, steps) == {**line, "format": 3, "device": "D"}
    assert upgrade_line(newest, steps) == newest
    assert line == {"kind": "memo", "device": "d", "body": {"target": "x", "text": "y"}}


@pytest.mark.parametrize("number", [0, 4, "1", None])
def test_a_format_without_a_way_is_refused(number: object) -> None:
    with pytest.raises(ValueError, match="no way from format"):
        upgrade_line({"format": number}, (pretended, pretended_too))


def test_old_lines_are_read_by_a_version_with_another_format(tmp_path: Path) -> None:
    now, then = golden(tmp_path, 1), golden(tmp_path, 1, (pretended, pretended_too))
    for old, new in zip(now, then, strict=True):
        assert {**new, "body": dict(new["body"])} == pretended_too(pretended({**old, "body": dict(old["body"])}))


def test_old_and_new_lines_stand_in_one_file_and_none_is_rewritten(tmp_path: Path) -> None:
    old, new = coding(), coding(device="hp")
    path = tmp_path / "x.jsonl"
    path.write_bytes(encode_line(old) + encode_line(new).replace(b'"format":1', b'"format":2'))
    before = path.read_bytes()
    follower = LedgerFollower(tmp_path, (pretended_too,))
    assert [j.device for j in follower.refresh().judgments] == ["LAPTOP", "hp"]
    assert path.read_bytes() == before


def broken(line: dict[str, Any]) -> dict[str, Any]:
    return {**line, "body": line["body"]["no such key"]}


def test_a_line_that_its_own_format_does_not_allow_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(encode_line(coding()))
    read = read_ledger(tmp_path, (broken,))
    assert read.judgments == ()
    assert "damaged" in str(read.notices[0])
