"""A review at one state: what each stage found, computed in order from inputs, ledger and index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import msgspec

from litreview.coding.model import Suggestion
from litreview.documents.frozen_folder import FrozenTexts, read_frozen
from litreview.documents.model import Document, FileStatus, UnusedFile
from litreview.documents.page_numbers import numbers_told, with_page_numbers
from litreview.documents.readings import Documents, Readings, readings_of
from litreview.documents.texts import Texts, choose_texts, with_names_here
from litreview.errors import Message, message
from litreview.index import Index
from litreview.ledger import Judgment, Ledger, conflicts
from litreview.pipeline.copies import counted_once, tell_copies, told_twice
from litreview.pipeline.history import history_notices, named, protocol_of
from litreview.pipeline.opened import Opened
from litreview.pipeline.progress import Progress
from litreview.pipeline.reading import (
    Fresh,
    Report,
    Suggested,
    find_prose,
    find_reports,
    read_background,
    read_documents,
    read_exports,
    suggest_codes,
)  # fmt: skip
from litreview.pipeline.scan import CorpusFile, idle_sources, remember_read
from litreview.pipeline.searchable import keep_page_numbers, keep_searched
from litreview.pipeline.unused import find_unused, tell_unused
from litreview.protocol import FULL_TEXT, TITLE_ABSTRACT, MainStudiesRule, Protocol
from litreview.records.combine import entries
from litreview.records.copies import find_copies
from litreview.records.dedupe import find_duplicates
from litreview.records.fields import file_title
from litreview.records.match import match_reports
from litreview.records.model import (
    Copy,
    DuplicateGroup,
    Entry,
    Export,
    Match,
    Record,
    RecordPair,
    ReportFacts,
    Study,
    UnsureMatch,
)
from litreview.records.read import distinct_exports
from litreview.records.search_log import disagreements, logged_searches
from litreview.records.studies import join_reports
from litreview.screening.amendments import doubted_decisions
from litreview.screening.criteria import record_verdicts, report_verdicts, without_candidates
from litreview.screening.decisions import goes_on, standing_decision, with_overrides
from litreview.screening.facts import candidate, report_facts, study_states, with_record
from litreview.screening.main_studies import choose_main_studies
from litreview.screening.model import Candidate, Choice, Standing, Verdict
from litreview.synthesis.build import build_synthesis
from litreview.synthesis.flow import FlowInput, FlowReport, compute_flow
from litreview.synthesis.inputs import ReportInput, StudyInput, SynthesisInput
from litreview.synthesis.model import Flow, LookAgain, Synthesis
from litreview.teamwork.blind import by_name, hidden_places, seen_by
from litreview.teamwork.model import Seen
from litreview.teamwork.notices import team_notices
from litreview.teamwork.team import Team

_SHARED_FIELDS = tuple(f for f in ReportInput.__struct_fields__ if f in Record.__struct_fields__)


class Found(msgspec.Struct, frozen=True):
    """Records: the exports, groups of duplicates, entries, and each entry's reports."""

    exports: tuple[Export, ...]
    groups: tuple[DuplicateGroup, ...]
    unsure_duplicates: tuple[RecordPair, ...]
    one_study: tuple[RecordPair, ...]  # entries that may be two reports of one study
    entries: tuple[Entry, ...]
    matches: tuple[Match, ...]
    unsure_matches: tuple[UnsureMatch, ...]


