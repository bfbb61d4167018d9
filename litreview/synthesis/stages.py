"""Process stages by strengths elements. A stage is a property of a stretch of text, a strengths code of a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from litreview.coding.model import Code, Codebook, Label
from litreview.documents.model import Document
from litreview.errors import Message, message
from litreview.synthesis.codings import overlaps
from litreview.synthesis.matrix import cell_of, evidence_of, is_nursery
from litreview.synthesis.model import Cell, Passage, StageRow
from litreview.synthesis.wording import Said, both, join_labels

STAGES = "process"  # the theme whose codes are stages
ELEMENTS = "strengths"  # the theme whose codes are the elements of the lens


class _Stretch(msgspec.Struct, frozen=True):
    """A stretch that belongs to a stage; `human` when a person said so."""

    stage: str
    report: str
    start: int
    end: int
    human: bool


def build_stages(
    codebook: Codebook,
    passages: Sequence[Passage],
    documents: Mapping[str, Document],
    main: Sequence[str],
    coded: Collection[str] = (),
    *,
    chosen: bool = True,
) -> tuple[StageRow, ...]:
    """A row for every stage, from passages of the `main` study ids that count (`chosen` from the included, or all);
    people have `coded` the studies of these ids.

    A passage is human in a cell only where persons gave both the element and the stage; else it is provisional there.
    """
    codes = codebook.codes.values()
    stages = [c for c in codes if c.theme == STAGES and not is_nursery(c)]
    elements = [c for c in codes if c.theme == ELEMENTS and not is_nursery(c)]
    found = evidence_of(passages, main)
    ids = {c.id for c in stages}
    told = [p for p in found if p.code in ids and p.stance != "contradicts"]
    stretches = [s for report in sorted({p.report for p in told if p.report in documents})
                 for s in _stretches(documents[report], [p for p in told if p.report == report])]  # fmt: skip
    return tuple(
        _row(stage, elements, found, [s for s in stretches if s.stage == stage.id], main, coded, chosen=chosen)
        for stage in stages
    )


def _row(stage: Code, elements: Sequence[Code], found: Sequence[Passage], stretches: Sequence[_Stretch],
         main: Sequence[str], coded: Collection[str], *, chosen: bool) -> StageRow:  # fmt: skip
    own = [p for p in found if p.code == stage.id]
    cells = {e.id: cell_of(_inside([p for p in found if p.code == e.id], stretches)) for e in elements}
    present = tuple(id_ for id_, cell in cells.items() if cell.human_supports or cell.provisional_supports)
    missing = tuple(id_ for id_ in cells if id_ not in present)
    studies = tuple(s for s in main if any(p.study == s for p in own))
    labels = {e.id: e.label for e in elements}
    return StageRow(
        stage=stage.id,
        label=stage.label,
        phase=stage.attributes.get("phase", ""),
        stage_passages=cell_of(own),
        cells=cells,
        present=present,
        missing=missing,
        lens_asks=stage.lens_asks,
        gap=both(
            _gap(cells, [labels[m] for m in missing], len(main), sum(s in coded for s in main), told=bool(studies)),
            chosen=chosen,
        ),
        studies=studies,
    )


def _inside(elements: Iterable[Passage], stretches: Sequence[_Stretch]) -> list[Passage]:
    """The elements that stand in a stretch, provisional unless a person gave the stage too."""
    found = []
    for passage in elements:
        around = [s for s in stretches if s.report == passage.report
                  and overlaps(passage.start, passage.end, s.start, s.end)]  # fmt: skip
        if around:
            human = passage.status == "human" and any(s.human for s in around)
            found.append(msgspec.structs.replace(passage, status="human" if human else "provisional"))
    return found


def _stretches(document: Document, told: Sequence[Passage]) -> list[_Stretch]:
    """The stretches of one document: a heading's section, and what `_within` finds in paragraphs."""
    found: list[_Stretch] = []
    for index, paragraph in enumerate(document.paragraphs):
        inside = sorted((p for p in told if paragraph.start <= p.start < paragraph.end), key=lambda p: p.start)
        if not inside:
            continue
        if paragraph.kind == "heading":
            end = _end_of_heading(document, index)
            found.extend(_stretch(p, paragraph.start, end) for p in inside)
        else:
            found.extend(_within(inside, paragraph.start, paragraph.end))
    return found


def _within(told: Sequence[Passage], start: int, end: int) -> list[_Stretch]:
    """A paragraph that tells of one stage belongs to it. Where it tells of several, each lasts from its sentence to the
    next that names another; sentences before the first belong to none."""
    if len({p.code for p in told}) == 1:
        return [_stretch(p, start, end) for p in told]
    found = []
    for passage in told:
        later = [p.start for p in told if p.start > passage.start and p.code != passage.code]
        found.append(_stretch(passage, passage.start, min(later, default=end)))
    return found


def _end_of_heading(document: Document, index: int) -> int:
    """Where the text under a heading ends: with its section where it opens one, else at the next heading."""
    heading = document.paragraphs[index]
    opened = [s.end for s in document.sections if heading.start <= s.start < heading.end]
    if opened:
        return opened[-1]
    after = [p.start for p in document.paragraphs[index + 1 :] if p.kind == "heading"]
    return min(after, default=document.paragraphs[-1].end)


def _stretch(passage: Passage, start: int, end: int) -> _Stretch:
    return _Stretch(passage.code, passage.report, start, end, passage.status == "human")


def _gap(cells: Mapping[str, Cell], missing: Sequence[Label], size: int, coded: int, *,
         told: bool) -> Said:  # fmt: skip
    """What is missing at a stage, in words: silence only where people have coded all main studies."""
    if not missing and told:
        if all(cell.human_supports for cell in cells.values()):
            return lambda language: message("Every element of the lens is discussed at this stage.")
        return lambda language: message(
            "Every element of the lens has a passage at this stage, some by machine suggestions alone."
        )
    if coded == size:
        return lambda language: _silent(missing, language, told=told)
    values = {"coded": coded, "size": size}
    if not told:
        return lambda language: message(
            "So far no passage tells of this stage (main studies coded by people: {coded} of {size}).", **values
        )
    return lambda language: message(
        "So far no passage at this stage on: {elements} (main studies coded by people: {coded} of {size}).",
        elements=join_labels(missing, language), **values,
    )  # fmt: skip


def _silent(missing: Sequence[Label], language: str, *, told: bool) -> Message:
    if not told:
        return message("No main study discusses this stage.")
    return message("Not discussed at this stage: {elements}.", elements=join_labels(missing, language))
