"""The pattern language of cues: read into a tree, with errors that name the column. See docs/cues.md."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from litreview.documents.model import SECTION_KINDS
from litreview.errors import Message, ProtocolError, message
from litreview.language.tokens import WORD

ASKS = ("stated", "present", "lacking", "denies", "any")
ROLES = ("family", "facilitator")
LANGUAGES = ("id", "en")
WEIGHTS = ("weak", "hint")
CLAUSE, SENTENCE = "clause", "sentence"


class Word(msgspec.Struct, frozen=True, tag=True):
    """One word; `how` is `stem`, `form` (=word) or `start` (word*)."""

    text: str
    how: str


class Gap(msgspec.Struct, frozen=True, tag=True):
    """Up to `most` words between two others; `wide` gaps may leave the clause."""

    most: int
    wide: bool = False


class Group(msgspec.Struct, frozen=True, tag=True):
    """Alternatives; each is a sequence of nodes."""

    choices: tuple[tuple[Node, ...], ...]
    optional: bool = False


Node = Word | Gap | Group


class Cue(msgspec.Struct, frozen=True):
    """A cue as read: parts that must all stand, contexts that must not, and its options."""

    source: str
    parts: tuple[tuple[Node, ...], ...]
    within: str = CLAUSE  # where the parts must stand together
    absent: tuple[tuple[Node, ...], ...] = ()  # not in the sentence
    asks: str = ""  # one of ASKS; "" takes the theme's
    role: str = ""
    language: str = ""
    sections: tuple[str, ...] = ()
    weight: str = ""  # "weak" or "hint"; "" is full


class CueError(ProtocolError):
    """A cue that cannot be read: its text, and the column (from 1) where reading failed."""

    def __init__(self, what: Message, source: str, column: int) -> None:
        super().__init__(what)
        self.source = source
        self.column = column


_TOKEN = re.compile(
    r"\s*(?:(?P<wide>\.\.\.)|(?P<gap>\.\.\d*)|(?P<both>&&?)|(?P<option>\[[^\]]*\])|(?P<set><[a-z0-9-]+>)"
    r"|(?P<word>=?[^\W_]+(?:['’-][^\W_]+)*-?\*?)|(?P<mark>[()|?!]))"
)
_GAP_LEFT_OPEN = 8


class _Item(msgspec.Struct, frozen=True):
    kind: str
    text: str
    column: int


class Sets:
    """The named sets of words of a codebook (`<lack>`), each read once."""

    def __init__(self, words: Mapping[str, Sequence[str]] | None = None) -> None:
        self.words = words or {}
        self._read: dict[str, Group] = {}
        self._open: list[str] = []

    def __contains__(self, name: str) -> bool:
        return name in self.words

    def group(self, name: str) -> Group:
        """A set as alternatives. Raises `RecursionError` when it contains itself, `CueError` when it is misspelt."""
        if name in self._open:
            raise RecursionError(name)
        if name not in self._read:
            self._open.append(name)
            try:
                self._read[name] = Group(tuple(_Parser(each, self).sequence() for each in self.words[name]))
            finally:
                self._open.pop()
        return self._read[name]


def parse_cue(source: str, sets: Sets | None = None) -> Cue:
    """Read a cue. `sets` are the codebook's named lists of words. Raises `CueError` with the column."""
    return _Parser(source, sets or Sets()).cue()


def _items(source: str) -> list[_Item]:
    items, at = [], 0
    while source[at:].strip():
        match = _TOKEN.match(source, at)
        if match is None:
            column = at + 1 + len(source[at:]) - len(source[at:].lstrip())
            what = message("Cue '{cue}', column {column}: '{sign}' is not a sign of the pattern language.",
                           cue=source, column=column, sign=source[column - 1])  # fmt: skip
            raise CueError(what, source, column)
        kind = str(match.lastgroup)
        items.append(_Item(kind, match.group(kind), match.start(kind) + 1))
        at = match.end()
    return items


