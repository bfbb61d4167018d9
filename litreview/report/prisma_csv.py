"""The flow as the table that the R package PRISMA2020 and its web page draw the standard's own diagram from.

Columns and row keys are the package's (its template `PRISMA.csv`); the words are those of our diagram, in the language
of the outputs. The package takes lists apart at semicolons and commas, so a reason holds neither. It reads columns by
their names, so ours stand behind: how many of a number no person has decided, and that a review is a sample.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from litreview.errors import Message, message
from litreview.language.catalogue import Catalogue
from litreview.protocol import SAMPLE_MARK
from litreview.synthesis.model import Flow, FlowBox

COLUMNS = ("data", "node", "box", "description", "boxtext", "tooltips", "url", "n", "provisional")
_NA = "NA"
_LISTED = {
    "database_specific_results": "database_results",
    "register_specific_results": "register_results",
    "dbr_excluded": "dbr_excluded",
    "other_excluded": "other_excluded",
}  # rows whose number is a list, and the box that it is taken from
_TOTALS = {"total_studies": ("previous_studies", "new_studies"), "total_reports": ("previous_reports", "new_reports")}


class _Row(NamedTuple):
    """A row of the package's template: key, node and box of its drawing, and our words."""

    key: str
    node: str
    box: str
    words: Message


_ROWS = (
    _Row(_NA, "node4", "prevstud", message("Previous studies")),
    _Row("previous_studies", "node5", "box1", message("Studies included in previous version of review")),
    _Row("previous_reports", _NA, "box1", message("Reports of studies included in previous version of review")),
    _Row(_NA, "node6", "newstud", message("Identification of new studies via databases and registers")),
    _Row("database_results", "node7", "box2", message("Databases")),
    _Row("database_specific_results", _NA, "box2", message("Databases")),
    _Row("register_results", _NA, "box2", message("Registers")),
    _Row("register_specific_results", _NA, "box2", message("Registers")),
    _Row(_NA, "node16", "othstud", message("Identification of new studies via other methods")),
    _Row("website_results", "node17", "box11", message("Websites")),
    _Row("organisation_results", _NA, "box11", message("Organisations")),
    _Row("citations_results", _NA, "box11", message("Citation searching")),
    _Row("duplicates", "node8", "box3", message("Duplicate records")),
    _Row("excluded_automatic", _NA, "box3", message("Records marked as ineligible by automation tools")),
    _Row("excluded_other", _NA, "box3", message("Records removed for other reasons")),
    _Row("records_screened", "node9", "box4", message("Records screened")),
    _Row("records_excluded", "node10", "box5", message("Records excluded")),
    _Row("dbr_sought_reports", "node11", "box6", message("Reports sought for retrieval")),
    _Row("dbr_notretrieved_reports", "node12", "box7", message("Reports not retrieved")),
    _Row("other_sought_reports", "node18", "box12", message("Reports sought for retrieval")),
    _Row("other_notretrieved_reports", "node19", "box13", message("Reports not retrieved")),
    _Row("dbr_assessed", "node13", "box8", message("Reports assessed for eligibility")),
    _Row("dbr_excluded", "node14", "box9", message("Reports excluded:")),
    _Row("other_assessed", "node20", "box14", message("Reports assessed for eligibility")),
    _Row("other_excluded", "node21", "box15", message("Reports excluded:")),
    _Row("new_studies", "node15", "box10", message("New studies included in review")),
    _Row("new_reports", _NA, "box10", message("Reports of new included studies")),
    _Row("total_studies", "node22", "box16", message("Total studies included in review")),
    _Row("total_reports", _NA, "box16", message("Reports of total included studies")),
    _Row("total_studies_ma", _NA, "box17", message("Total studies included in meta-analysis")),
    _Row("total_reports_ma", _NA, "box17", message("Reports of total included studies in meta-analysis")),
    _Row("identification", "node1", "identification", message("Identification")),
    _Row("screening", "node2", "screening", message("Screening")),
    _Row("included", "node3", "included", message("Included")),
)


def prisma_csv(flow: Flow, catalogue: Catalogue, labels: Mapping[str, str], sample: bool) -> bytes:
    """The flow as CSV for the R package PRISMA2020; `labels` name reasons. Reports found by other ways than websites,
    organisations and citations have no row of their own there: they stand with the websites, so that it adds up."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*COLUMNS, *(["sample"] if sample else [])])
    for line in _lines(flow, catalogue, labels):
        writer.writerow([*line, *([SAMPLE_MARK] if sample else [])])
    return text.getvalue().encode("utf-8")


def _lines(flow: Flow, catalogue: Catalogue, labels: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    for row in _ROWS:
        words = catalogue.text(row.words).removesuffix(":")
        number, provisional = _number(row.key, flow, catalogue, labels), str(_box(flow, row.key).provisional)
        yield row.key, row.node, row.box, words, words, words, _NA, number, provisional


def _number(key: str, flow: Flow, catalogue: Catalogue, labels: Mapping[str, str]) -> str:
    if key in _LISTED:
        return _list(_box(flow, _LISTED[key]), catalogue, labels)
    if key in _TOTALS:
        return str(sum(_box(flow, part).count for part in _TOTALS[key]))
    more = _box(flow, "other_results").count if key == "website_results" else 0
    return str(_box(flow, key).count + more)


def _list(box: FlowBox, catalogue: Catalogue, labels: Mapping[str, str]) -> str:
    parts = [f"{_plain(labels.get(reason) or catalogue.gettext(reason))}, {count}" for reason, count in box.reasons]
    return "; ".join(parts) or "0"


def _plain(reason: str) -> str:
    return " ".join((reason or "–").replace(",", " –").replace(";", " –").split())


def _box(flow: Flow, key: str) -> FlowBox:
    return flow.boxes.get(key, FlowBox(key, 0))
