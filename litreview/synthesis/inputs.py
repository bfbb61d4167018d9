"""What the synthesis is made from; the pipeline fills it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from litreview.coding.model import Codebook, Suggestion
from litreview.documents.model import Document
from litreview.ledger import Ledger
from litreview.protocol import Protocol
from litreview.screening.model import Choice, Standing
from litreview.synthesis.model import BackgroundTable, Flow


class ReportInput(msgspec.Struct, frozen=True):
    """A report of a study with the fields of its record; what is empty is taken from the document itself.

    `kind` is an export's own type (JOUR, article, THES …) or a word for it (article, skripsi, tesis …). `copy_of` is
    the report of the study whose publication this is another file of, "" for none: the two have one reference.
    """

    report: str
    kind: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()  # "Family, Given" where known
    year: int | None = None
    venue: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    copy_of: str = ""


class StudyInput(msgspec.Struct, frozen=True):
    """A study, its reports in order, and what stands for it. `values` are a person's extractions (method, village,
    district, regency, province, year) that go before what the documents say."""

    id: str
    reports: tuple[ReportInput, ...]
    standing: Standing
    verdicts: dict[str, str] = {}  # criterion → state
    values: dict[str, str] = {}


class SynthesisInput(msgspec.Struct, frozen=True):
    """Everything that `build_synthesis` needs. `documents` and `suggestions` are by report id."""

    protocol: Protocol
    codebook: Codebook
    documents: Mapping[str, Document]
    suggestions: dict[str, tuple[Suggestion, ...]]
    studies: tuple[StudyInput, ...]
    choice: Choice = Choice(())
    flow: Flow = Flow({})
    ledger: Ledger = Ledger()
    targets: dict[str, dict[str, tuple[str, ...]]] = {}  # what there is to screen: see `teamwork.model.Targets`
    titles: dict[str, str] = {}  # of records and reports, by id
    background: tuple[BackgroundTable, ...] = ()
    language: str = ""  # in which the outputs are asked for; the protocol's where empty

    @property
    def spoken(self) -> str:
        """The language of names, references and reasons."""
        return self.language or self.protocol.language


def included_studies(inputs: SynthesisInput) -> tuple[StudyInput, ...]:
    """The main studies in the order of the choice, then the other included ones in the order given.

    Included is what is not excluded: unclear never excludes, and a conflict stays in until it is settled.
    """
    by_id = {study.id: study for study in inputs.studies}
    main = [by_id[id_] for id_ in inputs.choice.chosen if id_ in by_id]
    others = [s for s in inputs.studies if s.id not in inputs.choice.chosen and s.standing.decision != "exclude"]
    return (*main, *others)


def main_ids(inputs: SynthesisInput) -> tuple[str, ...]:
    """Ids of the main studies that are at hand, in the order of the choice."""
    known = {study.id for study in inputs.studies}
    return tuple(id_ for id_ in inputs.choice.chosen if id_ in known)
