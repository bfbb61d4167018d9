from __future__ import annotations

import pytest
from msgspec.structs import replace

from litreview.errors import message
from litreview.ledger import Judgment
from litreview.records.fields import place_key
from litreview.records.match import join_reports, match_reports
from litreview.records.model import Entry, Match, Record, RecordPair, ReportFacts

TITLE = "Pendampingan keluarga menuju graduasi mandiri di Kabupaten Tirtasari"


def entry(number: int, title: str, **more: object) -> Entry:
    fields = {"authors": ("Sari, Dewi",), "year": 2020, "kind": "JOUR", **more}
    record = Record(f"r{number}", f"a.ris:{number}", "a.ris", title=title, **fields)  # type: ignore[arg-type]
    return Entry(record.id, record, (record.id, f"r{number}-copy"))


ENTRIES = [
    entry(1, TITLE, doi="10.5555/jeps.3.2.101"),
    entry(2, TITLE.replace("Tirtasari", "Rawajati"), year=2021),
    entry(3, "Leaving with dignity: strengths in the exit of poor families", authors=("Putra, Budi",), year=2018),
]


def found(report: ReportFacts, *judgments: Judgment) -> list[str]:
    return [match.entry for match in match_reports(ENTRIES, [report], judgments)[0]]


def report(title: str = "", author: str = "", file: str = "a.pdf", **more: object) -> ReportFacts:
    return ReportFacts("p", (file,), title, authors=(author,) if author else (), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (report(TITLE, doi="10.5555/jeps.3.2.101"), "r1"),
        (report("Leaving With Dignity: Strengths in the Exit", "Budi Putra"), "r3"),
        (report(TITLE.upper(), "Dewi Sari"), "r1"),
        (report(TITLE.replace("Tirtasari", "Rawajati"), "D. Sari"), "r2"),
        (report(TITLE), "r1"),
        (report(file="x/10.5555_jeps.3.2.101.pdf"), "r1"),
        (report(file="Pendampingan keluarga menuju graduasi mandiri di Kabupaten Rawajati.pdf"), "r2"),
        (report(file="Putra 2018 - Leaving with dignity.pdf"), "r3"),
    ],
    ids=["doi", "subtitle", "title", "twin", "no-author", "doi-name", "title-name", "author-name"],
)
def test_a_report_finds_its_entry(facts: ReportFacts, expected: str) -> None:
    assert found(facts) == [expected]


@pytest.mark.parametrize(
    "facts",
    [
        report(),
        report("Pendahuluan", "Dewi Sari"),
        report(TITLE.replace("Tirtasari", "Karangmulya"), "Dewi Sari"),
        report("A study of rain", "Dewi Sari", doi="10.5555/other"),
        report(TITLE, "Orang Lain"),
        report(TITLE, "Dewi Sari", thesis=True),
        report("Hujan di hutan", file="Putra 2018 - Leaving with dignity.pdf"),
        report(file="scan-0001.pdf"),
    ],
    ids=["nothing", "generic", "other-place", "other", "other-author", "thesis", "name-against-title", "scan"],
)
def test_a_report_is_not_guessed(facts: ReportFacts) -> None:
    assert found(facts) == []


def test_what_is_unsure_is_returned() -> None:
    matches, unsure = match_reports(ENTRIES, [report(TITLE, "Orang Lain")])
    assert (matches, [(one.entry, one.report) for one in unsure]) == ([], [("r1", "p")])


def test_a_doi_of_a_cited_work_is_unsure() -> None:
    _, unsure = match_reports(ENTRIES, [report("Hujan di hutan bakau", "Orang Lain", doi="10.5555/jeps.3.2.101")])
    assert "another title" in str(unsure[0].why)


def link(person: str = "a", **body: object) -> Judgment:
    return Judgment(person, "", person, "d", "link", dict(body))


def test_a_person_links_by_any_copy_of_the_record() -> None:
    assert found(report(TITLE, "Dewi Sari"), link(record="r3-copy", report="p")) == ["r3"]


def test_two_people_who_link_otherwise_leave_it_open() -> None:
    two = (link(record="r1", report="p"), link("b", record="r2", report="p"))
    matches, unsure = match_reports(ENTRIES, [report(TITLE)], two)
    assert (matches, len(unsure)) == ([], 2)


def test_nothing_gives_nothing() -> None:
    assert match_reports([], []) == ([], [])
    assert match_reports([], [report(TITLE)]) == ([], [])


SKRIPSI = ReportFacts("t", title="Pendampingan PKH", authors=("Sari Dewi Lestari",), year=2020,
                      regency="Kabupaten Banyurejo", design="case-study", thesis=True)  # fmt: skip
ARTICLE = ReportFacts("a", title="Menuju mandiri", authors=("Lestari, S. D.",), year=2021,
                      regency="Banyurejo Regency", design="case-study")  # fmt: skip


def test_a_thesis_and_its_article_are_one_study_for_now() -> None:
    [study] = join_reports([SKRIPSI, ARTICLE])
    assert (study.id, study.reports, study.provisional) == ("t", ("t", "a"), True)
    assert "until a person" in str(study.why[0])


@pytest.mark.parametrize(
    "other",
    [
        replace(ARTICLE, authors=("Lestari, B.",)),
        replace(ARTICLE, regency="Kota Banyurejo"),
        replace(ARTICLE, regency=""),
        replace(ARTICLE, design="survey"),
        replace(ARTICLE, year=2025),
        replace(ARTICLE, thesis=True),
    ],
)
def test_reports_of_two_studies(other: ReportFacts) -> None:
    assert len(join_reports([SKRIPSI, other])) == 2


def test_a_person_confirms_and_parts() -> None:
    [study] = join_reports([SKRIPSI, ARTICLE], judgments=[link(reports=["t", "a"], reason="x")])
    assert not study.provisional
    assert len(join_reports([SKRIPSI, ARTICLE], judgments=[link(reports=["t", "a"], apart=True)])) == 2
    [linked] = join_reports([SKRIPSI, replace(ARTICLE, design="survey")], judgments=[link(report="a", study="t")])
    assert linked.reports == ("t", "a")


def test_reports_of_entries_offered_as_one_study_are_one_for_now() -> None:
    matches = [Match("r1", "x", message("")), Match("r2", "y", message(""))]
    offered = [RecordPair("r1", "r2", message("A preprint.")), RecordPair("r1", "r9", message("No report."))]
    [study] = join_reports([ReportFacts("x"), ReportFacts("y")], matches, offered=offered)
    assert (study.reports, study.provisional, str(study.why[0])) == (("x", "y"), True, "A preprint.")
    apart = [link(reports=["x", "y"], apart=True)]
    assert len(join_reports([ReportFacts("x"), ReportFacts("y")], matches, apart, offered=offered)) == 2


def test_copies_of_one_entry_are_one_study() -> None:
    why = match_reports(ENTRIES, [report(TITLE)])[0][0].why
    matches = [Match("r1", "x", why), Match("r1", "y", why)]
    [study] = join_reports([ReportFacts("x"), ReportFacts("y")], matches)
    assert study.reports == ("x", "y")


def test_place_keys() -> None:
    assert place_key("Kabupaten Tirtasari") == place_key("Tirtasari Regency") == place_key("Kab. Tirtasari")
    assert place_key("Kota Sumberwangi") == place_key("Sumberwangi City") != place_key("Kabupaten Sumberwangi")
    assert place_key("") == ""
