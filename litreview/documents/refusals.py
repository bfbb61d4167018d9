"""Why a file cannot be read: a status, and a sentence that says what to do."""

from __future__ import annotations

from litreview.errors import Message, message

MAX_BYTES = 400_000_000
MAX_PAGES = 4000

REASONS = {
    "needs-password": "The file asks for a password. Type litreview ingest: it asks for the password, or takes it from"
    " a file (--passwords). Or save a copy without a password and put it in its place.",
    "damaged": "The file is damaged or was not downloaded completely. Download it again.",
    "not-a-pdf": "The file is named .pdf but is something else. Open it to see what it is, and save it as a PDF.",
    "empty": "The file has nothing in it. Download it again.",
    "too-large": "The file is too large to be read. Divide it into smaller files.",
    "needs-ocr": "The pages are pictures without text. Let it be recognised (OCR) with: litreview ingest --ocr",
}
FAILURES = {
    "timeout": ("too-large", "Reading took too long and was stopped. Split the file, or save it anew as PDF."),
    "memory": ("too-large", "Reading needed too much memory and was stopped. Split the file, or save it anew as PDF."),
    "died": ("damaged", "Reading the file made the reader stop. Download it again, or save it anew as PDF."),
    "killed": ("damaged", "Reading was stopped from outside, twice. The next run tries the file again."),
}
UNREAD = ("damaged", "The file could not be read. Download it again, or save it anew as PDF.")


class Refusal(Exception):
    """A file that cannot be read: its status and why."""

    def __init__(self, status: str, reason: Message | None = None, pages: int = 0) -> None:
        super().__init__(status)
        self.status = status
        self.reason = reason or Message(REASONS[status])
        self.pages = pages


def failed(failure: str) -> tuple[str, str]:
    """Status and reason of a file whose worker did not come back, or came back with an error."""
    return FAILURES.get(failure, UNREAD)


def too_many_bytes(size: int) -> Refusal:
    """The file is larger than what is read."""
    return Refusal("too-large", message("The file has {size} MB; at most {most} MB are read. Save it anew as a smaller"
                                        " PDF, or split it.", size=size // 1_000_000, most=MAX_BYTES // 1_000_000)
                   )  # fmt: skip


def too_many_pages(count: int) -> Refusal:
    """The file has more pages than what is read."""
    return Refusal("too-large", message("The file has {count} pages; at most {most} are read. Split it into parts.",
                                        count=count, most=MAX_PAGES), count)  # fmt: skip


def memory_at(page: int, pages: int) -> Refusal:
    """A page needs more memory than a file may use."""
    return Refusal("too-large", message("Page {page} needs too much memory. Save the file anew as PDF, or without that"
                                        " page.", page=page), pages)  # fmt: skip


def lost_pages(lost: int, pages: int) -> Refusal:
    """Many pages have lost their words."""
    return Refusal("damaged", message("The file is damaged: {lost} of {pages} pages have lost their words. Download it"
                                      " again.", lost=lost, pages=pages), pages)  # fmt: skip


def cut_off(pages: int) -> Refusal:
    """The end of the file is missing."""
    return Refusal("damaged", message("The file was not downloaded completely: its end is missing. Download it again."),
                   pages)  # fmt: skip


def blank_pages(pages: int) -> Refusal:
    """Nothing stands on any page."""
    return Refusal("empty", message("The pages are blank. Open the file to see whether it is the right one."), pages)


def portfolio(pages: int) -> Refusal:
    """A case of other files."""
    return Refusal("empty", message("The file is a portfolio, a case of other files. Open it in Adobe Reader and save"
                                    " the files in it each as PDF."), pages)  # fmt: skip


def form_for_adobe(pages: int) -> Refusal:
    """A form whose pages only Adobe's programs make."""
    return Refusal("empty", message("The file is a form that only Adobe Reader can show. Open it there and print it to"
                                    " a new PDF."), pages)  # fmt: skip


def not_a_file() -> Refusal:
    """A folder or a device in the place of a file."""
    return Refusal("not-a-pdf", message("This is a folder or something else that is no file, though its name ends as a"
                                        " file's."))  # fmt: skip


def not_opened() -> Refusal:
    """Gone, or not to be opened."""
    return Refusal("damaged", message("The file cannot be opened: it is gone, another program holds it, or its rights"
                                      " forbid reading."))  # fmt: skip
