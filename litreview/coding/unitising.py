"""Krippendorff's alpha for unitising: agreement on where passages begin and end, for two coders on running text.

Krippendorff 1995 (Sociological Methodology 25, 47-76) and 2004 (Content Analysis, 2nd ed., pp. 251-256): for each code
the text is cut into coded and uncoded sections; sections that overlap disagree by the squares of the distances between
their ends, a section that lies whole in the other's gap by the square of its length. Summed over codes:
alpha = 1 - (sum of observed) / (sum of expected).

For more than two coders the definition did not behave as expected (Krippendorff, Mathet, Bouvry & Widlöcher 2016,
Quality & Quantity 50, 2347-2364), so it is not defined here but by pair. Documents stand one after the other as one
continuum; no section and no gap goes over a document's border.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np

from litreview.coding.coefficients import (
    DRAWS,
    NO_UNITS,
    ONE_RATER,
    Coefficient,
    Measured,
    interval_of,
)
from litreview.coding.ratings import Floats, Integers
from litreview.errors import Message, message

Span = tuple[int, int]  # first character and the one after the last


class Unitised(msgspec.Struct, frozen=True):
    """What two coders marked with one code in one document, each as spans in order that do not overlap."""

    document: int  # from 0
    code: str
    spans: tuple[tuple[Span, ...], tuple[Span, ...]]


class _Sections(msgspec.Struct, frozen=True, eq=False):
    """One code's sections and gaps with their documents, gaps in order of length; observed by document."""

    lengths: Floats
    of_document: Integers
    gaps: Floats
    gap_document: Integers
    observed: Floats


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that overlap as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return tuple(merged)


def measure_unitising(
    marked: Sequence[Unitised], lengths: Sequence[int], raters: int = 2, seed: int = 1, draws: int = DRAWS
) -> Measured:
    """Alpha for unitising over all codes. `lengths`: characters of each document. `units` of the result counts the
    sections that the two marked. Where a document has no entry for a code, neither marked it."""
    characters = np.array(lengths, dtype=np.float64)
    sections = sum(len(spans) for one in marked for spans in one.spans)
    reason = _reason(sections, raters, len(lengths))
    if reason is not None:
        return Measured(None, None, None, sections, raters, len(lengths), reason)
    codes = [_sections([m for m in marked if m.code == code], lengths) for code in sorted({m.code for m in marked})]
    value = float(_alpha(codes, characters, np.ones((1, len(lengths))))[0])
    resampled = _resample(codes, characters, seed, draws) if len(lengths) > 1 else None
    return Measured(round(value, 12) + 0.0, *interval_of(resampled), sections, raters, len(lengths))


def _reason(sections: int, raters: int, documents: int) -> Message | None:
    if raters > 2:
        return message("It is for two people; here are {count}. Compare them by pair, or use α or AC1.", count=raters)
    if not documents:
        return NO_UNITS
    if raters < 2:
        return ONE_RATER
    return None if sections else message("Nobody marked a passage, so there are no ends to compare.")


def _resample(codes: Sequence[_Sections], characters: Floats, seed: int, draws: int) -> Floats:
    random = np.random.default_rng(seed)
    size = len(characters)
    batch = max(1, 2_000_000 // (size + max(len(code.gaps) + len(code.lengths) for code in codes)))
    found = []
    for begin in range(0, draws, batch):
        chosen = random.integers(0, size, size=(min(batch, draws - begin), size))
        times = np.stack([np.bincount(row, minlength=size) for row in chosen]).astype(np.float64)
        found.append(_alpha(codes, characters, times))
    return np.concatenate(found)


def _alpha(codes: Sequence[_Sections], characters: Floats, times: Floats) -> Floats:
    """Alpha for draws of documents: `times` is draws × documents."""
    length = times @ characters
    observed = sum((times @ code.observed for code in codes), np.zeros(len(times))) / length**2
    expected = sum((_expected(code, length, times) for code in codes), np.zeros(len(times)))
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha = 1 - observed / expected
    return np.where(np.isfinite(alpha), alpha, np.nan)


def _expected(code: _Sections, length: Floats, times: Floats) -> Floats:
    """Krippendorff's expected disagreement of one code, with two coders."""
    drawn = times[:, code.of_document]
    square = code.lengths**2
    among_sections = (2 * code.lengths**3 - 3 * square + code.lengths) / 3
    number = drawn.sum(axis=1)
    gaps = times[:, code.gap_document]
    none = np.zeros((len(times), 1))  # beyond the longest gap there is nothing
    rooms = np.hstack([np.cumsum((gaps * (code.gaps + 1))[:, ::-1], axis=1)[:, ::-1], none])
    longer = np.hstack([np.cumsum(gaps[:, ::-1], axis=1)[:, ::-1], none])
    first = np.searchsorted(code.gaps, code.lengths, side="left")
    in_gaps = (drawn * square * (rooms[:, first] - code.lengths * longer[:, first])).sum(axis=1)
    pairs = 2 * length * (2 * length - 1) - drawn @ (square - code.lengths)
    expected: Floats = 2 / length * ((number - 1) * (drawn @ among_sections) + in_gaps) / pairs
    return expected


def _sections(marked: Sequence[Unitised], lengths: Sequence[int]) -> _Sections:
    by_document = {one.document: one.spans for one in marked}
    sections: list[tuple[int, int]] = []
    gaps: list[tuple[int, int]] = []
    observed = np.zeros(len(lengths))
    for document, length in enumerate(lengths):
        one, other = by_document.get(document, ((), ()))
        observed[document] = _observed(one, other) + _alone(one, other) + _alone(other, one)
        for spans in (one, other):
            sections += [(end - start, document) for start, end in spans]
            gaps += [(gap, document) for gap in _gaps(spans, length)]
    gaps.sort()
    return _Sections(
        lengths=np.array([size for size, _ in sections], dtype=np.float64),
        of_document=np.array([document for _, document in sections], dtype=np.int64),
        gaps=np.array([size for size, _ in gaps], dtype=np.float64),
        gap_document=np.array([document for _, document in gaps], dtype=np.int64),
        observed=observed,
    )


def _gaps(spans: Sequence[Span], length: int) -> list[int]:
    starts, ends = [*(start for start, _ in spans), length], [0, *(end for _, end in spans)]
    return [start - end for start, end in zip(starts, ends, strict=True) if start > end]


def _observed(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Squares of the distances between the ends of sections that overlap."""
    found, first = 0, 0
    for start, end in one:
        while first < len(other) and other[first][1] <= start:
            first += 1
        for begin, finish in other[first:]:
            if begin >= end:
                break
            found += (start - begin) ** 2 + (end - finish) ** 2
    return float(found)


def _alone(spans: Sequence[Span], others: Sequence[Span]) -> float:
    """Squares of the lengths of sections that lie whole in the other's gaps."""
    found, first = 0, 0
    for start, end in spans:
        while first < len(others) and others[first][1] <= start:
            first += 1
        if first == len(others) or others[first][0] >= end:
            found += (end - start) ** 2
    return float(found)


UNITISING = Coefficient(
    "unitising_alpha",
    message("Krippendorff’s α for unitising"),
    message(
        "Two people who mark passages of any length: do their passages begin and end at the same places? It does not"
        " depend on a unit. A few long passages weigh most; the more text neither marked, the less chance explains."
    ),
)
