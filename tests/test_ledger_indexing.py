"""The index follows the ledger, equals one that is made from nothing, and remembers what was lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from litreview.index import Index
from litreview.ledger import Ledger, LedgerFollower, append
from litreview.ledger.indexing import Count, count_judgments, index_ledger
from litreview.ledger.lines import encode_line
from tests.ledger_making import coding, indexed, retraction


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index(tmp_path / ".litreview" / "index.db") as opened:
        yield opened


def fresh(tmp_path: Path, folder: Path) -> dict[str, str]:
    """The states in an index that is made from nothing."""
    with Index(tmp_path / "other" / "index.db") as other:
        other.begin_anew()
        index_ledger(other, LedgerFollower(folder))
        return indexed(other)


def test_the_index_comes_up_to_each_change_and_equals_one_from_nothing(tmp_path: Path, index: Index) -> None:
    folder = tmp_path / "judgments"
    follower = LedgerFollower(folder)
    assert index_ledger(index, follower).judgments == ()
    first = coding()
    second = coding("budi", replaces=first.id)
    for judgments in ([first], [second], [retraction(second)], [coding("budi", "hp")]):
        append(folder, judgments)
        index_ledger(index, follower)
        assert indexed(index) == fresh(tmp_path, folder)
    assert [indexed(index)[j.id] for j in (first, second)] == ["stands", "past"]
    assert Count("ani", "coding", "stands", 1) in count_judgments(index)


def test_without_a_change_nothing_is_written(tmp_path: Path, index: Index) -> None:
    append(tmp_path / "judgments", [coding()])
    index_ledger(index, LedgerFollower(tmp_path / "judgments"))
    with index.transaction() as connection:
        connection.execute("update judgments set state = 'untouched'")
    index_ledger(index, LedgerFollower(tmp_path / "judgments"))
    assert set(indexed(index).values()) == {"untouched"}


def test_what_was_set_aside_is_known(tmp_path: Path, index: Index) -> None:
    judgment = coding()
    line = encode_line(judgment).replace(b'"code":"hope-and-motivation"', b'"code":1')
    (tmp_path / "x.jsonl").write_bytes(line)
    index_ledger(index, LedgerFollower(tmp_path))
    assert indexed(index) == {judgment.id: "aside"}


def test_a_judgment_that_is_in_no_file_any_more_is_remembered_until_it_comes_back(tmp_path: Path, index: Index) -> None:
    folder = tmp_path / "judgments"
    one, two = coding(), coding()
    append(folder, [one, two])
    index_ledger(index, LedgerFollower(folder))
    path = folder / "ani" / "laptop.jsonl"
    whole = path.read_bytes()
    path.write_bytes(encode_line(one))  # a sync client puts an older copy in place
    index_ledger(index, LedgerFollower(folder))
    assert indexed(index) == {one.id: "stands", two.id: "gone"}
    assert Count("ani", "coding", "gone", 1) in count_judgments(index)
    (folder / "from the backup.jsonl").write_bytes(whole)
    index_ledger(index, LedgerFollower(folder))
    assert indexed(index) == {one.id: "stands", two.id: "stands"}


def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / ".litreview" / "index.db"
    folder = tmp_path / "judgments"
    append(folder, [coding() for _ in range(200)])
    with Index(path) as index:
        index_ledger(index, LedgerFollower(folder))
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with Index(path) as index:
        index_ledger(index, LedgerFollower(folder))
        assert indexed(index) == fresh(tmp_path, folder)


class SlowFollower(LedgerFollower):
    """Meanwhile, when it has read for the last time, another program comes to the same index."""

    meanwhile: Callable[[], None] = staticmethod(lambda: None)
    refreshed = 0

    def refresh(self) -> Ledger:
        ledger = super().refresh()
        self.refreshed += 1
        if self.refreshed == 2:
            self.meanwhile()
        return ledger


def test_an_older_state_never_follows_a_newer(tmp_path: Path, index: Index) -> None:
    folder = tmp_path / "judgments"
    one, two = coding(), coding()
    append(folder, [one])

    def come_up() -> None:
        append(folder, [two])
        with Index(index.path) as second:
            index_ledger(second, LedgerFollower(folder))

    other = threading.Thread(target=come_up)

    def meanwhile() -> None:
        other.start()
        other.join(0.2)
        assert other.is_alive()  # it waits until we have written

    slow = SlowFollower(folder)
    slow.meanwhile = meanwhile
    assert index_ledger(index, slow).judgments == (one,)
    other.join()
    assert indexed(index) == {one.id: "stands", two.id: "stands"}
