"""A small review for the tests of the outputs: three studies whose PDFs are made here, one of them split in two files,
with a text that would break a page which does not escape."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pymupdf

from litreview.coding.model import Label, Relation
from litreview.documents.model import Document, FileStatus, PageRect
from litreview.errors import message
from litreview.ledger import Ledger
from litreview.protocol import Bilingual, Criterion, MainStudiesRule, Person, Protocol
from litreview.records.model import Export, Record
from litreview.report.context import ReportContext
from litreview.screening.model import Choice, Confirmation, Evidence, Verdict
from litreview.synthesis.build import SynthesisInput, build_synthesis
from litreview.synthesis.model import Agreement, BackgroundTable, Flow, FlowBox, Passage
from tests.synthesis_making import codebook, coding, inputs, judgment, ledger, make_document, named, study, suggest

LOAD = "Pendamping kelelahan karena tugas ganda di dua kecamatan."
HOPE = "Harapan keluarga tumbuh </script><script>alert(1)</script> & pelan."
PLAN = "Rencana disusun bersama keluarga."
ENOUGH = "Beban kerja pendamping sudah berkurang sejak tahun lalu."


def make_inputs(*, sample: bool = True, human_only: bool = False) -> SynthesisInput:
    """What the synthesis of a small review is made from; `human_only` leaves nothing provisional."""
    documents = _documents()
    return inputs(
        documents,
        {} if human_only else _suggestions(documents),
        protocol=_protocol(sample),
        codebook=codebook((Relation("workload", Label("menghambat", "hinders"), "hope"),)),
        ledger=_ledger(documents),
        studies=tuple(study(d.report, provisional=not human_only and d.report == "c") for d in documents),
        choice=Choice(("a", "b"), alternatives=(("a", "c"),), valid_sets=2, as_good=2,
                      notes=(message("{one} and {other} agree in {key}, or are not known to differ.",
                                     one="a", other="b", key=("method",)),),
                      confirmed_by="x" if human_only else "",
                      confirmations=(Confirmation("x", ("a", "b"), "fits"),) if human_only else ()),
        flow=_flow(),
        background=(BackgroundTable("corpus/targets.csv", "background", ("year", "target"), (("2020", "=1+1"),)),),
    )  # fmt: skip


def make_context(root: Path, *, sample: bool = True, human_only: bool = False,
                 given: dict[str, Any] | None = None, **changes: Any) -> ReportContext:  # fmt: skip
    """The context of a small review under `root`, its PDFs written; `given` is put in the place of its inputs."""
    made = msgspec.structs.replace(make_inputs(sample=sample, human_only=human_only), **(given or {}))
    documents = list(made.documents.values())
    for document in documents:
        _write_pdf(root, document)
    synthesis = build_synthesis(made)
    passages = tuple(_placed(root, p, documents) for p in synthesis.passages)
    unit = message("{code} ({people})", code="workload", people="x, y")
    note = message("Fewer than {count} documents: the interval is not to be trusted.", count=10)
    agreement = (Agreement(unit, "code", "gwet_ac1", 0.5, 12, 0.1, 0.9, notes=(note,), counted="sentence"),)
    synthesis = msgspec.structs.replace(synthesis, passages=passages, agreement=agreement)
    context = ReportContext(
        root=root,
        protocol=made.protocol,
        codebook=made.codebook,
        synthesis=synthesis,
        documents=made.documents,
        files=_files(documents),
        exports=(_export(),),
        choice=made.choice,
        verdicts={d.report: _verdicts(d) for d in documents},
        standings={s.id: s.standing for s in made.studies},
        notices=(message("Same DOI: {doi}.", doi="10.5555/x"),),
        version="0.0",
        language="id",
        ledger=made.ledger,
    )
    return replace(context, **changes)


def _documents() -> list[Document]:
    parts = {
        "a": [("results", "Hasil", [[LOAD, HOPE], [PLAN]])],
        "b": [("results", "Hasil", [[ENOUGH]]), ("discussion", "Pembahasan", [[PLAN, HOPE]])],
        "c": [("theory", "Teori", [[HOPE]]), ("results", "Hasil", [[LOAD]])],
    }
    names = {"a": "Ana Putri", "b": "Budi <Hartono>", "c": "Citra Dewi"}
    made = [make_document(id_, parts[id_], **named(names[id_])) for id_ in parts]
    return [made[0], made[1], _split(made[2])]


def _split(document: Document) -> Document:
    """The second page in a file of its own."""
    first, second = document.pages
    pages = (first, msgspec.structs.replace(second, file=1, number=1))
    return msgspec.structs.replace(document, files=("corpus/c/BAB II.pdf", "corpus/c/BAB IV.pdf"), pages=pages)


def _write_pdf(root: Path, document: Document) -> None:
    for number, file in enumerate(document.files):
        with pymupdf.open() as pdf:
            for page in (p for p in document.pages if p.file == number):
                sheet = pdf.new_page(width=595, height=842)
                for line, sentence in enumerate(document.sentences):
                    if page.start <= sentence.start < page.end:
                        text = document.quote(sentence.start, sentence.end)
                        sheet.insert_text((60, 90 + 20 * line), text, fontsize=10)
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            pdf.save(root / file, no_new_id=True)


def _suggestions(documents: list[Document]) -> dict[str, Any]:
    a, b, c = documents
    return {
        "a": [suggest(a, HOPE, "hope"), suggest(a, PLAN, "planning"), suggest(a, PLAN, "partnership")],
        "b": [suggest(b, ENOUGH, "workload", "contradicts"), suggest(b, HOPE, "hope")],
        "c": [suggest(c, HOPE, "hope", voice="theory"), suggest(c, LOAD, "workload")],
    }


def _ledger(documents: list[Document]) -> Ledger:
    a, b, _ = documents
    return ledger(
        coding(1, "x", a, LOAD, "workload", voice="author"),
        coding(2, "y", b, PLAN, "planning", voice="author"),
        coding(3, "x", b, ENOUGH, "workload", voice="author"),
        coding(4, "y", b, ENOUGH, "workload", voice="author", stance="contradicts"),
        judgment(5, "x", "adjudication", {"target": ["j3", "j4"], "code": "workload", "stance": "contradicts",
                                          "reason": "read together"}),
        judgment(6, "y", "memo", {"target": "hope", "type": "analytic", "text": "Hope <b>is</b> not the programme."}),
    )  # fmt: skip


def _protocol(sample: bool) -> Protocol:
    return Protocol(
        format=1,
        title=Bilingual("Tinjauan <uji>", "A review"),
        sample=sample,
        people=(Person("x", "Xaverius"), Person("y", "Yanti")),
        questions=(Bilingual("Apa yang menghambat?", "What hinders?"),),
        criteria=(Criterion("years", "year", Bilingual("Tahun", "Years"), 2018, 2023),),
        main_studies=MainStudiesRule(2, {"method": "design"}),
    )


def _flow() -> Flow:
    return Flow({
        "database_results": FlowBox("database_results", 2, (), ("r1", "r2")),
        "records_excluded": FlowBox("records_excluded", 1, (("years", 1),), ("r2",), 1),
        "new_studies": FlowBox("new_studies", 3, (), ("a", "b", "c"), 1),
        "main_studies": FlowBox("main_studies", 2, (), ("a", "b")),
    })  # fmt: skip


def _files(documents: list[Document]) -> tuple[FileStatus, ...]:
    read = [FileStatus(f, "ready", d.report, 1, sha256="0" * 64) for d in documents for f in d.files]
    return (*read, FileStatus("corpus/locked.pdf", "needs-password", "z"))


def _export() -> Export:
    records = (
        Record("r1", "e.ris:1", "e.ris", title="A study by Ana Putri", authors=("Putri, Ana",), year=2020),
        Record("r2", "e.ris:2", "e.ris", title="=HYPERLINK(\"x\")", year=2016),
    )  # fmt: skip
    return Export("corpus/e.ris", "ris", "Garuda", records)


def _verdicts(document: Document) -> tuple[Verdict, ...]:
    end = document.sentences[1].end
    evidence = Evidence(document.sentences[1].start, end, document.quote(document.sentences[1].start, end), 1)
    return (Verdict("years", "met", message("Published {year}.", year=2020), (evidence,)),)


def _placed(root: Path, passage: Passage, documents: list[Document]) -> Passage:
    """A passage with the rectangles of its words on the page."""
    document = next(d for d in documents if d.report == passage.report)
    index = document.page_index_at(passage.start)
    page = document.pages[index]
    with pymupdf.open(root / document.files[page.file]) as pdf:
        found = pdf[page.number - 1].search_for(passage.quote)
    rects = tuple(PageRect(index, r.x0, r.y0, r.x1, r.y1) for r in found)
    return msgspec.structs.replace(passage, rects=rects)
