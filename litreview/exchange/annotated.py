"""Annotated PDFs: a copy of a source with the coded passages highlighted, coloured by category.

The same passages give the same bytes: dates are fixed, no new file id is drawn, and nothing of a system's fonts enters.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from litreview.documents.opening import open_pdf, pdf_errors, silent_pymupdf
from litreview.documents.refusals import Refusal
from litreview.errors import OutputError, message
from litreview.files import read_bytes, safe_name

FIXED_DATE = "D:20000101000000Z"
OPACITY = {"human": 0.55, "provisional": 0.28}
LONGEST_NAME = 90
_MARK_SIZE_PT = 7.0
_Rect = tuple[float, float, float, float]


class Note(msgspec.Struct, frozen=True):
    """What stands at a place: a code with its category, and who coded it; `text` is shown in the popup."""

    theme: str
    colour: str  # "#rrggbb"
    text: str
    coder: str
    status: str  # human | provisional


class Mark(msgspec.Struct, frozen=True):
    """A stretch of a page: rectangles in points from the top left of the page as displayed, `page` from 1."""

    page: int
    rects: tuple[_Rect, ...]
    notes: tuple[Note, ...]


def annotated_names(files: Sequence[str]) -> dict[str, str]:
    """File of the corpus → name under `annotated/`: its path without `corpus/`, safe everywhere, unique without regard
    to case; `.html` is added to those that are no PDF. A name does not change when other files come."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for file in sorted(files):
        inside = re.sub(r"^corpus/", "", file)
        stem = inside[: -len(".pdf")] if inside.lower().endswith(".pdf") else inside
        name = safe_name(stem.replace("/", " - "), limit=400)
        if len(name) > LONGEST_NAME or name.casefold() in taken:
            digest = hashlib.sha256(file.encode()).hexdigest()[:8]
            name = f"{name[: LONGEST_NAME - 9].rstrip(' .')}-{digest}"
        taken.add(name.casefold())
        names[file] = f"{name}.pdf" if file.lower().endswith(".pdf") else f"{name}.html"
    return names


def annotate_pdf(path: Path, marks: Sequence[Mark], page_mark: str = "") -> bytes:
    """The PDF with highlights, and with `page_mark` at the foot of each page unless it is empty.

    A stretch of several categories is highlighted in bands, one for each. Encrypted files that open without a password
    are written without encryption. Raises `OutputError` when the file cannot be opened or written any more, and for one
    that asks for a password: a copy without would give away what is protected, and each encryption draws other bytes.
    """
    pymupdf: Any = silent_pymupdf()
    try:
        with open_pdf(read_bytes(path)) as pdf:
            if pdf.needs_pass:
                raise Refusal("needs-password")
            for mark in sorted(marks, key=lambda m: (m.page, m.rects)):
                _highlight(pymupdf, pdf[mark.page - 1], mark)
            if page_mark:
                for page in pdf:
                    _stamp(pymupdf, page, page_mark)
            content: bytes = pdf.tobytes(
                garbage=1, deflate=True, no_new_id=True, encryption=pymupdf.PDF_ENCRYPT_NONE, use_objstms=0
            )
            return content
    except pdf_errors(Refusal) as error:
        raise OutputError(message("The annotated copy of this file could not be made."), path.name) from error


def _highlight(pymupdf: Any, page: Any, mark: Mark) -> None:
    """One annotation for each category of a mark."""
    themes = list(dict.fromkeys(note.theme for note in mark.notes))
    for number, theme in enumerate(themes):
        notes = [note for note in mark.notes if note.theme == theme]
        quads = [_quad(pymupdf, page, _band(rect, number, len(themes))) for rect in mark.rects]
        annotation = page.add_highlight_annot(quads)
        annotation.set_colors(stroke=_rgb(notes[0].colour))
        annotation.set_opacity(max(OPACITY.get(note.status, 0.28) for note in notes))
        annotation.set_info(
            title="; ".join(dict.fromkeys(note.coder for note in notes)),
            subject=theme,
            content="\n".join(note.text for note in notes),
            creationDate=FIXED_DATE,
            modDate=FIXED_DATE,
        )
        annotation.update()
        page.parent.xref_set_key(annotation.xref, "M", pymupdf.get_pdf_str(FIXED_DATE))


def _band(rect: _Rect, number: int, count: int) -> _Rect:
    """The `number`-th of `count` stripes of a line, from the top."""
    x0, y0, x1, y1 = rect
    height = (y1 - y0) / count
    return x0, y0 + number * height, x1, y0 + (number + 1) * height


def _quad(pymupdf: Any, page: Any, rect: _Rect) -> Any:
    """A rectangle as displayed, in the page's own unrotated space."""
    return pymupdf.Rect(rect).quad * page.derotation_matrix


def _rgb(colour: str) -> tuple[float, float, float]:
    """Shares of red, green and blue; what is no "#rrggbb" becomes yellow."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return 1.0, 0.85, 0.2
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _stamp(pymupdf: Any, page: Any, text: str) -> None:
    """A line of text at the foot of the page as displayed, on white, whatever the page's own contents leave behind."""
    if not page.is_wrapped:
        page.wrap_contents()
    text = text.encode("cp1252", "replace").decode("latin-1")  # the built-in font takes its codes, not letters
    wide = pymupdf.get_text_length(text, "helv", _MARK_SIZE_PT)
    size = _MARK_SIZE_PT * min(1.0, (page.rect.width - 20) / wide)
    width = wide * size / _MARK_SIZE_PT
    left, base = (page.rect.width - width) / 2, page.rect.height - 6
    ground = pymupdf.Rect(left - 4, base - size - 1, left + width + 4, base + 3) * page.derotation_matrix
    page.draw_rect(ground, color=None, fill=(1, 1, 1), fill_opacity=0.85)
    at = pymupdf.Point(left, base) * page.derotation_matrix
    page.insert_text(at, text, fontsize=size, fontname="helv", color=(0.62, 0.1, 0.1), rotate=page.rotation)
