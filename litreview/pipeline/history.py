"""How protocol and codebook changed over time: versions kept, amendments told, what is due to be recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from litreview.coding.change_words import tell_change as tell_code_change
from litreview.coding.codebook import parse_codebook
from litreview.coding.comparison import NOTHING_SAID, Comparison, Said, compare, same_content
from litreview.coding.lineage import read_map, reverse_map
from litreview.coding.model import Codebook
from litreview.errors import Message, ProtocolError, UsageError, message
from litreview.ledger import Judgment, Ledger
from litreview.pipeline.made import Made
from litreview.pipeline.opened import Opened
from litreview.protocol import Protocol
from litreview.schema import parse_yaml
from litreview.screening.amendments import Change, protocol_changes
from litreview.screening.amendments import tell_change as tell_protocol_change
from litreview.synthesis.model import Amendment
from litreview.versions import Chain, Version, kept_version

PROTOCOL, CODEBOOK = "protocol-version", "codebook-version"
SHORT = 12  # characters of a version's name shown to people


class Due(msgspec.Struct, frozen=True):
    """A protocol under which people judged and from which no amendment leads to today's; `changes` is None where its
    text is not at hand."""

    version: str
    changes: tuple[Change, ...] | None

    def lines(self) -> list[Message]:
        """What changed, in words."""
        if self.changes is None:
            return [message("The text of the version {version} is not at hand: judgments/versions/ lacks it.",
                            version=self.version[:SHORT])]  # fmt: skip
        return [tell_protocol_change(change) for change in self.changes]


def named(judgments: Iterable[Judgment], key: str) -> list[tuple[str, str]]:
    """(id, version) of the judgments that name the version they were made under, in the key `protocol` or
    `codebook`."""
    return [(one.id, str(one.body[key])) for one in judgments if one.body.get(key)]


def protocol_of(judgments: Path, version: str) -> Protocol | None:
    """A kept version of the protocol; None where it is not at hand or can no longer be read."""
    kept = kept_version(judgments, version)
    try:
        return parse_yaml(kept.text, Protocol) if kept is not None else None
    except ProtocolError:
        return None


def codebook_of(judgments: Path, version: str) -> Codebook | None:
    """A kept version of the codebook; None where it is not at hand or can no longer be read."""
    kept = kept_version(judgments, version)
    try:
        return parse_codebook(kept.text) if kept is not None else None
    except ProtocolError:
        return None


def due_amendments(ledger: Ledger, judgments: Path, protocol: Protocol, today: str) -> list[Due]:
    """What is to be recorded of the protocol: each version under which people judged, that says something else than
    today's, and from which no recorded way leads here."""
    chain = Chain(ledger.standing, PROTOCOL)
    found = []
    for version in chain.loose(named(ledger.standing, "protocol"), today):
        old = protocol_of(judgments, version)
        changes = protocol_changes(old, protocol) if old is not None else None
        if changes is None or changes:
            found.append(Due(version, changes))
    return found


def history_notices(ledger: Ledger, opened: Opened) -> Iterator[Message]:
    """What is to be told of versions: changes that nobody has recorded, files older than what was recorded."""
    today = {PROTOCOL: opened.protocol_version.hash, CODEBOOK: opened.codebook.hash}
    if due_amendments(ledger, opened.judgments, opened.protocol, today[PROTOCOL]):
        yield message("The protocol was changed after people had judged. Record who and why: litreview check --amend"
                      ' --as … --reason "…"')  # fmt: skip
    for version in Chain(ledger.standing, CODEBOOK).loose(named(ledger.standing, "codebook"), today[CODEBOOK]):
        old = codebook_of(opened.judgments, version)
        if old is None or not same_content(old, opened.codebook):
            yield message(
                "People coded with the version {version} of the codebook, and nobody has recorded what became of its"
                " codes: litreview codebook diff --from {version}",
                version=version[:SHORT],
            )
    for kind, file in ((PROTOCOL, "review.yaml"), (CODEBOOK, opened.protocol.codebook)):
        for version in Chain(ledger.standing, kind).newer(today[kind]):
            yield message(
                "{file} is older than the version {version} that was recorded last; judgments/versions/ has its text.",
                file=file, version=version[:SHORT],
            )  # fmt: skip


def amendments(judgments: Iterable[Judgment]) -> tuple[Amendment, ...]:
    """Changes of protocol and codebook that people recorded, in order of id."""
    tell: dict[str, Any] = {PROTOCOL: tell_protocol_change, CODEBOOK: tell_code_change}
    return tuple(
        Amendment(
            kind=one.kind.removesuffix("-version"),
            at=one.at,
            person=one.person,
            reason=str(one.body.get("reason") or ""),
            told=tuple(told for change in _changes(one) if (told := tell[one.kind](change)) is not None),
        )
        for one in judgments
        if one.kind in tell
    )


def _changes(judgment: Judgment) -> list[dict[str, Any]]:
    changes = judgment.body.get("changes")
    return [one for one in changes if isinstance(one, dict)] if isinstance(changes, (list, tuple)) else []


def last_codebook(ledger: Ledger) -> str:
    """The version of the codebook that stands last in the ledger; empty where none is named."""
    return Chain(ledger.standing, CODEBOOK).last(named(ledger.standing, "codebook"))


