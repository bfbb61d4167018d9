"""What the eligible studies that were not chosen would add to the main ones, or contradict."""

from __future__ import annotations

from collections.abc import Sequence

from litreview.synthesis.matrix import evidence_of
from litreview.synthesis.model import AddedValue, MatrixRow, Passage


def compute_added(
    matrix: Sequence[MatrixRow], passages: Sequence[Passage], others: Sequence[str]
) -> tuple[AddedValue, ...]:
    """For each code, the studies outside the main set that support it where no main study does (`adds`), and those that
    contradict it where a main study supports it (`contradicts`). `provisional` are those of them for which only
    suggestions say so. Codes without either are left out."""
    found = evidence_of(passages, others)
    rows = (_value(row, [p for p in found if p.code == row.code], others) for row in matrix)
    return tuple(value for value in rows if value.adds or value.contradicts)


def _value(row: MatrixRow, passages: Sequence[Passage], others: Sequence[str]) -> AddedValue:
    supported = bool(row.human_supporting or row.provisional_supporting)
    wanted = "contradicts" if supported else "supports"
    told = [p for p in passages if p.stance in (wanted, "mixed")]
    studies = tuple(s for s in others if any(p.study == s for p in told))
    human = {p.study for p in told if p.status == "human"}
    return AddedValue(
        code=row.code,
        adds=() if supported else studies,
        contradicts=studies if supported else (),
        provisional=tuple(s for s in studies if s not in human),
        passages=tuple(p.id for p in told),
    )
