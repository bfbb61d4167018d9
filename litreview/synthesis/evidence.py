"""Passages: the codings and suggestions that stand for the synthesis, as `method.md` counts them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from litreview.coding.model import Codebook, Suggestion
from litreview.documents.model import Document, PageRect
from litreview.documents.numbered import paragraph_numbers
from litreview.protocol import SynthesisRule
from litreview.synthesis.codings import Coded, Codings, Stretch, overlaps
from litreview.synthesis.inputs import StudyInput
from litreview.synthesis.model import Passage

_OPENING, _CLOSING = ("“", "«", "„"), ("”", "»")


class Evidence(msgspec.Struct, frozen=True):
    """Passages of the included studies (ids "q0001" in order of study, place, code), and persons' codings elsewhere."""

    passages: tuple[Passage, ...] = ()
    elsewhere: tuple[Passage, ...] = ()


class Place(msgspec.Struct, frozen=True):
    """Where a stretch of a document stands; pages count from 1 in `file`, None for sources without pages."""

    file: str
    page: int | None
    page_end: int | None
    printed_page: str | None
    section: str
    rects: tuple[PageRect, ...]
    ocr: bool = False
    printed_end: str | None = None  # where it ends on another page of the file
    paragraphs: tuple[int, int] | None = None  # numbers of the first and the last, for sources without pages

    @property
    def shared(self) -> dict[str, Any]:
        """What a passage takes over as it stands."""
        first, last = self.paragraphs or (None, None)
        return {
            "file": self.file, "page": self.page, "page_end": self.page_end, "printed_page": self.printed_page,
            "printed_end": self.printed_end, "section": self.section, "rects": self.rects, "ocr": self.ocr,
            "paragraph": first, "paragraph_end": last,
        }  # fmt: skip


def gather_evidence(
    studies: Sequence[StudyInput],
    documents: Mapping[str, Document],
    suggestions: Mapping[str, tuple[Suggestion, ...]],
    codings: Codings,
    codebook: Codebook,
    rule: SynthesisRule,
) -> Evidence:
    """Passages of the included `studies`, human before provisional: a suggestion on words that a person has judged with
    the same code is not shown again."""
    study_of = {report.report: study.id for study in studies for report in study.reports}
    maker = _Maker(documents, codings, codebook, rule, study_of)
    merged = merge_coders(codings.standing)
    found = [maker.human(coded, people) for coded, people in merged]
    judged = _by_report(codings.judged)
    for report in study_of:
        for suggestion in suggestions.get(report, ()):
            if report in documents and not _judged(suggestion, judged.get(report, [])):
                found.append(maker.provisional(report, suggestion))
    order = {study.id: number for number, study in enumerate(studies)}
    reports = {r.report: number for s in studies for number, r in enumerate(s.reports)}
    inside = [p for p in found if p.study]
    inside.sort(key=lambda p: (order[p.study], reports[p.report], p.start, p.end, p.theme, p.code, p.coder))
    outside = sorted((p for p in found if not p.study), key=lambda p: (p.report, p.start, p.end, p.code, p.coder))
    return Evidence(number_passages(inside, "q"), number_passages(outside, "e"))


def number_passages(passages: Iterable[Passage], letter: str) -> tuple[Passage, ...]:
    """The passages with ids in their order: q0001, q0002 …"""
    return tuple(msgspec.structs.replace(p, id=f"{letter}{n:04d}") for n, p in enumerate(passages, start=1))


def merge_coders(codings: Iterable[Coded]) -> list[tuple[Coded, tuple[str, ...]]]:
    """Codings of the same code and stance on overlapping words are one passage with all who coded it; the first coding
    (by place, then id) gives its words."""
    groups: list[tuple[Coded, list[str]]] = []
    for coded in sorted(codings, key=lambda c: (c.report, c.start, c.end, c.judgment)):
        same = [g for g in groups if _same(g[0], coded)]
        if same:
            same[-1][1].append(coded.person)
        else:
            groups.append((coded, [coded.person]))
    return [(coded, tuple(sorted(set(people)))) for coded, people in groups]


def locate(document: Document, start: int, end: int) -> Place:
    """File, pages, section and rectangles of a stretch (not empty) of a document."""
    section = document.section_at(start)
    kinds = "+".join(section.kinds) if section else ""
    if not document.pages:
        numbers = paragraph_numbers(document, start, end)
        return Place(document.file_at(start), None, None, None, kinds, (), paragraphs=numbers)
    first = document.pages[document.page_index_at(start)]
    last = document.pages[document.page_index_at(end - 1)]
    end_page = last if last.file == first.file else first
    return Place(
        document.files[first.file], first.number, end_page.number, first.printed, kinds,
        _rects(document, start, end), ocr=bool(first.ocr or last.ocr),
        printed_end=end_page.printed if end_page.number != first.number else None,
    )  # fmt: skip


