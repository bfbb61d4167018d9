"""Frozen texts on disk: written through before the judgment, once, found under any name, a damaged one costs itself."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import msgspec
import pytest

from litreview.documents import frozen_folder
from litreview.documents.anchored import write_anchored
from litreview.documents.frozen import FORMAT, encode_frozen
from litreview.documents.frozen_folder import frozen_name, keep_bytes, keep_frozen, read_frozen, texts_folder
from litreview.errors import LedgerError
from litreview.ledger import read_ledger
from tests.text_making import PROSE, frozen_of, judged, make_document

DOCUMENT = make_document(PROSE)
FROZEN = frozen_of(DOCUMENT)


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frozen_folder, "_forced", set())


def path_in(folder: Path) -> Path:
    return texts_folder(folder) / frozen_name(FROZEN)


def test_it_is_kept_once_under_its_content(tmp_path: Path) -> None:
    assert keep_frozen(tmp_path, FROZEN)
    before = path_in(tmp_path).stat()
    assert not keep_frozen(tmp_path, FROZEN)
    assert path_in(tmp_path).stat().st_mtime_ns == before.st_mtime_ns
    assert path_in(tmp_path).name.startswith(DOCUMENT.text_hash)
    assert read_frozen(tmp_path).texts == (FROZEN,)
    assert [p.name for p in tmp_path.iterdir()] == ["texts"]


def test_no_folder_holds_no_texts(tmp_path: Path) -> None:
    assert read_frozen(tmp_path / "none").texts == ()


def test_names_decide_nothing_and_a_copy_counts_once(tmp_path: Path) -> None:
    keep_frozen(tmp_path, FROZEN)
    for name in ("copy (1).json.gz", "DOC-20230101-WA0007", "deep/a.gz"):
        (texts_folder(tmp_path) / name).parent.mkdir(exist_ok=True)
        shutil.copy(path_in(tmp_path), texts_folder(tmp_path) / name)
    path_in(tmp_path).unlink()
    (texts_folder(tmp_path) / "README.md").write_text("notes", encoding="utf-8")
    (texts_folder(tmp_path) / ".x.part").write_bytes(b"\x1f\x8bhalf")
    read = read_frozen(tmp_path)
    assert (read.texts, read.notices) == ((FROZEN,), ())


def test_two_readings_of_one_text_stand_beside_each_other(tmp_path: Path) -> None:
    other = frozen_of(msgspec.structs.replace(DOCUMENT, sections=()))
    no_structure = msgspec.structs.replace(other, paragraphs=(), sentences=())
    assert keep_frozen(tmp_path, FROZEN)
    assert keep_frozen(tmp_path, no_structure)
    assert {one.identity for one in read_frozen(tmp_path).texts} == {FROZEN.identity, no_structure.identity}


def test_a_damaged_one_is_told_set_aside_and_made_whole_by_the_next_judgment(tmp_path: Path) -> None:
    other = frozen_of(make_document("Lain sama sekali."))
    keep_frozen(tmp_path, FROZEN)
    keep_frozen(tmp_path, other)
    path_in(tmp_path).write_bytes(path_in(tmp_path).read_bytes()[:-9])
    frozen_folder._forced.clear()
    read = read_frozen(tmp_path)
    assert read.texts == (other,)
    assert [str(n) for n in read.notices] == [
        f"texts/{frozen_name(FROZEN)}: a frozen text that is damaged, set aside. A colleague's pack brings it again."
    ]
    assert keep_frozen(tmp_path, FROZEN)
    assert len(read_frozen(tmp_path).texts) == 2


def test_one_of_a_newer_version_is_told_and_kept_as_it_came(tmp_path: Path) -> None:
    newer = encode_frozen(msgspec.structs.replace(FROZEN, format=FORMAT + 1))
    assert keep_bytes(tmp_path, newer)
    assert not keep_bytes(tmp_path, newer)
    read = read_frozen(tmp_path)
    assert read.texts == ()
    assert "update litreview" in str(read.notices[0])
    assert [p.read_bytes() for p in texts_folder(tmp_path).iterdir()] == [newer]


def test_text_and_folders_are_on_disk_before_the_judgments_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        status = os.fstat(descriptor)
        places = [tmp_path, *tmp_path.rglob("*")]
        synced.extend(p.relative_to(tmp_path).as_posix() for p in places if os.path.samestat(p.stat(), status))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    write_anchored(tmp_path / "judgments", [judged(DOCUMENT, "rencana usaha")], {DOCUMENT.report: FROZEN})
    line = synced.index("judgments/ani/laptop.jsonl")
    aside = next(name for name in synced if name.endswith(".part"))
    assert synced.index(aside) < synced.index("judgments/texts") < line
    assert {".", "judgments"} <= set(synced[:line])


def test_a_text_that_a_copy_brought_is_forced_to_disk_before_the_first_judgment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_frozen(tmp_path / "other", FROZEN)
    shutil.copytree(tmp_path / "other", tmp_path / "mine")
    forced: list[int] = []
    monkeypatch.setattr(frozen_folder, "_forced", set())
    monkeypatch.setattr(frozen_folder, "sync", forced.append)
    keep_frozen(tmp_path / "mine", FROZEN)
    keep_frozen(tmp_path / "mine", FROZEN)
    assert len(forced) == 1


def test_a_full_disk_is_told_and_leaves_neither_half_a_text_nor_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(LedgerError, match=r"could not be kept \(No space left on device\)"):
            write_anchored(tmp_path, [judged(DOCUMENT, "rencana usaha")], {DOCUMENT.report: FROZEN})
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
    assert read_ledger(tmp_path).judgments == ()


def test_many_threads_may_freeze_the_same_text(tmp_path: Path) -> None:
    errors: list[Exception] = []

    def work(number: int) -> None:
        try:
            judgment = judged(DOCUMENT, "rencana usaha", person=f"p{number}")
            write_anchored(tmp_path, [judgment], {DOCUMENT.report: FROZEN})
        except (LedgerError, OSError) as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(read_ledger(tmp_path).judgments) == 12
    assert [p.name for p in texts_folder(tmp_path).iterdir()] == [frozen_name(FROZEN)]
