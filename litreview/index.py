"""The index: a cache in SQLite that is derived from inputs and ledger, and may be deleted at any time (law 2).

Beside it lies what took hours and should be kept: the recognised pages (`documents.recognised_folder`)."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from litreview.errors import LitreviewError, message

SCHEMA = 3
TABLES = (
    "table if not exists results (stage text, key text, value blob, primary key (stage, key)) without rowid",
    "table if not exists judgments (id text primary key, person text, kind text, state text) without rowid",
    "table if not exists ledger_files (name text primary key, size integer, tail text) without rowid",
    # What can be searched: one row a text, whose document lies in `results` under its stage and key.
    "table if not exists searched (number integer primary key autoincrement, report text, stage text, key text,"
    " files text)",
    "index if not exists searched_report on searched (report)",
    # Its sentences, as `documents.searchable` writes their words; the text itself is kept in the document only.
    "virtual table if not exists sentences using fts5 (id, en, other, written, section, content = '',"
    " tokenize = 'ascii')",
    "virtual table if not exists words using fts5vocab (sentences, row)",
)
BATCH_S = 0.5  # of work that a kill may cost
BATCH_BYTES = 8_000_000
Write = Callable[[sqlite3.Connection], object]


class Index:
    """Results of stages by content: `get` and `put` bytes under a stage and a key. Another schema is rebuilt."""

    def __init__(self, path: Path) -> None:
        """Open the file at `path`, or begin it. Raises `LitreviewError` when its folder cannot be written."""
        self.path = path
        self._closed = False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _open(path)
        except (OSError, sqlite3.OperationalError) as error:
            raise not_kept(error, path) from error

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. What was kept can still be read: the file is opened for that moment."""
        self._closed = True
        self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read from. Raises `sqlite3.DatabaseError` where the file is gone or damaged."""
        if not self._closed:
            yield self._connection
            return
        with closing(sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
            yield connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; the one place where the index is written. Raises `LitreviewError` on a full disk."""
        try:
            with self._connection:
                yield self._connection
        except sqlite3.OperationalError as error:
            raise not_kept(error, self.path) from error

    def get(self, stage: str, key: str) -> bytes | None:
        """A result, or None when there is none. A file found damaged is begun anew (law 2)."""
        rows = self._read("select value from results where stage = ? and key = ?", (stage, key))
        return bytes(rows[0][0]) if rows else None

    def all_of(self, stage: str) -> dict[str, bytes]:
        """Every result of a stage, by key: for stages whose results are small."""
        return {key: bytes(value) for key, value in self._read(_ALL, (stage,))}

    def _read(self, query: str, values: Sequence[str]) -> list[tuple[Any, ...]]:
        try:
            with self.reading() as connection:
                return connection.execute(query, values).fetchall()
        except sqlite3.OperationalError as error:
            if self._closed:
                return []  # deleted meanwhile: it was only a cache
            raise not_kept(error, self.path) from error
        except sqlite3.DatabaseError:
            if not self._closed:
                self.begin_anew()
            return []

    def put(self, stage: str, key: str, value: bytes) -> None:
        """Keep a result; at once on disk, so that an interrupted run goes on from there."""
        self.write(lambda connection: connection.execute(PUT, (stage, key, value)))

    def write(self, *writes: Write) -> None:
        """Do some writes, all or nothing; where the file is found damaged, it is begun anew for them. An index that was
        closed keeps nothing more."""
        if self._closed:
            return
        try:
            self._write(writes)
        except sqlite3.DatabaseError:
            self.begin_anew()
            self._write(writes)

    def _write(self, writes: Iterable[Write]) -> None:
        with self.transaction() as connection:
            for write in writes:
                write(connection)

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """Many small writes in few transactions; those waiting are written too when the work is interrupted."""
        waiting = Batch(self)
        try:
            yield waiting
        finally:
            waiting.flush()

    def begin_anew(self) -> None:
        """Throw everything away. Raises `LitreviewError` when another program holds the file."""
        self._connection.close()
        try:
            _remove(self.path)
            self._connection = _open(self.path)
        except (OSError, sqlite3.OperationalError) as error:
            raise not_kept(error, self.path) from error

    def keep_only(self, stage: str, keys: Iterable[str]) -> None:
        """Forget a stage's results under other keys: those of inputs that are gone."""
        wanted = set(keys)
        with closing(self._connection.execute("select key from results where stage = ?", (stage,))) as rows:
            gone = [(stage, key) for (key,) in rows if key not in wanted]
        if gone:
            with self.transaction() as connection:
                connection.executemany("delete from results where stage = ? and key = ?", gone)


class Batch:
    """Writes that wait for each other for half a second at most: a transaction for each would cost more than the
    writes, and one that stays open would keep other programs from writing."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._writes: list[Write] = []
        self._bytes = 0
        self._since = 0.0

    def add(self, write: Write, size: int) -> None:
        """Let a write of about `size` bytes wait for the next transaction; it is whole in one."""
        if not self._writes:
            self._since = time.monotonic()
        self._writes.append(write)
        self._bytes += size
        if self._bytes >= BATCH_BYTES or time.monotonic() - self._since >= BATCH_S:
            self.flush()

    def put(self, stage: str, key: str, value: bytes) -> None:
        """Let a result wait for the next transaction."""
        self.add(lambda connection: connection.execute(PUT, (stage, key, value)), len(value))

    def flush(self) -> None:
        """Write what waits. Raises `LitreviewError` on a full disk."""
        writes, self._writes, self._bytes = self._writes, [], 0
        if writes:
            self._index.write(*writes)


def index_path(root: Path) -> Path:
    """Where the index of a review's folder lies."""
    return root / ".litreview" / "index.db"


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


PUT = "insert or replace into results values (?, ?, ?)"
_ALL = "select key, value from results where stage = ?"


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def not_kept(error: Exception, path: Path) -> LitreviewError:
    """What is raised when the index cannot be read or written."""
    what = message("The index cannot be used ({why}). Free the disk, or the rights to the folder, and run again.",
                   why=str(error))  # fmt: skip
    return LitreviewError(what, path)


def _prepare(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    connection.execute("pragma cache_size = -16000")  # kilobytes
    with connection:
        for table in TABLES:
            connection.execute(f"create {table}")
        connection.execute(f"pragma user_version = {SCHEMA}")
    return connection
