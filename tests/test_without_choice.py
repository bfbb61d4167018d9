"""A protocol without `main_studies`: the synthesis is over all included studies, and nothing speaks of a choice."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import openpyxl  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner
from lxml import html

from litreview.cli import main
from litreview.language.catalogue import Catalogue
from litreview.report.context import ReportContext
from litreview.report.render import render_outputs
from litreview.screening.model import Choice
from litreview.synthesis.model import Flow, FlowBox
from tests.report_making import make_context, make_inputs
from tests.truth import ROOT

OF_A_CHOICE = re.compile(
    r"main stud|studi utama|not chosen|were chosen|chosen set|tidak dipilih|dipilih|"
    r"other sets|confirm|konfirmasi|susunan",
    re.IGNORECASE,
)


def context_without_choice(root: Path, language: str) -> ReportContext:
    protocol = msgspec.structs.replace(make_inputs().protocol, main_studies=None)
    flow = Flow({"new_studies": FlowBox("new_studies", 3, (), ("a", "b", "c"), 1)})
    changes = {"protocol": protocol, "choice": Choice(("a", "b", "c"), asked=False), "flow": flow}
    return make_context(root, given=changes, language=language)


def told(name: str, content: bytes) -> str:
    """What a reader sees of an output."""
    if name.endswith(".html"):
        tree: Any = html.document_fromstring(content.decode())
        for script in tree.xpath("//script[not(@id='data')] | //style"):
            script.drop_tree()
        return str(tree.text_content())
    if name.endswith(".docx"):
        return re.sub(r"<[^>]+>", "", zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode())
    if name.endswith(".xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(content))
        return "\n".join(str(v) for sheet in book for row in sheet.values for v in (sheet.title, *row))
    return content.decode() if name.endswith((".csv", ".svg", ".graphml")) else ""


@pytest.mark.parametrize(("language", "noun"), [("id", "studi yang disertakan"), ("en", "included studies")])
def test_no_output_speaks_of_a_choice(tmp_path: Path, language: str, noun: str) -> None:
    texts = {name: told(name, content) for name, content in render_outputs(context_without_choice(tmp_path, language))}
    assert {name: found for name, text in texts.items() if (found := OF_A_CHOICE.findall(text))} == {}
    for name in ("report.html", "report.docx", "tables.xlsx", "concept-map.svg"):
        assert noun in texts[name].casefold(), name


def test_the_narrative_counts_included_studies_in_both_languages(tmp_path: Path) -> None:
    parts = context_without_choice(tmp_path, "id").synthesis.narrative
    told_id, told_en = " ".join(p.text.id for p in parts), " ".join(p.text.en for p in parts)
    assert "dari 3 studi yang disertakan" in told_id
    assert "of 3 included studies" in told_en


def test_words_of_the_sources_are_not_touched() -> None:
    catalogue = Catalogue("id", chosen=False)
    assert catalogue.gettext("Main studies: {names}", names="Studi utama (2020)").endswith(": Studi utama (2020)")


@pytest.mark.slow
def test_the_terminal_speaks_of_included_studies_only(tmp_path: Path) -> None:
    folder = tmp_path / "review"
    for part in ("corpus/articles", "corpus/exports", "codebooks"):
        shutil.copytree(ROOT / part, folder / part)
    protocol = (ROOT / "review.yaml").read_text(encoding="utf-8").replace("main_studies:", "ignored:")
    protocol = re.sub(r"^ignored:\n(  .*\n)+", "", protocol, flags=re.MULTILINE)
    (folder / "review.yaml").write_text(protocol, encoding="utf-8")
    result = CliRunner().invoke(main, ["run", str(folder), "--language", "id"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert "Studi yang disertakan" in result.output
    assert not OF_A_CHOICE.search(result.output)
    for words in ([], ["--confirm", "--as", "lead", "--reason", "x"]):
        asked = CliRunner().invoke(main, ["main-studies", str(folder), "--language", "id", *words])
        assert asked.exit_code == 2
        assert "no main_studies in review.yaml" in asked.output or "tanpa main_studies" in asked.output
