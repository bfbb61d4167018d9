"""report.html: one file that works offline, with style, script, figures and data inside."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from litreview.records.model import Record
from litreview.report.openings import Count
from litreview.report.shown import Shown
from litreview.report.view_model import Page

if TYPE_CHECKING:
    import jinja2


def render_html(shown: Shown, page: Page) -> bytes:
    """The report as one HTML file. Raises `jinja2.UndefinedError` when a template asks for what the page lacks."""
    from markupsafe import Markup

    text = _environment().get_template("report.html.j2").render(
        page=page,
        _=shown.catalogue.gettext,
        style=Markup(_asset("report.css")),
        script=Markup(_asset("report.js")),
        data=Markup(_script_json(_data(shown, page))),
        map_svg=Markup(_inline(page.map.svg)),
        flow_svg=Markup(_inline(page.flow_svg)),
    )  # fmt: skip
    return text.encode("utf-8", "replace")


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("litreview.report", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["count"] = lambda value: isinstance(value, Count)
    return environment


def _asset(name: str) -> str:
    return (resources.files("litreview.report") / "templates" / name).read_text(encoding="utf-8")


def _inline(svg: str) -> str:
    """An SVG file as a part of a page: without its XML head."""
    return re.sub(r"^\s*(<\?xml[^>]*\?>\s*)?(<!DOCTYPE[^>]*>\s*)?", "", svg)


def _script_json(data: dict[str, Any]) -> str:
    """JSON that no text inside can end early: `<`, `>`, `&` and line separators are written as escapes."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in ("<", ">", "&", "\u2028", "\u2029"):
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _data(shown: Shown, page: Page) -> dict[str, Any]:
    """Texts of the panel, passages, items, and the sets that numbers open."""
    wanted = {id_ for opened in shown.openings.sets.values() if opened.kind == "items" for id_ in opened.ids}
    colours = {theme.id: theme.colour for theme in shown.context.codebook.themes}
    return {
        "texts": _texts(shown),
        "passages": {p.id: _passage(shown, p.id, colours.get(p.theme, "")) for p in shown.context.quoted},
        "items": {id_: _item(shown, id_) for id_ in sorted(wanted)},
        "boxes": {row.key: row.count.key for row in page.flow if row.count.key},
        "sets": {key: [opened.title, opened.kind, list(opened.ids)] for key, opened in shown.openings.sets.items()},
    }


def _texts(shown: Shown) -> dict[str, str]:
    _ = shown.catalogue.gettext
    return {
        "close": _("Close"),
        "passages": _("passages: {count}"),
        "studies": _("studies: {count}"),
        "items": _("entries: {count}"),
        "more": _("Show the next ones"),
        "page": _("Open the page, highlighted"),
        "uncounted": _("does not count: section or voice"),
        "human": shown.word("status", "human"),
        "provisional": shown.word("status", "provisional"),
        "study": _("study: {study}"),
        "coder": _("coded by {coder}"),
        "suggested": _("suggested by {coder}; nobody has checked it"),
        "empty": _("These passages are not part of this report."),
    }


def _passage(shown: Shown, id_: str, colour: str) -> list[str | int]:
    """A passage as the script takes it; the order is that of `field` in report.js."""
    quote = shown.quote(shown.context.passages[id_])
    return [quote.study, quote.where, quote.link, quote.section, quote.voice, quote.stance, quote.stance_id,
            quote.coder, quote.status_id, quote.code, colour, quote.text, int(quote.counts), quote.cite,
            quote.of]  # fmt: skip


def _item(shown: Shown, id_: str) -> list[str]:
    """A record, study or report in a list: name, what it is, where it stands."""
    context = shown.context
    if id_ in context.records:
        return _record(shown, context.records[id_])
    if id_ in context.studies:
        study = context.studies[id_]
        return [context.study_name(id_), study.title, shown.word("study-state", study.state)]
    files = [f.path for f in context.files if f.report == id_]
    document = context.documents.get(id_)
    title = document.metadata.title.value if document and document.metadata.title else ""
    name = context.report_name(id_)
    return [name, title if title != name else "", "; ".join(files)]


def _record(shown: Shown, record: Record) -> list[str]:
    year = str(record.year or "")
    return [
        record.title or record.place,
        ". ".join(part for part in ("; ".join(record.authors), year, record.venue) if part),
        " · ".join(part for part in (record.database, record.place) if part),
    ]
