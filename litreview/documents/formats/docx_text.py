"""The text of a paragraph of WordprocessingML, with what its runs look like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FALLBACK = f"{_COMPATIBILITY}Fallback"
_OFF = frozenset(("0", "false", "off", "none"))
# A second copy for older programs; text that was deleted or moved away; boxes, which are read apart.
_SKIPPED = frozenset((_FALLBACK, f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{W}pPr", f"{W}instrText"))
_SIGNS = {f"{W}tab": "\t", f"{W}noBreakHyphen": "-", f"{W}softHyphen": "\u00ad", f"{W}ptab": "\t"}
_DRAWINGS = frozenset(
    (f"{W}drawing", f"{W}pict", f"{W}object", f"{_COMPATIBILITY}AlternateContent"),
)
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}


@dataclass(slots=True)
class ParagraphText:
    """A paragraph's lines; how many of its characters stand in each type (size in points or None, bold, italic); its
    notes (kind, id) and boxes; whether a page begins before or in it, and whether it holds a picture."""

    lines: list[str] = field(default_factory=lambda: [""])
    types: dict[tuple[float | None, bool | None, bool | None, str], int] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    new_page: bool = False
    pictured: bool = False

    @property
    def empty(self) -> bool:
        """Whether it has no sign but spaces."""
        return not any(line.strip() for line in self.lines)


def read_paragraph(paragraph: Any) -> ParagraphText:
    """The text of a `w:p` element: insertions, fields' results, links and content controls are read; deletions and
    hidden text are not."""
    text = ParagraphText()
    for run in _runs(paragraph, text):
        _read_run(run, text)
    return text


def _runs(element: Any, text: ParagraphText) -> Iterator[Any]:
    """Runs in order, and formulas' texts; notes boxes on the way."""
    for child in element:
        tag = child.tag
        if tag == f"{W}r" or tag == _MATH_TEXT:
            yield child
        elif tag not in _SKIPPED and isinstance(tag, str):
            yield from _runs(child, text)


def _read_run(run: Any, text: ParagraphText) -> None:
    if run.tag == _MATH_TEXT:
        text.lines[-1] += run.text or ""
        return
    look = run.find(f"{W}rPr")
    if look is not None and is_on(look.find(f"{W}vanish")):
        return
    length = 0
    for child in run:
        tag = child.tag
        if tag == f"{W}t":
            length += len(child.text or "")
            text.lines[-1] += child.text or ""
        elif tag in _SIGNS:
            text.lines[-1] += _SIGNS[tag]
        elif tag in (f"{W}br", f"{W}cr"):
            _break(child, text)
        elif tag == f"{W}lastRenderedPageBreak":
            text.new_page = text.new_page or text.empty
        elif tag in _NOTES:
            text.notes.append((_NOTES[tag], child.get(f"{W}id", "")))
        elif tag in _DRAWINGS:
            text.boxes.extend(_boxes(child))
            text.pictured = True
    if length:
        kind = run_type(look)
        text.types[kind] = text.types.get(kind, 0) + length


def _break(element: Any, text: ParagraphText) -> None:
    if element.get(f"{W}type") == "page":
        text.new_page = text.new_page or text.empty
    else:
        text.lines.append("")


def _boxes(element: Any) -> Iterator[Any]:
    """Contents of text boxes inside a drawing, each once."""
    if element.tag == f"{W}txbxContent":
        yield element
    elif element.tag != _FALLBACK:
        for child in element:
            yield from _boxes(child)


def run_type(look: Any) -> tuple[float | None, bool | None, bool | None, str]:
    """Size in points, bold and italic as a run's or a style's properties set them (None: not set), and its style."""
    if look is None:
        return None, None, None, ""
    size, style = look.find(f"{W}sz"), look.find(f"{W}rStyle")
    return (
        half_points(size),
        _set(look.find(f"{W}b")),
        _set(look.find(f"{W}i")),
        style.get(f"{W}val", "") if style is not None else "",
    )


def half_points(element: Any) -> float | None:
    """A size in points; None where none is set, or none that can be."""
    value = element.get(f"{W}val", "") if element is not None else ""
    return int(value) / 2 if value.isdigit() and 4 <= int(value) <= 400 else None


def _set(element: Any) -> bool | None:
    return None if element is None else is_on(element)


def is_on(element: Any) -> bool:
    """Whether a switch of WordprocessingML is on: it stands there and does not say no."""
    return element is not None and element.get(f"{W}val", "1").lower() not in _OFF
