"""Passwords, counts of pages that lie, and what else a file may be."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import click
import pymupdf
import pytest
from click.testing import CliRunner

from litreview.cli import main
from litreview.commands import passwords as asking
from litreview.documents.model import FileStatus
from litreview.documents.opening import open_pdf
from litreview.documents.passwords import GivenPassword, Secret, read_kept, read_passwords_file
from litreview.documents.read import ReadJob, read_report
from litreview.documents.verify import page_texts
from litreview.errors import OutputError, QuotationError, UsageError
from litreview.exchange.annotated import annotate_pdf
from litreview.files import hash_file
from litreview.language.catalogue import Catalogue
from litreview.pipeline.unlocking import locked
from tests.bomb_making import PAGES, announced_pages, doubling_pages, one_page, stream, words, write_pdf
from tests.pdf_making import FULL, lines, make_pdf

AES_256 = pymupdf.mupdf.PDF_ENCRYPT_AES_256
PASSWORD = "rahasia: 7 Ibu"


def status(path: Path) -> FileStatus:
    return read_report(ReadJob(str(path.parent), path.name, (path.name,))).files[0]


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """A review with a PDF that asks for a password, and one that does not."""
    folder = tmp_path / "review"
    assert CliRunner().invoke(main, ["init", str(folder)]).exit_code == 0
    plain = make_pdf(tmp_path / "plain.pdf", [lines([f"{FULL} {i}." for i in range(5)])])
    lock(plain, folder / "corpus" / "Tesis Ibu.pdf")
    make_pdf(folder / "corpus" / "open.pdf", [lines([f"{FULL} lagi {i}." for i in range(5)])])
    return folder


def lock(plain: Path, to: Path, user: str = PASSWORD) -> Path:
    with pymupdf.open(plain) as pdf:
        pdf.save(to, encryption=AES_256, user_pw=user, owner_pw="owner")
    return to


def ingest(review: Path, *options: str) -> dict[str, str]:
    result = CliRunner().invoke(main, ["ingest", str(review), "--json", *options])
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    return {file["path"]: file["status"] for file in json.loads(result.stdout)["files"]}


def holds(folder: Path, secret: str) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


def test_a_password_is_taken_from_a_file_and_kept_outside_the_review(review: Path, tmp_path: Path) -> None:
    locked = {"corpus/Tesis Ibu.pdf": "needs-password", "corpus/open.pdf": "ready"}
    assert ingest(review) == locked
    given = tmp_path / "sandi.txt"
    given.write_text("# sandi\r\n\r\nwrong\r\n", encoding="utf-8-sig", newline="")
    assert ingest(review, "--passwords", str(given)) == locked
    given.write_text(f"wrong\nTesis Ibu.pdf: {PASSWORD}\n", encoding="utf-8-sig")
    assert ingest(review, "--passwords", str(given)) == dict.fromkeys(locked, "ready")
    assert ingest(review) == dict.fromkeys(locked, "ready")
    path = review / "corpus" / "Tesis Ibu.pdf"
    assert read_kept() == {hash_file(path): PASSWORD}
    assert CliRunner().invoke(main, ["run", str(review), "--quiet"]).exit_code == 0
    assert not holds(review, PASSWORD)
    if os.name == "posix":
        kept = Path(os.environ["LITREVIEW_SETTINGS"]) / "passwords.json"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_stages_are_told_once_where_no_terminal_shows_bars(review: Path, tmp_path: Path) -> None:
    given = tmp_path / "sandi.txt"
    given.write_text(PASSWORD, encoding="utf-8")
    result = CliRunner().invoke(main, ["ingest", str(review), "--language", "en", "--passwords", str(given), "--ocr"])
    assert result.stderr.splitlines() == ["Reading documents", "Reading search exports"]


def test_a_wrong_password_and_a_name_that_no_file_has_are_told(review: Path, tmp_path: Path) -> None:
    given = tmp_path / "sandi.txt"
    given.write_text("Tesis Ibu.pdf: salah sekali\nTesis Ayah.pdf: lain\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["ingest", str(review), "--language", "en", "--passwords", str(given)])
    assert f"corpus/Tesis Ibu.pdf: no password in {given} opens it." in result.stderr
    assert f"{given}: it names Tesis Ayah.pdf, but there is no such file here." in result.stderr
    assert "salah sekali" not in result.output
    assert CliRunner().invoke(main, ["ingest", str(review), "--language", "en"]).stderr.count("opens it") == 0


def test_a_run_after_a_password_was_given_reads_the_file(review: Path, tmp_path: Path) -> None:
    def run() -> list[str]:
        told = json.loads(CliRunner().invoke(main, ["run", str(review), "--json"]).stdout)
        return [file["path"] for file in told["files"] if file["status"] != "ready"]

    assert run() == ["corpus/Tesis Ibu.pdf"]
    given = tmp_path / "sandi.txt"
    given.write_text(PASSWORD, encoding="utf-8")
    ingest(review, "--passwords", str(given))
    assert run() == []


def test_it_is_asked_for_three_times_at_most(review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["wrong", "also wrong", "wrong again", "", PASSWORD])
    asked = []

    def prompt(text: str, **options: object) -> str:
        assert options["hide_input"]
        asked.append(text)
        return next(answers)

    monkeypatch.setattr(click, "prompt", prompt)
    run = ["ingest", str(review), "--language", "id"]
    CliRunner().invoke(main, run)
    assert not asked  # nobody is there
    monkeypatch.setattr(asking, "can_ask", lambda: True)
    for option in ("--json", "--quiet"):
        CliRunner().invoke(main, [*run, option])
    assert not asked
    result = CliRunner().invoke(main, run)
    assert len(asked) == 3
    assert "Kata sandi ini tidak membuka" in result.output
    CliRunner().invoke(main, run)
    assert len(asked) == 4
    assert not read_kept()
    CliRunner().invoke(main, run)
    assert list(read_kept().values()) == [PASSWORD]


def test_a_locked_word_document_is_told_what_to_do_and_not_asked_for() -> None:
    files = [FileStatus(f"corpus/{name}", "needs-password", "r") for name in ("a.pdf", "b.docx")]
    assert [file.path for file in locked(files)] == ["corpus/a.pdf"]


def test_passwords_are_not_taken_from_or_kept_in_the_review(
    review: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = review / "sandi.txt"
    inside.write_text(PASSWORD)
    with pytest.raises(UsageError, match="inside the review"):
        read_passwords_file(inside, review)
    with pytest.raises(UsageError, match="cannot be read"):
        read_passwords_file(tmp_path / "absent.txt", review)
    given = tmp_path / "sandi.txt"
    given.write_text(PASSWORD)
    monkeypatch.setenv("LITREVIEW_SETTINGS", str(review / "settings"))
    result = CliRunner().invoke(main, ["ingest", str(review), "--passwords", str(given)])
    assert result.exit_code == 1
    assert "inside the review" in result.stderr or "di dalam" in result.stderr
    inside.unlink()
    assert not holds(review, PASSWORD)


def test_lines_of_a_passwords_file(tmp_path: Path) -> None:
    path = tmp_path / "sandi.txt"
    content = "a.pdf:x:y\nb.pdf\tz \n#no\nalone: one\nC:\\tesis\\BAB I.PDF: k\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path.write_text(content, encoding=encoding)
        found = [(one.file, one.secret.value) for one in read_passwords_file(path, tmp_path / "review")]
        assert found == [("a.pdf", "x:y"), ("b.pdf", "z"), ("", "alone: one"), ("C:\\tesis\\BAB I.PDF", "k")]
    assert GivenPassword("tesis\\bab i.pdf", Secret("k")).is_for("corpus/tesis/BAB I.pdf")
    assert not GivenPassword("b.pdf", Secret("k")).is_for("corpus/ab.pdf")
    assert "k" not in repr(GivenPassword("b.pdf", Secret("kk"))).replace("Secret", "")


def test_an_owner_password_alone_asks_for_nothing(tmp_path: Path) -> None:
    plain = make_pdf(tmp_path / "plain.pdf", [lines([FULL])])
    assert status(lock(plain, tmp_path / "a.pdf", user="")).status == "ready"


def test_quotations_are_checked_in_protected_files_and_no_copy_is_made(review: Path, tmp_path: Path) -> None:
    path = review / "corpus" / "Tesis Ibu.pdf"
    with pytest.raises(QuotationError):
        page_texts(path, 1, 1)
    given = tmp_path / "sandi.txt"
    given.write_text(PASSWORD)
    ingest(review, "--passwords", str(given))
    assert FULL in page_texts(path, 1, 1)[0]
    with pytest.raises(OutputError):
        annotate_pdf(path, [])


def test_pages_that_are_announced_and_not_there(tmp_path: Path) -> None:
    assert (status(announced_pages(tmp_path / "a.pdf")).status, status(tmp_path / "a.pdf").pages) == ("ready", 1)
    assert status(doubling_pages(tmp_path / "b.pdf")).status == "ready"
    objects = one_page(stream(words(1)))
    objects[PAGES] = b"<</Type/Pages/Kids[3 0 R 6 0 R]/Count 1>>"
    objects[6] = b"<</Type/Pages/Parent 2 0 R/Kids[7 0 R 8 0 R]/Count 1>>"
    objects[7] = objects[8] = objects[3]
    with open_pdf(write_pdf(tmp_path / "c.pdf", objects)) as pdf:
        assert [len(page.get_text().split()) for page in pdf] == [2, 2, 2]


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"<!DOCTYPE html><html><form>Log in</form>", "not-a-pdf", "web page"),
        ("\ufeff<HTML><BODY>Masuk".encode("utf-16-le"), "not-a-pdf", "web page"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml..word/document.xml", "not-a-pdf", "a Word file"),
        (b"PK\x03\x04" + bytes(26) + b"a.txt", "not-a-pdf", "a zip archive"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "not-a-pdf", "a JPEG picture"),
        (b"{\\rtf1 teks}", "not-a-pdf", "an RTF text"),
        (b"%!PS-Adobe-3.0\n", "not-a-pdf", "a PostScript file"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "not-a-pdf", "an older Word"),
        ("Catatan rapat é ".encode() * 20, "not-a-pdf", "a plain text"),
        (os.urandom(20), "not-a-pdf", "something else"),
        (bytes(5000), "damaged", "nothing but zeros"),
        (b"", "empty", "nothing in it"),
        (b"%PDF-1.7\nlost", "damaged", "not downloaded completely"),
    ],
)
def test_what_a_file_is_that_is_no_pdf(tmp_path: Path, content: bytes, kind: str, words: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    found = status(path)
    assert (found.status, words in str(found.why)) == (kind, True), str(found.why)
    assert "{" not in Catalogue("id").text(found.why)


def test_places_that_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()
    assert status(tmp_path / "folder.pdf").status == "not-a-pdf"
    long = "é" * 120 + ".pdf"
    make_pdf(tmp_path / "a.pdf", [lines([FULL])]).rename(tmp_path / long)
    assert status(tmp_path / long).status == "ready"
    if sys.platform != "win32":
        (tmp_path / "link.pdf").symlink_to(tmp_path / "gone")
        assert status(tmp_path / "link.pdf").status == "damaged"
        os.mkfifo(tmp_path / "pipe.pdf")
        assert status(tmp_path / "pipe.pdf").status == "not-a-pdf"


def test_cases_of_files_and_forms_for_adobe_are_told(tmp_path: Path) -> None:
    for name, entry in (("case", b"/Collection<</View/D>>"), ("form", b"/AcroForm<</XFA[(a) 4 0 R]/Fields[]>>")):
        objects = one_page(stream(b"BT /F 11 Tf 72 700 Td (Please wait for Adobe Reader) Tj ET"))
        objects[1] = b"<</Type/Catalog/Pages 2 0 R%s>>" % entry
        found = status(write_pdf(tmp_path / f"{name}.pdf", objects))
        assert (found.status, "Adobe Reader" in str(found.why)) == ("empty", True)


def test_blank_pages_and_lost_words_are_told(tmp_path: Path) -> None:
    make_pdf(tmp_path / "blank.pdf", [[], []])
    assert "blank" in str(status(tmp_path / "blank.pdf").why)
    broken = write_pdf(tmp_path / "b.pdf", one_page(stream(b"\x78\x9cnot zlib at all", b"/Filter/FlateDecode")))
    assert "1 of 1 pages have lost" in str(status(broken).why)


def test_more_pages_than_are_read_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litreview.documents.read.MAX_PAGES", 2)
    found = status(make_pdf(tmp_path / "a.pdf", [lines([FULL])] * 3))
    assert (found.status, found.pages, str(found.why)[:25]) == ("too-large", 3, "The file has 3 pages; at ")
