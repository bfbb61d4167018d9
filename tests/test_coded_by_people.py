"""Silence and denominators: only what people have coded may be called not discussed, and checked numbers are of it."""

from __future__ import annotations

from typing import Any

import pytest

from litreview.ledger import Judgment
from litreview.synthesis.build import build_synthesis
from litreview.synthesis.model import MatrixRow, Synthesis
from tests.synthesis_making import coding, inputs, judgment, ledger, make_document, named, suggest

LOAD = "Pendamping kelelahan karena tugas ganda."
PLAN = "Rencana disusun bersama keluarga."
NAMES = {"a": "Ana Putri", "b": "Budi Hartono", "c": "Citra Dewi"}


def review(*judgments: Judgment, suggested: tuple[str, ...] = (), kinds: str = "results") -> Synthesis:
    documents = [make_document(id_, [(kinds, "Hasil", [[LOAD, PLAN]])], **named(name)) for id_, name in NAMES.items()]
    given = {d.report: [suggest(d, PLAN, "planning")] for d in documents if d.report in suggested}
    return build_synthesis(inputs(documents, given, ledger=ledger(*judgments)))


def coded(number: int, report: str, **more: Any) -> Judgment:
    document = make_document(report, [("results", "Hasil", [[LOAD, PLAN]])])
    return coding(number, "x", document, LOAD, "workload", **{"voice": "author", **more})


def done(number: int, report: str, **more: Any) -> Judgment:
    return judgment(number, "x", "completion", {"target": report, "stage": "coding", **more})


def row_of(result: Synthesis, code: str) -> MatrixRow:
    return next(row for row in result.matrix if row.code == code)


def told(result: Synthesis, code: str, status: str, language: str = "en") -> list[str]:
    return [p.text.get(language) for p in result.narrative if (p.code, p.status) == (code, status)]


def test_only_what_people_coded_is_silent() -> None:
    row = row_of(review(coded(1, "a"), done(2, "b")), "workload")
    assert (row.human_supporting, row.silent, row.uncoded, row.outside) == (("a",), ("b",), ("c",), ())
    assert [row.absence_of(study) for study in "abc"] == ["", "silent", "uncoded"]


@pytest.mark.parametrize(
    "said",
    [
        [],
        [done(1, "a", done=False)],
        [done(1, "a"), done(2, "a", done=False)],
        [judgment(1, "x", "completion", {"target": "a", "stage": "full-text"})],
    ],
)
def test_a_study_that_nobody_finished_is_not_coded(said: list[Judgment]) -> None:
    assert [study.coded for study in review(*said).studies] == [False, False, False]


def test_a_section_that_somebody_finished_is_of_its_report() -> None:
    assert [study.coded for study in review(done(1, "b@0-10")).studies] == [False, True, False]


def test_checked_numbers_are_of_the_studies_that_people_coded() -> None:
    result = review(coded(1, "a"), done(2, "b"), suggested=("c",))
    assert told(result, "workload", "human") == [
        "Checked passages show workload in 1 of 2 main studies that people have coded (of 3): Putri (2020). "
        "Not discussed in: Hartono (2020). Not yet coded by people: Dewi (2020)."
    ]
    assert told(result, "workload", "human", "id")[0].startswith(
        "Kutipan yang sudah diperiksa menunjukkan workload (id) dalam 1 dari 2 studi utama yang sudah dikode anggota "
        "(dari 3): "
    )
    assert "in 1 of 3 main studies: Dewi (2020)." in told(result, "planning", "provisional")[0]
    assert told(result, "planning", "human") == [
        "planning: not discussed in 2 of 2 main studies that people have coded (of 3): Putri (2020); Hartono (2020). "
        "Not yet coded by people: Dewi (2020)."
    ]


def test_where_people_coded_all_the_number_is_of_all() -> None:
    (said,) = told(review(coded(1, "a"), done(2, "b"), done(3, "c")), "workload", "human")
    assert said == (
        "Checked passages show workload in 1 of 3 main studies: Putri (2020). "
        "Not discussed in: Hartono (2020); Dewi (2020)."
    )


def test_without_people_there_are_provisional_words_and_no_silence() -> None:
    result = review(suggested=("a",))
    (said,) = told(result, "planning", "provisional")
    assert said.endswith(
        "Provisionally no machine suggestion, and not yet coded by people: Hartono (2020); Dewi (2020)."
    )
    assert not [p for p in result.narrative if "ot discussed" in p.text.en]
    assert any("people have coded none of them yet: hope; partnership." in p.text.en for p in result.narrative)


def test_passages_that_do_not_count_are_no_silence() -> None:
    result = review(coded(1, "a"), suggested=("b",), kinds="theory")
    assert row_of(result, "workload").outside_human == ("a",)
    assert row_of(result, "planning").outside == ("b",)
    assert any(p.text.en == "With passages only outside the sections and voices that count: workload."
               for p in result.narrative)  # fmt: skip
    mixed = review(coded(1, "a"), coded(2, "b", voice="cited"), done(3, "c"))
    assert "Only outside the sections and voices that count: Hartono (2020)." in told(mixed, "workload", "human")[0]


def test_the_gap_of_a_stage_is_silence_only_where_people_coded() -> None:
    stages = {row.stage: row for row in review(coded(1, "a"), suggested=("a",)).stages}
    gaps = [stages[stage].gap for stage in ("planning", "monitoring")]
    assert [gap.en for gap in gaps if gap] == [
        "So far no passage at this stage on: hope; partnership (main studies coded by people: 1 of 3).",
        "So far no passage tells of this stage (main studies coded by people: 1 of 3).",
    ]
