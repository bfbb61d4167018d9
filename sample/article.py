"""Typeset journal articles, abstracts and guidelines, in one column or two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    FrameBreak,
    NextPageTemplate,
    Paragraph,
    Spacer,
)

from sample.flowables import NotedFrame, Page, Trace, markup
from sample.setting import Setter, rule
from sample.source import Block, Text, plain
from sample.styles import FACES, House, Sheet, sheet

SYNTHETIC = "DATA CONTOH – dokumen sintetis / SYNTHETIC SAMPLE"
ABSTRACTS = {"ABSTRAK", "ABSTRACT"}


@dataclass
class Built:
    """The bytes of a PDF and where its blocks came to stand."""

    data: bytes
    trace: Trace


def stamp(canv: Canvas, width: float, bold: bool = False) -> None:
    """Say at the foot of the page that the document is synthetic, `bold` where a scanner must see it."""
    canv.setFont("Helvetica", 9 if bold else 6)
    canv.setFillGray(0 if bold else 0.45)
    canv.drawCentredString(width / 2, 20, SYNTHETIC)
    canv.setFillGray(0)


def document(out: BytesIO, text: Text, house: House, part: str = "", **more: Any) -> BaseDocTemplate:
    """An empty document with its metadata; no clock, no random id, no compressor enter its bytes."""
    title = plain(text.get("title")) + (f" – {part}" if part else "")
    return BaseDocTemplate(
        out, pagesize=house.page, invariant=1, pageCompression=0, title=title,
        author="; ".join(text.authors), subject=SYNTHETIC, creator="sample.build (synthetic corpus)",
        keywords=["synthetic sample", "data contoh", "not a research finding"],
        lang={"id": "id-ID", "en": "en-GB"}[text.get("language")], **more,
    )  # fmt: skip


def surname(name: str) -> str:
    """The last word of a name without degrees."""
    return name.split(",")[0].split()[-1]


def short_authors(text: Text) -> str:
    """Authors as a running head gives them."""
    if text.get("type") == "policy":
        return text.authors[0]
    names = [surname(name) for name in text.authors]
    if len(names) > 2:
        return f"{names[0]} {'dkk.' if text.get('language') == 'id' else 'et al.'}"
    return (" dan " if text.get("language") == "id" else " and ").join(names)


def short_title(text: Text, size: int = 58) -> str:
    """The title cut at a word."""
    words, out = plain(text.get("title")).split(":")[0].split(), ""
    for word in words:
        if len(out) + len(word) > size:
            return out.strip() + " …"
        out += f" {word}"
    return out.strip()


def issue_line(text: Text, pages: str) -> str:
    """Journal, volume, issue, date and pages in one line."""
    english = text.get("language") == "en"
    numbers = (("Vol.", text.get("volume")), ("No.", text.get("issue")))
    volume = " ".join(f"{name} {number}" for name, number in numbers if number)
    span = f"{'pp.' if english else 'hlm.'} {pages}" if pages else ""
    return ", ".join(filter(None, [volume, text.get("issue_date"), span]))


def first_number(text: Text) -> int:
    """The printed number of the first page."""
    digits = text.get("pages").replace("–", "-").split("-")[0].strip()
    return int(digits) if digits.isdigit() else 1


class Article:
    """One article being set; `pages` is the printed span, known after a first run."""

    def __init__(self, text: Text, span: str, password: str = "", narrow: frozenset[str] = frozenset()) -> None:
        self.text, self.span, self.password, self.narrow = text, span, password, narrow
        self.unset: frozenset[str] = frozenset()
        self.sheet: Sheet = sheet(text.key, text.get("language"))
        self.house = self.sheet.house
        self.two = text.get("layout") == "two-column"
        self.trace = Trace()
        self.first = first_number(text)
        self.column = (self.house.width - self.house.gap) / 2 if self.two else self.house.width
        self.setter = Setter(self.sheet, text.notes, self.trace, self.column)

    def build(self) -> Built:
        """Set the article once."""
        out = BytesIO()
        lock = StandardEncryption(self.password, f"{self.password}-2", strength=128) if self.password else None
        doc = document(out, self.text, self.house, encrypt=lock)
        blocks = list(enumerate(self.text.parts[0].blocks))
        abstract, body = split_abstracts(blocks)
        top = [*self.title(), *self.abstracts(abstract)]
        story, wides = self.body(body)
        doc.addPageTemplates([self.first_page(top), self.later_page(), *wides])
        lead: list[Flowable] = [*top, FrameBreak()] if self.two else top
        doc.build([NextPageTemplate("later"), *lead, *story], canvasmaker=Canvas)
        self.trace.pages = doc.page
        self.unset = frozenset(page.name for page in wides if not page.used)
        return Built(out.getvalue(), self.trace)

    def body(self, blocks: Sequence[tuple[int, Block]]) -> tuple[list[Flowable], list[Page]]:
        """Set what follows the abstracts; wide tables go to the top of the next page."""
        story: list[Flowable] = []
        wides: list[Page] = []
        for number, block in blocks:
            name = f"wide-{number}"
            if block.kind == "table" and self.two and is_wide(block) and name not in self.narrow:
                page = self.wide_page(name, self.setter.bare_table(block, self.house.width))
                wides.append(page)
                story.append(NextPageTemplate(page.name))
            else:
                story += self.setter.set(number, block)
        return story, wides

    def line(self, size: float, leading: float, bold: int = 0, **more: Any) -> ParagraphStyle:
        """A style of the title block."""
        face = FACES[self.house.head_face][bold]
        alignment = TA_CENTER if self.house.centred else TA_LEFT
        more = {"spaceAfter": 4, "hyphenationLang": "", "alignment": alignment, **more}
        return self.sheet.style(f"line{size}{bold}{len(more)}", fontName=face, fontSize=size, leading=leading, **more)

    def title(self) -> list[Flowable]:
        """Title, its translation, authors, affiliation, dates and DOI."""
        get = self.text.get
        size, colour = self.house.size, self.house.colour
        out: list[Flowable] = [
            Spacer(1, 8),
            Paragraph(markup(get("title")), self.line(size + 4, size + 7.5, 1, textColor=colour, spaceAfter=7)),
        ]
        if get("title_en"):
            out.append(Paragraph(markup(get("title_en")), self.line(size + 0.6, size + 3.6, 2, spaceAfter=7)))
        authors = markup(", ".join(self.text.authors))
        out.append(Paragraph(authors, self.line(size + 0.4, size + 3.4, 1)))
        for line in filter(None, [get("affiliation"), get("email") and f"Email: {get('email')}"]):
            out.append(Paragraph(markup(line), self.line(size - 1.2, size + 1.4)))
        out += [Paragraph(markup(line), self.line(size - 1.8, size + 0.8, 2)) for line in self.dates()]
        return out

    def dates(self) -> list[str]:
        """Printed dates of the article's history, and its DOI."""
        get, english = self.text.get, self.text.get("language") == "en"
        names = {"received": ("Diterima", "Received"), "revised": ("Direvisi", "Revised"),
                 "accepted": ("Disetujui", "Accepted"), "published": ("Diterbitkan", "Published")}  # fmt: skip
        history = " · ".join(f"{names[name][english]}: {get(name)}" for name in names if get(name))
        doi = f"DOI: https://doi.org/{get('doi')}" if self.text.meta.get("doi_printed") and get("doi") else ""
        return [line for line in (history, doi) if line]

    def abstracts(self, blocks: Sequence[tuple[int, Block]]) -> list[Flowable]:
        """Abstracts between rules, over the full width."""
        size = self.house.size - 1
        pad = 0 if self.house.boxed or not self.house.centred else 20
        style = self.sheet.style("abstract", fontSize=size, leading=size * 1.2, leftIndent=pad, rightIndent=pad,
                                 spaceAfter=4)  # fmt: skip
        out: list[Flowable] = [rule()] if blocks else []
        for number, block in blocks:
            if block.kind == "heading":
                head = self.sheet.heading(1).clone("ah", fontSize=size, spaceBefore=3, spaceAfter=2, leftIndent=pad)
                heading = self.setter.heading(number, block)
                heading.style = head
                out.append(heading)
                continue
            out += self.setter.set(number, block, style)
        return [*out, rule(after=8)] if blocks else []

    def frame(self, x: float, y: float, width: float, height: float) -> NotedFrame:
        """A frame without padding."""
        return NotedFrame(x, y, width, height, self.sheet.note)

    def columns(self, top: float) -> list[NotedFrame]:
        """The columns of a page whose upper edge is `top`."""
        house = self.house
        lefts = [house.left, house.left + self.column + house.gap] if self.two else [house.left]
        return [self.frame(x, house.bottom, self.column, top - house.bottom) for x in lefts]

    def first_page(self, top: Sequence[Flowable]) -> Page:
        """The page with the title; in two columns the title has a frame of its own."""
        upper = self.house.page[1] - self.house.top
        if not self.two:
            return Page("first", self.columns(upper), self.first_chrome)
        height = measure(top, self.house.width)
        head = self.frame(self.house.left, upper - height, self.house.width, height)
        return Page("first", [head, *self.columns(upper - height - 4)], self.first_chrome)

    def later_page(self) -> Page:
        """Any other page."""
        return Page("later", self.columns(self.house.page[1] - self.house.top), self.later_chrome)

    def wide_page(self, name: str, table: Sequence[Flowable]) -> Page:
        """A page with a full-width table over the columns."""
        upper = self.house.page[1] - self.house.top
        height = measure(table, self.house.width)
        page = Page(name, self.columns(upper - height - 6), self.later_chrome, after="later")
        page.top = (table, self.house.left, upper, self.house.width)
        return page

    def first_chrome(self, canv: Canvas, page: int) -> None:
        """Journal line above, number below."""
        house, get = self.house, self.text.get
        if house.labels:
            canv.addPageLabel(0, style="ARABIC", start=self.first)
        y = house.page[1] - house.top + 22
        if get("journal"):
            canv.setFillColor(house.colour)
            canv.setFont(FACES[house.head_face][1], 9)
            canv.drawString(house.left, y, get("journal"))
            canv.setFont(FACES[house.head_face][0], 8)
            canv.drawString(house.left, y - 10, issue_line(self.text, self.span))
            canv.setStrokeColor(house.colour)
            canv.setLineWidth(1)
            canv.line(house.left, y - 15, house.page[0] - house.right, y - 15)
            canv.setFillGray(0)
        self.number(canv, page, foot=True)
        stamp(canv, house.page[0], house.scanned)

    def later_chrome(self, canv: Canvas, page: int) -> None:
        """Running head: authors on even pages, short title or journal on odd ones."""
        house = self.house
        printed = self.first + page - 1
        even = printed % 2 == 0
        text = short_authors(self.text) if even else self.odd_head()
        y = house.page[1] - house.top + 20
        canv.setFont(FACES[house.head_face][2], 8.5)
        (canv.drawString if even else canv.drawRightString)(
            house.left if even else house.page[0] - house.right, y, text
        )
        canv.setLineWidth(0.4)
        canv.line(house.left, y - 5, house.page[0] - house.right, y - 5)
        self.number(canv, page, foot=house.numbers != "head-outer")
        stamp(canv, house.page[0], house.scanned)

    def odd_head(self) -> str:
        """Journal and issue, or the short title."""
        short = self.text.get("journal_short") or self.text.get("journal")
        if self.house.numbers == "foot-outer" and short:
            return f"{short}, {issue_line(self.text, '')}".rstrip(", ")
        return short_title(self.text)

    def number(self, canv: Canvas, page: int, foot: bool) -> None:
        """The printed page number where the house has it."""
        house, printed = self.house, self.first + page - 1
        even = printed % 2 == 0
        canv.setFont(FACES[house.head_face][0], 9)
        y = house.bottom - 28 if foot else house.page[1] - house.top + 20
        if foot and house.numbers != "foot-outer":
            canv.drawCentredString(house.page[0] / 2, y, str(printed))
        elif foot:
            (canv.drawString if even else canv.drawRightString)(
                house.left if even else house.page[0] - house.right, y, str(printed)
            )
        else:
            (canv.drawRightString if even else canv.drawString)(
                house.page[0] - house.right if even else house.left, y, str(printed)
            )


