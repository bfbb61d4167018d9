"""The ledger's place in the index: which judgments there are and which of them stand, with how far it was read.

All of it can be made anew from the files, but for one thing: a judgment that was read once and is in no file any more
is remembered as gone, so that the loss can be told.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Literal

import msgspec

from litreview.index import Index
from litreview.ledger.following import LedgerFollower
from litreview.ledger.model import Ledger

State = Literal["stands", "past", "aside", "gone"]


class Count(msgspec.Struct, frozen=True):
    """How many judgments of a kind by a person are in a state."""

    person: str
    kind: str
    state: State
    count: int


def index_ledger(index: Index, follower: LedgerFollower) -> Ledger:
    """Bring the index up to the ledger as its files are now, in one transaction; the ledger.

    Raises `LedgerError` when a file cannot be read, `LitreviewError` when the index cannot be written.
    """
    follower.refresh()  # the long part, before the index is locked
    try:
        return _bring_up(index, follower)
    except sqlite3.DatabaseError:  # damaged: it is only a cache
        index.begin_anew()
        return _bring_up(index, follower)


def _bring_up(index: Index, follower: LedgerFollower) -> Ledger:
    with index.transaction() as connection:
        connection.execute("begin immediate")  # read after others have written: an older state never follows a newer
        ledger = follower.refresh()
        marks = {(name, mark.size, mark.tail) for name, mark in follower.marks().items()}
        if set(connection.execute("select name, size, tail from ledger_files")) != marks:
            _write_states(connection, ledger)
            connection.execute("delete from ledger_files")
            connection.executemany("insert into ledger_files values (?, ?, ?)", marks)
    return ledger


def _write_states(connection: sqlite3.Connection, ledger: Ledger) -> None:
    known: dict[str, str] = dict(connection.execute("select id, state from judgments"))
    now = dict(_states(ledger))
    every = (*(aside.judgment for aside in ledger.set_aside), *ledger.judgments)
    changed = [(j.id, j.person, j.kind, now[j.id]) for j in every if known.get(j.id) != now[j.id]]
    connection.executemany("insert or replace into judgments values (?, ?, ?, ?)", changed)
    gone = [(id_,) for id_ in known.keys() - now.keys()]
    connection.executemany("update judgments set state = 'gone' where id = ?", gone)


def _states(ledger: Ledger) -> Iterator[tuple[str, State]]:
    yield from ((aside.judgment.id, "aside") for aside in ledger.set_aside)
    yield from ((judgment.id, "past") for judgment in ledger.judgments)
    yield from ((judgment.id, "stands") for judgment in ledger.standing)


def count_judgments(index: Index) -> tuple[Count, ...]:
    """The judgments that the index knows, by person, kind and state."""
    with index.transaction() as connection:
        rows = connection.execute(
            "select person, kind, state, count(*) from judgments group by person, kind, state order by 1, 2, 3"
        )
        return tuple(Count(*row) for row in rows)
