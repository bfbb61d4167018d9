"""The concept map as a drawing and as GraphML."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec
from msgspec.structs import replace

from litreview.coding.model import Label
from litreview.language.catalogue import Catalogue
from litreview.protocol import SAMPLE_MARK
from litreview.report.drawing import (
    GREY,
    INK,
    Line,
    render_svg,
    stack,
    stack_height,
    text_width,
    wrap,
    wrap_evenly,
)
from litreview.report.map_layout import Box, Edge, Layout, Point, lay_out_parts
from litreview.synthesis.model import ConceptMap, MapLink, MapNode
from litreview.synthesis.wording import lower_first

CONCEPT_SIZE, PHRASE_SIZE, COUNT_SIZE = 12.0, 10.5, 9.5
CONCEPT_WIDTH, PHRASE_WIDTH = 108.0, 92.0
CHIP_SIZE, CHIP_WIDTH = 10.5, 140.0
MARGIN, ARROW_LENGTH, ARROW_WIDTH = 24.0, 8.0, 6.4
DASH, DASH_GAP = 5.0, 3.5
LINE_COLOURS = {"hypothesis": "#8a96a3", "provisional": "#3d4f63", "human": "#111820"}


class Count(msgspec.Struct, frozen=True):
    """A number of studies beside its sign: filled for persons, hollow for suggestions; red where they contradict."""

    x: float
    y: float
    text: str
    filled: bool
    against: bool
    passages: tuple[str, ...]
    says: str  # for the pointer that rests on it


class ConceptShape(msgspec.Struct, frozen=True):
    """A concept's box from its top left corner."""

    id: str
    x: float
    y: float
    width: float
    height: float
    colour: str
    lines: tuple[Line, ...]
    counts: tuple[Count, ...]
    passages: tuple[str, ...]
    solid: bool  # it has passages
    says: str  # the concept in words, what is checked and what is provisional apart


class LinkShape(msgspec.Struct, frozen=True):
    """A proposition: two curves, an arrowhead, its words on white, and counts under them."""

    kind: str
    colour: str
    paths: tuple[str, ...]
    arrow: tuple[Point, ...]
    plate: tuple[float, float, float, float]  # x, y, width, height
    lines: tuple[Line, ...]
    passages: tuple[str, ...]
    denied: Line | None
    denying: tuple[str, ...]
    says: str  # the proposition in words, what is checked and what is provisional apart
    says_denied: str


class Swatch(msgspec.Struct, frozen=True):
    """A theme in the legend."""

    x: float
    y: float
    colour: str
    line: Line


class MapDrawing(msgspec.Struct, frozen=True):
    """All shapes of the map, in points."""

    width: float
    height: float
    concepts: tuple[ConceptShape, ...]
    links: tuple[LinkShape, ...]
    heads: tuple[Line, ...]
    themes: tuple[Swatch, ...]
    legend_y: float
    caption: tuple[Line, ...]
    banner: Line | None
    down: bool = False


def concept_map_svg(concept_map: ConceptMap, catalogue: Catalogue, sample: bool) -> str:
    """The concept map as SVG (points): groups with class `opens` name their passages in `data-ids`."""
    ways = [(down, beside) for down in (False, True) for beside in (False, True)]
    drawings = [draw_map(concept_map, catalogue, sample=sample, down=down, beside=beside) for down, beside in ways]
    return render_svg("concept_map.svg.j2", catalogue.language, drawing=max(drawings, key=readability))


def readability(drawing: MapDrawing) -> float:
    """How large a drawing is on an A4 page in landscape with margins of 1.5 cm; from left to right reads a little
    easier than from the top down."""
    return min(757.0 / drawing.width, 510.0 / drawing.height) * (1.0 if drawing.down else 1.06)


