"""Web of Science and the older ISI export format: tags of two letters, a record from PT to ER, values over lines."""

from __future__ import annotations

import re

from litreview.errors import Message, message
from litreview.records.encoding import Raw
from litreview.records.fields import clean_title
from litreview.records.lines import Entries, stray_lines
from litreview.records.model import Record
from litreview.records.reader import Fields, Reading, Taken, page_range, taken_apart

_TAG_LINE = re.compile(r"([A-Z][A-Z0-9])(?: (.*))?", re.DOTALL)
_HEAD = re.compile(r"^FN (?:ISI|Clarivate|Thomson|Web of)", re.MULTILINE)
_BEGIN = re.compile(r"^PT [A-Z](?: |$)", re.MULTILINE)
_END = re.compile(r"^ER\s*$", re.MULTILINE)
OUTSIDE = ("FN", "VR", "EF")
SEPARATE = frozenset({"AU", "AF", "BA", "BF", "ED", "BE", "CR", "C1", "C3"})  # each line is a value of its own


class IsiReader:
    """Reads the field-tagged text of Web of Science, new and old."""

    def sniff(self, raw: Raw) -> bool:
        """Whether a record begins, after the format's own head or before an end of record."""
        return bool(_BEGIN.search(raw.text) and (_HEAD.search(raw.text) or _END.search(raw.text)))

    def read(self, raw: Raw) -> Reading:
        """Records in order; one without an end, and lines between records, are told."""
        lines = _Lines(raw.text)
        records = tuple(isi_record(one.fields) for one in lines.entries.joined(SEPARATE))
        return Reading("isi", records, (*lines.notices, *stray_lines(lines.strays)), len(records))


class _Lines:
    """The records of a file as tags and values, every one from one PT to one ER."""

    def __init__(self, text: str) -> None:
        self.entries = Entries()
        self.notices: list[Message] = []
        self.strays: list[tuple[int, str]] = []
        self._inside = False
        for number, line in enumerate(text.split("\n"), start=1):
            found = _TAG_LINE.fullmatch(line.rstrip())
            if found:
                self._add(number, found[1], found[2] or "")
            elif line.strip():
                self._go_on(number, line)
        if self._inside:
            self.notices.append(message("The last record, {record}, has no end (ER); the file may be cut off.",
                                        record=len(self.entries)))  # fmt: skip

    def _add(self, number: int, tag: str, value: str) -> None:
        if tag == "PT":
            self._start(number)
        if tag == "ER":
            self._inside = False
        elif self._inside and tag not in OUTSIDE:
            self.entries.add(tag, value)
        elif tag not in OUTSIDE:
            self.strays.append((number, f"{tag} {value}"))

    def _go_on(self, number: int, line: str) -> None:
        if self._inside:
            self.entries.more(line)
        else:
            self.strays.append((number, line.strip()))

    def _start(self, number: int) -> None:
        if self._inside:
            self.notices.append(message("Record {record} has no end (ER); it was read up to line {line}, "
                                        "where the next begins.", record=len(self.entries), line=number))  # fmt: skip
        self.entries.begin(number)
        self._inside = True


def isi_record(fields: Fields) -> Record:
    """A record from the tags of Web of Science; those that have no place of their own are kept in `extra`."""
    taken = Taken(fields)
    pages = page_range(taken.first("BP"), taken.first("EP")) or taken.first("PS", "AR")
    return Record(
        id="",
        place="",
        file="",
        kind=taken.first("DT", "PT"),
        title=clean_title(taken.first("TI")),
        authors=taken_apart(taken.every("AF", "AU", "BA", "CA")),
        year=taken.year("PY", "PD"),
        venue=taken.first("SO", "JI", "BS", "SE"),
        volume=taken.first("VL"),
        issue=taken.first("IS"),
        pages=pages,
        doi=taken.doi("DI", "D2"),
        url=taken.first("UL"),
        abstract=taken.first("AB"),
        keywords=taken_apart(taken.every("DE", "ID")),
        language=taken.first("LA"),
        extra=taken.left(),
    )
