from __future__ import annotations

import math
from itertools import combinations
from xml.etree import ElementTree

import pytest

from litreview.coding.model import Label
from litreview.language.catalogue import Catalogue
from litreview.protocol import SAMPLE_MARK
from litreview.report.drawing import number, svg_to_png, text_width, tint, wrap
from litreview.report.map_svg import MapDrawing, concept_map_graphml, concept_map_svg, draw_map
from litreview.synthesis.model import Cell, ConceptMap, MapLink, MapNode

HOSTILE = 'Harga <naik> & "turun" PemutakhiranDataYangPanjangSekaliTanpaSpasi'


def node(id_: str, text: str, *passages: str) -> MapNode:
    studies = ("s1",) if passages else ()
    return MapNode(
        id_,
        Label(text, text),
        "drivers",
        "#3a6ea5",
        Cell(provisional_supports=passages),
        provisional_supporting=studies,
    )


def many(concepts: int, links: int) -> ConceptMap:
    """A map as large as a real one: labels of one to five words, links to near and far concepts."""
    nodes = tuple(
        node(f"c{n}", " ".join(["kemampuan", "keluarga", "tumbuh", "dan", "berubah"][: n % 5 + 1]), f"q{n}")
        for n in range(concepts)
    )
    kinds = ("hypothesis", "provisional", "human")
    made = tuple(
        MapLink(f"c{n % concepts}", f"c{(n * 7 + 3) % concepts}", Label("membuka jalan bagi", "opens the way to"),
                kinds[n % 3], ("s1", "s2") if n % 3 else (), ("q1",), ("q2",) if n % 5 == 0 else (),
                ("s2",) if n % 5 == 0 else ())
        for n in range(links)
    )  # fmt: skip
    return ConceptMap(nodes, made, themes=(("drivers", Label("Faktor pendorong", "Drivers"), "#3a6ea5"),), size=5)


def rectangles(drawing: MapDrawing) -> list[tuple[float, float, float, float]]:
    return [(c.x, c.y, c.width, c.height) for c in drawing.concepts] + [link.plate for link in drawing.links]


def inside(drawing: MapDrawing) -> bool:
    return all(
        x >= 0 and y >= 0 and x + w <= drawing.width and y + h <= drawing.height for x, y, w, h in rectangles(drawing)
    )


@pytest.mark.parametrize(("down", "beside"), [(True, True), (True, False), (False, True), (False, False)])
def test_forty_concepts_and_twenty_links_stand_apart_and_on_the_page(down: bool, beside: bool) -> None:
    drawing = draw_map(many(40, 20), Catalogue("id"), sample=True, down=down, beside=beside)
    for (x, y, w, h), (x2, y2, w2, h2) in combinations(rectangles(drawing), 2):
        assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y
    assert inside(drawing)


def test_labels_fit_their_boxes() -> None:
    drawing = draw_map(
        ConceptMap((node("a", HOSTILE, "q1"), node("b", "B")), (MapLink("a", "b", Label("x", "x"), "hypothesis"),)),
        Catalogue("id"),
        sample=False,
    )
    for concept in drawing.concepts:
        for line in concept.lines:
            assert text_width(line.text, line.size, bold=True) <= concept.width
            assert concept.y < line.y < concept.y + concept.height
    assert inside(drawing)


def test_arrows_end_at_their_concepts() -> None:
    drawing = draw_map(many(12, 9), Catalogue("id"), sample=False)
    boxes = {c.id: c for c in drawing.concepts}
    for link, shape in zip(many(12, 9).links, drawing.links, strict=True):
        box, tip = boxes[link.target], shape.arrow[0]
        off = (max(box.x - tip[0], 0, tip[0] - box.x - box.width), max(box.y - tip[1], 0, tip[1] - box.y - box.height))
        assert math.hypot(*off) < 3


def test_hostile_labels_are_escaped_and_every_concept_opens_its_passages() -> None:
    svg = concept_map_svg(ConceptMap((node("a", HOSTILE, "q0001", "q0002"),), ()), Catalogue("id"), False)
    root = ElementTree.fromstring(svg)
    said = "".join(root.itertext())
    assert "<naik>" in said
    opens = [e.attrib["data-ids"] for e in root.iter() if e.attrib.get("class") == "opens"]
    assert opens == ["q0001 q0002", "q0001 q0002"]  # the concept, and its number


