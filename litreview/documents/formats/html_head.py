"""What the head of a web page tells of the article: `citation_*` (Highwire), Dublin Core and PRISM tags."""

from __future__ import annotations

import re
from typing import Any

from litreview.documents.formats.model import found
from litreview.documents.model import Found, Metadata

_TITLE = ("citation_title", "dc.title", "eprints.title", "bepress_citation_title")
_AUTHORS = ("citation_author", "citation_authors", "bepress_citation_author", "eprints.creators_name", "dc.creator",
            "dc.creator.personalname", "dc.contributor.author")  # fmt: skip
_DATES = ("citation_publication_date", "citation_date", "citation_online_date", "bepress_citation_date",
          "prism.publicationdate", "dc.date.issued", "dc.date", "dc.date.created")  # fmt: skip
_DOIS = ("citation_doi", "bepress_citation_doi", "prism.doi", "dc.identifier.doi", "dc.identifier")
_SOURCES = ("citation_journal_title", "citation_conference_title", "citation_dissertation_institution",
            "prism.publicationname", "dc.source")  # fmt: skip
_KEYWORDS = ("citation_keywords", "dc.subject")
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>]+)")
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20[0-4]\d)(?!\d)")


def read_head(root: Any) -> Metadata:
    """Metadata of a page; what it does not tell stays empty."""
    tags: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower().replace("dcterms.", "dc.")
        value = " ".join((meta.get("content") or "").split())
        if name and value:
            tags.setdefault(name, []).append(value)
    year = next((match for date in _all(tags, _DATES) if (match := _YEAR.search(date))), None)
    doi = next((match for value in _all(tags, _DOIS) if (match := _DOI.search(value))), None)
    return Metadata(
        title=found(next(iter(_all(tags, _TITLE)), "")),
        authors=tuple(Found(name) for name in _names(tags)),
        year=Found(year.group()) if year else None,
        years=(Found(year.group()),) if year else (),
        doi=Found(doi.group(1).lower().rstrip(".,;)")) if doi else None,
        source=found(next(iter(_all(tags, _SOURCES)), "")),
        keywords=tuple(dict.fromkeys(
            word.strip() for value in _first(tags, _KEYWORDS) for word in re.split(r"[;,]", value) if word.strip()
        )),
    )  # fmt: skip


def _all(tags: dict[str, list[str]], names: tuple[str, ...]) -> list[str]:
    return [value for name in names for value in tags.get(name, ())]


def _first(tags: dict[str, list[str]], names: tuple[str, ...]) -> list[str]:
    """The values of the first of some names that is there: another tag would tell the same people again."""
    return next((tags[name] for name in names if name in tags), [])


def _names(tags: dict[str, list[str]]) -> list[str]:
    """Authors, given names first; several may stand in one tag, divided by semicolons."""
    names = [one for value in _first(tags, _AUTHORS) for one in value.split(";")]
    return list(dict.fromkeys(turned for name in names if (turned := _turned(name))))


def _turned(name: str) -> str:
    family, comma, given = (part.strip() for part in name.partition(","))
    return f"{given} {family}" if comma and given and "," not in given else name.strip(" ,")
