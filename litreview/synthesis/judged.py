"""Memos, and the differences between persons with how they were settled, gathered from the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from litreview.coding.model import Codebook
from litreview.documents.model import Document
from litreview.ledger import Judgment, Ledger
from litreview.synthesis.codings import overlaps, place_anchor, targets
from litreview.synthesis.model import Memo, Settled


def gather_memos(ledger: Ledger) -> tuple[Memo, ...]:
    """The memos that stand, in order of id. Body: {"target", "type", "text"}."""
    return tuple(
        Memo(
            person=j.person,
            at=j.at,
            kind=str(j.body.get("type") or j.body.get("kind") or "analytic"),
            target=str(j.body.get("target", "")),
            text=str(j.body.get("text", "")),
        )
        for j in ledger.of_kind("memo")
    )


def gather_conflicts(
    ledger: Ledger, documents: Mapping[str, Document], codebook: Codebook, names: Mapping[str, str]
) -> tuple[Settled, ...]:
    """Where persons differ, on decisions first, then on codings; settled or open. `names` says how a report or record
    is named to people; what it lacks is told by id.

    On codings persons differ where they gave the same words the same code with another stance, and wherever an
    adjudication says that they did.
    """
    return (*_decision_conflicts(ledger, names), *_coding_conflicts(ledger, documents, codebook, names))


def _decision_conflicts(ledger: Ledger, names: Mapping[str, str]) -> list[Settled]:
    groups: dict[tuple[str, str], list[Judgment]] = {}
    for judgment in ledger.of_kind("decision"):
        groups.setdefault((_text(judgment, "target"), _text(judgment, "stage")), []).append(judgment)
    found = []
    for (target, stage), decisions in groups.items():
        settled = _settling(ledger, [j.id for j in decisions], target, stage)
        if len({_text(j, "decision") for j in decisions}) > 1 or settled:
            about = f"{names.get(target, target)} – {stage}" if stage else names.get(target, target)
            said = tuple((j.person, _text(j, "decision")) for j in decisions)
            found.append(_settled(about, said, settled, _text(settled, "decision") if settled else ""))
    return found


def _coding_conflicts(ledger: Ledger, documents: Mapping[str, Document], codebook: Codebook,
                      names: Mapping[str, str]) -> list[Settled]:  # fmt: skip
    every = {j.id: j for j in ledger.judgments if j.kind == "coding"}
    found = []
    told: set[str] = set()
    for judgment in ledger.of_kind("adjudication"):
        first = [every[t] for t in targets(judgment) if t in every]
        if first:
            told.update(j.id for j in first)
            found.append(_settled(_about(first[0], names), _said(first, codebook), judgment,
                                  _coded(judgment, codebook)))  # fmt: skip
    open_ = [j for j in ledger.of_kind("coding") if j.id not in told]
    placed = [(j, where) for j in open_ if (where := place_anchor(j.body, documents)) is not None]
    for number, (one, where) in enumerate(placed):
        for other, there in placed[number + 1 :]:
            if _differ(one, other) and where[0] == there[0] and overlaps(*where[1:], *there[1:]):
                found.append(_settled(_about(one, names), _said([one, other], codebook), None, ""))
    return found


def _differ(one: Judgment, other: Judgment) -> bool:
    alike = one.body.get("code") == other.body.get("code")
    return one.person != other.person and alike and _stance(one) != _stance(other)


def _settling(ledger: Ledger, ids: Sequence[str], target: str, stage: str) -> Judgment | None:
    """The adjudication that names one of these decisions, or the same target and stage."""
    for judgment in ledger.of_kind("adjudication"):
        named = targets(judgment)
        same = target in named and _text(judgment, "stage") in ("", stage)
        if same or any(id_ in named for id_ in ids):
            return judgment
    return None


def _settled(about: str, said: Iterable[tuple[str, str]], by: Judgment | None, outcome: str) -> Settled:
    reason = _text(by, "reason") if by else ""
    return Settled(about, tuple(said), by.person if by else "", outcome, reason)


def _about(judgment: Judgment, names: Mapping[str, str]) -> str:
    anchor = judgment.body.get("anchor")
    quote = " ".join(str(anchor.get("quote", "")).split()) if isinstance(anchor, dict) else ""
    short = quote if len(quote) <= 160 else quote[:157].rsplit(" ", 1)[0] + " …"
    report = _text(judgment, "report")
    return f"{names.get(report, report)}: “{short}”"


def _said(judgments: Iterable[Judgment], codebook: Codebook) -> tuple[tuple[str, str], ...]:
    return tuple((j.person, _coded(j, codebook)) for j in judgments)


def _coded(judgment: Judgment, codebook: Codebook) -> str:
    """A coding as `code (stance)`; empty where the outcome is that nothing is coded."""
    code = _text(judgment, "code")
    return f"{code} ({_stance(judgment)})" if code else ""


def _stance(judgment: Judgment) -> str:
    return _text(judgment, "stance") or "supports"


def _text(judgment: Judgment, key: str) -> str:
    return str(judgment.body.get(key, "") or "")
