"""What a verdict on a report looks at, and how it points at a place of the document."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from litreview.coding.model import Codebook, Suggestion
from litreview.documents.model import Document, FileStatus
from litreview.protocol import Protocol
from litreview.records.model import Record
from litreview.screening.model import Evidence

UNREADABLE = frozenset({"no-text", "garbled", "lost-words", "damaged"})


class Case(msgspec.Struct, frozen=True):
    """A report under criteria: its document, its record (if any), the protocol, suggestions and files' statuses."""

    document: Document
    record: Record | None
    protocol: Protocol
    suggestions: Sequence[Suggestion] = ()
    codebook: Codebook = Codebook()
    files: tuple[FileStatus, ...] = ()

    @property
    def unreadable(self) -> bool:
        """Whether a file of the report is not ready, or a page has no text that can be read."""
        waiting = any(file.status != "ready" for file in self.files)
        return waiting or any(not UNREADABLE.isdisjoint(page.doubts) for page in self.document.pages)


def evidence_at(document: Document, start: int, end: int) -> Evidence:
    """Evidence at offsets of the document's text, with its quote and the page's number in its file."""
    page = document.pages[document.page_index_at(start)].number if document.pages else None
    return Evidence(start, end, document.text[start:end], page)
