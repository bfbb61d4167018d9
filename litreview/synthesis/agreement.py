"""Agreement as the report tells it: on unaided codings of passages that two persons coded, and on their decisions.

The unit of coding is a passage that at least one of the two marked; text that neither marked does not count. What a
person coded stands as first said: adjudications settle, they do not raise agreement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from litreview.coding.agreement import (
    FEWEST_DOCUMENTS,
    Pair,
    cohen_kappa,
    document_interval,
    krippendorff_alpha,
    percent_agreement,
)
from litreview.errors import Message, message
from litreview.ledger import Ledger
from litreview.synthesis.codings import Coded
from litreview.synthesis.model import Agreement

Statistic = Callable[[Sequence[Pair]], float | None]
FEW = message("Fewer than {count} documents: the interval is not to be trusted.", count=FEWEST_DOCUMENTS)
NOT_DEFINED = message("Not defined: both judged every unit in one and the same way.")


def gather_agreement(first: Sequence[Coded], ledger: Ledger) -> tuple[Agreement, ...]:
    """Agreement for each pair of persons who coded the same documents, then on decisions by stage.

    `first`: every placed coding as first made, whatever settled it later.
    """
    unaided = [coding for coding in first if coding.origin == "unaided"]
    people = sorted({coding.person for coding in unaided})
    found: list[Agreement] = []
    for one, other in combinations(people, 2):
        found += _of_coders(one, other, unaided)
    return (*found, *_of_decisions(ledger))


def _of_coders(one: str, other: str, codings: Sequence[Coded]) -> list[Agreement]:
    both = {c.report for c in codings if c.person == one} & {c.report for c in codings if c.person == other}
    units = {report: _units([c for c in codings if c.report == report and c.person in (one, other)]) for report in both}
    codes = sorted({c.code for of_report in units.values() for unit in of_report for c in unit})
    if not codes:
        return []
    names = f"{one}, {other}"
    unit = message("Marked passages, all codes ({people})", people=names)
    every = {code: [_pairs(units[report], code, one, other) for report in sorted(both)] for code in codes}
    whole = [[pair for code in codes for pair in every[code][number]] for number in range(len(both))]
    rows = [_row(unit, "Krippendorff α", whole, _alpha)]
    rows.append(_row(unit, "%", whole, percent_agreement))
    return rows + [
        _row(message("{code} ({people})", code=code, people=names), "Cohen κ", every[code], cohen_kappa)
        for code in codes
    ]


def _units(codings: Sequence[Coded]) -> list[list[Coded]]:
    """Codings of one report, those on overlapping words together."""
    units: list[list[Coded]] = []
    end = -1
    for coding in sorted(codings, key=lambda c: (c.start, c.end)):
        if units and coding.start < end:
            units[-1].append(coding)
        else:
            units.append([coding])
        end = max(end, coding.end)
    return units


def _pairs(units: Sequence[Sequence[Coded]], code: str, one: str, other: str) -> list[Pair]:
    """For each unit what each of the two said of a code: its stance, or nothing."""
    return [(_said(unit, code, one), _said(unit, code, other)) for unit in units]


def _said(unit: Sequence[Coded], code: str, person: str) -> str:
    return next((c.stance for c in unit if c.code == code and c.person == person), "")


def _alpha(pairs: Sequence[Pair]) -> float | None:
    return krippendorff_alpha([[str(pair[side]) for pair in pairs] for side in (0, 1)]) if pairs else None


def _row(unit: Message, coefficient: str, documents: Sequence[Sequence[Pair]], statistic: Statistic) -> Agreement:
    pairs = [pair for document in documents for pair in document]
    value = statistic(pairs)
    interval = document_interval(documents, statistic) if value is not None else None
    low, high = interval if interval else (None, None)
    note = NOT_DEFINED if value is None else FEW if len(documents) < FEWEST_DOCUMENTS else None
    return Agreement(unit, coefficient, value, len(pairs), low, high, note)


def _of_decisions(ledger: Ledger) -> list[Agreement]:
    """Percent and kappa on the targets that two persons decided, by stage."""
    said: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for judgment in ledger.of_kind("decision"):
        stage, target = str(judgment.body.get("stage", "")), str(judgment.body.get("target", ""))
        said[stage][target][judgment.person] = str(judgment.body.get("decision", ""))
    rows = []
    for stage in sorted(said):
        people = sorted({person for decisions in said[stage].values() for person in decisions})
        for one, other in combinations(people, 2):
            rows += _of_stage(stage, one, other, said[stage])
    return rows


def _of_stage(stage: str, one: str, other: str, said: Mapping[str, Mapping[str, str]]) -> list[Agreement]:
    targets = [target for target in sorted(said) if one in said[target] and other in said[target]]
    documents: list[list[Pair]] = [[(said[target][one], said[target][other])] for target in targets]
    if not documents:
        return []
    unit = message("Decisions at the stage {stage} ({people})", stage=stage, people=f"{one}, {other}")
    return [_row(unit, "%", documents, percent_agreement), _row(unit, "Cohen κ", documents, cohen_kappa)]
