"""Criteria of the protocol: a verdict of the machine on a record or a report, with evidence. Unclear is a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol as Shape

from msgspec.structs import replace

from litreview.coding.model import Codebook, Suggestion
from litreview.documents.headings import named_kinds
from litreview.documents.model import Document, FileStatus, Section
from litreview.errors import Message, Value, message
from litreview.protocol import Criterion, Protocol
from litreview.records.model import Record
from litreview.screening.case import Case, evidence_at
from litreview.screening.concepts import ConceptsCriterion
from litreview.screening.model import Evidence, Verdict

MAKER = "criteria 1"
SECTION_WORDS = 50  # fewer are a heading alone, or a line in its place
BODY_WORDS = 1000  # fewer are an abstract alone; a longer report may tell its results under other headings
_TOLD = frozenset({"body", "list", "quote"})
_TOLD_TOGETHER = frozenset({"results", "discussion"})
_OPEN = frozenset({"other", "introduction"})
_NAMED = frozenset({"introduction", "method", "results", "discussion", "conclusion"})


class CriterionKind(Shape):
    """A kind of criterion: how it judges a record by its fields, and a report by its text."""

    kind: str

    def on_record(self, criterion: Criterion, record: Record, protocol: Protocol) -> Verdict:
        """A verdict at title and abstract."""
        ...

    def on_report(self, criterion: Criterion, case: Case) -> Verdict:
        """A verdict at full text."""
        ...


class YearCriterion:
    """The year of the issue lies in a range; a bound that is missing does not bind."""

    kind = "year"

    def on_record(self, criterion: Criterion, record: Record, protocol: Protocol) -> Verdict:
        """The record's year."""
        if record.year is None:
            return Verdict(criterion.id, "unclear", message("The record tells no year."))
        return _year_verdict(criterion, record.year, (Evidence(quote=str(record.year), field="year"),))

    def on_report(self, criterion: Criterion, case: Case) -> Verdict:
        """The issue's year as printed, and the record's; where one lies inside and one outside it is unclear."""
        printed, evidence = _printed_years(case.document)
        told = case.record.year if case.record is not None else None
        if told is not None:
            evidence.append(Evidence(quote=str(told), field="year"))
        if not printed and told is None:
            return Verdict(criterion.id, "unclear", message("No year was found, neither printed nor in a record."))
        sides = {_inside(criterion, year) for year in (*printed, told) if year is not None}
        if len(sides) == 1:
            return _year_verdict(criterion, printed[0] if printed else told or 0, tuple(evidence))
        if told is None:
            why = message("Several years are printed: {years}.", years=", ".join(map(str, printed)))
        else:
            why = message("The document says {printed}, the record {told}; one of them is out of the range.",
                          printed=", ".join(map(str, printed)), told=told)  # fmt: skip
        return Verdict(criterion.id, "unclear", why, tuple(evidence))


def _printed_years(document: Document) -> tuple[list[int], list[Evidence]]:
    """The issue's year as the document prints it, or every candidate where none is sure, with the words that tell it:
    in the text, or in a running head that is no part of it."""
    metadata = document.metadata
    sure = [metadata.year] if metadata.year is not None else list(metadata.years)
    dated = [one for one in sure if one.value.isdigit()]
    years = list(dict.fromkeys(int(one.value) for one in dated))
    return years, [evidence_at(document, one.start, one.end) if one.end > one.start else Evidence(quote=one.value)
                   for one in dated]  # fmt: skip


def _inside(criterion: Criterion, year: int) -> bool:
    return (criterion.from_year or year) <= year <= (criterion.to_year or year)


def _year_verdict(criterion: Criterion, year: int, evidence: tuple[Evidence, ...]) -> Verdict:
    """Met or unmet by one year."""
    if _inside(criterion, year):
        return Verdict(criterion.id, "met", message("Published {year}.", year=year), evidence)
    first, last = criterion.from_year, criterion.to_year
    if first is not None and year < first:
        why = message("Published {year}, before {first}.", year=year, first=first)
    else:
        why = message("Published {year}, after {last}.", year=year, last=last or year)
    return Verdict(criterion.id, "unmet", why, evidence)


