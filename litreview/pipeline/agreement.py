"""Agreement on its own: of a review, with what is asked for in place of the protocol's rule, or of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from litreview.coding.coefficients import Measured, measure
from litreview.coding.ratings_file import read_ratings
from litreview.errors import Message
from litreview.index import Index
from litreview.language.catalogue import Catalogue
from litreview.pipeline.opened import Opened
from litreview.pipeline.progress import Progress
from litreview.pipeline.run import begin_state
from litreview.protocol import Protocol
from litreview.report.agreement import agreement_lines, measured_lines, render_agreement
from litreview.report.publish import Published, publish_some
from litreview.synthesis.agreement import gather_agreement
from litreview.synthesis.codings import read_codings
from litreview.synthesis.model import Agreement

By = Literal["code", "theme", "document", "pair"]


class AgreementOptions(msgspec.Struct, frozen=True):
    """What is asked for; `unit` and `uncoded` None: as the protocol says."""

    unit: Literal["character", "sentence", "paragraph", "document"] | None = None
    uncoded: bool | None = None
    by: tuple[By, ...] = ("code", "pair")
    machine: bool = False


class ReviewAgreement(msgspec.Struct, frozen=True):
    """The agreement of a review, the protocol it was counted by, and what was written."""

    rows: tuple[Agreement, ...]
    protocol: Protocol
    opened: Opened
    published: Published

    def lines(self, catalogue: Catalogue) -> list[str]:
        """Tables as lines of text."""
        mark = [catalogue.gettext("SAMPLE DATA – not research findings"), ""] if self.protocol.sample else []
        return [*mark, *agreement_lines(self.rows, self.protocol, self.opened.codebook, catalogue)]

    def facts(self, catalogue: Catalogue) -> dict[str, Any]:
        """What a script reads: each line with its coefficients."""
        rule = self.protocol.coding
        return {
            "sample": self.protocol.sample,
            "approach": rule.approach,
            "unit": rule.agreement.unit,
            "uncoded": rule.agreement.uncoded,
            "agreement": _as_facts(self.rows, catalogue),
        }


def measure_agreement(opened: Opened, index: Index, progress: Progress, options: AgreementOptions) -> ReviewAgreement:
    """Compute a review's agreement and write `agreement.xlsx` and `tables/agreement.csv`. Raises `OutputError`."""
    protocol = _with_options(opened.protocol, options)
    state = begin_state(opened, index, progress)
    ledger = state.seen.ledger
    codings = read_codings(ledger, state.documents, opened.codebook).first
    suggestions = state.shown_suggestions if options.machine else None
    rows = gather_agreement(codings, ledger, state.documents, opened.codebook, protocol.coding, options.by,
                            suggestions)  # fmt: skip
    rendered = render_agreement(rows, protocol, Catalogue(opened.language), state.ledger.needs_newer)
    published = publish_some(opened.root / "outputs", opened.root / ".litreview", rendered)
    return ReviewAgreement(rows, protocol, opened, published)


def measure_file(path: Path) -> dict[str, Measured]:
    """The coefficients of a table with the columns unit, coder, value. Raises `UsageError` with file and line."""
    return measure(read_ratings(path))


def file_lines(found: dict[str, Measured], catalogue: Catalogue) -> list[str]:
    """The coefficients of a table as lines of text."""
    return measured_lines(found, catalogue)


def file_facts(found: Mapping[str, Measured], catalogue: Catalogue) -> dict[str, dict[str, Any]]:
    """The coefficients of a table as a script reads them; `reason` only where there is no value."""
    return {id_: _facts(m.value, m.low, m.high, m.units, m.raters, m.reason, catalogue) for id_, m in found.items()}


def _with_options(protocol: Protocol, options: AgreementOptions) -> Protocol:
    rule = protocol.coding.agreement
    rule = msgspec.structs.replace(
        rule,
        unit=options.unit or rule.unit,
        uncoded=rule.uncoded if options.uncoded is None else options.uncoded,
    )
    return msgspec.structs.replace(protocol, coding=msgspec.structs.replace(protocol.coding, agreement=rule))


def _as_facts(rows: Sequence[Agreement], catalogue: Catalogue) -> list[dict[str, Any]]:
    """Lines with their coefficients; rows of one line stand together."""
    found: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    for row in rows:
        key = (row.by, str(row.about), row.round, row.codebook)
        line = found.setdefault(key, {
            "by": row.by, **row.about.values, "round": row.round, "codebook": row.codebook,
            "documents": row.documents, "unit": row.counted or "decision", "coefficients": {},
        })  # fmt: skip
        reason = row.notes[0] if row.value is None else None
        line["coefficients"][row.coefficient] = _facts(row.value, row.low, row.high, row.n, row.raters, reason,
                                                       catalogue)  # fmt: skip
    return list(found.values())


def _facts(value: float | None, low: float | None, high: float | None, units: int, raters: int,
           reason: Message | None, catalogue: Catalogue) -> dict[str, Any]:  # fmt: skip
    facts: dict[str, Any] = {"value": value, "low": low, "high": high, "units": units, "raters": raters}
    return facts if reason is None else {**facts, "reason": catalogue.text(reason)}
