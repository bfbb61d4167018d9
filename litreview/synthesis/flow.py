"""The flow of records and reports: counts as PRISMA 2020 has them, each with its items, checked by arithmetic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from litreview.documents.model import FileStatus
from litreview.errors import Message, message
from litreview.records.model import DuplicateGroup, Entry, Export, Match, Study
from litreview.screening.decisions import goes_on
from litreview.screening.model import Choice, Standing
from litreview.synthesis.model import Flow, FlowBox

NO_FILE, NOT_READABLE = "no-file", "not-readable"
UNDECIDED = Standing("maybe", provisional=True)
FOUND_BY = {"website": "website_results", "organisation": "organisation_results", "citation": "citations_results"}
DECIDED_BOXES = frozenset(
    {
        "duplicates",
        "records_screened",
        "records_excluded",
        "dbr_assessed",
        "dbr_excluded",
        "other_assessed",
        "other_excluded",
        "new_studies",
        "new_reports",
        "main_studies",
    }
)
IDENTIFIED = ("database_results", "register_results")
REMOVED = ("excluded_automatic", "excluded_other")  # before screening
OTHER_RESULTS = (*FOUND_BY.values(), "other_results")


class FlowReport(msgspec.Struct, frozen=True):
    """A report of the corpus for the flow: its files' statuses (with hashes), and how it was found (`website`,
    `organisation`, `citation`, or "" untold), which counts only where it has no record. Roles other than study stay
    out."""

    id: str
    files: tuple[FileStatus, ...] = ()
    found_by: str = ""
    role: str = "study"

    @property
    def readable(self) -> bool:
        """Whether any file has text."""
        return any(file.status == "ready" for file in self.files)


class FlowInput(msgspec.Struct, frozen=True):
    """What the flow is counted from. `record_standings` by entry (title and abstract), `report_standings` by report
    (full text); `joined`: record ids that people joined, whose groups are not provisional; `registers`: the sources
    that are registers and no databases, by name; `copies`: reports that are another file of an earlier one's
    publication and stand as it does, each with that report."""

    exports: tuple[Export, ...] = ()
    groups: tuple[DuplicateGroup, ...] = ()
    entries: tuple[Entry, ...] = ()
    matches: tuple[Match, ...] = ()
    reports: tuple[FlowReport, ...] = ()
    record_standings: dict[str, Standing] = {}
    report_standings: dict[str, Standing] = {}
    studies: tuple[Study, ...] = ()
    choice: Choice | None = None
    joined: frozenset[str] = frozenset()
    registers: frozenset[str] = frozenset()
    copies: dict[str, str] = {}


class _Arm(msgspec.Struct, frozen=True):
    """One arm from reports sought to reports kept. `report_of`: the report of each item sought, if it has any."""

    prefix: str
    sought: tuple[str, ...]
    report_of: dict[str, FlowReport]


def compute_flow(inputs: FlowInput) -> Flow:
    """The boxes of PRISMA 2020 by key, the main studies beneath, and faults where the arithmetic does not close.

    Items are record ids (identified, duplicates), entry ids (screened, sought, not retrieved) or report ids (assessed,
    excluded, included). An entry with several copies of its report counts once; so do reports with the same bytes, and
    copies with other bytes.
    """
    reports = distinct_reports(inputs.reports, inputs.matches, inputs.copies)
    by_entry = _report_of_entries(inputs.matches, reports)
    boxes = [*_identified(inputs), *_screened(inputs)]
    sought = tuple(entry.id for entry in inputs.entries if goes_on(_of_record(inputs, entry.id)))
    matched = {match.report for match in inputs.matches}
    others = {report.id: report for report in reports if report.id not in matched}
    boxes += _other_sources(others.values())
    kept: list[str] = []
    for arm in (_Arm("dbr", sought, by_entry), _Arm("other", tuple(others), others)):
        arm_boxes, arm_kept = _follow(arm, inputs.report_standings)
        boxes += arm_boxes
        kept += arm_kept
    boxes += _included(kept, inputs)
    flow = {box.key: box for box in boxes}
    return Flow(flow, tuple(faults(flow)))


def distinct_reports(
    reports: Iterable[FlowReport], matches: Iterable[Match], copies: Mapping[str, str] | None = None
) -> list[FlowReport]:
    """Reports of studies, those with the same bytes and copies of one publication once: the one with a record before
    others, else the first. Copies that were matched to two records both stay: each record has its report."""
    entry_of = {match.report: match.entry for match in matches}
    found: dict[tuple[str, ...], FlowReport] = {}
    for report in reports:
        if report.role != "study":
            continue
        content = _content(report)
        if content not in found or (report.id in entry_of and found[content].id not in entry_of):
            found[content] = report
    return _one_of_each(found.values(), entry_of, copies or {})


def _content(report: FlowReport) -> tuple[str, ...]:
    """The hashes of a report's files; its id where one is not known."""
    hashes = tuple(file.sha256 for file in report.files)
    return hashes if hashes and all(hashes) else (report.id,)


