"""From studies, codings and suggestions to everything that the outputs show."""

from __future__ import annotations

from litreview.documents.readings import briefs_of
from litreview.synthesis.added import compute_added
from litreview.synthesis.agreement import gather_agreement
from litreview.synthesis.coded import coded_studies
from litreview.synthesis.codings import read_codings
from litreview.synthesis.concept_map import build_concept_map, lost_propositions, read_propositions
from litreview.synthesis.differences import gather_conflicts
from litreview.synthesis.evidence import gather_evidence
from litreview.synthesis.inputs import ReportInput, StudyInput, SynthesisInput, included_studies, main_ids
from litreview.synthesis.judged import gather_memos
from litreview.synthesis.matrix import build_matrix
from litreview.synthesis.model import StudyRow, Synthesis
from litreview.synthesis.narrative import build_narrative
from litreview.synthesis.stages import build_stages
from litreview.synthesis.studies import build_studies


def build_synthesis(inputs: SynthesisInput) -> Synthesis:
    """The synthesis of a review at one state. Pure: the same inputs give the same value."""
    rule = inputs.protocol.synthesis
    included, main = included_studies(inputs), main_ids(inputs)
    study_of = {report.report: study.id for study in included for report in study.reports}
    codings = read_codings(inputs.ledger, inputs.documents, inputs.codebook)
    evidence = gather_evidence(included, inputs.documents, inputs.suggestions, codings, inputs.codebook, rule)
    propositions = read_propositions(inputs.ledger, inputs.documents, study_of, inputs.codebook, rule)
    coded = coded_studies(study_of, codings, propositions, inputs.ledger)
    studies = build_studies(inputs, coded)
    matrix = build_matrix(inputs.codebook, evidence.passages, main, coded)
    chosen = inputs.choice.asked
    stages = build_stages(inputs.codebook, evidence.passages, inputs.documents, main, coded, chosen=chosen)
    concept_map = build_concept_map(
        inputs.codebook, evidence.passages, inputs.documents, main, propositions, rule.cooccurrence, coded
    )
    return Synthesis(
        passages=evidence.passages,
        studies=studies,
        matrix=matrix,
        stages=stages,
        concept_map=concept_map,
        flow=inputs.flow,
        narrative=build_narrative(inputs.codebook, matrix, stages, concept_map, studies, chosen=chosen),
        background=inputs.background,
        added=compute_added(matrix, evidence.passages, [s.id for s in included if s.id not in main]),
        agreement=gather_agreement(
            codings.first, inputs.ledger, inputs.documents, inputs.codebook, inputs.protocol.coding
        ),
        conflicts=gather_conflicts(
            inputs.ledger, codings.placed, inputs.protocol, inputs.targets, _names(inputs, studies)
        ),
        memos=gather_memos(inputs.ledger),
        orphans=(*codings.orphans, *lost_propositions(inputs.ledger, inputs.documents, study_of, inputs.codebook)),
        look_again=codings.look_again,
        elsewhere=evidence.elsewhere,
        propositions=propositions,
        chosen=chosen,
    )


def _names(inputs: SynthesisInput, studies: tuple[StudyRow, ...]) -> dict[str, str]:
    """How records, reports and studies are named to people: the study's name, else the title."""
    named = dict(inputs.titles)
    named.update({report: brief.title for report, brief in briefs_of(inputs.documents).items() if brief.title})
    for study in studies:
        named.update({study.id: study.short, **{report.id: study.short for report in study.reports}})
    return named


__all__ = ["ReportInput", "StudyInput", "SynthesisInput", "build_synthesis"]
