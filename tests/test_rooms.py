"""A room may use those below it, never above: read from the imports (ARCHITECTURE.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "litreview"
FLOORS = (
    ("errors", "files", "schema", "protocol", "ledger", "index", "engine", "anchors", "device", "lock", "versions"),
    ("language", "teamwork"),
    ("documents", "records"),
    ("coding",),
    ("screening",),
    ("synthesis",),
    ("exchange",),
    ("report",),
    ("pipeline", "review", "shipped"),
    ("cli", "commands", "web", "terminal", "__main__"),
)
SHARED = (0, 8, 9)  # on these floors the modules may use each other; elsewhere rooms of one floor do not


def floor_of(room: str) -> int:
    """A room's floor, counted from the ground. Raises `KeyError` for a room that the plan does not know."""
    return {name: floor for floor, names in enumerate(FLOORS) for name in names}[room]


def imported(tree: ast.AST, module: str) -> Iterator[str]:
    """Full names of what a module of the package imports, at its head or inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: -node.level] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{source}.{alias.name}" for alias in node.names)


def faults(module: str, source: str) -> list[str]:
    """What a module (`litreview.coding.cues`) imports from above, from beside, or from outside the package's plan."""
    found = []
    room = module.split(".")[1]
    for name in imported(ast.parse(source), module):
        parts = name.split(".")
        if parts[0] in ("tests", "sample", "benchmarks"):
            found.append(f"{module} imports {name}")
        if parts[0] != "litreview" or len(parts) == 1 or parts[1] in (room, "__version__"):
            continue
        other = floor_of(parts[1])
        if other > floor_of(room) or (other == floor_of(room) and other not in SHARED):
            found.append(f"{module} imports {name}")
    return found


def modules() -> Iterator[tuple[str, str]]:
    """Every module of the package with its source."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        if len(parts) > 2 or parts[-1] != "__init__":
            yield ".".join(parts), path.read_text(encoding="utf-8")


def test_rooms_use_only_those_below() -> None:
    found = [fault for module, source in modules() for fault in faults(module, source)]
    assert not found, "\n".join(found)


def test_the_plan_knows_every_room_and_the_modules_are_read() -> None:
    rooms = {module.split(".")[1] for module, _ in modules()}
    assert rooms >= {"errors", "ledger", "documents", "synthesis", "cli"}
    assert not [room for room in rooms if room not in {name for names in FLOORS for name in names}]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("litreview.documents.read", "from litreview.coding.model import Code"),
        ("litreview.documents.read", "from litreview.records import model"),
        ("litreview.records.read", "import litreview.documents.model"),
        ("litreview.language.tokens", "def f():\n    from litreview.documents.model import Document"),
        ("litreview.ledger", "from litreview import review"),
        ("litreview.ledger", "from .cli import main"),
        ("litreview.coding.cues", "from ..report.publish import publish"),
        ("litreview.exchange.annotated", "from litreview.report.render import render"),
        ("litreview.coding.cues", "import sample.codes"),
    ],
)
def test_the_check_bites(module: str, source: str) -> None:
    assert len(faults(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("litreview.coding.cues", "from litreview.language import tokens\nfrom .model import Code\nimport re"),
        ("litreview.coding.cues", "from . import model\nfrom litreview import __version__"),
        ("litreview.cli", "from litreview.review import Review\nfrom litreview.terminal import TerminalProgress"),
        ("litreview.report.render", "from litreview.exchange.annotated import annotate"),
        ("litreview.ledger", "from litreview.files import posix"),
    ],
)
def test_what_lies_below_may_be_used(module: str, source: str) -> None:
    assert faults(module, source) == []


def test_an_unknown_room_is_a_fault_of_the_plan() -> None:
    with pytest.raises(KeyError, match="attic"):
        faults("litreview.cli", "from litreview.attic import x")
