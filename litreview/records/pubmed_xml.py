"""PubMed's XML: articles and chapters of books."""

from __future__ import annotations

import re

from litreview.errors import message
from litreview.records.encoding import Raw
from litreview.records.fields import clean_title, find_doi, find_year
from litreview.records.model import Record
from litreview.records.reader import Reading
from litreview.records.xml import Element, find_all, flat, looks_like_xml, name_of, parse_xml, text_of

_ENTRY = re.compile(r"<(?:PubmedArticle|PubmedBookArticle)[\s>]")
_NAMES = frozenset({"PubmedArticle", "PubmedBookArticle"})
_TAKEN = ("ArticleTitle", "Abstract", "AuthorList", "Pagination", "Language", "Journal/Title",
          "Journal/JournalIssue/Volume", "Journal/JournalIssue/Issue")  # fmt: skip


class PubmedXmlReader:
    """Reads what PubMed gives as XML."""

    def sniff(self, raw: Raw) -> bool:
        """Whether an article of PubMed begins in an XML file."""
        return looks_like_xml(raw) and _ENTRY.search(raw.text) is not None

    def read(self, raw: Raw) -> Reading:
        """Articles in order, as far as the file can be read."""
        root, notices = parse_xml(raw)
        articles = [] if root is None else [one for one in root.iter() if name_of(one) in _NAMES]
        records = tuple(map(_record, articles))
        entries = max(len(_ENTRY.findall(raw.text)), len(records))
        if entries > len(records):
            notices.append(message("{count} records of the file could not be read.", count=entries - len(records)))
        return Reading("pubmed-xml", records, tuple(notices), entries, entries - len(records))


def _record(article: Element) -> Record:
    """A record from an article; what has no place of its own is kept in `extra`, by path."""
    path = "BookDocument" if name_of(article) == "PubmedBookArticle" else "MedlineCitation/Article"
    base = next(iter(find_all(article, path)), article)
    extra = flat(article, frozenset(f"{path}/{one}" for one in _TAKEN))
    kinds = extra.get(f"{path}/PublicationTypeList/PublicationType", [])

    def first(where: str) -> str:
        return next((text for one in find_all(base, where) if (text := text_of(one))), "")

    return Record(
        id="",
        place="",
        file="",
        kind=kinds[0] if kinds else "",
        title=clean_title(first("ArticleTitle") or first("Book/BookTitle") or first("VernacularTitle")),
        authors=tuple(name for one in find_all(base, "AuthorList/Author") if (name := _name(one))),
        year=_year(base),
        venue=first("Journal/Title") or first("Journal/ISOAbbreviation") or first("Book/BookTitle"),
        volume=first("Journal/JournalIssue/Volume"),
        issue=first("Journal/JournalIssue/Issue"),
        pages=first("Pagination/MedlinePgn") or first("Pagination/StartPage"),
        doi=_doi(article, base),
        abstract=_abstract(base),
        keywords=_keywords(article),
        language=first("Language"),
        extra=extra,
    )


def _name(author: Element) -> str:
    """ "Family, Given", or the name of a group."""
    family, given = (text_of(next(iter(find_all(author, part)), None)) for part in ("LastName", "ForeName"))
    initials = text_of(next(iter(find_all(author, "Initials")), None))
    group = text_of(next(iter(find_all(author, "CollectiveName")), None))
    return ", ".join(part for part in (family, given or initials) if part) or group


def _year(base: Element) -> int | None:
    places = ("Journal/JournalIssue/PubDate/Year", "Journal/JournalIssue/PubDate/MedlineDate", "ArticleDate/Year",
              "Book/PubDate/Year", "Book/PubDate/MedlineDate")  # fmt: skip
    return find_year(*(text_of(one) for place in places for one in find_all(base, place)))


def _doi(article: Element, base: Element) -> str:
    """The article's own DOI, not one of the works that it cites."""
    located = [one for one in find_all(base, "ELocationID") if one.get("EIdType") == "doi"]
    data = [
        one for part in ("PubmedData", "PubmedBookData") for one in find_all(article, f"{part}/ArticleIdList/ArticleId")
    ]
    named = [one for one in data if one.get("IdType") == "doi"]
    return find_doi(*map(text_of, (*located, *named)))


def _abstract(base: Element) -> str:
    """The abstract with its labels."""
    parts = [(one.get("Label", ""), text_of(one)) for one in find_all(base, "Abstract/AbstractText")]
    return " ".join(f"{label}: {text}" if label else text for label, text in parts if text)


def _keywords(article: Element) -> tuple[str, ...]:
    """The authors' keywords, else the subject headings."""
    names = ("Keyword", "DescriptorName")
    found = [[text_of(one) for one in article.iter() if name_of(one) == name] for name in names]
    return tuple(word for word in (found[0] or found[1]) if word)
