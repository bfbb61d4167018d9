"""A person's judgment is never lost, changed or overwritten (law 1)."""

from __future__ import annotations

import os
import shutil
import stat
import time
import uuid
from pathlib import Path

import msgspec
import pytest

from litreview import ledger
from litreview.errors import LedgerError
from litreview.ledger import Judgment, append, make_judgment, read_ledger, standing, uuid7


def coding(person: str = "ani", device: str = "laptop", replaces: str = "", **body: str) -> Judgment:
    return make_judgment(person, device, "coding", {"code": "home-visits", **body}, replaces)


def retraction(of: Judgment, person: str = "") -> Judgment:
    return make_judgment(person or of.person, of.device, "retraction", {"judgment": of.id})


def ids(judgments: tuple[Judgment, ...]) -> list[str]:
    return [judgment.id for judgment in judgments]


def test_what_is_appended_is_read_back_in_order_of_id(tmp_path: Path) -> None:
    first, second, third = coding(), coding("budi", "hp"), coding(quote="“maju” 😀")
    append(tmp_path, [third, first])
    append(tmp_path, [second])
    read = read_ledger(tmp_path)
    assert read.judgments == read.standing == (first, second, third)
    assert not read.notices
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.jsonl")) == [
        "ani/laptop.jsonl",
        "budi/hp.jsonl",
    ]
    assert read.of_kind("coding", "memo") == read.standing
    assert read.of_kind("memo") == ()


def test_no_ledger_is_an_empty_one(tmp_path: Path) -> None:
    assert read_ledger(tmp_path / "none") == read_ledger(tmp_path) == ledger.Ledger()
    append(tmp_path, [])
    assert not list(tmp_path.iterdir())


def test_lines_are_only_added(tmp_path: Path) -> None:
    append(tmp_path, [coding()])
    before = (tmp_path / "ani" / "laptop.jsonl").read_bytes()
    append(tmp_path, [coding()])
    assert (tmp_path / "ani" / "laptop.jsonl").read_bytes().startswith(before)


