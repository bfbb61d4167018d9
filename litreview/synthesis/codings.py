"""Persons' codings as they stand: read from the ledger, found again in the text, settled by adjudication.

Bodies of the judgments read here:

    coding               {"report", "anchor", "code", "stance", "voice"?, "attributes"?, "origin", "round"?,
                          "codebook"?}
    adjudication         {"target": coding id or ids, "code", "stance", "anchor"?, "voice"?, "reason"?}; no code: none
    suggestion-response  {"report", "anchor", "code", "response": "rejected"}
    voice                {"report", "anchor", "voice"}
    codebook-version     {"map": {old code: new code}}
    proposition          {"report", "anchor", "source", "target", "label", "stance"}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from litreview.coding.model import STANCES, VOICES, Codebook
from litreview.documents.anchored import anchor_of, place_in
from litreview.documents.model import Document
from litreview.errors import Message, message
from litreview.ledger import Judgment, Ledger
from litreview.synthesis.model import Orphan


class Coded(msgspec.Struct, frozen=True):
    """A person's coding at its place; offsets in the report's text. `voice` is empty where the person named none."""

    judgment: str
    person: str
    report: str
    code: str
    stance: str
    voice: str
    origin: str
    start: int
    end: int
    attributes: dict[str, str] = {}
    round: str = ""
    codebook: str = ""  # hash of the version it was made under


class Stretch(msgspec.Struct, frozen=True):
    """A stretch of a report about which a person said something: a code (judged already) or a voice."""

    report: str
    start: int
    end: int
    value: str


class Codings(msgspec.Struct, frozen=True):
    """Codings that stand, the stretches by code on which persons have judged, voices set by persons, and orphans."""

    standing: tuple[Coded, ...] = ()
    judged: tuple[Stretch, ...] = ()
    voices: tuple[Stretch, ...] = ()
    orphans: tuple[Orphan, ...] = ()
    first: tuple[Coded, ...] = ()  # as persons first coded, also what an adjudication settled later


def read_codings(ledger: Ledger, documents: Mapping[str, Document], codebook: Codebook) -> Codings:
    """The codings of a ledger. Nothing is dropped in silence: what cannot be placed is an orphan."""
    renamed = _renamed(ledger)
    known = set(codebook.codes)
    placed: dict[str, Coded] = {}
    orphans: list[Orphan] = []
    for judgment in ledger.of_kind("coding"):
        found = _place(judgment, judgment.body, documents, known, renamed)
        if isinstance(found, Orphan):
            orphans.append(found)
        else:
            placed[judgment.id] = found
    settled, outcomes, lost = _adjudicate(ledger, placed, documents, known, renamed)
    responses = [j for j in ledger.of_kind("suggestion-response") if _says_no(j)]
    rejected = [_place(j, j.body, documents, known, renamed) for j in responses]
    judged = [*placed.values(), *outcomes, *(r for r in rejected if isinstance(r, Coded))]
    return Codings(
        standing=(*(c for id_, c in placed.items() if id_ not in settled), *outcomes),
        judged=tuple(Stretch(c.report, c.start, c.end, c.code) for c in judged),
        voices=tuple(_voices(ledger, documents)),
        orphans=(*orphans, *lost),
        first=tuple(placed.values()),
    )


def place_anchor(body: Mapping[str, Any], documents: Mapping[str, Document]) -> tuple[str, int, int] | None:
    """Report and offsets of a body's anchor, or None when it is damaged or does not stand in the text."""
    document, anchor = documents.get(str(body.get("report", ""))), anchor_of(body)
    if document is None or anchor is None:
        return None
    found = place_in(document, anchor)
    return (document.report, *found) if found and found[0] < found[1] else None


