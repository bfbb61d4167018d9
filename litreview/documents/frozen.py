"""Frozen texts: a document as it stood when a person first judged it, as a value and as bytes (law 4).

The bytes are JSON in gzip, without a time and with sorted keys, so that one document gives one file. The format is told
in `docs/formats.md`; `FORMAT` grows when it changes, and every earlier one stays readable.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise

import msgspec

from litreview.anchors import hash_text
from litreview.documents.boxes import pack_boxes, unpack_boxes
from litreview.documents.model import Boxes, Document, Metadata, Page, Paragraph, Section, Sentence
from litreview.errors import FrozenTextError, message
from litreview.files import hash_bytes

FORMAT = 1
SUFFIX = ".json.gz"
MOST_BYTES = 300_000_000  # of one frozen text when unpacked; a thesis of 500 pages takes 5 million
_STEPS = 100  # of a point


class FrozenFile(msgspec.Struct, frozen=True):
    """A file that the text was read from: its path in the review, and the SHA-256 of its bytes."""

    path: str
    sha256: str


class FrozenBoxes(msgspec.Struct, frozen=True):
    """Word boxes in columns of whole numbers, in text order. `starts`, `pages` and `y0` hold differences to the word
    before; lengths are code points; places are hundredths of a point from the top left of the page."""

    starts: tuple[int, ...] = ()
    lengths: tuple[int, ...] = ()
    pages: tuple[int, ...] = ()
    x0: tuple[int, ...] = ()
    y0: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()
    heights: tuple[int, ...] = ()


class FrozenText(msgspec.Struct, frozen=True, dict=True, omit_defaults=True):
    """A document with the hashes of its files, independent of the paths that a colleague gave them."""

    format: int
    text_hash: str
    reader: str
    report: str
    files: tuple[FrozenFile, ...]
    text: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    metadata: Metadata
    boxes: FrozenBoxes
    starts: tuple[int, ...] = ()  # where each file's text begins; left out of the bytes for files with pages

    @cached_property
    def reading(self) -> str:
        """What this reading says, as a hash: text, pages, structure and boxes; not who made it, nor from which copy."""
        said: tuple[object, ...] = (
            self.text_hash,
            self.pages,
            self.sections,
            self.paragraphs,
            self.sentences,
            self.metadata,
            self.boxes,
        )
        said = (*said, self.starts) if self.starts else said
        return hash_bytes(msgspec.json.encode(said, order="deterministic"))

    @property
    def hashes(self) -> tuple[str, ...]:
        """SHA-256 of each file, in order."""
        return tuple(file.sha256 for file in self.files)

    @cached_property
    def identity(self) -> str:
        """A reading of certain files: two frozen texts of the same identity count once."""
        return hash_bytes("\0".join((self.reading, *self.hashes)).encode())


def freeze(document: Document, hashes: Sequence[str]) -> FrozenText:
    """A document frozen, with the SHA-256 of each of its files. Boxes are kept to a hundredth of a point.

    Raises `FrozenTextError` when its text holds what no file can keep (half of a surrogate pair).
    """
    try:
        document.text.encode("utf-8")
    except UnicodeEncodeError as error:
        what = message("The text holds a sign that no file can keep. Save the file anew and read it again.")
        raise FrozenTextError(what, document.files[0] if document.files else None) from error
    return FrozenText(
        format=FORMAT,
        text_hash=document.text_hash,
        reader=document.reader,
        report=document.report,
        files=tuple(FrozenFile(path, sha256) for path, sha256 in zip(document.files, hashes, strict=True)),
        text=document.text,
        pages=document.pages,
        sections=document.sections,
        paragraphs=document.paragraphs,
        sentences=document.sentences,
        metadata=document.metadata,
        boxes=_columns(document.boxes),
        starts=document.starts,
    )  # fmt: skip


def thaw(frozen: FrozenText, report: str = "", files: Sequence[str] = ()) -> Document:
    """The document of a frozen text; `report` and the paths of its files as they are in this review, where given."""
    return Document(
        report=report or frozen.report,
        files=tuple(files) or tuple(file.path for file in frozen.files),
        text=frozen.text,
        text_hash=frozen.text_hash,
        pages=frozen.pages,
        sections=frozen.sections,
        paragraphs=frozen.paragraphs,
        sentences=frozen.sentences,
        metadata=frozen.metadata,
        boxes=_packed(frozen.boxes),
        reader=frozen.reader,
        starts=frozen.starts,
    )


def encode_frozen(frozen: FrozenText) -> bytes:
    """A frozen text as the bytes of its file."""
    out = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=out, mode="wb", compresslevel=9, mtime=0) as packed:
        packed.write(msgspec.json.encode(frozen, order="deterministic"))
    return out.getvalue()


def decode_frozen(content: bytes) -> FrozenText:
    """A frozen text from the bytes of its file, held against its own hash.

    Raises `FrozenTextError` when it is damaged, too large, or of a newer format (then it should be kept as it is).
    """
    try:
        raw = _unpack(content)
        if msgspec.json.decode(raw, type=_Format).format > FORMAT:
            raise FrozenTextError(message("The text was frozen by a newer version."), newer=True)
        frozen = msgspec.json.decode(raw, type=FrozenText)
    except (zlib.error, msgspec.MsgspecError, UnicodeDecodeError, EOFError) as error:
        raise FrozenTextError(DAMAGED) from error
    if hash_text(frozen.text) != frozen.text_hash or not _stands(frozen):
        raise FrozenTextError(DAMAGED)
    return frozen


DAMAGED = message("The frozen text is damaged.")


class _Format(msgspec.Struct):
    """What every version writes."""

    format: int


def _unpack(content: bytes) -> bytes:
    """The content of a gzip file, up to `MOST_BYTES`."""
    unpacking = zlib.decompressobj(wbits=31)
    raw = unpacking.decompress(content, MOST_BYTES)
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise FrozenTextError(DAMAGED)
    return raw


# Boxes


def _columns(boxes: Boxes) -> FrozenBoxes:
    starts, ends, pages, flat = unpack_boxes(boxes)
    x0, y0, x1, y1 = (tuple(map(_hundredths, flat[i::4])) for i in range(4))
    return FrozenBoxes(
        starts=_differences(starts),
        lengths=tuple(end - start for start, end in zip(starts, ends, strict=True)),
        pages=_differences(pages),
        x0=x0,
        y0=_differences(y0),
        widths=tuple(right - left for left, right in zip(x0, x1, strict=True)),
        heights=tuple(bottom - top for top, bottom in zip(y0, y1, strict=True)),
    )


def _hundredths(points: float) -> int:
    """Points in hundredths; a place that no page has becomes the nearest one that might be (no number: 0)."""
    return round(max(-100_000.0, min(100_000.0, points)) * _STEPS) if points == points else 0


def _differences(values: Sequence[int]) -> tuple[int, ...]:
    return tuple(after - before for before, after in pairwise((0, *values)))


def _packed(columns: FrozenBoxes) -> Boxes:
    starts = list(accumulate(columns.starts))
    ends = [start + length for start, length in zip(starts, columns.lengths, strict=True)]
    rects = [
        (x / _STEPS, y / _STEPS, (x + width) / _STEPS, (y + height) / _STEPS)
        for x, y, width, height in zip(columns.x0, accumulate(columns.y0), columns.widths, columns.heights, strict=True)
    ]
    return pack_boxes(starts, ends, accumulate(columns.pages), rects)


# Whether what was read can be used as it stands: it may come from anyone


def _stands(frozen: FrozenText) -> bool:
    length = len(frozen.text)
    spans: list[Page | Section | Paragraph | Sentence] = [*frozen.pages, *frozen.sections]
    spans += [*frozen.paragraphs, *frozen.sentences]
    return (
        all(0 <= one.start <= one.end <= length for one in spans)
        and all(0 <= page.file < len(frozen.files) and page.number >= 1 for page in frozen.pages)
        and all(one.start <= other.start for one, other in pairwise(frozen.pages))
        and all(0 <= paragraph.section < len(frozen.sections) for paragraph in frozen.paragraphs)
        and all(0 <= sentence.paragraph < len(frozen.paragraphs) for sentence in frozen.sentences)
        and (not frozen.starts or len(frozen.starts) == len(frozen.files))
        and all(0 <= start <= length for start in frozen.starts)
        and list(frozen.starts) == sorted(frozen.starts)
        and _boxes_stand(frozen.boxes, length, len(frozen.pages))
    )


def _boxes_stand(boxes: FrozenBoxes, length: int, pages: int) -> bool:
    columns = (boxes.starts, boxes.lengths, boxes.pages, boxes.x0, boxes.y0, boxes.widths, boxes.heights)
    if len({len(column) for column in columns}) != 1:
        return False
    starts = list(accumulate(boxes.starts))
    ends = [start + size for start, size in zip(starts, boxes.lengths, strict=True)]
    return (
        all(step >= 0 for step in boxes.starts)
        and all(size > 0 for size in boxes.lengths)
        and all(end <= length for end in ends)
        and all(one <= other for one, other in pairwise(ends))
        and all(0 <= page < pages for page in accumulate(boxes.pages))
        and all(abs(place) < 20_000_000 for column in columns[3:] for place in column)
    )
