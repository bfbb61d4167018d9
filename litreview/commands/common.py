"""What every command shares: its arguments and options, and how it speaks."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litreview.commands.spoken import META, system_language
from litreview.errors import UsageError, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from litreview.documents.model import FileStatus
    from litreview.language.catalogue import Catalogue
    from litreview.pipeline.progress import Progress

FOLDER = click.Path(file_okay=False, path_type=Path)


def kept(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """Keep what tells in which language to speak: the language asked for, and the review."""
    context.meta[f"{META}{'language' if parameter.name == 'language' else 'folder'}"] = value
    return value


folder_argument = click.argument("folder", type=FOLDER, default=Path(), callback=kept)
language_option = click.option(
    "--language",
    type=click.Choice(["id", "en"]),
    callback=kept,
    is_eager=True,  # so that it tells the language of a help asked for after it
    help="Language of outputs and messages.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object for scripts.")
person_option = click.option("--as", "person", default="", help="Who judges: an id of 'people' in review.yaml.")
remember_option = click.option("--remember", is_flag=True, help="Keep --as for this review on this computer.")
reason_option = click.option("--reason", default="", help="Why.")


def catalogue_of(language: str | None) -> Catalogue:
    """The catalogue of a language, or of this system's."""
    from litreview.language.catalogue import Catalogue

    return Catalogue(language or system_language())


def say(text: str, err: bool = False) -> None:
    """Print a line."""
    click.echo(text, err=err)


def file_line(file: FileStatus, catalogue: Catalogue) -> str:
    """What became of a file, and why, in a line."""
    reason = catalogue.text(file.why) if file.reason else ""
    return f"{file.path}: {catalogue.gettext(file.status)}. {reason}".rstrip()


def print_json(value: Any) -> None:
    """Print a value as one JSON object."""
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


@contextmanager
def shown_progress(catalogue: Catalogue, silent: bool, again: bool = False) -> Iterator[Progress]:
    """Bars on the error stream, or silence. Where that is no terminal, what is done `again` is told no second time."""
    from litreview.pipeline.progress import Progress

    if silent or (again and not sys.stderr.isatty()):
        yield Progress()
        return
    from litreview.terminal import TerminalProgress

    with TerminalProgress(catalogue) as progress:
        yield progress


def only_one(**given: object) -> str:
    """The name of the one option that was given; empty where none was. Raises `UsageError` for two."""
    names = [name for name, value in given.items() if value]
    if len(names) > 1:
        both = ", ".join("--" + name.replace("_", "-") for name in names)
        raise UsageError(message("Only one of these at a time: {options}.", options=both))
    return names[0] if names else ""
