"""What each kind of judgment says: the body of its line, a struct for each kind.

Keys that a struct does not know are kept in the line and do no harm; a missing key or another type is a fault. Ids name
records, reports, studies, codes, files (by path or SHA-256) or judgments. `protocol` and `codebook` are the hashes of
the versions under which a judgment was made; `round` names the round of coding. A text in two languages is `{id, en}`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from litreview.anchors import Anchor

Text = Annotated[str, Meta(min_length=1)]
Texts = Annotated[tuple[Text, ...], Meta(min_length=1)]
Two = Annotated[tuple[Text, ...], Meta(min_length=2)]
Value = str | int | float | bool | tuple[str, ...] | None
TwoLanguages = str | dict[str, str]
Screening = Literal["title-abstract", "full-text"]
Stage = Literal["coding", "title-abstract", "full-text"]
Said = Literal["include", "exclude", "maybe"]
Stance = Literal["supports", "contradicts", "mixed"]
Voice = Literal["participant", "author", "cited", "theory", "recommendation"]
Concern = Literal["", "none", "minor", "moderate", "serious"]


class Body(Struct, frozen=True):
    """What is said; its class names the kind."""


class Decision(Body, frozen=True):
    """A record or report goes on, goes no further (with the criterion or reason), or is left open, at a stage.
    `informed`: in the place of an earlier decision, in the knowledge of what others decided."""

    target: Text
    stage: Screening
    decision: Said
    reason: str = ""
    protocol: str = ""
    informed: bool = False


class VerdictOverride(Body, frozen=True):
    """A person's word on a criterion, in the place of the machine's."""

    target: Text
    criterion: Text
    state: Literal["met", "unmet", "unclear"]
    reason: str = ""
    protocol: str = ""


class Duplicate(Body, frozen=True):
    """Records that are one (join), or are not (split)."""

    records: Two
    reason: str = ""


class Link(Body, frozen=True):
    """What belongs together: record and report, study and report, file and report, or reports of one study; `apart`
    keeps them apart."""

    reports: tuple[Text, ...] = ()
    record: str = ""
    report: str = ""
    study: str = ""
    file: str = ""
    apart: bool = False
    reason: str = ""

    def __post_init__(self) -> None:
        if len(self.reports) < 2 and not (self.report and (self.record or self.study or self.file)):
            raise ValueError("a link names two or more reports, or a report with its record, study or file")


class RecordEdit(Body, frozen=True):
    """Fields of a record as a person corrected them."""

    record: Text
    fields: Annotated[dict[str, Value], Meta(min_length=1)]
    reason: str = ""


class Retrieval(Body, frozen=True):
    """How the search for a report's file went."""

    target: Text
    status: Literal["sought", "retrieved", "not-retrieved"]
    how: str = ""
    reason: str = ""


class Search(Body, frozen=True):
    """A search as it was made: where, with which words, on which day, with how many hits, in which file."""

    database: Text
    query: Text
    date: Text
    interface: str = ""
    limits: str = ""
    hits: int | None = None
    exported: int | None = None
    file: str = ""


class Coding(Body, frozen=True):
    """A passage under a code. `informed`: in the place of an earlier coding, in the knowledge of what others coded."""

    report: Text
    anchor: Anchor
    code: Text
    stance: Stance = "supports"
    voice: Voice | Literal[""] = ""
    attributes: dict[str, str] = {}
    origin: Literal["unaided", "accepted", "changed", "imported"] = "unaided"
    suggestions_visible: bool = False
    informed: bool = False
    memo: str = ""
    round: str = ""
    codebook: str = ""


class SuggestionResponse(Body, frozen=True):
    """What a person said of a suggestion, with the whole suggestion: suggestions live in the index only."""

    report: Text
    anchor: Anchor
    code: Text
    response: Literal["accepted", "changed", "rejected"]
    stance: Stance = "supports"
    voice: Voice | Literal[""] = ""
    suggester: str = ""
    cue: str = ""
    score: float | None = None
    coding: str = ""
    round: str = ""
    codebook: str = ""


class Memo(Body, frozen=True):
    """A note on the review (no target) or on what the target names; on a passage by its anchor."""

    text: Text
    type: Literal["analytic", "methodological", "reflexive"] = "analytic"
    target: str = ""
    report: str = ""
    anchor: Anchor | None = None


class Comment(Body, frozen=True):
    """A word of one person to another on a judgment, passage or record."""

    target: Text
    text: Text


class Extraction(Body, frozen=True):
    """A value taken from a study, with the passage that shows it."""

    target: Text
    field: Text
    value: Value
    report: str = ""
    anchor: Anchor | None = None
    reason: str = ""


class Translation(Body, frozen=True):
    """A passage in another language, by whom, and checked by whom."""

    report: Text
    anchor: Anchor
    language: Text
    text: Text
    translator: str = ""
    checked_by: str = ""


class VoiceSet(Body, frozen=True):
    """Whose words a stretch of a report is."""

    report: Text
    anchor: Anchor
    voice: Voice


