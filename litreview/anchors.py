"""Anchors: places in a document's canonical text that are found again (law 4).

Another reading of the same pages may break words and lines otherwise, keep or divide ligatures, and set other
quotation marks. So a quotation is looked for in a *dense* form of both texts (`dense`), which leaves out what such
readings differ in; whatever is found is told in offsets of the text itself.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from litreview.errors import AnchorError, message

CONTEXT_LENGTH = 32
CONTEXT_NEEDED = 12  # dense characters of context that must stand around a quotation found in another text
LIKENESS_NEEDED = 0.9  # of words that are read otherwise, between contexts that stand as they were
LENGTH_CHANGE = 0.2  # such words may be longer or shorter by this share
_QUOTES = dict.fromkeys("‘’‚‛′`", "'") | dict.fromkeys("“”„‟″«»", '"')

Span = tuple[int, int]


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
    paragraph: int | None = None  # from 1 in `file`, for sources without pages


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


def check_anchor(anchor: Anchor, text: str, text_hash: str) -> None:
    """Hold an anchor against its text. Raises `AnchorError` that says what does not agree."""
    if anchor.text_hash != text_hash:
        raise AnchorError(message("The passage was marked in another text of this report. Open it and mark it anew."))
    if not 0 <= anchor.start < anchor.end <= len(text):
        raise AnchorError(
            message("There is no text between {start} and {end}; the text has {length} characters.",
                    start=anchor.start, end=anchor.end, length=len(text))
        )  # fmt: skip
    true = make_anchor(text, anchor.start, anchor.end, text_hash)
    if anchor.quote != true.quote:
        what = message("Between {start} and {end} the text says “{there}”, not “{quote}”.", start=anchor.start,
                       end=anchor.end, there=shorten(true.quote), quote=shorten(anchor.quote))  # fmt: skip
        raise AnchorError(what)
    if (anchor.prefix, anchor.suffix) != (true.prefix, true.suffix):
        raise AnchorError(message("Other words stand around “{quote}” in the text.", quote=shorten(anchor.quote)))


def shorten(text: str, limit: int = 80) -> str:
    """A quotation for a message: one line, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 2].rsplit(" ", 1)[0] + " …"


def find_anchor(anchor: Anchor, text: str, text_hash: str, page: Span | None = None) -> Span | None:
    """Offsets of an anchor in a text: its own when the text is the same; else the quotation with the most of its
    context around it; else the words that stand for it between the same contexts, if they are alike. `page` is the
    stretch of the page that the anchor names, where it is known to be the same page: it decides between equals.

    None (an orphan) when there is no such place, or more than one.
    """
    if anchor.text_hash == text_hash and text[anchor.start : anchor.end] == anchor.quote:
        return anchor.start, anchor.end
    return _find_dense(anchor, _dense_whole(text), page)


class Dense(msgspec.Struct, frozen=True):
    """A text in dense form; `offsets[i]` is where its i-th character comes from, with the text's length at the end."""

    text: str
    offsets: tuple[int, ...]
    original: str

    def span(self, start: int, end: int) -> Span:
        """Offsets in the original, from the first character's to the last one's end."""
        return self.offsets[start], _end_of_sign(self.original, self.offsets[end - 1])


def dense(text: str) -> Dense:
    """A text without spaces, hyphens and invisible signs, letters divided from their marks and ligatures into letters,
    quotation marks alike."""
    signs: list[str] = []
    offsets: list[int] = []
    for at, sign in enumerate(text):
        written = _dense_sign(sign)
        signs.append(written)
        offsets.extend([at] * len(written))
    return Dense("".join(signs), (*offsets, len(text)), text)


_dense_whole = lru_cache(maxsize=4)(dense)  # of whole texts, in which many anchors are looked for one after another


@lru_cache(maxsize=4096)
def _dense_sign(sign: str) -> str:
    if sign.isascii() and sign.isalnum():
        return sign
    kept = (c for c in unicodedata.normalize("NFKD", sign) if unicodedata.category(c) not in _LEFT_OUT)
    return "".join(_QUOTES.get(c, c) for c in kept)


_LEFT_OUT = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf", "Pd", "Cs"))  # spaces, controls, invisible signs, dashes


def _end_of_sign(text: str, at: int) -> int:
    """Where the sign at an offset ends, with the marks that combine with it."""
    end = at + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _find_dense(anchor: Anchor, where: Dense, page: Span | None) -> Span | None:
    quote, prefix, suffix = (dense(part).text for part in (anchor.quote, anchor.prefix, anchor.suffix))
    if not quote:
        return None
    needed = min(CONTEXT_NEEDED, len(prefix) + len(suffix))
    ranked = []
    for at in _occurrences(quote, where.text):
        end = at + len(quote)
        before = where.text[max(0, at - len(prefix)) : at]
        score = _shared(before[::-1], prefix[::-1]) + _shared(where.text[end : end + len(suffix)], suffix)
        span = where.span(at, end)
        if score >= needed and _cuts_alike(anchor, where.original, span):
            ranked.append((score, page is not None and page[0] <= span[0] < page[1], span))
    if not ranked:
        return _find_between(quote, prefix, suffix, where)
    ranked.sort(reverse=True)
    return ranked[0][2] if len(ranked) == 1 or ranked[0][:2] > ranked[1][:2] else None


def _occurrences(quote: str, text: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _cuts_alike(anchor: Anchor, text: str, span: Span) -> bool:
    """Whether a place begins and ends inside a word only where the anchor does: no `tidak` in `tidaklah`."""
    was = _inside(anchor.prefix[-1:], anchor.quote[:1]), _inside(anchor.quote[-1:], anchor.suffix[:1])
    start, end = span
    now = _inside(text[start - 1 : start], text[start]), _inside(text[end - 1], text[end : end + 1])
    return all(before or not after for before, after in zip(was, now, strict=True))


def _inside(before: str, after: str) -> bool:
    return before.isalnum() and after.isalnum()


def _find_between(quote: str, prefix: str, suffix: str, where: Dense) -> Span | None:
    """The one stretch between the anchor's contexts, both whole, whose words are like the quotation."""
    from rapidfuzz.fuzz import ratio

    if min(len(prefix), len(suffix)) < CONTEXT_NEEDED:
        return None
    least, most = len(quote) * (1 - LENGTH_CHANGE), len(quote) * (1 + LENGTH_CHANGE)
    found = []
    for at in _occurrences(prefix, where.text):
        start = at + len(prefix)
        ends = (start + end for end in _occurrences(suffix, where.text[start : start + int(most) + len(suffix)]))
        found += [(start, end) for end in ends if end - start >= max(1, least)]
    alike = [(s, e) for s, e in found if ratio(quote, where.text[s:e]) >= 100 * LIKENESS_NEEDED]
    return where.span(*alike[0]) if len(alike) == 1 else None


def _shared(one: str, other: str) -> int:
    """Length of the common beginning of two strings."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
