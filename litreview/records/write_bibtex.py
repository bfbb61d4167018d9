"""Records as BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litreview.records.bibtex import USED
from litreview.records.carried import KEY
from litreview.records.decided import rayyan_note
from litreview.records.fields import family_name
from litreview.records.writing import Written, one_line, types_of

_KIND = re.compile(r"[a-z]{3,20}")
_NAME = re.compile(r"[a-z][a-z0-9_-]{1,39}")
_VENUE = {"article": "journal", "inproceedings": "booktitle", "conference": "booktitle", "incollection": "booktitle",
          "inbook": "booktitle", "thesis": "school", "mastersthesis": "school", "phdthesis": "school",
          "techreport": "institution", "book": "publisher"}  # fmt: skip
_SPECIAL = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$",
            "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "@": "{@}"}  # fmt: skip
_SIGN = re.compile(r"[\\{}%&#$_~^@]")
_ENCODED = re.compile(r"[%{}\\#~@\"&$_^-]")
_NOT_IN_KEYS = re.compile(r"[^a-z0-9]")


class BibtexWriter:
    """Writes BibTeX."""

    name = "bibtex"
    suffix = ".bib"

    def write(self, entries: Sequence[Written]) -> bytes:
        """An entry for each record, under a key of family name, year and number."""
        texts = (_entry(number, entry) for number, entry in enumerate(entries, start=1))
        return "\n".join(texts).encode("utf-8", "replace")


def _entry(number: int, entry: Written) -> str:
    record = entry.record
    kind = record.kind if _KIND.fullmatch(record.kind) and record.kind not in _NO_KINDS else types_of(record)[1]
    name = _NOT_IN_KEYS.sub("", family_name(record.authors[0])) if record.authors else ""
    fields = [(name, text) for name, text in _fields(entry, kind) if text]
    if entry.carried:
        fields.append((KEY, _ENCODED.sub(lambda sign: f"%{ord(sign[0]):02X}", entry.carried)))
    lines = "".join(f",\n  {name} = {{{text}}}" for name, text in fields)
    return f"@{kind}{{{name or 'anonymous'}{record.year or ''}-{number}{lines}\n}}\n"


_NO_KINDS = ("comment", "string", "preamble")


def _fields(entry: Written, kind: str) -> Iterator[tuple[str, str]]:
    """Names and LaTeX of the fields; those that the record was read with, and has no place for, follow its own."""
    record = entry.record
    plain = {
        "title": record.title,
        "year": str(record.year or ""),
        _VENUE.get(kind, "journal"): record.venue,
        "volume": record.volume,
        "number": record.issue,
        "pages": record.pages.replace("-", "--"),
        "url": record.url,
        "abstract": record.abstract,
        "keywords": ("; " if "," in "".join(record.keywords) else ", ").join(record.keywords),
        "language": record.language,
    }
    yield "author", " and ".join(_person(name) for name in record.authors)
    yield "doi", _latex(record.doi)
    yield from ((name, _latex(value)) for name, value in plain.items())
    further = {name: values[0] for name, values in entry.further.items()
               if len(values) == 1 and _NAME.fullmatch(name) and name not in plain and name not in USED}  # fmt: skip
    notes = (further.pop("note", ""), rayyan_note(entry.decisions) if entry.judged else "")
    yield "note", _latex(" | ".join(note for note in notes if note))
    yield from ((name, _latex(value)) for name, value in further.items())


def _person(name: str) -> str:
    """A name; braces hold together what "and" would divide."""
    written = _latex(name)
    return f"{{{written}}}" if re.search(r"\band\b", name, re.IGNORECASE) or name.lower() == "others" else written


def _latex(text: str) -> str:
    """Text with LaTeX's own signs escaped, in one line; the sign before an entry is held by braces."""
    return _SIGN.sub(lambda sign: _SPECIAL[sign[0]], one_line(text))
