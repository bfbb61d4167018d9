"""Every line that a person wrote is read, whatever drives, chats, git and crashes did to the files."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from pathlib import Path

import msgspec
import pytest

from litreview.errors import LedgerError
from litreview.ledger import Ledger, append, find_files, following, ids, read_ledger, reading, uuid7
from litreview.ledger.lines import encode_line
from tests.ledger_making import coding, retraction, written

MARKED = b"<<<<<<< HEAD\n%s||||||| base\n%s=======\n%s>>>>>>> theirs\n"


def test_what_is_appended_is_read_back_in_order_of_id(tmp_path: Path) -> None:
    first, second, third = coding(), coding("budi", "hp"), coding(memo="“maju” 😀")
    append(tmp_path, [third, first])
    read = written(tmp_path, second)
    assert read.judgments == read.standing == (first, second, third)
    assert not read.notices
    assert read.needs_newer is None
    assert [p.relative_to(tmp_path).as_posix() for p in find_files(tmp_path)] == ["ani/laptop.jsonl", "budi/hp.jsonl"]
    assert read.of_kind("coding", "memo") == read.standing
    assert read.of_kind("memo") == ()


def test_no_ledger_is_an_empty_one(tmp_path: Path) -> None:
    assert read_ledger(tmp_path / "none") == written(tmp_path) == Ledger()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("person", ["../x", "con", "a/b", "Ani: 1", "texts"])
def test_no_name_leads_out_of_the_folder_or_out_of_sight(tmp_path: Path, person: str) -> None:
    judgment = coding(person)
    assert written(tmp_path / "judgments", judgment).judgments == (judgment,)
    assert [p.name for p in tmp_path.iterdir()] == ["judgments"]


def test_a_damaged_line_costs_only_itself(tmp_path: Path) -> None:
    first, second = coding(), coding()
    append(tmp_path, [first])
    with (tmp_path / "ani" / "laptop.jsonl").open("ab") as file:
        file.write(b'{"id": "x"}\n\x00\x00\n\x00\xff\n[1]\n{"format": "x"}\n')
    read = written(tmp_path, second)
    assert read.judgments == (first, second)
    assert [str(n) for n in read.notices] == [
        f"ani/laptop.jsonl, line {line}: damaged, set aside; the other lines stand." for line in (2, 3, 4, 5, 6)
    ]


def test_a_file_of_another_kind_is_told_without_end(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(b"\xff\n" * 500)
    notices = read_ledger(tmp_path).notices
    assert (len(notices), str(notices[-1])) == (21, "x.jsonl: 480 more lines are damaged.")


@pytest.mark.parametrize("cut", [1, 2, 40])
def test_a_torn_last_line_is_told_and_the_next_one_stays_apart(tmp_path: Path, cut: int) -> None:
    first, torn, after = coding(), coding(), coding()
    append(tmp_path, [first, torn])
    path = tmp_path / "ani" / "laptop.jsonl"
    path.write_bytes(path.read_bytes()[:-cut])
    whole = cut == 1  # only the line's end is missing
    before = read_ledger(tmp_path)
    assert before.judgments == ((first, torn) if whole else (first,))
    assert ["cut off" in str(n) and n.values["line"] == 2 for n in before.notices] == ([] if whole else [True])
    read = written(tmp_path, after)
    assert read.judgments == ((first, torn, after) if whole else (first, after))
    assert [n.values for n in read.notices] == ([] if whole else [{"file": "ani/laptop.jsonl", "line": 2}])


NAMES = (
    "laptop (1).jsonl",
    "laptop (Ani's conflicted copy 2023-01-02).jsonl",
    "salinan é.JSONL",
    "DOC-20231001-WA0007.jsonl",
    "DOC-20231001-WA0007",
    "laptop.jsonl.txt",
    "laptop.json",
    "laptop.jsonl (2)",
)


def test_copies_count_once_whatever_a_drive_or_a_chat_named_them(tmp_path: Path) -> None:
    one, two = coding(), coding("budi")
    append(tmp_path, [one])
    for name in NAMES:
        shutil.copy(tmp_path / "ani" / "laptop.jsonl", tmp_path / name)
    read = written(tmp_path, two)
    assert (read.judgments, read.notices) == ((one, two), ())
    assert len(find_files(tmp_path)) == len(NAMES) + 2


@pytest.mark.parametrize("name", NAMES)
def test_a_judgment_is_read_from_a_file_of_any_name(tmp_path: Path, name: str) -> None:
    one = coding()
    (tmp_path / name).write_bytes(b'cut off"}\n\n' + encode_line(one))
    assert read_ledger(tmp_path).judgments == (one,)


def test_what_is_no_ledger_is_let_be(tmp_path: Path) -> None:
    line = encode_line(coding())
    for folder in ("texts", "versions", ".stversions", "ani"):
        (tmp_path / folder).mkdir()
    for name in ("texts/x.json", "versions/x.txt", ".stversions/x.jsonl", "ani/.x.jsonl", "ani/~$x.jsonl"):
        (tmp_path / name).write_bytes(line)
    (tmp_path / "README.md").write_text('# judgments\n{"id": 1}\n', encoding="utf-8")
    (tmp_path / "other.json").write_text('{"format": 7, "codes": []}\n', encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(bytes(range(256)) * 4000)
    assert read_ledger(tmp_path) == Ledger()


def test_marks_of_git_are_passed_over_and_the_lines_between_them_read(tmp_path: Path) -> None:
    every = [coding() for _ in range(4)]
    first, ours, base, theirs = map(encode_line, every)
    (tmp_path / "x.jsonl").write_bytes(first + MARKED % (ours, base, theirs))
    read = read_ledger(tmp_path)
    assert read.judgments == tuple(every)
    assert [str(n) for n in read.notices] == [
        "x.jsonl: git left the marks of a merge in lines 2, 4, 6, 8; they were passed over, the rest was read."
    ]


def test_line_ends_and_a_byte_order_mark_of_an_editor_do_no_harm(tmp_path: Path) -> None:
    one, two = coding(), coding()
    append(tmp_path, [one, two])
    path = tmp_path / "ani" / "laptop.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n\r\n"))
    read = read_ledger(tmp_path)
    assert (read.judgments, read.notices) == ((one, two), ())


def test_different_judgments_with_one_id_are_told_and_the_order_of_files_decides_nothing(tmp_path: Path) -> None:
    one = coding()
    other = msgspec.structs.replace(one, body={**one.body, "code": "another"})
    for folder, (a, b) in (("x", (one, other)), ("y", (other, one))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.jsonl").write_bytes(encode_line(a))
        (tmp_path / folder / "2.jsonl").write_bytes(encode_line(b))
    reads = [read_ledger(tmp_path / folder) for folder in ("x", "y")]
    assert reads[0].judgments == reads[1].judgments == (other,)
    assert reads[0].notices == reads[1].notices
    assert str(reads[0].notices[0]).startswith(f"1.jsonl, 2.jsonl: different judgments have the id {one.id};")


@pytest.mark.parametrize(
    ("changed", "kinds"), [({"format": 2}, ""), ({"kind": "dream"}, "dream"), ({"format": 2, "body": ["a list"]}, "")]
)
def test_what_a_newer_version_wrote_is_told_and_says_what_it_needs(
    tmp_path: Path, changed: dict[str, object], kinds: str
) -> None:
    one = coding()
    line = {**msgspec.json.decode(encode_line(coding())), **changed}
    append(tmp_path, [one])
    with (tmp_path / "ani" / "laptop.jsonl").open("ab") as file:
        file.write(msgspec.json.encode(line) + b"\n")
    read = read_ledger(tmp_path)
    assert read.judgments == (one,)
    assert [str(n) for n in read.notices] == [
        "ani/laptop.jsonl: made by a newer version, from line 2 on: 1; update litreview to use them."
    ]
    assert f"They need format {changed.get('format', 1)} (this one knows 1)." in str(read.needs_newer)
    assert ("not known here: dream." in str(read.needs_newer)) is (kinds == "dream")


def test_a_key_that_a_newer_version_added_does_no_harm(tmp_path: Path) -> None:
    one = coding()
    (tmp_path / "x.jsonl").write_bytes(encode_line(one).replace(b'{"format"', b'{"mood":"good","format"'))
    read = read_ledger(tmp_path)
    assert (read.judgments, read.needs_newer) == ((one,), None)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append(tmp_path, [coding()])

    def broken(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", broken)
    with pytest.raises(LedgerError, match=r"laptop\.jsonl: The judgments cannot be read \(Input/output error\)"):
        read_ledger(tmp_path)


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", broken)
    with pytest.raises(LedgerError, match=r"The judgments cannot be read \(Permission denied\)"):
        read_ledger(tmp_path)


def test_a_file_that_goes_while_we_look_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = coding()
    append(tmp_path, [one])
    monkeypatch.setattr(following, "find_files", lambda folder: [*find_files(folder), folder / "just gone.jsonl"])
    assert read_ledger(tmp_path).judgments == (one,)


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_a_line_longer_than_any_of_ours_is_damaged_and_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: bytes
) -> None:
    one, two = coding(), coding()
    monkeypatch.setattr(reading, "MOST_LINE_BYTES", len(encode_line(one)) + 10)
    long = encode_line(coding(memo="x" * 9000)).rstrip(b"\n") + end
    after = encode_line(two) if end else b""
    (tmp_path / "x.jsonl").write_bytes(encode_line(one) + long + after)
    read = read_ledger(tmp_path)
    assert read.judgments == ((one, two) if end else (one,))
    assert [notice.values["line"] for notice in read.notices] == [2]


def test_a_judgment_that_could_not_be_read_again_is_refused() -> None:
    with pytest.raises(LedgerError, match="longer than 8 MB"):
        encode_line(coding(memo="x" * 8_000_000))


def test_ids_grow_even_within_a_millisecond_and_when_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_700_000_000_123_000_000
    monkeypatch.setattr(ids, "_last", 0)
    monkeypatch.setattr(time, "time_ns", lambda: now)
    made = [uuid7() for _ in range(2000)]
    now -= 60_000_000_000
    made += [uuid7() for _ in range(2000)]
    assert made == sorted(set(made))
    first = uuid.UUID(made[0])
    assert (first.version, first.variant, first.int >> 80) == (7, uuid.RFC_4122, 1_700_000_000_123)
    assert {uuid.UUID(one).version for one in made} == {7}


def test_processes_that_begin_from_one_last_id_make_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    made = []
    for _ in range(2):
        monkeypatch.setattr(ids, "_last", 1 << 80)
        made += [uuid7() for _ in range(20)]
    assert len(set(made)) == 40


def test_a_removed_person_strands_nothing(tmp_path: Path) -> None:
    first = coding("gone")
    assert written(tmp_path, first, retraction(first, "ani")).standing == (first,)
