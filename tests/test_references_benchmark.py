"""The counts that the readers are held against do not come from the readers."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.references import count_entries, read_folder


@pytest.mark.parametrize(
    ("format_", "content", "entries"),
    [
        ("ris", b"TY  - JOUR\r\nER  - \r\nTY  - BOOK\r\n", 2),
        ("nbib", b"PMID- 1\nOWN - NLM\nTI  - a\n\nPMID- 2\n", 2),
        ("isi", b"FN x\nPT J\nER\n\nPT C\nER\nEF\n", 2),
        ("bibtex", b"@string{a=b}\n@article{a,}\n @Book(b,)", 2),
        ("csv", b'title,year\n"a\nb",1\n,\nc,2\n', 2),
        ("csl-json", b'[{"type": "x"}, {"type": "y"}]', 2),
        ("xlsx", b"PK", None),
    ],
)
def test_marks_are_counted(format_: str, content: bytes, entries: int | None) -> None:
    assert count_entries(content, format_) == entries


def test_a_folder_is_told_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "a.ris").write_bytes(b"TY  - JOUR\nTI  - a\nTY  - JOUR\nTI  - b\nER  - \n")
    (tmp_path / "b.txt").write_bytes(b"nothing")
    first, second = read_folder(tmp_path)
    assert (first.entries, first.records, first.differs, len(first.told)) == (2, 2, False, 1)
    assert (second.format, second.told) == ("", ("no export",))
