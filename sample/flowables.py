"""Pieces of platypus that this corpus needs: traced paragraphs, footnotes at the foot of a column."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, PageTemplate, Paragraph

from sample.source import letters


def markup(text: str) -> str:
    """Turn our inline markup into reportlab's."""
    out = escape(text, quote=False)
    out = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", out)
    out = re.sub(r"\*(.+?)\*", r"<i>\1</i>", out)
    return re.sub(r"\s?\[\^(\d+)\]", r"<super size=7 rise=3.4>\1</super>", out)


@dataclass
class Trace:
    """What was drawn where: for each block, pairs of PDF page (from 1) and letters set on it."""

    drawn: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    headings: list[tuple[int, str, int]] = field(default_factory=list)
    pages: int = 0

    def note(self, block: int, page: int, size: int) -> None:
        """Record that `size` letters of a block were set on a page."""
        self.drawn.setdefault(block, []).append((page, size))

    def page_of(self, block: int, start: int) -> int:
        """Give the page on which the letter number `start` of a block stands."""
        seen = 0
        for page, size in self.drawn[block]:
            seen += size
            if start < seen:
                return page
        raise LookupError(f"block {block} was not drawn as far as letter {start}")


class Traced(Paragraph):
    """A paragraph that tells the trace on which page each part of it was set."""

    trace: Trace | None = None
    block = -1
    heading: tuple[int, str] | None = None
    footnotes: tuple[tuple[str, str], ...] = ()

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        """Split, handing on the trace, and each footnote to the part that holds its mark."""
        parts = super().split(availWidth, availHeight)
        for part in parts:
            if isinstance(part, Traced) and part is not self:
                part.trace, part.block, part.heading = self.trace, self.block, self.heading
                part.footnotes = tuple(note for note in self.footnotes if has_mark(part, note[0]))
        return list(parts)

    def draw(self) -> None:
        """Draw and record."""
        if self.trace is not None:
            page = self.canv.getPageNumber()
            self.trace.note(self.block, page, len(letters("".join(line_texts(self)))))
            if self.heading:
                self.trace.headings.append((*self.heading, page))
        super().draw()


def line_texts(paragraph: Any) -> list[str]:
    """Texts of the lines that a wrapped paragraph is broken into."""
    lines = paragraph.blPara.lines
    if paragraph.blPara.kind == 0:
        return [" ".join(words) for _, words in lines]
    return ["".join(getattr(word, "text", "") for word in line.words) for line in lines]


def has_mark(paragraph: Any, number: str) -> bool:
    """Say whether the superscript number stands in this paragraph."""
    return any(getattr(frag, "rise", 0) and getattr(frag, "text", "").strip() == number for frag in paragraph.frags)


class NotedFrame(Frame):
    """A frame without padding that keeps room at its foot for the footnotes of what it holds.

    The room is the frame's lower padding, which grows with each note.
    """

    def __init__(self, x: float, y: float, width: float, height: float, note_style: ParagraphStyle) -> None:
        super().__init__(x, y, width, height, 0, 0, 0, 0)
        self.note_style = note_style
        self.notes: list[Paragraph] = []

    def clear(self) -> None:
        """Forget the notes of the page before."""
        self.notes = []
        self.bottomPadding = 0

    def room(self, notes: Sequence[Paragraph]) -> float:
        """Height in points that rule and notes take."""
        return sum(note.wrap(self.width, 1000)[1] for note in notes) + (10 if notes else 0)

    def paragraphs(self, flowable: Flowable) -> list[Paragraph]:
        """The notes of a flowable, set."""
        pairs = getattr(flowable, "footnotes", ())
        return [Paragraph(f"<super>{n}</super> {markup(text)}", self.note_style) for n, text in pairs]

    def add(self, flowable: Flowable, canv: Canvas, trySplit: int = 0) -> Literal[0, 1]:  # noqa: N803
        """Add with room for the flowable's notes, or refuse."""
        extra, before = self.paragraphs(flowable), self.bottomPadding
        self.bottomPadding = self.room([*self.notes, *extra])
        added = super().add(flowable, canv, trySplit=trySplit)
        if added:
            self.notes += extra
        else:
            self.bottomPadding = before
        return added

    def split(self, flowable: Flowable, canv: Canvas) -> list[Flowable]:
        """Split with room for the flowable's notes."""
        before = self.bottomPadding
        self.bottomPadding = self.room([*self.notes, *self.paragraphs(flowable)])
        parts = super().split(flowable, canv)
        self.bottomPadding = before
        return parts

    def draw_notes(self, canv: Canvas) -> None:
        """Draw rule and notes at the foot of the frame."""
        if not self.notes:
            return
        y = self.y1 + self.room(self.notes) - 8
        canv.setLineWidth(0.4)
        canv.line(self.x1, y + 4, self.x1 + min(90, self.width), y + 4)
        for note in self.notes:
            y -= note.wrap(self.width, 1000)[1]
            note.drawOn(canv, self.x1, y)


Chrome = Callable[[Canvas, int], None]


class Page(PageTemplate):
    """A page template with a function for what stands outside the frames."""

    def __init__(self, id: str, frames: Sequence[Frame], chrome: Chrome, after: str = "") -> None:  # noqa: A002
        super().__init__(id=id, frames=list(frames), autoNextPageTemplate=after or None)
        self.name = id
        self.chrome = chrome
        self.top: tuple[Sequence[Flowable], float, float, float] | None = None
        self.used = False

    def beforeDrawPage(self, canv: Canvas, doc: Any) -> None:  # noqa: N802
        """Draw heads and feet, and the full-width table that the page was made for."""
        for frame in self.frames:
            if isinstance(frame, NotedFrame):
                frame.clear()
        canv.saveState()
        self.chrome(canv, canv.getPageNumber())
        canv.restoreState()
        self.used = True
        if self.top:
            flowables, left, y, width = self.top
            for flowable in flowables:
                y -= flowable.wrap(width, 1000)[1]
                flowable.drawOn(canv, left, y)
                y -= flowable.getSpaceAfter()

    def afterDrawPage(self, canv: Canvas, doc: Any) -> None:  # noqa: N802
        """Draw the footnotes of every frame."""
        for frame in self.frames:
            if isinstance(frame, NotedFrame):
                frame.draw_notes(canv)
