from __future__ import annotations

from msgspec.structs import replace

from litreview.documents.model import FileStatus
from litreview.errors import message
from litreview.records.model import DuplicateGroup, Entry, Export, Match, Record, Study
from litreview.screening.model import Choice, Standing
from litreview.synthesis.flow import FlowInput, FlowReport, compute_flow, faults
from litreview.synthesis.model import Flow, FlowBox

WHY = message("because")
GO, OUT = Standing("include", True), Standing("exclude", True, "years")


def record(number: int) -> Record:
    return Record(f"r{number}", f"a:{number}", "a")


def report(name: str, status: str = "ready", **more: str) -> FlowReport:
    return FlowReport(name, (FileStatus(f"{name}.pdf", status, name, sha256=more.pop("sha256", name)),), **more)


EXPORTS = (
    Export("a.ris", "ris", "Indeks A", tuple(map(record, range(1, 6)))),
    Export("b.csv", "csv", "", tuple(map(record, range(6, 9)))),
)
WORKED = FlowInput(
    exports=EXPORTS,
    groups=(DuplicateGroup(("r1", "r6"), (WHY,)),),
    entries=tuple(Entry(f"r{n}", record(n), (f"r{n}",)) for n in (1, 2, 3, 4, 5, 7, 8)),
    matches=(Match("r1", "p1", WHY), Match("r2", "p2", WHY), Match("r3", "p3", WHY), Match("r8", "p8", WHY)),
    reports=(
        report("p1"), report("p2"), report("p3", "damaged"), report("p8"),
        report("w1", found_by="website"), report("w2", "needs-ocr", found_by="citation"), report("w3"),
        report("policy", role="policy"),
    ),
    record_standings={"r7": OUT, "r8": Standing("exclude", False, "years", ("a",))},
    report_standings={"p1": GO, "p2": Standing("exclude", True, "full"), "w1": Standing("include", False), "w3": OUT},
    studies=(Study("p1", ("p1", "w1"), (WHY,), True),),
    choice=Choice(("p1",)),
)  # fmt: skip


def count(flow: Flow) -> dict[str, int]:
    return {key: box.count for key, box in flow.boxes.items() if box.count}


def test_the_worked_case() -> None:
    flow = compute_flow(WORKED)
    assert count(flow) == {
        "database_results": 8, "duplicates": 1, "records_screened": 7, "records_excluded": 2,
        "dbr_sought_reports": 5, "dbr_notretrieved_reports": 3, "dbr_assessed": 2, "dbr_excluded": 1,
        "website_results": 1, "citations_results": 1, "other_results": 1, "other_sought_reports": 3,
        "other_notretrieved_reports": 1, "other_assessed": 2, "other_excluded": 1,
        "new_studies": 1, "new_reports": 2, "main_studies": 1,
    }  # fmt: skip
    assert flow.faults == ()


def test_reasons_items_and_what_is_provisional() -> None:
    boxes = compute_flow(WORKED).boxes
    assert boxes["database_results"].reasons == (("Indeks A", 5), ("b.csv", 3))
    assert boxes["records_excluded"] == FlowBox("records_excluded", 2, (("years", 2),), ("r7", "r8"), 1)
    assert boxes["dbr_notretrieved_reports"].reasons == (("no-file", 2), ("not-readable", 1))
    assert boxes["dbr_notretrieved_reports"].items == ("r3", "r4", "r5")
    assert boxes["dbr_excluded"].reasons == (("full", 1),)
    assert (boxes["duplicates"].items, boxes["duplicates"].provisional) == (("r6",), 1)
    assert (boxes["new_reports"].provisional, boxes["new_studies"].provisional) == (1, 0)
    assert boxes["main_studies"].provisional == 1


def test_what_people_joined_and_confirmed_is_not_provisional() -> None:
    choice = Choice(("p1",), confirmed_by="lead")
    boxes = compute_flow(replace(WORKED, joined=frozenset({"r6"}), choice=choice)).boxes
    assert (boxes["duplicates"].provisional, boxes["main_studies"].provisional) == (0, 0)


