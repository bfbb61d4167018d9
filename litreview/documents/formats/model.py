"""What the readers of files without pages give: pieces in reading order, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from litreview.documents.model import Found, Metadata

BODY_PT = 11.0  # the size of type of sources that have none of their own
MOST_CHARACTERS = 12_000_000  # of a file's text: ten long theses
MISNAMED = "misnamed"


@dataclass(slots=True)
class Piece:
    """A paragraph, heading, list item, table …: its lines as they are broken in the file, its kind (of
    `PARAGRAPH_KINDS`, or `contents`), and its look. `level` is that of a heading that the file marks as one, else 0;
    `indent` is in points."""

    lines: list[str]
    kind: str = "body"
    level: int = 0
    size: float = BODY_PT
    bold: bool = False
    italic: bool = False
    indent: float = 0.0
    new_page: bool = False
    wrapped: bool = False  # its lines are broken where they were full


@dataclass(frozen=True, slots=True)
class Flow:
    """A file as read: its pieces, its running heads and feet, and the metadata that it carries besides its text."""

    pieces: Sequence[Piece]
    heads: Sequence[str] = ()
    told: Metadata = field(default_factory=Metadata)


def found(value: str) -> Found | None:
    """A value of the file's metadata; None for an empty one."""
    plain = " ".join(value.split())
    return Found(plain) if plain else None
