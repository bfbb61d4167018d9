"""The page's last part: narrative material, background, what others would add, agreement, memos, method, references."""

from __future__ import annotations

from fnmatch import fnmatch

from litreview.report.shown import Shown
from litreview.report.view_model import (
    AddedView,
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
from litreview.synthesis.model import AddedValue, NarrativePart


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


def build_agreement(shown: Shown) -> tuple[AgreementView, ...]:
    """Coefficients with unit, number, interval and what must be said with them."""
    _ = shown.catalogue.gettext
    return tuple(
        AgreementView(
            unit=shown.unit(a.unit),
            coefficient=a.coefficient,
            value=_("not defined") if a.value is None else _decimal(shown, a.value),
            n=a.n,
            interval=f"{_decimal(shown, a.low)} – {_decimal(shown, a.high)}"
            if a.low is not None and a.high is not None
            else "",
            note=shown.text(a.note) if a.note else "",
        )
        for a in shown.context.synthesis.agreement
    )


def _decimal(shown: Shown, value: float) -> str:
    """Two decimals, with the language's own mark."""
    text = f"{value:.2f}"
    return text.replace(".", ",") if shown.context.language == "id" else text


def build_conflicts(shown: Shown) -> tuple[SettledView, ...]:
    """Differences between persons, and how they were settled."""
    return tuple(
        SettledView(
            about=_about(shown, conflict.about),
            said=tuple((shown.context.person(person), _judged(shown, what)) for person, what in conflict.said),
            by=shown.context.person(conflict.by),
            outcome=_judged(shown, conflict.outcome),
            reason=conflict.reason,
        )
        for conflict in shown.context.synthesis.conflicts
    )


def _about(shown: Shown, about: str) -> str:
    """What a difference is about; the stage of a decision in words."""
    name, _, stage = about.rpartition(" – ")
    return f"{name} – {shown.word('stage', stage)}" if name else about


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
    readers = sorted({d.reader for d in context.documents.values()})
    suggesters = sorted({p.coder for p in context.synthesis.passages if p.status == "provisional"})
    makers = sorted({v.maker for verdicts in context.verdicts.values() for v in verdicts})
    facts = (
        (_("Sections that count"), ", ".join(shown.word("section", s) for s in rule.sections)),
        (_("Voices that count"), ", ".join(shown.word("voice", v) for v in rule.voices)),
        (_("Unit of counting"), _("the study; two reports of one study count once; passages come second")),
        (_("Quality appraisal"), _("not done")),
        (_("Program"), f"litreview {context.version}"),
        (_("Reader of PDFs"), ", ".join(readers)),
        (_("Maker of suggestions"), ", ".join(suggesters)),
        (_("Maker of verdicts"), ", ".join(makers)),
        (_("Codebook"), f"{context.protocol.codebook} · SHA-256 {context.codebook.hash[:16]}…"
         if context.codebook.hash else ""),
        (_("Files"), _("every file's SHA-256 stands in tables/files.csv and manifest.json")),
    )  # fmt: skip
    return tuple(MethodFact(term, told) for term, told in facts if told)


def build_references(shown: Shown) -> tuple[str, ...]:
    """References of all included studies in APA 7, in order of the alphabet."""
    found = {report.citation for _, report in shown.context.reports.values() if report.citation}
    return tuple(sorted(found, key=lambda citation: (citation.casefold(), citation)))