class _Parser:
    """Reads one cue from left to right."""

    def __init__(self, source: str, sets: Sets) -> None:
        self.source = source
        self.sets = sets
        self.items = _items(source)
        self.at = 0

    def fail(self, item: _Item | None, why: Message) -> CueError:
        column = item.column if item else len(self.source) + 1
        what = message("Cue '{cue}', column {column}: {why}", cue=self.source, column=column, why=str(why))
        return CueError(what, self.source, column)

    def peek(self) -> _Item | None:
        return self.items[self.at] if self.at < len(self.items) else None

    def cue(self) -> Cue:
        """The whole cue; everything must be read."""
        parts = [self.sequence()]
        within = CLAUSE
        absent: list[tuple[Node, ...]] = []
        options: dict[str, Any] = {}
        while (item := self.peek()) is not None:
            self.at += 1
            if item.kind == "both":
                within = SENTENCE if item.text == "&&" else within
                parts.append(self.sequence())
            elif item.text == "!":
                absent.append(self.one())
            elif item.kind == "option":
                options.update(self.option(item))
            else:
                raise self.fail(item, message("'{sign}' has no place here.", sign=item.text))
        return Cue(self.source, tuple(parts), within, tuple(absent), **options)

    def sequence(self) -> tuple[Node, ...]:
        nodes: list[Node] = []
        begun = self.at
        while (item := self.peek()) is not None and (item.kind in ("word", "set", "gap", "wide") or item.text == "("):
            self.at += 1
            nodes.append(self.node(item))
        if not nodes:
            raise self.fail(self.peek(), message("A word is expected here."))
        for node, at in ((nodes[0], begun), (nodes[-1], self.at - 1)):
            if isinstance(node, Gap):
                raise self.fail(self.items[at], message("A gap stands between two words."))
        if all(isinstance(node, Gap) or (isinstance(node, Group) and node.optional) for node in nodes):
            raise self.fail(self.items[begun], message("One word at least must not be optional."))
        return tuple(nodes)

    def one(self) -> tuple[Node, ...]:
        item = self.peek()
        if item is None or not (item.kind in ("word", "set") or item.text == "("):
            raise self.fail(item, message("A word or a group in brackets is expected after '!'."))
        self.at += 1
        return (self.node(item),)

    def node(self, item: _Item) -> Node:
        if item.kind == "gap":
            return Gap(int(item.text[2:] or _GAP_LEFT_OPEN))
        if item.kind == "wide":
            return Gap(40, wide=True)
        if item.kind == "set":
            return self.optional(self.named(item))
        if item.text == "(":
            return self.optional(self.group(item))
        return self.optional(_word(item.text))

    def optional(self, node: Node) -> Node:
        follows = self.peek()
        if follows is None or follows.text != "?":
            return node
        self.at += 1
        choices = node.choices if isinstance(node, Group) else ((node,),)
        return Group(choices, optional=True)

    def group(self, opened: _Item) -> Group:
        choices = [self.sequence()]
        while (item := self.peek()) is not None and item.text == "|":
            self.at += 1
            choices.append(self.sequence())
        if item is None or item.text != ")":
            raise self.fail(opened, message("This bracket is never closed."))
        self.at += 1
        return Group(tuple(choices))

    def named(self, item: _Item) -> Group:
        name = item.text[1:-1]
        if name not in self.sets:
            known = ", ".join(sorted(self.sets.words))
            raise self.fail(item, message("No set is named '{name}'. Known: {known}.", name=name, known=known))
        try:
            return self.sets.group(name)
        except RecursionError:
            raise self.fail(item, message("The set '{name}' contains itself.", name=name)) from None

    def option(self, item: _Item) -> dict[str, Any]:
        """`[present]`, `[role family]`, `[en]`, `[in results discussion]`, `[weak]`, `[hint]`."""
        words = item.text[1:-1].split()
        first, rest = (words[0], words[1:]) if words else ("", [])
        if first in ASKS and not rest:
            return {"asks": first}
        if first in LANGUAGES and not rest:
            return {"language": first}
        if first == "role" and len(rest) == 1 and rest[0] in ROLES:
            return {"role": rest[0]}
        if first == "in" and rest and all(kind in SECTION_KINDS for kind in rest):
            return {"sections": tuple(rest)}
        if first in WEIGHTS and not rest:
            return {"weight": first}
        raise self.fail(item, message("Unknown option '{option}'.", option=item.text))


def _word(text: str) -> Node:
    """One word, or the sequence of a compound ("self-confidence"); a doubled word ("ibu-ibu") is one."""
    plain = text.lstrip("=").lower()
    if "-" in plain and len(WORD.findall(plain)) > 1:
        sign = "=" if text.startswith("=") else ""
        return Group((tuple(_word(sign + half) for half in plain.split("-") if half.strip("*")),))
    if plain.endswith("*"):
        return Word(plain[:-1], "start")
    return Word(plain, "form" if text.startswith("=") else "stem")
