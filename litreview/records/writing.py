"""What every writer of exports shares: what it is given, and the plain types that formats know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from typing import Protocol as Shape

from litreview.records import kinds
from litreview.records.carried import KEY
from litreview.records.decided import LABELS, OWN_NOTE, asreview_label
from litreview.records.model import Record, RecordDecision

_SPACE = re.compile(r"\s+")


class Written(NamedTuple):
    """A record to be written with its decisions, and `carried`: JSON of what the format has no place for.

    `judged`: whether the file holds decisions at all, so that a record without any is told as not seen.
    """

    record: Record
    decisions: Sequence[RecordDecision] = ()
    carried: str = ""
    judged: bool = False

    @property
    def label(self) -> str:
        """ASReview's word for the record: relevant, irrelevant, not_seen."""
        return LABELS[asreview_label(self.decisions)]

    @property
    def further(self) -> dict[str, list[str]]:
        """What the record was read with beside its own fields, but for what only litreview's note may be called."""
        plain = {key: [value for value in values if not value.startswith(OWN_NOTE)]
                 for key, values in self.record.extra.items() if not key.startswith(KEY)}  # fmt: skip
        return {key: values for key, values in plain.items() if values}

    @property
    def people(self) -> str:
        """Who decided."""
        return "; ".join(dict.fromkeys(one.person for one in self.decisions if one.person))

    @property
    def notes(self) -> str:
        """All notes of the decisions in one line."""
        return one_line(" ".join(one.note for one in self.decisions if one.note))


class Writer(Shape):
    """A way to write exports."""

    name: str
    suffix: str

    def write(self, entries: Sequence[Written]) -> bytes:
        """The file, the same bytes for the same entries."""
        ...


def one_line(text: str) -> str:
    """A text in one line, without zeros."""
    return _SPACE.sub(" ", text.replace("\x00", "")).strip()


TYPES: dict[str, tuple[str, str, str]] = {  # of a report type, in RIS, BibTeX and CSL
    kinds.ARTICLE: ("JOUR", "article", "article-journal"),
    kinds.PROCEEDINGS: ("CPAPER", "inproceedings", "paper-conference"),
    kinds.THESIS: ("THES", "thesis", "thesis"),
    kinds.SKRIPSI: ("THES", "thesis", "thesis"),
    kinds.TESIS: ("THES", "mastersthesis", "thesis"),
    kinds.DISERTASI: ("THES", "phdthesis", "thesis"),
    kinds.REPORT: ("RPRT", "techreport", "report"),
    kinds.POLICY: ("GOVDOC", "misc", "legislation"),
    kinds.BOOK: ("BOOK", "book", "book"),
    kinds.CHAPTER: ("CHAP", "incollection", "chapter"),
    kinds.PREPRINT: ("UNPB", "unpublished", "article"),
}
OTHER_TYPES = ("GEN", "misc", "document")


def types_of(record: Record) -> tuple[str, str, str]:
    """The record's type in RIS, BibTeX and CSL; its own word where that is one of theirs is for the writer to keep."""
    return TYPES.get(kinds.report_type(record).type, OTHER_TYPES)
