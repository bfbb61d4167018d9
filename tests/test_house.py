"""What stands in the repository is text for everyone: UTF-8 with plain line ends, no machine's paths or hosts."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
AS_FOUND = ("corpus/exports/", "tests/data/")  # kept byte for byte: exports come with any line ends
HOSTS = ["py" + "pi.org", "python" + "hosted.org", "ana" + "conda.org", "npm" + "js.", "debian" + ".org"]
PLACES = re.compile(
    r"(?<![\w./:~-])/(?:" + "|".join(["work", "root", "tm" + "p", "home", "Users", "opt"]) + r")\b(?!\.)"
)


@cache
def tracked() -> tuple[Path, ...]:
    """Tracked files that are there; skips where this is no checkout."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("no git checkout: the list of tracked files is not known")
    listing = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return tuple(ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file())


def texts() -> list[tuple[str, bytes]]:
    """Names and contents of text files."""
    files = [(path.relative_to(ROOT).as_posix(), path.read_bytes()) for path in tracked()]
    return [(name, content) for name, content in files if b"\0" not in content and not name.endswith((".pdf", ".png"))]


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """`file:line: text` of every line that a pattern finds in a text file."""
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, content in texts()
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_text_files_are_utf8_with_plain_line_ends() -> None:
    found = []
    for name, content in texts():
        if name.startswith(AS_FOUND):
            continue
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            found.append(f"{name}: not UTF-8")
        if b"\r" in content or content.startswith(b"\xef\xbb\xbf"):
            found.append(f"{name}: line ends of Windows, or a byte order mark")
        if content and not content.endswith(b"\n"):
            found.append(f"{name}: no line end at the end")
    assert not found, "\n".join(found)


def test_no_registry_is_named() -> None:
    found = lines_with(re.compile("|".join(map(re.escape, HOSTS))))
    assert not found, "\n".join(found)


def test_no_path_of_a_machine_is_named() -> None:
    found = [line for line in lines_with(PLACES) if not line.startswith("LICENSE")]
    assert not found, "\n".join(found)


def test_names_of_files_suit_every_system() -> None:
    names = [path.relative_to(ROOT).as_posix() for path in tracked()]
    assert not [name for name in names if re.search(r'[<>:"\\|?*]|[ .]/|[ .]$', name)]
    assert len({name.casefold() for name in names}) == len(names)
    assert not [path for path in tracked() if path.is_symlink()]


@pytest.mark.parametrize(
    ("line", "bites"),
    [
        ("cd /" + "work/main", True),
        ('open("/' + "tm" + 'p/x")', True),
        ("see docs/work/x", False),
        ("https://example.org/home/x", False),
        ("and/or", False),
    ],
)
def test_the_check_of_paths_bites(line: str, bites: bool) -> None:
    assert bool(PLACES.search(line)) is bites
