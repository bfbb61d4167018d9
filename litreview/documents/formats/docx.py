"""Word documents (.docx): paragraphs, headings, lists, tables, notes and boxes in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from litreview.documents.formats.docx_styles import Style, Styles, with_properties
from litreview.documents.formats.docx_text import ParagraphText, W, read_paragraph
from litreview.documents.formats.model import Flow, Piece
from litreview.documents.formats.package import UNREADABLE, check_package
from litreview.documents.kinds import WORD_SUFFIXES
from litreview.documents.refusals import Refusal
from litreview.errors import message

_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_LONG_CELL = 60  # words: a table of a few rows with such a cell sets a page, it tabulates nothing
_FEW_ROWS = 3
_DEEPEST = 40  # tables inside tables
_SHORT = 12  # words of a numbered line that may be a heading
PICTURES = message("The document holds pictures without text. Save it as PDF: then its text can be recognised (OCR).")


class DocxReader:
    """Reads `.docx` by python-docx."""

    suffixes = WORD_SUFFIXES

    def read(self, path: Path) -> Flow:
        """Raises `Refusal` for what is no Word document, or none that can be read."""
        check_package(path)
        document = _open(path)
        parts = _Parts(document)
        pieces = list(_Walk(parts).pieces(document.element.body))
        if not any(piece.lines for piece in pieces):
            raise Refusal("needs-ocr", PICTURES) if parts.pictured else Refusal("empty")
        return Flow(pieces, tuple(_heads(document)))


def _open(path: Path) -> Any:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        return docx.Document(str(path))
    except (OpcError, LxmlError, LookupError, AttributeError, AssertionError, TypeError, *UNREADABLE) as error:
        raise Refusal("damaged") from error


class _Parts:
    """What a document's text needs of its other parts: styles and notes."""

    def __init__(self, document: Any) -> None:
        self.styles = Styles(document.styles.element)
        self.notes = {kind: _notes(document, kind) for kind in ("footnotes", "endnotes")}
        self.pictured = False


def _notes(document: Any, kind: str) -> dict[str, Any]:
    """Notes by id; separators and their like are none."""
    from docx.oxml import parse_xml
    from lxml.etree import XMLSyntaxError

    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
            try:
                root = parse_xml(relation.target_part.blob)
            except XMLSyntaxError:
                return {}
            return {one.get(f"{W}id", ""): one for one in root if one.get(f"{W}type") in (None, "normal")}
    return {}


def _heads(document: Any) -> Iterator[str]:
    """Running heads and feet, each text once: they may tell journal and year."""
    seen: dict[str, None] = {}
    for section in document.sections:
        for margin in (section.first_page_header, section.header, section.first_page_footer, section.footer):
            if not margin.is_linked_to_previous:
                texts = (" ".join(read_paragraph(p._element).lines) for p in margin.paragraphs)
                seen.update(dict.fromkeys(text for text in texts if text.strip()))
    return iter(seen)


