from __future__ import annotations

import pytest
from msgspec.structs import replace

from litreview.coding.model import Code, Codebook, Label, Suggestion, Theme
from litreview.documents.model import Document, FileStatus, Found
from litreview.protocol import Criterion, Protocol
from litreview.records.model import Record
from litreview.screening.criteria import CRITERION_KINDS, record_verdicts, report_verdicts, words_under
from litreview.screening.model import Verdict
from litreview.screening.vocabulary import find_mentions
from tests.screening_making import Part, make_document

CONCEPTS = {
    "pkh": ("PKH", "Program Keluarga Harapan"),
    "facilitation": ("pendamping", "pendampingan", "pendamping PKH"),
    "graduation": ("graduasi", "graduation"),
}
PROTOCOL = Protocol(
    format=1,
    title=None,  # type: ignore[arg-type]
    concepts=CONCEPTS,
    criteria=(
        Criterion("years", "year", from_year=2018, to_year=2023),
        Criterion("full", "sections", require=("results", "discussion")),
        Criterion("two", "concepts", of=("pkh", "facilitation", "graduation"), at_least=2),
        Criterion("answers", "person", shows=("barriers",)),
    ),
)
LONG = "Kata demi kata ditulis agar bagian ini punya cukup isi. " * 8


def of_record(criterion: str, **fields: object) -> Verdict:
    record = Record("r", "a:1", "a", **fields)  # type: ignore[arg-type]
    return next(one for one in record_verdicts(record, PROTOCOL) if one.criterion == criterion)


def of_report(criterion: str, document: Document, record: Record | None = None, **more: object) -> Verdict:
    verdicts = report_verdicts(document, record, PROTOCOL, **more)  # type: ignore[arg-type]
    return next(one for one in verdicts if one.criterion == criterion)


@pytest.mark.parametrize(
    ("year", "state"), [(2017, "unmet"), (2018, "met"), (2023, "met"), (2024, "unmet"), (None, "unclear")]
)
def test_year_of_a_record(year: int | None, state: str) -> None:
    assert of_record("years", year=year).state == state


@pytest.mark.parametrize(
    ("printed", "told", "state"),
    [
        ("2019", None, "met"),
        ("2019", 2020, "met"),
        ("2017", 2018, "unclear"),
        ("2018", 2017, "unclear"),
        ("2016", 2017, "unmet"),
        ("2024", None, "unmet"),
        ("", 2019, "met"),
        ("", None, "unclear"),
    ],
)
def test_year_of_a_report(printed: str, told: int | None, state: str) -> None:
    record = Record("r", "a:1", "a", year=told)
    verdict = of_report("years", make_document([], year=printed), record)
    assert verdict.state == state
    if state == "unclear" and printed:
        assert printed in str(verdict.why)
        assert str(told) in str(verdict.why)


def test_years_of_which_none_is_sure() -> None:
    assert of_report("years", make_document([], years="2019,2020")).state == "met"
    assert of_report("years", make_document([], years="2017,2019")).state == "unclear"


def test_the_words_that_tell_the_year_are_the_evidence() -> None:
    document = make_document([(("front",), "", ["Received 2009"])], year="2010", years="2010,2009")
    at = document.text.index("2009")
    received = replace(document.metadata, years=(Found("2010"), Found("2009", at, at + 4)))
    verdict = of_report("years", replace(document, metadata=received))
    assert (verdict.state, [one.quote for one in verdict.evidence]) == ("unmet", ["2010"])


def test_one_bound_suffices() -> None:
    protocol = replace(PROTOCOL, criteria=(Criterion("years", "year", from_year=2018),))
    assert record_verdicts(Record("r", "a:1", "a", year=2050), protocol)[0].state == "met"
    assert record_verdicts(Record("r", "a:1", "a", year=2010), protocol)[0].state == "unmet"


BOTH = (("results", "discussion"), "HASIL DAN PEMBAHASAN", [LONG])


def test_results_and_discussion_under_one_heading() -> None:
    verdict = of_report("full", make_document([BOTH]))
    assert (verdict.state, verdict.evidence[0].quote, verdict.evidence[0].page) == ("met", "HASIL DAN PEMBAHASAN", 1)


