"""The flow diagram as a drawing: PRISMA 2020's boxes and words, with the main studies beneath the included ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from litreview.errors import Message, message
from litreview.language.catalogue import Catalogue
from litreview.protocol import SAMPLE_MARK
from litreview.report.drawing import GREY, Line, render_svg, text_width, wrap
from litreview.synthesis.model import Flow, FlowBox

SIZE, SMALL, LEADING = 10.0, 9.0, 13.0
MARGIN, BAR, GAP, ROW_GAP, PADDING = 24.0, 22.0, 22.0, 20.0, 9.0
WIDTHS = (205.0, 195.0, 170.0, 160.0)  # of the four columns
RED = "#b3261e"
OTHER_KEYS = ("website_results", "organisation_results", "citations_results", "other_results", "other_sought_reports",
              "other_notretrieved_reports", "other_assessed", "other_excluded")  # fmt: skip


class Part(msgspec.Struct, frozen=True):
    """A counted line of a box: its words, the key of its number, and whether its reasons are listed under it."""

    words: Message
    key: str
    indented: bool = False


class Stage(msgspec.Struct, frozen=True):
    """A box to be drawn: where (row, column), its heading without a number, its parts."""

    row: int
    column: int
    parts: tuple[Part, ...]
    heading: Message | None = None
    emphasis: bool = False


class BoxShape(msgspec.Struct, frozen=True):
    """A box from its top left corner; `keys` are the flow's keys whose numbers stand in it."""

    x: float
    y: float
    width: float
    height: float
    keys: tuple[str, ...]
    lines: tuple[Line, ...]
    emphasis: bool


class BarShape(msgspec.Struct, frozen=True):
    """A phase's bar at the left, its word turned upward, or a column's title."""

    x: float
    y: float
    width: float
    height: float
    text: str


class FlowDrawing(msgspec.Struct, frozen=True):
    """All shapes of the flow, in points; arrows are rows of corners, the last one the tip."""

    width: float
    height: float
    title: str
    bars: tuple[BarShape, ...]
    titles: tuple[BarShape, ...]
    boxes: tuple[BoxShape, ...]
    arrows: tuple[tuple[tuple[float, float], ...], ...]
    lines: tuple[Line, ...]


# The exact words of PRISMA 2020 (PRISMA2020 R package); "main_studies" is ours.
DATABASES = (
    Stage(0, 0, (Part(message("Databases"), "database_results", indented=True),
                 Part(message("Registers"), "register_results", indented=True)), message("Records identified from:")),
    Stage(0, 1, (Part(message("Duplicate records"), "duplicates", indented=True),
                 Part(message("Records marked as ineligible by automation tools"), "excluded_automatic", indented=True),
                 Part(message("Records removed for other reasons"), "excluded_other", indented=True)),
          message("Records removed before screening:")),
    Stage(1, 0, (Part(message("Records screened"), "records_screened"),)),
    Stage(1, 1, (Part(message("Records excluded"), "records_excluded"),)),
    Stage(2, 0, (Part(message("Reports sought for retrieval"), "dbr_sought_reports"),)),
    Stage(2, 1, (Part(message("Reports not retrieved"), "dbr_notretrieved_reports"),)),
    Stage(3, 0, (Part(message("Reports assessed for eligibility"), "dbr_assessed"),)),
    Stage(3, 1, (Part(message("Reports excluded:"), "dbr_excluded"),)),
    Stage(4, 0, (Part(message("New studies included in review"), "new_studies"),
                 Part(message("Reports of new included studies"), "new_reports")), emphasis=True),
)  # fmt: skip
OTHERS = (
    Stage(0, 2, (Part(message("Websites"), "website_results", indented=True),
                 Part(message("Organisations"), "organisation_results", indented=True),
                 Part(message("Citation searching"), "citations_results", indented=True),
                 Part(message("Other sources"), "other_results", indented=True)),
          message("Records identified from:")),
    Stage(2, 2, (Part(message("Reports sought for retrieval"), "other_sought_reports"),)),
    Stage(2, 3, (Part(message("Reports not retrieved"), "other_notretrieved_reports"),)),
    Stage(3, 2, (Part(message("Reports assessed for eligibility"), "other_assessed"),)),
    Stage(3, 3, (Part(message("Reports excluded:"), "other_excluded"),)),
)  # fmt: skip
MAIN = Stage(5, 0, (Part(message("Main studies chosen from the included"), "main_studies"),), emphasis=True)


