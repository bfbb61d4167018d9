"""What the builders of the page share: quotations, links, numbers and words as shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import quote as url_quote

from litreview.documents.model import Document
from litreview.documents.numbered import paragraph_numbers
from litreview.errors import Message
from litreview.exchange.annotated import annotated_names
from litreview.language.catalogue import Catalogue
from litreview.report.context import ReportContext
from litreview.report.openings import Count, Openings
from litreview.report.view_model import Pair, Quote
from litreview.report.words import word, words
from litreview.synthesis.model import Cell, Passage

SMALLEST_FOR_PERCENT = 20  # studies; with fewer there are no percentages


class Shown:
    """A context with the numbers opened so far; makes what the page shows."""

    def __init__(self, context: ReportContext) -> None:
        self.context = context
        self.openings = Openings()

    @cached_property
    def catalogue(self) -> Catalogue:
        """Sentences in the page's language."""
        return self.context.catalogue

    @cached_property
    def annotated(self) -> dict[str, str]:
        """File → name of its annotated copy, for each PDF that the outputs quote, and of its highlighted text, for each
        file without pages."""
        return annotated_names((*quoted_pdfs(self.context), *quoted_texts(self.context)))

    @cached_property
    def labels(self) -> dict[str, str]:
        """Code → label in the page's language."""
        return {c.id: c.label.get(self.context.language) for c in self.context.codebook.codes.values()}

    def text(self, what: Message) -> str:
        """A message in the page's language."""
        return self.catalogue.text(what)

    def word(self, kind: str, id_: str) -> str:
        """The word for an id."""
        return word(self.catalogue, kind, id_)

    def link(self, file: str, page: int | None, paragraph: int | None = None) -> str:
        """Where a page or a paragraph of a file opens: in its annotated copy; empty where there is none."""
        name = self.annotated.get(file)
        if name is None:
            return ""
        place = f"#page={page}" if page else f"#p{paragraph}" if paragraph else ""
        return f"annotated/{url_quote(name)}{place}"

    def where(self, passage: Passage, *, bracketed: bool = False) -> str:
        """Printed page, and the PDF's where it differs, in square brackets where it stands in round ones already; the
        paragraph where there are no pages; the file where the report is several."""
        if passage.page is None:
            return self._paragraphs(passage.report, passage.file, passage.paragraph, passage.paragraph_end)
        pages = self._pages(printed_pages(passage), _range(passage.page, passage.page_end), bracketed=bracketed)
        where = self._in_file(passage.report, passage.file, pages)
        return self.catalogue.gettext("{where}, read by OCR", where=where) if passage.ocr else where

    def _paragraphs(self, report: str, file: str, first: int | None, last: int | None) -> str:
        if first is None:
            return ""
        return self._in_file(report, file, self.catalogue.gettext("par. {paragraph}", paragraph=_range(first, last)))

    def cited(self, passage: Passage) -> str:
        """Report and page as they stand in brackets after a quotation."""
        parts = (self.context.cite(passage.report), self.where(passage, bracketed=True))
        return ", ".join(part for part in parts if part)

    def _pages(self, printed: str, pdf: str, *, bracketed: bool = False) -> str:
        _ = self.catalogue.gettext
        if not printed:
            return _("PDF p. {page}", page=pdf)
        if printed == pdf:
            return _("p. {page}", page=pdf)
        if bracketed:
            return _("p. {printed} [PDF p. {page}]", printed=printed, page=pdf)
        return _("p. {printed} (PDF p. {page})", printed=printed, page=pdf)

    def _in_file(self, report: str, file: str, where: str) -> str:
        """A page with the file before it, where a report is several."""
        document = self.context.documents.get(report)
        if document is None or len(document.files) < 2:
            return where
        return f"{_file_names(document.files).get(file, file)}, {where}"

    def quote(self, passage: Passage) -> Quote:
        """A passage as shown."""
        context = self.context
        return Quote(
            id=passage.id,
            text=" ".join(passage.quote.split()),
            study=context.study_name(passage.study) if passage.study else context.report_name(passage.report),
            cite=context.cite(passage.report),
            cited=self.cited(passage),
            of=self._study_of(passage),
            code=self.code(passage.code),
            where=self.where(passage),
            link=self.link(passage.file, passage.page, passage.paragraph),
            section=words(self.catalogue, "section", passage.section),
            voice=self.word("voice", passage.voice),
            stance=self.word("stance", passage.stance),
            stance_id=passage.stance,
            coder=context.person(passage.coder),
            status=self.word("status", passage.status),
            status_id=passage.status,
            counts=passage.counts,
        )

    def _study_of(self, passage: Passage) -> str:
        """The study that a passage counts for, where that has more reports than the one cited."""
        row = self.context.studies.get(passage.study)
        return self.context.study_name(passage.study) if row is not None and len(row.publications) > 1 else ""

    def code(self, code: str) -> str:
        """A code's label, or those of a proposition's two ends."""
        return " → ".join(self.labels.get(part, part) for part in code.split(" → "))

    def names(self, studies: Iterable[str]) -> str:
        """Studies named in a row."""
        return "; ".join(self.context.study_name(study) for study in studies)

    def pair(self, title: str, human: Sequence[str], provisional: Sequence[str], fallback: str = "", *,
             texts: tuple[str, str] = ("", "")) -> Pair:  # fmt: skip
        """Two numbers that open their passages; `texts` stand for the bare numbers where given."""
        shown = [
            self.openings.count(f"{title} – {self.word('status', status)}", ids, text=text, status=status,
                                fallback=fallback)
            for status, ids, text in (("human", human, texts[0]), ("provisional", provisional, texts[1]))
        ]  # fmt: skip
        return Pair(*shown)

    def split(self, title: str, passages: Sequence[Passage], fallback: str = "", *, by_study: bool = False) -> Pair:
        """Two numbers of passages (or of their studies), by status."""
        human = [p for p in passages if p.status == "human"]
        machine = [p for p in passages if p.status != "human"]
        texts = tuple(str(len({p.study for p in side})) if by_study else "" for side in (human, machine))
        return self.pair(title, [p.id for p in human], [p.id for p in machine], fallback, texts=(texts[0], texts[1]))

    def cell(self, title: str, cell: Cell, fallback: str = "") -> tuple[Pair, Pair | None]:
        """A cell's supporting pair and, where anything contradicts, the contradicting one."""
        supports = self.pair(title, cell.human_supports, cell.provisional_supports, fallback)
        if not (cell.human_contradicts or cell.provisional_contradicts):
            return supports, None
        against = f"{title} – {self.word('stance', 'contradicts')}"
        return supports, self.pair(against, cell.human_contradicts, cell.provisional_contradicts, fallback)

    def items(self, title: str, ids: Sequence[str], text: str = "", fallback: str = "") -> Count:
        """A number that opens a list of records, reports or studies."""
        return self.openings.count(title, ids, text=text, kind="items", fallback=fallback)

    def place_link(self, document: Document, offset: int) -> tuple[str, str]:
        """How a place in a document is cited, and its link."""
        if not document.pages:
            first = (paragraph_numbers(document, offset, offset + 1) or (None, None))[0]
            file = document.file_at(offset)
            return self._paragraphs(document.report, file, first, first), self.link(file, None, first)
        page = document.pages[document.page_index_at(offset)]
        file = document.files[page.file]
        where = self._in_file(document.report, file, self._pages(page.printed or "", str(page.number)))
        return where, self.link(file, page.number)


def printed_pages(passage: Passage) -> str:
    """The printed page of a passage, "24–25" where it goes over to another; empty where it is not known."""
    return _range(passage.printed_page, passage.printed_end) if passage.printed_page else ""


def _range(first: int | str | None, last: int | str | None) -> str:
    return f"{first}–{last}" if last not in (None, "", first) else str(first)


def _file_names(files: Sequence[str]) -> dict[str, str]:
    """File → what people call it: its name without ending; its path where two have the same name."""
    names = {file: PurePosixPath(file).stem for file in files}
    alike = Counter(names.values())
    return {file: name if alike[name] == 1 else file for file, name in names.items()}


def quoted_texts(context: ReportContext) -> list[str]:
    """Every file without pages that the outputs quote, in order of path."""
    return sorted({passage.file for passage in context.quoted if passage.paragraph is not None})


def quoted_pdfs(context: ReportContext) -> list[str]:
    """Every PDF that the outputs quote, in order of path."""
    from litreview.report.quotations import pages_of

    return sorted({file for passage in context.quoted for file, _ in pages_of(context, passage)})
