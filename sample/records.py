"""Write the three search exports from `records.yaml` and the texts."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from sample.source import Text, plain

RECORDS = Path(__file__).parent / "records.yaml"
NOTE = "DATA CONTOH - rekaan / SYNTHETIC SAMPLE"
FIELDS = ("title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "abstract", "keywords",
          "language", "type", "university")  # fmt: skip
POP = (
    "Cites", "Authors", "Title", "Year", "Source", "Publisher", "ArticleURL", "CitesURL", "GSRank", "QueryDate",
    "Type", "DOI", "ISSN", "CitationURL", "Volume", "Issue", "StartPage", "EndPage", "ECC", "CitesPerYear",
    "CitesPerAuthor", "AuthorCount", "Age", "Abstract", "FullTextURL", "RelatedURL",
)  # fmt: skip


@dataclass(frozen=True)
class Record:
    """An entry of an export: the work it is of, and what the export tells."""

    work: str
    fields: dict[str, Any]

    def get(self, name: str) -> str:
        """A field as a string, empty where the export leaves it out."""
        value = self.fields.get(name)
        return "" if value is None else str(value)

    @property
    def authors(self) -> list[tuple[str, str]]:
        """Family and given names."""
        return [(name.split()[-1], " ".join(name.split()[:-1])) for name in self.fields.get("authors") or []]


@dataclass(frozen=True)
class Search:
    """The works with their outcome and text, and the entries of each export in order."""

    outcomes: dict[str, str]
    texts: dict[str, str]
    exports: dict[str, list[Record]]


def work_fields(work: dict[str, Any], texts: dict[str, Text], spans: dict[str, str]) -> dict[str, Any]:
    """What is known of a work: from its text where it has one, and from the list."""
    fields: dict[str, Any] = {"language": "id", "type": "article"}
    key = work.get("text")
    if key:
        text = texts[key]
        fields = {name: text.meta.get(name) for name in FIELDS}
        fields["title"] = plain(text.get("title"))
        fields["abstract"] = text.section("ABSTRAK") or text.section("ABSTRACT")
        fields["pages"] = spans.get(key, "").replace("–", "-")
    return {**fields, **{name: value for name, value in work.items() if name in FIELDS}}


def read_search(texts: dict[str, Text], spans: dict[str, str]) -> Search:
    """Read the list of works and the entries of the exports."""
    raw = YAML(typ="safe").load(RECORDS.read_text(encoding="utf-8"))
    works = {work["id"]: work for work in raw["works"]}
    fields = {name: work_fields(work, texts, spans) for name, work in works.items()}
    exports = {name: [entry_record(entry, fields) for entry in entries] for name, entries in raw["exports"].items()}
    linked = {name: work["text"] for name, work in works.items() if "text" in work}
    return Search({name: work["outcome"] for name, work in works.items()}, linked, exports)


def entry_record(entry: Any, fields: dict[str, dict[str, Any]]) -> Record:
    """One entry: a work, and what this export tells otherwise."""
    given = dict(entry) if isinstance(entry, dict) else {"work": entry}
    work, cut = given.pop("work"), given.pop("cut", None)
    told = {**fields[work], **given}
    if cut:
        told["title"] = cut_at_word(told["title"], int(cut))
    return Record(work, told)


def cut_at_word(text: str, size: int) -> str:
    """Cut as Publish or Perish does."""
    return text if len(text) <= size else text[:size].rsplit(" ", 1)[0].rstrip(" ,:;") + " …"


def ris_lines(record: Record, number: int) -> list[str]:
    """One record in RIS."""
    kind = {"skripsi": "THES", "abstract": "CPAPER"}.get(record.get("type"), "JOUR")
    start, _, end = record.get("pages").partition("-")
    pairs = [("TY", kind), ("ID", f"IJ{number:04d}"), ("TI", record.get("title"))]
    pairs += [("AU", f"{family}, {given}".rstrip(", ")) for family, given in record.authors]
    pairs += [
        ("PY", record.get("year")), ("T2", record.get("journal")), ("PB", record.get("university")),
        ("VL", record.get("volume")), ("IS", record.get("issue")), ("SP", start), ("EP", end),
        ("DO", record.get("doi")), ("UR", record.get("doi") and f"https://doi.org/{record.get('doi')}"),
        ("LA", record.get("language")), ("AB", record.get("abstract")), ("N1", NOTE),
        ("DB", "Indeks Jurnal Contoh"),
    ]  # fmt: skip
    return [f"{tag}  - {value}" for tag, value in pairs if value] + ["ER  - ", ""]


def write_ris(records: list[Record]) -> bytes:
    """A RIS file with the line ends of Windows, as many indexes send it."""
    lines = [line for number, record in enumerate(records, start=1) for line in ris_lines(record, number)]
    return "".join(f"{line}\r\n" for line in lines).encode()


def bib_key(record: Record, used: set[str]) -> str:
    """A citation key that is not yet taken."""
    family = re.sub(r"\W", "", record.authors[0][0].lower())
    key = f"{family}{record.get('year')}"
    while key in used:
        key += "a"
    used.add(key)
    return key


def write_bib(records: list[Record]) -> bytes:
    """A BibTeX file in UTF-8."""
    used: set[str] = set()
    out = [f"% {NOTE}\n"]
    for record in records:
        authors = " and ".join(f"{family}, {given}".rstrip(", ") for family, given in record.authors)
        pages = record.get("pages").replace("-", "--")
        names = (
            "title",
            "journal",
            "year",
            "volume",
            "number",
            "pages",
            "doi",
            "abstract",
            "language",
            "note",
        )
        values = {"number": record.get("issue"), "pages": pages, "note": NOTE}
        fields = [("author", authors), *((name, values.get(name, record.get(name))) for name in names)]
        body = ",\n".join(f"  {name} = {{{value.replace('&', chr(92) + '&')}}}" for name, value in fields if value)
        out.append(f"@article{{{bib_key(record, used)},\n{body}\n}}\n")
    return "\n".join(out).encode()


def pop_row(record: Record, rank: int) -> dict[str, str]:
    """One row of Publish or Perish: initials, cut abstract, ranks."""
    names = [f"{''.join(word[0] for word in given.split())} {family}".strip() for family, given in record.authors]
    start, _, end = record.get("pages").partition("-")
    cites = len(record.get("title")) % 13
    age = max(1, 2024 - int(record.get("year") or 2023))
    doi = record.get("doi")
    return {
        "Cites": str(cites), "Authors": ", ".join(names), "Title": record.get("title"),
        "Year": record.get("year") or "0", "Source": record.get("journal") or record.get("university"),
        "Publisher": "synthetic.example", "GSRank": str(rank), "QueryDate": "2024-01-15 09:12:44",
        "ArticleURL": f"https://doi.org/{doi}" if doi else f"https://synthetic.example/item/{4100 + 37 * rank}",
        "DOI": doi, "Volume": record.get("volume") or "0", "Issue": record.get("issue") or "0",
        "StartPage": start or "0", "EndPage": end or "0", "ECC": str(cites),
        "CitesPerYear": f"{cites / age:.2f}", "CitesPerAuthor": str(cites // max(1, len(names))),
        "AuthorCount": str(len(names)), "Age": str(age), "Abstract": cut_at_word(record.get("abstract"), 230),
    }  # fmt: skip


def write_pop(records: list[Record]) -> bytes:
    """A CSV of Publish or Perish, with its byte order mark."""
    out = io.StringIO()
    writer = csv.DictWriter(out, POP, restval="", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(pop_row(record, rank) for rank, record in enumerate(records, start=1))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


WRITERS = {"ris": write_ris, "bib": write_bib, "csv": write_pop}


def write_exports(search: Search) -> dict[str, bytes]:
    """The bytes of each export by its path in the corpus."""
    return {f"exports/{name}": WRITERS[name.rsplit(".", 1)[1]](records) for name, records in search.exports.items()}
