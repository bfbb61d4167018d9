"""What stands for a record or report at a stage: people's decisions, or verdicts in their place (provisional)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from msgspec.structs import replace

from litreview.errors import message
from litreview.ledger import Judgment
from litreview.protocol import FULL_TEXT as FULL_TEXT
from litreview.protocol import TITLE_ABSTRACT as TITLE_ABSTRACT
from litreview.protocol import StageRule, whole_rule
from litreview.screening.model import STATES, Standing, Verdict

DECISIONS = ("include", "exclude", "maybe")


def judgments_on(judgments: Iterable[Judgment], targets: Collection[str], stage: str) -> tuple[Judgment, ...]:
    """The standing decisions and adjudications on a target at a stage. `targets` are all its ids: of a group of
    duplicates each member's, of a report its own and its entry's."""
    return tuple(
        one
        for one in judgments
        if one.kind in ("decision", "adjudication")
        and one.body.get("target") in targets
        and one.body.get("stage") == stage
        and one.body.get("decision") in DECISIONS
    )


def standing_decision(
    targets: Collection[str],
    stage: str,
    judgments: Iterable[Judgment],
    verdicts: Sequence[Verdict],
    rule: StageRule | None = None,
    waiting: int | None = None,
    automatic: Collection[str] = (),
) -> Standing:
    """What stands for a target (all its ids, as for `judgments_on`) at a stage, from people's standing judgments and
    the machine's verdicts on it, by the stage's rule.

    An adjudication settles; two that differ do not. Else as many people must have decided as the rule says; `waiting`
    tells how many are missing where more is known (who was assigned). Until then, and without a decision, the verdicts
    stand in, provisionally. Decisions that agree stand. A maybe that counts as include is no conflict with one. A
    conflict stays `maybe`, so that nothing is lost before it is settled. `automatic` are the criteria by which the
    protocol lets the machine exclude where nobody has said anything.
    """
    rule = whole_rule(stage, rule)
    judged = judgments_on(judgments, targets, stage)
    people = tuple(sorted({one.person for one in judged if one.kind == "decision"}))
    settled = [one for one in judged if one.kind == "adjudication"]
    said = settled or list(judged)
    missing = 0 if settled else _missing(rule, people) if waiting is None else waiting
    if missing or not said:
        shown = () if rule.blind else people
        meantime = _in_the_meantime(() if rule.blind else said, verdicts, () if said else automatic)
        return replace(meantime, persons=shown, waiting=missing)
    decisions = {one.body["decision"] for one in said}
    if rule.maybe == "include" and "exclude" not in decisions and len(decisions) > 1:
        decisions = {"maybe"}
    if len(decisions) > 1:
        return Standing("maybe", provisional=False, persons=people, conflict=True)
    decision = decisions.pop()
    reason = _reason(said, verdicts) if decision == "exclude" else ""
    return Standing(decision, provisional=False, reason=reason, persons=people, adjudicated=bool(settled))


def to_be_settled(standing: Standing, rule: StageRule) -> bool:
    """Whether people must still come to a decision, though all have judged: they differ, or all say maybe where a maybe
    decides nothing."""
    undecided = standing.decision == "maybe" and not standing.provisional and not standing.adjudicated
    return standing.conflict or (undecided and rule.maybe == "open" and len(standing.persons) > 1)


def provisional_decision(verdicts: Sequence[Verdict], automatic: Collection[str] = ()) -> Standing:
    """The verdicts' decision: only an unmet criterion excludes, the first in the protocol's order is the reason (the
    first `automatic` one, where there is one); what is unclear stays in, marked `maybe`."""
    unmet = [one.criterion for one in verdicts if one.state == "unmet"]
    by_machine = [criterion for criterion in unmet if criterion in automatic]
    if unmet:
        reason = (by_machine or unmet)[0]
        return Standing("exclude", provisional=True, reason=reason, automatic=bool(by_machine))
    return Standing("maybe" if any(one.state == "unclear" for one in verdicts) else "include", provisional=True)


def _missing(rule: StageRule, people: Collection[str]) -> int:
    """How many people are still to decide; where one suffices nobody is waited for."""
    return max(0, rule.people - len(people)) if rule.people > 1 else 0


def _in_the_meantime(said: Sequence[Judgment], verdicts: Sequence[Verdict], automatic: Collection[str]) -> Standing:
    """What stands while people are missing: the verdicts', but nothing is left out that someone wants kept. Of a blind
    stage nothing is `said` yet, so that what stands tells nobody what another thinks."""
    standing = provisional_decision(verdicts, automatic)
    if standing.decision == "exclude" and any(one.body["decision"] != "exclude" for one in said):
        return Standing("maybe", provisional=True)
    return standing


def goes_on(standing: Standing) -> bool:
    """Whether what stands lets a record or report go on: everything but an exclusion does."""
    return standing.decision != "exclude"


def _reason(said: Sequence[Judgment], verdicts: Sequence[Verdict]) -> str:
    """The reason given; of several the first criterion in the protocol's order, else the first person's."""
    given = [str(one.body.get("reason", "")) for one in sorted(said, key=lambda one: (one.person, one.id))]
    in_order = [verdict.criterion for verdict in verdicts if verdict.criterion in given]
    return next((reason for reason in (*in_order, *given) if reason), "")


def with_overrides(
    verdicts: Sequence[Verdict], judgments: Iterable[Judgment], targets: Collection[str]
) -> tuple[Verdict, ...]:
    """Verdicts with people's `verdict-override` judgments in their place. People who differ leave it unclear."""
    by_criterion: dict[str, list[Judgment]] = {}
    for one in judgments:
        if one.kind == "verdict-override" and one.body.get("target") in targets and one.body.get("state") in STATES:
            by_criterion.setdefault(str(one.body.get("criterion")), []).append(one)
    return tuple(_overridden(verdict, by_criterion.get(verdict.criterion, [])) for verdict in verdicts)


def _overridden(verdict: Verdict, overrides: Sequence[Judgment]) -> Verdict:
    if not overrides:
        return verdict
    states = {str(one.body["state"]) for one in overrides}
    people = ", ".join(sorted({one.person for one in overrides}))
    if len(states) > 1:
        return replace(verdict, state="unclear", why=message("{people} differ.", people=people), maker=people)
    reason = str(overrides[0].body.get("reason", ""))
    why = message("Set by {people}: {reason}", people=people, reason=reason or "–")
    return replace(verdict, state=states.pop(), why=why, maker=people)
