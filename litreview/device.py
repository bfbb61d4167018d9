"""Which device this is, and who judges on it: kept with the user's own settings, outside every review."""

from __future__ import annotations

import os
import re
import uuid
from contextlib import suppress
from pathlib import Path

import msgspec

from litreview.errors import LitreviewError, UsageError, message
from litreview.files import read_bytes, write_atomic, write_through
from litreview.protocol import Protocol

_DEVICE = re.compile(r"[0-9a-f]{8}")


def settings_folder() -> Path:
    """Where the user's own settings lie; `LITREVIEW_SETTINGS` may name another place."""
    named = os.environ.get("LITREVIEW_SETTINGS")
    if named:
        return Path(named)
    import click

    return Path(click.get_app_dir("litreview"))


def device_id() -> str:
    """This device's id: eight hex digits, made at first use. Programs that ask for the first time at once get the same.

    Raises `LitreviewError` when the settings cannot be written.
    """
    path = settings_folder() / "device"
    try:
        if not _read_device(path):
            _make_device(path)
        return _read_device(path)
    except OSError as error:
        raise _not_kept(error, path) from error


def _read_device(path: Path) -> str:
    """The id that a file holds; empty where there is none, or a crash left another thing in its place."""
    try:
        found = read_bytes(path).decode("ascii", "replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    return found if _DEVICE.fullmatch(found) else ""


def _make_device(path: Path) -> None:
    """Put a new id in place unless another program was first: a link, unlike a move, replaces nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".device.{uuid.uuid4().hex}")
    try:
        write_through(aside, uuid.uuid4().hex[:8].encode())
        with suppress(OSError):  # someone was first, or the drive knows no links
            os.link(aside, path)
        if not _read_device(path):
            aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def resolve_person(protocol: Protocol, root: Path, asked: str = "") -> str:
    """Who judges: `asked` (`--as`), else whom this user chose for this review. Never guessed from the system.

    Raises `UsageError`, with the ids that there are, when nobody was chosen or the protocol does not know them.
    """
    known = [person.id for person in protocol.people]
    person = asked or chosen_person(root)
    if person in known:
        return person
    names = ", ".join(known) or "–"
    if not known:
        raise UsageError(
            message(
                "Nobody can judge yet: name the team in review.yaml, for example: {example}",
                example="people: [{id: rina, name: Rina, role: reviewer}]",
            )
        )
    if not person:
        raise UsageError(message("Who judges? Add --as with one of: {known}. With --remember it is asked once only.",
                                 known=names))  # fmt: skip
    raise UsageError(message("'{person}' is not among 'people' of review.yaml. Known here: {known}.",
                             person=person, known=names))  # fmt: skip


def chosen_person(root: Path) -> str:
    """Whom this user chose for a review on this computer; empty when nobody."""
    return _read_choices().get(_key(root), "")


def remember_person(root: Path, person: str) -> None:
    """Keep who judges in a review on this computer. Raises `LitreviewError` when the settings cannot be written."""
    choices = dict(sorted({**_read_choices(), _key(root): person}.items()))
    try:
        write_atomic(_choices_path(), msgspec.json.format(msgspec.json.encode(choices), indent=1))
    except OSError as error:
        raise _not_kept(error, _choices_path()) from error


def _not_kept(error: OSError, path: Path) -> LitreviewError:
    what = message("Your settings cannot be kept ({why}). Give this folder rights, or name another in"
                   " LITREVIEW_SETTINGS.", why=error.strerror or str(error))  # fmt: skip
    return LitreviewError(what, path)


def _choices_path() -> Path:
    return settings_folder() / "people.json"


def _key(root: Path) -> str:
    return os.path.normcase(root.resolve())


def _read_choices() -> dict[str, str]:
    """Review's folder → person; a file that cannot be read holds no choice, and the user is asked again."""
    try:
        return msgspec.json.decode(read_bytes(_choices_path()), type=dict[str, str])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}
