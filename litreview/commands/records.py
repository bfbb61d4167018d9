"""`litreview import` and `litreview export`: records in, and out with decisions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from litreview.commands.common import (
    FOLDER,
    folder_argument,
    json_option,
    kept,
    language_option,
    print_json,
    say,
    shown_progress,
)
from litreview.commands.spoken import SpokenCommand

if TYPE_CHECKING:
    from litreview.language.catalogue import Catalogue
    from litreview.pipeline.importing import Imported


@click.command("import", cls=SpokenCommand)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", "folder", type=FOLDER, default=Path(), callback=kept, help="The review (default: this folder).")
@language_option
@json_option
def import_(files: tuple[Path, ...], folder: Path, language: str | None, as_json: bool) -> None:
    """Take search exports into corpus/exports, and tell what was read of each and what was lost."""
    from litreview.pipeline.importing import import_exports
    from litreview.review import Review

    review = Review.open(folder, language)
    imported = import_exports(review.root, files)
    if as_json:
        print_json({"files": imported})
        return
    for one in imported:
        _show(one, review.catalogue)


def _show(one: Imported, catalogue: Catalogue) -> None:
    _ = catalogue.gettext
    say(_("{file}: {records} of {entries} records read ({format}).", file=one.file, records=one.records,
          entries=one.entries, format=one.format))  # fmt: skip
    told = [catalogue.text(notice) for notice in one.notices]
    if one.already:
        told.insert(0, _("The same content was there already; nothing was copied."))
    if one.decisions:
        told.append(_("The file holds decisions of a screening tool: {count}. They are not taken over as judgments.",
                      count=one.decisions))  # fmt: skip
    for line in told:
        say(f"  ! {line}")


@click.command("export", cls=SpokenCommand)
@folder_argument
@click.option("--format", "format_", type=click.Choice(["ris", "bibtex", "csl-json", "csv", "xlsx"]), default="ris",
              help="The format (default: ris).")  # fmt: skip
@click.option(
    "--to", type=click.Path(dir_okay=False, path_type=Path), help="The file (default: records.ris and so on)."
)
@language_option
@json_option
def export(folder: Path, format_: str, to: Path | None, language: str | None, as_json: bool) -> None:
    """Write all records, duplicates once, with people's decisions, for reference managers, Rayyan and ASReview."""
    from litreview.pipeline.exporting import export_records
    from litreview.review import Review

    review = Review.open(folder, language)
    with shown_progress(review.catalogue, silent=as_json) as progress, review.reading(progress) as state:
        target, count = export_records(state, format_, to)
    if as_json:
        print_json({"file": str(target), "records": count})
        return
    say(review.catalogue.gettext("{count} records were written to {file}.", count=count, file=str(target)))
