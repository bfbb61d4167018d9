"""Versions of protocol and codebook: kept whole by content, followed whatever the order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from litreview.errors import LedgerError
from litreview.files import hash_bytes
from litreview.ledger import Judgment
from litreview.versions import Chain, keep_version, kept_version, read_version, version_of


def step(id_: str, source: str, target: str) -> Judgment:
    return Judgment(id_, "", "lead", "d", "protocol-version", {"from": source, "to": target})


def test_a_version_is_kept_under_the_hash_of_its_text_and_read_again(tmp_path: Path) -> None:
    version = version_of("format: 1\n# é 👍🏽\n")
    keep_version(tmp_path, version)
    file = tmp_path / "versions" / f"{version.hash}.yaml"
    assert hash_bytes(file.read_bytes()) == version.hash
    assert kept_version(tmp_path, version.hash) == version


def test_line_ends_and_byte_order_marks_make_no_other_version(tmp_path: Path) -> None:
    plain, windows = tmp_path / "a.yaml", tmp_path / "b.yaml"
    plain.write_bytes(b"a: 1\nb: 2\n")
    windows.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert read_version(plain) == read_version(windows)


def test_a_copy_is_found_under_any_name_and_with_changed_line_ends(tmp_path: Path) -> None:
    version = version_of("a: 1\nb: 2\n")
    folder = tmp_path / "versions"
    folder.mkdir()
    (folder / "0 broken.yaml").write_bytes(b"\xff\xfe\x00")
    (folder / f"{version.hash} (1).yaml").write_bytes(b"a: 1\r\nb: 2\r\n")
    assert kept_version(tmp_path, version.hash) == version


def test_a_damaged_or_missing_version_is_not_at_hand_and_is_kept_anew(tmp_path: Path) -> None:
    version = version_of("a: 1\n")
    assert kept_version(tmp_path, version.hash) is None
    keep_version(tmp_path, version)
    (tmp_path / "versions" / f"{version.hash}.yaml").write_bytes(b"a: 2\n")
    assert kept_version(tmp_path, version.hash) is None
    assert kept_version(tmp_path, "../../secret") is None
    keep_version(tmp_path, version)
    assert kept_version(tmp_path, version.hash) == version


def test_a_full_disk_is_told_and_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LedgerError, match="No space left"):
        keep_version(tmp_path, version_of("a: 1\n"))
    assert list((tmp_path / "versions").iterdir()) == []


def test_ways_are_the_shortest_and_the_order_of_judgments_decides_nothing() -> None:
    steps = [step("1", "a", "b"), step("2", "b", "c"), step("3", "a", "c"), step("4", "c", "d")]
    for order in (steps, steps[::-1]):
        chain = Chain(order, "protocol-version")
        assert [[one.id for one in same] for same in chain.ways("a")["d"]] == [["3"], ["4"]]
    assert Chain([], "protocol-version").ways("a") == {"a": []}


def test_the_last_version_is_one_that_no_other_follows() -> None:
    chain = Chain([step("1", "a", "b")], "protocol-version")
    assert chain.last([("9", "a")]) == "b"
    assert chain.last([("9", "x"), ("2", "y")]) == "x"
    assert chain.newer("a") == ["b"]
    assert chain.newer("b") == []
    assert Chain([], "protocol-version").last([]) == ""


def test_going_back_makes_the_earlier_version_the_last_again() -> None:
    chain = Chain([step("1", "a", "b"), step("2", "b", "a")], "protocol-version")
    assert chain.last([("0", "a")]) == "a"
    assert chain.newer("a") == []
    assert chain.loose([("0", "b")], "a") == []


def test_versions_that_no_way_joins_to_today_are_loose() -> None:
    chain = Chain([step("1", "a", "b")], "protocol-version")
    assert chain.loose([("0", "a"), ("3", "z")], "c") == ["b", "z"]
    assert chain.loose([("0", "a"), ("3", "z")], "b") == ["z"]
    assert chain.loose([("5", "b")], "a") == []