def draw_map(
    concept_map: ConceptMap, catalogue: Catalogue, *, sample: bool, down: bool = False, beside: bool = True
) -> MapDrawing:
    """Shapes of the map: linked concepts laid out (`down` or from left to right, small parts `beside` the largest or
    beneath it), the others in rows beneath, then legend and caption."""
    language = catalogue.language
    linked = {end for link in concept_map.links for end in (link.source, link.target)}
    nodes = {node.id: node for node in concept_map.nodes}
    links = [link for link in concept_map.links if link.source in nodes and link.target in nodes]
    boxes = [_concept_box(node, language) for node in concept_map.nodes if node.id in linked]
    phrases = [_phrase_box(n, link, catalogue) for n, link in enumerate(links)]
    layout = lay_out_parts([*boxes, *phrases], _edges(links), down=down, beside=beside)
    top = MARGIN + (22.0 if sample else 0.0)
    lone = [node for node in concept_map.nodes if node.id not in linked]
    width = max(layout.width + 2 * MARGIN, 760.0)
    shift = ((width - layout.width) / 2, top)
    concepts = [_concept(nodes[b.id], b, _moved(layout.centres[b.id], shift), catalogue) for b in boxes]
    below = top + layout.height + (26.0 if boxes else 0.0)
    heads, rows, legend_y = _lone_rows(lone, width, below, catalogue)
    themes, caption_y = _legend(concept_map, width, legend_y, language)
    caption = _caption(concept_map, width, caption_y + 58.0, catalogue, drawn=bool(boxes))
    return MapDrawing(
        width=width,
        height=caption[-1].y + MARGIN,
        concepts=(*concepts, *rows),
        links=tuple(_link(n, link, layout, shift, catalogue, nodes) for n, link in enumerate(links)),
        heads=tuple(heads),
        themes=tuple(themes),
        legend_y=caption_y + 10.0,
        caption=tuple(caption),
        banner=Line(width / 2, MARGIN, SAMPLE_MARK, 13.0, colour="#b3261e", bold=True) if sample else None,
        down=down,
    )


def passages_of(node: MapNode) -> tuple[str, ...]:
    """Every passage of a concept, human ones first."""
    cell = node.passages
    every = (*cell.human_supports, *cell.human_contradicts, *cell.provisional_supports, *cell.provisional_contradicts)
    return tuple(dict.fromkeys(every))


def _edges(links: Sequence[MapLink]) -> list[Edge]:
    edges = []
    for number, link in enumerate(links):
        edges.append(Edge(f"from {number}", link.source, f"phrase {number}"))
        edges.append(Edge(f"to {number}", f"phrase {number}", link.target, arrow=True))
    return edges


def _concept_box(node: MapNode, language: str) -> Box:
    lines = wrap_evenly(node.label.get(language), CONCEPT_WIDTH, CONCEPT_SIZE, bold=True)
    counts = COUNT_SIZE * 1.5 if _count_values(node) else 0.0
    width = max([text_width(line, CONCEPT_SIZE, bold=True) for line in lines] + [_counts_width(node)])
    return Box(node.id, width + 18.0, stack_height(lines, CONCEPT_SIZE) + counts + 12.0)


def _phrase_box(number: int, link: MapLink, catalogue: Catalogue) -> Box:
    lines, counts = _phrase_lines(link, catalogue)
    denied = [text for text in (_denied_text(link, catalogue),) if text]
    widths = [text_width(line, PHRASE_SIZE, italic=True) for line in lines]
    widths += [text_width(line, COUNT_SIZE, bold=True) for line in [*counts, *denied]]
    height = stack_height(lines, PHRASE_SIZE) + stack_height([*counts, *denied], COUNT_SIZE)
    return Box(f"phrase {number}", max(widths) + 10.0, height + 6.0)


def _phrase_lines(link: MapLink, catalogue: Catalogue) -> tuple[list[str], list[str]]:
    """The linking phrase, and under it how many studies state it."""
    phrase = wrap_evenly(link.label.get(catalogue.language), PHRASE_WIDTH, PHRASE_SIZE, italic=True)
    if link.kind == "hypothesis":
        return phrase, []
    counts = [_studies(len(link.studies), catalogue, provisional=link.kind == "provisional")]
    if link.provisional_studies:
        counts.append("+ " + _studies(len(link.provisional_studies), catalogue, provisional=True))
    return phrase, counts


def _studies(count: int, catalogue: Catalogue, *, provisional: bool) -> str:
    if provisional:
        return catalogue.gettext("{count} provisional", count=count)
    return catalogue.gettext("1 study") if count == 1 else catalogue.gettext("{count} studies", count=count)


def _denied_text(link: MapLink, catalogue: Catalogue) -> str:
    judged, found = len(link.denying_studies), len(link.denying_provisional_studies)
    told = [catalogue.gettext("{count} denying", count=judged)] if judged else []
    return " + ".join([*told, *([catalogue.gettext("{count} denying, provisional", count=found)] if found else [])])


