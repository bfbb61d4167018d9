"""How well the cues read: against sentences that people coded, and against the truth of a corpus.

    python benchmarks/suggestions.py --sentences FILE.jsonl [--every-code] [--codebook codebooks/pkh.yaml]
    python benchmarks/suggestions.py --truth corpus/truth.csv --root . [--every-code] [--codebook FILE] [--errors]

Sentences: lines of id, lang, text, codes; a code counts once a sentence. Truth: rows of kind `code` (file, page, code,
stance, voice); recall asks for the code on the same page, precision lets the page differ by one.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

from litreview.coding.codebook import load_codebook
from litreview.coding.model import Codebook, Suggestion
from litreview.coding.suggest import suggest, suggest_sentence
from litreview.documents.grouping import group_files
from litreview.documents.model import Document
from litreview.documents.read import ReadJob, read_report

THEMES = ("strengths", "drivers", "barriers", "process")
EXTRA = ("adversity-as-resource", "self-determination", "subjective-graduation-decision", "ethics-breach",
         "digital-gap", "reluctance-to-leave", "weak-coordination", "weak-facilitator-competence")  # fmt: skip


class Tally:
    """Hits, false alarms and misses by code."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()

    def lines(self, codes: list[str]) -> list[str]:
        """A table by code and the sums (micro)."""
        rows = [f"{'code':34} right wrong missed  prec  rec   F1"]
        rows += [_row(c, self.right[c], self.wrong[c], self.missed[c]) for c in codes]
        total = [sum(tally[c] for c in codes) for tally in (self.right, self.wrong, self.missed)]
        return [*rows, _row("all (micro)", *total)]


def _row(name: str, right: int, wrong: int, missed: int) -> str:
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"{name:34} {right:5} {wrong:5} {missed:6}  {precision:.2f}  {recall:.2f}  {f1:.2f}"


def codes_of(codebook: Codebook, process: bool) -> list[str]:
    """The eighteen codes, with the stages where asked for."""
    return [
        code.id
        for code in codebook.codes.values()
        if code.theme in THEMES[: 4 if process else 3] and not code.id.endswith("-other") and code.id not in EXTRA
    ]


def with_cues(codebook: Codebook) -> list[str]:
    """Every code that has cues."""
    return [code.id for code in codebook.codes.values() if code.cues]


def against_sentences(path: Path, codebook: Codebook, every: bool) -> list[str]:
    """Compare with coded sentences, over the eighteen codes or over every code that has cues."""
    codes, tally = with_cues(codebook) if every else codes_of(codebook, process=False), Tally()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = set(suggest_sentence(row["text"], codebook, row["lang"])) & set(codes)
        _count(tally, found, set(row["codes"]) & set(codes))
    return tally.lines(codes)


def _count(tally: Tally, found: set[str], wanted: set[str]) -> None:
    tally.right.update(found & wanted)
    tally.wrong.update(found - wanted)
    tally.missed.update(wanted - found)


