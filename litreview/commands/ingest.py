"""`litreview ingest`: read the documents; in which text each report stands; take another reading."""

from __future__ import annotations

from pathlib import Path

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


@click.command()
@folder_argument
@language_option
@click.option("--accept-text", "wanted", default="", help="Accept another reading of a report: its file or number.")
@click.option("--as", "person", default="", help="Who accepts: an id of 'people' in review.yaml.")
@json_option
def ingest(folder: Path, language: str | None, wanted: str, person: str, as_json: bool) -> None:
    """Read the documents, and show in which text each report stands; with --accept-text, take another reading."""
    from litreview.review import Review

    review = Review.open(folder, language)
    with shown_progress(review.catalogue, silent=as_json) as progress:
        if wanted:
            accepted = review.accept_text(wanted, person, progress)
        texts = review.ingest(progress)
    if as_json:
        print_json(texts)
        return
    if wanted:
        say(review.catalogue.gettext("{file}: the other reading is accepted.", file=accepted.file))
    for file in texts.files:
        if file.status != "ready":
            say(file_line(file, review.catalogue))
    for line in texts.lines():
        say(review.catalogue.text(line))
