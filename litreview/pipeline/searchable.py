"""What the search holds, kept up to what is read: put in and taken out with the documents themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping

import msgspec

from litreview.documents.frozen import FrozenText
from litreview.documents.model import ReadResult
from litreview.documents.packed import pack_result
from litreview.documents.page_numbers import answers_on
from litreview.documents.readings import Documents, Readings
from litreview.documents.searchable import PRINTED, SENTENCE_BITS, searchable_rows
from litreview.index import PUT, Batch, Index
from litreview.ledger import Judgment

FRESH, FROZEN = "document", "frozen"  # stages under which the searched documents are kept
_COLUMNS = "rowid, id, en, other, written, section"
_ADD = f"insert into sentences ({_COLUMNS}) values (?, ?, ?, ?, ?, ?)"
_TAKE = f"insert into sentences (sentences, {_COLUMNS}) values ('delete', ?, ?, ?, ?, ?, ?)"
_Row = tuple[int, str | None, str | None, str | None, str, str]


def begin_search(index: Index, version: str) -> None:
    """Empty the search when the program has changed since it was filled: sentences are taken out by the words that put
    them in."""
    if index.get("search", "version") == version.encode():
        return
    index.write(
        lambda connection: connection.execute("delete from searched"),
        lambda connection: connection.execute("insert into sentences (sentences) values ('delete-all')"),
        lambda connection: connection.execute(PUT, ("search", "version", version.encode())),
    )


def add_searched(
    connection: sqlite3.Connection, report: str, place: tuple[str, str], files: Iterable[str], rows: bytes
) -> None:
    """Put a report's sentences (packed rows) into the search, in the place of those it had. `place` is the stage and
    the key under which its document is kept."""
    take_out(connection, report)
    found = msgspec.msgpack.decode(rows, type=list[_Row])
    values = (report, *place, "\n".join(files))
    made = connection.execute("insert into searched (report, stage, key, files) values (?, ?, ?, ?)", values)
    first = int(made.lastrowid or 0) << SENTENCE_BITS
    connection.executemany(_ADD, ((first + row[0], *row[1:]) for row in found))


def take_out(connection: sqlite3.Connection, report: str) -> None:
    """Take a report's sentences out of the search, by the same rows that put them in."""
    for number, stage, key in connection.execute(
        "select number, stage, key from searched where report = ?", (report,)
    ).fetchall():
        kept = connection.execute("select value from results where stage = ? and key = ?", (stage, key)).fetchone()
        if kept is not None:
            document = msgspec.msgpack.decode(kept[0], type=ReadResult).document
            rows = searchable_rows(document) if document is not None else []
            connection.executemany(_TAKE, (((number << SENTENCE_BITS) + row[0], *row[1:]) for row in rows))
        connection.execute("delete from searched where number = ?", (number,))


def keep_searched(index: Index, readings: Readings, keys: Mapping[str, str], in_use: Mapping[str, FrozenText]) -> None:
    """Let the search hold each readable report once, in the text that the review reads it in: the frozen one where one
    is in use, else the one read afresh, kept under its key of `keys`. Mostly there is nothing to do."""
    wanted = {report: (FRESH, keys[report]) for report, brief in readings.briefs.items() if brief.readable}
    wanted |= {report: (FROZEN, frozen.identity + report) for report, frozen in in_use.items()}
    held = searched_texts(index)
    with index.batch() as batch:
        for report in held.keys() - wanted.keys():
            _forget(batch, report)
        for report, (stage, key) in wanted.items():
            if held.get(report) != (stage, key):
                _add(batch, report, (stage, key), readings[report])
    index.keep_only(FROZEN, [key for stage, key in wanted.values() if stage == FROZEN])


def keep_page_numbers(index: Index, documents: Documents, told: Mapping[str, list[Judgment]]) -> None:
    """Let the search cite the page numbers that people told of some files."""
    changed = {
        report: [page.printed for page in documents[report].pages]
        for report, brief in (documents.briefs.items() if told else ())
        if any(answers_on(told, file) for file in brief.files)
    }
    packed = msgspec.msgpack.encode(changed)
    if index.get("search", PRINTED) != packed:
        index.put("search", PRINTED, packed)


def searched_texts(index: Index) -> dict[str, tuple[str, str]]:
    """What the search holds: of each report the stage and the key under which its document is kept."""
    with index.reading() as connection:
        rows = connection.execute("select report, stage, key from searched").fetchall()
    return {report: (stage, key) for report, stage, key in rows}


def forget_searched(index: Index, keys: Collection[str]) -> None:
    """Take out of the search what was read afresh under other keys: of files that are gone or were replaced."""
    gone = [report for report, (stage, key) in searched_texts(index).items() if stage == FRESH and key not in keys]
    with index.batch() as batch:
        for report in gone:
            _forget(batch, report)


def _forget(batch: Batch, report: str) -> None:
    batch.add(lambda connection: take_out(connection, report), 0)


def _add(batch: Batch, report: str, place: tuple[str, str], result: ReadResult) -> None:
    packed = pack_result(result)

    def write(connection: sqlite3.Connection) -> None:
        add_searched(connection, report, place, [file.path for file in result.files], packed.rows)
        if place[0] == FROZEN:
            connection.execute(PUT, (*place, packed.result))

    batch.add(write, packed.size)
