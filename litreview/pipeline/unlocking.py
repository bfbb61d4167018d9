"""Files that ask for a password: those that were given are tried, and the right ones kept with the user's settings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from litreview.documents.kinds import has_pages
from litreview.documents.model import FileStatus
from litreview.documents.opening import right_password
from litreview.documents.passwords import GivenPassword, Secret, keep_passwords
from litreview.engine import map_items
from litreview.errors import Message, message
from litreview.files import locate


class _Attempt(msgspec.Struct, frozen=True):
    """A file and the passwords to try on it; handed to a worker through its pipe."""

    path: Path
    secrets: tuple[Secret, ...]


def locked(files: Sequence[FileStatus]) -> list[FileStatus]:
    """The PDFs that ask for a password; Word documents are not opened by one."""
    return [file for file in files if file.status == "needs-password" and has_pages(file.path)]


def unlock(root: Path, files: Sequence[FileStatus], given: Sequence[GivenPassword]) -> list[str]:
    """Try passwords on files of a review, keep those that open one by the file's SHA-256; the paths that were opened.

    Raises `LitreviewError` when they cannot be kept.
    """
    attempts = [_Attempt(locate(root, file.path), _secrets(file, given)) for file in files]
    found: dict[str, str] = {}
    opened = []
    for outcome in map_items(_try, attempts, preload=("pymupdf",)):
        file, number = files[outcome.index], outcome.result
        if file.sha256 and number is not None and number >= 0:
            found[file.sha256] = attempts[outcome.index].secrets[number].value
            opened.append(file.path)
    keep_passwords(found, root)
    return opened


def tell_unopened(
    files: Sequence[FileStatus], opened: Sequence[str], given: Sequence[GivenPassword], source: str
) -> list[Message]:
    """The locked files that none of the given passwords opened, and names for which a password was given and that no
    file has; `source` is the file of passwords. No password is told."""
    tried = [file.path for file in locked(files) if file.path not in opened and _secrets(file, given)]
    names = dict.fromkeys(one.file for one in given if not any(one.is_for(file.path) for file in files))
    return [
        *(message("{file}: no password in {source} opens it.", file=path, source=source) for path in tried),
        *(message("{source}: it names {file}, but there is no such file here.", file=name, source=source)
          for name in names),
    ]  # fmt: skip


def _secrets(file: FileStatus, given: Sequence[GivenPassword]) -> tuple[Secret, ...]:
    """The passwords for a file: first those that name it."""
    ordered = sorted((one for one in given if one.is_for(file.path)), key=lambda one: not one.file)
    return tuple(one.secret for one in ordered)


def _try(attempt: _Attempt) -> int:
    """In a worker: which password opens the file; -1 for none."""
    return right_password(attempt.path, tuple(secret.value for secret in attempt.secrets))
