from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import html

from litreview.coding.model import Codebook
from litreview.errors import message
from litreview.protocol import SAMPLE_MARK
from litreview.report.context import ReportContext
from litreview.report.figures import draw_figures
from litreview.report.html import render_html
from litreview.report.page import build_page
from litreview.report.shown import Shown
from litreview.screening.model import Choice, Confirmation
from litreview.synthesis.model import Flow, Synthesis
from tests.report_making import HOPE, LOAD, make_context


def parse(text: str) -> Any:
    return html.document_fromstring(text)


def rendered(context: ReportContext) -> str:
    shown = Shown(context)
    return render_html(shown, build_page(shown, draw_figures(context))).decode()


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    return rendered(make_context(tmp_path_factory.mktemp("review")))


@pytest.fixture(scope="module")
def tree(text: str) -> Any:
    return parse(text)


@pytest.fixture(scope="module")
def data(tree: Any) -> dict[str, Any]:
    return dict(json.loads(tree.get_element_by_id("data").text))


def test_nothing_is_fetched_from_anywhere(tree: Any, text: str) -> None:
    links = [value for _, name, value, _ in tree.iterlinks() if name in ("href", "src")]
    assert links
    assert all(link.startswith(("#", "annotated/")) for link in links)
    assert not re.search(r"@import|url\(|https?://(?!www\.w3\.org)", text)


def test_text_of_a_source_cannot_break_the_page(tree: Any, text: str) -> None:
    assert len(tree.findall(".//script")) == 2
    assert "<script>alert" not in text
    assert any(HOPE in (q.text_content() or "") for q in tree.findall(".//q"))
    assert tree.find(".//h1").text == "Tinjauan <uji>"


def test_every_number_opens_a_set_whose_passages_are_there(tree: Any, data: dict[str, Any]) -> None:
    numbers = tree.xpath("//a[@data-open]")
    assert len(numbers) > 20
    for number in numbers:
        _, kind, ids = data["sets"][number.get("data-open")]
        assert ids
        assert set(ids) <= set(data["passages" if kind == "passages" else "items"])


def test_where_a_number_leads_without_script_is_in_the_page(tree: Any) -> None:
    known = set(tree.xpath("//@id"))
    assert {a.get("href")[1:] for a in tree.xpath("//a[starts-with(@href, '#')]")} <= known


def test_cells_of_the_matrix_count_what_they_open(tree: Any, data: dict[str, Any]) -> None:
    cells = tree.xpath("//table[contains(@class, 'matrix')]//td[not(contains(@class, 'sum'))]//a[@data-open]")
    assert cells
    assert all(int(cell.text) == len(data["sets"][cell.get("data-open")][2]) for cell in cells)


def test_no_number_adds_checked_and_provisional_passages(tree: Any, data: dict[str, Any]) -> None:
    """But for pairs of codes: where one of the two is a suggestion, the pair is provisional."""
    for number in tree.xpath("//main//a[@data-open][not(ancestor::table[@class='together'])]"):
        _, kind, ids = data["sets"][number.get("data-open")]
        if kind == "passages":
            assert len({data["passages"][id_][8] for id_ in ids}) == 1
            assert data["passages"][ids[0]][8] in number.get("class").split()


