"""Made sets of records whose truth is known: publications as five databases write them, and what only looks alike.

    python -m benchmarks.dedupe_making COUNT FILE [--seed N]

Nothing here is taken from a real export; the ways of writing are those of PubMed, Embase, Scopus, Web of Science and
Google Scholar in general. About a third of the publications come as two to five records, and every seventh
has a relative that is another publication: a second part, an erratum, a reply, a conference abstract, a report of
the next year. Columns as in the labelled sets: `cluster_id` is the same for records of one publication.
"""

from __future__ import annotations

import argparse
import csv
import random
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

COLUMNS = ("record_id", "title", "authors", "year", "journal", "volume", "number", "pages", "doi", "abstract",
           "cluster_id")  # fmt: skip
Row = dict[str, str]
_STARTS = (
    "car",
    "ne",
    "hae",
    "os",
    "pul",
    "der",
    "gas",
    "im",
    "psy",
    "so",
    "re",
    "hy",
    "en",
    "me",
    "fi",
    "the",
    "ly",
    "an",
)
_MIDDLES = (
    "di",
    "phro",
    "ma",
    "teo",
    "mo",
    "ma",
    "tro",
    "mu",
    "cho",
    "cio",
    "na",
    "dro",
    "do",
    "ta",
    "bro",
    "ra",
    "co",
)
_ENDS = (
    "logy",
    "tic",
    "lia",
    "sis",
    "nary",
    "tion",
    "pathy",
    "gen",
    "lar",
    "ment",
    "nosis",
    "rone",
    "cyte",
    "ing",
    "α",
)
_KINDS = ("a randomised controlled trial", "a cohort study", "a systematic review", "evidence from a national survey",
          "results of a pilot", "a qualitative study")  # fmt: skip
_FAMILIES = ("Müller", "García", "Łukasz", "Sørensen", "O'Brien", "van der Berg", "Wang", "Li", "Nguyen", "Al-Khatib",
             "Suryani", "Wulandari", "Smith", "Johnson", "Okafor", "Çelik", "Tanaka", "Kim", "Ivanova")  # fmt: skip
_SYLLABLES = ("ba", "ren", "to", "mil", "sa", "kov", "hart", "li", "dez", "mur", "ny", "gor", "stein", "wi", "ra")
_JOURNAL_HEADS = (
    "Journal of",
    "International Journal of",
    "Annals of",
    "Archives of",
    "Clinical",
    "European Journal of",
)
_SHORT = {"Journal": "J", "International": "Int", "Annals": "Ann", "Archives": "Arch", "European": "Eur",
          "Clinical": "Clin", "Research": "Res", "Medicine": "Med", "Practice": "Pract"}  # fmt: skip


class Publication:
    """One publication as it is printed."""

    def __init__(self, draw: random.Random, number: int) -> None:
        self.number = number
        self.related = False
        words = [_word(draw) for _ in range(draw.randint(5, 12))]
        kind = f": {draw.choice(_KINDS)}" if draw.random() < 0.4 else ""
        self.title = (
            f"{words[0].capitalize()} of {' '.join(words[1:4])} in {' and '.join(words[4:6])} {' '.join(words[6:])}"
        )
        self.title = " ".join(self.title.split()) + kind
        self.authors = [(_family(draw), draw.choice("ABCDEFGHJKLMNPRSTW") + draw.choice(("", "M", "A")))
                        for _ in range(draw.randint(1, 7))]  # fmt: skip
        self.year = draw.randint(1985, 2026)
        field, kind = _word(draw).capitalize(), draw.choice(("Research", "Medicine", "Practice", ""))
        self.journal = f"{draw.choice(_JOURNAL_HEADS)} {field} {kind}".strip()
        self.volume = draw.randint(1, 190)
        self.issue = draw.randint(1, 12)
        self.first = draw.randint(2, 2200)
        self.last = self.first + draw.randint(1, 24)
        self.doi = f"10.{draw.randint(1000, 9999)}/{draw.randint(10**6, 10**8)}.{number}"
        self.abstract = " ".join(_word(draw) for _ in range(draw.randint(40, 120))).capitalize() + "."

    def other(self, draw: random.Random, number: int, **changed: object) -> Publication:
        """Another publication that is like this one but for what is `changed`, where it is printed and its DOI."""
        found = Publication(draw, number)
        found.title, found.authors, found.journal, found.year = self.title, self.authors, self.journal, self.year
        for name, value in changed.items():
            setattr(found, name, value)
        return found


