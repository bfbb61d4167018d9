"""Judgments written: each names the version of protocol or codebook that it was made under, which is kept first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from litreview.device import device_id
from litreview.documents.anchored import write_anchored
from litreview.documents.frozen import FrozenText
from litreview.ledger import Judgment, Ledger, append, check_writable, make_judgment
from litreview.pipeline.made import Made
from litreview.pipeline.opened import Opened
from litreview.protocol import CODING
from litreview.versions import Version, keep_version

UNDER_PROTOCOL = frozenset({"decision", "verdict-override", "main-studies"})
UNDER_CODEBOOK = frozenset({"coding", "suggestion-response", "proposition"})


NO_TEXTS: Mapping[str, FrozenText] = {}


def record(
    opened: Opened,
    ledger: Ledger,
    person: str,
    made: Iterable[Made],
    versions: Iterable[Version] = (),
    texts: Mapping[str, FrozenText] = NO_TEXTS,
) -> tuple[Judgment, ...]:
    """Write a person's judgments, through to disk on return, and give them back; `ledger` is what was read before. Kept
    before them are the `versions` that they speak of, those that they were made under, and the `texts` of the reports
    whose passages are judged.

    Raises `AnchorError` when a passage does not stand in its text, `LedgerError` when the ledger needs a newer version,
    the disk is full or the folder cannot be written.
    """
    check_writable(ledger)
    device = device_id()
    kept = {version.hash: version for version in versions}
    judgments = []
    for one in made:
        key, version = _under(opened, one)
        if version is not None:
            kept[version.hash] = version
        body = {**one.body, key: version.hash} if version is not None else one.body
        judgments.append(make_judgment(person, device, one.kind, body, one.replaces))
    for version in kept.values():
        keep_version(opened.judgments, version)
    passages = [one for one in judgments if on_passage(one.kind, one.body)]
    write_anchored(opened.judgments, passages, texts)
    append(opened.judgments, [one for one in judgments if one not in passages])
    return tuple(judgments)


def on_passage(kind: str, body: Mapping[str, Any]) -> bool:
    """Whether a judgment is on a passage of its own, and not on what another said of one."""
    return kind in UNDER_CODEBOOK and isinstance(body.get("anchor"), dict)


def _under(opened: Opened, one: Made) -> tuple[str, Version | None]:
    """The key and the version under which a judgment is made; none for kinds that neither file rules."""
    if one.kind in UNDER_CODEBOOK or (one.kind == "adjudication" and one.body.get("stage") == CODING):
        return "codebook", opened.codebook_version
    if one.kind in UNDER_PROTOCOL or one.kind == "adjudication":
        return "protocol", opened.protocol_version
    return "", None
