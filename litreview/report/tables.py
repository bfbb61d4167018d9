"""The tables of the outputs, as values; Excel and CSV only write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from litreview.coding.model import Label
from litreview.documents.model import FileStatus
from litreview.documents.numbered import paragraph_numbers
from litreview.errors import Message, message
from litreview.language.catalogue import Catalogue
from litreview.records.search_log import logged_searches
from litreview.report.context import ReportContext
from litreview.report.shown import printed_pages
from litreview.report.table import Column, Table, Value
from litreview.report.team_tables import amendments_table, look_again_table, work_table
from litreview.report.words import JUDGED, ids_of, word
from litreview.screening.model import Verdict
from litreview.synthesis.model import Agreement, Cell, Passage, StageRow


def build_tables(context: ReportContext) -> tuple[Table, ...]:
    """Every table, in the order of the sheets; of a choice only where the protocol asks for one."""
    return (
        studies_table(context),
        matrix_table(context),
        stages_table(context),
        quotations_table(context),
        relations_table(context),
        cooccurrence_table(context),
        *((added_table(context),) if context.synthesis.chosen else ()),
        searches_table(context),
        flow_table(context),
        verdicts_table(context),
        files_table(context),
        records_table(context),
        agreement_table(context.synthesis.agreement, context.catalogue),
        conflicts_table(context),
        work_table(context),
        look_again_table(context),
        amendments_table(context),
        memos_table(context),
        codebook_table(context),
    )


def studies_table(context: ReportContext) -> Table:
    """Characteristics of the included studies, with a column for each criterion, and for a choice where there is."""
    criteria, chosen = context.protocol.criteria, context.synthesis.chosen
    columns = (
        Column("id", message("Id"), 12),
        Column("study", message("Study"), 26),
        *((Column("state", message("Role in the review"), 20, "study-state"),) if chosen else ()),
        Column("decision", message("Decision"), 13, "status"),
        Column("title", message("Title"), 60),
        Column("authors", message("Authors"), 34),
        Column("year", message("Year"), 7),
        Column("method", message("Method"), 22, "method"),
        Column("village", message("Village"), 18),
        Column("district", message("District"), 18),
        Column("regency", message("Regency or city"), 22),
        Column("province", message("Province"), 18),
        Column("language", message("Language"), 12, "language"),
        Column("reports", message("Reports"), 9),
        Column("files", message("Files"), 44),
        *((Column("why_chosen", message("Why chosen"), 60),) if chosen else ()),
        *(
            Column(c.id, Message("{label}", {"label": c.label.get(context.language) or c.id}), 16, "state")
            for c in criteria
        ),
    )
    rows = tuple(
        (
            s.id, s.short, *((s.state,) if chosen else ()), "provisional" if s.provisional else "human", s.title,
            "; ".join(s.authors), s.year, s.method, s.village, s.district, s.regency, s.province, s.language,
            len(s.publications), "; ".join(f for r in s.reports for f in r.files), *((s.why_chosen,) if chosen else ()),
            *(s.verdicts.get(c.id, "") for c in criteria),
        )
        for s in context.synthesis.studies
    )  # fmt: skip
    return Table("studies", message("Studies"), columns, rows)


def matrix_table(context: ReportContext) -> Table:
    """A row for each code and main study: passages by stance, checked and provisional apart."""
    columns = (
        Column("theme", message("Category"), 22),
        Column("code", message("Code"), 28),
        Column("label", message("Label"), 40),
        Column("study", message("Study"), 26),
        *_CELL_COLUMNS,
        Column("silent", message("Not discussed"), 14),
        Column("absence", message("Why there is no evidence"), 30, "absence"),
    )
    rows = tuple(
        (row.theme, row.code, row.label.get(context.language), context.study_name(study), *_counts(cell),
         int(study in row.silent), row.absence_of(study))
        for row in context.synthesis.matrix
        for study, cell in row.cells.items()
    )  # fmt: skip
    return Table("matrix", message("Matrix of codes and main studies"), columns, rows)


_CELL_COLUMNS = (
    Column("human_supports", message("Supports: checked"), 12),
    Column("human_contradicts", message("Contradicts: checked"), 12),
    Column("provisional_supports", message("Supports: provisional"), 12),
    Column("provisional_contradicts", message("Contradicts: provisional"), 12),
)


def _counts(cell: Cell) -> tuple[int, int, int, int]:
    return (len(cell.human_supports), len(cell.human_contradicts), len(cell.provisional_supports),
            len(cell.provisional_contradicts))  # fmt: skip


def stages_table(context: ReportContext) -> Table:
    """A row for each process stage and strengths element, then what the lens would ask and the gap."""
    columns = (
        Column("stage", message("Stage"), 26),
        Column("label", message("Label"), 30),
        Column("phase", message("Helping phase"), 16, "phase"),
        Column("human_studies", message("Main studies that tell of it: checked"), 12),
        Column("provisional_studies", message("Main studies that tell of it: provisional"), 12),
        Column("element", message("Element of the lens"), 30),
        *_CELL_COLUMNS,
        Column("lens_asks", message("What the lens would ask"), 50),
        Column("gap", message("Gap"), 50),
    )
    rows = tuple(
        (row.stage, row.label.get(context.language), row.phase, *_stage_studies(context, row), element, *_counts(cell),
         _label(row.lens_asks, context.language), _label(row.gap, context.language))
        for row in context.synthesis.stages
        for element, cell in row.cells.items()
    )  # fmt: skip
    return Table("stages", message("Process stages and elements of the lens"), columns, rows)


def _stage_studies(context: ReportContext, row: StageRow) -> tuple[int, int]:
    """How many main studies tell of a stage: by persons, by suggestions."""
    told = row.stage_passages
    human = (*told.human_supports, *told.human_contradicts)
    machine = (*told.provisional_supports, *told.provisional_contradicts)
    return _studies_of(context, human, "human"), _studies_of(context, machine, "provisional")


def quotations_table(context: ReportContext) -> Table:
    """Every coded passage, of the included studies first; ids untranslated, quotes verbatim. Where any stands on a page
    read by OCR, or in a source without pages, a column tells it."""
    columns: tuple[Column, ...] = (
        Column("study", message("Study"), 26),
        Column("file", message("File"), 36),
        Column("page", message("PDF page"), 8),
        Column("page_end", message("to PDF page"), 8),
        Column("printed_page", message("Printed page"), 9),
        Column("section", message("Section"), 20, "section"),
        Column("voice", message("Voice"), 13, "voice"),
        Column("theme", message("Category"), 16),
        Column("code", message("Code"), 28),
        Column("stance", message("Stance"), 13, "stance"),
        Column("coder", message("Coder"), 16),
        Column("status", message("Status"), 13, "status"),
        Column("quote", message("Quotation"), 90),
    )
    found = (*context.synthesis.passages, *context.synthesis.elsewhere)
    rows = tuple(_quotation(context, p) for p in found)
    if any(p.paragraph is not None for p in found):
        columns = (*columns, Column("paragraph", message("Paragraph"), 9))
        rows = tuple((*row, p.paragraph) for row, p in zip(rows, found, strict=True))
    if any(p.ocr for p in found):
        columns = (*columns, Column("ocr", message("Read by OCR"), 8))
        rows = tuple((*row, "OCR" if p.ocr else "") for row, p in zip(rows, found, strict=True))
    return Table("quotations", message("Quotations"), columns, rows)


def _quotation(context: ReportContext, p: Passage) -> tuple[Value, ...]:
    name = context.study_name(p.study) if p.study else context.report_name(p.report)
    last = p.page_end if p.page is not None else None
    return (name, p.file, p.page, last, printed_pages(p) or None, p.section, p.voice, p.theme, p.code, p.stance,
            p.coder, p.status, p.quote)  # fmt: skip


def relations_table(context: ReportContext) -> Table:
    """The propositions of the concept map, with the studies that state and deny them."""
    columns = (
        Column("source", message("From"), 28),
        Column("relation", message("Relation"), 20),
        Column("target", message("To"), 28),
        Column("kind", message("Kind"), 26, "link"),
        Column("studies", message("Stated in main studies: checked"), 10),
        Column("names", message("Studies: checked"), 44),
        Column("passages", message("Passages: checked"), 10),
        Column("provisional_studies", message("Stated in main studies: provisional"), 12),
        Column("provisional_names", message("Studies: provisional"), 44),
        Column("provisional_passages", message("Passages: provisional"), 12),
        Column("human_denying_studies", message("Denied in main studies: checked"), 10),
        Column("provisional_denying_studies", message("Denied in main studies: provisional"), 10),
        Column("denying_names", message("Studies that deny it"), 44),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (link.source, link.label.get(context.language), link.target, link.kind, *_stated(context, link.checked),
         *_stated(context, link.provisional), len(link.denying_studies), len(link.denying_provisional_studies),
         _names(context, dict.fromkeys((*link.denying_studies, *link.denying_provisional_studies))))
        for link in context.synthesis.concept_map.links
    )  # fmt: skip
    return Table("relations", message("Relations of the concept map"), columns, rows)


def _stated(context: ReportContext, of: tuple[tuple[str, ...], tuple[str, ...]]) -> tuple[int, str, int]:
    """How many studies, which, and how many passages."""
    studies, passages = of
    return len(studies), _names(context, studies), len(passages)


def _studies_of(context: ReportContext, passages: Iterable[str], status: str) -> int:
    """How many studies passages of one status come from."""
    return len({context.passages[id_].study for id_ in passages if context.passages[id_].status == status})


def cooccurrence_table(context: ReportContext) -> Table:
    """Pairs of codes that stand together: no relation, and least of all a causal one."""
    columns = (
        Column("code", message("Code"), 28),
        Column("with", message("together with"), 28),
        Column("status", message("Status"), 13, "status"),
        Column("studies", message("Main studies"), 10),
        Column("names", message("Studies"), 60),
    )
    concept_map = context.synthesis.concept_map
    rows = tuple(
        (a, b, status, len(studies), _names(context, studies))
        for status, pairs in (("human", concept_map.cooccurrence_human), ("provisional", concept_map.cooccurrence))
        for a, b, studies in pairs
    )
    return Table("cooccurrence", message("Codes that stand together (no causal relation)"), columns, rows)


def added_table(context: ReportContext) -> Table:
    """What eligible studies that were not chosen would add or contradict."""
    columns = (
        Column("code", message("Code"), 28),
        Column("study", message("Study"), 26),
        Column("effect", message("Effect"), 14, "effect"),
        Column("status", message("Status"), 13, "status"),
    )
    rows = tuple(
        (value.code, context.study_name(study), effect, "provisional" if study in value.provisional else "human")
        for value in context.synthesis.added
        for effect, studies in (("adds", value.adds), ("contradicts", value.contradicts))
        for study in studies
    )
    return Table("added", message("What eligible studies that were not chosen would add"), columns, rows)


def searches_table(context: ReportContext) -> Table:
    """The searches as people recorded them."""
    columns = (
        Column("database", message("Database"), 26),
        Column("interface", message("Interface"), 20),
        Column("query", message("Search words"), 80),
        Column("date", message("Date"), 12),
        Column("limits", message("Limits"), 40),
        Column("hits", message("Hits"), 9),
        Column("exported", message("Exported"), 9),
        Column("file", message("File"), 34),
        Column("person", message("Person"), 16),
    )
    rows = tuple(
        (s.database, s.interface, s.query, s.date, s.limits, s.hits, s.exported, s.file, s.person)
        for s in logged_searches(context.ledger.of_kind("search"))
    )
    return Table("searches", message("Searches as recorded"), columns, rows)


def flow_table(context: ReportContext) -> Table:
    """The boxes of the flow with their reasons; a row without reason is the box itself."""
    columns = (
        Column("box", message("Box"), 26),
        Column("label", message("Label"), 50),
        Column("reason", message("Reason"), 40),
        Column("count", message("Count"), 9),
        Column("provisional", message("of which no person has decided"), 14),
    )
    return Table("flow", message("Flow diagram"), columns, tuple(_flow_rows(context)))


def _flow_rows(context: ReportContext) -> Iterator[tuple[Value, ...]]:
    for key, box in context.synthesis.flow.boxes.items():
        label = word(context.catalogue, "flow", key)
        yield key, label, "", box.count, box.provisional
        for reason, count in box.reasons:
            yield key, label, criterion_label(context, reason), count, None


def criterion_label(context: ReportContext, reason: str) -> str:
    """A criterion's label for its id, a word for a reason of our own; another reason as it is."""
    return reason_labels(context).get(reason) or word(context.catalogue, "reason", reason)


