"""Headings among the blocks, their levels, and the sections that they open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from litreview.documents.blocks import Block, Style
from litreview.documents.extract import Line
from litreview.documents.headings import (
    chapter_kinds,
    is_spaced_out,
    named_kinds,
    number_value,
    numbering,
    run_in_abstract,
    run_in_lead,
)

_MAX_HEADING_WORDS = 22
_COVER_WORDS = 120
_LARGER = 0.8  # points above the body's type
_INSIDE = dict.fromkeys(map(ord, "-/'’–"))
_NOT_HEADING = re.compile(
    r"^(?:kata[- ]?kata kunci|kata kunci|key ?words?|index terms|doi\b|https?:|vol\.|e-?issn|p-?issn|\(?sumber"
    r"|\(?source|nim\b|nip\b|email|e-mail|correspond|koresponden|accepted|received|diterima|jel\b|[\w.+-]+@)",
    re.IGNORECASE,
)
_OPEN_ENDS = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "or",
        "not",
        "to",
        "in",
        "on",
        "with",
        "for",
        "is",
        "are",
        "that",
        "yang",
        "dan",
        "atau",
        "di",
        "ke",
        "dari",
        "untuk",
    ]
)
_ALWAYS_TOP = frozenset(("abstract", "front", "references", "appendix", "acknowledgements"))
_BODY_KINDS = frozenset(("introduction", "method", "results", "discussion", "conclusion"))
_ENDINGS = frozenset(("results", "discussion", "conclusion", "recommendation"))
_CHAPTERS = ("bab", "chapter")
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
    marked: int = 0  # the level that the file itself gives it; 0 where it gives none


def find_headings(blocks: list[Block], style: Style) -> list[Heading]:
    """Mark the headings among the blocks (kind `heading`), join a chapter's number and name, and place them."""
    _join_chapters(blocks)
    first = _first_named(blocks)
    found = []
    for i, block in enumerate(blocks):
        if block.kind != "body" or not block.rows:
            continue
        kind, length = _run_in(block.rows[0])
        if length:
            found.append(Heading(i, block.text[:length].strip(" .:-–—"), (kind,), 1))
        elif _names_abstract_beside(block):
            block.kind = "heading"
            found.append(Heading(i, block.text, ("abstract",), 1))
        elif block.level or is_heading(block, style, named_before=i >= first):
            block.kind = "heading"
            found.append(_read_heading(i, block))
    found = _without_labels(found, blocks, style)
    _place(found, blocks)
    return found


def _run_in(row: Line) -> tuple[str, int]:
    """Kind and length of a heading that a paragraph begins with; empty, 0 where it begins with none."""
    length = run_in_abstract(row.text)
    if length:
        return "abstract", length
    return run_in_lead(row.text) if row.lead else ("", 0)


def _names_abstract_beside(block: Block) -> bool:
    """Whether a row is the heading of an abstract and of what stands beside it (`Article info`, `Abstract`)."""
    words = block.rows[0].words
    if len(block.rows) > 1 or block.rows[0].cells < 2 or len(words) > _MAX_HEADING_WORDS:
        return False
    parts = [part for i in range(1, len(words)) for part in (words[:i], words[i:])]
    return any(named_kinds(" ".join(part)) == ("abstract",) for part in parts)


def _without_labels(found: list[Heading], blocks: Sequence[Block], style: Style) -> list[Heading]:
    """Leave out plain words like `Analisis` inside a picture: where the named headings of a document stand out by bold
    type, capitals or numbers, one that does not is none."""
    named = [h for h in found if h.kinds and blocks[h.block].kind == "heading"]
    plain = [h for h in named if _is_plain(h, blocks[h.block], style.body_size)]
    if not plain or len(plain) > 0.4 * len(named):
        return found
    for heading in plain:
        blocks[heading.block].kind = "body"
    gone = {heading.block for heading in plain}
    return [heading for heading in found if heading.block not in gone]


def _is_plain(heading: Heading, block: Block, body_size: float) -> bool:
    row = block.rows[0]
    stands_out = heading.numbered or row.bold or heading.text.isupper() or row.italic or row.size > body_size + 0.4
    return not stands_out and not set(heading.kinds) & _ALWAYS_TOP


def _read_heading(index: int, block: Block) -> Heading:
    text = block.text
    kind, number, _ = numbering(text)
    return Heading(index, text, named_kinds(text), 0, kind, number, block.level)


