"""What a file is that is named .pdf and is none: told by its first bytes."""

from __future__ import annotations

import re
from pathlib import Path

from litreview.documents.refusals import Refusal
from litreview.errors import message

HEAD_BYTES = 4096
_NAMES_BYTES = 200_000  # of a zip: the names in it tell what it is
BEGINNINGS = (
    (b"\xff\xd8\xff", "a JPEG picture"), (b"\x89PNG", "a PNG picture"), (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"), (b"MM\0*", "a TIFF picture"), (b"BM", "a BMP picture"),
    (b"{\\rtf", "an RTF text"), (b"%!PS", "a PostScript file"), (b"\xc5\xd0\xd3\xc6", "a PostScript file"),
    (b"\xd0\xcf\x11\xe0", "an older Word, Excel or PowerPoint file"), (b"AT&TFORM", "a DjVu book"),
    (b"Rar!", "a RAR archive"), (b"7z\xbc\xaf", "a 7-Zip archive"), (b"\x1f\x8b", "a gzip archive"),
    (b"%FDF", "data of a form (FDF)"), (b"MZ", "a program"), (b"\x7fELF", "a program"), (b"SQLite", "a database"),
    (b"bplist00", "a bookmark or archive of Safari"), (b"ID3", "a sound"), (b"RIFF", "a picture, sound or film"),
)  # fmt: skip
INSIDE_ZIP = (
    (b"word/", "a Word file"), (b"xl/", "an Excel file"), (b"ppt/", "a PowerPoint file"),
    (b"application/epub", "an EPUB book"), (b"opendocument", "an OpenDocument file"),
)  # fmt: skip
OTHER_KINDS = ("a zip archive", "a picture, sound or film", "an XML file", "a plain text")
_WEB_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body|title|script|meta)\b", re.IGNORECASE)
_MAIL_PAGE = re.compile(rb"^(MIME-Version|From|Content-Type):", re.IGNORECASE | re.MULTILINE)
_ODD_BYTES = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def refuse_other(path: Path) -> Refusal:
    """The refusal of a file that is no PDF, saying what it is where that can be told. Raises `OSError`."""
    with path.open("rb") as file:
        head = file.read(_NAMES_BYTES)
    if not head.strip(b"\0"):
        return Refusal("damaged", message("The file holds nothing but zeros: it was not downloaded or synchronised"
                                          " completely. Download it again."))  # fmt: skip
    if _is_web_page(head):
        return Refusal("not-a-pdf", message("It is a web page, not a PDF; often one that asks to log in. Open the"
                                            " article in the browser, log in where asked, and download the PDF."
                                            ))  # fmt: skip
    what = kind_of(head)
    if not what:
        return Refusal("not-a-pdf")
    return Refusal("not-a-pdf", message("It is {what}, not a PDF. Open it and save it as a PDF, or give it the suffix"
                                        " that it should have.", what=(what,)))  # fmt: skip


def kind_of(head: bytes) -> str:
    """What begins with these bytes, with its article; empty when unknown."""
    start = head.lstrip(b"\xef\xbb\xbf\r\n\t ")
    if start.startswith(b"PK\x03\x04"):
        return next((kind for sign, kind in INSIDE_ZIP if sign in head), "a zip archive")
    found = next((kind for sign, kind in BEGINNINGS if start.startswith(sign)), "")
    if found:
        return found
    if head[4:8] == b"ftyp":
        return "a picture, sound or film"
    if start.startswith(b"<?xml"):
        return "an XML file"
    return "a plain text" if _is_text(head[:HEAD_BYTES]) else ""


def _is_web_page(head: bytes) -> bool:
    start = head[:HEAD_BYTES].replace(b"\0", b"")  # UTF-16 too
    if start.startswith((b"PK\x03\x04", b"{\\rtf")):
        return False
    if _MAIL_PAGE.match(start) and b"text/html" in head:
        return True
    is_xml = start.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"<?xml")
    return b"<html" in start.lower() if is_xml else _WEB_PAGE.search(start) is not None


def _is_text(head: bytes) -> bool:
    """Whether bytes are text: no control characters, and UTF-8, or letters and spaces mostly."""
    if not head or len(head.translate(None, _ODD_BYTES)) < len(head):
        return False
    plain = sum(byte < 128 for byte in head)
    return plain > 0.7 * len(head)
