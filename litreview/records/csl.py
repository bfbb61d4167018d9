"""CSL-JSON, as Zotero, Mendeley, Crossref and citation processors write it: a list of items, or one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from litreview.errors import Message, message
from litreview.records.encoding import Raw
from litreview.records.fields import clean, clean_title, find_doi, find_year
from litreview.records.model import Record
from litreview.records.reader import Reading, keywords_of

_LOOKED_AT = 50_000  # characters of the beginning, which tells the kind
_TYPE = re.compile(r'"type"\s{0,9}:\s{0,9}"')
_ITS_OWN = re.compile(r'"(?:issued|container-title|DOI|author|publisher-place|ISSN|citation-key)"\s{0,9}:')
_ITEM = re.compile(r'"(?:id|title|DOI|issued|author)"\s{0,9}:')
_GAP = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, strict=False)
USED = frozenset({"type", "title", "author", "issued", "container-title", "volume", "issue", "page", "DOI", "URL",
                  "abstract", "keyword", "language"})  # fmt: skip


class CslReader:
    """Reads CSL-JSON item by item, so that a broken file keeps those before the break."""

    def sniff(self, raw: Raw) -> bool:
        """Whether items of CSL stand in a JSON file."""
        text = raw.text[:_LOOKED_AT].lstrip()
        if not _TYPE.search(text):
            return False
        return bool(text[:1] == "[" and _ITEM.search(text)) or bool(text[:1] == "{" and _ITS_OWN.search(text))

    def read(self, raw: Raw) -> Reading:
        """Items in order; where the file breaks, reading stops, aloud."""
        items, broken_at = _items(raw.text)
        records = tuple(_record(item) for item in items if isinstance(item, dict))
        lost = len(items) - len(records)
        notices: list[Message] = []
        if lost:
            notices.append(message("{count} items of the file are no records.", count=lost))
        if broken_at is not None:
            missed = max(len(_TYPE.findall(raw.text, broken_at)), 1)
            lost += missed
            notices.append(message("Line {line}: the JSON is broken; {count} records from there on could not be read.",
                                   line=raw.text.count("\n", 0, broken_at) + 1, count=missed))  # fmt: skip
        return Reading("csl-json", records, tuple(notices), len(records) + lost, lost)


def _items(text: str) -> tuple[list[Any], int | None]:
    """The items of a file, and the place where it breaks, if it does."""
    at = len(text) - len(text.lstrip())
    if text[at] == "{":
        whole, end = _decode(text, at)
        if end is None:
            return [], at
        inner = whole.get("items", whole)
        return (inner if isinstance(inner, list) else [whole]), None
    items: list[Any] = []
    at += 1
    while True:
        gap = _GAP.match(text, at)
        at = gap.end() if gap else at
        if text[at : at + 1] == "]":
            return items, None
        item, end = _decode(text, at)
        if end is None:
            return items, at
        items.append(item)
        at = end


def _decode(text: str, at: int) -> tuple[Any, int | None]:
    try:
        return _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None, None


def _record(item: Mapping[str, Any]) -> Record:
    """A record from an item; fields without a place of their own are kept in `extra`."""
    authors = item.get("author")
    issued = item.get("issued")
    date = _date(issued)
    extra = {_unbroken(key): _values(value) for key, value in item.items() if key not in USED}
    if issued is not None and not re.fullmatch(r"\d{4}", date):
        extra["issued"] = _values(issued)
    return Record(
        id="",
        place="",
        file="",
        kind=_first(item, "type"),
        title=clean_title(_first(item, "title")),
        authors=tuple(name for one in (authors if isinstance(authors, list) else []) if (name := _name(one))),
        year=find_year(date),
        venue=_first(item, "container-title"),
        volume=_first(item, "volume"),
        issue=_first(item, "issue"),
        pages=_first(item, "page"),
        doi=find_doi(_first(item, "DOI")) or find_doi(_first(item, "URL")),
        url=_first(item, "URL"),
        abstract=_first(item, "abstract"),
        keywords=_keywords(item.get("keyword")),
        language=_first(item, "language"),
        extra={key: values for key, values in extra.items() if any(values)},
    )


def _first(item: Mapping[str, Any], key: str) -> str:
    """A field's text; of a list (Crossref gives lists) its first."""
    return clean(next(iter(_values(item.get(key))), ""))


def _values(value: Any) -> list[str]:
    """A value as texts: a text or a list of texts as it is, anything else as JSON."""
    if value is None:
        return []
    if isinstance(value, str):
        return [_unbroken(value)]
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return [_unbroken(one) for one in value]
    return [_unbroken(json.dumps(value, ensure_ascii=False, sort_keys=True))]


def _unbroken(text: str) -> str:
    """A text without zeros and halves of signs, which JSON may escape but no file can hold."""
    text = text.replace("\x00", "")
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _name(author: Any) -> str:
    """ "Family, Given", or the name of a group."""
    if not isinstance(author, dict):
        return _first({"name": author}, "name") if isinstance(author, str) else ""
    literal = _first(author, "literal") or _first(author, "name")
    family = " ".join(part for part in (_first(author, "non-dropping-particle"), _first(author, "family")) if part)
    given = " ".join(part for key in ("given", "dropping-particle", "suffix") if (part := _first(author, key)))
    return ", ".join(part for part in (family, given) if part) or literal


def _date(issued: Any) -> str:
    """A date as text: the parts of the first one joined by dashes, or as it is written."""
    if not isinstance(issued, dict):
        return next(iter(_values(issued)), "")
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    if first:
        return "-".join(value for part in first for value in _values(part)[:1])
    return _first(issued, "raw") or _first(issued, "literal")


def _keywords(value: Any) -> tuple[str, ...]:
    values = _values(value)
    if isinstance(value, str):
        return keywords_of(clean(values[0]))
    return tuple(word for one in values if (word := clean(one)))