def _first_named(blocks: Sequence[Block]) -> int:
    """Index of the first block that names a section: what stands before it is the title, the authors, a cover. Where
    nothing names one, what stands on a first page of few words, as a cover has, goes before."""
    for i, block in enumerate(blocks):
        if block.kind == "body" and block.rows and (_names_section(block) or run_in_abstract(block.rows[0].text)):
            return i
    on_first = [block for block in blocks if block.rows and block.rows[0].page == blocks[0].rows[0].page]
    words = sum(len(row.words) for block in on_first for row in block.rows)
    return len(on_first) if words < _COVER_WORDS else 0


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
    if len(words) > _MAX_HEADING_WORDS or _NOT_HEADING.match(text) or "@" in text or not any(c.isalpha() for c in text):
        return False
    small = text[0].islower() and not is_spaced_out(words)
    if named_kinds(text) and not text.endswith((",", ";")) and not small:
        return not text.endswith(".") or rows[0].bold or text.isupper() or text[0].isdigit()
    kind, _, rest = numbering(text)
    if kind == "chapter" and not text.endswith("."):
        return True
    larger = rows[0].size > style.body_size + _LARGER
    ends = text.endswith((".", ",", ";", ":") if larger else (".", ",", ";", ":", "?"))
    if not named_before or not rest or (ends and not rows[0].bold):
        return False
    return _stands_out(block, style, kind, rest)


def _stands_out(block: Block, style: Style, kind: str, rest: str) -> bool:
    first = block.rows[0]
    letters = _long_words(rest)
    numbered = kind in ("integer", "decimal", "roman")
    few = sum(c.isalpha() for c in rest) < 0.6 * len(rest)
    if few or not letters or block.text[0] in "“\"'(•" or not (rest[0].isupper() or _is_titled(letters)):
        return False
    if first.cells > 1 and not (numbered and (first.bold or rest.isupper())):
        return False
    if all(row.bold for row in block.rows):
        return not block.text.endswith((",", ";"))
    if first.size > style.body_size + _LARGER and (len(letters) <= 12 or (style.steady and _is_titled(letters))):
        return not block.text.endswith((",", ";", "-")) and rest.split()[-1].lower() not in _OPEN_ENDS
    full = block.rows[-1].x1 > first.right - 12 and first.right - first.left > 100
    if rest.isupper() and (numbered or not full) and sum(len(word) for word in letters if len(word) > 3) >= 8:
        return first.size >= style.body_size - 0.5
    if kind == "decimal" or (kind == "letter" and rest.istitle()) or all(row.italic for row in block.rows):
        fits = not full or (numbered and _is_titled(letters))
        return fits and len(rest.split()) <= 14 and first.size >= style.body_size - 0.5
    return False


def _long_words(text: str) -> list[str]:
    """Words of letters, with hyphens, strokes and apostrophes inside, of three letters or more."""
    plain = (word.strip('.,:;()?!“”"') for word in text.split())
    return [word for word in plain if len(word) > 2 and word.translate(_INSIDE).isalnum() and not word.isdigit()]


def _is_titled(words: Sequence[str]) -> bool:
    """Whether most words begin with a capital, as in a title."""
    told = [word for word in words if word not in _OPEN_ENDS]
    return sum(word[0].isupper() for word in told) >= 0.6 * len(told) > 0


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
    if block.rows[0].words[0].lower() not in _CHAPTERS:
        return False
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
    if _no_thesis(headings):
        named |= _NAMED_TOP
    top_style = _top_style(headings, chapters)
    one_style = not chapters and _in_one_style(headings, blocks)
    stack: list[_Open] = []
    last_top = 0
    for heading in headings:
        key = _style_key(heading, blocks[heading.block])
        value = number_value(heading.number)
        if heading.numbered == top_style != "" and 0 < value - last_top <= 2:
            level = 1
            last_top = value
        elif one_style and not heading.numbered:
            level = 1 if heading.kinds or not stack or not set(stack[0].kinds) & _BODY_KINDS else 2
        else:
            level = _level(heading, key, stack, chapters)
        while stack and stack[-1].level >= level:
            stack.pop()
        parent = stack[-1].kinds if stack else ()
        heading.level = level
        heading.kinds = _kinds(heading, parent, named)
        stack.append(_Open(key, level, heading.kinds, value))
    _name_the_middle(headings)
    _name_the_end(headings)


def _in_one_style(headings: Sequence[Heading], blocks: Sequence[Block]) -> bool:
    """Whether an article names the sections that everyone names in the very type of its sub-headings, without numbers,
    so that only the names tell which are the top ones."""
    plain = [h for h in headings if not h.numbered and not set(h.kinds) & _ALWAYS_TOP]
    named = [h for h in plain if set(h.kinds) & _BODY_KINDS]
    styles = Counter(_style_key(h, blocks[h.block]) for h in plain)
    if len(plain) < len(headings) - 8 or len({kind for h in named for kind in h.kinds} & _BODY_KINDS) < 3:
        return False
    return styles.most_common(1)[0][1] >= 0.9 * len(plain)


