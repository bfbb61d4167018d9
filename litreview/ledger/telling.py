"""What a researcher is told of lines that give no judgment, file by file. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from litreview.errors import Message, message
from litreview.ledger.bodies import KINDS
from litreview.ledger.lines import Trouble
from litreview.ledger.reading import FileRead
from litreview.ledger.upgrades import FORMAT

MOST_LINES = 20  # damaged ones told one by one; a file that is none of ours has thousands


def tell_file(file: FileRead) -> Iterator[Message]:
    """What is to be told of a file."""
    troubles = all_troubles(file)
    yield from _tell_damaged(file)
    for line, trouble in troubles:
        if trouble.judgment is not None and trouble.why is not None:
            yield message(
                "{file}, line {line}: a judgment of {person} is not as its kind '{kind}' asks, and is set aside: {why}",
                file=file.name, line=line, person=trouble.judgment.person, kind=trouble.judgment.kind, why=trouble.why,
            )  # fmt: skip
    marks = [line for line, trouble in troubles if trouble.what == "marker"]
    if marks:
        yield message(
            "{file}: git left the marks of a merge in lines {lines}; they were passed over, the rest was read.",
            file=file.name, lines=", ".join(map(str, marks)),
        )  # fmt: skip
    newer = [line for line, trouble in troubles if trouble.what == "newer"]
    if newer:
        yield message(
            "{file}: made by a newer version, from line {line} on: {count}; update litreview to use them.",
            file=file.name, line=newer[0], count=len(newer),
        )  # fmt: skip


def _tell_damaged(file: FileRead) -> Iterator[Message]:
    damaged = [line for line, trouble in file.troubles if trouble.what == "damaged"]
    for line in damaged[:MOST_LINES]:
        yield message("{file}, line {line}: damaged, set aside; the other lines stand.", file=file.name, line=line)
    if len(damaged) > MOST_LINES:
        yield message("{file}: {count} more lines are damaged.", file=file.name, count=len(damaged) - MOST_LINES)
    if isinstance(file.last, Trouble) and file.last.what == "damaged":
        yield message("{file}, line {line}: cut off, by a crash or because it is still being copied; set aside, the"
                      " other lines stand.", file=file.name, line=file.lines + 1)  # fmt: skip


def all_troubles(file: FileRead) -> list[tuple[int, Trouble]]:
    """Lines (from 1) that give no judgment, the unfinished last one too."""
    last = [(file.lines + 1, file.last)] if isinstance(file.last, Trouble) else []
    return [*file.troubles, *last]


def tell_clash(files: Iterable[FileRead], id_: str) -> Message:
    """That different judgments have one id."""
    names = sorted(f.name for f in files if any(j.id == id_ for j in f.judgments))
    return message(
        "{files}: different judgments have the id {id}; one of them stands, chosen by its content alone. A line was"
        " changed: look for an older copy.",
        files=", ".join(names),
        id=id_,
    )


def tell_newer(files: Iterable[FileRead]) -> Message | None:
    """What the lines of newer versions need; None when there are none."""
    newer = [trouble for file in files for _, trouble in all_troubles(file) if trouble.what == "newer"]
    if not newer:
        return None
    told = message(
        "Judgments of a newer litreview: {count}. They need format {format} (this one knows {known}). Until litreview"
        " is updated this review is open for reading only, and they are missing here.",
        count=len(newer), format=max(t.format for t in newer), known=FORMAT,
    )  # fmt: skip
    kinds = sorted({trouble.kind for trouble in newer} - {"", *KINDS})
    if not kinds:
        return told
    return message("{told} Kinds that are not known here: {kinds}.", told=told, kinds=", ".join(kinds))
