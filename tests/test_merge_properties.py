"""Merging is a union, through the real functions: order, grouping and repetition decide nothing, nothing is lost."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litreview.documents.frozen import FrozenText
from litreview.documents.frozen_folder import keep_frozen, read_frozen
from litreview.exchange.merge import Here, merge
from litreview.exchange.pack import ledger_name, make_pack, read_folder
from litreview.exchange.raw_lines import parse_line
from litreview.ledger import Judgment, append_lines, read_ledger
from tests.text_making import frozen_of, make_document

TEXTS = [frozen_of(make_document(f"Naskah {n}. Isi yang pendek."), copy) for n in range(2) for copy in ("a", "b")]
Copy = tuple[tuple[int, ...], tuple[int, ...]]  # which of the judgments and texts a copy of the review has
State = tuple[frozenset[tuple[str, str]], frozenset[str]]


def judgments(bodies: Sequence[str]) -> list[Judgment]:
    """Memos of three people on two devices; two of them say different things under one id."""
    made = [
        Judgment(f"id{n % 9}", "2024", f"p{n % 3}", f"d{n % 2}", "memo", {"text": body})
        for n, body in enumerate(bodies)
    ]
    return [
        msgspec.structs.replace(one, person=f"p{int(one.id[2:]) % 3}", device=f"d{int(one.id[2:]) % 2}") for one in made
    ]


def write(folder: Path, every: Sequence[Judgment], copy: Copy) -> Path:
    folder.mkdir()
    for number in copy[0]:
        content = msgspec.json.encode(every[number])
        line = parse_line(content)
        assert line is not None
        append_lines(folder / ledger_name(line), [content])
    for number in copy[1]:
        keep_frozen(folder, TEXTS[number])
    return folder


def state_of(folder: Path) -> State:
    lines = frozenset((line.id, line.said) for line in read_folder(folder, []))
    return lines, frozenset(one.identity for one in read_frozen(folder).texts)


def merged(root: Path, name: str, *sources: Path) -> Path:
    target = root / name
    target.mkdir()
    for source in sources:
        merge([source], Here(target, "T", (), ()))
    return target


some_bodies = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20), min_size=12, max_size=12)
a_copy = st.tuples(
    st.lists(st.integers(0, 11), min_size=1, max_size=12).map(tuple), st.lists(st.integers(0, 3), max_size=4).map(tuple)
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(some_bodies, st.tuples(a_copy, a_copy, a_copy), st.booleans())
def test_merging_is_commutative_associative_and_idempotent(
    bodies: list[str], copies: tuple[Copy, Copy, Copy], by_pack: bool
) -> None:
    with tempfile.TemporaryDirectory() as name:
        root, every = Path(name), judgments(bodies)
        folders = [write(root / f"c{n}", every, copy) for n, copy in enumerate(copies)]
        whole = state_of(folders[0])
        for folder in folders[1:]:
            state = state_of(folder)
            whole = whole[0] | state[0], whole[1] | state[1]
        sources = [packed(folder) for folder in folders] if by_pack else folders
        for number, order in enumerate(itertools.permutations(sources)):
            target = merged(root, f"o{number}", *order)
            assert state_of(target) == whole
            again = merge(order, Here(target, "T", (), ()))
            assert (again.new_judgments, again.new_texts) == (0, 0)
        left = merged(root, "left", merged(root, "ab", *sources[:2]), sources[2])
        right = merged(root, "right", sources[0], merged(root, "bc", *sources[1:]))
        assert state_of(left) == state_of(right) == whole
        assert read_ledger(left).standing == read_ledger(right).standing


def packed(folder: Path) -> Path:
    path = folder.with_suffix(".zip")
    path.write_bytes(make_pack(folder, "T", ())[0])
    return path


@settings(max_examples=40, deadline=None)
@given(some_bodies, a_copy, a_copy)
def test_what_was_there_is_the_beginning_of_what_is_there(bodies: list[str], one: Copy, other: Copy) -> None:
    with tempfile.TemporaryDirectory() as name:
        root, every = Path(name), judgments(bodies)
        mine, theirs = write(root / "mine", every, one), write(root / "theirs", every, other)
        before = {path: path.read_bytes() for path in mine.rglob("*") if path.is_file()}
        merge([theirs], Here(mine, "T", (), ()))
        assert all(path.read_bytes().startswith(content) for path, content in before.items())


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(4)), st.integers(0, 3))
def test_texts_are_a_union_by_what_they_say_and_of_which_copy(order: list[int], cut: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        chosen: list[FrozenText] = [TEXTS[n] for n in order]
        for frozen in chosen[: cut + 1]:
            assert keep_frozen(Path(name), frozen)
            assert not keep_frozen(Path(name), frozen)
        assert {t.identity for t in read_frozen(Path(name)).texts} == {t.identity for t in chosen[: cut + 1]}
