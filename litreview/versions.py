"""Versions of protocol and codebook by content: each that a judgment names is kept whole (law 1).

A version is the text of a YAML file; its name is the SHA-256 of that text in UTF-8 with `\\n` line ends, so that a copy
whose line ends a system has changed is the same version. It lies in `judgments/versions/<sha256>.yaml`, is written
through to disk before the line of the judgment that names it, and is never changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import msgspec

from litreview.errors import LedgerError, ProtocolError, message
from litreview.files import hash_bytes, sync_folder, write_atomic
from litreview.ledger import Judgment
from litreview.schema import read_text

FOLDER = "versions"


class Version(msgspec.Struct, frozen=True):
    """The whole text of a protocol or codebook, and its name by content."""

    hash: str
    text: str


def version_of(text: str) -> Version:
    """The version that a text is."""
    return Version(hash_bytes(text.encode("utf-8")), text)


def read_version(path: Path) -> Version:
    """The version that a file holds now. Raises `ProtocolError` when it cannot be read."""
    return version_of(read_text(path))


def keep_version(judgments: Path, version: Version) -> None:
    """Keep a version under the `judgments` folder, written through to disk on return; what is kept already stays.

    Raises `LedgerError` when the disk is full or the folder cannot be written.
    """
    folder = judgments / FOLDER
    made = [one for one in (folder, judgments) if not one.exists()]
    try:
        write_atomic(folder / f"{version.hash}.yaml", version.text.encode("utf-8"))
        for one in made:
            sync_folder(one.parent)
    except OSError as error:
        what = message("The version that the judgment names could not be kept ({why}). Free the disk or its rights,"
                       " then try again.", why=error.strerror or str(error))  # fmt: skip
        raise LedgerError(what, folder) from error


def kept_version(judgments: Path, hash_: str) -> Version | None:
    """A version by name, whatever a drive or a chat named the copy; None where none is at hand that is whole."""
    folder = judgments / FOLDER
    copies = sorted(folder.glob("*.yaml"), key=lambda path: (path.stem != hash_, path.name)) if folder.is_dir() else []
    return next((found for path in copies if (found := _readable(path)) is not None and found.hash == hash_), None)


def _readable(path: Path) -> Version | None:
    try:
        return read_version(path)
    except ProtocolError:
        return None


class Chain:
    """How versions follow each other by the standing judgments that say so (`protocol-version`, `codebook-version`;
    body: `from`, `to`). They form a graph, in which the order of files and of ids decides nothing."""

    def __init__(self, judgments: Iterable[Judgment], kind: str) -> None:
        self.steps: dict[str, dict[str, list[Judgment]]] = defaultdict(dict)
        for one in sorted((j for j in judgments if j.kind == kind), key=lambda j: j.id):
            source, target = _text(one, "from"), _text(one, "to")
            self.steps[source].setdefault(target, []).append(one)

    def ways(self, version: str) -> dict[str, list[list[Judgment]]]:
        """Every version that follows a version, itself too, with the shortest way there (of equals the first by name):
        a list of steps, each of one judgment, or of several that say the same pair."""
        found: dict[str, list[list[Judgment]]] = {version: []}
        queue = [version]
        for one in queue:
            for target, steps in sorted(self.steps.get(one, {}).items()):
                if target not in found:
                    found[target] = [*found[one], steps]
                    queue.append(target)
        return found

    def newer(self, version: str) -> list[str]:
        """The last ones of the versions that follow a version, by name; none where it is a last one itself."""
        return [
            one for one in sorted(self.ways(version))
            if version not in self.ways(one) and not self._is_followed(one)
        ]  # fmt: skip

    def _is_followed(self, version: str) -> bool:
        """Whether a way leads on from a version that does not lead back."""
        return any(version not in self.ways(one) for one in self.ways(version))

    def loose(self, named: Iterable[tuple[str, str]], today: str) -> list[str]:
        """Versions that judgments were made under, or that stand last, and that no way joins to today's, by name."""
        known = {version for _, version in named} | {target for targets in self.steps.values() for target in targets}
        return [
            one
            for one in sorted(known - {"", today})
            if today not in self.ways(one) and one not in self.ways(today) and not self._is_followed(one)
        ]

    def last(self, named: Iterable[tuple[str, str]]) -> str:
        """The version that stands last. `named`: (id of judgment, version that it was made under), in any order.

        What others follow is not the last, unless the way leads back; of several the one that was named last is. Empty
        where no judgment names any.
        """
        steps = [(one.id, target) for targets in self.steps.values() for target, of in targets.items() for one in of]
        latest: dict[str, str] = {}
        for id_, version in (*steps, *named):
            latest[version] = max(id_, latest.get(version, ""))
        ranked = sorted((id_, version) for version, id_ in latest.items() if version)
        return next((version for _, version in reversed(ranked) if not self._is_followed(version)), "")


def _text(judgment: Judgment, key: str) -> str:
    return str(judgment.body.get(key) or "")