def test_a_hypothesis_is_drawn_in_strokes_and_tells_no_number() -> None:
    link = MapLink("a", "b", Label("mendorong", "promotes"), "hypothesis")
    drawing = draw_map(ConceptMap((node("a", "A", "q1"), node("b", "B")), (link,)), Catalogue("id"), sample=False)
    (shape,) = drawing.links
    assert all(path.count("M") > 1 for path in shape.paths)
    assert [line.text for line in shape.lines] == ["mendorong"]


def test_human_and_provisional_studies_are_told_apart() -> None:
    link = MapLink(
        "a", "b", Label("mendorong", "promotes"), "human", ("s1", "s2"), ("p0001",), ("q9",), ("s3",), ("s4",), ("q3",)
    )
    drawing = draw_map(ConceptMap((node("a", "A", "q1"), node("b", "B")), (link,)), Catalogue("en"), sample=False)
    (shape,) = drawing.links
    assert [line.text for line in shape.lines] == ["promotes", "2 studies", "+ 1 provisional"]
    assert shape.denied is not None
    assert (shape.denied.text, shape.denying, shape.passages) == ("1 denying", ("q9",), ("p0001", "q3"))


@pytest.mark.parametrize("sample", [True, False])
def test_an_empty_map_says_so_and_bears_the_banner_of_sample_data_only(sample: bool) -> None:
    svg = concept_map_svg(ConceptMap((), ()), Catalogue("en"), sample)
    assert (SAMPLE_MARK in svg) is sample
    assert "names no relations" in svg


def test_the_same_map_gives_the_same_bytes_and_a_picture() -> None:
    svg = concept_map_svg(many(20, 12), Catalogue("id"), True)
    assert svg == concept_map_svg(many(20, 12), Catalogue("id"), True)
    assert svg_to_png(svg, 400).startswith(b"\x89PNG")


def test_graphml_holds_labels_and_numbers() -> None:
    import io

    import networkx

    graph = networkx.read_graphml(io.BytesIO(concept_map_graphml(many(5, 4))), force_multigraph=True)
    assert graph.nodes["c0"]["provisional_supporting"] == 1
    assert sorted(data["kind"] for _, _, data in graph.edges(data=True)) == [
        "human",
        "hypothesis",
        "hypothesis",
        "provisional",
    ]


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (-0.01, "0"), (2.345, "2.3"), (10.0, "10")])
def test_numbers_are_short(value: float, text: str) -> None:
    assert number(value) == text


def test_words_wrap_and_only_monsters_are_cut() -> None:
    assert wrap("", 50, 10) == [""]
    assert wrap("satu dua tiga", 45, 10) == ["satu dua", "tiga"]
    assert all(text_width(line, 10) <= 90 for line in wrap("x" * 100, 60, 10))
    assert tint("no colour", 0.5) == tint("#777777", 0.5)


def test_each_shape_says_in_its_own_title_what_is_checked_and_what_is_provisional() -> None:
    cell = Cell(("q1",), (), ("q2", "q3"), ())
    one = MapNode("a", Label("Harapan", "Hope"), "drivers", "#3a6ea5", cell, ("s1",), (), ("s2", "s3"), ())
    link = MapLink("a", "b", Label("mendorong", "promotes"), "human", ("s1",), ("p0001",), ("q9",), ("s3",), ("s4",))
    svg = concept_map_svg(ConceptMap((one, node("b", "B", "q1")), (link,)), Catalogue("en"), False)
    root = ElementTree.fromstring(svg)
    titles = [[c.text for c in e if c.tag.endswith("title")] for e in root.iter() if "data-ids" in e.attrib]
    assert [
        "Hope promotes B – stated in 1 of the main studies, checked by researchers; perhaps stated in 1 of the main "
        "studies, provisional"
    ] in titles
    assert ["Hope promotes B – 1 denying"] in titles
    assert [
        "Hope – shown in 1 of the main studies, checked by researchers; suggested in 2 of the main studies, provisional"
    ] in titles
    assert all(len(own) == 1 for own in titles)
