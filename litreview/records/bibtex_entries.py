"""Entries of BibTeX taken apart: keys, fields, strings put together; a broken entry is read field by field. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_ENTRY = re.compile(r"(?:^|(?<=[})]))[ \t]*@[ \t]*([A-Za-z]+)\s{0,9}([{(])", re.MULTILINE)
_NO_ENTRY = ("comment", "string", "preamble")
_LONGEST_STRING, _MOST_PARTS = 2_000, 200  # so that strings made of strings cannot grow without end
_KEY = re.compile(r"\s*+([^,={}\"\n]*+)\s*+(?:,|(?=[})]))")
_GAP = re.compile(r"[\s,]*")
_FIELD = re.compile(r"([^\s={}(),\"#%@\\]+(?: [^\s={}(),\"#%@\\]+){0,4})\s*=\s*")
_WORD = re.compile(r"[^\s,={}()\"#]+")
_JOIN = re.compile(r"\s*#\s*")
_BRACE = re.compile(r"[{}]")
_OPEN_BRACE = re.compile(r"(?<!\\)[{}]")
_QUOTE = re.compile(r"[{}]|\"")
_LINE_FIELD = re.compile(r"^[ \t]*,?[ \t]*([A-Za-z][\w -]{0,40}?)[ \t]*=[ \t]*", re.MULTILINE)


class BibtexEntry(NamedTuple):
    """An entry as it stands: the line where it begins (from 1), type, key, and fields in order, with their LaTeX."""

    line: int
    kind: str
    key: str
    fields: list[tuple[str, str]]
    broken: bool = False


def count_entries(text: str) -> int:
    """How many entries begin in a text."""
    return sum(found[1].lower() not in _NO_ENTRY for found in _ENTRY.finditer(text))


def read_entries(text: str) -> list[BibtexEntry]:
    """Every entry that begins in a text. Each is read up to where the next one begins, whatever its brackets say."""
    begins = list(_ENTRY.finditer(text))
    ends = [one.start() for one in begins[1:]] + [len(text)]
    strings: dict[str, str] = {}
    entries: list[BibtexEntry] = []
    line, at = 1, 0
    for begin, end in zip(begins, ends, strict=False):
        line, at = line + text.count("\n", at, begin.start(1)), begin.start(1)
        kind, body = begin[1].lower(), text[begin.end() : end]
        if kind == "string":
            strings.update((name, value[:_LONGEST_STRING]) for name, value in _read(body, 0, strings)[0])
        elif kind not in _NO_ENTRY:
            entries.append(_entry(line, kind, body, strings))
    return entries


def _entry(line: int, kind: str, body: str, strings: dict[str, str]) -> BibtexEntry:
    found = _KEY.match(body)
    fields, broken_at = _read(body, found.end() if found else 0, strings)
    if broken_at is not None:
        fields += _by_lines(body[broken_at:])
    return BibtexEntry(line, kind, found[1].strip() if found else "", fields, broken_at is not None)


def _read(body: str, at: int, strings: dict[str, str]) -> tuple[list[tuple[str, str]], int | None]:
    """Fields up to the bracket that closes the entry; else the place from where nothing fits."""
    fields: list[tuple[str, str]] = []
    begins: list[int] = []
    while True:
        at = _end_of(_GAP, body, at)
        if body[at : at + 1] in ("}", ")"):
            return fields, None
        field = _FIELD.match(body, at)
        value = _value(body, field.end(), strings) if field else None
        if field is None or value is None:
            return _without_swallowing(fields, [*begins, at])
        fields.append((field[1].lower(), value[0]))
        begins.append(at)
        at = value[1]


def _without_swallowing(fields: list[tuple[str, str]], begins: list[int]) -> tuple[list[tuple[str, str]], int]:
    """The fields of an entry without an end, up to one in whose value another field begins, and where that stands."""
    for number, (_, value) in enumerate(fields):
        if any(found.start() > 0 for found in _LINE_FIELD.finditer(value)):
            return fields[:number], begins[number]
    return fields, begins[-1]


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _value(body: str, at: int, strings: dict[str, str]) -> tuple[str, int] | None:
    """A value, of parts joined by #, and where it ends; None where it has no end."""
    parts = []
    while True:
        sign = body[at : at + 1]
        end = _closing_brace(body, at) if sign == "{" else _closing_quote(body, at) if sign == '"' else None
        if sign in ("{", '"'):
            if end is None:
                return None
            parts.append(body[at + 1 : end])
            at = end + 1
        else:
            word = _WORD.match(body, at)
            parts.append(strings.get(word[0].lower(), word[0]) if word and len(parts) < _MOST_PARTS else "")
            at = word.end() if word else at
        join = _JOIN.match(body, at)
        if join is None:
            return "".join(parts), at
        at = join.end()


def _closing_brace(body: str, at: int) -> int | None:
    """Where a brace is closed. Escaped braces do not count, unless it is never closed then (BibTeX counts them)."""
    for pattern in (_OPEN_BRACE, _BRACE):
        depth = 0
        for found in pattern.finditer(body, at):
            depth += 1 if found[0] == "{" else -1
            if depth == 0:
                return found.start()
    return None


def _closing_quote(body: str, at: int) -> int | None:
    """Where a quotation mark is closed: the next one outside of braces."""
    depth = 0
    for found in _QUOTE.finditer(body, at + 1):
        if found[0] == '"' and depth <= 0:
            return found.start()
        depth += {"{": 1, "}": -1}.get(found[0], 0)
    return None


def _by_lines(rest: str) -> Iterator[tuple[str, str]]:
    """Fields of a broken rest, each from its name at the beginning of a line to the next one."""
    begins = list(_LINE_FIELD.finditer(rest))
    ends = [one.start() for one in begins[1:]] + [len(rest)]
    for begin, end in zip(begins, ends, strict=False):
        value = rest[begin.end() : end].strip().rstrip(",").strip()
        if value.startswith(("{", '"')):
            value = value[1:].rstrip("}) \n\t").removesuffix('"').rstrip(",")
        yield begin[1].lower().strip(), value
