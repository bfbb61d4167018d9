"""Recognise the text of one page from its picture (OCR), with the Tesseract that PyMuPDF brings.

The page is rendered, turned so that its lines lie straight, and recognised. Words come back in two systems of places:
those of the straightened page, in which lines and columns are found, and those of the page as displayed, for
highlights.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from litreview.documents.extract import clean_word
from litreview.documents.opening import open_pdf
from litreview.documents.straighten import Lie, how_it_lies
from litreview.files import locate
from litreview.language.detect import ENGLISH, INDONESIAN

if TYPE_CHECKING:
    import pymupdf

FORMAT = 1  # of recognised pages as they are kept
DPI = 300
_MOST_PIXELS = 25_000_000  # a poster is rendered coarser
_LOOK_DPI = 150
_STRIP_PT = 90.0  # some lines: enough to see which way is up
_FEW_WORDS = 12
_ENOUGH_COMMON = 3
_COMMON_SHARE = 0.1  # of the words: a page of sentences in a known language has three times as many
_COMMON = INDONESIAN | ENGLISH

Place = tuple[float, float, float, float]


class Recogniser(msgspec.Struct, frozen=True):
    """What recognises: its name and version, the languages (`ind+eng`), the dots an inch, and where its data lie."""

    name: str
    languages: str
    dpi: int
    data: str

    def __str__(self) -> str:
        return f"{self.name}, {self.languages}, {self.dpi} dpi"


class RecognisedWord(msgspec.Struct, frozen=True, array_like=True):
    """A word with the line it stands in (counted from 0) and its box in points: as straightened, and as displayed."""

    text: str
    line: int
    straight: Place
    shown: Place


class RecognisedPage(msgspec.Struct, frozen=True):
    """What was recognised on one page (from 1), by what; or why it could not be: `timeout`, `memory`, `died`, or an
    error's name and text."""

    number: int
    recogniser: str
    words: tuple[RecognisedWord, ...] = ()
    failure: str = ""
    format: int = FORMAT


class PageJob(msgspec.Struct, frozen=True):
    """A page to recognise: the review's folder, the file (POSIX, relative to it), the page from 1, and by what."""

    root: str
    file: str
    number: int
    recogniser: Recogniser


def make_recogniser(languages: str, data: str, dpi: int = DPI) -> Recogniser:
    """The recogniser of this computer."""
    import pymupdf

    return Recogniser(f"Tesseract (PyMuPDF {pymupdf.__version__})", languages, dpi, data)


def recognise_page(job: PageJob) -> RecognisedPage:
    """Recognise one page of a file. Raises what PyMuPDF raises for a bad file or missing data."""
    os.environ["OMP_THREAD_LIMIT"] = "1"  # read when the library is loaded: workers share the processors already
    with _silence(), open_pdf(locate(Path(job.root), job.file)) as pdf:
        words = _recognise_straight(pdf[job.number - 1], job.recogniser)
    return RecognisedPage(job.number, str(job.recogniser), tuple(words))


@contextmanager
def _silence() -> Iterator[None]:
    """Tesseract writes what it thinks of a picture on the process's own error stream, past Python."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _recognise_straight(page: pymupdf.Page, recogniser: Recogniser) -> list[RecognisedWord]:
    """The words of a page, whichever way it lies: words that do not read as sentences may stand on their head."""
    lie = how_it_lies(_grey(page))
    turn = lie.turn
    if turn:
        turn = _way_up(page, recogniser, lie, (turn, (turn + 180) % 360, 0, 180))
    words = _recognise(page, recogniser, turn - lie.lean)
    if lie.turn or reads_well(words):
        return words
    turn = _way_up(page, recogniser, lie, (0, 180, 90, 270))
    return _recognise(page, recogniser, turn - lie.lean) if turn else words


def _way_up(page: pymupdf.Page, recogniser: Recogniser, lie: Lie, turns: Sequence[int]) -> int:
    """The first turn (degrees) by which some lines in the middle of the text read well; else the one that shows the
    most common words, the first where none does."""
    most, best = 0, turns[0]
    for turn in dict.fromkeys(turns):
        words = _recognise(page, recogniser, turn - lie.lean, _strip(page, lie, turn))
        common = count_common(words)
        if common >= _ENOUGH_COMMON and reads_well(words):
            return turn
        if common > most:
            most, best = common, turn
    return best


def _strip(page: pymupdf.Page, lie: Lie, turn: int) -> Place:
    """Some lines in the middle of a page's text, by the direction in which they run."""
    width, height = page.rect.width, page.rect.height
    x, y = lie.middle[0] * width, lie.middle[1] * height
    if turn % 180:
        return x - _STRIP_PT / 2, 0.15 * height, x + _STRIP_PT / 2, 0.85 * height
    return 0.15 * width, y - _STRIP_PT / 2, 0.85 * width, y + _STRIP_PT / 2


