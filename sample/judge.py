"""Make the sample's ledger: judgments of invented people, with the same ids and dates each time.

Run as `python -m sample.judge` after `python -m sample.build`; it reads the built PDFs as the package reads them, so
that each coding has its anchor.
"""

from __future__ import annotations

import hashlib
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from litreview.anchors import Anchor
from litreview.documents.anchored import anchor_body, anchor_in, has_anchor, write_anchored
from litreview.documents.frozen import FrozenText, freeze, thaw
from litreview.documents.model import Document
from litreview.documents.read import ReadJob, read_report
from litreview.files import hash_file, posix
from litreview.ledger import Judgment, append
from litreview.pipeline.reading import Report, find_reports
from litreview.pipeline.scan import CorpusFile
from litreview.protocol import Source

ROOT = Path(__file__).resolve().parent.parent
BEGIN = datetime(2024, 3, 4, 8, 0, tzinfo=UTC)
DEVICES = {"coder-a": "sampela1", "coder-b": "sampleb1", "lead": "samplel1"}


class Judging:
    """Makes judgments one after another, a minute apart, with ids drawn from their number."""

    def __init__(self) -> None:
        self.made: list[Judgment] = []

    def add(self, person: str, kind: str, body: dict[str, Any]) -> str:
        """Add a judgment; its id."""
        at = BEGIN + timedelta(minutes=len(self.made))
        judgment = Judgment(
            _identity(at, len(self.made)), at.isoformat(timespec="milliseconds"), person, DEVICES[person], kind, body
        )
        self.made.append(judgment)
        return judgment.id


def _identity(at: datetime, number: int) -> str:
    """A UUID of version 7 with a fixed date and digits from a hash."""
    noise = int.from_bytes(hashlib.sha256(f"sample {number}".encode()).digest()[:10], "big")
    value = (int(at.timestamp() * 1000) << 80) | noise
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return str(uuid.UUID(int=value))


class Corpus:
    """The built corpus as the package reads it: reports and documents by the key of their text."""

    def __init__(self, root: Path, keys: dict[str, str]) -> None:
        paths = sorted((root / "corpus").rglob("*.pdf"))
        files = [CorpusFile(posix(p, root), hash_file(p), Source(posix(p, root))) for p in paths]
        by_file = {file.path: report for report in find_reports(files) for file in report.files}
        self.reports: dict[str, Report] = {key: by_file[path] for key, path in keys.items()}
        self.texts: dict[str, FrozenText] = {}
        self._root = root
        self._documents: dict[str, Document] = {}

    def document(self, key: str) -> Document:
        """The document of a text as it is frozen, read once."""
        if key not in self._documents:
            report = self.reports[key]
            document = read_report(ReadJob(str(self._root), report.id, tuple(f.path for f in report.files))).document
            if document is None:
                raise ValueError(f"{key} cannot be read")
            self.texts[report.id] = freeze(document, [file.sha256 for file in report.files])
            self._documents[key] = thaw(self.texts[report.id])
        return self._documents[key]

    def anchor(self, key: str, begins: str) -> Anchor:
        """Anchor the sentence of a text that begins with some words."""
        document = self.document(key)
        starts = [s for s in document.sentences if begins in document.text[s.start : s.start + len(begins) + 4]]
        if len(starts) != 1:
            raise ValueError(f"{key}: {len(starts)} sentences begin with {begins!r}")
        start, end = starts[0].start, starts[0].end
        while not document.text[start].isalnum():
            start += 1
        return anchor_in(document, start, end)


def judge(root: Path, keys: dict[str, str]) -> tuple[list[Judgment], dict[str, FrozenText]]:
    """All judgments of `judgments.yaml`, and the texts of their passages by report; `keys` gives each text's (first)
    PDF."""
    plan = YAML(typ="safe").load((Path(__file__).parent / "judgments.yaml").read_text(encoding="utf-8"))
    corpus, judging = Corpus(root, keys), Judging()
    for row in plan["decisions"]:
        _decide(row, corpus, judging)
    for row in plan["links"]:
        body = {"reports": [corpus.reports[key].id for key in row["texts"]], "reason": row["reason"]}
        judging.add(row["by"], "link", body)
    for row in plan["codings"]:
        _code(row, corpus, judging)
    for row in plan["propositions"]:
        anchor = anchor_body(corpus.anchor(row["text"], row["begins"]))
        body = {"report": corpus.reports[row["text"]].id, "anchor": anchor, "stance": "supports"}
        judging.add(row["by"], "proposition", {**body, **{k: row[k] for k in ("source", "target", "label")}})
    for row in plan["memos"]:
        target = corpus.reports[row["target"]].id if row["target"] in corpus.reports else row["target"]
        judging.add(row["person"], "memo", {"type": row["type"], "target": target, "text": row["text"]})
    return judging.made, corpus.texts


def write(folder: Path, judgments: Iterable[Judgment], texts: Mapping[str, FrozenText]) -> None:
    """Write a ledger: those on passages by way of their texts, in the order of the judgments of each person."""
    for judgment in judgments:
        if has_anchor(judgment):
            write_anchored(folder, [judgment], texts)
        else:
            append(folder, [judgment])


def _decide(row: dict[str, Any], corpus: Corpus, judging: Judging) -> None:
    target = {"target": corpus.reports[row["text"]].id, "stage": row["stage"]}
    for person, decision in row["by"].items():
        reason = row.get("reasons", {}).get(person, "")
        judging.add(person, "decision", {**target, "decision": decision, "reason": reason})
    if "settled" in row:
        judging.add("lead", "adjudication", {**target, **row["settled"]})


def _code(row: dict[str, Any], corpus: Corpus, judging: Judging) -> None:
    anchor = anchor_body(corpus.anchor(row["text"], row["begins"]))
    place = {"report": corpus.reports[row["text"]].id, "anchor": anchor}
    made = []
    for person, mark in _said(row):
        body = {**place, "code": mark.lstrip("-"), "stance": "contradicts" if mark.startswith("-") else "supports"}
        made.append(judging.add(person, "coding", {**body, "voice": row.get("voice", "author"), "origin": "unaided"}))
    if "settled" in row:
        body = {
            "target": made,
            "code": row["settled"]["code"],
            "stance": "supports",
            "reason": row["settled"]["reason"],
        }
        judging.add("lead", "adjudication", body)


def _said(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for person in ("coder-a", "coder-b"):
        for mark in (*row.get("both", ()), *row.get(person, ())):
            yield person, mark


def main() -> None:
    """Write `judgments/` anew."""
    from sample.build import first_files

    made, texts = judge(ROOT, first_files())
    for name in (*DEVICES, "texts"):
        shutil.rmtree(ROOT / "judgments" / name, ignore_errors=True)
    write(ROOT / "judgments", made, texts)


if __name__ == "__main__":
    main()
