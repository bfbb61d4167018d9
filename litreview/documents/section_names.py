"""What the kinds of sections are called; templates for the catalogues."""

from __future__ import annotations

from litreview.documents.headings import named_kinds
from litreview.errors import Message, message
from litreview.language.catalogue import Catalogue

SECTION_NAMES: dict[str, Message] = {
    "front": message("front matter"),
    "abstract": message("abstract"),
    "introduction": message("introduction"),
    "theory": message("theory chapter"),
    "method": message("method"),
    "results": message("results"),
    "discussion": message("discussion"),
    "conclusion": message("conclusion"),
    "recommendation": message("recommendations"),
    "acknowledgements": message("acknowledgements"),
    "references": message("reference list"),
    "appendix": message("appendix"),
    "other": message("other section"),
}


def known_names() -> dict[str, str]:
    """Every name of a kind, in small letters, with its kind: its own, and those in English and Indonesian."""
    indonesian = Catalogue("id")
    called = {name: kind for kind, said in SECTION_NAMES.items() for name in (str(said), indonesian.text(said))}
    return {**called, **{kind: kind for kind in SECTION_NAMES}}


def kinds_called(name: str) -> tuple[str, ...]:
    """The kinds of sections that a person means by a name: a kind (`results`), what it is called in English or
    Indonesian (`hasil`), or a heading that names some (`hasil dan pembahasan`); none for any other."""
    plain = " ".join(name.split()).casefold()
    if plain in SECTION_NAMES:
        return (plain,)
    kind = known_names().get(plain)
    return (kind,) if kind else named_kinds(plain)
