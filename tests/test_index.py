"""The index is a cache: it may be deleted, damaged or of another version, and is begun anew (law 2)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from litreview.errors import LitreviewError
from litreview.index import SCHEMA, Index, key_of


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """A new index with one result in it."""
    place = tmp_path / ".litreview" / "index.db"
    with Index(place) as index:
        index.put("read", "a", b"one")
    yield place
    with Index(place) as index:  # whatever happened, it can be used afterwards
        index.put("read", "z", b"last")
        assert index.get("read", "z") == b"last"


def test_what_is_put_is_got(path: Path) -> None:
    with Index(path) as index:
        assert index.get("read", "a") == b"one"
        assert index.get("suggest", "a") is None
        assert index.get("read", "b") is None
        index.put("read", "a", b"\x00two")
        assert index.get("read", "a") == b"\x00two"


def test_only_the_named_keys_of_a_stage_are_kept(path: Path) -> None:
    with Index(path) as index:
        index.put("read", "b", b"")
        index.put("suggest", "b", b"x")
        index.keep_only("read", ["a", "c"])
        assert [index.get("read", "a"), index.get("read", "b"), index.get("suggest", "b")] == [b"one", None, b"x"]
        index.keep_only("read", [])
        assert index.get("read", "a") is None


@pytest.mark.parametrize("content", [b"", b"not a database, but long enough to be taken for one" * 40])
def test_a_file_that_is_no_index_is_begun_anew(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with Index(path) as index:
        assert index.get("read", "a") is None


def test_a_deleted_index_is_begun_anew(path: Path) -> None:
    path.unlink()
    with Index(path) as index:
        assert index.get("read", "a") is None


def test_another_schema_is_begun_anew(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"pragma user_version = {SCHEMA + 1}")
    with Index(path) as index:
        assert index.get("read", "a") is None


@pytest.mark.parametrize("first", ["get", "put"])
def test_damage_found_while_reading_is_begun_anew(path: Path, first: str) -> None:
    with Index(path) as index:
        for number in range(200):
            index.put("read", f"k{number}", b"x" * 500)
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with Index(path) as index:
        if first == "put":
            index.put("read", "k150", b"new")
            assert index.get("read", "k150") == b"new"
        assert index.get("read", "k100") is None


def test_all_or_nothing(path: Path) -> None:
    def half(index: Index) -> None:
        with index.transaction() as connection:
            connection.execute("delete from results")
            raise ZeroDivisionError

    with Index(path) as index:
        with pytest.raises(ZeroDivisionError):
            half(index)
        assert index.get("read", "a") == b"one"


def test_a_full_disk_is_told(path: Path) -> None:
    with Index(path) as index:
        with index.transaction() as connection:
            pages = connection.execute("pragma page_count").fetchone()[0]
            connection.execute(f"pragma max_page_count = {pages}")
        with pytest.raises(LitreviewError, match="full"):
            index.put("read", "big", b"x" * 1_000_000)
        assert index.get("read", "a") == b"one"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LitreviewError, match="The index cannot be used"):
        Index(tmp_path / "file" / "index.db")
    (tmp_path / "index.db").mkdir()
    with pytest.raises(LitreviewError, match="The index cannot be used"):
        Index(tmp_path / "index.db")


def test_keys_tell_their_parts_apart() -> None:
    assert key_of("ab", "c") != key_of("a", "bc")
    assert key_of("a", "b") == key_of("a", "b")
    assert len(key_of()) == 64
