"""Anchors: places in a document's canonical text that are found again (law 4)."""

from __future__ import annotations

import hashlib

import msgspec

CONTEXT_LENGTH = 32
CONTEXT_NEEDED = 12  # characters of context that must stand around a quotation found in another text


class Anchor(msgspec.Struct, frozen=True):
    """A place in a canonical text. Offsets count Unicode code points, half-open; `page` counts from 1 in `file`.

    `rects` are (page, x0, y0, x1, y1) in points from the top left of the page.
    """

    text_hash: str
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    file: str = ""
    page: int | None = None
    rects: tuple[tuple[int, float, float, float, float], ...] = ()


def hash_text(text: str) -> str:
    """SHA-256 of a canonical text's UTF-8 bytes, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def make_anchor(text: str, start: int, end: int, text_hash: str = "") -> Anchor:
    """Anchor `text[start:end]`. Raises `ValueError` when the stretch is empty or outside the text."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no text between {start} and {end} in a text of {len(text)} characters")
    return Anchor(
        text_hash=text_hash or hash_text(text),
        start=start,
        end=end,
        quote=text[start:end],
        prefix=text[max(0, start - CONTEXT_LENGTH) : start],
        suffix=text[end : end + CONTEXT_LENGTH],
    )


def find_anchor(anchor: Anchor, text: str, text_hash: str) -> tuple[int, int] | None:
    """Offsets of an anchor in a text: its own when the text is the same, else the quotation with the most of its
    context around it. None (an orphan) when the quotation is absent, stands among other words, or twice alike."""
    if anchor.text_hash == text_hash and text[anchor.start : anchor.end] == anchor.quote:
        return anchor.start, anchor.end
    ranked = sorted(((_context(anchor, text, at), at) for at in _occurrences(anchor.quote, text)), reverse=True)
    needed = min(CONTEXT_NEEDED, len(_dense(anchor.prefix)) + len(_dense(anchor.suffix)))
    if not ranked or ranked[0][0] < needed or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    at = ranked[0][1]
    return at, at + len(anchor.quote)


def _occurrences(quote: str, text: str) -> list[int]:
    found = []
    at = text.find(quote) if quote else -1
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def _context(anchor: Anchor, text: str, at: int) -> int:
    """How many characters of prefix and suffix, spaces aside, stand around a place."""
    end = at + len(anchor.quote)
    before = _dense(text[max(0, at - 2 * CONTEXT_LENGTH) : at])
    after = _dense(text[end : end + 2 * CONTEXT_LENGTH])
    return _shared(before[::-1], _dense(anchor.prefix)[::-1]) + _shared(after, _dense(anchor.suffix))


def _dense(text: str) -> str:
    """A text without its spaces and line ends, which another extraction may set otherwise."""
    return "".join(text.split())


def _shared(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
