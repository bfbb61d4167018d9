"""The concept map: hypotheses of the framework, and what passages and persons say of them (`method.md`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from litreview.coding.lineage import Lineage
from litreview.coding.model import Code, Codebook, Label, Relation
from litreview.documents.model import Document
from litreview.errors import Message, message
from litreview.ledger import Judgment, Ledger
from litreview.protocol import SynthesisRule
from litreview.synthesis.codings import make_orphan, not_found, place_anchor, why_unplaced
from litreview.synthesis.evidence import counts, locate, number_passages
from litreview.synthesis.linking import links_back, states_relation
from litreview.synthesis.matrix import cell_of, evidence_of, study_row
from litreview.synthesis.model import ConceptMap, MapLink, MapNode, Orphan, Passage
from litreview.synthesis.sentences import Told, told_paragraphs, told_sentences


class Found(msgspec.Struct):
    """Passages that state a relation, and those that deny it; a passage is in one of the two."""

    stating: list[Passage]
    denying: list[Passage]


def build_concept_map(
    codebook: Codebook,
    passages: Sequence[Passage],
    documents: Mapping[str, Document],
    main: Sequence[str],
    propositions: Sequence[Passage] = (),
    within: str = "paragraph",
    coded: Collection[str] = (),
) -> ConceptMap:
    """Nodes and links from passages of the `main` study ids that count, and from persons' `propositions` (made by
    `read_propositions`); people have `coded` the studies of these ids. Codes without a relation or a passage are left
    out and named in `left_out`."""
    found = evidence_of(passages, main)
    sentences = told_sentences(documents, found)
    judged = [p for p in propositions if p.counts and p.study in set(main)]
    links = _links(codebook, sentences, judged, main)
    linked = {end for link in links for end in (link.source, link.target)}
    used = {p.code for p in found}
    shown = [c for c in codebook.codes.values() if c.id in linked or c.id in used]
    themes = {theme.id: theme for theme in codebook.themes}
    groups = sentences if within == "sentence" else told_paragraphs(documents, found)
    return ConceptMap(
        nodes=tuple(_node(c, themes[c.theme].colour, [p for p in found if p.code == c.id], main) for c in shown),
        links=links,
        cooccurrence=_cooccurrence(groups, codebook, main, human=False),
        cooccurrence_human=_cooccurrence(groups, codebook, main, human=True),
        cooccurrence_within=within,
        left_out=tuple(code for code in codebook.codes if code not in {c.id for c in shown}),
        themes=tuple((t.id, t.label, t.colour) for t in codebook.themes if t.id in {c.theme for c in shown}),
        size=len(main),
        coded=sum(study in coded for study in main),
    )


def read_propositions(
    ledger: Ledger,
    documents: Mapping[str, Document],
    study_of: Mapping[str, str],
    codebook: Codebook,
    rule: SynthesisRule,
) -> tuple[Passage, ...]:
    """Persons' propositions as passages (ids "p0001"), code "source → target", with the linking phrase in `cue`.

    `study_of` names the study of each included report. What cannot be shown is told by `lost_propositions`.
    """
    lineage = Lineage(ledger.standing, codebook.hash, codebook.codes)
    made = []
    for judgment in ledger.of_kind("proposition"):
        where = place_anchor(judgment.body, documents)
        ends = _ends(judgment, lineage)
        if where is not None and not isinstance(ends, Message) and _why_lost(where, study_of) is None:
            passage = _proposition(judgment, ends, documents[where[0]], where[1:], rule)
            theme = codebook.codes[ends[0]].theme
            made.append(msgspec.structs.replace(passage, study=study_of[where[0]], theme=theme))
    made.sort(key=lambda p: (p.study, p.report, p.start, p.code, p.coder))
    return number_passages(made, "p")


def lost_propositions(
    ledger: Ledger, documents: Mapping[str, Document], study_of: Mapping[str, str], codebook: Codebook
) -> tuple[Orphan, ...]:
    """Propositions that cannot be shown, and why."""
    lineage = Lineage(ledger.standing, codebook.hash, codebook.codes)
    lost = []
    for judgment in ledger.of_kind("proposition"):
        where = place_anchor(judgment.body, documents)
        ends = _ends(judgment, lineage)
        report = str(judgment.body.get("report", ""))
        why = ends if isinstance(ends, Message) else _why_lost(where, study_of, report)
        if why is not None:
            told = f"{judgment.body.get('source', '')} → {judgment.body.get('target', '')}"
            lost.append(make_orphan(judgment, told, why))
    return tuple(lost)


def _ends(judgment: Judgment, lineage: Lineage) -> tuple[str, str] | Message:
    """The codes of today at a proposition's ends, or why it has none."""
    found = []
    for end in ("source", "target"):
        code = str(judgment.body.get(end, ""))
        followed = lineage.follow(code, str(judgment.body.get("codebook") or ""))
        why = why_unplaced(code, followed, lineage.codes)
        if why is not None:
            return why
        found.append(followed.codes[0])
    return found[0], found[1]


def _why_lost(where: tuple[str, int, int] | None, study_of: Mapping[str, str], report: str = "") -> Message | None:
    if where is None:
        return not_found(report in study_of)
    return None if where[0] in study_of else message("The report is of no included study.")


def proposition_label(judgment: Judgment) -> Label:
    """The linking phrase of a proposition: one text for both languages, or one each."""
    label = judgment.body.get("label", "")
    if isinstance(label, dict):
        return Label(str(label.get("id", "") or label.get("en", "")), str(label.get("en", "") or label.get("id", "")))
    return Label(str(label), str(label))


