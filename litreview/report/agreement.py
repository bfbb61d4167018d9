"""Agreement in words: what a line is about, how it was counted, what each coefficient is for, and its own workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

import msgspec

from litreview.coding.coefficients import COEFFICIENTS, Measured
from litreview.coding.model import Codebook
from litreview.coding.unitising import UNITISING
from litreview.errors import Message, message
from litreview.language.catalogue import Catalogue
from litreview.protocol import CodingRule, Protocol
from litreview.report.context import marks_of
from litreview.report.csvs import render_csv
from litreview.report.table import Column, Table
from litreview.report.tables import agreement_table
from litreview.report.words import word
from litreview.report.xlsx import render_workbook
from litreview.synthesis.model import Agreement

WHOLE = ("all", "aided", "machine", "stage")  # what is told by every coefficient, with intervals
LOG_INSTEAD = message(
    "The coding is reflexive: no coefficients of agreement are computed. A discussion log, the memos of the team,"
    " stands in their place."
)
NOTHING_COMPARED = message("No agreement can be told: no passage was coded by two persons, unaided and independently.")
EVERY = (*COEFFICIENTS, UNITISING)


def about_in_words(agreement: Agreement, catalogue: Catalogue, codebook: Codebook, person: Callable[[str], str]) -> str:
    """What a line is about: code and category by label, stage in words, people by name, then round and version."""
    language, values = catalogue.language, dict(agreement.about.values)
    codes = {code.id: code.label.get(language) for code in codebook.codes.values()}
    themes = {theme.id: theme.label.get(language) for theme in codebook.themes}
    in_words: dict[str, Callable[[str], str]] = {
        "code": lambda id_: codes.get(id_, id_),
        "theme": lambda id_: themes.get(id_, id_),
        "stage": lambda id_: word(catalogue, "stage", id_),
        "people": lambda ids: ", ".join(map(person, ids.split(", "))),
    }
    for name, say in in_words.items():
        if name in values:
            values[name] = say(str(values[name]))
    parts = [catalogue.text(Message(agreement.about.text, values))]
    if agreement.round:
        parts.append(catalogue.gettext("round {name}", name=agreement.round))
    if agreement.codebook:
        parts.append(catalogue.gettext("codebook {version}", version=agreement.codebook))
    return ", ".join(parts)


def counted_in_words(rule: CodingRule, catalogue: Catalogue) -> str:
    """The unit, and whether uncoded text counts."""
    unit = word(catalogue, "agreement-unit", rule.agreement.unit)
    if rule.agreement.uncoded:
        return catalogue.gettext("Unit of coding: {unit}; text that nobody coded counts.", unit=unit)
    return catalogue.gettext("Unit of coding: {unit}; only what somebody coded counts.", unit=unit)


def coefficients_table(catalogue: Catalogue) -> Table:
    """What each coefficient is for, and when prevalence misleads it."""
    columns = (
        Column("coefficient", message("Coefficient"), 30, "coefficient"),
        Column("purpose", message("What it is for, and what misleads it"), 110),
    )
    rows = tuple((one.id, catalogue.text(one.purpose)) for one in EVERY)
    return Table("coefficients", message("What the coefficients are for"), columns, rows)


def render_agreement(
    rows: Sequence[Agreement], protocol: Protocol, catalogue: Catalogue, needs: Message | None
) -> tuple[tuple[str, bytes], ...]:
    """(name, bytes) of the workbook and the CSV of agreement; `needs`: what the ledger needs of a newer version."""
    table = agreement_table(rows, catalogue)
    title = protocol.title.get(catalogue.language)
    book = render_workbook(
        title, (table, coefficients_table(catalogue)), catalogue, marks_of(protocol.sample, needs, catalogue)
    )
    return ("agreement.xlsx", book), ("tables/agreement.csv", render_csv(table, protocol.sample))


def agreement_lines(rows: Sequence[Agreement], protocol: Protocol, codebook: Codebook, catalogue: Catalogue
                    ) -> list[str]:  # fmt: skip
    """The tables as aligned lines of text: the whole with intervals and notes, then the splits by value."""
    names = {person.id: person.name for person in protocol.people if person.name}

    def about(one: Agreement) -> str:
        return about_in_words(one, catalogue, codebook, lambda id_: names.get(id_, id_))

    lines = [catalogue.text(LOG_INSTEAD)] if protocol.coding.approach == "reflexive" else []
    lines += [counted_in_words(protocol.coding, catalogue)] if any(one.counted for one in rows) else []
    whole = [one for one in rows if one.by in WHOLE]
    for heading, group in groupby(whole, key=about):
        lines += ["", heading, *_indented(_detailed(list(group), catalogue))]
    rest = [one for one in rows if one.by not in WHOLE]
    for by, split in groupby(rest, key=lambda one: one.by):
        lines += ["", *_aligned(_brief(list(split), word(catalogue, "agreement-by", by), about, catalogue))]
    return lines or [catalogue.text(NOTHING_COMPARED)]


def measured_lines(found: dict[str, Measured], catalogue: Catalogue) -> list[str]:
    """The coefficients of a table of one's own as aligned lines of text."""
    rows = [Agreement(Message(""), "all", id_, m.value, m.units, m.low, m.high, m.raters, m.clusters,
                      (m.reason,) if m.reason else ()) for id_, m in found.items()]  # fmt: skip
    return _detailed(rows, catalogue)


