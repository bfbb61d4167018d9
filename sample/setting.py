"""Turn blocks into flowables, whatever the layout around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor, black
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle
from reportlab.platypus.flowables import HRFlowable

from sample.flowables import Trace, Traced, markup
from sample.source import Block, plain
from sample.styles import Sheet

BAB = re.compile(r"(BAB\s+[IVX]+)[\s.:–-]*(.*)", re.S)


@dataclass
class Setter:
    """Sets the blocks of one file and keeps its trace."""

    sheet: Sheet
    notes: dict[str, str]
    trace: Trace
    width: float

    def set(self, number: int, block: Block, style: ParagraphStyle | None = None) -> list[Flowable]:
        """Flowables of one block, in the style of its kind or another."""
        if block.kind == "table":
            return self.table(block, self.width)
        if block.kind == "heading":
            room = self.sheet.house.leading * (7 - 1.2 * block.level)
            return [CondPageBreak(room), self.heading(number, block)]
        text = markup(block.text)
        if block.kind == "keywords":
            head, _, tail = text.partition(":")
            text = f"<b>{head.replace('<b>', '').replace('</b>', '')}:</b>{tail.replace('</b>', '')}"
        own = getattr(self.sheet, {"paragraph": "body", "keywords": "source"}.get(block.kind, block.kind))
        return [self.traced(number, block, text, style or own)]

    def traced(self, number: int, block: Block, text: str, style: ParagraphStyle) -> Traced:
        """A paragraph under trace, with its footnotes."""
        bullet = block.label or None
        paragraph = Traced(text, style, bulletText=bullet)
        paragraph.trace, paragraph.block = self.trace, number
        found = re.findall(r"\[\^(\d+)\]", block.text)
        paragraph.footnotes = tuple((n, self.notes[n]) for n in found)
        return paragraph

    def heading(self, number: int, block: Block) -> Traced:
        """A heading; that of a thesis chapter stands in two centred lines."""
        style = self.sheet.heading(min(block.level, 3))
        match = BAB.match(block.text) if block.level == 1 else None
        text = f"{match[1]}<br/>{markup(match[2])}" if match else markup(block.text)
        paragraph = self.traced(number, block, text, style)
        paragraph.heading = (block.level, plain(block.text))
        return paragraph

    def table(self, block: Block, width: float) -> list[Flowable]:
        """A table kept on one page where it fits."""
        flowables = self.bare_table(block, width)
        return [KeepTogether(flowables)] if len(block.rows) < 14 else flowables

    def bare_table(self, block: Block, width: float) -> list[Flowable]:
        """Caption, ruled table and source."""
        cell = self.sheet.cell
        bold = "Times-Bold" if "Times" in cell.fontName else "Helvetica-Bold"
        head = cell.clone("th", fontName=bold)
        rows = [
            [Paragraph(markup(text), cell if row else head) for text in cells] for row, cells in enumerate(block.rows)
        ]
        table = Table(rows, colWidths=column_widths(block.rows, width), repeatRows=1, style=self.rules())
        flowables: list[Flowable] = [Paragraph(markup(block.text), self.sheet.caption), table]
        gap = Spacer(1, self.sheet.house.leading * 0.7)
        flowables.append(Paragraph(markup(block.note), self.sheet.source) if block.note else gap)
        return flowables

    def rules(self) -> TableStyle:
        """All rules, or three as printers like them."""
        common: list[Any] = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3), ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ]  # fmt: skip
        if self.sheet.house.grid:
            return TableStyle([*common, ("GRID", (0, 0), (-1, -1), 0.5, black),
                               ("BACKGROUND", (0, 0), (-1, 0), HexColor("#ececec"))])  # fmt: skip
        return TableStyle([*common, ("LINEABOVE", (0, 0), (-1, 0), 1, black),
                           ("LINEBELOW", (0, 0), (-1, 0), 0.5, black),
                           ("LINEBELOW", (0, -1), (-1, -1), 1, black)])  # fmt: skip


def column_widths(rows: Sequence[Sequence[str]], width: float) -> list[float]:
    """Share the width by the longest cell and word of each column."""
    columns = list(zip(*rows, strict=True))
    wanted = [
        max(
            max(len(word) for cell in column for word in (cell.split() or [""])) + 1,
            min(max(map(len, column)), 46),
        )
        for column in columns
    ]
    words = [max(len(word) for cell in column for word in (cell.split() or [""])) * 5.6 + 9 for column in columns]
    total = sum(wanted)
    shares = [max(width * want / total, word) for want, word in zip(wanted, words, strict=True)]
    scale = sum(shares)
    excess = scale - width
    slack = sum(share - word for share, word in zip(shares, words, strict=True))
    if excess <= 0 or slack <= 0:
        return [share * width / scale for share in shares]
    return [share - (share - word) * excess / slack for share, word in zip(shares, words, strict=True)]


def rule(width: float = 0.6, before: float = 3, after: float = 5) -> Flowable:
    """A thin rule over the whole measure."""
    return HRFlowable(width="100%", thickness=width, color=black, spaceBefore=before, spaceAfter=after)