def split_abstracts(
    blocks: Sequence[tuple[int, Block]],
) -> tuple[list[tuple[int, Block]], list[tuple[int, Block]]]:
    """Part the leading abstract sections from the rest."""
    for position, (_, block) in enumerate(blocks):
        if block.kind == "heading" and block.text.upper() not in ABSTRACTS:
            return list(blocks[:position]), list(blocks[position:])
    return list(blocks), []


def is_wide(block: Block) -> bool:
    """A table that one narrow column cannot hold."""
    columns = len(block.rows[0])
    return columns > 3 or (columns == 3 and len(block.rows) > 6)


def measure(flowables: Sequence[Flowable], width: float) -> float:
    """Height that flowables take one under another."""
    height = 0.0
    for flowable in flowables:
        inner = getattr(flowable, "_content", None)
        if inner:
            height += measure(inner, width)
        else:
            height += flowable.wrap(width, 2000)[1] + flowable.getSpaceBefore() + flowable.getSpaceAfter()
    return height + 2


def build_article(text: Text, password: str = "") -> tuple[Built, str]:
    """Set until printed span and places of full-width tables are right; give the span too.

    A full-width table waits for the next page; where none comes it goes into its column instead.
    """
    first, span, narrow = first_number(text), "", frozenset[str]()
    for _ in range(6):
        article = Article(text, span, password, narrow)
        built = article.build()
        last = first + built.trace.pages - 1
        found = (f"{first}–{last}" if last > first else str(first)) if text.get("pages") else ""
        if found == span and not article.unset:
            return built, span
        span, narrow = found, narrow | article.unset
    raise ValueError(f"{text.key}: the layout does not settle")
