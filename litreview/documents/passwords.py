"""Passwords of PDFs: kept in the user's own settings by the file's content, never in a review, never shown."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from litreview.device import settings_folder
from litreview.errors import LitreviewError, UsageError, message
from litreview.files import is_named, read_bytes, write_atomic

_PRIVATE = 0o600


class Secret(msgspec.Struct, frozen=True):
    """A password, which no traceback and no log shows."""

    value: str

    def __repr__(self) -> str:
        return "Secret()"


class GivenPassword(msgspec.Struct, frozen=True):
    """A line of a passwords file: a password, and the file that it is for by name or path; "" to try it on all."""

    file: str
    secret: Secret

    def is_for(self, path: str) -> bool:
        """Whether the line is for a file of the review: it names its path, the end of it, or its name."""
        return not self.file or is_named(path, self.file) or is_named(self.file, path)


def kept_password(sha256: str) -> str:
    """The password that this user gave for a file's content; "" when none."""
    return read_kept().get(sha256, "")


def read_kept() -> dict[str, str]:
    """Every kept password by the SHA-256 of its file; what cannot be read holds none, and the user is asked again."""
    try:
        return msgspec.json.decode(read_bytes(_path()), type=dict[str, str])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}


def keep_passwords(found: dict[str, str], root: Path) -> None:
    """Keep passwords by SHA-256. Raises `LitreviewError` when the settings lie in the review, or cannot be written."""
    if not found:
        return
    path = _path()
    if path.resolve().is_relative_to(root.resolve()):
        raise LitreviewError(message("Your settings lie inside the review, where passwords must not be kept: they would"
                                     " be shared with it. Let LITREVIEW_SETTINGS name another folder."), path
                             )  # fmt: skip
    try:
        before = os.umask(0o077)
        try:
            write_atomic(path, msgspec.json.encode(dict(sorted({**read_kept(), **found}.items()))))
        finally:
            os.umask(before)
        path.chmod(_PRIVATE)
    except OSError as error:
        raise LitreviewError(message("Your settings cannot be kept ({why}). Give this folder rights, or name another in"
                                     " LITREVIEW_SETTINGS.", why=error.strerror or str(error)), path
                             ) from error  # fmt: skip


def _path() -> Path:
    return settings_folder() / "passwords.json"


def read_passwords_file(path: Path, root: Path) -> list[GivenPassword]:
    """The lines of a passwords file, in order: `file<TAB>password`, `file: password`, or a password alone; `#` begins
    a remark. Raises `UsageError` when the file lies in the review, or cannot be read."""
    if path.resolve().is_relative_to(root.resolve()):
        raise UsageError(message("The passwords file lies inside the review, and would be shared with it. Move it to"
                                 " another folder."), path)  # fmt: skip
    try:
        content = read_bytes(path)
    except OSError as error:
        raise UsageError(message("The passwords file cannot be read ({why}).", why=error.strerror or str(error)),
                         path) from error  # fmt: skip
    return [_read_line(line) for line in _decoded(content).splitlines() if line.strip() and line.strip()[0] != "#"]


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):  # Notepad's "Unicode"
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _read_line(line: str) -> GivenPassword:
    """A line's file and password. A colon divides only behind a name of a PDF: passwords may have one too."""
    name, tab, password = line.partition("\t")
    if not tab:
        at = line.casefold().find(".pdf:")
        if at < 0:
            return GivenPassword("", Secret(line.strip()))
        name, password = line[: at + 4], line[at + 5 :]
    return GivenPassword(name.strip(), Secret(password.strip()))
