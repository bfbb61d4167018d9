"""Headings among the blocks, their levels, and the sections that they open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from litreview.documents.blocks import Block, Style
from litreview.documents.headings import chapter_kinds, named_kinds, numbering, run_in_abstract

_MAX_HEADING_WORDS = 22
_NOT_HEADING = re.compile(
    r"^(?:kata[- ]?kata kunci|kata kunci|key ?words?|index terms|doi\b|https?:|vol\.|e-?issn|p-?issn|\(?sumber|\(?source"
    r"|nim\b|nip\b|email|e-mail|correspond|koresponden|accepted|received|diterima|jel\b|[\w.+-]+@)",
    re.IGNORECASE,
)
_ALWAYS_TOP = frozenset(("abstract", "front", "references", "appendix", "acknowledgements"))
_NAMED_TOP = _ALWAYS_TOP | {"introduction", "theory", "method", "results", "discussion", "conclusion"}


@dataclass(slots=True)
class Heading:
    """A heading: the index of its block, what it says, the kinds of its section and its level (1 is the top)."""

    block: int
    text: str
    kinds: tuple[str, ...]
    level: int
    numbered: str = ""
    number: str = ""


def find_headings(blocks: list[Block], style: Style) -> list[Heading]:
    """Mark the headings among the blocks (kind `heading`), join a chapter's number and name, and place them."""
    _join_chapters(blocks)
    first = _first_named(blocks)
    found = []
    for i, block in enumerate(blocks):
        if block.kind != "body" or not block.rows:
            continue
        run_in = run_in_abstract(block.rows[0].text)
        if run_in:
            found.append(Heading(i, block.text[:run_in].strip(" .:-–—"), ("abstract",), 1))
        elif is_heading(block, style, named_before=i >= first):
            block.kind = "heading"
            found.append(_read_heading(i, block))
    _place(found, blocks)
    return found


def _read_heading(index: int, block: Block) -> Heading:
    text = block.text
    kind, number, _ = numbering(text)
    return Heading(index, text, named_kinds(text), 0, kind, number)


def _first_named(blocks: Sequence[Block]) -> int:
    """Index of the first block that names a section: what stands before it is the title, the authors, a cover."""
    for i, block in enumerate(blocks):
        if block.kind == "body" and block.rows and (_names_section(block) or run_in_abstract(block.rows[0].text)):
            return i
    return 0


def _names_section(block: Block) -> bool:
    row = block.rows[0]
    if len(block.rows) > 3 or len(row.words) > _MAX_HEADING_WORDS:
        return False
    return bool(named_kinds(block.text)) or numbering(row.text)[0] == "chapter"


def is_heading(block: Block, style: Style, named_before: bool) -> bool:
    """Whether a block is a heading: it names a section, is a chapter's, or stands out by type, capitals or number."""
    rows = block.rows
    if len(rows) > 4:
        return False
    text = block.text
    words = text.split()
    if len(words) > _MAX_HEADING_WORDS or _NOT_HEADING.match(text) or not any(c.isalpha() for c in text):
        return False
    if named_kinds(text) and not text.endswith((",", ";")):
        return True
    kind, _, rest = numbering(text)
    if kind == "chapter" and not text.endswith("."):
        return True
    if not named_before or not rest or text.endswith((".", ",", ";", ":", "?")) and not rows[0].bold:
        return False
    return _stands_out(block, style, kind, rest)


def _stands_out(block: Block, style: Style, kind: str, rest: str) -> bool:
    first = block.rows[0]
    letters = [word for word in rest.split() if len(word) > 2 and word.isalpha()]
    if not letters or rest[0].islower() or first.cells > 1 or block.text[0] in "“\"'(•":
        return False
    if all(row.bold for row in block.rows) or first.size > style.body_size + 0.8:
        return not block.text.endswith((",", ";"))
    full = block.rows[-1].x1 > first.right - 12 and first.right - first.left > 100
    if rest.isupper() and not full:
        return first.size >= style.body_size - 0.5
    if kind == "decimal" or (kind == "letter" and rest.istitle()) or all(row.italic for row in block.rows):
        return not full and len(rest.split()) <= 14 and first.size >= style.body_size - 0.5
    return False


def _join_chapters(blocks: list[Block]) -> None:
    """`BAB IV` and the name under it are one heading; names in capitals may go over several blocks."""
    i = 0
    while i + 1 < len(blocks):
        block, after = blocks[i], blocks[i + 1]
        if block.kind == "body" and after.kind == "body" and block.rows and _wants_name(block, after):
            block.rows.extend(after.rows)
            block.beside.extend(after.beside)
            del blocks[i + 1]
        else:
            i += 1


