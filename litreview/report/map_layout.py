"""Where the concept map's boxes and lines go: Graphviz `dot` on boxes of fixed size, measured by us."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

Point = tuple[float, float]


class Box(msgspec.Struct, frozen=True):
    """A box to be placed: width and height in points."""

    id: str
    width: float
    height: float


class Edge(msgspec.Struct, frozen=True):
    """A line to be drawn from box to box; `arrow` where it ends in an arrowhead."""

    id: str
    source: str
    target: str
    arrow: bool = False


class Layout(msgspec.Struct, frozen=True):
    """Centres of boxes by id; lines by id as cubic Bézier points (1 + 3 n); the tips of arrows. From the top left."""

    width: float
    height: float
    centres: dict[str, Point]
    curves: dict[str, tuple[Point, ...]]
    tips: dict[str, Point]


def lay_out_parts(boxes: Sequence[Box], edges: Sequence[Edge], *, down: bool, beside: bool,
                  apart: float = 34.0) -> Layout:  # fmt: skip
    """Lay out each connected part by itself, the largest first; the small ones stand `beside` it in columns, from the
    top down, or beneath it in rows, from left to right. Empty without boxes."""
    parts = sorted(_parts(boxes, edges), key=lambda part: -len(part[0]))
    if not parts:
        return Layout(0.0, 0.0, {}, {}, {})
    first = lay_out(*parts[0], down=down)
    placed = [(first, (0.0, 0.0))]
    cross, along, widest = 0.0, 0.0, 0.0  # in the direction of filling, of the next row or column, its thickness
    limit = first.height if beside else first.width
    along = (first.width if beside else first.height) + apart
    for part in parts[1:]:
        laid = lay_out(*part, down=beside)
        length, thickness = (laid.height, laid.width) if beside else (laid.width, laid.height)
        if cross and cross + length > limit:
            cross, along, widest = 0.0, along + widest + apart, 0.0
        placed.append((laid, (along, cross) if beside else (cross, along)))
        cross, widest = cross + length + apart, max(widest, thickness)
    return _together(placed)


def _parts(boxes: Sequence[Box], edges: Sequence[Edge]) -> list[tuple[list[Box], list[Edge]]]:
    """Boxes and edges by connected part, in the order of their first boxes."""
    group = {box.id: number for number, box in enumerate(boxes)}
    for edge in edges:
        low, high = sorted((group[edge.source], group[edge.target]))
        group.update({id_: low for id_, number in group.items() if number == high})
    numbers = dict.fromkeys(group[box.id] for box in boxes)
    return [([b for b in boxes if group[b.id] == n], [e for e in edges if group[e.source] == n]) for n in numbers]


def _together(placed: Sequence[tuple[Layout, Point]]) -> Layout:
    whole = Layout(max(part.width + at[0] for part, at in placed), max(part.height + at[1] for part, at in placed),
                   {}, {}, {})  # fmt: skip
    for part, at in placed:
        whole.centres.update({id_: _shifted(point, at) for id_, point in part.centres.items()})
        whole.curves.update({id_: tuple(_shifted(p, at) for p in points) for id_, points in part.curves.items()})
        whole.tips.update({id_: _shifted(point, at) for id_, point in part.tips.items()})
    return whole


def _shifted(point: Point, by: Point) -> Point:
    return point[0] + by[0], point[1] + by[1]


def lay_out(boxes: Sequence[Box], edges: Sequence[Edge], *, down: bool, rank_gap: float = 20.0,
            gap: float = 11.0) -> Layout:  # fmt: skip
    """Place boxes along the edges from the top down, or from left to right; no box upon another. Gaps in points."""
    import pygraphviz

    graph = pygraphviz.AGraph(strict=False, directed=True)
    graph.graph_attr.update(
        rankdir="TB" if down else "LR",
        nodesep=f"{gap / 72:.4f}",
        ranksep=f"{rank_gap / 72:.4f}",
        splines="true",
        searchsize="200",
        mclimit="6",
    )
    names = {box.id: f"n{number}" for number, box in enumerate(boxes)}  # ids of people never reach Graphviz
    for box in boxes:
        graph.add_node(names[box.id], label="", shape="box", fixedsize="true",
                       width=f"{box.width / 72:.4f}", height=f"{box.height / 72:.4f}")  # fmt: skip
    for number, edge in enumerate(edges):
        graph.add_edge(names[edge.source], names[edge.target], key=f"e{number}", weight="2",
                       arrowhead="normal" if edge.arrow else "none", arrowsize="0.7")  # fmt: skip
    graph.layout(prog="dot")
    return _read(graph, boxes, edges, names)


def _read(graph: Any, boxes: Sequence[Box], edges: Sequence[Edge], names: dict[str, str]) -> Layout:
    left, bottom, right, top = (float(v) for v in graph.graph_attr["bb"].split(","))
    centres = {box.id: _point(graph.get_node(names[box.id]).attr["pos"], left, top) for box in boxes}
    curves: dict[str, tuple[Point, ...]] = {}
    tips: dict[str, Point] = {}
    for number, edge in enumerate(edges):
        drawn = graph.get_edge(names[edge.source], names[edge.target], key=f"e{number}").attr["pos"]
        parts = drawn.replace("\\\n", "").split()
        for part in parts:
            if part.startswith("e,"):
                tips[edge.id] = _point(part[2:], left, top)
        curves[edge.id] = tuple(_point(part, left, top) for part in parts if part[1] != ",")
    return Layout(right - left, top - bottom, centres, curves, tips)


def _point(text: str, left: float, top: float) -> Point:
    x, y = text.split(",")
    return float(x) - left, top - float(y)
