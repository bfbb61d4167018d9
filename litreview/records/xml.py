"""Exports in XML, read with entities and network off; what a broken file loses is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from litreview.errors import Message, message
from litreview.records.encoding import Raw
from litreview.records.reader import Fields

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element
else:
    Element = Any

_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_MOST_ATTRIBUTES = 50
SHAPE_ONLY = frozenset({"style"})  # elements that tell only how text looks


def looks_like_xml(raw: Raw) -> bool:
    """Whether a file begins as XML does."""
    return raw.text.lstrip()[:1] == "<"


def parse_xml(raw: Raw) -> tuple[Element | None, list[Message]]:
    """The root as far as the file can be read, and a notice where it is broken."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False,
                             remove_comments=True, remove_pis=True)  # fmt: skip
    text = _DECLARATION.sub("", _declared_text(raw))
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        return None, [_told(error.lineno or 1)]
    broken = [fault for fault in parser.error_log if fault.level >= etree.ErrorLevels.ERROR]
    return root, [_told(broken[0].line)] if broken else []


def _told(line: int) -> Message:
    return message("The XML is broken in line {line}; what follows there may be read only in part.", line=line)


def _declared_text(raw: Raw) -> str:
    """The text in the encoding that the file declares, where it has one that fits; else as it was read."""
    found = _DECLARED.match(raw.content)
    if found and raw.notices:
        try:
            return raw.content.decode(found[1].decode())
        except (LookupError, UnicodeError):
            pass
    return raw.text


def name_of(element: Element) -> str:
    """An element's name without its namespace; "" for what is no element (an entity left alone)."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(element: Element | None) -> str:
    """All text in an element, with single spaces."""
    return " ".join("".join(map(str, element.itertext())).split()) if element is not None else ""


def find_all(element: Element, path: str) -> list[Element]:
    """Elements at a path of names (`authors/author`), whatever their namespace."""
    found = [element]
    for name in path.split("/"):
        found = [child for one in found for child in one if name_of(child) == name]
    return found


def flat(element: Element, taken: frozenset[str] = frozenset()) -> Fields:
    """Texts and attributes in an element by path (`dates/year`, `database@name`), but for the paths that are taken."""
    fields: Fields = {}
    for path, value in _leaves(element, taken):
        fields.setdefault(path, []).append(value)
    return fields


def _leaves(element: Element, taken: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Paths and values, in the order of the file. Without recursion, so that depth does not matter."""
    waiting = [(child, name_of(child)) for child in reversed(element)]
    while waiting:
        one, path = waiting.pop()
        if not name_of(one) or path in taken:
            continue
        names = islice(one.attrib, _MOST_ATTRIBUTES)  # each look at one costs as much as there are
        yield from ((f"{path}@{str(name).rpartition('}')[2]}", str(one.get(name))) for name in names)
        inner = [child for child in one if name_of(child) not in SHAPE_ONLY | {""}]
        mixed = any((child.tail or "").strip() for child in one) or (one.text or "").strip()
        if inner and not mixed:
            waiting += [(child, f"{path}/{name_of(child)}") for child in reversed(inner)]
        elif text_of(one):
            yield path, text_of(one)