def overlaps(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Whether two half-open stretches share a character."""
    return start < other_end and other_start < end


def targets(judgment: Judgment) -> tuple[str, ...]:
    """What an adjudication settles: `target`, one id or a list of them."""
    target = judgment.body.get("target", ())
    return (target,) if isinstance(target, str) else tuple(str(t) for t in target if t)


def _place(
    judgment: Judgment,
    body: Mapping[str, Any],
    documents: Mapping[str, Document],
    known: set[str],
    renamed: Mapping[str, str],
) -> Coded | Orphan:
    code = str(body.get("code", ""))
    code = code if code in known else renamed.get(code, code)
    where = place_anchor(body, documents)
    if code not in known:
        return make_orphan(judgment, code, unknown_code(code))
    if where is None:
        return make_orphan(judgment, code, not_found(str(body.get("report", "")) in documents))
    report, start, end = where
    stance, voice = str(body.get("stance", "")), str(body.get("voice") or "")
    attributes = body.get("attributes") if isinstance(body.get("attributes"), dict) else {}
    return Coded(
        judgment=judgment.id,
        person=judgment.person,
        report=report,
        code=code,
        stance=stance if stance in STANCES else "supports",
        voice=voice if voice in VOICES else "",
        origin=str(body.get("origin", "unaided")),
        start=start,
        end=end,
        attributes={str(k): str(v) for k, v in (attributes or {}).items()},
        round=str(body.get("round") or ""),
        codebook=str(body.get("codebook") or ""),
    )


def make_orphan(judgment: Judgment, code: str, why: Message) -> Orphan:
    """What is told of a judgment on a passage that cannot be shown."""
    anchor = judgment.body.get("anchor")
    quote = str(anchor.get("quote", "")) if isinstance(anchor, dict) else ""
    return Orphan(judgment.id, judgment.person, str(judgment.body.get("report", "")), code, quote, why)


def unknown_code(code: str) -> Message:
    """Said of a code that the codebook lacks."""
    return message("The codebook has no code {code}. Put it back, or say which code took its place.", code=code)


def not_found(readable: bool) -> Message:
    """Said of words that have no place: in a report that is at hand, or in one that is not."""
    if readable:
        return message("Its words were not found again in the text, or stand there more than once. Code it anew.")
    return message("The report it was made on is not in the corpus, or could not be read.")


def _adjudicate(
    ledger: Ledger,
    placed: Mapping[str, Coded],
    documents: Mapping[str, Document],
    known: set[str],
    renamed: Mapping[str, str],
) -> tuple[set[str], list[Coded], list[Orphan]]:
    """Ids of codings that are settled, the codings that stand in their place, and outcomes that cannot be placed."""
    every = {j.id: j for j in ledger.judgments if j.kind == "coding"}
    settled: set[str] = set()
    outcomes: list[Coded] = []
    lost: list[Orphan] = []
    for judgment in ledger.of_kind("adjudication"):
        first = [every[t] for t in targets(judgment) if t in every]
        if not first:
            continue  # about something else than codings
        settled.update(j.id for j in first)
        if not judgment.body.get("code"):
            continue  # settled as: not coded
        body = {**_like(first, judgment), **{k: v for k, v in judgment.body.items() if v not in (None, "")}}
        found = _place(judgment, body, documents, known, renamed)
        if isinstance(found, Orphan):
            lost.append(found)
        else:
            outcomes.append(found)
    return settled & set(placed), outcomes, lost


def _like(first: list[Judgment], judgment: Judgment) -> dict[str, Any]:
    """The body of the settled coding that is most like the outcome (same code and stance, else the first)."""
    wanted = (judgment.body.get("code"), judgment.body.get("stance"))
    same = [j for j in first if (j.body.get("code"), j.body.get("stance")) == wanted]
    return dict((same or first)[0].body)


def _says_no(judgment: Judgment) -> bool:
    return str(judgment.body.get("response", "")) in ("reject", "rejected")


def _voices(ledger: Ledger, documents: Mapping[str, Document]) -> Iterator[Stretch]:
    for judgment in ledger.of_kind("voice"):
        where = place_anchor(judgment.body, documents)
        voice = str(judgment.body.get("voice", ""))
        if where is not None and voice in VOICES:
            yield Stretch(*where, voice)


def _renamed(ledger: Ledger) -> dict[str, str]:
    """Old code → the code that took its place, through every version; a circle leads nowhere."""
    steps: dict[str, str] = {}
    for judgment in ledger.of_kind("codebook-version"):
        mapped = judgment.body.get("map")
        if isinstance(mapped, dict):
            steps.update({str(old): str(new) for old, new in mapped.items() if new})
    return {old: _end(old, steps) for old in steps}


def _end(code: str, steps: Mapping[str, str]) -> str:
    seen = {code}
    while code in steps and steps[code] not in seen:
        code = steps[code]
        seen.add(code)
    return code
