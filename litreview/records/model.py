"""Entries of search exports, the groups that duplicates form, and their link to reports."""

from __future__ import annotations

import msgspec

from litreview.errors import Message


class Record(msgspec.Struct, frozen=True):
    """One entry of one search export. `id` is made from its content, `place` is `file:number` (from 1)."""

    id: str
    place: str
    file: str
    kind: str = ""  # the export's own type: JOUR, article, THES …
    title: str = ""
    authors: tuple[str, ...] = ()  # "Family, Given" where the export tells
    year: int | None = None
    venue: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""  # bare, lower case: 10.…
    url: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    database: str = ""  # from the protocol's sources
    extra: dict[str, list[str]] = {}  # tags and columns nobody asked for, kept


class RecordDecision(msgspec.Struct, frozen=True):
    """What someone decided on a record, as it goes into exports and comes out of them.

    `decision` is include, exclude, maybe, or "" for a note alone; `stage` is that of the protocol, "" where the export
    tells none; `person` "" where it names nobody; `at` is the time as it is written there.
    """

    record: str
    person: str = ""
    stage: str = ""
    decision: str = ""
    reason: str = ""
    note: str = ""
    at: str = ""
    settles: bool = False  # settles what others decided at this stage


class Export(msgspec.Struct, frozen=True):
    """One search export as read: its format, records, and what was lost or doubtful (for people)."""

    file: str
    format: str  # the reader's name for it: ris, bibtex, csv …
    database: str
    records: tuple[Record, ...]
    notices: tuple[Message, ...] = ()
    sha256: str = ""
    entries: int = 0  # marks in the file that begin an entry: records, and those that gave none
    lost: int = 0  # entries that gave no record of their own; each is told in the notices
    decisions: tuple[RecordDecision, ...] = ()  # of Rayyan, ASReview and litreview, with the ids of the records


class DuplicateGroup(msgspec.Struct, frozen=True):
    """Records of one publication: the first stands for the group, `why` has a reason for each other member."""

    members: tuple[str, ...]  # record ids
    why: tuple[Message, ...]


class RecordPair(msgspec.Struct, frozen=True):
    """Two records that a person should look at, and why."""

    one: str
    other: str
    why: Message


class Duplicates(msgspec.Struct, frozen=True):
    """What was found among records: groups of one publication, pairs that may be one, and pairs of two publications
    that seem to tell of one study (a thesis or preprint and its article, a talk and its article)."""

    groups: tuple[DuplicateGroup, ...]
    unsure: tuple[RecordPair, ...] = ()
    studies: tuple[RecordPair, ...] = ()


class Entry(msgspec.Struct, frozen=True):
    """A unique publication: its best fields combined, and the records behind it."""

    id: str  # id of the record that stands for the group
    record: Record  # fields combined from the best copies
    members: tuple[str, ...]


class Match(msgspec.Struct, frozen=True):
    """An entry's report: how they were found to belong together (doi, title, person)."""

    entry: str
    report: str
    why: Message


class ReportFacts(msgspec.Struct, frozen=True):
    """What is known of a report when it is matched: from its document, or nothing but its files' names.

    Places and `design` are as the documents room names them, "" unknown; `thesis`: a skripsi, tesis or disertasi.
    """

    report: str
    files: tuple[str, ...] = ()  # POSIX paths relative to the review
    title: str = ""
    doi: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    village: str = ""
    district: str = ""
    regency: str = ""
    province: str = ""
    design: str = ""
    thesis: bool = False


class Copy(msgspec.Struct, frozen=True):
    """A report with the title and first author of an earlier one (`of`) and nearly its text. It is of the same
    `publication` where year and DOI say nothing else; `places` are two different ones that the reports tell of ("" for
    none), and then they are not taken for one study."""

    report: str
    of: str
    publication: bool = True
    places: tuple[str, str] = ("", "")

    @property
    def elsewhere(self) -> bool:
        """Whether the two tell of different places."""
        return self.places != ("", "")


class UnsureMatch(msgspec.Struct, frozen=True):
    """An entry and a report that may belong together; a person should look."""

    entry: str
    report: str
    why: Message


class Study(msgspec.Struct, frozen=True):
    """What the synthesis counts: its reports in order. The id is its first report's. Reports that the machine brought
    together stay `provisional` until a person links them; `why` says for each report after the first how it belongs.
    `copies`: reports that are another file of an earlier report's publication, each with that report."""

    id: str
    reports: tuple[str, ...]
    why: tuple[Message, ...] = ()
    provisional: bool = False
    copies: dict[str, str] = {}
