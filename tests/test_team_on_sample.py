"""The sample review worked by a team: nothing leaks while a stage is blind; codings, differences, the codebook."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from litreview.files import hash_file
from litreview.review import Review
from tests.command_making import BLIND, add, call, data, edit, ledger, refused, well

CODING = "coding:\n  people: 2\n  blind: true\n  double_coding: {share: 1, by: document}\n"
PAIR = ("--to", "coder-a", "--to", "coder-b", "--as", "lead")
CODEBOOK = "codebooks/pkh.yaml"


@pytest.fixture
def folder(sample_copy: Path) -> Path:
    edit(sample_copy / "review.yaml", ("coding:\n", CODING))
    add(sample_copy / "review.yaml", "\n" + BLIND)
    return sample_copy


def shown(folder: Path) -> dict[str, str]:
    """Everything that a colleague is shown: outputs by hash (the manifest names the ledger's files by hash, so it is
    left out), and what the commands print."""
    Review.open(folder).run()
    found = {
        path.relative_to(folder).as_posix(): hash_file(path)
        for path in sorted((folder / "outputs").rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }
    place = str(folder)
    for name in ("screen", "code"):
        found[f"{name} list"] = well(name, place, "--as", "coder-b", "--json")
        found[f"{name} differences"] = well(name, place, "--differences", "--json")
    found["status"] = well("status", place, "--json")
    found["check"] = call("check", place).output
    found["agree"] = well("agree", place, "--machine", "--json")
    return found


@pytest.mark.slow
def test_outputs_and_commands_are_the_same_whatever_one_of_two_has_decided(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    with Review.open(folder).reading() as state:
        record, report = state.found.entries[0].id, next(r for r in state.standings if state.standings[r].provisional)
    for place, said, reason in ((folder, "exclude", "years"), (other, "include", "")):
        for target in (record, report):
            well("screen", str(place), "--target", target, "--decision", said, "--reason", reason, "--as", "coder-a")
    blind = shown(folder)
    assert blind == shown(other)
    assert '"years"' not in blind["screen differences"]
    for place in (folder, other):
        well("screen", str(place), "--target", record, "--decision", "include", "--as", "coder-b")
    seen = shown(folder)
    assert seen != shown(other)
    assert '"years"' in seen["screen differences"]


@pytest.mark.slow
def test_outputs_and_commands_are_the_same_whatever_one_of_two_has_coded(folder: Path, tmp_path: Path) -> None:
    well("code", str(folder), "--assign", *PAIR)
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    theirs = other / "judgments" / "coder-a" / "sampela1.jsonl"
    edit(theirs, ('"code":"capacity-to-grow"', '"code":"government-policy"'), ("supports", "contradicts"))
    blind = shown(folder)
    assert blind == shown(other)
    assert "capacity-to-grow" not in blind["code differences"]
    for place in (folder, other):
        finish_all(place)
    assert "government-policy" in shown(other)["code differences"]
    assert shown(folder) != shown(other)


def finish_all(folder: Path) -> None:
    for task in data("code", str(folder), "--as", "coder-a")["waiting"]:
        for person in ("coder-a", "coder-b"):
            well("code", str(folder), "--finish", task["target"], "--as", person)


@pytest.mark.slow
def test_what_waits_is_told_by_number(folder: Path) -> None:
    Review.open(folder, "en").run()
    assert "waiting for 2 persons" in (folder / "outputs" / "report.html").read_text(encoding="utf-8")
    work = {row["stage"]: row for row in data("screen", str(folder))["work"]}
    assert (work["title-abstract"]["targets"], work["title-abstract"]["waiting"]) == (63, {"2": 63})
    assert work["full-text"]["finished"] == 4


@pytest.mark.slow
def test_codings_that_differ_are_shown_with_their_definitions_and_settled(folder: Path) -> None:
    place = str(folder)
    well("code", place, "--assign", *PAIR)
    finish_all(folder)
    found = data("code", place, "--differences")
    two = next(d for d in found["differences"] if set(d["codes"]) == {"government-policy", "institutional-support"})
    assert found["codes"]["government-policy"]["definition"]
    told = well("code", place, "--differences", "--language", "en")
    assert told.index("government-policy = ") < told.index("institutional-support = ")
    settle = ("code", place, "--adjudicate", two["id"], "--reason", "read together")
    assert "no code 'policy'" in refused(*settle, "--code", "policy", "--as", "lead")
    assert "a third person" in refused(*settle, "--code", "government-policy", "--as", "coder-b")
    assert "--not-coded" in refused(*settle, "--as", "lead")
    well(*settle, "--code", "government-policy", "--code", "institutional-support", "--as", "lead")
    assert two["id"] not in {one["id"] for one in data("code", place, "--differences")["differences"]}
    made = [one for one in ledger(folder).of_kind("adjudication") if one.body.get("reason") == "read together"]
    assert {one.body["code"] for one in made} == {"government-policy", "institutional-support"}
    assert all((folder / "judgments" / "versions" / f"{one.body['codebook']}.yaml").is_file() for one in made)


def test_rounds_are_named_by_the_protocol_and_sections_are_drawn(folder: Path) -> None:
    edit(folder / "review.yaml", ("share: 1, by: document}", "share: 1, by: section}\n  rounds: [pilot, main]"))
    place = str(folder)
    assert "pilot, main" in refused("code", place, "--assign", "--as", "lead")
    well("code", place, "--assign", "--round", "pilot", "--everyone", "--to", "coder-a", "--to", "lead", "--as", "lead")
    well("code", place, "--assign", "--round", "main", *PAIR)
    tasks = data("code", place, "--as", "coder-b")["waiting"]
    assert {one["round"] for one in tasks} == {"main"}
    assert all("@" in one["target"] and one["part"] for one in tasks if one["double"])
    assert any(one["double"] for one in tasks)
    target = tasks[0]["target"]
    well("code", place, "--finish", target, "--as", "coder-b")
    assert target not in {one["target"] for one in data("code", place, "--as", "coder-b")["waiting"]}
    assert "is not to be coded" in refused("code", place, "--finish", "nowhere", "--as", "coder-b", "--language", "en")


def test_in_a_sample_no_suggestion_is_shown_until_both_have_finished(folder: Path) -> None:
    well("code", str(folder), "--assign", *PAIR)
    with Review.open(folder).reading() as state:
        sampled = {task.target for task in state.team.tasks}
        assert sampled
        assert sampled.isdisjoint(report for report, found in state.shown_suggestions.items() if found)
        assert not {p.report for p in state.synthesis.passages if p.status == "provisional"} & sampled
        answers = next(one for one in state.verdicts[min(sampled)] if one.criterion == "answers")
        assert (answers.evidence, "once all coders have finished" in str(answers.why)) == ((), True)


def coded(folder: Path, code: str) -> int:
    with Review.open(folder).reading() as state:
        return sum(p.code == code and p.status == "human" for p in state.synthesis.passages)


def begin_codebook(folder: Path) -> None:
    """The first version recorded, and the sample's codings as made under it."""
    well("codebook", "record", str(folder), "--as", "lead", "--reason", "first version")
    version = Review.open(folder).codebook.hash
    for file in (folder / "judgments").glob("coder-?/sam*.jsonl"):
        edit(file, ('"origin":"unaided"', f'"origin":"unaided","codebook":"{version}"'))


