"""Judgments on passages: the anchor is made whole from the text's boxes, and refused where it is not true."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from litreview.documents.anchored import anchor_in, anchor_of, place_in, write_anchored
from litreview.documents.boxes import rects
from litreview.documents.frozen import thaw
from litreview.documents.frozen_folder import read_frozen
from litreview.documents.model import Boxes, Document
from litreview.errors import AnchorError
from litreview.ledger import Judgment, read_ledger
from tests.text_making import PROSE, frozen_of, judged, make_document

SECOND = "Emoji 👩‍👩‍👧 dan é di sini.\nBaris terakhir."
DOCUMENT = make_document(PROSE, SECOND)
FROZEN = frozen_of(DOCUMENT)


def write(folder: Path, *judgments: Judgment) -> tuple[Judgment, ...]:
    return write_anchored(folder, judgments, {DOCUMENT.report: FROZEN})


def with_anchor(**changes: Any) -> Judgment:
    judgment = judged(DOCUMENT, "rencana usaha bersama")
    return msgspec.structs.replace(judgment, body={**judgment.body, "anchor": {**judgment.body["anchor"], **changes}})


def coding(**body: Any) -> Judgment:
    return Judgment("j1", "2024-01-01T00:00:00.000+00:00", "ani", "laptop", "coding", {"code": "a", **body})


def test_an_anchor_has_page_and_rectangles_of_its_boxes() -> None:
    text = DOCUMENT.text
    start, end = text.index("bersama.\nPada"), text.index("kelompok")
    anchor = anchor_in(DOCUMENT, start, end)
    assert (anchor.file, anchor.page, anchor.quote) == ("corpus/a.pdf", 1, text[start:end])
    assert [rect[0] for rect in anchor.rects] == [1, 1]  # a rectangle a line
    assert anchor.rects[0][1:] == tuple(msgspec.structs.astuple(rects(DOCUMENT, start, end)[0])[1:])
    over = anchor_in(DOCUMENT, text.index("tampak."), text.index("dan é"))
    assert (over.page, [rect[0] for rect in over.rects]) == (1, [1, 2])


def test_a_part_of_a_word_gets_its_share_of_the_width() -> None:
    start = DOCUMENT.text.index("Keluarga")
    whole, part = anchor_in(DOCUMENT, start, start + 8), anchor_in(DOCUMENT, start, start + 4)
    assert part.rects[0][3] - part.rects[0][1] == (whole.rects[0][3] - whole.rects[0][1]) / 2


def test_a_source_without_pages_has_anchors_without_page() -> None:
    document = msgspec.structs.replace(DOCUMENT, pages=(), boxes=Boxes(), files=("corpus/a.txt",))
    anchor = anchor_in(document, 0, 5)
    assert (anchor.file, anchor.page, anchor.rects) == ("corpus/a.txt", None, ())
    assert place_in(document, anchor) == (0, 5)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 4), (-1, 3), (0, 10_000)])
def test_no_anchor_where_there_is_no_text(start: int, end: int) -> None:
    with pytest.raises(AnchorError, match=r"corpus/a\.pdf: There is no text between"):
        anchor_in(DOCUMENT, start, end)


def test_what_is_written_names_place_page_and_text_and_freezes_it(tmp_path: Path) -> None:
    bare = with_anchor(file="", page=None, rects=[])
    (written,) = write(tmp_path, bare)
    assert read_ledger(tmp_path).judgments == (written,)
    anchor = anchor_of(written.body)
    assert anchor is not None
    assert (anchor.file, anchor.page, len(anchor.rects)) == ("corpus/a.pdf", 1, 1)
    (kept,) = read_frozen(tmp_path).texts
    assert kept.text_hash == anchor.text_hash
    assert place_in(thaw(kept), anchor) == (anchor.start, anchor.end)


def test_emoji_and_marks_count_as_code_points(tmp_path: Path) -> None:
    (written,) = write(tmp_path, judged(DOCUMENT, "👩‍👩‍👧 dan é"))
    anchor = anchor_of(written.body)
    assert anchor is not None
    assert anchor.end - anchor.start == len("👩‍👩‍👧 dan é") == 11
    assert anchor.page == 2


@pytest.mark.parametrize(
    ("judgment", "why"),
    [
        (with_anchor(text_hash="0" * 64), "another text of this report"),
        (with_anchor(start=0), "not “rencana"),
        (with_anchor(end=10_000), "no text between"),
        (with_anchor(quote="rencana lain"), "not “rencana lain”"),
        (with_anchor(prefix="lain"), "Other words stand around"),
        (with_anchor(page=2), "on page 1, not on page 2"),
        (coding(report=DOCUMENT.report), "names no passage"),
        (coding(report=DOCUMENT.report, anchor={"start": 1}), "names no passage"),
        (coding(report="r-9"), "r-9 has no text here"),
        (coding(), "has no text here"),
    ],
)
def test_what_is_not_true_is_refused_and_nothing_is_written(tmp_path: Path, judgment: Judgment, why: str) -> None:
    with pytest.raises(AnchorError, match=why):
        write(tmp_path, judged(DOCUMENT, "Hasilnya tampak"), judgment)
    assert list(tmp_path.iterdir()) == []


def test_rectangles_are_those_of_the_text_whatever_was_sent(tmp_path: Path) -> None:
    (written,) = write(tmp_path, with_anchor(rects=[[7, 0.0, 0.0, 1.0, 1.0]], file="corpus/other.pdf"))
    assert written.body["anchor"] == judged(DOCUMENT, "rencana usaha bersama").body["anchor"]


def test_the_page_decides_between_equals_whatever_the_file_is_called() -> None:
    page = "Tabel hasil wawancara mendalam.\nSemua keluarga setuju.\nSumber data primer peneliti.\n"
    document = make_document(page, page)
    anchor = anchor_in(document, document.text.rindex("Semua"), document.text.rindex("Semua") + 22)
    read_again: Document = make_document(page.replace("mendalam", "men-\ndalam"), page, file="corpus/lain.pdf")
    assert place_in(read_again, anchor) == (read_again.text.rindex("Semua"), read_again.text.rindex("Semua") + 22)


def test_a_damaged_anchor_is_none() -> None:
    assert anchor_of({}) is None
    assert anchor_of({"anchor": "x"}) is None
