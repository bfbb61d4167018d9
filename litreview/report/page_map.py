"""The concept map's lines in words, and co-occurrence, which is another figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from litreview.documents.model import Document
from litreview.report.openings import Count
from litreview.report.page_findings import code_anchor
from litreview.report.shown import Shown
from litreview.report.view_model import MapView, NodeView, Pair, RelationView, TogetherRow
from litreview.synthesis.model import MapLink, MapNode, Passage

_Pairs = Mapping[tuple[str, str], tuple[str, ...]]


def build_map(shown: Shown, svg: str) -> MapView:
    """The map with its drawing, and the codes that stand together."""
    concept_map = shown.context.synthesis.concept_map
    heads, rows = _together(shown)
    return MapView(
        svg=svg,
        nodes=tuple(_node(shown, node) for node in concept_map.nodes),
        relations=tuple(_relation(shown, link) for link in concept_map.links),
        left_out=tuple(shown.code(code) for code in concept_map.left_out),
        within=shown.word("concept-map-paragraph", concept_map.cooccurrence_within),
        together=rows,
        together_heads=heads,
    )


def _node(shown: Shown, node: MapNode) -> NodeView:
    label = node.label.get(shown.context.language)
    supports, contradicts = shown.cell(label, node.passages, code_anchor(node.id))
    return NodeView(label, node.colour, supports, contradicts)


def _relation(shown: Shown, link: MapLink) -> RelationView:
    phrase = link.label.get(shown.context.language)
    title = f"{shown.code(link.source)} – {phrase} – {shown.code(link.target)}"
    return RelationView(
        source=shown.code(link.source),
        relation=phrase,
        target=shown.code(link.target),
        kind=shown.word("link", link.kind),
        kind_id=link.kind,
        stated=shown.pair(title, link.checked[1], link.provisional[1],
                          texts=(str(len(link.checked[0])), str(len(link.provisional[0])))),
        denied=shown.split(f"{title} – {shown.word('stance', 'contradicts')}",
                           [shown.context.passages[id_] for id_ in link.denying], by_study=True),
        names=" | ".join(f"{shown.word('status', status)}: {shown.names(studies)}"
                         for status, studies in (("human", link.checked[0]), ("provisional", link.provisional[0]))
                         if studies),
    )  # fmt: skip


def _together(shown: Shown) -> tuple[tuple[tuple[int, str], ...], tuple[TogetherRow, ...]]:
    """Heads and rows of a triangle of codes, of those alone that stand with another in a main study."""
    concept_map = shown.context.synthesis.concept_map
    human = {(a, b): studies for a, b, studies in concept_map.cooccurrence_human if studies}
    machine = {(a, b): studies for a, b, studies in concept_map.cooccurrence if studies}
    used = {code for pair in (*human, *machine) for code in pair}
    codes = [code for code in shown.context.codebook.codes if code in used]
    places = _places(shown, codes)
    rows = []
    for number, code in enumerate(codes, start=1):
        pairs = (_pair(shown, other, code, human, machine, places) for other in codes[: number - 1])
        rows.append(TogetherRow(number, shown.code(code), tuple(pairs)))
    return tuple((row.number, row.label) for row in rows[:-1]), tuple(rows)


def _pair(shown: Shown, one: str, other: str, human: _Pairs, machine: _Pairs,
          places: Mapping[str, Sequence[tuple[tuple[str, int], Passage]]]) -> Pair:  # fmt: skip
    title = f"{shown.code(one)} + {shown.code(other)}"
    counts: list[Count] = []
    for status, pairs in (("human", human), ("provisional", machine)):
        studies = pairs.get((one, other), ())
        ids = _standing_together(places.get(one, ()), places.get(other, ()), studies, persons=status == "human")
        counts.append(shown.openings.count(f"{title} – {shown.word('status', status)}", ids,
                                           text=str(len(studies)), status=status))  # fmt: skip
    return Pair(*counts)


def _places(shown: Shown, codes: Iterable[str]) -> dict[str, list[tuple[tuple[str, int], Passage]]]:
    """Code → its counted passages in the main studies, each with where it stands (report, paragraph or sentence)."""
    context = shown.context
    main = {study.id for study in context.main_studies}
    wanted = set(codes)
    within = context.synthesis.concept_map.cooccurrence_within
    found: dict[str, list[tuple[tuple[str, int], Passage]]] = {}
    for passage in context.synthesis.passages:
        document = context.documents.get(passage.report)
        told = passage.counts and passage.study in main and passage.stance != "contradicts"
        if told and passage.code in wanted and document is not None:
            for unit in _units(document, passage, within):
                found.setdefault(passage.code, []).append(((passage.report, unit), passage))
    return found


def _units(document: Document, passage: Passage, within: str) -> list[int]:
    """The sentences or paragraphs that a passage touches, by index."""
    from bisect import bisect_left, bisect_right

    sentences = document.sentences
    first = bisect_right(sentences, passage.start, key=lambda s: s.end)
    last = bisect_left(sentences, passage.end, key=lambda s: s.start)
    touched = range(first, last)
    return list(touched) if within == "sentence" else list(dict.fromkeys(sentences[n].paragraph for n in touched))


def _standing_together(one: Sequence[tuple[tuple[str, int], Passage]], other: Sequence[tuple[tuple[str, int], Passage]],
                       studies: Sequence[str], *, persons: bool) -> list[str]:  # fmt: skip
    """Passages of two codes that share a place, in these studies; those of persons alone, or all of both."""
    sides = [
        [(place, p) for place, p in side if p.study in studies and (p.status == "human" or not persons)]
        for side in (one, other)
    ]
    shared = {place for place, _ in sides[0]} & {place for place, _ in sides[1]}
    ids = {p.id for side in sides for place, p in side if place in shared}
    return sorted(ids)
