"""The codebook's values, suggestions and codings."""

from __future__ import annotations

import msgspec

VOICES = ("participant", "author", "cited", "theory", "recommendation")
STANCES = ("supports", "contradicts", "mixed")


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A label in Indonesian and English."""

    id: str
    en: str

    def get(self, language: str) -> str:
        """The label in a language (`id` or `en`)."""
        return self.id if language == "id" else self.en


class Code(msgspec.Struct, frozen=True):
    """A code of the codebook; definition and rules are in the codebook's own language."""

    id: str
    theme: str
    label: Label
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    attributes: dict[str, str] = {}
    lens_asks: Label | None = None  # for stages: what the lens would ask there (with its source)
    cues: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


class Theme(msgspec.Struct, frozen=True):
    """A group of codes set beforehand (on screen: category)."""

    id: str
    label: Label
    colour: str  # "#rrggbb"
    codes: tuple[Code, ...] = ()
    asks: str = "stated"  # polarity that its cues ask for unless they say otherwise (docs/cues.md)
    attributes: dict[str, tuple[str, ...]] = {}  # the free keys of its codes, each with its values


class Relation(msgspec.Struct, frozen=True):
    """A hypothesis of the framework: source code, linking phrase, target code; `cues` are words that state it."""

    source: str
    label: Label
    target: str
    cues: tuple[str, ...] = ()


class Codebook(msgspec.Struct, frozen=True):
    """The coding scheme; `hash` is of the file's content."""

    themes: tuple[Theme, ...] = ()
    relations: tuple[Relation, ...] = ()
    hash: str = ""
    path: str = ""
    names: dict[str, tuple[str, ...]] = {}  # names of several words that stand as one word, by key
    words: dict[str, tuple[str, ...]] = {}  # named sets of words for cues

    @property
    def codes(self) -> dict[str, Code]:
        """Every code by id, in the codebook's order."""
        return {code.id: code for theme in self.themes for code in theme.codes}


class Suggestion(msgspec.Struct, frozen=True, array_like=True):
    """A machine's proposal: a sentence (offsets in the document's text), a code, and the words that caused it.

    `stance` is `supports`, or `contradicts` for a candidate contradiction (the topic found but denied).
    """

    start: int
    end: int
    code: str
    stance: str
    voice: str
    score: float
    cue: str
    suggester: str  # "cues 1"