def _count_values(node: MapNode) -> list[tuple[int, bool, bool, tuple[str, ...]]]:
    """Studies, filled, against, passages, for each number that is not nought."""
    cell = node.passages
    rows = [
        (len(node.human_supporting), True, False, cell.human_supports),
        (len(node.provisional_supporting), False, False, cell.provisional_supports),
        (len(node.human_contradicting), True, True, cell.human_contradicts),
        (len(node.provisional_contradicting), False, True, cell.provisional_contradicts),
    ]
    return [row for row in rows if row[0]]


def _counts_width(node: MapNode) -> float:
    return sum(_count_width(str(row[0])) for row in _count_values(node))


def _count_width(text: str) -> float:
    return 9.0 + text_width(text, COUNT_SIZE) + 10.0


def _concept(node: MapNode, box: Box, centre: Point, catalogue: Catalogue) -> ConceptShape:
    x, y = centre[0] - box.width / 2, centre[1] - box.height / 2
    text = wrap_evenly(node.label.get(catalogue.language), CONCEPT_WIDTH, CONCEPT_SIZE, bold=True)
    lines = stack(text, centre[0], y + 6.0, CONCEPT_SIZE, bold=True)
    counts = _counts(node, centre[0] - _counts_width(node) / 2 + 5.0, y + box.height - 7.5, catalogue)
    return ConceptShape(node.id, x, y, box.width, box.height, node.colour, tuple(lines), tuple(counts),
                        passages_of(node), bool(counts), _concept_says(node, counts, catalogue))  # fmt: skip


def _concept_says(node: MapNode, counts: Sequence[Count], catalogue: Catalogue) -> str:
    """A concept with everything that its numbers say."""
    return _and_told(node.label.get(catalogue.language), [lower_first(count.says) for count in counts])


def _and_told(what: str, told: Sequence[str]) -> str:
    return " – ".join(part for part in (what, "; ".join(told)) if part)


def _counts(node: MapNode, x: float, baseline: float, catalogue: Catalogue) -> list[Count]:
    """The numbers of a concept in a row that begins at `x`."""
    counts = []
    for studies, filled, against, passages in _count_values(node):
        says = _says(studies, catalogue, filled=filled, against=against)
        counts.append(Count(x, baseline, str(studies), filled, against, passages, says))
        x += _count_width(str(studies))
    return counts


def _says(count: int, catalogue: Catalogue, *, filled: bool, against: bool) -> str:
    if filled and against:
        return catalogue.gettext("Contradicted in {count} of the main studies, checked by researchers", count=count)
    if filled:
        return catalogue.gettext("Shown in {count} of the main studies, checked by researchers", count=count)
    if against:
        return catalogue.gettext("Perhaps contradicted in {count} of the main studies, provisional", count=count)
    return catalogue.gettext("Suggested in {count} of the main studies, provisional", count=count)


def _link_says(link: MapLink, catalogue: Catalogue) -> list[str]:
    """How many main studies state a proposition, checked and provisional apart; that it is a hypothesis where none."""
    provisional = len(link.provisional[0])
    said = []
    if link.kind == "hypothesis":
        said.append(catalogue.gettext("hypothesis of the framework"))
    if link.kind == "human":
        said.append(
            catalogue.gettext("stated in {count} of the main studies, checked by researchers", count=len(link.studies))
        )
    if provisional:
        said.append(catalogue.gettext("perhaps stated in {count} of the main studies, provisional", count=provisional))
    return said


