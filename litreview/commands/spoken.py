"""Help in the person's language: of a command, its options, and the list of commands, translated as it is shown."""

from __future__ import annotations

import inspect
from copy import copy
from pathlib import Path

import click

META = "litreview."  # what a command was given, kept for the language of its help and errors
HEADINGS = ("Usage", "Options", "Commands")


def help_paragraphs(text: str) -> list[str]:
    """The paragraphs of a text of the help, each on a line: keys of the catalogue."""
    return [" ".join(part.split()) for part in inspect.cleandoc(text).split("\n\n") if part]


def say_help(text: str) -> str:
    """A text of the help in the language that was asked for, else of the review in this folder, else of this system."""
    paragraphs = help_paragraphs(text)
    language = _language()
    if language != "en":
        from litreview.language.catalogue import Catalogue

        paragraphs = list(map(Catalogue(language).gettext, paragraphs))
    return "\n\n".join(paragraphs)


def _language() -> str:
    """Looked up once for a command line."""
    from litreview.language.of_review import language_of

    context = click.get_current_context(silent=True)
    kept: dict[str, str] = context.meta if context is not None else {}
    if f"{META}help" not in kept:
        kept[f"{META}help"] = kept.get(f"{META}language") or language_of(Path()) or system_language()
    return kept[f"{META}help"]


def system_language() -> str:
    """`id` or `en`: what this system speaks."""
    import locale
    import os

    told = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    named = next((one for one in told if one and one.split(".")[0] not in ("C", "POSIX")), "")
    return "id" if (named or locale.getlocale()[0] or "").lower().startswith(("id_", "indonesia")) else "en"


class _Formatter(click.HelpFormatter):
    """Headings in the person's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, f"{say_help('Usage')}: " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        super().write_heading(say_help(heading))


class _Context(click.Context):
    formatter_class = _Formatter


class SpokenCommand(click.Command):
    """A command whose help is told in the person's language."""

    context_class = _Context

    def get_short_help_str(self, limit: int = 45) -> str:
        """Its line in the list of commands."""
        said = copy(self)
        said.help = say_help(self.help or "")
        return click.Command.get_short_help_str(said, limit)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does."""
        said = copy(self)
        said.help = say_help(self.help or "")
        click.Command.format_help_text(said, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its options."""
        options = [copy(one) for one in self.get_params(ctx) if isinstance(one, click.Option)]
        for option in options:
            option.help = say_help(option.help or "")
        records = [record for option in options if (record := option.get_help_record(ctx)) is not None]
        if records:
            with formatter.section("Options"):
                formatter.write_dl(records)


class SpokenGroup(SpokenCommand, click.Group):
    """A group of such commands."""

    command_class = SpokenCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its options and commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)
