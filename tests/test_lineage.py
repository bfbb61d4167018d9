"""What became of a code through the maps of the codebook's versions."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litreview.coding.lineage import CodeMap, Followed, Lineage, read_map, reverse_map
from litreview.ledger import Judgment, append, read_ledger
from tests.teamwork_making import judged


def step(id_: str, source: str, target: str, map_: dict[str, Any], *changes: dict[str, str]) -> Judgment:
    body: dict[str, Any] = {"from": source, "to": target, "map": map_, "changes": list(changes), "reason": "r"}
    return judged(id_, "lead", "codebook-version", **body)


def redefined(code: str, was: str, now: str) -> dict[str, str]:
    return {"op": "redefine", "code": code, "was": was, "now": now}


CHAIN = [
    step("1", "A", "B", {"tired": ["burden"]}),
    step("2", "B", "C", {"burden": ["workload"], "load": ["workload"], "old": []}),
    step("3", "C", "D", {"workload": ["tasks", "hours"]}),
]
CODES = {"A": ["tired", "load", "old", "hope"], "B": ["burden", "load", "old", "hope"], "C": ["workload", "hope"],
         "D": ["tasks", "hours", "hope"]}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "version", "today", "codes"),
    [
        ("tired", "A", "B", ("burden",)),
        ("tired", "A", "C", ("workload",)),
        ("load", "A", "C", ("workload",)),
        ("old", "A", "C", ()),
        ("burden", "B", "D", ("hours", "tasks")),
        ("hope", "A", "D", ("hope",)),
        ("tasks", "D", "D", ("tasks",)),
    ],
)
@pytest.mark.parametrize("order", [CHAIN, CHAIN[::-1]])
def test_a_code_is_followed_from_its_own_version(
    code: str, version: str, today: str, codes: tuple[str, ...], order: list[Judgment]
) -> None:
    assert Lineage(order, today, CODES[today]).follow(code, version).codes == codes


def test_an_id_used_again_for_another_code_is_not_mixed_up() -> None:
    lineage = Lineage([step("1", "A", "B", {"x": ["y"]}), step("2", "B", "C", {})], "C", ["x", "y"])
    assert lineage.follow("x", "A").codes == ("y",)
    assert lineage.follow("x", "C").codes == ("x",)


def test_a_file_edited_since_the_last_record_is_followed_to_there() -> None:
    lineage = Lineage(CHAIN[:1], "edited", ["burden", "load", "old", "hope"])
    assert lineage.follow("tired", "A").codes == ("burden",)
    assert lineage.follow("burden", "B").codes == ("burden",)


def test_without_a_version_a_code_is_followed_by_name() -> None:
    lineage = Lineage(CHAIN, "C", CODES["C"])
    assert lineage.follow("tired").codes == ("workload",)
    assert lineage.follow("old").codes == ()
    assert lineage.follow("hope").codes == ("hope",)
    assert lineage.follow("never-known").codes == ("never-known",)


def test_a_circle_leads_nowhere() -> None:
    circle = [step("1", "", "", {"a": "b", "b": "a"})]
    assert Lineage(circle, "T", ["c"]).follow("a").codes == ("a",)


def test_two_persons_mapping_the_same_versions_otherwise_leave_a_choice() -> None:
    both = [step("1", "A", "B", {"x": ["y"]}), step("2", "A", "B", {"x": ["z"]})]
    found = Lineage(both, "B", ["y", "z"]).follow("x", "A")
    assert (found.codes, found.split) == (("y", "z"), True)
    same = [step("1", "A", "B", {"x": ["y"]}), step("2", "A", "B", {"x": "y"})]
    assert Lineage(same, "B", ["y"]).follow("x", "A") == Followed(("y",))


def test_a_redefinition_is_told_and_one_taken_back_is_not() -> None:
    there = step("1", "A", "B", {"x": ["y"]}, redefined("y", "m1", "m2"))
    onward = step("2", "B", "C", {})
    assert Lineage([there, onward], "C", ["y"]).follow("x", "A") == Followed(("y",), redefined=True)
    assert Lineage([there, onward], "C", ["y"]).follow("y", "B") == Followed(("y",))
    back = step("3", "C", "D", {}, redefined("y", "m2", "m1"))
    assert Lineage([there, onward, back], "D", ["y"]).follow("x", "A") == Followed(("y",))
    assert Lineage([there, onward, back], "D", ["y"]).follow("y", "B").redefined


def test_a_retired_code_is_not_redefined() -> None:
    gone = step("1", "A", "B", {"x": []}, redefined("x", "m1", "m2"))
    assert Lineage([gone], "B", []).follow("x", "A") == Followed(())


def test_what_cannot_be_read_maps_nothing() -> None:
    assert read_map({"a": ["c", "b", "b"], "d": "e", "f": [], "g": None, "h": "", "i": 3}) == {
        "a": ("b", "c"),
        "d": ("e",),
        "f": (),
    }
    assert read_map([1]) == read_map(None) == {}
    body = {"from": "A", "to": "B", "map": 7, "changes": [7, {"op": "redefine"}]}
    odd = Judgment("1", "", "lead", "d", "codebook-version", body)
    assert Lineage([odd], "B", ["x"]).follow("x", "A").codes == ("x",)


def test_a_map_and_its_reverse() -> None:
    forward: CodeMap = {"a": ("c",), "b": ("c",), "s": ("s1", "s2"), "gone": ()}
    back = reverse_map(["a", "b", "s", "gone", "kept"], ["c", "s1", "s2", "kept", "new"], forward)
    assert back == {"c": ("a", "b"), "s1": ("s",), "s2": ("s",), "new": ()}
    into_one_that_stays = reverse_map(["a", "c"], ["c"], {"a": ("c",)})
    assert into_one_that_stays == {"c": ("a", "c")}
    assert reverse_map([], [], {}) == {}


class Version(msgspec.Struct, frozen=True):
    name: str
    codes: tuple[str, ...]


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Version], list[CodeMap]]:
    """Versions one after another, with maps of renames, merges, splits and retirements between them."""
    codes = tuple(f"c0-{n}" for n in range(draw(st.integers(1, 4))))
    versions, maps = [Version("v0", codes)], []
    for number in range(1, draw(st.integers(2, 6))):
        new = [f"c{number}-{n}" for n in range(3)]
        map_: CodeMap = {}
        for code in versions[-1].codes:
            if draw(st.booleans()):
                map_[code] = tuple(sorted(draw(st.sets(st.sampled_from(new), max_size=2))))
        kept = [code for code in versions[-1].codes if code not in map_]
        images = {image for of in map_.values() for image in of}
        created = draw(st.sets(st.sampled_from(new), max_size=1))
        versions.append(Version(f"v{number}", tuple(sorted({*kept, *images, *created}))))
        maps.append(map_)
    return versions, maps


def steps_of(versions: list[Version], maps: list[CodeMap]) -> list[Judgment]:
    return [
        step(f"s{n}", versions[n].name, versions[n + 1].name, {old: list(new) for old, new in map_.items()})
        for n, map_ in enumerate(maps)
    ]


def every(steps: list[Judgment], today: Version, versions: list[Version]) -> dict[tuple[str, str], Followed]:
    lineage = Lineage(steps, today.name, today.codes)
    return {(v.name, code): lineage.follow(code, v.name) for v in versions for code in v.codes}


@given(histories())
@settings(deadline=None)
def test_following_is_applying_the_maps_one_after_another(history: tuple[list[Version], list[CodeMap]]) -> None:
    versions, maps = history
    found = every(steps_of(versions, maps), versions[-1], versions)
    for number, version in enumerate(versions):
        for code in version.codes:
            images = {code}
            for map_ in maps[number:]:
                images = {image for one in images for image in map_.get(one, (one,))}
            assert set(found[version.name, code].codes) == images


@given(histories(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_undo_then_redo_is_the_identity_and_undo_brings_codings_back(
    history: tuple[list[Version], list[CodeMap]], shuffled: random.Random
) -> None:
    """Back to each earlier version by a judgment with the reverse map, and forward again by the maps as they were."""
    versions, maps = history
    steps = steps_of(versions, maps)
    before = every(steps, versions[-1], versions)
    for number in range(len(maps) - 1, -1, -1):
        new, old = versions[number + 1], versions[number]
        back = reverse_map(old.codes, new.codes, maps[number])
        steps.append(step(f"u{number}", new.name, old.name, {one: list(of) for one, of in back.items()}))
        shuffled.shuffle(steps)
        undone = every(steps, old, versions)
        assert all(undone[old.name, code] == Followed((code,)) for code in old.codes)
        assert all(of == every(steps_of(versions[: number + 1], maps[:number]), old, versions[: number + 1])[key]
                   for key, of in undone.items() if key[0] in {v.name for v in versions[: number + 1]})  # fmt: skip
    steps += [msgspec.structs.replace(one, id=f"r{one.id}") for one in steps_of(versions, maps)]
    shuffled.shuffle(steps)
    assert every(steps, versions[-1], versions) == before


@given(histories(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_a_retracted_change_never_was(history: tuple[list[Version], list[CodeMap]], shuffled: random.Random) -> None:
    from litreview.ledger import standing

    versions, maps = history
    steps = steps_of(versions, maps)
    undo = judged("x1", "lead", "retraction", judgment=steps[-1].id)
    redo = judged("x2", "lead", "retraction", judgment="x1")
    shortened = every(steps[:-1], versions[-2], versions[:-1])
    assert every(list(standing([*steps, undo])), versions[-2], versions[:-1]) == shortened
    again = [*steps, undo, redo]
    shuffled.shuffle(again)
    assert every(list(standing(again)), versions[-1], versions) == every(steps, versions[-1], versions)


@given(histories(), st.permutations(["a.jsonl", "b (1).jsonl", "DOC-20230101-WA0007.jsonl"]))
@settings(deadline=None, max_examples=20)
def test_whatever_files_hold_the_changes_the_codes_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, history: tuple[list[Version], list[CodeMap]], names: list[str]
) -> None:
    versions, maps = history
    steps = steps_of(versions, maps)
    folder = tmp_path_factory.mktemp("judgments")
    for name, some in zip(names, (steps[0::3], steps[1::3], steps[2::3]), strict=True):
        part = folder / name.replace(".", "-")
        append(part, some)
        for file in part.rglob("*.jsonl"):
            file.rename(folder / name)
    read = read_ledger(folder)
    assert every(list(read.standing), versions[-1], versions) == every(steps, versions[-1], versions)
