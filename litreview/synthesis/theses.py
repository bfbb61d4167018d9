"""What kind of thesis a report is, at which university, and how APA 7 says so in brackets."""

from __future__ import annotations

import re

from litreview.documents.model import Document
from litreview.errors import message
from litreview.language.casing import SMALL_WORDS
from litreview.language.catalogue import Catalogue
from litreview.language.tokens import word_set

_SAID = (
    ("skripsi", r"skripsi|undergraduate thesis|bachelor['’]?s? thesis"),
    ("disertasi", r"disertasi|(?:doctoral|ph\.?\s?d\.?) (?:dissertation|thesis)|dissertation"),
    ("tesis", r"tesis|master['’]?s? thesis"),
)
_KINDS = {"phdthesis": "disertasi", "dissertation": "disertasi", "mastersthesis": "tesis"}
_FRONT_LENGTH = 3000  # the cover and the pages after it
_UNIVERSITY = re.compile(
    r"\b(?:(?:universitas|institut|sekolah tinggi|politeknik|akademi|uin|iain|stain|stisip|stia|stks|ugm|ui)\b.*"
    r"|(?:[\w’'-]+ ){0,4}(?:university|polytechnic|college)\b.*|institute\b.*)",
    re.IGNORECASE,
)
_ACRONYMS = word_set("uin iain stain stisip stia stks ugm ui")


def thesis_kind(kind: str, document: Document | None) -> str:
    """`skripsi`, `tesis` or `disertasi`: as the export's own type tells, else the cover; an export's "thesis" can be
    any of them, so that it stays what it is where nothing tells."""
    told = _KINDS.get(kind.lower(), kind.lower())
    if told in ("skripsi", "tesis", "disertasi") or document is None:
        return told
    front = document.text[:_FRONT_LENGTH]
    places = [(found.start(), name) for name, words in _SAID
              if (found := re.search(rf"\b(?:{words})\b", front, re.IGNORECASE))]  # fmt: skip
    return min(places)[1] if places else told


def university(venue: str) -> str:
    """The university of a thesis without its faculty and department; the whole where none is named."""
    parts = [part.strip() for part in re.split(r"[,;|]|\s[-–—]\s", venue)]
    found = next((match.group() for part in parts if (match := _UNIVERSITY.search(part))), venue.strip())
    return " ".join(_capital(word) for word in found.split()) if found.isupper() else found


def bracket(kind: str, venue: str, language: str) -> str:
    """ "Skripsi, Universitas X"; a thesis of unknown kind is a "Tugas akhir" (thesis)."""
    genres = {
        "skripsi": message("Undergraduate thesis"),
        "tesis": message("Master’s thesis"),
        "disertasi": message("Doctoral dissertation"),
    }
    genre = genres.get(_KINDS.get(kind.lower(), kind.lower()), message("Thesis"))
    return ", ".join(part for part in (Catalogue(language).text(genre), university(venue)) if part)


def _capital(word: str) -> str:
    lower = word.lower()
    return word if lower in _ACRONYMS else lower if lower in SMALL_WORDS else lower.capitalize()
