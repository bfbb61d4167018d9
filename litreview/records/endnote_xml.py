"""EndNote's XML, also as Bookends and Zotero write it: `<xml><records><record>`, every text in elements of style."""

from __future__ import annotations

import re

from litreview.errors import message
from litreview.records.encoding import Raw
from litreview.records.fields import clean_title
from litreview.records.model import Record
from litreview.records.reader import Reading, Taken, taken_apart
from litreview.records.xml import Element, flat, looks_like_xml, name_of, parse_xml

_ENTRY = re.compile(r"<record[\s>]")
_ITS_OWN = re.compile(r"<(?:ref-type|contributors|titles|source-app)[\s>/]")


class EndnoteXmlReader:
    """Reads EndNote's XML export."""

    def sniff(self, raw: Raw) -> bool:
        """Whether a record stands in an XML file that has EndNote's own elements."""
        return looks_like_xml(raw) and bool(_ENTRY.search(raw.text) and _ITS_OWN.search(raw.text))

    def read(self, raw: Raw) -> Reading:
        """Records in order, as far as the file can be read."""
        root, notices = parse_xml(raw)
        found = [] if root is None else [one for one in root.iter() if name_of(one) == "record"]
        records = tuple(map(_record, found))
        entries = max(len(_ENTRY.findall(raw.text)), len(records))
        if entries > len(records):
            notices.append(message("{count} records of the file could not be read.", count=entries - len(records)))
        return Reading("endnote-xml", records, tuple(notices), entries, entries - len(records))


def _record(element: Element) -> Record:
    """A record from its element; what has no place of its own is kept in `extra`, by path."""
    taken = Taken(flat(element))
    taken.drop("database@path")  # where the library lies on someone's computer
    kind = taken.first("ref-type@name", "ref-type")
    return Record(
        id="",
        place="",
        file="",
        kind=kind,
        title=clean_title(taken.first("titles/title")),
        authors=tuple(taken.every("contributors/authors/author")),
        year=taken.year("dates/year", "dates/pub-dates/date"),
        venue=taken.first("periodical/full-title", "titles/secondary-title", "alt-periodical/full-title", "publisher"),
        volume=taken.first("volume"),
        issue=taken.first("number", "issue"),
        pages=taken.first("pages"),
        doi=taken.doi("electronic-resource-num", "urls/related-urls/url"),
        url=taken.first("urls/related-urls/url", "urls/web-urls/url"),
        abstract=taken.first("abstract"),
        keywords=taken_apart(taken.every("keywords/keyword")),
        language=taken.first("language"),
        extra=taken.left(),
    )
