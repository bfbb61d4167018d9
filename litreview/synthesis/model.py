"""Passages that stand for the synthesis, and the tables, map and flow made from them.

Everything here is a value: report/ and exchange/ only show it. Numbers are tuples of passage ids wherever a reader may
want to open them; a count is `len`.
"""

from __future__ import annotations

import msgspec

from litreview.coding.model import Label
from litreview.documents.model import PageRect
from litreview.errors import Message


class Passage(msgspec.Struct, frozen=True):
    """A coded passage. `counts` says whether it is evidence: its section and voice are those of the protocol, and its
    study is included. Tables over the main studies take those of the main studies.

    `status` is `human` or `provisional`; `coder` a person's id, or a suggester with its version. `page` counts PDF
    pages of `file` from 1 (None for sources without pages). `parts` are the quote's stretches, in order.
    """

    id: str  # "q0001", in order of study, place, code
    study: str
    report: str
    file: str
    page: int | None
    page_end: int | None
    printed_page: str | None
    section: str  # kinds joined by "+"
    voice: str
    theme: str
    code: str
    stance: str
    coder: str
    status: str
    quote: str
    counts: bool
    start: int
    end: int
    rects: tuple[PageRect, ...] = ()
    origin: str = ""  # unaided, accepted, changed, imported; "" for suggestions
    cue: str = ""
    attributes: dict[str, str] = {}
    ocr: bool = False  # stands on a page whose text was recognised from its picture
    printed_end: str | None = None  # the printed page that it ends on, where that is another
    paragraph: int | None = None  # from 1 in `file`, for sources without pages
    paragraph_end: int | None = None


class Orphan(msgspec.Struct, frozen=True):
    """A coding that cannot be shown: its quotation was not found again, or its code or report is unknown."""

    judgment: str
    person: str
    report: str
    code: str
    quote: str
    why: Message


class LookAgain(msgspec.Struct, frozen=True):
    """A judgment that a later change of codebook or protocol asks a person to look at again, and why.

    Of a coding: its report as `target`, its words as `said`, its code of today, or those among which someone must
    choose. Of a decision: what it is on, at which stage, and what was decided.
    """

    judgment: str
    person: str
    stage: str
    target: str
    said: str
    why: Message
    codes: tuple[str, ...] = ()


class Amendment(msgspec.Struct, frozen=True):
    """A recorded change of the protocol or the codebook (`kind`): when, by whom, why, and what changed."""

    kind: str
    at: str
    person: str
    reason: str
    told: tuple[Message, ...] = ()


class Work(msgspec.Struct, frozen=True):
    """How far people are at a stage: targets, how many all have judged, how many wait for so and so many people, how
    many differences are open, how many judgments are to be looked at again."""

    stage: str
    targets: int
    finished: int
    waiting: dict[int, int] = {}
    blind: bool = False
    open: int = 0
    look_again: int = 0


class Run(msgspec.Struct, frozen=True, array_like=True):
    """A stretch of a reference, in italics or not."""

    text: str
    italic: bool = False


class ReportRow(msgspec.Struct, frozen=True):
    """A report of a study as tables show it."""

    id: str
    files: tuple[str, ...]
    kind: str  # article, skripsi, tesis …, "" unknown
    title: str
    citation: tuple[Run, ...]  # APA 7
    doi: str = ""
    year: int | None = None
    cite: Label = Label("", "")  # inside brackets: "Rahman & Sari, 2020"
    copy_of: str = ""  # the report of the study whose publication this is another file of


class StudyRow(msgspec.Struct, frozen=True):
    """Characteristics of one study. `short` is how tables name it in the language asked for, e.g. "Rahman & Sari
    (2020)"; `name` says it in both (dkk., et al.)."""

    id: str
    short: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    method: str  # a design of documents.method, "" unknown
    village: str
    district: str
    regency: str
    province: str
    language: str
    reports: tuple[ReportRow, ...]
    state: str  # main | included
    provisional: bool  # no person has decided
    verdicts: dict[str, str] = {}  # criterion → state
    why_chosen: str = ""
    name: Label = Label("", "")
    coded: bool = False  # whether people have coded it: only then may it be called silent

    @property
    def publications(self) -> tuple[ReportRow, ...]:
        """Its reports, of several files of one publication the first."""
        return tuple(report for report in self.reports if not report.copy_of)


