"""What a run did, for the person who started it."""

from __future__ import annotations

import msgspec

from litreview.documents.model import FileStatus
from litreview.errors import Message, message


class RunSummary(msgspec.Struct, frozen=True):
    """Counts and troubles of a run. `renewed` is False when nothing had changed and all outputs stood."""

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
    main_asked: bool = True  # False: the protocol asks for no choice, and `main_studies` is empty

    @property
    def troubled(self) -> tuple[FileStatus, ...]:
        """Files that could not be read."""
        return tuple(f for f in self.files if f.status != "ready")


class MainStudyOptions(msgspec.Struct, frozen=True):
    """Sets of main studies by study id, the standing choice first; `names` are the studies' short names."""

    sets: tuple[tuple[str, ...], ...]
    names: dict[str, str]
    valid_sets: int
    confirmed_by: str = ""
    reason: str = ""
    notes: tuple[Message, ...] = ()

    def lines(self) -> list[Message]:
        """What `litreview main-studies` shows."""
        lines = [
            message(
                "{number}. {names}", number=number, names="; ".join(self.names.get(study, study) for study in studies)
            )
            for number, studies in enumerate(self.sets, start=1)
        ]
        if self.confirmed_by:
            lines.append(
                message("Set 1 was confirmed by {person}: {reason}", person=self.confirmed_by, reason=self.reason)
            )
        elif self.sets:
            lines.append(
                message(
                    "Set 1 stands provisionally. To record a choice: litreview main-studies --confirm --reason … --as …"
                )
            )
        else:
            lines.append(message("There is no eligible study yet."))
        return [*lines, *self.notes]
