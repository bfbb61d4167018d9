"""EndNote's tagged format, Refer's heir: `%0 Journal Article`, a tag of one sign in each line."""

from __future__ import annotations

import re

from litreview.records.encoding import Raw
from litreview.records.fields import clean_title
from litreview.records.lines import Entries, stray_lines
from litreview.records.model import Record
from litreview.records.reader import Fields, Reading, Taken, taken_apart

_TAG_LINE = re.compile(r"%([0-9A-Z@!?#$&*()<>~^\[\]=+|:;,./-])(?:\s+(.*)|)", re.DOTALL)
_BEGIN = re.compile(r"^%0(?:\s|$)", re.MULTILINE)
_FIELD = re.compile(r"^%[AETDJBVNPKXUR] \S", re.MULTILINE)
_TITLE = re.compile(r"^%T \S", re.MULTILINE)


class EnwReader:
    """Reads EndNote's tagged export (.enw), and Refer's without types."""

    def sniff(self, raw: Raw) -> bool:
        """Whether an entry begins and tells something, or a title stands among other tags."""
        begins, fields = _BEGIN.search(raw.text), len(_FIELD.findall(raw.text))
        return bool((begins and fields) or (_TITLE.search(raw.text) and fields > 1))

    def read(self, raw: Raw) -> Reading:
        """Entries in order; without types they are told apart by empty lines."""
        entries, strays, after_gap = Entries(), [], False
        typed = _BEGIN.search(raw.text) is not None
        for number, line in enumerate(raw.text.split("\n"), start=1):
            found = _TAG_LINE.fullmatch(line)
            if found and (not entries or (found[1] == "0" if typed else after_gap)):
                entries.begin(number)
            if found:
                entries.add(found[1], found[2] or "")
            elif line.strip() and entries:
                entries.more(line)
            elif line.strip():
                strays.append((number, line.strip()))
            after_gap = not line.strip()
        records = tuple(_record(one.fields) for one in entries.joined({"K"}))
        return Reading("enw", records, tuple(stray_lines(strays)), len(records))


def _record(fields: Fields) -> Record:
    """A record from tags; those that have no place of their own are kept in `extra` under `%` and the tag."""
    taken = Taken({f"%{tag}": values for tag, values in fields.items()})
    return Record(
        id="",
        place="",
        file="",
        kind=taken.first("%0"),
        title=clean_title(taken.first("%T")),
        authors=taken_apart(taken.every("%A")),
        year=taken.year("%D", "%8"),
        venue=taken.first("%J", "%B", "%S", "%I"),
        volume=taken.first("%V"),
        issue=taken.first("%N"),
        pages=taken.first("%P"),
        doi=taken.doi("%R", "%U"),
        url=taken.first("%U"),
        abstract=taken.first("%X"),
        keywords=taken_apart(taken.every("%K")),
        language=taken.first("%G"),
        extra=taken.left(),
    )
