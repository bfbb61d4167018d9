"""Scores of what the reader understood of a document against what a person saw on its pages (`reading/truth.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from benchmarks.reading_words import digest, words
from litreview.documents.model import Document
from litreview.documents.read import ReadJob, read_report
from litreview.documents.references import ListedReference, references

_NEAR = 6  # words that may stand between two sequences that follow each other: a number, a note's mark
_ITEM = re.compile(r"^\W*\w{1,2}[.)]\s+")  # a list item's mark before its sentence
Truth = dict[str, Any]


@dataclass
class Scores:
    """For each measure how many were right of how many, and what was missed, told with the file."""

    right: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def add(self, measure: str, right: bool, miss: str) -> None:
        """Count one thing asked."""
        self.asked[measure] = self.asked.get(measure, 0) + 1
        self.right[measure] = self.right.get(measure, 0) + right
        if not right:
            self.misses.append(f"{measure}: {miss}")

    def share(self, measure: str) -> float:
        """Right of asked; 1 where nothing was asked."""
        return self.right.get(measure, 0) / self.asked[measure] if self.asked.get(measure) else 1.0


def read_truth(path: Path) -> list[Truth]:
    """The documents of a truth file."""
    return list(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))["documents"])


def score_all(truths: Sequence[Truth], data: Path) -> Scores:
    """Scores of every document of a truth, read from a folder of data."""
    scores = Scores()
    for truth in truths:
        path = data / truth["file"]
        document = read_report(ReadJob(str(path.parent), path.name, (path.name,))).document
        if document is None:
            scores.add("read", False, truth["file"])
            continue
        for measure in MEASURES:
            measure(truth, document, scores)
    return scores


def _letters(text: str) -> str:
    return "".join(words(text)).replace("-", "")


def _title(truth: Truth, document: Document, scores: Scores) -> None:
    found = document.metadata.title.value if document.metadata.title else ""
    scores.add("title", _letters(found) == _letters(truth["title"]), f"{truth['file']}: {found!r}")


def _facts(truth: Truth, document: Document, scores: Scores) -> None:
    metadata = document.metadata
    for name in ("year", "doi", "source"):
        found = getattr(metadata, name)
        value = found.value if found else None
        asked = None if truth[name] is None else str(truth[name])
        scores.add(name, value == asked, f"{truth['file']}: {value!r}, printed {asked!r}")
    scores.add("language", metadata.language == truth["language"], f"{truth['file']}: {metadata.language}")
    found_words = [word.casefold() for word in metadata.keywords]
    asked_words = list(dict.fromkeys(word.casefold() for word in truth["keywords"]))
    scores.add("keywords", found_words == asked_words, f"{truth['file']}: {metadata.keywords}")


def _authors(truth: Truth, document: Document, scores: Scores) -> None:
    found = [author.value.casefold() for author in document.metadata.authors]
    asked = [name.casefold() for name in truth["authors"]]
    for name in asked:
        scores.add("author names", name in found, f"{truth['file']}: {name}")
    false = [name for name in found if name not in asked]
    scores.add("lists without a false name", bool(found) and not false, f"{truth['file']}: {false or 'none found'}")


def _abstracts(truth: Truth, document: Document, scores: Scores) -> None:
    found = {language: words(one.value) for language, one in document.metadata.abstracts.items()}
    right = found.keys() == truth["abstracts"].keys()
    for language, (start, end) in truth["abstracts"].items():
        text = found.get(language, [])
        first, last = words(start), words(end)
        right = right and text[: len(first)] == first and text[-len(last) :] == last
    told = {language: " ".join([*text[:5], "…", *text[-5:]]) for language, text in found.items()}
    scores.add("abstract", right, f"{truth['file']}: {told}")


def _headings(truth: Truth, document: Document, scores: Scores) -> None:
    left = [(_heading(s.heading), document.page_index_at(s.start) + 1, s.kinds) for s in document.sections if s.heading]
    for heading, kinds, page in truth["headings"]:
        name = _heading(heading)
        match = next((one for one in left if one[:2] == (name, page)), None)
        scores.add("headings found", match is not None, f"{truth['file']}: {heading} (page {page})")
        right = match is not None and _kind_right(kinds, match[2])
        scores.add("headings and kinds", right, f"{truth['file']}: {heading}: {match[2] if match else 'not found'}")
        if match is not None:
            left.remove(match)
    for name, page, _ in left:
        scores.misses.append(f"false heading: {truth['file']}: {name} (page {page})")
    scores.add("reference section", *_reference_section(truth, document))


def _heading(text: str) -> str:
    return "".join(word for word in words(text) if not word.isdigit()).replace("-", "")


def _kind_right(asked: str, found: Sequence[str]) -> bool:
    return any(set(kind.split("+")) <= set(found) and found[0] in kind.split("+") for kind in asked.split("|"))


def _reference_section(truth: Truth, document: Document) -> tuple[bool, str]:
    pages = [document.page_index_at(s.start) + 1 for s in document.sections if s.kinds[0] == "references"]
    asked = [truth["references"]["page"]] if truth["references"] else []
    return pages[:1] == asked, f"{truth['file']}: on pages {pages}, printed on {asked}"


def _references(truth: Truth, document: Document, scores: Scores) -> None:
    found = references(document)
    asked = truth["references"]
    count = asked["entries"] if asked else 0
    scores.add("reference lists counted right", len(found) == count, f"{truth['file']}: {len(found)} of {count}")
    for number, author, year, start, end in asked["known"] if asked else ():
        entry = _entry(found, number, author, year)
        told = f"{truth['file']}: {number} {author} {year}: {entry and (entry.authors, entry.year, entry.title)}"
        first = entry.authors[0] if entry and entry.authors else ""
        scores.add("entry's first author", any(a.casefold() in first.casefold() for a in author.split("|")), told)
        scores.add("entry's year", entry is not None and entry.year == year, told)
        title = words(entry.title or "") if entry else []
        right = title[: len(words(start))] == words(start) and title[-len(words(end)) :] == words(end)
        scores.add("entry's title", right, told)


def _entry(found: Sequence[ListedReference], number: int, author: str, year: int) -> ListedReference | None:
    """The entry of a number, else, where the list was divided wrongly, the one of its author and year."""
    names = [name.casefold() for name in author.split("|")]
    at = found[number - 1] if number <= len(found) else None
    for one in (at, *found):
        if one and one.authors and any(name in one.authors[0].casefold() for name in names) and one.year == year:
            return one
    return at


def _order(truth: Truth, document: Document, scores: Scores) -> None:
    text = [word.replace("-", "") for word in words(document.text)]
    for place in truth["order"]:
        scores.add("reading order", _follows(text, place), f"{truth['file']}: {' / '.join(place)}")


def _follows(text: Sequence[str], place: Sequence[str]) -> bool:
    """Whether word sequences stand in their order, each close behind the one before it but after `~`."""
    ends: set[int] | None = None
    loose = False
    for part in place:
        if part == "~":
            loose = True
            continue
        sought = [word.replace("-", "") for word in words(part)]
        starts = _occurrences(text, sought)
        if ends is not None:
            starts = [s for s in starts if any(e <= s and (loose or s - e <= _NEAR) for e in ends)]
        ends = {start + len(sought) for start in starts}
        loose = False
    return bool(ends)


def _occurrences(text: Sequence[str], sought: list[str]) -> list[int]:
    return [i for i, word in enumerate(text) if word == sought[0] and text[i : i + len(sought)] == sought]


def _sentences(truth: Truth, document: Document, scores: Scores) -> None:
    quotes = [document.quote(s.start, s.end) for s in document.sentences]
    whole = {digest(one) for quote in quotes for one in (quote, _ITEM.sub("", quote))}
    text = set(words(document.text))
    for crosses, first, last, sha256, joined in truth["sentences"]:
        scores.add("crossing sentences whole", sha256 in whole, f"{truth['file']}: ({crosses}) {first} … {last}")
        for word in joined:
            scores.add("words joined over line ends", word.casefold() in text, f"{truth['file']}: {word}")


def _heads(truth: Truth, document: Document, scores: Scores) -> None:
    for head, first, last in truth["heads"]:
        for i, page in enumerate(document.pages[first - 1 : last], first):
            gone = _letters(head) not in _letters(document.text[page.start : page.end])
            scores.add("running heads gone", gone, f"{truth['file']}: {head} (page {i})")


def _printed(truth: Truth, document: Document, scores: Scores) -> None:
    found = [page.printed for page in document.pages]
    asked: list[str | None] = [None] * len(found)
    if truth["printed"]:
        start, end, page = truth["printed"]
        asked = [*found[: page - 1], *map(str, range(int(start), int(end) + 1))]
        for i, number in enumerate(asked[page - 1 :], page - 1):
            text = words(document.text[document.pages[i].start : document.pages[i].end])
            scores.add("page numbers gone", number not in (text[:1] + text[-1:]), f"{truth['file']}: page {number}")
    scores.add("printed page numbers", found == asked, f"{truth['file']}: {found}")


MEASURES: tuple[Callable[[Truth, Document, Scores], None], ...] = (
    _title, _abstracts, _facts, _authors, _headings, _references, _order, _sentences, _heads, _printed,
)  # fmt: skip