def reason_labels(context: ReportContext) -> dict[str, str]:
    """Criterion → that it is not met, by its label; and the words for reasons that are no criteria."""
    own = {id_: word(context.catalogue, "reason", id_) for id_ in ids_of("reason")}
    labels = {c.id: c.label.get(context.language) or c.id for c in context.protocol.criteria}
    _ = context.catalogue.gettext
    return {**own, **{id_: _("Not met: {criterion}", criterion=label) for id_, label in labels.items()}}


def verdicts_table(context: ReportContext) -> Table:
    """Every verdict on every report, with its first evidence and what stands for the report; a column tells the
    paragraph where a report has no pages."""
    columns: tuple[Column, ...] = (
        Column("report", message("Report"), 20),
        Column("name", message("Study or title"), 40),
        Column("criterion", message("Criterion"), 20),
        Column("state", message("Verdict"), 14, "state"),
        Column("why", message("Why"), 60),
        Column("page", message("PDF page"), 8),
        Column("evidence", message("Evidence"), 70),
        Column("maker", message("Made by"), 14),
        Column("decision", message("What stands"), 14, "decision"),
        Column("decision_status", message("Status"), 13, "status"),
        Column("waiting", message("Waiting for persons"), 10),
    )
    rows = tuple(_verdict_rows(context))
    if not all(context.documents[report].pages for report in context.verdicts if report in context.documents):
        columns = (*columns, Column("paragraph", message("Paragraph"), 9))
        rows = tuple(
            (*row, _paragraph(context, report, verdict))
            for row, (report, verdict) in zip(rows, _verdicts(context), strict=True)
        )
    return Table("verdicts", message("Verdicts on the criteria"), columns, rows)


