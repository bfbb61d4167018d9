"""The shipped judgments are what their script makes of the shipped corpus, the texts that they name with them."""

from __future__ import annotations

from pathlib import Path

from litreview.documents.anchored import anchor_of, has_anchor
from litreview.documents.frozen_folder import read_frozen
from litreview.ledger import read_ledger
from sample.build import first_files
from sample.judge import DEVICES, ROOT, judge, write
from tests.review_making import files_in

COMMITTED = ROOT / "judgments"


def test_judging_gives_the_committed_lines_and_texts(tmp_path: Path) -> None:
    write(tmp_path, *judge(ROOT, first_files()))
    assert read_ledger(tmp_path).judgments == read_ledger(COMMITTED).judgments, "run: python -m sample.judge"
    assert read_frozen(tmp_path).texts == read_frozen(COMMITTED).texts, "run: python -m sample.judge"


def test_judging_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, *judge(ROOT, first_files()))
    assert files_in(tmp_path / "one") == files_in(tmp_path / "two")
    assert {f"{person}/{device}.jsonl" for person, device in DEVICES.items()} < set(files_in(tmp_path / "one"))


def test_every_passage_has_its_text_and_the_texts_are_small() -> None:
    texts = {frozen.text_hash: frozen for frozen in read_frozen(COMMITTED).texts}
    named = [anchor for j in read_ledger(COMMITTED).judgments if has_anchor(j) if (anchor := anchor_of(j.body))]
    assert len(named) > 60
    assert {anchor.text_hash for anchor in named} == set(texts)
    assert all(texts[a.text_hash].text[a.start : a.end] == a.quote and a.rects for a in named)
    assert sum(path.stat().st_size for path in (COMMITTED / "texts").iterdir()) < 30_000 * len(texts)