class State:
    """The stages' findings, each computed when first asked for, from those before it."""

    def __init__(
        self, opened: Opened, files: Sequence[CorpusFile], ledger: Ledger, index: Index, progress: Progress
    ) -> None:
        self.opened = opened
        self.protocol = opened.protocol
        self._given = ledger
        self.files = files
        self._index = index
        self._progress = progress

    @cached_property
    def exports(self) -> tuple[Export, ...]:
        """Stage 1: search exports as read."""
        return distinct_exports(read_exports(self.opened.root, self.files, self._index, self._progress))

    @cached_property
    def unused(self) -> tuple[UnusedFile, ...]:
        """Files of the corpus that nothing is made of."""
        return find_unused(self.files, self.reports, self.exports)

    @property
    def idle_sources(self) -> list[Message]:
        """Sources of the protocol that name no file: what they would take out of the studies stays in."""
        return idle_sources(self.files, self.protocol.sources)

    @cached_property
    def reports(self) -> list[Report]:
        """Reports of the corpus, of every role."""
        return find_reports(self.files, find_prose(self.opened.root, self.files, self._index))

    @cached_property
    def study_reports(self) -> list[Report]:
        """Reports whose role is study: only these can enter flow and synthesis."""
        return [report for report in self.reports if report.role == "study"]

    @cached_property
    def _fresh(self) -> Fresh:
        return read_documents(self.opened.root, self.reports, self._index, self._progress)

    @property
    def fresh(self) -> Readings:
        """Stage 2: every report as this computer reads it."""
        return self._fresh.readings

    @cached_property
    def frozen(self) -> FrozenTexts:
        """The texts that are kept with the judgments."""
        return read_frozen(self.opened.root / "judgments")

    @cached_property
    def texts(self) -> Texts:
        """Which text of each report the review works on: a frozen one goes before a fresh one."""
        chosen = choose_texts(self.fresh, self.frozen.texts, self._given)
        remember_read(self.files, self._index)
        keep_searched(self._index, readings_of(chosen.read), self._fresh.keys, chosen.in_use)
        return chosen

    @cached_property
    def ledger(self) -> Ledger:
        """The judgments, with the ids that reports have here."""
        return with_names_here(self._given, self.texts.aliases)

    @property
    def read(self) -> Readings:
        """Every report as the review reads it."""
        return readings_of(self.texts.read)

    @cached_property
    def documents(self) -> Documents:
        """Readable reports by id, with the page numbers that people told; each is loaded when it is asked for."""
        documents = Documents(self.read, self._numbered if self.numbers_told else None)
        keep_page_numbers(self._index, documents, self.numbers_told)
        return documents

    @cached_property
    def numbers_told(self) -> dict[str, list[Judgment]]:
        """What people told of printed page numbers, by file."""
        return numbers_told(self.ledger.standing)

    def _numbered(self, report: str, document: Document) -> Document:
        return with_page_numbers(document, self.read.briefs[report].files, self.numbers_told)

    @cached_property
    def statuses(self) -> tuple[FileStatus, ...]:
        """Each file's status, by path."""
        every = [status for brief in self.read.briefs.values() for status in brief.files]
        return tuple(sorted(every, key=lambda status: status.path))

    @cached_property
    def found(self) -> Found:
        """Stage 1, second half: duplicates linked, reports matched."""
        records = [record for export in self.exports for record in export.records]
        same = find_duplicates(records, self.ledger.standing)
        unique = entries(records, same.groups)
        matches, unsure_matches = match_reports(unique, list(self._own_facts.values()), self.ledger.standing)
        return Found(self.exports, same.groups, same.unsure, same.studies, tuple(unique), tuple(matches),
                     tuple(unsure_matches))  # fmt: skip

    @cached_property
    def _own_facts(self) -> dict[str, ReportFacts]:
        """What is known of each report of role study from its own text."""
        paths = {report.id: [file.path for file in report.files] for report in self.study_reports}
        return {id_: report_facts(id_, files, self.documents.get(id_)) for id_, files in paths.items()}

    @cached_property
    def facts(self) -> dict[str, ReportFacts]:
        """The same, with what each report's record tells."""
        return {id_: with_record(facts, self.record_of(id_)) for id_, facts in self._own_facts.items()}

    @cached_property
    def copies(self) -> list[Copy]:
        """Reports with the title, first author and text of an earlier one."""
        return find_copies(list(self.facts.values()), self._text_of, self.ledger.standing)

    def _text_of(self, report: str) -> str:
        document = self.documents.get(report)
        return document.text if document is not None else ""

    @cached_property
    def entry_of(self) -> dict[str, Entry]:
        """The entry of each matched report."""
        by_id = {entry.id: entry for entry in self.found.entries}
        return {match.report: by_id[match.entry] for match in self.found.matches}

    @cached_property
    def suggestions(self) -> dict[str, tuple[Suggestion, ...]]:
        """Stage 3: suggestions by report."""
        return {report: found.suggestions for report, found in self._suggested.items()}

    @cached_property
    def _suggested(self) -> dict[str, Suggested]:
        opened = self.opened
        kept = {report: frozen.reading for report, frozen in self.texts.in_use.items()}
        return suggest_codes(opened.root, self.documents, kept, opened.codebook, self._index, self._progress)

    @cached_property
    def shown_suggestions(self) -> dict[str, tuple[Suggestion, ...]]:
        """Suggestions that outputs may show: none on a double-coding sample that its coders have not finished."""
        found = {}
        for report, suggestions in self.suggestions.items():
            hidden = hidden_places(self.team, "", report)
            found[report] = tuple(s for s in suggestions if not any(one.covers(s.start, s.end) for one in hidden))
        return found

    @cached_property
    def team(self) -> Team:
        """Who judges what, and how far they are."""
        return Team(self.protocol, self.ledger.standing)

    @cached_property
    def targets(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """What there is to screen, with all the ids under which people may have judged it."""
        return {
            TITLE_ABSTRACT: {entry.id: entry.members for entry in self.found.entries},
            FULL_TEXT: {report.id: self._names_of(report.id) for report in self.study_reports},
        }

    @cached_property
    def seen(self) -> Seen:
        """The ledger as outputs may show it: without judgments on what is blind and not judged by all yet."""
        return seen_by(self.ledger, self.team, self.targets)

    def seen_as(self, person: str) -> Ledger:
        """The ledger as a person may see it: their own judgments too."""
        return seen_by(self.ledger, self.team, self.targets, person).ledger

    @cached_property
    def _decided(self) -> dict[tuple[str, str], list[Judgment]]:
        """Decisions and adjudications that may be shown, by stage and id."""
        found: dict[tuple[str, str], list[Judgment]] = {}
        for one in self.seen.ledger.of_kind("decision", "adjudication"):
            found.setdefault((str(one.body.get("stage", "")), str(one.body.get("target", ""))), []).append(one)
        return found

    @cached_property
    def _overrides(self) -> tuple[Judgment, ...]:
        return self.seen.ledger.of_kind("verdict-override")

    @cached_property
    def record_verdicts(self) -> dict[str, tuple[Verdict, ...]]:
        """Stage 4 at title and abstract, by entry."""
        judged = self._overrides
        return {
            entry.id: with_overrides(record_verdicts(entry.record, self.protocol), judged, entry.members)
            for entry in self.found.entries
        }

    @cached_property
    def verdicts(self) -> dict[str, tuple[Verdict, ...]]:
        """Stage 4 at full text, by readable report of role study."""
        readable = [report.id for report in self.study_reports if report.id in self.documents]
        return {report: self._verdicts_on(report) for report in readable}

    @cached_property
    def record_standings(self) -> dict[str, Standing]:
        """Stage 5 at title and abstract, by entry."""
        return {
            entry.id: self._standing(TITLE_ABSTRACT, entry.id, self.record_verdicts[entry.id])
            for entry in self.found.entries
        }

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Stage 5 at full text, by report that was assessed."""
        return {
            report: self._standing(FULL_TEXT, report, verdicts)
            for report, verdicts in self.verdicts.items()
            if self.is_assessed(report)
        }

    @cached_property
    def studies(self) -> tuple[Study, ...]:
        """Included studies: reports that stand as included, joined where they tell of one study."""
        included = [id_ for id_ in self.facts if id_ in self.standings and goes_on(self.standings[id_])]
        facts = [self.facts[id_] for id_ in included]
        return tuple(join_reports(facts, self.found.matches, self.ledger.standing, self.copies, self.found.one_study))

    @cached_property
    def doubted(self) -> tuple[LookAgain, ...]:
        """Every decision to look at again, since the protocol has changed after it."""
        kept = self.opened.root / "judgments"
        hashes = {version for _, version in named(self.ledger.standing, "protocol")}
        read = {version: protocol_of(kept, version) for version in sorted(hashes)}
        versions = {version: old for version, old in read.items() if old is not None}
        decisions = self.ledger.of_kind("decision", "adjudication")
        return tuple(
            LookAgain(one.judgment.id, one.judgment.person, str(one.judgment.body.get("stage", "")),
                      str(one.judgment.body.get("target", "")), str(one.judgment.body.get("decision", "")), one.why)
            for one in doubted_decisions(decisions, versions, self.protocol, self._verdicts_by)
        )  # fmt: skip

    def _verdicts_by(self, target: str, stage: str, protocol: Protocol) -> tuple[Verdict, ...]:
        """Verdicts on a target by some protocol; none where it is gone."""
        if stage == TITLE_ABSTRACT:
            entry = self._entries.get(target)
            return record_verdicts(entry.record, protocol) if entry else ()
        reports = by_name(self.targets[FULL_TEXT]).get(target, ())
        return next((self._found_on(report, protocol) for report in reports if report in self.documents), ())

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        """Entries by the ids of their records."""
        return {member: entry for entry in self.found.entries for member in entry.members}

    @cached_property
    def choice(self) -> Choice:
        """Stage 6: the main studies; all included ones where the protocol asks for no choice."""
        rule = self.protocol.main_studies
        if rule is None:
            return Choice(tuple(study.id for study in self.studies), asked=False)
        candidates = [self.candidate(study, rule) for study in self.studies]
        return choose_main_studies(candidates, rule.size, tuple(rule.differ_in), rule.seed, self.ledger.standing)

    @cached_property
    def synthesis(self) -> Synthesis:
        """Stage 7: tables, map, flow and narrative."""
        opened = self.opened
        twice = told_twice(self.copies, self.studies)
        inputs = SynthesisInput(
            protocol=opened.protocol,
            codebook=opened.codebook,
            documents=self.documents,
            suggestions={report: found for report, found in self.shown_suggestions.items() if report not in twice},
            studies=tuple(self._study_input(study) for study in self.studies),
            choice=self.choice,
            flow=self.flow,
            ledger=self.seen.ledger,
            targets=self.targets,
            titles=self._titles,
            background=read_background(opened.root, self.files),
            language=opened.language,
        )
        return build_synthesis(inputs)

    @cached_property
    def flow(self) -> Flow:
        """The PRISMA counts."""
        joined = (str(id_) for j in self.ledger.of_kind("duplicate-join") for id_ in j.body.get("records", ()))
        return compute_flow(
            FlowInput(
                exports=self.exports,
                groups=self.found.groups,
                entries=self.found.entries,
                matches=self.found.matches,
                reports=tuple(self._flow_report(report) for report in self.reports),
                record_standings=self.record_standings,
                report_standings=self.standings,
                studies=self.studies,
                choice=self.choice if self.choice.asked else None,
                joined=frozenset(joined),
                registers=frozenset(source.register for source in self.protocol.sources if source.register),
                copies=counted_once(self.copies, self.standings),
            )
        )

    def _flow_report(self, report: Report) -> FlowReport:
        source = report.files[0].source
        return FlowReport(report.id, self.read.briefs[report.id].files, source.found_by, source.role)

    def _report_input(self, report: str, copy_of: str) -> ReportInput:
        """The fields of a report's record; without one only that it is a thesis is known."""
        record = self.record_of(report)
        if record is None:
            return ReportInput(report, kind="THES" if self.facts[report].thesis else "", copy_of=copy_of)
        return ReportInput(report, **{name: getattr(record, name) for name in _SHARED_FIELDS}, copy_of=copy_of)

    def _verdicts_on(self, report: str) -> tuple[Verdict, ...]:
        found = self._found_on(report, self.protocol)
        if len(self.shown_suggestions[report]) < len(self.suggestions[report]):
            found = without_candidates(found, self.protocol)
        return with_overrides(found, self._overrides, self._names_of(report))

    def _found_on(self, report: str, protocol: Protocol) -> tuple[Verdict, ...]:
        return report_verdicts(
            self.documents[report],
            self.record_of(report),
            protocol,
            self.suggestions[report],
            self.opened.codebook,
            self.read.briefs[report].files,
        )

    def _standing(self, stage: str, target: str, verdicts: Sequence[Verdict]) -> Standing:
        names = self.targets[stage][target]
        waiting = self.team.screening(stage, target, names).outstanding
        said = [one for name in names for one in self._decided.get((stage, name), ())]
        automatic = [one.id for one in self.protocol.criteria if one.automatic and stage == TITLE_ABSTRACT]
        return standing_decision(names, stage, said, verdicts, self.protocol.stage_rule(stage), waiting, automatic)

    def _names_of(self, report: str) -> tuple[str, ...]:
        """The ids under which people may have judged a report: its own and its entry's."""
        entry = self.entry_of.get(report)
        return (report, *entry.members) if entry else (report,)

    def _study_input(self, study: Study) -> StudyInput:
        return StudyInput(
            id=study.id,
            reports=tuple(self._report_input(report, study.copies.get(report, "")) for report in study.reports),
            standing=self.standing_of(study),
            verdicts=study_states([self.verdicts[report] for report in study.reports]),
        )

    def record_of(self, report: str) -> Record | None:
        """The combined record of a report, if it has one."""
        entry = self.entry_of.get(report)
        return entry.record if entry else None

    def name_of(self, target: str) -> str:
        """A record or report as people know it: its title, else the name of its file, else its id."""
        return self._titles.get(target, target)

    @cached_property
    def _titles(self) -> dict[str, str]:
        found = {member: entry.record.title for member, entry in self._entries.items()}
        for report in self.reports:
            record = self.record_of(report.id)
            file = file_title([file.path for file in report.files])
            found[report.id] = self.read.briefs[report.id].title or (record.title if record is not None else "") or file
        return {target: title for target, title in found.items() if title}

    def is_assessed(self, report: str) -> bool:
        """Whether a report's entry, if it has one, was not excluded at title and abstract."""
        entry = self.entry_of.get(report)
        return entry is None or goes_on(self.record_standings[entry.id])

    def standing_of(self, study: Study) -> Standing:
        """What stands for a study: a person's decision on any of its reports goes before verdicts."""
        standings = [self.standings[report] for report in study.reports]
        return next((s for s in standings if not s.provisional), standings[0])

    def candidate(self, study: Study, rule: MainStudiesRule) -> Candidate:
        """A study as the choice of main studies sees it."""
        decided = not self.standing_of(study).provisional
        return candidate(study, self.documents, self.verdicts, rule, decided=decided)

    def notices(self) -> Iterable[Message]:
        """What a researcher should look at: an empty corpus, damaged lines of the ledger, unsure pairs."""
        yield from tell_unused(self.unused, nothing_else=not self.exports and not self.reports)
        yield from self.idle_sources
        yield from self.ledger.notices
        if self.ledger.needs_newer is not None:
            yield self.ledger.needs_newer
        yield from disagreements(logged_searches(self.ledger.of_kind("search")), self.exports)
        unsettled = sum(1 for one in conflicts(self.ledger.judgments) if one.settled_by is None)
        if unsettled:
            yield message("Earlier judgments that were replaced more than once, to be settled: {count}.",
                          count=unsettled)  # fmt: skip
        yield from self.frozen.notices
        yield from self.texts.notices
        names = {target: ids for known in self.targets.values() for target, ids in known.items()}
        yield from team_notices(self.team, self.ledger, names)
        yield from history_notices(self.ledger, self.opened)
        if self.found.unsure_duplicates:
            yield message("Pairs of records that may be duplicates, to be looked at: {count}.",
                          count=len(self.found.unsure_duplicates))  # fmt: skip
        if self.found.one_study:
            yield message("Pairs of records that may be two reports of one study (a thesis or preprint and its "
                          "article, a talk and its article): {count}.", count=len(self.found.one_study))  # fmt: skip
        left_out = sum(found.left_out for found in self._suggested.values())
        if left_out:
            yield message(
                "Suggestions left out, since their words do not stand together on the page: {count}.", count=left_out
            )
        for unsure in self.found.unsure_matches:
            yield unsure.why
        files = {report: ", ".join(facts.files[:1]) for report, facts in self.facts.items()}
        yield from tell_copies(self.copies, self.studies, files)
