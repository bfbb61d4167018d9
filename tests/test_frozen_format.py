"""Frozen texts: one document gives one file, it comes back whole, and what is damaged or hostile is told."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview.documents import frozen as frozen_module
from litreview.documents.boxes import rects, unpack_boxes
from litreview.documents.frozen import FORMAT, decode_frozen, encode_frozen, freeze, thaw
from litreview.documents.model import Boxes, Document, Found, Metadata
from litreview.errors import FrozenTextError
from tests.text_making import PROSE, frozen_of, make_document, sha_of

GOLDEN = Path(__file__).parent / "data" / "frozen"
PAGES = (
    PROSE,
    "Halaman kedua: Ibu e\u0301 dan é, الله مع الصابرين, 👩‍👩‍👧 maju.\nEfisien (ﬁ) dan pendam\u00adping\u200b di desa.",
)


def golden() -> Document:
    """The document of the golden files; it never changes."""
    document = make_document(*PAGES, ocr="tesseract 5", reader="reader 1")
    meta = Metadata(title=Found("Judul", 0, 5), abstracts={"id": Found("Abstrak", 3, 10), "en": Found("Abstract")})
    return msgspec.structs.replace(document, metadata=meta)


def one_box(**changes: int) -> dict[str, list[int]]:
    """The columns of one box, that would stand but for the changes."""
    stands = dict.fromkeys(("starts", "lengths", "pages", "x0", "y0", "widths", "heights"), 1)
    return {key: [value] for key, value in {**stands, **changes}.items()}


def altered(changes: dict[str, Any]) -> bytes:
    """The golden file with some of its keys as someone else wrote them."""
    values = json.loads(gzip.decompress(encode_frozen(frozen_of(golden()))))
    return gzip.compress(json.dumps({**values, **changes}).encode())


def test_a_document_comes_back_whole() -> None:
    document = golden()
    back = thaw(decode_frozen(encode_frozen(frozen_of(document))))
    assert msgspec.structs.replace(back, boxes=document.boxes) == document
    assert unpack_boxes(back.boxes)[:3] == unpack_boxes(document.boxes)[:3]
    there, here = unpack_boxes(back.boxes)[3], unpack_boxes(document.boxes)[3]
    assert max(abs(a - b) for a, b in zip(there, here, strict=True)) <= 0.005
    assert frozen_of(back) == frozen_of(document)


@pytest.mark.parametrize("number", range(1, FORMAT + 1))
def test_every_earlier_format_is_read(number: int) -> None:
    """The golden file of each format was written by the version that brought it, and is never written again."""
    assert decode_frozen((GOLDEN / f"format-{number}.json.gz").read_bytes()) == frozen_of(golden())


def test_the_same_document_gives_the_same_bytes_without_a_time() -> None:
    content = encode_frozen(frozen_of(golden()))
    assert content == encode_frozen(frozen_of(golden()))
    assert content[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    swapped = msgspec.structs.replace(golden().metadata, abstracts=dict(reversed(golden().metadata.abstracts.items())))
    assert content == encode_frozen(frozen_of(msgspec.structs.replace(golden(), metadata=swapped)))


def test_a_reading_is_what_is_said_not_who_read_it_from_which_copy() -> None:
    one = frozen_of(golden())
    named_otherwise = msgspec.structs.replace(golden(), report="r-2", files=("corpus/b.pdf",), reader="reader 9")
    assert frozen_of(named_otherwise, "corpus/a.pdf").identity == one.identity
    assert frozen_of(golden(), "another copy").reading == one.reading
    assert frozen_of(golden(), "another copy").identity != one.identity
    assert frozen_of(msgspec.structs.replace(golden(), sections=())).reading != one.reading


def test_an_empty_document_and_one_without_pages_come_back() -> None:
    for document in (make_document(), msgspec.structs.replace(make_document(PROSE), pages=(), boxes=Boxes())):
        assert thaw(decode_frozen(encode_frozen(frozen_of(document)))) == document


def test_paths_and_report_are_those_of_the_review_that_reads() -> None:
    there = thaw(frozen_of(golden()), "r-9", ["corpus/lain/b.pdf"])
    assert (there.report, there.files, there.text) == ("r-9", ("corpus/lain/b.pdf",), golden().text)


def test_half_of_a_surrogate_pair_is_refused_with_the_file() -> None:
    document = make_document("Baris \ud83d ini")
    with pytest.raises(FrozenTextError, match=r"corpus/a\.pdf: The text holds a sign"):
        frozen_of(document)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"\x1f\x8b",
        encode_frozen(frozen_of(golden()))[:-1],
        encode_frozen(frozen_of(golden()))[:200],
        gzip.compress(b"[]"),
        gzip.compress(b'{"format": 1}'),
        gzip.compress(b'{"format": "1"}'),
        gzip.compress(b"\xff\xfe"),
        gzip.compress(b"[" * 100_000),
    ],
)
def test_what_is_no_frozen_text_is_told(content: bytes) -> None:
    with pytest.raises(FrozenTextError, match="damaged"):
        decode_frozen(content)


def test_a_flipped_bit_anywhere_is_seen() -> None:
    content = encode_frozen(frozen_of(golden()))
    seen = 0
    for at in range(10, len(content)):
        broken = bytearray(content)
        broken[at] ^= 0x10
        try:
            assert decode_frozen(bytes(broken)) == frozen_of(golden())  # the bit said nothing
        except FrozenTextError:
            seen += 1
    assert seen >= len(content) - 12


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "lain"},
        {"pages": [[1, 1, 0, 5, 595.0, 842.0]]},
        {"pages": [[0, 0, 0, 5, 595.0, 842.0]]},
        {"pages": [[0, 1, 5, 0, 595.0, 842.0]]},
        {"pages": [[0, 1, 9, 9, 595.0, 842.0], [0, 2, 0, 5, 595.0, 842.0]]},
        {"sections": [[["results"], "Hasil", 0, 10_000, 1]]},
        {"sections": []},
        {"paragraphs": []},
        {"sentences": [[99, 0, 1, "id"]]},
        {"boxes": {"starts": [0]}},
        {"boxes": one_box(starts=1_000_000)},
        {"boxes": one_box(starts=-1)},
        {"boxes": one_box(lengths=0)},
        {"boxes": one_box(pages=2)},
        {"boxes": one_box(pages=-1)},
        {"boxes": one_box(heights=10**9)},
    ],
)
def test_a_file_that_would_lead_astray_is_damaged(changes: dict[str, Any]) -> None:
    decode_frozen(altered({"boxes": one_box()}))
    with pytest.raises(FrozenTextError, match="damaged"):
        decode_frozen(altered(changes))


def test_a_newer_format_is_told_as_such_and_a_new_key_does_no_harm() -> None:
    with pytest.raises(FrozenTextError) as newer:
        decode_frozen(altered({"format": FORMAT + 1, "text": None}))
    assert newer.value.newer
    assert decode_frozen(altered({"mood": "good"})) == frozen_of(golden())


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frozen_module, "MOST_BYTES", 100_000)
    packed = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packed.compress(bytes(1_000_000)) for _ in range(20)) + packed.flush()
    with pytest.raises(FrozenTextError, match="damaged"):
        decode_frozen(bomb)


def test_boxes_outside_any_page_are_kept_as_near_as_may_be() -> None:
    document = make_document("Satu kata")
    flat = [float("nan"), float("inf"), -1e30, 12.345, 1.0, 2.0, 3.0, 4.0]
    from litreview.documents.boxes import pack_boxes

    boxes = pack_boxes([0, 5], [4, 9], [0, 0], [tuple(flat[:4]), tuple(flat[4:])])
    back = thaw(decode_frozen(encode_frozen(frozen_of(msgspec.structs.replace(document, boxes=boxes)))))
    first, second = rects(back, 0, 4) + rects(back, 5, 9)
    assert (first.x0, first.y0, first.x1) == (0.0, 100_000.0, -100_000.0)
    assert (second.x0, second.y0, second.x1, second.y1) == (1.0, 2.0, 3.0, 4.0)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=80), max_size=4))
def test_any_text_comes_back(pages: list[str]) -> None:
    document = make_document(*pages)
    back = thaw(decode_frozen(encode_frozen(freeze(document, [sha_of("a")]))))
    assert (back.text, back.pages, back.sentences) == (document.text, document.pages, document.sentences)
    assert unpack_boxes(back.boxes)[:3] == unpack_boxes(document.boxes)[:3]