def _no_thesis(headings: Sequence[Heading]) -> bool:
    """Whether a document has chapters that are not a thesis's: most of their names tell no kind."""
    chapters = [h for h in headings if h.numbered == "chapter"]
    return len(chapters) > 2 and sum(bool(h.kinds) for h in chapters) < 2


def _top_style(headings: Sequence[Heading], chapters: bool) -> str:
    """The numbering of an article's top headings, told by the named ones; empty where they have none."""
    if chapters:
        return ""
    named = [h.numbered for h in headings if h.kinds and h.kinds[0] in _NAMED_TOP - _ALWAYS_TOP]
    counted = Counter(style for style in named if style in ("integer", "roman", "letter"))
    if not counted:
        return "" if any(named) else _counting_style(headings)
    style, count = counted.most_common(1)[0]
    return style if count >= 2 or count == len(named) else ""


def _counting_style(headings: Sequence[Heading]) -> str:
    """The numbering that counts once through an article whose named sections have none."""
    for style in ("integer", "roman"):
        values = [number_value(h.number) for h in headings if h.numbered == style]
        steps = [after - before for before, after in pairwise(values)]
        if len(values) > 2 and values[0] == 1 and all(0 < step <= 2 for step in steps):
            return style
    return ""


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading whose section is open: its style, level, kinds and number."""

    style: str
    level: int
    kinds: tuple[str, ...]
    number: int


def _style_key(heading: Heading, block: Block) -> str:
    if heading.numbered == "decimal":
        return f"decimal {heading.number.count('.')}"
    if heading.numbered:
        return heading.numbered
    row = block.rows[0]
    return f"plain {heading.text.isupper()} {round(row.size)} {row.bold} {row.italic}"


def _level(heading: Heading, key: str, stack: Sequence[_Open], chapters: bool) -> int:
    top = heading.kinds[0] if heading.kinds else ""
    if heading.numbered == "chapter" or (top in _ALWAYS_TOP and not heading.numbered):
        return 1
    if heading.marked:
        return heading.marked
    if heading.numbered == "decimal":
        return 1 + heading.number.count(".")
    known = next((o for o in reversed(stack) if o.style == key and _continues(o, heading)), None)
    if known:
        return known.level
    if not chapters and top in _NAMED_TOP and not _under_number(heading, stack):
        return 1
    return stack[-1].level + 1 if stack else 1


def _continues(before: _Open, heading: Heading) -> bool:
    """Whether a heading of the same style goes on in the numbers of the one before it."""
    return not heading.numbered or number_value(heading.number) > before.number


def _under_number(heading: Heading, stack: Sequence[_Open]) -> bool:
    """Whether a heading without a number stands inside a numbered section: then it is a part of that section."""
    if not stack:
        return False
    top = stack[0]
    numbered = not top.style.startswith("plain")
    if heading.numbered:
        return numbered and top.style != heading.numbered
    return numbered and heading.kinds[0] != "conclusion" and not set(top.kinds) & _ALWAYS_TOP


def _kinds(heading: Heading, parent: tuple[str, ...], named: set[str]) -> tuple[str, ...]:
    """A heading's own kinds; a chapter's by its number; else its parent's, so that sub-headings stay in their
    section. Only results can hold a discussion, only an ending a recommendation: a sub-heading of a theory chapter
    that says `Hasil penelitian terdahulu` names nothing by these."""
    if heading.numbered == "chapter":
        if heading.kinds:
            return heading.kinds
        by_number = chapter_kinds(heading.number)
        return ("other",) if set(by_number) & named else by_number
    if heading.kinds and _may_stand_in(heading.kinds, parent, heading.numbered):
        return heading.kinds
    return parent or ("other",)


def _may_stand_in(kinds: tuple[str, ...], parent: tuple[str, ...], numbered: str) -> bool:
    if "recommendation" in kinds and numbered == "decimal" and not set(parent) & _ENDINGS:
        return False
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


def _name_the_end(headings: list[Heading]) -> None:
    """Top headings after the references that name nothing are of appendices; what stands under them too."""
    last = max((i for i, h in enumerate(headings) if h.kinds == ("references",)), default=len(headings))
    for heading in headings[last + 1 :]:
        if heading.kinds == ("other",) and not named_kinds(heading.text):
            heading.kinds = ("appendix",)
