"""Which studies people have coded. Of the others nothing may be said to be "not discussed": nobody has read for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from litreview.errors import Message, message
from litreview.ledger import Ledger
from litreview.protocol import CODING
from litreview.synthesis.codings import Codings
from litreview.synthesis.model import MatrixRow, Passage
from litreview.teamwork.model import place_of


def coded_studies(
    study_of: Mapping[str, str], codings: Codings, propositions: Iterable[Passage], ledger: Ledger
) -> frozenset[str]:
    """The included studies that people have coded: a report has a standing coding or proposition, or somebody said that
    they had finished it. `study_of` names the study of each included report."""
    coded = {coding.report for coding in codings.standing} | {p.report for p in propositions}
    coded |= {place_of(target).report for target in _finished(ledger)}
    return frozenset(study_of[report] for report in coded if report in study_of)


def _finished(ledger: Ledger) -> set[str]:
    said = {
        (judgment.person, str(judgment.body.get("target", ""))): bool(judgment.body.get("done", True))
        for judgment in ledger.of_kind("completion")
        if judgment.body.get("stage") == CODING
    }
    return {target for (_, target), done in said.items() if done}


def of_main(size: int, coded: int) -> Message:
    """Of how many studies a checked number is: of the main studies that people have coded, said where not all are."""
    if coded == size:
        return message("{size} main studies", size=size)
    return message("{coded} main studies that people have coded (of {size})", coded=coded, size=size)


def bare_rows(rows: Sequence[MatrixRow], coded: int) -> list[tuple[Message, tuple[MatrixRow, ...]]]:
    """The codes without evidence in any main study, under what may be said of them. `coded` of the main studies are
    coded by people."""
    bare = [row for row in rows if row.bare]
    outside = tuple(row for row in bare if row.outside)
    nowhere = tuple(row for row in bare if not row.outside)
    said = message("With passages only outside the sections and voices that count:")
    return [(head, found) for head, found in ((_nowhere(rows, coded), nowhere), (said, outside)) if found]


def _nowhere(rows: Sequence[MatrixRow], coded: int) -> Message:
    size = len(rows[0].cells) if rows else 0
    if coded == size:
        return message("Not discussed in any main study:")
    if coded:
        return message(
            "Not discussed in the main studies that people have coded ({coded} of {size}), and provisionally without a"
            " machine suggestion in the others:",
            coded=coded, size=size,
        )  # fmt: skip
    return message("Provisional: without a machine suggestion in any main study; people have coded none of them yet:")
