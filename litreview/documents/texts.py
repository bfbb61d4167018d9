"""Which text of each report the review works on: the frozen one that judgments name, else the one read afresh (law 4).

Reports and frozen texts belong together by the report's id, by the hashes of its files, or by the same text: a
colleague may have another copy of a PDF, or the same under another name. Everything here is a function of values;
clocks and the order of files decide nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from litreview.documents.anchored import has_anchor
from litreview.documents.frozen import FrozenText, thaw
from litreview.documents.model import ReadResult
from litreview.documents.readings import Brief, readings_of
from litreview.errors import Message, message
from litreview.ledger import Judgment, Ledger

SHORT = 8  # letters of a reading's hash by which a person names it
OWN_TEXT = 500  # characters from which on the same text means the same report; shorter ones may be a stamp
NOT_OPENED = frozenset(
    ("needs-password", "damaged", "not-a-pdf", "misnamed", "empty")
)  # quotations could not be checked there
KEPT = message("Its text is the one kept with the judgments; this computer does not read the file itself.")


class Texts(msgspec.Struct, frozen=True):
    """Each report as the review reads it: `read` and `in_use` (frozen texts) by report; ids under which colleagues
    judged a report that is here, with its id; and what is to be told."""

    read: Mapping[str, ReadResult]
    in_use: dict[str, FrozenText] = {}
    aliases: dict[str, str] = {}
    notices: tuple[Message, ...] = ()


def choose_texts(fresh: Mapping[str, ReadResult], frozen: Sequence[FrozenText], ledger: Ledger) -> Texts:
    """The text of each report of `fresh`, as read on this computer, given what is frozen and what is judged."""
    here = readings_of(fresh)
    aliases = find_aliases(here, frozen)
    judged = judged_passages(ledger, aliases)
    in_use, others, notices = {}, {}, []
    kept = by_report_here(frozen, aliases)
    for report, brief in here.briefs.items():
        chosen, what = _choose(brief, kept.get(report, []), judged.get(report, []))
        notices += what
        adopted = adopt(chosen, brief, report) if chosen is not None else None
        if chosen is not None and adopted is not None:
            others[report], in_use[report] = adopted, chosen
    return Texts(here.with_others(others), in_use, aliases, tuple(notices))


def find_aliases(fresh: Mapping[str, ReadResult], frozen: Iterable[FrozenText]) -> dict[str, str]:
    """Ids of reports that are not here, with the id of the report here that has the same files or the same text."""
    here: dict[str, str] = {}
    briefs = readings_of(fresh).briefs
    for report in sorted(briefs):
        for mark in (report, *_marks(file_hashes(briefs[report]), briefs[report].text_hash, briefs[report].characters)):
            here.setdefault(mark, report)
    aliases: dict[str, str] = {}
    waiting = [one for one in frozen if one.report not in fresh]
    for one in frozen:
        if one.report in fresh:
            _teach(here, one, one.report)
    while True:
        known = [one for one in waiting if not here.keys().isdisjoint(_names(one))]
        waiting = [one for one in waiting if here.keys().isdisjoint(_names(one))]
        for one in known:
            aliases[one.report] = min(here[name] for name in _names(one) if name in here)
            _teach(here, one, aliases[one.report])
        if not known:
            return aliases


def _names(frozen: FrozenText) -> tuple[str, ...]:
    return (frozen.report, *_marks(frozen.hashes, frozen.text_hash, len(frozen.text)))


def _marks(hashes: Sequence[str], text_hash: str, characters: int) -> tuple[str, ...]:
    """By what a report is known beside its id: its files in any order, and its text if that is long enough."""
    files = " ".join(sorted(hashes)) if hashes and all(hashes) else ""
    return tuple(mark for mark in (files, text_hash if characters >= OWN_TEXT else "") if mark)


def _teach(here: dict[str, str], frozen: FrozenText, report: str) -> None:
    for name in _names(frozen):
        here.setdefault(name, report)


def file_hashes(result: ReadResult | Brief) -> tuple[str, ...]:
    """SHA-256 of each file of a report."""
    return tuple(file.sha256 for file in result.files)


def by_report_here(frozen: Iterable[FrozenText], aliases: Mapping[str, str]) -> dict[str, list[FrozenText]]:
    """Frozen texts by the report that they belong to here."""
    found: dict[str, list[FrozenText]] = {}
    for one in frozen:
        found.setdefault(aliases.get(one.report, one.report), []).append(one)
    return found


def judged_passages(ledger: Ledger, aliases: Mapping[str, str]) -> dict[str, list[Judgment]]:
    """Standing judgments on passages, and accepted readings, by report."""
    found: dict[str, list[Judgment]] = {}
    for judgment in ledger.standing:
        if judgment.kind == "text-upgrade" or has_anchor(judgment):
            report = str(judgment.body.get("report", ""))
            found.setdefault(aliases.get(report, report), []).append(judgment)
    return found


def _choose(
    brief: Brief, candidates: Sequence[FrozenText], judgments: Sequence[Judgment]
) -> tuple[FrozenText | None, list[Message]]:
    """The frozen text that stands for a report: the one accepted, else the one that most judgments name."""
    named = Counter(str(j.body["anchor"].get("text_hash", "")) for j in judgments if has_anchor(j))
    accepted = {str(j.body.get("new", "")) for j in upgrades_in_effect(judgments)}
    able = [one for one in candidates if accepted and one.reading in accepted]
    missing = bool(accepted) and not able
    able = able or [one for one in candidates if named[one.text_hash]]
    able.sort(key=lambda one: (-named[one.text_hash], one.text_hash, one.identity))
    return (able[0] if able else None), _tell(brief, able, missing, named)


def upgrades_in_effect(judgments: Iterable[Judgment]) -> tuple[Judgment, ...]:
    """The standing acceptances of a reading that no other one was made over."""
    upgrades = [judgment for judgment in judgments if judgment.kind == "text-upgrade"]
    over = {str(id_) for judgment in upgrades for id_ in judgment.body.get("over") or ()}
    return tuple(judgment for judgment in upgrades if judgment.id not in over) or tuple(upgrades)


def _tell(brief: Brief, able: Sequence[FrozenText], missing: bool, named: Mapping[str, int]) -> list[Message]:
    """What is to be told where the choice is not plain."""
    file = brief.files[0].path if brief.files else ""
    own = brief.text_hash
    if missing:
        return [message("{file}: the text that was accepted for it is not here. Ask its person for a pack.", file=file)]
    readings = list(dict.fromkeys(one.reading[:SHORT] for one in able))
    if len(readings) > 1:
        return [
            message(
                "{file}: passages were judged in {count} different readings of it ({names}); the first one is used. To"
                " settle it: litreview ingest --accept-text {first} --as …",
                file=file, count=len(readings), names=", ".join(readings), first=readings[0],
            )
        ]  # fmt: skip
    if not able and any(hash_ != own for hash_ in named):
        return [
            message(
                "{file}: the text in which {count} passages were judged is not here; they are looked for in another"
                " reading. Ask a colleague for a pack.",
                file=file,
                count=sum(count for hash_, count in named.items() if hash_ != own),
            )
        ]
    return []


def adopt(frozen: FrozenText, result: ReadResult | Brief, report: str) -> ReadResult | None:
    """A report's result with a frozen text in the place of its own; paths of files are those of this review. None when
    the text was read from more or fewer files, or from one that cannot be opened here."""
    here = {file.sha256: file.path for file in result.files}
    same_copy = all(file.sha256 in here for file in frozen.files)
    paths = [here[file.sha256] for file in frozen.files] if same_copy else [file.path for file in result.files]
    if len(paths) != len(frozen.files):
        return None
    counted = Counter(paths[page.file] for page in frozen.pages)
    if any(counted[file.path] and file.status in NOT_OPENED for file in result.files):
        return None
    files = tuple(
        file
        if file.status == "ready" or not counted[file.path]
        else msgspec.structs.replace(file, status="ready", pages=counted[file.path], reason=KEPT.text)
        for file in result.files
    )
    return ReadResult(files, thaw(frozen, report, paths))


def with_names_here(ledger: Ledger, aliases: Mapping[str, str]) -> Ledger:
    """A ledger whose judgments name each report by its id in this review; nothing is written."""
    if not aliases:
        return ledger
    judgments = tuple(_renamed(judgment, aliases) for judgment in ledger.judgments)
    by_id = {judgment.id: judgment for judgment in judgments}
    standing = tuple(by_id[judgment.id] for judgment in ledger.standing)
    return msgspec.structs.replace(ledger, judgments=judgments, standing=standing)


def _renamed(judgment: Judgment, aliases: Mapping[str, str]) -> Judgment:
    body = {key: _name_here(value, aliases) for key, value in judgment.body.items()}
    return msgspec.structs.replace(judgment, body=body) if body != judgment.body else judgment


def _name_here(value: object, aliases: Mapping[str, str]) -> object:
    """A value of a body (a report's id, a section's, or a list with some) with ids of this review."""
    if isinstance(value, str):
        report, sign, stretch = value.rpartition("@")  # a section as a target of coding: see `teamwork.model`
        return f"{aliases[report]}@{stretch}" if sign and report in aliases else aliases.get(value, value)
    return [_name_here(one, aliases) for one in value] if isinstance(value, list) else value