def _verdicts(context: ReportContext) -> Iterator[tuple[str, Verdict]]:
    return ((report, verdict) for report, verdicts in context.verdicts.items() for verdict in verdicts)


def _paragraph(context: ReportContext, report: str, verdict: Verdict) -> int | None:
    """The paragraph of a verdict's first evidence, in a document without pages."""
    document = context.documents.get(report)
    first = verdict.evidence[0] if verdict.evidence else None
    if document is None or first is None or first.end <= first.start:
        return None
    numbers = paragraph_numbers(document, first.start, first.end)
    return numbers[0] if numbers else None


def _verdict_rows(context: ReportContext) -> Iterator[tuple[Value, ...]]:
    for report, verdicts in context.verdicts.items():
        standing = context.standings.get(report)
        decision = standing.decision if standing else ""
        status = ("provisional" if standing.provisional else "human") if standing else ""
        waiting = standing.waiting if standing else 0
        for verdict in verdicts:
            first = verdict.evidence[0] if verdict.evidence else None
            yield (report, context.report_name(report), verdict.criterion, verdict.state,
                   context.catalogue.text(verdict.why), first.page if first else None,
                   " ".join(first.quote.split()) if first else "", verdict.maker, decision, status,
                   waiting)  # fmt: skip


def _pages(file: FileStatus) -> int | None:
    """How many pages a file has; none are told of a file that was read and is of a kind without."""
    return file.pages if file.pages or file.status != "ready" else None


