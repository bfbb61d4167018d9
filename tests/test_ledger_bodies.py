"""Every kind of judgment has a body that is checked: on writing it is refused, on reading set aside and told."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview.coding.model import STANCES, VOICES
from litreview.errors import LedgerError
from litreview.ledger import KINDS, Judgment, append, make_judgment, read_ledger
from litreview.ledger.bodies import Said, Stance, Voice
from litreview.ledger.lines import Trouble, decode_line, encode_line
from litreview.screening.decisions import DECISIONS
from tests.ledger_making import BODIES, PASSAGE, coding, written


def test_every_kind_of_the_design_is_written_and_read_back_with_keys_that_nobody_knows(tmp_path: Path) -> None:
    assert set(BODIES) == set(KINDS)
    made = [make_judgment("ani", "laptop", kind, {**body, "mood": ["calm"]}) for kind, body in BODIES.items()]
    read = written(tmp_path, *made)
    assert (read.judgments, read.notices, read.set_aside) == (tuple(made), (), ())
    assert [dict(j.body) for j in read.judgments] == [{**body, "mood": ["calm"]} for body in BODIES.values()]


@pytest.mark.parametrize(
    ("kind", "change", "says"),
    [
        ("coding", {"code": None}, "'code' must be a text."),
        ("coding", {"code": ""}, "'code' must not be empty."),
        ("coding", {"stance": "suports"}, "Did you mean 'supports'?"),
        ("coding", {"anchor": {"start": 1}}, "The key 'text_hash' is missing here."),
        ("coding", {"attributes": {"level": 3}}, "must be a text."),
        ("decision", {"stage": "coding"}, "'stage' cannot be 'coding'."),
        ("duplicate-join", {"records": ["e1"]}, "'records' must hold 2 or more."),
        ("link", {"reports": [], "record": "e1"}, "a link names two or more reports"),
        ("pin", {"x": "left"}, "'x' must be a number."),
        ("page-numbers", {"printed": {"first": "i"}}, "'printed"),
        ("assignment", {"people": []}, "'people' must not be empty."),
        ("record-edit", {"fields": {}}, "'fields' must not be empty."),
        ("layout", {"settings": []}, "'settings' must have keys with values"),
        ("codebook-version", {"map": {"a": 1}}, "'map"),
    ],
)
def test_a_body_that_is_not_as_its_kind_asks_is_refused_and_set_aside(
    tmp_path: Path, kind: str, change: dict[str, Any], says: str
) -> None:
    good = make_judgment("ani", "laptop", kind, BODIES[kind])
    bad = msgspec.structs.replace(good, body={**BODIES[kind], **change})
    with pytest.raises(LedgerError) as caught:
        make_judgment("ani", "laptop", kind, bad.body)
    assert f"'{kind}' cannot be recorded" in str(caught.value)
    assert says in str(caught.value)
    with pytest.raises(LedgerError):
        append(tmp_path, [coding(), bad])
    assert not list(tmp_path.iterdir())
    (tmp_path / "x.jsonl").write_bytes(encode_line(good).replace(_body(good), _body(bad)))
    read = read_ledger(tmp_path)
    assert read.judgments == ()
    (aside,) = read.set_aside
    assert (aside.judgment, aside.file, aside.line) == (bad, "x.jsonl", 1)
    assert says in str(read.notices[0])


def _body(judgment: Judgment) -> bytes:
    return msgspec.json.encode(dict(judgment.body))


def test_what_was_set_aside_replaces_nothing(tmp_path: Path) -> None:
    first = coding()
    line = encode_line(coding(replaces=first.id)).replace(b'"code":"hope-and-motivation"', b'"code":1')
    append(tmp_path, [first])
    (tmp_path / "copy.jsonl").write_bytes(line)
    (tmp_path / "copy (1).jsonl").write_bytes(line)
    read = read_ledger(tmp_path)
    assert read.standing == (first,)
    assert [aside.file for aside in read.set_aside] == ["copy (1).jsonl"]
    assert len(read.notices) == 2


def test_a_missing_key_is_named() -> None:
    with pytest.raises(LedgerError, match="The key 'decision' is missing here"):
        make_judgment("ani", "laptop", "decision", {"target": "r-1", "stage": "full-text"})


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(LedgerError, match="dream"):
        make_judgment("ani", "laptop", "dream", {})


def test_half_a_letter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="write it anew"):
        make_judgment("ani", "laptop", "memo", {"text": "\ud83d"})
    with pytest.raises(LedgerError, match="write it anew"):
        append(tmp_path, [msgspec.structs.replace(coding(), device="\ud83d")])


def test_what_the_caller_changes_later_changes_no_judgment() -> None:
    body = {**BODIES["memo"], "tags": ["one"]}
    judgment = make_judgment("ani", "laptop", "memo", body)
    body["tags"].append("two")
    assert judgment.body["tags"] == ["one"]


def test_words_of_the_rooms_above_are_those_of_the_ledger() -> None:
    assert (get_args(Stance), get_args(Voice), get_args(Said)) == (STANCES, VOICES, DECISIONS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(kind=st.sampled_from(KINDS), data=st.data())
def test_any_change_of_any_body_is_read_or_told_in_words(kind: str, data: st.DataObject) -> None:
    body = dict(BODIES[kind])
    key = data.draw(st.sampled_from([*body, "new"]))
    body[key] = data.draw(JSON)
    if data.draw(st.booleans()):
        body.pop(data.draw(st.sampled_from([*body])))
    values = {"id": "x", "at": "", "person": "ani", "device": "d", "kind": kind, "body": body}
    found = decode_line(msgspec.json.encode(values))
    if isinstance(found, Judgment):
        assert dict(found.body) == body
    else:
        assert isinstance(found, Trouble)
        assert found.what == "body"
        assert "{" not in str(found.why).replace("{{", "").replace("{key: value}", "")


@pytest.mark.parametrize(
    "body",
    [b'{"target":"t","settings":{"x":1e999}}', b'{"target":"t","settings":{"n":' + b"9" * 5000 + b"}}",
     b'{"target":"t","settings":{"x":"\xff"}}', b'{"target":"t","settings":{},"' + b"\xc3(" + b'":1}',
     b'{"target":"t","settings":' + b'{"a":' * 3000 + b"1" + b"}" * 3001, b"[]", b"null", b"", b'{"target":"t"'],
)  # fmt: skip
def test_no_line_however_hostile_stops_the_reading(body: bytes) -> None:
    start = b'{"id":"x","at":"","person":"ani","device":"d","kind":"layout","body":'
    found = decode_line(start + body + b"}")
    if isinstance(found, Judgment):
        assert found.body["target"] == "t"
    else:
        assert isinstance(found, Trouble)


def test_passages_keep_every_letter() -> None:
    judgment = make_judgment("ani", "laptop", "coding", {**BODIES["coding"], **PASSAGE})
    found = decode_line(encode_line(judgment))
    assert isinstance(found, Judgment)
    assert found.body["anchor"]["quote"] == "kata “maju” 😀"
