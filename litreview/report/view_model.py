"""What the report's pages show, as values; templates receive these and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from litreview.report.openings import Count
from litreview.report.view_front import (
    ExportView,
    Fact,
    FileView,
    FlowRow,
    Front,
    ReportVerdicts,
    SearchView,
)
from litreview.report.view_team import AmendmentView, LookAgainView, WorkView
from litreview.synthesis.model import Run

_MARKS = frozenset("\"'“”„«»‘’")


@dataclass(frozen=True)
class Pair:
    """Two numbers that are never added: what persons have checked, and what is provisional."""

    human: Count
    provisional: Count

    @property
    def empty(self) -> bool:
        """Whether neither has anything to open."""
        return not (self.human.key or self.provisional.key)


@dataclass(frozen=True)
class Quote:
    """A quotation as shown: its words, where they stand, and who coded them. Ids for styles, words for people.

    `cite` is the report that it stands in, `cited` the same with the page, for brackets; `of` names the study where
    that has more reports.
    """

    id: str
    text: str
    study: str
    cite: str
    cited: str
    of: str
    code: str
    where: str
    link: str
    section: str
    voice: str
    stance: str
    stance_id: str
    coder: str
    status: str
    status_id: str
    counts: bool

    @property
    def own_marks(self) -> bool:
        """Whether the words begin or end in quotation marks already, as an informant's often do: no second pair."""
        return self.text[:1] in _MARKS or self.text[-1:] in _MARKS

    @property
    def doubtful(self) -> bool:
        """Whether it is a machine's candidate for a contradiction, which no person has checked."""
        return self.stance_id == "contradicts" and self.status_id == "provisional"


@dataclass(frozen=True)
class StudyView:
    """Characteristics of an included study."""

    id: str
    anchor: str
    short: str
    title: str
    authors: str
    year: str
    method: str
    place: str
    kinds: str
    language: str
    passages: Pair
    status: str
    status_id: str
    why_chosen: str


@dataclass(frozen=True)
class ChoiceView:
    """How the main studies were chosen; not `asked` where the protocol asks for no choice."""

    asked: bool
    rule: str
    found: tuple[str, ...]
    notes: tuple[str, ...]
    alternatives: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class CellView:
    """A cell of the matrix: two pairs of numbers (`contradicts` only where there are any), or why there are none."""

    study: str
    silent: str
    supports: Pair
    contradicts: Pair | None


@dataclass(frozen=True)
class MatrixRowView:
    """A code over the main studies; `supported` and `contradicted` count studies."""

    label: str
    anchor: str
    supported: Pair
    contradicted: Pair | None
    cells: tuple[CellView, ...]


@dataclass(frozen=True)
class MatrixTheme:
    """The codes of a category."""

    id: str
    label: str
    colour: str
    rows: tuple[MatrixRowView, ...]


@dataclass(frozen=True)
class Headline:
    """A sentence like "3 of 5 main studies support: names", by status."""

    status: str
    status_id: str
    stance: str
    stance_id: str
    count: Count
    names: str

    @property
    def doubtful(self) -> bool:
        """Whether it tells of a machine's candidates for a contradiction, which no person has checked."""
        return self.stance_id == "contradicts" and self.status_id == "provisional"


@dataclass(frozen=True)
class AbsenceView:
    """Why studies have no evidence for a code, and which these are."""

    why: str
    names: str


@dataclass(frozen=True)
class CodeView:
    """A code with its evidence."""

    id: str
    anchor: str
    label: str
    definition: str
    headlines: tuple[Headline, ...]
    absences: tuple[AbsenceView, ...]
    quotes: tuple[Quote, ...]
    every: Pair
    uncounted: Pair


@dataclass(frozen=True)
class SilentCode:
    """A code without evidence in any main study; `uncounted` opens its passages that do not count."""

    anchor: str
    label: str
    uncounted: Pair


@dataclass(frozen=True)
class SilentGroup:
    """The codes without evidence of which the same may be said."""

    told: str
    codes: tuple[SilentCode, ...]


@dataclass(frozen=True)
class ThemeView:
    """A category with its codes that have evidence, and those that have none."""

    id: str
    anchor: str
    label: str
    colour: str
    codes: tuple[CodeView, ...]
    silent: tuple[SilentGroup, ...]


@dataclass(frozen=True)
class ElementView:
    """An element of the lens at a stage."""

    label: str
    supports: Pair
    contradicts: Pair | None


@dataclass(frozen=True)
class StageView:
    """A process stage by elements of the lens; `studies` count the main studies that tell of it, `silent` is said where
    there is no element."""

    label: str
    anchor: str
    phase: str
    studies: Pair
    passages: Pair
    elements: tuple[ElementView, ...]
    silent: str
    lens_asks: str
    gap: str


@dataclass(frozen=True)
class RelationView:
    """A proposition of the concept map."""

    source: str
    relation: str
    target: str
    kind: str
    kind_id: str
    stated: Pair
    denied: Pair
    names: str


