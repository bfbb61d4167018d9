"""Sentences and paragraphs with the passages that touch them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from litreview.documents.model import Document
from litreview.synthesis.model import Passage


class Told(msgspec.Struct, frozen=True):
    """A sentence (or paragraph) of a report in which a passage stands; `number` counts those of the report."""

    study: str
    report: str
    number: int
    paragraph: int
    text: str
    passages: tuple[Passage, ...]

    def follows(self, other: Told) -> bool:
        """Whether this is the next sentence of the same paragraph."""
        return (self.report, self.paragraph, self.number) == (other.report, other.paragraph, other.number + 1)


def told_sentences(documents: Mapping[str, Document], passages: Sequence[Passage]) -> list[Told]:
    """Every sentence that a passage touches, in order of report and place. Reports without a document are left out."""
    return [
        told
        for report, found in _by_report(passages).items()
        if report in documents
        for told in _sentences(documents[report], found)
    ]


def told_paragraphs(documents: Mapping[str, Document], passages: Sequence[Passage]) -> list[Told]:
    """Every paragraph that a passage touches, in order of report and place."""
    grouped: dict[tuple[str, int], list[Told]] = {}
    for told in told_sentences(documents, passages):
        grouped.setdefault((told.report, told.paragraph), []).append(told)
    return [
        Told(group[0].study, report, paragraph, paragraph, "", tuple(p for told in group for p in told.passages))
        for (report, paragraph), group in grouped.items()
    ]


def _sentences(document: Document, passages: Sequence[Passage]) -> Iterator[Told]:
    starts = [s.start for s in document.sentences]
    ends = [s.end for s in document.sentences]
    inside: dict[int, list[Passage]] = {}
    for passage in passages:
        for number in range(bisect_right(ends, passage.start), bisect_left(starts, passage.end)):
            inside.setdefault(number, []).append(passage)
    for number in sorted(inside):
        sentence = document.sentences[number]
        text = document.quote(sentence.start, sentence.end)
        yield Told(inside[number][0].study, document.report, number, sentence.paragraph, text, tuple(inside[number]))


def _by_report(passages: Sequence[Passage]) -> dict[str, list[Passage]]:
    found: dict[str, list[Passage]] = {}
    for passage in passages:
        found.setdefault(passage.report, []).append(passage)
    return found
