"""Merging copies of a review: the union of what people judged, said in a sentence; nothing that is there is changed."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from litreview.cli import main
from litreview.documents import frozen_folder
from litreview.documents.frozen import encode_frozen
from litreview.documents.frozen_folder import frozen_name, keep_frozen, read_frozen
from litreview.errors import LedgerError, UsageError
from litreview.exchange import merge as merging
from litreview.exchange.telling import tell_merge
from litreview.ledger import append_lines, make_judgment, read_ledger
from litreview.review import Review
from tests.review_making import FROZEN, code, decision, files_in, make_review, put
from tests.text_making import frozen_of, make_document


@pytest.fixture
def mine(tmp_path: Path) -> Review:
    review = make_review(tmp_path / "mine")
    put(review, decision())
    return review


@pytest.fixture
def theirs(tmp_path: Path) -> Review:
    review = make_review(tmp_path / "theirs")
    put(review, decision("budi"), decision("budi", target="rec-2"), make_judgment("budi", "hp", "memo", {"text": "x"}))
    code(review, "rencana usaha", "Hasilnya tampak", person="budi")
    return review


def ids(review: Review) -> set[str]:
    return {judgment.id for judgment in read_ledger(review.judgments).judgments}


def hand_made(folder: Path, target: Path, top: str = "", backslashes: bool = False) -> Path:
    """A zip of a folder as a file manager makes it."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files_in(folder).items():
            inside = f"{top}{name}"
            archive.writestr(inside.replace("/", "\\") if backslashes else inside, content)
    return target


def sources(theirs: Review, folder: Path) -> dict[str, list[Path]]:
    """The same judgments in every shape in which they may come."""
    ledgers = sorted(theirs.judgments.rglob("*.jsonl"))
    pieces = [*ledgers, *(theirs.judgments / "texts").iterdir()]
    bare = []
    for number, path in enumerate(pieces):
        bare.append(folder / f"DOC-20240101-WA{number:04d}")
        shutil.copy(path, bare[-1])
    nameless = folder / "DOC-20240101-WA9999."
    shutil.copy(theirs.pack(to=folder / "pack.zip").file, nameless)
    return {
        "review": [theirs.root],
        "judgments": [theirs.judgments],
        "pack": [folder / "pack.zip"],
        "renamed pack": [nameless],
        "files": bare,
        "zipped review": [hand_made(theirs.root, folder / "r.zip", "Tinjauan kami/")],
        "zipped judgments": [hand_made(theirs.judgments, folder / "j.zip", backslashes=True)],
    }


@pytest.mark.parametrize(
    "shape", ["review", "judgments", "pack", "renamed pack", "files", "zipped review", "zipped judgments"]
)
def test_every_shape_of_a_copy_is_taken_in_and_a_second_time_brings_nothing(
    mine: Review, theirs: Review, tmp_path: Path, shape: str
) -> None:
    given = sources(theirs, tmp_path)[shape]
    before = ids(mine)
    merged = mine.merge(given)
    assert ids(mine) == before | ids(theirs)
    assert [(came.person, came.new, came.known) for came in merged.came] == [
        ("budi", {"coding": 2, "decision": 2, "memo": 1}, 0)
    ]
    assert read_frozen(mine.judgments).texts == (FROZEN,)
    assert merged.new_texts == 1
    after = files_in(mine.judgments)
    again = mine.merge(given)
    assert (again.new_judgments, again.new_texts, sum(c.known for c in again.came)) == (0, 0, 5)
    assert files_in(mine.judgments) == after


def test_lines_come_as_they_are_into_the_file_of_their_person_and_device(mine: Review, theirs: Review) -> None:
    mine.merge([theirs.root])
    for name in ("budi/laptop.jsonl", "budi/hp.jsonl"):
        assert (mine.judgments / name).read_bytes() == (theirs.judgments / name).read_bytes()


def test_the_own_file_only_grows_by_what_it_lacks(mine: Review, theirs: Review) -> None:
    lost = decision()
    put(theirs, lost)
    own = mine.judgments / "ani" / "laptop.jsonl"
    own.write_bytes(own.read_bytes()[:-1])  # torn by a crash, whole but for its end
    before = own.read_bytes()
    mine.merge([theirs.root])
    assert own.read_bytes().startswith(before + b"\n")
    assert lost.id in ids(mine)
    assert not read_ledger(mine.judgments).notices


def test_a_line_torn_in_the_middle_stays_apart_from_what_comes(mine: Review, theirs: Review) -> None:
    own = mine.judgments / "budi" / "laptop.jsonl"
    own.parent.mkdir()
    own.write_bytes((theirs.judgments / "budi" / "laptop.jsonl").read_bytes()[:40])
    mine.merge([theirs.root])
    assert ids(theirs) <= ids(mine)