@pytest.mark.parametrize("person", ["../x", "con", "a/b", "Ani: 1"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, person: str) -> None:
    judgment = coding(person)
    append(tmp_path / "judgments", [judgment])
    assert read_ledger(tmp_path / "judgments").judgments == (judgment,)
    assert [p.name for p in tmp_path.iterdir()] == ["judgments"]


def test_only_the_own_person_takes_back() -> None:
    mine = coding("ani")
    assert standing([mine, retraction(mine, "budi")]) == (mine,)
    assert standing([mine, retraction(mine)]) == ()


def test_a_retraction_can_be_taken_back_whatever_the_clocks_said() -> None:
    mine = coding()
    back = retraction(mine)
    again = retraction(back)
    late_again = msgspec.structs.replace(again, id=str(uuid.UUID(int=0)))
    assert standing([mine, back, again]) == (mine,)
    assert standing([late_again, mine, back]) == (mine,)
    assert standing([mine, back, again, retraction(again)]) == ()
    assert standing([mine, back, retraction(mine), again]) == ()


def test_retractions_in_a_circle_take_nothing_back() -> None:
    mine = coding()
    one = msgspec.structs.replace(retraction(mine), body={"judgment": "two"}, id="one")
    two = msgspec.structs.replace(one, body={"judgment": "one"}, id="two")
    assert standing([mine, one, two]) == (mine,)


def test_a_long_chain_of_retractions_is_followed() -> None:
    chain = [coding()]
    for _ in range(3000):
        chain.append(retraction(chain[-1]))
    assert standing(chain) == (chain[0],)


def test_a_judgment_replaces_the_one_that_it_names() -> None:
    first = coding()
    second = coding(replaces=first.id)
    third = coding(replaces=second.id)
    assert standing([first, second]) == (second,)
    assert standing([third, second, first]) == (third,)
    assert standing([first, second, retraction(second)]) == (first,)
    assert standing([first, second, third, retraction(second)]) == (third,)
    assert standing([first, second, third, retraction(third)]) == (second,)
    assert standing([coding(replaces="unknown")])


def test_a_damaged_line_costs_only_itself(tmp_path: Path) -> None:
    first, second = coding(), coding()
    append(tmp_path, [first])
    path = tmp_path / "ani" / "laptop.jsonl"
    with path.open("ab") as file:
        file.write(b'{"id": "x"}\n<<<<<<< HEAD\n\x00\xff\n[1]\n')
    append(tmp_path, [second])
    read = read_ledger(tmp_path)
    assert read.judgments == (first, second)
    assert [str(n) for n in read.notices] == [
        f"ani/laptop.jsonl, line {line}: damaged, set aside; the other lines stand." for line in (2, 3, 4, 5)
    ]


@pytest.mark.parametrize("cut", [1, 2, 40])
def test_a_torn_last_line_is_told_and_the_next_one_stays_apart(tmp_path: Path, cut: int) -> None:
    first, torn, after = coding(), coding(), coding()
    append(tmp_path, [first, torn])
    path = tmp_path / "ani" / "laptop.jsonl"
    path.write_bytes(path.read_bytes()[:-cut])
    append(tmp_path, [after])
    read = read_ledger(tmp_path)
    whole = cut == 1  # only the line's end is missing
    assert read.judgments == ((first, torn, after) if whole else (first, after))
    assert [n.values for n in read.notices] == ([] if whole else [{"file": "ani/laptop.jsonl", "line": 2}])


def test_copies_count_once_whatever_a_drive_or_a_chat_named_them(tmp_path: Path) -> None:
    one, two = coding(), coding("budi")
    append(tmp_path, [one])
    for name in ("laptop (1).jsonl", "laptop (Ani's conflicted copy 2023-01-02).jsonl", "salinan é.jsonl"):
        shutil.copy(tmp_path / "ani" / "laptop.jsonl", tmp_path / name)
    append(tmp_path, [two])
    read = read_ledger(tmp_path)
    assert read.judgments == (one, two)
    assert not read.notices
    assert read.judgments[0].person == "ani"


def test_line_ends_and_a_byte_order_mark_of_an_editor_do_no_harm(tmp_path: Path) -> None:
    one, two = coding(), coding()
    append(tmp_path, [one, two])
    path = tmp_path / "ani" / "laptop.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    read = read_ledger(tmp_path)
    assert (read.judgments, read.notices) == ((one, two), ())


def test_another_judgment_under_the_same_id_is_told(tmp_path: Path) -> None:
    one = coding()
    append(tmp_path, [one, msgspec.structs.replace(one, body={})])
    read = read_ledger(tmp_path)
    assert read.judgments == (one,)
    assert "line 2: another judgment with this id" in str(read.notices[0])


@pytest.mark.parametrize("changed", [{"format": 2}, {"kind": "dream"}, {"format": 2, "body": ["another shape"]}])
def test_what_a_newer_version_wrote_is_told_and_kept(tmp_path: Path, changed: dict[str, object]) -> None:
    one = coding()
    line = {**msgspec.to_builtins(coding()), **changed}
    append(tmp_path, [one])
    path = tmp_path / "ani" / "laptop.jsonl"
    with path.open("ab") as file:
        file.write(msgspec.json.encode(line) + b"\n")
    read = read_ledger(tmp_path)
    assert read.judgments == (one,)
    assert [str(n) for n in read.notices] == [
        "ani/laptop.jsonl, line 2: made by a newer version; update litreview to use it."
    ]


def test_a_key_that_a_newer_version_added_does_no_harm(tmp_path: Path) -> None:
    one = coding()
    path = tmp_path / "x.jsonl"
    path.write_bytes(msgspec.json.encode({**msgspec.to_builtins(one), "mood": "good"}))
    assert read_ledger(tmp_path).judgments == (one,)


def test_a_judgment_is_on_disk_before_append_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []

    def fsync(descriptor: int) -> None:
        status = os.fstat(descriptor)
        places = [tmp_path, *tmp_path.rglob("*")]
        synced.extend(p for p in places if os.path.samestat(p.stat(), status))
        if stat.S_ISREG(status.st_mode):
            assert status.st_size > 0

    monkeypatch.setattr(os, "fsync", fsync)
    folder = tmp_path / "judgments"
    append(folder, [coding()])
    assert synced[0] == folder / "ani" / "laptop.jsonl"
    assert set(synced[1:]) == {folder / "ani", folder, tmp_path}
    synced.clear()
    append(folder, [coding()])
    assert synced == [folder / "ani" / "laptop.jsonl"]


def test_a_full_disk_is_told_and_what_was_there_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = coding(), coding()
    append(tmp_path, [one])

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(LedgerError, match=r"could not be saved \(No space left on device\)"):
            append(tmp_path, [two])
    append(tmp_path, [two])
    assert read_ledger(tmp_path).judgments == (one, two)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append(tmp_path, [coding()])

    def broken(path: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", broken)
    with pytest.raises(LedgerError, match="cannot be read"):
        read_ledger(tmp_path)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(LedgerError, match="dream"):
        make_judgment("ani", "laptop", "dream", {})


def test_ids_grow_even_within_a_millisecond_and_when_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_700_000_000_123_000_000
    monkeypatch.setattr(ledger, "_last_uuid", 0)
    monkeypatch.setattr(time, "time_ns", lambda: now)
    made = [uuid7() for _ in range(2000)]
    now -= 60_000_000_000
    made += [uuid7() for _ in range(2000)]
    assert made == sorted(set(made))
    first = uuid.UUID(made[0])
    assert (first.version, first.variant, first.int >> 80) == (7, uuid.RFC_4122, 1_700_000_000_123)
    assert {uuid.UUID(one).version for one in made} == {7}