def _wants_name(block: Block, after: Block) -> bool:
    kind, _, rest = numbering(block.text)
    if kind != "chapter" or block.rows[-1].page != after.rows[0].page:
        return False
    text = after.text
    if len(text.split()) + len(rest.split()) > _MAX_HEADING_WORDS or numbering(text)[0]:
        return False
    if not rest:
        return text.isupper() or after.rows[0].bold or bool(named_kinds(text)) or text.istitle()
    return text.isupper() and rest.isupper() and not named_kinds(rest) and after.rows[0].bold == block.rows[0].bold


# Levels and kinds


def _place(headings: list[Heading], blocks: Sequence[Block]) -> None:
    """Set levels and kinds. Chapters are the top of a thesis; in an article the sections that everyone names are."""
    chapters = any(h.numbered == "chapter" for h in headings)
    named = {kind for h in headings for kind in h.kinds}
    stack: list[tuple[str, int, tuple[str, ...]]] = []  # style, level, kinds
    for heading in headings:
        key = _style_key(heading, blocks[heading.block])
        level = _level(heading, key, stack, chapters)
        while stack and stack[-1][1] >= level:
            stack.pop()
        parent = stack[-1][2] if stack else ()
        heading.level = level
        heading.kinds = _kinds(heading, parent, named)
        stack.append((key, level, heading.kinds))
    _name_the_middle(headings)


def _style_key(heading: Heading, block: Block) -> str:
    if heading.numbered == "decimal":
        return f"decimal {heading.number.count('.')}"
    if heading.numbered:
        return heading.numbered
    row = block.rows[0]
    return f"plain {heading.text.isupper()} {round(row.size)} {row.bold} {row.italic}"


def _level(heading: Heading, key: str, stack: Sequence[tuple[str, int, tuple[str, ...]]], chapters: bool) -> int:
    top = heading.kinds[0] if heading.kinds else ""
    if heading.numbered == "chapter" or top in _ALWAYS_TOP and not heading.numbered:
        return 1
    if heading.numbered == "decimal":
        return 1 + heading.number.count(".")
    known = next((level for style, level, _ in stack if style == key), 0)
    if known:
        return known
    if not chapters and top in _NAMED_TOP and not _under_number(heading, stack):
        return 1
    return stack[-1][1] + 1 if stack else 1


def _under_number(heading: Heading, stack: Sequence[tuple[str, int, tuple[str, ...]]]) -> bool:
    """Whether a heading without a number stands inside a numbered section: then it is a part of that section."""
    if not stack:
        return False
    top_style, _, kinds = stack[0]
    numbered = not top_style.startswith("plain")
    if heading.numbered:
        return numbered and top_style != heading.numbered
    return numbered and heading.kinds[0] not in ("conclusion",) and not set(kinds) & _ALWAYS_TOP


def _kinds(heading: Heading, parent: tuple[str, ...], named: set[str]) -> tuple[str, ...]:
    """A heading's own kinds; a chapter's by its number; else its parent's, so that sub-headings stay in their
    section. Only results can hold a discussion, only an ending a recommendation: a sub-heading of a theory chapter
    that says `Hasil penelitian terdahulu` names nothing by these."""
    if heading.numbered == "chapter":
        if heading.kinds:
            return heading.kinds
        by_number = chapter_kinds(heading.number)
        return ("other",) if set(by_number) & named else by_number
    if heading.kinds and _may_stand_in(heading.kinds, parent):
        return heading.kinds
    return parent or ("other",)


def _may_stand_in(kinds: tuple[str, ...], parent: tuple[str, ...]) -> bool:
    if not parent or parent[0] in ("other", "abstract", "acknowledgements"):
        return True
    if "front" in parent:
        return True
    if set(parent) & {"theory", "method", "references", "appendix"}:
        return not set(kinds) & {"results", "discussion", "introduction", "abstract"}
    if set(parent) & {"results", "discussion"}:
        return not set(kinds) & {"introduction", "abstract"}
    return True


def _name_the_middle(headings: list[Heading]) -> None:
    """In a study that names a method and a conclusion but no results, the top sections between them, whose headings
    tell the findings, are its results and discussion."""
    named = {kind for h in headings for kind in h.kinds}
    if named & {"results", "discussion"} or not {"method", "conclusion"} <= named:
        return
    first = max(i for i, h in enumerate(headings) if "method" in h.kinds)
    last = min(i for i, h in enumerate(headings) if "conclusion" in h.kinds)
    for heading in headings[first + 1 : last]:
        if heading.kinds == ("other",):
            heading.kinds = ("results", "discussion")
