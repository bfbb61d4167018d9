"""`litreview code`: what waits to be coded, assignment, finishing, differences, codings to look at again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litreview.commands.common import (
    folder_argument,
    json_option,
    language_option,
    only_one,
    person_option,
    reason_option,
    shown_progress,
)
from litreview.commands.spoken import SpokenCommand
from litreview.commands.worklists import show_differences, show_list, tell_recorded
from litreview.errors import UsageError, message

if TYPE_CHECKING:
    from litreview.pipeline.made import Made
    from litreview.pipeline.state import State


@click.command(cls=SpokenCommand)
@folder_argument
@language_option
@person_option
@click.option("--assign", is_flag=True, help="Distribute the main studies' reports that nobody was assigned yet.")
@click.option("--report", "reports", multiple=True, metavar="ID", help="With --assign: these reports instead.")
@click.option("--everyone", is_flag=True, help="With --assign: each report to all, as in a pilot.")
@click.option("--round", "round_", default="", help="With --assign or --finish: the round of coding.")
@click.option("--hand-on", default="", metavar="FROM", help="Give what waits for someone to --to.")
@click.option("--to", multiple=True, metavar="ID", help="With --assign or --hand-on: to whom (repeat for several).")
@click.option("--finish", default="", metavar="ID", help="Say that you have finished a report, or a section of one.")
@click.option("--differences", is_flag=True, help="List open differences, the definitions of the codes side by side.")
@click.option("--adjudicate", default="", metavar="ID", help="Settle this difference, as a third person.")
@click.option("--choose", default="", metavar="ID", help="Choose the code of today for a coding to look at again.")
@click.option("--code", "codes", multiple=True, help="With --adjudicate or --choose: the code that stands.")
@click.option("--not-coded", is_flag=True, help="With --adjudicate: no code stands on the passage.")
@click.option("--stance", type=click.Choice(["supports", "contradicts", "mixed"]), default="supports",
              show_default=True, help="With --adjudicate: the stance that stands.")  # fmt: skip
@reason_option
@json_option
def code(folder: Path, language: str | None, person: str, as_json: bool, **options: Any) -> None:
    """List what waits for you (--as), or how far the team is; assign, finish, settle differences."""
    from litreview.device import chosen_person
    from litreview.pipeline import worklists
    from litreview.review import Review

    review = Review.open(folder, language)
    ways = ("assign", "hand_on", "finish", "differences", "adjudicate", "choose")
    way = only_one(**{name: options[name] for name in ways})
    with shown_progress(review.catalogue, silent=as_json) as progress:
        if way in ("", "differences"):
            with review.reading(progress) as state:
                if way:
                    show_differences(review, worklists.open_differences(state, "coding"), as_json)
                else:
                    who = review.known_person(person) if person or chosen_person(review.root) else ""
                    todo = worklists.coding_list(state, who) if who else []
                    show_list(review, todo, worklists.work_done(state), as_json)
            return
        count = review.judge(person, lambda state, who: _act(way, state, who, options), progress)
    tell_recorded(review, count, as_json)


def _act(way: str, state: State, person: str, options: dict[str, Any]) -> list[Made]:
    from litreview.pipeline import judging

    codes, reason, round_ = options["codes"], options["reason"], options["round_"]
    if way == "assign":
        return judging.assign_coding(state, options["to"], round_, options["reports"], options["everyone"])
    if way == "hand_on":
        return judging.pass_on(state, ["coding"], options["hand_on"], ", ".join(options["to"]))
    if way == "finish":
        return judging.finish(state, person, options["finish"], round_)
    if way == "adjudicate":
        if bool(codes) == options["not_coded"]:
            raise UsageError(message("What stands on the passage? Add --code, or --not-coded."))
        outcomes = [(one, options["stance"]) for one in codes]
        return judging.settle_codings(state, person, options["adjudicate"], outcomes, reason)
    return judging.choose_code(state, person, options["choose"], ", ".join(codes), reason)
