"""Narrative material in Indonesian and English, made from the tables and naming every study.

Human and provisional evidence never stand in one part. Studies are counted, never percentages; nothing is called
important or dominant; a study that says nothing is silent ("tidak dibahas").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from litreview.coding.model import Codebook, Label, Theme
from litreview.errors import Message, message
from litreview.language.catalogue import Catalogue
from litreview.synthesis.model import Cell, ConceptMap, MapLink, MatrixRow, NarrativePart, StageRow, StudyRow
from litreview.synthesis.stages import STAGES
from litreview.synthesis.studies import name_of
from litreview.synthesis.wording import join_labels, lower_first

Said = Callable[[str], Message]  # a sentence for each language: names and labels differ


class _Words(msgspec.Struct, frozen=True):
    """What sentences need: the main studies' rows (`chosen`, or all included ones), how many, labels by code."""

    rows: tuple[StudyRow, ...]
    size: int
    labels: dict[str, Label]
    chosen: bool

    def names(self, studies: Iterable[str], language: str) -> str:
        """Studies named in a row."""
        return "; ".join(name_of(self.rows, study, language) for study in studies)

    def label(self, code: str, language: str) -> str:
        """A code's label inside a sentence."""
        return lower_first(self.labels[code].get(language))


def build_narrative(
    codebook: Codebook,
    matrix: Sequence[MatrixRow],
    stages: Sequence[StageRow],
    concept_map: ConceptMap,
    studies: Sequence[StudyRow],
    *,
    chosen: bool = True,
) -> tuple[NarrativePart, ...]:
    """Parts by theme in the codebook's order: an overview, each code with evidence (for stages: what is seen there),
    the relations that start in the theme, and what no main study discusses. Empty without main studies."""
    main = tuple(row for row in studies if row.state == "main")
    words = _Words(main, len(main), {code.id: code.label for code in codebook.codes.values()}, chosen)
    if not main:
        return ()
    parts: list[NarrativePart] = []
    for theme in codebook.themes:
        rows = [row for row in matrix if row.theme == theme.id]
        parts.extend(_overview(theme, rows, words))
        for row in rows:
            parts.extend(_code_parts(row, words))
            parts.extend(p for stage in stages if stage.stage == row.code for p in _stage_parts(stage, words))
        codes = {code.id for code in theme.codes}
        links = [link for link in concept_map.links if link.source in codes]
        parts.extend(part for link in links for part in _link_parts(link, theme.id, words))
        parts.extend(_silence(theme, rows, words))
    return tuple(parts)


def _overview(theme: Theme, rows: Sequence[MatrixRow], words: _Words) -> list[NarrativePart]:
    human = sum(1 for r in rows if r.human_supporting or r.human_contradicting)
    provisional = sum(1 for r in rows if r.provisional_supporting or r.provisional_contradicting)
    parts = []
    if human:
        parts.append(_part(words, theme.id, "human", [lambda language: message(
            "{theme}: for {count} of {size} codes, researchers have checked passages in the main studies.",
            theme=theme.label.get(language), count=human, size=len(rows))]))  # fmt: skip
    if provisional:
        parts.append(_part(words, theme.id, "provisional", [lambda language: message(
            "{theme}: for {count} of {size} codes there are machine suggestions in the main studies that no researcher "
            "has checked yet.",
            theme=theme.label.get(language), count=provisional, size=len(rows))]))  # fmt: skip
    return parts


def _code_parts(row: MatrixRow, words: _Words) -> list[NarrativePart]:
    """What is told of a code: by persons, then by suggestions, each apart; silent studies with the first of them."""
    parts = []
    if row.human_supporting or row.human_contradicting:
        parts.append(
            _part(words, row.theme, "human", _human(row, words), row.code, _ids(row.cells.values(), human=True))
        )
    if row.provisional_supporting or row.provisional_contradicting:
        parts.append(_part(words, row.theme, "provisional", _provisional(row, words), row.code,
                           _ids(row.cells.values(), human=False)))  # fmt: skip
    if parts and row.silent:
        said = _append(words, parts[0].text, lambda language: message("Not discussed in: {studies}.",
                                                               studies=words.names(row.silent, language)))  # fmt: skip
        parts[0] = msgspec.structs.replace(parts[0], text=said)
    return parts


def _human(row: MatrixRow, words: _Words) -> list[Said]:
    said: list[Said] = []
    if row.human_supporting:
        said.append(lambda language: message(
            "{code} is shown in {count} of {size} main studies: {studies}.", code=row.label.get(language),
            count=len(row.human_supporting), size=words.size,
            studies=words.names(row.human_supporting, language)))  # fmt: skip
    if row.human_contradicting:
        said.append(lambda language: message(
            "{code} is contradicted in {count} of {size} main studies: {studies}.", code=row.label.get(language),
            count=len(row.human_contradicting), size=words.size,
            studies=words.names(row.human_contradicting, language)))  # fmt: skip
    return said


