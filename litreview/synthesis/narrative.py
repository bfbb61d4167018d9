"""Narrative material in Indonesian and English, made from the tables and naming every study.

Human and provisional evidence never stand in one part. Studies are counted, never percentages; nothing is called
important or dominant; a study that people have coded and found nothing in is silent ("tidak dibahas"), one that nobody
has coded is told as such, and checked numbers are of the coded ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from litreview.coding.model import Codebook, Label, Theme
from litreview.errors import Message, message
from litreview.language.catalogue import Catalogue
from litreview.synthesis.coded import bare_rows, of_main
from litreview.synthesis.model import Cell, ConceptMap, MapLink, MatrixRow, NarrativePart, StageRow, StudyRow
from litreview.synthesis.stages import STAGES
from litreview.synthesis.studies import name_of
from litreview.synthesis.wording import Said, join_labels, lower_first


class _Words(msgspec.Struct, frozen=True):
    """What sentences need: the main studies' rows (`chosen`, or all included ones), how many, labels by code."""

    rows: tuple[StudyRow, ...]
    size: int
    labels: dict[str, Label]
    chosen: bool

    @property
    def uncoded(self) -> tuple[str, ...]:
        """The main studies that people have not coded yet."""
        return tuple(row.id for row in self.rows if not row.coded)

    @property
    def of_coded(self) -> Message:
        """Of how many studies a checked number is."""
        return of_main(self.size, self.size - len(self.uncoded))

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
    """What is told of a code that has evidence: by persons, then by suggestions, each apart and each with the studies
    where it found nothing."""
    if row.bare:
        return []
    parts = []
    human, provisional = _human(row, words), _provisional(row, words)
    if human:
        parts.append(_part(words, row.theme, "human", human, row.code, _ids(row.cells.values(), human=True)))
    if provisional:
        parts.append(
            _part(words, row.theme, "provisional", provisional, row.code, _ids(row.cells.values(), human=False))
        )
    return parts


def _human(row: MatrixRow, words: _Words) -> list[Said]:
    said: list[Said] = []
    if row.human_supporting:
        said.append(lambda language: message(
            "Checked passages show {code} in {count} of {main_studies}: {studies}.",
            **_of_coded(row, row.human_supporting, words, language)))  # fmt: skip
    if row.human_contradicting:
        said.append(lambda language: message(
            "Checked passages contradict {code} in {count} of {main_studies}: {studies}.",
            **_of_coded(row, row.human_contradicting, words, language)))  # fmt: skip
    if row.silent:
        said.append(_silent(row, words, alone=not said))
    if row.outside_human:
        said.append(_outside(row.outside_human, words))
    if said and words.uncoded:
        said.append(lambda language: message("Not yet coded by people: {studies}.",
                                             studies=words.names(words.uncoded, language)))  # fmt: skip
    return said


def _of_coded(row: MatrixRow, studies: Sequence[str], words: _Words, language: str) -> dict[str, str | int | Message]:
    """The values of a sentence on a checked number."""
    return {
        "code": words.label(row.code, language),
        "count": len(studies),
        "main_studies": words.of_coded,
        "studies": words.names(studies, language),
    }


def _silent(row: MatrixRow, words: _Words, *, alone: bool) -> Said:
    if not alone:
        return lambda language: message("Not discussed in: {studies}.", studies=words.names(row.silent, language))
    return lambda language: message(
        "{code}: not discussed in {count} of {main_studies}: {studies}.",
        **{**_of_coded(row, row.silent, words, language), "code": row.label.get(language)},
    )  # fmt: skip


def _outside(studies: Sequence[str], words: _Words) -> Said:
    return lambda language: message(
        "Only outside the sections and voices that count: {studies}.", studies=words.names(studies, language)
    )


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
    if said and row.uncoded:
        said.append(lambda language: message(
            "Provisionally no machine suggestion, and not yet coded by people: {studies}.",
            studies=words.names(row.uncoded, language)))  # fmt: skip
    outside = [study for study in row.outside if study not in row.outside_human]
    if said and outside:
        said.append(lambda language: message(
            "Provisionally only outside the sections and voices that count: {studies}.",
            studies=words.names(outside, language)))  # fmt: skip
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
    studies, ids = link.provisional
    if studies:
        parts.append(
            _part(words, theme, "provisional", [_link_said(link, studies, words, human=False)], link.source, ids)
        )
    return parts


def _link_said(link: MapLink, studies: Sequence[str], words: _Words, *, human: bool) -> Said:
    def said(language: str) -> Message:
        values: dict[str, str | int | Message] = {
            "source": words.labels[link.source].get(language),
            "relation": link.label.get(language),
            "target": words.label(link.target, language),
            "count": len(studies),
            "main_studies": words.of_coded if human else message("{size} main studies", size=words.size),
            "studies": words.names(studies, language),
        }
        if human:
            return message("{source} {relation} {target}: stated in {count} of {main_studies}: {studies}.", **values)
        return message(
            "{source} {relation} {target}: perhaps stated in {count} of {main_studies}, by machine suggestions "
            "not yet checked: {studies}.",
            **values,
        )

    return said


def _silence(theme: Theme, rows: Sequence[MatrixRow], words: _Words) -> list[NarrativePart]:
    """The codes without evidence in any main study, by what may be said of them."""

    def said(head: Message, found: Sequence[MatrixRow]) -> Said:
        return lambda language: message("{told} {codes}.", told=head,
                                        codes=join_labels([row.label for row in found], language))  # fmt: skip

    groups = bare_rows(rows, words.size - len(words.uncoded))
    return [_part(words, theme.id, "", [said(head, found)]) for head, found in groups]


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
