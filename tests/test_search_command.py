"""`litreview search` on a review: what is read, what is gone, what was interrupted."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from litreview.anchors import hash_text
from litreview.documents.anchored import anchor_body, anchor_in, write_anchored
from litreview.documents.frozen import freeze
from litreview.errors import LitreviewError
from litreview.index import Index, index_path
from litreview.ledger import make_judgment
from litreview.pipeline.searchable import searched_texts
from litreview.review import Review
from litreview.shipped import create_review
from tests.command_making import call, data, refused, well
from tests.pdf_making import lines, make_pdf

PEOPLE = "format: 1\ntitle: {id: Tinjauan}\nlanguages: [en, id]\npeople:\n  - {id: ani}\n"
VISITS = ["Pendamping mendampingi keluarga di desa itu.", "Keluarga membuka warung bersama tetangga."]
FAMILIES = ["Facilitators visited the families every week.", "The families opened a small shop."]


def write(folder: Path, name: str, texts: list[str], pages: int = 1) -> Path:
    """A PDF with a title, and on each page the same sentences."""
    title = [(72.0, 80.0, "Bekerja Bersama di Lereng Gunung", 20.0)]
    body = lines([*texts, "Para tetangga ikut menanam pohon di sepanjang jalan."], y=160)
    return make_pdf(folder / "corpus" / name, [[*(() if page else title), *body] for page in range(pages)])


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A review of two PDFs, ingested."""
    folder = tmp_path_factory.mktemp("search") / "Tinjauan Ibu"
    create_review(folder)
    (folder / "review.yaml").write_text(PEOPLE, encoding="utf-8")
    write(folder, "kunjungan.pdf", VISITS)
    write(folder, "english/visits 2020.pdf", FAMILIES)
    Review.open(folder).ingest()
    return folder


@pytest.fixture
def review(read: Path, tmp_path: Path) -> Path:
    shutil.copytree(read, tmp_path / "copy")
    return tmp_path / "copy"


def texts(folder: Path, query: str, *more: str) -> list[str]:
    return [hit["text"] for hit in data("search", query, str(folder), *more)["hits"]]


def test_it_is_listed_and_shows_where_sentences_stand(read: Path) -> None:
    assert "search" in well("--help")
    told = well("search", "pendampingan", str(read))
    assert "corpus/kunjungan.pdf · PDF p. 1 · front matter" in told  # no number is printed there
    assert "*Pendamping* *mendampingi* keluarga di desa itu." in told
    assert "Sentences 1–1 of 1" in told
    assert "hlm. PDF 1" in well("search", "visiting", str(read), "--language", "id")
    assert "No sentence was found, in 2 documents" in well("search", "tidakada", str(read))
    assert VISITS[1] in well("search", "mendampingi", str(read), "--context", "1")


def test_exact_takes_the_words_as_they_are_written(read: Path) -> None:
    assert texts(read, "mendampingi keluarga", "--exact") == [VISITS[0]]
    assert texts(read, "pendampingan keluarga", "--exact") == []
    assert texts(read, "pendampingan keluarga") == [VISITS[0]]
    assert texts(read, "pendampingan", "--section", "bagian awal") == [VISITS[0]]


def test_json_has_every_field(read: Path) -> None:
    found = data("search", "famil* OR keluarga", str(read), "--limit", "3")
    assert (found["total"], found["more"], found["documents"], found["changed_files"]) == (4, False, 2, 0)
    assert len(found["hits"]) == 3
    assert set(found["hits"][0]) >= {"report", "title", "file", "page", "printed", "paragraph", "sections", "marks"}
    assert len(texts(read, "famil* OR keluarga", "--offset", "3")) == 1
    assert texts(read, "famil* OR keluarga", "--file", "visits") == FAMILIES


def test_what_cannot_be_looked_for_is_misuse(read: Path) -> None:
    assert "what to look for" in refused("search", "", str(read))
    assert "what to look for" in refused("search", '"', str(read))
    assert "must stand" in refused("search", "-desa", str(read))
    assert call("search", "x" * 10_000 + '"*', str(read)).exit_code == 0


def test_a_folder_that_is_no_review_is_told(tmp_path: Path) -> None:
    result = call("search", "desa", str(tmp_path), "--language", "en")
    assert result.exit_code != 0
    assert "review.yaml" in result.output