def test_what_came_is_told_in_a_sentence(mine: Review, theirs: Review) -> None:
    (theirs.root / "corpus" / "b.pdf").write_bytes(b"%PDF b")
    put(theirs, make_judgment("cici", "hp", "appraisal", {"target": "s", "tool": "MMAT", "answers": {}}))
    mine.merge([theirs.judgments / "budi" / "hp.jsonl"])
    lines = tell_merge(mine.merge([theirs.root]), mine.catalogue)
    assert lines == [
        "2 decisions, 2 codings of budi; 1 other judgment of cici; 2 documents that you do not have; here already: 1.",
        "Came along: texts of reports: 1; versions of protocol or codebook: 0.",
        "These documents are not here, or here in another copy: corpus/a.pdf; corpus/b.pdf.",
        "cici is not among the people of review.yaml; the judgments were kept. Add there, under people:"
        " - {id: cici, name: …, role: coder}",
    ]
    assert tell_merge(mine.merge([theirs.judgments / "budi"]), mine.catalogue) == [
        "No new judgments; 5 were here already."
    ]
    indonesian = tell_merge(make_review(mine.root / "x").merge([theirs.root]), Review.open(theirs.root, "id").catalogue)
    assert indonesian[0].startswith("2 keputusan, 2 pengodean, 1 memo dari budi; 1 penilaian lain dari cici; 2 dokumen")


def test_pdfs_that_are_here_are_not_missed_whatever_their_name(mine: Review, theirs: Review) -> None:
    for review, name in ((mine, "lain.pdf"), (theirs, "b.pdf")):
        (review.root / "corpus" / name).write_bytes(b"%PDF the same")
    packed = theirs.pack("budi")
    assert [file.path for file in mine.merge([Path(packed.file)]).missing_pdfs] == ["corpus/a.pdf"]


def test_a_damaged_line_costs_that_line_and_a_damaged_text_that_text(mine: Review, theirs: Review) -> None:
    with (theirs.judgments / "budi" / "hp.jsonl").open("ab") as file:
        file.write(b'{"id": "x", "person": "budi"\n<<<<<<< HEAD\n=======\n>>>>>>> b\n{"person": "budi"}\n[]\n\xff\n')
    text = theirs.judgments / "texts" / frozen_name(FROZEN)
    text.write_bytes(text.read_bytes()[:100])
    merged = mine.merge([theirs.root])
    assert ids(theirs) <= ids(mine)
    assert merged.new_texts == 0
    told = [str(notice) for notice in merged.notices]
    assert told[0].startswith(f"texts/{frozen_name(FROZEN)}: a frozen text that is damaged")
    assert told[1:] == [f"budi/hp.jsonl, line {n}: damaged, set aside; the other lines stand." for n in (2, 6, 7, 8)]


def test_lines_and_texts_of_a_newer_version_are_kept_as_they_came(mine: Review, theirs: Review) -> None:
    line = b'{"format":9,"id":"n","person":"budi","device":"hp","kind":"dream","body":7,"b":1,"a":2}'
    with (theirs.judgments / "budi" / "hp.jsonl").open("ab") as file:
        file.write(line + b"\n")
    newer = encode_frozen(msgspec.structs.replace(FROZEN, format=9))
    (theirs.judgments / "texts" / "newer.json.gz").write_bytes(newer)
    merged = mine.merge([theirs.root])
    assert line in (mine.judgments / "budi" / "hp.jsonl").read_bytes().splitlines()
    assert newer in files_in(mine.judgments / "texts").values()
    assert merged.new_texts == 2
    assert "update litreview" in str(merged.notices[0])
    assert mine.merge([theirs.root]).new_texts == 0


def test_another_judgment_under_a_known_id_is_kept_and_told(mine: Review, theirs: Review) -> None:
    (own,) = read_ledger(mine.judgments).judgments
    path = theirs.judgments / "ani" / "laptop.jsonl"
    path.parent.mkdir()
    path.write_bytes((mine.judgments / "ani" / "laptop.jsonl").read_bytes().replace(b'"include"', b'"exclude"'))
    merged = mine.merge([theirs.root])
    assert own.id in str(merged.notices[0])
    assert len((mine.judgments / "ani" / "laptop.jsonl").read_bytes().splitlines()) == 2
    assert mine.merge([theirs.root]).new_judgments == 0


def test_the_same_line_spaced_otherwise_is_the_same(mine: Review, theirs: Review) -> None:
    path = theirs.judgments / "ani" / "laptop.jsonl"
    path.parent.mkdir()
    line = json.loads((mine.judgments / "ani" / "laptop.jsonl").read_bytes())
    turned = json.dumps(dict(reversed(line.items())), indent=None, separators=(", ", ": "))
    path.write_bytes(b"\xef\xbb\xbf" + turned.encode() + b"\r\n")
    merged = mine.merge([path])
    assert (merged.new_judgments, merged.came[0].known) == (0, 1)


