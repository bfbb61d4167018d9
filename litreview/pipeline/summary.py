"""What a run did, for the person who started it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from litreview.documents.model import FileStatus
from litreview.errors import Message, message
from litreview.screening.model import Confirmation, named


class RunSummary(msgspec.Struct, frozen=True):
    """Counts and troubles of a run. `renewed` is False when nothing had changed and all outputs stood; `outdated` is
    True when something has changed since."""

    renewed: bool
    report: str  # path of report.html, relative to the review
    sample: bool
    records: int
    duplicates: int
    files: tuple[FileStatus, ...]
    reports_readable: int
    suggestions: int
    studies_included: int
    reports_included: int
    decided_by_people: int  # studies that a person has decided on
    main_studies: tuple[str, ...]
    main_confirmed: bool
    quotations_human: int
    quotations_provisional: int
    faults: tuple[Message, ...] = ()  # arithmetic of the flow that does not close
    notices: tuple[Message, ...] = ()
    export_notices: tuple[tuple[str, Message], ...] = ()  # (file, what was lost or doubtful in it)
    written: int = 0
    beside: tuple[tuple[str, str], ...] = ()
    main_confirmed_by: tuple[str, ...] = ()  # names of people
    main_asked: bool = True  # False: the protocol asks for no choice, and `main_studies` is empty
    outdated: bool = False

    @property
    def troubled(self) -> tuple[FileStatus, ...]:
        """Files that could not be read."""
        return tuple(f for f in self.files if f.status != "ready")


class MainStudyOptions(msgspec.Struct, frozen=True):
    """Sets of main studies by study id, numbered from 1 by their content; `standing` is the number of the one that
    stands (0: none). `names` are the studies' short names by id, `people` those of the review's people."""

    sets: tuple[tuple[str, ...], ...]
    standing: int
    names: dict[str, str]
    people: dict[str, str]
    valid_sets: int
    confirmed: bool = False
    confirmations: tuple[Confirmation, ...] = ()
    notes: tuple[Message, ...] = ()

    def set_names(self, studies: Sequence[str]) -> str:
        """The studies of a set in a row."""
        return "; ".join(self.names.get(study, study) for study in studies)

    def lines(self) -> list[Message]:
        """What `litreview main-studies` shows."""
        numbered = enumerate(self.sets, start=1)
        lines = [message("{number}. {names}", number=number, names=self.set_names(one)) for number, one in numbered]
        lines += [self._said(one) for one in self.confirmations]
        if not self.sets:
            lines.append(message("There is no eligible study yet."))
        elif not self.confirmations:
            lines.append(
                message(
                    "Set {number} stands provisionally. To record a choice: litreview main-studies --confirm --set "
                    "{number} --reason … --as …",
                    number=self.standing,
                )
            )
        return [*lines, *(named(note, {**self.names, **self.people}) for note in self.notes)]

    def _said(self, one: Confirmation) -> Message:
        """Who confirmed which set, and why; a set that is no longer among these by its studies."""
        person, reason = self.people.get(one.person, one.person), one.reason or "–"
        if one.studies not in self.sets:
            return message("{person} confirmed: {names}. Reason: {reason}", person=person,
                           names=self.set_names(one.studies), reason=reason)  # fmt: skip
        return message("Set {number} was confirmed by {person}: {reason}", number=self.sets.index(one.studies) + 1,
                       person=person, reason=reason)  # fmt: skip


class ConfirmedSet(msgspec.Struct, frozen=True):
    """A confirmation that was just recorded, with names; `differing` are people who confirmed another set."""

    number: int
    studies: tuple[str, ...]
    person: str
    reason: str
    differing: tuple[str, ...] = ()

    def lines(self) -> list[Message]:
        """What is told to the person who confirmed."""
        lines = [message("{person} confirmed set {number}: {names}. Reason: {reason}", person=self.person,
                         number=self.number, names="; ".join(self.studies), reason=self.reason)]  # fmt: skip
        if self.differing:
            lines.append(message("Another set was confirmed by: {people}. None stands until the team agrees.",
                                 people="; ".join(self.differing)))  # fmt: skip
        return lines
