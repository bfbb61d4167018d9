"""The page's last part: narrative material, background, what others would add, agreement, memos, method, references."""

from __future__ import annotations

from fnmatch import fnmatch

from litreview.documents.readings import briefs_of
from litreview.report.agreement import (
    EVERY,
    LOG_INSTEAD,
    NOTHING_COMPARED,
    WHOLE,
    about_in_words,
    counted_in_words,
    decimal,
)
from litreview.report.shown import Shown
from litreview.report.view_model import (
    AddedView,
    AgreementSection,
    AgreementView,
    BackgroundView,
    MemoView,
    MethodFact,
    NarrativeSection,
    NarrativeView,
    OrphanView,
    ParagraphView,
    Quote,
    SettledView,
)
from litreview.synthesis.citations import plain, reference_order
from litreview.synthesis.model import AddedValue, Agreement, NarrativePart, Run, Settled


def build_narrative(shown: Shown) -> tuple[NarrativeView, ...]:
    """The narrative material in each of the protocol's languages, the page's own first."""
    languages = sorted(shown.context.protocol.languages, key=lambda one: one != shown.context.language)
    return tuple(_narrative(shown, language) for language in languages) if shown.context.synthesis.narrative else ()


def _narrative(shown: Shown, language: str) -> NarrativeView:
    sections = []
    for theme in shown.context.codebook.themes:
        parts = [part for part in shown.context.synthesis.narrative if part.theme == theme.id]
        if parts:
            label = theme.label.get(language)
            paragraphs = tuple(_paragraph(shown, part, language, label) for part in parts)
            sections.append(NarrativeSection(label, paragraphs))
    return NarrativeView(language, shown.word("language", language), tuple(sections))


def _paragraph(shown: Shown, part: NarrativePart, language: str, label: str) -> ParagraphView:
    _ = shown.catalogue.gettext
    title = f"{label} – {shown.code(part.code)}" if part.code else label
    return ParagraphView(
        text=part.text.get(language),
        status=shown.word("status", part.status) if part.status else "",
        status_id=part.status,
        passages=shown.openings.count(title, part.passages, text=_("{count} passages", count=len(part.passages)),
                                      status=part.status),
    )  # fmt: skip


def build_background(shown: Shown) -> tuple[BackgroundView, ...]:
    """Tables of sources that are no studies, named as the protocol names their source."""
    return tuple(
        BackgroundView(
            title=_source_title(shown, table.file),
            file=table.file,
            role=shown.word("role", table.role),
            columns=table.columns,
            rows=table.rows,
        )
        for table in shown.context.synthesis.background
    )


def _source_title(shown: Shown, file: str) -> str:
    """The title that the protocol's sources give a file, else its name."""
    for source in shown.context.protocol.sources:
        title = source.title.get(shown.context.language)
        if title and fnmatch(file, source.path):
            return title
    return file.rpartition("/")[2]


def build_added(shown: Shown) -> tuple[AddedView, ...]:
    """What eligible studies that were not chosen would add or contradict."""
    return tuple(_added(shown, value) for value in shown.context.synthesis.added)


def _added(shown: Shown, value: AddedValue) -> AddedView:
    label = shown.code(value.code)
    passages = [shown.context.passages[id_] for id_ in value.passages]
    return AddedView(label, _named(shown, value, value.adds), _named(shown, value, value.contradicts),
                     shown.split(label, passages))  # fmt: skip


def _named(shown: Shown, value: AddedValue, studies: tuple[str, ...]) -> str:
    """Studies in a row, each with "provisional" where only suggestions say so."""
    mark = f" ({shown.word('status', 'provisional')})"
    return "; ".join(shown.context.study_name(s) + (mark if s in value.provisional else "") for s in studies)


SHOWN_BY_CODE = ("krippendorff_alpha", "gwet_ac1")  # of the rest, all stand in agreement.xlsx


def build_agreement(shown: Shown) -> AgreementSection:
    """Coefficients with unit, number, interval and what must be said with them."""
    context = shown.context
    rows = [a for a in context.synthesis.agreement if a.by in WHOLE or a.coefficient in SHOWN_BY_CODE]
    reflexive = context.protocol.coding.approach == "reflexive"
    return AgreementSection(
        rows=tuple(_agreement(shown, a) for a in rows),
        counted=counted_in_words(context.protocol.coding, shown.catalogue) if any(a.counted for a in rows) else "",
        purposes=tuple(MethodFact(shown.text(one.name), shown.text(one.purpose)) for one in EVERY) if rows else (),
        instead=shown.text(LOG_INSTEAD) if reflexive else "" if rows else shown.text(NOTHING_COMPARED),
    )


