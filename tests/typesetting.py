"""A small typesetter for tests of the reader: words flow into frames that a test gives, so that the right reading order
is known. Words end in a hyphen at a line's end where a test asks for it, and stand where a rotation puts them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pymupdf

from litreview.documents.model import Document
from tests.pdf_making import read

A4 = (595.0, 842.0)
_SUBJECTS = (
    "Pendamping", "Keluarga itu", "Ketua kelompok", "Perangkat desa", "The facilitator", "Her family",
    "Ibu rumah tangga", "The village office", "Kader posyandu", "Seorang informan", "The group", "Tim peneliti",
)  # fmt: skip
_DEEDS = (
    "mencatat kehadiran setiap bulan", "menabung sedikit demi sedikit", "kept a small book of what was spent",
    "membuka warung di depan rumah", "talked about the plan with the others", "memilih usaha yang sudah dikenal",
    "datang lebih awal daripada yang lain", "asked for a visit before the rains", "menjual hasil kebun di pasar",
)  # fmt: skip
_ENDS = (
    "sebelum pertemuan dimulai", "after the harvest was sold", "dengan bantuan tetangga dekat",
    "without telling anyone", "meskipun biayanya tidak sedikit", "selama musim kemarau", "until the money came",
)  # fmt: skip


def sentences(name: str, count: int) -> list[str]:
    """Sentences of our own, each told from all others by its name and number: `Kiri3 …`."""
    made = []
    for i in range(count):
        subject, deed, end = _SUBJECTS[i % 12], _DEEDS[(5 * i + len(name)) % 9], _ENDS[(3 * i + len(name)) % 7]
        made.append(f"{name}{i} {subject[0].lower()}{subject[1:]} {deed} {end}.")
    return made


def prose(name: str, count: int) -> str:
    """Sentences as one paragraph."""
    return " ".join(sentences(name, count))


@lru_cache
def font(name: str) -> pymupdf.Font:
    """A built-in font."""
    return pymupdf.Font(name)


class Sheet:
    """A page under the hand: text is set by baselines and written by `keep`; `y` is where the last setting ended."""

    def __init__(self, pdf: pymupdf.Document, number: int, size: tuple[float, float]) -> None:
        self.pdf, self.number, self.size = pdf, number, size
        self.y = 0.0
        self.writer = pymupdf.TextWriter(pymupdf.Rect(0, 0, *size))
        self.boxes: list[tuple[float, float, float, float]] = []
        self.turned: list[tuple[float, float, str, float, int]] = []

    def width(self, text: str, size: float, name: str) -> float:
        return float(font(name).text_length(text, size))

    def put(self, x: float, y: float, text: str, size: float = 10, name: str = "helv", rotate: int = 0) -> None:
        """One line at a place; `rotate` (degrees) turns it about its beginning."""
        if rotate:
            self.turned.append((x, y, text, size, rotate))
        else:
            self.writer.append((x, y), text, font(name), size)
        self.y = y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A frame, as of a figure."""
        self.boxes.append((x0, y0, x1, y1))

    def finish(self) -> None:
        page = self.pdf[self.number]
        self.writer.write_text(page)
        for x, y, text, size, rotate in self.turned:
            page.insert_text((x, y), text, fontsize=size, rotate=rotate)
        for box in self.boxes:
            page.draw_rect(pymupdf.Rect(box))

    def flow(
        self,
        text: str,
        x0: float,
        y: float,
        x1: float,
        bottom: float = 780,
        size: float = 9,
        name: str = "helv",
        justify: bool = True,
        hyphen: bool = False,
        indent: float = 0,
        pitch: float = 1.25,
    ) -> str:
        """Set words into the frame from x0 to x1, first baseline at `y`, no baseline beneath `bottom`; what does not
        fit is given back. Full lines are justified; with `hyphen` the last word is broken where room is left."""
        words = text.split()
        while words and y <= bottom:
            line, words = self._line(words, x1 - x0 - indent, size, name, hyphen)
            self._set(line, x0 + indent, y, x1, size, name, justify and bool(words))
            indent = 0
            self.y = y
            y += pitch * size
        return " ".join(words)

    def _line(self, words: list[str], room: float, size: float, name: str, hyphen: bool) -> tuple[list[str], list[str]]:
        line: list[str] = []
        while words and self.width(" ".join([*line, words[0]]), size, name) <= room:
            line.append(words.pop(0))
        if not line:
            line.append(words.pop(0))
        if hyphen and words and len(words[0]) > 7 and words[0].isalpha():
            head, tail = words[0][:4] + "-", words[0][4:]
            if self.width(" ".join([*line, head]), size, name) <= room:
                line.append(head)
                words[0] = tail
        return line, words

    def _set(self, line: list[str], x: float, y: float, x1: float, size: float, name: str, justify: bool) -> None:
        if not justify or len(line) == 1:
            self.put(x, y, " ".join(line), size, name)
            return
        space = (x1 - x - sum(self.width(word, size, name) for word in line)) / (len(line) - 1)
        for word in line:
            self.put(x, y, word, size, name)
            x += self.width(word, size, name) + space


def sheets(pdf: pymupdf.Document, count: int, size: tuple[float, float] = A4) -> list[Sheet]:
    """New pages of a PDF."""
    for _ in range(count):
        pdf.new_page(width=size[0], height=size[1])
    return [Sheet(pdf, number, size) for number in range(len(pdf) - count, len(pdf))]


def keep(pages: Sequence[Sheet], folder: Path, rotation: int = 0, drawn: int = 0) -> Document:
    """The document read from pages that were made in memory: turned as the PDF says (`rotation`), or drawn turned on
    pages that are not (`drawn`)."""
    pdf = pages[0].pdf
    for page in pages:
        page.finish()
    if drawn:
        upright, pdf = pdf, pymupdf.open()
        for page in pages:
            width, height = page.size if drawn == 180 else reversed(page.size)
            new = pdf.new_page(width=width, height=height)
            new.show_pdf_page(new.rect, upright, page.number, rotate=drawn)
    for number in range(len(pdf)):
        pdf[number].set_rotation(rotation)
    path = folder / "made.pdf"
    pdf.save(path)
    pdf.close()
    return read(path)


def two_columns(
    sheet: Sheet, text: str, y: float, bottom: float = 780, gutter: float = 20, hyphen: bool = False
) -> str:
    """Flow text down the left column and then down the right one."""
    middle = A4[0] / 2
    rest = sheet.flow(text, 60, y, middle - gutter / 2, bottom, hyphen=hyphen)
    return sheet.flow(rest, middle + gutter / 2, y, 535, bottom, hyphen=hyphen) if rest else ""


def whole_sentences(document: Document) -> set[str]:
    """The document's sentences as its text has them."""
    return {document.quote(s.start, s.end) for s in document.sentences}


def missing(document: Document, wanted: Sequence[str]) -> list[str]:
    """Those of the sentences that the document does not have whole, each as one of its sentences."""
    have = whole_sentences(document)
    return [sentence for sentence in wanted if sentence not in have]


def order(document: Document, names: Sequence[str]) -> list[str]:
    """The names (words that stand once) in the order in which the text has them."""
    assert all(document.text.count(name) == 1 for name in names), [n for n in names if document.text.count(n) != 1]
    return sorted(names, key=document.text.index)


def in_order(document: Document, wanted: Sequence[str]) -> bool:
    """Whether sentences stand in the text in the given order."""
    places = [document.text.find(one[:24]) for one in wanted]
    return -1 not in places and all(a < b for a, b in itertools.pairwise(places))
