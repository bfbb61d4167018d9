"""Small reviews with a few judgments, for tests of packs and merges."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from litreview.documents.anchored import write_anchored
from litreview.ledger import Judgment, append, make_judgment
from litreview.review import Review
from tests.text_making import PROSE, frozen_of, judged, make_document

PROTOCOL = """format: 1
title: {{id: {title}}}
people:
  - {{id: ani}}
  - {{id: budi}}
"""
DOCUMENT = make_document(PROSE)
FROZEN = frozen_of(DOCUMENT)


def make_review(folder: Path, title: str = "Tinjauan") -> Review:
    """A review without any file in its corpus."""
    (folder / "corpus").mkdir(parents=True)
    (folder / "review.yaml").write_text(PROTOCOL.format(title=title), encoding="utf-8")
    return Review.open(folder, "en")


def decision(person: str = "ani", device: str = "laptop", target: str = "rec-1", **more: Any) -> Judgment:
    """A decision on a record."""
    body = {"target": target, "stage": "title-abstract", "decision": "include", **more}
    return make_judgment(person, device, "decision", body)


def code(review: Review, *words: str, person: str = "ani") -> tuple[Judgment, ...]:
    """Codings of the one document of these tests, whose text is frozen with them."""
    judgments = [judged(DOCUMENT, one, person) for one in words]
    return write_anchored(review.judgments, judgments, {DOCUMENT.report: FROZEN})


def put(review: Review, *judgments: Judgment) -> tuple[Judgment, ...]:
    """Append judgments to a review."""
    append(review.judgments, judgments)
    return judgments


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by POSIX name."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
