"""Read one annotated text: front matter, blocks, marks. The format is told in `sample/README.md`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from ruamel.yaml import YAML

from sample.codes import CODES, VOICES

TEXTS = Path(__file__).parent / "texts"

Kind = Literal["heading", "paragraph", "quote", "item", "table", "keywords", "reference"]

MARK = re.compile(r"\{\{\s*([^|{}]+?)\s*\|\s*([\w-]+)\s*\|\s*([^{}]*?)\s*\}\}", re.S)
ITEM = re.compile(r"(\d+[.)]|[a-z][.)]|[-•])\s+(.*)")
KEYWORDS = re.compile(r"\**(Kata kunci|Kata Kunci|Keywords|Key words)\**\s*:", re.I)
CAPTION = re.compile(r"\**(Tabel|Table)\s+[\d.]+")
REFERENCES = re.compile(r"(DAFTAR (PUSTAKA|RUJUKAN|REFERENSI)|REFERENCES|REFERENSI|BIBLIOGRAPHY)\b", re.I)
NOTE = re.compile(r"\[\^(\d+)\]:\s*(.*)")


class SourceError(ValueError):
    """A text that does not follow the format; says which text and what was found."""


@dataclass(frozen=True)
class Mark:
    """One annotated sentence; `start` counts letters and digits of the block before it."""

    codes: tuple[tuple[str, str], ...]
    voice: str
    text: str
    start: int


@dataclass(frozen=True)
class Block:
    """A stretch of text that is set as one thing; `rows` and `note` belong to tables."""

    kind: Kind
    text: str
    level: int = 0
    label: str = ""
    marks: tuple[Mark, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    note: str = ""


@dataclass
class Part:
    """A run of blocks that becomes one file; most texts have one part without a name."""

    name: str
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Text:
    """One document: its front matter, its parts and its footnotes."""

    key: str
    meta: dict[str, Any]
    parts: list[Part]
    notes: dict[str, str]

    def get(self, name: str) -> str:
        """Give a front-matter value as a string, empty where there is none."""
        value = self.meta.get(name)
        return "" if value is None else str(value)

    @property
    def authors(self) -> list[str]:
        """The names as printed."""
        return [str(name) for name in self.meta["authors"]]

    @property
    def regency(self) -> str:
        """The regency or city where the research took place."""
        return str((self.meta.get("locus") or {}).get("regency") or "")

    def section(self, *names: str) -> str:
        """Plain text of the first section whose heading is one of `names`, keywords left out."""
        wanted = {name.casefold() for name in names}
        inside = False
        found: list[str] = []
        for block in (block for part in self.parts for block in part.blocks):
            if block.kind == "heading":
                if found:
                    break
                inside = block.text.casefold() in wanted
            elif inside and block.kind == "paragraph":
                found.append(plain(block.text))
        return " ".join(found)


def smarten(text: str) -> str:
    """Turn straight quotation marks into the curved ones that a printer uses."""
    text = re.sub(r'(^|[\s(\[“‘*—–])"', r"\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(\[“])'", r"\1‘", text).replace("'", "’")


def plain(text: str) -> str:
    """Drop inline markup and footnote marks."""
    return re.sub(r"\[\^\d+\]", "", re.sub(r"\*+([^*]+)\*+", r"\1", text))


def letters(text: str) -> str:
    """Keep letters and digits only: what spacing, hyphens and markup cannot change."""
    return "".join(char for char in text if char.isalnum())


def parse_codes(text: str, where: str) -> tuple[tuple[str, str], ...]:
    """Read `a, !b` into ids with their stance."""
    found = []
    for name in (part.strip() for part in text.split(",")):
        code = name.removeprefix("!").split("/")[-1].strip()
        if code not in CODES:
            raise SourceError(f"{where}: unknown code {name!r}")
        found.append((code, "contradicts" if name.startswith("!") else "supports"))
    return tuple(found)


def take_marks(text: str, where: str) -> tuple[str, tuple[Mark, ...]]:
    """Take the marks out of a block; give the text as printed and what was marked."""
    out, marks, last = "", [], 0
    for match in MARK.finditer(text):
        out += text[last : match.start()]
        codes, voice, sentence = match.groups()
        if voice not in VOICES:
            raise SourceError(f"{where}: unknown voice {voice!r}")
        marks.append(Mark(parse_codes(codes, where), voice, plain(sentence), len(letters(out))))
        out, last = out + sentence, match.end()
    out += text[last:]
    if "{{" in out or "}}" in out:
        raise SourceError(f"{where}: broken mark in {out[:90]!r}")
    return smarten(out), tuple(marks)


def read_table(lines: list[str]) -> tuple[tuple[str, ...], ...]:
    """Split `| a | b |` lines into cells; rules of dashes are dropped."""
    rows = [tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in lines]
    return tuple(tuple(map(smarten, row)) for row in rows if not all(set(cell) <= set("-: ") for cell in row))


class Reader:
    """Turns the lines of a text into parts; one object a text."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.parts = [Part("")]
        self.notes: dict[str, str] = {}
        self.in_references = False

    @property
    def blocks(self) -> list[Block]:
        """The blocks of the part being read."""
        return self.parts[-1].blocks

    def add(self, kind: Kind, text: str, **more: Any) -> None:
        """Append a block, its marks taken out."""
        printed, marks = take_marks(text, self.key)
        self.blocks.append(Block(kind, printed, marks=marks, **more))

    def extend(self, text: str) -> None:
        """Append a line to the block before, marks and all."""
        printed, marks = take_marks(text, self.key)
        last = self.blocks[-1]
        shift = len(letters(last.text))
        moved = tuple(replace(mark, start=mark.start + shift) for mark in marks)
        self.blocks[-1] = replace(last, text=f"{last.text} {printed}", marks=last.marks + moved)

    def heading(self, line: str) -> None:
        """A heading ends or begins the list of references."""
        level = len(line) - len(line.lstrip("#"))
        text = line.lstrip("#").strip()
        self.add("heading", text, level=level)
        if level == 1:
            self.in_references = bool(REFERENCES.match(text))

    def paragraph(self, lines: list[str]) -> None:
        """A paragraph, a keyword line or a reference."""
        if self.in_references:
            for line in lines:
                self.add("reference", line)
            return
        text = " ".join(lines)
        match = KEYWORDS.search(text)
        if match and match.start():
            self.add("paragraph", text[: match.start()].strip())
            text = text[match.start() :]
        self.add("keywords" if match else "paragraph", text)

    def table(self, lines: list[str]) -> None:
        """A table takes the caption before it."""
        caption = ""
        if self.blocks and self.blocks[-1].kind == "paragraph" and CAPTION.match(self.blocks[-1].text):
            caption = self.blocks.pop().text
        self.blocks.append(Block("table", caption, rows=read_table(lines)))

    def other(self, lines: list[str]) -> None:
        """Plain lines: the note under a table, the rest of a list item, or a paragraph."""
        if self.blocks and self.blocks[-1].kind == "table" and re.match(r"\**(Sumber|Source|Note|Ket)", lines[0]):
            note = smarten(" ".join(lines))
            self.blocks[-1] = replace(self.blocks[-1], note=note)
        else:
            self.paragraph(lines)


