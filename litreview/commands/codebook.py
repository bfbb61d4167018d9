"""`litreview codebook`: what changed since a version, recording it, taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litreview.commands.common import (
    folder_argument,
    json_option,
    language_option,
    person_option,
    print_json,
    reason_option,
    say,
)
from litreview.commands.spoken import SpokenGroup
from litreview.errors import UsageError, message

if TYPE_CHECKING:
    from litreview.coding.comparison import Said

from_option = click.option("--from", "version", default="", metavar="HASH", help="The earlier version, by the beginning"
                           " of its hash (default: the last one that judgments name).")  # fmt: skip


def _became(command: Any) -> Any:
    """The options that say what became of codes."""
    options = (
        click.option("--rename", multiple=True, metavar="OLD=NEW", help="A code has another id."),
        click.option("--merge", multiple=True, metavar="A,B=C", help="Codes became one."),
        click.option(
            "--split", multiple=True, metavar="A=B,C", help="A code became several; each coding is to choose."
        ),
        click.option("--retire", multiple=True, metavar="A", help="A code is used no more."),
        click.option("--inductive", multiple=True, metavar="A[=CODING]", help="A new code came from passages."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(cls=SpokenGroup)
def codebook() -> None:
    """What changed in the codebook, and what became of its codes."""


@codebook.command()
@folder_argument
@language_option
@from_option
@_became
@json_option
def diff(folder: Path, language: str | None, version: str, as_json: bool, **options: Any) -> None:
    """Compare today's codebook with an earlier version, and propose what became of its codes."""
    from litreview.coding.change_words import tell
    from litreview.review import Review

    review = Review.open(folder, language)
    found = review.compare_codebook(version, _said(options))
    if as_json:
        names = ("changes", "map", "proposed", "lost")
        print_json({name: getattr(found, name) for name in names} | {"from": found.old.hash, "to": found.new.hash})
        return
    lines = tell(found)
    for line in lines:
        say(review.catalogue.text(line))
    if found.nothing:
        say(review.catalogue.gettext("The codebook says what it said; at most notes and layout differ."))
    else:
        say(review.catalogue.gettext('To record it: litreview codebook record --as … --reason "…"'))


@codebook.command("record")
@folder_argument
@language_option
@person_option
@reason_option
@from_option
@_became
@click.option("--as-proposed", is_flag=True, help="Say yes to the renames that diff proposes.")
def record_(
    folder: Path, language: str | None, person: str, reason: str, version: str, as_proposed: bool, **options: Any
) -> None:
    """Record what became of the codes since a version, by whom and why."""
    from litreview.review import Review

    review = Review.open(folder, language)
    made = review.record_codebook(person, reason, _said(options), version, as_proposed=as_proposed)
    count = len(made.body["changes"])
    say(review.catalogue.gettext("The version of the codebook is recorded, with {count} changes.", count=count))


@codebook.command()
@folder_argument
@language_option
@person_option
@reason_option
def undo(folder: Path, language: str | None, person: str, reason: str) -> None:
    """Take the last recorded change back; the file becomes what it was before."""
    from litreview.review import Review

    review = Review.open(folder, language)
    review.undo_codebook(person, reason)
    say(review.catalogue.gettext("The change is taken back; {file} is what it was before.",
                                 file=review.protocol.codebook))  # fmt: skip


def _said(options: dict[str, Any]) -> Said:
    """What the options say became of codes. Raises `UsageError` for what cannot be read."""
    from litreview.coding.comparison import Said

    became: dict[str, tuple[str, ...]] = {code.strip(): () for code in options["retire"]}
    for given in (*options["rename"], *options["merge"], *options["split"]):
        left, right = _two_sides(given)
        became.update(dict.fromkeys(left, tuple(sorted(right))))
    came = (one.partition("=") for one in options["inductive"])
    return Said(became, {code.strip(): passage.strip() for code, _, passage in came})


def _two_sides(given: str) -> tuple[list[str], list[str]]:
    left, sign, right = given.partition("=")
    sides = _names(left.split(",")), _names(right.split(","))
    if not (sign and all(sides)) or min(map(len, sides)) > 1:
        raise UsageError(message("'{given}' cannot be read. Write old=new, a,b=c or a=b,c.", given=given))
    return sides


def _names(parts: Iterable[str]) -> list[str]:
    return [part.strip() for part in parts if part.strip()]
