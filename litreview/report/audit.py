"""The audit trail: every judgment with what became of it, how many there are, and which wait to be settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from litreview.errors import message
from litreview.ledger import Fate, Judgment, conflicts, fates
from litreview.report.context import ReportContext
from litreview.report.shown import Shown
from litreview.report.table import Column, Table, Value
from litreview.report.view_model import AuditRow, AuditView, ReplacedView
from litreview.report.words import word

ABOUT = ("target", "targets", "records", "record", "studies", "study", "file", "reports", "report", "judgment", "place",
         "database", "to")  # fmt: skip
MOST_NAMES = 5


def judgments_table(context: ReportContext) -> Table:
    """Every judgment of every person: when, where, what about, and whether it stands."""
    columns = (
        Column("id", message("Id"), 38),
        Column("at", message("When"), 26),
        Column("person", message("Person"), 16),
        Column("device", message("Device"), 12),
        Column("kind", message("Kind"), 24, "judgment"),
        Column("about", message("About"), 60),
        Column("stands", message("Stands"), 12, "stands"),
        Column("replaced_by", message("Replaced by"), 38),
        Column("retracted_by", message("Taken back by"), 38),
        Column("note", message("Note"), 60),
    )
    gone = fates(context.ledger.judgments)
    rows = [_row(context, j, "no" if j.id in gone else "yes", gone.get(j.id, Fate()))
            for j in context.ledger.judgments]  # fmt: skip
    rows += [
        _row(context, aside.judgment, "aside", Fate(), context.catalogue.text(aside.why))
        for aside in context.ledger.set_aside
    ]
    return Table("judgments", message("Judgments"), columns, tuple(rows))


def _row(context: ReportContext, judgment: Judgment, stands: str, fate: Fate, note: str = "") -> tuple[Value, ...]:
    return (judgment.id, judgment.at, judgment.person, judgment.device, judgment.kind, about(context, judgment.body),
            stands, "; ".join(fate.replaced_by), "; ".join(fate.retracted_by), note)  # fmt: skip


def about(context: ReportContext, body: Mapping[str, Any]) -> str:
    """What a judgment is on, by the names that people know; of a passage its page, not its words."""
    ids = [id_ for key in ABOUT for id_ in _ids(body.get(key))]
    names = list(dict.fromkeys(_name(context, id_) for id_ in ids))
    shown = "; ".join(names[:MOST_NAMES]) + (f"; … ({len(names)})" if len(names) > MOST_NAMES else "")
    anchor = body.get("anchor")
    page = anchor.get("page") if isinstance(anchor, dict) else None
    parts = [shown, context.catalogue.gettext("p. {page}", page=page) if page else "", _stage(context, body)]
    return ", ".join(part for part in parts if part)


def _ids(value: object) -> Iterable[str]:
    return (value,) if isinstance(value, str) else map(str, value) if isinstance(value, list) else ()


def _name(context: ReportContext, id_: str) -> str:
    if id_ in context.studies:
        return context.study_name(id_)
    if id_ in context.records:
        return context.records[id_].title or id_
    code = context.codebook.codes.get(id_)
    return code.label.get(context.language) if code else context.report_name(id_)


def _stage(context: ReportContext, body: Mapping[str, Any]) -> str:
    stage = body.get("stage")
    return word(context.catalogue, "stage", stage) if isinstance(stage, str) else ""


def build_audit(shown: Shown) -> AuditView:
    """How many judgments there are, by kind and person, and those that replace the same one."""
    ledger = shown.context.ledger
    made = Counter((j.kind, j.person) for j in ledger.judgments)
    standing = Counter((j.kind, j.person) for j in ledger.standing)
    return AuditView(
        rows=tuple(
            AuditRow(shown.word("judgment", kind), shown.context.person(person), count, standing[kind, person])
            for (kind, person), count in sorted(made.items())
        ),
        replaced=tuple(
            ReplacedView(
                about=about(shown.context, one.judgments[0].body),
                said=tuple((shown.context.person(j.person), shown.word("judgment", j.kind), j.at[:10])
                           for j in one.judgments),
                settled_by=shown.context.person(one.settled_by.person) if one.settled_by else "",
            )
            for one in conflicts(ledger.judgments)
        ),
        set_aside=len(ledger.set_aside),
    )  # fmt: skip