def reads_well(words: Sequence[RecognisedWord]) -> bool:
    """Whether words read as sentences of a known language; too few to tell count as well read."""
    return len(words) < _FEW_WORDS or count_common(words) >= _COMMON_SHARE * len(words)


def count_common(words: Sequence[RecognisedWord]) -> int:
    """How many words are common ones of Indonesian or English."""
    return sum(len(word.text) > 1 and word.text.lower().strip(".,;:()") in _COMMON for word in words)


def _grey(page: pymupdf.Page) -> Any:
    """A page's picture as rows of lightness, coarse."""
    import numpy as np
    import pymupdf

    pixels = page.get_pixmap(dpi=_dots(page, _LOOK_DPI), colorspace=pymupdf.csGRAY, alpha=False)
    rows = np.frombuffer(pixels.samples, np.uint8)
    return rows.reshape(pixels.height, pixels.stride)[:, : pixels.width]


def _dots(page: pymupdf.Page, dpi: int) -> int:
    """Dots an inch, so many that a large page stays within bounds."""
    area = page.rect.width * page.rect.height / 72**2
    return max(10, min(dpi, int((_MOST_PIXELS / max(area, 0.01)) ** 0.5)))


def _recognise(
    page: pymupdf.Page, recogniser: Recogniser, turn: float, clip: Place | None = None
) -> list[RecognisedWord]:
    """The words of a page, or of a part of it, after turning it by some degrees."""
    import pymupdf

    dpi = _dots(page, recogniser.dpi)
    zoom = dpi / 72
    matrix = pymupdf.Matrix(zoom, zoom).prerotate(turn)
    pixels = page.get_pixmap(matrix=matrix, clip=clip, alpha=False)  # in colours: from grey nothing is recognised
    pixels.set_dpi(dpi, dpi)
    layer = pixels.pdfocr_tobytes(compress=False, language=recogniser.languages, tessdata=recogniser.data)
    with pymupdf.open(stream=layer, filetype="pdf") as pdf:
        found = pdf[0].get_text("words", flags=pymupdf.TEXTFLAGS_WORDS & ~pymupdf.TEXT_PRESERVE_LIGATURES)
        scale = pixels.width / zoom / pdf[0].rect.width
    back = pymupdf.Matrix(zoom, 0, 0, zoom, pixels.x, pixels.y) * ~matrix
    return _words(found, scale, back)


def _words(found: Sequence[tuple[Any, ...]], scale: float, back: pymupdf.Matrix) -> list[RecognisedWord]:
    """Words as recognised, with their boxes straight and, by `back`, on the page as displayed."""
    swapped = abs(back.b) > abs(back.a)
    words = []
    lines: dict[tuple[int, int], int] = {}
    for x0, y0, x1, y1, text, block, line, _ in found:
        cleaned = clean_word(text)
        if not cleaned:
            continue
        straight = (x0 * scale, y0 * scale, x1 * scale, y1 * scale)
        shown = _shown(straight, back, swapped)
        number = lines.setdefault((block, line), len(lines))
        words.append(RecognisedWord(cleaned, number, _rounded(straight), _rounded(shown)))
    return words


def _rounded(box: Place) -> Place:
    x0, y0, x1, y1 = box
    return round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2)


def _shown(box: Place, back: pymupdf.Matrix, swapped: bool) -> Place:
    """A box carried over by its middle, so that it does not grow by what the page leans."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    x, y = x * back.a + y * back.c + back.e, x * back.b + y * back.d + back.f
    half = ((box[3] - box[1]) / 2, (box[2] - box[0]) / 2) if swapped else ((box[2] - box[0]) / 2, (box[3] - box[1]) / 2)
    return (x - half[0], y - half[1], x + half[0], y + half[1])
