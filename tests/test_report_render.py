from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest

from litreview.documents import verify
from litreview.errors import QuotationError
from litreview.protocol import SAMPLE_MARK
from litreview.report.context import ReportContext
from litreview.report.quotations import check_quotations
from litreview.report.render import render_outputs
from tests.report_making import HOPE, make_context

pymupdf: Any = import_module("pymupdf")


def with_quote(context: ReportContext, quote: str) -> ReportContext:
    passages = tuple(
        msgspec.structs.replace(p, quote=quote) if p.code == "hope" else p for p in context.synthesis.passages
    )
    return make_context(context.root, synthesis=msgspec.structs.replace(context.synthesis, passages=passages))


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return dict(render_outputs(make_context(tmp_path_factory.mktemp("one"))))


def test_the_outputs_and_their_order(outputs: dict[str, bytes]) -> None:
    names = list(outputs)
    assert names[:3] == ["report.html", "report.docx", "tables.xlsx"]
    assert {"tables/studies.csv", "tables/matrix.csv", "tables/flow.csv", "tables/quotations.csv"} < set(names)
    assert {"concept-map.svg", "concept-map.png", "concept-map.graphml", "flow.svg"} < set(names)
    assert names[-4:] == ["annotated/a.pdf", "annotated/b.pdf", "annotated/c - BAB II.pdf",
                          "annotated/c - BAB IV.pdf"]  # fmt: skip


def test_another_folder_gives_the_same_bytes(outputs: dict[str, bytes], tmp_path: Path) -> None:
    again = dict(render_outputs(make_context(tmp_path / "another place – é")))
    assert {name for name in outputs if outputs[name] != again[name]} == set()


def test_no_output_names_the_folder(outputs: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = str(tmp_path_factory.getbasetemp()).encode()
    assert not [name for name, content in outputs.items() if folder in content]


def test_only_a_review_of_sample_data_says_so(outputs: dict[str, bytes], tmp_path: Path) -> None:
    plain = dict(render_outputs(make_context(tmp_path, sample=False)))
    texts = [n for n in outputs if n.endswith((".html", ".csv", ".svg", ".graphml"))]
    assert [n for n in texts if SAMPLE_MARK.encode() not in outputs[n] and outputs[n].count(b"\n") > 1] == []
    assert [n for n in texts if b"SAMPLE DATA" in plain[n]] == []
    for name in outputs:
        if name.endswith(".pdf"):
            assert all(SAMPLE_MARK in page.get_text() for page in pymupdf.open(stream=outputs[name]))
            assert not any("SAMPLE" in page.get_text() for page in pymupdf.open(stream=plain[name]))


def test_a_quotation_that_is_not_on_its_page_stops_everything_and_is_named(tmp_path: Path) -> None:
    context = with_quote(make_context(tmp_path), "Kalimat yang tidak pernah ditulis siapa pun.")
    with pytest.raises(QuotationError) as error:
        next(render_outputs(context))
    told = str(error.value)
    assert "Putri (2020)" in told
    assert "page 1" in told
    assert "Kalimat yang tidak pernah" in told
    assert "corpus/a.pdf" in told
    assert str(tmp_path) not in told


def test_quotations_are_held_against_the_pdf_not_our_own_text(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    with pymupdf.open() as pdf:
        pdf.new_page().insert_text((60, 90), "Something else.")
        pdf.save(tmp_path / "corpus" / "a.pdf")
    with pytest.raises(QuotationError):
        check_quotations(context)


def test_a_page_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = make_context(tmp_path)
    asked: list[tuple[str, int]] = []
    read = verify.page_texts

    def counted(path: Path, first: int, last: int) -> list[str]:
        asked.extend((path.name, number) for number in range(first, last + 1))
        return read(path, first, last)

    monkeypatch.setattr("litreview.report.quotations.page_texts", counted)
    check_quotations(context)
    assert len(asked) == len(set(asked)) == 5


def test_sources_without_pages_have_no_page_to_check(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    passages = tuple(
        msgspec.structs.replace(p, page=None, page_end=None, file="corpus/a.docx", rects=()) if p.quote == HOPE else p
        for p in context.synthesis.passages
    )
    check_quotations(make_context(tmp_path, synthesis=msgspec.structs.replace(context.synthesis, passages=passages)))
