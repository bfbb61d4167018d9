"""A report read and packed where it was read: the parent only stores bytes, whatever the size of a document."""

from __future__ import annotations

import msgspec

from litreview.documents.model import ReadResult
from litreview.documents.read import ReadJob, read_report
from litreview.documents.readings import brief_of
from litreview.documents.searchable import searchable_rows


class Packed(msgspec.Struct, frozen=True):
    """A `ReadResult`, its `Brief`, and the rows of its sentences (`documents.searchable`), each in msgpack."""

    result: bytes
    brief: bytes
    rows: bytes


def read_packed(job: ReadJob) -> Packed:
    """Read a report and pack it. Never raises for a bad file, as `read_report`."""
    return pack_result(read_report(job))


def pack_result(result: ReadResult) -> Packed:
    """A result as it is kept."""
    rows = searchable_rows(result.document) if result.document is not None else []
    encode = msgspec.msgpack.encode
    return Packed(encode(result), encode(brief_of(result)), encode(rows))