class SectionsCriterion:
    """Sections of some kinds are there, with text under them."""

    kind = "sections"

    def on_record(self, criterion: Criterion, record: Record, protocol: Protocol) -> Verdict:
        """A record cannot tell."""
        return Verdict(criterion.id, "unclear", message("Only the full text can tell."))

    def on_report(self, criterion: Criterion, case: Case) -> Verdict:
        """Headings of each kind with enough text. Unreadable parts leave it unclear; so do a heading that hardly any
        text follows, and a full paper that has some of the kinds, or headings that tell none: what is asked for may
        stand there."""
        words: dict[str, int] = {kind: words_under(case.document, kind) for kind in criterion.require}
        missing = tuple(kind for kind, count in words.items() if count < SECTION_WORDS)
        evidence = tuple(_headings(case.document, criterion.require))
        if not missing:
            why = message("Has text under {sections}.", sections=criterion.require)
            return Verdict(criterion.id, "met", why, evidence)
        if case.unreadable:
            why = message("No text was found under {sections}, but parts of the report cannot be read.",
                          sections=missing)  # fmt: skip
            return Verdict(criterion.id, "unclear", why, evidence)
        doubt = _hardly_told(case.document, words, missing) or _doubt(case.document, words, missing)
        if doubt is not None:
            return Verdict(criterion.id, "unclear", doubt, evidence or tuple(_open_headings(case.document)))
        why = message("No section with text was found for {sections}.", sections=missing)
        return Verdict(criterion.id, "unmet", why, evidence)


def words_under(document: Document, kind: str) -> int:
    """Words of told text (no headings, tables, captions, notes) in sections of a kind; the parts of a structured
    abstract are none."""
    inside = set(_sections_of(document, kind))
    return sum(
        len(document.text[paragraph.start : paragraph.end].split())
        for paragraph in document.paragraphs
        if paragraph.section in inside and paragraph.kind in _TOLD
    )


def _sections_of(document: Document, kind: str) -> list[int]:
    """Numbers of the sections of a kind, without the parts of a structured abstract."""
    abstracts = [section for section in document.sections if "abstract" in section.kinds]
    return [
        number
        for number, section in enumerate(document.sections)
        if kind in section.kinds and not any(a.start < section.start < a.end for a in abstracts)
    ]


def _headings(document: Document, kinds: Sequence[str]) -> list[Evidence]:
    """The headings of the outermost sections of some kinds."""
    found: list[Evidence] = []
    reached = 0
    for section in document.sections:
        if section.start >= reached and not set(kinds).isdisjoint(section.kinds) and section.heading:
            found.append(_heading_of(document, section))
            reached = section.end
    return found


def _heading_of(document: Document, section: Section) -> Evidence:
    return evidence_at(document, section.start, min(section.start + len(section.heading), section.end))


def _hardly_told(document: Document, words: Mapping[str, int], missing: tuple[str, ...]) -> Message | None:
    """The heading of a kind that hardly any text follows: its text may have been lost in reading, or stand under other
    headings. None where no kind has a heading."""
    found = ((kind, document.sections[number]) for kind in missing for number in _sections_of(document, kind))
    kind, section = next(((kind, section) for kind, section in found if section.heading), ("", None))
    if section is None:
        return None
    heading = _heading_of(document, section)
    told: dict[str, Value] = {"heading": heading.quote, "words": words[kind], "sections": missing}
    if heading.page is None:
        return message("The heading “{heading}” is there, but hardly any text follows it ({words} words). Look there"
                       " for {sections}.", **told)  # fmt: skip
    return message("The heading “{heading}” is on PDF page {page}, but hardly any text follows it ({words} words)."
                   " Look there for {sections}.", page=heading.page, **told)  # fmt: skip


