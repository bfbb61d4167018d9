from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from litreview.documents.model import Document, Metadata
from litreview.ledger import Judgment
from litreview.screening.model import Choice
from litreview.synthesis.build import ReportInput, build_synthesis
from litreview.synthesis.evidence import without_stray_marks
from litreview.synthesis.inputs import SynthesisInput
from litreview.synthesis.model import Passage, Synthesis
from tests.synthesis_making import codebook, coding, inputs, judgment, ledger, make_document, named, study, suggest

HOPE = "Ibu-ibu menyimpan harapan besar."
LOAD = "Pendamping kelelahan karena tugas ganda."


@pytest.fixture
def document() -> Document:
    return make_document(
        "r1",
        [
            ("abstract", "Abstrak", [[HOPE]]),
            ("theory", "Tinjauan pustaka", [["Harapan adalah unsur kekuatan."]]),
            ("results+discussion", "Hasil dan pembahasan", [["Desa itu kecil.", HOPE, LOAD]]),
        ],
        **named("Dewi Sari"),
    )


def passages(given: SynthesisInput) -> tuple[Passage, ...]:
    return build_synthesis(given).passages


def in_results(document: Document, words: str) -> tuple[int, int]:
    at = document.text.rindex(words)
    return at, at + len(words)


def test_a_suggestion_becomes_a_provisional_passage_at_its_place(document: Document) -> None:
    (passage,) = passages(inputs([document], {"r1": [suggest(document, LOAD, "workload")]}))
    assert (passage.id, passage.quote, passage.status, passage.coder) == ("q0001", LOAD, "provisional", "cues 1")
    assert (passage.file, passage.page, passage.page_end, passage.printed_page) == ("corpus/r1.pdf", 3, 3, "13")
    assert (passage.section, passage.theme, passage.counts) == ("results+discussion", "barriers", True)


def test_only_the_protocols_sections_and_voices_count(document: Document) -> None:
    abstract = suggest(document, HOPE, "hope")
    cited = msgspec.structs.replace(suggest(document, LOAD, "workload"), voice="cited")
    assert [p.counts for p in passages(inputs([document], {"r1": [abstract, cited]}))] == [False, False]


def test_words_that_a_person_coded_with_the_same_code_are_human_only(document: Document) -> None:
    found = passages(
        inputs(
            [document],
            {"r1": [suggest(document, LOAD, "workload"), suggest(document, LOAD, "hope")]},
            ledger=ledger(coding(1, "a", document, "kelelahan karena tugas ganda", "workload", voice="author")),
        )
    )
    assert [(p.code, p.status, p.quote) for p in found] == [
        ("hope", "provisional", LOAD),
        ("workload", "human", "kelelahan karena tugas ganda"),
    ]


def test_two_coders_of_the_same_words_give_one_passage(document: Document) -> None:
    both = ledger(
        coding(1, "b", document, LOAD, "workload", voice="author"),
        coding(2, "a", document, "tugas ganda", "workload", voice="author"),
    )
    (passage,) = passages(inputs([document], {}, ledger=both))
    assert (passage.coder, passage.quote) == ("a; b", LOAD)


def test_a_rejected_suggestion_is_gone(document: Document) -> None:
    body = coding(1, "a", document, LOAD, "workload").body
    rejected = judgment(2, "a", "suggestion-response", {**body, "response": "rejected"})
    assert passages(inputs([document], {"r1": [suggest(document, LOAD, "workload")]}, ledger=ledger(rejected))) == ()


def test_a_person_can_change_the_voice(document: Document) -> None:
    body = {k: v for k, v in coding(1, "a", document, LOAD, "workload").body.items() if k in ("report", "anchor")}
    said = judgment(2, "a", "voice", {**body, "voice": "participant"})
    (passage,) = passages(inputs([document], {"r1": [suggest(document, LOAD, "workload")]}, ledger=ledger(said)))
    assert passage.voice == "participant"


@pytest.mark.parametrize(("outcome", "expected"), [("workload", [("workload", "lead", "contradicts")]), ("", [])])
def test_an_adjudication_stands_in_the_place_of_the_codings(
    document: Document, outcome: str, expected: list[tuple[str, str, str]]
) -> None:
    settled = judgment(3, "lead", "adjudication", {"target": ["j1", "j2"], "code": outcome, "stance": "contradicts"})
    given = ledger(
        coding(1, "a", document, LOAD, "workload", voice="author"),
        coding(2, "b", document, LOAD, "workload", stance="contradicts", voice="author"),
        settled,
    )
    found = passages(inputs([document], {"r1": [suggest(document, LOAD, "workload")]}, ledger=given))
    assert [(p.code, p.coder, p.stance) for p in found] == expected


def orphans(result: Synthesis) -> list[tuple[str, str]]:
    return [(o.judgment, str(o.why).split(" ")[0]) for o in result.orphans]


