"""What is known of a report from its document and its record: for matching, for studies, for the choice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from litreview.documents.method import DESIGNS
from litreview.documents.model import Document, Found
from litreview.protocol import MainStudiesRule
from litreview.records.features import THESIS_KINDS
from litreview.records.fields import find_doi, place_key
from litreview.records.model import Record, ReportFacts, Study
from litreview.screening.model import Candidate, Verdict

_UNIVERSITY = re.compile(
    r"\b(?:universitas|university|institut|institute|sekolah tinggi|politeknik|polytechnic|fakultas)\b", re.IGNORECASE
)
_CHAPTER = re.compile(r"^\s*(?:BAB|CHAPTER)\s+(?:[IVX]+|\d+)\b", re.IGNORECASE)
_CHAPTERS = 3  # so many numbered chapters make a thesis


def report_facts(report: str, files: Sequence[str], document: Document | None) -> ReportFacts:
    """Facts of a report by its own text; without a document only its files' names are known."""
    if document is None:
        return ReportFacts(report, tuple(files))
    metadata = document.metadata
    return ReportFacts(
        report=report,
        files=tuple(files),
        title=_value(metadata.title),
        doi=find_doi(_value(metadata.doi)),
        authors=tuple(author.value for author in metadata.authors),
        year=int(metadata.year.value) if metadata.year is not None and metadata.year.value.isdigit() else None,
        village=_value(metadata.village),
        district=_value(metadata.district),
        regency=_value(metadata.regency),
        province=_value(metadata.province),
        design=_value(metadata.method),
        thesis=is_thesis(document),
    )


def with_record(facts: ReportFacts, record: Record | None) -> ReportFacts:
    """Facts with what the record tells before what was read from the page: title, authors, year, DOI."""
    if record is None:
        return facts
    return replace(
        facts,
        title=record.title or facts.title,
        authors=record.authors or facts.authors,
        year=record.year or facts.year,
        doi=record.doi or facts.doi,
        thesis=facts.thesis or record.kind.casefold() in THESIS_KINDS,
    )


def is_thesis(document: Document) -> bool:
    """Whether a document is a skripsi, tesis or disertasi: numbered chapters, or a university for a journal."""
    chapters = {section.heading for section in document.sections if _CHAPTER.match(section.heading)}
    return len(chapters) >= _CHAPTERS or bool(_UNIVERSITY.search(_value(document.metadata.source)))


def candidate(
    study: Study,
    documents: Mapping[str, Document],
    verdicts: Mapping[str, Sequence[Verdict]],
    rule: MainStudiesRule,
    values: Mapping[str, str] | None = None,
    decided: bool = False,
) -> Candidate:
    """A study as the choice sees it. `documents` and `verdicts` are by report; `values` are a person's extractions
    (method, regency …), before the documents'; `decided`: a person has decided on the study, so that unclear verdicts
    weigh nothing."""
    texts = [documents[report] for report in study.reports if report in documents]
    given = values or {}
    found: dict[str, str] = {key: _at_level(key, level, texts, given) for key, level in rule.differ_in.items()}
    states = study_states([verdicts.get(report, ()) for report in study.reports])
    unclear = 0 if decided else sum(state == "unclear" for state in states.values())
    return Candidate(study.id, found, unclear, sum(bool(page.doubts) for text in texts for page in text.pages))


def study_states(verdicts: Iterable[Sequence[Verdict]]) -> dict[str, str]:
    """A study's state for each criterion from its reports' verdicts: met where one of them meets it, else unclear where
    one is unclear, else unmet."""
    found: dict[str, str] = {}
    for verdict in (one for of_report in verdicts for one in of_report):
        states = (found.get(verdict.criterion, verdict.state), verdict.state)
        found[verdict.criterion] = next(state for state in ("met", "unclear", "unmet") if state in states)
    return found


def _at_level(key: str, level: str, texts: Sequence[Document], given: Mapping[str, str]) -> str:
    """A study's value for a key of `differ_in` at the level asked for, comparable; "" where unknown."""
    if key == "method":
        design = given.get("method") or next((_value(t.metadata.method) for t in texts if t.metadata.method), "")
        return DESIGNS.get(design, "") if level == "family" else design
    place = given.get(level) or next((_value(f) for t in texts if (f := getattr(t.metadata, level))), "")
    return place_key(place)


def _value(found: Found | None) -> str:
    return found.value if found is not None else ""