def _proposition(
    judgment: Judgment, ends: tuple[str, str], document: Document, where: tuple[int, int], rule: SynthesisRule
) -> Passage:
    place = locate(document, *where)
    voice = str(judgment.body.get("voice") or "author")
    stance = "contradicts" if judgment.body.get("stance") == "contradicts" else "supports"
    label = proposition_label(judgment)
    return Passage(
        id="", study="", report=document.report, voice=voice, theme="",
        code=" → ".join(ends), stance=stance, coder=judgment.person,
        status="human", quote=document.quote(*where), counts=counts(place.section, voice, rule),
        start=where[0], end=where[1], origin="unaided", cue=label.id,
        attributes={"label_id": label.id, "label_en": label.en}, **place.shared,
    )  # fmt: skip


def _node(code: Code, colour: str, passages: Sequence[Passage], main: Sequence[str]) -> MapNode:
    row = study_row(code, passages, main)
    return MapNode(
        id=code.id,
        label=code.label,
        theme=code.theme,
        colour=colour,
        passages=cell_of(passages),
        human_supporting=row.human_supporting,
        human_contradicting=row.human_contradicting,
        provisional_supporting=row.provisional_supporting,
        provisional_contradicting=row.provisional_contradicting,
    )


def _links(codebook: Codebook, sentences: Sequence[Told], judged: Sequence[Passage],
           main: Sequence[str]) -> tuple[MapLink, ...]:  # fmt: skip
    """A link for each relation of the codebook, then one for each pair that only persons put forward."""
    known = codebook.codes
    relations = [r for r in codebook.relations if r.source in known and r.target in known]
    hypotheses = {f"{r.source} → {r.target}" for r in relations}
    links = [
        _link(r, _find(r, sentences), [p for p in judged if p.code == f"{r.source} → {r.target}"], main)
        for r in relations
    ]
    for code in dict.fromkeys(p.code for p in judged if p.code not in hypotheses):
        said = [p for p in judged if p.code == code]
        label = Label(said[0].attributes["label_id"], said[0].attributes["label_en"])
        source, target = code.split(" → ")
        links.append(_link(Relation(source, label, target), Found([], []), said, main))
    return tuple(links)


def _link(relation: Relation, found: Found, judged: Sequence[Passage], main: Sequence[str]) -> MapLink:
    stated = [p for p in judged if p.stance == "supports"]
    denied = [p for p in judged if p.stance == "contradicts"]
    kind = "human" if stated else "provisional" if found.stating else "hypothesis"
    own = stated or found.stating
    apart = found.stating if stated else []
    return MapLink(
        source=relation.source,
        target=relation.target,
        label=relation.label,
        kind=kind,
        studies=_studies(own, main),
        passages=_ids(own),
        denying=_ids([*denied, *found.denying]),
        denying_studies=_studies(denied, main),
        denying_provisional_studies=_studies(found.denying, main),
        provisional_studies=_studies(apart, main),
        provisional_passages=_ids(apart),
    )


def _find(relation: Relation, sentences: Sequence[Told]) -> Found:
    """What sentences say of a relation: both ends and its cue in one, or in neighbours that a linking cue joins."""
    found = Found([], [])
    for number, told in enumerate(sentences):
        _judge(relation, told.text, told.passages, told.passages, found)
        after = sentences[number + 1] if number + 1 < len(sentences) else None
        if after is not None and after.follows(told) and links_back(after.text):
            _judge(relation, after.text, told.passages, after.passages, found)
    found.stating = _unique(found.stating)
    stating = {p.id for p in found.stating}
    found.denying = [p for p in _unique(found.denying) if p.id not in stating]
    return found


def _judge(relation: Relation, text: str, sources: Iterable[Passage], ends: Iterable[Passage], found: Found) -> None:
    starts = [p for p in sources if p.code == relation.source]
    goals = [p for p in ends if p.code == relation.target]
    said = states_relation(text, relation) if starts and goals else None
    if said is None:
        return
    denied = [_denies(starts), _denies(goals)]
    if all(denied):
        return  # lack of the one with lack of the other neither states nor denies the relation
    (found.stating if said and not any(denied) else found.denying).extend([*starts, *goals])


def _denies(passages: Iterable[Passage]) -> bool:
    return all(p.stance == "contradicts" for p in passages)


def _cooccurrence(groups: Sequence[Told], codebook: Codebook, main: Sequence[str], *,
                  human: bool) -> tuple[tuple[str, str, tuple[str, ...]], ...]:  # fmt: skip
    """Pairs of codes that stand together, with the studies: both coded by persons, or with a suggestion in one."""
    order = {code: number for number, code in enumerate(codebook.codes)}
    pairs: dict[tuple[str, str], set[str]] = {}
    for group in groups:
        every = {p.code for p in group.passages if p.stance != "contradicts"}
        persons = {p.code for p in group.passages if p.stance != "contradicts" and p.status == "human"}
        for one in every:
            for other in every:
                both = one in persons and other in persons
                if order[one] < order[other] and both is human:
                    pairs.setdefault((one, other), set()).add(group.study)
    ordered = sorted(pairs, key=lambda pair: (order[pair[0]], order[pair[1]]))
    return tuple((a, b, tuple(s for s in main if s in pairs[a, b])) for a, b in ordered)


def _studies(passages: Iterable[Passage], main: Sequence[str]) -> tuple[str, ...]:
    found = {p.study for p in passages}
    return tuple(study for study in main if study in found)


def _ids(passages: Iterable[Passage]) -> tuple[str, ...]:
    return tuple(sorted({p.id for p in passages}))


def _unique(passages: Iterable[Passage]) -> list[Passage]:
    return list({p.id: p for p in passages}.values())
