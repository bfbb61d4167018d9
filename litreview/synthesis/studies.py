"""Rows of studies: what they are, how they are named and cited."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec

from litreview.documents.model import Document, Found
from litreview.errors import Message, message
from litreview.language.catalogue import Catalogue
from litreview.protocol import Protocol
from litreview.records.fields import file_title
from litreview.screening.model import Choice
from litreview.synthesis.citations import Reference, csl_type, format_references
from litreview.synthesis.inputs import ReportInput, StudyInput, SynthesisInput, included_studies
from litreview.synthesis.model import ReportRow, Run, StudyRow
from litreview.synthesis.names import cite_report, give_suffixes, name_study
from litreview.synthesis.theses import thesis_kind
from litreview.synthesis.titles import best_spelling, prose, recase

LOCI = ("village", "district", "regency", "province")


def build_studies(inputs: SynthesisInput, coded: Collection[str] = ()) -> tuple[StudyRow, ...]:
    """A row for each included study, the main ones first. Fields of the record go before those of the document, a
    person's extractions (`StudyInput.values`) before both. People have `coded` the studies of these ids."""
    studies = included_studies(inputs)
    reports = [report for study in studies for report in study.reports]
    references = _references(reports, inputs)
    suffixes = give_suffixes([(_key(r), r.title) for r in references.values()])
    lettered = [msgspec.structs.replace(r, suffix=s) for r, s in zip(references.values(), suffixes, strict=True)]
    made_of = dict(zip(references, zip(lettered, format_references(lettered, inputs.spoken), strict=True), strict=True))
    known = {report.report: made_of[report.copy_of or report.report] for report in reports}
    made = [_row(study, known, inputs) for study in studies]
    rows = [msgspec.structs.replace(row, coded=row.id in coded) for row in made]
    return tuple(_with_reason(row, rows, inputs) for row in rows)


def name_of(rows: Sequence[StudyRow], study: str, language: str) -> str:
    """How a study is named in a language; its id where it has no row."""
    return next((row.name.get(language) for row in rows if row.id == study), study)


def explain_choice(
    row: StudyRow, rows: Sequence[StudyRow], protocol: Protocol, choice: Choice, language: str
) -> tuple[Message, ...]:
    """Why a main study was chosen, in sentences that name studies as a language does; empty for others."""
    rule = protocol.main_studies
    if row.id not in choice.chosen or rule is None:
        return ()
    said: list[Message] = []
    if choice.missing:
        said.append(message("Taken because no more than {count} studies are eligible; the protocol asks for {size}.",
                            count=len(choice.chosen), size=rule.size))  # fmt: skip
    agreeing = [(a if b == row.id else b, key) for a, b, key in choice.agreeing_pairs if row.id in (a, b)]
    for key in rule.differ_in:
        others = [name_of(rows, other, language) for other, k in agreeing if k == key]
        said.append(_difference(key, others))
    if choice.confirmed_by:
        names = {person.id: person.name for person in protocol.people if person.name}
        said += [message("Confirmed by {person}: {reason}", person=names.get(one.person, one.person),
                         reason=one.reason or "–") for one in choice.confirmations]  # fmt: skip
    return tuple(said)


def _difference(key: str, others: Sequence[str]) -> Message:
    names = "; ".join(others)
    if key == "method":
        if others:
            return message("Agrees in method with {names}.", names=names)
        return message("Differs in method from every other main study.")
    if others:
        return message("Agrees in place with {names}.", names=names)
    return message("Differs in place from every other main study.")


def _with_reason(row: StudyRow, rows: Sequence[StudyRow], inputs: SynthesisInput) -> StudyRow:
    catalogue = Catalogue(inputs.spoken)
    said = explain_choice(row, rows, inputs.protocol, inputs.choice, inputs.spoken)
    return msgspec.structs.replace(row, why_chosen=" ".join(catalogue.text(m) for m in said))


