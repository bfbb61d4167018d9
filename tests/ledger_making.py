"""Judgments for the tests of the ledger: a body that is as it must be for every kind, in our own words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from litreview.anchors import Anchor
from litreview.index import Index
from litreview.ledger import Judgment, Ledger, append, make_judgment, read_ledger, standing

_anchor = Anchor("hash", 3, 16, "kata “maju” 😀", "itu ", " kini", "corpus/a.pdf", 2, ((2, 72.0, 90.5, 180.0, 102.0),))
ANCHOR = msgspec.json.decode(msgspec.json.encode(_anchor))
PASSAGE: dict[str, Any] = {"report": "r-1", "anchor": ANCHOR}
BODIES: dict[str, dict[str, Any]] = {
    "decision": {"target": "r-1", "stage": "full-text", "decision": "exclude", "reason": "years", "protocol": "p1"},
    "verdict-override": {"target": "r-1", "criterion": "years", "state": "met", "reason": "Terbitan 2019."},
    "duplicate-split": {"records": ["e1", "e2"], "reason": "Dua edisi."},
    "duplicate-join": {"records": ["e1", "e3"]},
    "link": {"reports": ["r-1", "r-2"], "reason": "Artikel dari skripsi yang sama."},
    "record-edit": {"record": "e1", "fields": {"year": 2019, "authors": ["Sari, Dewi"], "doi": None}},
    "retrieval": {"target": "r-3", "status": "not-retrieved", "how": "Surat ke penulis.", "reason": "Tidak dijawab."},
    "search": {"database": "Garuda", "query": "pendamping AND graduasi", "date": "2024-03-01", "hits": 41,
               "exported": 40, "file": "corpus/garuda.ris", "limits": "2018–2023"},
    "coding": {**PASSAGE, "code": "hope-and-motivation", "stance": "mixed", "voice": "participant",
               "attributes": {"basis": "explicit"}, "origin": "unaided", "round": "pilot", "codebook": "c1"},
    "suggestion-response": {**PASSAGE, "code": "graduation", "response": "rejected", "suggester": "cues 1",
                            "cue": "graduasi", "score": 0.5},
    "memo": {"type": "reflexive", "target": "hope-and-motivation", "text": "Harapan bukan nama program."},
    "comment": {"target": "j-1", "text": "Coba baca paragraf sesudahnya."},
    "extraction": {"target": "s-1", "field": "informants", "value": 12, **PASSAGE},
    "translation": {**PASSAGE, "language": "en", "text": "moving ahead", "translator": "ani", "checked_by": "budi"},
    "voice": {**PASSAGE, "voice": "cited"},
    "proposition": {**PASSAGE, "source": "workload", "target": "graduation", "label": {"id": "menghambat",
                    "en": "hinders"}, "stance": "contradicts"},
    "finding": {"text": {"id": "Harapan menyertai graduasi.", "en": "Hope goes with graduation."},
                "codes": ["hope-and-motivation"], "studies": ["s-1"], "coherence": "minor", "confidence": "moderate"},
    "appraisal": {"target": "s-1", "tool": "own", "answers": {"1": "yes", "2": "unclear"}, "overall": "minor doubts"},
    "pin": {"target": "graduation", "x": 120, "y": 48.5},
    "layout": {"target": "concept-map", "settings": {"direction": "TB", "hidden": ["lens"]}},
    "text-block": {"place": "discussion", "text": {"id": "Lima studi ini …", "en": ""}},
    "assignment": {"stage": "coding", "targets": ["r-1", "r-2"], "people": ["ani", "budi"], "round": "pilot",
                   "double": True},
    "adjudication": {"target": ["j-1", "j-2"], "code": "workload", "stance": "supports", "reason": "Dibaca bersama."},
    "main-studies": {"studies": ["s-1", "s-2"], "reason": "Beragam metode."},
    "page-numbers": {"file": "corpus/a.pdf", "printed": {"1": "iii", "2": "15"}},
    "masking": {"text": "Ibu Sumarni", "mask": "Ibu S."},
    "completion": {"target": "r-1", "stage": "coding", "round": "pilot"},
    "text-upgrade": {"report": "r-1", "old": "hash", "new": "other", "reader": "reader 2"},
    "protocol-version": {"from": "p1", "to": "p2", "changes": ["criteria.years"], "reason": "Tahun diperluas."},
    "codebook-version": {"map": {"tired": "workload", "old": None, "both": ["hope", "will"]}, "from": "c1", "to": "c2",
                         "changes": [{"op": "redefine", "code": "hope"}]},
    "retraction": {"judgment": "j-1", "reason": "Salah tekan."},
}  # fmt: skip


def coding(person: str = "ani", device: str = "laptop", replaces: str = "", **body: Any) -> Judgment:
    """A coding by someone."""
    return make_judgment(person, device, "coding", {**BODIES["coding"], **body}, replaces)


def retraction(of: Judgment, person: str = "") -> Judgment:
    """A judgment taken back by its own person, or by another who may not."""
    return make_judgment(person or of.person, of.device, "retraction", {"judgment": of.id})


def ledger_of(*judgments: Judgment) -> Ledger:
    """The ledger of some judgments."""
    return Ledger(judgments, standing(judgments))


def written(folder: Path, *judgments: Judgment) -> Ledger:
    """The ledger after appending."""
    append(folder, judgments)
    return read_ledger(folder)


def indexed(index: Index) -> dict[str, str]:
    """The state of each judgment in an index, by id."""
    with index.transaction() as connection:
        return dict(connection.execute("select id, state from judgments"))
