"""The ledger at the command line: who judges, what check tells, reindex, and a review that a newer version wrote."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litreview.cli import main
from litreview.index import Index
from litreview.ledger import Judgment, append, read_ledger
from litreview.ledger.lines import encode_line
from litreview.shipped import create_review
from tests.ledger_making import coding, indexed
from tests.test_runs import hashes


def call(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def confirm(review: Path, *words: str) -> Result:
    said = ("--confirm", "--set", "1", "--reason", "Beragam.")
    return call("main-studies", str(review), "--language", "en", *said, *words)


def test_the_person_is_asked_for_once_when_the_user_says_so(sample_copy: Path) -> None:
    assert "Add --as with one of: " in confirm(sample_copy).output
    assert "'nobody' is not among" in confirm(sample_copy, "--as", "nobody", "--remember").output
    assert confirm(sample_copy, "--as", "lead").exit_code == 0
    assert confirm(sample_copy).exit_code == 2
    assert confirm(sample_copy, "--as", "coder-a", "--remember").exit_code == 0
    assert confirm(sample_copy).exit_code == 0
    assert confirm(sample_copy, "--as", "lead").exit_code == 0
    ledger = read_ledger(sample_copy / "judgments")
    made = [judgment.person for judgment in ledger.judgments if judgment.kind == "main-studies"]
    assert sorted(made) == ["coder-a", "coder-a", "lead", "lead"]
    assert sorted(judgment.person for judgment in ledger.of_kind("main-studies")) == ["coder-a", "lead"]


@pytest.fixture
def newer(sample_copy: Path) -> Path:
    """A review that a colleague with a newer version has judged in."""
    line = encode_line(coding("coder-b")).replace(b'"format":1', b'"format":7')
    (sample_copy / "judgments" / "coder-b" / "hp.jsonl").write_bytes(line)
    return sample_copy


@pytest.mark.slow
def test_a_review_with_newer_judgments_is_open_for_reading_only(newer: Path) -> None:
    before = hashes(newer / "judgments")
    refused = confirm(newer, "--as", "lead")
    assert refused.exit_code == 1
    assert "They need format 7 (this one knows 1)" in refused.output
    assert hashes(newer / "judgments") == before
    assert "They need format 7" in call("check", str(newer), "--language", "en").output
    assert call("run", str(newer), "--quiet").exit_code == 0
    assert "Perlu format 7" in (newer / "outputs" / "report.html").read_text(encoding="utf-8")
    assert "format 7" in json.loads((newer / "outputs" / "manifest.json").read_bytes())["needs"]
    assert "Perlu format 7" in call("status", str(newer)).output


def test_check_tells_conflicts_and_what_is_gone(sample_copy: Path) -> None:
    folder = sample_copy / "judgments"
    first, *_ = read_ledger(folder).of_kind("coding")
    two = [coding(person, replaces=first.id) for person in ("coder-a", "coder-b")]
    append(folder, two)
    told = call("check", str(sample_copy), "--language", "en").output
    assert f"coder-a, coder-b replaced the same judgment ({first.id})" in told
    (folder / "coder-b" / "laptop.jsonl").unlink()
    told = call("check", str(sample_copy), "--language", "en").output
    assert "replaced the same judgment" not in told
    assert "1 judgments of coder-b (coding) that were here before are in no file any more" in told


def test_a_run_tells_conflicts_whatever_the_files_are_called(sample_copy: Path) -> None:
    first, *_ = read_ledger(sample_copy / "judgments").of_kind("memo")
    two = [coding(person, replaces=first.id) for person in ("coder-a", "coder-b")]
    (sample_copy / "judgments" / "DOC-20231001-WA0007.txt").write_bytes(b"".join(map(encode_line, two)))
    told = call("run", str(sample_copy), "--language", "en").output
    assert "replaced more than once, to be settled: 1." in told
    assert two[1].id in (sample_copy / "outputs" / "tables" / "judgments.csv").read_text(encoding="utf-8")


@pytest.mark.slow
def test_reindex_from_nothing_gives_the_same_state(sample_copy: Path) -> None:
    path = sample_copy / ".litreview" / "index.db"
    before = hashes(sample_copy)
    with Index(path) as index:
        states = indexed(index)
        index.put("read", "left over", b"from another time")
    told = call("reindex", str(sample_copy), "--language", "en")
    assert told.exit_code == 0
    assert f"judgments: {len(states)}." in told.output
    with Index(path) as index:
        assert indexed(index) == states
        assert index.get("read", "left over") is None
    assert call("status", str(sample_copy)).exit_code == 0
    assert call("run", str(sample_copy), "--quiet").output == ""
    after = hashes(sample_copy)
    assert {name for name in before if after.get(name) != before[name]} <= {".litreview/index.db"}
    assert call("reindex", str(sample_copy), "--quiet").output == ""


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_git_merges_two_branches_of_a_review_without_a_conflict(tmp_path: Path) -> None:
    review = tmp_path / "review"
    create_review(review)
    common, ours, theirs = coding(), coding(), coding()

    def git(*words: str) -> None:
        identity = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(review), *identity, *words], check=True, capture_output=True)

    def commit(judgment: Judgment) -> None:
        append(review / "judgments", [judgment])
        git("add", "-A")
        git("commit", "-m", "judged")

    git("init", "-b", "main")
    commit(common)
    git("checkout", "-b", "other")
    commit(theirs)
    git("checkout", "main")
    commit(ours)
    git("merge", "other", "-m", "merged")
    read = read_ledger(review / "judgments")
    assert (read.judgments, read.notices) == ((common, ours, theirs), ())
    tracked = subprocess.run(["git", "-C", str(review), "ls-files"], check=True, capture_output=True).stdout.decode()
    assert ".litreview" not in tracked
    assert ".gitattributes" in tracked
