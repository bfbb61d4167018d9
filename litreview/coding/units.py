"""From coded passages to judgments on units: character, sentence, paragraph or document, code by code.

A unit has a code when a passage coded with it shares a character with the unit. Each code is a judgment of its own,
coded or not, so that several codes on a unit are no conflict; codes are pooled by putting their judgments under each
other. Units that stand in a row and were judged alike are one row with a weight: nothing is made for each character.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from litreview.coding.ratings import MISSING, Integers, Ratings
from litreview.coding.unitising import Span, Unitised, merge_spans
from litreview.documents.model import Document

Unit = Literal["character", "sentence", "paragraph", "document"]
UNITS: tuple[Unit, ...] = ("character", "sentence", "paragraph", "document")


class Mark(msgspec.Struct, frozen=True):
    """A passage that a rater gave a code; offsets in the document's text. `aided`: a machine's suggestion had a part in
    it, so that it is no judgment of the rater's own, but neither is its absence."""

    document: str
    rater: str
    code: str
    start: int
    end: int
    aided: bool = False


class Place(msgspec.Struct, frozen=True):
    """A document, or the stretches of one, that several raters judged. Without `windows`: the whole document."""

    document: str
    raters: frozenset[str]
    windows: tuple[Span, ...] = ()


class Scale(msgspec.Struct, frozen=True, eq=False):
    """The units of a place in order, by the offsets of their first characters and of those after their last.

    `each`: every character between these offsets is a unit.
    """

    starts: Integers
    ends: Integers
    each: bool = False

    @property
    def count(self) -> int:
        """How many units there are."""
        return int((self.ends - self.starts).sum()) if self.each else len(self.starts)

    def units_of(self, start: int, end: int) -> list[Span]:
        """The units that a passage touches, as spans of unit numbers; what lies between units touches none."""
        first, last = (int(np.searchsorted(self.ends, start, "right")), int(np.searchsorted(self.starts, end, "left")))
        if not self.each:
            return [(first, last)] if first < last else []
        before = np.concatenate([[0], np.cumsum(self.ends - self.starts)])
        return [
            (int(before[n] + max(start, self.starts[n]) - self.starts[n]),
             int(before[n] + min(end, self.ends[n]) - self.starts[n]))
            for n in range(first, last)
        ]  # fmt: skip


class Compared(msgspec.Struct, frozen=True, eq=False):
    """What is compared: places, each with its units, its characters and its marks."""

    places: tuple[Place, ...]
    scales: tuple[Scale, ...]
    characters: tuple[Scale, ...]
    marks: tuple[tuple[Mark, ...], ...]

    @property
    def raters(self) -> tuple[str, ...]:
        """Every rater, in order of name."""
        return tuple(sorted({rater for place in self.places for rater in place.raters}))

    @property
    def documents(self) -> tuple[str, ...]:
        """Every document, in order of name."""
        return tuple(sorted({place.document for place in self.places}))

    @property
    def codes(self) -> frozenset[str]:
        """The codes that someone gave."""
        return frozenset(mark.code for marks in self.marks for mark in marks)


def scale_of(document: Document, unit: Unit, windows: Sequence[Span] = ()) -> Scale:
    """The units of a document that begin in some windows (none: of all of it). What stands between sentences or
    paragraphs (headings, tables) is a unit of its own, unless it is blank; so no coded passage is lost."""
    windows = merge_spans(windows or [(0, len(document.text))])
    if unit == "character":
        return _scale(windows, each=True)
    if unit == "document":
        return _scale([(windows[0][0], windows[-1][1])] if windows else [])
    parts = document.sentences if unit == "sentence" else document.paragraphs
    bounds: list[Span] = []
    at = 0
    for start, end in merge_spans((part.start, part.end) for part in parts):
        bounds += [*_unless_blank(document.text, at, start), (start, end)]
        at = end
    bounds += _unless_blank(document.text, at, len(document.text))
    return _scale([(start, end) for start, end in bounds if any(a <= start < b for a, b in windows)])


def _scale(bounds: Sequence[Span], each: bool = False) -> Scale:
    starts, ends = (np.array([bound[side] for bound in bounds], dtype=np.int64) for side in (0, 1))
    return Scale(starts, ends, each)


def _unless_blank(text: str, start: int, end: int) -> list[Span]:
    words = text[start:end].strip()
    begin = text.index(words, start) if words else end
    return [(begin, begin + len(words))] if words else []