class Cell(msgspec.Struct, frozen=True):
    """A cell's passages, ids of `Passage`, human and provisional apart."""

    human_supports: tuple[str, ...] = ()
    human_contradicts: tuple[str, ...] = ()
    provisional_supports: tuple[str, ...] = ()
    provisional_contradicts: tuple[str, ...] = ()


class MatrixRow(msgspec.Struct, frozen=True):
    """A code over the main studies, `cells` by study id; the study lists are those of the headline numbers.

    A study without evidence is in one of three lists: `outside` has passages that do not count (of persons too in
    `outside_human`), `silent` people have coded and found nothing in, `uncoded` nobody has coded and no machine
    suggests anything in.
    """

    theme: str
    code: str
    label: Label
    cells: dict[str, Cell]
    human_supporting: tuple[str, ...] = ()  # study ids
    human_contradicting: tuple[str, ...] = ()
    provisional_supporting: tuple[str, ...] = ()
    provisional_contradicting: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    uncoded: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    outside_human: tuple[str, ...] = ()

    @property
    def bare(self) -> bool:
        """Whether no study has evidence."""
        return all(cell == Cell() for cell in self.cells.values())

    def absence_of(self, study: str) -> str:
        """Why a study has no evidence: silent, uncoded or outside; empty where it has some."""
        lists = {"silent": self.silent, "uncoded": self.uncoded, "outside": self.outside}
        return next((name for name, studies in lists.items() if study in studies), "")


class StageRow(msgspec.Struct, frozen=True):
    """A process stage by strengths elements: passages in the stage's stretches, for each strengths code.

    `present` and `missing` are strengths codes; `studies` are the main studies that describe the stage; `gap` says in
    words what is missing there.
    """

    stage: str
    label: Label
    phase: str
    stage_passages: Cell
    cells: dict[str, Cell]  # strengths code id → passages
    present: tuple[str, ...]
    missing: tuple[str, ...]
    lens_asks: Label | None = None
    gap: Label | None = None
    studies: tuple[str, ...] = ()


class MapNode(msgspec.Struct, frozen=True):
    """A concept of the map: a code with its passages, and the main studies that they come from."""

    id: str
    label: Label
    theme: str
    colour: str
    passages: Cell
    human_supporting: tuple[str, ...] = ()  # study ids
    human_contradicting: tuple[str, ...] = ()
    provisional_supporting: tuple[str, ...] = ()
    provisional_contradicting: tuple[str, ...] = ()


