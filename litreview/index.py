"""The index: a cache in SQLite that is derived from inputs and ledger, and may be deleted at any time (law 2)."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType

SCHEMA = 1


class Index:
    """Results of stages by content: `get` and `put` bytes under a stage and a key. Another schema is rebuilt."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = _open(path)

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; the one place where the index is written."""
        with self._connection:
            yield self._connection

    def get(self, stage: str, key: str) -> bytes | None:
        """A result, or None when there is none."""
        with closing(
            self._connection.execute("select value from results where stage = ? and key = ?", (stage, key))
        ) as rows:
            found = rows.fetchone()
        return bytes(found[0]) if found else None

    def put(self, stage: str, key: str, value: bytes) -> None:
        """Keep a result; at once on disk, so that an interrupted run goes on from there."""
        with self.transaction() as connection:
            connection.execute("insert or replace into results values (?, ?, ?)", (stage, key, value))

    def keep_only(self, stage: str, keys: Iterable[str]) -> None:
        """Forget a stage's results under other keys: those of inputs that are gone."""
        wanted = set(keys)
        with closing(self._connection.execute("select key from results where stage = ?", (stage,))) as rows:
            gone = [(stage, key) for (key,) in rows if key not in wanted]
        if gone:
            with self.transaction() as connection:
                connection.executemany("delete from results where stage = ? and key = ?", gone)


def key_of(*parts: str) -> str:
    """A key from the hashes and versions that a result depends on."""
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()


def _open(path: Path) -> sqlite3.Connection:
    """Open the index; a damaged one or one of another schema is thrown away and begun anew."""
    for attempt in range(2):
        connection = sqlite3.connect(path, timeout=30)
        try:
            version = connection.execute("pragma user_version").fetchone()[0]
            tables = connection.execute("select count(*) from sqlite_master").fetchone()[0]
            if version == SCHEMA or not tables:
                return _prepare(connection)
        except sqlite3.DatabaseError:
            if attempt:
                raise
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    raise sqlite3.DatabaseError(str(path))


def _prepare(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    with connection:
        connection.execute(
            "create table if not exists results"
            " (stage text, key text, value blob, primary key (stage, key)) without rowid"
        )
        connection.execute(f"pragma user_version = {SCHEMA}")
    return connection