class Proposition(Body, frozen=True):
    """That one code leads to another, in the study's own words, or does not."""

    report: Text
    anchor: Anchor
    source: Text
    target: Text
    label: TwoLanguages
    stance: Stance = "supports"
    voice: Voice | Literal[""] = ""


class Finding(Body, frozen=True):
    """A finding of the synthesis, with the confidence in it as GRADE-CERQual asks for it."""

    text: TwoLanguages
    codes: tuple[str, ...] = ()
    studies: tuple[str, ...] = ()
    limitations: Concern = ""
    coherence: Concern = ""
    adequacy: Concern = ""
    relevance: Concern = ""
    confidence: Literal["", "high", "moderate", "low", "very-low"] = ""
    reason: str = ""


class Appraisal(Body, frozen=True):
    """A study's quality by a named tool: an answer to each item."""

    target: Text
    tool: Text
    answers: dict[str, str]
    overall: str = ""
    reason: str = ""


class Pin(Body, frozen=True):
    """Where a person put a node of the map, in points."""

    target: Text
    x: float
    y: float


class Layout(Body, frozen=True):
    """How a picture or table is set out."""

    target: Text
    settings: dict[str, Any]


class TextBlock(Body, frozen=True):
    """The author's own text at a place of the report."""

    place: Text
    text: TwoLanguages


class Assignment(Body, frozen=True):
    """Who judges what; `double`: each target by two, without seeing each other."""

    stage: Stage
    targets: Texts
    people: Texts
    round: str = ""
    double: bool = False


class Adjudication(Body, frozen=True):
    """What settles a difference. `target`: the judgments, or the record or report (with the stage) that they are on.
    Without decision and code: not coded."""

    target: Text | Texts
    stage: Stage | Literal[""] = ""
    decision: Said | Literal[""] = ""
    code: str = ""
    stance: Stance | Literal[""] = ""
    voice: Voice | Literal[""] = ""
    anchor: Anchor | None = None
    reason: str = ""
    protocol: str = ""
    codebook: str = ""


class MainStudies(Body, frozen=True):
    """The set of main studies that a person confirms."""

    studies: Texts
    reason: Text
    protocol: str = ""


class PageNumbers(Body, frozen=True):
    """The printed number of pages of a file; pages of the PDF count from 1. A page that is not named has no number."""

    file: Text
    printed: dict[int, str]
    sha256: str = ""


class Masking(Body, frozen=True):
    """A name that outputs do not show: everywhere, or at one place of a report."""

    text: Text
    mask: str = ""
    report: str = ""
    anchor: Anchor | None = None


class Completion(Body, frozen=True):
    """That a person has finished with something, or has not after all."""

    target: Text
    stage: Stage
    done: bool = True
    round: str = ""


class TextUpgrade(Body, frozen=True):
    """Another extraction of a report's text, accepted in the place of the frozen one; both by hash. `over`: earlier
    upgrades that this one settles."""

    report: Text
    old: Text
    new: Text
    text_hash: str = ""
    reader: str = ""
    over: tuple[str, ...] = ()


class ProtocolVersion(Body, frozen=True, rename={"earlier": "from"}):
    """A change of the protocol, from version to version by hash; why, and what changed."""

    to: Text
    earlier: str = ""
    changes: tuple[Any, ...] = ()
    reason: str = ""


class CodebookVersion(Body, frozen=True, rename={"earlier": "from"}):
    """A change of the codebook, from version to version by hash, with the map of old codes to new (none: retired;
    several: split)."""

    map: dict[str, str | tuple[str, ...] | None] = {}
    to: str = ""
    earlier: str = ""
    changes: tuple[Any, ...] = ()
    reason: str = ""


class Retraction(Body, frozen=True):
    """A judgment of one's own, taken back; `step` tells an undo and its redo from other retractions."""

    judgment: Text
    reason: str = ""
    step: Literal["", "undo", "redo"] = ""


BODIES: dict[str, type[Body]] = {
    "decision": Decision,
    "verdict-override": VerdictOverride,
    "duplicate-split": Duplicate,
    "duplicate-join": Duplicate,
    "link": Link,
    "record-edit": RecordEdit,
    "retrieval": Retrieval,
    "search": Search,
    "coding": Coding,
    "suggestion-response": SuggestionResponse,
    "memo": Memo,
    "comment": Comment,
    "extraction": Extraction,
    "translation": Translation,
    "voice": VoiceSet,
    "proposition": Proposition,
    "finding": Finding,
    "appraisal": Appraisal,
    "pin": Pin,
    "layout": Layout,
    "text-block": TextBlock,
    "assignment": Assignment,
    "adjudication": Adjudication,
    "main-studies": MainStudies,
    "page-numbers": PageNumbers,
    "masking": Masking,
    "completion": Completion,
    "text-upgrade": TextUpgrade,
    "protocol-version": ProtocolVersion,
    "codebook-version": CodebookVersion,
    "retraction": Retraction,
}
KINDS = tuple(BODIES)