def test_results_that_are_told_in_the_abstract_alone_are_not_there() -> None:
    assert of_report("full", make_document([(("abstract",), "ABSTRAK", [LONG])])).state == "unmet"


@pytest.mark.parametrize("told", [[], ["Menyusul."]], ids=["heading-alone", "line-alone"])
def test_a_heading_that_hardly_any_text_follows_is_unclear(told: list[str]) -> None:
    verdict = of_report("full", make_document([(("results",), "HASIL", [LONG]), (("discussion",), "PEMBAHASAN", told)]))
    assert verdict.state == "unclear"
    assert f"“PEMBAHASAN” is on PDF page 1, but hardly any text follows it ({len(told)} words)" in str(verdict.why)
    assert [one.quote for one in verdict.evidence] == ["HASIL", "PEMBAHASAN"]


def test_a_heading_without_text_is_told_where_there_are_no_pages() -> None:
    document = replace(make_document([(("results",), "HASIL", ["Menyusul."])]), pages=())
    verdict = of_report("full", document)
    assert verdict.state == "unclear"
    assert str(verdict.why).startswith("The heading “HASIL” is there")


def test_a_part_of_a_structured_abstract_is_no_heading_of_results() -> None:
    document = make_document([(("abstract",), "ABSTRACT", ["In short."]), (("results",), "Results", ["Much."])])
    inside = (replace(document.sections[0], end=len(document.text)), document.sections[1])
    assert of_report("full", replace(document, sections=inside)).state == "unmet"


def test_what_cannot_be_read_leaves_sections_unclear() -> None:
    abstract = [(("abstract",), "ABSTRAK", [LONG])]
    assert of_report("full", make_document(abstract, doubts=("no-text",))).state == "unclear"
    waiting = (FileStatus("b.pdf", "needs-ocr", "p"),)
    assert of_report("full", make_document(abstract), files=waiting).state == "unclear"


def test_a_long_text_without_headings_is_unclear() -> None:
    assert of_report("full", make_document([(("other",), "", [LONG * 20])])).state == "unclear"


RESULTS = (("results",), "HASIL", [LONG * 16])


@pytest.mark.parametrize(
    ("parts", "state"),
    [
        ([RESULTS], "unclear"),
        ([(("introduction",), "Introduction", [LONG]), (("other",), "3 Families that left", [LONG * 16])], "unclear"),
        ([(("introduction",), "Introduction", [LONG * 16]), (("method",), "Method", [LONG])], "unmet"),
        ([(("introduction",), "Introduction", [LONG * 16]), (("other",), "Empty", [])], "unmet"),
        ([(("theory",), "Theory", [LONG * 16]), (("theory",), "2.1 Hope", [LONG * 16])], "unmet"),
        ([(("introduction",), "Introduction", [LONG]), (("other",), "3 Families that left", [LONG])], "unmet"),
    ],
    ids=["results-alone", "open-headings", "known-headings", "nothing-under-it", "theory", "short"],
)
def test_a_full_paper_stays_in_where_results_may_stand(parts: list[Part], state: str) -> None:
    front: list[Part] = [(("abstract",), "ABSTRAK", [LONG]), (("method",), "METODE", [LONG])]
    assert of_report("full", make_document([*front, *parts])).state == state


def test_a_structured_abstract_holds_no_results() -> None:
    document = make_document([(("abstract",), "ABSTRACT", ["In short."]), (("results",), "Results", [LONG])])
    inside = [replace(document.sections[0], end=len(document.text)), document.sections[1]]
    assert words_under(document, "results") > 50
    assert words_under(replace(document, sections=tuple(inside)), "results") == 0


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("pendamping PKH", ["facilitation"]),
        ("pendamping PKH dan PKH", ["facilitation", "pkh"]),
        ("Pendampingan pkh", ["facilitation", "pkh"]),
        ("Program\nKeluarga  Harapan", ["pkh"]),
        ("graduasinya", ["graduation"]),
        ("digraduasikan, PKHX", []),
        ("", []),
    ],
)
def test_the_longest_variant_stands_alone(text: str, concepts: list[str]) -> None:
    assert [one.concept for one in find_mentions(text, CONCEPTS)] == concepts


