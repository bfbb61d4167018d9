"""The page's first half: title, numbers at a glance, files, search, flow, verdicts."""

from __future__ import annotations

from collections.abc import Iterator

from litreview.documents.model import FileStatus
from litreview.documents.quality import doubts_on
from litreview.errors import message
from litreview.records.search_log import logged_searches
from litreview.report.openings import Count
from litreview.report.page_team import told_people
from litreview.report.shown import Shown
from litreview.report.tables import criterion_label
from litreview.report.view_front import (
    EvidenceView,
    ExportView,
    Fact,
    FileView,
    FlowRow,
    Front,
    ReportVerdicts,
    SearchView,
    VerdictView,
)
from litreview.screening.model import Evidence, Verdict
from litreview.synthesis.flow import DECIDED_BOXES
from litreview.synthesis.model import FlowBox

MOST_EVIDENCE = 5  # quotations shown for one verdict


def build_front(shown: Shown) -> Front:
    """The title page."""
    context = shown.context
    protocol = context.protocol
    other = "en" if context.language == "id" else "id"
    title = protocol.title.get(context.language)
    other_title = protocol.title.get(other)
    return Front(
        title=title,
        other_title=other_title if other_title != title else "",
        kind=shown.word("review", protocol.type),
        kind_told=_kind_told(shown),
        languages=", ".join(shown.word("language", one) for one in protocol.languages),
        questions=tuple(question.get(context.language) for question in protocol.questions),
        draft=context.draft,
        confirmed=context.person(context.choice.confirmed_by),
        version=context.version,
    )


def _kind_told(shown: Shown) -> str:
    """What this kind of review is and is not, in a few sentences."""
    _ = shown.catalogue.gettext
    return {
        "context": _(
            "A context review links a few studies to a wider body of theory, so that a research question stands"
            " in its setting. It does not claim to be complete or exhaustive; its studies show what can be"
            " found, not how often it occurs. The flow diagram is adapted from PRISMA 2020."
        ),
        "scoping": _("A scoping review maps what has been studied on a subject; it does not weigh effects."),
        "systematic": _("A systematic review answers its questions from all studies that meet the criteria."),
        "thematic-synthesis": _("A thematic synthesis builds themes from the findings of qualitative studies."),
        "framework-synthesis": _("A framework synthesis orders findings along a framework set beforehand."),
    }[shown.context.protocol.type]


def build_facts(shown: Shown) -> tuple[Fact, ...]:
    """The numbers at a glance."""
    context, found = shown.context, shown.context.synthesis
    _ = shown.catalogue.gettext
    records = [r.id for e in context.exports for r in e.records]
    read = [f for f in context.files if f.status == "ready"]
    human = [p.id for p in found.passages if p.status == "human"]
    machine = [p.id for p in found.passages if p.status == "provisional"]
    return (
        Fact(_bare(len(records), shown.items(_("Records"), records, fallback="search")), _("records"),
             _("from {count} search exports", count=len(context.exports))),
        Fact(Count(_("{count} of {size}", count=len(read), size=len(context.files)), label=_("Files")),
             _("files could be read"), _("the others are told below")),
        *_included(shown),
        *_chosen(shown),
        Fact(shown.openings.count(_("Passages checked by persons"), human, status="human", fallback="findings"),
             _("passages checked"), _("coded or settled by persons")),
        Fact(shown.openings.count(_("Provisional passages"), machine, status="provisional", fallback="findings"),
             _("provisional passages"), _("machine suggestions nobody has checked")),
    )  # fmt: skip


