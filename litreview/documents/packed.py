"""A report read and packed where it was read: the parent only stores bytes, whatever the size of a document."""

from __future__ import annotations

import msgspec

from litreview.documents.model import Boxes, ReadResult
from litreview.documents.read import ReadJob, read_report
from litreview.documents.readings import brief_of
from litreview.documents.searchable import searchable_rows


class Packed(msgspec.Struct, frozen=True):
    """A `ReadResult` whose boxes lie apart (they are most of its bytes, and the search shows none), its `Brief`, and
    the rows of its sentences (`documents.searchable`), each in msgpack."""

    result: bytes
    boxes: bytes
    brief: bytes
    rows: bytes

    @property
    def size(self) -> int:
        """Bytes of all."""
        return len(self.result) + len(self.boxes) + len(self.brief) + len(self.rows)


def read_packed(job: ReadJob) -> Packed:
    """Read a report and pack it. Never raises for a bad file, as `read_report`."""
    return pack_result(read_report(job))


def pack_result(result: ReadResult) -> Packed:
    """A result as it is kept."""
    encode, document = msgspec.msgpack.encode, result.document
    if document is None:
        return Packed(encode(result), encode(Boxes()), encode(brief_of(result)), encode([]))
    bare = msgspec.structs.replace(result, document=msgspec.structs.replace(document, boxes=Boxes()))
    return Packed(encode(bare), encode(document.boxes), encode(brief_of(result)), encode(searchable_rows(document)))


def unpack_result(result: bytes, boxes: bytes) -> ReadResult:
    """A result as it was packed."""
    found = msgspec.msgpack.decode(result, type=ReadResult)
    if found.document is None:
        return found
    document = msgspec.structs.replace(found.document, boxes=msgspec.msgpack.decode(boxes, type=Boxes))
    return msgspec.structs.replace(found, document=document)