def flow_svg(flow: Flow, language: str, sample: bool, review_type: str, criterion_labels: Mapping[str, str]) -> str:
    """The flow as SVG (points). Groups carry the flow's keys in `data-boxes`; `criterion_labels` name reasons."""
    drawing = draw_flow(flow, language, sample, review_type, criterion_labels)
    return render_svg("flow.svg.j2", language, drawing=drawing, title_size=title_size)


def draw_flow(
    flow: Flow, language: str, sample: bool, review_type: str, criterion_labels: Mapping[str, str]
) -> FlowDrawing:
    """Shapes of the flow. The column of other methods and the box of main studies stand only where they are counted;
    faults in the arithmetic are told under the drawing."""
    catalogue = Catalogue(language)
    other = any(flow.boxes[key].count for key in OTHER_KEYS if key in flow.boxes)
    stages = [*DATABASES, *(OTHERS if other else ()), *([MAIN] if "main_studies" in flow.boxes else [])]
    texts = [_box_lines(stage, flow, catalogue, criterion_labels) for stage in stages]
    top = MARGIN + (24.0 if sample else 0.0)
    tops, heights = _rows(stages, texts, top + 34.0)
    boxes = [_box(s, t, tops[s.row], heights[s.row]) for s, t in zip(stages, texts, strict=True)]
    by_place = {(s.row, s.column): b for s, b in zip(stages, boxes, strict=True)}
    bottom = max(b.y + b.height for b in boxes)
    width = _left(3 if other else 1) + WIDTHS[3 if other else 1] + MARGIN
    lines = _notes(flow, catalogue, review_type, bottom + 26.0, width)
    if sample:
        lines.append(Line(width / 2, MARGIN, SAMPLE_MARK, 12.0, colour=RED, bold=True))
    return FlowDrawing(
        width=width,
        height=max(line.y for line in lines) + MARGIN,
        title=catalogue.gettext("Flow diagram"),
        bars=tuple(_bars(tops, heights, catalogue)),
        titles=tuple(_titles(other, top, catalogue)),
        boxes=tuple(boxes),
        arrows=tuple(_arrows(by_place)),
        lines=tuple(lines),
    )


def _left(column: int) -> float:
    """The left edge of a column."""
    return MARGIN + BAR + 12.0 + sum(WIDTHS[:column]) + GAP * column


def _box_lines(
    stage: Stage, flow: Flow, catalogue: Catalogue, labels: Mapping[str, str]
) -> list[tuple[str, float, bool, str]]:
    """The lines of a box: text, indent, bold, colour."""
    width = WIDTHS[stage.column] - 2 * PADDING
    lines: list[tuple[str, float, bool, str]] = []
    if stage.heading:
        lines += [(text, 0.0, True, "") for text in wrap(catalogue.text(stage.heading), width, SIZE, bold=True)]
    for part in stage.parts:
        box = flow.boxes.get(part.key, FlowBox(part.key, 0))
        indent = 10.0 if part.indented else 0.0
        bold = not stage.heading
        said = _counted(catalogue.text(part.words), box.count)
        lines += [(text, indent, bold, "") for text in wrap(said, width - indent, SIZE, bold=bold)]
        lines += _reasons(box, width, indent + 10.0, catalogue, labels)
        if box.provisional:
            note = catalogue.gettext("decided by people: {decided}; provisional: {count}",
                                     decided=box.count - box.provisional, count=box.provisional)  # fmt: skip
            note = note.replace(": ", ":\u00a0")  # a number stays with its word
            lines += [(text, indent, False, GREY) for text in wrap(note, width - indent, SIZE)]
    return lines


def _counted(words: str, count: int) -> str:
    """Words and their number as PRISMA writes it; a no-break space keeps them on one line."""
    return f"{words.removesuffix(':')} (n\u00a0=\u00a0{count})" + (":" if words.endswith(":") and count else "")


def _reasons(box: FlowBox, width: float, indent: float, catalogue: Catalogue,
             labels: Mapping[str, str]) -> list[tuple[str, float, bool, str]]:  # fmt: skip
    lines = []
    for reason, count in box.reasons:
        said = _counted(labels.get(reason) or catalogue.gettext(reason) or "–", count)
        lines += [(text, indent, False, "") for text in wrap(said, width - indent, SIZE)]
    return lines


