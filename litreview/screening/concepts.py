"""The criterion on concepts: which of them a record or a report discusses, and where."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from litreview.documents.model import Document, Found
from litreview.errors import message
from litreview.protocol import Criterion, Protocol
from litreview.records.fields import is_truncated
from litreview.records.model import Record
from litreview.screening.case import Case, evidence_at
from litreview.screening.model import Evidence, Verdict
from litreview.screening.vocabulary import find_mentions

SEVERAL_SENTENCES = 3  # fewer in results and discussion are a passing mention
_FINDINGS = frozenset({"results", "discussion"})
_AIM = re.compile(
    r"\b(?:bertujuan|tujuan(?:nya)? (?:dari )?(?:penelitian|studi|kajian|artikel|tulisan|riset)|rumusan masalah"
    r"|pertanyaan penelitian|(?:penelitian|artikel|tulisan|studi|kajian) ini (?:\w+ ){0,2}(?:mengkaji|membahas"
    r"|menelaah|menganalisis|mendeskripsikan|menggambarkan|mengetahui|menjelaskan|menelusuri|berfokus)"
    r"|(?:this|the) (?:study|paper|article|research) (?:\w+ ){0,2}(?:aims?|examines?|explores?|investigates?"
    r"|analy[sz]es|asks|seeks|describes)|(?:aim|purpose|objective)s? of (?:this|the)|research questions?)\b",
    re.IGNORECASE,
)
Places = dict[str, list[Evidence]]


class ConceptsCriterion:
    """At least so many of some concepts are discussed (method.md: in title, abstract or aims, or in several sentences
    of results or discussion)."""

    kind = "concepts"

    def on_record(self, criterion: Criterion, record: Record, protocol: Protocol) -> Verdict:
        """From title, abstract and keywords. Without a whole abstract nothing is unmet."""
        found = record_mentions(record, _vocabulary(criterion, protocol))
        verdict = _verdict(criterion, found, protocol)
        if verdict.state == "met":
            return verdict
        if not record.abstract or is_truncated(record.abstract):
            why = message("No whole abstract; {found} of {needed} concepts stand in what there is.",
                          found=len(found), needed=_needed(criterion))  # fmt: skip
            return Verdict(criterion.id, "unclear", why, verdict.evidence)
        if found:
            why = message("Title and abstract have {found} of {needed} concepts: {concepts}.", found=len(found),
                          needed=_needed(criterion), concepts=_first_terms(found, protocol))  # fmt: skip
            return Verdict(criterion.id, "unclear", why, verdict.evidence)
        why = message("None of the concepts stands in title and abstract: {concepts}.",
                      concepts=_first_terms(criterion.of, protocol))  # fmt: skip
        return Verdict(criterion.id, "unmet", why)

    def on_report(self, criterion: Criterion, case: Case) -> Verdict:
        """From the document; title and abstract of the record where it has none of its own."""
        found = report_mentions(case, _vocabulary(criterion, case.protocol))
        verdict = _verdict(criterion, found, case.protocol)
        if verdict.state == "met" or not case.unreadable:
            return verdict
        why = message("{found} of {needed} concepts were found, but parts of the report cannot be read.",
                      found=len(found), needed=_needed(criterion))  # fmt: skip
        return Verdict(criterion.id, "unclear", why, verdict.evidence)


def _vocabulary(criterion: Criterion, protocol: Protocol) -> dict[str, tuple[str, ...]]:
    return {name: protocol.concepts[name] for name in criterion.of}


def _needed(criterion: Criterion) -> int:
    return criterion.at_least or len(criterion.of)


def _first_terms(names: Iterable[str], protocol: Protocol) -> str:
    """Concepts as a reader knows them: each by the first of its terms, for its id is the protocol's own."""
    return ", ".join(protocol.concepts[name][0] for name in names)


