"""BibTeX and BibLaTeX: entries that are broken are read as far as they can be, and told with their line."""

from __future__ import annotations

import re

from litreview.errors import Message, message
from litreview.records.bibtex_entries import BibtexEntry, count_entries, read_entries
from litreview.records.encoding import Raw
from litreview.records.fields import clean_title, find_doi
from litreview.records.model import Record
from litreview.records.reader import Fields, Reading, Taken, keywords_of

_BRACES = re.compile(r"[{}]")
_MEANT = re.compile(r"\\([{}%&#$_])")  # signs that are meant, not LaTeX's own
_HELD = {sign: chr(0xE000 + number) for number, sign in enumerate("{}%&#$_")}  # their places while LaTeX is read
_LET_GO = str.maketrans({held: sign for sign, held in _HELD.items()})
_PERCENT = re.compile(r"(?<!\\)%")
_AND = re.compile(r"([{}])|(?<!\s)\s++and\s++", re.IGNORECASE)
_RANGE = re.compile(r"\s{0,9}[-–—]+\s{0,9}")
USED = frozenset({"title", "author", "year", "date", "journal", "journaltitle", "booktitle", "school", "institution",
                  "publisher", "volume", "number", "issue", "pages", "doi", "url", "abstract", "keywords", "language",
                  "langid"})  # fmt: skip
_DEEPEST = 60  # nested braces that LaTeX is read with


class BibtexReader:
    """Reads BibTeX and BibLaTeX."""

    def sniff(self, raw: Raw) -> bool:
        """Whether an entry begins in the text."""
        return count_entries(raw.text) > 0

    def read(self, raw: Raw) -> Reading:
        """Entries in order; broken ones and repeated keys are told."""
        entries = read_entries(raw.text)
        records = tuple(map(_record, entries))
        return Reading("bibtex", records, tuple(_told(entries)), count_entries(raw.text))


def _told(entries: list[BibtexEntry]) -> list[Message]:
    notices = []
    met: set[str] = set()
    for entry in entries:
        if entry.broken:
            notices.append(message("Line {line}: brackets or field names of the record are broken; it was read line by "
                                   "line. Look whether rightly.", line=entry.line))  # fmt: skip
        if entry.key in met and entry.key:
            notices.append(message("Line {line}: the key {key} stands twice; both records were read.",
                                   line=entry.line, key=entry.key))  # fmt: skip
        met.add(entry.key)
    return notices


def _record(entry: BibtexEntry) -> Record:
    """A record from an entry; fields without a place of their own are kept in `extra`."""
    written: Fields = {}
    for name, value in entry.fields:
        written.setdefault(name, []).append(value)
    authors = _names(written.pop("author", []))
    taken = Taken({name: [plain(value) for value in values] for name, values in written.items()})
    return Record(
        id="",
        place="",
        file="",
        kind=entry.kind,
        title=clean_title(taken.first("title")),
        authors=authors,
        year=taken.year("year", "date"),
        venue=taken.first("journal", "journaltitle", "booktitle", "school", "institution", "publisher"),
        volume=taken.first("volume"),
        issue=taken.first("number", "issue"),
        pages=_RANGE.sub("-", taken.first("pages")),
        doi=taken.doi("doi") or find_doi(*taken.look("url")),
        url=taken.first("url"),
        abstract=taken.first("abstract"),
        keywords=keywords_of(taken.first("keywords")),
        language=taken.first("language", "langid"),
        extra=taken.left(),
    )


def plain(value: str) -> str:
    r"""A value without LaTeX ("{\"o}" is "ö") and braces; a bare percent sign does not begin a comment."""
    value = _MEANT.sub(lambda found: _HELD[found[1]], value)
    value = _BRACES.sub("", _without_latex(value) if "\\" in value else _spaced(value))
    return value.translate(_LET_GO).strip()


def _spaced(value: str) -> str:
    return value.replace("~", " ") if " ~" not in value else value


def _without_latex(value: str) -> str:
    from pylatexenc.latex2text import LatexNodes2Text
    from pylatexenc.latexwalker import LatexWalkerError

    text = _PERCENT.sub(r"\\%", value if _depth(value) < _DEEPEST else _BRACES.sub("", value))
    converter = LatexNodes2Text(keep_braced_groups=True, math_mode="verbatim")
    try:
        return str(converter.latex_to_text(text, tolerant_parsing=True))
    except (LatexWalkerError, RecursionError, ValueError, IndexError):
        return value


def _depth(value: str) -> int:
    """How deep braces are nested at the most."""
    depth = deepest = 0
    for found in _BRACES.finditer(value):
        depth += 1 if found[0] == "{" else -1
        deepest = max(deepest, depth)
    return deepest


def _names(values: list[str]) -> tuple[str, ...]:
    """Names between "and"; a name in braces is one word; "others" falls away."""
    names = [" ".join(plain(part).split()) for value in values for part in _outside_braces(value)]
    return tuple(name for name in names if name and name.lower() != "others")


def _outside_braces(value: str) -> list[str]:
    """Split at "and" where no brace is open."""
    parts, at, depth = [], 0, 0
    for found in _AND.finditer(value):
        if found[1]:
            depth += 1 if found[1] == "{" else -1
        elif depth <= 0:
            parts.append(value[at : found.start()])
            at = found.end()
    return [*parts, value[at:]]
