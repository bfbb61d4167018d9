"""The Word template: made here with python-docx, filled by docxtpl; its words are in the review's language.

A line that holds only a tag (`{%p … %}`, `{%tr … %}`, `{%tc … %}`) repeats or leaves out paragraphs, rows or cells.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

Say = Callable[[str], str]
BODY_FONT, HEAD_FONT = "Times New Roman", "Arial"
INK, SOFT, RED, LINE, SHADE = "1C2733", "4A5968", "9B1C1C", "C5CED6", "EEF2F5"
PORTRAIT_CM, LANDSCAPE_CM = 16.0, 24.7  # widths between the margins of an A4 page


class Template:
    """A Word document in the making; each method adds a piece of the report at its end."""

    def __init__(self, say: Say, main_studies: int, language: str) -> None:
        from docx import Document

        self.say = say
        self.main_studies = main_studies
        self.document: Any = Document()
        _set_styles(self.document)
        _set_language(self.document, "id-ID" if language == "id" else "en-GB")
        _set_page(self.document.sections[0], landscape=False)
        _fill_header(self.document.sections[0])
        _fill_footer(self.document.sections[0], say)

    def save(self) -> bytes:
        """The template's bytes."""
        content = io.BytesIO()
        self.document.save(content)
        return content.getvalue()

    def turn(self, *, landscape: bool) -> None:
        """Begin a new page, upright or lying."""
        from docx.enum.section import WD_SECTION

        _set_page(self.document.add_section(WD_SECTION.NEW_PAGE), landscape=landscape)

    def head(self, text: str, level: int) -> None:
        """A heading."""
        self.document.add_heading(text, level)

    def tag(self, tag: str) -> None:
        """A tag that stands alone in its paragraph, as `for x in y`."""
        self.document.add_paragraph("{%p " + tag + " %}")

    def line(self, text: str, style: str = "Normal") -> None:
        """A paragraph."""
        self.document.add_paragraph(text, style=style)

    def runs(self, parts: Sequence[tuple[str, str]], style: str = "Normal") -> None:
        """A paragraph of runs: (format, text), formats `b` bold, `i` italic, `s` small, `r` red."""
        _add_runs(self.document.add_paragraph(style=style), parts)

    def each(self, name: str, items: str, text: str, style: str) -> None:
        """A paragraph for each item."""
        self.tag(f"for {name} in {items}")
        self.line(text, style)
        self.tag("endfor")

    def figure(self, name: str, caption: str) -> None:
        """A picture that the context holds, with its caption."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = self.document.add_paragraph("{{ " + name + " }}")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        self.line(caption, "Caption")

    def table(self, caption: str, loop: str, columns: Sequence[tuple[str, float, Sequence[tuple[str, str]]]]) -> None:
        """A table with a row for each turn of `loop`; columns are (heading, width in cm, runs of the cell)."""
        self.line(caption, "Table caption")
        table = _new_table(self.document, [width for _, width, _ in columns])
        for cell, (heading, _, _) in zip(table.rows[0].cells, columns, strict=True):
            _fill_cell(cell, [("b", heading)], "Table head")
        _repeat_head(table.rows[0])
        _tag_row(table, "{%tr for " + loop + " %}")
        row = table.add_row()
        _keep_whole(row)
        for cell, (_, _, parts) in zip(row.cells, columns, strict=True):
            _fill_cell(cell, parts, "Table text")
        _tag_row(table, "{%tr endfor %}")
        _set_widths(table, [width for _, width, _ in columns])
        self.line("", "After table")

    def matrix(self, caption: str, heads: tuple[str, str]) -> None:
        """Codes by main studies, with a column for each study."""
        studies = self.main_studies
        self.line(caption, "Table caption")
        width = (LANDSCAPE_CM - 6.2 - 3.0) / max(studies, 1)
        widths = [6.2, 3.0, *([width] * studies)]
        table = _new_table(self.document, widths)
        texts = [*heads, *("{{ main[" + str(n) + "].short }}" for n in range(studies))]
        for cell, text in zip(table.rows[0].cells, texts, strict=True):
            _fill_cell(cell, [("b", text)], "Table head")
        _repeat_head(table.rows[0])
        _tag_row(table, "{%tr for theme in matrix %}")
        row = table.add_row()
        for cell, text in zip(row.cells, ["{{ theme.label }}", *([""] * (studies + 1))], strict=True):
            _fill_cell(cell, [("b", text)], "Table head")
        _tag_row(table, "{%tr for row in theme.rows %}")
        self._matrix_row(table, studies)
        _tag_row(table, "{%tr endfor %}")
        _tag_row(table, "{%tr endfor %}")
        _set_widths(table, widths)
        self.line("", "After table")

    def _matrix_row(self, table: Any, studies: int) -> None:
        row = table.add_row()
        _keep_whole(row)
        _fill_cell(row.cells[0], [("", "{{ row.label }}")], "Table text")
        _fill_cell(row.cells[1], [*pair("row.supported"), *against("row.contradicted")], "Table text")
        for number, cell in enumerate(row.cells[2:]):
            name = f"row.cells[{number}]"
            silent = ("s", "{{ " + name + ".silent }}")
            told = [*pair(f"{name}.supports"), *against(f"{name}.contradicts")]
            shown = [(form, "{% if not " + name + ".silent %}" + text + "{% endif %}") for form, text in told]
            _fill_cell(cell, [silent, *shown], "Table text")


def pair(name: str) -> list[tuple[str, str]]:
    """Runs of two numbers that are never added: checked, and provisional where this is a draft."""
    return [("b", "{{ " + name + ".human.text }}"), ("", "{% if front.draft %} | {% endif %}"),
            ("i", "{% if front.draft %}{{ " + name + ".provisional.text }}{% endif %}")]  # fmt: skip


def against(name: str) -> list[tuple[str, str]]:
    """Runs of the contradicting pair, where there is one."""
    told = "{% if " + name + " %}"
    drafted = "{% if " + name + " and front.draft %}"
    return [("r", told + "  ✕ {% endif %}"), ("b", told + "{{ " + name + ".human.text }}{% endif %}"),
            ("i", drafted + " | {{ " + name + ".provisional.text }}{% endif %}")]  # fmt: skip


def _set_styles(document: Any) -> None:
    from docx.shared import Cm, Pt

    normal = document.styles["Normal"]
    _font(normal, BODY_FONT, 11, INK)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    sizes = {"Title": 22, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11}
    for name, size in sizes.items():
        style = document.styles[name]
        _font(style, HEAD_FONT, size, INK)
        style.font.bold = True
        style.paragraph_format.space_before = Pt(16 if name == "Heading 1" else 10)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.keep_with_next = True
    _plain_title(document.styles["Title"])
    quote = document.styles["Quote"]
    _font(quote, BODY_FONT, 10.5, INK)
    quote.font.italic = False
    quote.paragraph_format.left_indent = Cm(0.8)
    quote.paragraph_format.right_indent = Cm(0.5)
    _font(document.styles["Caption"], HEAD_FONT, 9.5, SOFT)
    document.styles["Caption"].font.bold = False
    _own_styles(document)


def _set_language(document: Any, language: str) -> None:
    """The language in which Word checks the spelling."""
    from docx.oxml.ns import qn

    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), language)


def _own_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt

    made = {"Kind": (11, SOFT), "Note": (9.5, SOFT), "Mark": (8.5, RED), "Table caption": (9.5, INK),
            "Table head": (9, INK), "Table text": (9, INK), "After table": (4, INK),
            "Reference": (10.5, INK)}  # fmt: skip
    for name, (size, colour) in made.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        _font(style, BODY_FONT if name == "Reference" else HEAD_FONT, size, colour)
        style.paragraph_format.space_after = Pt(1 if name.startswith("Table") else 4)
        style.paragraph_format.line_spacing = 1.05
    document.styles["Table caption"].paragraph_format.keep_with_next = True
    document.styles["Table caption"].font.bold = True
    document.styles["Reference"].paragraph_format.left_indent = Cm(1)
    document.styles["Reference"].paragraph_format.first_line_indent = Cm(-1)


def _font(style: Any, name: str, size: float, colour: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name = name
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(key), None)
    for key in ("w:eastAsia", "w:cs"):
        fonts.set(qn(key), name)


def _plain_title(style: Any) -> None:
    """Word's own title style draws a line beneath; ours does not."""
    from docx.oxml.ns import qn

    border = style.element.pPr.find(qn("w:pBdr"))
    if border is not None:
        style.element.pPr.remove(border)


