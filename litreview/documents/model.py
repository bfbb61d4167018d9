"""What a report is after reading: one canonical text, with pages, sections, sentences and boxes upon it.

Every offset is a count of Unicode code points in `Document.text`, half-open (law 4). Pages count from 1 as in the
PDF. Rectangles are in points from the top left of the page as displayed.
"""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from litreview.errors import Message, Value

SECTION_KINDS = (
    "front", "abstract", "introduction", "theory", "method", "results", "discussion", "conclusion",
    "recommendation", "acknowledgements", "references", "appendix", "other",
)  # fmt: skip
PARAGRAPH_KINDS = ("title", "heading", "body", "list", "quote", "table", "caption", "footnote", "reference")
STATUSES = ("ready", "needs-ocr", "needs-password", "damaged", "not-a-pdf", "misnamed", "empty", "too-large")


class Page(msgspec.Struct, frozen=True, array_like=True):
    """One page of one file; `printed` is the page number as printed on it, where known."""

    file: int  # index into Document.files
    number: int  # from 1, in that file
    start: int
    end: int
    width_pt: float
    height_pt: float
    printed: str | None = None
    doubts: tuple[str, ...] = ()  # why the page's text is in doubt: keys of `quality.DOUBTS`
    ocr: str = ""  # name and version of what recognised the page's text from its picture; "" where the PDF has text


class Section(msgspec.Struct, frozen=True, array_like=True):
    """A stretch under one heading. A combined heading (results and discussion) has both kinds, the first leads."""

    kinds: tuple[str, ...]
    heading: str
    start: int
    end: int
    level: int


class Paragraph(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A paragraph, heading, list item, caption …; `section` indexes Document.sections."""

    kind: str
    section: int
    start: int
    end: int


class Sentence(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A sentence with its paragraph (index) and language (`id`, `en` or `other`)."""

    paragraph: int
    start: int
    end: int
    language: str


class Found(msgspec.Struct, frozen=True, array_like=True):
    """A value read by rule from the text, and where it stands (start = end = 0: from the file's metadata)."""

    value: str
    start: int = 0
    end: int = 0


class Metadata(msgspec.Struct, frozen=True):
    """What the document says of itself. `years` holds every printed date that could be the issue's, best first."""

    title: Found | None = None
    authors: tuple[Found, ...] = ()
    year: Found | None = None
    years: tuple[Found, ...] = ()
    doi: Found | None = None
    source: Found | None = None  # journal, university
    abstracts: dict[str, Found] = {}  # by language
    keywords: tuple[str, ...] = ()
    language: str = "id"
    method: Found | None = None  # value: a design of DESIGNS in documents.method
    village: Found | None = None
    district: Found | None = None
    regency: Found | None = None
    province: Found | None = None


class Boxes(msgspec.Struct, frozen=True):
    """Word boxes, packed and aligned with each other: starts, ends (u32), pages (u16, index into Document.pages),
    rects (4 × f32: x0, y0, x1, y1). A word broken over lines has a box for each part. Little-endian, in text order."""

    starts: bytes = b""
    ends: bytes = b""
    pages: bytes = b""
    rects: bytes = b""


class PageRect(msgspec.Struct, frozen=True, array_like=True):
    """A rectangle on a page of the document (index into Document.pages)."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class Document(msgspec.Struct, frozen=True):
    """A report's text after extraction."""

    report: str
    files: tuple[str, ...]  # POSIX paths relative to the review
    text: str
    text_hash: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    metadata: Metadata
    boxes: Boxes
    reader: str  # name and version of the maker of this text
    starts: tuple[int, ...] = ()  # where each file's text begins, for files without pages

    def quote(self, start: int, end: int) -> str:
        """Text between two offsets."""
        return self.text[start:end]

    def page_index_at(self, offset: int) -> int:
        """Index into `pages` of the page that an offset stands on."""
        starts = [page.start for page in self.pages]
        return max(0, bisect_right(starts, offset) - 1)

    def file_at(self, offset: int) -> str:
        """The file that an offset stands in."""
        if self.pages:
            return self.files[self.pages[self.page_index_at(offset)].file]
        return self.files[self.file_index_at(offset)] if self.files else ""

    def file_index_at(self, offset: int) -> int:
        """Index into `files` of the file that an offset stands in, for files without pages."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def section_at(self, offset: int) -> Section | None:
        """The innermost (last begun) section around an offset, if any."""
        found = [s for s in self.sections if s.start <= offset < s.end]
        return found[-1] if found else None


class PageQuality(msgspec.Struct, frozen=True):
    """One page: its number in the PDF and as printed, its words, what its text is in doubt for (keys of
    `quality.DOUBTS`), what recognised it."""

    page: int
    printed: str | None
    words: int
    doubts: tuple[str, ...]
    ocr: str


class FileStatus(msgspec.Struct, frozen=True):
    """What became of one file: a status of STATUSES, why (for people; None when ready) and its pages."""

    path: str
    status: str
    report: str
    pages: int = 0
    reason: str = ""  # a Message's template, translated where shown
    sha256: str = ""
    wanting: tuple[int, ...] = ()  # pages (from 1) whose own text is none or garbage, so that OCR is for them
    values: dict[str, Value] = {}  # the template's fields
    quality: tuple[PageQuality, ...] = ()  # the pages of a file that could be looked at and yet has no text to use

    @property
    def why(self) -> Message:
        """The reason, to be told."""
        return Message(self.reason, self.values)


class UnusedFile(msgspec.Struct, frozen=True):
    """A file of the corpus that nothing is made of, and why."""

    path: str
    why: Message
    sha256: str = ""


class ReadResult(msgspec.Struct, frozen=True):
    """What reading one report gave: a document where any text could be read, and each file's status."""

    files: tuple[FileStatus, ...]
    document: Document | None = None
