"""BibTeX by bibtexparser 2: entries that fail are told with their line, repeated keys are read all the same."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from litreview.errors import Message, message
from litreview.records.encoding import Raw
from litreview.records.fields import clean, clean_title, find_doi, find_year
from litreview.records.model import Record
from litreview.records.reader import Reading

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry

_ENTRY = re.compile(r"^[ \t]*@[ \t]*([A-Za-z]+)\s{0,9}[{(]", re.MULTILINE)
_NO_ENTRY = ("comment", "string", "preamble")
_BRACES = re.compile(r"[{}]")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_PERCENT = re.compile(r"(?<!\\)%")
USED_FIELDS = frozenset(
    {"title", "author", "year", "date", "journal", "journaltitle", "booktitle", "volume", "number", "issue", "pages",
     "doi", "url", "abstract", "keywords", "language", "langid"}
)  # fmt: skip


class BibtexReader:
    """Reads BibTeX and BibLaTeX."""

    def sniff(self, raw: Raw) -> bool:
        """Whether an entry begins in the text."""
        return _begun(raw.text) > 0

    def read(self, raw: Raw) -> Reading:
        """Entries in order, and a notice for each block that failed."""
        from bibtexparser.entrypoint import parse_string

        logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
        library = parse_string(raw.text)
        found: list[tuple[int, Entry]] = [(entry.start_line or 0, entry) for entry in library.entries]
        notices: list[Message] = []
        for block in library.failed_blocks:
            entry = _mended(block, notices)
            if entry is not None:
                found.append((block.start_line or 0, entry))
        records = tuple(_record(entry) for _, entry in sorted(found, key=lambda pair: pair[0]))
        return Reading("bibtex", records, tuple(notices), _begun(raw.text))


def _begun(text: str) -> int:
    """How many entries begin in a text."""
    return sum(kind.lower() not in _NO_ENTRY for kind in _ENTRY.findall(text))


def _mended(block: Block, notices: list[Message]) -> Entry | None:
    """The entry behind a block that failed, if it can be had; what is wrong is told."""
    from bibtexparser.model import DuplicateBlockKeyBlock, Entry

    line = (block.start_line or 0) + 1
    inner = getattr(block, "ignore_error_block", None)
    if isinstance(inner, Entry):
        if isinstance(block, DuplicateBlockKeyBlock):
            notices.append(message("Line {line}: the key {key} stands twice; both records were read.",
                                   line=line, key=inner.key or "(empty)"))  # fmt: skip
        else:
            notices.append(message("Line {line}: a field of the record stands twice; the first was taken.", line=line))
        return inner
    notices.append(message("Line {line}: the record cannot be read (brackets or field names are broken).", line=line))
    return None


def _record(entry: Entry) -> Record:
    """A record from an entry; fields without a place of their own are kept in `extra`."""
    fields: dict[str, str] = {}
    for field in entry.fields:
        fields.setdefault(field.key.lower().strip(), _plain(str(field.value)))

    def first(*keys: str) -> str:
        return next((clean(_BRACES.sub("", fields[key])) for key in keys if fields.get(key, "").strip()), "")

    return Record(
        id="",
        place="",
        file="",
        kind=entry.entry_type.lower(),
        title=clean_title(first("title")),
        authors=_names(fields.get("author", "")),
        year=find_year(first("year", "date")),
        venue=first("journal", "journaltitle", "booktitle", "school", "institution", "publisher"),
        volume=first("volume"),
        issue=first("number", "issue"),
        pages=re.sub(r"\s*[-–—]+\s*", "-", first("pages")),
        doi=find_doi(first("doi"), first("url")),
        url=first("url"),
        abstract=first("abstract"),
        keywords=tuple(clean(word) for word in re.split(r"[;,]", first("keywords")) if word.strip()),
        language=first("language", "langid"),
        extra={key: [value] for key, value in fields.items() if key not in USED_FIELDS and value.strip()},
    )


def _plain(value: str) -> str:
    r"""A value without LaTeX ("{\"o}" is "ö"); a bare percent sign does not begin a comment."""
    if "\\" not in value:
        return value.replace("~", " ") if " ~" not in value else value
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]  # comes with bibtexparser

    text = _PERCENT.sub(r"\\%", value)
    converter = LatexNodes2Text(keep_braced_groups=True, math_mode="verbatim")
    return str(converter.latex_to_text(text, tolerant_parsing=True))


def _names(value: str) -> tuple[str, ...]:
    """Names between "and"; a name in braces is one word; "others" falls away."""
    names = [clean(part) for part in _outside_braces(value)]
    return tuple(name for name in names if name and name.lower() != "others")


def _outside_braces(value: str) -> list[str]:
    """Split at "and" where no brace is open; braces are dropped."""
    parts = [""]
    for piece in re.split(r"(\s+and\s+)", value, flags=re.IGNORECASE):
        inside = parts[-1].count("{") > parts[-1].count("}")
        if _AND.fullmatch(piece) and not inside:
            parts.append("")
        else:
            parts[-1] += piece
    return [_BRACES.sub("", part) for part in parts]