def _one_of_each(
    reports: Iterable[FlowReport], entry_of: Mapping[str, str], copies: Mapping[str, str]
) -> list[FlowReport]:
    """Reports of which those without a record are left out where another copy of their publication counts."""
    groups: dict[str, list[FlowReport]] = {}
    for report in reports:
        groups.setdefault(copies.get(report.id, report.id), []).append(report)
    kept = ([one for one in group if one.id in entry_of] or group[:1] for group in groups.values())
    return [report for group in kept for report in group]


def _report_of_entries(matches: Iterable[Match], reports: Sequence[FlowReport]) -> dict[str, FlowReport]:
    """The report that stands for each entry: of copies the first that can be read."""
    by_id = {report.id: report for report in reports}
    found: dict[str, FlowReport] = {}
    for match in matches:
        report = by_id.get(match.report)
        if report is not None and (match.entry not in found or (report.readable and not found[match.entry].readable)):
            found[match.entry] = report
    return found


def _of_record(inputs: FlowInput, entry: str) -> Standing:
    return inputs.record_standings.get(entry, UNDECIDED)


def _identified(inputs: FlowInput) -> list[FlowBox]:
    """Records by database and by register, and the duplicates among them."""
    of_registers = [export for export in inputs.exports if export.database in inputs.registers]
    of_databases = [export for export in inputs.exports if export.database not in inputs.registers]
    copies = tuple(member for group in inputs.groups for member in group.members[1:])
    by_machine = sum(member not in inputs.joined for member in copies)
    return [
        _found_in("database_results", of_databases),
        *([_found_in("register_results", of_registers)] if of_registers else []),
        FlowBox("duplicates", len(copies), items=copies, provisional=by_machine),
    ]


def _found_in(key: str, exports: Sequence[Export]) -> FlowBox:
    """The records of some exports, counted by where they were found."""
    by_source: Counter[str] = Counter()
    for export in exports:
        by_source[export.database or export.file] += len(export.records)
    records = tuple(record.id for export in exports for record in export.records)
    return FlowBox(key, len(records), tuple(by_source.items()), records)


def _screened(inputs: FlowInput) -> list[FlowBox]:
    """Records left out by the machine, where the protocol lets it; those screened; those excluded at title and
    abstract."""
    every = {entry.id: _of_record(inputs, entry.id) for entry in inputs.entries}
    standings = {entry: standing for entry, standing in every.items() if not standing.automatic}
    by_machine = tuple(entry for entry, standing in every.items() if standing.automatic)
    left_out = msgspec.structs.replace(_box_of("excluded_automatic", by_machine, every), provisional=0)
    entries = tuple(standings)
    excluded = tuple(entry for entry in entries if not goes_on(standings[entry]))
    open_ones = sum(standing.provisional for standing in standings.values())
    return [
        *([left_out] if by_machine else []),
        FlowBox("records_screened", len(entries), items=entries, provisional=open_ones),
        _box_of("records_excluded", excluded, standings),
    ]


def _box_of(key: str, items: Sequence[str], standings: Mapping[str, Standing]) -> FlowBox:
    """A box of excluded items with their reasons, the most frequent first."""
    reasons = Counter(standings[item].reason for item in items)
    ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    open_ones = sum(standings[item].provisional for item in items)
    return FlowBox(key, len(items), tuple(ordered), tuple(items), open_ones)


def _other_sources(others: Iterable[FlowReport]) -> list[FlowBox]:
    """Reports without a record, by how they were found."""
    found: dict[str, list[str]] = {key: [] for key in OTHER_RESULTS}
    for report in others:
        found[FOUND_BY.get(report.found_by, "other_results")].append(report.id)
    return [FlowBox(key, len(items), items=tuple(items)) for key, items in found.items()]