def _row(study: StudyInput, known: Mapping[str, tuple[Reference, tuple[Run, ...]]], inputs: SynthesisInput) -> StudyRow:
    documents = [inputs.documents[r.report] for r in study.reports if r.report in inputs.documents]
    reports = tuple(_report_row(r, *known[r.report], inputs.documents.get(r.report)) for r in study.reports)
    first = known[study.reports[0].report][0] if study.reports else Reference(title=study.id)
    name = name_study(first.authors, first.year, first.title or study.id, first.suffix)
    places = {key: study.values.get(key) or _first(documents, key) for key in LOCI}
    return StudyRow(
        id=study.id,
        short=name.get(inputs.spoken),
        name=name,
        title=first.title,
        authors=first.authors,
        year=first.year,
        method=study.values.get("method") or _first(documents, "method"),
        village=places["village"],
        district=places["district"],
        regency=places["regency"],
        province=places["province"],
        language=documents[0].metadata.language if documents else "",
        reports=reports,
        state="main" if study.id in inputs.choice.chosen else "included",
        provisional=study.standing.provisional,
        verdicts=dict(study.verdicts),
    )


def _report_row(
    report: ReportInput, reference: Reference, citation: tuple[Run, ...], document: Document | None
) -> ReportRow:
    return ReportRow(
        id=report.report,
        files=document.files if document else (),
        kind=_kind(reference),
        title=reference.title,
        citation=citation,
        doi=reference.doi,
        year=reference.year,
        cite=cite_report(reference.authors, reference.year, reference.title or report.report, reference.suffix),
        copy_of=report.copy_of,
    )


def _kind(reference: Reference) -> str:
    kind = reference.kind.lower()
    if kind in ("skripsi", "tesis", "disertasi"):
        return kind
    return {"article-journal": "article"}.get(csl_type(kind, reference.venue), csl_type(kind, reference.venue))


def _references(reports: Sequence[ReportInput], inputs: SynthesisInput) -> dict[str, Reference]:
    """A reference for each publication, by its first report; what that leaves empty is taken from its copies."""
    found: dict[str, Reference] = {}
    for report in reports:
        own = _reference(report, inputs.documents.get(report.report), inputs.protocol)
        first = found.get(report.copy_of)
        found[report.copy_of or report.report] = own if first is None else _filled(first, own)
    return found


def _filled(reference: Reference, other: Reference) -> Reference:
    """A reference with the fields of another in the place of empty ones."""
    fields = Reference.__struct_fields__
    return Reference(**{name: getattr(reference, name) or getattr(other, name) for name in fields})


def _reference(report: ReportInput, document: Document | None, protocol: Protocol) -> Reference:
    """The fields of a report's reference, empty ones filled from the document."""
    found = document.metadata if document else None
    venue = report.venue or _value(found.source if found else None)
    kind = thesis_kind(report.kind, document) if csl_type(report.kind, venue) == "thesis" else report.kind
    printed = _value(found.title if found else None)
    title = best_spelling(report.title or printed, printed)
    return Reference(
        kind=kind,
        title=recase(title, prose(document), _names(protocol)) or file_title(document.files if document else ()),
        authors=report.authors or (tuple(a.value for a in found.authors) if found else ()),
        year=report.year or _year(found.year if found else None),
        venue=venue,
        volume=report.volume,
        issue=report.issue,
        pages=report.pages,
        doi=report.doi or _value(found.doi if found else None),
        url=report.url,
        language=found.language if found else "id",
    )


def _names(protocol: Protocol) -> list[str]:
    """The names among the protocol's terms: several words, each with a capital."""
    terms = (term for concept in protocol.concepts.values() for term in concept)
    return [term for term in terms if " " in term and all(word[0].isupper() for word in term.split())]


def _key(reference: Reference) -> str:
    """What must differ between references: the name in the text, without a letter."""
    return name_study(reference.authors, reference.year, reference.title, "").id


def _first(documents: Sequence[Document], field: str) -> str:
    values = (_value(getattr(document.metadata, field)) for document in documents)
    return next((value for value in values if value), "")


def _value(found: Found | None) -> str:
    return found.value if found else ""


def _year(found: Found | None) -> int | None:
    return int(found.value) if found and found.value.isdigit() else None
