"""What the page's first half shows, as values: title, numbers at a glance, search, files, flow, verdicts."""

from __future__ import annotations

from dataclasses import dataclass

from litreview.report.openings import Count


@dataclass(frozen=True)
class Front:
    """Title page."""

    title: str
    other_title: str
    kind: str
    kind_told: str
    languages: str
    questions: tuple[str, ...]
    draft: bool
    confirmed: str
    version: str


@dataclass(frozen=True)
class Fact:
    """A number at a glance, what it counts, and a note beneath."""

    count: Count
    label: str
    note: str = ""


@dataclass(frozen=True)
class FileView:
    """A file of the corpus. `todo` is empty when it was read."""

    path: str
    name: str
    status: str
    status_id: str
    pages: int
    reason: str
    todo: str


@dataclass(frozen=True)
class SearchView:
    """A search as a person recorded it; `found` and `exported` as told, empty where untold."""

    database: str
    interface: str
    query: str
    date: str
    limits: str
    found: str
    exported: str
    file: str
    person: str


@dataclass(frozen=True)
class ExportView:
    """A search export as read."""

    file: str
    database: str
    format: str
    records: Count
    notices: tuple[str, ...]


@dataclass(frozen=True)
class FlowRow:
    """A box of the flow, its reasons beneath: PRISMA's number, and apart what people decided and what is provisional
    (None where the box counts what nobody decides on)."""

    key: str
    label: str
    count: Count
    decided: int | None
    provisional: int | None
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class EvidenceView:
    """Words that a verdict rests on."""

    quote: str
    where: str
    link: str


@dataclass(frozen=True)
class VerdictView:
    """A verdict: met, unmet or unclear, why, on what; `more` counts the evidence that is not shown."""

    state: str
    state_id: str
    why: str
    evidence: tuple[EvidenceView, ...]
    more: int


@dataclass(frozen=True)
class ReportVerdicts:
    """A report's verdicts in the order of the criteria, and what stands for it."""

    name: str
    title: str
    anchor: str
    verdicts: tuple[VerdictView | None, ...]
    decision: str
    decision_id: str
    status: str
    status_id: str
    reason: str
    waiting: str
