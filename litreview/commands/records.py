"""`litreview import` and `litreview export`: records in, and out with decisions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    from litreview.records.model import Record


@click.command("import", cls=SpokenCommand)
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", "folder", type=FOLDER, default=Path(), callback=kept, help="The review (default: this folder).")
@click.option("--title", default="", help="A record by hand: its title. The options below tell the rest.")
@click.option("--author", "authors", multiple=True, help='"Family, Given"; repeat for several.')
@click.option("--year", type=click.IntRange(1500, 2099), help="The year of publication.")
@click.option("--venue", default="", help="Journal, proceedings or university.")
@click.option("--doi", default="", help="The DOI.")
@click.option("--url", default="", help="Where it was found.")
@click.option("--kind", default="", help="JOUR, CPAPER, THES, skripsi …")
@language_option
@json_option
def import_(files: tuple[Path, ...], folder: Path, language: str | None, as_json: bool, **told: Any) -> None:
    """Take search exports into corpus/exports, and tell what was read of each and what was lost.

    Of a PDF or another document a record is made from what its first pages tell; --title and the other options correct
    it, or make a record by hand.
    """
    from litreview.pipeline.by_hand import take_in
    from litreview.review import Review

    review = Review.open(folder, language)
    imported, records = take_in(review.root, files, told)
    if as_json:
        print_json({"files": imported, "records": records})
        return
    for one in imported:
        _show(one, review.catalogue)
    for record in records:
        _show_record(record, review.catalogue)


def _show_record(record: Record, catalogue: Catalogue) -> None:
    """The fields of a record that was made, to be looked at."""
    say(f"  {record.title}")
    rest = ("; ".join(record.authors), str(record.year or ""), record.venue, record.doi)
    say(f"  {' · '.join(part for part in rest if part)}")
    say(catalogue.gettext("Look whether this is right; what is wrong is told with --title, --author and so on."))


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
