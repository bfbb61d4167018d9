"""Every output of a review, by name: the quotations are checked first, then one file after another is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from litreview.errors import OutputError
from litreview.exchange.annotated import Mark, Note, annotate_pdf
from litreview.exchange.annotated_text import TextMark, annotate_text
from litreview.files import locate, read_bytes
from litreview.protocol import SAMPLE_MARK
from litreview.report.context import ReportContext
from litreview.report.quotations import check_quotations, pages_of
from litreview.report.shown import Shown
from litreview.synthesis.model import Passage

MAP_WIDTH_PX = 2400
FLOW_WIDTH_PX = 1800


def render_outputs(context: ReportContext) -> Iterator[tuple[str, bytes]]:
    """(POSIX name under outputs/, bytes) of each output, in a fixed order; nothing but the corpus is read.

    Raises `QuotationError` before the first output when a quotation does not stand on its page (law 5).
    """
    from litreview.report.agreement import render_agreement
    from litreview.report.audit import judgments_table
    from litreview.report.csvs import render_csv
    from litreview.report.docx import render_docx
    from litreview.report.drawing import svg_to_png
    from litreview.report.figures import draw_figures
    from litreview.report.html import render_html
    from litreview.report.page import build_page
    from litreview.report.tables import build_tables
    from litreview.report.xlsx import render_xlsx

    check_quotations(context)
    figures = draw_figures(context)
    shown = Shown(context)
    page = build_page(shown, figures)
    map_png, flow_png = svg_to_png(figures.concept_map, MAP_WIDTH_PX), svg_to_png(figures.flow, FLOW_WIDTH_PX)
    yield "report.html", render_html(shown, page)
    yield "report.docx", render_docx(shown, page, map_png, flow_png)
    tables = (*build_tables(context), judgments_table(context))
    yield "tables.xlsx", render_xlsx(context, tables)
    needs = context.ledger.needs_newer
    agreement = dict(render_agreement(context.synthesis.agreement, context.protocol, context.catalogue, needs))
    yield "agreement.xlsx", agreement["agreement.xlsx"]
    for table in tables:
        yield f"tables/{table.name}.csv", render_csv(table, context.sample)
    yield "concept-map.svg", figures.concept_map.encode("utf-8")
    yield "concept-map.png", map_png
    yield "concept-map.graphml", figures.graphml
    yield "flow.svg", figures.flow.encode("utf-8")
    yield "flow.png", flow_png
    yield "flow-prisma2020.csv", _flow_csv(context)
    yield from _annotated(shown)


def _flow_csv(context: ReportContext) -> bytes:
    from litreview.report.prisma_csv import prisma_csv
    from litreview.report.tables import reason_labels

    return prisma_csv(context.synthesis.flow, context.catalogue, reason_labels(context), context.sample)


def _annotated(shown: Shown) -> Iterator[tuple[str, bytes]]:
    """Each quoted PDF, and the text of each quoted file without pages, with its passages highlighted. A PDF that cannot
    be annotated is given as it is, so that links to its pages still lead there."""
    by_file = _passages_by_file(shown.context)
    for file, name in shown.annotated.items():
        if file not in by_file:
            yield f"annotated/{name}", _annotated_text(shown, file)
            continue
        path = locate(shown.context.root, file)
        try:
            yield f"annotated/{name}", annotate_pdf(path, _marks(shown, file, by_file[file]), _page_mark(shown))
        except OutputError:
            yield f"annotated/{name}", read_bytes(path)


def _annotated_text(shown: Shown, file: str) -> bytes:
    """The text of a file without pages, its quoted passages highlighted."""
    context = shown.context
    passages = [p for p in context.quoted if p.file == file and p.paragraph is not None]
    document = context.documents[passages[0].report]
    marks = [TextMark(start, end, notes) for (_, start, end), notes in _together(shown, passages)]
    told = context.catalogue.gettext(
        "The text of this file as it was read, without its pictures. It has no pages: its paragraphs are numbered."
        " What is quoted is highlighted."
    )
    return annotate_text(document, document.files.index(file), marks, told, context.language, _page_mark(shown))


def _page_mark(shown: Shown) -> str:
    return SAMPLE_MARK if shown.context.sample else ""


def _passages_by_file(context: ReportContext) -> dict[str, list[Passage]]:
    found: dict[str, list[Passage]] = {}
    for passage in context.quoted:
        for file in dict.fromkeys(file for file, _ in pages_of(context, passage)):
            found.setdefault(file, []).append(passage)
    return found


def _marks(shown: Shown, file: str, passages: Sequence[Passage]) -> list[Mark]:
    """What is highlighted in a file: passages of the same words are one mark with several notes, on each page apart."""
    first = {(passage.report, passage.start, passage.end): passage for passage in reversed(passages)}
    return [
        Mark(number, tuple(rects), notes)
        for place, notes in _together(shown, passages)
        for number, rects in _rects(shown.context, file, first[place]).items()
    ]


def _together(shown: Shown, passages: Sequence[Passage]) -> list[tuple[tuple[str, int, int], tuple[Note, ...]]]:
    """Places (report, start, end), each with the notes of all passages of the same words."""
    places: dict[tuple[str, int, int], list[Passage]] = {}
    for passage in passages:
        places.setdefault((passage.report, passage.start, passage.end), []).append(passage)
    return [(place, tuple(_note(shown, passage) for passage in found)) for place, found in places.items()]


def _rects(context: ReportContext, file: str, passage: Passage) -> dict[int, list[tuple[float, float, float, float]]]:
    """A passage's rectangles in a file, by page."""
    document = context.documents[passage.report]
    found: dict[int, list[tuple[float, float, float, float]]] = {}
    for rect in passage.rects:
        page = document.pages[rect.page]
        if document.files[page.file] == file:
            found.setdefault(page.number, []).append((rect.x0, rect.y0, rect.x1, rect.y1))
    return found


def _note(shown: Shown, passage: Passage) -> Note:
    """A passage's note: code, stance, and who coded it."""
    quote = shown.quote(passage)
    colours = {theme.id: theme.colour for theme in shown.context.codebook.themes}
    return Note(
        theme=passage.theme,
        colour=colours.get(passage.theme, ""),
        text=f"{quote.code} – {quote.stance} – {quote.status} ({quote.coder})",
        coder=quote.coder,
        status=passage.status,
    )