def again(folder: Path, person: str) -> list[str]:
    return [one["target"] for one in data("code", str(folder), "--as", person)["waiting"] if one["again"]]


@pytest.mark.slow
def test_a_code_renamed_is_proposed_recorded_followed_and_undone(sample_copy: Path) -> None:
    place, file = str(sample_copy), sample_copy / CODEBOOK
    whole = file.read_bytes()
    assert "No judgment names a version" in refused("codebook", "diff", place, "--language", "en")
    begin_codebook(sample_copy)
    assert data("codebook", "diff", place)["changes"] == []
    assert "nothing to record" in refused("codebook", "record", place, "--as", "lead", "--reason", "again")
    before = coded(sample_copy, "facilitator-workload")
    assert before
    edit(file, ("facilitator-workload", "facilitator-load"))
    assert data("codebook", "diff", place)["proposed"] == {"facilitator-workload": "facilitator-load"}
    record = ("codebook", "record", place, "--as", "lead", "--reason", "shorter")
    assert "What became of facilitator-workload?" in refused(*record)
    assert any("codebook diff --from" in str(told) for told in Review.open(sample_copy).run().notices)
    well(*record, "--as-proposed")
    assert coded(sample_copy, "facilitator-load") == before
    well("codebook", "undo", place, "--as", "coder-a", "--reason", "not agreed")
    assert file.read_bytes() == whole
    assert coded(sample_copy, "facilitator-workload") == before
    well("codebook", "undo", place, "--as", "coder-a", "--reason", "agreed after all")
    assert coded(sample_copy, "facilitator-load") == before
    assert {one.body["from"] for one in ledger(sample_copy).of_kind("codebook-version")} > {""}


