"""`docs/formats.md` and the program tell the same formats."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from litreview.documents import frozen as frozen_module
from litreview.documents.frozen import FrozenBoxes, FrozenFile, FrozenText
from litreview.documents.frozen_folder import frozen_name
from litreview.documents.model import Found, Metadata, Page, Paragraph, Section, Sentence
from litreview.documents.texts import OWN_TEXT
from litreview.exchange import pack as pack_module
from litreview.exchange import sources
from litreview.exchange.pack import Pack, make_pack
from tests.review_making import FROZEN, code, decision, make_review, put

DOC = (Path(__file__).parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")


def table(head: str) -> list[str]:
    """The names in the first column of the table under a head."""
    rows = DOC.split(f"| {head} |", 1)[1].split("\n\n", 1)[0]
    return re.findall(r"^\| `([^`]+)`", rows, re.MULTILINE)


def listed(before: str) -> list[str]:
    """The names in backticks up to the end of the sentence that begins so."""
    sentence = DOC.split(before, 1)[1]
    return re.findall(r"`(\w+)`", re.split(r"[.;]\s|\|\n", sentence, maxsplit=1)[0])


@pytest.mark.parametrize(
    ("head", "struct"),
    [("key", FrozenText), ("column", FrozenBoxes), ("key of `pack.json`", Pack)],
)
def test_tables_name_the_keys_in_their_order(head: str, struct: Any) -> None:
    assert table(head) == list(struct.__struct_fields__)


@pytest.mark.parametrize(
    ("before", "struct"),
    [
        ("| `sections` | lists of", Section),
        ("| `paragraphs` | lists of", Paragraph),
        ("| `sentences` | lists of", Sentence),
        ("What was found in the text is a list\nof", Found),
        ("`metadata` is an object with the keys", Metadata),
    ],
)
def test_lists_name_their_places_in_order(before: str, struct: Any) -> None:
    assert listed(before) == list(struct.__struct_fields__)


def test_pages_and_files_are_told() -> None:
    told = [name for name in listed("A page is a list of") if name != "files"]
    assert told == list(Page.__struct_fields__)
    assert listed("read from, in order: objects of") == list(FrozenFile.__struct_fields__)


def test_numbers_are_those_of_the_program() -> None:
    assert f"format {frozen_module.FORMAT}." in DOC
    assert f"| `format` | {pack_module.FORMAT} |" in DOC
    assert pack_module.KIND in DOC
    assert f"same text of {OWN_TEXT} characters" in DOC
    most = f"{sources.MOST_BYTES // 10**9} GB, {sources.MOST_PARTS:,} files or {sources.MOST_RATIO} times"
    assert most in DOC


def test_a_file_holds_the_keys_that_are_told() -> None:
    values = msgspec.json.decode(msgspec.json.encode(FROZEN))
    without_pages = msgspec.json.decode(msgspec.json.encode(msgspec.structs.replace(FROZEN, starts=(0,))))
    assert list(without_pages) == table("key")
    assert list(values) == [key for key in table("key") if key != "starts"]
    assert list(values["boxes"]) == table("column")
    assert re.fullmatch(r"[0-9a-f]{64}-[0-9a-f]{12}\.json\.gz", frozen_name(FROZEN))
    assert frozen_name(FROZEN) == f"{FROZEN.text_hash}-{FROZEN.identity[:12]}.json.gz"


@pytest.mark.parametrize("starts", [(), (0,)])
def test_reading_and_identity_are_as_told(starts: tuple[int, ...]) -> None:
    import hashlib
    import json

    frozen = msgspec.structs.replace(FROZEN, starts=starts)
    values = msgspec.json.decode(msgspec.json.encode(frozen))
    said = [values[key] for key in listed("the JSON list of") if key in values]
    assert frozen.reading == hashlib.sha256(
        json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()  # fmt: skip
    joined = "\0".join((frozen.reading, *(file["sha256"] for file in values["files"])))
    assert frozen.identity == hashlib.sha256(joined.encode()).hexdigest()


def test_an_acceptance_has_the_keys_that_are_told() -> None:
    source = (Path(__file__).parent.parent / "litreview" / "pipeline" / "texts.py").read_text(encoding="utf-8")
    body = source.split("    body = {\n", 1)[1].split("}", 1)[0]
    assert re.findall(r'^        "(\w+)":', body, re.MULTILINE) == table("key of its body")


def test_a_pack_has_the_members_that_are_told(tmp_path: Path) -> None:
    import io
    import zipfile

    review = make_review(tmp_path / "r")
    put(review, decision())
    code(review, "rencana usaha")
    (review.judgments / "versions").mkdir()
    (review.judgments / "versions" / "a.yaml").write_text("x", encoding="utf-8")
    with zipfile.ZipFile(io.BytesIO(make_pack(review.judgments, "T", ())[0])) as archive:
        names = archive.namelist()
    assert names[0] == "pack.json"
    patterns = [re.escape(name).replace("<person>", "[^/]+").replace("<device>", "[^/]+") for name in table("member")]
    assert all(any(re.match(pattern, name) for pattern in patterns) for name in names)
    assert all(any(re.match(pattern, name) for name in names) for pattern in patterns)
