"""The command line: parse, call one public function, show."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litreview import __version__
from litreview.commands.code import code
from litreview.commands.codebook import codebook
from litreview.commands.common import (
    FOLDER,
    file_line,
    folder_argument,
    json_option,
    kept,
    language_option,
    person_option,
    reason_option,
    remember_option,
)
from litreview.commands.common import catalogue_of as _catalogue
from litreview.commands.common import print_json as _print_json
from litreview.commands.common import say as _say
from litreview.commands.common import shown_progress as _progress
from litreview.commands.dedupe import dedupe
from litreview.commands.ingest import ingest
from litreview.commands.read import read
from litreview.commands.records import export, import_
from litreview.commands.screen import screen
from litreview.commands.search import search
from litreview.commands.spoken import META, SpokenGroup
from litreview.commands.typed import typed as _typed
from litreview.errors import LitreviewError, Message, UsageError, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from litreview.language.catalogue import Catalogue
    from litreview.pipeline.summary import ConfirmedSet, MainStudyOptions, RunSummary

MOST_LINES = 12  # of one kind on the terminal


class _Commands(SpokenGroup):
    """The group's one handler of errors: a sentence for the researcher, and the exit code."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except LitreviewError as error:
            catalogue = _catalogue_of(context)
            _say(f"{catalogue.gettext('Error')}: {error.place}{catalogue.text(error.what)}", err=True)
            context.exit(error.exit_code)
        except KeyboardInterrupt:
            told = message("Interrupted. The earlier outputs stand; the next run goes on from here.")
            _say(_catalogue_of(context).text(told), err=True)
            context.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="litreview")
