"""The page's part on the team: how far it is, what to look at again, how protocol and codebook changed."""

from __future__ import annotations

from litreview.report.shown import Shown
from litreview.report.view_team import AmendmentView, LookAgainView, WorkView
from litreview.synthesis.model import LookAgain, Work


def build_work(shown: Shown) -> tuple[WorkView, ...]:
    """How far the team is at each stage; of what is blind and not finished nothing but that it waits."""
    return tuple(_work(shown, work) for work in shown.context.work)


def _work(shown: Shown, work: Work) -> WorkView:
    return WorkView(
        stage=shown.word("stage", work.stage),
        targets=work.targets,
        finished=work.finished,
        waiting="; ".join(
            shown.catalogue.gettext("{count} for {people}", count=count, people=told_people(shown, people))
            for people, count in work.waiting.items()
        ),
        blind=work.blind and bool(work.waiting),
        open=work.open,
        look_again=work.look_again,
    )


def told_people(shown: Shown, count: int) -> str:
    """A number of people in words."""
    _ = shown.catalogue.gettext
    return _("1 person") if count == 1 else _("{count} persons", count=count)


def build_hidden(shown: Shown) -> str:
    """How many judgments are not shown yet; nothing where all are."""
    count = sum(shown.context.hidden.values())
    if not count:
        return ""
    return shown.catalogue.gettext(
        "Not finished, blind: {count} judgments are not shown, and count nowhere, until all who should have judged.",
        count=count,
    )


def build_look_again(shown: Shown) -> tuple[LookAgainView, ...]:
    """Judgments that a later change of protocol or codebook asks someone to look at again."""
    return tuple(_look_again(shown, one) for one in shown.context.look_again)


def _look_again(shown: Shown, one: LookAgain) -> LookAgainView:
    context = shown.context
    record = context.records.get(one.target)
    said = f"“{' '.join(one.said.split())}”" if one.stage == "coding" else shown.word("decision", one.said)
    return LookAgainView(
        person=context.person(one.person),
        stage=shown.word("stage", one.stage),
        about=record.title if record is not None and record.title else context.report_name(one.target),
        said=said,
        why=shown.text(one.why),
    )


def build_amendments(shown: Shown) -> tuple[AmendmentView, ...]:
    """Recorded changes of protocol and codebook."""
    return tuple(
        AmendmentView(
            kind=shown.word("amended", one.kind),
            date=one.at[:10],
            person=shown.context.person(one.person),
            reason=one.reason,
            changes=tuple(shown.text(told) for told in one.told),
        )
        for one in shown.context.amendments
    )
