"""Sentences in both languages, made from messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from litreview.coding.model import Label
from litreview.errors import Message
from litreview.language.catalogue import Catalogue

Said = Callable[[str], Message]  # a sentence for each language: names and labels differ


def both(what: Message | Said, *, chosen: bool = True) -> Label:
    """A message in Indonesian and English; a function makes it for each language where its values differ. Where no
    studies are `chosen` it speaks of the included ones."""
    indonesian, english = (what("id"), what("en")) if callable(what) else (what, what)
    told = [Catalogue(language, chosen=chosen).text(m) for language, m in (("id", indonesian), ("en", english))]
    return Label(*told)


def join_labels(labels: Sequence[Label], language: str) -> str:
    """Labels in a row, first letters small, parted by semicolons."""
    return "; ".join(lower_first(label.get(language)) for label in labels)


def lower_first(text: str) -> str:
    """A label inside a sentence: its first letter small, unless its first word is an abbreviation (PKH, P2K2)."""
    first = text.split(" ", 1)[0]
    return text if first[1:] != first[1:].lower() or any(c.isdigit() for c in first) else text[:1].lower() + text[1:]