def _link(number: int, link: MapLink, layout: Layout, shift: Point, catalogue: Catalogue,
          nodes: Mapping[str, MapNode]) -> LinkShape:  # fmt: skip
    box = _phrase_box(number, link, catalogue)
    x, y = _moved(layout.centres[box.id], shift)
    top = y - box.height / 2 + 3.0
    phrase, counts = _phrase_lines(link, catalogue)
    colour = LINE_COLOURS[link.kind]
    lines = stack(phrase, x, top, PHRASE_SIZE, italic=True, colour=GREY if link.kind == "hypothesis" else INK)
    top += stack_height(phrase, PHRASE_SIZE)
    lines += stack(counts, x, top, COUNT_SIZE, bold=link.kind == "human", colour=colour)
    denied = _denied_text(link, catalogue)
    under = stack([denied], x, top + stack_height(counts, COUNT_SIZE), COUNT_SIZE, colour="#b3261e")
    curves = [[_moved(p, shift) for p in layout.curves[f"{end} {number}"]] for end in ("from", "to")]
    tip = _moved(layout.tips[f"to {number}"], shift)
    told = " ".join(label.get(catalogue.language)
                    for label in (nodes[link.source].label, link.label, nodes[link.target].label))  # fmt: skip
    return LinkShape(
        kind=link.kind,
        colour=colour,
        paths=tuple(_dashes(curve) if link.kind == "hypothesis" else _path(curve) for curve in curves),
        arrow=_arrow(curves[1][-1], tip),
        plate=(x - box.width / 2, y - box.height / 2, box.width, box.height),
        lines=tuple(lines),
        passages=(*link.passages, *link.provisional_passages),
        denied=under[0] if denied else None,
        denying=link.denying,
        says=_and_told(told, _link_says(link, catalogue)),
        says_denied=_and_told(told, [denied]) if denied else "",
    )


def _path(points: Sequence[Point]) -> str:
    """A cubic Bézier path: one point, then three for each piece."""
    text = [f"{x:.1f} {y:.1f}" for x, y in points]
    return f"M{text[0]} C" + " ".join(text[1:])


def _dashes(points: Sequence[Point]) -> str:
    """The same curve as short strokes: not every program draws `stroke-dasharray`."""
    strokes: list[list[Point]] = []
    walked, drawing = 0.0, False
    for a, b in pairwise(_flatten(points)):
        inside = walked % (DASH + DASH_GAP) < DASH
        if inside and not drawing:
            strokes.append([a, b])
        elif inside:
            strokes[-1][1] = b
        walked, drawing = walked + math.dist(a, b), inside
    return " ".join(f"M{a[0]:.1f} {a[1]:.1f} L{b[0]:.1f} {b[1]:.1f}" for a, b in strokes)


def _flatten(points: Sequence[Point]) -> list[Point]:
    """A cubic Bézier curve as points about a point apart."""
    line = [points[0]]
    for at in range(0, len(points) - 1, 3):
        p0, p1, p2, p3 = points[at : at + 4]
        steps = max(2, round(math.dist(p0, p1) + math.dist(p1, p2) + math.dist(p2, p3)))
        for step in range(1, steps + 1):
            t = step / steps
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            pieces = list(zip(weights, (p0, p1, p2, p3), strict=True))
            line.append((sum(w * p[0] for w, p in pieces), sum(w * p[1] for w, p in pieces)))
    return line


def _arrow(base: Point, tip: Point) -> tuple[Point, ...]:
    """A triangle from where the line ends to the tip."""
    along = (tip[0] - base[0], tip[1] - base[1])
    length = (along[0] ** 2 + along[1] ** 2) ** 0.5 or 1.0
    unit = (along[0] / length, along[1] / length)
    back = (tip[0] - unit[0] * ARROW_LENGTH, tip[1] - unit[1] * ARROW_LENGTH)
    across = (unit[1] * ARROW_WIDTH / 2, unit[0] * ARROW_WIDTH / 2)
    return tip, (back[0] - across[0], back[1] + across[1]), (back[0] + across[0], back[1] - across[1])


def _moved(point: Point, shift: Point) -> Point:
    return point[0] + shift[0], point[1] + shift[1]


def _lone_rows(nodes: Sequence[MapNode], width: float, top: float,
               catalogue: Catalogue) -> tuple[list[Line], list[ConceptShape], float]:  # fmt: skip
    """Concepts with passages but without a relation, in rows under a heading; where the next thing may begin."""
    if not nodes:
        return [], [], top
    head = Line(MARGIN, top, catalogue.gettext("With passages, but in no relation yet"), 11.0, "start", GREY, bold=True)
    shapes: list[ConceptShape] = []
    x, y, tallest = MARGIN, top + 10.0, 0.0
    for node in nodes:
        chip = _chip(node, catalogue)
        if x + chip.width > width - MARGIN and x > MARGIN:
            x, y, tallest = MARGIN, y + tallest + 7.0, 0.0
        shapes.append(_placed(chip, x, y))
        x, tallest = x + chip.width + 7.0, max(tallest, chip.height)
    return [head], shapes, y + tallest + 26.0


