"""The shipped corpus is what its sources build, and its truth holds against them."""

from __future__ import annotations

import csv
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from sample.build import CORPUS, build, typeset
from sample.catalog import CATALOG, MAIN_SETS, STUDIES, study_of
from sample.records import Search, read_search
from sample.source import SourceError, letters, read_texts, take_marks
from sample.truth import KINDS, check_flow, flow_counts, place

CONCEPTS = {
    "pkh": r"\bPKH\b|Program Keluarga Harapan|Family Hope Program",
    "facilitation": r"pendamping|facilitat|mentoring",
    "graduation": r"graduasi|graduat|\bexit|wisuda|mewisuda",
}


@pytest.fixture(scope="module")
def built() -> dict[str, bytes]:
    return build()


@pytest.fixture(scope="module")
def search() -> Search:
    return read_search(read_texts(), {})


@pytest.fixture(scope="module")
def truth() -> list[dict[str, str]]:
    with (CORPUS / "truth.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def opened(data: bytes) -> Any:
    engine: Any = pymupdf
    return engine.open(stream=data, filetype="pdf")


def test_building_gives_the_committed_bytes(built: dict[str, bytes]) -> None:
    different = [path for path, data in built.items() if (CORPUS / path).read_bytes() != data]
    assert different == []


def test_building_twice_gives_the_same_bytes(built: dict[str, bytes]) -> None:
    assert build() == built


def test_corpus_is_small_and_holds_nothing_else(built: dict[str, bytes]) -> None:
    files = {path.relative_to(CORPUS).as_posix() for path in CORPUS.rglob("*") if path.is_file()}
    assert files - set(built) == {"README.md", "background/graduation-targets.csv"}
    assert sum(map(len, built.values())) < 6_000_000


def test_names_are_safe_on_windows(built: dict[str, bytes]) -> None:
    for path in built:
        assert not re.search(r'[<>:"|?*\\]', path)
        assert not any(part.endswith((" ", ".")) or len(part) > 120 for part in Path(path).parts)


def test_every_page_and_its_metadata_say_synthetic(built: dict[str, bytes]) -> None:
    for path, data in built.items():
        if path.endswith(".pdf") and b"/Encrypt" not in data:
            with opened(data) as document:
                assert document.page_count == 0 or "SYNTHETIC" in document.metadata["subject"]
                texts = [page.get_text() for page in document]
            assert all("SYNTHETIC SAMPLE" in text for text in texts if text)


def test_unreadable_files_are_unreadable_in_their_way(built: dict[str, bytes]) -> None:
    with opened(built[CATALOG["f5"].path]) as scan:
        assert [page.get_text() for page in scan] == ["", ""]
        assert len(built[CATALOG["f5"].path]) < 400_000
    with opened(built[CATALOG["f6"].path]) as locked:
        assert locked.needs_pass
    try:
        pages = opened(built[CATALOG["f7"].path]).page_count
    except pymupdf.FileDataError:
        pages = 0
    assert pages == 0


def begins_on(text: str, page: str, following: str) -> bool:
    """Say whether a sentence begins on a page, be it with its last letters."""
    head = letters(text)[:24]
    return any(head[:cut] in page and (cut == len(head) or head[cut:] in following) for cut in range(len(head), 0, -1))


def test_marked_sentences_stand_on_their_pages(truth: list[dict[str, str]]) -> None:
    placed = {(row["file"], row["page"], row["key"]) for row in truth if row["kind"] == "code"}
    for key, text in read_texts().items():
        for path, part, result in typeset(text)[0] if CATALOG[key].status == "ready" else ():
            with opened(result.data) as document:
                pages = [letters(page.get_text()) for page in document] + [""]
            for number, block in enumerate(part.blocks):
                for mark in block.marks:
                    page = result.trace.page_of(number, mark.start)
                    assert begins_on(mark.text, pages[page - 1], pages[page]), (key, mark.text)
                    assert all((f"corpus/{path}", str(page), code) in placed for code, _ in mark.codes)


def test_flow_closes_and_is_the_committed_one(search: Search, truth: list[dict[str, str]]) -> None:
    flow = flow_counts(search)
    check_flow(flow)
    assert {row["key"]: int(row["value"]) for row in truth if row["kind"] == "flow"} == flow
    assert (flow["records_identified"], flow["duplicates_removed"]) == (80, 17)
    assert (flow["studies_included"], flow["reports_included"], flow["main_studies"]) == (8, 9, 5)


def test_a_flow_that_does_not_close_is_refused(search: Search) -> None:
    with pytest.raises(ValueError, match="does not close"):
        check_flow({**flow_counts(search), "reports_sought": 1})


def test_outcomes_follow_from_title_abstract_and_year(search: Search) -> None:
    """The flags set by hand agree with a plain reading of what the exports tell of each work."""
    told: dict[str, list[dict[str, str]]] = {}
    for records in search.exports.values():
        for record in records:
            told.setdefault(record.work, []).append({name: record.get(name) for name in ("title", "abstract", "year")})
    for work, entries in told.items():
        years = [int(entry["year"]) for entry in entries if entry["year"]]
        text = " ".join(entry["title"] + " " + entry["abstract"] for entry in entries)
        named = [name for name, pattern in CONCEPTS.items() if re.search(pattern, text, re.I)]
        outcome = "sought"
        if years and not 2018 <= years[0] <= 2023:
            outcome = "years"
        elif not named and any(entry["abstract"] for entry in entries):
            outcome = "two-concepts"
        assert search.outcomes[work] == outcome, work


def test_main_sets_are_all_the_sets_that_differ() -> None:
    """Every five studies that differ in method and in locus, counted by hand from the front matter."""
    texts = read_texts()

    def differ(five: tuple[str, ...]) -> bool:
        methods = {texts[key].get("method") for key in five}
        return len(methods) == len({place(texts[key].regency) for key in five}) == 5

    found = [five for five in combinations(STUDIES, 5) if differ(five)]
    assert found == sorted(MAIN_SETS)
    assert MAIN_SETS[0] == ("s1", "s4", "s5", "s6", "s8")
    assert study_of("s4a") == "s4"


def test_truth_has_every_kind_and_the_eighteen_codes_in_two_studies(truth: list[dict[str, str]]) -> None:
    assert set(KINDS) == {row["kind"] for row in truth}
    study = {row["file"]: row["value"] for row in truth if row["kind"] == "file" and row["key"] == "study"}
    where: dict[str, set[str]] = {}
    for row in truth:
        if row["kind"] == "code" and study.get(row["file"]) in STUDIES:
            where.setdefault(row["key"], set()).add(study[row["file"]])
    eighteen = (
        "capacity-to-grow strengths-and-assets active-participation collaboration-and-partnership "
        "hope-and-motivation environment-as-resource facilitator-competence family-participation "
        "institutional-support government-policy economic-social-instability low-self-confidence "
        "limited-education-and-jobs facilitator-ratio facilitator-workload data-validation "
        "lack-of-resources schedule-mismatch"
    )
    assert [code for code in eighteen.split() if len(where.get(code, ())) < 2] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{no-such-code | author | Kalimat.}}", "unknown code"),
        ("{{planning | nobody | Kalimat.}}", "unknown voice"),
        ("{{planning | author | Kalimat.", "broken mark"),
    ],
)
def test_slips_in_the_marks_are_told(text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        take_marks(text, "x")


def test_marks_are_taken_out_and_placed() -> None:
    printed, marks = take_marks('Satu. {{planning, !home-visits | author | "Dua" kata.}} Tiga.', "x")
    assert printed == "Satu. “Dua” kata. Tiga."
    assert marks[0].codes == (("planning", "supports"), ("home-visits", "contradicts"))
    assert marks[0].start == len("Satu")
