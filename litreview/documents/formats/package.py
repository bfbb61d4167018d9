"""Word's packages (zip) before they are opened: what kind of file it is, and whether it unpacks to a bearable size."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from litreview.documents.formats.model import MISNAMED
from litreview.documents.refusals import Refusal
from litreview.errors import message

UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError)
MOST_XML_BYTES = 40_000_000  # of one part; a thesis of 500 pages takes some ten
MOST_BYTES = 300_000_000  # of all parts, pictures too
MOST_PARTS = 20_000
_MAIN = "word/document.xml"
_DOCTYPE = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_WORD = "WordDocument".encode("utf-16-le")
_LOOKED_AT = 4_000_000  # bytes of a container in which its parts' names are looked for
OLD = message("The file is a Word document of the old kind (.doc). Open it in Word and save it as DOCX.")
NO_WORD = message(
    "The file is named .docx but is something else. Open it to see what it is, and save it as DOCX or PDF."
)
IS_PDF = message("The file is named .docx but is a PDF. Rename it so that its name ends in .pdf.")
LOCKED = message("The document asks for a password. Save a copy without a password and put it in its place.")
STRICT = message(
    "The document is of a kind that is not read (Strict Open XML). Save it in Word as “Word Document (.docx)”."
)


def check_package(path: Path) -> None:
    """Raises `Refusal` when a file is no Word document, asks for a password, is damaged, or unpacks to too much."""
    with path.open("rb") as stream:
        head = stream.read(_LOOKED_AT)
    if head.startswith(_OLE):
        if _ENCRYPTED in head:
            raise Refusal("needs-password", LOCKED)
        raise Refusal(MISNAMED, OLD if _OLD_WORD in head else NO_WORD)
    if b"%PDF-" in head[:1024]:
        raise Refusal(MISNAMED, IS_PDF)
    if not head.startswith(b"PK"):
        raise Refusal(MISNAMED, NO_WORD)
    try:
        with zipfile.ZipFile(path) as package:
            _check_parts(package)
    except UNREADABLE as error:
        raise Refusal("damaged") from error


def _check_parts(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if not any(part.filename == _MAIN for part in parts):
        raise Refusal(MISNAMED, NO_WORD)
    xml = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise Refusal("too-large")
    if any(part.file_size > MOST_XML_BYTES for part in xml):
        raise Refusal("too-large")
    if any(part.flag_bits & 1 for part in parts):
        raise Refusal("needs-password", LOCKED)
    for part in xml:
        with package.open(part) as stream:
            head = stream.read(4096)
        if _DOCTYPE.search(head):
            raise Refusal("damaged")  # no part of Word's declares entities: they may grow without end
        if part.filename == _MAIN and b"purl.oclc.org/ooxml" in head:
            raise Refusal(MISNAMED, STRICT)