def test_what_was_never_read_is_read_first(read: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    shutil.copytree(read, new, ignore=shutil.ignore_patterns(".litreview"))
    assert texts(new, "mendampingi") == VISITS[:1]
    create_review(tmp_path / "empty")
    assert "Put PDFs into corpus/" in well("search", "desa", str(tmp_path / "empty"), "--language", "en")


def test_changes_are_told_and_gone_files_are_gone_after_the_next_ingest(review: Path) -> None:
    assert "have changed" not in well("search", "keluarga", str(review))
    (review / "corpus" / "kunjungan.pdf").unlink()
    write(review, "baru.pdf", ["Keluarga baru datang ke balai desa."])
    assert "have changed since the documents were read: 2" in well("search", "keluarga", str(review))
    Review.open(review).ingest()
    assert texts(review, "keluarga") == ["Keluarga baru datang ke balai desa."]
    assert "have changed" not in well("search", "keluarga", str(review))


def test_without_the_index_the_same_is_found(review: Path) -> None:
    before = data("search", "keluarga OR families", str(review))
    shutil.rmtree(review / ".litreview")
    assert data("search", "keluarga OR families", str(review)) == before


def test_what_the_search_lost_is_put_back_without_reading(review: Path) -> None:
    with Index(index_path(review)) as index, index.transaction() as connection:
        connection.execute("delete from searched")
        connection.execute("insert into sentences (sentences) values ('delete-all')")
    assert texts(review, "keluarga") == []
    shutil.move(review / "corpus" / "kunjungan.pdf", review / "kept.pdf")  # it is not read again
    shutil.copy2(review / "kept.pdf", review / "corpus" / "kunjungan.pdf")
    Review.open(review).ingest()
    assert sorted(texts(review, "keluarga")) == sorted(VISITS)


def test_a_report_is_searched_in_its_frozen_text(review: Path) -> None:
    opened = Review.open(review)
    with opened.reading() as state:
        report = next(id_ for id_, one in state.documents.briefs.items() if one.files[0].path.endswith("gan.pdf"))
        document, hashes = state.documents[report], [state.read.briefs[report].files[0].sha256]
    text = document.text.replace("warung", "kedai.")  # of the same length
    old = msgspec.structs.replace(document, text=text, text_hash=hash_text(text))
    body = {"report": report, "anchor": anchor_body(anchor_in(old, 0, 10)), "code": "x"}
    write_anchored(opened.judgments, [make_judgment("ani", "laptop", "coding", body)], {report: freeze(old, hashes)})
    opened.ingest()
    assert texts(review, "warung") == []
    assert len(texts(review, "kedai")) == 1
    shutil.rmtree(opened.judgments)
    Review.open(review).ingest()
    assert texts(review, "kedai") == []
    assert len(texts(review, "warung")) == 1


def test_documents_are_loaded_when_the_index_is_closed_or_gone(review: Path) -> None:
    state = Review.open(review).state()
    reports = list(state.documents)
    assert "warung" in state.documents[reports[-1]].text + state.documents[reports[0]].text
    other = Review.open(review).state()
    shutil.rmtree(review / ".litreview")
    assert {other.documents[report].text for report in reports} == {state.documents[report].text for report in reports}
    with Review.open(review).reading() as gone:
        assert len(gone.documents) == 2
    shutil.rmtree(review / ".litreview")
    (review / "corpus" / "kunjungan.pdf").unlink()
    with pytest.raises(LitreviewError, match="has changed"):
        [gone.documents[report] for report in reports]


def test_page_numbers_that_a_person_told_are_cited(review: Path) -> None:
    Review.open(review).tell_page_numbers("corpus/kunjungan.pdf", "117", "ani")
    Review.open(review).ingest()
    (hit,) = data("search", "mendampingi", str(review))["hits"]
    assert (hit["page"], hit["printed"]) == (1, "117")
    assert "p. 117 (PDF 1)" in well("search", "mendampingi", str(review))


def test_words_may_be_typed_without_quotation_marks(read: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert data("search", "keluarga", "di", "desa", str(read))["query"] == "keluarga di desa"
    monkeypatch.chdir(read)
    assert data("search", "keluarga", "corpus")["query"] == "keluarga corpus"
    assert data("search", "keluarga", "-warung", ".")["total"] == 1


def test_a_damaged_index_is_made_anew(review: Path) -> None:
    before = data("search", "keluarga", str(review))
    content = index_path(review).read_bytes()
    index_path(review).write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    assert data("search", "keluarga", str(review)) == before


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A review of files that take a while to be read."""
    create_review(tmp_path)
    for number in range(40):
        write(tmp_path, f"file {number:02}.pdf", [f"Keluarga nomor {number} datang ke balai desa."], pages=6)
    return tmp_path


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kills a process")
@pytest.mark.parametrize("held", [1, 9, 25])
def test_killed_while_reading_the_next_ingest_completes_the_search(many: Path, held: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "litreview", "ingest", str(many)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=Path(__file__).parent.parent,
        start_new_session=True,
    )  # fmt: skip
    while process.poll() is None and _held(many) < held:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    before = _held(many)
    assert len(texts(many, "keluarga", "--limit", "1000")) >= before or not before
    Review.open(many).ingest()
    assert _held(many) == 40
    assert len(texts(many, "keluarga", "--limit", "1000")) == 240


def _held(folder: Path) -> int:
    if not index_path(folder).is_file():
        return 0
    with Index(index_path(folder)) as index:
        return len(searched_texts(index))
