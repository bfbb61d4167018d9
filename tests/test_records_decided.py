"""Decisions of Rayyan and ASReview come out of their exports, and go back into them."""

from __future__ import annotations

import pytest

from litreview.records.decided import asreview_label, pairs, rayyan_note
from litreview.records.model import Export, RecordDecision
from litreview.records.read import parse_export

RAYYAN = 'RAYYAN-INCLUSION: {"Ani S."=>"Included","Budi"=>"Excluded"} | RAYYAN-LABELS: gizi,anak | '
RAYYAN += 'RAYYAN-EXCLUSION-REASONS: bukan PKH,tanpa données | USER-NOTES: {"Budi"=>["lihat \\"hal. 3\\""]}'


def read(text: str) -> Export:
    export = parse_export(text.encode(), "a")
    assert export is not None
    return export


def told(export: Export) -> list[tuple[str, str, str, str]]:
    return [(one.person, one.decision, one.reason, one.note) for one in export.decisions]


def ris(*notes: str) -> str:
    return "TY  - JOUR\nTI  - Satu\n" + "".join(f"N1  - {note}\n" for note in notes) + "ER  - \n"


def test_rayyan_notes_in_ris_and_tables() -> None:
    quoted = RAYYAN.replace('"', '""')
    for export in (read(ris("biasa", RAYYAN)), read(f'title,year,notes\nSatu,2019,"{quoted}"\n')):
        assert told(export) == [
            ("Ani S.", "include", "", ""),
            ("Budi", "exclude", "bukan PKH,tanpa données", 'lihat "hal. 3"'),
        ]
        assert {one.record for one in export.decisions} == {export.records[0].id}
        [notes] = export.records[0].extra.values()
        assert notes[-1] == "RAYYAN-LABELS: gizi,anak"


def test_rayyan_maybe_a_note_alone_and_a_reason_without_a_vote() -> None:
    assert told(read(ris('RAYYAN-INCLUSION: {"Ani"=>"Maybe"}'))) == [("Ani", "maybe", "", "")]
    assert told(read(ris('USER-NOTES: {"Ani"=>["x", "y"]}'))) == [("Ani", "", "", "x y")]
    export = read(ris("RAYYAN-EXCLUSION-REASONS: x | y"))
    assert export.records[0].extra == {"N1": ["RAYYAN-EXCLUSION-REASONS: x | y"]}


@pytest.mark.parametrize(
    ("note", "decision", "left"),
    [
        ("ASReview_relevant", "include", {}),
        ("<p>ASReview_irrelevant</p>", "exclude", {}),
        ("ASReview_irrelevant. Catatan lain", "exclude", {"N1": ["Catatan lain"]}),
        ("ASReview_not_seen", "", {}),
        ("ASReview_relevantly", "", {"N1": ["ASReview_relevantly"]}),
    ],
)
def test_asreview_labels_in_ris(note: str, decision: str, left: dict[str, list[str]]) -> None:
    export = read(ris(note))
    assert [one.decision for one in export.decisions] == ([decision] if decision else [])
    assert export.records[0].extra == left


def test_asreview_columns_in_ris_and_tables() -> None:
    columns = ('asreview_note: "baik"', 'asreview_user_name: "Ani"', 'asreview_time: "2024"')
    notes = read(ris("ASReview_relevant", *columns))
    head = "title,year,asreview_label,asreview_note,asreview_user_name,asreview_time\n"
    table = read(head + "Satu,2019,1,baik,Ani,2024\nDua,2020,0,,,\nTiga,2021,,,,\n")
    assert told(notes) == [("Ani", "include", "", "baik")]
    assert told(table) == [("Ani", "include", "", "baik"), ("", "exclude", "", "")]
    assert all(not record.extra for record in table.records)


def test_a_column_of_labels_is_read_and_stays() -> None:
    export = read("record_id,title,label_included\n7,Satu,1\n8,Dua,0\n9,Tiga,\n")
    assert [one.decision for one in export.decisions] == ["include", "exclude"]
    assert export.records[0].extra == {"record id": ["7"], "label included": ["1"]}


def test_a_label_in_ris_is_no_decision() -> None:
    assert not read("TY  - JOUR\nTI  - Satu\nLB  - 1\nER  - \n").decisions


def test_a_note_that_only_mentions_rayyan_is_kept() -> None:
    export = read(ris("lihat RAYYAN-1 saja"))
    assert export.records[0].extra == {"N1": ["lihat RAYYAN-1 saja"]}


def test_ids_do_not_hang_on_decisions() -> None:
    assert read(ris()).records[0].id == read(ris(RAYYAN.replace("RAYYAN-LABELS: gizi,anak | ", ""))).records[0].id


def test_what_is_written_for_rayyan_is_read_from_it() -> None:
    ours = [
        RecordDecision("r", "Ani", "title-abstract", "include"),
        RecordDecision("r", "Ani", "full-text", "exclude", 'bukan "PKH" | apa', "catatan \\ x"),
        RecordDecision("r", "Budi", "full-text", "maybe"),
    ]
    assert told(read(ris(rayyan_note(ours)))) == [
        ("Ani", "exclude", 'bukan "PKH" | apa', "catatan \\ x"),
        ("Budi", "maybe", "", ""),
    ]


def test_the_label_for_asreview_is_of_the_last_stage_and_agreed() -> None:
    early = RecordDecision("r", "A", "title-abstract", "include")
    late = RecordDecision("r", "A", "full-text", "exclude")
    assert asreview_label([late, early]) == "exclude"
    assert asreview_label([early, RecordDecision("r", "B", "title-abstract", "exclude")]) == ""
    settled = RecordDecision("r", "C", "full-text", "include", settles=True)
    assert asreview_label([late, settled]) == "include"
    assert asreview_label([RecordDecision("r", "B", "full-text", "maybe")]) == asreview_label([]) == ""


@pytest.mark.parametrize("text", ["", "{", '{"a"', '{"a"=>', '{"a"=>[', '"=>"=>"', "{=>}", '"\\'])
def test_broken_lists_raise_nothing(text: str) -> None:
    assert len(list(pairs(text))) <= 1
