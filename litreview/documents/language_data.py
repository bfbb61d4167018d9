"""Where Tesseract's language data lie on this computer, and how to install them where they do not.

PyMuPDF brings the recogniser itself; it needs one file of data for each language, as the packages of Tesseract have.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from litreview.errors import Message, message

PREFIX = "TESSDATA_PREFIX"
_SUFFIX = ".traineddata"
_CODES = {"id": "ind", "en": "eng"}
_UNIX = (
    "usr/share/tesseract-ocr/*/tessdata",  # Debian, Ubuntu
    "usr/share/tesseract-ocr/tessdata",
    "usr/share/tesseract/tessdata",  # Fedora
    "usr/share/tessdata",  # Arch, openSUSE
    "opt/homebrew/share/tessdata",  # Homebrew on Apple's processors
    "usr/local/share/tessdata",  # Homebrew on Intel's, and what was built by hand
    "opt/local/share/tessdata",  # MacPorts
)
_WINDOWS = (
    ("ProgramFiles", "Tesseract-OCR/tessdata"),
    ("ProgramFiles(x86)", "Tesseract-OCR/tessdata"),
    ("LOCALAPPDATA", "Programs/Tesseract-OCR/tessdata"),
    ("LOCALAPPDATA", "Tesseract-OCR/tessdata"),
)
HOW_TO_INSTALL = message(
    "To recognise pages, the language data of Tesseract must be installed; then give litreview ingest --ocr again (in"
    " a review), or litreview read FILE --ocr.\n"
    "  Windows:        winget install --interactive UB-Mannheim.TesseractOCR\n"
    "                  (in its window, tick Indonesian under 'Additional language data')\n"
    "  macOS:          brew install tesseract tesseract-lang\n"
    "  Debian, Ubuntu: sudo apt install tesseract-ocr-ind tesseract-ocr-eng\n"
    "If the data lie in a place of their own, TESSDATA_PREFIX must name the folder with ind.traineddata and"
    " eng.traineddata."
)


class LanguageData(msgspec.Struct, frozen=True):
    """A folder with language data: `languages` as Tesseract takes them (`ind+eng`), and those wanted that are not
    there (`id`, `en`)."""

    folder: str
    languages: str
    missing: tuple[str, ...] = ()

    def told(self) -> Message | None:
        """What is to be told where data of a language are missing."""
        if not self.missing:
            return None
        return message(
            "Tesseract's data of these languages are not installed, so that their words are recognised less well:"
            " {languages}. {how}",
            languages=", ".join(_CODES[language] for language in self.missing), how=HOW_TO_INSTALL,
        )  # fmt: skip


def find_language_data(languages: Sequence[str]) -> LanguageData | None:
    """The folder that has the most of the wanted languages (`id`, `en`): the one that TESSDATA_PREFIX names, else the
    first of the usual ones. None where no language is there."""
    best: LanguageData | None = None
    for folder in _folders():
        there = [language for language in languages if (folder / f"{_CODES[language]}{_SUFFIX}").is_file()]
        missing = tuple(language for language in languages if language not in there)
        if there and (best is None or len(missing) < len(best.missing)):
            best = LanguageData(str(folder), "+".join(_CODES[language] for language in there), missing)
    return best


def _folders() -> Iterator[Path]:
    """Folders that may hold language data. What a person has named is the only one."""
    named = os.environ.get(PREFIX)
    if named:
        yield from (Path(named), Path(named) / "tessdata")
        return
    yield Path(sys.prefix) / "share" / "tessdata"  # conda
    if sys.platform == "win32":
        yield from (Path(os.environ[name]) / rest for name, rest in _WINDOWS if name in os.environ)
        return
    for pattern in _UNIX:
        yield from sorted(Path("/").glob(pattern), reverse=True)
