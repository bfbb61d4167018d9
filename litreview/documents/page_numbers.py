"""Printed page numbers that a person has told, which go before those that the reader found; and the files about which
to ask.

An answer names the number of the PDF's first page, and each page where another count begins: `45`, or `i,7=1` for a
thesis whose front matter is numbered i, ii, … and whose PDF page 7 is page 1; `none` where no numbers are printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from litreview.documents.model import Document, FileStatus, Page
from litreview.documents.printed import is_number, next_number
from litreview.errors import Message, UsageError, message
from litreview.ledger import Judgment

NO_NUMBERS = "none"
_LEFT_OUT = 3  # pages at either end of a file that may stand outside its sequence, as covers do


def parse_numbering(answer: str, pages: int) -> dict[int, str]:
    """The printed number of each page of a file, as a person tells it; empty for `none`.

    Raises `UsageError` for an answer that names no number, or a page that the file does not have."""
    if answer.strip().lower() == NO_NUMBERS:
        return {}
    starts: dict[int, str] = {}
    for i, part in enumerate(answer.split(",")):
        at, sign, number = part.strip().rpartition("=")
        page = int(at) if sign and at.strip().isdecimal() else 1 if not sign and i == 0 else 0
        if not 1 <= page <= pages or not is_number(number.strip()):
            raise UsageError(
                message(
                    "'{answer}' tells no page numbers. Write the number printed on the first page, such as 45, or i,7=1"
                    " where PDF page 7 is printed as 1.",
                    answer=answer,
                )
            )
        starts[page] = number.strip().lower()
    printed: dict[int, str] = {}
    for page in range(min(starts), pages + 1):
        printed[page] = starts[page] if page in starts else next_number(printed[page - 1])
    return printed


def numbers_told(judgments: Iterable[Judgment]) -> dict[str, list[Judgment]]:
    """Standing answers by file (its hash where known, else its path)."""
    found: dict[str, list[Judgment]] = defaultdict(list)
    for judgment in judgments:
        if judgment.kind == "page-numbers":
            found[str(judgment.body.get("sha256") or judgment.body["file"])].append(judgment)
    return found


def answers_on(told: Mapping[str, list[Judgment]], file: FileStatus) -> list[Judgment]:
    """The answers about one file, by its content or its path."""
    by_hash = told.get(file.sha256, []) if file.sha256 else []
    return [*by_hash, *told.get(file.path, [])]


def with_page_numbers(document: Document, files: Sequence[FileStatus], told: Mapping[str, list[Judgment]]) -> Document:
    """A document with the numbers that people told of its files; where they differ the reader's stay."""
    numbers = {i: dict(given[0]) for i, file in enumerate(files) if len(given := _given(file, told)) == 1}
    if not numbers:
        return document
    pages = tuple(
        msgspec.structs.replace(page, printed=numbers[page.file].get(page.number)) if page.file in numbers else page
        for page in document.pages
    )
    return msgspec.structs.replace(document, pages=pages)


def tell_differing(files: Iterable[FileStatus], told: Mapping[str, list[Judgment]]) -> list[Message]:
    """The files of which people tell different numbers."""
    return [
        message("{file}: {people} tell different page numbers; those of the PDF stand until they agree.",
                file=file.path, people=", ".join(sorted({one.person for one in answers_on(told, file)})))
        for file in files
        if told and len(_given(file, told)) > 1
    ]  # fmt: skip


def _given(file: FileStatus, told: Mapping[str, list[Judgment]]) -> list[tuple[tuple[int, str], ...]]:
    """The answers about a file that differ from each other."""
    return sorted({tuple(sorted(_printed(one).items())) for one in answers_on(told, file)})


def _printed(judgment: Judgment) -> dict[int, str]:
    return {int(page): str(number) for page, number in judgment.body["printed"].items()}


class Unclear(msgspec.Struct, frozen=True, array_like=True):
    """A file of a document (by its place in it) whose numbers are unclear, and the first page for which one was found
    (0: there is none)."""

    file: int
    page: int = 0
    number: str = ""


def unclear_numbers(document: Document) -> tuple[Unclear, ...]:
    """The files of a document whose printed numbers make no sequence."""
    found = []
    for i in range(len(document.files)):
        pages = [page for page in document.pages if page.file == i]
        if pages and not is_clear(pages):
            known = next((page for page in pages if page.printed), None)
            found.append(Unclear(i) if known is None else Unclear(i, known.number, known.printed or ""))
    return tuple(found)


def ask_for_numbers(
    unclear: Iterable[Unclear], files: Sequence[FileStatus], told: Mapping[str, list[Judgment]]
) -> list[Message]:
    """What to answer, and how, for each file whose numbers are unclear and not told yet."""
    return [_ask(one, files[one.file].path) for one in unclear if not answers_on(told, files[one.file])]


def _ask(one: Unclear, path: str) -> Message:
    if not one.page:
        return message(
            "{file}: no page numbers are known; PDF page 1 is printed as …? Tell it by: litreview ingest"
            ' --first-page "{file}=45" --as …',
            file=path,
        )
    return message(
        "{file}: the page numbers are unclear (PDF page {page} seems to be printed as {number}); PDF page 1"
        ' is printed as …? Tell it by: litreview ingest --first-page "{file}=45" --as …',
        file=path, page=one.page, number=one.number,
    )  # fmt: skip


def is_clear(pages: Sequence[Page]) -> bool:
    """Whether the pages of a file have numbers in one sequence, after roman ones or from 1 on where a count begins; a
    few pages at either end may have none."""
    inner = pages[_LEFT_OUT:-_LEFT_OUT] if len(pages) > 2 * _LEFT_OUT + 1 else pages
    if not any(page.printed for page in pages) or not all(page.printed for page in inner):
        return False
    for before, page in pairwise(pages):
        if before.printed is None or page.printed is None or page.printed == next_number(before.printed):
            continue
        if before.printed.isdecimal() or not page.printed.isdecimal():
            return False
    return True
