from __future__ import annotations

from litreview.errors import message
from litreview.protocol import MainStudiesRule
from litreview.records.model import Record, ReportFacts, Study
from litreview.screening.facts import candidate, is_thesis, report_facts, study_states, with_record
from litreview.screening.model import Verdict
from tests.screening_making import make_document

WHY = message("because")
RULE = MainStudiesRule(5, {"method": "family", "locus": "regency"})
FOUND = {"method": "case-study", "regency": "Kabupaten Tirtasari", "year": "2019"}


def verdict(criterion: str, state: str) -> Verdict:
    return Verdict(criterion, state, WHY)


def test_facts_of_a_document_and_of_a_file_alone() -> None:
    facts = report_facts("p", ["a.pdf"], make_document([], "Judul", (), source="Jurnal A", **FOUND))
    assert facts == ReportFacts("p", ("a.pdf",), "Judul", year=2019, regency="Kabupaten Tirtasari", design="case-study")
    assert report_facts("p", ["a.pdf"], None) == ReportFacts("p", ("a.pdf",))


def test_the_record_goes_before_the_page() -> None:
    record = Record("r", "a:1", "a", kind="THES", title="Judul", authors=("Sari, D",), year=2018)
    facts = with_record(ReportFacts("p", title="JUDL", authors=("Kata Kunci",), doi="10.5555/a"), record)
    assert (facts.title, facts.authors, facts.year, facts.doi) == ("Judul", ("Sari, D",), 2018, "10.5555/a")
    assert facts.thesis
    assert with_record(facts, None) is facts


def test_a_thesis_is_known_by_its_chapters_or_its_university() -> None:
    headings = ("BAB I PENDAHULUAN", "BAB II TINJAUAN", "BAB III METODE")
    chapters = [(("other",), heading, ["Isi."]) for heading in headings]
    assert is_thesis(make_document(chapters))
    assert is_thesis(make_document([], source="UNIVERSITAS REKAAN"))
    assert not is_thesis(make_document(chapters[:2], source="Jurnal A"))


def test_a_study_meets_what_one_of_its_reports_meets() -> None:
    reports = [[verdict("a", "unmet"), verdict("b", "unclear")], [verdict("a", "met"), verdict("b", "unmet")]]
    assert study_states(reports) == {"a": "met", "b": "unclear"}
    assert study_states([]) == {}


def test_a_candidate_at_the_levels_of_the_rule() -> None:
    documents = {"p": make_document([]), "q": make_document([], "", ("garbled",), **FOUND)}
    verdicts = {"p": [verdict("a", "unclear")], "q": [verdict("a", "unclear"), verdict("b", "met")]}
    one = candidate(Study("p", ("p", "q")), documents, verdicts, RULE)
    assert (one.values, one.unclear, one.doubtful_pages) == ({"method": "qualitative", "locus": "tirtasari"}, 1, 1)


def test_what_a_person_extracted_and_decided_goes_first() -> None:
    values = {"method": "survey", "regency": "Rawajati Regency"}
    one = candidate(Study("p", ("p",)), {}, {"p": [verdict("a", "unclear")]}, RULE, values, decided=True)
    assert (one.values, one.unclear) == ({"method": "quantitative", "locus": "rawajati"}, 0)


def test_what_is_unknown_stays_empty() -> None:
    assert candidate(Study("p", ("p",)), {}, {}, RULE).values == {"method": "", "locus": ""}