def _follow(arm: _Arm, standings: Mapping[str, Standing]) -> tuple[list[FlowBox], list[str]]:
    """The boxes of an arm, and the reports that it keeps."""
    why_not = {item: _why_not_retrieved(arm.report_of.get(item)) for item in arm.sought}
    lost = tuple(item for item in arm.sought if why_not[item])
    counts = Counter(why_not[item] for item in lost)
    reasons = tuple((reason, counts[reason]) for reason in (NO_FILE, NOT_READABLE) if counts[reason])
    assessed = tuple(arm.report_of[item].id for item in arm.sought if not why_not[item])
    of_report = {report: standings.get(report, UNDECIDED) for report in assessed}
    excluded = tuple(report for report in assessed if not goes_on(of_report[report]))
    open_ones = sum(standing.provisional for standing in of_report.values())
    boxes = [
        FlowBox(f"{arm.prefix}_sought_reports", len(arm.sought), items=arm.sought),
        FlowBox(f"{arm.prefix}_notretrieved_reports", len(lost), reasons, lost),
        FlowBox(f"{arm.prefix}_assessed", len(assessed), items=assessed, provisional=open_ones),
        _box_of(f"{arm.prefix}_excluded", excluded, of_report),
    ]
    return boxes, [report for report in assessed if report not in excluded]


def _why_not_retrieved(report: FlowReport | None) -> str:
    """Why a report counts as not retrieved; "" when it was."""
    if report is None or not report.files:
        return NO_FILE
    return "" if report.readable else NOT_READABLE


def _included(kept: Sequence[str], inputs: FlowInput) -> list[FlowBox]:
    """Studies and reports included, and the main studies among them."""
    of_study = {report: study.id for study in inputs.studies for report in study.reports}
    reports_of: dict[str, list[str]] = {}
    for report in kept:
        reports_of.setdefault(of_study.get(report, report), []).append(report)
    open_reports = {report for report in kept if inputs.report_standings.get(report, UNDECIDED).provisional}
    studies = [study.id for study in inputs.studies if study.id in reports_of]
    studies += [one for one in reports_of if one not in studies]
    open_studies = sum(open_reports.issuperset(reports_of[study]) for study in studies)
    boxes = [
        FlowBox("new_studies", len(studies), items=tuple(studies), provisional=open_studies),
        FlowBox("new_reports", len(kept), items=tuple(kept), provisional=len(open_reports)),
    ]
    if inputs.choice is not None:
        chosen = inputs.choice.chosen
        provisional = 0 if inputs.choice.confirmed_by else len(chosen)
        boxes.append(FlowBox("main_studies", len(chosen), items=chosen, provisional=provisional))
    return boxes


def faults(boxes: Mapping[str, FlowBox]) -> list[Message]:
    """What does not add up: each box is the one before it less what left it, and reasons are as many as their box."""

    def count(*keys: str) -> int:
        return sum(boxes[key].count for key in keys if key in boxes)

    kept = count("dbr_assessed", "other_assessed") - count("dbr_excluded", "other_excluded")
    expected = {
        "records_screened": count(*IDENTIFIED) - count("duplicates", *REMOVED),
        "dbr_sought_reports": count("records_screened") - count("records_excluded"),
        "dbr_assessed": count("dbr_sought_reports") - count("dbr_notretrieved_reports"),
        "other_sought_reports": count(*OTHER_RESULTS),
        "other_assessed": count("other_sought_reports") - count("other_notretrieved_reports"),
        "new_reports": kept,
    }
    found = [_not_closed(key, count(key), number) for key, number in expected.items() if count(key) != number]
    for box in boxes.values():
        reasons = sum(number for _, number in box.reasons)
        if box.reasons and reasons != box.count:
            found.append(message("The reasons in {box} are {reasons}, the box counts {count}.",
                                 box=box.key, count=box.count, reasons=reasons))  # fmt: skip
    if count("new_studies") > count("new_reports"):
        found.append(message("More studies than reports are included."))
    strangers = set(boxes["main_studies"].items if "main_studies" in boxes else ()) - set(boxes["new_studies"].items)
    if strangers:
        found.append(message("{count} main studies are not among the included.", count=len(strangers)))
    return found


def _not_closed(box: str, count: int, expected: int) -> Message:
    return message("The flow does not close at {box}: {count} are counted, {expected} follow from the boxes before.",
                   box=box, count=count, expected=expected)  # fmt: skip