def test_versions_come_along_and_another_one_under_the_same_name_is_left(mine: Review, theirs: Review) -> None:
    for review, name, text in ((theirs, "a.yaml", "one"), (theirs, "b.yaml", "two"), (mine, "b.yaml", "mine")):
        (review.judgments / "versions").mkdir(exist_ok=True)
        (review.judgments / "versions" / name).write_text(text, encoding="utf-8")
    merged = mine.merge([theirs.root])
    assert merged.new_versions == 1
    assert (mine.judgments / "versions" / "a.yaml").read_text(encoding="utf-8") == "one"
    assert (mine.judgments / "versions" / "b.yaml").read_text(encoding="utf-8") == "mine"
    assert "another version" in str(merged.notices[0])


def test_a_pack_of_another_review_is_told(mine: Review, tmp_path: Path) -> None:
    other = make_review(tmp_path / "other", title="Tinjauan lain")
    put(other, decision("budi"))
    assert "another title: Tinjauan lain" in str(mine.merge([Path(other.pack().file)]).notices[0])


def test_a_known_text_that_is_damaged_here_is_made_whole(mine: Review, theirs: Review) -> None:
    keep_frozen(mine.judgments, FROZEN)
    text = mine.judgments / "texts" / frozen_name(FROZEN)
    text.write_bytes(b"\x1f\x8b damaged")
    frozen_folder._forced.clear()
    assert mine.merge([theirs.root]).new_texts == 1
    assert read_frozen(mine.judgments).texts == (FROZEN,)


def test_texts_come_before_lines_and_a_merge_cut_off_is_completed(
    mine: Review, theirs: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(theirs, decision("cici"))
    written: list[Path] = []

    def cut_off(path: Path, lines: list[bytes]) -> None:
        assert read_frozen(mine.judgments).texts == (FROZEN,)
        if written:
            raise KeyboardInterrupt
        written.append(path)
        append_lines(path, lines)

    with monkeypatch.context() as patch:
        patch.setattr(merging, "append_lines", cut_off)
        with pytest.raises(KeyboardInterrupt):
            mine.merge([theirs.root])
    assert ids(mine) < ids(mine) | ids(theirs)
    mine.merge([theirs.root])
    assert ids(theirs) <= ids(mine)


def test_a_full_disk_is_told_and_merging_again_takes_the_rest(
    mine: Review, theirs: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("litreview.ledger.disk.sync", full)
        with pytest.raises(LedgerError, match=r"could not be saved \(No space left on device\)"):
            mine.merge([theirs.root])
    mine.merge([theirs.root])
    assert ids(theirs) <= ids(mine)


def test_merging_a_review_into_itself_brings_nothing(mine: Review) -> None:
    before = files_in(mine.root / "judgments")
    assert mine.merge([mine.root]).new_judgments == 0
    assert files_in(mine.root / "judgments") == before


def test_two_readings_of_one_text_both_come(mine: Review, theirs: Review) -> None:
    keep_frozen(mine.judgments, frozen_of(make_document("Lain.")))
    assert mine.merge([theirs.root]).new_texts == 1
    assert len(read_frozen(mine.judgments).texts) == 2


def test_the_command_takes_sources_then_the_review(mine: Review, theirs: Review, tmp_path: Path) -> None:
    def call(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["merge", *words], catch_exceptions=False)
        return result.exit_code, result.output

    pack = theirs.pack(to=tmp_path / "p.zip").file
    code_, said = call(pack, "--into", str(mine.root), "--language", "en")
    assert code_ == 0
    assert said.startswith("2 decisions, 2 codings, 1 memo of budi; 1 document that you do not have.\n")
    code_, said = call(pack, str(theirs.root), "--into", str(mine.root), "--json")
    merged = json.loads(said)
    assert [(came["person"], came["new"], came["known"]) for came in merged["came"]] == [("budi", {}, 10)]
    assert [file["path"] for file in merged["missing_pdfs"]] == ["corpus/a.pdf"]
    assert call(str(tmp_path / "none.zip"), "--into", str(mine.root))[0] == 2
    assert call("--into", str(mine.root))[0] == 2
    assert call(pack, "--into", str(tmp_path))[0] == 2


@pytest.mark.parametrize("name", ["empty.zip", "photo.jpg", "notes.txt", "folder"])
def test_what_holds_no_judgments_is_told(mine: Review, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
    elif name.endswith(".zip"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("holiday.txt", "sun {and} sea")
    else:
        path.write_bytes(b"\xff\xd8 {x}\n{\n")
    with pytest.raises(UsageError, match="There are no judgments in it"):
        mine.merge([path])