def _provisional(row: MatrixRow, words: _Words) -> list[Said]:
    said: list[Said] = []
    if row.provisional_supporting:
        said.append(lambda language: message(
            "Provisional, by machine suggestions not yet checked: {code} in {count} of {size} main studies: {studies}.",
            code=words.label(row.code, language), count=len(row.provisional_supporting), size=words.size,
            studies=words.names(row.provisional_supporting, language)))  # fmt: skip
    if row.provisional_contradicting:
        said.append(lambda language: message(
            "Provisional, by machine suggestions not yet checked: {code} may be contradicted in {count} of {size} main "
            "studies: {studies}.",
            code=words.label(row.code, language), count=len(row.provisional_contradicting), size=words.size,
            studies=words.names(row.provisional_contradicting, language)))  # fmt: skip
    return said


def _stage_parts(stage: StageRow, words: _Words) -> list[NarrativePart]:
    """Which elements of the lens are seen at a stage; by persons and by suggestions apart."""
    parts = []
    for status in ("human", "provisional"):
        human = status == "human"
        seen = [code for code, cell in stage.cells.items() if _supports(cell, human=human)]
        if seen:
            template = _stage_said(stage, [words.labels[code] for code in seen], human=human)
            cells = [stage.cells[code] for code in seen]
            parts.append(_part(words, STAGES, status, [template], stage.stage, _ids(cells, human=human)))
    if parts and stage.lens_asks is not None:
        asks = stage.lens_asks
        said = _append(words, parts[-1].text, lambda language: message("The lens would ask: {question}",
                                                                question=asks.get(language)))  # fmt: skip
        parts[-1] = msgspec.structs.replace(parts[-1], text=said)
    return parts


def _stage_said(stage: StageRow, seen: Sequence[Label], *, human: bool) -> Said:
    def said(language: str) -> Message:
        values = {"stage": lower_first(stage.label.get(language)), "elements": join_labels(seen, language)}
        if human:
            return message("At the stage {stage} these elements of the lens are shown: {elements}.", **values)
        return message(
            "Provisional, by machine suggestions not yet checked: at the stage {stage} these elements of the lens may "
            "be shown: {elements}.",
            **values,
        )

    return said


def _link_parts(link: MapLink, theme: str, words: _Words) -> list[NarrativePart]:
    """A relation that persons or passages state; a bare hypothesis is not told."""
    parts = []
    if link.kind == "human":
        parts.append(_part(words, theme, "human", [_link_said(link, link.studies, words, human=True)], link.source,
                           link.passages))  # fmt: skip
    studies, ids = (link.studies, link.passages) if link.kind == "provisional" else (
        link.provisional_studies, link.provisional_passages)  # fmt: skip
    if studies:
        parts.append(
            _part(words, theme, "provisional", [_link_said(link, studies, words, human=False)], link.source, ids)
        )
    return parts


def _link_said(link: MapLink, studies: Sequence[str], words: _Words, *, human: bool) -> Said:
    def said(language: str) -> Message:
        values: dict[str, str | int] = {
            "source": words.labels[link.source].get(language),
            "relation": link.label.get(language),
            "target": words.label(link.target, language),
            "count": len(studies),
            "size": words.size,
            "studies": words.names(studies, language),
        }
        if human:
            return message(
                "{source} {relation} {target}: stated in {count} of {size} main studies: {studies}.", **values
            )
        return message(
            "{source} {relation} {target}: perhaps stated in {count} of {size} main studies, by machine suggestions "
            "not yet checked: {studies}.",
            **values,
        )

    return said


def _silence(theme: Theme, rows: Sequence[MatrixRow], words: _Words) -> list[NarrativePart]:
    """The codes that no main study discusses."""
    silent = [row.label for row in rows if len(row.silent) == len(row.cells)]
    if not silent:
        return []
    return [_part(words, theme.id, "", [lambda language: message("Not discussed in any main study: {codes}.",
                                                          codes=join_labels(silent, language))])]  # fmt: skip


def _part(words: _Words, theme: str, status: str, said: Sequence[Said], code: str = "",
          passages: Sequence[str] = ()) -> NarrativePart:  # fmt: skip
    text = Label("", "")
    for sentence in said:
        text = _append(words, text, sentence)
    return NarrativePart(theme=theme, text=text, passages=tuple(passages), code=code, status=status)


def _append(words: _Words, text: Label, said: Said) -> Label:
    catalogues = [Catalogue(language, chosen=words.chosen) for language in ("id", "en")]
    indonesian, english = (catalogue.text(said(catalogue.language)) for catalogue in catalogues)
    return Label(id=f"{text.id} {indonesian}".strip(), en=f"{text.en} {english}".strip())


def _ids(cells: Iterable[Cell], *, human: bool) -> tuple[str, ...]:
    every = [
        id_
        for cell in cells
        for id_ in (
            (*cell.human_supports, *cell.human_contradicts)
            if human
            else (*cell.provisional_supports, *cell.provisional_contradicts)
        )
    ]
    return tuple(dict.fromkeys(every))


def _supports(cell: Cell, *, human: bool) -> bool:
    return bool(cell.human_supports if human else cell.provisional_supports)
