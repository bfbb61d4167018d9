"""What every drawing shares: text measured with a built-in font, lines, numbers, and SVG turned into PNG.

Units are points (72 to an inch), from the top left. No system font is asked for anything: the same drawing gives the
same bytes on every machine, and `SLACK` leaves room for a viewer whose Helvetica is a little wider.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec

from litreview.language.catalogue import Catalogue

FONTS = "Helvetica, Arial, sans-serif"
SLACK = 1.08
INK, GREY, PALE = "#1d2733", "#5d6b7a", "#c9d1d9"

_SPACES = re.compile(r"[ \t\r\n]+")  # not the no-break space


class Line(msgspec.Struct, frozen=True):
    """A line of text at its baseline; `x` is its middle, or its left end where `anchor` is `start`."""

    x: float
    y: float
    text: str
    size: float = 10.0
    anchor: str = "middle"
    colour: str = INK
    bold: bool = False
    italic: bool = False


@lru_cache(maxsize=8)
def _font(bold: bool, italic: bool) -> Any:
    names = {(False, False): "helv", (True, False): "hebo", (False, True): "heit", (True, True): "hebi"}
    return _mupdf().Font(names[bold, italic])


@lru_cache(maxsize=4096)
def _advance(sign: str, bold: bool, italic: bool) -> float:
    """Width of one character at size 1."""
    return float(_font(bold, italic).text_length(sign, fontsize=1))


def text_width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """Width of a text in points, with slack."""
    return sum(_advance(sign, bold, italic) for sign in text) * size * SLACK


def wrap(text: str, width: float, size: float, *, bold: bool = False, italic: bool = False) -> list[str]:
    """Words in lines no wider than `width` points (a single word up to half more, then cut). At least one line."""
    lines = [""]
    for word in _SPACES.split(text.strip()):
        for piece in _pieces(word, width, size, bold=bold):
            longer = f"{lines[-1]} {piece}".strip()
            if not lines[-1] or text_width(longer, size, bold=bold, italic=italic) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    return lines


def wrap_evenly(text: str, width: float, size: float, *, bold: bool = False, italic: bool = False) -> list[str]:
    """As `wrap`, in the same number of lines but as even as can be."""
    lines = wrap(text, width, size, bold=bold, italic=italic)
    narrower = width
    while narrower > width / 3:
        narrower -= 2
        tried = wrap(text, narrower, size, bold=bold, italic=italic)
        if len(tried) > len(lines) or any(line.endswith("-") for line in tried) != any(x.endswith("-") for x in lines):
            break
        lines = tried
    return lines


def _pieces(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    """A word, or its pieces where it alone is far wider than the line (a little over is better than a hyphen)."""
    pieces = []
    while text_width(word, size, bold=bold) > 1.5 * width and len(word) > 3:
        cut = max(2, int(len(word) * width / text_width(word, size, bold=bold)) - 1)
        pieces.append(word[:cut] + "-")
        word = word[cut:]
    return [*pieces, word]


def stack(lines: Sequence[str], x: float, top: float, size: float, **style: Any) -> list[Line]:
    """Lines of one size under each other, the first one's box beginning at `top`."""
    return [Line(x, top + size * (0.82 + 1.2 * n), text, size, **style) for n, text in enumerate(lines)]


def stack_height(lines: Sequence[str], size: float) -> float:
    """The height of stacked lines."""
    return size * 1.2 * len(lines)


def number(value: float) -> str:
    """A coordinate with at most one decimal, never "-0"."""
    text = f"{value + 0.0:.1f}"
    text = text[:-2] if text.endswith(".0") else text
    return "0" if text == "-0" else text


def tint(colour: str, share: float) -> str:
    """A colour mixed with white; `share` of the colour (0 to 1). What is no "#rrggbb" becomes grey."""
    try:
        parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    except ValueError:
        parts = [119, 119, 119]
    return "#" + "".join(f"{round(255 - (255 - part) * share):02x}" for part in parts)


def render_svg(template: str, language: str, **values: Any) -> str:
    """An SVG template of `templates/`, everything escaped, unknown names an error. Ends with a newline."""
    text = _environment().get_template(template).render(
        number=number, tint=tint, fonts=FONTS, ink=INK, grey=GREY, pale=PALE, language=language,
        _=Catalogue(language).gettext, **values,
    )  # fmt: skip
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip()) + "\n"


@lru_cache(maxsize=1)
def _environment() -> Any:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.PackageLoader("litreview.report", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def svg_to_png(svg: str, width_px: int) -> bytes:
    """A drawing as PNG on white, `width_px` wide."""
    mupdf = _mupdf()
    with mupdf.open(stream=svg.encode("utf-8"), filetype="svg") as drawing:
        page = drawing[0]
        scale = width_px / page.rect.width
        image = page.get_pixmap(matrix=mupdf.Matrix(scale, scale), alpha=False)
        return bytes(image.tobytes("png"))


def _mupdf() -> Any:
    """PyMuPDF, imported where it is first needed (its annotations are partial, so it counts as untyped)."""
    import pymupdf

    return pymupdf
