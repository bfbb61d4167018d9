"""Sentences are found by their words in any form, whatever is typed, and told with their place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from litreview.documents.model import Document, Found, Metadata, ReadResult, Sentence
from litreview.documents.packed import pack_result
from litreview.errors import UsageError
from litreview.index import Index
from litreview.language.searching import fold, folded_spans, folded_words
from litreview.pipeline import search as searching
from litreview.pipeline.kept import Kept
from litreview.pipeline.search import SearchOptions, search
from litreview.pipeline.searchable import searched_texts, take_out
from tests.text_making import make_document, read_of

RAWA = make_document(
    "Pendamping mendampingi keluarga di Desa Rawajati.\nIbu-ibu membuka warung bersama.",
    "Keluarga belum berdaya; pemberdayaan masih jauh.",
    report="r-rawa", file="corpus/rawa.pdf",
)  # fmt: skip
CAFE = make_document(
    "Families graduate when facilitators visit them.\nThe Café's owner is well-known in 3.145 villages.",
    report="r-cafe", file="corpus/articles/café 2020.pdf",
)  # fmt: skip
PLAIN = make_document("Judul\nPendampingan tanpa halaman.", report="r-plain", file="corpus/catatan.docx")


def english(document: Document) -> Document:
    sentences = tuple(Sentence(s.paragraph, s.start, s.end, "en") for s in document.sentences)
    metadata = Metadata(title=Found("Facilitation"), year=Found("2020"), authors=(Found("Ana Rawa"),))
    return msgspec.structs.replace(document, sentences=sentences, metadata=metadata)


def hold(index: Index, *results: ReadResult) -> None:
    """Keep results in an index as an ingest does."""
    kept = Kept(index, {r.files[0].report: f"key of {r.files[0].report}" for r in results}, {})
    with index.batch() as batch:
        for result in results:
            kept.keep(batch, result.files[0].report, pack_result(result))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index(tmp_path_factory.mktemp("held") / "index.db") as made:
        without = msgspec.structs.replace(PLAIN, pages=())
        hold(made, read_of(RAWA), read_of(english(CAFE)), read_of(without))
        yield made


def found(index: Index, typed: str, **options: Any) -> list[str]:
    return sorted(hit.text for hit in search(index, typed, SearchOptions(**options)).hits)


COMES = "Pendamping mendampingi keluarga di Desa Rawajati."
SHOP = "Ibu-ibu membuka warung bersama."
POWER = "Keluarga belum berdaya; pemberdayaan masih jauh."
VISIT = "Families graduate when facilitators visit them."
OWNER = "The Café's owner is well-known in 3.145 villages."
WITHOUT = "Pendampingan tanpa halaman."


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("dampingi", [COMES, WITHOUT]),  # a verb in -i without its prefix
        ("pendampingan", [COMES, WITHOUT]),  # affixes of Indonesian, in the text and in the query
        ("didampingi KELUARGANYA", [COMES]),
        ("memberdayakan", [POWER]),
        ("ibu", [SHOP]),
        ("facilitation graduating", [VISIT]),  # endings of English
        ("cafe owner", [OWNER]),  # neither case nor diacritics
        ("3.145", [OWNER]),
        ("well-known", [OWNER]),
        ('"known well"', []),
        ('"mendampingi keluarga"', [COMES]),
        ("“mendampingi keluarga”", [COMES]),
        ('"keluarga mendampingi"', []),
        ('"pendampingan keluarga"', []),  # as they are written, as in Scholar and PubMed
        ('"pendampingan"', [WITHOUT]),
        ('"Café\'s OWNER"', [OWNER]),
        ('-"mendampingi" pendamping', [WITHOUT]),
        ("keluarga -desa", [POWER]),
        ('pendampingan -"desa rawajati"', [WITHOUT]),
        ("keluarga NOT desa", [POWER]),
        ("warung OR village", [OWNER, SHOP]),
        ("keluarga (desa OR jauh)", [COMES, POWER]),
        ("facilit*", [VISIT]),
        ("pember*", [POWER]),
        ("mendamp*", [COMES]),  # as it is written, not by its stem
        ("keluarga warung", []),
        ("tidakada", []),
    ],
)
def test_what_is_typed_finds(index: Index, typed: str, texts: list[str]) -> None:
    assert found(index, typed) == sorted(texts)


@pytest.mark.parametrize(
    "typed",
    ['"desa', 'desa"', "desa*)(", "NEAR(desa", "desa OR", "OR desa", "AND desa", "id : desa", "{id} desa", "desa^2",
     "desa 👍", "desa'; drop table searched; --", "desa\x00", "- desa", "desa \ud800", "+desa", "written:desa"],
)  # fmt: skip
def test_no_query_is_an_error_of_syntax(index: Index, typed: str) -> None:
    for text in found(index, typed):
        assert "Desa" in text
    assert len(searched_texts(index)) == 3


@pytest.mark.parametrize(("typed", "told"), [
    ("", "what to look for"), ("  ", "what to look for"), ("*", "what to look for"), ("👍", "what to look for"),
    ('""', "what to look for"), ("-desa", "must stand"), ("kata " * 2000, "too long"), ("a" * 9000 + " b" * 99, "long"),
])  # fmt: skip
def test_what_cannot_be_looked_for_is_told(index: Index, typed: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        search(index, typed)


def test_a_very_long_word_finds_nothing(index: Index) -> None:
    assert found(index, "a" * 10_000) == []


def test_a_hit_tells_its_place_and_its_marks(index: Index) -> None:
    (hit,) = search(index, "pemberdayaan").hits
    assert (hit.report, hit.file, hit.page, hit.printed, hit.paragraph) == ("r-rawa", "corpus/rawa.pdf", 2, "12", None)
    assert (hit.title, hit.sections, hit.heading, hit.language) == ("rawa", ("results",), "Hasil", "id")
    assert [hit.text[start:end] for start, end in hit.marks] == ["berdaya", "pemberdayaan"]
    (hit,) = search(index, "cafe").hits
    assert (hit.title, hit.year, hit.authors) == ("Facilitation", 2020, ("Ana Rawa",))
    assert [hit.text[start:end] for start, end in hit.marks] == ["Café's"]


def test_a_phrase_is_marked_where_it_stands_as_written(index: Index) -> None:
    (hit,) = search(index, '"mendampingi"').hits
    assert [hit.text[start:end] for start, end in hit.marks] == ["mendampingi"]


def test_without_pages_the_paragraph_is_told(index: Index) -> None:
    (hit,) = search(index, "tanpa").hits
    assert (hit.file, hit.page, hit.printed, hit.paragraph) == ("corpus/catatan.docx", None, None, 2)


def test_neighbours_are_shown_when_asked_for(index: Index) -> None:
    (hit,) = search(index, "warung", SearchOptions(context=5)).hits
    assert (hit.before, hit.after) == ((COMES,), (POWER,))
    assert search(index, "warung").hits[0].before == ()


def test_only_in_a_document_or_a_section(index: Index) -> None:
    assert found(index, "pendamping", report="r-plain") == [WITHOUT]
    assert found(index, "pendamping", report="RAWA.pdf") == [COMES]
    assert found(index, "the OR keluarga", report="corpus") == sorted([COMES, POWER, OWNER])
    assert found(index, "keluarga", section="results") == sorted([COMES, POWER])
    assert found(index, "keluarga", section="method") == []
    for name in ("Hasil", "hasil dan pembahasan", "results", "temuan penelitian"):
        assert found(index, "keluarga", section=name) == sorted([COMES, POWER])
    assert found(index, "keluarga", section="daftar pustaka") == []
    with pytest.raises(UsageError, match="nowhere"):
        search(index, "keluarga", SearchOptions(report="nowhere"))
    with pytest.raises(UsageError, match="results"):
        search(index, "keluarga", SearchOptions(section="resuls"))
    with pytest.raises(UsageError, match="pembahasan"):
        search(index, "keluarga", SearchOptions(section="pembahsan"))


def test_a_common_word_is_shown_page_by_page_without_ranking(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    every = "keluarga OR pendamping OR the OR families OR ibu"
    ranked = search(index, every)
    assert (ranked.total, ranked.more, len(ranked.hits)) == (6, False, 6)
    monkeypatch.setattr(searching, "RANKED", 3)
    pages = [search(index, every, SearchOptions(limit=2, offset=at)) for at in (0, 2, 4, 6)]
    assert [page.more for page in pages] == [True] * 4
    assert [hit.text for page in pages for hit in page.hits] == [COMES, SHOP, POWER, VISIT, OWNER, WITHOUT]


def test_a_document_read_anew_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    with Index(tmp_path / "index.db") as index:
        hold(index, read_of(RAWA), read_of(CAFE))
        hold(index, read_of(make_document("Hanya ini.", report="r-rawa", file="corpus/rawa.pdf")))
        assert found(index, "pendamping OR warung OR hanya") == ["Hanya ini."]
        with index.transaction() as connection:
            take_out(connection, "r-cafe")
            take_out(connection, "r-rawa")
        assert found(index, "hanya OR visit") == []
        with index.reading() as connection:
            assert connection.execute("select count(*) from words").fetchone() == (0,)  # no word is left behind


def test_words_have_their_places_in_the_text() -> None:
    for text in ("Cafe\u0301 Ibu-ibu ﬁnal STRASSE straße it’s 3.145", "plain ascii ibu-ibu isn't"):
        spans = folded_spans(text)
        assert [word for word, _, _ in spans] == folded_words(fold(text))
        assert all(fold(text[start:end]).startswith(word[:3]) for word, start, end in spans)
