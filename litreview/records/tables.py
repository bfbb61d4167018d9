"""Exports as tables: Publish or Perish, Scopus, IEEE, Springer, Embase and any CSV with a column of titles."""

from __future__ import annotations

import csv
import io
import re

from litreview.errors import Message, message
from litreview.records.encoding import Raw
from litreview.records.fields import clean, clean_title, find_doi, find_year, is_initials
from litreview.records.model import Record
from litreview.records.reader import Reading

_BIGGEST_FIELD = 10_000_000
DELIMITERS = (",", ";", "\t", "|")
COLUMNS: dict[str, tuple[str, ...]] = {
    "title": ("title", "primary title", "document title", "item title", "article title", "judul"),
    "authors": ("authors", "author", "author names", "first authors", "author full names", "penulis"),
    "year": ("year", "publication year", "pubyear", "tahun", "date", "publication date", "originalpaperdate"),
    "venue": ("source title", "publication title", "journal", "source", "journal name", "secondary title", "jurnal"),
    "volume": ("volume", "journal volume"),
    "issue": ("issue", "journal issue", "number"),
    "pages": ("pages", "page range"),
    "start": ("startpage", "start page", "page start"),
    "end": ("endpage", "end page", "page end"),
    "doi": ("doi", "item doi", "originalpaperdoi"),
    "url": ("url", "articleurl", "link", "pdf link", "urls", "fulltexturl"),
    "abstract": ("abstract", "abstract note", "notes abstract", "abstrak"),
    "keywords": ("keywords", "author keywords", "kata kunci"),
    "language": ("language", "language of original document"),
    "kind": ("type", "document type", "type of reference", "content type", "item type", "articletype"),
}
_OF_PUBLISH_OR_PERISH = {"gsrank", "citesurl", "ecc", "querydate"}
_ZERO_IS_UNKNOWN = {"year", "volume", "issue", "startpage", "endpage"}  # Publish or Perish writes 0 for nothing
_LIST = re.compile(r"'([^']*)'|\"([^\"]*)\"")


class TableReader:
    """Reads delimited tables with a heading row."""

    def sniff(self, raw: Raw) -> bool:
        """Whether the first row that holds something has a column of titles and one more that we know."""
        return bool(_layout(raw.text)[0])

    def read(self, raw: Raw) -> Reading:
        """A record for each row that holds something; broken rows are told."""
        text = raw.text
        head, delimiter = _layout(text)
        notices: list[Message] = []
        rows = _rows(text, delimiter, notices)
        start = next(number for number, (_, row) in enumerate(rows) if any(cell.strip() for cell in row))
        full = [(line, row) for line, row in rows[start + 1 :] if any(cell.strip() for cell in row)]
        records = [_record(head, row) for _, row in full]
        longer = [line for line, row in full if any(cell.strip() for cell in row[len(head) :])]
        if longer:
            notices.append(message("{count} rows have more cells than the table has columns, the first at "
                                   "line {line}; look whether they were read rightly.",
                                   count=len(longer), line=longer[0]))  # fmt: skip
        kind = "pop-csv" if len(_OF_PUBLISH_OR_PERISH & set(head)) > 1 else "csv"
        return Reading(kind, tuple(_with_names(records, head, kind)), tuple(notices), len(full))


def _layout(text: str) -> tuple[list[str], str]:
    """The column names, folded, and the delimiter; ([], "") when the text is no table of records."""
    first = next((line for line in text.lstrip("\ufeff").splitlines() if line.strip(' ,;\t|"')), "")[:20_000]
    best: tuple[list[str], str] = ([], "")
    for delimiter in DELIMITERS:
        head = [_column(cell) for cell in next(csv.reader([first], delimiter=delimiter), [])]
        known = {field for field, names in COLUMNS.items() if set(names) & set(head)}
        if "title" in known and len(known) > 1 and len(head) > len(best[0]):
            best = (head, delimiter)
    return best


def _column(cell: str) -> str:
    return " ".join(cell.strip("\ufeff \"'").replace("_", " ").casefold().split())


def _rows(text: str, delimiter: str, notices: list[Message]) -> list[tuple[int, list[str]]]:
    """Every row with the line that it ends on; reading stops, aloud, at what the csv module cannot read."""
    before = csv.field_size_limit(_BIGGEST_FIELD)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    try:
        rows.extend((reader.line_num, row) for row in reader)
    except csv.Error as error:
        notices.append(message("Line {line}: the table cannot be read further ({why}).",
                               line=reader.line_num, why=str(error)))  # fmt: skip
    finally:
        csv.field_size_limit(before)
    return rows


def _record(head: list[str], row: list[str]) -> Record:
    """A record from a row; columns without a place of their own are kept in `extra`. Authors are set later."""
    cells = {name: cell.strip() for name, cell in zip(head, row, strict=False) if name and cell.strip()}
    cells = {name: cell for name, cell in cells.items() if cell != "0" or name not in _ZERO_IS_UNKNOWN}
    used: set[str] = set()

    def first(field: str) -> str:
        for name in COLUMNS[field]:
            if name in cells:
                used.add(name)
                return clean(cells[name])
        return ""

    doi, url = first("doi"), first("url")
    pages = first("pages") or "-".join(page for page in (first("start"), first("end")) if page)
    return Record(
        id="",
        place="",
        file="",
        kind=first("kind"),
        title=clean_title(first("title")),
        authors=(first("authors"),),
        year=find_year(first("year")),
        venue=first("venue"),
        volume=first("volume"),
        issue=first("issue"),
        pages=pages,
        doi=find_doi(doi, url),
        url=url,
        abstract=first("abstract"),
        keywords=tuple(word for word in (clean(part) for part in _parts(first("keywords"), r"[;,]")) if word),
        language=first("language"),
        extra={name: [cell] for name, cell in cells.items() if name not in used},
    )


def _with_names(records: list[Record], head: list[str], kind: str) -> list[Record]:
    """Records with their authors taken apart as the export's kind writes them."""
    from msgspec.structs import replace

    return [replace(one, authors=_names(one.authors[0], kind)) for one in records]


def _names(value: str, kind: str) -> tuple[str, ...]:
    """Names of a cell. Publish or Perish writes "AB Name, C Name"; others divide by semicolon or "and"; a list with
    commas alone is divided there unless it reads as "Family, Given"."""
    if not value or value.startswith("["):
        return tuple(_parts(value, ","))
    if kind != "pop-csv":
        for divider in (r";", r"\s+and\s+", r"\|"):
            if re.search(divider, value):
                return tuple(_parts(value, divider))
    parts = _parts(value, ",")
    if kind == "pop-csv" or len(parts) > 2 or all(" " in part for part in parts):
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
