from __future__ import annotations

from xml.etree import ElementTree

import pytest

from litreview.errors import message
from litreview.protocol import SAMPLE_MARK
from litreview.report.drawing import svg_to_png
from litreview.report.flow_svg import DATABASES, MAIN, OTHERS, draw_flow, flow_svg
from litreview.synthesis.model import Flow, FlowBox


def flow(*boxes: FlowBox) -> Flow:
    return Flow({box.key: box for box in boxes})


FULL = flow(
    FlowBox("database_results", 80, (("Scopus", 50), ("A & B <database>", 30))),
    FlowBox("duplicates", 16),
    FlowBox("records_screened", 64, provisional=60),
    FlowBox("dbr_assessed", 14),
    FlowBox("dbr_excluded", 6, (("years", 4), ("other", 2)), provisional=6),
    FlowBox("website_results", 3),
    FlowBox("other_assessed", 3),
    FlowBox("new_studies", 8),
    FlowBox("main_studies", 5),
)


def texts(svg: str) -> str:
    """All words of a drawing, which must be well-formed XML; no-break spaces as spaces."""
    joined = " ".join(" ".join(ElementTree.fromstring(svg).itertext()).split())
    return joined.replace("\u00a0", " ")


def test_every_number_stands_beside_its_prisma_words() -> None:
    said = texts(flow_svg(FULL, "en", False, "context", {"years": "Published 2018–2023"}))
    for words in ("Databases (n = 80)", "A & B <database> (n = 30)", "Duplicate records (n = 16)",
                  "Records screened (n = 64)", "decided by people: 4; provisional: 60", "Reports excluded (n = 6):",
                  "Published 2018–2023 (n = 4)", "Websites (n = 3)", "New studies included in review (n = 8)",
                  "Main studies chosen from the included (n = 5)", "Adapted from PRISMA 2020"):  # fmt: skip
        assert words in said


def test_other_methods_stand_only_where_something_was_found_by_them() -> None:
    assert "other methods" in texts(flow_svg(FULL, "en", False, "context", {}))
    assert "other methods" not in texts(flow_svg(flow(FlowBox("new_studies", 1)), "en", False, "context", {}))


def test_an_empty_flow_and_one_that_does_not_close_are_drawn() -> None:
    broken = Flow({}, (message("{a} records do not close with {b}.", a=3, b="<4>"),))
    said = texts(flow_svg(broken, "en", False, "scoping", {}))
    assert "3 records do not close with <4>." in said
    assert "After PRISMA 2020" in said


@pytest.mark.parametrize("sample", [True, False])
def test_the_sample_banner_stands_on_sample_data_only(sample: bool) -> None:
    assert (SAMPLE_MARK in texts(flow_svg(FULL, "id", sample, "context", {}))) is sample


def test_boxes_neither_overlap_nor_leave_the_page_and_hold_their_words() -> None:
    drawing = draw_flow(FULL, "en", True, "context", {"years": "A very long reason for exclusion " * 4})
    for number, box in enumerate(drawing.boxes):
        assert box.x + box.width <= drawing.width
        assert all(box.y < line.y <= box.y + box.height for line in box.lines)
        for other in drawing.boxes[number + 1 :]:
            apart = (
                box.x + box.width <= other.x or other.x + other.width <= box.x
                or box.y + box.height <= other.y or other.y + other.height <= box.y
            )  # fmt: skip
            assert apart


def test_the_same_flow_gives_the_same_bytes_and_a_picture() -> None:
    svg = flow_svg(FULL, "id", True, "context", {})
    assert svg == flow_svg(FULL, "id", True, "context", {})
    assert svg_to_png(svg, 300).startswith(b"\x89PNG")


def test_every_key_of_the_flow_has_its_box_once() -> None:
    keys = [part.key for stage in (*DATABASES, *OTHERS, MAIN) for part in stage.parts]
    assert len(keys) == len(set(keys))
