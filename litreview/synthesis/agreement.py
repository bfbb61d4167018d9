"""Agreement as outputs tell it: on what people coded unaided and apart, then on their decisions.

Codings made with a machine's help are no judgments of one's own: for the headline they are missing, and a line of its
own, with a warning, counts them. What a person coded stands as first said: adjudications settle, they do not raise
agreement. A machine is never added to people: a suggester is compared with each person as a rater of its own, where
asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Literal

import msgspec

from litreview.coding.coefficients import FEWEST_DOCUMENTS, Measured, measure
from litreview.coding.model import Codebook, Suggestion
from litreview.coding.ratings import make_ratings, pool
from litreview.coding.unitising import UNITISING, measure_unitising
from litreview.coding.units import Compared, Mark, Place, compare, rate_units, unitise
from litreview.documents.model import Document
from litreview.errors import Message, message
from litreview.ledger import Ledger
from litreview.protocol import CodingRule
from litreview.synthesis.assigned import Stratum, find_strata
from litreview.synthesis.codings import Coded
from litreview.synthesis.model import Agreement
from litreview.teamwork.blind import as_first_said

By = Literal["code", "theme", "document", "pair"]
FEW = message("Fewer than {count} documents: the interval is not to be trusted.", count=FEWEST_DOCUMENTS)
AIDED = message(
    "With machine suggestions accepted or imported codings among them; people so helped agree by themselves."
)
MACHINE = message("A machine beside a person; no agreement between people.")


def gather_agreement(
    codings: Sequence[Coded],
    ledger: Ledger,
    documents: Mapping[str, Document],
    codebook: Codebook,
    rule: CodingRule,
    by: Collection[By] = ("code", "pair"),
    suggestions: Mapping[str, Sequence[Suggestion]] | None = None,
) -> tuple[Agreement, ...]:
    """Agreement on coding by round and version of the codebook, as a whole and by what is asked for; then on decisions.

    `codings`: every placed coding as first made, whatever settled it later. `suggestions`, by report, where suggesters
    are to be compared with people. In reflexive work there is no agreement on coding.
    """
    found: list[Agreement] = []
    for stratum in find_strata(codings, ledger) if rule.approach != "reflexive" else ():
        found += _Coding(stratum, codings, documents, codebook, rule).rows(by, suggestions or {})
    return (*found, *_of_decisions(ledger))


class _Coding:
    """Agreement on the coding of one stratum."""

    def __init__(self, stratum: Stratum, codings: Sequence[Coded], documents: Mapping[str, Document],
                 codebook: Codebook, rule: CodingRule) -> None:  # fmt: skip
        self.stratum = stratum
        self.documents = documents
        self.codebook = codebook
        self.rule = rule
        self.marks = [_mark(coding) for coding in codings if coding.round == stratum.round]
        self.compared = self.compare(self.marks, stratum.places)

    def rows(self, by: Collection[By], suggestions: Mapping[str, Sequence[Suggestion]]) -> list[Agreement]:
        """The whole, with help, then by code, theme, document and pair as asked, then machines."""
        everyone = ", ".join(self.compared.raters)
        found = self.row(message("All codes ({people})", people=everyone), "all", self.compared)
        if any(mark.aided for marks in self.compared.marks for mark in marks):
            helped = self.compare([msgspec.structs.replace(m, aided=False) for m in self.marks], self.stratum.places)
            found += self.row(message("All codes, codings with help too ({people})", people=everyone), "aided", helped,
                              notes=(AIDED,))  # fmt: skip
        splits = {"code": self.by_code, "theme": self.by_theme, "document": self.by_document, "pair": self.by_pair}
        for name, split in splits.items():
            if name in by:
                found += split(everyone)
        return found + self.with_machines(suggestions)

    def by_code(self, people: str) -> list[Agreement]:
        """Each code that someone gave."""
        return [
            row
            for code in self.codes_of(self.compared)
            for row in self.row(message("{code} ({people})", code=code, people=people), "code", self.compared, [code])
        ]

    def by_theme(self, people: str) -> list[Agreement]:
        """The codes of each theme, pooled."""
        given = set(self.codes_of(self.compared))
        found = []
        for theme in self.codebook.themes:
            codes = [code.id for code in theme.codes if code.id in given]
            about = message("{theme} ({people})", theme=theme.id, people=people)
            found += self.row(about, "theme", self.compared, codes) if codes else []
        return found

    def by_document(self, people: str) -> list[Agreement]:
        """All codes in each document."""
        found = []
        for document in self.compared.documents:
            places = [place for place in self.compared.places if place.document == document]
            name = self.documents[document].files[0] if self.documents[document].files else document
            about = message("{document} ({people})", document=name, people=people)
            found += self.row(about, "document", self.compare(self.marks, places))
        return found

    def by_pair(self, _: str) -> list[Agreement]:
        """All codes for each two people; nothing where there are only two."""
        if len(self.compared.raters) < 3:
            return []
        found = []
        for pair in combinations(self.compared.raters, 2):
            places = [
                msgspec.structs.replace(place, raters=frozenset(pair))
                for place in self.compared.places
                if place.raters >= set(pair)
            ]
            about = message("All codes ({people})", people=", ".join(pair))
            found += self.row(about, "pair", self.compare(self.marks, places)) if places else []
        return found

    def with_machines(self, suggestions: Mapping[str, Sequence[Suggestion]]) -> list[Agreement]:
        """Each suggester beside each person, on the places that people are compared on."""
        proposed = [Mark(report, s.suggester, s.code, s.start, s.end) for report, of in suggestions.items() for s in of]
        found = []
        for suggester in sorted({mark.rater for mark in proposed}):
            for person in self.compared.raters:
                places = [
                    msgspec.structs.replace(place, raters=frozenset((person, suggester)))
                    for place in self.compared.places
                    if person in place.raters
                ]
                about = message("All codes ({people})", people=f"{person}, {suggester}")
                compared = self.compare([*self.marks, *proposed], places)
                found += self.row(about, "machine", compared, notes=(MACHINE,))
        return found

    def compare(self, marks: Iterable[Mark], places: Iterable[Place]) -> Compared:
        """What some places have, by the protocol's unit."""
        return compare(marks, self.documents, places, self.rule.agreement.unit)

    def codes_of(self, compared: Compared) -> list[str]:
        """The codes that someone gave, in the codebook's order."""
        return [code for code in self.codebook.codes if code in compared.codes]

    def row(self, about: Message, by: str, compared: Compared, codes: Sequence[str] | None = None,
            notes: tuple[Message, ...] = ()) -> list[Agreement]:  # fmt: skip
        """Every coefficient on some codes (all that someone gave), pooled."""
        codes = self.codes_of(compared) if codes is None else codes
        if not compared.places or not codes:
            return []
        ratings = pool(list(rate_units(compared, codes, self.rule.agreement.uncoded).values()))
        found = {**measure(ratings), UNITISING.id: measure_unitising(*unitise(compared, codes), len(compared.raters))}
        stratum, rule = self.stratum, self.rule.agreement
        shared = {"round": stratum.round, "codebook": stratum.codebook, "counted": rule.unit, "uncoded": rule.uncoded}
        return [
            msgspec.structs.replace(_agreement(about, by, id_, measured, notes), **shared)
            for id_, measured in found.items()
        ]


