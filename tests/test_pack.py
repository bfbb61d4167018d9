"""A pack: one small zip of a person's judgments with the texts they stand in; the same judgments, the same bytes."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from litreview.cli import main
from litreview.documents.frozen import decode_frozen
from litreview.documents.frozen_folder import frozen_name
from litreview.errors import OutputError, UsageError
from litreview.exchange.pack import make_pack
from litreview.review import Review
from tests.review_making import FROZEN, code, decision, files_in, make_review, put
from tests.text_making import frozen_of, make_document


@pytest.fixture
def review(tmp_path: Path) -> Review:
    made = make_review(tmp_path / "mine")
    put(made, decision(), decision("budi"), decision(device="hp"))
    code(made, "rencana usaha", "Hasilnya tampak")
    return made


def names_in(pack: Path) -> list[str]:
    with zipfile.ZipFile(pack) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_it_holds_a_persons_lines_the_texts_and_a_list_but_no_pdf(review: Review, tmp_path: Path) -> None:
    (review.root / "corpus" / "a b.pdf").write_bytes(b"%PDF-1.4 not sent")
    packed = review.pack("ani", tmp_path / "to chat.zip")
    assert names_in(tmp_path / "to chat.zip") == [
        "pack.json", "judgments/ani/hp.jsonl", "judgments/ani/laptop.jsonl", f"judgments/texts/{frozen_name(FROZEN)}",
    ]  # fmt: skip
    assert (packed.judgments, packed.people, packed.texts, packed.versions, packed.pdfs) == (4, ("ani",), 1, 0, 1)
    assert packed.size_bytes == (tmp_path / "to chat.zip").stat().st_size
    with zipfile.ZipFile(tmp_path / "to chat.zip") as archive:
        told = json.loads(archive.read("pack.json"))
        assert decode_frozen(archive.read(f"judgments/texts/{frozen_name(FROZEN)}")) == FROZEN
        assert b"not sent" not in b"".join(archive.read(name) for name in archive.namelist())
    assert (told["format"], told["kind"], told["title"], told["people"]) == (1, "litreview-pack", "Tinjauan", ["ani"])
    assert [file["path"] for file in told["files"]] == ["corpus/a b.pdf"]


def test_with_all_it_holds_everybody(review: Review) -> None:
    packed = review.pack()
    assert packed.file == str(review.root / "pack-all.zip")
    assert (packed.judgments, packed.people) == (5, ("ani", "budi"))


def test_the_same_judgments_give_the_same_bytes_however_they_lie(review: Review, tmp_path: Path) -> None:
    first, _ = make_pack(review.judgments, "T", (), "ani")
    other = tmp_path / "other"
    shutil.copytree(review.judgments, other)
    (other / "ani" / "laptop.jsonl").rename(other / "laptop (1).jsonl")
    shutil.copy(other / "ani" / "hp.jsonl", other / "hp (conflicted copy).jsonl")
    lines = (other / "laptop (1).jsonl").read_bytes().splitlines(keepends=True)
    (other / "laptop (1).jsonl").write_bytes(b"".join(reversed(lines)))
    assert make_pack(other, "T", (), "ani")[0] == first
    assert make_pack(review.judgments, "T", (), "ani")[0] == first


def test_texts_that_the_person_judged_nothing_in_stay_at_home(review: Review) -> None:
    packed = review.pack("budi")
    assert packed.texts == 0
    assert not [name for name in names_in(Path(packed.file)) if name.endswith(".gz")]


def test_lines_of_a_newer_version_go_along_as_they_are(review: Review, tmp_path: Path) -> None:
    line = b'{"format":9,"id":"x","person":"ani","device":"laptop","kind":"dream","mood":{"z":1,"a":2},"body":[1]}'
    with (review.judgments / "ani" / "laptop.jsonl").open("ab") as file:
        file.write(line + b"\n")
    review.pack("ani", tmp_path / "p.zip")
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        assert line in archive.read("judgments/ani/laptop.jsonl").splitlines()


def test_damaged_lines_and_texts_are_told_and_left(review: Review) -> None:
    with (review.judgments / "ani" / "laptop.jsonl").open("ab") as file:
        file.write(b'{"id": "half\n')
    text = review.judgments / "texts" / frozen_name(FROZEN)
    text.write_bytes(text.read_bytes()[:-4])
    packed = review.pack("ani")
    assert packed.judgments == 4
    assert [str(n) for n in packed.notices] == [
        "ani/laptop.jsonl, line 4: damaged, set aside; the other lines stand.",
        f"{frozen_name(FROZEN)}: a frozen text that is damaged, set aside. A colleague's pack brings it again.",
    ]


def test_versions_and_an_accepted_reading_go_along(review: Review, tmp_path: Path) -> None:
    from litreview.documents.frozen_folder import keep_frozen
    from litreview.ledger import make_judgment

    (review.judgments / "versions").mkdir()
    (review.judgments / "versions" / "abc.yaml").write_text("format: 1\n", encoding="utf-8")
    other = frozen_of(make_document("Pembacaan lain."))
    keep_frozen(review.judgments, other)
    body = {"report": "r-1", "old": FROZEN.reading, "new": other.reading}
    put(review, make_judgment("budi", "laptop", "text-upgrade", body))
    packed = review.pack("budi", tmp_path)
    assert (packed.texts, packed.versions) == (1, 1)
    names = names_in(tmp_path / "pack-budi.zip")
    assert "judgments/versions/abc.yaml" in names
    assert f"judgments/texts/{frozen_name(other)}" in names


def test_who_has_judged_nothing_or_is_unknown_is_told(tmp_path: Path) -> None:
    empty = make_review(tmp_path / "r")
    with pytest.raises(UsageError, match="no judgments of ani"):
        empty.pack("ani")
    with pytest.raises(UsageError, match="no judgments"):
        empty.pack()
    with pytest.raises(UsageError, match="ani, budi"):
        empty.pack("someone")
    assert not list(empty.root.glob("*.zip"))


def test_an_earlier_pack_is_replaced_and_nothing_else_is(review: Review, tmp_path: Path) -> None:
    target = tmp_path / "p.zip"
    review.pack("budi", target)
    review.pack("ani", target)
    assert "judgments/ani/hp.jsonl" in names_in(target)
    with zipfile.ZipFile(tmp_path / "mine.zip", "w") as archive:
        archive.writestr("holiday.txt", "x")
    (tmp_path / "report.docx").write_bytes(b"mine")
    for taken in ("mine.zip", "report.docx"):
        before = (tmp_path / taken).read_bytes()
        with pytest.raises(UsageError, match="something else under this name"):
            review.pack("ani", tmp_path / taken)
        assert (tmp_path / taken).read_bytes() == before


def test_a_disk_that_is_full_is_told(review: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("litreview.exchange.pack.write_atomic", full)
    with pytest.raises(OutputError, match="No space left"):
        review.pack("ani", tmp_path / "p.zip")


def test_a_person_with_an_odd_name_gives_safe_names(tmp_path: Path) -> None:
    review = make_review(tmp_path / "r")
    put(review, decision("../x", "a/b"), decision("con"))
    packed = review.pack()
    for name in names_in(Path(packed.file)):
        assert ".." not in name.split("/")
        assert not name.startswith("/")
    assert "judgments/_con/laptop.jsonl" in names_in(Path(packed.file))


def test_the_command_asks_who_and_tells_what_was_packed(review: Review) -> None:
    def call(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["pack", str(review.root), *words], catch_exceptions=False)
        return result.exit_code, result.output

    code_, said = call()
    assert code_ == 2
    assert "ani, budi" in said
    code_, said = call("--as", "ani", "--language", "en")
    assert code_ == 0
    assert "pack-ani.zip: judgments of ani: 4; texts of reports: 1" in said
    code_, said = call("--all", "--json")
    assert json.loads(said)["people"] == ["ani", "budi"]


def test_packing_changes_nothing_in_the_judgments(review: Review, tmp_path: Path) -> None:
    before = files_in(review.judgments)
    review.pack(to=tmp_path)
    assert files_in(review.judgments) == before
