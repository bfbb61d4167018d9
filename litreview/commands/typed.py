"""Commands as they can be typed on this computer, for hints."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path


def typed(command: str, folder: Path) -> str:
    """A command as it can be typed here: by its short name where the system finds that, else by the way to it."""
    program = Path(sys.argv[0])
    if program.stem != "litreview":
        words = [_way(Path(sys.executable)), "-m", "litreview"]
    elif _is_found(program):
        words = ["litreview"]
    else:
        words = [_way(program.with_suffix(""))]
    return " ".join([*words, command, *([] if folder == Path() else [_quoted(str(folder))])])


def _is_found(program: Path) -> bool:
    """Whether the short name alone would start this program."""
    found = shutil.which(program.stem)
    return found is not None and Path(found).resolve() == (program if program.exists() else Path(found)).resolve()


def _way(program: Path) -> str:
    """From this folder, where the program lies below it."""
    here = Path.cwd()
    return _quoted(str(program.absolute().relative_to(here) if program.absolute().is_relative_to(here) else program))


def _quoted(text: str) -> str:
    return f'"{text}"' if " " in text else text
