"""What every output is made from: one review at one state, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from litreview.coding.model import Codebook
from litreview.documents.model import Document, FileStatus, UnusedFile
from litreview.errors import Message
from litreview.language.catalogue import Catalogue
from litreview.ledger import Ledger
from litreview.protocol import SAMPLE_MARK as SAMPLE_MARK
from litreview.protocol import Protocol
from litreview.records.model import DuplicateGroup, Export, Match, Record
from litreview.screening.model import Choice, Standing, Verdict
from litreview.synthesis.model import Amendment, LookAgain, Passage, ReportRow, StudyRow, Synthesis, Work


@dataclass(frozen=True)
class ReportContext:
    """Everything that outputs show. `verdicts` and `standings` are by report id; `root` is where the corpus lies and
    stands in no output. `language` is `id` or `en`. `hidden` counts, by kind, the judgments that are not to be shown
    yet; nothing else of them is here."""

    root: Path
    protocol: Protocol
    codebook: Codebook
    synthesis: Synthesis
    documents: Mapping[str, Document]
    files: tuple[FileStatus, ...]
    exports: tuple[Export, ...]
    choice: Choice
    verdicts: dict[str, tuple[Verdict, ...]]
    standings: dict[str, Standing]
    notices: tuple[Message, ...]
    version: str
    language: str
    ledger: Ledger
    duplicates: tuple[DuplicateGroup, ...] = ()
    matches: tuple[Match, ...] = ()
    unused: tuple[UnusedFile, ...] = ()
    work: tuple[Work, ...] = ()
    hidden: dict[str, int] = field(default_factory=dict)
    look_again: tuple[LookAgain, ...] = ()
    amendments: tuple[Amendment, ...] = ()

    @property
    def sample(self) -> bool:
        """Whether the review is of sample data, which every output says."""
        return self.protocol.sample

    @property
    def marks(self) -> tuple[str, ...]:
        """What every output says of the whole review."""
        return marks_of(self.sample, self.ledger.needs_newer, self.catalogue)

    @cached_property
    def catalogue(self) -> Catalogue:
        """Sentences in the language of the outputs."""
        return Catalogue(self.language, chosen=self.synthesis.chosen)

    @cached_property
    def studies(self) -> dict[str, StudyRow]:
        """Rows of the included studies by id, the main ones first."""
        return {study.id: study for study in self.synthesis.studies}

    @cached_property
    def main_studies(self) -> tuple[StudyRow, ...]:
        """Rows of the main studies in the order of the choice."""
        return tuple(study for study in self.synthesis.studies if study.state == "main")

    @cached_property
    def coded_studies(self) -> tuple[StudyRow, ...]:
        """Those of the main studies that people have coded."""
        return tuple(study for study in self.main_studies if study.coded)

    @property
    def coded_told(self) -> str:
        """Which main studies people have coded, so that checked numbers are of these; empty where they are all."""
        if len(self.coded_studies) == len(self.main_studies):
            return ""
        _, size = self.catalogue.gettext, len(self.main_studies)
        names = "; ".join(self.study_name(study.id) for study in self.coded_studies)
        if not names:
            return _("People have coded none of the {size} main studies yet: there are no checked numbers.", size=size)
        return _("People have coded {coded} of the {size} main studies: {names}. Checked numbers are of these alone.",
                 coded=len(self.coded_studies), size=size, names=names)  # fmt: skip

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """Every passage that any output quotes, by id."""
        return {p.id: p for p in self.quoted}

    @cached_property
    def quoted(self) -> tuple[Passage, ...]:
        """Every passage that any output quotes: of included studies, elsewhere, and behind propositions."""
        found = self.synthesis
        return (*found.passages, *found.elsewhere, *found.propositions)

    @cached_property
    def reports(self) -> dict[str, tuple[StudyRow, ReportRow]]:
        """The reports of included studies by id, each with its study."""
        return {report.id: (study, report) for study in self.synthesis.studies for report in study.reports}

    @cached_property
    def records(self) -> dict[str, Record]:
        """Every record of the exports by id; where the same entry stands twice in one file, the first."""
        found: dict[str, Record] = {}
        for export in self.exports:
            for record in export.records:
                found.setdefault(record.id, record)
        return found

    @cached_property
    def draft(self) -> bool:
        """Whether anything here waits for a person: provisional evidence, a study that nobody has decided on, a choice
        that nobody has confirmed. Word then says so on every page."""
        return (
            any(p.status == "provisional" for p in self.synthesis.passages)
            or any(study.provisional for study in self.synthesis.studies)
            or bool(self.main_studies and self.synthesis.chosen and not self.choice.confirmed_by)
        )

    def study_name(self, study: str, language: str = "") -> str:
        """How a study is named; its id where it is not among the included."""
        row = self.studies.get(study)
        if row is None:
            return study
        return row.name.get(language or self.language) or row.short

    def report_name(self, report: str) -> str:
        """How a report is named: its study's name, else its own title, else its first file, else its id."""
        if report in self.reports:
            return self.study_name(self.reports[report][0].id)
        document = self.documents.get(report)
        if document is not None and document.metadata.title:
            return document.metadata.title.value
        return next((f.path.rpartition("/")[2] for f in self.files if f.report == report), report)

    def cite(self, report: str) -> str:
        """How a report is cited inside brackets: its own authors and year, whatever its study is named by."""
        found = self.reports.get(report)
        return (found[1].cite.get(self.language) if found else "") or self.report_name(report)

    def person(self, coder: str) -> str:
        """A coder as people know them: names of the protocol for ids, several joined; suggesters stay as they are."""
        names = {p.id: p.name for p in self.protocol.people if p.name}
        return "; ".join(names.get(one, one) for one in coder.split("; "))


def marks_of(sample: bool, needs: Message | None, catalogue: Catalogue) -> tuple[str, ...]:
    """What every output says: that its data is a sample, and what the ledger needs of a newer version."""
    return (*([SAMPLE_MARK] if sample else []), *([catalogue.text(needs)] if needs else []))
