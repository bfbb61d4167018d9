"""Passwords of PDFs on the command line: taken from a file, or asked for with hidden input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litreview.commands.common import say

if TYPE_CHECKING:
    from litreview.documents.model import FileStatus
    from litreview.documents.passwords import GivenPassword
    from litreview.language.catalogue import Catalogue
    from litreview.review import Review

TRIES = 3

passwords_option = click.option(
    "--passwords",
    type=click.Path(path_type=Path),
    help="A file outside the review with passwords of PDFs: a line each, 'name.pdf: password' or a password alone.",
)


def can_ask() -> bool:
    """Whether somebody sits before a terminal to be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def given_in(path: Path | None, review: Review) -> list[GivenPassword]:
    """The passwords of a file, if one was named. Raises `UsageError`."""
    from litreview.documents.passwords import read_passwords_file

    return read_passwords_file(path, review.root) if path else []


def open_locked(
    review: Review, files: Sequence[FileStatus], given: Sequence[GivenPassword], source: str, may_ask: bool
) -> list[str]:
    """Open files that ask for a password, by those given in the file `source`, and by asking where that may be; the
    paths opened. Which of those given opened nothing is told."""
    from litreview.pipeline.unlocking import locked, tell_unopened, unlock

    waiting = locked(files)
    opened = unlock(review.root, waiting, given) if given and waiting else []
    for told in tell_unopened(files, opened, given, source):
        say(review.catalogue.text(told), err=True)
    if may_ask and can_ask():
        left = [file for file in waiting if file.path not in opened]
        opened += [file.path for file in left if _ask(file, review.catalogue, _opener(review, file))]
    return opened


def _opener(review: Review, file: FileStatus) -> Callable[[str], bool]:
    from litreview.documents.passwords import GivenPassword, Secret
    from litreview.pipeline.unlocking import unlock

    return lambda password: bool(unlock(review.root, [file], [GivenPassword("", Secret(password))]))


def _ask(file: FileStatus, catalogue: Catalogue, opens: Callable[[str], bool]) -> bool:
    """Ask for a file's password, up to three times; Enter passes over."""
    for _ in range(TRIES):
        text = catalogue.gettext("Password of {file} (Enter: leave it out)", file=file.path)
        password = click.prompt(text, default="", hide_input=True, show_default=False, err=True)
        if not password:
            return False
        if opens(password):
            return True
        say(catalogue.gettext("This password does not open the file."), err=True)
    return False
