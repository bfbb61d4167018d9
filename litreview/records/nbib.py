"""PubMed's nbib, MEDLINE text and what ERIC writes alike: tags of up to four letters, a dash at the fifth place."""

from __future__ import annotations

import re

from litreview.records.encoding import Raw
from litreview.records.fields import clean_title, find_doi
from litreview.records.lines import Entries, stray_lines
from litreview.records.model import Record
from litreview.records.reader import Fields, Reading, Taken

_TAG_LINE = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,3}-(?: |$)?(.*)", re.DOTALL)
BEGINNINGS = ("PMID", "PMC", "PMCR", "OWN")
_BEGIN = re.compile(r"^(?:PMID|PMCR|PMC|OWN) {0,2}- ?\w", re.MULTILINE)
_FIELD = re.compile(r"^(?:TI|AU|FAU|AB|PT|JT|TA|DP|SO|STAT|AID|LID|TT|BTI) {0,2}-", re.MULTILINE)
_DOI_NOTE = re.compile(r"\bdoi:\s*(10\.\S+)", re.IGNORECASE)


class NbibReader:
    """Reads PubMed's nbib and MEDLINE text."""

    def sniff(self, raw: Raw) -> bool:
        """Whether a record of PubMed or ERIC begins in the text, and tells more than its number."""
        return bool(_BEGIN.search(raw.text) and _FIELD.search(raw.text))

    def read(self, raw: Raw) -> Reading:
        """Records in order; lines between them are told."""
        entries, strays, open_ = Entries(), [], False
        for number, line in enumerate(raw.text.split("\n"), start=1):
            found = _TAG_LINE.fullmatch(line)
            if not line.strip():
                open_ = False
            elif found is None and (open_ or line.startswith("    ")) and entries.tags:
                entries.more(line)
            elif found is None:
                strays.append((number, line.strip()))
            else:
                if _begins(found[1], entries, open_):
                    entries.begin(number)
                entries.add(found[1], found[2])
                open_ = True
        records = tuple(_record(one.fields) for one in entries.joined())
        return Reading("nbib", records, tuple(stray_lines(strays)), len(records))


def _begins(tag: str, entries: Entries, open_: bool) -> bool:
    """Whether a tag begins a record: the first of all, a number of its own, or one after an empty line."""
    if not entries:
        return True
    return tag in BEGINNINGS and (not open_ or (tag == "PMID" and tag in entries.tags))


def _record(fields: Fields) -> Record:
    """A record from tags; those that have no place of their own are kept in `extra`."""
    taken = Taken(fields)
    title = clean_title(" ".join(taken.every("TI", "BTI", "CTI", "TT")))
    return Record(
        id="",
        place="",
        file="",
        kind=taken.first("PT"),
        title=title,
        authors=tuple(taken.every("FAU", "AU", "CN")),
        year=taken.year("DP", "DEP", "EDAT"),
        venue=taken.first("JT", "TA", "BTI", "CTI"),
        volume=taken.first("VI"),
        issue=taken.first("IP"),
        pages=taken.first("PG"),
        doi=_doi(taken),
        url=next((value for value in taken.look("LID", "AID") if value.startswith("http")), ""),
        abstract=taken.first("AB", "OAB"),
        keywords=tuple(taken.every("OT", "MH")),
        language=taken.first("LA"),
        extra=taken.left(),
    )


def _doi(taken: Taken) -> str:
    """The DOI among the article's numbers, else that of its source line; the numbers stay."""
    numbers = taken.look("LID", "AID")
    named = [value for value in numbers if "[doi]" in value]
    source = [found[1] for value in taken.look("SO") if (found := _DOI_NOTE.search(value))]
    return find_doi(*named, *numbers, *source)
