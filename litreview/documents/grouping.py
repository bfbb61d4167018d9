"""Which files make one report: a thesis is often kept as COVER, ABSTRAK, BAB I … DAFTAR PUSTAKA."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

import msgspec

from litreview.documents.kinds import has_pages

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_FRONT = (
    ("cover", "sampul", "halaman judul", "judul", "title"),
    ("pengesahan", "persetujuan", "pernyataan", "halaman depan", "bagian awal", "bagian depan", "awal", "front"),
    ("abstrak", "abstract", "intisari", "ringkasan", "summary"),
    ("kata pengantar", "prakata", "persembahan", "motto", "preface"),
    ("daftar isi", "daftar tabel", "daftar gambar", "contents"),
)
_BACK = (
    ("daftar pustaka", "daftar rujukan", "pustaka", "referensi", "references", "bibliography", "bibliografi"),
    ("lampiran", "appendix", "appendices"),
    ("riwayat", "biodata", "bagian akhir"),
)
_CHAPTER = re.compile(r"(?:^|[^a-z])(?:bab|chapter|chap)[\s._-]*([ivx]+|\d+)(?![a-z0-9])", re.IGNORECASE)
_LEADING_NUMBER = re.compile(r"^(\d{1,3})[\s._-]+")
_FRONT_RANK, _CHAPTER_RANK, _BACK_RANK = 0, 100, 1000


class ReportFiles(msgspec.Struct, frozen=True):
    """The files of one report, POSIX paths relative to the review, in reading order."""

    files: tuple[str, ...]

    @property
    def report(self) -> str:
        """The report's id: its file, or the folder of its parts."""
        first = self.files[0]
        return first if len(self.files) == 1 else str(PurePosixPath(first).parent)


def group_files(paths: Sequence[str]) -> list[ReportFiles]:
    """Group paths into reports, sorted by name. Files of one folder that are named as parts of a thesis, at least
    one of them a chapter, are one report; every other file is a report of its own. Files with pages and files without
    are never one report: its places are told by pages or by paragraphs."""
    folders: dict[tuple[str, bool], list[str]] = {}
    for path in sorted(set(paths)):
        folders.setdefault((str(PurePosixPath(path).parent), has_pages(path)), []).append(path)
    reports = [report for names in folders.values() for report in _group_folder(names)]
    return sorted(reports, key=lambda report: report.report)


def _group_folder(paths: list[str]) -> list[ReportFiles]:
    families: dict[str, list[tuple[int, int, str]]] = {}
    alone = []
    for path in paths:
        part = part_of(PurePosixPath(path).stem)
        if part is None:
            alone.append(ReportFiles((path,)))
        else:
            rank, rest = part
            families.setdefault(rest, []).append((rank, len(path), path))
    return alone + [report for parts in families.values() for report in _one_family(parts)]


def _one_family(parts: list[tuple[int, int, str]]) -> list[ReportFiles]:
    """One report when there is a chapter among several parts and no part stands twice, else each by itself."""
    ordered = sorted(parts)
    chapters = [rank for rank, _, _ in ordered if _CHAPTER_RANK <= rank < _BACK_RANK]
    if len(ordered) > 1 and chapters and len(set(chapters)) == len(chapters):
        return [ReportFiles(tuple(path for _, _, path in ordered))]
    return [ReportFiles((path,)) for _, _, path in ordered]


def part_of(stem: str) -> tuple[int, str] | None:
    """A file name's place in a thesis and what the name says besides (the thesis it belongs to); None when it names
    no part."""
    name = re.sub(r"[\s._-]+", " ", stem.lower()).strip()
    plain = _LEADING_NUMBER.sub("", name)
    chapter = _CHAPTER.search(name)
    if chapter:
        return _CHAPTER_RANK + _number(chapter.group(1)), _rest(plain, chapter.group())
    for base, groups in ((_FRONT_RANK, _FRONT), (_BACK_RANK, _BACK)):
        for rank, words in enumerate(groups):
            for word in words:
                if plain == word or plain.startswith(word + " ") or plain.endswith(" " + word):
                    return base + rank, _rest(plain, word)
    return None


def _rest(name: str, part: str) -> str:
    """The name without the part and without what follows a chapter's number as its title."""
    before, _, after = name.partition(part.strip())
    before = _LEADING_NUMBER.sub("", before.strip() + " ").strip()
    return before if before else _identity(after)


def _identity(after: str) -> str:
    """What follows a part's name counts as the thesis's own mark only where it holds a number (a student's id)."""
    return " ".join(word for word in after.split() if any(c.isdigit() for c in word) and len(word) > 3)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _ROMAN.get(text.upper(), 99)
