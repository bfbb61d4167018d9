"""A judgment is on the disk before the caller hears success; what fails leaves nothing half-written."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from litreview.errors import LedgerError
from litreview.ledger import Judgment, append, read_ledger
from litreview.ledger.disk import Disk, OpenFile
from litreview.ledger.writing import Appender
from tests.disk_making import SimulatedDisk
from tests.ledger_making import coding, written

NOBODY = 65534


def test_lines_are_only_added(tmp_path: Path) -> None:
    append(tmp_path, [coding()])
    before = (tmp_path / "ani" / "laptop.jsonl").read_bytes()
    append(tmp_path, [coding()])
    assert (tmp_path / "ani" / "laptop.jsonl").read_bytes().startswith(before)


def test_a_line_says_its_format_and_is_read_by_people(tmp_path: Path) -> None:
    judgment = coding(memo="kata “maju”")
    append(tmp_path, [judgment])
    (line,) = (tmp_path / "ani" / "laptop.jsonl").read_text(encoding="utf-8").splitlines()
    assert line.startswith(f'{{"format":1,"id":"{judgment.id}","at":"{judgment.at}","person":"ani","device":"laptop",')
    assert "kata “maju”" in line


def test_file_and_names_are_on_the_disk_before_append_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[tuple[Path, int]] = []

    def fsync(descriptor: int) -> None:
        status = os.fstat(descriptor)
        places = [tmp_path, *tmp_path.rglob("*")]
        size = status.st_size if stat.S_ISREG(status.st_mode) else 0
        synced.extend((p, size) for p in places if os.path.samestat(p.stat(), status))

    monkeypatch.setattr(os, "fsync", fsync)
    folder = tmp_path / "judgments"
    path = folder / "ani" / "laptop.jsonl"
    append(folder, [coding()])
    assert {(folder / "ani", 0), (folder, 0), (tmp_path, 0), (path, path.stat().st_size)} == set(synced)
    synced.clear()
    append(folder, [coding()])
    assert synced == [(path, path.stat().st_size)]


def test_a_process_that_finds_the_file_still_makes_sure_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that made it may have been killed before it could."""
    written(tmp_path / "judgments", coding())
    synced: list[Path] = []
    disk = Disk()
    monkeypatch.setattr(disk, "sync_folder", synced.append)
    Appender(tmp_path / "judgments", disk).append([coding()])
    assert synced == [tmp_path / "judgments" / "ani", tmp_path / "judgments", tmp_path]


def test_who_come_at_once_share_one_syncing(tmp_path: Path) -> None:
    disk = SlowDisk()
    appender = Appender(tmp_path, disk)
    made = [coding() for _ in range(40)]
    _at_once(appender, made)
    assert read_ledger(tmp_path).judgments == tuple(made)
    assert disk.syncs < 10


class SlowDisk(Disk):
    """A disk that takes its time, and counts."""

    def __init__(self) -> None:
        self.syncs = 0

    def open(self, path: Path) -> OpenFile:
        disk = self

        class SlowFile(OpenFile):
            def sync(self) -> None:
                disk.syncs += 1
                time.sleep(0.05)
                super().sync()

        return SlowFile(path)


def _at_once(appender: Appender, judgments: list[Judgment]) -> list[Judgment]:
    """Append each in a thread of its own; those whose saving was told."""
    told: list[Judgment] = []

    def one(judgment: Judgment) -> None:
        try:
            appender.append([judgment])
        except LedgerError:
            return
        told.append(judgment)

    threads = [threading.Thread(target=one, args=(judgment,)) for judgment in judgments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


@pytest.mark.parametrize("seed", range(20))
def test_when_the_disk_refuses_everybody_who_waited_hears_it(seed: int) -> None:
    disk = SimulatedDisk(Random(seed), fails=6)
    made = [coding() for _ in range(12)]
    told = _at_once(Appender(Path("review/judgments"), disk), made)
    saved = b"".join(content.safe for content in disk.files.values())
    assert [judgment for judgment in told if judgment.id.encode() not in saved] == []


def test_who_holds_the_file_is_waited_for(tmp_path: Path) -> None:
    append(tmp_path, [coding()])
    other = OpenFile(tmp_path / "ani" / "laptop.jsonl")  # as another process of this device would
    thread = threading.Thread(target=append, args=(tmp_path, [coding()]))
    with other.locked():
        thread.start()
        thread.join(0.1)
        assert thread.is_alive()
        assert len(read_ledger(tmp_path).judgments) == 1
    thread.join()
    other.close()
    assert len(read_ledger(tmp_path).judgments) == 2


def test_processes_of_one_device_take_turns(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.ledger_making import coding; "
        "from litreview.ledger import append\n"
        "for _ in range(40): append(Path(sys.argv[1]), [coding(memo='x' * 5000) for _ in range(3)])"
    )
    root = Path(__file__).parent.parent
    processes = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], cwd=root) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    read = read_ledger(tmp_path)
    assert (len(read.judgments), read.notices) == (360, ())


@pytest.mark.parametrize("at", ["write", "sync"])
def test_a_full_disk_is_told_and_the_file_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    one, two = coding(), coding()
    append(tmp_path, [one])
    path = tmp_path / "ani" / "laptop.jsonl"
    before = path.read_bytes()

    def full(file: OpenFile, content: bytes = b"") -> None:
        file._file.write(content[:10])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(OpenFile, at, full)
        with pytest.raises(LedgerError, match=r"laptop\.jsonl: .*could not be saved \(No space left on device\)"):
            append(tmp_path, [two])
        assert path.read_bytes() == before
    assert written(tmp_path, two).judgments == (one, two)


