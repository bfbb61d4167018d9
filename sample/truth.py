"""What a right reading of the corpus finds, from the sources and the typesetter's pages alone.

Columns: `kind,file,page,key,value,voice`. `page` counts PDF pages from 1. Records are named
`corpus/exports/<file>:<n>`, n counting from 1. Nothing here knows the package `litreview`.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sample.catalog import CATALOG, MAIN_SETS, STUDIES, TARGETS, Entry, study_of
from sample.flowables import Trace
from sample.records import Search
from sample.source import Part, Text, plain

COLUMNS = ("kind", "file", "page", "key", "value", "voice")
KINDS = ("file", "verdict", "duplicate", "record-match", "main-study", "main-study-set", "flow", "code")
DESIGN_KEYS = ("layout", "language", "title", "year", "method", "doi")
Row = tuple[str, str, str, str, str, str]


@dataclass(frozen=True)
class Setting:
    """A built file: its path in the repository, its part of a text, where its blocks stand."""

    key: str
    path: str
    part: Part
    trace: Trace


def row(kind: str, file: str, key: str, value: object, page: object = "", voice: str = "") -> Row:
    """A row in the order of the columns."""
    return kind, file, str(page), key, str(value), voice


def place(regency: str) -> str:
    """One name for a regency or city in both languages: `kabupaten tirtasari`, `kota sumberwangi`."""
    if regency.endswith(" Regency"):
        return "kabupaten " + regency.removesuffix(" Regency").lower()
    if regency.endswith(" City"):
        return "kota " + regency.removesuffix(" City").lower()
    return regency.lower()


def file_rows(settings: list[Setting], texts: dict[str, Text]) -> Iterator[Row]:
    """What each file is."""
    for setting in settings:
        text, entry = texts[setting.key], CATALOG[setting.key]
        for name in DESIGN_KEYS:
            if text.get(name):
                yield row("file", setting.path, name, plain(text.get(name)))
        yield row("file", setting.path, "locus", text.regency)
        yield row("file", setting.path, "locus-id", place(text.regency))
        yield row("file", setting.path, "pages", 0 if entry.status == "damaged" else setting.trace.pages)
        yield row("file", setting.path, "status", entry.status)
        yield row("file", setting.path, "role", entry.role)
        yield row("file", setting.path, "report", setting.key)
        if entry.role == "study":
            yield row("file", setting.path, "study", study_of(setting.key))
    yield row("file", f"corpus/{TARGETS}", "role", "background")
    yield row("file", f"corpus/{TARGETS}", "status", "ready")


def verdict_rows(settings: list[Setting]) -> Iterator[Row]:
    """Verdicts on each readable report, under its first file and every other."""
    for setting in settings:
        entry = CATALOG[setting.key]
        if entry.role != "study" or entry.status != "ready":
            continue
        yield row("verdict", setting.path, "years", entry.years)
        yield row("verdict", setting.path, "full-results", entry.full_results)
        yield row("verdict", setting.path, "two-concepts", entry.two_concepts)
        yield row("verdict", setting.path, "answers", "unclear")


def record_names(search: Search) -> list[tuple[str, str]]:
    """Name and work of every record, in the order of the files."""
    return [
        (f"corpus/exports/{name}:{number}", record.work)
        for name, records in search.exports.items()
        for number, record in enumerate(records, start=1)
    ]


def record_rows(search: Search, first_files: dict[str, str]) -> Iterator[Row]:
    """Duplicates, each against the first record of its work, and the records that have a PDF."""
    first: dict[str, str] = {}
    for name, work in record_names(search):
        if work in first:
            yield row("duplicate", name, "duplicate-of", first[work])
        first.setdefault(work, name)
    for name, work in record_names(search):
        if work in search.texts:
            yield row("record-match", name, "pdf", first_files[search.texts[work]])


def main_rows(first_files: dict[str, str]) -> Iterator[Row]:
    """The chosen set, and each set that the rule allows."""
    for study in MAIN_SETS[0]:
        yield row("main-study", first_files[study], study, "chosen")
    for number, studies in enumerate(MAIN_SETS, start=1):
        yield row("main-study-set", "", str(number), " ".join(studies))


def first_unmet(entry: Entry) -> str:
    """The reason to exclude a report, empty where it stays."""
    verdicts = (
        ("years", entry.years),
        ("full-results", entry.full_results),
        ("two-concepts", entry.two_concepts),
    )
    return next((name for name, verdict in verdicts if verdict == "unmet"), "")


def flow_counts(search: Search) -> dict[str, int]:
    """Count the flow from the outcomes set by hand for each work; s5 came from a website."""
    per_export = {name: len(records) for name, records in search.exports.items()}
    works = {work for _, work in record_names(search)}
    outcomes = Counter(search.outcomes[work] for work in works)
    sought = [work for work in works if search.outcomes[work] == "sought"]
    keys = [search.texts[work] for work in sought if work in search.texts]
    unreadable = [key for key in keys if CATALOG[key].status != "ready"]
    assessed = [key for key in keys if CATALOG[key].status == "ready"]
    reasons = Counter(filter(None, (first_unmet(CATALOG[key]) for key in assessed)))
    included = [key for key in [*assessed, "s5"] if not first_unmet(CATALOG[key])]
    counts = {"records_identified": sum(per_export.values())}
    counts |= {f"records_identified:{name}": count for name, count in per_export.items()}
    counts |= {"duplicates_removed": sum(per_export.values()) - len(works), "records_screened": len(works)}
    counts |= {"records_excluded": len(works) - len(sought)}
    counts |= {f"records_excluded:{name}": outcomes[name] for name in ("years", "two-concepts")}
    counts |= {"reports_sought": len(sought), "reports_not_retrieved": len(sought) - len(assessed)}
    counts |= {"reports_not_retrieved:no-file": len(sought) - len(keys)}
    counts |= {"reports_not_retrieved:not-readable": len(unreadable), "reports_assessed": len(assessed)}
    counts |= {"reports_excluded": sum(reasons.values())}
    counts |= {f"reports_excluded:{name}": reasons[name] for name in ("years", "full-results", "two-concepts")}
    counts |= {"other_methods_identified": 1, "other_methods_identified:website": 1, "other_sought": 1}
    counts |= {"other_not_retrieved": 0, "other_assessed": 1, "other_excluded": 0}
    counts |= {
        "studies_included": len({study_of(key) for key in included}),
        "reports_included": len(included),
    }
    return counts | {"main_studies": len(MAIN_SETS[0])}


def check_flow(flow: dict[str, int]) -> None:
    """Raise unless each box is the box before less what left it, and reasons add up."""
    sums = [
        ("records_screened", flow["records_identified"] - flow["duplicates_removed"]),
        ("reports_sought", flow["records_screened"] - flow["records_excluded"]),
        ("reports_assessed", flow["reports_sought"] - flow["reports_not_retrieved"]),
        ("reports_included", flow["reports_assessed"] - flow["reports_excluded"] + flow["other_assessed"]),
        ("studies_included", len(STUDIES)),
    ]
    for total in ("records_identified", "records_excluded", "reports_not_retrieved", "reports_excluded"):
        sums.append((total, sum(count for name, count in flow.items() if name.startswith(f"{total}:"))))
    wrong = [(name, flow[name], value) for name, value in sums if flow[name] != value]
    if wrong:
        raise ValueError(f"the flow does not close: {wrong}")


def code_rows(settings: list[Setting]) -> Iterator[Row]:
    """Each code on each page, once for each stance and voice."""
    for setting in settings:
        if CATALOG[setting.key].status != "ready":
            continue
        found = {
            (setting.trace.page_of(number, mark.start), code, stance, mark.voice)
            for number, block in enumerate(setting.part.blocks)
            for mark in block.marks
            for code, stance in mark.codes
        }
        for page, code, stance, voice in sorted(found):
            yield row("code", setting.path, code, stance, page, voice)


def truth_csv(settings: list[Setting], texts: dict[str, Text], search: Search) -> bytes:
    """The whole truth; raises `ValueError` where the flow does not close."""
    flow = flow_counts(search)
    check_flow(flow)
    first_files: dict[str, str] = {}
    for setting in settings:
        first_files.setdefault(setting.key, setting.path)
    rows = [
        *file_rows(settings, texts), *verdict_rows(settings), *record_rows(search, first_files),
        *main_rows(first_files), *(row("flow", "", name, count) for name, count in flow.items()),
        *code_rows(settings),
    ]  # fmt: skip
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return out.getvalue().encode()