def against_truth(truth: Path, root: Path, codebook: Codebook, errors: bool, every: bool) -> list[str]:
    """Compare with the truth of a corpus, by file, page and code."""
    codes = with_cues(codebook) if every else codes_of(codebook, process=True)
    stated, lines = _truth(truth), []
    found: dict[str, dict[tuple[int, str], list[str]]] = {}
    seconds, size = 0.0, 0
    for document in _documents(root, {file for file, *_ in stated}):
        began = time.process_time()
        made = suggest(document, codebook)
        seconds += time.process_time() - began
        size += len(document.text.encode("utf-8"))
        for one in made:
            _place(found, document, one)
    recall, precision = Tally(), Tally()
    missed_voice: Counter[bool] = Counter()
    wanted = {key for key, stances in stated.items() if "supports" in stances}
    for file, page, code in sorted(wanted):
        hit = (page, code) in found.get(file, {})
        (recall.right if hit else recall.missed)[code] += 1
        if errors and not hit and code in codes:
            lines.append(f"MISSED p.{page} {code} {Path(file).name}")
        if hit:
            missed_voice[bool(stated[file, page, code]["supports"] & set(found[file][page, code]))] += 1
    for file, places in sorted(found.items()):
        for (page, code), quotes in sorted(places.items()):
            near = any((file, page + step, code) in wanted for step in (-1, 0, 1))
            (precision.right if near else precision.wrong)[code] += 1
            if errors and not near and code in codes:
                lines += [f"WRONG p.{page} {code} {Path(file).name}: {quote}" for quote in quotes if " " in quote]
    kept = [c for c in codes if recall.right[c] + recall.missed[c] + precision.right[c] + precision.wrong[c]]
    return [
        *lines,
        f"{'code':34} recall (right/of)   precision (right/of)",
        *(_both(c, recall, precision) for c in kept),
        _sums("eighteen", [c for c in kept if c in codes_of(codebook, process=False)], recall, precision),
        _sums("stages", [c for c in kept if codebook.codes[c].theme == "process"], recall, precision),
        _sums("all (micro)", kept, recall, precision),
        f"voice right on {missed_voice[True]} of {sum(missed_voice.values())} found places",
        f"{size / 1e6:.2f} MB in {seconds:.2f} s: {size / 1e6 / seconds if seconds else 0:.2f} MB/s",
    ]


def _both(code: str, recall: Tally, precision: Tally) -> str:
    return _sums(code, [code], recall, precision)


def _sums(name: str, codes: list[str], recall: Tally, precision: Tally) -> str:
    hit, all_hit = sum(recall.right[c] for c in codes), sum(recall.right[c] + recall.missed[c] for c in codes)
    good = sum(precision.right[c] for c in codes)
    said = good + sum(precision.wrong[c] for c in codes)
    return f"{name:34} {hit / max(1, all_hit):.2f} ({hit}/{all_hit})       {good / max(1, said):.2f} ({good}/{said})"


def _truth(path: Path) -> dict[tuple[str, int, str], dict[str, set[str]]]:
    """(file, page, code) → stance → voices."""
    stated: dict[tuple[str, int, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["kind"] == "code":
                stated[row["file"], int(row["page"]), row["key"]][row["value"]].add(row["voice"])
    return stated


def _documents(root: Path, files: set[str]) -> list[Document]:
    paths = sorted(p.relative_to(root).as_posix() for p in (root / "corpus").rglob("*.pdf"))
    documents = []
    for report in group_files(paths):
        result = read_report(ReadJob(root=str(root), report=report.files[0], files=report.files))
        if result.document is not None and files & set(report.files):
            documents.append(result.document)
    return documents


def _place(found: dict[str, dict[tuple[int, str], list[str]]], document: Document, one: Suggestion) -> None:
    if one.stance != "supports":
        return
    page = document.pages[document.page_index_at(one.start)]
    last = document.pages[document.page_index_at(one.end - 1)]
    text = re.sub(r"\s+", " ", document.quote(one.start, one.end))[:200]
    places = found.setdefault(document.files[page.file], {})
    for number in {page.number, last.number if last.file == page.file else page.number}:
        places.setdefault((number, one.code), []).extend([one.voice, f"[{one.cue}] {text}"])


def main() -> None:
    """Read the arguments and write the tables to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=Path)
    parser.add_argument("--every-code", action="store_true", help="not the eighteen codes alone")
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--root", type=Path, default=Path())
    parser.add_argument("--codebook", type=Path, default=Path("codebooks/pkh.yaml"))
    parser.add_argument("--errors", action="store_true", help="list what was missed and what was wrong")
    options = parser.parse_args()
    codebook = load_codebook(options.codebook)
    if options.sentences:
        sys.stdout.write("\n".join(against_sentences(options.sentences, codebook, options.every_code)) + "\n")
    if options.truth:
        made = against_truth(options.truth, options.root.resolve(), codebook, options.errors, options.every_code)
        sys.stdout.write("\n".join(made) + "\n")


if __name__ == "__main__":
    main()
