from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from litreview.errors import OutputError
from litreview.exchange.annotated import Mark, Note, annotate_pdf, annotated_names
from litreview.protocol import SAMPLE_MARK
from litreview.report.render import render_outputs
from tests.report_making import LOAD, make_context

pymupdf: Any = import_module("pymupdf")
SMALLER = (1, 1, -1, -1)
HUMAN = Note("barriers", "#d1495b", "Beban kerja – mendukung – sudah diperiksa (x)", "x", "human")
MACHINE = Note("strengths", "#2a9d8f", "Harapan – mendukung – sementara (cues 1)", "cues 1", "provisional")


def make_pdf(path: Path, rotation: int = 0, **options: object) -> Mark:
    """A page with a line of text; a mark on its words as they are displayed."""
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=400, height=300)
        page.insert_text((50, 80), "One two three four five.")
        page.set_rotation(rotation)
        rects = [tuple(rect * page.rotation_matrix) for rect in page.search_for("two three")]
        pdf.save(path, no_new_id=True, **options)
    return Mark(1, tuple(rects), (HUMAN,))


def marks_in(content: bytes) -> list[tuple[str, str, tuple[float, ...], Any]]:
    """Coder, text, colour and rectangle of each annotation."""
    with pymupdf.open(stream=content) as pdf:
        return [
            (one.info["title"], one.info["content"], tuple(one.colors["stroke"]), one.rect)
            for page in pdf  # an annotation is read while its page lives
            for one in page.annots()
        ]


def test_a_passage_is_highlighted_in_its_category_s_colour_with_code_coder_and_status(tmp_path: Path) -> None:
    mark = make_pdf(tmp_path / "a.pdf")
    [(title, content, colour, rect)] = marks_in(annotate_pdf(tmp_path / "a.pdf", [mark]))
    assert (title, content) == ("x", HUMAN.text)
    assert colour == pytest.approx((0xD1 / 255, 0x49 / 255, 0x5B / 255), abs=0.01)
    assert rect.contains(pymupdf.Rect(mark.rects[0]) + SMALLER)


def test_two_categories_share_the_line_in_bands(tmp_path: Path) -> None:
    mark = make_pdf(tmp_path / "a.pdf")
    found = marks_in(annotate_pdf(tmp_path / "a.pdf", [Mark(1, mark.rects, (HUMAN, MACHINE))]))
    assert [one[0] for one in found] == ["x", "cues 1"]
    assert found[0][3].y0 < found[1][3].y0
    assert found[0][3].height < pymupdf.Rect(mark.rects[0]).height


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rotated_pages_are_marked_where_the_words_are_seen(tmp_path: Path, rotation: int) -> None:
    mark = make_pdf(tmp_path / "a.pdf", rotation)
    content = annotate_pdf(tmp_path / "a.pdf", [mark], SAMPLE_MARK)
    with pymupdf.open(stream=content) as pdf:
        page = pdf[0]
        [annotation] = page.annots()
        words = page.search_for("two three")[0]
        assert (annotation.rect & words).get_area() > 0.9 * words.get_area()
        foot = page.search_for("SAMPLE DATA")[0] * page.rotation_matrix
        assert foot.y0 > page.rect.height - 25


def test_the_same_marks_give_the_same_bytes_without_a_clock(tmp_path: Path) -> None:
    mark = make_pdf(tmp_path / "a.pdf")
    one, other = (annotate_pdf(tmp_path / "a.pdf", [mark], SAMPLE_MARK) for _ in range(2))
    assert one == other
    assert one.count(b"D:20000101000000Z") == one.count(b"(D:")


def test_a_file_locked_for_changes_is_marked_all_the_same(tmp_path: Path) -> None:
    mark = make_pdf(tmp_path / "a.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="o", permissions=4)
    one, other = (annotate_pdf(tmp_path / "a.pdf", [mark]) for _ in range(2))
    assert one == other
    assert len(marks_in(one)) == 1


def test_what_is_no_pdf_is_an_error_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no pdf")
    with pytest.raises(OutputError, match=r"a\.pdf"):
        annotate_pdf(tmp_path / "a.pdf", [])


def test_names_are_safe_stable_and_never_clash() -> None:
    names = annotated_names(["corpus/a/X.pdf", "corpus/a/x.PDF", "corpus/b/x.pdf", "corpus/" + "l" * 300 + ".pdf",
                             "corpus/con.pdf", "corpus/a: b?.pdf"])  # fmt: skip
    assert names["corpus/b/x.pdf"] == "b - x.pdf"
    assert len({name.casefold() for name in names.values()}) == len(names)
    assert all(len(name) < 100 for name in names.values())
    assert names["corpus/con.pdf"] == "_con.pdf"
    assert not set("".join(names.values())) & set('<>:"/\\|?*')
    assert annotated_names(["corpus/b/x.pdf"])["corpus/b/x.pdf"] == names["corpus/b/x.pdf"]


def test_the_outputs_highlight_each_quotation_on_its_page(tmp_path: Path) -> None:
    outputs = dict(render_outputs(make_context(tmp_path)))
    found = marks_in(outputs["annotated/a.pdf"])
    assert len(found) == 4
    assert any("mendukung – sudah diperiksa (Xaverius)" in content for _, content, _, _ in found)
    with pymupdf.open(stream=outputs["annotated/a.pdf"]) as pdf:
        words = pdf[0].search_for(LOAD)[0]
        assert any((rect & words).get_area() > 0.9 * words.get_area() for _, _, _, rect in found)
