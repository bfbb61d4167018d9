"""report.docx: the report for a supervisor's pen, from the template of `word_template.py` filled by docxtpl.

Human evidence alone makes a report; with provisional evidence it is a working draft, and every page says so.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from functools import partial
from typing import Any

from litreview.errors import message
from litreview.report.shown import Shown
from litreview.report.view_model import Page
from litreview.report.word_template import LANDSCAPE_CM, PORTRAIT_CM, Template, against, pair
from litreview.synthesis.model import Run

DRAFT_MARK = message("DRAFT – not checked by researchers")
FIXED_DATE = datetime(2000, 1, 1)
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
HIGHEST_FIGURE_CM = 13.5
_THUMBNAIL = "docProps/thumbnail.jpeg"
_THUMBNAIL_LINK = re.compile(rb"<Relationship [^>]*thumbnail[^>]*/>")


def render_docx(shown: Shown, page: Page, map_png: bytes, flow_png: bytes) -> bytes:
    """The report as a Word document; the same page gives the same bytes."""
    from docxtpl import DocxTemplate, InlineImage

    template = DocxTemplate(io.BytesIO(make_template(shown)))
    picture = partial(InlineImage, template)
    values: dict[str, Any] = {field.name: getattr(page, field.name) for field in fields(page)}
    values["references"] = [_rich(reference) for reference in page.references]
    values["draft"] = shown.text(DRAFT_MARK) if page.front.draft else ""
    values["map_figure"] = picture(io.BytesIO(map_png), **_fitted(map_png, LANDSCAPE_CM))
    values["flow_figure"] = picture(io.BytesIO(flow_png), **_fitted(flow_png, PORTRAIT_CM))
    template.render(values, _environment(), autoescape=True)
    _describe_pictures(template, shown)
    _set_properties(template, page)
    content = io.BytesIO()
    template.save(content)
    return _with_fixed_dates(content.getvalue())


def _rich(runs: Sequence[Run]) -> Any:
    """A reference with its italics as runs of Word."""
    from docxtpl import RichText

    rich = RichText()
    for run in runs:
        rich.add(run.text, italic=run.italic)
    return rich


def _environment() -> Any:
    import jinja2

    return jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=True)


def make_template(shown: Shown) -> bytes:
    """The template in the language of the outputs."""
    made = Template(shown.catalogue.gettext, len(shown.context.main_studies), shown.context.language)
    for part in (_front, _studies, _matrix, _findings, _stages, _map, _others, _coding, _team, _end, _narrative):
        part(made)
    return made.save()


def _front(made: Template) -> None:
    _ = made.say
    made.line("{{ front.title }}", "Title")
    made.line("{{ front.kind }}", "Kind")
    made.tag("if needs")
    made.runs([("b", "{{ needs }}")], "Note")
    made.tag("endif")
    made.tag("if draft")
    told = _(
        "Numbers in italics after a line are provisional: machine suggestions that no researcher has checked. They are"
        " never added to the checked ones."
    )
    made.runs([("b", "{{ draft }}. "), ("", told)], "Note")
    made.tag("endif")
    made.line("{{ front.kind_told }}")
    made.tag("if front.questions")
    made.head(_("Questions"), 2)
    made.each("question", "front.questions", "{{ question }}", "List Number")
    made.tag("endif")
    made.head(_("Search and screening"), 1)
    made.tag("if criteria")
    made.line(_("The criteria of the protocol:"))
    made.each("criterion", "criteria", "{{ criterion }}", "List Bullet")
    made.tag("endif")
    made.figure("flow_figure", _("Figure 1. Flow of records, reports and studies, adapted from PRISMA 2020."))
    made.each("fault", "faults", "{{ fault }}", "Note")


def _studies(made: Template) -> None:
    _ = made.say
    made.head(_("Studies"), 1)
    made.table(_("Table 1. Characteristics of the main studies"), "study in (main or studies)", [
        (_("Study"), 3.2, [("b", "{{ study.short }}")]),
        (_("Title"), 4.6, [("", "{{ study.title }}")]),
        (_("Method"), 2.5, [("", "{{ study.method or '–' }}")]),
        (_("Place"), 2.9, [("", "{{ study.place or '–' }}")]),
        (_("Reports"), 2.8, [("", "{{ study.kinds or '–' }}")]),
    ])  # fmt: skip
    made.tag("if choice.asked")
    made.head(_("Why these were chosen"), 2)
    made.line("{{ choice.rule }}")
    made.each("sentence", "choice.found", "{{ sentence }}", "Normal")
    made.each("note", "choice.notes", "{{ note }}", "Normal")
    made.tag("for study in main")
    made.runs([("b", "{{ study.short }}. "), ("", "{{ study.why_chosen }}")], "List Bullet")
    made.tag("endfor")
    made.tag("if choice.alternatives")
    made.line(_("Other sets that satisfy the rule:"))
    made.each("names", "choice.alternatives", "{{ names }}", "List Bullet")
    made.tag("endif")
    made.line(_("A chosen set claims neither completeness nor saturation."), "Note")
    made.tag("endif")


def _matrix(made: Template) -> None:
    _ = made.say
    made.turn(landscape=True)
    made.head(_("Matrix of codes and studies"), 1)
    made.tag("if front.draft")
    made.line(_("Number of counted passages; checked in bold, provisional in italics after the line; after ✕ those that"
                " contradict."), "Note")  # fmt: skip
    made.tag("endif")
    _coded(made)
    made.tag("if main")
    made.matrix(_("Table 2. Codes by main studies: number of counted passages"), (_("Code"), _("Studies")))
    made.tag("endif")


def _coded(made: Template) -> None:
    """Which main studies the checked numbers are of, where people have not coded them all."""
    made.tag("if main and coded")
    made.line("{{ coded }}", "Note")
    made.tag("endif")


def _findings(made: Template) -> None:
    _ = made.say
    made.turn(landscape=False)
    made.head(_("Findings by category"), 1)
    made.line(_("Of each study and stance the first quotation is shown, by its place in the text; all of them are in"
                " tables.xlsx and report.html."), "Note")  # fmt: skip
    made.tag("for theme in themes")
    made.head("{{ theme.label }}", 2)
    made.tag("for code in theme.codes")
    made.head("{{ code.label }}", 3)
    _headlines(made, "if not line.doubtful")
    made.tag("for one in code.absences")
    made.runs([("b", "{{ one.why }}"), ("", " – {{ one.names }}.")])
    made.tag("endfor")
    _quotes(made, "if not quote.doubtful")
    made.tag("if front.draft and code.headlines | selectattr('doubtful') | list")
    made.runs([("b", _("Candidate contradictions: machine suggestions, checked by nobody"))], "Note")
    _headlines(made, "if line.doubtful")
    _quotes(made, "if quote.doubtful")
    made.tag("endif")
    made.tag("endfor")
    made.each("group", "theme.silent", "{{ group.told }} {{ group.codes | map(attribute='label') | join('; ') }}.",
              "Note")  # fmt: skip
    made.tag("endfor")


def _headlines(made: Template, which: str) -> None:
    made.tag(f"for line in code.headlines {which}")
    made.runs([("b", "{{ line.stance }}"), ("i", "{% if front.draft %} ({{ line.status }}){% endif %}"),
               ("", " – {{ line.count.text }}: {{ line.names }}.")])  # fmt: skip
    made.tag("endfor")


def _quotes(made: Template, which: str) -> None:
    made.tag(f"for quote in code.quotes {which}")
    made.runs([("", "{% if quote.own_marks %}{{ quote.text }}{% else %}“{{ quote.text }}”{% endif %} "),
               ("s", "({{ quote.cited }}; {{ quote.voice }}; {{ quote.stance }}"
                     "{% if front.draft %}; {{ quote.status }}{% endif %})")],
              "Quote")  # fmt: skip
    made.tag("endfor")


def _stages(made: Template) -> None:
    _ = made.say
    made.tag("if stages")
    made.turn(landscape=True)
    made.head(_("Process, stage by stage"), 1)
    elements = [("", "{% for element in stage.elements %}{{ element.label }} ("), *pair("element.supports"),
                *against("element.contradicts"), ("", "){% if not loop.last %}; {% endif %}{% endfor %}"),
                ("s", "{% if not stage.elements %}{{ stage.silent }}{% endif %}")]  # fmt: skip
    _coded(made)
    made.table(_("Table 3. Stages of the process and elements of the lens"), "stage in stages", [
        (_("Stage"), 4.0, [("b", "{{ stage.label }}"), ("s", " {{ stage.phase }}")]),
        (_("Main studies that tell of it"), 2.6, pair("stage.studies")),
        (_("Elements of the lens"), 6.9, elements),
        (_("What the lens would ask"), 5.8, [("", "{{ stage.lens_asks or '–' }}")]),
        (_("Gap"), 5.4, [("", "{{ stage.gap or '–' }}")]),
    ])  # fmt: skip
    made.tag("endif")


def _map(made: Template) -> None:
    _ = made.say
    made.head(_("Concept map"), 1)
    caption = _(
        "Figure 2. Concept map. A dashed line is a hypothesis of the framework; a solid line is stated in passages of"
        " the main studies, with the number of studies."
    )
    made.figure("map_figure", caption)


def _narrative(made: Template) -> None:
    _ = made.say
    made.tag("if narrative")
    made.head(_("Appendix: narrative material"), 1)
    made.line(_("Sentences made from the tables, as material for the author's own text."), "Note")
    made.tag("for one in narrative")
    made.head("{{ one.name }}", 2)
    made.tag("for section in one.sections")
    made.head("{{ section.label }}", 3)
    made.tag("for paragraph in section.paragraphs")
    made.line("{{ paragraph.text }}", "Reference")
    made.tag("endfor")
    made.tag("endfor")
    made.tag("endfor")
    made.tag("endif")


def _others(made: Template) -> None:
    _ = made.say
    made.turn(landscape=False)
    made.tag("if background")
    made.head(_("Background"), 1)
    made.line(_("From sources that are no studies; they enter neither matrix nor flow."), "Note")
    made.tag("for table in background")
    made.runs([("b", "{{ table.title }}"), ("s", " ({{ table.role }}; {{ table.file }})")])
    made.line("{{ table.columns | join(' · ') }}", "Table caption")
    made.each("row", "table.rows", "{{ row | join(' · ') }}", "Table text")
    made.tag("endfor")
    made.tag("endif")
    made.tag("if others")
    made.head(_("Studies not chosen"), 1)
    made.line(_("These studies are eligible and included; they are not main studies, and they are not excluded."))
    made.each("study", "others", "{{ study.short }}. {{ study.title }}", "List Bullet")
    made.tag("if added")
    made.table(_("Table 4. What they would add to the main studies, or contradict"), "value in added", [
        (_("Code"), 5.4, [("b", "{{ value.label }}")]),
        (_("would add"), 5.3, [("", "{{ value.adds or '–' }}")]),
        (_("would contradict"), 5.3, [("", "{{ value.contradicts or '–' }}")]),
    ])  # fmt: skip
    made.tag("endif")
    made.tag("endif")


def _coding(made: Template) -> None:
    _ = made.say
    made.tag("if agreement.rows or agreement.instead")
    made.head(_("Agreement between coders"), 1)
    made.tag("if agreement.instead")
    made.line("{{ agreement.instead }}")
    made.tag("endif")
    made.tag("if agreement.rows")
    made.table(_("Table 5. Agreement, with its unit and number"), "one in agreement.rows", [
        (_("Unit"), 4.2, [("b", "{{ one.unit }}")]),
        (_("Coefficient"), 3.0, [("", "{{ one.coefficient }}")]),
        (_("Value"), 1.6, [("", "{{ one.value }}")]),
        ("n", 1.4, [("", "{{ one.n }}")]),
        (_("Interval"), 2.4, [("", "{{ one.interval or '–' }}")]),
        (_("To be said with it"), 3.4, [("", "{{ one.note or '–' }}")]),
    ])  # fmt: skip
    made.tag("if agreement.counted")
    made.line("{{ agreement.counted }}", "Note")
    made.tag("endif")
    made.tag("for one in agreement.purposes")
    made.runs([("b", "{{ one.term }}: "), ("", "{{ one.told }}")], "List Bullet")
    made.tag("endfor")
    made.tag("endif")
    made.tag("endif")
    made.tag("if conflicts")
    made.head(_("Differences between persons"), 1)
    made.tag("for one in conflicts")
    outcome = "{% if one.outcome %}{{ one.outcome }}{% elif one.by %}" + _("not coded") + "{% else %}" + _("open")
    made.runs([("", "{{ one.about }} – {% for person, what in one.said %}{{ person }}: {{ what }}; {% endfor %}"),
               ("b", outcome + "{% endif %}"),
               ("", "{% if one.by %} ({{ one.by }}{% if one.reason %}: {{ one.reason }}{% endif %}){% endif %}")],
              "List Bullet")  # fmt: skip
    made.tag("endfor")
    made.tag("endif")


def _team(made: Template) -> None:
    _ = made.say
    made.tag("if hidden")
    made.line("{{ hidden }}", "Note")
    made.tag("endif")
    made.tag("if amendments")
    made.head(_("Amendments: changes of protocol and codebook after the first judgment"), 1)
    made.table(_("Table 6. Amendments"), "one in amendments", [
        (_("Date"), 2.2, [("b", "{{ one.date }}")]),
        (_("What"), 2.2, [("", "{{ one.kind }}")]),
        (_("Person"), 2.8, [("", "{{ one.person }}")]),
        (_("Changes"), 5.0, [("", "{{ one.changes | join('; ') or '–' }}")]),
        (_("Reason"), 3.8, [("", "{{ one.reason }}")]),
    ])  # fmt: skip
    made.tag("endif")
    made.tag("if look_again")
    made.head(_("To look at again, since the protocol or the codebook changed after them"), 1)
    made.tag("for one in look_again")
    made.runs([("b", "{{ one.about }}"), ("", " ({{ one.stage }}) – {{ one.person }}: {{ one.said }}. {{ one.why }}")],
              "List Bullet")  # fmt: skip
    made.tag("endfor")
    made.tag("endif")


def _end(made: Template) -> None:
    _ = made.say
    made.head(_("Method and limits"), 1)
    made.tag("for fact in method")
    made.runs([("b", "{{ fact.term }}: "), ("", "{{ fact.told }}")], "List Bullet")
    made.tag("endfor")
    made.head(_("References"), 1)
    made.each("reference", "references", "{{r reference }}", "Reference")


def _fitted(png: bytes, widest_cm: float) -> dict[str, Any]:
    """Width or height that keeps a picture on its page."""
    from docx.shared import Cm

    width_px, height_px = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    height_cm = widest_cm * height_px / width_px
    highest_cm = HIGHEST_FIGURE_CM if widest_cm > PORTRAIT_CM else 20.0
    return {"width": Cm(widest_cm)} if height_cm <= highest_cm else {"height": Cm(highest_cm)}


def _describe_pictures(template: Any, shown: Shown) -> None:
    """Words for those who do not see the pictures."""
    _ = shown.catalogue.gettext
    told = (_("Flow diagram; its numbers stand in tables.xlsx, sheet flow."),
            _("Concept map; its relations stand in tables.xlsx, sheet relations."))  # fmt: skip
    for shape, text in zip(template.docx.inline_shapes, told, strict=False):
        shape._inline.docPr.set("descr", text)


def _set_properties(template: Any, page: Page) -> None:
    properties = template.docx.core_properties
    properties.title, properties.author = page.front.title, "litreview"
    properties.comments = page.sample
    properties.language = page.language
    properties.last_modified_by = "litreview"
    properties.created = properties.modified = properties.last_printed = FIXED_DATE


def _with_fixed_dates(content: bytes) -> bytes:
    """A zip archive with every entry's date set to the same day; without the picture of another document that
    python-docx's own template brings."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name == _THUMBNAIL:
                continue
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            part = old.read(name)
            new.writestr(entry, _THUMBNAIL_LINK.sub(b"", part) if name == "_rels/.rels" else part)
    return made.getvalue()
