"""Recognised pages in the place of those whose own text is none, or garbage: as extracted pages like any other, so that
columns, sentences and boxes are found in them by the same steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from litreview.documents.extract import Line, RawPage
from litreview.documents.garbled import is_garbled
from litreview.documents.ocr import RecognisedPage, RecognisedWord, reads_well
from litreview.documents.quality import MISREAD, is_misread, judge_file, needs_recognition
from litreview.errors import Message, message

_MORE = 2  # times as many words as a page has of its own: then those were a stamp or a caption
_CUT = 1.2  # sizes
_LONG = 3  # letters and figures of a word
_X_HEIGHT, _ABOVE, _BELOW = 0.52, 0.25, 0.23  # of a size: small letters, what stands above them, what hangs below
_HIGH = frozenset("bdfhijklt!?()[]{}/\"'“”‘’")
_LOW = frozenset("gjpqy()[]{}/Q")
_SAME_SIZE = 1.28  # heights of lines that differ by less are one size of type


IN_VAIN = message(
    "The pages are pictures in which no text was recognised. Look for a better scan, or for the original."
)
BEGUN = message("Only some of its pages are recognised so far. Go on with: litreview ingest --ocr")


def wanting_pages(pages: Sequence[RawPage]) -> tuple[int, ...]:
    """Numbers of the pages whose text is to be recognised: pictures, and those whose own text is garbage or lost."""
    return tuple(page.number for page in pages if not page.unreadable and needs_recognition(page))


def with_recognised(pages: Sequence[RawPage], recognised: Mapping[int, RecognisedPage], before: int) -> list[RawPage]:
    """The pages of a file, each that wants it in its recognised form if that is better; `before` counts the pages of
    the report's earlier files."""
    wanting = set(wanting_pages(pages))
    done = []
    for i, page in enumerate(pages):
        found = recognised.get(page.number) if page.number in wanting else None
        done.append(_replaced(page, found, before + i) if found is not None else page)
    _even_sizes([line for page in done if page.ocr for line in page.lines])
    return done


def judge_recognised(
    own: Sequence[RawPage], pages: Sequence[RawPage], recognised: Mapping[int, RecognisedPage]
) -> tuple[str, Message | None]:
    """A file's status, and its reason where it is another than the status's own: `own` are its pages before, `pages`
    after recognised ones took their places. A scan of which some pages were not tried yet still waits."""
    status = judge_file(pages)
    waiting = any(number not in recognised for number in wanting_pages(own))
    if status == "ready" and recognised and waiting and judge_file(own) == "needs-ocr":
        return "needs-ocr", BEGUN
    if status != "needs-ocr":
        return status, None
    if not waiting:
        return status, IN_VAIN
    return status, MISREAD if is_misread(pages) else None


def _replaced(page: RawPage, found: RecognisedPage, index: int) -> RawPage:
    """A page in its recognised form, or itself; either way it says what became of its recognition."""
    words = _without_specks(found.words)
    if found.failure or not _is_better(words, page):
        page.tried = True
        return page
    strings = [word.text for word in words]
    boxes = [(*word.shown, word.text, 0, word.line, 0) for word in words]
    lines = _lines(words, index)
    return RawPage(
        page.file, page.number, page.width, page.height, strings, boxes, lines, page.label,
        tried=True, ocr=found.recogniser,
    )  # fmt: skip


def _is_better(words: Sequence[RecognisedWord], page: RawPage) -> bool:
    """Whether recognised words are text, and more or better than the page has: a photograph gives scattered letters."""
    letters = [sum(map(str.isalnum, word.text)) for word in words]
    if not letters or sum(count for count in letters if count >= _LONG) < sum(letters) / 2:
        return False
    if not page.strings:
        return True
    if is_garbled(page.strings):
        return reads_well(words) and not is_garbled([word.text for word in words])
    more = 1 if page.lost else _MORE
    return len(words) > more * len(page.strings) and reads_well(words)


def _without_specks(words: Sequence[RecognisedWord]) -> list[RecognisedWord]:
    """Words but upright and lying strokes, and those of lines without any letter or figure: edges, folds and dust."""
    lines = {word.line for word in words if any(map(str.isalnum, word.text))}
    return [word for word in words if word.line in lines and word.text.strip("_|")]


def _lines(words: Sequence[RecognisedWord], index: int) -> list[Line]:
    """Lines as recognised, cut at gaps that may be those between columns: pieces of one column come together again."""
    lines = []
    sizes = _sizes(words)
    for _, group in groupby(enumerate(words), key=lambda item: item[1].line):
        numbered = list(group)
        height = sizes[numbered[0][1].straight[1::2]]
        parts = [[numbered[0]]]
        for item in numbered[1:]:
            if item[1].straight[0] - parts[-1][-1][1].straight[2] > _CUT * height:
                parts.append([])
            parts[-1].append(item)
        lines += [_line(part, height, index) for part in parts if _has_text(part)]
    return lines


def _sizes(words: Sequence[RecognisedWord]) -> dict[tuple[float, ...], float]:
    """The size of type of each line, by its upper and lower edge: a line's box reaches from its highest letter to its
    lowest, across all columns that were recognised as one line."""
    letters: dict[tuple[float, ...], set[str]] = {}
    for word in words:
        letters.setdefault(word.straight[1::2], set()).update(word.text)
    sizes: dict[tuple[float, ...], float] = {}
    for (top, bottom), found in letters.items():
        share = _X_HEIGHT
        share += _ABOVE if any(c.isupper() or c.isdigit() or c in _HIGH for c in found) else 0
        share += _BELOW if not found.isdisjoint(_LOW) else 0
        sizes[top, bottom] = (bottom - top) / share
    return sizes


def _has_text(part: Sequence[tuple[int, RecognisedWord]]) -> bool:
    return any(any(map(str.isalnum, word.text)) for _, word in part)


def _line(part: Sequence[tuple[int, RecognisedWord]], height: float, index: int) -> Line:
    places = [word.straight for _, word in part]
    return Line(
        index,
        [(part[0][0], part[-1][0] + 1)],
        [word.text for _, word in part],
        min(place[0] for place in places),
        min(place[1] for place in places),
        max(place[2] for place in places),
        max(place[3] for place in places),
        round(height, 1),
    )


def _even_sizes(lines: Sequence[Line]) -> None:
    """Give lines of nearly one height the same size: heights waver with the letters that a line happens to have. The
    size that most letters have is settled first, then the others in turn."""
    left = sorted(lines, key=lambda line: line.size)
    while left:
        size = _middle_size(left)
        near = [line for line in left if size / _SAME_SIZE <= line.size <= size * _SAME_SIZE]
        left = [line for line in left if not size / _SAME_SIZE <= line.size <= size * _SAME_SIZE]
        for line in near:
            line.size = size


def _middle_size(lines: Sequence[Line]) -> float:
    """The size of the middle letter of lines sorted by size."""
    half = sum(len(line.text) for line in lines) / 2
    so_far = 0
    for line in lines:
        so_far += len(line.text)
        if so_far >= half:
            return line.size
    return lines[-1].size
