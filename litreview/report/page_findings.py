"""The page's findings: studies, their choice, matrix, categories with quotations, stages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from litreview.coding.model import Code, Label, Theme
from litreview.errors import message
from litreview.report.shown import Shown
from litreview.report.view_model import (
    AbsenceView,
    CellView,
    ChoiceView,
    CodeView,
    ElementView,
    Headline,
    MatrixRowView,
    MatrixTheme,
    Pair,
    SilentCode,
    SilentGroup,
    StageView,
    StudyView,
    ThemeView,
)
from litreview.screening.model import named
from litreview.synthesis.coded import bare_rows, of_main
from litreview.synthesis.model import Cell, MatrixRow, Passage, StageRow, StudyRow

MOST_ALTERNATIVES = 8


def build_studies(shown: Shown) -> tuple[StudyView, ...]:
    """Characteristics of the included studies, the main ones first."""
    return tuple(_study(shown, study, number) for number, study in enumerate(shown.context.synthesis.studies, start=1))


def _study(shown: Shown, study: StudyRow, number: int) -> StudyView:
    own = [p for p in shown.context.synthesis.passages if p.study == study.id and p.counts]
    human = [p.id for p in own if p.status == "human"]
    machine = [p.id for p in own if p.status == "provisional"]
    status_id = "provisional" if study.provisional else "human"
    return StudyView(
        id=study.id,
        anchor=f"study-{number}",
        short=study.name.get(shown.context.language) or study.short,
        title=study.title,
        authors="; ".join(study.authors),
        year=str(study.year or ""),
        method=shown.word("method", study.method) if study.method else "",
        place=", ".join(p for p in (study.village, study.district, study.regency, study.province) if p),
        kinds=" + ".join(_kinds(shown, study)),
        language=shown.word("language", study.language) if study.language else "",
        passages=shown.pair(study.short, human, machine),
        status=shown.word("status", status_id),
        status_id=status_id,
        why_chosen=study.why_chosen,
    )


def _kinds(shown: Shown, study: StudyRow) -> list[str]:
    """What the reports of a study are; where it has several, each with how it is cited."""
    kinds = [(shown.word("kind", report.kind), shown.context.cite(report.id)) for report in study.publications]
    if len(kinds) > 1:
        return [f"{kind or '–'} ({cite})" for kind, cite in kinds]
    return [kind for kind, _ in kinds if kind]


def build_choice(shown: Shown) -> ChoiceView:
    """How the main studies were chosen, and which other sets were as good."""
    context, choice = shown.context, shown.context.choice
    people = {one.person for one in choice.confirmations}
    names = {id_: context.study_name(id_) for id_ in context.studies} | {id_: context.person(id_) for id_ in people}
    return ChoiceView(
        asked=context.synthesis.chosen,
        rule=_rule(shown),
        found=tuple(_confirmed(shown)) if context.synthesis.chosen else (),
        notes=tuple(shown.text(named(note, names)) for note in choice.notes),
        alternatives=tuple(shown.names(studies) for studies in choice.alternatives[:MOST_ALTERNATIVES]),
        more=max(0, len(choice.alternatives) - MOST_ALTERNATIVES),
    )


def _confirmed(shown: Shown) -> Iterator[str]:
    """Who confirmed the choice, or which set where people differ, each with the reason."""
    context, choice = shown.context, shown.context.choice
    _ = shown.catalogue.gettext
    for one in choice.confirmations:
        person, reason = context.person(one.person), one.reason or "–"
        if choice.confirmed_by:
            yield _("Confirmed by {person}: {reason}", person=person, reason=reason)
        else:
            yield _("{person} confirmed: {names}. Reason: {reason}", person=person, names=shown.names(one.studies),
                    reason=reason)  # fmt: skip
    if choice.chosen and not choice.confirmations:
        yield _("No person has confirmed this choice yet: it is provisional.")


def _rule(shown: Shown) -> str:
    rule = shown.context.protocol.main_studies
    _ = shown.catalogue.gettext
    if rule is None or not shown.context.synthesis.chosen:
        return ""
    keys = " + ".join(f"{shown.word('key', key)} ({shown.word('key', level)})" for key, level in rule.differ_in.items())
    if not keys:
        return _("The protocol asks for {size} main studies.", size=rule.size)
    return _("The protocol asks for {size} main studies, any two of which differ in: {keys}.",
             size=rule.size, keys=keys)  # fmt: skip


def build_matrix(shown: Shown) -> tuple[MatrixTheme, ...]:
    """Codes by main studies, by category in the codebook's order."""
    found = []
    for theme in shown.context.codebook.themes:
        rows = tuple(_matrix_row(shown, row) for row in shown.context.synthesis.matrix if row.theme == theme.id)
        if rows:
            found.append(MatrixTheme(theme.id, theme.label.get(shown.context.language), theme.colour, rows))
    return tuple(found)


