"""Read a report: from the bytes of its files to one document, with a status for each file."""

from __future__ import annotations

from itertools import accumulate, chain
from pathlib import Path

import msgspec

from litreview.anchors import hash_text
from litreview.documents.boxes import pack_boxes
from litreview.documents.model import (
    Document, FileStatus, Found, Metadata, Page, Paragraph, ReadResult, Section, Sentence,
)  # fmt: skip
from litreview.language.detect import detect_language
from litreview.language.sentences import split_sentences

READER = "reader 1"


class ReadJob(msgspec.Struct, frozen=True):
    """What to read: the review's folder, the report's id, its files (POSIX, relative to the root) and their hashes."""

    root: str
    report: str
    files: tuple[str, ...]
    sha256: tuple[str, ...] = ()


def read_report(job: ReadJob) -> ReadResult:
    """Read every file of a report into one document. Never raises for a bad file: it gets a status."""
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    statuses, pages, paras = [], [], []
    words, seps, pgs, flat = [], [], [], []
    for i, name in enumerate(job.files):
        sha = job.sha256[i] if i < len(job.sha256) else ""
        try:
            pdf = pymupdf.open(Path(job.root) / name, filetype="pdf")
            if pdf.needs_pass:
                statuses.append(FileStatus(name, "needs-password", job.report, 0, "The file asks for a password.", sha))
                continue
            n0 = len(words)
            for page in pdf:
                block = None
                for w in page.get_text("words", flags=83 & ~1):
                    if w[5] != block and words:
                        seps[-1] = "\n\n"
                    block = w[5]
                    words.append(w[4]); seps.append(" "); pgs.append(len(pages)); flat.extend(w[:4])
                pages.append((i, page.number + 1, page.rect.width, page.rect.height))
            if len(words) == n0:
                statuses.append(FileStatus(name, "needs-ocr", job.report, len(pdf), "The pages are pictures without text.", sha))
            else:
                statuses.append(FileStatus(name, "ready", job.report, len(pdf), "", sha))
        except (RuntimeError, ValueError, IndexError, OSError, pymupdf.mupdf.FzErrorBase):
            statuses.append(FileStatus(name, "damaged", job.report, 0, "The file is damaged.", sha))
    if not words:
        return ReadResult(tuple(statuses))
    seps[-1] = ""
    parts = list(chain.from_iterable(zip(words, seps)))
    text = "".join(parts)
    ends = list(accumulate(map(len, parts)))
    wends = ends[::2]; wstarts = [0, *ends[1::2]][: len(words)]
    first = {}
    for s, p in zip(wstarts, pgs):
        first.setdefault(p, s)
    plist = []
    nxt = len(text)
    for p in range(len(pages) - 1, -1, -1):
        s = first.get(p, nxt)
        plist.append(Page(pages[p][0], pages[p][1], s, nxt, pages[p][2], pages[p][3], str(pages[p][1])))
        nxt = s
    plist.reverse()
    at = 0
    paragraphs, sentences, sections = [], [], []
    for block in text.split("\n\n"):
        head = HEADS.get(block.strip().lower())
        if head:
            sections.append([head, block, at, len(text), 1])
            if len(sections) > 1:
                sections[-2][3] = at
        paragraphs.append(Paragraph("heading" if head else "body", max(0, len(sections) - 1), at, at + len(block)))
        if not head:
            for s, e in split_sentences(block):
                sentences.append(Sentence(len(paragraphs) - 1, at + s, at + e, detect_language(block[s:e])))
        at += len(block) + 2
    if not sections:
        sections = [[("other",), "", 0, len(text), 1]]
    meta = Metadata(title=Found(paragraphs and text[paragraphs[0].start:paragraphs[0].end] or "", 0, paragraphs[0].end), language=detect_language(text[:3000]))
    return ReadResult(tuple(statuses), Document(job.report, job.files, text, hash_text(text), tuple(plist), tuple(Section(*s) for s in sections), tuple(paragraphs), tuple(sentences), meta, pack_boxes(wstarts, wends, pgs, flat), READER))


HEADS = {
    "abstrak": ("abstract",), "abstract": ("abstract",), "pendahuluan": ("introduction",), "introduction": ("introduction",),
    "metode": ("method",), "metode penelitian": ("method",), "hasil dan pembahasan": ("results", "discussion"),
    "kesimpulan": ("conclusion",), "saran": ("recommendation",), "daftar pustaka": ("references",), "references": ("references",),
}
