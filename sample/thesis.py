"""Typeset theses: in one file with front matter, or split into a file for each part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.enums import TA_CENTER
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, NextPageTemplate, PageBreak, Paragraph, Spacer

from sample.article import Built, document, stamp
from sample.flowables import Chrome, NotedFrame, Page, Trace, markup
from sample.setting import Setter
from sample.source import Part, Text
from sample.styles import THESIS, sheet

ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
WORK = {"skripsi": "SKRIPSI", "tesis": "TESIS"}


class Emblem(Flowable):
    """The invented seal of an invented campus."""

    def __init__(self, letters: str) -> None:
        super().__init__()
        self.letters, self.width, self.height = letters, 400.0, 120.0

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Take the whole measure."""
        self.width = availWidth
        return availWidth, self.height

    def draw(self) -> None:
        """Two rings, a star of lines, initials."""
        x, y = self.width / 2, self.height / 2
        self.canv.setLineWidth(1.6)
        self.canv.circle(x, y, 48)
        self.canv.setLineWidth(0.6)
        self.canv.circle(x, y, 42)
        self.canv.line(x - 30, y - 14, x + 30, y - 14)
        self.canv.line(x - 22, y - 20, x + 22, y - 20)
        self.canv.setFont("Times-Bold", 20)
        self.canv.drawCentredString(x, y, self.letters)


class Contents(Flowable):
    """One line of the table of contents, with dot leaders."""

    def __init__(self, level: int, text: str, number: str) -> None:
        super().__init__()
        self.level, self.text, self.number = level, text, number

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """One or two lines high."""
        self.width = availWidth
        self.lines = self.broken(availWidth)
        return availWidth, 16.0 * len(self.lines)

    def broken(self, width: float) -> list[str]:
        """Break a long entry at words."""
        lines, room = [""], width - 60 - self.indent
        for word in self.text.split():
            if stringWidth(f"{lines[-1]} {word}", self.face, 11.5) > room:
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".strip()
        return lines

    @property
    def indent(self) -> float:
        """Deeper entries stand further in."""
        return 16.0 * (self.level - 1)

    @property
    def face(self) -> str:
        """Chapters are bold."""
        return "Times-Bold" if self.level == 1 else "Times-Roman"

    def draw(self) -> None:
        """Text, dots, number."""
        y = 16.0 * (len(self.lines) - 1)
        for line in self.lines:
            self.canv.setFont(self.face, 11.5)
            self.canv.drawString(self.indent, y + 3, line)
            y -= 16
        end = self.indent + stringWidth(self.lines[-1], self.face, 11.5) + 4
        dots = "." * int((self.width - 24 - end) / stringWidth(".", "Times-Roman", 11.5))
        self.canv.setFont("Times-Roman", 11.5)
        self.canv.drawRightString(self.width - 22, 3, dots)
        self.canv.drawRightString(self.width, 3, self.number)


