"""`litreview search`: sentences of all documents."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litreview.commands.common import (
    catalogue_of,
    json_option,
    language_option,
    print_json,
    say,
    shown_progress,
)
from litreview.commands.spoken import META, SpokenCommand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from litreview.language.catalogue import Catalogue
    from litreview.pipeline.hits import Hit
    from litreview.pipeline.search import Found


@click.command(cls=SpokenCommand, context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True, metavar="QUERY [FOLDER]")
@language_option
@click.option("--limit", type=click.IntRange(1, 1000), default=20, help="So many sentences at most (default: 20).")
@click.option("--offset", type=click.IntRange(0), default=0, help="After the first so many.")
@click.option("--file", "--report", "report", default="", metavar="NAME",
              help="Only in a document: its file, a part of its name, or a report's number.")  # fmt: skip
@click.option("--section", default="", metavar="KIND",
              help="Only in sections of a kind, in English or Indonesian: method, hasil, discussion …")  # fmt: skip
@click.option("--exact", is_flag=True, help="All words together, just as they are written.")
@click.option("--context", "around", type=click.IntRange(0, 50), default=0, help="With so many sentences around each.")
@json_option
@click.pass_context
def search(
    context: click.Context,
    words: tuple[str, ...],
    language: str | None,
    limit: int,
    offset: int,
    report: str,
    section: str,
    exact: bool,
    around: int,
    as_json: bool,
) -> None:
    """Look for sentences in all documents, with their pages.

    All words must stand in the sentence, in any form (pendampingan finds mendampingi). "Quoted words" stand together
    as they are written; OR lets either do; -word must not stand; begin* finds what begins so. Up to five hundred
    sentences come best first; of more, in the order of the documents.
    """
    from litreview.language.of_review import language_of
    from litreview.language.query import as_phrase
    from litreview.pipeline.search import SearchOptions, search_or_read

    query, folder = _query_and_folder(words)
    query = as_phrase(query) if exact else query
    context.meta[f"{META}folder"] = folder
    catalogue = catalogue_of(language or language_of(folder))
    options = SearchOptions(limit, offset, report, section.strip(), around)
    read = partial(_ingest, folder, language, catalogue, as_json)
    sentences, changed = search_or_read(folder, query, options, read)
    if as_json:
        print_json({"changed_files": changed, **_facts(sentences)})
        return
    _show(sentences, catalogue, offset)
    if changed:
        told = catalogue.gettext("Files that have changed since the documents were read: {count}. To read them, type:"
                                 " litreview ingest", count=changed)  # fmt: skip
        say(f"! {told}")


def _query_and_folder(words: Sequence[str]) -> tuple[str, Path]:
    """The last word is the review's folder where it is one, or is written as a way to one; all others are the query,
    in quotation marks or not."""
    last = Path(words[-1])
    if len(words) > 1 and (any(sign in words[-1] for sign in ("/", "\\")) or (last / "review.yaml").is_file()):
        return " ".join(words[:-1]), last
    return " ".join(words), Path()


def _ingest(folder: Path, language: str | None, catalogue: Catalogue, as_json: bool) -> None:
    """Read the documents first, where none was read yet."""
    from litreview.review import Review

    with shown_progress(catalogue, silent=as_json) as progress:
        Review.open(folder, language).ingest(progress)


def _facts(found: Found) -> dict[str, object]:
    return {name: getattr(found, name) for name in found.__struct_fields__}


def _show(found: Found, catalogue: Catalogue, offset: int) -> None:
    _ = catalogue.gettext
    for number, hit in enumerate(found.hits, start=offset + 1):
        say(click.style(f"{number}. {_name(hit)}", bold=True))
        say(f"   {_place(hit, catalogue)}")
        for text in hit.before:
            say(click.style(f"   {text}", dim=True))
        say(f"   {_marked(hit)}")
        for text in hit.after:
            say(click.style(f"   {text}", dim=True))
        click.echo()
    shown = f"{offset + 1}–{offset + len(found.hits)}"
    if not found.documents:
        say(_("There is no document that can be read yet. Put PDFs into corpus/ and type: litreview ingest"))
    elif not found.total:
        say(_("No sentence was found, in {documents} documents. Fewer words, or begin* instead of a word, find more.",
              documents=found.documents))  # fmt: skip
    elif not found.hits:
        say(_("There are only {total} sentences.", total=found.total))
    elif found.more:
        say(_("Sentences {shown} of more than {total}, in the order of the documents. One word more narrows them down.",
              shown=shown, total=found.total))  # fmt: skip
    else:
        say(_("Sentences {shown} of {total}, the best first.", shown=shown, total=found.total))


def _name(hit: Hit) -> str:
    return f"{hit.title} ({hit.year})" if hit.year else hit.title


def _place(hit: Hit, catalogue: Catalogue) -> str:
    """File, page (as printed, and in the PDF where that differs) or paragraph, and section."""
    from litreview.documents.section_names import SECTION_NAMES

    _ = catalogue.gettext
    if hit.page is None:
        where = _("paragraph {number}", number=hit.paragraph or 1)
    elif not hit.printed:
        where = _("PDF p. {page}", page=hit.page)
    elif hit.printed != str(hit.page):
        where = _("p. {printed} (PDF {page})", printed=hit.printed, page=hit.page)
    else:
        where = _("p. {printed}", printed=hit.page)
    kinds = ", ".join(catalogue.text(SECTION_NAMES[kind]) for kind in hit.sections)
    return " · ".join(part for part in (hit.file, where, kinds, "OCR" if hit.ocr else "") if part)


def _marked(hit: Hit) -> str:
    """The sentence with the words that were looked for marked: in colour on a terminal, by asterisks in a file."""
    parts: list[str] = []
    at, terminal = 0, sys.stdout.isatty()
    for start, end in hit.marks:
        word = hit.text[start:end]
        parts += [hit.text[at:start], click.style(word, fg="yellow", bold=True) if terminal else f"*{word}*"]
        at = end
    return "".join([*parts, hit.text[at:]])
