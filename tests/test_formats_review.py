"""A review of a PDF, a Word document, a web page and a text runs to its end; what has no pages has paragraphs."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import docx
import msgspec
import pytest

from litreview.anchors import hash_text
from litreview.documents.afresh import Afresh, paragraph_texts
from litreview.documents.anchored import anchor_body, anchor_in, place_in, write_anchored
from litreview.documents.frozen import decode_frozen, encode_frozen, freeze, thaw
from litreview.documents.grouping import group_files
from litreview.documents.standing import spans_that_stand
from litreview.errors import QuotationError
from litreview.ledger import make_judgment
from litreview.pipeline.outputs import render_review
from litreview.pipeline.progress import Progress
from litreview.review import Review
from tests.pdf_making import lines, make_pdf
from tests.plain_making import ABSTRAK, PROSE, document_of, make_docx, make_page, make_thesis, say

PROTOCOL = """format: 1
title: {id: Tinjauan uji, en: A test review}
languages: [id, en]
people: [{id: ani, name: Ani}]
codebook: codebooks/a.yaml
criteria: [{id: results, kind: sections, require: [results]}]
"""
CODEBOOK = """format: 1
themes:
  - id: strengths
    label: {id: Kekuatan, en: Strengths}
    colour: "#0072b2"
    codes:
      - {id: saving, label: {id: Menabung, en: Saving}, cues: [menabung]}
      - {id: courage, label: {id: Keberanian, en: Courage}, cues: [berani]}