def decimal(value: float | None, language: str) -> str:
    """Two decimals, with the language's own mark; a dash for what is not defined. What is short of full agreement is
    never rounded to it."""
    if value is None:
        return "–"
    text = ">0.99" if 0.995 <= value < 1 else f"{value:.2f}".replace("-0.00", "0.00")
    return text.replace(".", ",") if language == "id" else text


def _detailed(rows: Sequence[Agreement], catalogue: Catalogue) -> list[str]:
    """A line for each coefficient; what holds for all of them is said once, below."""
    shared = [note for note in rows[0].notes if all(note in row.notes for row in rows)]
    cells = [[catalogue.gettext("Coefficient"), catalogue.gettext("Value"), catalogue.gettext("Interval"), "n", ""]]
    for row in rows:
        low, high = (decimal(bound, catalogue.language) for bound in (row.low, row.high))
        notes = " ".join(catalogue.text(note) for note in row.notes if note not in shared)
        cells.append([word(catalogue, "coefficient", row.coefficient), decimal(row.value, catalogue.language),
                      f"{low} – {high}" if row.low is not None else "–", str(row.n), notes])  # fmt: skip
    return [*_aligned(cells), *(catalogue.text(note) for note in shared)]


def _brief(
    rows: Sequence[Agreement], heading: str, about: Callable[[Agreement], str], catalogue: Catalogue
) -> list[list[str]]:
    """A row for each line, its coefficients beside each other."""
    ids = list(dict.fromkeys(row.coefficient for row in rows))
    cells = [[heading, *(_SHORT.get(id_, id_) for id_ in ids), "n", ""]]
    if len({row.about.values["people"] for row in rows}) == 1 and rows[0].by in rows[0].about.values:  # said above
        rows = [msgspec.structs.replace(row, about=Message(f"{{{row.by}}}", row.about.values)) for row in rows]
    for name, group in groupby(rows, key=about):
        of = {row.coefficient: row for row in group}
        values = [decimal(of[id_].value if id_ in of else None, catalogue.language) for id_ in ids]
        cells.append([name, *values, str(next(iter(of.values())).n), ""])
    return cells


_SHORT = {"percent": "%", "cohen_kappa": "κ Cohen", "fleiss_kappa": "κ Fleiss", "krippendorff_alpha": "α",
          "gwet_ac1": "AC1", "pabak": "PABAK", "unitising_alpha": "α unit."}  # fmt: skip


def _aligned(cells: Sequence[Sequence[str]]) -> list[str]:
    """Cells in columns: the first from the left, numbers from the right, and notes last, as long as they are."""
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]) - 1)]
    return [
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:-1], widths[1:]), row[-1]]).rstrip() for row in cells
    ]


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]
