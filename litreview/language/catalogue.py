"""Sentences in the reader's language: English templates are the keys, `catalogues/<language>.po` has the others."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

import msgspec

from litreview.errors import Message

_ENTRY = re.compile(r'^msgid ((?:".*"\n)+)msgstr (".*"(?:\n".*")*)', re.MULTILINE)
# How the studies that a synthesis is over are called where none were chosen from the included ones.
_INCLUDED = {
    "en": (("main stud", "included stud"), ("Main stud", "Included stud")),
    "id": (("studi utama", "studi yang disertakan"), ("Studi utama", "Studi yang disertakan")),
}


class Catalogue:
    """Translations of one language (`id` or `en`). A sentence without one stays English.

    Sentences are written of main studies. Where none are `chosen` (the protocol asks for no choice), the synthesis is
    over all included studies, and every sentence speaks of those instead.
    """

    def __init__(self, language: str, *, chosen: bool = True) -> None:
        self.language = language
        self._sentences = read_catalogue(language)
        self._nouns = () if chosen else (*_INCLUDED["en"], *_INCLUDED.get(language, ()))

    def gettext(self, text: str, **values: str | int | float) -> str:
        """A template in this language, its {fields} filled when values are given."""
        template = self._sentences.get(text) or text
        for noun, instead in self._nouns:
            template = template.replace(noun, instead)
        return template.format(**values) if values else template

    def text(self, what: Message | str) -> str:
        """A message in this language."""
        return self.gettext(what) if isinstance(what, str) else what.told(self.gettext)


@lru_cache
def read_catalogue(language: str) -> dict[str, str]:
    """English template → translation; empty for English and for languages without a catalogue."""
    source = resources.files("litreview.language") / "catalogues" / f"{language}.po"
    if not source.is_file():
        return {}
    return parse_po(source.read_text(encoding="utf-8"))


def parse_po(text: str) -> dict[str, str]:
    """Source → translation of a PO file as ours are: one string an entry, without plurals. Read here and not by Babel,
    whose reading takes longer than all else that `--help` does."""
    entries = ((_joined(source), _joined(said)) for source, said in _ENTRY.findall(text))
    return {source: said for source, said in entries if source and said}


def _joined(lines: str) -> str:
    return "".join(msgspec.json.decode(line) for line in lines.splitlines())
