"""The protocol: `review.yaml` as a value, read strictly."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from litreview.errors import Message, ProtocolError, message
from litreview.files import is_reserved
from litreview.schema import find_line, nearest, parse_yaml, read_text

NO_REVIEW = message("This folder is no review: it has no review.yaml. Begin one with: litreview init")
SAMPLE_MARK = "DATA CONTOH – bukan hasil penelitian / SAMPLE DATA – not research findings"
Fault = tuple[Message, *tuple[str | int, ...]]  # what is wrong, then keys and list places (from 0) to where it stands
SectionKind = Literal["abstract", "introduction", "theory", "method", "results", "discussion", "conclusion",
                      "recommendation", "appendix"]  # fmt: skip
RecordField = Literal["title", "authors", "year", "venue", "volume", "issue", "pages", "doi", "url", "abstract",
                      "keywords", "language", "kind"]  # fmt: skip
Level = Literal["design", "family", "village", "district", "regency", "province"]
Voice = Literal["participant", "author", "cited", "theory", "recommendation"]
TITLE_ABSTRACT, FULL_TEXT, CODING = "title-abstract", "full-text", "coding"
SCREENING_STAGES = (TITLE_ABSTRACT, FULL_TEXT)
AtLeastOne = Annotated[int, msgspec.Meta(ge=1)]


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
    """What a file or folder of the corpus is: a role, the database or the register that an export comes from, how a
    report was found; and of a table of records with its own headings, the heading of each field."""

    path: str
    role: Literal["study", "theory", "policy", "background"] = "study"
    database: str = ""
    register: str = ""
    found_by: Literal["", "website", "organisation", "citation"] = ""
    title: Bilingual = Bilingual()
    columns: dict[RecordField, str] = {}

    @property
    def searched(self) -> str:
        """The database or register by name."""
        return self.register or self.database


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
    automatic: bool = False  # at title and abstract a record that does not meet it is left out by the machine


class MainStudiesRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many main studies, and in what any two of them differ."""

    size: int
    differ_in: dict[
        Literal["method", "locus"], Literal["design", "family", "village", "district", "regency", "province"]
    ] = {}
    seed: int = 1


class SynthesisRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which sections and voices count as evidence."""

    sections: tuple[SectionKind, ...] = ("results", "discussion", "conclusion")
    voices: tuple[Voice, ...] = ("participant", "author")
    cooccurrence: Literal["sentence", "paragraph"] = "paragraph"


class AgreementRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What agreement on coding is counted on: the unit, and whether text that nobody coded counts."""

    unit: Literal["character", "sentence", "paragraph", "document"] = "sentence"
    uncoded: bool = True


class StageRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many people judge each record or report at a stage of screening, whether blind, and how a maybe counts.

    `maybe`: `include` – it lets go on, as an include does; `open` – it decides nothing, and differs from both. Left
    out, it is `include` at title and abstract and `open` at full text. No maybe excludes: that needs a reason.
    """

    people: AtLeastOne = 1
    blind: bool = False
    maybe: Literal["include", "open"] | None = None


class Screening(msgspec.Struct, frozen=True, forbid_unknown_fields=True,
                rename={"title_abstract": "title-abstract", "full_text": "full-text"}):  # fmt: skip
    """The rules of the two stages of screening."""

    title_abstract: StageRule = StageRule()
    full_text: StageRule = StageRule()


class DoubleCoding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sample that several people code: its share (0 to 1) of documents or of sections that count, drawn by seed."""

    share: Annotated[float, msgspec.Meta(gt=0, le=1)]
    by: Literal["document", "section"] = "document"
    seed: int = 1


class CodingRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How coding is done: by how many people each document (with `double_coding`: each of the sample), whether blind,
    in which rounds. In reflexive work no coefficients are computed; a discussion log stands instead."""

    approach: Literal["framework", "codebook", "reflexive"] = "framework"
    people: AtLeastOne = 1
    blind: bool = False
    double_coding: DoubleCoding | None = None
    rounds: tuple[str, ...] = ()
    agreement: AgreementRule = AgreementRule()


class Protocol(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`review.yaml` as a value."""

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
    screening: Screening = Screening()
    coding: CodingRule = CodingRule()
    main_studies: MainStudiesRule | None = None
    synthesis: SynthesisRule = SynthesisRule()
    codebook: str = ""

    @property
    def language(self) -> str:
        """The language of outputs and messages: the first of `languages`."""
        return self.languages[0] if self.languages else "id"

    def stage_rule(self, stage: str) -> StageRule:
        """The rule of a stage of screening, with what was left out filled in."""
        return whole_rule(stage, self.screening.title_abstract if stage == TITLE_ABSTRACT else self.screening.full_text)


def whole_rule(stage: str, rule: StageRule | None = None) -> StageRule:
    """A stage's rule with what was left out filled in."""
    rule = rule or StageRule()
    return rule if rule.maybe else msgspec.structs.replace(rule, maybe="include" if stage == TITLE_ABSTRACT else "open")


def load_protocol(path: Path) -> Protocol:
    """Read and check `review.yaml`. Raises `ProtocolError` with file, line, what was expected, nearest key."""
    return parse_protocol(read_text(path), path)


def parse_protocol(text: str, path: Path | None = None) -> Protocol:
    """The pure half of `load_protocol`."""
    protocol = parse_yaml(text, Protocol, path)
    check_protocol(protocol, path, text)
    return protocol


def check_protocol(protocol: Protocol, path: Path | None = None, text: str = "") -> None:
    """What types alone cannot tell: keys that belong together, names that must be known. Raises `ProtocolError`, with
    the line where the `text` of the file is given."""
    faults = (_faults_of_names, _faults_of_concepts, _faults_of_criteria, _faults_of_rule, _faults_of_coding)
    for what, *steps in (fault for find in faults for fault in find(protocol)):
        raise ProtocolError(what, path, find_line(text, steps) if text else None)


def _faults_of_names(protocol: Protocol) -> list[Fault]:
    faults: list[Fault] = []
    for kind, ids in (("people", [p.id for p in protocol.people]), ("criteria", [c.id for c in protocol.criteria])):
        faults += [
            (message("In '{kind}' the id '{id}' stands twice.", kind=kind, id=one), kind, at, "id")
            for at, one in enumerate(ids)
            if one.casefold() in {earlier.casefold() for earlier in ids[:at]}  # folders of Windows know no case
        ]
        faults += [
            (
                message("In '{kind}' the id '{id}' may have letters, digits, '-' and '_' only.", kind=kind, id=one),
                kind,
                at,
                "id",
            )
            for at, one in enumerate(ids)
            if not re.fullmatch(r"[\w-]{1,64}", one)
        ]
    faults += [
        (
            message("In 'people' the id '{id}' is a name that Windows keeps for itself.", id=person.id),
            "people",
            at,
            "id",
        )
        for at, person in enumerate(protocol.people)
        if is_reserved(person.id)
    ]
    return faults


def _faults_of_concepts(protocol: Protocol) -> list[Fault]:
    faults: list[Fault] = [
        (message("The concept '{name}' has no terms.", name=name), "concepts", name)
        for name, terms in protocol.concepts.items()
        if not terms
    ]
    return faults + [
        (message("The concept '{name}' has an empty term.", name=name), "concepts", name)
        for name, terms in protocol.concepts.items()
        if not all(term.strip() for term in terms)
    ]


def _faults_of_criteria(protocol: Protocol) -> list[Fault]:
    return [
        (fault[0], "criteria", at, *fault[1:])
        for at, criterion in enumerate(protocol.criteria)
        for fault in _faults_of_criterion(criterion, protocol)
    ]


