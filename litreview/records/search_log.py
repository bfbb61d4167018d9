"""The searches as people recorded them, held against the exports: where the counts differ, it is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

import msgspec

from litreview.errors import Message, message
from litreview.ledger import Judgment
from litreview.records.model import Export


class LoggedSearch(msgspec.Struct, frozen=True):
    """A search as it was made. `hits` is what the database found, `exported` what was saved from it; None untold."""

    database: str
    query: str
    date: str
    interface: str = ""
    limits: str = ""
    hits: int | None = None
    exported: int | None = None
    file: str = ""
    person: str = ""

    @property
    def told(self) -> int | None:
        """How many records its export should hold."""
        return self.hits if self.exported is None else self.exported


def logged_searches(judgments: Iterable[Judgment]) -> tuple[LoggedSearch, ...]:
    """The searches among some standing judgments, in their order."""
    return tuple(
        msgspec.convert({**one.body, "person": one.person}, LoggedSearch) for one in judgments if one.kind == "search"
    )


def disagreements(searches: Sequence[LoggedSearch], exports: Sequence[Export]) -> Iterator[Message]:
    """Where the log and the exports do not agree: by file where one is named, else by database; and exports of which no
    search is recorded, once one is."""
    named = {one: _export_of(one, exports) for one in searches if one.file}
    for search, export in named.items():
        yield from _of_file(search, export)
    files = {export.file for export in named.values() if export is not None}
    rest = [export for export in exports if export.file not in files]
    unnamed = [one for one in searches if not one.file]
    yield from _of_databases(unnamed, rest)
    known = {one.database.casefold() for one in unnamed}
    for export in rest if searches else ():
        if export.database.casefold() not in known:
            yield message("No search is recorded for {file}.", file=export.file)


def _export_of(search: LoggedSearch, exports: Iterable[Export]) -> Export | None:
    """The export that a search names, by its whole path or, where one alone has it, by its name."""
    alike = [one for one in exports if PurePosixPath(one.file).name == PurePosixPath(search.file).name]
    return next((one for one in alike if one.file == search.file), alike[0] if len(alike) == 1 else None)


def _of_file(search: LoggedSearch, export: Export | None) -> Iterator[Message]:
    if export is None:
        yield message("The search in {database} of {date} names the file {file}, which is not in the corpus.",
                      database=search.database, date=search.date, file=search.file)  # fmt: skip
    elif search.told is not None and search.told != len(export.records):
        yield message("The search in {database} of {date} tells {told} records, {file} has {count}.",
                      database=search.database, date=search.date, told=search.told, file=export.file,
                      count=len(export.records))  # fmt: skip


def _of_databases(searches: Sequence[LoggedSearch], exports: Iterable[Export]) -> Iterator[Message]:
    """Searches that name no file, together with the exports of their database that no other search names."""
    found: Counter[str] = Counter()
    for export in exports:
        found[export.database.casefold()] += len(export.records)
    for key in dict.fromkeys(one.database.casefold() for one in searches):
        told = [one.told for one in searches if one.database.casefold() == key]
        name = next(one.database for one in searches if one.database.casefold() == key)
        total = sum(one for one in told if one is not None)
        if None not in told and total != found[key]:
            yield message("The searches in {database} tell {told} records, its exports have {count}.",
                          database=name, told=total, count=found[key])  # fmt: skip