def _chosen(shown: Shown) -> Iterator[Fact]:
    """How many main studies there are and who confirmed them, where the protocol asks for a choice; how many of them
    people have coded, where not all."""
    context, _ = shown.context, shown.catalogue.gettext
    if context.synthesis.chosen:
        by = context.person(context.choice.confirmed_by)
        waiting = _("people confirmed different sets") if context.choice.differing else _("choice not yet confirmed")
        note = _("confirmed by {person}", person=by) if by else waiting
        main = [study.id for study in context.main_studies]
        yield Fact(shown.items(_("Main studies"), main, fallback="studies"), _("main studies"), note)
    size, coded = len(context.main_studies), [study.id for study in context.coded_studies]
    if len(coded) < size:
        opened = shown.items(_("Main studies coded by people"), coded, fallback="studies",
                             text=_("{count} of {size}", count=len(coded), size=size))  # fmt: skip
        yield Fact(opened, _("main studies coded by people"), _("checked numbers are of these"))


def _bare(number: int, count: Count) -> Count:
    """The number told, where ids may stand for more than one record."""
    return Count(str(number), count.key, count.status, count.label, count.fallback)


def _included(shown: Shown) -> Iterator[Fact]:
    """The included studies: those that persons decided on, and apart from them those that stand provisionally."""
    studies, _ = shown.context.synthesis.studies, shown.catalogue.gettext
    waiting = [study.id for study in studies if study.provisional]
    decided = [study.id for study in studies if not study.provisional]
    note = _("decided by persons") if waiting else _("all decided by persons")
    yield Fact(shown.items(_("Included studies"), decided, fallback="studies"), _("studies included"),
               note if studies else "")  # fmt: skip
    if waiting:
        title = _("Included studies not yet decided by a person")
        yield Fact(shown.items(title, waiting, fallback="studies"), _("studies included provisionally"),
                   _("verdicts stand in; no person has decided"))  # fmt: skip


def build_files(shown: Shown) -> tuple[FileView, ...]:
    """The files of the corpus, those in trouble first, then those that are not used."""
    ordered = sorted(shown.context.files, key=lambda f: (f.status == "ready", f.path))
    unused = (
        FileView(file.path, "", shown.word("file", "unused"), "unused", 0, shown.catalogue.text(file.why), "")
        for file in shown.context.unused
    )
    return (*(_file(shown, file) for file in ordered), *unused)


def _file(shown: Shown, file: FileStatus) -> FileView:
    reasons = [file.reason and shown.catalogue.text(file.why), *_doubts(shown, file)]
    return FileView(
        path=file.path,
        name=shown.context.report_name(file.report) if file.report else "",
        status=shown.word("file", file.status),
        status_id=file.status,
        pages=file.pages,
        reason=" ".join(filter(None, reasons)),
        todo="" if file.status == "ready" or file.reason else shown.word("file-todo", file.status),
    )


def _doubts(shown: Shown, file: FileStatus) -> list[str]:
    """What is in doubt about the text of a file's pages."""
    document = shown.context.documents.get(file.report)
    if document is None or file.path not in document.files:
        return []
    index = document.files.index(file.path)
    doubts = doubts_on([page for page in document.pages if page.file == index])
    return [shown.text(message("The text is in doubt {doubt}.", doubt=doubt)) for doubt in doubts]


def build_exports(shown: Shown) -> tuple[ExportView, ...]:
    """The search exports."""
    _ = shown.catalogue.gettext
    return tuple(
        ExportView(
            file=export.file,
            database=export.database,
            format=export.format,
            records=_bare(len(export.records), shown.items(_("Records of {file}", file=export.file),
                                                           [r.id for r in export.records])),
            notices=tuple(shown.text(notice) for notice in export.notices),
        )
        for export in shown.context.exports
    )  # fmt: skip


def build_searches(shown: Shown) -> tuple[SearchView, ...]:
    """The searches that people recorded."""
    return tuple(
        SearchView(
            database=search.database,
            interface=search.interface,
            query=search.query,
            date=search.date,
            limits=search.limits,
            found="" if search.hits is None else str(search.hits),
            exported="" if search.exported is None else str(search.exported),
            file=search.file,
            person=search.person,
        )
        for search in logged_searches(shown.context.ledger.of_kind("search"))
    )


