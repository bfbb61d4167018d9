"""YAML files that people write, read strictly into values: a mistake is told with its line and the nearest key."""

from __future__ import annotations

import difflib
import re
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
    data = _load(text, path)
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise _explain(str(error), text, kind, path) from None


def _load(text: str, path: Path | None) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return YAML(typ="safe", pure=False).load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = message("This is not valid YAML ({why}). Check indentation, colons and quotes.",
                       why=(error.problem or error.context or "").strip())  # fmt: skip
        raise ProtocolError(what, path, mark.line + 1 if mark else None) from None
    except YAMLError as error:
        what = message("This is not valid YAML ({why}). Check indentation, colons and quotes.", why=str(error))
        raise ProtocolError(what, path) from None


def _explain(problem: str, text: str, kind: Any, path: Path | None) -> ProtocolError:
    """Turn msgspec's finding into a sentence with a line number."""
    detail, _, where = problem.partition(" - at `")
    steps = [name or int(index) if index != "..." else name for name, index in _STEP.findall(where.rstrip("`"))]
    unknown = re.search(r"unknown field `(.+?)`", detail)
    missing = re.search(r"missing required field `(.+?)`", detail)
    if unknown:
        key = unknown.group(1)
        return ProtocolError(_unknown_key(key, _known_keys(kind, steps)), path, _line(text, [*steps, key]))
    if missing:
        return ProtocolError(
            message("The key '{key}' is missing here.", key=missing.group(1)), path, _line(text, steps)
        )
    name = ".".join(str(step) for step in steps) or "file"
    what = message("'{key}' is not as expected: {why}.", key=name, why=_plain(detail))
    return ProtocolError(what, path, _line(text, steps))


def _plain(detail: str) -> str:
    """msgspec's types in words that a researcher knows."""
    words = {"`array`": "a list", "`object`": "keys with values", "`str`": "a text", "`int`": "a whole number",
             "`bool`": "true or false", "`null`": "nothing", "`float`": "a number"}  # fmt: skip
    for code, word in words.items():
        detail = detail.replace(code, word)
    return detail[:1].lower() + detail[1:]


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
    from msgspec import inspect

    node: Any = inspect.type_info(kind)
    for step in steps:
        node = _child(node, step)
    node = _struct_in(node)
    return [field.encode_name for field in node.fields] if node is not None else []


def _child(node: Any, step: Any) -> Any:
    struct = _struct_in(node)
    if struct is not None:
        found = [field.type for field in struct.fields if field.encode_name == step]
        return found[0] if found else node
    return getattr(node, "item_type", None) or getattr(node, "value_type", None) or node


def _struct_in(node: Any) -> Any:
    for candidate in getattr(node, "types", (node,)):
        if hasattr(candidate, "fields"):
            return candidate
    return None


def _line(text: str, steps: list[Any]) -> int | None:
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