class _Walk:
    """Goes through a document's body."""

    def __init__(self, parts: _Parts) -> None:
        self._parts = parts
        self._turned = False  # a page begins before the next piece

    def pieces(self, element: Any, depth: int = 0) -> Iterator[Piece]:
        """Pieces of the blocks inside an element, in order."""
        for child in element:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, depth)
            elif child.tag == f"{W}tbl" and depth < _DEEPEST:
                yield from self._table(child, depth)
            elif child.tag in _WRAPPERS and depth < _DEEPEST:
                yield from self.pieces(child, depth + 1)

    def _paragraph(self, element: Any, depth: int) -> Iterator[Piece]:
        text = read_paragraph(element)
        self._parts.pictured = self._parts.pictured or text.pictured
        properties = element.find(f"{W}pPr")
        self._turned = self._turned or text.new_page or _turns(properties, "pageBreakBefore")
        if not text.empty:
            piece = self._piece(text, _style_of(properties, self._parts.styles))
            piece.new_page, self._turned = self._turned, False
            yield piece
        self._turned = self._turned or _turns(properties, "sectPr")
        for box in text.boxes if depth < _DEEPEST else ():
            yield from self.pieces(box, depth + 1)
        for kind, note in text.notes:
            yield from self._note(self._parts.notes[kind].pop(note, None))

    def _piece(self, text: ParagraphText, style: Style) -> Piece:
        size, bold, italic = _type_of(text, style, self._parts.styles)
        lines = [line for line in text.lines if line.strip()]
        heading = bold and sum(len(line.split()) for line in lines) <= _SHORT
        listed = style.numbered and not style.level and not heading
        kind = style.kind or ("list" if listed else "body")
        return Piece(lines, kind, style.level, size, bold, italic, style.indent)

    def _note(self, note: Any) -> Iterator[Piece]:
        """A note beside the flow, after the paragraph that it belongs to."""
        texts = [read_paragraph(p) for p in note.iter(f"{W}p")] if note is not None else []
        lines = [line for text in texts for line in text.lines if line.strip()]
        if lines:
            yield Piece(lines, "footnote", size=9.0)

    def _table(self, table: Any, depth: int) -> Iterator[Piece]:
        rows = [[cell for cell in row.iter(f"{W}tc") if _row_of(cell) is row] for row in table.iter(f"{W}tr")
                if _table_of(row) is table]  # fmt: skip
        if _sets_a_page(rows):
            for row in rows:
                for cell in row:
                    yield from self.pieces(cell, depth + 1)
            return
        lines = []
        notes: list[Piece] = []
        for row in rows:
            texts = []
            for cell in row:
                pieces = list(self.pieces(cell, depth + 1))
                notes += [piece for piece in pieces if piece.kind == "footnote"]
                texts.append(" ".join(line for p in pieces if p.kind != "footnote" for line in p.lines))
            lines.append("\t".join(texts))
        if any(line.strip() for line in lines):
            yield Piece([line for line in lines if line.strip()], "table")
        yield from notes


def _row_of(cell: Any) -> Any:
    return next(cell.iterancestors(f"{W}tr"))


def _table_of(row: Any) -> Any:
    return next(row.iterancestors(f"{W}tbl"))


def _sets_a_page(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether a table only places text: it has one column, or a few rows with long texts as an abstract's box."""
    if max(map(len, rows), default=0) < 2:
        return True
    lengths = (len("".join(t.text or "" for t in cell.iter(f"{W}t")).split()) for row in rows for cell in row)
    return len(rows) <= _FEW_ROWS and max(lengths, default=0) >= _LONG_CELL


def _style_of(properties: Any, styles: Styles) -> Style:
    named = properties.find(f"{W}pStyle") if properties is not None else None
    return with_properties(styles.of(named.get(f"{W}val", "") if named is not None else ""), properties)


def _turns(properties: Any, name: str) -> bool:
    return properties is not None and properties.find(f"{W}{name}") is not None


def _type_of(text: ParagraphText, style: Style, styles: Styles) -> tuple[float, bool, bool]:
    """Size of most of a paragraph's characters; bold and italic where nearly all of them are."""
    sizes: dict[float, int] = {}
    bold = italic = total = 0
    for (size, is_bold, is_italic, name), count in text.types.items():
        of_run = styles.of(name) if name else style
        known = size or (style.size if not name else max(style.size, of_run.size))
        sizes[known] = sizes.get(known, 0) + count
        bold += count if (style.bold or (bool(name) and of_run.bold) if is_bold is None else is_bold) else 0
        italic += count if (style.italic or (bool(name) and of_run.italic) if is_italic is None else is_italic) else 0
        total += count
    if not total:
        return style.size, style.bold, style.italic
    return max(sizes, key=lambda size: (sizes[size], size)), bold > 0.9 * total, italic > 0.9 * total