def test_each_table_and_section_is_named_for_those_who_do_not_see_it(tree: Any) -> None:
    assert all(table.find("caption") is not None for table in tree.findall(".//table"))
    assert not tree.xpath("//th[not(@scope)]")
    assert not tree.xpath("//main//section[not(@aria-labelledby)]")
    levels = [int(h.tag[1]) for h in tree.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(set(tree.xpath("//@id"))) == len(tree.xpath("//@id"))


def test_quotations_stand_in_the_page_without_script_with_report_page_and_link(tree: Any) -> None:
    row = next(r for r in tree.xpath("//table[@class='quotes']//tr[td]") if LOAD in r.text_content())
    assert "Putri, 2020" in row.text_content()
    assert "hlm. 11 (PDF 1)" in row.text_content()
    assert row.xpath(".//a/@href") == ["annotated/a.pdf#page=1"]
    assert "Xaverius" in row.text_content()


def test_studies_are_counted_and_named_never_in_percent(tree: Any) -> None:
    told = tree.get_element_by_id("findings").text_content()
    assert "1 dari 2 studi utama" in told
    assert "%" not in tree.find(".//main").text_content()
    assert not re.search(r"dominan|terpenting|paling penting|signifikan", told)
    assert "tidak dibahas" in tree.get_element_by_id("matrix").text_content()


def test_a_passage_of_a_theory_chapter_opens_but_is_told_not_to_count(data: dict[str, Any]) -> None:
    theory = [row for row in data["passages"].values() if row[0] == "Dewi (2020)" and row[4] == "teori"]
    assert [row[12] for row in theory] == [0]


def test_titles_and_journals_in_the_references_are_in_italics(tree: Any) -> None:
    listed = tree.get_element_by_id("references").findall(".//li")
    assert [one.find("i") is not None for one in listed] == [True] * 3


def test_notes_on_the_choice_name_studies(tree: Any) -> None:
    assert "Putri (2020) dan <Hartono> (2020) sama dalam metode" in tree.get_element_by_id("studies").text_content()


def test_the_mark_of_sample_data_stands_on_screen_and_on_paper_or_nowhere(tmp_path: Path, text: str) -> None:
    assert text.count(SAMPLE_MARK) >= 5
    assert f'content: "{SAMPLE_MARK}"' in text
    assert "SAMPLE DATA" not in rendered(make_context(tmp_path, sample=False))


@pytest.mark.parametrize(("language", "word"), [("id", "sementara"), ("en", "provisional")])
def test_both_languages(tmp_path: Path, language: str, word: str) -> None:
    page = parse(rendered(make_context(tmp_path, language=language)))
    assert page.get("lang") == language
    assert word in page.get_element_by_id("reading").text_content()


def test_a_review_with_nothing_in_it_is_a_page_that_says_what_to_do(tmp_path: Path) -> None:
    context = make_context(
        tmp_path, synthesis=Synthesis(flow=Flow({})), codebook=Codebook(), documents={}, files=(), exports=(),
        choice=Choice(()), verdicts={}, standings={},
    )  # fmt: skip
    page = parse(rendered(context))
    assert "corpus/" in page.get_element_by_id("search").text_content()
    assert page.get_element_by_id("references").text_content().strip()


def test_a_number_that_names_a_passage_of_no_study_is_told_apart(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    found = context.synthesis
    lost = msgspec.structs.replace(found.passages[0], id="e0001", study="", counts=False)
    moved = msgspec.structs.replace(found, elsewhere=(lost,))
    page = parse(rendered(make_context(tmp_path, synthesis=moved)))
    assert LOAD in page.get_element_by_id("coding").text_content()


def test_people_who_differ_are_told_with_their_reasons_and_nothing_else(tmp_path: Path) -> None:
    said = (Confirmation("x", ("a", "b"), "Nearer."), Confirmation("y", ("a", "c"), "Wider."))
    note = message("{people} confirmed different sets; none stands until they agree.", people="x; y")
    context = make_context(tmp_path, choice=Choice(("a", "b"), confirmations=said, notes=(note,)))
    told = parse(rendered(context)).get_element_by_id("studies").text_content()
    assert "Belum ada anggota yang mengonfirmasi" not in told
    assert "Xaverius; Yanti mengonfirmasi susunan yang berbeda" in told
    assert "Nearer." in told
    assert "Wider." in told


def test_each_persons_reason_is_told_where_several_confirmed_one_set(tmp_path: Path) -> None:
    said = (Confirmation("x", ("a", "b"), "Nearer."), Confirmation("y", ("a", "b"), "Wider."))
    choice = Choice(("a", "b"), confirmed_by="x; y", confirmations=said)
    tree = parse(rendered(make_context(tmp_path, choice=choice, given={"choice": choice})))
    told = tree.get_element_by_id("studies").text_content()
    assert "Dikonfirmasi oleh Xaverius: Nearer." in told
    assert "Dikonfirmasi oleh Yanti: Wider." in told


def test_studies_by_persons_and_by_verdicts_are_two_numbers(tree: Any) -> None:
    facts = {f.find_class("fact-label")[0].text: f.find_class("fact-number")[0].text_content().strip()
             for f in tree.find_class("facts")[0]}  # fmt: skip
    assert (facts["studi disertakan"], facts["studi disertakan sementara"]) == ("2", "1")
    row = [cell.text_content().strip() for cell in tree.get_element_by_id("box-new_studies")]
    assert row[1:4] == ["3", "2", "1"]
    assert [c.text_content() for c in tree.get_element_by_id("box-database_results")][2:4] == ["–", "–"]
