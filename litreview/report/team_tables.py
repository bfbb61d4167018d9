"""Tables on the team: how far it is, what to look at again, how protocol and codebook changed."""

from __future__ import annotations

from litreview.errors import message
from litreview.report.context import ReportContext
from litreview.report.table import Column, Table


def work_table(context: ReportContext) -> Table:
    """How far the team is at each stage; a row for each number of people that targets wait for."""
    columns = (
        Column("stage", message("Stage"), 18, "stage"),
        Column("targets", message("To be judged"), 12),
        Column("finished", message("Judged by all who should"), 12),
        Column("waiting_for", message("Waiting for persons"), 10),
        Column("waiting", message("Waiting"), 10),
        Column("blind", message("Blind"), 8),
        Column("open", message("Differences to settle"), 12),
        Column("look_again", message("To look at again"), 12),
    )
    rows = tuple(
        (w.stage, w.targets, w.finished, people, count, int(w.blind), w.open, w.look_again)
        for w in context.work
        for people, count in (w.waiting or {0: 0}).items()
    )
    return Table("progress", message("How far the team is"), columns, rows)


def look_again_table(context: ReportContext) -> Table:
    """Judgments to look at again after a change of protocol or codebook."""
    columns = (
        Column("judgment", message("Id"), 38),
        Column("person", message("Person"), 16),
        Column("stage", message("Stage"), 16, "stage"),
        Column("target", message("On"), 26),
        Column("said", message("What was said"), 60),
        Column("codes", message("Codes of today"), 30),
        Column("why", message("Why"), 60),
    )
    rows = tuple(
        (
            one.judgment,
            one.person,
            one.stage,
            one.target,
            one.said,
            "; ".join(one.codes),
            context.catalogue.text(one.why),
        )
        for one in context.look_again
    )
    return Table("look-again", message("To look at again"), columns, rows)


def amendments_table(context: ReportContext) -> Table:
    """Recorded changes of protocol and codebook."""
    columns = (
        Column("at", message("When"), 26),
        Column("kind", message("What"), 12, "amended"),
        Column("person", message("Person"), 16),
        Column("changes", message("Changes"), 70),
        Column("reason", message("Reason"), 60),
    )
    rows = tuple(
        (one.at, one.kind, one.person, "; ".join(context.catalogue.text(told) for told in one.told), one.reason)
        for one in context.amendments
    )
    return Table("amendments", message("Amendments"), columns, rows)