def _agreement(shown: Shown, a: Agreement) -> AgreementView:
    low, high = (decimal(bound, shown.context.language) for bound in (a.low, a.high))
    return AgreementView(
        unit=about_in_words(a, shown.catalogue, shown.context.codebook, shown.context.person),
        coefficient=shown.word("coefficient", a.coefficient),
        value=shown.catalogue.gettext("not defined") if a.value is None else decimal(a.value, shown.context.language),
        n=a.n,
        interval=f"{low} – {high}" if a.low is not None else "",
        note=" ".join(map(shown.text, a.notes)),
    )


def build_conflicts(shown: Shown) -> tuple[SettledView, ...]:
    """Differences between persons, and how they were settled."""
    return tuple(
        SettledView(
            about=_about(shown, conflict),
            said=tuple(
                (shown.context.person(person), _judged(shown, what) or shown.catalogue.gettext("not coded"))
                for person, what in conflict.said
            ),
            by=shown.context.person(conflict.by),
            outcome=_judged(shown, conflict.outcome),
            reason=conflict.reason,
        )
        for conflict in shown.context.synthesis.conflicts
    )


def _about(shown: Shown, conflict: Settled) -> str:
    """What a difference is about: a record or report at a stage, or a passage."""
    if conflict.quote:
        return f"{conflict.name}: “{conflict.quote}”"
    return f"{conflict.name} – {shown.word('stage', conflict.stage)}"


def _judged(shown: Shown, what: str) -> str:
    """A decision, or a coding as `code (stance)`, in words."""
    code, _, stance = what.partition(" (")
    if stance:
        return f"{shown.code(code)} ({shown.word('stance', stance.rstrip(')'))})"
    return shown.word("decision", what)


def build_memos(shown: Shown) -> tuple[MemoView, ...]:
    """The memos; what one stands on is named as people know it."""
    context = shown.context
    return tuple(
        MemoView(
            person=context.person(memo.person),
            at=memo.at[:10],
            kind=shown.word("memo", memo.kind),
            on=_target(shown, memo.target),
            text=memo.text,
        )
        for memo in context.synthesis.memos
    )


def _target(shown: Shown, target: str) -> str:
    context = shown.context
    if target in context.studies:
        return context.study_name(target)
    if target in context.reports or target in context.documents:
        return context.report_name(target)
    themes = {theme.id: theme.label.get(context.language) for theme in context.codebook.themes}
    return shown.labels.get(target, themes.get(target, target))


def build_orphans(shown: Shown) -> tuple[OrphanView, ...]:
    """Codings that cannot be shown at a place."""
    context = shown.context
    return tuple(
        OrphanView(context.person(o.person), context.report_name(o.report), shown.code(o.code), o.quote,
                   shown.text(o.why))
        for o in context.synthesis.orphans
    )  # fmt: skip


def build_elsewhere(shown: Shown) -> tuple[Quote, ...]:
    """Persons' codings outside the included studies, and quotations behind their propositions; in no count."""
    return tuple(shown.quote(p) for p in (*shown.context.synthesis.elsewhere, *shown.context.synthesis.propositions))


def build_method(shown: Shown) -> tuple[MethodFact, ...]:
    """What was counted, and by which versions."""
    context = shown.context
    rule = context.protocol.synthesis
    _ = shown.catalogue.gettext
    readers = sorted({brief.reader for brief in briefs_of(context.documents).values()})
    suggesters = sorted({p.coder for p in context.synthesis.passages if p.status == "provisional"})
    makers = sorted({v.maker for verdicts in context.verdicts.values() for v in verdicts})
    facts = (
        (_("Sections that count"), ", ".join(shown.word("section", s) for s in rule.sections)),
        (_("Voices that count"), ", ".join(shown.word("voice", v) for v in rule.voices)),
        (_("Unit of counting"), _("the study; two reports of one study count once; passages come second")),
        (_("Quality appraisal"), _("not done")),
        (_("Program"), f"litreview {context.version}"),
        (_("Reader of documents"), ", ".join(readers)),
        (_("Maker of suggestions"), ", ".join(suggesters)),
        (_("Maker of verdicts"), ", ".join(makers)),
        (_("Codebook"), f"{context.protocol.codebook} · SHA-256 {context.codebook.hash[:16]}…"
         if context.codebook.hash else ""),
        (_("Files"), _("every file's SHA-256 stands in tables/files.csv and manifest.json")),
    )  # fmt: skip
    return tuple(MethodFact(term, told) for term, told in facts if told)


def build_references(shown: Shown) -> tuple[tuple[Run, ...], ...]:
    """References of all included studies in APA 7, in its order."""
    found = {report.citation for _, report in shown.context.reports.values() if report.citation}
    return tuple(sorted(found, key=lambda runs: (reference_order(runs), plain(runs))))
