"""`litreview screen --simulate`: a labelled set replayed, on the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from litreview.commands.common import catalogue_of, print_json, say
from litreview.errors import UsageError, message


def simulate_screening(file: Path, language: str | None, as_json: bool, options: dict[str, Any]) -> None:
    """Replay screening on a file and show what the ranking saves."""
    from litreview.language.of_review import language_of
    from litreview.screening.labelled import read_labelled
    from litreview.screening.simulation import simulate

    found = simulate(
        read_labelled(file), options["prior_included"], options["prior_excluded"], options["seed"], options["policy"]
    )
    if as_json:
        print_json(found)
        return
    _ = catalogue_of(language or language_of(Path())).gettext
    say(_("Records shown: {count}; median time of a ranking: {ms} ms.", count=len(found.order), ms=found.ms_per_query))
    say(_("Recall after 10 % of the records: {recall}; after 20 %: {more}.",
          recall=round(found.recall_at_10, 3), more=round(found.recall_at_20, 3)))  # fmt: skip
    say(_("Work saved at 95 % recall (WSS@95): {wss}; records read until an included one is found, on average: {atd}.",
          wss=round(found.wss_95, 3), atd=round(found.atd, 1)))  # fmt: skip


def refuse_without_file(options: dict[str, Any]) -> None:
    """Raise `UsageError` when an option of --simulate is given without it."""
    for name in ("prior_included", "prior_excluded", "seed"):
        if options.pop(name):
            option = "--" + name.replace("_", "-")
            raise UsageError(message("{option} goes with --simulate FILE.", option=option))
