"""YAML files that people write, read strictly into values: a mistake is told with its line and the nearest key."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from litreview.errors import Message, ProtocolError, message

T = TypeVar("T")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


def read_text(path: Path) -> str:
    """A text file's content (UTF-8, with or without BOM). Raises `ProtocolError` when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        what = message("The file is missing. Create it, or correct the path that names it.")
        raise ProtocolError(what, path) from None
    except UnicodeDecodeError:
        raise ProtocolError(message("The file is not UTF-8 text. Save it as UTF-8."), path) from None
    except OSError as error:
        what = message("The file cannot be read ({why}).", why=error.strerror or str(error))
        raise ProtocolError(what, path) from error


def read_yaml(path: Path, kind: type[T]) -> T:
    """Read a YAML file into a struct. Raises `ProtocolError` with file, line, what was expected, nearest key."""
    return parse_yaml(read_text(path), kind, path)


def parse_yaml(text: str, kind: type[T], path: Path | None = None) -> T:
    """The pure half of `read_yaml`."""
    data = _filled(_load(text, path))
    if data is None:
        what = message("The file is empty, or holds notes only. Fill it in; litreview init makes one to begin with.")
        raise ProtocolError(what, path)
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        steps = _steps(str(error), data, kind)
        what, line_of = _explain(str(error), steps, data, kind)
        raise ProtocolError(what, path, find_line(text, line_of)) from None


def explain(error: msgspec.ValidationError, data: Any, kind: Any) -> Message:
    """msgspec's finding on `data`, which is not of a kind, as a sentence for people."""
    return _explain(str(error), _steps(str(error), data, kind), data, kind)[0]


def _load(text: str, path: Path | None) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return YAML(typ="safe", pure=False).load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = _not_yaml((error.problem or error.context or "").strip())
        raise ProtocolError(what, path, mark.line + 1 if mark else None) from None
    except YAMLError as error:
        raise ProtocolError(_not_yaml(str(error)), path) from None


def _not_yaml(why: str) -> Message:
    if why.startswith("expected <block end>"):
        return message(
            "This line does not fit those above it. Lines of one list begin in the same column, and a key with lines"
            " beneath it has no [] or {{}} after its colon."
        )
    return message("This is not valid YAML ({why}). Check indentation, colons and quotes.", why=why)


def _filled(data: Any) -> Any:
    """A file's keys but for those that nobody has filled in: `people:` with nothing beneath it stands for none."""
    return {key: value for key, value in data.items() if value is not None} if isinstance(data, dict) else data


def _steps(problem: str, data: Any, kind: Any) -> list[Any]:
    """Keys and list places (from 0) on the way to a fault; msgspec says `[...]` for a free key, found here by trial."""
    steps: list[Any] = []
    for name, index in _STEP.findall(problem.partition(" - at `")[2].rstrip("`")):
        step = name or (int(index) if index != "..." else _faulty_key(problem, data, steps, kind))
        steps.append(step)
    return steps


def _faulty_key(problem: str, data: Any, steps: list[Any], kind: Any) -> Any:
    """The first key of a mapping that has the same fault when it is the only one there."""
    for key, value in _at(data, steps).items():
        try:
            msgspec.convert(_with(data, steps, {key: value}), kind)
        except msgspec.ValidationError as error:
            if str(error) == problem:
                return key
    return ""


def _with(data: Any, steps: list[Any], value: Any) -> Any:
    """A copy of `data` with another value at the end of a path."""
    if not steps:
        return value
    copy = data.copy()
    copy[steps[0]] = _with(data[steps[0]], steps[1:], value)
    return copy


def _at(data: Any, steps: list[Any]) -> Any:
    for step in steps:
        data = data[step]
    return data


def _explain(problem: str, steps: list[Any], data: Any, kind: Any) -> tuple[Message, list[Any]]:
    """msgspec's finding as a sentence, and the steps to the line that it is about."""
    unknown = re.search(r"unknown field `(.+?)`", problem)
    if unknown:
        key = unknown.group(1)
        return _unknown_key(key, _known_keys(kind, steps)), [*steps, key]
    missing = re.search(r"missing required field `(.+?)`", problem)
    if missing:
        return message("The key '{key}' is missing here.", key=missing.group(1)), steps
    name = ".".join(str(step + 1) if isinstance(step, int) else str(step) for step in steps) or "file"
    if " - at `key` in `" in problem:
        return _wrong_name(name, steps, data, kind)
    choices = _choices(kind, steps)
    if problem.startswith("Invalid enum value") and choices:
        return _not_among(name, str(_at(data, steps)), choices), steps
    bound = re.match(r"Expected `\w+` ([<>]=?) (\S+)", problem)
    if bound:
        return message("'{key}' must be {bound}, not {value}.", key=name, bound=" ".join(bound.groups()),
                       value=str(_at(data, steps))), steps  # fmt: skip
    length = re.search(r"of length >= (\d+)", problem)
    if length:
        return _too_short(name, int(length.group(1))), steps
    expected = re.match(r"Expected `(\w+)", problem)
    template = _EXPECTED.get(expected.group(1) if expected else "")
    if template:
        return msgspec.structs.replace(template, values={"key": name}), steps
    return message("'{key}' is not as expected: {why}.", key=name, why=problem.partition(" - at")[0]), steps


