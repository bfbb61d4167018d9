"""What is to be told of the team: who is gone, what waits for them, stages that ask for more people than there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from litreview.errors import Message, message
from litreview.ledger import Ledger
from litreview.protocol import CODING, SCREENING_STAGES
from litreview.teamwork.team import Team


def team_notices(team: Team, ledger: Ledger, names: Mapping[str, tuple[str, ...]]) -> Iterator[Message]:
    """Sentences for the report and for `litreview check`. `names`: all ids under which a target may be judged."""
    for person, count in sorted(team.gone(ledger.standing).items()):
        yield message(
            "{person} is no longer among 'people' of review.yaml; what they judged stands: {count} judgments.",
            person=person, count=count,
        )  # fmt: skip
    for (command, person), count in sorted(team.stranded(names).items()):
        yield message(
            "{count} targets wait for {person}, who is no longer among 'people'. Hand them on: litreview {command}"
            " --hand-on {person} --to … --as …",
            count=count, person=person, command=command,
        )  # fmt: skip
    yield from _too_few(team)
    sampled = team.protocol.coding.double_coding is not None
    if sampled and ledger.of_kind("coding") and not any(task.stage == CODING for task in team.tasks):
        yield message("People code, but the double-coding sample was not drawn yet: litreview code --assign --as …")


def _too_few(team: Team) -> Iterator[Message]:
    rules = {stage: team.protocol.stage_rule(stage).people for stage in SCREENING_STAGES}
    for stage, needed in {**rules, CODING: team.protocol.coding.people}.items():
        if needed > max(1, len(team.people)):
            yield message("{stage}: {needed} people are to judge, but 'people' of review.yaml names {count}.",
                          stage=stage, needed=needed, count=len(team.people))  # fmt: skip