def _mark(coding: Coded) -> Mark:
    return Mark(coding.report, coding.person, coding.code, coding.start, coding.end, coding.origin != "unaided")


def _agreement(about: Message, by: str, id_: str, measured: Measured, notes: tuple[Message, ...] = ()) -> Agreement:
    few = (FEW,) if measured.clusters < FEWEST_DOCUMENTS else ()
    return Agreement(
        about=about,
        by=by,
        coefficient=id_,
        value=measured.value,
        n=measured.units,
        low=measured.low,
        high=measured.high,
        raters=measured.raters,
        documents=measured.clusters,
        notes=(*((measured.reason,) if measured.reason else few), *notes),
    )


def _of_decisions(ledger: Ledger) -> list[Agreement]:
    """On the records or reports that two or more people decided, by stage, as first said. Each is a unit and a
    document."""
    said: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    by_id = {one.id: one for one in ledger.judgments if one.kind == "decision"}
    for judgment in (as_first_said(one, by_id) for one in ledger.of_kind("decision")):
        stage, target = str(judgment.body.get("stage", "")), str(judgment.body.get("target", ""))
        said[stage][target][judgment.person] = str(judgment.body.get("decision", ""))
    found = []
    for stage in sorted(said):
        several = {target: by for target, by in sorted(said[stage].items()) if len(by) > 1}
        people = sorted({person for by in several.values() for person in by})
        pairs = combinations(people, 2) if len(people) > 2 else ()
        for group in (tuple(people), *pairs):
            found += _of_stage(stage, group, several)
    return found


def _of_stage(stage: str, people: Sequence[str], said: Mapping[str, Mapping[str, str]]) -> list[Agreement]:
    rows = [[by.get(person) for person in people] for by in said.values()]
    rows = [row for row in rows if sum(decision is not None for decision in row) > 1]
    about = message("Decisions at the stage {stage} ({people})", stage=stage, people=", ".join(people))
    return [_agreement(about, "stage", id_, measured) for id_, measured in measure(make_ratings(rows)).items()
            ] if rows else []  # fmt: skip