_EXPECTED = {
    "str": message("'{key}' must be a text."),
    "int": message("'{key}' must be a whole number."),
    "float": message("'{key}' must be a number."),
    "bool": message("'{key}' must be true or false."),
    "array": message("'{key}' must be a list, as in [a, b]."),
    "object": message("'{key}' must have keys with values, as in {{key: value}}."),
}


def _too_short(key: str, least: int) -> Message:
    if least == 1:
        return message("'{key}' must not be empty.", key=key)
    return message("'{key}' must hold {least} or more.", key=key, least=least)


def _not_among(key: str, value: str, choices: list[str]) -> Message:
    known, near = ", ".join(choices), nearest(value, choices)
    if near:
        return message("'{key}' cannot be '{value}'. Did you mean '{near}'? Known here: {known}.",
                       key=key, value=value, near=near, known=known)  # fmt: skip
    return message("'{key}' cannot be '{value}'. Known here: {known}.", key=key, value=value, known=known)


def _wrong_name(key: str, steps: list[Any], data: Any, kind: Any) -> tuple[Message, list[Any]]:
    """What is told of a mapping's key that is no text, or not among the names that are known there."""
    named = next((one.key_type for one in _options(_node(kind, steps)) if hasattr(one, "key_type")), None)
    known = _values(named)
    wrong = next(
        (one for one in _at(data, steps) if (str(one) not in known if known else not isinstance(one, str))), ""
    )
    if known:
        return _not_among(key, str(wrong), known), [*steps, wrong]
    return message("'{key}' must be a text.", key=key), [*steps, wrong]


def _choices(kind: Any, steps: list[Any]) -> list[str]:
    """The values that a named choice allows, as texts."""
    return next((found for node in _options(_node(kind, steps)) if (found := _values(node))), [])


def _values(node: Any) -> list[str]:
    return [str(value) for value in getattr(node, "values", ())]


def _unknown_key(key: str, known: list[str]) -> Message:
    near = nearest(key, known)
    if near:
        return message("Unknown key '{key}'. Did you mean '{near}'?", key=key, near=near)
    return message("Unknown key '{key}'. Known here: {known}.", key=key, known=", ".join(known))


def nearest(word: str, known: list[str]) -> str:
    """The known word most like a word, or an empty string when none is near."""
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return found[0] if found else ""


def _known_keys(kind: Any, steps: list[Any]) -> list[str]:
    """The keys of the struct that a path leads to."""
    node = _struct_in(_node(kind, steps))
    return [field.encode_name for field in node.fields] if node is not None else []


def _node(kind: Any, steps: list[Any]) -> Any:
    """msgspec's description of the type that a path leads to."""
    from msgspec import inspect

    node: Any = inspect.type_info(kind)
    for step in steps:
        node = _child(node, step)
    return node


def _child(node: Any, step: Any) -> Any:
    struct = _struct_in(node)
    if struct is not None:
        found = [field.type for field in struct.fields if field.encode_name == step]
        return found[0] if found else node
    for option in _options(node):
        inner = getattr(option, "item_type", None) or getattr(option, "value_type", None)
        if inner is not None:
            return inner
    return node


def _options(node: Any) -> tuple[Any, ...]:
    """The members of a union, or the type alone."""
    return tuple(getattr(node, "types", (node,)))


def _struct_in(node: Any) -> Any:
    return next((option for option in _options(node) if hasattr(option, "fields")), None)


def find_line(text: str, steps: Iterable[Any]) -> int | None:
    """The line (from 1) of the deepest node of a path that the file holds."""
    from ruamel.yaml import YAML

    node: Any = YAML().compose(text)
    line = 1
    for step in steps:
        pair = _into(node, step)
        if pair is None:
            break
        line, node = pair
    return line


def _into(node: Any, step: Any) -> tuple[int, Any] | None:
    if node is None or isinstance(node.value, str):
        return None
    if isinstance(step, int):
        if step < len(node.value) and not isinstance(node.value[step], tuple):
            return node.value[step].start_mark.line + 1, node.value[step]
        return None
    for pair in node.value:
        if isinstance(pair, tuple) and pair[0].value == step:
            return pair[0].start_mark.line + 1, pair[1]
    return None
