"""Every file of a folder of exports: what it is, the entries that begin in it, the records read, and what was told.

    python -m benchmarks.references [FOLDER] [--all]

Without a folder it takes `references` of the folder that `LITREVIEW_TEST_DATA` names. The entries are not counted by
the readers, but by the mark that begins one in each format. Prints a Markdown table; `--all` shows the files too in
which the counts agree and nothing was told.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import re
import sys
from pathlib import Path
from typing import NamedTuple

from litreview.records.model import Export
from litreview.records.read import read_export

MARKS = {
    "ris": rb"(?m)TY[ \t]{1,2}-(?=\s|$)",
    "nbib": rb"(?m)^(?:PMID|PMCR|PMC|OWN) ?- ?\S",
    "isi": rb"(?m)^PT [A-Z]\s*$",
    "enw": rb"(?m)^%0",
    "bibtex": rb"(?m)^\s*@(?!comment|string|preamble)[A-Za-z]+\s*[{(]",
    "endnote-xml": rb"<record>",
    "pubmed-xml": rb"<Pubmed(?:Book)?Article>",
}


class Line(NamedTuple):
    """A file of the table; `entries` is None where no simple mark begins one."""

    file: str
    format: str
    entries: int | None
    records: int
    told: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the counts are not the same."""
        return self.entries is not None and self.entries != self.records


def count_entries(content: bytes, format_: str) -> int | None:
    """Entries by the marks that begin them, not by the readers. MEDLINE's marks that follow one another count once."""
    if format_ == "csl-json":
        return len(json.loads(content))
    if format_.endswith("csv"):
        return _count_rows(content.decode("utf-8-sig", "replace"))
    if format_ not in MARKS:
        return None
    content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    found = re.findall(MARKS[format_], content)
    if format_ == "nbib":
        blocks = re.split(rb"\n\s*\n", content)
        return sum(re.match(MARKS["nbib"], block.strip()) is not None for block in blocks)
    return len(found)


def _count_rows(text: str) -> int:
    """Rows after the first that hold something, by the csv module and the delimiter that stands most in the heading."""
    lines = [line for line in text.splitlines(keepends=True) if line.strip()]
    delimiter = max(",;\t|", key=lines[0].count) if lines else ","
    rows = [row for row in csv.reader(io.StringIO("".join(lines)), delimiter=delimiter) if any(map(str.strip, row))]
    return len(rows) - 1


def read_folder(folder: Path) -> list[Line]:
    """A line for each file, by name."""
    lines = []
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        export = read_export(path, path.name)
        lines.append(_line(path, export))
    return lines


def _line(path: Path, export: Export | None) -> Line:
    if export is None:
        return Line(path.name, "", None, 0, ("no export",))
    entries = count_entries(path.read_bytes(), export.format)
    return Line(path.name, export.format, entries, len(export.records), tuple(map(str, export.notices)))


def main() -> int:
    """Print the table and its sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--all", action="store_true")
    arguments = parser.parse_args()
    folder = arguments.folder or Path(os.environ.get("LITREVIEW_TEST_DATA", "")) / "references"
    if not folder.is_dir():
        parser.error(f"no folder of exports: {folder}")
    lines = read_folder(folder)
    shown = [line for line in lines if arguments.all or line.differs or line.told]
    print("| file | format | entries | records | told |")
    print("| --- | --- | --- | --- | --- |")
    for line in shown:
        entries = "" if line.entries is None else line.entries
        print(f"| {line.file} | {line.format} | {entries} | {line.records} | {' '.join(line.told).replace('|', '¦')} |")
    print()
    for format_ in sorted({line.format for line in lines}):
        of_it = [line for line in lines if line.format == format_]
        counts = (
            f"{sum(line.entries or 0 for line in of_it)} entries",
            f"{sum(line.records for line in of_it)} records",
            f"{sum(line.differs for line in of_it)} files differ",
            f"{sum(bool(line.told) for line in of_it)} with notices",
        )
        print(f"{format_ or 'no export'}: {len(of_it)} files, {', '.join(counts)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
