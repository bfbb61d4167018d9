"""The page as one value: everything that report.html and report.docx show."""

from __future__ import annotations

from litreview.protocol import SAMPLE_MARK
from litreview.report import audit, page_findings, page_front, page_map, page_rest, page_team
from litreview.report.figures import Figures
from litreview.report.shown import Shown
from litreview.report.view_model import Page


def build_page(shown: Shown, figures: Figures) -> Page:
    """The page of a context in its language. Pure."""
    context = shown.context
    studies = page_findings.build_studies(shown)
    main = {study.id for study in context.main_studies}
    flow = context.synthesis.flow
    return Page(
        language=context.language,
        sample=SAMPLE_MARK if context.sample else "",
        needs=shown.text(context.ledger.needs_newer) if context.ledger.needs_newer else "",
        front=page_front.build_front(shown),
        facts=page_front.build_facts(shown),
        files=page_front.build_files(shown),
        exports=page_front.build_exports(shown),
        searches=page_front.build_searches(shown),
        duplicates=page_front.build_duplicates(shown),
        flow_svg=figures.flow,
        flow=page_front.build_flow(shown),
        faults=tuple(shown.text(fault) for fault in flow.faults),
        notices=tuple(shown.text(notice) for notice in context.notices),
        criteria=tuple(c.label.get(context.language) or c.id for c in context.protocol.criteria),
        verdicts=page_front.build_verdicts(shown),
        studies=studies,
        main=tuple(s for s in studies if s.id in main),
        others=tuple(s for s in studies if s.id not in main),
        choice=page_findings.build_choice(shown),
        coded=context.coded_told,
        matrix=page_findings.build_matrix(shown),
        themes=page_findings.build_themes(shown),
        stages=page_findings.build_stages(shown),
        map=page_map.build_map(shown, figures.concept_map),
        narrative=page_rest.build_narrative(shown),
        background=page_rest.build_background(shown),
        added=page_rest.build_added(shown),
        agreement=page_rest.build_agreement(shown),
        conflicts=page_rest.build_conflicts(shown),
        memos=page_rest.build_memos(shown),
        orphans=page_rest.build_orphans(shown),
        work=page_team.build_work(shown),
        hidden=page_team.build_hidden(shown),
        look_again=page_team.build_look_again(shown),
        amendments=page_team.build_amendments(shown),
        elsewhere=page_rest.build_elsewhere(shown),
        audit=audit.build_audit(shown),
        method=page_rest.build_method(shown),
        references=page_rest.build_references(shown),
    )
