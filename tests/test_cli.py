"""The command line: what a researcher types, what comes back, exit codes."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litreview.cli import main

ROOT = Path(__file__).resolve().parent.parent


def call(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, command in main.commands.items():
        assert command.help, name
        assert f"litreview {name}" in readme, name


def test_init_then_status_before_any_run(tmp_path: Path) -> None:
    assert call("init", str(tmp_path / "r")).exit_code == 0
    result = call("status", str(tmp_path / "r"))
    assert result.exit_code == 1
    assert f"litreview run {tmp_path / 'r'}" in result.output


@pytest.mark.parametrize(
    ("program", "found", "shown"),
    [
        (".venv/bin/litreview", None, ".venv/bin/litreview run demo"),
        (".venv/bin/litreview.exe", None, ".venv/bin/litreview run demo"),
        (".venv/bin/litreview", ".venv/bin/litreview", "litreview run demo"),
        (".venv/bin/litreview", "elsewhere/litreview", ".venv/bin/litreview run demo"),
        ("litreview/__main__.py", None, "-m litreview run demo"),
    ],
)
def test_a_hint_shows_a_command_that_works_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, found: str | None, shown: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (program, found or program):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    monkeypatch.setattr("sys.argv", [str(tmp_path / program)])
    monkeypatch.setattr("shutil.which", lambda _: found and str(tmp_path / found))
    assert call("init", "demo", "--language", "en").output.rstrip().endswith(shown.replace("/", os.sep))


def test_init_never_overwrites_a_review(tmp_path: Path) -> None:
    call("init", str(tmp_path))
    (tmp_path / "review.yaml").write_text("mine", encoding="utf-8")
    assert call("init", str(tmp_path)).exit_code == 2
    assert (tmp_path / "review.yaml").read_text(encoding="utf-8") == "mine"


def test_an_unknown_key_is_told_with_line_and_nearest_key(tmp_path: Path) -> None:
    call("init", str(tmp_path))
    (tmp_path / "review.yaml").write_text("format: 1\ntitle: {id: A}\nlanguagse: [id]\n", encoding="utf-8")
    result = call("run", str(tmp_path))
    assert result.exit_code == 2
    assert "review.yaml:3" in result.output
    assert "languages" in result.output


def test_a_missing_codebook_is_told(tmp_path: Path) -> None:
    call("init", str(tmp_path))
    (tmp_path / "review.yaml").write_text("format: 1\ntitle: {id: A}\ncodebook: codebooks/x.yaml\n", encoding="utf-8")
    result = call("run", str(tmp_path))
    assert result.exit_code == 2
    assert "x.yaml" in result.output


def test_run_tells_a_summary_and_where_to_open_the_report(run_sample: Path) -> None:
    result = call("run", str(run_sample), "--language", "id")
    assert result.exit_code == 0
    assert "report.html" in result.output
    assert "DATA CONTOH" in result.output


def test_quiet_prints_nothing_when_all_is_well(run_sample: Path) -> None:
    result = call("run", str(run_sample), "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_json_is_one_object(run_sample: Path) -> None:
    summary = json.loads(call("run", str(run_sample), "--json").output)
    assert summary["sample"] is True
    assert len(summary["main_studies"]) == 5


def test_status_and_check_on_the_sample(run_sample: Path) -> None:
    assert "report.html" in call("status", str(run_sample)).output
    result = call("check", str(run_sample))
    assert result.exit_code == 0, result.output


def test_main_studies_are_shown_and_confirmed_with_set_person_and_reason(sample_copy: Path) -> None:
    def confirm(*words: str) -> Result:
        return call("main-studies", str(sample_copy), "--confirm", *words)

    shown = call("main-studies", str(sample_copy), "--language", "id")
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    assert "berlaku sementara" in shown.output
    assert confirm("--set", "2", "--as", "lead").exit_code == 2
    assert confirm("--set", "2", "--as", "nobody", "--reason", "x").exit_code == 2
    assert confirm("--set", "99", "--as", "lead", "--reason", "x").exit_code == 2
    several = confirm("--as", "lead", "--reason", "x")
    assert several.exit_code == 2
    assert "--set" in several.output
    done = confirm("--set", "2", "--as", "lead", "--reason", "Beragam.", "--language", "id")
    assert done.exit_code == 0
    second = lines[1].removeprefix("2. ")
    assert f"Ketua tim (rekaan) mengonfirmasi susunan 2: {second}. Alasan: Beragam." in done.output
    after = call("main-studies", str(sample_copy), "--language", "id").stdout
    assert after.splitlines()[:2] == lines[:2]
    assert "Susunan 2 dikonfirmasi oleh Ketua tim (rekaan): Beragam." in after


def test_people_who_differ_are_named_and_one_may_change_their_mind(sample_copy: Path) -> None:
    def confirm(number: str, person: str, reason: str) -> str:
        words = ("--confirm", "--set", number, "--as", person, "--reason", reason, "--language", "id")
        return call("main-studies", str(sample_copy), *words).output

    confirm("1", "lead", "Pertama.")
    assert "Susunan lain dikonfirmasi oleh: Ketua tim (rekaan)" in confirm("2", "coder-a", "Kedua.")
    both = call("main-studies", str(sample_copy), "--language", "id").output
    assert "Anggota A (rekaan); Ketua tim (rekaan) mengonfirmasi susunan yang berbeda" in both
    assert "coder-a" not in both
    confirm("2", "lead", "Kini setuju.")
    agreed = call("main-studies", str(sample_copy), "--language", "id").output
    assert "berbeda;" not in agreed
    assert "Kedua." in agreed
    assert "Kini setuju." in agreed
    assert "Pertama." not in agreed


@pytest.mark.parametrize("name", ["corpus", "review.yaml"])
def test_sample_goes_into_an_empty_folder_only(tmp_path: Path, name: str) -> None:
    if name == "corpus":
        (tmp_path / name).mkdir()
    else:
        shutil.copyfile(ROOT / "review.yaml", tmp_path / name)
    assert call("init", str(tmp_path), "--sample").exit_code == 2


@pytest.mark.parametrize(
    ("protocol", "words", "says"),
    [
        ("format: 1\ntitle: {id: A}\nlanguages: [id]\ncodebook: x.yaml\n", (), "Kesalahan"),
        ("format: 1\ntitle: {id: A}\nlanguages: [en]\ncodebook: x.yaml\n", (), "Error"),
        ("format: 1\nlanguages:\n  - id\npeople: [\n", (), "Kesalahan"),
        ('format: 1\nlanguages: ["en", id]\npeople: [\n', (), "Error"),
        ("format: 1\nlanguages: [id]\npeople: [\n", ("--language", "en"), "Error"),
        ("format: 1\nlanguages: [en]\npeople: [\n", ("--language", "id"), "Kesalahan"),
    ],
)
@pytest.mark.parametrize("command", ["run", "check", "agree"])
def test_an_error_is_told_in_the_language_asked_for_else_of_the_review(
    tmp_path: Path, protocol: str, words: tuple[str, ...], says: str, command: str
) -> None:
    (tmp_path / "review.yaml").write_text(protocol, encoding="utf-8")
    assert call(command, str(tmp_path), *words).output.startswith(f"{says}: ")


@pytest.mark.parametrize("system", ["id_ID", "en_US", "Indonesian_Indonesia"])
def test_without_a_review_an_error_is_told_in_the_language_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: (system, "UTF-8"))
    says = "Error" if system == "en_US" else "Kesalahan"
    assert call("run", str(tmp_path)).output.startswith(f"{says}: ")


def test_an_interrupt_is_told_in_the_language_of_the_review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    call("init", str(tmp_path))
    monkeypatch.setattr("litreview.review.Review.run", interrupted)
    result = call("run", str(tmp_path))
    assert result.exit_code == 1
    assert "Dihentikan." in result.output


def test_check_says_what_was_tried_of_a_codebook_and_that_none_is_named(tmp_path: Path) -> None:
    call("init", str(tmp_path))
    assert "No codebook is named in review.yaml" in call("check", str(tmp_path), "--language", "en").output
    (tmp_path / "codebook.yaml").write_text(
        "format: 1\nthemes:\n  - id: t\n    label: {id: T, en: T}\n    codes:\n"
        "      - {id: a, label: {id: A, en: A}, cues: [semangat], "
        "examples: [Mereka bersemangat.], counterexamples: [Hujan.]}\n"
        "      - {id: b, label: {id: B, en: B}, examples: [Tanpa pola kata tidak diuji.]}\n",
        encoding="utf-8",
    )
    protocol = "format: 1\ntitle: {id: A}\ncodebook: codebook.yaml\n"
    (tmp_path / "review.yaml").write_text(protocol, encoding="utf-8")
    said = call("check", str(tmp_path), "--language", "en").output
    assert "2 codes; 1 examples and 1 counter-examples were tried" in said
