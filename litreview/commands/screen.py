"""`litreview screen`: what waits for a person, decisions, assignment, differences."""

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
from litreview.commands.sitting import sit
from litreview.commands.spoken import SpokenCommand
from litreview.commands.worklists import show_differences, show_list, show_ranked, tell_recorded
from litreview.errors import UsageError, message

if TYPE_CHECKING:
    from litreview.pipeline.made import Made
    from litreview.pipeline.state import State

STAGES = ("title-abstract", "full-text")


@click.command(cls=SpokenCommand)
@folder_argument
@language_option
@person_option
@click.option("--stage", type=click.Choice(STAGES), default=None, help="One stage only.")
@click.option("--target", default="", metavar="ID", help="Decide on this record or report.")
@click.option("--adjudicate", default="", metavar="ID", help="Settle this difference, as a third person.")
@click.option("--decision", type=click.Choice(["include", "exclude", "maybe"]), default=None,
              help="With --target or --adjudicate: what is decided.")  # fmt: skip
@reason_option
@click.option("--differences", is_flag=True, help="List open differences: who said what.")
@click.option("--assign", is_flag=True, help="Distribute what nobody was assigned yet at --stage.")
@click.option("--hand-on", default="", metavar="FROM", help="Give what waits for someone to --to.")
@click.option("--to", multiple=True, metavar="ID", help="With --assign or --hand-on: to whom (repeat for several).")
@click.option("--keys", is_flag=True, help="Show record after record that waits for you, and decide by a key each.")
@click.option("--simulate", type=click.Path(dir_okay=False, path_type=Path), default=None, metavar="FILE.csv",
              help="Replay screening on a table with the column label_included; needs no review.")  # fmt: skip
@click.option("--prior-included", multiple=True, metavar="ID", help="With --simulate: known at the start as included.")
@click.option("--prior-excluded", multiple=True, metavar="ID", help="With --simulate: known at the start as excluded.")
@click.option("--seed", type=click.IntRange(min=0), default=None, help="With --simulate: of the draws (0).")
@click.option(
    "--policy", default=None, metavar="NAME", help="Order records by the ranking: most-likely, most-uncertain, random."
)
@json_option
def screen(folder: Path, language: str | None, person: str, as_json: bool, **options: Any) -> None:
    """List what waits for you (--as), or how far the team is; decide, assign, settle differences; --simulate."""
    from litreview.commands.simulate import refuse_without_file, simulate_screening
    from litreview.device import chosen_person
    from litreview.pipeline import worklists
    from litreview.review import Review

    if options["simulate"]:
        simulate_screening(options["simulate"], language, as_json, options)
        return
    refuse_without_file(options)
    review = Review.open(folder, language)
    ways = ("target", "adjudicate", "differences", "assign", "hand_on", "keys")
    way = only_one(**{name: options[name] for name in ways})
    if options["policy"] and (way not in ("", "keys") or options["stage"] == STAGES[1]):
        raise UsageError(message("--policy orders the records at title and abstract that wait for you."))
    if way == "keys":
        with shown_progress(review.catalogue, silent=False) as progress:
            sitting = review.sit(person, options["policy"] or "most-likely", progress)
        sit(review, sitting)
        return
    with shown_progress(review.catalogue, silent=as_json) as progress:
        if way in ("", "differences"):
            with review.reading(progress) as state:
                if way:
                    show_differences(review, worklists.open_differences(state, *STAGES), as_json)
                elif options["policy"]:
                    from litreview.pipeline.ranked import ranked_list

                    show_ranked(review, ranked_list(state, review.known_person(person), options["policy"]), as_json)
                else:
                    who = review.known_person(person) if person or chosen_person(review.root) else ""
                    todo = worklists.screening_list(state, who, options["stage"] or "") if who else []
                    show_list(review, todo, worklists.work_done(state), as_json)
            return
        count = review.judge(person, lambda state, who: _act(way, state, who, options), progress)
    tell_recorded(review, count, as_json)


def _act(way: str, state: State, person: str, options: dict[str, Any]) -> list[Made]:
    from litreview.pipeline import judging

    stage, decision, reason = options["stage"] or "", options["decision"] or "", options["reason"]
    if way == "target":
        return judging.decide(state, person, options["target"], stage, decision, reason)
    if way == "adjudicate":
        return judging.settle_decision(state, person, options["adjudicate"], decision, reason)
    if way == "assign":
        return judging.assign_screening(state, stage or "title-abstract", options["to"])
    return judging.pass_on(state, [stage] if stage else STAGES, options["hand_on"], ", ".join(options["to"]))
