"""Blocks of a document, and what is usual in its type: against that a row is small, large, far from the one before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import msgspec

from litreview.documents.extract import Line

_STEADY = 0.7  # of the words stand in three sizes
_SOFT_ENDS = '.?!:;”")]…'


class Block(msgspec.Struct, eq=False, gc=False):
    """Rows that belong together, with their kind (a paragraph's kind) and the blocks set beside it."""

    kind: str
    rows: list[Line]
    beside: list[Block] = []
    level: int = 0  # of a heading that the file itself marks as one; 0 where nothing does

    @property
    def text(self) -> str:
        """The rows' words by single spaces, hyphens at line ends left as they are."""
        return " ".join(row.text for row in self.rows)


@dataclass(frozen=True, slots=True)
class Style:
    """What is usual in a document: the size of body type in points, and the pitch of rows in each column of a page
    (page, column); whether its sizes are `steady`, as those of recognised pictures are not."""

    body_size: float
    pitches: dict[tuple[int, int], float]
    indented: bool
    steady: bool = False


def ends_softly(row: Line) -> bool:
    """Whether a row ends as a sentence does, or as a part of one that may stand alone."""
    return row.words[-1][-1] in _SOFT_ENDS


def measure_style(pages: Sequence[Sequence[Line]]) -> Style:
    """The body's size is the one that most words have; a column's pitch the median distance of its rows."""
    sizes: defaultdict[float, int] = defaultdict(int)
    steps: dict[tuple[int, int], list[float]] = {}
    indents = 0
    for rows in pages:
        y0 = column = -1.0
        of_column: list[float] = []
        for row in rows:
            sizes[row.size] += len(row.words)
            if row.column != column:
                column = row.column
                of_column = steps.setdefault((row.page, row.column), [])
            elif 0 < row.y0 - y0 < 60:
                of_column.append(row.y0 - y0)
            y0 = row.y0
            indents += 8 < row.x0 - row.left < 60 and row.x1 > row.right - 20
    halves: Counter[float] = Counter()
    for size, words in sizes.items():
        halves[round(size * 2) / 2] += words
    body = max(halves, key=lambda size: (halves[size], size)) if halves else 10.0
    pitches = {place: median(found) for place, found in steps.items() if found}
    steady = sum(sorted(sizes.values())[-3:]) > _STEADY * sum(sizes.values())
    return Style(body, pitches, indents > 0.03 * sum(map(len, pages)), steady)
