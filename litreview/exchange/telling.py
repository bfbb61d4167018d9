"""What a merge or a pack is told as, in a researcher's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from litreview.errors import Message, message
from litreview.exchange.merge import Came, Merged
from litreview.exchange.pack import Packed
from litreview.language.catalogue import Catalogue

_KINDS = {  # one, and several
    "decision": (message("{count} decision"), message("{count} decisions")),
    "coding": (message("{count} coding"), message("{count} codings")),
    "memo": (message("{count} memo"), message("{count} memos")),
    "suggestion-response": (message("{count} answer to a suggestion"), message("{count} answers to suggestions")),
}
_OTHER = (message("{count} other judgment"), message("{count} other judgments"))
_PDFS = (message("{count} document that you do not have"), message("{count} documents that you do not have"))


def tell_merge(merged: Merged, catalogue: Catalogue) -> list[str]:
    """What came, in a sentence; then what a person should look at."""
    _ = catalogue.gettext
    known = sum(came.known for came in merged.came)
    told = [_tell_person(came, catalogue) for came in merged.came if came.new]
    if merged.missing_pdfs:
        told.append(_counted(_PDFS, len(merged.missing_pdfs), catalogue))
    lines = []
    if not merged.new_judgments:
        lines.append(_("No new judgments; {count} were here already.", count=known))
    elif known:
        told.append(_("here already: {count}", count=known))
    lines += ["; ".join(told) + "."] if told else []
    if merged.new_texts or merged.new_versions:
        lines.append(_("Came along: texts of reports: {texts}; versions of protocol or codebook: {versions}.",
                       texts=merged.new_texts, versions=merged.new_versions))  # fmt: skip
    if merged.missing_pdfs:
        lines.append(_("These documents are not here, or here in another copy: {names}.",
                       names="; ".join(file.path for file in merged.missing_pdfs)))  # fmt: skip
    lines += [
        _("{person} is not among the people of review.yaml; the judgments were kept. Add there, under people:"
          " - {{id: {person}, name: …, role: coder}}", person=person)
        for person in merged.unknown_people
    ]  # fmt: skip
    return [*lines, *map(catalogue.text, merged.notices)]


def tell_pack(packed: Packed, catalogue: Catalogue) -> list[str]:
    """What a pack holds, and where it is."""
    told = catalogue.gettext(
        "{file}: judgments of {people}: {judgments}; texts of reports: {texts}; {size} kB. It holds no document; those"
        " that it names: {pdfs}.",
        file=packed.file, judgments=packed.judgments, people=", ".join(packed.people), texts=packed.texts,
        size=-(-packed.size_bytes // 1000), pdfs=packed.pdfs,
    )  # fmt: skip
    return [told, *map(catalogue.text, packed.notices)]


def _tell_person(came: Came, catalogue: Catalogue) -> str:
    counts: Counter[str] = Counter()
    for kind, count in came.new.items():
        counts[kind if kind in _KINDS else ""] += count
    what = [_counted(_KINDS[kind], counts[kind], catalogue) for kind in _KINDS if counts[kind]]
    what += [_counted(_OTHER, counts[""], catalogue)] if counts[""] else []
    return catalogue.gettext("{what} of {person}", what=", ".join(what), person=came.person)


def _counted(forms: Iterable[Message], count: int, catalogue: Catalogue) -> str:
    one, several = forms
    return catalogue.gettext((one if count == 1 else several).text, count=count)
