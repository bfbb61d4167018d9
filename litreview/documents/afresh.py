"""The paragraphs of a file without pages, read by another way than the reader's, to hold quotations against (law 5).

A Word document is read from its zip by the standard library's parser of XML, a web page by the standard library's
parser of HTML, a text from its bytes, divided at empty lines. None of it knows of styles, headings, or where in a page
the article stands.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

from litreview.documents.formats.model import Refusal
from litreview.documents.formats.package import UNREADABLE
from litreview.documents.model import Document
from litreview.documents.numbered import paragraphs_at
from litreview.documents.verify import normalise
from litreview.errors import QuotationError, message

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = re.compile(r"^word/(?:document|footnotes|endnotes)\d*\.xml$")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad", "ptab": "\t"}
_NO_TEXT = frozenset(("del", "moveFrom", "Fallback", "instrText", "delText"))
_BLOCKS = re.compile(
    "p|div|section|article|main|aside|header|footer|figure|li|ul|ol|dl|dt|dd|blockquote|pre|h[1-6]|hr|table|caption"
    "|figcaption|tr|td|th|body|form|nav"
)
_EMPTY_LINES = re.compile(r"\n[ \t\f]*\n\s*")


def paragraph_texts(path: Path) -> list[str]:
    """Every paragraph of a file that holds a sign, in the file's order. Raises `QuotationError` when the file cannot
    be read any more."""
    try:
        texts = _READ[path.suffix.lower()](path)
    except (Refusal, ET.ParseError, *UNREADABLE) as error:
        raise QuotationError(message("The file could not be read again to check a quotation."), path) from error
    return [text for text in texts if text.strip()]


class Afresh:
    """A file's paragraphs in normal form, with and without spaces, ready to be asked for many quotations."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self._texts = [(text, _dense(text)) for text in paragraphs]

    def texts_of(self, document: Document, start: int, end: int) -> list[str]:
        """The file's own paragraphs that are those of `text[start:end]`: all, in order, that lie in one of them or hold
        one of them whole. One of the document's may be several of the file's (a table's cells), or a part of one."""
        cited = [_dense(document.text[p.start : p.end]) for p in paragraphs_at(document, start, end)]
        return [text for text, dense in self._texts if any(_same(dense, one) for one in cited)]


def _same(dense: str, cited: str) -> bool:
    return bool(dense and cited) and (dense in cited or cited in dense)


def _dense(text: str) -> str:
    return normalise(text).replace(" ", "").replace("-", "")


# Word


def _docx(path: Path) -> Iterator[str]:
    from litreview.documents.formats.package import check_package

    check_package(path)
    with zipfile.ZipFile(path) as package:
        for name in sorted(filter(_PARTS.match, package.namelist()), key=lambda n: (n != "word/document.xml", n)):
            with package.open(name) as part:
                yield from _xml_paragraphs(ET.parse(part).getroot())


def _xml_paragraphs(root: ET.Element) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        yield "".join(_xml_text(paragraph))


def _xml_text(element: ET.Element) -> Iterator[str]:
    """The text of an element, without that of paragraphs inside it (text boxes) and of what is not shown."""
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "p" or name in _NO_TEXT or (name == "r" and _is_hidden(child)):
            continue
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS and element.tag == f"{_W}r":
            yield _SIGNS[name]
        else:
            yield from _xml_text(child)


def _is_hidden(run: ET.Element) -> bool:
    hidden = run.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and hidden.get(f"{_W}val", "1") not in ("0", "false", "off")


# HTML


class _Paragraphs(HTMLParser):
    """Texts between the tags that begin or end a block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts = [""]
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "noscript", "template", "svg"):
            self._silent = self._silent or tag
        elif tag == "br":
            self.texts[-1] += "\n"
        elif _BLOCKS.fullmatch(tag):
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif _BLOCKS.fullmatch(tag):
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts[-1] += data


def _html(path: Path) -> list[str]:
    from litreview.documents.formats.html import read_page

    parser = _Paragraphs()
    parser.feed(read_page(path))
    parser.close()
    return parser.texts


# Text


def _text(path: Path) -> list[str]:
    from litreview.documents.formats.text import read_text

    return _EMPTY_LINES.split(read_text(path))


def _markdown(path: Path) -> list[str]:
    from litreview.documents.formats.text import without_marks

    return [without_marks(text) for text in _text(path)]


_READ = {
    ".docx": _docx, ".html": _html, ".htm": _html, ".xhtml": _html, ".txt": _text, ".md": _markdown,
    ".markdown": _markdown,
}  # fmt: skip
