"""Files are written whole or not at all, and with names and patience that every system takes."""

from __future__ import annotations

import os
import time
import unicodedata
from pathlib import Path

import pytest

from litreview.files import hash_bytes, hash_file, locate, posix, safe_name, with_patience, write_atomic, write_text

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # FIPS 180-4: SHA-256 of nothing


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that would have been slept."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    return slept


def test_a_file_is_written_and_the_same_bytes_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"
    assert write_atomic(path, b"one")
    os.utime(path, ns=(1, 1))
    assert not write_atomic(path, b"one")
    assert path.stat().st_mtime_ns == 1
    assert write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["b.txt"]


def test_text_is_utf8_with_plain_line_ends(tmp_path: Path) -> None:
    write_text(tmp_path / "t", "Ibu “Sri”\r\nmaju\n")
    assert (tmp_path / "t").read_bytes() == "Ibu “Sri”\nmaju\n".encode()


@pytest.mark.parametrize(("owner", "step"), [(os, "fsync"), (Path, "replace")])
def test_a_crash_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: object, step: str) -> None:
    def fail(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "report.html"
    path.write_bytes(b"old")
    monkeypatch.setattr(owner, step, fail)
    with pytest.raises(OSError, match="No space"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_the_bytes_are_on_disk_before_the_name_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def told_fsync(descriptor: int) -> None:
        steps.append("fsync")
        fsync(descriptor)

    def told_replace(source: Path, target: Path) -> Path:
        steps.append("replace")
        return replace(source, target)

    monkeypatch.setattr(os, "fsync", told_fsync)
    monkeypatch.setattr(Path, "replace", told_replace)
    write_atomic(tmp_path / "x", b"1")
    assert steps[:2] == ["fsync", "replace"]


def test_a_file_locked_for_a_moment_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    real, locked = Path.replace, iter([True, True, False])

    def replace(source: Path, target: Path) -> Path:
        if next(locked):
            raise PermissionError(13, "in use")
        return real(source, target)

    monkeypatch.setattr(Path, "replace", replace)
    assert write_atomic(tmp_path / "report.docx", b"new")
    assert (tmp_path / "report.docx").read_bytes() == b"new"
    assert len(waits) == 2


def test_a_file_that_stays_locked_is_told_within_two_seconds(waits: list[float]) -> None:
    def locked() -> None:
        raise PermissionError(13, "in use")

    with pytest.raises(PermissionError):
        with_patience(locked)
    assert 1 < sum(waits) < 2


def test_hashes_agree(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    assert hash_file(tmp_path / "x") == hash_bytes(b"") == EMPTY


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tesis: bab 1/2?", "Tesis- bab 1-2-"),
        ("con", "_con"),
        ("COM1.txt", "_COM1.txt"),
        ("lpt¹", "_lpt¹"),
        ("console", "console"),
        ("  judul . ", "judul"),
        ("...", "_"),
        ("", "_"),
        ("a\nb\x00c", "a-b-c"),
        ("Pemberdayaan di Ngawi – é", "Pemberdayaan di Ngawi – é"),
        ("e\u0301", "é"),
        ("a" * 79 + ".b", "a" * 79),
        ("😀" * 80, "😀" * 50),
    ],
)
def test_names_suit_every_system(text: str, name: str) -> None:
    assert safe_name(text) == name
    assert len(safe_name(text).encode()) < 255 - len(".new.docx")


def test_paths_are_told_with_slashes_and_composed_letters_and_found_again(tmp_path: Path) -> None:
    folder = tmp_path / unicodedata.normalize("NFD", "corpus é")
    folder.mkdir()
    path = folder / unicodedata.normalize("NFD", "skripsi à.pdf")
    path.write_bytes(b"x")
    name = posix(path, tmp_path)
    assert name == "corpus é/skripsi à.pdf"
    assert locate(tmp_path, name).read_bytes() == b"x"
    assert locate(tmp_path, "corpus é/other.pdf").name == "other.pdf"
    assert not locate(tmp_path, "none/other.pdf").exists()
