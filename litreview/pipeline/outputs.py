"""The last stages: synthesis from what was found, then everything that is written."""

from __future__ import annotations

from collections.abc import Iterator

from litreview import __version__
from litreview.errors import message
from litreview.pipeline.history import amendments
from litreview.pipeline.progress import Progress
from litreview.pipeline.state import State
from litreview.pipeline.summary import RunSummary
from litreview.pipeline.worklists import look_again, work_done, work_notices
from litreview.report.context import ReportContext
from litreview.report.publish import Published


def render_review(state: State, progress: Progress) -> Iterator[tuple[str, bytes]]:
    """Every output by name, one after another."""
    from litreview.report.render import render_outputs

    opened = state.opened
    context = ReportContext(
        root=opened.root,
        protocol=opened.protocol,
        codebook=opened.codebook,
        synthesis=state.synthesis,
        documents=state.documents,
        files=state.statuses,
        unused=state.unused,
        exports=state.exports,
        choice=state.choice,
        verdicts=state.verdicts,
        standings=state.standings,
        notices=tuple(state.notices()),
        version=__version__,
        language=opened.language,
        duplicates=state.found.groups,
        matches=state.found.matches,
        work=work_done(state),
        hidden=state.seen.hidden,
        look_again=look_again(state),
        amendments=amendments(state.ledger.standing),
        ledger=state.seen.ledger,
    )
    progress.begin(message("Writing the outputs"), 0)
    for output in render_outputs(context):
        yield output
        progress.advance()


def summarise(state: State, published: Published) -> RunSummary:
    """What the run did, for the person who started it."""
    synthesis = state.synthesis
    main = [study for study in synthesis.studies if synthesis.chosen and study.state == "main"]
    names = {person.id: person.name for person in state.protocol.people if person.name}
    return RunSummary(
        renewed=True,
        report="outputs/report.html",
        sample=state.protocol.sample,
        records=sum(len(export.records) for export in state.exports),
        duplicates=sum(len(group.members) - 1 for group in state.found.groups),
        files=state.statuses,
        reports_readable=len(state.documents),
        suggestions=sum(len(found) for found in state.suggestions.values()),
        studies_included=len(state.studies),
        reports_included=sum(len(study.reports) for study in state.studies),
        decided_by_people=sum(1 for study in state.studies if not state.standing_of(study).provisional),
        main_studies=tuple(study.short for study in main),
        main_asked=synthesis.chosen,
        main_confirmed=bool(state.choice.confirmed_by),
        main_confirmed_by=tuple(names.get(one, one) for one in state.choice.confirmed_by.split("; ") if one),
        quotations_human=sum(1 for p in synthesis.passages if p.status == "human"),
        quotations_provisional=sum(1 for p in synthesis.passages if p.status == "provisional"),
        faults=synthesis.flow.faults,
        notices=(*state.notices(), *work_notices(state)),
        export_notices=tuple((export.file, what) for export in state.exports for what in export.notices),
        written=len(published.written),
        beside=published.beside,
    )