def code_anchor(code: str) -> str:
    """Where a code's quotations stand in the page."""
    return f"code-{code}"


def _matrix_row(shown: Shown, row: MatrixRow) -> MatrixRowView:
    label = row.label.get(shown.context.language)
    anchor = code_anchor(row.code)
    cells = []
    for study in shown.context.main_studies:
        cell = row.cells.get(study.id, Cell())
        supports, contradicts = shown.cell(f"{label} – {study.short}", cell, anchor)
        absence = row.absence_of(study.id)
        silent = shown.word("absence", absence) if absence else ""
        cells.append(CellView(study.short, silent, supports, contradicts))
    contradicted = row.human_contradicting or row.provisional_contradicting
    return MatrixRowView(
        label=label,
        anchor=anchor,
        supported=_studies_pair(shown, row, supporting=True),
        contradicted=_studies_pair(shown, row, supporting=False) if contradicted else None,
        cells=tuple(cells),
    )


def _studies_pair(shown: Shown, row: MatrixRow, *, supporting: bool) -> Pair:
    """How many main studies support (or contradict), opening their passages."""
    stance = "supports" if supporting else "contradicts"
    title = f"{row.label.get(shown.context.language)} – {shown.word('stance', stance)}"
    human, machine = (
        (row.human_supporting, row.provisional_supporting)
        if supporting
        else (row.human_contradicting, row.provisional_contradicting)
    )
    return shown.pair(
        title, _row_ids(row, "human", stance), _row_ids(row, "provisional", stance), code_anchor(row.code),
        texts=(str(len(human)), str(len(machine))),
    )  # fmt: skip


def _row_ids(row: MatrixRow, status: str, stance: str) -> list[str]:
    return [id_ for cell in row.cells.values() for id_ in getattr(cell, f"{status}_{stance}")]


def build_themes(shown: Shown) -> tuple[ThemeView, ...]:
    """Every category with its codes that have evidence in the main studies, each with quotations."""
    by_code: dict[str, list[Passage]] = {}
    for passage in shown.context.synthesis.passages:
        by_code.setdefault(passage.code, []).append(passage)
    rows = {row.code: row for row in shown.context.synthesis.matrix}
    return tuple(_theme(shown, theme, rows, by_code) for theme in shown.context.codebook.themes
                 if any(code.id in rows for code in theme.codes))  # fmt: skip


def _theme(shown: Shown, theme: Theme, rows: dict[str, MatrixRow], by_code: dict[str, list[Passage]]) -> ThemeView:
    own = [(code, rows[code.id]) for code in theme.codes if code.id in rows]
    groups = bare_rows([row for _, row in own], len(shown.context.coded_studies))
    return ThemeView(
        id=theme.id,
        anchor=f"theme-{theme.id}",
        label=theme.label.get(shown.context.language),
        colour=theme.colour,
        codes=tuple(_code(shown, code, row, by_code.get(code.id, [])) for code, row in own if not row.bare),
        silent=tuple(SilentGroup(shown.text(told), tuple(_silent(shown, row, by_code) for row in found))
                     for told, found in groups),
    )  # fmt: skip


def _silent(shown: Shown, row: MatrixRow, by_code: Mapping[str, Sequence[Passage]]) -> SilentCode:
    label = row.label.get(shown.context.language)
    return SilentCode(code_anchor(row.code), label, _uncounted(shown, label, by_code.get(row.code, [])))


def _uncounted(shown: Shown, label: str, passages: Sequence[Passage]) -> Pair:
    """Passages of the main studies that do not count."""
    main = {study.id for study in shown.context.main_studies}
    title = shown.catalogue.gettext("{code} – passages that do not count (other sections or voices)", code=label)
    return shown.split(title, [p for p in passages if p.study in main and not p.counts])