def compare_codebook(
    ledger: Ledger, judgments: Path, today: Codebook, version: str = "", said: Said = NOTHING_SAID
) -> Comparison:
    """Today's codebook beside a version (any beginning of its name; default: the last one that judgments name).

    Raises `UsageError` when there is none, when it is not at hand, or when what is said does not fit.
    """
    wanted = _whole_name(ledger, version) if version else last_codebook(ledger)
    if not wanted:
        raise UsageError(message("No judgment names a version of the codebook yet. Record the one of today first:"
                                 ' litreview codebook record --as … --reason "…"'))  # fmt: skip
    old = today if wanted == today.hash else codebook_of(judgments, wanted)
    if old is None:
        raise _not_at_hand(wanted)
    return compare(old, today, said)


def _whole_name(ledger: Ledger, begins: str) -> str:
    chain = Chain(ledger.standing, CODEBOOK)
    known = {version for _, version in named(ledger.standing, "codebook")}
    known |= set(chain.steps) | {target for targets in chain.steps.values() for target in targets}
    found = sorted(version for version in known if version.startswith(begins))
    if len(found) == 1:
        return found[0]
    raise UsageError(message("'{version}' names {count} versions of the codebook. Known: {known}.", version=begins,
                             count=len(found), known=", ".join(v[:SHORT] for v in sorted(known) if v)))  # fmt: skip


def make_amendments(due: Iterable[Due], today: str, reason: str) -> list[Made]:
    """The `protocol-version` judgments that join what is due to today's protocol. Raises `UsageError`."""
    _check_reason(reason)
    made = [
        Made(PROTOCOL, {"from": one.version, "to": today, "changes": list(one.changes or ()), "reason": reason.strip()})
        for one in due
    ]
    if not made:
        raise UsageError(message("There is nothing to record: people judged under the protocol as it is."))
    return made


def make_codebook_version(found: Comparison, reason: str, *, as_proposed: bool = False) -> Made:
    """The `codebook-version` judgment of a comparison. `as_proposed` says yes to its proposals. Raises `UsageError`
    where a code is gone without a word."""
    _check_reason(reason)
    if found.nothing:
        raise UsageError(message("There is nothing to record: the codebook says what it said; notes and layout do not"
                                 " count."))  # fmt: skip
    if as_proposed and found.proposed:
        said = Said({**found.map, **{old: (new,) for old, new in found.proposed.items()}}, found.inductive)
        found = compare(found.old, found.new, said)
    unsaid = [*found.lost, *found.proposed]
    if unsaid:
        what = message(
            "What became of {codes}? Add --rename old=new, --merge a,b=c, --split a=b,c or --retire a; --as-proposed"
            " where a proposal is right.",
            codes=", ".join(unsaid),
        )
        raise UsageError(what)
    return Made(CODEBOOK, _body(found, reason))


def make_first_codebook_version(today: str, reason: str) -> Made:
    """The first version, before which the ledger knows none."""
    _check_reason(reason)
    return Made(CODEBOOK, {"from": "", "to": today, "changes": [], "map": {}, "reason": reason.strip()})


def undo_codebook(ledger: Ledger, judgments: Path, today: Codebook, person: str, reason: str) -> tuple[Made, Version]:
    """The way back from today's codebook to the version before it, and that version, to be put in the file's place.

    Where nobody has built on the change it is its own person's retraction; else a change of its own, by the map back.
    Raises `UsageError` when no recorded change led to today's codebook, or a version is not at hand.
    """
    _check_reason(reason)
    steps = [one for one in ledger.of_kind(CODEBOOK) if one.body.get("to") == today.hash and one.body.get("from")]
    if not steps:
        raise UsageError(message("No recorded change led to today's codebook, so there is none to undo."))
    step = steps[-1]
    earlier = str(step.body["from"])
    version, old = kept_version(judgments, earlier), codebook_of(judgments, earlier)
    if version is None or old is None:
        raise _not_at_hand(earlier)
    if step.person == person and not _built_on(ledger, step):
        return Made("retraction", {"judgment": step.id, "reason": reason.strip()}), version
    back = reverse_map(old.codes, today.codes, read_map(step.body.get("map")))
    return Made(CODEBOOK, _body(compare(today, old, Said(back)), reason)), version


def _built_on(ledger: Ledger, step: Judgment) -> bool:
    """Whether another standing judgment names the version that a change made."""
    made = step.body.get("to")
    return any(
        made in (one.body.get("codebook"), one.body.get("from"), one.body.get("to"))
        for one in ledger.standing
        if one.id != step.id
    )


def _body(found: Comparison, reason: str) -> dict[str, Any]:
    return {
        "from": found.old.hash,
        "to": found.new.hash,
        "changes": list(found.changes),
        "map": {old: list(new) for old, new in sorted(found.map.items())},
        "reason": reason.strip(),
    }


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise UsageError(message('A change needs a reason: add --reason "…".'))


def _not_at_hand(version: str) -> UsageError:
    return UsageError(message("The text of the version {version} is not at hand: judgments/versions/ lacks it.",
                              version=version[:SHORT]))  # fmt: skip