def _word(draw: random.Random) -> str:
    return draw.choice(_STARTS) + draw.choice(_MIDDLES) + draw.choice(("", draw.choice(_MIDDLES))) + draw.choice(_ENDS)


def _family(draw: random.Random) -> str:
    if draw.random() < 0.3:
        return draw.choice(_FAMILIES)
    return (draw.choice(_SYLLABLES) + draw.choice(_SYLLABLES) + draw.choice(("", draw.choice(_SYLLABLES)))).capitalize()


def _second_part(draw: random.Random, one: Publication, number: int) -> Publication:
    first = one.title
    one.title = f"{first}. Part I"
    return one.other(draw, number, title=f"{first}. Part II", volume=one.volume, first=one.last + 1, last=one.last + 9)


def _erratum(draw: random.Random, one: Publication, number: int) -> Publication:
    return one.other(draw, number, title=f"Erratum: {one.title}", abstract="", volume=one.volume)


def _reply(draw: random.Random, one: Publication, number: int) -> Publication:
    return one.other(draw, number, title=f"{one.title} - Reply", abstract="", volume=one.volume)


def _conference(draw: random.Random, one: Publication, number: int) -> Publication:
    return one.other(draw, number, year=one.year - 1, journal=Publication(draw, number).journal)


def _yearly(draw: random.Random, one: Publication, number: int) -> Publication:
    return one.other(draw, number, year=one.year + 2, volume=one.volume + 2)


def _editorial(draw: random.Random, one: Publication, number: int) -> Publication:
    one.title = draw.choice(("Editorial", "Introduction", "Letter to the Editor", "Book reviews"))
    return one.other(draw, number, abstract="")


_RELATIVES: tuple[Callable[[random.Random, Publication, int], Publication], ...] = (
    _second_part, _erratum, _reply, _conference, _yearly, _editorial,
)  # fmt: skip


def publications(count: int, draw: random.Random) -> Iterator[Publication]:
    """So many publications, some with a relative."""
    number = 0
    while number < count:
        one = Publication(draw, number)
        relative = draw.choice(_RELATIVES)(draw, one, number + 1) if draw.random() < 1 / 7 else None
        one.related = relative is not None
        yield one
        if relative is not None and number + 1 < count:
            relative.related = True
            yield relative
        number += 1 + (relative is not None)


def rows(records: int, seed: int) -> Iterator[Row]:
    """So many records, in the order of their publications: the rules must not lean on it."""
    draw = random.Random(seed)
    made = 0
    for one in publications(records, draw):
        copies = draw.choice((2, 2, 2, 3, 3, 4, 5)) if draw.random() < 1 / 3 else 1
        sources = _DATABASES[: 4 if one.related else 5]  # a title cut off tells a first part from a second to nobody
        for database in draw.sample(sources, k=min(copies, len(sources))):
            made += 1
            yield _spoiled(database(one, draw), draw) | {"record_id": f"m{made}", "cluster_id": f"c{one.number}"}
            if made == records:
                return


def _pubmed(one: Publication, draw: random.Random) -> Row:
    title = f"[{one.title}]." if one.number % 25 == 0 else f"{one.title}."
    names = ", ".join(f"{family} {initials}" for family, initials in one.authors)
    row = _row(one, title, names, _abbreviated(one.journal), pages=_short_pages(one))
    return row | {"abstract": f"BACKGROUND: {one.abstract}" if one.abstract else ""}