def main() -> None:
    """From a folder of PDFs and search exports to a synthesis that a review team can defend."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # the Windows console would stumble over letters outside its code page
            stream.reconfigure(encoding="utf-8", errors="replace")


@main.command()
@folder_argument
@language_option
@click.option("--sample", is_flag=True, help="Copy the sample review: synthetic PDFs, protocol, codebook, judgments.")
def init(folder: Path, language: str | None, sample: bool) -> None:
    """Begin a review in FOLDER (default: this folder)."""
    from litreview.shipped import create_review

    create_review(folder, sample)
    catalogue = _catalogue(language)
    _say(catalogue.gettext("A review was begun in {folder}.", folder=str(folder.resolve())))
    if sample:
        _say(catalogue.gettext("It holds sample data. Next, type: {command}", command=_typed("run", folder)))
    else:
        told = message(
            "Next: put PDFs and search exports into corpus/, fill in review.yaml, type: {command}",
            command=_typed("run", folder),
        )
        _say(catalogue.text(told))


@main.command()
@folder_argument
@language_option
@click.option("--quiet", is_flag=True, help="Print errors only.")
@json_option
def run(folder: Path, language: str | None, quiet: bool, as_json: bool) -> None:
    """Do everything that is due: read, suggest, check criteria, choose, write the outputs."""
    from litreview.review import Review

    review = Review.open(folder, language)
    with _progress(review.catalogue, silent=quiet or as_json) as progress:
        summary = review.run(progress)
    if as_json:
        _print_json(summary)
    elif not quiet:
        _show_summary(summary, review.root, review.catalogue)


@main.command()
@folder_argument
@language_option
@json_option
def status(folder: Path, language: str | None, as_json: bool) -> None:
    """Show what the last run found: files, records, studies, what to do next."""
    from litreview.review import Review

    review = Review.open(folder, language)
    summary = review.last_summary()
    if summary is None:
        raise LitreviewError(
            message(
                "No run is kept: none was made yet, or the index was made anew. Type: {command}",
                command=_typed("run", folder),
            ),
            folder,
        )
    if as_json:
        _print_json(summary)
    else:
        _show_summary(summary, review.root, review.catalogue)


@main.command()
@folder_argument
@language_option
@click.option("--as", "person", default="", help="Whose judgments: an id of 'people' in review.yaml.")
@click.option("--all", "everybody", is_flag=True, help="Everybody's judgments.")
@click.option("--to", type=click.Path(path_type=Path), help="File or folder to write to (default: the review).")
@json_option
def pack(folder: Path, language: str | None, person: str, everybody: bool, to: Path | None, as_json: bool) -> None:
    """Write a small zip of judgments, without PDFs, to send to a colleague."""
    from litreview.exchange.telling import tell_pack
    from litreview.review import Review

    review = Review.open(folder, language)
    packed = review.pack("" if everybody else review.known_person(person), to)
    if as_json:
        _print_json(packed)
        return
    for line in tell_pack(packed, review.catalogue):
        _say(line)


@main.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--into", type=FOLDER, default=Path(), callback=kept, help="The review to merge into (default: this folder)."
)
@language_option
@json_option
def merge(sources: tuple[Path, ...], into: Path, language: str | None, as_json: bool) -> None:
    """Take in the judgments of SOURCES: packs, copies of this review, or files of judgments."""
    from litreview.exchange.telling import tell_merge
    from litreview.review import Review

    review = Review.open(into, language)
    merged = review.merge(sources)
    if as_json:
        _print_json(merged)
        return
    for line in tell_merge(merged, review.catalogue):
        _say(line)


@main.command("main-studies")
@folder_argument
@language_option
@click.option("--confirm", is_flag=True, help="Record the choice as a person's judgment.")
@click.option("--set", "number", type=int, help="Which of the shown sets to confirm; needed where there are several.")
@click.option("--reason", default="", help="Why this set: needed with --confirm.")
@person_option
@remember_option
@json_option
def main_studies(
    folder: Path,
    language: str | None,
    confirm: bool,
    number: int | None,
    reason: str,
    person: str,
    remember: bool,
    as_json: bool,
) -> None:
    """Show the sets of main studies that satisfy the rule; with --confirm, record the choice."""
    from litreview.review import Review

    review = Review.open(folder, language)
    with _progress(review.catalogue, silent=as_json) as progress:
        options = review.main_study_options(progress)
    shown: MainStudyOptions | ConfirmedSet = options
    if confirm:
        shown = review.confirm_main_studies(options, number, reason, review.known_person(person, remember=remember))
    if as_json:
        _print_json(shown)
        return
    for line in shown.lines():
        _say(review.catalogue.text(line))
    if confirm:
        _say(review.catalogue.gettext("To renew the outputs, type: {command}", command=_typed("run", folder)))


@main.command()
@click.argument("target", metavar="[FOLDER | FILE.csv]", type=click.Path(path_type=Path), default=Path(), callback=kept)
@language_option
@click.option(
    "--unit",
    type=click.Choice(["character", "sentence", "paragraph", "document"]),
    help="What is compared; else as review.yaml says.",
)
@click.option("--uncoded/--coded-only", default=None, help="Whether text that nobody coded counts.")
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(["code", "theme", "document", "pair"]),
    help="Split by this too (more than once, where several). Default: code and pair.",
)
@click.option("--machine", is_flag=True, help="Compare machine suggestions with each person, apart from people.")
@json_option
def agree(target: Path, language: str | None, as_json: bool, **options: Any) -> None:
    """Measure agreement between coders: of the review in FOLDER, or of a table with the columns unit, coder, value."""
    if target.is_dir():
        _agree_review(target, language, as_json, options)
    elif any(options[name] not in (None, (), False) for name in options):
        raise UsageError(message("--unit, --coded-only, --by and --machine are for a review's folder."), target)
    else:
        _agree_file(target, language, as_json)


def _agree_review(folder: Path, language: str | None, as_json: bool, options: dict[str, Any]) -> None:
    from litreview.pipeline.agreement import AgreementOptions
    from litreview.review import Review

    review = Review.open(folder, language)
    asked = AgreementOptions(**{name: value for name, value in options.items() if value not in (None, ())})
    with _progress(review.catalogue, silent=as_json) as progress:
        found = review.agreement(asked, progress)
    if as_json:
        _print_json(found.facts(review.catalogue))
        return
    for line in found.lines(review.catalogue):
        _say(line)
    for name, new in found.published.beside:
        _say("! " + review.catalogue.gettext("{name} was edited or is open; the new one is {new}.", name=name, new=new))


def _agree_file(path: Path, language: str | None, as_json: bool) -> None:
    from litreview.pipeline.agreement import file_facts, file_lines, measure_file

    found, catalogue = measure_file(path), _catalogue(language)
    if as_json:
        _print_json(file_facts(found, catalogue))
        return
    for line in file_lines(found, catalogue):
        _say(line)


@main.command()
@folder_argument
@language_option
@click.option("--amend", is_flag=True, help="Record that the protocol was changed (with --as and --reason).")
@person_option
@reason_option
def check(folder: Path, language: str | None, amend: bool, person: str, reason: str) -> None:
    """Check protocol, codebook (its own examples), ledger and this computer."""
    from litreview.review import Review

    review = Review.open(folder, language)
    if amend:
        review.amend(person, reason)
        _say(review.catalogue.gettext("The amendment is recorded. Type litreview run to renew the outputs."))
        return
    with _progress(review.catalogue, silent=False) as progress:
        findings = review.check(progress)
    faults = 0
    for what, is_fault in findings:
        faults += is_fault
        _say(("✗ " if is_fault else "✓ ") + review.catalogue.text(what))
    if faults:
        raise LitreviewError(message("Faults found: {count}. See the lines marked ✗.", count=faults))


@main.command()
@folder_argument
@language_option
@click.option("--quiet", is_flag=True, help="Print errors only.")
def reindex(folder: Path, language: str | None, quiet: bool) -> None:
    """Throw the index away and make it anew from the files; judgments, outputs and recognised pages stay."""
    from litreview.review import Review

    review = Review.open(folder, language)
    with _progress(review.catalogue, silent=quiet) as progress:
        told = review.reindex(progress)
    if not quiet:
        _say_some([review.catalogue.text(what) for what in told], review.catalogue)


for _command in (ingest, read, dedupe, search, screen, code, codebook, import_, export):
    main.add_command(_command)


def _catalogue_of(context: click.Context) -> Catalogue:
    """The catalogue of the language that was asked for, else of the review, else of this system."""
    from litreview.language.of_review import language_of

    folder = context.meta.get(f"{META}folder")
    return _catalogue(context.meta.get(f"{META}language") or (language_of(folder) if folder else None))


def _show_summary(summary: RunSummary, root: Path, catalogue: Catalogue) -> None:
    for line in _summary_lines(summary):
        _say(catalogue.text(line))
    if summary.troubled:
        _say("")
        _say(catalogue.gettext("Files that could not be read:"))
        _say_some([f"  {file_line(file, catalogue)}" for file in summary.troubled], catalogue)
    _say_some([f"! {catalogue.text(what)}" for what in (*summary.faults, *summary.notices)], catalogue)
    _say_some([f"! {file}: {catalogue.text(what)}" for file, what in summary.export_notices], catalogue)
    for name, new in summary.beside:
        _say("! " + catalogue.gettext("{name} was edited or is open; the new one is {new}.", name=name, new=new))
    _say("")
    _say(catalogue.gettext("Open: {path}", path=str(root / summary.report)))


def _say_some(lines: list[str], catalogue: Catalogue) -> None:
    """The first lines; how many more there are is told, the report has them all."""
    for line in lines[:MOST_LINES]:
        _say(line)
    if len(lines) > MOST_LINES:
        _say("  " + catalogue.gettext("… and {count} more; see the report.", count=len(lines) - MOST_LINES))


def _shortened(names: Sequence[str]) -> str:
    return "; ".join((*names[:MOST_LINES], *(["…"] if len(names) > MOST_LINES else []))) or "–"


def _main_line(summary: RunSummary) -> Message:
    names, people = _shortened(summary.main_studies), "; ".join(summary.main_confirmed_by)
    if people:
        return message("Main studies (confirmed by {people}): {names}", people=people, names=names)
    return message("Main studies (provisional): {names}", names=names)


def _summary_lines(summary: RunSummary) -> list[Message]:
    lines = []
    if summary.sample:
        lines.append(message("SAMPLE DATA – not research findings"))
    if summary.outdated:
        lines.append(message("Something has changed since this run: files, judgments, review.yaml or the program."))
    elif not summary.renewed:
        lines.append(message("Nothing has changed since the last run; the outputs stand."))
    lines += [
        message("Records: {records} ({duplicates} duplicates)", records=summary.records, duplicates=summary.duplicates),
        message(
            "Files: {files}, readable reports: {readable}", files=len(summary.files), readable=summary.reports_readable
        ),
        message(
            "Included studies: {decided} decided by people, {provisional} provisional (in {reports} reports)",
            decided=summary.decided_by_people,
            provisional=summary.studies_included - summary.decided_by_people,
            reports=summary.reports_included,
        ),
        *([_main_line(summary)] if summary.main_asked else []),
        message(
            "Coded passages: {human} by people, {provisional} provisional (machine)",
            human=summary.quotations_human,
            provisional=summary.quotations_provisional,
        ),
    ]
    return lines