def build_duplicates(shown: Shown) -> Count:
    """The duplicate records; as the flow counts them where it does."""
    _ = shown.catalogue.gettext
    box = shown.context.synthesis.flow.boxes.get("duplicates")
    if box is not None:
        return _bare(box.count, shown.items(_("Duplicate records"), box.items))
    return shown.items(_("Duplicate records"), [m for g in shown.context.duplicates for m in g.members[1:]])


def build_flow(shown: Shown) -> tuple[FlowRow, ...]:
    """The boxes of the flow as lines of a table."""
    return tuple(_flow_row(shown, key, box) for key, box in shown.context.synthesis.flow.boxes.items())


def _flow_row(shown: Shown, key: str, box: FlowBox) -> FlowRow:
    label = shown.word("flow", key)
    return FlowRow(
        key=key,
        label=label,
        count=_bare(box.count, shown.items(label, box.items, fallback=f"box-{key}")),
        decided=box.count - box.provisional if key in DECIDED_BOXES else None,
        provisional=box.provisional if key in DECIDED_BOXES else None,
        reasons=tuple((criterion_label(shown.context, reason), count) for reason, count in box.reasons),
    )


def build_verdicts(shown: Shown) -> tuple[ReportVerdicts, ...]:
    """A line for each report that was held against the criteria, those that stand out last."""
    order = {"include": 0, "maybe": 1, "exclude": 2}
    lines = list(_verdict_lines(shown))
    return tuple(sorted(lines, key=lambda line: (order.get(line.decision_id, 3), line.name.casefold())))


def _verdict_lines(shown: Shown) -> Iterator[ReportVerdicts]:
    context = shown.context
    for number, (report, verdicts) in enumerate(context.verdicts.items(), start=1):
        standing = context.standings.get(report)
        by_criterion = {verdict.criterion: verdict for verdict in verdicts}
        document = context.documents.get(report)
        title = document.metadata.title.value if document and document.metadata.title else ""
        name = context.report_name(report)
        status_id = ("provisional" if standing.provisional else "human") if standing else ""
        yield ReportVerdicts(
            name=name,
            title=title if title != name else "",
            anchor=f"report-{number}",
            verdicts=tuple(
                _verdict(shown, report, by_criterion[c.id]) if c.id in by_criterion else None
                for c in context.protocol.criteria
            ),
            decision=shown.word("decision", standing.decision) if standing else "",
            decision_id=standing.decision if standing else "",
            status=shown.word("status", status_id) if status_id else "",
            status_id=status_id,
            reason=criterion_label(context, standing.reason) if standing else "",
            waiting=_waiting(shown, standing.waiting) if standing else "",
        )


def _waiting(shown: Shown, people: int) -> str:
    if not people:
        return ""
    return shown.catalogue.gettext("waiting for {people}", people=told_people(shown, people))


def _verdict(shown: Shown, report: str, verdict: Verdict) -> VerdictView:
    quoted = [one for one in verdict.evidence if one.quote]
    return VerdictView(
        state=shown.word("state", verdict.state),
        state_id=verdict.state,
        why=shown.text(verdict.why),
        evidence=tuple(_evidence(shown, report, one) for one in quoted[:MOST_EVIDENCE]),
        more=max(0, len(quoted) - MOST_EVIDENCE),
    )


def _evidence(shown: Shown, report: str, evidence: Evidence) -> EvidenceView:
    document = shown.context.documents.get(report)
    if evidence.field or document is None or evidence.end <= evidence.start:
        _ = shown.catalogue.gettext
        where = _("record, field “{field}”", field=evidence.field) if evidence.field else ""
        return EvidenceView(" ".join(evidence.quote.split()), where, "")
    where, link = shown.place_link(document, evidence.start)
    return EvidenceView(" ".join(evidence.quote.split()), where, link)
