"""Commands as a researcher types them, for tests; and a small review of a few records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from litreview.cli import main
from litreview.ledger import Ledger, read_ledger
from litreview.shipped import create_review


def call(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def well(*words: str) -> str:
    result = call(*words)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*words: str) -> str:
    result = call(*words, *(() if "--language" in words else ("--language", "en")))
    assert result.exit_code == 2, result.output
    return result.output


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for was, now in changes:
        assert was in text
        text = text.replace(was, now)
    path.write_text(text, encoding="utf-8")


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def data(*words: str) -> Any:
    return json.loads(well(*words, "--json"))


def ledger(folder: Path) -> Ledger:
    return read_ledger(folder / "judgments")


PROTOCOL = """format: 1
title: {id: Tinjauan kecil}
languages: [en, id]
people:
  - {id: ani}
  - {id: budi}
  - {id: citra, role: lead}
  - {id: rudi, role: reader}
criteria:
  - {id: years, kind: year, from: 2018, to: 2023}
  - {id: answers, kind: person, label: {id: Menjawab?, en: Does it answer?}}
"""
BLIND = """screening:
  title-abstract: {people: 2, blind: true}
  full-text: {people: 2, blind: true}
"""


def make_small_review(folder: Path, more: str = BLIND, records: int = 6) -> Path:
    """A review of a few records without PDFs, the first from 2016 and the others from 2020."""
    create_review(folder)
    (folder / "review.yaml").write_text(PROTOCOL + more, encoding="utf-8")
    entries = [
        f"TY  - JOUR\nTI  - {name} dan keluarga di Kabupaten {name}\nAU  - {name}, Ana\nPY  - {2020 if n else 2016}\n"
        f"JO  - Jurnal {name}\nER  - \n"
        for n, name in enumerate(["Mawar", "Melati", "Kenanga", "Cempaka", "Anggrek", "Seroja"][:records])
    ]
    exports = folder / "corpus" / "exports"
    exports.mkdir(parents=True)
    (exports / "found.ris").write_text("".join(entries), encoding="utf-8")
    return folder


def records_of(folder: Path) -> list[str]:
    """The ids of the records, in their order."""
    from litreview.review import Review

    with Review.open(folder).reading() as state:
        return [entry.id for entry in state.found.entries]
