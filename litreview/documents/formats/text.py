"""Plain text (.txt) and Markdown (.md): paragraphs by empty lines or by indents, broken lines joined again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from litreview.documents.formats.encoding import decode
from litreview.documents.formats.model import MISNAMED, MOST_CHARACTERS, Flow, Piece, found
from litreview.documents.headings import named_kinds, numbering
from litreview.documents.kinds import TEXT_SUFFIXES
from litreview.documents.model import Found, Metadata
from litreview.documents.refusals import Refusal
from litreview.errors import message

_LIST = re.compile(r"^\s*(?:[-*+•▪●○‣]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+\S")
_ENDED = (".", "?", "!", ":", ";", "”", '"', ")", "…")
_WRAPPED_AT = 110  # characters: text whose lines are longer has a paragraph on each line
_SHORT_LINE = 0.75  # of the usual full line: a paragraph's last line, where no empty lines divide paragraphs
_INDENT = 2  # spaces by which a paragraph's first line may be set in
_MAX_HEADING_WORDS = 9
_SIZES = {1: 18.0, 2: 15.0, 3: 13.0, 4: 12.0, 5: 11.5, 6: 11.5}
NO_TEXT = message("The file is no text. Open it to see what it is, and save it as DOCX or PDF.")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a]")


def read_text(path: Path) -> str:
    """A file's text, lines ending in `\\n`. Raises `Refusal` for one that is too large, or holds what no text does."""
    if path.stat().st_size > 4 * MOST_CHARACTERS:
        raise Refusal("too-large")
    text = decode(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MOST_CHARACTERS:
        raise Refusal("too-large")
    if len(_CONTROL.findall(text[:100_000])) > 20:
        raise Refusal(MISNAMED, NO_TEXT)
    return text


class TextReader:
    """Reads `.txt`."""

    suffixes = TEXT_SUFFIXES[:1]

    def read(self, path: Path) -> Flow:
        """Raises `Refusal` for what is no text, or too much."""
        pieces = list(plain_pieces(read_text(path)))
        if not pieces:
            raise Refusal("empty")
        return Flow(pieces)


def plain_pieces(text: str) -> Iterator[Piece]:
    """The paragraphs of a plain text; a form feed begins a page."""
    pages = text.split("\f")
    lines = [line for page in pages for line in page.split("\n")]
    wrapped = full_line(lines) <= _WRAPPED_AT
    for number, page in enumerate(pages):
        first = number > 0
        for group in _paragraphs(page.split("\n"), wrapped):
            for part in _without_headings(group):
                listed = bool(_LIST.match(part[0])) and len(part[0].split()) > 1 and not _is_heading(part[0])
                kind = "list" if listed and (len(part) > 1 or len(part[0].split()) > _MAX_HEADING_WORDS) else "body"
                yield Piece(part, kind, new_page=first, wrapped=wrapped)
                first = False


def full_line(lines: Sequence[str]) -> int:
    """How long a full line is: nine in ten of the lines are no longer."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _paragraphs(lines: Sequence[str], wrapped: bool) -> Iterator[list[str]]:
    """Groups of lines that are a paragraph each."""
    if not wrapped:
        yield from ([line] for line in lines if line.strip())
        return
    spaced = any(not line.strip() for line in lines[1:-1])
    usual = full_line(lines)
    group: list[str] = []
    for line in lines:
        if not line.strip():
            if group:
                yield group
            group = []
            continue
        if group and (_LIST.match(line) or (not spaced and _begins(group, line, usual))):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _begins(group: Sequence[str], line: str, usual: int) -> bool:
    """Whether a line begins a paragraph, in a text without empty lines: it is set in, or the line before stopped short
    at the end of a sentence."""
    last = group[-1]
    step = _leading(line) - _leading(last)
    if step >= _INDENT and (len(group) > 1 or _leading(last) < _INDENT):
        return True
    return len(last.strip()) < _SHORT_LINE * usual and last.rstrip().endswith(_ENDED)


def _leading(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _without_headings(group: list[str]) -> Iterator[list[str]]:
    """A paragraph's lines, those that are headings each by itself."""
    rest: list[str] = []
    for line in group:
        ended = not rest or rest[-1].rstrip().endswith(_ENDED)
        if ended and len(group) > 1 and _is_heading(line):
            if rest:
                yield rest
            yield [line]
            rest = []
        else:
            rest.append(line)
    if rest:
        yield rest


def _is_heading(line: str) -> bool:
    plain = line.strip()
    if len(plain.split()) > _MAX_HEADING_WORDS or plain[:1].islower() or plain.endswith((",", ";")):
        return False
    if plain.endswith(".") and not (plain.isupper() or plain[0].isdigit()):
        return False
    return bool(named_kinds(plain)) or (numbering(plain)[0] == "chapter" and not plain.endswith("."))


# Markdown

_ATX = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{2,})\s*$")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)")
_RULE = re.compile(r"^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_QUOTE = re.compile(r"^ {0,3}>\s?")
_ITEM = re.compile(r"^\s*[-*+]\s+")
_NOTE = re.compile(r"^\[\^[^\]]+\]:\s*")
_TABLE = re.compile(r"^\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"^[\s|:-]+$")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_]{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*_])", re.DOTALL)
_CODE = re.compile(r"`+([^`]+)`+")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|>-])")
_KEY = re.compile(r"^(title|author|authors|date|doi):\s*(.+)$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


class MarkdownReader:
    """Reads `.md`."""

    suffixes = TEXT_SUFFIXES[1:]

    def read(self, path: Path) -> Flow:
        """Raises `Refusal` for what is no text, or too much."""
        told, lines = _front_matter(read_text(path).split("\n"))
        pieces = list(_markdown(lines))
        if not pieces:
            raise Refusal("empty")
        return Flow(pieces, told=told)


def without_marks(line: str) -> str:
    """A paragraph of Markdown as it is shown: emphasis, code and links without their signs."""
    line = _NOTE_MARK.sub("", _LINK.sub(r"\1", _CODE.sub(r"\1", line)))
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", line)))


def _front_matter(lines: list[str]) -> tuple[Metadata, list[str]]:
    """What a head between `---` tells, and the lines after it."""
    if not lines or lines[0].strip() != "---":
        return Metadata(), lines
    end = next((i for i, line in enumerate(lines[1:60], 1) if line.strip() in ("---", "...")), 0)
    if not end:
        return Metadata(), lines
    told = {m.group(1).lower(): m.group(2).strip(" \"'[]") for line in lines[1:end] if (m := _KEY.match(line))}
    year = _YEAR.search(told.get("date", ""))
    names = re.split(r"\s*[;,]\s*", told.get("authors", told.get("author", "")))
    return Metadata(
        title=found(told.get("title", "")),
        authors=tuple(Found(name) for name in names if name),
        year=Found(year.group()) if year else None,
        doi=found(told.get("doi", "").lower()),
    ), lines[end + 1 :]


def _markdown(lines: Sequence[str]) -> Iterator[Piece]:
    """Pieces of Markdown: headings, quotes, lists, tables, notes, and plain paragraphs."""
    held: list[str] = []
    kind = "body"
    fenced = False
    for line in [*lines, ""]:
        if _FENCE.match(line):
            fenced = not fenced
            line = ""
        atx = None if fenced else _ATX.match(line)
        under = _UNDERLINE.match(line) if held and kind == "body" and not fenced else None
        now = _kind_of(line)
        if under and len(held) == 1:
            yield _heading(held[0], 1 if under.group(1)[0] == "=" else 2)
            held = []
            continue
        if held and (not line.strip() or atx or _RULE.match(line) or now not in ("body", kind) or _ITEM.match(line)):
            yield _piece(held, kind)
            held = []
        if atx:
            yield _heading(atx.group(2), len(atx.group(1)))
        elif line.strip() and not _RULE.match(line) and not (now == "table" and _TABLE_RULE.match(line)):
            kind = now if not held else kind
            held.append(line)


def _kind_of(line: str) -> str:
    marks = ((_QUOTE, "quote"), (_NOTE, "footnote"), (_TABLE, "table"), (_LIST, "list"))
    return next((kind for pattern, kind in marks if pattern.match(line)), "body")


def _heading(text: str, level: int) -> Piece:
    return Piece([without_marks(text)], "body", level, _SIZES[level], bold=True)


def _piece(lines: Sequence[str], kind: str) -> Piece:
    plain = [_ITEM.sub("", _NOTE.sub("", _QUOTE.sub("", line))) for line in lines]
    if kind == "table":
        plain = [line.strip().strip("|").replace("|", "\t") for line in plain]
    shown = without_marks("\n".join(plain)).split("\n")  # emphasis and links go over lines
    bold = len(lines) == 1 and bool(re.fullmatch(r"\s*(\*\*|__).+\1\s*", lines[0]))
    return Piece(shown, kind, bold=bold, wrapped=True)
