"""Captions of tables and figures, and the lines that tell their source."""

from __future__ import annotations

import re

from litreview.documents.extract import Line

_CAPTION = re.compile(
    r"^(?:tabel|table|gambar|figure|fig\.?|grafik|bagan|diagram|skema|chart|foto|peta)\s+"
    r"(?:[ivxl]+\b|\d+(?:[.-]\d+)*|[a-z]\b(?=\s*[.:]))\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_BEGINNINGS = frozenset(("ta", "ga", "fi", "gr", "ba", "di", "sk", "ch", "fo", "pe"))
_SOURCE = re.compile(r"^\(?(?:sumber|source|sumber data)\s*:", re.IGNORECASE)


def is_caption(row: Line) -> bool:
    """Whether a row begins a caption, not a sentence that speaks of a table."""
    if row.words[0][:2].lower() not in _BEGINNINGS:
        return False
    match = _CAPTION.match(row.text)
    if match is None:
        return False
    rest = match.group("rest")
    return not rest or rest[0] in ".:–-—|(" or not rest[0].islower()


def is_source(row: Line) -> bool:
    """Whether a row tells the source of a table or figure."""
    return row.words[0][0] in "Ss(" and _SOURCE.match(row.text) is not None
