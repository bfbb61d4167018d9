"""What every reader of exports shares: its shape, what it gives, and the taking of fields from tagged values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from typing import Protocol as Shape

from litreview.errors import Message
from litreview.records.encoding import Raw
from litreview.records.fields import clean, find_doi, find_year
from litreview.records.model import Record

Fields = dict[str, list[str]]
_AROUND_DOI = len("https://dx.doi.org/") + 6
_COMMA = re.compile(r",(?![^(),]{0,80}(?:,[^(),]{0,80}){0,3}\))")
_PLAIN_YEAR = re.compile(r"\d{4}[/\s-]*")


class Reading(NamedTuple):
    """What a reader found: the export's format, records in order (without ids), what was lost or doubtful.

    `entries` counts the marks that begin an entry in the file, `lost` those that gave no record of their own: each of
    them is told in `notices`, so that entries = records + lost.
    """

    format: str
    records: tuple[Record, ...]
    notices: tuple[Message, ...]
    entries: int
    lost: int = 0


class Reader(Shape):
    """A way to read one kind of export."""

    def sniff(self, raw: Raw) -> bool:
        """Whether the file is of this kind, by its content."""
        ...

    def read(self, raw: Raw) -> Reading:
        """Everything in the file. Raises nothing, whatever the bytes."""
        ...


class Taken:
    """An entry's values by tag. What is asked for is taken; what nobody asked for is left, and kept with the record."""

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        self._fields = {tag: [value for value in values if value.strip()] for tag, values in fields.items()}

    def first(self, *tags: str) -> str:
        """The first value of the first of these tags that has one, cleaned; its further values stay."""
        for tag in tags:
            if self._fields.get(tag):
                return clean(self._fields[tag].pop(0))
        return ""

    def every(self, *tags: str) -> list[str]:
        """All values of the first of these tags that has any, cleaned."""
        for tag in tags:
            if self._fields.get(tag):
                return [clean(value) for value in self._fields.pop(tag)]
        return []

    def year(self, *tags: str) -> int | None:
        """The first year that these tags tell. A date that tells more than its year stays too."""
        for tag in tags:
            for number, value in enumerate(self._fields.get(tag, ())):
                year = find_year(value)
                if year is not None:
                    if _PLAIN_YEAR.fullmatch(value.strip()):
                        del self._fields[tag][number]
                    return year
        return None

    def doi(self, *tags: str) -> str:
        """The first DOI in the values of these tags. A value that tells much more than it stays too."""
        for tag in tags:
            for number, value in enumerate(self._fields.get(tag, ())):
                doi = find_doi(value)
                if doi:
                    if len(value) < len(doi) + _AROUND_DOI:
                        del self._fields[tag][number]
                    return doi
        return ""

    def look(self, *tags: str) -> list[str]:
        """The values of all these tags, left where they are."""
        return [value for tag in tags for value in self._fields.get(tag, ())]

    def drop(self, tag: str) -> None:
        """Leave out a tag whose values the record tells otherwise."""
        self._fields.pop(tag, None)

    def left(self) -> Fields:
        """What was not taken."""
        return {tag: values for tag, values in self._fields.items() if values}


def taken_apart(values: Iterable[str], divider: str = ";") -> tuple[str, ...]:
    """Names or keywords; several in one value are taken apart at the divider."""
    parts = (part.strip().rstrip(",").rstrip() for value in values for part in value.split(divider))
    return tuple(part for part in parts if part)


def keywords_of(text: str) -> tuple[str, ...]:
    """Keywords of one value: divided by semicolons, else by commas that stand outside of brackets."""
    words = text.split(";") if ";" in text else _COMMA.split(text)
    return tuple(word for one in words if (word := one.strip().rstrip(",").rstrip()))


def page_range(start: str, end: str) -> str:
    """First and last page as a range; either may be missing."""
    return "-".join(page for page in (start, end) if page)
