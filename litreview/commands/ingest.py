"""`litreview ingest`: read the documents; in which text each report stands; take another reading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from litreview.commands.common import (
    file_line,
    folder_argument,
    json_option,
    language_option,
    print_json,
    say,
    shown_progress,
)
from litreview.commands.passwords import given_in, open_locked, passwords_option
from litreview.commands.spoken import SpokenCommand

if TYPE_CHECKING:
    from litreview.language.catalogue import Catalogue
    from litreview.pipeline.texts import Ingested


@click.command(cls=SpokenCommand)
@folder_argument
@language_option
@click.option("--ocr", is_flag=True, help="Recognise the text of pages that are pictures; may take a while.")
@click.option("--accept-text", "wanted", default="", help="Accept another reading of a report: its file or number.")
@click.option(
    "--first-page",
    "told",
    default="",
    metavar="FILE=NUMBER",
    help="Tell the number printed on a file's first page; FILE=i,7=1 where PDF page 7 is printed as 1.",
)
@click.option("--as", "person", default="", help="Who accepts or tells: an id of 'people' in review.yaml.")
@passwords_option
@click.option("--quiet", is_flag=True, help="Print errors only, and ask for nothing.")
@json_option
def ingest(
    folder: Path,
    language: str | None,
    ocr: bool,
    wanted: str,
    told: str,
    person: str,
    passwords: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read the documents, and show in which text each report stands and what is in doubt about it; with --accept-text,
    take another reading; with --first-page, tell a file's page numbers.

    For files that ask for a password it asks; with --passwords it takes those of a file."""
    from litreview.review import Review

    review = Review.open(folder, language)
    given = given_in(passwords, review)
    with shown_progress(review.catalogue, silent=as_json or quiet) as progress:
        if wanted:
            accepted = review.accept_text(wanted, person, progress)
        if told:
            numbered, _, answer = told.partition("=")
            numbered = review.tell_page_numbers(numbered, answer, person, progress)
        texts = review.ingest(progress, ocr=ocr)
    if open_locked(review, texts.files, given, str(passwords or ""), may_ask=not (as_json or quiet)):
        with shown_progress(review.catalogue, silent=as_json or quiet, again=True) as progress:
            texts = review.ingest(progress, ocr=ocr)
    if as_json:
        print_json(texts)
    elif not quiet:
        _show(texts, review.catalogue, accepted.file if wanted else "", numbered if told else "")
    if texts.recognition is not None and texts.recognition.without_data:
        click.get_current_context().exit(1)


def _show(texts: Ingested, catalogue: Catalogue, accepted: str, numbered: str) -> None:
    if accepted:
        say(catalogue.gettext("{file}: the other reading is accepted.", file=accepted))
    if numbered:
        say(catalogue.gettext("{file}: the page numbers are noted.", file=numbered))
    for file in texts.files:
        if file.status != "ready":
            say(file_line(file, catalogue))
    for line in texts.lines():
        say(catalogue.text(line))
