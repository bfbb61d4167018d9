"""Exports as tables: Publish or Perish, Scopus, IEEE, Springer, Embase, Rayyan, Covidence, ASReview, and any table with
a column of titles or abstracts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from litreview.errors import Message, message
from litreview.records.decided import LABEL_COLUMNS
from litreview.records.delimited import Row, find_heading, read_rows
from litreview.records.encoding import Raw
from litreview.records.fields import clean, clean_title, find_doi, find_year, is_initials
from litreview.records.isi import SEPARATE, isi_record
from litreview.records.model import Record
from litreview.records.reader import Fields, Reading, Taken, keywords_of, page_range

COLUMNS: dict[str, tuple[str, ...]] = {
    "title": ("title", "primary title", "document title", "item title", "article title", "judul", "judul artikel"),
    "authors": ("authors", "author", "author names", "first authors", "author full names", "author/s", "penulis",
                "nama penulis"),
    "year": ("year", "publication year", "published year", "pubyear", "tahun", "tahun terbit", "date",
             "publication date", "originalpaperdate"),
    "venue": ("source title", "publication title", "journal", "source", "journal name", "secondary title",
              "journal/book", "source title/anthology title", "pubtitle", "jurnal", "nama jurnal"),
    "volume": ("volume", "journal volume"),
    "issue": ("issue", "journal issue", "issue number", "number", "nomor"),
    "pages": ("pages", "page range", "pagination", "halaman"),
    "start": ("startpage", "start page", "page start"),
    "end": ("endpage", "end page", "page end"),
    "doi": ("doi", "item doi", "originalpaperdoi"),
    "url": ("url", "articleurl", "link", "pdf link", "urls", "fulltexturl", "source urls", "documenturl"),
    "abstract": ("abstract", "abstract note", "notes abstract", "abstrak"),
    "keywords": ("keywords", "author keywords", "manual tags", "kata kunci"),
    "language": ("language", "language of original document", "bahasa"),
    "kind": ("type", "document type", "type of reference", "content type", "item type", "articletype",
             "publication type", "jenis"),
}  # fmt: skip
Divider = Callable[[str], tuple[str, ...]]
_OF_PUBLISH_OR_PERISH = {"gsrank", "citesurl", "ecc", "querydate"}
_OF_SPRINGER = {"item title", "item doi"}
_OF_WEB_OF_SCIENCE = {"pt", "au", "ti", "so"}
_OF_SCREENING = {"record id", *LABEL_COLUMNS}
_OF_EMBASE = "Date of Publication:"
_SOURCE = re.compile(r"([^()]{1,300}) \((\d{4})\) ([^\s:()]{1,20})(?::(\S{1,20}))?(?: \(([^()]{1,40})\))?")
_ZERO_IS_UNKNOWN = {"year", "volume", "issue", "startpage", "endpage"}  # Publish or Perish writes 0 for nothing
_NUMBERS = frozenset(name for field in ("year", "volume", "issue", "start", "end") for name in COLUMNS[field])
_WHOLE = re.compile(r"^(\d+)\.0$")  # as pandas writes whole numbers of a column with gaps
_LIST = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_GLUED = re.compile(r"(?<=[^\W\d_A-Z])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLe)(?<!\bLa)(?<!\bDi)(?<!\bVan)(?=[A-Z])")


class TableReader:
    """Reads delimited tables with a heading row, which is sought among the first lines."""

    def __init__(self, lines: int = 12) -> None:
        self._lines = lines

    def sniff(self, raw: Raw) -> bool:
        """Whether one of the first rows has a column of titles or abstracts and one more that we know."""
        return find_heading(raw.text, partial(is_heading, columns=raw.columns), self._lines) is not None

    def read(self, raw: Raw) -> Reading:
        """A record for each row that holds something; broken rows are told."""
        heading = find_heading(raw.text, partial(is_heading, columns=raw.columns), self._lines)
        if heading is None:
            return Reading("csv", (), (), 0)
        notices: list[Message] = []
        rows = read_rows(raw.text, heading[1], heading[0], notices)
        above = [line for line in raw.text.split("\n")[: heading[0] - 1] if line.strip(' ,;\t|"')]
        return read_table(rows, "csv", notices, above, raw.columns)


def is_heading(cells: Sequence[str], columns: Mapping[str, str]) -> bool:
    """Whether a row names columns of records: titles or abstracts, and one more that we know. `columns`: headings that
    someone told, by field."""
    head = set(_names_of(cells, columns))
    known = {field for field, names in COLUMNS.items() if head.intersection(names)}
    further = head.intersection(_OF_SCREENING)
    return (bool(known & {"title", "abstract"}) and len(known) + len(further) > 1) or head >= _OF_WEB_OF_SCIENCE


def _names_of(cells: Sequence[str], columns: Mapping[str, str]) -> list[str]:
    """The names of columns as they are compared; those that someone told have the usual name of their field."""
    told = {column_name(heading): COLUMNS[field][0] for field, heading in columns.items() if field in COLUMNS}
    return [told.get(name, name) for name in map(column_name, cells)]


def column_name(cell: str) -> str:
    """A heading as it is compared: folded, with spaces for underscores."""
    return " ".join(cell.strip(" \"'").replace("_", " ").casefold().split())


def read_table(
    rows: Sequence[Row], format_: str, notices: list[Message], above: Sequence[str], columns: Mapping[str, str]
) -> Reading:
    """Records from rows, the first of which is the heading. `above`: what stood before it, which is told."""
    head = _names_of(rows[0].cells, columns)
    body: list[Row] = []
    repeated: list[Row] = []
    for row in rows[1:]:
        (repeated if row.cells == rows[0].cells else body).append(row)
    longer = [row.line for row in body if any(cell.strip() for cell in row.cells[len(head) :])]
    if above:
        notices.append(message("{count} lines stand above the headings and were passed over, the first is: {shown}",
                               count=len(above), shown=above[0][:60]))  # fmt: skip
    if repeated:
        notices.append(message("{count} rows repeat the headings and were passed over, the first at line {line}.",
                               count=len(repeated), line=repeated[0].line))  # fmt: skip
    if longer:
        notices.append(message("{count} rows have more cells than the table has columns, the first at line {line}; "
                               "look whether they were read rightly.", count=len(longer), line=longer[0]))  # fmt: skip
    publish_or_perish = len(_OF_PUBLISH_OR_PERISH & set(head)) > 1
    kind = "pop-csv" if publish_or_perish and format_ == "csv" else format_
    divide = _publish_or_perish_names if publish_or_perish else _springer_names if set(head) >= _OF_SPRINGER else _names
    make = _isi if set(head) >= _OF_WEB_OF_SCIENCE else lambda fields: _record(fields, divide)
    begin = 1 if _is_count(head, body) else 0
    records = tuple(make(_fields(head[begin:], row.cells[begin:])) for row in body)
    return Reading(kind, records, tuple(notices), len(records))


def _is_count(head: Sequence[str], body: Sequence[Row]) -> bool:
    """Whether the first column only counts the rows, as pandas writes it: without a heading, from 0."""
    counted = (row.cells[:1] == [str(number)] for number, row in enumerate(body))
    return bool(body) and head[:1] in ([""], ["unnamed: 0"]) and all(counted)


def _fields(head: Sequence[str], cells: Sequence[str]) -> Fields:
    """A row's cells by column; those beyond the headings, or under none, by the column's number."""
    fields: Fields = {}
    for number, cell in enumerate(cells):
        name = (head[number] if number < len(head) else "") or f"column {number + 1}"
        text = _WHOLE.sub(r"\1", cell.strip()) if name in _NUMBERS else cell.strip()
        if text and not (text == "0" and name in _ZERO_IS_UNKNOWN):
            fields.setdefault(name, []).append(text)
    return fields


def _record(fields: Fields, divide: Divider) -> Record:
    """A record from a row; columns without a place of their own are kept in `extra`."""
    taken = Taken(fields)
    doi, url = taken.doi(*COLUMNS["doi"]), taken.first(*COLUMNS["url"])
    start, end = taken.first(*COLUMNS["start"]), taken.first(*COLUMNS["end"])
    pages = taken.first(*COLUMNS["pages"])
    record = Record(
        id="",
        place="",
        file="",
        kind=taken.first(*COLUMNS["kind"]),
        title=clean_title(taken.first(*COLUMNS["title"])),
        authors=divide(taken.first(*COLUMNS["authors"])),
        year=taken.year(*COLUMNS["year"]),
        venue=taken.first(*COLUMNS["venue"]),
        volume=taken.first(*COLUMNS["volume"]),
        issue=taken.first(*COLUMNS["issue"]),
        pages=pages or page_range(start, end),
        doi=doi or find_doi(url),
        url=url,
        abstract=taken.first(*COLUMNS["abstract"]),
        keywords=_keywords(taken.first(*COLUMNS["keywords"])),
        language=taken.first(*COLUMNS["language"]),
        extra=taken.left(),
    )
    return _with_source(record) if _OF_EMBASE in record.venue else record


def _with_source(record: Record) -> Record:
    """A record of Embase's table, which tells journal, year, volume, issue and pages in one cell; the cell is kept."""
    found = _SOURCE.match(record.venue)
    if found is None or record.year is not None:
        return record
    extra = {**record.extra, "source": [record.venue]}
    return replace(record, venue=found[1], year=find_year(found[2]), volume=found[3], issue=found[4] or "",
                   pages=found[5] or "", extra=extra)  # fmt: skip


