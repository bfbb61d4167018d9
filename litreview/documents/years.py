"""The year of the issue among all the dates that a document prints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from litreview.documents.model import Found

_YEAR = re.compile(r"(?<![\d.,/])(?<!\d-)(?:19[5-9]\d|20[0-4]\d)(?![\d/])(?!-\d{3})")
_MONTHS = (
    r"(?:jan(?:uari|uary)?|feb(?:ruari|ruary)?|mar(?:et|ch)?|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?|agustus|aug(?:ust)?"
    r"|agt|sept?(?:ember)?|o[ck]t(?:ober)?|no[vp](?:ember)?|de[sc](?:ember)?)"
)
_ISSUE = re.compile(r"\bvol(?:ume)?\b|\bno(?:mor)?\s*[.:]?\s*\d|\bissue\b|\bedisi\b|\bterbitan\b", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"(?:published|diterbitkan|dipublikasikan|terbit|publish(?:ed)? online)\b[^;|]{0,40}$|©|\(c\)\s*$|copyright\s*$",
    re.IGNORECASE,
)
_MEETING = re.compile(r"\b(?:proceedings|prosiding|seminar|conference|konferensi|workshop)\b", re.IGNORECASE)
_HANDLING = re.compile(
    r"(?:received|revised|accepted|submitted|diterima|direvisi|disetujui|dikirim|naskah|submission|accessed|diakses)"
    r"\b[^;|]{0,40}$",
    re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(_MONTHS + r"\.?(?:\s+\d{1,2}(?:\s*[-–]\s*\d{1,2})?)?,?\s*$", re.IGNORECASE)
_HANDLED = 1.0  # below it: receipt, revision
_LONGEST_NOTE = 7  # words of a line that may tell a date by itself
_IN_TITLE = 0.1  # the year that a study or a guideline is about, often its own
_ALONE = re.compile(r"^\W*(?:tahun\s*)?(?:" + _MONTHS + r"\s+)?\d{4}\W*$", re.IGNORECASE)


Place = tuple[float, int, Found]  # how good, in which order, where


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, its offsets in the text (0, 0: not in it), and where it stands: `front`, `first` (an edge of the
    first page), `head` (a running head of another page), `title`, or `foot` (small print of the first page, where
    only a year with a word beside it counts)."""

    text: str
    start: int
    end: int
    place: str


def find_years(lines: Sequence[Line]) -> tuple[Found, ...]:
    """Every year that could be the issue's, each once with its best place, best first. A year beside volume and number
    leads; then one of publication, one that stands alone as on a thesis's cover, a meeting's; the years of receipt
    and revision come last."""
    best: dict[str, Place] = {}
    order = 0
    for line in lines:
        for match in _YEAR.finditer(line.text):
            order += 1
            score = _score(line, match)
            if not score:
                continue
            start = line.start + match.start() if line.end else 0
            found = Found(match.group(), start, start + 4 if line.end else 0)
            best[match.group()] = _better(best.get(match.group()), (score, order, found))
    printed = [one for one in best.values() if one[0] > _IN_TITLE]
    ranked = sorted(printed or best.values(), key=lambda one: (-one[0], one[1]))
    return tuple(found for _, _, found in ranked)


def _better(before: Place | None, place: Place) -> Place:
    """The better of two places of one year, in the order of the first. One that is not in the text (a running head)
    gives way to the words in the text where they tell the issue's year too."""
    if before is None:
        return place
    first, second = (before, place) if before[0] >= place[0] else (place, before)
    shown = second[2] if not first[2].end and second[2].end and second[0] > _HANDLED else first[2]
    return first[0], before[1], shown


def _score(line: Line, match: re.Match[str]) -> float:
    if line.place == "title":
        return _IN_TITLE
    before = line.text[: match.start()]
    bonus = {"front": 0.3, "first": 0.4, "head": 0.0, "foot": 0.2}[line.place]
    if _HANDLING.search(before):
        return _HANDLED - 0.5 + bonus
    if _ISSUE.search(line.text):
        return 6 + bonus
    if _PUBLISHED.search(before):
        return 5 + bonus
    if _ALONE.match(line.text):
        return 4.5 + bonus
    if _MEETING.search(line.text):
        return 4 + bonus
    if _MONTH_BEFORE.search(before):
        return 3 + bonus
    return 0 if line.place == "foot" or _is_prose(line.text) else 2 + bonus


def _is_prose(text: str) -> bool:
    """Whether a line is one of running text, whose year is of what it speaks of."""
    words = text.split()
    return len(words) > _LONGEST_NOTE and sum(word[0].islower() for word in words) > 0.6 * len(words)