def _rows(
    stages: Sequence[Stage], texts: Sequence[Sequence[object]], top: float
) -> tuple[dict[int, float], dict[int, float]]:
    """Top and height of each row, in points."""
    heights: dict[int, float] = {}
    for stage, lines in zip(stages, texts, strict=True):
        heights[stage.row] = max(heights.get(stage.row, 34.0), len(lines) * LEADING + 2 * PADDING)
    tops = {}
    for row in sorted(heights):
        tops[row] = top
        top += heights[row] + ROW_GAP
    return tops, heights


def _box(stage: Stage, lines: Sequence[tuple[str, float, bool, str]], top: float, height: float) -> BoxShape:
    x = _left(stage.column)
    y = top + PADDING + SIZE * 0.9
    drawn = [
        Line(
            x + PADDING + indent,
            y + LEADING * n,
            text,
            SIZE,
            "start",
            colour or "#1d2733",
            bold=bold,
            italic=bool(colour),
        )
        for n, (text, indent, bold, colour) in enumerate(lines)
    ]
    keys = tuple(part.key for part in stage.parts)
    return BoxShape(x, top, WIDTHS[stage.column], height, keys, tuple(drawn), stage.emphasis)


def _bars(tops: Mapping[int, float], heights: Mapping[int, float], catalogue: Catalogue) -> list[BarShape]:
    last = max(tops)
    phases = [(message("Identification"), 0, 0), (message("Screening"), 1, 3), (message("Included"), 4, last)]
    return [
        BarShape(MARGIN, tops[first], BAR, tops[end] + heights[end] - tops[first], catalogue.text(word))
        for word, first, end in phases
    ]


def _titles(other: bool, top: float, catalogue: Catalogue) -> list[BarShape]:
    words = [(message("Identification of new studies via databases and registers"), 0)]
    if other:
        words.append((message("Identification of new studies via other methods"), 2))
    return [
        BarShape(_left(column), top, WIDTHS[column] + GAP + WIDTHS[column + 1], 22.0, catalogue.text(text))
        for text, column in words
    ]


def _arrows(boxes: Mapping[tuple[int, int], BoxShape]) -> list[tuple[tuple[float, float], ...]]:
    """Down the columns, across to what leaves, and from the other methods into the included."""
    arrows: list[tuple[tuple[float, float], ...]] = []
    for (row, column), box in boxes.items():
        below = next((boxes[r, column] for r in range(row + 1, 6) if (r, column) in boxes), None)
        middle = box.x + box.width / 2
        if column in (0, 2) and below is not None:
            arrows.append(((middle, box.y + box.height), (middle, below.y)))
        beside = boxes.get((row, column + 1))
        if column in (0, 2) and beside is not None:
            height = box.y + box.height / 2
            arrows.append(((box.x + box.width, height), (beside.x, height)))
    last, included = boxes.get((3, 2)), boxes.get((4, 0))
    if last is not None and included is not None:
        middle, height = last.x + last.width / 2, included.y + included.height / 2
        arrows.append(((middle, last.y + last.height), (middle, height), (included.x + included.width, height)))
    return arrows


def _notes(flow: Flow, catalogue: Catalogue, review_type: str, top: float, width: float) -> list[Line]:
    """What the diagram follows, what provisional means, and arithmetic that does not close."""
    adapted = catalogue.gettext("Adapted from PRISMA 2020 (Page et al., 2021) for a context review.")
    source = adapted if review_type == "context" else catalogue.gettext("After PRISMA 2020 (Page et al., 2021).")
    said = [(source, GREY)]
    if any(box.provisional for box in flow.boxes.values()):
        note = catalogue.gettext(
            "Provisional: verdicts by rule stand in where no researcher has decided yet. A box counts both, as PRISMA "
            "does; beneath it they stand apart."
        )
        said.append((note, GREY))
    said += [(catalogue.text(fault), RED) for fault in flow.faults]
    rows = [(text, colour) for words, colour in said for text in wrap(words, width - 2 * MARGIN, SMALL)]
    return [Line(MARGIN, top + 12.0 * n, text, SMALL, "start", colour) for n, (text, colour) in enumerate(rows)]


def title_size(text: str, room: float, size: float) -> float:
    """A type size at which a text fits its room in points, no larger than `size`."""
    return min(size, size * room / max(1.0, text_width(text, size, bold=True)))
