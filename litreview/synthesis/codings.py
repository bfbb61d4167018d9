"""Persons' codings as they stand: read from the ledger, found again in the text, settled by adjudication.

Bodies of the judgments read here:

    coding               {"report", "anchor", "code", "stance", "voice"?, "attributes"?, "origin", "round"?,
                          "codebook"?}
    adjudication         {"target": coding id or ids, "code", "stance", "anchor"?, "voice"?, "reason"?, "codebook"?};
                         no code: none
    suggestion-response  {"report", "anchor", "code", "response": "rejected"}
    voice                {"report", "anchor", "voice"}
    codebook-version     see `coding.lineage`
    proposition          {"report", "anchor", "source", "target", "label", "stance"}
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import msgspec

from litreview.coding.lineage import Followed, Lineage
from litreview.coding.model import STANCES, VOICES, Codebook
from litreview.documents.anchored import anchor_of, place_in
from litreview.documents.model import Document
from litreview.errors import Message, message
from litreview.ledger import Judgment, Ledger
from litreview.protocol import CODING
from litreview.synthesis.model import LookAgain, Orphan
from litreview.teamwork.blind import as_first_said


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
    placed: tuple[Coded, ...] = ()  # each person's own as they stand, also what an adjudication settled later
    first: tuple[Coded, ...] = ()  # the same as first said, before anybody knew what others had coded
    look_again: tuple[LookAgain, ...] = ()


class _Reader:
    """Places codings in the texts, by today's codes; keeps what cannot be placed."""

    def __init__(self, ledger: Ledger, documents: Mapping[str, Document], codebook: Codebook) -> None:
        self.lineage = Lineage(ledger.standing, codebook.hash, codebook.codes)
        self.documents = documents
        self.orphans: list[Orphan] = []

    def place(self, judgment: Judgment, body: Mapping[str, Any]) -> Coded | None:
        """A coding at its place with its code of today; None where it has none. `codings_to_look_at` tells of those
        that were split."""
        code = str(body.get("code", ""))
        followed = self.lineage.follow(code, str(body.get("codebook") or ""))
        if followed.split:
            return None
        why = why_unplaced(code, followed, self.lineage.codes)
        where = place_anchor(body, self.documents) if why is None else None
        if where is None:
            readable = str(body.get("report", "")) in self.documents
            told = followed.codes[0] if followed.codes else code
            self.orphans.append(make_orphan(judgment, told, why or not_found(readable)))
            return None
        return _coded(judgment, body, followed.codes[0], where)


def read_codings(ledger: Ledger, documents: Mapping[str, Document], codebook: Codebook) -> Codings:
    """The codings of a ledger. Nothing is dropped in silence: what cannot be placed is an orphan, or to be looked at
    again."""
    reader = _Reader(ledger, documents, codebook)
    every = {one.id: reader.place(one, one.body) for one in ledger.of_kind("coding")}
    placed = {id_: coded for id_, coded in every.items() if coded is not None}
    outcomes = [found for one, body in _outcomes(ledger) if (found := reader.place(one, body)) is not None]
    orphans = tuple(reader.orphans)
    responses = [j for j in ledger.of_kind("suggestion-response") if _says_no(j)]
    rejected = [coded for j in responses if (coded := reader.place(j, j.body)) is not None]
    settled = _settled(ledger)
    return Codings(
        standing=(*(c for id_, c in placed.items() if id_ not in settled), *outcomes),
        judged=tuple(Stretch(c.report, c.start, c.end, c.code) for c in (*placed.values(), *outcomes, *rejected)),
        voices=tuple(_voices(ledger, documents)),
        orphans=orphans,
        placed=tuple(placed.values()),
        first=_first(ledger, placed, documents, codebook),
        look_again=codings_to_look_at(ledger, codebook),
    )


def _first(
    ledger: Ledger, placed: Mapping[str, Coded], documents: Mapping[str, Document], codebook: Codebook
) -> tuple[Coded, ...]:
    """The codings as their persons first said them: see `teamwork.blind.as_first_said`."""
    by_id = {one.id: one for one in ledger.judgments if one.kind == "coding"}
    reader = _Reader(ledger, documents, codebook)
    found = []
    for one in ledger.of_kind("coding"):
        first = as_first_said(one, by_id)
        found.append(placed.get(one.id) if first is one else reader.place(first, first.body))
    return tuple(coded for coded in found if coded is not None)