def without_stray_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without a quotation mark at its end or beginning whose partner stands outside it."""
    opening = sum(text.count(mark, start, end) for mark in _OPENING)
    closing = sum(text.count(mark, start, end) for mark in _CLOSING)
    straight = text.count('"', start, end)
    last, first = text[end - 1 : end], text[start : start + 1]
    if end - start > 1 and ((closing > opening and last in _CLOSING) or (straight % 2 and last == '"')):
        return start, end - 1
    if end - start > 1 and ((opening > closing and first in _OPENING) or (straight % 2 and first == '"')):
        return start + 1, end
    return start, end


def counts(section: str, voice: str, rule: SynthesisRule) -> bool:
    """Whether a passage of an included study is evidence: a kind of its section, and its voice, are the protocol's."""
    return voice in rule.voices and any(kind in rule.sections for kind in section.split("+"))


class _Maker:
    """Makes passages; keeps what is looked up again and again."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        codings: Codings,
        codebook: Codebook,
        rule: SynthesisRule,
        study_of: Mapping[str, str],
    ) -> None:
        self._documents = documents
        self._voices = _by_report(codings.voices)
        self._themes = {code.id: code.theme for code in codebook.codes.values()}
        self._rule = rule
        self._study_of = study_of
        self._sentence_voices = lru_cache(maxsize=None)(self._voices_of)

    def human(self, coded: Coded, people: tuple[str, ...]) -> Passage:
        voice = self._set_voice(coded.report, coded.start, coded.end) or coded.voice
        voice = voice or self._voice_at(coded.report, coded.start)
        return self._passage(coded.report, coded.start, coded.end, voice, code=coded.code, stance=coded.stance,
                             coder="; ".join(people), status="human", origin=coded.origin,
                             attributes=coded.attributes)  # fmt: skip

    def provisional(self, report: str, given: Suggestion) -> Passage:
        voice = self._set_voice(report, given.start, given.end) or given.voice
        return self._passage(report, given.start, given.end, voice, code=given.code, stance=given.stance,
                             coder=given.suggester, status="provisional", cue=given.cue)  # fmt: skip

    def _passage(self, report: str, start: int, end: int, voice: str, *, code: str, stance: str, coder: str,
                 status: str, origin: str = "", cue: str = "",
                 attributes: dict[str, str] | None = None) -> Passage:  # fmt: skip
        document = self._documents[report]
        start, end = without_stray_marks(document.text, start, end)
        place = locate(document, start, end)
        study = self._study_of.get(report, "")
        return Passage(
            id="", study=study, report=report, voice=voice, theme=self._themes.get(code, ""),
            code=code, stance=stance, coder=coder, status=status, quote=document.quote(start, end),
            counts=bool(study) and counts(place.section, voice, self._rule), start=start, end=end,
            origin=origin, cue=cue, attributes=attributes or {}, **place.shared,
        )  # fmt: skip

    def _set_voice(self, report: str, start: int, end: int) -> str:
        said = [v.value for v in self._voices.get(report, ()) if overlaps(start, end, v.start, v.end)]
        return said[-1] if said else ""

    def _voice_at(self, report: str, offset: int) -> str:
        starts = [s.start for s in self._documents[report].sentences if s.start <= offset]
        voices = self._sentence_voices(report)
        return voices[len(starts) - 1] if starts and len(starts) <= len(voices) else "author"

    def _voices_of(self, report: str) -> tuple[str, ...]:
        from litreview.coding.voice import voices

        return voices(self._documents[report])


def _rects(document: Document, start: int, end: int) -> tuple[PageRect, ...]:
    from litreview.documents.boxes import rects

    return rects(document, start, end)


def _same(one: Coded, other: Coded) -> bool:
    alike = (one.report, one.code, one.stance) == (other.report, other.code, other.stance)
    return alike and overlaps(one.start, one.end, other.start, other.end)


def _judged(suggestion: Suggestion, judged: Sequence[Stretch]) -> bool:
    return any(
        s.value == suggestion.code and overlaps(suggestion.start, suggestion.end, s.start, s.end) for s in judged
    )


def _by_report(stretches: Iterable[Stretch]) -> dict[str, list[Stretch]]:
    found: dict[str, list[Stretch]] = {}
    for stretch in stretches:
        found.setdefault(stretch.report, []).append(stretch)
    return found