@dataclass(frozen=True)
class NodeView:
    """A concept of the map as a line of text: its passages."""

    label: str
    colour: str
    supports: Pair
    contradicts: Pair | None


@dataclass(frozen=True)
class TogetherRow:
    """A code against those before it; `pairs` hold one pair of counts of studies for each. `number` counts the codes
    from 1 and heads the code's column."""

    number: int
    label: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class MapView:
    """The concept map's drawing, its lines in words, and co-occurrence apart."""

    svg: str
    nodes: tuple[NodeView, ...]
    relations: tuple[RelationView, ...]
    left_out: tuple[str, ...]
    within: str
    together: tuple[TogetherRow, ...]
    together_heads: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class ParagraphView:
    """A paragraph of narrative material."""

    text: str
    status: str
    status_id: str
    passages: Count


@dataclass(frozen=True)
class NarrativeSection:
    """The material of a category in one language."""

    label: str
    paragraphs: tuple[ParagraphView, ...]


@dataclass(frozen=True)
class NarrativeView:
    """The narrative material in one language."""

    language: str
    name: str
    sections: tuple[NarrativeSection, ...]


@dataclass(frozen=True)
class BackgroundView:
    """A table of a source that is no study."""

    title: str
    file: str
    role: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class AddedView:
    """A code that studies outside the main set would add or contradict."""

    label: str
    adds: str
    contradicts: str
    passages: Pair


@dataclass(frozen=True)
class AgreementView:
    """A coefficient with its unit, number and interval."""

    unit: str
    coefficient: str
    value: str
    n: int
    interval: str
    note: str


@dataclass(frozen=True)
class AgreementSection:
    """Agreement: its lines, how it was counted, what the coefficients are for; `instead` stands where there is none."""

    rows: tuple[AgreementView, ...]
    counted: str
    purposes: tuple[MethodFact, ...]
    instead: str


@dataclass(frozen=True)
class SettledView:
    """A difference between persons."""

    about: str
    said: tuple[tuple[str, str], ...]
    by: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class MemoView:
    """A memo."""

    person: str
    at: str
    kind: str
    on: str
    text: str


@dataclass(frozen=True)
class OrphanView:
    """A coding that cannot be placed."""

    person: str
    report: str
    code: str
    quote: str
    why: str


@dataclass(frozen=True)
class AuditRow:
    """How many judgments of a kind a person made, and how many of them stand."""

    kind: str
    person: str
    made: int
    standing: int


@dataclass(frozen=True)
class ReplacedView:
    """Judgments that replace the same one, (person, kind, day) each, and who settled it."""

    about: str
    said: tuple[tuple[str, str, str], ...]
    settled_by: str


@dataclass(frozen=True)
class AuditView:
    """What the ledger holds."""

    rows: tuple[AuditRow, ...]
    replaced: tuple[ReplacedView, ...]
    set_aside: int


@dataclass(frozen=True)
class MethodFact:
    """A term of the method and what holds for it."""

    term: str
    told: str


@dataclass(frozen=True)
class Page:
    """Everything that report.html and report.docx show."""

    language: str
    sample: str
    needs: str  # what the review needs of a newer version; empty when nothing
    front: Front
    facts: tuple[Fact, ...]
    files: tuple[FileView, ...]
    exports: tuple[ExportView, ...]
    searches: tuple[SearchView, ...]
    duplicates: Count
    flow_svg: str
    flow: tuple[FlowRow, ...]
    faults: tuple[str, ...]
    notices: tuple[str, ...]
    criteria: tuple[str, ...]
    verdicts: tuple[ReportVerdicts, ...]
    studies: tuple[StudyView, ...]
    main: tuple[StudyView, ...]
    others: tuple[StudyView, ...]
    choice: ChoiceView
    coded: str  # which main studies people have coded; empty when all
    matrix: tuple[MatrixTheme, ...]
    themes: tuple[ThemeView, ...]
    stages: tuple[StageView, ...]
    map: MapView
    narrative: tuple[NarrativeView, ...]
    background: tuple[BackgroundView, ...]
    added: tuple[AddedView, ...]
    agreement: AgreementSection
    conflicts: tuple[SettledView, ...]
    memos: tuple[MemoView, ...]
    orphans: tuple[OrphanView, ...]
    work: tuple[WorkView, ...]
    hidden: str
    look_again: tuple[LookAgainView, ...]
    amendments: tuple[AmendmentView, ...]
    elsewhere: tuple[Quote, ...]
    audit: AuditView
    method: tuple[MethodFact, ...]
    references: tuple[tuple[Run, ...], ...]

    @property
    def tells_of_team(self) -> bool:
        """Whether there is anything to tell of how the team works and how its rules changed."""
        return bool(self.work or self.hidden or self.look_again or self.amendments)

    @property
    def troubled(self) -> tuple[FileView, ...]:
        """The files that could not be read or are not used."""
        return tuple(file for file in self.files if file.status_id != "ready")

    @property
    def read_files(self) -> tuple[FileView, ...]:
        """The files that could be read."""
        return tuple(file for file in self.files if file.status_id == "ready")
