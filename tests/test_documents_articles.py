"""What the first pages of journals, proceedings and theses in several layouts tell."""

from __future__ import annotations

import pytest

from litreview.documents.model import Document, Found
from tests.article_making import STYLES, Article
from tests.article_making_more import MORE_STYLES

EVERY = {**STYLES, **MORE_STYLES}


@pytest.fixture(scope="module", params=EVERY)
def article(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Article, Document]:
    made = EVERY[request.param]()
    return made, made.read(tmp_path_factory.mktemp(request.param))


def value(found: Found | None) -> str | None:
    return found.value if found else None


def test_what_an_article_says_of_itself(article: tuple[Article, Document]) -> None:
    made, document = article
    metadata = document.metadata
    assert value(metadata.title) == made.title
    assert [author.value for author in metadata.authors] == made.authors
    assert (value(metadata.year), value(metadata.doi)) == (made.year, made.doi)
    assert value(metadata.source) == made.source
    assert list(metadata.keywords) == made.keywords or made.beside


def test_its_abstracts_begin_and_end_where_they_do(article: tuple[Article, Document]) -> None:
    made, document = article
    found = document.metadata.abstracts
    assert found.keys() == made.abstracts.keys()
    for language, (start, end) in made.abstracts.items():
        assert found[language].value.startswith(start)
        assert found[language].value.rstrip(".").endswith(end)


def test_what_is_found_stands_where_it_says(article: tuple[Article, Document]) -> None:
    _, document = article
    metadata = document.metadata
    for found in (metadata.title, metadata.year, metadata.doi, metadata.source, *metadata.abstracts.values()):
        if found and found.end:
            quoted = " ".join(document.quote(found.start, found.end).split())
            assert quoted.lower() == found.value.lower()
    for author in metadata.authors:
        letters = "".join(c for c in document.quote(author.start, author.end).casefold() if c.isalpha())
        assert "".join(c for c in author.value.casefold() if c.isalpha()) in letters
