"""Sentences in the reader's language: English templates are the keys, `catalogues/<language>.po` has the others."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from litreview.errors import Message

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
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file)
    return {
        m.id: m.string for m in catalogue if isinstance(m.id, str) and m.id and isinstance(m.string, str) and m.string
    }
