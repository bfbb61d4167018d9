"""Sentences in the reader's language: English templates are the keys, `catalogues/<language>.po` has the others."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from litreview.errors import Message


class Catalogue:
    """Translations of one language (`id` or `en`). A sentence without one stays English."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._sentences = read_catalogue(language)

    def gettext(self, text: str, **values: str | int | float) -> str:
        """A template in this language, its {fields} filled when values are given."""
        template = self._sentences.get(text) or text
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