def test_what_cannot_even_be_cut_back_stays_apart_from_the_next_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = coding(), coding(), coding()
    append(tmp_path, [one])

    def broken(file: OpenFile, content: bytes | int) -> None:
        if isinstance(content, bytes):
            file._file.write(content[:50])
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(OpenFile, "write", broken)
        patch.setattr(OpenFile, "truncate", broken)
        with pytest.raises(LedgerError, match="Input/output error"):
            append(tmp_path, [two])
    read = written(tmp_path, three)
    assert read.judgments == (one, three)
    assert [notice.values["line"] for notice in read.notices] == [2]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_device_that_is_always_full(tmp_path: Path) -> None:
    (tmp_path / "ani").mkdir()
    (tmp_path / "ani" / "laptop.jsonl").symlink_to("/dev/full")
    with pytest.raises(LedgerError, match="No space left on device"):
        append(tmp_path, [coding()])


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_is_read_only_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    append(tmp_path, [coding()])
    before = (tmp_path / "ani" / "laptop.jsonl").read_bytes()

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Disk, "make_folder" if what == "folder" else "open", refused)
    with pytest.raises(LedgerError, match=r"could not be saved \(Permission denied\)"):
        append(tmp_path, [coding()])
    assert (tmp_path / "ani" / "laptop.jsonl").read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="rights of this system are others")
@pytest.mark.parametrize("began", [False, True])
def test_a_folder_without_rights_is_told_and_stays_as_it_was(tmp_path: Path, began: bool) -> None:
    judgments = tmp_path / "judgments"
    judgments.mkdir()
    if began:
        append(judgments, [coding()])
        (judgments / "ani" / "laptop.jsonl").chmod(0o444)
        (judgments / "ani").chmod(0o555)
    before = {path: path.read_bytes() for path in judgments.rglob("*.jsonl")}
    judgments.chmod(0o555)
    with without_rights(tmp_path), pytest.raises(LedgerError, match=r"could not be saved \(Permission denied\)"):
        append(judgments, [coding()])
    assert {path: path.read_bytes() for path in judgments.rglob("*") if path.is_file()} == before


@contextmanager
def without_rights(folder: Path) -> Iterator[None]:
    """As somebody who may look and not write; the superuser becomes nobody for the time."""
    if os.geteuid():
        yield
        return
    for parent in (folder, *folder.parents[:-1]):
        if parent.name.startswith("pytest") or parent == folder:
            parent.chmod(0o755)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="this system sets no limit to a file")
def test_a_line_that_the_system_takes_in_part_only_is_cut_back(tmp_path: Path) -> None:
    import resource

    one, two = coding(), coding()
    append(tmp_path, [one])
    before = (tmp_path / "ani" / "laptop.jsonl").read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 100, hard))
    try:
        with pytest.raises(LedgerError, match="File too large"):
            append(tmp_path, [two])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (tmp_path / "ani" / "laptop.jsonl").read_bytes() == before
    assert written(tmp_path, two).judgments == (one, two)


def test_a_file_where_a_folder_must_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "ani").write_text("a note", encoding="utf-8")
    with pytest.raises(LedgerError, match="could not be saved"):
        append(tmp_path, [coding()])


def test_a_line_goes_into_the_file_that_a_sync_client_put_in_place_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = coding(), coding()
    append(tmp_path, [one])
    path = tmp_path / "ani" / "laptop.jsonl"
    sync = OpenFile.sync

    def replaced(file: OpenFile) -> None:
        sync(file)
        if not (tmp_path / "old").exists():
            path.rename(tmp_path / "old")
            path.write_bytes((tmp_path / "old").read_bytes().splitlines(keepends=True)[0])

    monkeypatch.setattr(OpenFile, "sync", replaced)
    append(tmp_path, [two])
    assert two.id.encode() in path.read_bytes()


def test_a_file_that_is_never_left_in_place_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OpenFile, "is_in_place", lambda _: False)
    with pytest.raises(LedgerError, match="busy"):
        append(tmp_path, [coding()])


def test_an_interrupted_saving_is_no_success_for_those_who_waited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = coding(), coding()
    append(tmp_path, [one])

    def stopped(file: OpenFile) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(OpenFile, "sync", stopped)
        with pytest.raises(KeyboardInterrupt):
            append(tmp_path, [two])
    assert read_ledger(tmp_path).judgments == (one,)
    assert written(tmp_path, two).judgments == (one, two)


def test_who_waited_for_one_that_was_interrupted_hears_no_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(tmp_path, [coding()])
    other = OpenFile(tmp_path / "ani" / "laptop.jsonl")
    sync, synced, heard = OpenFile.sync, [], []

    def stopped(file: OpenFile) -> None:
        synced.append(file)
        if len(synced) > 1:
            raise KeyboardInterrupt
        sync(file)

    def one() -> None:
        try:
            append(tmp_path, [coding()])
        except (KeyboardInterrupt, LedgerError) as error:
            heard.append(type(error))

    monkeypatch.setattr(OpenFile, "sync", stopped)
    threads = [threading.Thread(target=one) for _ in range(3)]
    with other.locked():  # the first waits for the file, so the two after it will be written together
        for thread in threads:
            thread.start()
            time.sleep(0.05)
    for thread in threads:
        thread.join()
    other.close()
    assert sorted(heard, key=str) == [KeyboardInterrupt, LedgerError]
    assert len(read_ledger(tmp_path).judgments) == 2
