"""Which main studies support, contradict or are silent on each code."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from litreview.coding.model import Code, Codebook
from litreview.synthesis.model import Cell, MatrixRow, Passage


def build_matrix(
    codebook: Codebook, passages: Sequence[Passage], main: Sequence[str], coded: Collection[str] = ()
) -> tuple[MatrixRow, ...]:
    """A row for every code, cells over the `main` study ids, from passages that count; those that do not count only
    tell a study from a silent one. People have `coded` the studies of these ids. The `<theme>-other` codes have a row
    only where they were used."""
    by_code: dict[str, list[Passage]] = {}
    for passage in passages:
        if passage.study in main:
            by_code.setdefault(passage.code, []).append(passage)
    return tuple(
        study_row(code, by_code.get(code.id, []), main, coded)
        for code in codebook.codes.values()
        if not is_nursery(code) or evidence_of(by_code.get(code.id, []), main)
    )


def evidence_of(passages: Iterable[Passage], studies: Sequence[str]) -> list[Passage]:
    """The passages that count, of these studies."""
    wanted = set(studies)
    return [p for p in passages if p.counts and p.study in wanted]


def is_nursery(code: Code) -> bool:
    """Whether a code is its theme's `other`, the nursery of inductive codes."""
    return code.id == f"{code.theme}-other"


def cell_of(passages: Iterable[Passage]) -> Cell:
    """A cell of passages; a mixed one both supports and contradicts."""
    found: dict[tuple[str, bool], list[str]] = {}
    for passage in passages:
        for supporting in (True, False):
            if passage.stance in ("mixed", "supports" if supporting else "contradicts"):
                found.setdefault((passage.status, supporting), []).append(passage.id)
    return Cell(
        human_supports=tuple(found.get(("human", True), ())),
        human_contradicts=tuple(found.get(("human", False), ())),
        provisional_supports=tuple(found.get(("provisional", True), ())),
        provisional_contradicts=tuple(found.get(("provisional", False), ())),
    )


def study_row(code: Code, passages: Sequence[Passage], main: Sequence[str], coded: Collection[str] = ()) -> MatrixRow:
    """The row of one code over the `main` study ids, from its passages; people have `coded` the studies of these
    ids."""
    cells = {study: cell_of(p for p in passages if p.study == study and p.counts) for study in main}
    without = tuple(s for s in main if cells[s] == Cell())
    outside = tuple(s for s in without if any(p.study == s for p in passages))
    nowhere = tuple(s for s in without if s not in outside)
    return MatrixRow(
        theme=code.theme,
        code=code.id,
        label=code.label,
        cells=cells,
        human_supporting=tuple(s for s in main if cells[s].human_supports),
        human_contradicting=tuple(s for s in main if cells[s].human_contradicts),
        provisional_supporting=tuple(s for s in main if cells[s].provisional_supports),
        provisional_contradicting=tuple(s for s in main if cells[s].provisional_contradicts),
        silent=tuple(s for s in nowhere if s in coded),
        uncoded=tuple(s for s in nowhere if s not in coded),
        outside=outside,
        outside_human=tuple(s for s in outside if any(p.study == s and p.status == "human" for p in passages)),
    )