"""
FOUND = (
    "Keluarga di desa ini menabung setiap bulan di koperasi.",
    "Para ibu kini berani menyampaikan pendapat dalam pertemuan kelompok.",
)


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("mixed")
    corpus = root / "corpus"
    corpus.mkdir()
    (root / "codebooks").mkdir()
    (root / "codebooks" / "a.yaml").write_text(CODEBOOK, encoding="utf-8")
    (root / "review.yaml").write_text(PROTOCOL, encoding="utf-8")
    write_corpus(corpus)
    code_one(Review.open(root, "en"), "kedua.docx", FOUND[0])
    Review.open(root, "en").run()
    return root


def write_corpus(corpus: Path) -> None:
    results = " ".join([(PROSE * 6).strip(), *FOUND])
    rows = [results[i : i + 80] for i in range(0, len(results), 80)]
    make_pdf(corpus / "pertama.pdf", [[(72, 80, "Graduasi di Desa Satu", 18.0), *lines(["HASIL", *rows], y=140)]])
    word = docx.Document()
    say(word, "Graduasi di Desa Dua", style="Title")
    word.add_heading("Abstrak", 1)
    say(word, ABSTRAK)
    word.add_heading("Hasil dan Pembahasan", 1)
    for text in (PROSE, *FOUND, PROSE):
        say(word, text)
    word.save(str(corpus / "kedua.docx"))
    body = "".join(f"<p>{text}</p>" for text in (PROSE * 6, *FOUND))
    make_page(corpus / "ketiga.html", f"<h1>Graduasi di Desa Tiga</h1><h2>Hasil</h2>{body}")
    paragraphs = "\n\n".join(("Graduasi di Desa Empat", "HASIL", PROSE * 6, *FOUND))
    (corpus / "keempat.txt").write_text(paragraphs, encoding="utf-8")
    (corpus / "README.txt").write_text(PROSE * 20, encoding="utf-8")
    (corpus / "ekspor.txt").write_text("TY  - JOUR\nTI  - Lain\nPY  - 2020\nER  - \n", encoding="utf-8")


def code_one(review: Review, file: str, words: str) -> None:
    with review.reading() as state:
        document = next(d for d in state.documents.values() if d.files == (f"corpus/{file}",))
        hashes = [s.sha256 for s in state.read[document.report].files]
    start = document.text.index(words)
    anchor = anchor_body(anchor_in(document, start, start + len(words)))
    body = {"report": document.report, "anchor": anchor, "code": "saving", "origin": "unaided"}
    judgment = make_judgment("ani", "laptop", "coding", body)
    write_anchored(review.judgments, [judgment], {document.report: freeze(document, hashes)})


def quotations(review: Path) -> list[dict[str, str]]:
    text = (review / "outputs" / "tables" / "quotations.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_each_kind_is_read_and_each_text_is_what_it_is(review: Path) -> None:
    state = Review.open(review, "en").state()
    assert [file.path for file in state.statuses if file.status == "ready"] == [
        "corpus/kedua.docx", "corpus/keempat.txt", "corpus/ketiga.html", "corpus/pertama.pdf",
    ]  # fmt: skip
    assert [export.file for export in state.exports] == ["corpus/ekspor.txt"]
    assert state.unused == ()


def test_every_source_has_evidence_and_those_without_pages_have_paragraphs(review: Path) -> None:
    rows = quotations(review)
    assert {row["file"].rpartition(".")[2] for row in rows} == {"pdf", "docx", "html", "txt"}
    assert all(bool(row["page"]) != bool(row["paragraph"]) for row in rows)
    human = [row for row in rows if row["status"] == "human"]
    assert [(row["file"], row["paragraph"]) for row in human] == [("corpus/kedua.docx", "6")]


def test_the_report_cites_the_paragraph_and_links_to_it(review: Path) -> None:
    report = (review / "outputs" / "report.html").read_text(encoding="utf-8")
    assert "par. 6" in report
    links = set(re.findall(r"annotated/[^\"#]+\.html#p\d+", report))
    assert {link.partition("#")[0] for link in links} == {
        "annotated/kedua.docx.html", "annotated/keempat.txt.html", "annotated/ketiga.html.html",
    }  # fmt: skip
    for link in links:
        name, _, place = unquote(link).partition("#")
        assert f'id="{place}"' in (review / "outputs" / name).read_text(encoding="utf-8")
    copy = (review / "outputs" / "annotated" / "kedua.docx.html").read_text(encoding="utf-8")
    assert re.search(rf'<mark style="[^"]+" title="[^"]*Ani[^"]*">{re.escape(FOUND[0])}</mark>', copy)


def test_the_word_report_cites_the_paragraph(review: Path) -> None:
    word = docx.Document(str(review / "outputs" / "report.docx"))
    texts = [p.text for p in word.paragraphs] + [c.text for t in word.tables for row in t.rows for c in row.cells]
    assert any("par. 6" in text for text in texts)


def test_the_same_inputs_give_the_same_bytes(review: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    shutil.copytree(review, again, ignore=shutil.ignore_patterns("outputs", ".litreview"))
    Review.open(again, "en").run()
    names = [p.relative_to(again) for p in sorted((again / "outputs").rglob("*")) if p.is_file()]
    assert [str(name) for name in names if (again / name).read_bytes() != (review / name).read_bytes()] == []


def test_a_quotation_that_the_file_no_longer_holds_stops_everything(review: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    shutil.copytree(review, again, ignore=shutil.ignore_patterns("outputs"))
    with Review.open(again, "en").reading() as state:
        assert state.synthesis.passages
        make_docx(again / "corpus" / "kedua.docx", *[PROSE] * 3)
        with pytest.raises(QuotationError, match="does not stand in paragraph 6"):
            next(render_review(state, Progress()))


def test_a_quotation_stands_in_its_own_paragraph_only(tmp_path: Path) -> None:
    words = "Keluarga menabung setiap bulan di koperasi desa."
    document = document_of(make_docx(tmp_path / "a.docx", PROSE, words, ABSTRAK))
    afresh = Afresh(paragraph_texts(tmp_path / "a.docx"))
    at = document.text.index(words)
    assert afresh.texts_of(document, at, at + 5) == [words]
    assert afresh.texts_of(document, at - 20, at + 5) == [PROSE, words]
    assert spans_that_stand(tmp_path, document, [(at, at + len(words))])
    misread = msgspec.structs.replace(document, text=document.text.replace("menabung", "berhutang"))
    assert spans_that_stand(tmp_path, misread, [(at, at + len(words) + 1)]) == set()


def test_a_quotation_with_the_number_or_the_words_of_another_paragraph_is_told(review: Path) -> None:
    with Review.open(review, "en").reading() as state:
        synthesis = state.synthesis
        wrong: tuple[dict[str, Any], ...] = ({"paragraph": 7, "paragraph_end": 7}, {"quote": ABSTRAK})
        for change in wrong:
            passages = tuple(
                msgspec.structs.replace(p, **change) if p.status == "human" else p for p in synthesis.passages
            )
            state.__dict__["synthesis"] = msgspec.structs.replace(synthesis, passages=passages)
            with pytest.raises(QuotationError, match="does not stand in paragraph"):
                next(render_review(state, Progress()))


@pytest.mark.parametrize("name", ["a.docx", "a.html", "a.txt", "a.md"])
def test_every_sentence_that_is_read_stands_afresh(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith("docx"):
        make_thesis(path, styled=True)
    elif name.endswith("html"):
        make_page(
            path,
            f"<h1>Judul</h1><ul><li>{PROSE}</li></ul><p>{ABSTRAK}<br>Well-<b>known</b> <button>Share</button>"
            "<span hidden>x</span> eﬁsien &amp; ya.</p>",
        )
    else:
        path.write_text(f"Judul\n\n{ABSTRAK[:70]}-\n{ABSTRAK[70:]}\n\n- {PROSE}\n\n> {PROSE}\n", encoding="utf-8")
    document = document_of(path)
    spans = {(sentence.start, sentence.end) for sentence in document.sentences}
    assert len(spans) > 3
    assert spans_that_stand(tmp_path, document, spans) == spans


def test_an_anchor_holds_its_paragraph_and_is_found_again(tmp_path: Path) -> None:
    document = document_of(make_docx(tmp_path / "a.docx", PROSE, PROSE, PROSE))
    second = document.paragraphs[1]
    anchor = anchor_in(document, second.start, second.start + 20)
    assert (anchor.file, anchor.page, anchor.paragraph, anchor.rects) == ("a.docx", None, 2, ())
    longer = f"Kata pembuka.\n\n{document.text}"
    other = msgspec.structs.replace(document, text=longer, text_hash=hash_text(longer))
    assert place_in(document, anchor) == (second.start, second.start + 20)
    assert place_in(other, msgspec.structs.replace(anchor, quote="tidak ada di sini")) is None


def test_a_text_without_pages_is_frozen_whole(tmp_path: Path) -> None:
    files = [make_docx(tmp_path / f"BAB {n}.docx", f"BAB {n} HASIL", PROSE) for n in ("I", "II")]
    document = document_of(*files)
    frozen = decode_frozen(encode_frozen(freeze(document, ["a", "b"])))
    assert thaw(frozen) == document


def test_a_thesis_in_chapters_is_one_report_of_one_kind() -> None:
    word = ["t/BAB I.docx", "t/BAB II.docx", "t/COVER.docx"]
    paged = ["t/BAB I.pdf", "t/BAB II.pdf"]
    assert [report.files for report in group_files([*word, *paged])] == [
        ("t/COVER.docx", "t/BAB I.docx", "t/BAB II.docx"), ("t/BAB I.pdf", "t/BAB II.pdf"),
    ]  # fmt: skip


def test_a_pack_names_what_is_a_document_and_the_judgment_arrives(review: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(review, other, ignore=shutil.ignore_patterns("outputs", ".litreview", "judgments"))
    (other / "corpus" / "keempat.txt").unlink()
    pack = Review.open(review, "en").pack(to=tmp_path / "pack.zip", person="ani")
    assert pack.pdfs == 4
    merged = Review.open(other, "en").merge([Path(pack.file)])
    assert [file.path for file in merged.missing_pdfs] == ["corpus/keempat.txt"]
    with Review.open(other, "en").reading() as state:
        found = [p for p in state.synthesis.passages if p.status == "human"]
    assert [(p.file, p.paragraph, p.quote) for p in found] == [("corpus/kedua.docx", 6, FOUND[0])]


def test_a_verdict_names_the_paragraph_of_its_evidence(review: Path) -> None:
    text = (review / "outputs" / "tables" / "verdicts.csv").read_text(encoding="utf-8-sig")
    places = sorted((row["page"], row["paragraph"]) for row in csv.DictReader(io.StringIO(text)))
    assert places == [("", "2"), ("", "2"), ("", "4"), ("1", "")]