def files_table(context: ReportContext) -> Table:
    """Each document of the corpus with its status, then the files that are not used."""
    columns = (
        Column("file", message("File"), 50),
        Column("status", message("Status"), 24, "file"),
        Column("reason", message("Reason"), 60),
        Column("pages", message("Pages"), 8),
        Column("report", message("Report"), 18),
        Column("sha256", message("SHA-256"), 66),
    )
    rows = tuple(
        (f.path, f.status, context.catalogue.text(f.why) if f.reason else "", _pages(f), f.report, f.sha256)
        for f in context.files
    )
    unused = tuple((f.path, "unused", context.catalogue.text(f.why), None, "", f.sha256) for f in context.unused)
    return Table("files", message("Files of the corpus"), columns, (*rows, *unused))


def records_table(context: ReportContext) -> Table:
    """Each record of the search exports; a duplicate names the record that stands for it."""
    columns = (
        Column("id", message("Id"), 16),
        Column("place", message("Place in the export"), 34),
        Column("database", message("Database"), 26),
        Column("kind", message("Type"), 10),
        Column("title", message("Title"), 70),
        Column("authors", message("Authors"), 40),
        Column("year", message("Year"), 7),
        Column("venue", message("Appeared in"), 40),
        Column("doi", message("DOI"), 26),
        Column("url", message("Link"), 26),
        Column("duplicate_of", message("Duplicate of"), 16),
        Column("report", message("Report"), 18),
    )
    stands = {member: group.members[0] for group in context.duplicates for member in group.members[1:]}
    report = {match.entry: match.report for match in context.matches}
    rows = tuple(
        (r.id, r.place, r.database or export.database, r.kind, r.title, "; ".join(r.authors), r.year, r.venue, r.doi,
         r.url, stands.get(r.id, ""), report.get(stands.get(r.id, r.id), ""))
        for export in context.exports
        for r in export.records
    )  # fmt: skip
    return Table("records", message("Records of the search exports"), columns, rows)


