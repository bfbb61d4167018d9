"""`litreview dedupe`: duplicates in any search exports, without a review."""

from __future__ import annotations

from pathlib import Path

import click

from litreview.commands.common import catalogue_of, json_option, language_option, print_json, say, shown_progress
from litreview.commands.spoken import SpokenCommand
from litreview.errors import LitreviewError, UsageError, message


@click.command(cls=SpokenCommand)
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@language_option
@click.option("--all", "every", is_flag=True, help="Show every group and pair, not only the first few.")
@json_option
def dedupe(files: tuple[Path, ...], language: str | None, every: bool, as_json: bool) -> None:
    """Find duplicates in search exports (RIS, BibTeX, CSV …) or folders of them: no review is needed, nothing is
    changed. Every group says why; what is unsure, and what may be two reports of one study, is told apart."""
    from litreview.language.of_review import language_of
    from litreview.pipeline.deduping import dedupe_files
    from litreview.pipeline.telling_duplicates import duplicates_as_values, tell_duplicates

    catalogue = catalogue_of(language or language_of(Path()))
    absent = [str(path) for path in files if not path.exists()]
    with shown_progress(catalogue, silent=as_json) as progress:
        done = dedupe_files([path for path in files if path.exists()], progress)
    if as_json:
        print_json(duplicates_as_values(done, catalogue))
    else:
        for line in tell_duplicates(done, catalogue, every=every):
            say(line)
    for file, why in done.not_read:
        say(f"! {file}: {catalogue.text(why)}", err=True)
    if absent:
        raise UsageError(message("There is no such file: {files}.", files=", ".join(absent)))
    if done.not_read:
        raise LitreviewError(message("Files that could not be read: {count}.", count=len(done.not_read)))
    if not done.exports:
        raise UsageError(message("There is no search export in these folders."))
