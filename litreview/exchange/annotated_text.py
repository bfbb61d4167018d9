"""Annotated copies of files without pages: the text as read, its paragraphs numbered, coded passages highlighted.

One web page that works offline and holds no script; the same passages give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

import msgspec

from litreview.documents.model import Document, Paragraph
from litreview.documents.numbered import numbered
from litreview.exchange.annotated import OPACITY, Note

_TAGS = {"quote": "blockquote", "footnote": "small", "caption": "figcaption"}
_PLAIN = "#ffd933"
_STYLE = """
:root { --ink: #1c2733; --faint: #5f6d7b; --line: #d6dde4; }
body { margin: 0 auto; max-width: 46rem; padding: 1.5rem 1.2rem 6rem; color: var(--ink);
  font: 1.06rem/1.6 Charter, "Sitka Text", Cambria, Georgia, serif; }
.p { position: relative; padding-left: 3.4rem; margin: 0 0 .9rem; scroll-margin-top: 3rem; }
.n { position: absolute; left: 0; width: 2.6rem; text-align: right; text-decoration: none; color: var(--faint);
  font: .78rem/1.9rem system-ui, sans-serif; }
.p:target { background: #eef4fa; box-shadow: 0 0 0 .5rem #eef4fa; }
.p > * { margin: 0; }
h1, h2, h3 { font-family: system-ui, sans-serif; line-height: 1.25; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; } h3 { font-size: 1rem; }
.p:has(h2) { margin-top: 1.8rem; } .p:has(h3) { margin-top: 1.3rem; }
blockquote { border-left: 3px solid var(--line); padding-left: .8rem; }
small, figcaption, .table { font: .88rem/1.5 system-ui, sans-serif; color: #3d4b59; }
mark { color: inherit; padding: .05em 0; }
.notes { list-style: none; padding: .2rem 0 0; font: .8rem/1.45 system-ui, sans-serif; color: var(--faint); }
.notes i { display: inline-block; width: .7em; height: .7em; margin-right: .4em; border-radius: 2px; }
.told, .banner { font: .85rem/1.5 system-ui, sans-serif; color: var(--faint); }
.banner { background: #fff3d6; color: #6d3d00; border: 1px solid #e7c27a; padding: .3rem .8rem; text-align: center; }
"""


class TextMark(msgspec.Struct, frozen=True):
    """A stretch of a document's text (offsets, half-open) with what is noted there."""

    start: int
    end: int
    notes: tuple[Note, ...]


def annotate_text(
    document: Document, file: int, marks: Sequence[TextMark], told: str, language: str, page_mark: str = ""
) -> bytes:
    """The text of one of a document's files as a web page: `told` says above it what it is, `page_mark` stands at its
    head unless it is empty."""
    name = document.files[file].removeprefix("corpus/")
    banner = f'<p class="banner">{escape(page_mark)}</p>\n' if page_mark else ""
    body = "\n".join(_paragraph(document, number, paragraph, marks) for number, paragraph in numbered(document, file))
    page = (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(name)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{banner}"
        f'<p class="told"><strong>{escape(name)}</strong><br>{escape(told)}</p>\n{body}\n</body>\n</html>\n'
    )
    return page.encode("utf-8", "replace")


def _paragraph(document: Document, number: int, paragraph: Paragraph, marks: Sequence[TextMark]) -> str:
    here = [mark for mark in marks if mark.start < paragraph.end and mark.end > paragraph.start]
    inner = "".join(_stretches(document.text, paragraph, here))
    tag = _tag(document, paragraph)
    kind = ' class="table"' if paragraph.kind == "table" else ""
    notes = "".join(_note(note) for mark in here for note in mark.notes)
    listed = f'<ul class="notes">{notes}</ul>' if notes else ""
    link = f'<a class="n" href="#p{number}">{number}</a>'
    return f'<div class="p" id="p{number}">{link}<{tag}{kind}>{inner}</{tag}>{listed}</div>'


def _tag(document: Document, paragraph: Paragraph) -> str:
    if paragraph.kind == "title":
        return "h1"
    if paragraph.kind == "heading":
        return "h2" if document.sections[paragraph.section].level < 2 else "h3"
    return _TAGS.get(paragraph.kind, "p")


def _stretches(text: str, paragraph: Paragraph, marks: Sequence[TextMark]) -> Iterator[str]:
    """The paragraph's text, cut where marks begin and end."""
    edges = {paragraph.start, paragraph.end}
    for mark in marks:
        edges |= {max(mark.start, paragraph.start), min(mark.end, paragraph.end)}
    places = sorted(edges)
    for start, end in pairwise(places):
        notes = [note for mark in marks if mark.start <= start and end <= mark.end for note in mark.notes]
        words = escape(text[start:end])
        if not notes:
            yield words
            continue
        said = escape("\n".join(dict.fromkeys(note.text for note in notes)))
        yield f'<mark style="background: {_ground(notes)}" title="{said}">{words}</mark>'


def _ground(notes: Sequence[Note]) -> str:
    """The colours of a stretch's categories, in bands."""
    first = {note.theme: note for note in reversed(notes)}
    themes = dict.fromkeys(note.theme for note in notes)
    strong = {theme: max(OPACITY.get(n.status, 0.28) for n in notes if n.theme == theme) for theme in themes}
    colours = [_colour(first[theme].colour) + f"{round(255 * strong[theme]):02x}" for theme in themes]
    if len(colours) == 1:
        return colours[0]
    step = 100 / len(colours)
    bands = (f"{colour} {round(i * step)}% {round((i + 1) * step)}%" for i, colour in enumerate(colours))
    return f"linear-gradient({', '.join(bands)})"


def _colour(colour: str) -> str:
    return colour if re.fullmatch(r"#[0-9a-fA-F]{6}", colour) else _PLAIN


def _note(note: Note) -> str:
    return f'<li><i style="background: {_colour(note.colour)}"></i>{escape(note.text)}</li>'
