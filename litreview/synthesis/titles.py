"""Titles printed in capitals, written as the document itself writes their words."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"\w+")


def recase(title: str, text: str) -> str:
    """A title in capitals in sentence case, each word in the form that is commonest in the running text (so that PKH
    stays and names keep their capital); words that the text lacks become small. Other titles stay as they are."""
    if not title.isupper():
        return title
    running = " ".join(line for line in text.split("\n") if not line.isupper())
    wanted = {word.lower() for word in _WORD.findall(title)}
    forms: dict[str, Counter[str]] = {}
    for found in _WORD.finditer(running):
        word = found.group()
        if word.lower() in wanted and not _begins_sentence(running, found.start()):
            forms.setdefault(word.lower(), Counter())[word] += 1

    def written(found: re.Match[str]) -> str:
        word = found.group().lower()
        form = max(sorted(forms[word]), key=lambda f: forms[word][f]) if word in forms else word
        begins = found.start() == 0 or title[: found.start()].rstrip().endswith((":", "?"))
        return form[:1].upper() + form[1:] if begins else form

    return _WORD.sub(written, title)


def _begins_sentence(text: str, at: int) -> bool:
    """Whether a word stands where a capital says nothing."""
    before = text[max(0, at - 3) : at].rstrip(" \"“'(")
    return not before or before[-1] in ".!?:"