def agreement_table(rows: Iterable[Agreement], catalogue: Catalogue) -> Table:
    """Coefficients with unit, number and interval; no words of approval."""
    columns = (
        Column("about", message("About"), 44),
        Column("by", message("Counted by"), 16, "agreement-by"),
        Column("round", message("Round"), 12),
        Column("codebook", message("Version of the codebook"), 14),
        Column("unit", message("Unit"), 12, "agreement-unit"),
        Column("uncoded", message("Uncoded text counts"), 10),
        Column("coefficient", message("Coefficient"), 26, "coefficient"),
        Column("value", message("Value"), 10),
        Column("low", message("Interval from"), 12),
        Column("high", message("to"), 10),
        Column("n", message("n"), 8),
        Column("raters", message("People"), 8),
        Column("documents", message("Documents"), 8),
        Column("note", message("To be said with it"), 70),
    )
    made = tuple(
        (catalogue.text(a.about), a.by, a.round, a.codebook, a.counted or "decision", int(a.uncoded), a.coefficient,
         a.value, a.low, a.high, a.n, a.raters, a.documents, " ".join(map(catalogue.text, a.notes)))
        for a in rows
    )  # fmt: skip
    return Table("agreement", message("Agreement between coders"), columns, made)


def conflicts_table(context: ReportContext) -> Table:
    """Where persons differ, and how it was settled."""
    columns = (
        Column("about", message("About"), 60),
        Column("stage", message("Stage"), 16, "stage"),
        Column("said", message("Who said what"), 60, JUDGED),
        Column("by", message("Settled by"), 18),
        Column("outcome", message("Outcome"), 34, JUDGED),
        Column("reason", message("Reason"), 60),
    )
    rows = tuple(
        (
            f"{c.name}: “{c.quote}”" if c.quote else c.name,
            c.stage,
            "; ".join(f"{person}: {what}" for person, what in c.said),
            c.by,
            c.outcome,
            c.reason,
        )
        for c in context.synthesis.conflicts
    )
    return Table("conflicts", message("Differences between persons"), columns, rows)


def memos_table(context: ReportContext) -> Table:
    """The memos that stand."""
    columns = (
        Column("person", message("Person"), 16),
        Column("at", message("When"), 26),
        Column("kind", message("Kind"), 16, "memo"),
        Column("target", message("On"), 26),
        Column("text", message("Memo"), 100),
    )
    rows = tuple((m.person, m.at, m.kind, m.target, m.text) for m in context.synthesis.memos)
    return Table("memos", message("Memos"), columns, rows)


def codebook_table(context: ReportContext) -> Table:
    """The codes with their definitions and rules."""
    columns = (
        Column("theme", message("Category"), 20),
        Column("code", message("Code"), 28),
        Column("label_id", message("Label in Indonesian"), 36),
        Column("label_en", message("Label in English"), 36),
        Column("definition", message("Definition"), 70),
        Column("use_when", message("Use when"), 50),
        Column("not_when", message("Not when"), 50),
    )
    rows = tuple(
        (c.theme, c.id, c.label.id, c.label.en, c.definition, c.use_when, c.not_when)
        for c in context.codebook.codes.values()
    )
    return Table("codebook", message("Codebook"), columns, rows)


def _names(context: ReportContext, studies: Iterable[str]) -> str:
    return "; ".join(context.study_name(study) for study in studies)


def _label(label: Label | None, language: str) -> str:
    return label.get(language) if label else ""
