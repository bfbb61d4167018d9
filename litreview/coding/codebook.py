"""The codebook file: read strictly, its cues parsed, its own examples run as tests of itself."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path

import msgspec

from litreview.coding.cues import ASKS, CueError, Sets, parse_cue
from litreview.coding.model import Code, Codebook, Label, Relation, Theme
from litreview.errors import Message, ProtocolError, message
from litreview.schema import parse_yaml, read_text

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class CodeRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A code as it stands in the file."""

    id: str
    label: Label
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    attributes: dict[str, str] = {}
    lens_asks: Label | None = None
    cues: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


class ThemeRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A theme as it stands in the file; `asks` is what its cues ask of polarity unless they say otherwise.

    `attributes` declares the free keys of its codes, each with its values.
    """

    id: str
    label: Label
    colour: str = "#777777"
    asks: str = "stated"
    attributes: dict[str, tuple[str, ...]] = {}
    codes: tuple[CodeRow, ...] = ()


class RelationRow(msgspec.Struct, frozen=True, array_like=True):
    """`[source, {id: …, en: …}, target, [cue words]]`; the last may be left out."""

    source: str
    label: Label
    target: str
    cues: tuple[str, ...] = ()


class CodebookFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file. `names`: words that stand as one, by key; `words`: named sets for cues (`<lack>`)."""

    format: int
    themes: tuple[ThemeRow, ...]
    title: Label | None = None
    names: dict[str, tuple[str, ...]] = {}
    words: dict[str, tuple[str, ...]] = {}
    relations: tuple[RelationRow, ...] = ()


def load_codebook(path: Path) -> Codebook:
    """Read a codebook. Raises `ProtocolError` with file and line; cues with their column."""
    return parse_codebook(read_text(path), path)


def parse_codebook(text: str, path: Path | None = None) -> Codebook:
    """The pure half of `load_codebook`; `hash` is the SHA-256 of the text in UTF-8."""
    file = parse_yaml(text, CodebookFile, path)
    if file.format != 1:
        what = message("This codebook has format {format}; this program reads format 1.", format=file.format)
        raise ProtocolError(what, path, _line(text, "format:"))
    _check_ids(file, text, path)
    _check_attributes(file, text, path)
    _check_cues(file, text, path)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Codebook(
        themes=tuple(_theme(row) for row in file.themes),
        relations=tuple(Relation(r.source, r.label, r.target, r.cues) for r in file.relations),
        hash=digest,
        path=path.as_posix() if path else "",
        names=file.names,
        words=file.words,
    )


def _theme(row: ThemeRow) -> Theme:
    codes = tuple(
        Code(theme=row.id, **{name: getattr(c, name) for name in CodeRow.__struct_fields__}) for c in row.codes
    )
    return Theme(id=row.id, label=row.label, colour=row.colour, codes=codes, asks=row.asks, attributes=row.attributes)


def _check_ids(file: CodebookFile, text: str, path: Path | None) -> None:
    ids = [code.id for theme in file.themes for code in theme.codes]
    for name, count in Counter(ids).items():
        if count > 1:
            raise ProtocolError(message("The code '{id}' stands twice.", id=name), path, _line(text, f"id: {name}", 2))
        if not _ID.fullmatch(name):
            what = message("The code '{id}' must be lower-case letters and digits joined by hyphens.", id=name)
            raise ProtocolError(what, path, _line(text, f"id: {name}"))
    for theme in file.themes:
        if not _COLOUR.fullmatch(theme.colour):
            what = message("'{colour}' is not a colour; write it as \"#0072b2\".", colour=theme.colour)
            raise ProtocolError(what, path, _line(text, theme.colour))
        if theme.asks not in ASKS:
            what = message("'{asks}' is not one of {known}.", asks=theme.asks, known=", ".join(ASKS))
            raise ProtocolError(what, path, _line(text, f"asks: {theme.asks}"))
    for relation in file.relations:
        for end in (relation.source, relation.target):
            if end not in ids:
                what = message("A relation names the code '{id}', which the codebook does not have.", id=end)
                raise ProtocolError(what, path, _line(text, f"[{relation.source},"))


def _check_attributes(file: CodebookFile, text: str, path: Path | None) -> None:
    for theme in file.themes:
        for code in theme.codes:
            for key, value in code.attributes.items():
                known = theme.attributes.get(key)
                if known is None or value not in known:
                    what = message(
                        "Code '{id}': the attribute {key}: {value} is not declared at its theme ({known}).",
                        id=code.id, key=key, value=value, known=", ".join(known or theme.attributes),
                    )  # fmt: skip
                    raise ProtocolError(what, path, _line(text, f"id: {code.id}"))


def _check_cues(file: CodebookFile, text: str, path: Path | None) -> None:
    sets = Sets(file.words)
    sources = [f"<{name}>" for name in file.words]
    for source in [*sources, *(cue for theme in file.themes for code in theme.codes for cue in code.cues)]:
        try:
            parse_cue(source, sets)
        except CueError as error:
            raise ProtocolError(error.what, path, _line(text, error.source) or _line(text, source)) from None


def _line(text: str, wanted: str, occurrence: int = 1) -> int | None:
    """The line (from 1) where something stands for the n-th time."""
    for number, line in enumerate(text.splitlines(), start=1):
        if wanted in line:
            occurrence -= 1
            if occurrence == 0:
                return number
    return None


def tell_codebook(codebook: Codebook) -> Message:
    """How many codes a codebook has, and how many sentences `check_codebook` tries on those with cues."""
    if not codebook.path:
        return message("No codebook is named in review.yaml: no passage is suggested or coded, all else works.")
    tried = [code for code in codebook.codes.values() if code.cues]
    return message(
        "The codebook has {count} codes; {examples} examples and {counterexamples} counter-examples were tried.",
        count=len(codebook.codes),
        examples=sum(len(code.examples) for code in tried),
        counterexamples=sum(len(code.counterexamples) for code in tried),
    )


def check_codebook(codebook: Codebook) -> list[Message]:
    """Run every example and counter-example through the cues; one message for each that fails."""
    from litreview.coding.suggest import suggest_sentence

    failures = []
    for code in codebook.codes.values():
        if not code.cues:
            continue
        for text in code.examples:
            if code.id not in suggest_sentence(text, codebook):
                failures.append(
                    message("{code}: the example is not suggested: {sentence}", code=code.id, sentence=text)
                )
        for text in code.counterexamples:
            if code.id in suggest_sentence(text, codebook):
                what = message("{code}: the counter-example is suggested: {sentence}", code=code.id, sentence=text)
                failures.append(what)
    return failures
