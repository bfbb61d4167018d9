"""The one way in which PDFs are opened: silent, with the password that was kept, the tree of pages put right."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from litreview.documents.passwords import kept_password
from litreview.documents.refusals import MAX_PAGES, Refusal
from litreview.files import hash_bytes, hash_file

if TYPE_CHECKING:
    import pymupdf

_REFERENCE = re.compile(r"(\d+) \d+ R")
_NODES = 4 * MAX_PAGES  # of the tree of pages that are looked at


def pdf_errors(*more: type[Exception]) -> tuple[type[Exception], ...]:
    """What PyMuPDF raises for a file or a page that it cannot read, and `more`."""
    import pymupdf

    return RuntimeError, ValueError, LookupError, TypeError, AssertionError, OSError, pymupdf.mupdf.FzErrorBase, *more


def silent_pymupdf() -> Any:
    """PyMuPDF, which prints nothing."""
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    return pymupdf


def open_pdf(source: Path | bytes, password: str | None = None) -> pymupdf.Document:
    """Open a PDF from its file or its bytes. `password` None: the one that this user gave for the file, if any.

    Raises `Refusal` (needs-password) without the right one, and what `pdf_errors` names for what cannot be opened.
    """
    mupdf = silent_pymupdf()
    where = {"stream": source} if isinstance(source, bytes) else {"filename": source}
    pdf = mupdf.open(**where, filetype="pdf")
    try:
        if pdf.needs_pass:
            _unlock(pdf, source, password)
        _mend_pages(pdf)
    except BaseException:
        pdf.close()
        raise
    return cast("pymupdf.Document", pdf)


def _unlock(pdf: Any, source: Path | bytes, password: str | None) -> None:
    if password is None:
        password = kept_password(hash_bytes(source) if isinstance(source, bytes) else hash_file(source))
    if not password or not pdf.authenticate(password):
        raise Refusal("needs-password")


def right_password(path: Path, passwords: tuple[str, ...]) -> int:
    """Which of the passwords opens a file, as an index; -1 for none of them, or a file that asks for none."""
    pdf = silent_pymupdf().open(path, filetype="pdf")
    with pdf:
        if pdf.needs_pass:
            for number, password in enumerate(passwords):
                if password and pdf.authenticate(password):
                    return number
    return -1


def is_out_of_memory(error: BaseException | None) -> bool:
    """Whether an error, or one behind it, says that memory was refused: MuPDF tells it as an error of the system."""
    while error is not None:
        text = str(error)
        if isinstance(error, MemoryError) or ("alloc" in text and "failed" in text):
            return True
        error = error.__cause__ or error.__context__
    return False


def _mend_pages(pdf: Any) -> None:
    """Where the count of pages lies, make the tree one flat list of the pages that are there."""
    with suppress(*pdf_errors()):
        root = _reference(pdf.xref_get_key(pdf.pdf_catalog(), "Pages"))
        if not root or _fits(pdf, root):
            return
        leaves = _leaves(pdf, root)
        if leaves and len(leaves) != _told(pdf):
            pdf.xref_set_key(root, "Kids", "[" + " ".join(f"{leaf} 0 R" for leaf in leaves) + "]")
            pdf.xref_set_key(root, "Count", str(len(leaves)))


def _told(pdf: Any) -> int:
    """As many pages as MuPDF believes that there are; -1 when it believes no number."""
    with suppress(*pdf_errors()):
        return len(pdf)
    return -1


def _fits(pdf: Any, root: int) -> bool:
    """Whether an undamaged file's root has as many kids as it tells pages, or they together as many pages. No more is
    looked at then: a page's object costs as much as some words."""
    kids, told = _kids(pdf, root) or [], _told(pdf)
    if pdf.is_repaired or told < 1:
        return False
    return len(kids) == told or (len(kids) <= told and sum(_count(pdf, kid) for kid in kids) == told)


def _reference(value: tuple[str, str]) -> int:
    """The number of the object that a value refers to; 0 where it is none."""
    return int(value[1].split()[0]) if value[0] == "xref" else 0


def _kids(pdf: Any, node: int) -> list[int] | None:
    """Numbers of a node's kids; None for a page."""
    kind, value = pdf.xref_get_key(node, "Kids")
    if kind == "xref":  # a list by itself
        value = pdf.xref_object(int(value.split()[0]))
    elif kind != "array":
        return None
    return [int(number) for number in _REFERENCE.findall(value)]


def _count(pdf: Any, node: int) -> int:
    """The pages that a node tells; one for a page."""
    kind, value = pdf.xref_get_key(node, "Count")
    return int(value) if kind == "int" else 1


def _leaves(pdf: Any, root: int) -> list[int]:
    """The pages below a node in order, a few more than are read at most; no node is entered twice."""
    last = pdf.xref_length()
    entered: set[int] = set()
    leaves: list[int] = []
    waiting = [root]
    while waiting and len(leaves) <= MAX_PAGES and len(entered) < _NODES:
        node = waiting.pop()
        if not 0 < node < last or node in entered:
            continue
        kids = _kids(pdf, node)
        if kids is None:
            leaves.append(node)
        else:
            entered.add(node)
            waiting.extend(reversed(kids))
    return leaves