def _code(shown: Shown, code: Code, row: MatrixRow, passages: Sequence[Passage]) -> CodeView:
    main = {study.id for study in shown.context.main_studies}
    counted = [p for p in passages if p.counts and p.study in main]
    label = code.label.get(shown.context.language)
    return CodeView(
        id=code.id,
        anchor=code_anchor(code.id),
        label=label,
        definition=code.definition,
        headlines=tuple(_headlines(shown, row)),
        absences=tuple(
            AbsenceView(shown.word("absence", why), shown.names(studies))
            for why, studies in (("silent", row.silent), ("uncoded", row.uncoded), ("outside", row.outside))
            if studies
        ),
        quotes=tuple(shown.quote(p) for p in choose_quotes(counted)),
        every=shown.split(label, counted, code_anchor(code.id)),
        uncounted=_uncounted(shown, label, passages),
    )


def choose_quotes(passages: Sequence[Passage]) -> list[Passage]:
    """The quotations that stand in the text: of each study and stance the first by persons, else the first suggestion;
    in the order of the passages. Choosing by place favours no study and no content."""
    chosen: dict[tuple[str, str], Passage] = {}
    for passage in sorted(passages, key=lambda p: p.status != "human"):
        chosen.setdefault((passage.study, passage.stance), passage)
    ids = {p.id for p in chosen.values()}
    return [p for p in passages if p.id in ids]


def _headlines(shown: Shown, row: MatrixRow) -> list[Headline]:
    """What each status and stance says of a code: "3 of 5 main studies", each named; a checked number is of the studies
    that people have coded."""
    size, coded = len(row.cells), len(shown.context.coded_studies)
    found = []
    for stance, suffix in (("supports", "supporting"), ("contradicts", "contradicting")):
        for status in ("human", "provisional"):
            studies: tuple[str, ...] = getattr(row, f"{status}_{suffix}")
            if studies:
                title = f"{row.label.get(shown.context.language)} – {shown.word('stance', stance)}"
                of = of_main(size, coded if status == "human" else size)
                text = shown.text(message("{count} of {main_studies}", count=len(studies), main_studies=of))
                count = shown.openings.count(f"{title} – {shown.word('status', status)}",
                                             _row_ids(row, status, stance), text=text, status=status,
                                             fallback=code_anchor(row.code))  # fmt: skip
                found.append(Headline(shown.word("status", status), status, shown.word("stance", stance), stance,
                                      count, shown.names(studies)))  # fmt: skip
    return found


def build_stages(shown: Shown) -> tuple[StageView, ...]:
    """Process stages by elements of the lens."""
    return tuple(_stage(shown, row) for row in shown.context.synthesis.stages)


def _stage(shown: Shown, row: StageRow) -> StageView:
    language = shown.context.language
    label = row.label.get(language)
    told = row.stage_passages
    elements = []
    for code, cell in row.cells.items():
        supports, contradicts = shown.cell(f"{label} – {shown.code(code)}", cell)
        if not supports.empty or contradicts is not None:
            elements.append(ElementView(shown.code(code), supports, contradicts))
    human = (*told.human_supports, *told.human_contradicts)
    machine = (*told.provisional_supports, *told.provisional_contradicts)
    counts = tuple(str(len({shown.context.passages[id_].study for id_ in ids})) for ids in (human, machine))
    return StageView(
        label=label,
        anchor=f"stage-{row.stage}",
        phase=shown.word("phase", row.phase) if row.phase else "",
        studies=shown.pair(label, human, machine, code_anchor(row.stage), texts=(counts[0], counts[1])),
        passages=shown.pair(label, human, machine, code_anchor(row.stage)),
        elements=tuple(elements),
        silent=_no_element(shown),
        lens_asks=_text(row.lens_asks, language),
        gap=_text(row.gap, language),
    )


def _no_element(shown: Shown) -> str:
    """What is said of a stage without an element: silence where people have coded all main studies."""
    _, context = shown.catalogue.gettext, shown.context
    everywhere = len(context.coded_studies) == len(context.main_studies)
    return shown.word("absence", "silent") if everywhere else _("no passage so far")


def _text(label: Label | None, language: str) -> str:
    return label.get(language) if label else ""
