"""What a person should know of pages before coding, and what they tell: text in doubt, printed page numbers."""

from __future__ import annotations

from litreview.documents.model import FileStatus
from litreview.documents.page_numbers import answers_on, ask_for_numbers, parse_numbering, tell_differing
from litreview.errors import Message, UsageError, message
from litreview.files import is_named
from litreview.ledger import Judgment, append, check_writable, make_judgment
from litreview.pipeline.state import State


def page_doubts(state: State) -> tuple[Message, ...]:
    """The pages of all files whose text is in doubt, and why, by file."""
    told = [one for brief in state.read.briefs.values() for one in brief.doubts]
    return tuple(sorted(told, key=lambda one: str(one.values["file"])))


def numbers_to_ask(state: State) -> tuple[Message, ...]:
    """The files of studies whose printed page numbers a person should tell, and those of which people tell different
    ones."""
    told = state.numbers_told
    asked = []
    for report in state.study_reports:
        brief = state.read.briefs.get(report.id)
        if brief is not None:
            asked += [*ask_for_numbers(brief.unclear, brief.files, told), *tell_differing(brief.files, told)]
    return tuple(sorted(asked, key=lambda one: str(one.values["file"])))


def tell_page_numbers(state: State, wanted: str, answer: str, person: str, device: str) -> FileStatus:
    """Record the printed page numbers of a file, as a person tells them (see `documents.page_numbers`); what the same
    person told before is replaced. `wanted` is the file's path, or its name where only one has it.

    Raises `UsageError` for a file that is not read here, a name that several have, or an answer without numbers;
    `LedgerError` when it cannot be written.
    """
    file = _file_named(state, wanted)
    body = {"file": file.path, "printed": parse_numbering(answer, file.pages), "sha256": file.sha256}
    check_writable(state.ledger)
    earlier: list[Judgment] = answers_on(state.numbers_told, file)
    own = [one.id for one in earlier if one.person == person]
    made = make_judgment(person, device, "page-numbers", body, replaces=own[-1] if own else "")
    append(state.opened.root / "judgments", [made])
    return file


def _file_named(state: State, wanted: str) -> FileStatus:
    """The file with pages that a person means. Raises `UsageError` where it is none, or one of several."""
    named = [one for one in state.statuses if one.pages and is_named(one.path, wanted)]
    found = [one for one in named if one.path == wanted] or named
    if not found:
        raise UsageError(message("There is no document {wanted} here with pages.", wanted=wanted))
    if len(found) > 1:
        raise UsageError(message("{wanted} may be one of several files; name one of them: {names}.", wanted=wanted,
                                 names="; ".join(one.path for one in found)))  # fmt: skip
    return found[0]
