"""The protocol: `review.yaml` as a value, read strictly."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from litreview.errors import ProtocolError, message
from litreview.schema import read_yaml

REVIEW_TYPES = ("context", "scoping", "systematic", "thematic-synthesis", "framework-synthesis")
SectionKind = Literal["abstract", "introduction", "theory", "method", "results", "discussion", "conclusion",
                      "recommendation", "appendix"]  # fmt: skip
Voice = Literal["participant", "author", "cited", "theory", "recommendation"]


class Bilingual(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in the review's languages; where one is missing the other stands."""

    id: str = ""
    en: str = ""

    def get(self, language: str) -> str:
        """The text in a language, or in the other."""
        return (self.id or self.en) if language == "id" else (self.en or self.id)


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who judges."""

    id: str
    name: str = ""
    role: Literal["lead", "reviewer", "coder", "reader", "supervisor"] = "coder"


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a file or folder of the corpus is: a role, the database of an export, how a report was found."""

    path: str
    role: Literal["study", "theory", "policy", "background"] = "study"
    database: str = ""
    found_by: Literal["", "website", "organisation", "citation"] = ""
    title: Bilingual = Bilingual()


class Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_year": "from", "to_year": "to"}):
    """A rule of the protocol on one study. Which keys belong to which kind is checked by `check_protocol`."""

    id: str
    kind: Literal["year", "sections", "concepts", "person"]
    label: Bilingual = Bilingual()
    from_year: int | None = None
    to_year: int | None = None
    require: tuple[SectionKind, ...] = ()
    of: tuple[str, ...] = ()
    at_least: int | None = None
    shows: tuple[str, ...] = ()  # themes whose suggestions are shown as candidate passages


class MainStudiesRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many main studies, and in what any two of them differ."""

    size: int
    differ_in: dict[Literal["method", "locus"], Literal["design", "family", "village", "district", "regency", "province"]] = {}
    seed: int = 1


class SynthesisRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which sections and voices count as evidence."""

    sections: tuple[SectionKind, ...] = ("results", "discussion", "conclusion")
    voices: tuple[Voice, ...] = ("participant", "author")
    cooccurrence: Literal["sentence", "paragraph"] = "paragraph"


class Protocol(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`review.yaml` as a value. `hash` and `path` are set on reading, never in the file."""

    format: Literal[1]
    title: Bilingual
    type: Literal["context", "scoping", "systematic", "thematic-synthesis", "framework-synthesis"] = "context"
    sample: bool = False
    languages: tuple[Literal["id", "en"], ...] = ("id", "en")
    people: tuple[Person, ...] = ()
    questions: tuple[Bilingual, ...] = ()
    sources: tuple[Source, ...] = ()
    concepts: dict[str, tuple[str, ...]] = {}
    criteria: tuple[Criterion, ...] = ()
    main_studies: MainStudiesRule | None = None
    synthesis: SynthesisRule = SynthesisRule()
    codebook: str = ""

    @property
    def language(self) -> str:
        """The language of outputs and messages: the first of `languages`."""
        return self.languages[0] if self.languages else "id"