def kind_of(line: str) -> str:
    """Name what a line is by its first characters."""
    if line.startswith("==="):
        return "part"
    if NOTE.match(line):
        return "note"
    if ITEM.match(line):
        return "item"
    return {"#": "heading", ">": "quote", "|": "table"}.get(line[:1], "text")


def runs(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Group lines of one kind; a blank line ends a group, open marks hold it together."""
    grouped: list[tuple[str, list[str]]] = []
    fresh = True
    for line in lines:
        stripped = line.strip()
        if not stripped:
            fresh = True
            continue
        kind = kind_of(stripped)
        continues = not fresh and grouped and grouped[-1][0] in {"item", "note"} and kind == "text"
        if continues or (not fresh and grouped and grouped[-1][0] == kind):
            grouped[-1][1].append(stripped)
        else:
            grouped.append((kind, [stripped]))
        fresh = False
    return grouped


def feed(reader: Reader, kind: str, lines: list[str]) -> None:
    """Give one group of lines to the reader."""
    if kind == "part":
        reader.parts.append(Part(lines[0].strip("= ")))
    elif kind == "heading":
        for line in lines:
            reader.heading(line)
    elif kind == "quote":
        reader.add("quote", " ".join(line.lstrip("> ") for line in lines))
    elif kind == "table":
        reader.table(lines)
    elif kind in {"note", "item"} and not (kind == "item" and reader.in_references):
        feed_entries(reader, kind, lines)
    else:
        reader.other(lines)


def feed_entries(reader: Reader, kind: str, lines: list[str]) -> None:
    """Footnotes and list items: one a line, other lines belong to the one before."""
    last = ""
    for line in lines:
        note, item = NOTE.match(line), ITEM.match(line)
        if kind == "note" and note:
            last = note[1]
            reader.notes[last] = smarten(note[2])
        elif kind == "note":
            reader.notes[last] += " " + smarten(line)
        elif item:
            reader.add("item", item[2], label="•" if item[1] == "-" else item[1])
        else:
            reader.extend(line)


def read_text(path: Path) -> Text:
    """Read one source; raises `SourceError` where it breaks the format."""
    whole = path.read_text(encoding="utf-8")
    match = re.match(r"---\n(.*?)\n---\n(.*)", whole, re.S)
    if not match:
        raise SourceError(f"{path.name}: no front matter")
    meta = YAML(typ="safe").load(match[1])
    reader = Reader(path.stem)
    body = re.sub(r"<!--.*?-->", "", match[2], flags=re.S)
    for kind, lines in runs(body.split("\n")):
        feed(reader, kind, lines)
    parts = [part for part in reader.parts if part.blocks]
    meta["title"] = smarten(str(meta["title"]))
    return Text(path.stem, meta, parts, reader.notes)


def read_texts(folder: Path = TEXTS) -> dict[str, Text]:
    """Read every source of the folder, by key."""
    return {path.stem: read_text(path) for path in sorted(folder.glob("*.md"))}
