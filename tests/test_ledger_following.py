"""A ledger that is followed is at each moment the one that a fresh reading gives."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litreview.ledger import Judgment, Ledger, LedgerFollower, append, make_judgment, read_ledger, reading
from litreview.ledger.lines import Trouble, decode_line, encode_line
from litreview.ledger.upgrades import Step
from tests.ledger_making import BODIES, coding, retraction


def refreshed(follower: LedgerFollower, folder: Path) -> Ledger:
    """What the follower sees, which must be what there is."""
    seen = follower.refresh()
    assert seen == read_ledger(folder)
    return seen


def test_lines_of_a_colleague_appear_without_a_restart(tmp_path: Path) -> None:
    follower = LedgerFollower(tmp_path)
    assert refreshed(follower, tmp_path) == Ledger()
    mine, theirs = coding(), coding("budi", "pc")
    append(tmp_path, [mine])
    assert refreshed(follower, tmp_path).standing == (mine,)
    append(tmp_path, [theirs])
    assert refreshed(follower, tmp_path).standing == (mine, theirs)
    append(tmp_path, [retraction(mine)])
    assert refreshed(follower, tmp_path).standing == (theirs,)


def test_without_a_change_the_same_value_comes_and_without_a_look_at_the_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower = LedgerFollower(tmp_path)
    append(tmp_path, [coding()])
    seen = follower.refresh()
    monkeypatch.setattr(reading, "decode_line", None)
    assert follower.refresh() is seen


def test_what_was_appended_is_read_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    follower = LedgerFollower(tmp_path)
    append(tmp_path, [coding() for _ in range(20)])
    follower.refresh()
    append(tmp_path, [coding() for _ in range(3)])
    read: list[bytes] = []

    def decode(line: bytes, steps: Sequence[Step]) -> Judgment | Trouble | None:
        read.append(line)
        return decode_line(line, steps)

    monkeypatch.setattr(reading, "decode_line", decode)
    assert len(follower.refresh().judgments) == 23
    assert len(read) == 3


def test_a_line_that_is_still_being_copied_is_read_when_it_is_whole(tmp_path: Path) -> None:
    line = encode_line(coding())
    path = tmp_path / "x.jsonl"
    follower = LedgerFollower(tmp_path)
    for size, count in ((40, 0), (200, 0), (len(line) - 1, 1), (len(line), 1)):
        path.write_bytes(b"")
        with path.open("ab") as file:  # the same file grows
            file.write(line[:size])
        assert len(refreshed(follower, tmp_path).judgments) == count


def test_a_last_line_that_was_whole_and_is_then_spoilt_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(encode_line(coding()).rstrip(b"\n"))
    follower = LedgerFollower(tmp_path)
    assert len(refreshed(follower, tmp_path).judgments) == 1
    with path.open("ab") as file:
        file.write(b"x\n")
    assert refreshed(follower, tmp_path).judgments == ()


def test_lines_that_git_merges_into_the_middle_are_found(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    lines = [encode_line(coding()) for _ in range(9)]
    path.write_bytes(b"".join(lines[:3] + lines[6:]))
    follower = LedgerFollower(tmp_path)
    follower.refresh()
    merged = tmp_path / "merged"
    merged.write_bytes(b"".join(lines))
    merged.replace(path)
    assert len(refreshed(follower, tmp_path).judgments) == 9


def test_a_file_rewritten_in_place_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    lines = [encode_line(coding()) for _ in range(12)]
    path.write_bytes(b"".join(lines[1:]))
    follower = LedgerFollower(tmp_path)
    follower.refresh()
    with path.open("r+b") as file:
        file.write(b"".join(lines))
    assert len(refreshed(follower, tmp_path).judgments) == 12


def test_a_first_guess_that_deceives_is_not_trusted(tmp_path: Path) -> None:
    """Same name, node, length and time, another last part: as some sync clients leave it."""
    path = tmp_path / "x.jsonl"
    first = coding()
    other = msgspec.structs.replace(first, id=first.id[:-4] + "ffff")
    path.write_bytes(encode_line(first))
    status = path.stat()
    follower = LedgerFollower(tmp_path)
    follower.refresh()
    with path.open("r+b") as file:
        file.write(encode_line(other))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_ino == status.st_ino
    assert refreshed(follower, tmp_path).judgments == (other,)


def _other_first_line(lines: list[bytes]) -> bytes:
    """The lines with another id in the first one, far before the last part."""
    assert sum(map(len, lines[1:])) > reading.TAIL_BYTES
    other = msgspec.json.decode(lines[0])["id"].encode()
    return b"".join([lines[0].replace(other, other[:-4] + b"ffff"), *lines[1:]])


def test_another_file_with_the_same_last_part_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    lines = [encode_line(coding(memo="x" * 600)) for _ in range(9)]
    path.write_bytes(b"".join(lines))
    follower = LedgerFollower(tmp_path)
    follower.refresh()
    (tmp_path / "new").write_bytes(_other_first_line(lines) + encode_line(coding()))
    (tmp_path / "new").replace(path)
    assert len(refreshed(follower, tmp_path).judgments) == 10


def test_a_file_of_the_same_length_that_was_written_since_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    lines = [encode_line(coding(memo="x" * 600)) for _ in range(9)]
    path.write_bytes(b"".join(lines))
    follower = LedgerFollower(tmp_path)
    follower.refresh()
    with path.open("r+b") as file:
        file.write(_other_first_line(lines))
    os.utime(path, ns=(0, 0))
    refreshed(follower, tmp_path)


def test_a_file_that_was_cut_back_or_is_gone_takes_its_lines_along(tmp_path: Path) -> None:
    one, two = coding(), coding()
    path = tmp_path / "ani" / "laptop.jsonl"
    append(tmp_path, [one, two])
    follower = LedgerFollower(tmp_path)
    follower.refresh()
    path.write_bytes(encode_line(one))
    assert refreshed(follower, tmp_path).judgments == (one,)
    shutil.copy(path, tmp_path / "copy.jsonl")
    path.unlink()
    assert refreshed(follower, tmp_path).judgments == (one,)
    (tmp_path / "copy.jsonl").unlink()
    assert refreshed(follower, tmp_path) == Ledger()


def test_links_that_come_in_any_order_are_followed(tmp_path: Path) -> None:
    first = coding()
    second = coding(replaces=first.id)
    back = retraction(second)
    again = retraction(back)
    follower = LedgerFollower(tmp_path)
    stand = []
    for number, judgment in enumerate((again, second, back, first)):
        (tmp_path / f"{number}.jsonl").write_bytes(encode_line(judgment))
        stand.append(refreshed(follower, tmp_path).standing)
    assert stand == [(), (second,), (second,), (second,)]


def test_troubles_are_told_as_they_come_and_go(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"no\n" + encode_line(coding()))
    follower = LedgerFollower(tmp_path)
    assert len(refreshed(follower, tmp_path).notices) == 1
    with path.open("ab") as file:
        file.write(encode_line(coding()).replace(b'"format":1', b'"format":9') + b"=======\n" + b'{"id"')
    seen = refreshed(follower, tmp_path)
    assert len(seen.notices) == 4
    assert seen.needs_newer is not None
    path.write_bytes(encode_line(coding()))
    assert (refreshed(follower, tmp_path).notices, follower.refresh().needs_newer) == ((), None)


def test_a_clash_of_ids_is_followed_too(tmp_path: Path) -> None:
    one = coding()
    other = msgspec.structs.replace(one, body={**one.body, "code": "another"})
    follower = LedgerFollower(tmp_path)
    for name, judgment in (("b", one), ("a", other), ("c", one)):
        (tmp_path / f"{name}.jsonl").write_bytes(encode_line(judgment))
        refreshed(follower, tmp_path)
    assert follower.refresh().judgments == (other,)


# Properties of merging and replaying. A small world: few people, links among few judgments, in files of any kind.

LINKED = st.lists(st.tuples(st.sampled_from(["ani", "budi"]), st.sampled_from(["new", "replace", "retract"]),
                            st.integers(0, 9)), max_size=10)  # fmt: skip
FILES = st.lists(st.lists(st.integers(0, 9), max_size=8), max_size=4)


def _judgments(linked: list[tuple[str, str, int]]) -> list[Judgment]:
    made: list[Judgment] = []
    for person, what, number in linked:
        earlier = made[number % len(made)].id if made and what != "new" else ""
        if earlier and what == "retract":
            made.append(make_judgment(person, "d", "retraction", {"judgment": earlier}))
        else:
            made.append(make_judgment(person, "d", "memo", BODIES["memo"], earlier))
    return made


def _state(folder: Path, files: list[list[Judgment]], names: list[int]) -> tuple[object, ...]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, file in zip(names, files, strict=True):
        (folder / f"{name}.jsonl").write_bytes(b"".join(map(encode_line, file)))
    read = read_ledger(folder)
    assert not read.notices
    return read.judgments, read.standing


@settings(max_examples=150, deadline=None)
@given(linked=LINKED, files=FILES, data=st.data())
def test_merging_by_union_is_commutative_associative_and_idempotent(
    tmp_path_factory: pytest.TempPathFactory, linked: list[tuple[str, str, int]], files: list[list[int]],
    data: st.DataObject,
) -> None:  # fmt: skip
    folder = tmp_path_factory.getbasetemp() / "merging"
    made = _judgments(linked)
    copies = [[made[number] for number in file if number < len(made)] for file in files]
    numbers = list(range(len(copies)))
    whole = _state(folder, copies, numbers)
    order = data.draw(st.permutations(numbers))
    assert _state(folder, copies, order) == whole  # whichever copy comes first
    assert _state(folder, copies + copies, list(range(2 * len(copies)))) == whole  # merged twice
    cut = data.draw(st.integers(0, len(copies)))
    merged = [[j for file in part for j in file] for part in (copies[:cut], copies[cut:])]
    assert _state(folder, merged, [0, 1]) == whole  # merged in two halves first
    shuffled = [data.draw(st.permutations(file)) for file in copies]
    assert _state(folder, shuffled, numbers) == whole  # whatever order git left the lines in


@settings(max_examples=150, deadline=None)
@given(linked=LINKED, cuts=st.lists(st.integers(0, 10), max_size=3))
def test_following_step_by_step_comes_to_the_same_state(
    tmp_path_factory: pytest.TempPathFactory, linked: list[tuple[str, str, int]], cuts: list[int]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "following"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    made = _judgments(linked)
    follower = LedgerFollower(folder)
    for begin, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(made)], strict=True):
        for judgment in made[begin:end]:
            with (folder / f"{judgment.person}.jsonl").open("ab") as file:
                file.write(encode_line(judgment))
        refreshed(follower, folder)
