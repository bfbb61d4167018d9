"""RIS: `TAG  - value`, a record from TY to ER. What a missing TY or ER would swallow is mended and told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litreview.errors import Message, message
from litreview.records.encoding import Raw
from litreview.records.fields import clean, clean_title, find_doi
from litreview.records.lines import Entries, stray_lines
from litreview.records.model import Record
from litreview.records.reader import Fields, Reading, Taken, page_range, taken_apart

_GAP = r"(?: {1,2}| ?\t)"
_TAG_LINE = re.compile(rf"([A-Z][A-Z0-9]|PMC?ID|ISSN|ISBN){_GAP}-(?:\s(.*)|)", re.DOTALL)
_GLUED_LINE = re.compile(r"([A-Z][A-Z0-9])  -(\S.*)", re.DOTALL)
_START = re.compile(rf"^[ \t\ufeff]*TY{_GAP}-", re.MULTILINE)
_END = re.compile(rf"^[ \t]*ER{_GAP}-", re.MULTILINE)
_TAGGED = re.compile(r"^[A-Z][A-Z0-9]  - ", re.MULTILINE)
KNOWN_TAGS = (
    "TY ER A1 A2 A3 A4 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CT CY DA DB DI DO DP ED EP ET ID IS J1 "
    "J2 JA JF JO KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NV OP PB PP PY RI RN RP SE SN SP ST T1 T2 T3 TA TI TT U1 "
    "U2 U3 U4 U5 UR VL VO Y1 Y2"
)
_INSIDE = re.compile(rf"(?<![A-Z0-9])({KNOWN_TAGS.replace(' ', '|')})  -(?= |$)")
_HEADING = re.compile(r"\d+\.?|(?:Record #\d+ of \d+|Provider:|Database:|Content:).*", re.DOTALL)
_NEXT_URL = re.compile(r"[;,]\s*(?=https?://)")

TITLE_TAGS = ("TI", "T1", "CT", "BT", "ST")
VENUE_TAGS = ("JO", "JF", "T2", "JA", "J2", "BT", "PB")
_BEGINNINGS = frozenset({"TI", "T1", "T2", "AU", "A1", "JO", "JF", "PY", "Y1", "ID"})  # of a record without TY


class RisReader:
    """Reads RIS line by line, so that what is mended or lost can be told with its line."""

    def sniff(self, raw: Raw) -> bool:
        """Whether a record begins, or tagged lines and an end of record stand in the text."""
        text = raw.text
        return bool(_START.search(text) or (_END.search(text) and len(_TAGGED.findall(text)) > 1))

    def read(self, raw: Raw) -> Reading:
        """Records in order, with a notice for each that had to be mended."""
        lines = _Lines(raw.text)
        records = tuple(_record(one.fields) for one in lines.entries.joined())
        return Reading("ris", records, tuple(lines.told()), len(records) + lines.lost, lines.lost)


class _Lines:
    """The records of a file as tags and values, every one from one TY to one ER, and what had to be mended."""

    def __init__(self, text: str) -> None:
        self.entries = Entries()
        self.notices: list[Message] = []
        self.lost = 0
        self._inside = False
        self._several: list[int] = []
        self._strays: list[tuple[int, str]] = []
        for number, line in enumerate(text.split("\n"), start=1):
            for tag, value in self._parts(number, line):
                self._add(number, tag, value)
        if self._inside:
            self.notices.append(message("The last record, {record}, has no end (ER); the file may be cut off.",
                                        record=len(self.entries)))  # fmt: skip

    def told(self) -> list[Message]:
        """Everything mended or passed over."""
        several = self._several
        if several:
            self.notices.append(message("{count} lines held several tags, the first is line {line}; they were taken "
                                        "apart.", count=len(several), line=several[0]))  # fmt: skip
        return self.notices + stray_lines(self._strays)

    def _parts(self, number: int, line: str) -> Iterator[tuple[str, str]]:
        """Tags and values of a line; tag "" continues the value before it."""
        found = _TAG_LINE.fullmatch(line) or _GLUED_LINE.fullmatch(line)
        tag, rest = (found[1], found[2] or "") if found else ("", line)
        marks = list(_INSIDE.finditer(rest)) if "  -" in rest else []
        if len(marks) > 1 or (marks and (tag or rest[: marks[0].start()].strip())):
            self._several.append(number)
        at = 0
        for mark in marks:
            yield tag, rest[at : mark.start()].strip()
            tag, at = mark[1], mark.end()
        yield tag, rest[at:].strip()

    def _add(self, number: int, tag: str, value: str) -> None:
        if tag == "TY":
            self._start(number)
        elif not self._inside and tag in _BEGINNINGS:
            self._start(number)
            self.entries.add("TY", "")
            self.notices.append(message("Line {line}: record {record} has no type (TY); it was read all the same.",
                                        line=number, record=len(self.entries)))  # fmt: skip
        if not self._inside:
            self._add_outside(number, tag, value)
        elif tag == "ER":
            self._inside = False
        elif tag:
            self.entries.add(tag, value)
        elif value:
            self.entries.more(value)

    def _add_outside(self, number: int, tag: str, value: str) -> None:
        """What stands between records: a tag after ER (Ovid) is of the record before it."""
        if tag not in ("", "ER") and self.entries:
            self.entries.add(tag, value)
        elif tag not in ("", "ER") or (value and not _HEADING.fullmatch(value)):
            self._strays.append((number, f"{tag}  - {value}" if tag else value))

    def _start(self, number: int) -> None:
        """Begin a record; one that was not ended is ended here, a second type line takes the first one's place."""
        if self._inside and set(self.entries.tags) == {"TY"}:
            self.entries.clear()
            self.lost += 1
            self.notices.append(message("Line {line}: record {record} has several types (TY); the last was taken.",
                                        line=number, record=len(self.entries)))  # fmt: skip
            return
        if self._inside:
            self.notices.append(message("Record {record} has no end (ER); it was read up to line {line}, "
                                        "where the next begins.", record=len(self.entries), line=number))  # fmt: skip
        self.entries.begin(number)
        self._inside = True


def _record(fields: Fields) -> Record:
    """A record from tags; those that have no place of their own are kept in `extra`."""
    urls = [url.strip() for value in fields.get("UR", ()) for url in _NEXT_URL.split(value)]
    taken = Taken({**fields, **({"UR": urls} if urls else {})})
    kind = clean(fields.get("TY", [""])[0])
    taken.drop("TY")
    elsewhere = taken.look("UR", "M3", "L3", "AN")
    return Record(
        id="",
        place="",
        file="",
        kind=kind,
        title=clean_title(taken.first(*TITLE_TAGS)),
        authors=taken_apart(taken.every("AU", "A1")),
        year=taken.year("PY", "Y1", "DA"),
        venue=taken.first(*VENUE_TAGS),
        volume=taken.first("VL"),
        issue=taken.first("IS"),
        pages=page_range(taken.first("SP"), taken.first("EP")),
        doi=taken.doi("DO") or find_doi(*elsewhere),
        url=taken.first("UR"),
        abstract=taken.first("AB", "N2"),
        keywords=taken_apart(taken.every("KW")),
        language=taken.first("LA"),
        extra=taken.left(),
    )