def _verdict(criterion: Criterion, found: Places, protocol: Protocol) -> Verdict:
    """Met or unmet by the number of concepts found, with where they stand."""
    evidence = tuple(one for places in found.values() for one in places)
    concepts = _first_terms(found, protocol)
    if len(found) >= _needed(criterion):
        return Verdict(criterion.id, "met", message("Discusses {concepts}.", concepts=concepts), evidence)
    missing = _first_terms((name for name in criterion.of if name not in found), protocol)
    if found:
        why = message("Discusses {concepts}; not discussed: {missing}. A passing mention is not enough.",
                      concepts=concepts, missing=missing)  # fmt: skip
    else:
        why = message("Discusses none of the concepts: {missing}.", missing=missing)
    return Verdict(criterion.id, "unmet", why, evidence)


def record_mentions(record: Record, concepts: Mapping[str, Sequence[str]]) -> Places:
    """For each concept found, the field and the words of its first mention there, in the criterion's order."""
    fields = (("title", record.title), ("abstract", record.abstract), ("keywords", "; ".join(record.keywords)))
    found: Places = {}
    for field, text in fields:
        seen: set[str] = set()
        for mention in find_mentions(text, concepts):
            if mention.concept not in seen:
                seen.add(mention.concept)
                quote = text[mention.start : mention.end]
                found.setdefault(mention.concept, []).append(Evidence(mention.start, mention.end, quote, field=field))
    return {name: found[name] for name in concepts if name in found}


def report_mentions(case: Case, concepts: Mapping[str, Sequence[str]]) -> Places:
    """For each concept discussed in a report, where: title, abstract and aims once each, or its sentences in results
    and discussion when they are several."""
    document = case.document
    found: Places = {}
    for start, end in _telling_stretches(document):
        seen: set[str] = set()
        for mention in find_mentions(document.text[start:end], concepts):
            if mention.concept not in seen:
                seen.add(mention.concept)
                place = evidence_at(document, start + mention.start, start + mention.end)
                found.setdefault(mention.concept, []).append(place)
    for name, places in _in_findings(document, concepts).items():
        if len(places) >= SEVERAL_SENTENCES:
            found.setdefault(name, []).extend(places)
    for name, places in _from_record(case, concepts).items():
        found.setdefault(name, places)
    return {name: found[name] for name in concepts if name in found}


def _from_record(case: Case, concepts: Mapping[str, Sequence[str]]) -> Places:
    """The record's title and abstract speak where the document has none of its own."""
    if case.record is None:
        return {}
    metadata = case.document.metadata
    found = record_mentions(case.record, concepts)
    own = {"title": metadata.title is not None, "abstract": bool(metadata.abstracts), "keywords": True}
    kept = {name: [one for one in places if not own[one.field]] for name, places in found.items()}
    return {name: places for name, places in kept.items() if places}


def _telling_stretches(document: Document) -> list[tuple[int, int]]:
    """Title, abstracts and sentences that tell the aims, as offsets."""
    metadata = document.metadata
    stands: list[Found] = [one for one in (metadata.title, *metadata.abstracts.values()) if one is not None]
    stretches = [(one.start, one.end) for one in stands if one.end > one.start]
    for sentence in document.sentences:
        told = "introduction" in _kinds(document, sentence.paragraph)
        if told and _AIM.search(document.text, sentence.start, sentence.end):
            stretches.append((sentence.start, sentence.end))
    return sorted(set(stretches))


def _in_findings(document: Document, concepts: Mapping[str, Sequence[str]]) -> Places:
    """The sentences of results and discussion that have a concept's words."""
    found: Places = {}
    mentions = find_mentions(document.text, concepts)
    starts = [mention.start for mention in mentions]
    for sentence in document.sentences:
        if not _FINDINGS.isdisjoint(_kinds(document, sentence.paragraph)):
            inside = mentions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            for name in dict.fromkeys(mention.concept for mention in inside):
                found.setdefault(name, []).append(evidence_at(document, sentence.start, sentence.end))
    return found


def _kinds(document: Document, paragraph: int) -> tuple[str, ...]:
    """The kinds of the innermost section around a paragraph."""
    section = document.paragraphs[paragraph].section
    return document.sections[section].kinds if 0 <= section < len(document.sections) else ()
