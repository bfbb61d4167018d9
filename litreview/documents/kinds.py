"""Kinds of files that become documents, by suffix. Kept apart from their readers, which are costly to load."""

from __future__ import annotations

from os.path import splitext

PDF = ".pdf"
WORD_SUFFIXES = (".docx",)
PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
TEXT_SUFFIXES = (".txt", ".md", ".markdown")
UNPAGED_SUFFIXES = (*WORD_SUFFIXES, *PAGE_SUFFIXES, *TEXT_SUFFIXES)
DOCUMENT_SUFFIXES = (PDF, *UNPAGED_SUFFIXES)


def suffix_of(file: str) -> str:
    """A file's suffix in lower case, with its dot."""
    return splitext(file)[1].lower()  # noqa: PTH122 - a name in the review, no path of this system


def has_pages(file: str) -> bool:
    """Whether a file is of a kind that has pages, by its name: all but Word documents, web pages and texts."""
    return suffix_of(file) not in UNPAGED_SUFFIXES