def elsewhere(one: Judgment, **changes: str) -> Judgment:
    """A coding whose anchor is not as it was made."""
    return replace(one, body={**one.body, "anchor": {**one.body["anchor"], **changes}})


def test_what_cannot_be_placed_is_listed_never_shifted(document: Document) -> None:
    unknown_code = coding(1, "a", document, LOAD, "no-such-code")
    lost_words = elsewhere(coding(2, "a", document, LOAD, "workload"), quote="Kata lain.", text_hash="other")
    unknown_report = coding(3, "a", document, LOAD, "workload", report="r9")
    damaged = coding(4, "a", document, LOAD, "workload", anchor={"start": "x"})
    given = ledger(unknown_code, lost_words, unknown_report, damaged)
    result = build_synthesis(inputs([document], {}, ledger=given))
    assert result.passages == ()
    assert orphans(result) == [("j1", "The"), ("j2", "Its"), ("j3", "The"), ("j4", "Its")]


def test_words_that_stand_twice_with_equal_context_are_an_orphan() -> None:
    document = make_document("r1", [("results", "Hasil", [["Sama.", "Sama.", "Sama.", "Sama."]])])
    one = elsewhere(coding(1, "a", document, "Sama.", "hope"), text_hash="of another version", prefix="", suffix="")
    result = build_synthesis(inputs([document], {}, ledger=ledger(one)))
    assert (result.passages, len(result.orphans)) == ((), 1)


def test_an_old_code_is_read_as_the_one_that_took_its_place(document: Document) -> None:
    renamed = judgment(2, "lead", "codebook-version", {"map": {"tired": "burden", "burden": "workload", "x": "x"}})
    given = ledger(coding(1, "a", document, LOAD, "tired", voice="author"), renamed)
    assert [p.code for p in passages(inputs([document], {}, ledger=given))] == ["workload"]


def test_two_reports_of_a_study_are_one_study(document: Document) -> None:
    twin = make_document("r2", [("results", "Hasil", [[LOAD]])])
    result = build_synthesis(
        inputs(
            [document, twin],
            {"r1": [suggest(document, LOAD, "workload")], "r2": [suggest(twin, LOAD, "workload")]},
            studies=(study("s1", ReportInput("r1"), ReportInput("r2")),),
            choice=Choice(("s1",)),
        )
    )
    row = next(r for r in result.matrix if r.code == "workload")
    assert (len(result.passages), row.provisional_supporting) == (2, ("s1",))


def test_codings_outside_the_included_studies_are_kept_apart(document: Document) -> None:
    given = inputs([document], {"r1": [suggest(document, LOAD, "workload")]}, choice=Choice(()),
                   studies=(study("r1", decision="exclude"),),
                   ledger=ledger(coding(1, "a", document, LOAD, "workload", voice="author")))  # fmt: skip
    result = build_synthesis(given)
    assert (result.passages, result.studies) == ((), ())
    assert [(p.id, p.study, p.counts) for p in result.elsewhere] == [("e0001", "", False)]


def test_a_report_that_tells_no_title_is_named_and_cited_by_its_file(document: Document) -> None:
    nameless = msgspec.structs.replace(document, files=("corpus/theses/Ratri Wulan.pdf",), metadata=Metadata())
    (row,) = build_synthesis(inputs([nameless], {})).studies
    assert (row.name.en, row.title) == ("“Ratri Wulan” (n.d.)", "Ratri Wulan")
    assert row.reports[0].citation[0].text == "Ratri Wulan"


def test_nothing_gives_an_empty_synthesis() -> None:
    result = build_synthesis(inputs([], {}))
    assert (result.passages, result.studies, result.narrative) == ((), (), ())
    assert [row.code for row in result.matrix] == [c for c in codebook().codes if c != "strengths-other"]
    assert all(row.silent == () for row in result.matrix)


def test_a_source_without_pages_has_none(document: Document) -> None:
    bare = msgspec.structs.replace(document, pages=())
    (passage,) = passages(inputs([bare], {"r1": [suggest(bare, LOAD, "workload")]}))
    assert (passage.page, passage.page_end, passage.printed_page, passage.rects) == (None, None, None, ())


def test_the_synthesis_survives_the_cache(document: Document) -> None:
    result = build_synthesis(inputs([document], {"r1": [suggest(document, LOAD, "workload")]}))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(result), type=Synthesis) == result


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("malam masih kerja.”", "malam masih kerja."),
        ("“Saya tanya dulu.", "Saya tanya dulu."),
        ("“Saya” tanya “dulu.”", "“Saya” tanya “dulu.”"),
        ('kata "ya" dan selesai."', 'kata "ya" dan selesai.'),
        ("”", "”"),
    ],
)
def test_a_quotation_keeps_no_mark_whose_partner_stands_outside(text: str, kept: str) -> None:
    start, end = without_stray_marks(text, 0, len(text))
    assert text[start:end] == kept