def compare(marks: Iterable[Mark], documents: Mapping[str, Document], places: Iterable[Place], unit: Unit) -> Compared:
    """What raters gave codes to in the places that two or more of them judged."""
    kept = [place for place in places if place.document in documents and len(place.raters) > 1]
    kept.sort(key=lambda place: (place.document, sorted(place.raters)))
    of_document: dict[str, list[Mark]] = {place.document: [] for place in kept}
    for mark in marks:
        if mark.document in of_document:
            of_document[mark.document].append(mark)
    characters = [scale_of(documents[place.document], "character", place.windows) for place in kept]
    return Compared(
        places=tuple(kept),
        scales=tuple(scale_of(documents[place.document], unit, place.windows) for place in kept),
        characters=tuple(characters),
        marks=tuple(
            tuple(m for m in of_document[p.document] if m.rater in p.raters and scale.units_of(m.start, m.end))
            for p, scale in zip(kept, characters, strict=True)
        ),
    )


def rate_units(compared: Compared, codes: Sequence[str], uncoded: bool) -> dict[str, Ratings]:
    """For each code the judgments on units: 1 coded, 0 not coded, missing where a rater did not judge the place or has
    the code there with a machine's help only. Without `uncoded`, units count to which some rater gave some code."""
    raters, number = compared.raters, {name: n for n, name in enumerate(compared.documents)}
    rows: dict[str, list[tuple[int, Integers, Integers]]] = {code: [] for code in codes}
    for place, scale, marks in zip(compared.places, compared.scales, compared.marks, strict=True):
        spans = [(mark, span) for mark in marks for span in scale.units_of(mark.start, mark.end)]
        counted = [(0, scale.count)] if uncoded else [span for _, span in spans]
        for code in codes:
            of_code = [(mark, span) for mark, span in spans if mark.code == code]
            rows[code].append((number[place.document], *_rate(of_code, counted, raters, place.raters)))
    return {code: _ratings(parts, raters) for code, parts in rows.items()}


def _ratings(parts: Sequence[tuple[int, Integers, Integers]], raters: tuple[str, ...]) -> Ratings:
    none = np.zeros(0, dtype=np.int64)
    return Ratings(
        values=np.concatenate([none.reshape(0, len(raters)), *(values for _, values, _ in parts)]),
        weights=np.concatenate([none, *(weights for _, _, weights in parts)]),
        raters=raters,
        categories=2,
        documents=np.concatenate([none, *(np.full(len(weights), number) for number, _, weights in parts)]),
    )


def _rate(
    spans: Sequence[tuple[Mark, Span]], counted: Sequence[Span], raters: Sequence[str], present: Collection[str]
) -> tuple[Integers, Integers]:
    """One code's judgments in one place: a row for each run of units judged alike, with the run's length."""
    cuts = np.unique(np.array([*counted, *(span for _, span in spans)], dtype=np.int64))
    values = np.full((max(0, len(cuts) - 1), len(raters)), MISSING, dtype=np.int64)
    for column, rater in enumerate(raters):
        if rater in present:
            own = _covered(cuts, [span for mark, span in spans if mark.rater == rater and not mark.aided])
            aided = _covered(cuts, [span for mark, span in spans if mark.rater == rater and mark.aided])
            values[:, column] = np.where(own, 1, np.where(aided, MISSING, 0))
    kept = _covered(cuts, counted)
    return values[kept], np.diff(cuts)[kept]


def _covered(cuts: Integers, spans: Sequence[Span]) -> NDArray[np.bool_]:
    """For each run between two cuts whether some span covers it; spans begin and end at cuts."""
    steps = np.zeros(max(1, len(cuts)), dtype=np.int64)
    np.add.at(steps, np.searchsorted(cuts, [start for start, _ in spans]), 1)
    np.subtract.at(steps, np.searchsorted(cuts, [end for _, end in spans]), 1)
    return np.cumsum(steps)[: max(0, len(cuts) - 1)] > 0


def unitise(compared: Compared, codes: Collection[str]) -> tuple[list[Unitised], list[int]]:
    """What two raters marked by place and code, for alpha for unitising, and how many characters each place has. Places
    in which either was aided are left out: what they would have marked by themselves is not known."""
    found: list[Unitised] = []
    lengths: list[int] = []
    raters = compared.raters
    for scale, marks in zip(compared.characters, compared.marks, strict=True):
        if any(mark.aided for mark in marks):
            continue
        spans = [(mark, span) for mark in marks for span in scale.units_of(mark.start, mark.end)]
        for code in sorted({mark.code for mark in marks} & set(codes)):
            of = [merge_spans(span for m, span in spans if m.code == code and m.rater == rater) for rater in raters]
            if len(of) == 2:
                found.append(Unitised(len(lengths), code, (of[0], of[1])))
        lengths.append(scale.count)
    return found, lengths
