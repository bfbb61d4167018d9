"""The shipped review, held against the truth that its sources tell."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import defaultdict
from pathlib import Path

import pymupdf
import pytest

from litreview.pipeline.state import State
from litreview.review import Review
from tests.truth import read_truth

TRUTH = read_truth()
MARK = "DATA CONTOH"
QUOTATION_COLUMNS = [
    "study",
    "file",
    "page",
    "page_end",
    "printed_page",
    "section",
    "voice",
    "theme",
    "code",
    "stance",
    "coder",
    "status",
    "quote",
    "sample",
]


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


@pytest.fixture(scope="module")
def state(run_sample: Path) -> State:
    return Review.open(run_sample).state()


def test_each_file_has_the_status_that_the_sources_tell(state: State) -> None:
    told = {
        row["file"]: row["value"] for row in TRUTH["file"] if row["key"] == "status" and row["file"].endswith(".pdf")
    }
    assert {status.path: status.status for status in state.statuses} == told


def test_metadata_is_read_right(state: State) -> None:
    wrong = []
    for row in TRUTH["file"]:
        document = next((d for d in state.documents.values() if d.files[0] == row["file"]), None)
        if document is not None and row["key"] in ("year", "method", "locus-id", "doi", "language", "title"):
            meta = document.metadata
            found = {
                "year": meta.year,
                "method": meta.method,
                "locus-id": meta.regency,
                "doi": meta.doi,
                "title": meta.title,
            }
            value = meta.language if row["key"] == "language" else getattr(found[row["key"]], "value", "")
            printed = row["key"] != "doi" or row["value"] in document.text
            if printed and value.casefold() != row["value"].casefold():
                wrong.append((row["file"], row["key"], value, row["value"]))
    assert not wrong


def test_verdicts_equal_the_truth(state: State) -> None:
    told = {(row["file"], row["key"]): row["value"] for row in TRUTH["verdict"]}
    found = {
        (path, verdict.criterion): verdict.state
        for report, verdicts in state.verdicts.items()
        for path in state.documents[report].files
        for verdict in verdicts
    }
    assert found == told


def test_duplicates_equal_the_truth(state: State) -> None:
    place = {record.id: record.place for export in state.exports for record in export.records}
    told: dict[str, str] = {}
    for row in TRUTH["duplicate"]:
        told[row["file"]] = row["value"]
    groups = {frozenset(place[member] for member in group.members) for group in state.found.groups}
    assert groups == join(told)


def join(pairs: dict[str, str]) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for one, other in pairs.items():
        merged = groups.get(one, {one}) | groups.get(other, {other})
        groups.update(dict.fromkeys(merged, merged))
    return {frozenset(group) for group in groups.values()}


def test_reports_match_the_records_of_the_truth(state: State) -> None:
    place = {record.id: record.place for export in state.exports for record in export.records}
    files = {report.id: report.files[0].path for report in state.reports}
    found = {(place[m], files[r]) for r, entry in state.entry_of.items() for m in entry.members}
    assert found == {(row["file"], row["value"]) for row in TRUTH["record-match"]}


def test_main_studies_and_the_other_sets_equal_the_truth(state: State) -> None:
    key = {row["file"]: row["value"] for row in TRUTH["file"] if row["key"] == "study"}
    name = {study.id: key[state.documents[study.reports[0]].files[0]] for study in state.studies}
    assert {name[study] for study in state.choice.chosen} == {row["key"] for row in TRUTH["main-study"]}
    sets = {frozenset(name[study] for study in one) for one in (state.choice.chosen, *state.choice.alternatives)}
    assert sets == {frozenset(row["value"].split()) for row in TRUTH["main-study-set"]}
    assert state.choice.valid_sets == len(sets)


def test_candidate_contradictions_are_few_and_find_those_of_the_truth(state: State) -> None:
    """Measured: 52 candidates, 13 of them on a page of the truth, with 11 of its 46 rows."""
    told = {(row["file"], row["page"], row["key"]) for row in TRUTH["code"] if row["value"] == "contradicts"}
    places = []
    for report, suggestions in state.suggestions.items():
        document = state.documents[report]
        for one in (s for s in suggestions if s.stance == "contradicts"):
            page = document.pages[document.page_index_at(one.start)]
            places.append((document.files[page.file], str(page.number), one.code))
    assert len(places) <= 60
    assert len(told & set(places)) >= 11


FLOW_KEYS = {
    "records_identified": "database_results",
    "duplicates_removed": "duplicates",
    "records_screened": "records_screened",
    "records_excluded": "records_excluded",
    "reports_sought": "dbr_sought_reports",
    "reports_not_retrieved": "dbr_notretrieved_reports",
    "reports_assessed": "dbr_assessed",
    "reports_excluded": "dbr_excluded",
    "other_methods_identified:website": "website_results",
    "other_sought": "other_sought_reports",
    "other_not_retrieved": "other_notretrieved_reports",
    "other_assessed": "other_assessed",
    "other_excluded": "other_excluded",
    "studies_included": "new_studies",
    "reports_included": "new_reports",
    "main_studies": "main_studies",
}


def test_flow_equals_the_truth_number_by_number(state: State) -> None:
    told = {row["key"]: int(row["value"]) for row in TRUTH["flow"]}
    flow = state.synthesis.flow
    assert {key: flow.boxes[box].count for key, box in FLOW_KEYS.items()} == {key: told[key] for key in FLOW_KEYS}
    assert flow.faults == ()


def test_reasons_of_the_flow_equal_the_truth(state: State) -> None:
    boxes = state.synthesis.flow.boxes
    for told_key in ("records_excluded", "reports_excluded", "reports_not_retrieved"):
        told = {
            r["key"].partition(":")[2]: int(r["value"]) for r in TRUTH["flow"] if r["key"].startswith(told_key + ":")
        }
        assert dict(boxes[FLOW_KEYS[told_key]].reasons) == told


Place = tuple[str, int, str]  # file, page from 1, code


def told_places(state: State) -> tuple[set[Place], set[Place]]:
    """Where the truth places codes that have cues, and those places with the pages beside them."""
    with_cues = {code.id for code in state.opened.codebook.codes.values() if code.cues}
    rows = [(r["file"], int(r["page"]), r["key"], r["value"]) for r in TRUTH["code"] if r["key"] in with_cues]
    told = {(file, page, code) for file, page, code, stance in rows if stance == "supports"}
    return told, {(file, page + step, code) for file, page, code in told for step in (-1, 0, 1)}


def suggested_places(state: State) -> set[Place]:
    found = set()
    for report, suggestions in state.suggestions.items():
        document = state.documents[report]
        for one in suggestions:
            page = document.pages[document.page_index_at(one.start)]
            if one.stance == "supports":  # a topic found but denied is no suggestion
                found.add((document.files[page.file], page.number, one.code))
    return found


def test_four_in_five_codes_are_suggested_on_their_page(state: State) -> None:
    told, _ = told_places(state)
    assert len(told & suggested_places(state)) >= 0.8 * len(told)


def test_at_most_one_suggestion_in_four_is_outside_the_truth(state: State) -> None:
    found = suggested_places(state)
    assert len(found & told_places(state)[1]) >= 0.75 * len(found)


def test_quotations_have_their_columns_and_are_fifty_or_more(run_sample: Path) -> None:
    rows = read_csv(run_sample / "outputs" / "tables" / "quotations.csv")
    assert list(rows[0]) == QUOTATION_COLUMNS
    assert len(rows) >= 50
    assert {row["status"] for row in rows} == {"human", "provisional"}


def test_a_quotation_stands_on_its_page_as_another_reader_sees_it(run_sample: Path) -> None:
    def squeeze(text: str) -> str:
        return "".join(c for c in text.replace("\xad", "") if c.isalnum()).casefold()

    rows = read_csv(run_sample / "outputs" / "tables" / "quotations.csv")
    misses = 0
    for row in rows:
        with pymupdf.open(run_sample / row["file"]) as pdf:
            pages = "".join(pdf[n - 1].get_text() for n in range(int(row["page"]), int(row["page_end"]) + 1))
        misses += squeeze(row["quote"])[:40] not in squeeze(pages)
    assert misses <= 0.02 * len(rows)  # a column or footnote may come between a quotation's first words


def test_every_quoted_pdf_is_annotated(run_sample: Path) -> None:
    rows = read_csv(run_sample / "outputs" / "tables" / "quotations.csv")
    annotated = list((run_sample / "outputs" / "annotated").rglob("*.pdf"))
    assert len(annotated) == len({row["file"] for row in rows})
    marks: dict[str, int] = defaultdict(int)
    for path in annotated:
        with pymupdf.open(path) as pdf:
            marks[path.name] = sum(1 for page in pdf for _ in page.annots())
    assert all(marks.values())


def test_every_output_says_that_it_is_sample_data(run_sample: Path) -> None:
    assert [path.name for path in every_output(run_sample) if MARK not in visible_text(path)] == []


def every_output(folder: Path) -> list[Path]:
    return sorted(p for p in (folder / "outputs").rglob("*") if p.is_file() and p.name not in ("README.md",))


def visible_text(path: Path) -> str:
    """Text that an output shows; for a picture, the mark that its metadata and its SVG twin carry."""
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as parts:
            return " ".join(parts.read(n).decode("utf-8", "replace") for n in parts.namelist() if n.endswith(".xml"))
    if path.suffix == ".pdf":
        with pymupdf.open(path) as pdf:
            texts = [page.get_text() for page in pdf]
        return MARK if all(MARK in text for text in texts) else ""
    if path.suffix == ".png":  # drawn from the SVG beside it, word for word
        path = path.with_suffix(".svg")
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".csv":
        rows = csv.DictReader(io.StringIO(text))
        marked = "sample" in (rows.fieldnames or ()) and all(MARK in row["sample"] for row in rows)
        return MARK if marked else ""
    return json.dumps(json.loads(text), ensure_ascii=False) if path.suffix == ".json" else text