def _keywords(value: str) -> tuple[str, ...]:
    return tuple(_parts(value, ",")) if value.startswith("[") else keywords_of(value)


def _isi(fields: Fields) -> Record:
    """A record from a row of Web of Science's table, whose columns are its tags."""
    tags = {name.upper() if len(name) == 2 else name: values for name, values in fields.items()}
    return isi_record({tag: _parts(values[0], ";") if tag in SEPARATE else values for tag, values in tags.items()})


def _springer_names(value: str) -> tuple[str, ...]:
    """Springer's list writes one name after another without any sign: "Araz R. AlievNigar T. Ismayilova"."""
    return tuple(_parts(_GLUED.sub(";", value), ";"))


def _publish_or_perish_names(value: str) -> tuple[str, ...]:
    """Publish or Perish writes "AB Name, C Name", and "…" where the list is cut."""
    return tuple(_turned(part) for part in _parts(value, ",") if part not in ("…", "..."))


def _names(value: str) -> tuple[str, ...]:
    """Names of a cell, divided by semicolon, "and" or a bar; a list with commas alone is divided there unless it reads
    as "Family, Given"."""
    if not value or value.startswith("["):
        return tuple(_parts(value, ","))
    for divider in (r";", r"\s+and\s+", r"\|"):
        if re.search(divider, value):
            return tuple(_parts(value, divider))
    parts = _parts(value, ",")
    if len(parts) > 2 or all(" " in part for part in parts):
        return tuple(_turned(part) for part in parts if part not in ("…", "..."))
    return (value,)


def _parts(value: str, divider: str) -> list[str]:
    """A cell's items: of a printed list ("['a', 'b']") or divided by a pattern."""
    if value.startswith("[") and value.endswith("]"):
        return [clean(one or other) for one, other in _LIST.findall(value) if one or other]
    return [part for part in (clean(piece).rstrip(",") for piece in re.split(divider, value)) if part]


def _turned(name: str) -> str:
    """ "AB Name" as "Name, AB"; a name that does not begin with initials stays."""
    given, _, family = name.strip("… .").partition(" ")
    return f"{family}, {given}" if family and is_initials(given) and not is_initials(family) else name.strip("… ")
