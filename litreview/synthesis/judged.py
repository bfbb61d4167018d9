"""Memos, gathered from the ledger."""

from __future__ import annotations

from litreview.ledger import Ledger
from litreview.synthesis.model import Memo


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
