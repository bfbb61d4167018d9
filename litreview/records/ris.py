"""RIS: `TAG  - value`, a record from TY to ER. What a missing TY or ER would swallow is mended and told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litreview.errors import Message, message
from litreview.records.fields import clean, clean_title, find_doi, find_year
from litreview.records.model import Record

_LINE_END = re.compile(r"\r\n|\n|\r")
_TAG_LINE = re.compile(r"^([A-Z][A-Z0-9])  ?-(?:\s(.*)|)$")
_GLUED_LINE = re.compile(r"^([A-Z][A-Z0-9])  -(\S.*)$")
_START = re.compile(r"^\s*TY {1,2}-", re.MULTILINE)
_END = re.compile(r"^ER {1,2}-", re.MULTILINE)
_TAGGED = re.compile(r"^[A-Z][A-Z0-9]  - ", re.MULTILINE)

TITLE_TAGS = ("TI", "T1", "CT", "BT", "ST")
VENUE_TAGS = ("JO", "JF", "T2", "JA", "J2", "BT", "PB")
_BEGINNINGS = frozenset({"TI", "T1", "T2", "AU", "A1", "JO", "JF", "PY", "Y1", "ID"})  # of a record without TY
Fields = dict[str, list[str]]


class RisReader:
    """Reads RIS with rispy, after lines were put in order."""

    def sniff(self, text: str) -> bool:
        """Whether a record begins, or tagged lines and an end of record stand in the text."""
        return bool(_START.search(text) or (_END.search(text) and len(_TAGGED.findall(text)) > 1))

    def read(self, text: str) -> tuple[str, list[Record], list[Message]]:
        """Records in order, with a notice for each that had to be mended."""
        ordered = _Ordered(text.lstrip("\ufeff"))
        records = [_record(fields) for fields in _parse(ordered.lines)]
        notices = ordered.notices
        if len(records) != ordered.started:
            notices.append(message("{started} records begin in the file, {read} could be read.",
                                   started=ordered.started, read=len(records)))  # fmt: skip
        return "ris", records, notices


class _Identity(dict[str, str]):
    """A mapping of every tag to itself, so that rispy keeps the tags it does not know."""

    def __missing__(self, tag: str) -> str:
        return tag


def _parse(lines: list[str]) -> list[Fields]:
    """Tags and their values for each record, by rispy."""
    import rispy

    tags = sorted({line[:2] for line in lines} - {"TY", "ER"})
    found = rispy.loads("\n".join(lines), mapping=_Identity(), list_tags=tags, delimiter_tags_mapping={})
    return [{tag: [value] if isinstance(value, str) else value for tag, value in one.items()} for one in found]


class _Ordered:
    """Lines as rispy reads them safely: one for each tag, every record from one TY to one ER."""

    def __init__(self, text: str) -> None:
        self.lines: list[str] = []
        self.notices: list[Message] = []
        self.started = 0
        self.inside = False
        for number, tag, value in _tagged(text):
            self._add(number, tag, value)
        if self.inside:
            self.lines.append("ER  - ")
            self.notices.append(message("The last record, {record}, has no end (ER); the file may be cut off.",
                                        record=self.started))  # fmt: skip

    def _add(self, number: int, tag: str, value: str) -> None:
        if tag == "TY":
            self._start(number)
        elif not self.inside and tag in _BEGINNINGS:
            self._start(number)
            self.lines.append("TY  - ")
            self.notices.append(message("Line {line}: record {record} has no type (TY); it was read all the same.",
                                        line=number, record=self.started))  # fmt: skip
        if not self.inside:
            return  # a heading or a remark between records
        if tag == "":
            self.lines[-1] = f"{self.lines[-1]} {value}"
        else:
            self.lines.append(f"{tag}  - {value}")
        self.inside = tag != "ER"

    def _start(self, number: int) -> None:
        """Begin a record; one that was not ended is ended here, a second type line takes the first one's place."""
        if self.inside and self.lines[-1].startswith("TY"):
            self.lines.pop()
            self.notices.append(message("Line {line}: record {record} has several types (TY); the last was taken.",
                                        line=number, record=self.started))  # fmt: skip
            return
        if self.inside:
            self.lines.append("ER  - ")
            self.notices.append(message("Record {record} has no end (ER); it was read up to line {line}, "
                                        "where the next begins.", record=self.started, line=number))  # fmt: skip
        self.started += 1
        self.inside = True


def _tagged(text: str) -> Iterator[tuple[int, str, str]]:
    """Number, tag and value of each line that holds something; tag "" continues the line before."""
    for number, line in enumerate(_LINE_END.split(text), start=1):
        found = _TAG_LINE.match(line) or _GLUED_LINE.match(line)
        if found is None and line.lstrip().startswith(("TY  -", "ER  -")):
            found = _TAG_LINE.match(line.strip())
        if found:
            yield number, found[1], (found[2] or "").strip()
        elif line.strip():
            yield number, "", line.strip()


def _record(fields: Fields) -> Record:
    """A record from tags; those that have no place of their own are kept in `extra`."""
    used = {"TY", "ER"}

    def every(*tags: str) -> list[str]:
        """The values of the first tag that has any."""
        tag = next((one for one in tags if any(fields.get(one, ()))), "")
        used.add(tag)
        return [clean(value) for value in fields.get(tag, ()) if value]

    def first(*tags: str) -> str:
        return next(iter(every(*tags)), "")

    elsewhere = [value for tag in ("UR", "M3", "L3", "AN") for value in fields.get(tag, ())]
    return Record(
        id="",
        place="",
        file="",
        kind=clean(fields["TY"][0]),
        title=clean_title(first(*TITLE_TAGS)),
        authors=_taken_apart(every("AU", "A1")),
        year=find_year(first("PY", "Y1"), first("DA")),
        venue=first(*VENUE_TAGS),
        volume=first("VL"),
        issue=first("IS"),
        pages="-".join(page for page in (first("SP"), first("EP")) if page),
        doi=find_doi(first("DO")) or find_doi(*elsewhere),
        url=first("UR"),
        abstract=first("AB", "N2"),
        keywords=_taken_apart(every("KW")),
        language=first("LA"),
        extra={tag: list(values) for tag, values in fields.items() if tag not in used and any(values)},
    )


def _taken_apart(values: list[str]) -> tuple[str, ...]:
    """Names or keywords; several in one line are taken apart at the semicolon."""
    parts = [part.strip().rstrip(",") for value in values for part in value.split(";")]
    return tuple(part for part in parts if part)
