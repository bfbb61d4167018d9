"""The index: a cache in SQLite that is derived from inputs and ledger, and may be deleted at any time (law 2)."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType

from litreview.errors import LitreviewError, message

SCHEMA = 2
TABLES = (
    "results (stage text, key text, value blob, primary key (stage, key)) without rowid",
    "judgments (id text primary key, person text, kind text, state text) without rowid",
    "ledger_files (name text primary key, size integer, tail text) without rowid",
)


class Index:
    """Results of stages by content: `get` and `put` bytes under a stage and a key. Another schema is rebuilt."""

    def __init__(self, path: Path) -> None:
        """Open the file at `path`, or begin it. Raises `LitreviewError` when its folder cannot be written."""
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _open(path)
        except (OSError, sqlite3.OperationalError) as error:
            raise _not_kept(error, path) from error

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
        """All or nothing; the one place where the index is written. Raises `LitreviewError` on a full disk."""
        try:
            with self._connection:
                yield self._connection
        except sqlite3.OperationalError as error:
            raise _not_kept(error, self.path) from error

    def get(self, stage: str, key: str) -> bytes | None:
        """A result, or None when there is none. A file found damaged is begun anew (law 2)."""
        try:
            rows = self._connection.execute("select value from results where stage = ? and key = ?", (stage, key))
            found = rows.fetchone()
        except sqlite3.OperationalError as error:
            raise _not_kept(error, self.path) from error
        except sqlite3.DatabaseError:
            self.begin_anew()
            return None
        return bytes(found[0]) if found else None

    def put(self, stage: str, key: str, value: bytes) -> None:
        """Keep a result; at once on disk, so that an interrupted run goes on from there."""
        try:
            self._put(stage, key, value)
        except sqlite3.DatabaseError:
            self.begin_anew()
            self._put(stage, key, value)

    def _put(self, stage: str, key: str, value: bytes) -> None:
        with self.transaction() as connection:
            connection.execute("insert or replace into results values (?, ?, ?)", (stage, key, value))

    def begin_anew(self) -> None:
        """Throw everything away. Raises `LitreviewError` when another program holds the file."""
        self._connection.close()
        try:
            _remove(self.path)
            self._connection = _open(self.path)
        except (OSError, sqlite3.OperationalError) as error:
            raise _not_kept(error, self.path) from error

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
        except sqlite3.OperationalError:
            connection.close()
            raise
        except sqlite3.DatabaseError:
            if attempt:
                raise
        connection.close()
        _remove(path)
    raise sqlite3.DatabaseError(str(path))


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _not_kept(error: Exception, path: Path) -> LitreviewError:
    what = message("The index cannot be used ({why}). Free the disk, or the rights to the folder, and run again.",
                   why=str(error))  # fmt: skip
    return LitreviewError(what, path)


def _prepare(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    with connection:
        for table in TABLES:
            connection.execute(f"create table if not exists {table}")
        connection.execute(f"pragma user_version = {SCHEMA}")
    return connection