def _chip(node: MapNode, catalogue: Catalogue) -> ConceptShape:
    """A concept in small, its numbers beside its label, at the origin."""
    text = wrap_evenly(node.label.get(catalogue.language), CHIP_WIDTH, CHIP_SIZE)
    wide = max(text_width(line, CHIP_SIZE) for line in text)
    height = stack_height(text, CHIP_SIZE) + 9.0
    lines = stack(text, 8.0, 4.5, CHIP_SIZE, anchor="start")
    counts = _counts(node, 8.0 + wide + 5.0, height / 2 + 3.4, catalogue)
    return ConceptShape(node.id, 0.0, 0.0, wide + _counts_width(node) + 14.0, height, node.colour, tuple(lines),
                        tuple(counts), passages_of(node), bool(counts),
                        _concept_says(node, counts, catalogue))  # fmt: skip


def _placed(shape: ConceptShape, x: float, y: float) -> ConceptShape:
    """A shape made at the origin, moved."""
    moved: dict[str, Any] = {
        "x": shape.x + x,
        "y": shape.y + y,
        "lines": tuple(replace(line, x=line.x + x, y=line.y + y) for line in shape.lines),
        "counts": tuple(replace(count, x=count.x + x, y=count.y + y) for count in shape.counts),
    }
    return replace(shape, **moved)


def _legend(concept_map: ConceptMap, width: float, top: float, language: str) -> tuple[list[Swatch], float]:
    """The themes' colours in rows; the baseline of the last row."""
    swatches = []
    x, y = MARGIN, top
    for _, label, colour in concept_map.themes:
        step = text_width(label.get(language), 10.5) + 34.0
        if x + step > width - MARGIN and x > MARGIN:
            x, y = MARGIN, y + 18.0
        swatches.append(Swatch(x, y - 9.0, colour, Line(x + 17.0, y, label.get(language), 10.5, "start")))
        x += step
    return swatches, y


def _caption(concept_map: ConceptMap, width: float, top: float, catalogue: Catalogue, *, drawn: bool) -> list[Line]:
    """What the map shows and what it does not."""
    said = [
        catalogue.gettext(
            "A dashed relation is a hypothesis of the framework; a solid one is stated in passages of the main "
            "studies. Numbers count main studies (of {size}), never strength or importance.",
            size=concept_map.size,
        ),
        catalogue.gettext("What no researcher has checked is provisional and in no sum with what was checked."),
    ]
    if concept_map.coded < concept_map.size:
        said.append(catalogue.gettext("People have coded {coded} of the {size} main studies so far.",
                                      coded=concept_map.coded, size=concept_map.size))  # fmt: skip
    if concept_map.left_out:
        said.append(catalogue.gettext("{count} codes have neither a relation nor a passage and are left out.",
                                      count=len(concept_map.left_out)))  # fmt: skip
    if not drawn:
        said.insert(0, catalogue.gettext("The codebook names no relations and no researcher has stated one."))
    lines = wrap(" ".join(said), width - 2 * MARGIN, 10.0)
    return [Line(MARGIN, top + 13.0 * n, text, 10.0, "start", GREY) for n, text in enumerate(lines)]


def concept_map_graphml(concept_map: ConceptMap) -> bytes:
    """The map as GraphML: concepts and relations with labels in both languages, numbers of studies apart by status."""
    import io

    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in concept_map.nodes:
        graph.add_node(node.id, **_labels(node.label), theme=node.theme, colour=node.colour,
                       human_supporting=len(node.human_supporting),
                       human_contradicting=len(node.human_contradicting),
                       provisional_supporting=len(node.provisional_supporting),
                       provisional_contradicting=len(node.provisional_contradicting))  # fmt: skip
    for number, link in enumerate(concept_map.links):
        graph.add_edge(link.source, link.target, key=number, **_labels(link.label), kind=link.kind,
                       studies="; ".join(link.studies), count=len(link.studies), passages=" ".join(link.passages),
                       provisional_studies="; ".join(link.provisional_studies),
                       denying_studies="; ".join(link.denying_studies),
                       denying_provisional_studies="; ".join(link.denying_provisional_studies))  # fmt: skip
    out = io.BytesIO()
    networkx.write_graphml_xml(graph, out)
    return out.getvalue()


def _labels(label: Label) -> dict[str, str]:
    return {"label_id": label.id, "label_en": label.en}