def _embase(one: Publication, draw: random.Random) -> Row:
    names = "; ".join(f"{family} {'.'.join(initials)}." for family, initials in one.authors)
    row = _row(one, one.title, names, f"{one.journal}.", pages=f"{one.first}-{one.last}")
    volume = f"{one.volume} (SUPPL. {one.issue})" if draw.random() < 0.1 else f"{one.volume}"
    copyright_note = f" © {one.year} The Authors." if one.abstract else ""
    return row | {
        "volume": volume,
        "doi": f"http://dx.doi.org/{one.doi.upper()}",
        "abstract": one.abstract + copyright_note,
    }


def _scopus(one: Publication, draw: random.Random) -> Row:
    names = "; ".join(f"{family}, {'.'.join(initials)}." for family, initials in one.authors)
    title = one.title.replace("α", "&alpha;").replace(" and ", " &amp; ")
    return _row(one, title, names, one.journal, pages=f"{one.first}-{one.last}")


def _web_of_science(one: Publication, draw: random.Random) -> Row:
    names = "; ".join(f"{_plain(family)}, {initials}" for family, initials in one.authors)
    return _row(one, _plain(one.title).upper(), names, one.journal.upper(), pages=f"{one.first}-{one.last}")


def _scholar(one: Publication, draw: random.Random) -> Row:
    names = ", ".join(f"{initials} {family}" for family, initials in one.authors[:4])
    title = one.title if len(one.title) < 90 else one.title[: one.title.rfind(" ", 0, 90)] + " …"
    row = _row(one, title, names, one.journal, pages="")
    return row | {"doi": "", "volume": "", "number": "", "abstract": ""}


_DATABASES = (_pubmed, _embase, _scopus, _web_of_science, _scholar)


def _row(one: Publication, title: str, authors: str, journal: str, pages: str) -> Row:
    return {"title": title, "authors": authors, "year": str(one.year), "journal": journal, "volume": str(one.volume),
            "number": str(one.issue), "pages": pages, "doi": one.doi, "abstract": one.abstract}  # fmt: skip


def _spoiled(row: Row, draw: random.Random) -> Row:
    """A record with what goes wrong in any database: fields left out, a year off by one, a misprint, accents lost."""
    for field, chance in (
        ("doi", 0.35),
        ("number", 0.2),
        ("abstract", 0.3),
        ("pages", 0.08),
        ("volume", 0.05),
        ("authors", 0.02),
    ):
        if draw.random() < chance:
            row[field] = ""
    if draw.random() < 0.05:
        row["year"] = str(int(row["year"]) + draw.choice((-1, 1)))
    if draw.random() < 0.05 and len(row["title"]) > 40:
        at = draw.randrange(10, len(row["title"]) - 10)
        row["title"] = row["title"][:at] + row["title"][at + 1 :]
    if draw.random() < 0.1:
        row["title"], row["authors"] = _plain(row["title"]), _plain(row["authors"])
    return row


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("ø", "o").replace("Ł", "L").replace("α", "alpha"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _abbreviated(journal: str) -> str:
    words = [word for word in journal.split() if word != "of"]
    return " ".join(_SHORT.get(word, word if len(word) < 6 else word[:-3]) for word in words)


def _short_pages(one: Publication) -> str:
    """ "123-8" for pages 123 to 128, as MEDLINE writes them."""
    first, last = str(one.first), str(one.last)
    same = next((n for n in range(len(first)) if len(first) != len(last) or first[n] != last[n]), 0)
    return f"{first}-{last[same:]}"


def write(paths: Sequence[Path], records: int, seed: int) -> None:
    """So many records dealt out to CSV files, as if each were an export of its own."""
    draw = random.Random(seed + 1)
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("w", encoding="utf-8", newline="")) for path in paths]
        writers = [csv.DictWriter(file, COLUMNS) for file in files]
        for writer in writers:
            writer.writeheader()
        for row in rows(records, seed):
            draw.choice(writers).writerow(row)


def main() -> None:
    """Write a made set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("count", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write([given.file], given.count, given.seed)


if __name__ == "__main__":
    main()