def test_the_same_bytes_count_once() -> None:
    twice = (*WORKED.reports, report("copy", sha256="w1"), report("copy2", sha256="p1"))
    assert count(compute_flow(replace(WORKED, reports=twice))) == count(compute_flow(WORKED))


def test_copies_with_other_bytes_count_once() -> None:
    more = {"copy": Standing("include", False), "copy2": GO}
    twice = (*WORKED.reports, report("copy"), report("copy2"))
    inputs = replace(WORKED, reports=twice, report_standings={**WORKED.report_standings, **more},
                     copies={"copy": "w1", "copy2": "p1"})  # fmt: skip
    flow = compute_flow(inputs)
    assert count(flow) == count(compute_flow(WORKED))
    assert flow.faults == ()


def test_copies_with_a_record_each_both_count() -> None:
    flow = compute_flow(replace(WORKED, copies={"p2": "p1"}))
    assert count(flow) == count(compute_flow(WORKED))


def test_copies_of_an_entry_count_once_and_the_readable_one_stands() -> None:
    matches = (*WORKED.matches, Match("r3", "p3b", WHY))
    copies = replace(WORKED, matches=matches, reports=(*WORKED.reports, report("p3b")))
    boxes = compute_flow(replace(copies, report_standings={**WORKED.report_standings, "p3b": GO})).boxes
    assert boxes["dbr_sought_reports"].count == 5
    assert "p3b" in boxes["new_reports"].items
    assert not compute_flow(copies).faults


def test_pdfs_alone_go_the_other_way() -> None:
    flow = compute_flow(FlowInput(reports=(report("p1"),), report_standings={"p1": GO}))
    assert count(flow) == {"other_results": 1, "other_sought_reports": 1, "other_assessed": 1, "new_studies": 1,
                           "new_reports": 1}  # fmt: skip
    assert flow.faults == ()


def test_nothing_at_all() -> None:
    flow = compute_flow(FlowInput())
    assert count(flow) == {}
    assert flow.faults == ()


def test_what_does_not_close_is_named() -> None:
    lost = replace(WORKED, entries=WORKED.entries[:-1])
    assert "records_screened" in str(compute_flow(lost).faults[0])
    boxes = compute_flow(WORKED).boxes
    odd = {**boxes, "records_excluded": replace(boxes["records_excluded"], reasons=(("years", 1),))}
    assert "reasons" in str(faults(odd)[0])
    stranger = replace(WORKED, choice=Choice(("nobody",)))
    assert "not among the included" in str(compute_flow(stranger).faults[0])


def test_a_conflict_stays_in() -> None:
    quarrel = {**WORKED.report_standings, "p2": Standing("maybe", False, persons=("a", "b"), conflict=True)}
    flow = compute_flow(replace(WORKED, report_standings=quarrel))
    assert "p2" in flow.boxes["new_reports"].items
    assert flow.faults == ()


def test_registers_stand_beside_databases() -> None:
    flow = compute_flow(replace(WORKED, registers=frozenset({"Indeks A"})))
    assert flow.boxes["register_results"].reasons == (("Indeks A", 5),)
    assert flow.boxes["database_results"].reasons == (("b.csv", 3),)
    assert flow.faults == ()


def test_what_the_machine_may_leave_out_is_marked_before_screening() -> None:
    by_machine = Standing("exclude", True, "years", automatic=True)
    flow = compute_flow(replace(WORKED, record_standings=WORKED.record_standings | {"r7": by_machine}))
    assert flow.boxes["excluded_automatic"] == FlowBox("excluded_automatic", 1, (("years", 1),), ("r7",))
    assert (flow.boxes["records_screened"].count, flow.boxes["records_excluded"].count) == (6, 1)
    assert flow.boxes["dbr_sought_reports"].count == compute_flow(WORKED).boxes["dbr_sought_reports"].count
    assert flow.faults == ()