def _faults_of_criterion(criterion: Criterion, protocol: Protocol) -> list[Fault]:
    here = {"id": criterion.id, "kind": criterion.kind}
    faults: list[Fault] = [
        (message("Criterion '{id}' of kind '{kind}' needs the key '{key}'.", **here, key=key),)
        for key in _missing_keys(criterion)
    ]
    faults += [
        (message("Criterion '{id}' of kind '{kind}' has no key '{key}'.", **here, key=key), key)
        for key in _foreign_keys(criterion)
    ]
    faults += [
        (_unknown_concept(criterion.id, name, nearest(name, list(protocol.concepts))), "of", at)
        for at, name in enumerate(criterion.of)
        if name not in protocol.concepts
    ]
    if criterion.at_least is not None and not 1 <= criterion.at_least <= len(criterion.of):
        most = len(criterion.of)
        what = message("Criterion '{id}': at_least must lie between 1 and {most}.", id=criterion.id, most=most)
        faults.append((what, "at_least"))
    if criterion.automatic and criterion.kind not in _ON_RECORDS:
        what = message("Criterion '{id}' of kind '{kind}' cannot be automatic: a record cannot tell.", **here)
        faults.append((what, "automatic"))
    if criterion.from_year and criterion.to_year and criterion.from_year > criterion.to_year:
        faults.append((message("Criterion '{id}': 'from' is later than 'to'.", id=criterion.id), "from"))
    return faults


_KEYS = {
    "year": ("from_year", "to_year"),
    "sections": ("require",),
    "concepts": ("of", "at_least"),
    "person": ("shows",),
}
_ON_RECORDS = ("year", "concepts")  # kinds that a record alone can fail
_NEEDED = {"year": ("from_year", "to_year"), "sections": ("require",), "concepts": ("of",), "person": ()}


def _missing_keys(criterion: Criterion) -> list[str]:
    needed = _NEEDED[criterion.kind]
    empty = [key for key in needed if not getattr(criterion, key)]
    if criterion.kind == "year" and len(empty) < len(needed):
        return []  # one bound suffices
    return [key.removesuffix("_year") for key in empty]


def _foreign_keys(criterion: Criterion) -> list[str]:
    """Keys that belong to another kind, and would be passed over in silence."""
    others = (key for kind, keys in _KEYS.items() if kind != criterion.kind for key in keys)
    return [key.removesuffix("_year") for key in others if getattr(criterion, key)]


def _unknown_concept(criterion: str, name: str, near: str) -> Message:
    if near:
        return message(
            "Criterion '{id}' names the concept '{name}'. Did you mean '{near}'?", id=criterion, name=name, near=near
        )
    return message(
        "Criterion '{id}' names the concept '{name}', which 'concepts' does not have.", id=criterion, name=name
    )


def _faults_of_rule(protocol: Protocol) -> list[Fault]:
    rule = protocol.main_studies
    if rule is None:
        return []
    faults: list[Fault] = []
    if rule.size < 1:
        faults.append((message("main_studies: size must be 1 or more."), "main_studies", "size"))
    levels = {"method": ("design", "family"), "locus": ("village", "district", "regency", "province")}
    for key, level in rule.differ_in.items():
        if level not in levels[key]:
            what = message("main_studies: {key} can differ in {levels}, not in '{level}'.",
                           key=key, levels=", ".join(levels[key]), level=level)  # fmt: skip
            faults.append((what, "main_studies", "differ_in", key))
    return faults


def _faults_of_coding(protocol: Protocol) -> list[Fault]:
    rule = protocol.coding
    faults: list[Fault] = [
        (message("coding: the round '{name}' stands twice.", name=name), "coding", "rounds", at)
        for at, name in enumerate(rule.rounds)
        if name in rule.rounds[:at]
    ]
    faults += [
        (
            message("coding: a round may have letters, digits, '-' and '_' only, not '{name}'.", name=name),
            "coding",
            "rounds",
            at,
        )
        for at, name in enumerate(rule.rounds)
        if not re.fullmatch(r"[\w-]{1,64}", name)
    ]
    if rule.double_coding is not None and rule.people < 2:
        what = message("coding: double_coding needs 'people' of 2 or more, who code the sample.")
        faults.append((what, "coding", "double_coding"))
    return faults