class Thesis:
    """One file of a thesis being set."""

    def __init__(self, text: Text, part: Part, first: int = 1, contents: Sequence[tuple[int, str, int]] = ()) -> None:
        self.text, self.part, self.first, self.contents = text, part, first, contents
        self.sheet = sheet(text.key, text.get("language"))
        self.trace = Trace()
        self.setter = Setter(self.sheet, text.notes, self.trace, THESIS.width)
        self.front = 0
        self.roman = False

    def build(self, front: int = 0, roman: bool = False) -> Built:
        """Set the file; `front` pages have roman numbers, all of them with `roman`."""
        self.front, self.roman = front, roman
        out = BytesIO()
        doc = document(out, self.text, THESIS, self.part.name)
        pages = [
            self.page("cover", self.cover_chrome), self.page("opening", self.opening_chrome, "inner"),
            self.page("front", self.opening_chrome), self.page("inner", self.inner_chrome),
        ]  # fmt: skip
        begin = "cover" if front or self.part.name == "COVER" else "front" if roman else "opening"
        doc.addPageTemplates(sorted(pages, key=lambda page: page.id != begin))
        doc.build(self.story(), canvasmaker=Canvas)
        self.trace.pages = doc.page
        return Built(out.getvalue(), self.trace)

    def page(self, name: str, chrome: Chrome, after: str = "") -> Page:
        """A page with one frame."""
        house = THESIS
        height = house.page[1] - house.top - house.bottom
        frame = NotedFrame(house.left, house.bottom, house.width, height, self.sheet.note)
        return Page(name, [frame], chrome, after)

    def printed(self, page: int) -> str:
        """The printed number of a PDF page."""
        number = self.first + page - 1
        if self.roman or page <= self.front:
            return ROMAN[number]
        return str(number - self.front)

    def cover_chrome(self, canv: Canvas, page: int) -> None:
        """No number on the cover."""
        if self.front and page == 1:
            canv.addPageLabel(0, style="ROMAN_LOWER", start=1)
            canv.addPageLabel(self.front, style="ARABIC", start=1)
        stamp(canv, THESIS.page[0])

    def opening_chrome(self, canv: Canvas, page: int) -> None:
        """Number at the foot."""
        canv.setFont("Times-Roman", 11)
        canv.drawCentredString(THESIS.page[0] / 2, THESIS.bottom - 36, self.printed(page))
        stamp(canv, THESIS.page[0])

    def inner_chrome(self, canv: Canvas, page: int) -> None:
        """Number at the upper right."""
        canv.setFont("Times-Roman", 11)
        canv.drawRightString(THESIS.page[0] - THESIS.right, THESIS.page[1] - 62, self.printed(page))
        stamp(canv, THESIS.page[0])

    def story(self) -> list[Flowable]:
        """Cover and chapters in order."""
        if self.part.name == "COVER":
            return self.own_cover()
        story: list[Flowable] = self.cover() if self.front else []
        listed = not self.front
        for number, block in enumerate(self.part.blocks):
            if block.kind == "heading" and block.level == 1:
                if not listed and is_chapter(block.text):
                    story += [NextPageTemplate("front"), PageBreak(), *self.table_of_contents()]
                    listed = True
                chapter = is_chapter(block.text) and not self.roman
                if story:
                    story += [NextPageTemplate("opening" if chapter else "front"), PageBreak()]
            story += self.setter.set(number, block)
        return story

    def table_of_contents(self) -> list[Flowable]:
        """Daftar isi from the headings of the run before."""
        out: list[Flowable] = [Paragraph("DAFTAR ISI", self.sheet.heading(1)), Spacer(1, 8)]
        head = [(1, "HALAMAN JUDUL", 1), *((1, "DAFTAR ISI", self.front) for _ in "1")]
        entries = sorted([*head, *self.contents], key=lambda entry: entry[2])
        return [
            *out,
            *(Contents(level, text, self.printed(page)) for level, text, page in entries if level < 3),
        ]

    def centred(self, text: str, size: float, bold: bool = True) -> Paragraph:
        """A line of the cover."""
        face = "Times-Bold" if bold else "Times-Roman"
        style = self.sheet.style(f"cover{size}{bold}", fontName=face, fontSize=size, leading=size * 1.35,
                                 alignment=TA_CENTER, hyphenationLang="", spaceAfter=4)  # fmt: skip
        return Paragraph(markup(text), style)

    @property
    def emblem(self) -> Emblem:
        """The seal with the initials of the campus."""
        return Emblem("".join(word[0] for word in self.text.get("university").split()[-2:]))

    def own_cover(self) -> list[Flowable]:
        """A cover made of the lines that its part gives."""
        title, work, *rest = [block.text for block in self.part.blocks]
        out = [self.centred(title, 14), Spacer(1, 30), self.centred(work, 14), Spacer(1, 10)]
        out += [self.centred(rest[0], 12, False), Spacer(1, 24), self.emblem, Spacer(1, 24)]
        return out + [self.centred(text, 12.5) for text in rest[1:]]

    def cover(self) -> list[Flowable]:
        """A cover made of the front matter."""
        get = self.text.get
        degree = f"Diajukan untuk memenuhi sebagian persyaratan memperoleh gelar {get('degree')}"
        out = [self.centred(get("title").upper(), 14), Spacer(1, 22), self.centred(WORK[get("type")], 14)]
        out += [self.centred(degree, 11.5, False), Spacer(1, 20), self.emblem, Spacer(1, 18)]
        out += [self.centred("Oleh:", 12, False), self.centred(", ".join(self.text.authors), 12)]
        out += [self.centred(f"NIM. {get('student_id')}", 12, False), Spacer(1, 46)]
        lines = [get("department"), get("faculty"), get("university"), get("city"), get("year")]
        return out + [self.centred(text.upper(), 12.5) for text in lines if text]


def is_chapter(heading: str) -> bool:
    """Chapters and what follows them have arabic numbers."""
    return bool(re.match(r"(BAB\s+[IVX]+|CHAPTER|DAFTAR (PUSTAKA|RUJUKAN)|LAMPIRAN|REFERENCES)", heading, re.I))


def build_whole(text: Text) -> Built:
    """A thesis in one file, set until its table of contents is right."""
    contents: list[tuple[int, str, int]] = []
    front = 5
    for _ in range(6):
        built = Thesis(text, text.parts[0], contents=contents).build(front)
        headings = built.trace.headings
        before = next(page for _, title, page in headings if is_chapter(title)) - 1
        if (headings, before) == (contents, front):
            return built
        contents, front = headings, before
    raise ValueError(f"{text.key}: the table of contents does not settle")


def build_split(text: Text) -> dict[str, Built]:
    """A thesis in parts whose page numbers go on from file to file."""
    built: dict[str, Built] = {}
    arabic = 1
    for part in text.parts:
        thesis = Thesis(text, part, first=7 if part.name == "ABSTRAK" else arabic)
        built[part.name] = thesis.build(roman=part.name == "ABSTRAK")
        if is_chapter(part.name):
            arabic += built[part.name].trace.pages
    return built
