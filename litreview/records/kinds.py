"""What type of report a record tells about: article, skripsi, tesis, disertasi, proceedings, report, policy … Pure.

The type is an attribute to look at, never a reason to leave a record out by itself.
"""

from __future__ import annotations

import msgspec

from litreview.errors import Message, message
from litreview.records.fields import fold, words
from litreview.records.model import Record

ARTICLE, PROCEEDINGS, REPORT, POLICY = "article", "proceedings", "report", "policy"
SKRIPSI, TESIS, DISERTASI, THESIS = "skripsi", "tesis", "disertasi", "thesis"  # thesis: of a degree that is not told
BOOK, CHAPTER, PREPRINT, OTHER = "book", "chapter", "preprint", "other"
_KINDS = {
    ARTICLE: "jour ejour jfull mgzn inpr article journal journalarticle journalarticles articlejournal articlemagazine "
             "journalpaper review editorial letter articleinpress shortsurvey note jurnal artikel j",
    PROCEEDINGS: "conf cpaper inproceedings conference proceedings conferencepaper conferenceproceedings "
                 "paperconference proceedingspaper conferencearticle prosiding meetingabstract c",
    THESIS: "thes thesis dissertationthesis dissertationsthesis dissertationstheses",
    SKRIPSI: "skripsi bachelorsthesis undergraduatethesis",
    TESIS: "tesis mastersthesis mathesis",
    DISERTASI: "disertasi phdthesis dissertation doctoraldissertation doctoralthesis",
    REPORT: "rprt report techreport technicalreport reportsresearch laporan workingpaper manual",
    POLICY: "bill legislation statute stat govdoc policy regulation peraturan kebijakan legalruleorregulation",
    BOOK: "book ebook edbook editedbook collection mvbook monograph buku",
    CHAPTER: "chap echap chapter bookchapter booksection inbook incollection bab",
    PREPRINT: "preprint unpb unpublished manuscript posted-content postedcontent",
    OTHER: "gen misc electronic elec blog news web webpage data dataset video slide other",
}  # fmt: skip
_BY_KIND = {word: type_ for type_, listed in _KINDS.items() for word in listed.split()}
_DEGREES = (
    (DISERTASI, frozenset({"disertasi", "doctoral", "doctorate", "doktor", "phd", "s3", "dphil"})),
    (TESIS, frozenset({"tesis", "master", "masters", "magister", "s2", "msc", "ma"})),
    (SKRIPSI, frozenset({"skripsi", "bachelor", "bachelors", "undergraduate", "sarjana", "s1"})),
)
_TYPE_FIELDS = ("M3", "M1", "type", "%9", "work-type", "genre", "PT", "DT", "document type", "thesis type")


class ReportType(msgspec.Struct, frozen=True):
    """A type of report ("" unknown), and the words of the record that say so."""

    type: str
    why: Message


def report_type(record: Record) -> ReportType:
    """The type of report that a record's own fields tell, with the evidence."""
    type_, told = _of_kind(record.kind), record.kind
    if not type_:
        further = [value for key in _TYPE_FIELDS for value in record.extra.get(key, ())]
        type_, told = next(((found, value) for value in further if (found := _of_kind(value))), ("", record.kind))
    if type_ in ("", THESIS):
        degree, where = _degree(record, theses_only=not type_)
        type_, told = (degree, where) if degree else (type_, told)
    if not type_:
        return ReportType("", message("The export tells no type that is known: '{told}'.", told=record.kind))
    return ReportType(type_, message("The export tells the type '{told}'.", told=told))


def _of_kind(kind: str) -> str:
    """The type that an export's own word stands for; "" where it is not known."""
    key = "".join(letter for letter in fold(kind) if letter.isalnum() or letter == "-")
    return _BY_KIND.get(key) or _BY_KIND.get(key.replace("-", ""), "")


def _degree(record: Record, theses_only: bool) -> tuple[str, str]:
    """The degree that a thesis is for, and the words that tell it. A record of unknown type is a thesis only by the
    Indonesian words themselves."""
    told = [record.kind, *(value for key in _TYPE_FIELDS for value in record.extra.get(key, ())), record.venue]
    for value in told:
        found = frozenset(words(value.replace("'", "")))
        for type_, names in _DEGREES:
            if found & (names & {type_} if theses_only else names):
                return type_, value
    return "", ""