def _doubt(document: Document, words: Mapping[str, int], missing: tuple[str, ...]) -> Message | None:
    """Why a long text may hold what no heading of its tells; None where it is short, or clearly lacks it."""
    if len(document.text.split()) < BODY_WORDS:
        return None
    if all(_NAMED.isdisjoint(section.kinds) for section in document.sections):
        return message("No headings were recognised in a long text; look for {sections}.", sections=missing)
    told = [kind for kind in words if kind not in missing]
    if not _TOLD_TOGETHER.isdisjoint(told) and _TOLD_TOGETHER.issuperset(missing):
        return message("Has text under {told}, but no heading for {sections}; they may be told together.",
                       told=tuple(told), sections=missing)  # fmt: skip
    if _open_headings(document):
        return message("Some headings of a long text tell no kind of section; look there for {sections}.",
                       sections=missing)  # fmt: skip
    return None


def _open_headings(document: Document) -> list[Evidence]:
    """Headings, with text under them, that tell by their words no kind of section: in a text without chapters for
    theory and method around them they may be results."""
    found = []
    for number, section in enumerate(document.sections):
        if section.heading and section.kinds[0] in _OPEN and not named_kinds(section.heading):
            told = [one for one in document.paragraphs if one.section == number and one.kind in _TOLD]
            if sum(len(document.text[one.start : one.end].split()) for one in told) >= SECTION_WORDS:
                found.append(_heading_of(document, section))
    return found


class PersonCriterion:
    """What a person alone can judge; the machine shows passages and says at most "likely"."""

    kind = "person"

    def on_record(self, criterion: Criterion, record: Record, protocol: Protocol) -> Verdict:
        """A record cannot tell."""
        return Verdict(criterion.id, "unclear", message("A person judges this, from the full text."))

    def on_report(self, criterion: Criterion, case: Case) -> Verdict:
        """Always unclear; candidate passages are the suggestions of the themes shown, where evidence counts."""
        passages = candidate_passages(criterion, case)
        evidence = tuple(evidence_at(case.document, start, end) for start, end in passages)
        if not evidence:
            return Verdict(criterion.id, "unclear", message("A person judges this; no candidate passage was found."))
        why = message("Likely: {count} candidate passages. A person judges this.", count=len(evidence))
        return Verdict(criterion.id, "unclear", why, evidence)


def without_candidates(verdicts: Sequence[Verdict], protocol: Protocol) -> tuple[Verdict, ...]:
    """Verdicts that show no candidate passages, for a report whose suggestions its coders must not see yet."""
    judged = {one.id for one in protocol.criteria if one.kind == "person"}
    why = message("A person judges this. Candidate passages are shown once all coders have finished.")
    return tuple(replace(one, why=why, evidence=()) if one.criterion in judged else one for one in verdicts)


def candidate_passages(criterion: Criterion, case: Case) -> list[tuple[int, int]]:
    """Offsets of suggested passages of the criterion's themes in the sections and voices that count, in text order."""
    codes = {code.id for theme in case.codebook.themes if theme.id in criterion.shows for code in theme.codes}
    rule = case.protocol.synthesis
    found = set()
    for one in case.suggestions:
        if one.code in codes and one.stance == "supports" and one.voice in rule.voices:
            section = case.document.section_at(one.start)
            if section is not None and not set(rule.sections).isdisjoint(section.kinds):
                found.add((one.start, one.end))
    return sorted(found)


CRITERION_KINDS: tuple[CriterionKind, ...] = (
    YearCriterion(),
    SectionsCriterion(),
    ConceptsCriterion(),
    PersonCriterion(),
)
_BY_KIND = {kind.kind: kind for kind in CRITERION_KINDS}


def record_verdicts(record: Record, protocol: Protocol) -> tuple[Verdict, ...]:
    """A verdict at title and abstract for each criterion, in the protocol's order."""
    return tuple(_BY_KIND[one.kind].on_record(one, record, protocol) for one in protocol.criteria)


def report_verdicts(
    document: Document,
    record: Record | None,
    protocol: Protocol,
    suggestions: Sequence[Suggestion] = (),
    codebook: Codebook | None = None,
    files: Sequence[FileStatus] = (),
) -> tuple[Verdict, ...]:
    """A verdict at full text for each criterion, in the protocol's order. `codebook` tells the themes of suggestions,
    `files` whether a part of the report could not be read."""
    case = Case(document, record, protocol, suggestions, codebook or Codebook(), tuple(files))
    return tuple(_BY_KIND[one.kind].on_report(one, case) for one in protocol.criteria)
