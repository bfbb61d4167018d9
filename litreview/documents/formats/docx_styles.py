"""Word's styles: what each gives a paragraph, its parents asked too."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from litreview.documents.formats.docx_text import W, run_type
from litreview.documents.formats.model import BODY_PT

_HEADING = re.compile(r"^(?:heading|judul)\s*([1-9])$")
_KINDS = (
    (re.compile(r"^title$"), "title"),
    (re.compile(r"^(?:toc \d|table of (?:figures|authorities)|index \d)$"), "contents"),
    (re.compile(r"^(?:intense )?(?:quote|block text)$"), "quote"),
    (re.compile(r"^caption$"), "caption"),
    (re.compile(r"^(?:foot|end)note text$"), "footnote"),
    (re.compile(r"^list (?:bullet|number)\b"), "list"),
)
_DEEPEST = 12  # styles above a style; Word allows no circle, but a file may have one


@dataclass(frozen=True, slots=True)
class Style:
    """What a style gives: its kind of paragraph ("" for any), a heading's level (0: none), its type, indent (points),
    whether it numbers."""

    kind: str = ""
    level: int = 0
    size: float = BODY_PT
    bold: bool = False
    italic: bool = False
    indent: float = 0.0
    numbered: bool = False


class Styles:
    """The styles of a document, by id."""

    def __init__(self, root: Any) -> None:
        self._elements = {one.get(f"{W}styleId", ""): one for one in root.findall(f"{W}style")}
        default = next((i for i, e in self._elements.items() if _is_default(e)), "")
        base = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        size, bold, italic, _ = run_type(base)
        self._plain = Style(size=size or BODY_PT, bold=bool(bold), italic=bool(italic))
        self._known: dict[str, Style] = {}
        self._default = default

    def of(self, style_id: str) -> Style:
        """A style by its id; the document's own for an unknown one."""
        key = style_id if style_id in self._elements else self._default
        if key not in self._known:
            self._known[key] = self._resolve(key)
        return self._known[key]

    def _resolve(self, style_id: str) -> Style:
        chain: list[Any] = []
        while style_id in self._elements and len(chain) < _DEEPEST:
            element = self._elements[style_id]
            chain.append(element)
            above = element.find(f"{W}basedOn")
            style_id = above.get(f"{W}val", "") if above is not None else ""
        style = self._plain
        for element in reversed(chain):
            style = _with(style, element)
        return style


def _is_default(element: Any) -> bool:
    return element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true")


def _with(style: Style, element: Any) -> Style:
    """A style as another one, based on it, changes it."""
    name = element.find(f"{W}name")
    called = name.get(f"{W}val", "").lower() if name is not None else ""
    size, bold, italic, _ = run_type(element.find(f"{W}rPr"))
    style = replace(
        style,
        size=size or style.size,
        bold=style.bold if bold is None else bold,
        italic=style.italic if italic is None else italic,
    )
    heading = _HEADING.match(called)
    if heading:
        style = replace(style, kind="", level=int(heading.group(1)))
    for pattern, kind in _KINDS:
        if pattern.match(called):
            style = replace(style, kind=kind, level=0)
    return with_properties(style, element.find(f"{W}pPr"))


def with_properties(style: Style, properties: Any) -> Style:
    """A style as a paragraph's own properties change it."""
    if properties is None:
        return style
    outline = properties.find(f"{W}outlineLvl")
    if outline is not None and outline.get(f"{W}val", "").isdigit():
        level = int(outline.get(f"{W}val")) + 1
        style = replace(style, level=level if level < 10 else 0)  # 10 is body text
    indent = properties.find(f"{W}ind")
    if indent is not None:
        style = replace(style, indent=_points(indent.get(f"{W}left", indent.get(f"{W}start", "0"))))
    number = properties.find(f"{W}numPr/{W}numId")
    if number is not None:
        style = replace(style, numbered=number.get(f"{W}val", "0") != "0")
    return style


def _points(twentieths: str) -> float:
    return min(300.0, max(0.0, int(twentieths) / 20)) if twentieths.lstrip("-").isdigit() else 0.0
