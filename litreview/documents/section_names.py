"""What the kinds of sections are called; templates for the catalogues."""

from __future__ import annotations

from litreview.errors import Message, message

SECTION_NAMES: dict[str, Message] = {
    "front": message("front matter"),
    "abstract": message("abstract"),
    "introduction": message("introduction"),
    "theory": message("theory chapter"),
    "method": message("method"),
    "results": message("results"),
    "discussion": message("discussion"),
    "conclusion": message("conclusion"),
    "recommendation": message("recommendations"),
    "acknowledgements": message("acknowledgements"),
    "references": message("reference list"),
    "appendix": message("appendix"),
    "other": message("other section"),
}
