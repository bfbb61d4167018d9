"""How a page lies is seen from its stripes of ink."""

from __future__ import annotations

import numpy as np
import pymupdf
import pytest

from litreview.documents.straighten import Lie, how_it_lies
from tests.pdf_making import FULL, lines, make_pdf


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> pymupdf.Page:
    words = FULL.split()
    texts = [" ".join(words[i * 5 % 12 :] + words[: i * 7 % 12]) for i in range(40)]  # no letter above its like
    path = make_pdf(tmp_path_factory.mktemp("page") / "a.pdf", [lines(texts)])
    return pymupdf.open(path)[0]


@pytest.mark.parametrize(
    ("turned", "back", "lean"), [(0, 0, 0), (2.5, 0, 2.5), (-4, 0, -4), (90, 270, 0), (93, 270, 3)]
)
def test_turned_and_askew(page: pymupdf.Page, turned: float, back: int, lean: float) -> None:
    pixels = page.get_pixmap(matrix=pymupdf.Matrix(2, 2).prerotate(turned), colorspace=pymupdf.csGRAY)
    grey = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.stride)[:, : pixels.width]
    found = how_it_lies(grey)
    assert found.turn == back
    assert found.lean == pytest.approx(lean, abs=0.2)


def test_nothing_and_all_black() -> None:
    assert how_it_lies(np.full((500, 400), 255, np.uint8)) == Lie()
    assert how_it_lies(np.zeros((500, 400), np.uint8)) == Lie()
    assert how_it_lies(np.tile(np.arange(250, dtype=np.uint8), (300, 1))) == Lie()