@pytest.mark.parametrize(
    ("title", "abstract", "state"),
    [
        ("Graduasi PKH", "", "met"),
        ("Pendamping PKH", "Sebuah kajian.", "unclear"),
        ("Hujan", "Sebuah kajian tentang hujan.", "unmet"),
        ("Hujan", "", "unclear"),
        ("Hujan", "Sebuah kajian tentang …", "unclear"),
        ("", "", "unclear"),
    ],
)
def test_concepts_of_a_record(title: str, abstract: str, state: str) -> None:
    assert of_record("two", title=title, abstract=abstract).state == state


def findings(*sentences: str) -> Document:
    return make_document([(("results",), "HASIL", sentences), (("references",), "DAFTAR PUSTAKA", ["Graduasi."] * 9)],
                         title="Program Keluarga Harapan")  # fmt: skip


def test_a_concept_in_several_sentences_of_results_is_discussed() -> None:
    verdict = of_report("two", findings("Graduasi satu.", "Ada graduasi.", "Graduasi tiga."))
    assert verdict.state == "met"
    assert [one.quote for one in verdict.evidence] == [
        "Program Keluarga Harapan", "Graduasi satu.", "Ada graduasi.", "Graduasi tiga.",
    ]  # fmt: skip


def test_passing_mentions_and_references_are_not_enough() -> None:
    verdict = of_report("two", findings("Graduasi satu.", "Ada graduasi.", "Lainnya."))
    assert verdict.state == "unmet"
    assert "pendamping, graduasi" in str(verdict.why)


def test_aims_count_and_other_sentences_of_an_introduction_do_not() -> None:
    def introduced(sentence: str) -> Verdict:
        return of_report("two", make_document([(("introduction",), "PENDAHULUAN", [sentence])]))

    assert introduced("Tulisan ini membahas pendampingan dan graduasi.").state == "met"
    assert introduced("Pendampingan dan graduasi sering dibicarakan orang.").state == "unmet"


def test_the_record_speaks_where_the_document_has_no_title() -> None:
    record = Record("r", "a:1", "a", title="Graduasi dan PKH", abstract="Pendampingan.")
    assert of_report("two", make_document([]), record).state == "met"
    assert of_report("two", make_document([], title="Hujan"), replace(record, abstract="")).state == "unmet"


def test_unreadable_parts_leave_concepts_unclear() -> None:
    assert of_report("two", make_document([], title="PKH", doubts=("garbled",))).state == "unclear"


CODEBOOK = Codebook((Theme("barriers", Label("", ""), "#000000", (Code("ratio", "barriers", Label("", "")),)),))


def suggestion(document: Document, words: str, **more: str) -> Suggestion:
    start = document.text.index(words)
    fields = {"code": "ratio", "stance": "supports", "voice": "author", **more}
    return Suggestion(start, start + len(words), score=1.0, cue="", suggester="cues 1", **fields)


def test_a_person_answers_and_the_machine_shows() -> None:
    parts = [(("results",), "HASIL", ["Pendamping kurang."]), (("theory",), "TEORI", ["Rasio kurang."])]
    document = make_document(parts)
    every = (
        suggestion(document, "Pendamping kurang."),
        suggestion(document, "Pendamping kurang.", voice="cited"),
        suggestion(document, "Pendamping kurang.", code="other"),
        suggestion(document, "Pendamping kurang.", stance="contradicts"),
        suggestion(document, "Rasio kurang."),
    )
    shown = of_report("answers", document, suggestions=every, codebook=CODEBOOK)
    assert (shown.state, [one.quote for one in shown.evidence]) == ("unclear", ["Pendamping kurang."])
    assert "Likely" in str(shown.why)
    assert of_report("answers", document).state == "unclear"
    assert of_record("answers").state == "unclear"


def test_every_kind_of_the_protocol_is_known() -> None:
    assert {kind.kind for kind in CRITERION_KINDS} == {"year", "sections", "concepts", "person"}
    assert record_verdicts(Record("r", "a:1", "a"), replace(PROTOCOL, criteria=())) == ()