def codings_to_look_at(ledger: Ledger, codebook: Codebook) -> tuple[LookAgain, ...]:
    """Codings, and outcomes of adjudications, whose code was split and nobody has chosen, or was redefined since. A new
    coding in its place, made under today's codebook, or an adjudication takes a coding from the list."""
    lineage = Lineage(ledger.standing, codebook.hash, codebook.codes)
    settled = _settled(ledger)
    codings = [(one, one.body) for one in ledger.of_kind("coding") if one.id not in settled]
    found = []
    for judgment, body in (*codings, *_outcomes(ledger)):
        code = str(body.get("code", ""))
        followed = lineage.follow(code, str(body.get("codebook") or ""))
        why = why_unplaced(code, followed, lineage.codes) if followed.split else _redefined(followed)
        if why is not None:
            report = str(body.get("report", ""))
            found.append(LookAgain(judgment.id, judgment.person, CODING, report, quote_of(body), why, followed.codes))
    return tuple(found)


def _redefined(followed: Followed) -> Message | None:
    if not followed.redefined:
        return None
    return message("The code {code} was redefined after this was coded.", code=followed.codes[0])


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
    target = judgment.body.get("target")
    if isinstance(target, str):
        return (target,)
    return tuple(str(t) for t in target if t) if isinstance(target, (list, tuple)) else ()


def _coded(judgment: Judgment, body: Mapping[str, Any], code: str, where: tuple[str, int, int]) -> Coded:
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


def why_unplaced(code: str, followed: Followed, known: Collection[str]) -> Message | None:
    """Why a coding has no code of today: split and nobody has chosen, retired, or unknown; None where it has one."""
    if followed.split:
        codes = ", ".join(followed.codes)
        return message("The code {code} was split into {codes}; choose one.", code=code, codes=codes)
    if not followed.codes:
        return message("The code {code} was retired.", code=code)
    return None if followed.codes[0] in known else unknown_code(followed.codes[0])


def quote_of(body: Mapping[str, Any]) -> str:
    """The words of a body's anchor."""
    anchor = body.get("anchor")
    return str(anchor.get("quote", "")) if isinstance(anchor, dict) else ""


def make_orphan(judgment: Judgment, code: str, why: Message) -> Orphan:
    """What is told of a judgment on a passage that cannot be shown."""
    body = judgment.body
    return Orphan(judgment.id, judgment.person, str(body.get("report", "")), code, quote_of(body), why)


def unknown_code(code: str) -> Message:
    """Said of a code that the codebook lacks."""
    return message("The codebook has no code {code}. Put it back, or say which code took its place.", code=code)


def not_found(readable: bool) -> Message:
    """Said of words that have no place: in a report that is at hand, or in one that is not."""
    if readable:
        return message("Its words were not found again in the text, or stand there more than once. Code it anew.")
    return message("The report it was made on is not in the corpus, or could not be read.")


def _settled(ledger: Ledger) -> set[str]:
    """Ids of the codings that adjudications settle."""
    codings = {j.id for j in ledger.judgments if j.kind == "coding"}
    return {id_ for one in ledger.of_kind("adjudication") for id_ in targets(one) if id_ in codings}


def _outcomes(ledger: Ledger) -> list[tuple[Judgment, dict[str, Any]]]:
    """What adjudications put in the place of codings: each with a body made whole by the coding most like it."""
    every = {j.id: j for j in ledger.judgments if j.kind == "coding"}
    found = []
    for judgment in ledger.of_kind("adjudication"):
        first = [every[id_] for id_ in targets(judgment) if id_ in every]
        if first and judgment.body.get("code"):  # without a code it is settled as: not coded
            said = {k: v for k, v in judgment.body.items() if v not in (None, "")}
            found.append((judgment, {**_like(first, judgment), "codebook": "", **said}))
    return found


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
