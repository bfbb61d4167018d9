"""House styles: how each invented journal and campus sets its pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from reportlab.lib.colors import Color, HexColor, black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle

FACES = {
    "times": ("Times-Roman", "Times-Bold", "Times-Italic"),
    "helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
}
B5 = (498.9, 708.7)

Numbers = Literal["foot-centre", "foot-outer", "head-outer"]


@dataclass(frozen=True)
class House:
    """Choices of one journal: page and margins in points, faces, places of heads and numbers."""

    page: tuple[float, float] = A4
    left: float = 71
    right: float = 71
    top: float = 76
    bottom: float = 74
    size: float = 11
    leading: float = 13.6
    face: str = "times"
    head_face: str = "times"
    numbers: Numbers = "foot-centre"
    grid: bool = False
    centred: bool = True
    boxed: bool = False
    indent: float = 24
    accent: str = "#222222"
    gap: float = 18
    labels: bool = False
    scanned: bool = False

    @property
    def width(self) -> float:
        """Width of the type area."""
        return self.page[0] - self.left - self.right

    @property
    def colour(self) -> Color:
        """The accent as a colour."""
        return HexColor(self.accent)


HOUSES = {
    "s1": House(size=10.8, leading=13.4, numbers="foot-centre", accent="#1f4e3d", labels=True),
    "s2": House(
        size=9.8, leading=11.8, left=56, right=56, head_face="helvetica", numbers="foot-outer",
        centred=False, indent=12, accent="#7a1f1f", grid=True,
    ),
    "s3": House(
        size=9.6, leading=11.6, left=54, right=54, head_face="times", numbers="head-outer", indent=11,
        accent="#1d3461", labels=True,
    ),
    "s4a": House(page=B5, left=57, right=57, top=64, bottom=62, size=10.2, leading=12.6, indent=18,
                 numbers="head-outer", boxed=True, accent="#3b3b6d"),
    "s6": House(face="times", head_face="helvetica", centred=False, indent=0, numbers="foot-outer",
                size=10.6, leading=13.4, accent="#0b5563"),
    "s7": House(size=9.8, leading=11.8, left=58, right=58, numbers="foot-centre", indent=12,
                boxed=True, accent="#4b2e05"),
    "s8": House(page=B5, left=58, right=58, top=66, bottom=64, size=10.2, leading=12.8,
                indent=20, numbers="foot-outer", grid=True, accent="#2d4a1e", labels=True),
    "f1": House(size=11.4, leading=14.6, grid=True, accent="#333333"),
    "f2": House(size=9.8, leading=11.8, left=58, right=58, indent=11, head_face="helvetica",
                centred=False, numbers="foot-outer", accent="#5a2a6d"),
    "f3": House(page=B5, left=60, right=60, size=10.4, leading=13, indent=0, accent="#444444"),
    "f4": House(numbers="head-outer", size=10.8, leading=13.6, accent="#12406a"),
    "f5": House(size=11.6, leading=15, accent="#000000", scanned=True),
    "f6": House(numbers="foot-outer", accent="#20457c"),
    "f7": House(size=10.8, leading=13.4, accent="#333333"),
    "p1": House(face="helvetica", head_face="helvetica", size=10.2, leading=14.2, indent=0,
                left=80, right=76, accent="#000000", grid=True),
}  # fmt: skip
THESIS = House(left=113, right=85, top=100, bottom=92, size=12, leading=20.5, indent=34, grid=True, labels=True)


@dataclass(frozen=True)
class Sheet:
    """The paragraph styles of one document."""

    house: House
    language: str

    def style(self, name: str, **changes: Any) -> ParagraphStyle:
        """A style derived from running text; same name and changes give an equal style."""
        plain, _, _ = FACES[self.house.face]
        base: dict[str, Any] = {
            "fontName": plain, "fontSize": self.house.size, "leading": self.house.leading,
            "alignment": TA_JUSTIFY, "hyphenationLang": self.language, "hyphenationMinWordLength": 6,
            "embeddedHyphenation": 1, "allowWidows": 0, "allowOrphans": 0, "textColor": black,
        }  # fmt: skip
        return ParagraphStyle(name, **{**base, **changes})

    @property
    def body(self) -> ParagraphStyle:
        """Running text."""
        if self.house.indent:
            return self.style("body", firstLineIndent=self.house.indent, spaceAfter=2)
        return self.style("body", spaceAfter=self.house.leading * 0.5)

    @property
    def quote(self) -> ParagraphStyle:
        """An informant's words, indented."""
        house = self.house
        pad = 34 if house is THESIS else max(14.0, house.indent)
        leading = 14.5 if house is THESIS else house.leading * 0.96
        size = house.size - (0 if house is THESIS else 0.5)
        return self.style("quote", leftIndent=pad, rightIndent=pad * 0.6, spaceBefore=4, spaceAfter=6,
                          leading=leading, fontSize=size)  # fmt: skip

    @property
    def item(self) -> ParagraphStyle:
        """A list item."""
        face, size = FACES[self.house.face][0], self.house.size
        return self.style("item", leftIndent=18, bulletIndent=3, spaceAfter=2, bulletFontName=face, bulletFontSize=size)

    @property
    def reference(self) -> ParagraphStyle:
        """An entry of the list of references, hanging."""
        leading = 14.5 if self.house is THESIS else self.house.leading * 0.93
        size = self.house.size - (0 if self.house is THESIS else 0.8)
        return self.style("reference", leftIndent=22, firstLineIndent=-22, spaceAfter=4, leading=leading,
                          fontSize=size)  # fmt: skip

    @property
    def note(self) -> ParagraphStyle:
        """A footnote."""
        return self.style("note", fontSize=7.8, leading=9.3, spaceAfter=1, allowOrphans=1)

    @property
    def caption(self) -> ParagraphStyle:
        """Above a table."""
        return self.style("caption", fontSize=self.house.size - 0.6, leading=self.house.leading * 0.95,
                          alignment=TA_CENTER if self.house.centred else TA_LEFT, spaceBefore=7, spaceAfter=3,
                          hyphenationLang="", keepWithNext=1)  # fmt: skip

    @property
    def source(self) -> ParagraphStyle:
        """Below a table."""
        return self.style("source", fontSize=self.house.size - 1.6, leading=self.house.leading * 0.85,
                          alignment=TA_LEFT, spaceBefore=2, spaceAfter=8)  # fmt: skip

    @property
    def cell(self) -> ParagraphStyle:
        """In a table."""
        size = min(self.house.size - 1, 10.0)
        return self.style("cell", fontSize=size, leading=size * 1.2, alignment=TA_LEFT, hyphenationLang="",
                          embeddedHyphenation=0, allowOrphans=1)  # fmt: skip

    def heading(self, level: int) -> ParagraphStyle:
        """A heading of a level from 1 to 3."""
        _, bold, _ = FACES[self.house.head_face]
        italic = "Times-BoldItalic" if self.house.head_face == "times" else "Helvetica-BoldOblique"
        centred = self.house.centred and level == 1 and self.house.indent > 0
        return self.style(
            f"h{level}", fontName=italic if level == 3 else bold, fontSize=self.house.size + (0.4, 0, 0)[level - 1],
            alignment=TA_CENTER if centred else TA_LEFT, spaceBefore=(11, 8, 6)[level - 1],
            spaceAfter=(5, 3, 2)[level - 1], hyphenationLang="", embeddedHyphenation=0,
            textColor=self.house.colour if level == 1 else black,
        )  # fmt: skip


@cache
def sheet(key: str, language: str) -> Sheet:
    """The styles of a document by its key."""
    house = HOUSES.get(key, THESIS)
    return Sheet(house, {"id": "id_ID", "en": "en_GB"}[language])
