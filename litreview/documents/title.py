"""The title: the largest type of the first page that is not the journal's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from litreview.documents.blocks import Block, Style
from litreview.documents.sections import Heading
from litreview.language.detect import detect_language

_NOT_TITLE = re.compile(
    r"^(?:jurnal|journal|skripsi|tesis|thesis|disertasi|dissertation|tugas akhir|laporan akhir|vol\b|volume|issn|e-issn"
    r"|p-issn|universitas|university|institut|sekolah tinggi|politeknik|fakultas|faculty|program studi|program pasca"
    r"|prosiding|proceedings|seminar nasional|available|https?:|www\.|doi\b|research article|original (?:research"
    r"|article|paper)|artikel penelitian|article\b|open access|diajukan|disusun|oleh\b|by\b|submitted|halaman judul"
    r"|lembar|kementerian|nim\b|pembimbing|received|accepted|copyright|©|email|e-mail|kata kunci|keywords"
    r"|\d+\s*\||issue\b|edisi\b|terakreditasi|bab\s+[ivx]+\b|daftar )",
    re.IGNORECASE,
)
_MAX_WORDS = 60
_LETTERS = 0.6  # of a title's characters


def mark_title(blocks: list[Block], headings: Sequence[Heading], style: Style) -> None:
    """Give the blocks of the title the kind `title`; none where the first pages have nothing that looks like one,
    or the file itself has marked its title."""
    if any(block.kind == "title" for block in blocks):
        return
    end = headings[0].block if headings else len(blocks)
    front = [i for i, block in enumerate(blocks[:end]) if block.kind == "body" and block.rows]
    if not front:
        return
    first_page = blocks[front[0]].rows[0].page
    candidates = [i for i in front if blocks[i].rows[0].page <= first_page + 1 and like_title(blocks[i])]
    on_first = [i for i in candidates if blocks[i].rows[0].page == first_page]
    candidates = on_first or candidates
    if not candidates:
        return
    best = min(candidates, key=lambda i: (*_prominence(blocks[i]), i))
    blocks[best].kind = "title"
    _take_further_rows(blocks, best, end, style)


def like_title(block: Block) -> bool:
    """Whether a block's words may be a title: neither too few nor too many, and no journal's, school's or notice's."""
    text = block.text
    words = text.split()
    letters = sum(c.isalpha() for c in text)
    if letters < _LETTERS * sum(map(len, words)):  # a formula
        return False
    if not 2 <= len(words) <= _MAX_WORDS or letters < 10 or "@" in text or _NOT_TITLE.match(text):
        return False
    return len(words) > 2 or letters > 14


def _prominence(block: Block) -> tuple[float, bool]:
    """Less is more prominent: larger type first, then bold."""
    row = block.rows[0]
    return -round(row.size * 2) / 2, not row.bold


def _in_brackets(text: str) -> bool:
    return text[0] == "(" and text[-1] == ")" and "@" not in text and len(text.split()) > 2


def _take_further_rows(blocks: list[Block], best: int, end: int, style: Style) -> None:
    """A title set with wide spaces between its lines falls into several blocks: take those of the same type."""
    last = blocks[best].rows[-1]
    capitals = blocks[best].text.isupper()
    language = detect_language(blocks[best].text)
    for block in blocks[best + 1 : end]:
        row = block.rows[0] if block.rows else None
        if block.kind != "body" or row is None or row.page != last.page:
            return
        if _in_brackets(block.text) and row.size > style.body_size - 0.5 and row.y0 - last.y0 < 2.6 * last.size:
            block.kind = "title"  # `(Studi Kasus di …)`
            return
        alike = abs(row.size - last.size) < 0.6 and row.bold == last.bold and block.text.isupper() == capitals
        larger = row.size > style.body_size + 1 or capitals
        other = detect_language(block.text)
        if not alike or not larger or _NOT_TITLE.match(block.text) or row.y0 - last.y0 > 3.2 * row.size:
            return
        if {language, other} == {"id", "en"}:
            return
        block.kind = "title"
        last = block.rows[-1]