def _set_page(section: Any, *, landscape: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    width, height = (Cm(29.7), Cm(21)) if landscape else (Cm(21), Cm(29.7))
    section.page_width, section.page_height = width, height
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.3)


def _fill_header(section: Any) -> None:
    """Marks that stand on every page: sample data, working draft."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraphs = (section.header.paragraphs[0], section.header.add_paragraph())
    for paragraph, name in zip(paragraphs, ("sample", "draft"), strict=True):
        paragraph.style = "Mark"
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = 0
        _add_runs(paragraph, [("b", "{{ " + name + " }}")])


def _fill_footer(section: Any, say: Say) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Note"
    _add_runs(paragraph, [("s", say("page") + " ")])
    _add_field(paragraph, "PAGE")
    _add_runs(paragraph, [("s", " · {{ front.title }}")])


def _add_field(paragraph: Any, code: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)


def _add_runs(paragraph: Any, parts: Sequence[tuple[str, str]]) -> None:
    from docx.shared import Pt, RGBColor

    for form, text in parts:
        run = paragraph.add_run(text)
        run.bold = True if "b" in form else None
        run.italic = True if "i" in form else None
        if "s" in form:
            run.font.size = Pt(8.5)
            run.font.color.rgb = RGBColor.from_string(SOFT)
        if "r" in form:
            run.font.color.rgb = RGBColor.from_string(RED)


def _new_table(document: Any, widths: Sequence[float]) -> Any:
    """A table with a first row, thin lines between rows and a shaded head."""
    table = document.add_table(rows=1, cols=len(widths))
    table.autofit = False
    _add_lines(table)
    _set_widths(table, widths)
    return table


def _set_widths(table: Any, widths: Sequence[float]) -> None:
    from docx.shared import Cm

    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def _add_lines(table: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _fill_cell(cell: Any, parts: Sequence[tuple[str, str]], style: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = cell.paragraphs[0]
    paragraph.style = style
    _add_runs(paragraph, parts)
    if style == "Table head":
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
            shade.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _tag_row(table: Any, tag: str) -> None:
    table.add_row().cells[0].paragraphs[0].add_run(tag)


def _repeat_head(row: Any) -> None:
    _row_property(row, "w:tblHeader")


def _keep_whole(row: Any) -> None:
    _row_property(row, "w:cantSplit")


def _row_property(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))
