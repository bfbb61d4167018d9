"""`litreview codebook` on a small review: first version, differences, what is recorded, what is taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from litreview.errors import LedgerError
from litreview.ledger import append, make_judgment
from litreview.review import Review
from litreview.synthesis.codings import codings_to_look_at
from tests.command_making import call, data, edit, ledger, make_small_review, refused, well

CODEBOOK = """format: 1
themes:
  - id: barriers
    label: {id: Penghambat, en: Barriers}
    codes:
      - id: workload
        label: {id: Beban kerja, en: Workload}
        definition: Tugas pendamping terlalu banyak.
      - id: ratio
        label: {id: Rasio, en: Ratio}
        definition: Terlalu banyak keluarga.
"""
RENAME = ("id: workload", "id: load")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = make_small_review(tmp_path / "review", more="codebook: codebooks/small.yaml\n")
    (made / "codebooks" / "small.yaml").write_text(CODEBOOK, encoding="utf-8")
    return made


@pytest.fixture
def begun(folder: Path) -> Path:
    """The first version recorded, and a coding by ani made under it."""
    record(folder)
    body = {"report": "r1", "code": "workload", "stance": "supports", "origin": "unaided", "anchor": ANCHOR,
            "codebook": Review.open(folder).codebook.hash}  # fmt: skip
    append(folder / "judgments", [make_judgment("ani", "d1", "coding", body)])
    return folder


ANCHOR = {"text_hash": "h", "start": 0, "end": 5, "quote": "tugas", "prefix": "", "suffix": ""}


def record(folder: Path, *more: str, person: str = "citra") -> None:
    well("codebook", "record", str(folder), "--as", person, "--reason", "because", *more)


def change(folder: Path, *changes: tuple[str, str]) -> None:
    edit(folder / "codebooks" / "small.yaml", *changes)


def looked_at(folder: Path) -> list[tuple[str, ...]]:
    return [one.codes for one in codings_to_look_at(ledger(folder), Review.open(folder).codebook)]


def test_before_the_first_version_there_is_nothing_to_compare(folder: Path) -> None:
    assert "No judgment names a version" in refused("codebook", "diff", str(folder))
    record(folder)
    (first,) = ledger(folder).of_kind("codebook-version")
    kept = folder / "judgments" / "versions" / f"{first.body['to']}.yaml"
    assert kept.read_text(encoding="utf-8") == CODEBOOK
    assert "says what it said" in well("codebook", "diff", str(folder))


def test_a_gone_code_must_be_accounted_for(begun: Path) -> None:
    change(begun, RENAME)
    assert data("codebook", "diff", str(begun))["proposed"] == {"workload": "load"}
    assert "Perhaps renamed (a proposal, by likeness): workload → load" in well("codebook", "diff", str(begun))
    words = ("codebook", "record", str(begun), "--as", "citra", "--reason", "x")
    assert "What became of workload?" in refused(*words)
    record(begun, "--as-proposed")
    assert ledger(begun).of_kind("codebook-version")[-1].body["map"] == {"workload": ["load"]}
    assert "nothing to record" in refused(*words)


def test_a_note_in_the_file_is_nothing_to_record(begun: Path) -> None:
    change(begun, ("format: 1", "# note\nformat: 1"))
    assert "says what it said" in well("codebook", "diff", str(begun))
    assert "nothing to record" in refused("codebook", "record", str(begun), "--as", "ani", "--reason", "x")
    assert "codebook diff" not in call("check", str(begun)).output


def test_an_edit_that_nobody_recorded_is_told_by_check(begun: Path) -> None:
    change(begun, ("Terlalu banyak keluarga.", "Lebih dari 300 keluarga."))
    assert "nobody has recorded what became of its codes" in call("check", str(begun)).output
    record(begun)
    assert "nobody has recorded" not in call("check", str(begun)).output


def test_a_redefinition_asks_to_look_again_and_undo_takes_the_question_back(begun: Path) -> None:
    change(begun, ("Tugas pendamping terlalu banyak.", "Jam kerja pendamping terlalu panjang."))
    record(begun)
    assert looked_at(begun) == [("workload",)]
    assert "Codings to look at again after a change of the codebook: 1." in call("check", str(begun)).output
    well("codebook", "undo", str(begun), "--as", "ani", "--reason", "no")
    assert looked_at(begun) == []
    well("codebook", "undo", str(begun), "--as", "citra", "--reason", "yes")
    assert looked_at(begun) == [("workload",)]


def test_a_change_that_nobody_built_on_is_retracted_by_its_own_person(begun: Path) -> None:
    change(begun, RENAME)
    record(begun, "--rename", "workload=load")
    well("codebook", "undo", str(begun), "--as", "citra", "--reason", "a slip")
    assert [one.kind for one in ledger(begun).judgments][-1] == "retraction"
    assert (begun / "codebooks" / "small.yaml").read_text(encoding="utf-8") == CODEBOOK
    assert "none to undo" in refused("codebook", "undo", str(begun), "--as", "citra", "--reason", "more")


def test_a_change_that_others_built_on_is_undone_by_the_map_back(begun: Path) -> None:
    change(begun, RENAME)
    record(begun, "--rename", "workload=load")
    body = {"report": "r1", "code": "load", "anchor": ANCHOR, "codebook": Review.open(begun).codebook.hash}
    append(begun / "judgments", [make_judgment("budi", "d2", "coding", body)])
    well("codebook", "undo", str(begun), "--as", "citra", "--reason", "no")
    back = ledger(begun).of_kind("codebook-version")[-1]
    assert (back.body["map"], [one["op"] for one in back.body["changes"]]) == ({"load": ["workload"]}, ["rename"])


def test_an_undo_needs_the_earlier_text(begun: Path) -> None:
    change(begun, RENAME)
    record(begun, "--rename", "workload=load")
    for kept in (begun / "judgments" / "versions").iterdir():
        kept.unlink()
    assert "is not at hand" in refused("codebook", "undo", str(begun), "--as", "citra", "--reason", "no")
    assert "is not at hand" in refused("codebook", "diff", str(begun), "--from", first_version(begun)[:10])


def first_version(folder: Path) -> str:
    return str(ledger(folder).of_kind("codebook-version")[0].body["to"])


def test_a_new_code_tells_the_passage_that_it_grew_from(begun: Path) -> None:
    passage = ledger(begun).of_kind("coding")[0].id
    change(begun, ("      - id: ratio", "      - id: rain\n        label: {id: Hujan, en: Rain}\n      - id: ratio"))
    record(begun, "--inductive", f"rain={passage}")
    (made,) = ledger(begun).of_kind("codebook-version")[-1].body["changes"]
    assert made == {"op": "create", "code": "rain", "theme": "barriers", "how": "inductive", "passage": passage}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--rename", "workload"), "cannot be read"),
        (("--rename", "a,b=c,d"), "cannot be read"),
        (("--rename", "=x"), "cannot be read"),
        (("--rename", "nope=ratio"), "no code 'nope'"),
        (("--retire", "ratio"), "still stands"),
        (("--from", "zzz"), "names 0 versions"),
        (("--reason", " "), "needs a reason"),
        (("--as", "eka"), "'eka' is not among"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(begun: Path, words: tuple[str, ...], says: str) -> None:
    change(begun, ("Terlalu banyak keluarga.", "Lebih dari 300 keluarga."))
    before = len(ledger(begun).judgments)
    assert says in refused("codebook", "record", str(begun), "--as", "citra", "--reason", "x", *words)
    assert len(ledger(begun).judgments) == before


def test_a_version_that_cannot_be_kept_records_nothing(begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> bool:
        raise OSError(28, "No space left on device")

    change(begun, RENAME)
    before = len(ledger(begun).judgments)
    monkeypatch.setattr("litreview.versions.write_atomic", full)
    with pytest.raises(LedgerError, match="No space left"):
        Review.open(begun).record_codebook("citra", "x", as_proposed=True)
    assert len(ledger(begun).judgments) == before
