"""Other readings of a report than the one in use, what accepting them would do, and passages that have no place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from litreview.anchors import dense, shorten
from litreview.documents.anchored import anchor_of, has_anchor, place_in
from litreview.documents.frozen import FrozenText, freeze
from litreview.documents.model import Document, ReadResult
from litreview.documents.texts import SHORT, Texts, adopt, by_report_here, file_hashes, judged_passages
from litreview.errors import FrozenTextError, Message, message
from litreview.ledger import Judgment, Ledger


class Offer(msgspec.Struct, frozen=True):
    """Another reading of a report, that a person may accept in the place of the one in use: judgments whose passages
    would be found again, those of them with words read otherwise, and those that would have no place."""

    report: str
    file: str
    reading: str
    reader: str
    same_words: bool
    found: int
    otherwise: int
    orphans: tuple[str, ...]

    @property
    def short(self) -> str:
        """The beginning of the reading's hash, by which a person may name it."""
        return self.reading[:SHORT]

    def told(self) -> Message:
        """The offer as a sentence, with the command that accepts it."""
        if self.same_words:
            return message(
                "{file}: another reading is there ({reader}, {short}): the same words, with other sections,"
                " sentences or metadata. To accept it: litreview ingest --accept-text {short} --as …",
                file=self.file, reader=self.reader, short=self.short,
            )  # fmt: skip
        return message(
            "{file}: another reading is there ({reader}, {short}): {found} judged passages would be found again,"
            " {otherwise} of them in other words; {orphans} would have no place. To accept it: litreview ingest"
            " --accept-text {short} --as …",
            file=self.file, reader=self.reader, short=self.short, found=self.found, otherwise=self.otherwise,
            orphans=len(self.orphans),
        )  # fmt: skip


def find_offers(
    texts: Texts, fresh: Mapping[str, ReadResult], frozen: Sequence[FrozenText], ledger: Ledger
) -> list[tuple[Offer, FrozenText]]:
    """Other readings of the reports that are judged, but for those that were given up for another one.

    `ledger` tells reports by their ids here.
    """
    judged = judged_passages(ledger, {})
    kept = by_report_here(frozen, texts.aliases)
    offers = []
    for report, chosen in sorted(texts.in_use.items()):
        judgments = judged.get(report, [])
        readings = {one.reading: one for one in kept.get(report, [])}
        own = _frozen_afresh(fresh[report])
        if own is not None:
            readings[own.reading] = own
        passed = {str(j.body.get("old", "")) for j in judgments if j.kind == "text-upgrade"} | {chosen.reading}
        for key in sorted(readings.keys() - passed):
            adopted = adopt(readings[key], texts.read[report], report)
            if adopted is not None and adopted.document is not None:
                offers.append((_offer(chosen, readings[key], adopted.document, judgments), readings[key]))
    return offers


def offer_in_use(texts: Texts, ledger: Ledger, report: str) -> Offer | None:
    """The reading in use as one to accept, by which a person settles that it stands; None where it is not frozen."""
    document, chosen = texts.read[report].document, texts.in_use.get(report)
    if document is None or chosen is None:
        return None
    return _offer(chosen, chosen, document, judged_passages(ledger, {}).get(report, []))


def _frozen_afresh(result: ReadResult) -> FrozenText | None:
    if result.document is None:
        return None
    try:
        return freeze(result.document, file_hashes(result))
    except FrozenTextError:
        return None


def _offer(in_use: FrozenText, other: FrozenText, document: Document, judgments: Iterable[Judgment]) -> Offer:
    otherwise, lost, found = 0, [], 0
    for judgment in judgments:
        anchor = anchor_of(judgment.body)
        if anchor is None:
            continue
        place = place_in(document, anchor)
        if place is None:
            lost.append(judgment.id)
        else:
            found += 1
            otherwise += dense(document.quote(*place)).text != dense(anchor.quote).text
    same = other.text_hash == in_use.text_hash
    file = document.files[0]
    return Offer(document.report, file, other.reading, other.reader, same, found, otherwise, tuple(lost))


class LostPlace(msgspec.Struct, frozen=True):
    """A judgment on a passage that has no place in the report's text (an orphan)."""

    judgment: str
    person: str
    kind: str
    report: str
    file: str
    quote: str

    def told(self) -> Message:
        """The orphan as a sentence."""
        return message("{file}: “{quote}”, judged by {person}, has no place in the text (judgment {judgment}).",
                       file=self.file, quote=shorten(self.quote), person=self.person,
                       judgment=self.judgment)  # fmt: skip


def tell_absent(ledger: Ledger, documents: Mapping[str, Document], frozen: Iterable[FrozenText]) -> list[Message]:
    """Reports on whose passages people have judged, and that are not here or cannot be read; by their first file where
    a frozen text names it."""
    names = {one.report: one.files[0].path for one in frozen if one.files}
    counted = Counter(str(j.body.get("report", "")) for j in ledger.standing if has_anchor(j))
    return [
        message("{file}: passages of this report were judged ({count}), and it is not here or cannot be read here.",
                file=names.get(report, report), count=counted[report])
        for report in sorted(counted.keys() - documents.keys() - {""})
    ]  # fmt: skip


def find_lost(ledger: Ledger, documents: Mapping[str, Document]) -> list[LostPlace]:
    """Standing judgments on passages of readable reports whose words were not found again."""
    lost = []
    for judgment in ledger.standing:
        document = documents.get(str(judgment.body.get("report", "")))
        if document is None or not has_anchor(judgment):
            continue
        anchor = anchor_of(judgment.body)
        if anchor is None or place_in(document, anchor) is None:
            quote = str(judgment.body["anchor"].get("quote", ""))
            place = (document.report, document.files[0] if document.files else "", quote)
            lost.append(LostPlace(judgment.id, judgment.person, judgment.kind, *place))
    return lost