class MapLink(msgspec.Struct, frozen=True):
    """A proposition: dashed hypothesis without weight, or solid with the studies whose passages state it.

    `studies` and `passages` are of the link's own kind; where persons have judged (`human`), what machines alone found
    stands apart in `provisional_studies` and `provisional_passages`. All counts are of main studies.
    """

    source: str
    target: str
    label: Label
    kind: str  # hypothesis | provisional | human
    studies: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    denying: tuple[str, ...] = ()  # passages that deny it, counted apart
    denying_studies: tuple[str, ...] = ()  # by propositions that persons judged
    provisional_studies: tuple[str, ...] = ()
    provisional_passages: tuple[str, ...] = ()
    denying_provisional_studies: tuple[str, ...] = ()  # by the machine's reading of passages

    @property
    def checked(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Studies and passages that persons judged to state it."""
        return (self.studies, self.passages) if self.kind == "human" else ((), ())

    @property
    def provisional(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Studies and passages that a machine alone takes to state it."""
        own = self.kind == "provisional"
        return (self.studies, self.passages) if own else (self.provisional_studies, self.provisional_passages)


class ConceptMap(msgspec.Struct, frozen=True):
    """Nodes and links; co-occurrence is another figure and no relation.

    Co-occurrence tells (code, code, study ids): `cooccurrence` where a suggestion takes part, `cooccurrence_human`
    where persons coded both. `left_out` are codes that have neither a relation nor a passage.
    """

    nodes: tuple[MapNode, ...]
    links: tuple[MapLink, ...]
    cooccurrence: tuple[tuple[str, str, tuple[str, ...]], ...] = ()  # code, code, studies
    cooccurrence_human: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    cooccurrence_within: str = "paragraph"
    left_out: tuple[str, ...] = ()
    themes: tuple[tuple[str, Label, str], ...] = ()  # id, label, colour: the legend
    size: int = 0  # how many main studies there are
    coded: int = 0  # how many of them people have coded


class FlowBox(msgspec.Struct, frozen=True):
    """A number of the flow diagram. `reasons`: (label or criterion id, count); `items` are record or report ids."""

    key: str  # PRISMA 2020 key of formats.md, or "main_studies"
    count: int
    reasons: tuple[tuple[str, int], ...] = ()
    items: tuple[str, ...] = ()
    provisional: int = 0  # how many of the count no person has decided


class Flow(msgspec.Struct, frozen=True):
    """The flow's boxes by key, and arithmetic that does not close (empty when all is well)."""

    boxes: dict[str, FlowBox]
    faults: tuple[Message, ...] = ()


class Agreement(msgspec.Struct, frozen=True):
    """Agreement on one thing by one coefficient (an id of `coding.coefficients`), with its unit and number.

    `about` says it in words; among its values may be `code`, `theme`, `document`, `people`, `stage`. `by`: all |
    aided | code | theme | document | pair | machine | stage. `round` and `codebook` are those of the codings.
    `counted`: the unit; empty for decisions. `n`: units compared (for alpha for unitising: marked sections).
    """

    about: Message
    by: str
    coefficient: str
    value: float | None  # None where it is not defined; the first note then says why
    n: int
    low: float | None = None
    high: float | None = None
    raters: int = 0
    documents: int = 0
    notes: tuple[Message, ...] = ()
    round: str = ""
    codebook: str = ""
    counted: str = ""
    uncoded: bool = True


class NarrativePart(msgspec.Struct, frozen=True):
    """A paragraph of narrative material, by language, with the passages that stand behind it.

    `status` is `human` or `provisional`, or empty where no evidence is told; a part never tells both.
    """

    theme: str
    text: Label
    passages: tuple[str, ...] = ()
    code: str = ""
    status: str = ""


class BackgroundTable(msgspec.Struct, frozen=True):
    """A table from a source that is not a study; shown with its file, never counted."""

    file: str
    role: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class AddedValue(msgspec.Struct, frozen=True):
    """What an eligible study that was not chosen would add or contradict, by code."""

    code: str
    adds: tuple[str, ...] = ()  # study ids
    contradicts: tuple[str, ...] = ()
    provisional: tuple[str, ...] = ()  # those of these studies for which only suggestions say so
    passages: tuple[str, ...] = ()


class Memo(msgspec.Struct, frozen=True):
    """A person's memo and what it stands on."""

    person: str
    at: str
    kind: str
    target: str
    text: str


class Settled(msgspec.Struct, frozen=True):
    """A difference between persons, and how it was settled (`by` empty while open).

    `id` names it in its list; `name` and `quote` say what it is about, `judgments` which differ. `said` tells each
    person with a decision or a coding as `code (stance)`, empty where they coded nothing; `reasons` go with them.
    """

    id: str
    stage: str  # title-abstract, full-text or coding
    name: str
    said: tuple[tuple[str, str], ...]
    quote: str = ""
    reasons: tuple[str, ...] = ()
    judgments: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    by: str = ""
    outcome: str = ""
    reason: str = ""


class Synthesis(msgspec.Struct, frozen=True):
    """All that outputs show, of one review at one state."""

    passages: tuple[Passage, ...] = ()
    studies: tuple[StudyRow, ...] = ()  # main first, then included
    matrix: tuple[MatrixRow, ...] = ()
    stages: tuple[StageRow, ...] = ()
    concept_map: ConceptMap = ConceptMap((), ())
    flow: Flow = Flow({})
    narrative: tuple[NarrativePart, ...] = ()
    background: tuple[BackgroundTable, ...] = ()
    added: tuple[AddedValue, ...] = ()
    agreement: tuple[Agreement, ...] = ()
    conflicts: tuple[Settled, ...] = ()
    memos: tuple[Memo, ...] = ()
    orphans: tuple[Orphan, ...] = ()
    look_again: tuple[LookAgain, ...] = ()
    elsewhere: tuple[Passage, ...] = ()  # persons' codings outside the included studies; in no count (ids "e0001")
    propositions: tuple[Passage, ...] = ()  # quotations behind persons' propositions (ids "p0001"), code "a → b"
    chosen: bool = True  # False: no main studies are asked for; what is said of them holds of all included ones
