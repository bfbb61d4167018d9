"""Search the sentences of all documents, as they were last ingested: nothing is read again, no stage is computed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from litreview.documents.searchable import LANGUAGES, PRINTED, SENTENCE_BITS, ShownDocument, ShownResult, with_printed
from litreview.documents.section_names import SECTION_NAMES, kinds_called, known_names
from litreview.errors import LitreviewError, ProtocolError, UsageError, message
from litreview.index import Index, index_path, not_kept
from litreview.language.query import Query, Term, parse_query
from litreview.language.searching import search_keys
from litreview.pipeline.hits import Hit, show_hit
from litreview.pipeline.scan import count_changed
from litreview.protocol import NO_REVIEW
from litreview.schema import nearest

LOST = message("The index was damaged and is begun anew. Type: litreview ingest")
RANKED = 500  # so many sentences are ranked; of more, the first ones are shown at once in the documents' order
_WEIGHTS = "1.0, 1.0, 1.0, 1.0, 0.0"  # the kind of a section is no match
_FOUND = "select rowid from sentences where sentences match ?"


class SearchOptions(msgspec.Struct, frozen=True):
    """What to show: at most `limit` sentences after the first `offset`; only of a report or a file (its path, a part of
    it, or a report's id), only of a kind of section (by any name of it); with so many sentences around each."""

    limit: int = 20
    offset: int = 0
    report: str = ""
    section: str = ""
    context: int = 0


class Found(msgspec.Struct, frozen=True):
    """What a search found. `total` counts no further than `RANKED`: `more` tells that there are more, and that the
    hits then come in the order of the documents, else the best first."""

    query: str
    hits: tuple[Hit, ...]
    total: int
    more: bool
    documents: int


def search_review(root: Path, typed: str, options: SearchOptions | None = None) -> tuple[Found, int] | None:
    """What a search of a review's folder finds, and how many document files have changed since they were read; None
    where none has been read yet. Raises `UsageError` as `search`, and where the folder is no review."""
    if not (root / "review.yaml").is_file():
        raise ProtocolError(NO_REVIEW, root)
    parse_query(typed)  # what cannot be looked for is told before anything is read
    if not index_path(root).is_file():
        return None
    with Index(index_path(root)) as index:
        if not was_read(index):
            return None
        try:
            return search(index, typed, options), count_changed(root, index)
        except LostIndex:
            return None


def search_or_read(
    root: Path, typed: str, options: SearchOptions | None, read: Callable[[], object]
) -> tuple[Found, int]:
    """As `search_review`; where no document has been read yet, `read` is called first. Raises `LostIndex` when the
    index is found damaged even then."""
    found = search_review(root, typed, options)
    if found is None:
        read()
        found = search_review(root, typed, options)
    if found is None:
        raise LostIndex(LOST)
    return found


def was_read(index: Index) -> bool:
    """Whether documents have been read into an index."""
    return index.get("search", "files") is not None


def search(index: Index, typed: str, options: SearchOptions | None = None) -> Found:
    """The sentences that a query asks for. Raises `UsageError` where there is nothing to look for, or no such report or
    section, `LostIndex` when the index is found damaged."""
    asked = options or SearchOptions()
    query = parse_query(typed)
    kinds = _kinds_of(asked.section) if asked.section else ()
    try:
        with index.reading() as connection:
            return _search(connection, typed, query, kinds, asked)
    except sqlite3.OperationalError as error:
        raise not_kept(error, index.path) from error
    except (sqlite3.DatabaseError, msgspec.MsgspecError) as error:
        index.begin_anew()
        raise LostIndex(LOST) from error


class LostIndex(LitreviewError):
    """The index was found damaged and is empty now."""


def _kinds_of(section: str) -> tuple[str, ...]:
    """The kinds of sections that are asked for by a name. Raises `UsageError`."""
    kinds = kinds_called(section)
    if kinds:
        return kinds
    near = nearest(section.casefold(), list(known_names()))
    names = (near,) if near else tuple(map(str, SECTION_NAMES.values()))
    raise UsageError(message("There is no kind of section '{kind}'. Did you mean {near}?", kind=section, near=names))


def _search(
    connection: sqlite3.Connection, typed: str, query: Query, kinds: tuple[str, ...], asked: SearchOptions
) -> Found:
    match = match_of(query, kinds)
    only = _numbers(connection, asked.report) if asked.report else None
    where, values = _within(match, only)
    probe = [row[0] for row in connection.execute(f"{where} limit {RANKED + 1}", values)]
    more = len(probe) > RANKED
    last = asked.offset + asked.limit
    if not more:
        rows = connection.execute(f"{where} order by bm25(sentences, {_WEIGHTS}), rowid", values).fetchall()
        chosen = [row[0] for row in rows[asked.offset : last]]
    elif last <= len(probe):
        chosen = probe[asked.offset : last]
    else:
        shown = connection.execute(f"{where} limit ? offset ?", (*values, asked.limit, asked.offset))
        chosen = [row[0] for row in shown]
    documents = int(connection.execute("select count(*) from searched").fetchone()[0])
    hits = tuple(_hits(connection, chosen, query, asked.context))
    return Found(typed, hits, min(len(probe), RANKED), more, documents)


def _within(match: str, only: list[int] | None) -> tuple[str, tuple[object, ...]]:
    """The query over sentences of documents that are there, or of some of them."""
    if only is None:
        return f"{_FOUND} and rowid >> {SENTENCE_BITS} in (select number from searched)", (match,)
    if len(only) == 1:
        first = only[0] << SENTENCE_BITS
        return f"{_FOUND} and rowid between ? and ?", (match, first, first + (1 << SENTENCE_BITS) - 1)
    marks = ", ".join(str(int(number)) for number in only)
    return f"{_FOUND} and rowid >> {SENTENCE_BITS} in ({marks})", (match,)


def match_of(query: Query, kinds: Iterable[str] = ()) -> str:
    """A query as FTS5 takes it, in sections of any of some kinds; every word is quoted, so that nothing in it is taken
    for syntax."""
    parts = [_either(terms) for terms in query.groups]
    inside = " OR ".join(f'section : "{kind}"' for kind in kinds)
    if inside:
        parts.append(f"({inside})")
    match = " AND ".join(parts)
    return f"({match}) NOT {_either(query.without)}" if query.without else match


def _either(terms: Iterable[Term]) -> str:
    return "(" + " OR ".join(_term(term) for term in terms) + ")"


def _term(term: Term) -> str:
    if term.begins or term.exact:
        return f"written : {_quoted(term.words)}" + (" *" if term.begins else "")
    columns: dict[str, list[str]] = {}  # by the key in them: each key is looked up once
    for language in LANGUAGES:
        columns.setdefault(_quoted(search_keys(term.words, language)), []).append(language)
    return " OR ".join(f"{{{' '.join(languages)}}} : {words}" for words, languages in columns.items())


def _quoted(words: Iterable[str]) -> str:
    return '"' + " ".join(words).replace('"', " ") + '"'


def _numbers(connection: sqlite3.Connection, wanted: str) -> list[int]:
    """The documents that a person means by a report's id, a file's path or a part of it. Raises `UsageError`."""
    name = wanted.replace("\\", "/").casefold()
    every = connection.execute("select number, report, files from searched order by number").fetchall()
    whole = [number for number, report, files in every if name == report or name in files.casefold().split("\n")]
    found = whole or [number for number, _, files in every if name in files.casefold()]
    if not found:
        raise UsageError(message("No document that was read has '{name}' in its file's name.", name=wanted))
    return found


def _hits(connection: sqlite3.Connection, rowids: Iterable[int], query: Query, around: int) -> Iterable[Hit]:
    loaded: dict[int, tuple[str, ShownDocument | None]] = {}
    raw = connection.execute("select value from results where stage = 'search' and key = ?", (PRINTED,)).fetchone()
    told = msgspec.msgpack.decode(raw[0], type=dict[str, list[str | None]]) if raw else {}
    for rowid in rowids:
        number, sentence = rowid >> SENTENCE_BITS, rowid & ((1 << SENTENCE_BITS) - 1)
        if number not in loaded:
            loaded[number] = _document(connection, number)
        report, document = loaded[number]
        if document is not None and sentence < len(document.sentences):
            yield show_hit(report, with_printed(document, told.get(report)), sentence, query, around)


def _document(connection: sqlite3.Connection, number: int) -> tuple[str, ShownDocument | None]:
    query = (
        "select report, value from searched join results on results.stage = searched.stage"
        " and results.key = searched.key where number = ?"
    )
    row = connection.execute(query, (number,)).fetchone()
    if row is None:
        return "", None
    return row[0], msgspec.msgpack.decode(row[1], type=ShownResult).document