@pytest.mark.slow
def test_a_redefinition_puts_earlier_codings_on_look_again_until_someone_codes_anew(sample_copy: Path) -> None:
    place, file = str(sample_copy), sample_copy / CODEBOOK
    begin_codebook(sample_copy)
    text = file.read_text(encoding="utf-8")
    start = text.index("definition:", text.index("id: facilitator-ratio"))
    file.write_text(text[:start] + "definition: Kini dipahami lain.\n" + text[text.index("\n", start) + 1 :], "utf-8")
    well("codebook", "record", place, "--as", "lead", "--reason", "sharper")
    mine = again(sample_copy, "coder-b")
    assert len(mine) == 2
    told = call("check", place, "--language", "en").output
    assert "Codings to look at again after a change of the codebook: 4." in told
    well("code", place, "--choose", mine[0], "--code", "facilitator-ratio", "--as", "coder-b")
    assert again(sample_copy, "coder-b") == mine[1:]
    choose = ("code", place, "--choose", mine[1], "--code", "facilitator-ratio", "--as", "lead")
    assert "needs a reason" in refused(*choose)
    well(*choose, "--reason", "fits")
    assert again(sample_copy, "coder-b") == []
    anew = ledger(sample_copy).of_kind("coding")[-1]
    assert (anew.replaces, anew.person, anew.body["suggestions_visible"]) == (mine[0], "coder-b", True)


FEW = """      - id: few-facilitators
        label: {id: Sedikit, en: Few}
        definition: Pendamping sedikit.
"""


@pytest.mark.slow
def test_a_split_waits_for_a_choice_and_counts_nowhere_until_then(sample_copy: Path) -> None:
    place, file = str(sample_copy), sample_copy / CODEBOOK
    begin_codebook(sample_copy)
    edit(file, ("      - id: facilitator-ratio\n", FEW + "      - id: facilitator-ratio\n"))
    well("codebook", "record", place, "--as", "lead", "--reason", "two things", "--split",
         "facilitator-ratio=facilitator-ratio,few-facilitators")  # fmt: skip
    assert coded(sample_copy, "facilitator-ratio") == 0
    Review.open(sample_copy, "en").run()
    report = (sample_copy / "outputs" / "report.html").read_text(encoding="utf-8")
    assert "The code facilitator-ratio was split into facilitator-ratio, few-facilitators; choose one." in report
    assert "Split: facilitator-ratio → facilitator-ratio, few-facilitators" in report
    assert "two things" in report
    for coding in again(sample_copy, "coder-a"):
        well("code", place, "--choose", coding, "--code", "few-facilitators", "--as", "coder-a")
    assert coded(sample_copy, "few-facilitators") > 0
