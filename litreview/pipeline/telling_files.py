"""What was understood of a file, in lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from litreview.documents.model import PageQuality
from litreview.documents.quality import DOUBTS
from litreview.documents.understood import Understood, UnderstoodSection, in_doubt
from litreview.errors import Message
from litreview.language.catalogue import Catalogue
from litreview.report.words import word

LONGEST_SHOWN = 300  # code points of an abstract
_REFERENCES_SHOWN = 3


def tell_understood(one: Understood, catalogue: Catalogue, why: Message | None = None) -> list[str]:
    """A file's status, with its reason as `why` has it; and what it says of itself: metadata, sections, references,
    pages in doubt."""
    say = catalogue.gettext
    if one.status != "ready":
        reason = catalogue.text(why or one.reason) if one.reason else ""
        return [f"{one.file}: {say(one.status)}. {reason}".rstrip()]
    counted = say("ready: {words} words, without pages", words=one.words)
    if one.pages:
        counted = say("ready: {pages} pages, {words} words", pages=one.pages, words=one.words)
    lines = [f"{one.file}: {counted}"]
    lines += [f"  {label}: {value}" for label, value in _metadata(one, catalogue) if value]
    if one.sections:
        lines.append("  " + say("Sections") + ":")
        lines += [f"    {line}" for line in _section_lines(one.sections, catalogue)]
    if one.references:
        lines.append("  " + say("References: {count}", count=len(one.references)))
        lines += [f"    {_cut(entry.text)}" for entry in one.references[:_REFERENCES_SHOWN]]
        lines += ["    …"] if len(one.references) > _REFERENCES_SHOWN else []
    lines += [f"  {line}" for line in _doubts(in_doubt(one.quality), catalogue)]
    return lines


def _metadata(one: Understood, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    say = catalogue.gettext
    yield say("Title"), one.title or ""
    yield say("Authors"), "; ".join(one.authors)
    yield say("Year"), str(one.year or "")
    yield say("Source"), one.source or ""
    yield "DOI", one.doi or ""
    yield say("Language"), word(catalogue, "language", one.language or "")
    yield say("Method"), word(catalogue, "method", one.method) if one.method else ""
    yield say("Place"), ", ".join(one.locus.values())
    for language, text in one.abstracts.items():
        yield say("Abstract ({language})", language=word(catalogue, "language", language)), _cut(text)
    yield say("Keywords"), "; ".join(one.keywords)


def _section_lines(sections: Sequence[UnderstoodSection], catalogue: Catalogue) -> Iterator[str]:
    for section in sections:
        page = catalogue.gettext("p. {page}", page=section.page) if section.page else ""
        if section.paragraph:
            page = catalogue.gettext("par. {paragraph}", paragraph=section.paragraph)
        kinds = ", ".join(word(catalogue, "section", kind) for kind in section.kinds)
        yield "  " * (section.level - 1) + f"{section.heading or '–'}  [{kinds}]  {page}".rstrip()


def _doubts(pages: Sequence[PageQuality], catalogue: Catalogue) -> Iterator[str]:
    for page in pages:
        told = ", ".join(catalogue.text(DOUBTS[doubt]) for doubt in page.doubts)
        yield catalogue.gettext("Page {page} is in doubt: {why}", page=page.page, why=told)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else line[:LONGEST_SHOWN].rsplit(" ", 1)[0] + " …"
