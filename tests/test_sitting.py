"""Screening with keys: each decision is in the ledger before the next record comes, and the last can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from litreview.cli import main
from litreview.ledger import Judgment
from tests.command_making import data, ledger, make_small_review, refused


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_small_review(tmp_path / "review")


def press(folder: Path, keys: str) -> str:
    words = ["screen", str(folder), "--keys", "--as", "ani", "--language", "en"]
    result = CliRunner().invoke(main, words, input=keys, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def said(folder: Path) -> list[tuple[str, str]]:
    decisions: tuple[Judgment, ...] = ledger(folder).of_kind("decision")
    return [(one.body["decision"], one.body["reason"]) for one in decisions]


def test_keys_decide_and_what_waits_shrinks(folder: Path) -> None:
    told = press(folder, "1213q")
    assert said(folder) == [("include", ""), ("exclude", "years"), ("maybe", "")]
    assert "6 waiting" in told
    assert "3 waiting" in told
    assert "By rule; decides nothing:" in told
    assert "Saved in this sitting: 3 decisions." in told
    waiting = data("screen", str(folder), "--as", "ani", "--stage", "title-abstract")["waiting"]
    assert len(waiting) == 3


def test_the_last_decision_is_taken_back_and_can_be_made_anew(folder: Path) -> None:
    told = press(folder, "1u3uuq")
    assert said(folder) == []
    assert "There is nothing to take back in this sitting." in told
    assert press(folder, "1q").count("waiting") == 2
    assert said(folder) == [("include", "")]


def test_own_words_are_a_reason_and_none_goes_back(folder: Path) -> None:
    press(folder, "20Not about families\n2xq")
    assert said(folder) == [("exclude", "Not about families")]


def test_what_is_put_off_comes_again_and_all_can_be_decided(folder: Path) -> None:
    told = press(folder, "s111111")
    assert [one for one, _ in said(folder)] == ["include"] * 6
    assert "Nothing waits for you at title and abstract." in told
    assert "Screening may stop" in told
    assert "Nothing waits for you" in press(folder, "")


def test_who_may_not_judge_is_refused(folder: Path) -> None:
    assert "rudi is a reader" in refused("screen", str(folder), "--keys", "--as", "rudi")
    assert "Who judges?" in refused("screen", str(folder), "--keys")
    assert ledger(folder).judgments == ()
