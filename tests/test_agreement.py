"""Agreement as outputs tell it: who is compared with whom, on what, and what is said with it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from litreview.documents.model import Document
from litreview.ledger import Judgment, Ledger
from litreview.protocol import AgreementRule, CodingRule
from litreview.synthesis.agreement import gather_agreement
from litreview.synthesis.assigned import Stratum, find_strata
from litreview.synthesis.codings import Coded
from litreview.synthesis.model import Agreement
from tests.synthesis_making import codebook, judgment, ledger, make_document, suggest

LINES = ["Harapan tumbuh.", "Tugas berat.", "Rencana dibuat.", "Keluarga lulus."]


def document(report: str = "r") -> Document:
    return make_document(report, [("results", "Hasil", [LINES[:2], LINES[2:]])])


def coded(person: str, line: int, code: str = "hope", report: str = "r", **more: Any) -> Coded:
    at = document().text.index(LINES[line])
    values = {"stance": "supports", "voice": "", "origin": "unaided", **more}
    return Coded(f"{person}{line}{code}{report}", person, report, code, start=at, end=at + len(LINES[line]), **values)


def gathered(codings: list[Coded], *judgments: Judgment, reports: str = "r", **more: Any) -> tuple[Agreement, ...]:
    documents = {report: document(report) for report in reports}
    return gather_agreement(codings, ledger(*judgments), documents, codebook(), **{"rule": CodingRule(), **more})


def lines(rows: tuple[Agreement, ...], coefficient: str = "percent") -> dict[str, Agreement]:
    return {f"{row.by} {row.about}": row for row in rows if row.coefficient == coefficient}


def assigned(number: int, people: list[str], *targets: str, round_: str = "") -> Judgment:
    body = {"stage": "coding", "targets": list(targets), "people": people, "round": round_, "double": True}
    return judgment(number, "lead", "assignment", body)


def finished(number: int, person: str, target: str = "r", done: bool = True) -> Judgment:
    return judgment(number, person, "completion", {"stage": "coding", "target": target, "done": done})


def test_two_coders_by_hand() -> None:
    """Five sentences (the heading is one). hope: both give it to the first, a to the second too; workload: b to the
    second. Pooled ten judgments, eight alike; hope four of five, kappa (.8 - .56) / .44: shares 2/5 and 1/5."""
    found = gathered([coded("a", 0), coded("b", 0), coded("a", 1), coded("b", 1, "workload")])
    assert list(lines(found)) == ["all All codes (a, b)", "code hope (a, b)", "code workload (a, b)"]
    whole, hope, workload = lines(found).values()
    assert (whole.value, whole.n, whole.raters, whole.documents) == (0.8, 10, 2, 1)
    assert (hope.value, workload.value) == (0.8, 0.8)
    kappa = lines(found, "cohen_kappa")["code hope (a, b)"].value
    assert kappa == pytest.approx((0.8 - 0.56) / 0.44)
    assert "Fewer than 10 documents" in str(whole.notes[0])
    assert {row.counted for row in found} == {"sentence"}
    assert lines(found, "unitising_alpha")["code workload (a, b)"].value is not None


def test_the_protocol_chooses_the_unit_and_whether_uncoded_text_counts() -> None:
    codings = [coded("a", 0), coded("b", 0), coded("a", 1)]

    def counted(**rule: Any) -> tuple[float | None, int]:
        row = lines(gathered(codings, rule=CodingRule(agreement=AgreementRule(**rule))))["all All codes (a, b)"]
        return row.value, row.n

    assert counted(uncoded=False) == (0.5, 2)
    assert counted(unit="document") == (1, 1)
    assert counted(unit="paragraph") == (1, 3)
    assert counted(unit="character")[1] == len(document().text)


def test_codings_with_help_are_missing_for_the_headline_and_have_their_own_line() -> None:
    found = gathered([coded("a", 0), coded("b", 0, origin="accepted"), coded("b", 1)])
    assert lines(found)["all All codes (a, b)"].n == 4
    aided = lines(found)["aided All codes, codings with help too (a, b)"]
    assert (aided.value, aided.n) == (0.8, 5)
    assert "suggestions accepted" in str(aided.notes[-1])
    assert "aided" not in {row.by for row in gathered([coded("a", 0), coded("b", 0)])}


def test_what_is_undefined_says_why_and_no_other_note_stands_in_its_place() -> None:
    found = gathered([coded("a", line) for line in range(4)] + [coded("b", line) for line in range(4)],
                     rule=CodingRule(agreement=AgreementRule(uncoded=False)))  # fmt: skip
    alpha = lines(found, "krippendorff_alpha")["all All codes (a, b)"]
    assert alpha.value is None
    assert [str(note) for note in alpha.notes] == [
        "All judgments are of one category; without variation nothing can be said beyond chance."
    ]


def test_only_reports_that_both_coded_count_without_assignments() -> None:
    found = gathered([coded("a", 0), coded("b", 0), coded("a", 0, report="s")], reports="rs")
    assert lines(found)["all All codes (a, b)"].documents == 1
    assert gathered([coded("a", 0), coded("b", 0, report="s")], reports="rs") == ()
    assert gathered([]) == ()


def test_assignments_say_what_counts() -> None:
    codings = [coded("a", 0), coded("b", 0), coded("c", 0), coded("a", 0, report="s"), coded("b", 0, report="s")]
    found = gathered(codings, assigned(1, ["a", "b"], "r"), assigned(2, ["a"], "s"), reports="rs")
    assert list(lines(found)) == ["all All codes (a, b)", "code hope (a, b)"]
    assert lines(found)["all All codes (a, b)"].n == 5


def test_what_is_assigned_counts_when_it_is_finished() -> None:
    codings = [coded("a", 0), coded("b", 0)]
    task = assigned(1, ["a", "b"], "r")
    assert gathered(codings, task, finished(2, "a")) == ()
    assert gathered(codings, task, finished(2, "a"), finished(3, "b"), finished(4, "b", done=False)) == ()
    assert gathered(codings, task, finished(2, "a"), finished(3, "b"))
    nothing_found = gathered([coded("a", 0)], task, finished(2, "a"), finished(3, "b"))
    assert lines(nothing_found)["all All codes (a, b)"].value == 0.8


def test_sections_may_be_assigned() -> None:
    start = document().text.index(LINES[2])
    task = assigned(1, ["a", "b"], f"r@{start}-{len(document().text)}")
    found = gathered([coded("a", 0), coded("b", 2), coded("a", 2), coded("a", 3)], task)
    assert (lines(found)["all All codes (a, b)"].value, lines(found)["all All codes (a, b)"].n) == (0.5, 2)


def test_rounds_and_versions_of_the_codebook_stand_apart() -> None:
    made = (("r", "pilot", "1" * 64), ("s", "main", "1" * 64), ("t", "main", "2" * 64))
    codings = [coded(p, 0, report=r, round=round_, codebook=version) for r, round_, version in made for p in "ab"]
    codings[-1] = msgspec.structs.replace(codings[-1], codebook="1" * 64)
    strata = find_strata(codings, Ledger())
    assert [(s.round, s.codebook, [p.document for p in s.places]) for s in strata] == [
        ("main", "11111111", ["s"]), ("main", "11111111 + 22222222", ["t"]), ("pilot", "11111111", ["r"])]  # fmt: skip
    found = gathered(codings, reports="rst")
    assert sorted({(row.round, row.codebook) for row in found}) == [(s.round, s.codebook) for s in strata]
    apart = [coded("a", 0, round="pilot"), coded("b", 0, round="main")]
    assert find_strata(apart, Ledger()) == ()


def test_assignments_belong_to_their_round() -> None:
    codings = [coded("a", 0, round="main"), coded("b", 0, round="main")]
    assert find_strata(codings, ledger(assigned(1, ["a", "b"], "r", round_="pilot"))) == ()
    found = find_strata(codings, ledger(assigned(1, ["a", "b"], "r", round_="main")))
    assert [type(one) for one in found] == [Stratum]


def test_by_theme_document_and_pair() -> None:
    codings = [coded(p, line, code, report)
               for p in "abc" for report in "rs" for line, code in ((0, "hope"), (1, "workload"))]  # fmt: skip
    found = gathered(codings, reports="rs", by=("theme", "document", "pair"))
    assert [line for line in lines(found) if not line.startswith("all")] == [
        "theme strengths (a, b, c)", "theme barriers (a, b, c)", "document corpus/r.pdf (a, b, c)",
        "document corpus/s.pdf (a, b, c)", "pair All codes (a, b)", "pair All codes (a, c)", "pair All codes (b, c)",
    ]  # fmt: skip
    cohen = lines(found, "cohen_kappa")
    assert cohen["all All codes (a, b, c)"].value is None
    assert "here are 3" in str(cohen["all All codes (a, b, c)"].notes[0])
    assert cohen["pair All codes (a, b)"].value == 1


def test_machines_stand_beside_people_and_never_among_them() -> None:
    codings = [coded("a", 0), coded("b", 0)]
    proposed = {"r": (suggest(document(), LINES[0], "hope"), suggest(document(), LINES[1], "workload"))}
    found = gathered(codings, suggestions=proposed)
    machine = [row for row in found if row.by == "machine"]
    assert [row for row in found if row.by != "machine"] == list(gathered(codings))
    assert list(lines(tuple(machine))) == ["machine All codes (a, cues 1)", "machine All codes (b, cues 1)"]
    assert machine[0].value == 0.9
    assert "no agreement between people" in str(machine[0].notes[-1])


def test_reflexive_work_has_no_coefficients_on_coding() -> None:
    assert gathered([coded("a", 0), coded("b", 0)], rule=CodingRule(approach="reflexive")) == ()


def decided(people: str, *rows: str) -> list[Judgment]:
    """Decisions on r0, r1 …, each told by the first letter for each person; a dot for none."""
    words = {"i": "include", "e": "exclude"}
    return [
        judgment(number * 10 + place, person, "decision",
                 {"target": f"r{number}", "stage": "full-text", "decision": words[said]})
        for number, row in enumerate(rows)
        for place, (person, said) in enumerate(zip(people, row, strict=True))
        if said in words
    ]  # fmt: skip


def test_decisions_of_two_persons_on_the_same_target() -> None:
    """Two of three alike; shares of include 2/3 and 1/3: kappa (2/3 - 4/9) / (5/9)."""
    found = lines(gathered([], *decided("ab", "ii", "ie", "ee")), "cohen_kappa")
    row = found["stage Decisions at the stage full-text (a, b)"]
    assert row.value == pytest.approx(0.4)
    assert (row.n, row.counted) == (3, "")


def test_decisions_of_three_persons_as_a_whole_and_by_pair() -> None:
    found = lines(gathered([], *decided("abc", "iii", "ee.", ".ie", "i..")))
    assert [str(row.about) for row in found.values()] == [
        f"Decisions at the stage full-text ({people})" for people in ("a, b, c", "a, b", "a, c", "b, c")
    ]
    assert [row.value for row in found.values()] == [pytest.approx(2 / 3), 1, 1, 0.5]
