"""What was found among the records of search exports: as plain values for scripts, and in lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from litreview.language.catalogue import Catalogue
from litreview.pipeline.deduping import Deduplicated
from litreview.records.model import Record, RecordPair

SHOWN = 5  # groups and pairs that people see unless they ask for all
LONGEST_TITLE = 100


def duplicates_as_values(done: Deduplicated, catalogue: Catalogue) -> dict[str, Any]:
    """`groups` (lists of record ids, the first stands for the group) and, in the same order, `reasons` (for each member
    after the first); `unsure` and `one_study` (pairs of ids) with theirs; counts, files, and what was not read."""
    found, text = done.found, catalogue.text
    return {
        "records": len(done.records),
        "duplicates": done.removed,
        "groups": [group.members for group in found.groups],
        "reasons": [[text(why) for why in group.why] for group in found.groups],
        "unsure": [(pair.one, pair.other) for pair in found.unsure],
        "unsure_reasons": [text(pair.why) for pair in found.unsure],
        "one_study": [(pair.one, pair.other) for pair in found.studies],
        "one_study_reasons": [text(pair.why) for pair in found.studies],
        "files": [
            {"file": one.file, "format": one.format, "records": one.records,
             "notices": [text(notice) for notice in one.notices]}
            for one in done.exports
        ],
        "not_read": [{"file": file, "reason": text(why)} for file, why in done.not_read],
    }  # fmt: skip


def tell_duplicates(done: Deduplicated, catalogue: Catalogue, *, every: bool = False) -> list[str]:
    """Files, counts, examples (or `every` group and pair), and what to do next."""
    say = catalogue.gettext
    lines = []
    for one in done.exports:
        lines.append(say("{file}: {records} records ({format})", file=one.file, records=one.records,
                         format=one.format))  # fmt: skip
        lines += [f"  ! {catalogue.text(notice)}" for notice in one.notices]
    if not done.exports:
        return lines
    total, found = len(done.records), done.found
    lines += ["", say("{records} records tell of {publications} publications: {duplicates} are copies, in {groups} "
                      "groups.", records=total, publications=total - done.removed, duplicates=done.removed,
                      groups=len(found.groups))]  # fmt: skip
    by_id = {record.id: record for record in done.records}
    shown = len(by_id) if every else SHOWN
    for number, group in enumerate(found.groups[:shown], start=1):
        lines.append(f"{number:3}. {_line(by_id[group.members[0]])}")
        members = zip(group.members[1:], group.why, strict=True)
        lines += [f"     {_line(by_id[one])}\n       {catalogue.text(why)}" for one, why in members]
    lines += _more(len(found.groups) - shown, catalogue)
    unsure = say("Unsure, for a person to look at: {count} pairs.", count=len(found.unsure))
    lines += ["", *_pairs(unsure, found.unsure, by_id, shown, catalogue)]
    study = say("Perhaps two reports of one study, not duplicates: {count} pairs.", count=len(found.studies))
    lines += ["", *_pairs(study, found.studies, by_id, shown, catalogue)]
    lines += ["", say("Nothing was changed. In a review, put the exports into corpus/ and type: litreview run. "
                      "There the copies are linked, and people can split or join them. --all shows every group, "
                      "--json prints them for scripts.")]  # fmt: skip
    return lines


def _pairs(
    heading: str, pairs: Sequence[RecordPair], by_id: dict[str, Record], shown: int, catalogue: Catalogue
) -> Iterator[str]:
    yield heading
    for pair in pairs[:shown]:
        yield f"   - {_line(by_id[pair.one])}\n     {_line(by_id[pair.other])}\n       {catalogue.text(pair.why)}"
    yield from _more(len(pairs) - shown, catalogue)


def _more(left: int, catalogue: Catalogue) -> list[str]:
    return [f"     … {catalogue.gettext('and {count} more', count=left)}"] if left > 0 else []


def _line(record: Record) -> str:
    """A record in a line: its id, first author, year, title and where it is printed."""
    author = record.authors[0] if record.authors else ""
    title = record.title if len(record.title) <= LONGEST_TITLE else record.title[:LONGEST_TITLE] + "…"
    printed = " ".join(part for part in (record.venue, record.volume, record.pages) if part)
    told = (author[:40], str(record.year or ""), title, printed[:60])
    return f"[{record.id}] {'. '.join(part.rstrip('. ') for part in told if part)}"
